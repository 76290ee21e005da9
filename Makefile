# Two commands set everything up: `make demo` and `make test`. Nothing outside this folder is changed.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo test check floors types lint browser quality bench bench-extraction bench-tagger lock clean

VENV := .venv
BIN := $(VENV)/bin
# The first Python that fits; override with `make PYTHON=/path/to/python3.12 ...`.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && echo $$p && break; done)
UV := $(shell command -v uv 2>/dev/null)
PYTEST := $(BIN)/python -m pytest

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 26

# Plain pip and uv read the same locks; every file is checked against its hash, also the tools that build.
define install
	@test -n "$(PYTHON)" || { echo "hirewire needs Python 3.11, 3.12 or 3.13: make PYTHON=/path/to/python3 $@"; exit 1; }
	@test -x $(BIN)/python || { echo "making $(VENV) with $$($(PYTHON) --version)"; \
	  if [ -n "$(UV)" ]; then uv venv -q --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" $(VENV); else $(PYTHON) -m venv $(VENV); fi; }
	@echo "installing $(1)"
	@if [ -n "$(UV)" ]; then pip="uv pip"; export VIRTUAL_ENV="$(CURDIR)/$(VENV)"; else pip="$(BIN)/python -m pip --disable-pip-version-check"; fi; \
	  $$pip install -q --require-hashes -r .ci/lock/build.txt && \
	  $$pip install -q --no-build-isolation --require-hashes -r $(1) && \
	  $$pip install -q --no-build-isolation --no-deps -e .
	@touch $@
endef

$(VENV)/run: .ci/lock/build.txt .ci/lock/run.txt pyproject.toml
	$(call install,.ci/lock/run.txt)

$(VENV)/dev: .ci/lock/build.txt .ci/lock/dev.txt pyproject.toml
	$(call install,.ci/lock/dev.txt)
	@touch $(VENV)/run

$(VENV)/browser: .ci/lock/build.txt .ci/lock/browser.txt pyproject.toml
	$(call install,.ci/lock/browser.txt)
	@touch $(VENV)/run $(VENV)/dev

demo: $(VENV)/run ## install, crawl a small newsroom on this machine, show its digest
	@$(BIN)/hirewire demo

test: $(VENV)/dev ## install, run every test that needs no browser or root
	$(PYTEST) -n 2 -m "not browser and not benchmark and not quality"

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev
	$(BIN)/mypy

floors: $(VENV)/dev
	$(BIN)/lint-imports

check: lint types floors ## lint, types, floors

quality: $(VENV)/dev ## quality floors
	$(PYTEST) -n 2 -m quality

browser: $(VENV)/browser ## look at pages in a real browser (needs Debian's chromium)
	$(PYTEST) -m browser

bench: $(VENV)/dev ## measure speed; decides nothing
	$(PYTEST) -m benchmark -s

# The peers' own environment, so that nothing of theirs meets ours.
var/bench-peers/made: .ci/lock/peers.txt
	@test -n "$(PYTHON)" || { echo "hirewire needs Python 3.11, 3.12 or 3.13: make PYTHON=/path/to/python3 $@"; exit 1; }
	@echo "installing .ci/lock/peers.txt into var/bench-peers"
	@$(PYTHON) -m venv --clear var/bench-peers
	@var/bench-peers/bin/python -m pip --disable-pip-version-check install -q -r .ci/lock/peers.txt
	@touch $@

bench-extraction: $(VENV)/dev var/bench-peers/made ## body text beside other extractors, on pages in ../shared (peers get a venv of their own)
	$(BIN)/python tests/benchmarks/bench_extraction.py

bench-tagger: $(VENV)/dev ## names of players beside three bare matchers (peers get a venv of their own)
	$(BIN)/python tests/benchmarks/test_tagger_speed.py --install

lock: ## make the locks anew (needs uv)
	uv pip compile -q --no-header --universal --python-version 3.11 --generate-hashes --group build -o .ci/lock/build.txt
	uv pip compile -q --no-header --universal --python-version 3.11 --generate-hashes pyproject.toml -o .ci/lock/run.txt
	uv pip compile -q --no-header --universal --python-version 3.11 --generate-hashes pyproject.toml --group dev -c .ci/lock/run.txt -o .ci/lock/dev.txt
	uv pip compile -q --no-header --universal --python-version 3.11 --generate-hashes pyproject.toml --group dev --group browser -c .ci/lock/dev.txt -o .ci/lock/browser.txt

clean: ## remove what these commands made
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
