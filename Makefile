# What one does here. `make` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
VAR ?= var

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

.PHONY: setup
setup: $(VENV)/.runtime ## environment, database and model
	$(BIN)/triage train --if-needed --var $(VAR)

.PHONY: run
run: setup ## the bot on http://127.0.0.1:3978, with the Agents Playground where Node is there
	$(BIN)/triage serve --playground --var $(VAR)

.PHONY: chat
chat: setup ## the same conversation in this terminal
	$(BIN)/triage chat --var $(VAR)

.PHONY: test
test: $(VENV)/.dev ## lint is apart; this runs every test but the browser's, on SQLite and PostgreSQL
	PYTHONHASHSEED=0 $(BIN)/pytest -n 2 --dist loadfile -m "not e2e and not heavy"

.PHONY: lint
lint: $(VENV)/.dev ## format, lint, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: gate
gate: $(VENV)/.dev ## does the gate refuse two dozen bad trainings and let good ones through? (half an hour)
	$(BIN)/pytest -m heavy --timeout 900 tests/models

.PHONY: e2e
e2e: $(VENV)/.dev setup ## the Playground in headless Chromium (installs both where they are missing)
	tests/e2e/install
	$(BIN)/pytest -m e2e

.PHONY: handoff
handoff: $(VENV)/.dev ## handoff under fire: processes killed, answers lost, real ticketing systems (Debian, as root)
	test -x /usr/share/request-tracker5/libexec/rt-server || \
		apt-get install -y --no-install-recommends request-tracker5 rt5-db-sqlite rt5-standalone rt5-clients
	test -x /usr/sbin/dovecot || apt-get install -y --no-install-recommends dovecot-imapd
	test -x $(VAR)/helpdesk/bin/python || { $(PYTHON) -m venv $(VAR)/helpdesk && \
		$(VAR)/helpdesk/bin/pip install --quiet django-helpdesk==2.6.1 djangorestframework==3.18.3; }
	$(BIN)/pytest -m heavy -s tests/heavy

.PHONY: cards
cards: $(VENV)/.dev ## every card as Teams draws it, in both languages and all themes, as pictures in var/cards
	tests/e2e/install
	$(BIN)/python -m tests.e2e.sheets $(VAR)/cards

.PHONY: bench
bench: $(VENV)/.dev setup ## turns per second beside an echo bot on the SDK's stock adapter
	$(BIN)/python -m benchmarks.turn

.PHONY: manual
manual: $(VENV)/.dev ## write docs/commands.md anew, from what the program says of itself
	$(BIN)/python -m bot.manual > docs/commands.md

.PHONY: lock
lock: $(VENV)/.dev ## pin every package anew
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-header --upgrade --quiet -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group dev -c requirements.lock --universal --generate-hashes --no-header --upgrade --quiet -o requirements-dev.lock

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@
