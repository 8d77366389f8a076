# Teilnahme: `make run` starts it, `make test` proves it, `make help` lists the rest.

PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
STAMPS := .cache/stamps

export EVENTS_BASE_URL ?= http://localhost:$(PORT)
# Compiled modules may be kept: whoever forbids it pays anew for each start, and each test run for all tests.
export PYTHONDONTWRITEBYTECODE :=
# Compiled once while installing: without it every start costs double.
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: help setup setup-test run test test-sqlite test-postgres test-browser check format bench lock handbook translations clean
.DEFAULT_GOAL := help

help: ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(STAMPS)/assets ## install everything that running needs

setup-test: $(STAMPS)/development $(STAMPS)/assets ## install what tests and checks need as well

run: setup ## start with demo data on http://localhost:8000 (PORT=… for another port)
	@$(BIN)/events migrate
	@$(BIN)/events demo
	@$(BIN)/events serve --port $(PORT)

test: setup-test ## all checks and all tests, on SQLite and on PostgreSQL, with browser journeys
	@echo "== Prüfungen, Tests auf SQLite, auf PostgreSQL und im Browser, alle zugleich"
	@$(MAKE) --no-print-directory --jobs=4 --output-sync=target check test-sqlite test-postgres test-browser

test-sqlite: setup-test
	@echo "== SQLite" && $(BIN)/python -m pytest -m "not browser" --ignore=tests/browser

test-browser: setup-test
	@echo "== Browser" && $(BIN)/python -m pytest -m browser tests/browser

test-postgres: setup-test
	@echo "== PostgreSQL" && $(BIN)/python -m tests.postgres $(BIN)/python -m pytest -m "not browser and not no_database and not one_database" --ignore=tests/browser

check: setup-test ## format, lint, types, import contracts, templates, packages
	@echo "== Stil, Typen, Importregeln, Vorlagen, Pakete"
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache --no-logo
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/python -m pip check

format: setup-test ## put code into its form
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

bench: setup-test ## print how fast it is, as ratios
	@$(BIN)/python -m bench

handbook: setup-test ## take the handbook's pictures anew
	@mkdir -p docs/bilder
	@$(BIN)/python -m pytest -q -m browser tests/browser/test_handbook.py --pictures docs/bilder

translations: setup-test ## bring the catalogues up to date with the source texts
	@mkdir -p .cache
	@$(BIN)/pybabel -q extract -F babel.cfg -o .cache/messages.pot --add-location=file --omit-header -k N_ -k pgettext:1c,2 .
	@for language in en tr ar; do $(BIN)/pybabel -q update -N --no-wrap --ignore-obsolete --ignore-pot-creation-date -i .cache/messages.pot -d events/translations -l $$language || exit; done

lock: $(STAMPS)/development ## pin the newest allowed packages, with hashes and without addresses
	@$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-annotate --no-header --extra assets pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-annotate --no-header --extra assets --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## remove what was built; your data stay
	rm -rf .venv .cache node_modules events/static/built

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Teilnahme braucht Python 3.11 oder neuer."; exit 1; }
	@echo "== Umgebung anlegen"
	@$(PYTHON) -m venv .venv

$(STAMPS)/runtime: requirements.lock pyproject.toml | $(BIN)/python
	@echo "== Pakete installieren"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps -e .
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/development: requirements-dev.lock $(STAMPS)/runtime
	@echo "== Pakete für Tests installieren"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(STAMPS)/assets: package-lock.json $(STAMPS)/runtime $(shell find templates events/assets events/static events/web -type f -not -path '*/built/*' -not -name '*.pyc' 2>/dev/null)
	@$(BIN)/python -m events.assets
	@touch $@
