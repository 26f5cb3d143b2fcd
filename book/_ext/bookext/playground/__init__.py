"""The playground: a network that trains before the reader's eyes, by the book's own code, in the reader's browser.

``{playground}``        the instrument, in the pages alone: controls, four panels, what is said
``{experiment-name}``   a link that sets the instrument up, in the section that says what to watch

The states of experiments stand here, once. The section of an experiment has the label ``playground-<name>``, so a chapter leads
to one by {ref}`words <playground-name>`, and a page that is opened there is set up already. What works in the page is in
``js``, on top of what makes cells run; the Python side is ``python/play.py``.
"""

import importlib.util
import json
import re
from html import escape
from pathlib import Path
from urllib.parse import urlencode

from docutils import nodes

from bookext.common import deferred
from bookext.common.dark import DARK
from shallowlib import ACTIVATIONS

PREFIX = "playground-"
EXPERIMENTS = {  # name: what differs from the controls as they come
    "symmetry": {
        "data": "moons",
        "m": 401,
        "activation": "sigmoid",
        "weights": "zeros",
        "rate": 2,
        "speed": 5,
    },
    "collapse": {"data": "moons", "activation": "identity", "rate": 1, "speed": 1},
    "saturation": {"data": "circles", "weights": "normal", "factor": 30, "speed": 5},
    "dead-relu": {
        "data": "circles",
        "activation": "relu",
        "weights": "he",
        "rate": 8,
        "speed": 0,
    },
    "large-rate": {"data": "sine", "output": "linear", "rate": 0.6, "speed": 0},
}

FIRST = {
    "data": "flower",
    "m": 400,
    "seed": 1,
    "hidden": 8,
    "activation": "tanh",
    "output": "logistic",
    "weights": "xavier",
}
DATA = {
    "flower": "flower",
    "moons": "moons",
    "circles": "circles",
    "xor": "xor",
    "sine": "sine, a regression",
    "own": "your own points",
}
OUTPUTS = {
    "logistic": "logistic, cross-entropy",
    "linear": "linear, half squared error",
}
WEIGHTS = {
    "zeros": "zeros",
    "small": "small: 0.01 N(0, 1)",
    "xavier": "Xavier",
    "he": "He",
    "normal": "factor × N(0, 1)",
}
SPEEDS = {
    0: "4 steps a second",
    1: "1 step a picture",
    5: "5 steps a picture",
    20: "20 steps a picture",
    100: "100 steps a picture",
}


def options(words, chosen):
    """The options of a select."""
    return "".join(
        f'<option value="{value}"{" selected" * (value == chosen)}>{escape(text)}</option>'
        for value, text in words.items()
    )


def controls():
    """What a reader can turn; names, ranges and defaults are read from here by the page as well."""
    activations = {name: name.replace("_", " ") for name in ACTIVATIONS}
    return f"""\
<form class="play-controls" id="play-controls" autocomplete="off" aria-label="What to train">
<fieldset><legend>Data</legend>
<label for="play-data">Set</label> <select id="play-data" name="data">{options(DATA, FIRST["data"])}</select>
<label for="play-m">Examples, <i>m</i></label> <input id="play-m" name="m" type="number" min="10" max="1000" step="1" value="{FIRST["m"]}">
<label for="play-seed">Seed</label> <input id="play-seed" name="seed" type="number" min="0" max="9999" step="1" value="{FIRST["seed"]}">
</fieldset>
<fieldset><legend>Network</legend>
<label for="play-hidden">Units, <i>n<sub>h</sub></i></label> <span class="play-slide"><input id="play-hidden" name="hidden" type="range" min="1" max="50" step="1" value="{FIRST["hidden"]}"> <output for="play-hidden">{FIRST["hidden"]}</output></span>
<label for="play-activation">Activation</label> <select id="play-activation" name="activation">{options(activations, FIRST["activation"])}</select>
<label for="play-output">Output, loss</label> <select id="play-output" name="output">{options(OUTPUTS, FIRST["output"])}</select>
</fieldset>
<fieldset><legend>Start</legend>
<label for="play-weights">Weights</label> <select id="play-weights" name="weights">{options(WEIGHTS, FIRST["weights"])}</select>
<label for="play-factor">Factor</label> <span class="play-slide"><input type="range" data-log-of="factor" min="-3" max="2" step="0.1" value="0" aria-label="Factor, slider"> <input id="play-factor" name="factor" type="number" min="0.001" max="100" step="any" value="1"></span>
</fieldset>
<fieldset><legend>Descent</legend>
<label for="play-rate">Learning rate, <i>α</i></label> <span class="play-slide"><input type="range" data-log-of="rate" min="-3" max="2" step="0.1" value="0.1" aria-label="Learning rate, slider"> <input id="play-rate" name="rate" type="number" min="0.001" max="100" step="any" value="1.2"></span>
<label for="play-speed">Speed</label> <select id="play-speed" name="speed">{options(SPEEDS, 5)}</select>
</fieldset>
</form>"""


