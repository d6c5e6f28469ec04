"""Rubric files (평가표): TOML of the program and of the site, checked whole before one is used.

A file has ``id``, ``version``, ``title``, and lists ``skills``, ``items``, ``faults``. With ``extends = "other-id"`` it
starts from another rubric: an entry with a known id changes only what it names, a new id is added at the end, and
``drop`` lists ids (of the other rubric) to leave out.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assist.errors import RubricRefused
from assist.review.model import CriticalFault, Item, ObservationKind, Rubric, Skill
from resources import path

LARGEST_BYTES: Final = 256 * 1024
MOST_SKILLS, MOST_ITEMS, MOST_FAULTS = 20, 200, 50
MOST_POINTS: Final = 100
MOST_EXTENDED: Final = 20
"""Rubrics that may extend one another in a row."""
LONGEST_TEXT: Final = 300
HEAVIEST: Final = 1000.0
_ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_HEAD: Final = frozenset({"id", "version", "title", "extends", "drop", "skills", "items", "faults"})
_KEYS: Final = {
    "skills": ("id", "title", "weight"),
    "items": ("id", "skill", "title", "weight", "points", "anchors", "needs", "observations"),
    "faults": ("id", "title", "zeroes"),
}
_MOST: Final = {"skills": MOST_SKILLS, "items": MOST_ITEMS, "faults": MOST_FAULTS}

_Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RubricShelf:
    """What a look through folders of rubric files gave."""

    rubrics: tuple[Rubric, ...]
    """Usable ones, in the order of the folders, then by file name."""
    faults: tuple[RubricRefused, ...]
    """One for each file that cannot be used; its text is the sentence to show."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A file as it was read, before ``extends`` is followed."""

    file: str
    ident: str
    table: _Table


def shipped_folder() -> Path:
    """Return the folder of the rubrics that come with the program."""
    return path("rubrics")


def load(file: Path, beside: Sequence[Path] = ()) -> Rubric:
    """Load one rubric file.

    Args:
        file: TOML, UTF-8, at most :data:`LARGEST_BYTES`.
        beside: Folders in which rubrics that it extends are looked for, beside its own and the program's.

    Raises:
        RubricRefused: It cannot be used; the sentence says why.
    """
    source = _read(file)
    known = {other.ident: other for other in _sources((file.parent, *beside, shipped_folder()))[0]}
    known[source.ident] = source
    return _built(source, known)


def load_folders(folders: Sequence[Path]) -> RubricShelf:
    """Load every ``*.toml`` of some folders; a broken file leaves the others alone.

    Args:
        folders: The site's first, then :func:`shipped_folder`. Of two files with one id the first that can be
            used is, so a site may put its own in the place of the program's; within one folder the second is a fault.
    """
    sources, faults = _sources(folders)
    same: dict[str, list[_Source]] = {}
    for source in sources:
        same.setdefault(source.ident, []).append(source)
    known = {ident: found[0] for ident, found in same.items()}
    rubrics = []
    for ident, found in same.items():
        for source in found:
            try:
                rubrics.append(_built(source, {**known, ident: source}))
                break
            except RubricRefused as fault:
                faults.append(fault)
    return RubricShelf(tuple(rubrics), tuple(faults))


def check_rubric(rubric: Rubric, file: str = "") -> Rubric:
    """Return a rubric that came in another way (a letter, another trainer's PC) if it is one a file could hold.

    Raises:
        RubricRefused: It is not.
    """
    table: _Table = {"id": rubric.id, "version": rubric.version, "title": rubric.title}
    table["skills"] = [{"id": s.id, "title": s.title, "weight": s.weight} for s in rubric.skills]
    table["items"] = [
        {
            "id": i.id, "skill": i.skill, "title": i.title, "weight": i.weight, "points": i.points,
            "anchors": list(i.anchors), "needs": list(i.needs), "observations": [str(o) for o in i.observations],
        }
        for i in rubric.items
    ]  # fmt: skip
    table["faults"] = [{"id": f.id, "title": f.title, "zeroes": f.zeroes} for f in rubric.faults]
    return _Reading(file or rubric.id[:40]).rubric(table)


# -- files ----------------------------------------------------------------------------------------------------


