# A machine with make and Python 3.11 needs nothing else: every target sets up what it uses in .venv, once.
# Give a command more arguments with ARGS, as in: make extract ARGS="papers/ --out out"

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input
ITSELF := --no-deps --no-build-isolation --editable .

MADE := $(VENV)/.made
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev

# The first of these that is Python 3.11 or newer, unless PYTHON names one.
PYTHONS := python3.11 python3 python3.12 python3.13 python3.14

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup extract ocr test check fix docs notebooks fuzz bench accept lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(DEV) ## Set up everything, for use and for development (the other targets do it themselves)

extract: $(RUNTIME) ## Turn the papers in data/raw into spreadsheets in data/clean
	@$(BIN)/committee-papers extract $(ARGS)

ocr: $(RUNTIME) requirements-ocr.lock ## Let the program read scanned pages as well (about 270 MB more)
	@$(PIP) --require-hashes -r requirements-ocr.lock

test: check ## Run every check and test, and compare data/clean with what the program makes
	@$(BIN)/pytest $(ARGS)

check: $(DEV) ## Look for faults in style and types; changes nothing
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

fix: $(DEV) ## Repair what the style checks can repair by themselves
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

docs: $(RUNTIME) ## Write docs/rules.md and docs/data-dictionary.md again from the program itself
	@mkdir -p build docs
	@$(BIN)/committee-papers rules --markdown > build/rules.md
	@mv build/rules.md docs/rules.md
	@$(BIN)/committee-papers columns --markdown > build/data-dictionary.md
	@mv build/data-dictionary.md docs/data-dictionary.md

notebooks: $(DEV) ## Run the notebooks again and keep what they show
	@$(BIN)/jupyter-execute --inplace notebooks/*.ipynb

fuzz: $(DEV) ## Look for inputs that break the promise: make fuzz ARGS="text --minutes 10"
	@$(PIP) atheris==3.0.0
	@$(BIN)/python fuzz/run.py $(ARGS)

bench: $(DEV) requirements-bench.lock ## Measure speed and memory, also of other programs (15 minutes; ARGS=--quick: one)
	@$(PIP) --require-hashes -r requirements-bench.lock
	@$(BIN)/python bench/run.py $(ARGS)

# Made elsewhere and put in place, so that no file of an earlier run stays. Status 1: made, but some paper not read.
accept: $(RUNTIME) ## Take what the program makes of data/raw now as the example in data/clean
	@rm -rf build/clean && mkdir -p build
	@$(BIN)/committee-papers extract data/raw --out build/clean || [ $$? -eq 1 ]
	@test -f build/clean/manifest.json
	@rm -rf data/clean && mv build/clean data/clean
	@git status --short data/clean || true

# Keeps the versions that are locked unless asked: make lock ARGS=--upgrade
LOCK = build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header $(ARGS) pyproject.toml build/backend.in
lock: $(MADE) ## Pin every dependency again, with hashes
	@$(PIP) --upgrade --target build/lock uv
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' \
		> build/backend.in
	@$(LOCK) --output-file requirements.lock > /dev/null
	@$(LOCK) --extra ocr --constraint requirements.lock --output-file requirements-ocr.lock > /dev/null
	@$(LOCK) --extra dev --constraint requirements-ocr.lock --output-file requirements-dev.lock > /dev/null
	@$(LOCK) --extra bench --constraint requirements-dev.lock --output-file requirements-bench.lock > /dev/null

clean: ## Remove caches and leftovers; keeps .venv and data
	@rm -rf build dist src/*.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(MADE):
	@for python in $(or $(PYTHON),$(PYTHONS)); do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Python 3.11 or newer was not found: install it, or say where it is: make PYTHON=/path/to/python3.11" >&2; exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2> /dev/null; then \
		echo "$$found has no venv module: install it (on Debian or Ubuntu: apt install python3-venv)" >&2; exit 1; \
	fi; \
	echo "Setting up $(VENV) with $$("$$found" --version); this is done once" && \
	"$$found" -m venv --clear $(VENV) && touch $@

$(RUNTIME): requirements.lock pyproject.toml | $(MADE)
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) $(ITSELF)
	@touch $@

# The development lock holds the whole of the other one.
$(DEV): requirements-dev.lock requirements.lock pyproject.toml | $(MADE)
	@$(PIP) --require-hashes -r requirements-dev.lock
	@$(PIP) $(ITSELF)
	@touch $(RUNTIME) $@
