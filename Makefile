# Everything runs in the project's own virtual environment; the only tool expected is Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SERVER_LOCK := orchestration/deployment/requirements.lock
INSTALLED := $(VENV)/installed

.PHONY: run test accuracy bench demo docs dashboard superset test-superset ui lint lock lock-superset clean setup

run: $(INSTALLED)  ## set up, read raw_reports/ and publish the warehouse
	@$(BIN)/events run

test: $(INSTALLED)  ## set up and pass the tests
	@$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not slow"

accuracy: $(INSTALLED)  ## read the golden reports and score them; ARGS="--errors", "--report NAME", "--update"
	@PYTHONPATH=tests $(BIN)/python -m golden $(ARGS)

bench: $(INSTALLED)  ## what the line costs: tests/benchmarks/table.md; ARGS=--short, ARGS=--long or names of cases
	@PYTHONPATH=tests:. $(BIN)/python -m benchmarks $(ARGS)

demo: $(INSTALLED)  ## build a second warehouse of made-up reports in warehouse/demo, to look at
	@$(BIN)/events demo

docs: $(INSTALLED)  ## document the published warehouse in warehouse/docs/index.html: tables, metrics, lineage, dbt
	@$(BIN)/events docs

dashboard: $(INSTALLED)  ## open the dashboard on http://127.0.0.1:2718
	@$(BIN)/events dashboard

superset: $(INSTALLED)  ## set up Superset beside, import the dashboard and open it on http://127.0.0.1:8088
	@PYTHONPATH=. $(BIN)/python warehouse/superset/serve.py $(ARGS)

test-superset: $(INSTALLED)  ## set up Superset and pass the tests of its dashboard
	@PYTHONPATH=. $(BIN)/python warehouse/superset/serve.py --install-only
	@$(BIN)/python -m pytest tests/serving/test_superset.py tests/serving/test_superset_export.py

ui: $(INSTALLED)  ## open the Dagster UI on http://127.0.0.1:3000
	@$(BIN)/events ui

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

lock: $(BIN)/uv  ## resolve the dependencies anew
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		--custom-compile-command "make lock" \
		--extra server --group dev pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		--custom-compile-command "make lock" --constraint requirements.lock \
		--extra server --group build pyproject.toml -o $(SERVER_LOCK)

lock-superset: $(BIN)/uv  ## resolve Superset's dependencies as of its release
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		--custom-compile-command "make lock-superset" --exclude-newer 2026-06-01 --exclude-newer-package duckdb=2026-11-01 \
		warehouse/superset/requirements.in -o warehouse/superset/requirements.lock

setup: $(INSTALLED)

$(BIN)/uv:
	@echo "Setting up, once: a minute or so."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(INSTALLED): requirements.lock pyproject.toml | $(BIN)/uv
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --compile-bytecode --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

clean:  ## remove the environment and everything that was built; reports and letters stay
	rm -rf $(VENV) warehouse/build warehouse/dagster warehouse/dbt warehouse/data_docs warehouse/demo warehouse/docs warehouse/parquet warehouse/superset-home/venv warehouse/versions
	rm -f warehouse/current warehouse/warehouse.duckdb warehouse/warehouse.duckdb.wal warehouse/manifest.json
