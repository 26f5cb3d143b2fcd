"""Judge the mutants that `mutmut run` left in mutants/: every one is killed by a test, or listed in mutants.toml.

Prints the score of each module. Exits with 1 where a mutant survived that is not listed, and where a listed one
did not survive or is no more. A mutant is named by its function and the lines that it changes.
"""

import sys
import tomllib
from collections import Counter
from pathlib import Path

from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.utils.file_utils import walk_mutatable_files
from mutmut.utils.format_utils import orig_function_and_class_names_from_key

LIST = Path(__file__).with_suffix(".toml")
KILLED = {
    1,
    3,
    -24,
}  # exit codes: a test failed, pytest broke off, a test ran far too long


def name_of(mutant, path):
    """module.function: what stands in the source => what the mutant has instead."""
    function, of_class = orig_function_and_class_names_from_key(mutant)
    _, _, *lines = get_diff_for_mutant(mutant, path=path).splitlines()
    was, now = (
        " ".join(line[1:].strip() for line in lines if line[0] == mark) for mark in "-+"
    )
    return f"{'.'.join(filter(None, (path.stem, of_class, function)))}: {was} => {now or 'nothing'}"


def main():
    survived, score = Counter(), {}
    for path in sorted(walk_mutatable_files()):
        data = SourceFileMutationData(path=path)
        data.load()
        alive = [m for m, code in data.exit_code_by_key.items() if code not in KILLED]
        survived.update(name_of(mutant, path) for mutant in alive)
        score[path.stem] = (
            len(data.exit_code_by_key) - len(alive),
            len(data.exit_code_by_key),
        )
    listed = Counter(
        name
        for group in tomllib.loads(LIST.read_text("utf-8"))["same"]
        for name in group["mutants"]
    )

    score["all"] = tuple(map(sum, zip(*score.values(), strict=True)))
    for module, (killed, made) in score.items():
        print(
            f"{module:12}  {killed:4} of {made:4} mutants killed  {killed / made:7.1%}"
        )
    print(
        f"{listed.total()} survivors are listed in {LIST.name}, each with the reason why it changes nothing."
    )
    for name in (survived - listed).elements():
        print(f"SURVIVED, kill it by a test  {name}")
    for name in (listed - survived).elements():
        print(f"LISTED, but no survivor now  {name}")
    return survived != listed


if __name__ == "__main__":
    sys.exit(main())
