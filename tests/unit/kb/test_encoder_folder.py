"""A model folder is data: whatever could run when it is loaded is refused before anything is."""

from __future__ import annotations

import json
import pickle
import struct
from pathlib import Path

import pytest

from audio.errors import SpeechFault
from audio.model_file import check_speech_folder
from kb.encoder_folder import check_encoder_folder
from kb.errors import EncoderUnavailable

OURS = "sentence_transformers.models.Transformer"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "encoder"
    (made / "1_Pooling").mkdir(parents=True)
    header = json.dumps({"w": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
    (made / "model.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + b"\0\0\0\0")
    (made / "config.json").write_text('{"model_type": "bert"}')
    (made / "tokenizer.json").write_text("{}")
    (made / "1_Pooling" / "config.json").write_text('{"pooling_mode_mean_tokens": true}')
    modules(made, OURS, "sentence_transformers.models.Pooling")
    check_encoder_folder(made)
    return made


def modules(folder: Path, *types: str) -> None:
    rows = [{"idx": i, "name": str(i), "path": "", "type": name} for i, name in enumerate(types)]
    (folder / "modules.json").write_text(json.dumps(rows))


def refusal(folder: Path) -> str:
    with pytest.raises(EncoderUnavailable) as fault:
        check_encoder_folder(folder)
    assert str(fault.value)
    return fault.value.code


@pytest.mark.parametrize(
    "name", ["modeling_evil.py", "1_Pooling/custom.py", "helper.so", "configuration_x.json", "a.PYC"]
)
def test_a_folder_with_code_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_text("raise SystemExit")
    assert refusal(folder) == "kb.encoder_code"


@pytest.mark.parametrize("name", ["pytorch_model.bin", "2_Dense/pytorch_model.bin", "x.pt", "x.PKL", "x.ckpt", "w.npz"])
def test_pickled_weights_are_refused_even_beside_safetensors(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(pickle.dumps({"w": 1}))
    assert refusal(folder) == "kb.encoder_pickle"


@pytest.mark.parametrize(
    ("file", "value"),
    [
        ("config.json", {"auto_map": {"AutoModel": "modeling_evil.Evil"}}),
        ("config.json", {"text": {"deep": [{"auto_map": {"AutoModel": "a.B"}}]}}),
        ("tokenizer_config.json", {"auto_map": {"AutoTokenizer": ["a.B", None]}}),
        ("sentence_bert_config.json", {"trust_remote_code": True}),
        ("1_Pooling/config.json", {"activation_function": "os.system"}),
    ],
)
def test_a_configuration_that_names_code_is_refused(folder: Path, file: str, value: object) -> None:
    (folder / file).write_text(json.dumps(value))
    assert refusal(folder) == "kb.encoder_code"


@pytest.mark.parametrize("name", ["evil.Evil", "os.system", "sentence_transformers.util.http_get", "subprocess.Popen"])
def test_a_module_of_somebody_else_is_refused(folder: Path, name: str) -> None:
    modules(folder, OURS, name)
    assert refusal(folder) == "kb.encoder_code"


def test_what_is_no_model_is_refused(folder: Path) -> None:
    rows = [{"idx": 0, "name": "0", "path": "../../elsewhere", "type": OURS}]
    (folder / "modules.json").write_text(json.dumps(rows))
    assert refusal(folder) == "kb.encoder_broken"
    modules(folder, OURS)
    (folder / "config.json").write_text("[" * 100_000)
    assert refusal(folder) == "kb.encoder_broken"
    (folder / "config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(b"\xff" * 64)
    assert refusal(folder) == "kb.encoder_broken"
    (folder / "model.safetensors").unlink()
    assert refusal(folder) == "kb.encoder_broken"


@pytest.mark.parametrize("head", [b"PK\x03\x04archive", pickle.dumps({"w": 1}), b"", b"\x06\0\0\0\x09\0BertSpec\0"])
def test_speech_weights_of_another_format_are_refused(tmp_path: Path, head: bytes) -> None:
    (tmp_path / "tokenizer.json").write_text("{}")
    (tmp_path / "model.bin").write_bytes(head)
    with pytest.raises(SpeechFault) as fault:
        check_speech_folder(tmp_path)
    assert fault.value.code == "audio.speech_model_not_data"
