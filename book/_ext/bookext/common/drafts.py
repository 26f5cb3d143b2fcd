"""Whether this is a draft, and what it leaves as it was: see build/drafts.py."""

import os


def drafting():
    """Whether this is `make draft`."""
    return bool(os.environ.get("DRAFT"))


def stays(path, made_of=()):
    """Whether a file is left as it is: nothing that it is made of, or that is named here of it, is newer."""
    return (
        drafting()
        and path.is_file()
        and all(path.stat().st_mtime > source.stat().st_mtime for source in made_of)
    )
