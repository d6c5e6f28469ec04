"""Rebuilds multilingual-e5-small from its 4-bit single-file form as an ordinary sentence-transformers folder.

The source holds Q4_0 weights, the Unigram pieces and the normaliser's table; the folder holds float32 weights
(half precision is many times slower on a CPU), a ``tokenizer.json`` and the configuration files. Of the 250,000 pieces
those are kept that can occur in Korean and English (ASCII, Hangul, signs): their texts are cut as before, piece for
piece, for two fifths of the memory. Other scripts become the unknown piece.
"""

from __future__ import annotations

import json
import os
import shutil
import struct
import tempfile
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

from kb.errors import EncoderSourceBad

_MAGIC: Final = b"E5S1"
_Q4_BLOCK: Final = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_FLOAT32: Final = 0
_Q4_0: Final = 1
_SPECIALS: Final = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")

_LAYER: Final = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS: Final = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True, slots=True)
class _Shape:
    hidden: int
    layers: int
    heads: int
    ffn: int
    vocabulary: int
    positions: int
    types: int
    eps: float


@dataclass(frozen=True, slots=True)
class _Source:
    shape: _Shape
    pieces: list[str]
    scores: NDArray[np.float32]
    unknown: int
    replacements: dict[str, str]
    """What the normaliser makes of single code points."""
    tensors: dict[str, tuple[int, int, int]]
    """Name to type, count, offset."""


