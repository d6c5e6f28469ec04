# `make run` sets everything up and opens the desk; `make test` sets up and runs every check.
PYTHON ?= python3
ARGS ?=

.PHONY: run setup test test-faults screenshots golden translate docs dist sbom notices lock bench bench-speech bench-speech-soak bench-speech-ablation bench-search bench-search-scale \
  bench-summary bench-protect bench-mask bench-shift

run:
	$(PYTHON) scripts/bootstrap.py run $(ARGS)

setup:
	$(PYTHON) scripts/bootstrap.py setup

test:
	$(PYTHON) scripts/bootstrap.py test $(ARGS)

# Everything that takes long under faults: kill -9 between press, commit, upload and receipt 500 times, in a running call
# 300 times and of the whole desk 20 times; sound cut at every byte of its last three seconds, 1,000 flipped bits;
# 10,000 steps of record, crash, recover, deliver, delete; every importer fuzzed for ten minutes. `make test` does a part of each.
test-faults: setup
	DOUMI_KILLS=500 DOUMI_CALL_KILLS=300 DOUMI_DESK_KILLS=20 DOUMI_EVERY_BYTE=1 DOUMI_LIFE_STEPS=10000 DOUMI_FUZZ_S=600 \
	  .venv/bin/pytest tests/faults -q -s -o faulthandler_timeout=0 $(ARGS)

screenshots: setup
	.venv/bin/python scripts/screenshots.py

# The guide from docs/ into build/site: its pictures by the screenshot command, links checked, no network. The packages
# that build it are installed the first time.
docs: setup
	@.venv/bin/python -c "import furo, myst_parser, sphinx" 2>/dev/null || \
	  .venv/bin/python -m pip install -q --require-hashes -r requirements/docs.txt
	.venv/bin/python scripts/guide.py $(ARGS)

# The program for handing out, in dist/doumi: built, then tried with an empty environment. ARGS="--models" puts the
# installed models inside, ARGS="--archive" packs it. `make docs` before it puts the guide inside.
dist: setup
	nice -n 10 .venv/bin/python scripts/dist.py $(ARGS)

# What the program is made of, as CycloneDX JSON in dist/sbom.cdx.json, models included.
sbom: setup
	.venv/bin/python scripts/dist.py sbom

# Renew THIRD-PARTY-NOTICES.md after a change of the lock file.
notices: setup
	.venv/bin/python scripts/third_party.py

# Renew the pictures that the tests compare the windows with. Look at each before it is committed.
golden: setup
	DOUMI_GOLDEN=renew .venv/bin/pytest tests/ui/test_golden.py -q

# Read the texts of the windows into resources/i18n/ko.ts; prints what has no Korean yet (`ARGS="--take FILE"` fills it in).
translate: setup
	.venv/bin/python scripts/translate.py $(ARGS)

# Every benchmark but the long parts of the speech one. `make bench-speech ARGS="--parts live,stock"` runs some parts;
# parts that are not run again are kept from the earlier result.
bench: bench-speech bench-search bench-summary

SPEECH = .venv/bin/python benchmarks/speech.py --json docs/benchmarks/speech.json \
  --page docs/benchmarks.md --plot docs/images/benchmark-speech.svg

bench-speech: setup
	$(SPEECH) $(ARGS)

# An hour of calls through the speech process, faster than real time.
bench-speech-soak: setup
	$(SPEECH) --parts soak $(ARGS)

# What each measure buys.
bench-speech-ablation: setup
	$(SPEECH) --parts ablation $(ARGS)

bench-search: setup
	.venv/bin/python benchmarks/search.py $(ARGS)

bench-search-scale: setup
	.venv/bin/python benchmarks/search_scale.py $(ARGS)

bench-summary: setup
	.venv/bin/python benchmarks/summary.py $(ARGS)

# Eight hours of calls, faster than real time, and what encryption costs.
bench-shift: setup
	.venv/bin/python benchmarks/shift.py $(ARGS)
	.venv/bin/python benchmarks/encryption.py

bench-protect: setup
	.venv/bin/python benchmarks/protect.py --json docs/benchmarks/protect.json $(ARGS)

# Personal data found and left alone, kind by kind, with every error.
bench-mask: setup
	.venv/bin/python benchmarks/mask.py $(ARGS)

# Renew requirements/lock.txt from pyproject.toml (needs `uv`). torch is pinned in scripts/bootstrap.py.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --override requirements/overrides.txt --no-emit-package torch --no-emit-package setuptools \
	  --group dev -o requirements/lock.txt pyproject.toml
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --constraint requirements/lock.txt --group dist -o requirements/dist.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --constraint requirements/lock.txt --group docs -o requirements/docs.txt
