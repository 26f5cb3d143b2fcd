"""The book's own Sphinx extensions, a folder per feature: see README.md."""

FEATURES = (  # in the order in which they are set up
    "build.parallel",
    "build.kernels",
    "build.doctrees",
    "build.drafts",
    "figures.svg",
    "html.page",
    "html.fonts",
    "html.head",
    "common.details",
    "html.css_bundle",
    "html.ids",
    "reading.bibliography",
    "figures.gallery",
    "figures.animations",
    "reading.previews",
    "html.distant_sections",
    "html.plain_code",
    "html.scrollers",
    "figures.data_tables",
    "formats.epub",
    "figures.social_card",
    "reading.search",
    "math.katex",
    "math.claims",
    "math.ledger",
    "math.symbols",
    "exercises.exercises",
    "exercises.quizzes",
    "live.cells",
    "live.sliders",
    "playground",
    "formats.notebooks",
    "reading.offline",
)


def setup(app):
    for feature in FEATURES:
        app.setup_extension(f"{__name__}.{feature}")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
