"""Entry point, command line, composition, threads and processes, personal store, outbox."""

import os

# Before any library loads, in every process of the program: nothing reports home. ONNX Runtime 1.31 sends events to its
# maker unless this is set before it is imported, and keeps them and a device id in the user's cache folder.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

# Before numpy loads: products of the search take a millisecond on one thread. On several they wait for one another,
# which takes ten times as long while recognition is at work on the same cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
