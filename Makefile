# Two commands: `make demo` reads the bundled example, `make test` runs every check. Needs python3 (3.11 or later).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Stamps say what was installed; both are as old as the pyproject.toml they were made from.
INSTALLED := $(VENV)/.installed
DEV := $(VENV)/.installed-dev
FUZZ := $(VENV)/.installed-fuzz
CONVERTERS := $(VENV)/.installed-converters
SECONDS ?= 60
BASE ?= HEAD
FOLDERS ?= $(wildcard ../shared/gold ../shared/cases)
TARGETS ?= parse text html docx pdf pdf_pages

.PHONY: help demo test lint format types layers unit test-pages page page-if-npm bench battery check-battery readers attack converters figures fuzz \
  screenshots reference replay rooms clean

help:
	@echo "make demo    read the bundled folder of reports into a panel"
	@echo "make test    lint, types, layers and tests"
	@echo "make lint | types | layers | unit    one of them"
	@echo "make test-pages  the pages in a browser (chromium)"
	@echo "make page    build/check.html: checks a file by double-click, without a network; needs npm"
	@echo "make format  let ruff rewrite the layout"
	@echo "make rooms   the rooms of the package and the modules in them, each in a sentence"
	@echo "make replay  what is read differently than at the last commit, or at BASE=REVISION, by kind and count"
	@echo "make bench   time the parser against its budgets"
	@echo "make battery how much of a million made-up cells is read right, and how much wrong in silence"
	@echo "make readers how much is read right out of web pages, Word files and PDFs, and how fast"
	@echo "make check-battery  which relations broken on purpose are found, and where the checks cry wolf"
	@echo "make attack  tables as real pages show them: half a million cells, kind by kind, and which are wrong in silence"
	@echo "make converters  what is read of the text that other tools make of a report"
	@echo "make figures  run all of these, half an hour, and write docs/figures.md"
	@echo "make fuzz    each reader and parse on bytes that a fuzzer makes up, SECONDS=60 each"
	@echo "make screenshots  write the pictures of docs/img and the notebook again"
	@echo "make reference  write docs/reference again from the tables of codes"
	@echo "make clean   remove the environment and everything built"

demo: $(INSTALLED)
	@$(BIN)/govdisclose demo -o build/demo

test: lint types layers page-if-npm unit

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(DEV)
	$(BIN)/mypy

layers: $(DEV)
	$(BIN)/lint-imports --no-logo

unit: $(DEV)
	$(BIN)/pytest -n auto

test-pages: $(DEV)
	$(BIN)/pytest tests/pages

page: build/check.html

page-if-npm:
	@command -v npm >/dev/null && $(MAKE) --no-print-directory page || echo "the page is not made, and not tested" >&2

# One file: Pyodide, the package and its libraries. Made again when one of them is newer.
build/check.html: $(shell find page govdisclose grammars -name node_modules -prune -o -type f ! -name '*.pyc' -print) \
  page/node_modules/.installed | $(DEV)
	$(BIN)/python page/build.py $@

page/node_modules/.installed: page/package-lock.json
	@command -v npm >/dev/null || { echo "make page needs npm, which fetches Pyodide; on Debian: apt install npm" >&2; exit 1; }
	npm ci --prefix page --ignore-scripts --no-audit --no-fund --silent --fetch-retries=1 --fetch-timeout=60000
	@touch $@

rooms:
	@$(PYTHON) benchmarks/rooms.py

replay: $(DEV)
	$(BIN)/python benchmarks/replay.py --base $(BASE) $(FOLDERS)

bench: $(DEV)
	$(BIN)/python benchmarks/bench.py

battery: $(DEV)
	$(BIN)/python benchmarks/battery.py

readers: $(DEV)
	$(BIN)/python benchmarks/readers.py

check-battery: $(DEV)
	$(BIN)/python benchmarks/check_battery.py

attack: $(DEV)
	$(BIN)/python benchmarks/attack.py

converters: $(CONVERTERS)
	$(BIN)/python benchmarks/converters.py --write

figures: $(CONVERTERS)
	$(BIN)/python benchmarks/figures.py

fuzz: $(FUZZ)
	@for target in $(TARGETS); do \
	  echo "fuzzing $$target for $(SECONDS) s"; \
	  $(BIN)/python tests/fuzz/fuzz.py $$target $(SECONDS) 2>&1 | tail -n 20; test -z "$$(ls tests/fuzz/found 2>/dev/null)" || { \
	    echo "found: $$(ls -d tests/fuzz/found/*)" >&2; exit 1; }; \
	done

screenshots: $(DEV)
	$(BIN)/python benchmarks/screenshots.py
	$(BIN)/python benchmarks/notebook.py

reference: $(INSTALLED)
	$(BIN)/python -m govdisclose.view.reference docs/reference

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .benchmarks
	find govdisclose grammars tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "govdisclose needs Python 3.11 or later, and there is no $(PYTHON) here." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "govdisclose needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) -V 2>&1). Name another: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make environments; on Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[demo]'
	@touch $@

$(FUZZ): $(DEV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[fuzz]'
	@touch $@

$(CONVERTERS): $(DEV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[converters]'
	@touch $@

$(DEV): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $(INSTALLED) $@
