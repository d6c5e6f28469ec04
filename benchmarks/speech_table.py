"""The speech benchmark's figures as Markdown tables beside what issue and reach ask for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

Figures = dict[str, Any]
NONE = "-"
MARKS = ("<!-- speech: written by benchmarks/speech.py -->", "<!-- speech: end -->")


def tables(report: Figures) -> str:
    """Return the whole report as Markdown."""
    options, parts = report["options"], report["parts"]
    built = f"{options['calls']} call(s) a seed, {options['only'] or 'all recordings'}, {options['model']}"
    at = sorted({when.split()[0] for when in report["measured"].values()})
    lines = [f"{built}; {report['machine']}; {' and '.join(at)}"]
    for part, warning in report["warnings"].items():
        lines += ["", f"Not to be relied on: {part}, since {warning}"]
    lines.append("")
    lines += _reach(report)
    if found := parts.get("ablation"):
        lines += ["", *_ablation(found)]
    return "\n".join(lines)


def into_page(page: Path, shown: str, picture: str = "") -> None:
    """Put the tables between the marks of a page, with the picture by its path from there."""
    before, first, rest = page.read_text(encoding="utf-8").partition(MARKS[0])
    _, last, after = rest.partition(MARKS[1])
    if not (first and last):
        raise SystemExit(f"{page.name} has no marks for the tables")
    drawn = f"\n![Delays, errors and processor time]({picture})\n" if picture else ""
    page.write_text(f"{before}{first}\n\n{shown}\n{drawn}\n{last}{after}", encoding="utf-8")


def _reach(report: Figures) -> list[str]:
    parts, seeds = report["parts"], [str(seed) for seed in report["options"]["seeds"]]
    live = parts.get("live", {})
    stock = parts.get("stock", {})
    head = ["figure", "reach", *(f"seed {seed}" for seed in seeds)]
    head += [f"stock, its own VAD, {seed}" for seed in seeds] + [f"stock, each true turn, {seed}" for seed in seeds]
    rows: list[list[str]] = []

    def across(label: str, reach: str, show: Any, also_stock: bool = False) -> None:
        cells = [_shown(show, live.get(seed)) for seed in seeds]
        for mode in ("vad", "turns"):
            cells += [_shown(show, stock.get(seed, {}).get(mode)) if also_stock else "" for seed in seeds]
        rows.append([label, reach, *cells])

    def once(label: str, reach: str, part: str, show: Any) -> None:
        rows.append([label, reach, _shown(show, parts.get(part)), *[""] * (len(head) - 3)])

    across("CER, both sides", "≤ each true turn + 2 points", lambda f: _percent(f["cer_all"]), True)
    across("CER, agent / caller", "", lambda f: f"{_percent(f['cer']['agent'])} / {_percent(f['cer']['caller'])}", True)
    for side in ("agent", "caller"):
        across(
            f"end of speech to final text, {side}, p50 / p95",
            "0.8 / 1.6 s",
            lambda f, s=side: _pair(f["final_delay_s"][s]),
        )
    across("start of speech to first text, p50 / p95", "1.2 s /", lambda f: _pair(f["first_text_s"]))
    across("turns without text", "0", lambda f: f["missed_turns"], True)
    across("processor seconds per second of call", "≤ 0.4", lambda f: f["cpu_per_audio_s"], True)
    across("samples lost", "0", lambda f: f["lost_samples"])
    across("partial characters changed per final character", "≤ 0.3", lambda f: f["changed_per_character"])
    for part, label in (("pinned", "one core pinned away"), ("kills", "speech process killed twice")):
        once(f"samples lost, {label}", "0", part, lambda f: f["lost_samples"])
        once(
            f"turns without text / CER, {label}",
            "0 /",
            part,
            lambda f: f"{f['missed_turns']} / {_percent(f['cer_all'])}",
        )
        once(f"end of speech to final text, {label}, agent; caller, p50 / p95", "", part, _both_delays)
    once("kills at", "twice", "kills", lambda f: ", ".join(f"{second} s" for second in f["killed_at_s"]) or "none")
    once("lines invented in 10 minutes without speech, unflagged / flagged", "0 / ≤ 2", "nothing", _invented)
    once("counsellor's words repeated on the caller's side, 20 dB bleed", "0", "bleed", lambda f: f["lines"])
    once("growth of memory after the first 5 minutes of calls", "≤ 5 MB in 60 minutes", "soak", _growth)
    return _markdown(head, rows)


def _shown(show: Any, figures: Figures | None) -> str:
    if not figures:
        return NONE
    if "skipped" in figures:
        return str(figures["skipped"])
    return str(show(figures))


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _pair(delay: dict[str, float | None]) -> str:
    return " / ".join(NONE if delay[key] is None else f"{delay[key]:.2f}" for key in ("p50", "p95")) + " s"


def _both_delays(figures: Figures) -> str:
    return "; ".join(_pair(figures["final_delay_s"][side]) for side in ("agent", "caller"))


def _invented(figures: Figures) -> str:
    kinds = ", ".join(f"{kind} {count}" for kind, count in figures["lines_by_kind"].items())
    shown = f"{figures['unflagged']} / {figures['flagged']}"
    return f"{shown} in {figures['minutes']} min" + (f" ({kinds})" if kinds else "")


def _growth(figures: Figures) -> str:
    return (
        f"{figures['growth_mb']:+.1f} MB ({figures['early_mb']} to {figures['end_mb']} MB) over {figures['decodes']} "
        f"decodes of {figures['minutes']} minutes of calls, fed faster than real time"
    )


def _ablation(found: Figures) -> list[str]:
    base = found.get("as built", {})
    rows = []
    for name, figures in found.items():
        if "error" in figures:
            rows.append([name, f"not switched off: {figures['error']}", *[""] * 6])
            continue
        cells = [NONE] * 2
        if "cer_all" in figures:
            cells = [
                _changed(100 * figures["cer_all"], 100 * base.get("cer_all", 0), name, "{:.1f} %"),
                f"{_percent(figures['cer']['agent'])} / {_percent(figures['cer']['caller'])}",
            ]
        cells.append(str(figures.get("missed_turns", NONE)))
        cells.append(f"{figures['cpu_per_audio_s']:.2f}" if "cpu_per_audio_s" in figures else NONE)
        cells.append(_both_delays(figures) if "final_delay_s" in figures else NONE)
        cells.append(_invented(figures["invented"]) if "invented" in figures else NONE)
        cells.append(str(figures.get("repeated_lines", NONE)))
        rows.append([name, *cells])
    head = ["variant", "CER", "agent / caller", "turns without text", "processor s per s", "agent; caller p50 / p95"]
    return _markdown([*head, "invented, unflagged / flagged", "repeated lines with bleed"], rows)


def _changed(value: float, base: float, name: str, form: str) -> str:
    return form.format(value) + ("" if name == "as built" or not base else f" ({value - base:+.1f})")


def _markdown(head: list[str], rows: list[list[str]]) -> list[str]:
    return ["| " + " | ".join(cells) + " |" for cells in (head, ["---"] * len(head), *rows)]
