"""Silero voice activity detection through onnxruntime; the model file ships inside faster-whisper."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from audio.errors import SpeechFault
from audio.model import Pcm
from audio.ports import VadState

_WINDOW: Final = 512
_CONTEXT: Final = 64
_HIDDEN: Final = 128


def model_file() -> Path:
    """Return the bundled model without importing faster-whisper.

    Raises:
        SpeechFault: It is not part of this installation.
    """
    spec = find_spec("faster_whisper")
    file = Path(spec.origin).parent / "assets" / "silero_vad_v6.onnx" if spec and spec.origin else None
    if file is None or not file.is_file():
        raise SpeechFault("audio.vad_missing")
    return file


class SileroDetector:
    """Fills :class:`audio.ports.VoiceActivityDetector`. The state is h, c and the last 64 samples: 320 float32."""

    def __init__(self, file: Path | None = None) -> None:
        options = onnxruntime.SessionOptions()
        options.inter_op_num_threads = 1
        options.intra_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4
        self._session = onnxruntime.InferenceSession(
            str(file or model_file()), providers=["CPUExecutionProvider"], sess_options=options
        )

    def probabilities(self, pcm: Pcm, state: VadState | None) -> tuple[NDArray[np.float32], VadState]:
        """See :class:`audio.ports.VoiceActivityDetector`. One thread at a time."""
        if state is None:
            state = np.zeros(2 * _HIDDEN + _CONTEXT, np.float32)
        hidden = state[:_HIDDEN].reshape(1, 1, _HIDDEN)
        cell = state[_HIDDEN : 2 * _HIDDEN].reshape(1, 1, _HIDDEN)
        windows = (pcm.astype(np.float32) / 32768.0).reshape(-1, _WINDOW)
        before = np.vstack([state[None, 2 * _HIDDEN :], windows[:-1, -_CONTEXT:]])
        output, hidden, cell = self._session.run(None, {"input": np.hstack([before, windows]), "h": hidden, "c": cell})
        after = np.concatenate([hidden.ravel(), cell.ravel(), windows[-1, -_CONTEXT:]]).astype(np.float32)
        return np.asarray(output, np.float32).reshape(-1), after
