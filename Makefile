# Everything runs in .venv, which the first command creates; only Python 3.11 or later is needed beforehand.
PYTHON ?= python3
VENV ?= .venv
# What `make weights` learns from: the folder with PolNeAR's train/ and dev/.
POLNEAR ?= ../shared/data/polnear
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help brief test check format docs picture bench weights clean

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

brief: $(VENV)/.runs  ## Set up and brief the reports in examples/
	$(BIN)/trucebook brief examples/velonia --actors examples/actors.yaml

test: $(VENV)/.develops  ## Set up and run all tests
	$(BIN)/python -m pytest -n auto

check: $(VENV)/.develops  ## Lint, check the format and the types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.develops  ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/.runs  ## Write docs/cli.md anew from --help
	$(BIN)/python docs/write_cli.py

picture: $(VENV)/.runs  ## Draw docs/brief.svg anew from the brief of examples/
	$(BIN)/python docs/draw_brief.py

bench: $(VENV)/.benches  ## Measure the speed of reading against other programs
	$(BIN)/python bench/read_speed.py

weights:  ## Train the attribution tagger anew (needs the PolNeAR corpus: POLNEAR=folder; REPORTS=6 tries it)
	PYTHON="$(PYTHON)" POLNEAR="$(POLNEAR)" training/attribution/make_weights.sh

clean:  ## Remove .venv and what the tools left behind
	rm -rf $(VENV) .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Trucebook needs Python 3.11 or later; try: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

# The stamps make a second call quick; they are older than what they were installed from when that changes.
$(VENV)/.runs: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable .
	@touch $@

$(VENV)/.develops: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/.runs

$(VENV)/.benches: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable '.[bench]'
	@touch $@ $(VENV)/.runs
