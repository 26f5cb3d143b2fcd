"""In place of IPython, which is too large for a page: what cells use of it."""

version_info = (9, 0, 0)  # matplotlib asks


def get_ipython():
    return None
