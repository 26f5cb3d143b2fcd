"""What cells print, compared: in the page with the build, on one processor with another."""

import re

NUMBER = re.compile(r"(?<![\w.])[-−]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?!\w)")


def same(now, was, to=1e-6):
    """Whether two texts are equal, numbers to a part of their size or, below 1, of 1."""
    now, was = (text.rstrip("\n") for text in (now, was))
    if NUMBER.sub("#", now) != NUMBER.sub("#", was):
        return False
    pairs = zip(NUMBER.findall(now), NUMBER.findall(was), strict=True)
    numbers = [[float(number.replace("−", "-")) for number in pair] for pair in pairs]
    return all(abs(a - b) <= to * max(1, abs(b)) for a, b in numbers)


def agree(cell, now, was):
    """Whether two runs of a cell printed the same: of timings the labels alone, of chaotic training the numbers to 2 per cent."""
    if "timing" in cell.tags:
        return re.findall(r"[a-z]+", now) == re.findall(r"[a-z]+", was)
    return same(now, was, 0.02 if "sensitive" in cell.tags else 1e-6)
