"""The figures of the dark pages: the same SVG in other colors. Also used in the page, by cells that are run there."""

import re

PAPER, INK = "#15181c", "#dedbd5"  # of the dark pages, as in html/page.css
DARK = {  # color of matplotlibrc: its twin, of the same meaning
    "#0072b2": "#63b3ea",  # class 0
    "#b8460e": "#f2946a",  # class 1
    "#00795a": "#3dba8f",  # g
    "#86286c": "#e9a6d6",  # its slope
    "#1f6f78": "#67c5cf",  # layer 1
    "#8a5a00": "#d9a94b",  # layer 2
}
COLOR = re.compile(r"(?<=: )#[0-9a-f]{6}\b")  # of a fill or a stroke


def twin(color):
    """The color on dark ground: by the table; white to black go from the ground to the ink. None without one."""
    if color in DARK:
        return DARK[color]
    red, green, blue = (color[i : i + 2] for i in (1, 3, 5))
    if not red == green == blue:
        return None
    light = int(red, 16) / 255
    pairs = ((int(PAPER[i : i + 2], 16), int(INK[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(
        f"{round(light * paper + (1 - light) * ink):02x}" for paper, ink in pairs
    )


def in_the_dark(svg):
    """The figure as it is drawn on dark ground. What has no color of its own, such as letters, is in ink; a strange one stays."""
    return COLOR.sub(lambda match: twin(match[0]) or match[0], svg).replace(
        "<svg ", f'<svg fill="{INK}" ', 1
    )
