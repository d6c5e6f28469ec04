"""Outside libraries of the sound side: PortAudio, files, Silero, faster-whisper. Built by ``app.composition`` only."""

import os

# ONNX Runtime sends events to its maker unless this is set before it is imported; see also ``app``.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