def _sources(folders: Iterable[Path]) -> tuple[list[_Source], list[RubricRefused]]:
    sources: list[_Source] = []
    faults: list[RubricRefused] = []
    for folder in dict.fromkeys(folders):
        seen: dict[str, str] = {}
        try:
            files = sorted(entry for entry in folder.iterdir() if entry.suffix == ".toml")
        except FileNotFoundError:
            continue
        except OSError:
            faults.append(RubricRefused("rubric.folder_unreadable", path=str(folder)))
            continue
        for file in files:
            try:
                source = _read(file)
            except RubricRefused as fault:
                faults.append(fault)
                continue
            if source.ident in seen:
                faults.append(RubricRefused("rubric.twice", file=file.name, id=source.ident, other=seen[source.ident]))
                continue
            seen[source.ident] = file.name
            sources.append(source)
    return sources, faults


def _read(file: Path) -> _Source:
    name = file.name
    try:
        with file.open("rb") as stream:
            raw = stream.read(LARGEST_BYTES + 1)
    except OSError:
        raise RubricRefused("rubric.unreadable", file=name) from None
    if len(raw) > LARGEST_BYTES:
        raise RubricRefused("rubric.too_large", file=name, limit=LARGEST_BYTES // 1024)
    try:
        table = tomllib.loads(unicodedata.normalize("NFC", raw.decode("utf-8-sig").replace("\r\n", "\n")))
    except (ValueError, RecursionError):
        raise RubricRefused("rubric.not_toml", file=name) from None
    reading = _Reading(name)
    reading.known_keys(table, _HEAD)
    return _Source(name, reading.ident(table.get("id"), "id"), table)


def _built(source: _Source, known: Mapping[str, _Source]) -> Rubric:
    return _Reading(source.file).rubric(_extended(source, known, ()))


def _extended(source: _Source, known: Mapping[str, _Source], way: tuple[str, ...]) -> _Table:
    """Return the file's table with what it extends filled in."""
    reading = _Reading(source.file)
    own = source.table
    base_id = own.get("extends")
    if base_id is None:
        return own
    base_id = reading.ident(base_id, "extends")
    way = (*way, source.ident)
    if base_id in way:
        raise reading.refused("extends_circle", way=" → ".join((*way, base_id)))
    if base_id not in known:
        raise reading.refused("extends_unknown", id=base_id)
    if len(way) > MOST_EXTENDED:
        raise reading.refused("too_many", where="extends", limit=MOST_EXTENDED)
    base = _extended(known[base_id], known, way)
    dropped = reading.texts(own.get("drop", []), "drop")
    merged: _Table = {key: own[key] for key in ("id", "version", "title") if key in own}
    gone: set[str] = set()
    for part, keys in _KEYS.items():
        lines = {str(line.get("id")): dict(line) for line in reading.tables(base, part)}
        gone |= {ident for ident in dropped if lines.pop(ident, None) is not None}
        for line in reading.tables(own, part):
            reading.known_keys(line, frozenset(keys))
            ident = reading.ident(line.get("id"), f"{part}.id")
            lines[ident] = {**lines.get(ident, {}), **line}
        merged[part] = list(lines.values())
    unknown = [ident for ident in dropped if ident not in gone]
    if unknown:
        raise reading.refused("unknown_id", id=unknown[0], where="drop")
    return merged


# -- contents -------------------------------------------------------------------------------------------------


class _Reading:
    """Checks one file's table and says what is wrong by the file's name."""

    def __init__(self, file: str) -> None:
        self._file = file

    def refused(self, code: str, **params: object) -> RubricRefused:
        return RubricRefused(f"rubric.{code}", file=self._file, **params)

    def rubric(self, table: _Table) -> Rubric:
        skills = tuple(self._skill(line) for line in self.tables(table, "skills"))
        items = tuple(self._item(line) for line in self.tables(table, "items"))
        faults = tuple(self._fault(line) for line in self.tables(table, "faults"))
        self._ids([*skills, *items, *faults])
        named = {skill.id for skill in skills}
        used = {item.skill for item in items}
        for item in items:
            self._known(item.skill, named, f"items.{item.id}.skill")
            for need in item.needs:
                self._known(need, {other.id for other in items}, f"items.{item.id}.needs")
        for fault in faults:
            if fault.zeroes:
                self._known(fault.zeroes, named, f"faults.{fault.id}.zeroes")
        for skill in skills:
            if skill.id not in used:
                raise self.refused("skill_empty", id=skill.id)
        if not skills:
            raise self.refused("nothing")
        self._no_circle(items)
        return Rubric(
            id=self.ident(table.get("id"), "id"),
            version=self._whole(table.get("version"), "version", 1, 1_000_000),
            title=self.text(table.get("title"), "title"),
            skills=skills, items=items, faults=faults,
        )  # fmt: skip

    def _skill(self, line: _Table) -> Skill:
        self.known_keys(line, frozenset(_KEYS["skills"]))
        ident = self.ident(line.get("id"), "skills.id")
        return Skill(
            ident, self.text(line.get("title"), f"skills.{ident}.title"), self._weight(line, f"skills.{ident}")
        )

    def _item(self, line: _Table) -> Item:
        self.known_keys(line, frozenset(_KEYS["items"]))
        ident = self.ident(line.get("id"), "items.id")
        where = f"items.{ident}"
        points = self._whole(line.get("points"), f"{where}.points", 1, MOST_POINTS)
        anchors = self.texts(line.get("anchors", []), f"{where}.anchors")
        if anchors and len(anchors) != points + 1:
            raise self.refused("anchors", id=ident, wanted=points + 1, count=len(anchors))
        observations = self.texts(line.get("observations", []), f"{where}.observations")
        for name in observations:
            self._known(name, {str(kind) for kind in ObservationKind}, f"{where}.observations")
        return Item(
            id=ident,
            skill=self.ident(line.get("skill"), f"{where}.skill"),
            title=self.text(line.get("title"), f"{where}.title"),
            weight=self._weight(line, where),
            points=points,
            anchors=anchors,
            needs=tuple(dict.fromkeys(self.texts(line.get("needs", []), f"{where}.needs"))),
            observations=tuple(dict.fromkeys(ObservationKind(name) for name in observations)),
        )

    def _fault(self, line: _Table) -> CriticalFault:
        self.known_keys(line, frozenset(_KEYS["faults"]))
        ident = self.ident(line.get("id"), "faults.id")
        zeroes = line.get("zeroes", "")
        return CriticalFault(
            ident,
            self.text(line.get("title"), f"faults.{ident}.title"),
            self.ident(zeroes, f"faults.{ident}.zeroes") if zeroes != "" else "",
        )

    def tables(self, table: _Table, part: str) -> list[_Table]:
        lines = table.get(part, [])
        if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
            raise self.refused("field", where=part)
        if len(lines) > _MOST[part]:
            raise self.refused("too_many", where=part, limit=_MOST[part])
        return lines

    def ident(self, value: object, where: str) -> str:
        if not isinstance(value, str) or not _ID.fullmatch(value):
            raise self.refused("bad_id", where=where)
        return value

    def text(self, value: object, where: str) -> str:
        if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT:
            raise self.refused("field", where=where)
        return " ".join(unicodedata.normalize("NFC", value).split())

    def texts(self, value: object, where: str) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise self.refused("field", where=where)
        return tuple(self.text(one, where) for one in value)

    def known_keys(self, table: _Table, keys: frozenset[str]) -> None:
        for key in table:
            if key not in keys:
                raise self.refused("unknown_key", key=str(key)[:40])

    def _weight(self, line: _Table, where: str) -> float:
        value = line.get("weight")
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            raise self.refused("field", where=f"{where}.weight")
        if value <= 0:
            raise self.refused("weight_not_positive", where=where)
        if value > HEAVIEST:
            raise self.refused("weight_too_large", where=where, limit=int(HEAVIEST))
        return float(value)

    def _whole(self, value: object, where: str, least: int, most: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self.refused("number", where=where, least=least, most=most)
        return value

    def _known(self, ident: str, known: Iterable[str], where: str) -> None:
        if ident not in known:
            raise self.refused("unknown_id", id=ident[:40], where=where)

    def _ids(self, parts: Sequence[Skill | Item | CriticalFault]) -> None:
        """Ids are unique over skills, items and faults together: ``drop`` and evidence name them alone."""
        seen: set[str] = set()
        for part in parts:
            if part.id in seen:
                raise self.refused("id_twice", id=part.id)
            seen.add(part.id)

    def _no_circle(self, items: Sequence[Item]) -> None:
        circle = _circle([item.id for item in items], {item.id: item.needs for item in items}.__getitem__)
        if circle:
            raise self.refused("needs_circle", way=" → ".join(circle))


def _circle(idents: Sequence[str], needs: Callable[[str], Sequence[str]]) -> tuple[str, ...]:
    """Return a circle in ``needs``, its first id repeated at the end, or nothing. Depth first, without recursion."""
    done: set[str] = set()
    for start in idents:
        way: list[str] = []
        stack = [(start, iter(needs(start)))] if start not in done else []
        if stack:
            way.append(start)
        while stack:
            ident, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                way.pop()
                done.add(ident)
            elif following in way:
                return (*way[way.index(following) :], following)
            elif following not in done:
                way.append(following)
                stack.append((following, iter(needs(following))))
    return ()
