"""Whether a folder is a CTranslate2 Whisper model: a binary format of numbers that names no code.

Weights of other programs that share the name ``model.bin`` (pickles, archives) are refused before anything reads them.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Final

from audio.errors import SpeechFault

MAX_JSON_BYTES: Final = 200_000_000
_NEEDED: Final = ("model.bin", "tokenizer.json")
_NEWEST_FORMAT: Final = 100
_SPEC: Final = b"WhisperSpec\0"


def check_speech_folder(folder: Path) -> None:
    """Look at a model's files without loading any.

    Raises:
        SpeechFault: ``audio.speech_model_missing``, ``audio.speech_model_not_data`` (weights of another format),
            ``audio.speech_model_broken``.
    """
    if not all((folder / name).is_file() for name in _NEEDED):
        raise SpeechFault("audio.speech_model_missing", name=folder.name)
    try:
        if any(file.stat().st_size > MAX_JSON_BYTES for file in folder.glob("*.json")):
            raise SpeechFault("audio.speech_model_broken", name=folder.name)
        with (folder / "model.bin").open("rb") as stream:
            head = stream.read(6 + len(_SPEC))
    except OSError as error:
        raise SpeechFault("audio.speech_model_broken", name=folder.name) from error
    # u32 format, u16 length of the name with its zero, the name.
    form, length = struct.unpack_from("<IH", head.ljust(6, b"\0"))
    if not 1 <= form <= _NEWEST_FORMAT or length != len(_SPEC) or head[6:] != _SPEC:
        raise SpeechFault("audio.speech_model_not_data", name=folder.name)
