# Two commands matter: `make run` and `make test`. Both set up what they need and are quick the second time.
PYTHON ?= python3
PORT ?= 3001
RUNS ?= 10000
# Most tests wait more than they compute: three processes keep two processors busy.
TEST_PROCESSES ?= 3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(UPGRADE)
PLATFORMS := linux darwin win32
# The tests of a file stay together, in their order: they share what is made once. Files come in ours (tests/conftest.py).
PARALLEL := --numprocesses=$(TEST_PROCESSES) --dist=loadfile --no-loadscope-reorder

PAGE := src/snakepen/static/index.html
# What shows what programs show is the browser's as well.
DISPLAY := $(wildcard src/snakepen/runner/*.py)
WEB_SOURCES := $(shell find web/src web/scripts -type f) web/index.html web/vite.config.ts web/svelte.config.js $(DISPLAY)

.DELETE_ON_ERROR:
.PHONY: help run test test-long check bench bench-page soak thorough page format lock openapi seccomp-filter recipes-page clean

help:
	@echo "make run     set everything up and serve http://127.0.0.1:$(PORT) (PORT=... chooses another)"
	@echo "make test    set everything up and run the tests (ARGS=... is passed to pytest)"
	@echo "make test-long   run the tests that take too long for 'make test': 'make check test test-long' is what must hold of a change"
	@echo "make check   format, lint, types, import layers, generated files"
	@echo "make bench   measure, beside the plain way (ARGS=... is passed to the benchmark)"
	@echo "make bench-page   measure the page in a real browser (the same)"
	@echo "make soak    ten thousand programs, good and bad, against one server, and what is left of them (RUNS=... says how many)"
	@echo "make thorough   what takes too long even for that: the page in all its looks, by a whole chromium; recipes at their bounds; the benchmark's own tests"
	@echo "make format  rewrite the sources as 'make check' wants them"
	@echo "make openapi  write contract/openapi.json and the types of the page anew"
	@echo "make seccomp-filter  write the filters of system calls anew"
	@echo "make recipes-page  write docs/reference/recipes.md anew"
	@echo "make lock    write the lock files anew (UPGRADE=--upgrade takes newer versions)"

run: $(VENV)/.runtime $(PAGE)
	@exec $(BIN)/snakepen serve --port $(PORT)

test: $(VENV)/.dev $(PAGE)
	@$(BIN)/snakepen environment make
	@sh scripts/get_chromium.sh
	@cd web && npm run --silent test
	$(BIN)/python -m pytest $(or $(ARGS),$(PARALLEL) -m "not long and not thorough")
	$(if $(ARGS),,@$(BIN)/python scripts/test_as_another_user.py "$(UV)" $(PARALLEL))

test-long: $(VENV)/.dev $(PAGE)
	@$(BIN)/snakepen environment make
	@sh scripts/get_chromium.sh
	$(BIN)/python -m pytest $(PARALLEL) -m "long and not thorough"

check: $(VENV)/.dev $(PAGE)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	@set -e; for platform in $(PLATFORMS); do echo "mypy --platform $$platform"; $(BIN)/mypy --platform $$platform; done
	$(BIN)/lint-imports --no-cache
	@$(BIN)/snakepen openapi | cmp - contract/openapi.json || { echo "contract/openapi.json is stale: run 'make openapi' and commit it." >&2; exit 1; }
	@cd web && npm run --silent wire -- --check || { echo "web/src/core/wire.gen.ts is stale: run 'make openapi' and commit it." >&2; exit 1; }
	cd web && npm run --silent check
	$(BIN)/python scripts/make_seccomp_filter.py --check
	$(BIN)/python scripts/make_recipes_page.py --check
	$(BIN)/python scripts/check_repository.py

bench: $(VENV)/.dev
	@$(BIN)/snakepen environment make
	@$(BIN)/python -m bench $(ARGS)

bench-page: $(VENV)/.dev $(PAGE)
	@$(BIN)/snakepen environment make
	@sh scripts/get_chromium.sh
	@$(BIN)/python -m bench.page $(ARGS)

soak: $(VENV)/.dev
	@$(BIN)/snakepen environment make
	@SOAK_RUNS=$(RUNS) $(BIN)/python -m pytest tests/sandbox/test_soak.py -q -s

thorough: $(VENV)/.dev $(PAGE)
	@$(BIN)/snakepen environment make
	@sh scripts/get_chromium.sh
	@SNAKEPEN_ALL_LOOKS=1 SNAKEPEN_WHOLE_BROWSER=1 $(BIN)/python -m pytest tests/web $(PARALLEL); page=$$?; \
	$(BIN)/python -m pytest -m thorough --ignore=tests/web $(PARALLEL) && exit $$page

format: $(VENV)/.dev web/node_modules/.installed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	cd web && npm run --silent format

seccomp-filter: $(VENV)/.dev
	$(BIN)/python scripts/make_seccomp_filter.py

recipes-page: $(VENV)/.runtime
	$(BIN)/python scripts/make_recipes_page.py

openapi: $(VENV)/.runtime web/node_modules/.installed
	$(BIN)/snakepen openapi > contract/openapi.json
	cd web && npm run --silent wire

page: $(PAGE)

lock: $(VENV)/.bootstrap
	$(LOCK) pyproject.toml -o requirements/runtime.txt
	$(LOCK) -c requirements/runtime.txt pyproject.toml --group dev -o requirements/dev.txt
	$(LOCK) -c requirements/dev.txt requirements/bootstrap.in -o requirements/bootstrap.txt
	$(LOCK) src/snakepen/environments/standard.in -o src/snakepen/environments/standard.txt
	$(subst 3.11,3.13,$(LOCK)) requirements/browser.in -o requirements/browser.txt
	cd web && npm install --package-lock-only $(if $(UPGRADE),&& npm update --package-lock-only)

clean:
	rm -rf $(VENV) src/snakepen/static web/node_modules web/public web/python build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# A stamp for each step of the set-up. Locked packages come first, by hash; the project itself after them,
# editable, built with what is already there, so that nothing unlocked is ever fetched. All are compiled here: who starts
# a server may not be allowed to write to them, and would compile them at each start.
$(VENV)/.bootstrap: requirements/bootstrap.txt
	@command -v $(PYTHON) > /dev/null || { echo "Snakepen needs Python 3.11 or later, and '$(PYTHON)' is not there: install it, or name another with PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Snakepen needs Python 3.11 or later; '$(PYTHON)' is older: name another with PYTHON=..." >&2; exit 1; }
	@echo "Setting up $(VENV) (once)"
	@$(PYTHON) -m venv --clear $(VENV) || { echo "Python could not make a virtual environment (on Debian and Ubuntu: apt install python3-venv)." >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@touch $@

$(VENV)/.runtime: $(VENV)/.bootstrap requirements/runtime.txt pyproject.toml
	@echo "Installing Snakepen"
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/runtime.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.txt
	@echo "Installing what the tests need"
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

# The page: what npm brings, what Python in the browser is made of, and what is built of both.
web/node_modules/.installed: web/package.json web/package-lock.json
	@command -v node > /dev/null && command -v npm > /dev/null || { echo "Snakepen's page is built with Node 20.19 or later and npm, and they are not there: install them (on Debian and Ubuntu: apt install nodejs npm)." >&2; exit 1; }
	@node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' || { echo "Snakepen's page is built with Node 20.19 or later; 'node' is older: install a newer one." >&2; exit 1; }
	@echo "Installing what the page is built with"
	@cd web && npm ci --silent
	@touch $@

web/python/facts.json: web/node_modules/.installed requirements/browser.txt scripts/make_browser_python.py web/scripts/look_at_python.mjs | $(VENV)/.bootstrap
	@echo "Collecting Python for the browser"
	@$(BIN)/python scripts/make_browser_python.py "$(UV)"

$(PAGE): web/node_modules/.installed web/python/facts.json $(WEB_SOURCES)
	@echo "Building the page"
	@cd web && npm run --silent build -- --logLevel error
	@touch $@
