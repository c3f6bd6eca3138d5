# The commands of this repository. Each sets up what it needs and can be run again at any time:
#   make demo    a tour of pulumi-lumos with a real Pulumi engine and a local Lumos, in a minute
#   make portal  a self-service portal over a local Lumos, to try in a browser
#   make test    all tests but the slow and the nightly ones
#   make test-slow   the slow ones: every crash, every fault
#   make test-nightly   what CI runs by night: soaks, load, more variants of the slow ones
#   make test-versions   a story of each sort with the oldest Pulumi that is supported
#   make lint    formatting, lint rules, types
#   make docs    builds the site of the documentation into site/; a warning is an error
#   make audit   looks for known vulnerabilities in what is installed; needs the internet
#   make bench   measures how long a thousand permissions take
#   make clean   removes what these commands made inside the clone

.PHONY: help demo portal test test-slow test-nightly test-versions lint docs audit bench clean
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

# Each test, and each step of a program, starts processes of Python. They load what is compiled already,
# whatever the environment says of that.
export PYTHONDONTWRITEBYTECODE :=

BIN := .venv/bin
READY := .venv/ready
OLDEST := .venv-oldest

# The folder with the Pulumi CLI and the virtual environment go first on PATH.
WITH_PULUMI = pulumi=$$(tools/pulumi/install --print-path) && PATH="$$PWD/$(BIN):$$pulumi:$$PATH"

help:
	@sed -n 's/^#   //p' Makefile

demo: $(READY)
	@$(WITH_PULUMI) python -m tools.demo

portal: $(READY)
	@$(WITH_PULUMI) python examples/portal/demo.py

# The plugin of schemathesis takes seconds to load in each worker; its tests are slow ones.
test: $(READY)
	@$(WITH_PULUMI) python -m pytest -p no:schemathesis -n 4 --dist worksteal -m "not slow and not nightly" $(ARGS)

test-slow: $(READY)
	@tools/chromium/install >/dev/null
	@$(WITH_PULUMI) python -m pytest -n 4 --dist worksteal -m "slow and not nightly" $(ARGS)

test-nightly: $(READY)
	@$(WITH_PULUMI) python -m pytest -n 4 --dist worksteal -m nightly $(ARGS)

# Killed runs are the long ones; the dynamic host tells of them.
SPREAD = python -m pytest -n 4 --dist worksteal -m "spread and not nightly" -k "not (killed and packaged)" \
	tests/engine tests/examples $(ARGS)
ONLY = pulumi=$$(tools/pulumi/install --version $(1) --print-path) && PATH="$$PWD/$(2)/bin:$$pulumi:$$PATH"

# No test needs anyio's plugin, and the one that old dependencies allow warns with the newest pytest.
test-versions: $(READY) $(OLDEST)/ready
	@echo "test-versions: the oldest CLI with the newest SDK"
	@$(call ONLY,oldest,.venv) $(SPREAD)
	@echo "test-versions: the newest CLI with the oldest SDK and dependencies"
	@$(call ONLY,newest,$(OLDEST)) $(SPREAD) --cold-starts -p no:anyio

lint: $(READY)
	@echo "lint: ruff format, ruff check, mypy"
	@$(BIN)/ruff format --check --quiet . || { $(BIN)/ruff format --diff --quiet .; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy

# Material for MkDocs advertises its successor at every build unless it is told not to.
docs: $(READY)
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "docs: site/index.html"

audit: $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group audit
	@$(BIN)/pip-audit --strict --skip-editable

bench: $(READY)
	@$(WITH_PULUMI) python -m benchmarks $(ARGS)

clean:
	rm -rf .venv $(OLDEST) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist site
	find . -name __pycache__ -prune -exec rm -rf {} +

$(READY): pyproject.toml tools/environment
	@tools/environment .venv
	@touch $@

$(OLDEST)/ready: pyproject.toml tools/environment
	@tools/environment $(OLDEST) --oldest
	@touch $@
