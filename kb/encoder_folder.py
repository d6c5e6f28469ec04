"""Whether a folder is a model of meaning that is data only: weights as safetensors, no code, no pickles.

A pickle runs what it likes when it is read, and a configuration may name a class to import. Neither is ever loaded,
whoever put the folder there.
"""

from __future__ import annotations

import json
import os
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kb.errors import EncoderUnavailable

MAX_FILES: Final = 500
MAX_DEPTH: Final = 4
MAX_CONFIG_BYTES: Final = 1_000_000
MAX_JSON_BYTES: Final = 200_000_000
"""Of vocabularies; nothing here parses those."""
MAX_HEADER_BYTES: Final = 100_000_000
"""Of a safetensors file, as its own library has it."""
_CODE: Final = frozenset({".py", ".pyc", ".pyo", ".pyd", ".so", ".dll", ".dylib", ".exe", ".sh", ".bat", ".ps1"})
_PICKLED: Final = frozenset(
    {".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".joblib", ".h5", ".msgpack", ".npz", ".npy"}
)
_CODE_KEYS: Final = frozenset({"auto_map", "custom_pipelines", "custom_objects"})
_CONFIGS: Final = re.compile(r"(?:.*_)?config(?:_.*)?\.json|modules\.json|special_tokens_map\.json|router_config\.json")
_MODULES: Final = frozenset({"Transformer", "Pooling", "Normalize", "Dense", "LayerNorm"})
_ACTIVATION: Final = re.compile(r"torch\.nn\.modules\.(?:activation|linear)\.\w+")


def check_encoder_folder(folder: Path) -> None:
    """Look at every file of a sentence-transformers folder without loading any.

    Raises:
        EncoderUnavailable: ``kb.encoder_code`` (code, or a configuration that names some), ``kb.encoder_pickle``
            (weights that are no safetensors), ``kb.encoder_broken`` (too much, or no such model).
    """
    weights = 0
    for count, file in enumerate(_files(folder)):
        name, ending = file.relative_to(folder).as_posix(), file.suffix.lower()
        if count >= MAX_FILES:
            raise _broken(folder)
        if ending in _CODE or file.name.startswith(("modeling_", "configuration_", "tokenization_")):
            raise EncoderUnavailable("kb.encoder_code", name=folder.name, file=name)
        if ending in _PICKLED:
            raise EncoderUnavailable("kb.encoder_pickle", name=folder.name, file=name)
        try:
            size = file.stat().st_size
            if ending == ".safetensors":
                weights += 1
                _check_header(file, size)
            elif ending == ".json" and size > MAX_JSON_BYTES:
                raise ValueError(name)
            elif _CONFIGS.fullmatch(file.name):
                _check_config(folder, file, name, size)
        except (OSError, ValueError, RecursionError) as error:
            raise _broken(folder) from error
    if not weights:
        raise _broken(folder)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files, folders that lie too deep as themselves."""
    waiting = [(folder, 0)]
    while waiting:
        inside, depth = waiting.pop()
        try:
            entries = sorted(os.scandir(inside), key=lambda entry: entry.name)
        except OSError as error:
            raise _broken(folder) from error
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if depth + 1 >= MAX_DEPTH:
                    raise _broken(folder)
                waiting.append((Path(entry.path), depth + 1))
            else:
                yield Path(entry.path)


def _check_header(file: Path, size: int) -> None:
    with file.open("rb") as stream:
        (length,) = struct.unpack("<Q", stream.read(8).ljust(8, b"\xff"))
        if length > min(MAX_HEADER_BYTES, size - 8) or stream.read(1) != b"{":
            raise ValueError("no safetensors")


def _check_config(folder: Path, file: Path, name: str, size: int) -> None:
    if size > MAX_CONFIG_BYTES:
        raise ValueError(name)
    value = json.loads(file.read_bytes())
    named = next(_named_code(value), "")
    if file.name == "modules.json":
        named = named or next((one for one in _module_types(value) if not _is_ours(one)), "")
    if isinstance(value, dict) and "activation_function" in value:
        activation = value["activation_function"]
        if not isinstance(activation, str) or not _ACTIVATION.fullmatch(activation):
            named = named or "activation_function"
    if named:
        raise EncoderUnavailable("kb.encoder_code", name=folder.name, file=name)


def _named_code(value: object) -> Iterator[str]:
    """Yield the keys by which a configuration names code of its own."""
    if isinstance(value, dict):
        for key, one in value.items():
            if (key in _CODE_KEYS and one) or (key == "trust_remote_code" and one is True):
                yield key
            yield from _named_code(one)
    elif isinstance(value, list):
        for one in value:
            yield from _named_code(one)


def _module_types(value: object) -> Iterator[str]:
    if not isinstance(value, list):
        raise ValueError("no list of modules")
    for one in value:
        if not isinstance(one, dict) or not isinstance(one.get("type"), str):
            raise ValueError("no module")
        steps = Path(str(one.get("path", ""))).parts
        if ".." in steps or Path(str(one.get("path", ""))).is_absolute():
            raise ValueError("a module outside the folder")
        yield one["type"]


def _is_ours(name: str) -> bool:
    steps = name.split(".")
    return steps[0] == "sentence_transformers" and steps[-1] in _MODULES


def _broken(folder: Path) -> EncoderUnavailable:
    return EncoderUnavailable("kb.encoder_broken", name=folder.name)
