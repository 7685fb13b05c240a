# All a fresh machine needs is Python 3.11 or newer and make; the rest comes from the locks.
PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock"

.PHONY: setup run test check bench lock clean

setup: .venv/dev.stamp

run: .venv/run.stamp
	$(BIN)/leitbild demo $(ARGS)

# All on SQLite; on PostgreSQL what opens a database and isn't about a page's looks, or with LOOKS=
# that too. ARGS narrows.
LOOKS = and not browser and not page
test: .venv/dev.stamp
	@CHROMIUM="$$($(BIN)/python -m tests.browser.chromium)" && export CHROMIUM && set -x && \
	env -u DATABASE_URL $(BIN)/pytest -n auto $(ARGS) && \
	$(BIN)/python -m tests.postgres -- $(BIN)/pytest -n auto -m "not wheel and not plain $(LOOKS)" $(ARGS)

# Tools that load the settings get a data directory of their own.
check: export LEITBILD_DATA := $(CURDIR)/.venv/data
check: .venv/dev.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djade --check --target-version 5.2 $$(find leitbild -name '*.html')
	$(BIN)/python -m django makemigrations --check --dry-run
	$(BIN)/python bin/messages --check

bench: .venv/dev.stamp
	$(BIN)/python -m bench $(ARGS)

# Keeps the pins that still fit; `make lock ARGS=--upgrade` moves all of them.
lock: .venv/bootstrap.stamp
	$(COMPILE) pyproject.toml --all-extras --group dev --output-file requirements/dev.lock $(ARGS)
	$(COMPILE) pyproject.toml --all-extras --constraint requirements/dev.lock --output-file requirements/server.lock $(ARGS)
	$(COMPILE) pyproject.toml --constraint requirements/dev.lock --output-file requirements/run.lock $(ARGS)
	$(COMPILE) --constraint requirements/dev.lock --group bootstrap --output-file requirements/bootstrap.lock $(ARGS)

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.venv/bootstrap.stamp: requirements/bootstrap.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Leitbild needs Python 3.11 or newer, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement $<
	touch $@

.venv/run.stamp: .venv/bootstrap.stamp requirements/run.lock pyproject.toml
	$(INSTALL) --require-hashes --requirement requirements/run.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	touch $@

.venv/dev.stamp: .venv/run.stamp requirements/dev.lock
	$(INSTALL) --require-hashes --requirement requirements/dev.lock
	touch $@
export DJANGO_SETTINGS_MODULE := leitbild.config.settings
