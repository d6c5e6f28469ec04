"""Makes a release out of the DB team's files: read, indexed once for all desks, asked the golden queries, signed."""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kb import index, specials, tables
from kb.errors import PublishRejected
from kb.importer import read_articles
from kb.index import Progress
from kb.library import KbLibrary
from kb.model import Article, KbStatus, RowFault
from kb.release import golden as golden_queries
from kb.release import manifest
from kb.release.manifest import Golden, Manifest
from kb.release.notes import RELEASE
from kb.release.ports import ReleaseWriter
from kb.release.sync import LEAST_SHARE
from kb.whole_file import put, sha256_of

_log = logging.getLogger(__name__)

_REMEMBERED: Final = "publish.json"
_WORTH_PACKING: Final = 0.85
"""Compression that saves less costs the desks more time than it spares."""
_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """A row that is not published."""

    file: str
    row: RowFault


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the source files hold together."""

    articles: tuple[Article, ...]
    faulty: tuple[FaultyRow, ...]
    names: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Published:
    """A release that now lies at its address."""

    manifest: Manifest
    expires: datetime


class Remembered:
    """What one folder of releases was made with: column maps by header, golden queries. Thread: one."""

    def __init__(self, out: Path) -> None:
        """Read what is there.

        Raises:
            PublishRejected: It is damaged.
        """
        self._file = out / _REMEMBERED
        self._maps: dict[str, dict[str, str]] = {}
        self.golden: tuple[Golden, ...] = ()
        self.last: tuple[int, int] = (0, 0)
        """Number and entries of the newest release."""
        try:
            raw = json.loads(self._file.read_text(encoding="utf-8"))
            self._maps = {str(key): {str(k): str(v) for k, v in one.items()} for key, one in raw["maps"].items()}
            self.golden = tuple(Golden.model_validate(one) for one in raw["golden"])
            self.last = (int(raw["last"][0]), int(raw["last"][1]))
        except FileNotFoundError:
            pass
        except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise PublishRejected("kb.publish_memory", path=self._file) from error

    def columns(self, header: Sequence[str]) -> dict[str, str]:
        """Return field to column as it was told for a file with this header; empty where it was not."""
        return dict(self._maps.get(_header_key(header), {}))

    def learn(self, header: Sequence[str], columns: Mapping[str, str]) -> None:
        """Remember a map for files with this header."""
        self._maps[_header_key(header)] = dict(columns)

    def save(self) -> None:
        """Write it down. Raises OSError."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        value = {"maps": self._maps, "golden": [one.model_dump() for one in self.golden], "last": self.last}
        put(self._file, json.dumps(value, ensure_ascii=False, indent=1).encode())


def _header_key(header: Sequence[str]) -> str:
    return " | ".join(name.strip() for name in header)


def gather(
    files: Sequence[Path], sheet: tables.SheetReader, columns: Mapping[str, str], remembered: Remembered
) -> Gathered:
    """Read the source files; an id that several hold is taken from the last of them.

    Args:
        files: CSV, XLSX or JSON lines.
        sheet: Reader of XLSX files.
        columns: Field to column as told now; empty for what is remembered or found by name.
        remembered: Learns ``columns``.

    Raises:
        ImportRejected: A file is refused whole.
    """
    articles: dict[str, Article] = {}
    faulty: list[FaultyRow] = []
    digest = hashlib.sha256()
    for path in files:
        header = tables.read(path, sheet).header
        wanted = dict(columns) or remembered.columns(header)
        found = read_articles(path, sheet, wanted)
        if columns:
            remembered.learn(header, columns)
        for article in found.articles:
            articles.pop(article.id, None)
            articles[article.id] = article
        faulty += [FaultyRow(path.name, fault) for fault in found.skipped]
        with path.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    names = ", ".join(path.name for path in files)
    return Gathered(tuple(articles.values()), tuple(faulty), names[:2_000], digest.hexdigest())


