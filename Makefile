# Two commands matter: `make run` and `make test`. Both set up what they need and are quick the second time.
PYTHON ?= python3
PORT ?= 3001
RUNS ?= 2000
# Most tests wait more than they compute: three processes keep two processors busy.
TEST_PROCESSES ?= 3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(UPGRADE)
PLATFORMS := linux darwin win32
# The tests of a file stay together, in their order: they share what is made once.
PARALLEL := --numprocesses=$(TEST_PROCESSES) --dist=loadfile

.DELETE_ON_ERROR:
.PHONY: help run test check bench soak format lock openapi seccomp-filter clean

help:
	@echo "make run     set everything up and serve http://127.0.0.1:$(PORT) (PORT=... chooses another)"
	@echo "make test    set everything up and run the tests (ARGS=... is passed to pytest)"
	@echo "make check   format, lint, types, import layers, generated files"
	@echo "make bench   measure, beside the plain way (ARGS=... is passed to the benchmark)"
	@echo "make soak    many programs, good and bad, against one server, and what is left of them (RUNS=... says how many)"
	@echo "make format  rewrite the sources as 'make check' wants them"
	@echo "make openapi write contract/openapi.json anew"
	@echo "make seccomp-filter  write the filters of system calls anew"
	@echo "make lock    write the lock files anew (UPGRADE=--upgrade takes newer versions)"

run: $(VENV)/.runtime
	@exec $(BIN)/snakepen serve --port $(PORT)

test: $(VENV)/.dev
	@$(BIN)/snakepen environment make
	$(BIN)/python -m pytest $(or $(ARGS),$(PARALLEL))
	$(if $(ARGS),,@$(BIN)/python scripts/test_as_another_user.py "$(UV)" $(PARALLEL))

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	@set -e; for platform in $(PLATFORMS); do echo "mypy --platform $$platform"; $(BIN)/mypy --platform $$platform; done
	$(BIN)/lint-imports --no-cache
	@$(BIN)/snakepen openapi | cmp - contract/openapi.json || { echo "contract/openapi.json is stale: run 'make openapi' and commit it." >&2; exit 1; }
	$(BIN)/python scripts/make_seccomp_filter.py --check
	$(BIN)/python scripts/check_repository.py

bench: $(VENV)/.dev
	@$(BIN)/snakepen environment make
	@$(BIN)/python -m bench $(ARGS)

soak: $(VENV)/.dev
	@$(BIN)/snakepen environment make
	@SOAK_RUNS=$(RUNS) $(BIN)/python -m pytest tests/sandbox/test_soak.py -q -s

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

seccomp-filter: $(VENV)/.dev
	$(BIN)/python scripts/make_seccomp_filter.py

openapi: $(VENV)/.runtime
	$(BIN)/snakepen openapi > contract/openapi.json

lock: $(VENV)/.bootstrap
	$(LOCK) pyproject.toml -o requirements/runtime.txt
	$(LOCK) -c requirements/runtime.txt pyproject.toml --group dev -o requirements/dev.txt
	$(LOCK) -c requirements/dev.txt requirements/bootstrap.in -o requirements/bootstrap.txt
	$(LOCK) src/snakepen/environments/standard.in -o src/snakepen/environments/standard.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# A stamp for each step of the set-up. Locked packages come first, by hash; the project itself after them,
# editable, built with what is already there, so that nothing unlocked is ever fetched.
$(VENV)/.bootstrap: requirements/bootstrap.txt
	@command -v $(PYTHON) > /dev/null || { echo "Snakepen needs Python 3.11 or later, and '$(PYTHON)' is not there: install it, or name another with PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Snakepen needs Python 3.11 or later; '$(PYTHON)' is older: name another with PYTHON=..." >&2; exit 1; }
	@echo "Setting up $(VENV) (once)"
	@$(PYTHON) -m venv --clear $(VENV) || { echo "Python could not make a virtual environment (on Debian and Ubuntu: apt install python3-venv)." >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@touch $@

$(VENV)/.runtime: $(VENV)/.bootstrap requirements/runtime.txt pyproject.toml
	@echo "Installing Snakepen"
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/runtime.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.txt
	@echo "Installing what the tests need"
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@