DISC, TRIANGLE = (
    f'<span class="play-{name}" aria-hidden="true">{sign}</span>'
    for name, sign in (("disc", "●"), ("triangle", "▲"))
)
LINE = '<span class="play-line{}" aria-hidden="true"></span>'
PANELS = {  # name: title, and what stands below the drawing, for classes and for the regression
    "plane": (
        "What the network computes",
        f"{DISC} class 0, {TRIANGLE} class 1; the tint is the output, {LINE.format('')} the boundary.",
        f"Examples as dots; {LINE.format(' is-output')} the output over the input.",
    ),
    "costs": (
        "The cost, step by step",
        "<i>J</i> after each step; the dot is now.",
        None,
    ),
    "units": (
        "What each hidden unit computes",
        f"Tint: its activation over the same plane, {LINE.format('')} where its <i>z</i> is 0. Below, where there is room: the weight that the output gives it.",
        f"{LINE.format(' is-unit')} its activation over the input. Below, where there is room: the weight that the output gives it.",
    ),
    "slopes": (
        "The <i>z</i> of the units, and the slope there",
        f'<span class="play-swatch" aria-hidden="true"></span> how many <i>z</i>, of all hidden units and examples, lie there; '
        f"{LINE.format(' is-slope')} the slope of the activation.",
        None,
    ),
}
TOOLS = {"0": f"class 0 {DISC}", "1": f"class 1 {TRIANGLE}", "remove": "remove"}
OWN = """
<fieldset class="play-own" hidden><legend>With a click or a tap on the plane:</legend>
{tools}
<button type="button" class="live-button" data-play="clear">Remove all</button>
</fieldset>"""
PAD = """
<div class="play-pad" role="application" tabindex="0" aria-label="Plane for your points" aria-describedby="play-keys" hidden><span class="play-cross"></span></div>"""
KEYS = """
<p class="play-legend play-keys" id="play-keys" hidden>By keyboard: arrow keys move the cross on the plane, with Shift by less; Enter does what is chosen above, Delete removes the nearest point; 0 and 1 choose the class.</p>
<p class="play-place visually-hidden" role="status"></p>"""


def own_points():
    """What a reader needs to draw points: before the drawing, on it, below it."""
    tools = "\n".join(
        f'<label class="play-tool"><input type="radio" name="tool" value="{value}" form="play-controls"{" checked" * (value == "0")}> {text}</label>'
        for value, text in TOOLS.items()
    )
    return OWN.format(tools=tools), PAD, KEYS


def panel(name):
    """A place to draw on, with its title and its legend."""
    title, classes, regression = PANELS[name]
    before, on, below = own_points() if name == "plane" else ("", "", "")
    legend = (
        classes
        if regression is None
        else f'<span class="for-classes">{classes}</span><span class="for-regression">{regression}</span>'
    )
    return f"""\
<div class="play-panel" data-panel="{name}">
<p class="play-title">{title}</p>{before}
<div class="play-screen"><canvas role="img" aria-label="{re.sub("<.*?>", "", title)}: nothing yet"></canvas>{on}</div>
<p class="play-legend">{legend}</p>{below}
</div>"""


