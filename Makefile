# Sets the project up and proves it. Needs Python 3.11 or later, git and make; everything else it brings along: a virtual
# environment in .venv, and servers of its own where none are installed. pip's settings are the machine's.

DIALECTS ?= sqlite postgres mysql mariadb
ARGS ?=
SOAK ?=

VENV := .venv
PYTHON := $(VENV)/bin/python
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help generate check test lint bench soak clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

generate: $(READY) ## write generated/ from schema/ and queries/
	@$(VENV)/bin/sqlwright generate

check: $(READY) ## prove every query on all databases; fail when something that is derived is not current
	@$(PYTHON) generator/tools/fetch_server.py $(DIALECTS)
	@SQLWRIGHT_CACHE=.cache $(VENV)/bin/sqlwright check $(DIALECTS:%=--dialect %)
	@$(VENV)/bin/sqlwright check --offline
	@$(PYTHON) generator/tools/async_to_sync.py --check

test: $(READY) ## run all tests on real databases (DIALECTS="sqlite mysql" ARGS="-k name")
	@$(PYTHON) generator/tools/fetch_server.py $(DIALECTS)
	@$(PYTHON) -m pytest --dialects "$(DIALECTS)" $(ARGS)

lint: $(READY) ## check style and types
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/black --check --quiet .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/pyright --pythonpath $(PYTHON)

bench: $(READY) ## measure, beside hand-written code in the same run
	@$(PYTHON) -m pip install --quiet --editable '.[all,bench]'
	@$(PYTHON) generator/tools/fetch_server.py $(DIALECTS)
	@$(PYTHON) -m benchmarks --dialects "$(DIALECTS)" $(ARGS)

soak: $(READY) ## run the property tests for much longer (SOAK=20000 queries)
	@$(PYTHON) generator/tools/fetch_server.py $(DIALECTS)
	@SQLWRIGHT_SOAK=1 SQLWRIGHT_SOAK_QUERIES=$(SOAK) $(PYTHON) -m pytest --dialects "$(DIALECTS)" -m property $(ARGS)

clean: ## remove the virtual environment, servers and caches
	rm -rf $(VENV) .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Made anew only when the dependencies change.
$(READY): pyproject.toml generator/tools/make_venv.sh
	@sh generator/tools/make_venv.sh $(VENV)
	@touch $@
