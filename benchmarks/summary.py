"""Scores record drafts on written dialogues: ``python benchmarks/summary.py [FOLDER…]``.

A dialogue is ``name.jsonl`` (one turn a line) beside ``name.gold.json``, or one ``name.json`` with both.
Without a folder the dialogues of the test material and of ``tests/fixtures/dialogues`` are scored.

A key fact counts as present when all its words (two first syllables each) and all its numbers stand in the record,
whatever the spacing and the number form. Prints one row a dialogue and the totals.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assist.model import CallRecord, Turn  # noqa: E402
from assist.summarize import LINES_A_RECORD, summarize, unsupported  # noqa: E402
from assist.summarize.gate import number_values  # noqa: E402
from audio.model import Channel  # noqa: E402

_SAME = (
    ("호 연결", "연결"),
    ("가능성", "가능"),
    ("1인당", "1명당"),
    ("무관", "관계없"),
    ("중1", "중학교"),
    ("고1", "고등학교"),
)


def _compact(text: str) -> str:
    return re.sub(r"[\s,.·()\[\]]", "", text)


def present(fact: str, record: str) -> bool:
    """Return whether a key fact stands in the text of a record."""
    for a, b in _SAME:
        fact = fact.replace(a, b)
    whole = _compact(record)
    if _compact(fact) in whole:
        return True
    if not number_values(fact) <= number_values(record):
        return False
    words = re.findall(r"[가-힣]{2,}", re.sub(r"\d+[가-힣]*", " ", fact))
    return all(word[:2] in whole or (len(word) == 2 and word[0] in whole and word[1] in whole) for word in words)


def load(path: Path) -> tuple[list[Turn], dict[str, Any]]:
    """Return the turns and the gold record of one dialogue."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        both = json.loads(text)
        rows, gold = both["turns"], both["gold"]
    else:
        rows = [json.loads(line) for line in text.splitlines() if line.strip()]
        gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    return [Turn(i, Channel(r["speaker"]), r["start"], r["end"], r["text"]) for i, r in enumerate(rows)], gold


def dialogues(folder: Path) -> list[Path]:
    """Return the dialogues of a folder, by name."""
    return sorted([*folder.glob("*.jsonl"), *(p for p in folder.glob("*.json") if ".gold" not in p.name)])


def lines(record: CallRecord) -> list[tuple[str, str]]:
    """Return (evidence key, text) of every line of a record."""
    out = [
        (f"{name}.{i}", text)
        for name, texts in (("inquiry", record.inquiry), ("answer", record.answer), ("action", record.action))
        for i, text in enumerate(texts)
    ]
    return [*out, ("follow_up", record.follow_up)] if record.follow_up else out


def score(path: Path) -> dict[str, Any]:
    """Return the figures of one dialogue."""
    turns, gold = load(path)
    began = time.perf_counter()
    draft = summarize(turns)
    ms = (time.perf_counter() - began) * 1000
    missing = [fact for fact in gold["key_facts"] if not present(fact, draft.summary)]
    invented = [
        word
        for record in draft.records
        for key, text in lines(record)
        for word in unsupported(text, [turns[i] for i in record.evidence[key]])
    ]
    return {
        "name": gold["name"],
        "facts": len(gold["key_facts"]),
        "missing": missing,
        "forbidden": [text for text in gold["must_not_contain"] if _compact(text) in _compact(draft.summary)],
        "category": draft.records[0].category == gold["category"],
        "follow_up": bool(gold["follow_up"]) == any(record.follow_up for record in draft.records),
        "records": len(draft.records),
        "lines": max(len(lines(record)) for record in draft.records),
        "longest": max((len(text) for record in draft.records for _, text in lines(record)), default=0),
        "invented": invented,
        "ms": round(ms, 1),
    }


def main(folders: list[Path]) -> int:
    """Print the rows and totals of every folder; exit 1 where the reach of the issue is missed."""
    return max(_table(folder) for folder in folders)


def _table(folder: Path) -> int:
    rows = [score(path) for path in dialogues(folder)]
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))
    facts, missed = sum(r["facts"] for r in rows), sum(len(r["missing"]) for r in rows)
    n = max(1, len(rows))
    totals = {
        "key_facts": round(1 - missed / max(1, facts), 3),
        "category": round(sum(r["category"] for r in rows) / n, 3),
        "follow_up": round(sum(r["follow_up"] for r in rows) / n, 3),
        "unsupported": sum(len(r["invented"]) for r in rows),
        "forbidden": sum(len(r["forbidden"]) for r in rows),
        "most_lines": max((r["lines"] for r in rows), default=0),
        "ms_max": max((r["ms"] for r in rows), default=0),
    }
    print(json.dumps(totals, ensure_ascii=False))
    reached = totals["key_facts"] >= 0.9 and not totals["unsupported"] and totals["most_lines"] <= LINES_A_RECORD
    return 0 if reached and not totals["forbidden"] else 1


if __name__ == "__main__":
    material = Path(os.environ.get("DOUMI_TEST_DATA") or ROOT.parent / "shared" / "data") / "dialogues"
    own = ROOT / "tests" / "fixtures" / "dialogues"
    raise SystemExit(main([Path(name) for name in sys.argv[1:]] or [material, own]))
