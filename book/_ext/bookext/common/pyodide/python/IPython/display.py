"""display, and the wrappers that say how a text is meant."""

from display import display  # noqa: F401


class Shown:
    mime = "text/plain"

    def __init__(self, data):
        self.data = data

    def _repr_mimebundle_(self, **_):
        return {self.mime: self.data}


class HTML(Shown):
    mime = "text/html"


class Markdown(Shown):
    mime = "text/markdown"


class SVG(Shown):
    mime = "image/svg+xml"


class Latex(Shown):
    mime = "text/latex"


class Math(Shown):
    mime = "text/latex"

    def __init__(self, data):
        super().__init__(rf"$\displaystyle {data}$")