class Publisher:
    """Makes releases of one DB team. Thread: one."""

    def __init__(
        self,
        library: KbLibrary,
        writer: ReleaseWriter,
        remembered: Remembered,
        now: Callable[[], datetime],
    ) -> None:
        """Join the parts.

        Args:
            library: Builds and opens indexes; its own shelf is not touched. Without a model of meaning the release
                is searched by words alone.
            writer: Signs and puts down.
            remembered: What this folder of releases was made with before.
            now: The time, with its zone.
        """
        self._library = library
        self._writer = writer
        self._remembered = remembered
        self._now = now

    def publish(
        self,
        gathered: Gathered,
        may_shrink: bool,
        progress: Progress,
        special_file: Path | None = None,
        top: int = 3,
    ) -> Published:
        """Build, check, sign and put down one release.

        Args:
            gathered: Its entries.
            may_shrink: Whether far fewer entries than before are meant.
            progress: Called with the part built, 0 to 1.
            special_file: Special material to go with it (JSON lines), or None.
            top: Among how many first results a golden entry has to be.

        Raises:
            PublishRejected: It fails a check, keys are missing, or the disk refuses; nothing is published.
            ImportRejected: The special material cannot be read.
        """
        self._writer.unlock()
        files = {specials.FILE_NAME: _whole(special_file)} if special_file else {}
        number = self._writer.next_number()
        before = self._remembered.last[1]
        if len(gathered.articles) < LEAST_SHARE * before and not may_shrink:
            raise PublishRejected("kb.publish_halved", found=len(gathered.articles), before=before)
        try:
            with tempfile.TemporaryDirectory(prefix="doumi-publish-") as folder:
                told, packed = self._build(Path(folder), number, gathered, may_shrink, progress, top)
                listed = Path(folder) / manifest.NAME
                listed.write_bytes(told.to_bytes())
                expires = self._writer.publish(number, files | {told.file: packed, manifest.NAME: listed})
        except OSError as error:
            raise PublishRejected("kb.disk", reason=error.strerror or type(error).__name__) from error
        self._remembered.last = (number, told.articles)
        try:
            self._remembered.save()
        except OSError:
            _log.warning("the release is out, but maps and golden queries are not remembered")
        return Published(told, expires)

    def _build(
        self, folder: Path, number: int, gathered: Gathered, may_shrink: bool, progress: Progress, top: int
    ) -> tuple[Manifest, Path]:
        moment = self._now().astimezone(UTC).replace(microsecond=0)
        built = folder / f"kb-{number}.db"
        blank = KbStatus(number, gathered.names, RELEASE, 0, moment.isoformat(), "", False, release=number)
        status = self._library.write(built, gathered.articles, blank, progress)
        self._ask(built, top)
        sha256 = sha256_of(built)
        size = built.stat().st_size
        packed = _packed(built)
        told = Manifest(
            schema_version=index.SCHEMA,
            release=number,
            built_at=moment,
            file=packed.name,
            db_bytes=size,
            db_sha256=sha256,
            articles=status.articles,
            newest_update=status.newest_update,
            encoder=self._library.encoder_name,
            source=gathered.names,
            source_sha256=gathered.sha256,
            golden=self._remembered.golden,
            golden_top=top,
            may_shrink=may_shrink,
        )
        return told, packed

    def _ask(self, built: Path, top: int) -> None:
        """Ask the golden queries, by words alone as every desk can, and with meaning where there is a model."""
        found = index.load(built)
        ways = [False, True] if self._library.encoder_name else [False]
        for by_meaning in ways if self._remembered.golden else []:
            searcher = self._library.searcher_of(found, by_meaning)
            missed = golden_queries.missed(searcher, self._remembered.golden, top)
            if missed:
                named = " / ".join(one.query for one in missed[:5])
                raise PublishRejected("kb.publish_golden", missed=len(missed), queries=named, top=top)


def _whole(special_file: Path) -> Path:
    """Return a file of special material of which every row is fit to use."""
    _, faults = specials.read(special_file)
    if faults:
        raise PublishRejected("kb.publish_specials", path=special_file.name, line=faults[0].line)
    return special_file


def _packed(built: Path) -> Path:
    """Return the compressed form of a file where that helps, else the file."""
    packed = built.with_name(f"{built.name}.gz")
    # No time in the header: the same content is the same file.
    with (
        built.open("rb") as stream,
        packed.open("wb") as raw,
        gzip.GzipFile("", "wb", compresslevel=6, fileobj=raw, mtime=0) as out,
    ):
        shutil.copyfileobj(stream, out, _PIECE)
    return packed if packed.stat().st_size <= _WORTH_PACKING * built.stat().st_size else built
