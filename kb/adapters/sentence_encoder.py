"""Meaning as vectors through sentence-transformers: float32, on the processor, from a local folder only."""

from __future__ import annotations

import copy
import gc
import logging
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ["TRANSFORMERS_OFFLINE"] = "1"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
# Waiting threads sleep rather than spin: recognition is at work on the same cores.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
import torch
import tqdm  # type: ignore[import-untyped]
import transformers
from numpy.typing import NDArray
from safetensors import safe_open
from sentence_transformers import SentenceTransformer
from transformers.models.bert.modeling_bert import BertEncoder

from kb.encoder_folder import check_encoder_folder
from kb.errors import EncoderUnavailable

_BATCH = 8
"""Small batches of like length: on a processor they lose nothing and padding costs little."""


class _Short(torch.nn.Module):
    """The layers of a model in bfloat16, with single precision around them."""

    def __init__(self, layers: torch.nn.Module) -> None:
        super().__init__()
        self.layers = copy.deepcopy(layers).to(torch.bfloat16)

    def forward(self, hidden: torch.Tensor, *args: Any, **more: Any) -> Any:
        found = self.layers(_short(hidden), *map(_short, args), **{name: _short(one) for name, one in more.items()})
        found.last_hidden_state = found.last_hidden_state.float()
        return found


def _read_layers(folder: Path, config: Any) -> torch.nn.Module:
    """Return a model's layers as they lie in its folder; the file is mapped, so what is not used costs nothing."""
    with torch.device("meta"):
        layers: torch.nn.Module = BertEncoder(config)  # type: ignore[no-untyped-call]
    layers.load_state_dict(_read(folder, "encoder."), assign=True)
    return layers.eval()


def _read(folder: Path, part: str) -> dict[str, torch.Tensor]:
    """Return the weights of a part of the model in single precision, mapped from their file, by their names in it."""
    found: dict[str, torch.Tensor] = {}
    for file in sorted(folder.glob("*.safetensors")):
        with safe_open(file, framework="pt") as weights:
            for name in weights.keys():  # noqa: SIM118 - no mapping
                before, inside, own = name.partition(part)
                if inside and before in ("", "bert."):
                    found[own] = weights.get_tensor(name).float()
    return found


def _short(value: Any) -> Any:
    return value.to(torch.bfloat16) if isinstance(value, torch.Tensor) and value.is_floating_point() else value


class SentenceEncoder:
    """The :class:`kb.ports.Encoder` of the desk; stateless. Thread: one at a time."""

    def __init__(self, folder: Path, threads: int = 0) -> None:
        """Load the model.

        Args:
            folder: A sentence-transformers folder.
            threads: Threads for passages; 0 takes one a core.

        Raises:
            EncoderUnavailable: The folder does not load, or holds code or pickles.
        """
        _quiet()
        check_encoder_folder(folder)
        try:
            self._model = SentenceTransformer(
                str(folder),
                device="cpu",
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"use_safetensors": True},
            )
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise EncoderUnavailable("kb.encoder_broken", name=folder.name) from error
        self.name = folder.name
        self._threads = threads or os.cpu_count() or 1
        prompts = {key: text for key, text in self._model.prompts.items() if text}
        if not prompts and "e5" in folder.name.lower():  # trained with these, but its folder may not say so
            prompts = {"query": "query: ", "passage": "passage: "}
        self._query = prompts.get("query", "")
        self._passage = prompts.get("passage", prompts.get("document", ""))
        self._folder = folder
        self._layers: dict[str, Any] = {}
        model: Any = self._model[0].auto_model
        if _computes_short() and isinstance(getattr(model, "encoder", None), BertEncoder):
            # Questions take a third of the time so, and no figure of the search benchmark moves; with eight bits
            # they would take less and find less.
            self._layers = model._modules
            self._layers["encoder"] = _Short(model.encoder)
            for part in ("embeddings", "pooler"):
                if getattr(model, part, None) is not None:
                    getattr(model, part).load_state_dict(_read(folder, f"{part}."), strict=False, assign=True)
            # The mapping that loading read from end to end goes; of the new one only words that occur are in memory.
            gc.collect()
        self.queries(["준비"])  # the first one takes longer

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, float32, shape (len(texts), dim)."""
        # One thread: a lone query gains little from more, and waits long for them while recognition is at work.
        torch.set_num_threads(1)
        return self._encode([self._query + text for text in texts])

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, float32, shape (len(texts), dim)."""
        torch.set_num_threads(self._threads)
        with self._whole_layers():
            return self._encode([self._passage + text for text in texts])

    @contextmanager
    def _whole_layers(self) -> Iterator[None]:
        """Put the layers in single precision in their place: read again, since passages are rare and memory is not."""
        if not self._layers:
            yield
            return
        brief = self._layers["encoder"]
        try:
            model: Any = self._model[0].auto_model
            self._layers["encoder"] = _read_layers(self._folder, model.config)
            yield
        finally:
            self._layers["encoder"] = brief

    def _encode(self, texts: list[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self._model.get_embedding_dimension() or 0), np.float32)
        # encode() itself sorts by length before it cuts batches.
        vectors = self._model.encode(
            texts, batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True, normalize_embeddings=True
        )
        return np.asarray(vectors, np.float32)


def _computes_short() -> bool:
    """Return whether the processor multiplies bfloat16 by itself; elsewhere it is slower than single precision."""
    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16"))


def _quiet() -> None:
    """Keep progress bars and advice for developers off the desk's standard error."""
    # tqdm would make a lock for processes, which an ending child leaves behind in the system.
    tqdm.tqdm.set_lock(threading.RLock())
    transformers.utils.logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)


def build(folder: str, threads: int = 0) -> SentenceEncoder:
    """Build the encoder; the factory that the language process imports."""
    return SentenceEncoder(Path(folder), threads)
