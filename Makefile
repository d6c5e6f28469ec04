# `make run` sets everything up and opens the desk; `make test` sets up and runs every check.
PYTHON ?= python3
ARGS ?=

.PHONY: run setup test screenshots bench lock

run:
	$(PYTHON) scripts/bootstrap.py run $(ARGS)

setup:
	$(PYTHON) scripts/bootstrap.py setup

test:
	$(PYTHON) scripts/bootstrap.py test $(ARGS)

screenshots: setup
	.venv/bin/python scripts/screenshots.py

bench: setup
	.venv/bin/python benchmarks/speech.py
	.venv/bin/python benchmarks/search.py
	.venv/bin/python benchmarks/summary.py

# Renew requirements/lock.txt from pyproject.toml (needs `uv`). torch is pinned in scripts/bootstrap.py.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --override requirements/overrides.txt --no-emit-package torch --no-emit-package setuptools \
	  --group dev -o requirements/lock.txt pyproject.toml
