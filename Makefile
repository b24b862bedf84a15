# Needs make and Python 3.11 or later; the rest is installed from requirements.lock into .venv.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The first Python that is new enough; name another one with `make PYTHON=... install`.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
UV_VERSION := 0.13.8

BIN := .venv/bin
BENCH := .venv-bench/bin
# Guiju is linked into an environment, not copied: only these two files call for doing it again.
LINKED := pyproject.toml src/guiju/__init__.py
PIP_FLAGS := --quiet --disable-pip-version-check

.PHONY: help
help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: install
install: .venv/.linked  ## install into .venv what the lock names, and Guiju itself

.venv/.locked: requirements.lock
.venv-bench/.locked: benchmarks/requirements.lock
.venv/.locked .venv-bench/.locked:
	$(call new_environment,$(@D))
	$(@D)/bin/python -m pip install $(PIP_FLAGS) --require-hashes -r $<
	@touch $@

# The build backend stands in both locks, so nothing unpinned is fetched for the build.
.venv/.linked .venv-bench/.linked: %/.linked: %/.locked $(LINKED)
	$(@D)/bin/python -m pip install $(PIP_FLAGS) --no-build-isolation --no-deps -e .
	@touch $@

.PHONY: run
run: install  ## open the site with a demonstration round, on 127.0.0.1:8000
	@GUIJU_DATA=$(CURDIR)/.demo $(BIN)/guiju serve --demonstration

.PHONY: tour
tour: install  ## show in the terminal what the example organisations qualify for
	@$(BIN)/guiju tour

.PHONY: test
test: install  ## everything a submission must pass
	@$(MAKE) --no-print-directory --jobs=2 tools $(LIBRARY)
	@$(MAKE) --no-print-directory --jobs=2 $(CHECKS)
	$(BIN)/python tools/on_both_databases.py

# By apt-get, where it asks nothing; elsewhere what needs them is skipped, or fails under CI=true.
.PHONY: tools
tools: install .venv/.spark
	@$(BIN)/python tools/install_test_tools.py

# Large, and nothing that users need for anything else: its tests alone are run with it.
.venv/.spark: requirements-spark.lock | .venv/.locked
	$(BIN)/python -m pip install $(PIP_FLAGS) --no-build-isolation --require-hashes -r $<
	@touch $@

# Two at a time in `make test`; the library's beside the installation of what only tests need.
CHECKS := lint layers dependencies types security
LIBRARY := worked-cases timelines charts policies registers

.PHONY: check $(CHECKS) $(LIBRARY)
check: $(CHECKS)  ## lint, types, layers, security, dependencies
$(CHECKS) $(LIBRARY): install

lint:
	$(BIN)/ruff check .
layers:
	$(BIN)/lint-imports
dependencies:
	$(BIN)/deptry src
types:
	$(BIN)/mypy
security:
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml src
worked-cases:
	$(BIN)/guiju test
timelines:
	$(BIN)/guiju chart test
charts:
	$(BIN)/guiju chart check
policies:
	$(BIN)/guiju check
registers:
	$(BIN)/guiju register check

.PHONY: format
format: install  ## mend what ruff can mend by itself
	$(BIN)/ruff check --fix .

.PHONY: docs
docs: install  ## build the documentation into docs/_build, and take pictures of the site into docs/screens
	$(BIN)/python docs/build.py
	GUIJU_SCREENS=$(CURDIR)/docs/screens $(BIN)/python -m pytest tests/web

.PHONY: mutants
mutants: install  ## which changes to the core no test notices, and to policies no case (slow)
	$(BIN)/python tests/mutation/policy_mutants.py
	GUIJU_HYPOTHESIS=few $(BIN)/mutmut run
	$(BIN)/mutmut results

.PHONY: bench
bench: .venv-bench/.linked  ## measure Guiju and its peers, in an environment of their own
	$(BENCH)/python benchmarks/run.py

.PHONY: bench-charts
bench-charts: .venv-bench/.linked  ## measure moves, folding and deadlines, and two libraries of state machines
	$(BENCH)/python benchmarks/charts.py

.PHONY: bench-search
bench-search: .venv-bench/.linked  ## measure search and its peers on labelled queries, and import
	$(BENCH)/python benchmarks/searching.py

.PHONY: bench-population
bench-population: .venv-bench/.linked  ## measure whole populations and peers over columns, answers compared
	$(BENCH)/python benchmarks/population.py

.PHONY: prove-population
prove-population: install  ## the whole library on 100,000 synthetic organisations by three evaluators (slow; goes on)
	$(BIN)/python tests/population/prove.py

.PHONY: bench-spark
bench-spark: tools  ## measure whole populations on Spark on one machine: time, exchange, skew
	$(BIN)/python benchmarks/spark.py

.PHONY: bench-web
bench-web: install  ## measure the site: 500 cases, 20,000 events, fifty people at once
	$(BIN)/python benchmarks/web.py

# `make lock` keeps the pins that still fit; `make lock UPGRADE=1` takes the newest.
COMPILE = .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)

.PHONY: lock
lock: .venv-lock/.locked  ## pin all environments again, with hashes and without hosts
	$(COMPILE) pyproject.toml --extra web --extra oidc --extra population --extra postgresql --extra tantivy --group dev --output-file requirements.lock
	$(COMPILE) pyproject.toml --extra spark --constraints requirements.lock --output-file requirements-spark.lock
	$(COMPILE) pyproject.toml benchmarks/requirements.in --output-file benchmarks/requirements.lock

.venv-lock/.locked: Makefile
	$(call new_environment,$(@D))
	.venv-lock/bin/python -m pip install $(PIP_FLAGS) uv==$(UV_VERSION)
	@touch $@

.PHONY: clean
clean:  ## remove environments and everything that was made
	rm -rf .demo .venv .venv-bench .venv-lock build dist docs/_build docs/screens benchmarks/out mutants .coverage htmlcov \
		.hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# A new virtual environment in $(1), or a message that says what is missing.
define new_environment
@test -n "$(PYTHON)" || { echo "Guiju needs Python 3.11 or later and found none: install it, or say make PYTHON=/path/to/python3.11" >&2; exit 1; }
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Guiju needs Python 3.11 or later: $(PYTHON) is older, or does not run" >&2; exit 1; }
@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make virtual environments: on Debian, install python3-venv" >&2; exit 1; }
$(PYTHON) -m venv --clear $(1)
endef
