# Cobijo. `make` alone says what there is.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.SILENT:
.ONESHELL:
MAKEFLAGS += --no-print-directory
.PHONY: help setup run demo test test-all lint format messages screenshots lock clean

VENV := .venv
COBIJO := $(VENV)/bin/cobijo
# The demonstration: fictitious people on this machine. Debug is what allows it.
DEMONSTRATION := COBIJO_DEBUG=1 COBIJO_DEMO=1

help: ## this list
	awk 'BEGIN {FS = ":.*## "; print "make TARGET"} /^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## make .venv with everything in it; quick when nothing changed
	scripts/setup

run: setup ## build the demo world if needed and open it on http://localhost:8000 (COBIJO_PORT=… for another port)
	export $(DEMONSTRATION)
	$(VENV)/bin/python scripts/demo_world.py --keep-night
	$(COBIJO) demo signins
	exec $(COBIJO) serve

demo: setup ## build the demo world and stop (NIGHT=YYYY-MM-DD for another night)
	export $(DEMONSTRATION)
	$(VENV)/bin/python scripts/demo_world.py $(if $(NIGHT),--night '$(NIGHT)')

test: setup ## all tests on SQLite, PostgreSQL and in a browser, without the slow ones
	scripts/debian_packages tests
	scripts/test

test-all: setup ## the slow tests too
	scripts/debian_packages tests
	scripts/test --slow

lint: setup ## style, types, layers, templates, migrations, translations
	scripts/debian_packages translations
	scripts/lint

format: setup ## put code and templates into the house's form
	$(VENV)/bin/ruff check --quiet --fix-only .
	$(VENV)/bin/ruff format --quiet .
	for pass in once again; do $(VENV)/bin/djlint --quiet --reformat src >/dev/null || true; done
	echo "Formatted. Look at the difference before you commit it."

messages: setup ## collect the sentences of the interface into the Spanish .po files
	scripts/debian_packages translations
	$(VENV)/bin/python scripts/collect_messages.py src/cobijo
	$(VENV)/bin/python scripts/compile_messages.py

screenshots: setup ## every page type, 360 and 1280 px, light and dark, Spanish and English, into var/screenshots (README=1: those of the README)
	scripts/debian_packages tests
	export $(DEMONSTRATION)
	$(VENV)/bin/python -m scripts.screenshots $(if $(README),--readme)

lock: ## compile requirements*.txt anew from requirements*.in (needs uv; UPGRADE=1 takes newer versions)
	scripts/lock $(if $(UPGRADE),--upgrade)

clean: ## remove .venv, caches and the demo world (var)
	rm -rf $(VENV) .cache .hypothesis .ruff_cache .mypy_cache var src/cobijo.egg-info
	find src tests -name __pycache__ -prune -exec rm -rf {} +
	find src -name '*.mo' -delete
	echo "Clean. “make setup” makes everything anew."