INSTRUMENT = """\
<link rel="stylesheet" href="{style}">
<noscript><p>The instrument needs JavaScript; without it there is the recorded run at the end of this page.</p></noscript>
<div class="playground" role="group" aria-label="Playground" data-pyodide="{pyodide}" style="{colors}">
<p class="play-task" id="play-task" hidden></p>
<div class="play-bar">
<p class="play-buttons d-print-none">
<button type="button" class="live-button play-main" data-play="go" aria-describedby="play-task" disabled>Start</button>
<button type="button" class="live-button" data-play="step" disabled>Step</button>
<button type="button" class="live-button" data-play="reset" disabled>Reset</button>
<button type="button" class="live-button" data-play="link" disabled>Copy link</button>
</p>
<dl class="play-readout">
<div><dt>Step</dt><dd data-read="step">0</dd></div>
<div><dt>Cost <i>J</i></dt><dd data-read="cost">–</dd></div>
<div><dt data-read="how">Right</dt><dd data-read="right">–</dd></div>
</dl>
</div>
<p class="play-says" role="status"></p>
<progress hidden aria-label="Python, on its way"></progress>
<p class="play-trouble" role="alert" hidden></p>
<div class="play-body">
{controls}
<div class="play-panels">
{panels}
</div>
</div>
<details class="folded play-numbers"><summary>The numbers</summary>
<table class="table"><caption class="visually-hidden">The state of the network</caption><tbody></tbody></table>
</details>
<script type="application/json" class="play-first">{first}</script>
</div>"""


def at_the_start():
    """What the page draws before Python is there: the network at step 0, as the controls come, by the Python side itself."""
    spec = importlib.util.spec_from_file_location(
        "play", Path(__file__).parent / "python" / "play.py"
    )
    play = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(play)
    found = play.answer(FIRST | {"points": [], "factor": 1}, 0, 0)
    return json.dumps(
        found,
        default=lambda array: [round(float(x), 3) for x in array],
        separators=(",", ":"),
    )


def colors():
    """The six colors of the book's figures with their twins, as variables of a style."""
    pairs = enumerate(DARK.items())
    return ";".join(
        f"--light-{i}:{light};--dark-{i}:{dark}" for i, (light, dark) in pairs
    )


def instrument(app):
    """The nodes of the instrument; without Python for the browser a sentence."""
    if app.live is None:
        return [
            nodes.paragraph(
                "",
                "The instrument is not part of this build, which has no Python for the browser.",
            )
        ]
    html = INSTRUMENT.format(
        style=f"_static/{app.live['playground']}.css",
        pyodide=app.live["pyodide"],
        colors=colors(),
        first=at_the_start(),
        controls=controls(),
        panels="\n".join(map(panel, PANELS)),
    )
    return [nodes.raw("", html, format="html")]


def set_up(name):
    """What makes the link of an experiment."""
    link = (
        f'<p class="play-experiment d-print-none"><a href="#{PREFIX}{name}" data-state="{escape(urlencode(EXPERIMENTS[name]))}">'
        "Set the playground up for this</a></p>"
    )
    return lambda app: [nodes.raw("", link, format="html")] if app.live else []


def load_script(app, pagename, templatename, context, doctree):
    """The script, on the page with the instrument only."""
    if app.builder.name == "html" and 'class="playground"' in context.get("body", ""):
        app.add_js_file(f"{app.live['playground']}.js", loading_method="defer")


def setup(app):
    deferred.add(app, "playground", instrument)
    for name in EXPERIMENTS:
        deferred.add(app, f"experiment-{name}", set_up(name))
    app.connect("html-page-context", load_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