class _Reader:
    """Reads little-endian values one after the other."""

    def __init__(self, raw: memoryview) -> None:
        self.raw = raw
        self.at = 0

    def values(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from("<" + form, self.raw, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def one(self, form: str) -> Any:
        return self.values(form)[0]

    def take(self, length: int) -> bytes:
        found = bytes(self.raw[self.at : self.at + length])
        if len(found) != length:
            raise EOFError
        self.at += length
        return found


def _occurs(piece: str) -> bool:
    """Return whether a piece can be cut from Korean or English: no letter of another script."""
    return all(
        ord(one) < 128 or unicodedata.category(one)[0] not in "LM" or "HANGUL" in unicodedata.name(one, "")
        for one in piece.replace("▁", "")
    )


def _kept(pieces: list[str]) -> list[int]:
    """Return the places of the pieces that stay, in order."""
    return [place for place, piece in enumerate(pieces) if piece in _SPECIALS or _occurs(piece)]


def rebuild(source_bin: Path, folder: Path, progress: Callable[[float], None]) -> None:
    """Write the model folder; a folder that stands there is replaced only by a whole new one.

    Needs 0.5 GB of disk beside ``folder`` and 1 GB of memory.

    Args:
        source_bin: The 4-bit file, already checked against its checksum.
        folder: The folder to make.
        progress: Called with the part done, 0 to 1.

    Raises:
        EncoderSourceBad: The file is not of this layout.
        OSError: The disk refused.
    """
    raw = memoryview(source_bin.read_bytes())
    try:
        source = _parse(raw)
        kept = _kept(source.pieces)
    except (struct.error, EOFError, UnicodeDecodeError, ValueError) as error:
        raise EncoderSourceBad("kb.encoder_source_bad", file=source_bin.name) from error
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        weights: dict[str, NDArray[np.float32]] = {}
        for done, name in enumerate(source.tensors, start=1):
            target, tensor = _tensor(source, raw, name)
            weights[target] = np.ascontiguousarray(tensor[kept]) if name == "emb.word" else tensor
            progress(done / len(source.tensors))
        # Mean pooling never asks for BERT's own pooler; zeros keep the loader from reporting it as missing.
        weights["pooler.dense.weight"] = np.zeros((source.shape.hidden, source.shape.hidden), np.float32)
        weights["pooler.dense.bias"] = np.zeros(source.shape.hidden, np.float32)
        save_file(weights, building / "model.safetensors", metadata={"format": "pt"})
        (building / "model.safetensors").chmod(0o644)
        source = _cut(source, kept)
        _write_tokenizer(source, building)
        _write_configuration(source, building)
        building.chmod(0o755)
        if folder.exists():
            old = folder.with_name(f".{folder.name}-old-{os.getpid()}")
            folder.rename(old)
            building.rename(folder)
            shutil.rmtree(old, ignore_errors=True)
        else:
            building.rename(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _parse(raw: memoryview) -> _Source:
    reader = _Reader(raw)
    if reader.take(4) != _MAGIC or reader.one("I") != 1:
        raise ValueError("magic")
    shape = _Shape(*reader.values("7if"))
    if reader.one("i") != 32:
        raise ValueError("block size")
    count, _bos, _eos, _pad, unknown = reader.values("5i")
    blob_length = reader.one("Q")
    offsets = reader.values(f"{count + 1}I")
    scores = np.array(reader.values(f"{count}f"), np.float32)
    blob = reader.take(blob_length)
    pieces = [blob[start:end].decode() for start, end in pairwise(offsets)]
    entries, length = reader.values("iI")
    table_end = reader.at + length
    replacements: dict[str, str] = {}
    for _ in range(entries):
        code_point, size = reader.values("IB")
        replacements[chr(code_point)] = "".join(map(chr, reader.values(f"{size}I")))
    if reader.at != table_end:
        raise ValueError("normaliser")
    tensors: dict[str, tuple[int, int, int]] = {}
    for _ in range(reader.one("i")):
        name = reader.take(reader.one("H")).decode()
        kind, numbers, offset, size = reader.values("BIQQ")
        if offset + size > len(raw):
            raise EOFError
        tensors[name] = (kind, numbers, offset)
    return _Source(shape, pieces, scores, unknown, replacements, tensors)


def _cut(source: _Source, kept: list[int]) -> _Source:
    """Return the source with these pieces alone."""
    return replace(
        source,
        shape=replace(source.shape, vocabulary=len(kept)),
        pieces=[source.pieces[place] for place in kept],
        scores=source.scores[kept],
        unknown=kept.index(source.unknown),
    )


def _tensor(source: _Source, raw: memoryview, name: str) -> tuple[str, NDArray[np.float32]]:
    """Return the weight's name in a BertModel and its float32 values in shape."""
    kind, count, offset = source.tensors[name]
    if kind == _FLOAT32:
        flat = np.frombuffer(raw, "<f4", count, offset).astype(np.float32)
    elif kind == _Q4_0:
        blocks = np.frombuffer(raw, _Q4_BLOCK, count // 32, offset)
        nibbles = np.concatenate((blocks["nibbles"] & 15, blocks["nibbles"] >> 4), axis=1).astype(np.float32)
        nibbles -= 8
        flat = (nibbles * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
    else:
        raise EncoderSourceBad("kb.encoder_source_bad", file=name)
    hidden, ffn = source.shape.hidden, source.shape.ffn
    if name in _EMBEDDINGS:
        return _EMBEDDINGS[name], flat.reshape(-1, hidden) if name.count(".") == 1 else flat
    layer, part, kind_of = name.split(".")
    target = f"encoder.layer.{layer[1:]}.{_LAYER[part]}.{'weight' if kind_of == 'w' else 'bias'}"
    if kind_of == "w" and part not in ("aln", "oln"):
        flat = flat.reshape({"fi": (ffn, hidden), "fo": (hidden, ffn)}.get(part, (hidden, hidden)))
    return target, flat


def _normaliser_steps(replacements: dict[str, str]) -> list[dict[str, Any]]:
    """Return the table as NFKC plus the few code points it treats otherwise."""
    steps: list[dict[str, Any]] = []
    groups: dict[str, list[str]] = {}
    for source, target in replacements.items():
        if unicodedata.normalize("NFKC", source) != target:
            groups.setdefault(target, []).append(source)
    for target, sources in groups.items():
        pattern = "[" + "".join(f"\\x{{{ord(one):X}}}" for one in sources) + "]"
        steps.append({"type": "Replace", "pattern": {"Regex": pattern}, "content": target})
    return [*steps, {"type": "NFKC"}, {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}]


def _write_tokenizer(source: _Source, folder: Path) -> None:
    ids = {piece: source.pieces.index(piece) for piece in _SPECIALS}
    added = [
        {
            "id": number,
            "content": piece,
            "single_word": False,
            "lstrip": piece == "<mask>",
            "rstrip": False,
            "normalized": False,
            "special": True,
        }
        for piece, number in ids.items()
    ]
    template = [
        {"SpecialToken": {"id": "<s>", "type_id": 0}},
        {"Sequence": {"id": "A", "type_id": 0}},
        {"SpecialToken": {"id": "</s>", "type_id": 0}},
    ]
    pair = [*template, {"SpecialToken": {"id": "</s>", "type_id": 0}}]
    pair += [{"Sequence": {"id": "B", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}]
    metaspace = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}
    tokenizer = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": {"type": "Sequence", "normalizers": _normaliser_steps(source.replacements)},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, metaspace]},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": template,
            "pair": pair,
            "special_tokens": {
                piece: {"id": piece, "ids": [ids[piece]], "tokens": [piece]} for piece in ("<s>", "</s>")
            },
        },
        "decoder": metaspace,
        "model": {
            "type": "Unigram",
            "unk_id": source.unknown,
            "vocab": [
                [piece, float(score)] for piece, score in zip(source.pieces, source.scores.tolist(), strict=True)
            ],
            "byte_fallback": False,
        },
    }
    _write_json(folder / "tokenizer.json", tokenizer)
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": source.shape.positions,
        "bos_token": "<s>",
        "eos_token": "</s>",
        "cls_token": "<s>",
        "sep_token": "</s>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "mask_token": "<mask>",
        "model_input_names": ["input_ids", "attention_mask"],
    }
    _write_json(folder / "tokenizer_config.json", settings)


def _write_configuration(source: _Source, folder: Path) -> None:
    shape = source.shape
    config = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.ffn,
        "vocab_size": shape.vocabulary,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "layer_norm_eps": shape.eps,
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "position_embedding_type": "absolute",
        "pad_token_id": 1,
        "dtype": "float32",
    }
    _write_json(folder / "config.json", config)
    modules = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    _write_json(
        folder / "modules.json",
        [
            {"idx": number, "name": str(number), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for number, (path, kind) in enumerate(modules)
        ],
    )
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": shape.positions, "do_lower_case": False})
    prompts = {"query": "query: ", "passage": "passage: "}
    _write_json(
        folder / "config_sentence_transformers.json",
        {"model_type": "SentenceTransformer", "prompts": prompts, "similarity_fn_name": "cosine"},
    )
    pooling = {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True, "include_prompt": True}
    _write_json(folder / "1_Pooling" / "config.json", pooling)
    (folder / "2_Normalize").mkdir()


def _write_json(path: Path, value: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
