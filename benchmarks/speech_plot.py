"""The speech benchmark as one picture: delays, error rates, processor time. SVG by hand, PNG through Qt."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

Figures = dict[str, Any]
WIDTH, HEIGHT, PANEL, MARGIN = 1200, 420, 320, 60
COLOURS = {"agent": "#2f6db5", "caller": "#c4572f", "doumi": "#2f6db5", "vad": "#9a9a9a", "turns": "#5d8a4a"}
NAMES = {"doumi": "doumi, live", "vad": "stock, its own VAD, offline", "turns": "stock, each true turn"}
MAX_DELAY_S = 3.0


def draw(report: Figures, file: Path) -> None:
    """Write the picture; the end of the name says which kind."""
    picture = svg(report)
    if file.suffix.lower() == ".svg":
        file.write_text(picture, encoding="utf-8")
        return
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication([])
    image = QImage(2 * WIDTH, 2 * HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(picture.encode())).render(painter)
    painter.end()
    if not image.save(str(file)):
        raise SystemExit(f"cannot write {file}")
    del application


def svg(report: Figures) -> str:
    """Return the picture."""
    parts, seeds = report["parts"], [str(seed) for seed in report["options"]["seeds"]]
    live, stock = parts.get("live", {}), parts.get("stock", {})
    body = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>']
    title = f"{report['options']['model']}, seeds {', '.join(seeds)}; {report['machine']}"
    body.append(_text(WIDTH / 2, 24, title, 14, "middle"))
    body += _delays(MARGIN, live)
    series = [("doumi", live), *((mode, {s: stock[s][mode] for s in seeds if s in stock}) for mode in ("vad", "turns"))]
    groups = {
        "agent": lambda f: 100 * f["cer"]["agent"],
        "caller": lambda f: 100 * f["cer"]["caller"],
        "both": lambda f: 100 * f["cer_all"],
    }
    body += _bars(2 * MARGIN + PANEL, "Character error rate, %", groups, series)
    spent = {"both sides": lambda f: f["cpu_per_audio_s"]}
    body += _bars(3 * MARGIN + 2 * PANEL, "Processor seconds per second of call", spent, series)
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif">\n' + "\n".join(body) + "\n</svg>\n"
    )


def _delays(left: float, live: Figures) -> list[str]:
    top, bottom = 70.0, 340.0

    def place(delay: float, share: float) -> str:
        return f"{left + min(delay, MAX_DELAY_S) / MAX_DELAY_S * PANEL:.1f},{bottom - share * (bottom - top):.1f}"

    body = [_text(left + PANEL / 2, 52, "End of speech to final text, share of turns", 12, "middle")]
    body += _frame(left, top, bottom)
    for tick in range(int(MAX_DELAY_S) + 1):
        at = left + tick / MAX_DELAY_S * PANEL
        body.append(_text(at, bottom + 18, f"{tick} s", 11, "middle"))
    for share in (0.5, 0.95):
        y = bottom - share * (bottom - top)
        body.append(f'<line x1="{left}" x2="{left + PANEL}" y1="{y}" y2="{y}" stroke="#dddddd"/>')
        body.append(_text(left - 6, y + 4, f"{100 * share:.0f} %", 11, "end"))
    for row, side in enumerate(("agent", "caller")):
        delays = sorted(delay for figures in live.values() for delay in figures["delays_s"][side])
        steps = [place(delay, (index + edge) / len(delays)) for index, delay in enumerate(delays) for edge in (0, 1)]
        body.append(f'<polyline points="{" ".join(steps)}" fill="none" stroke="{COLOURS[side]}" stroke-width="2"/>')
        body += _key(left + 10, bottom + 40 + 18 * row, COLOURS[side], f"{side}, {len(delays)} turns")
    return body


def _bars(left: float, title: str, groups: dict[str, Any], series: list[tuple[str, Figures]]) -> list[str]:
    top, bottom = 70.0, 340.0
    values = {
        (group, name): sum(map(read, found.values())) / len(found)
        for group, read in groups.items()
        for name, found in series
        if found
    }
    most = 1.15 * max(values.values(), default=1.0)
    body = [_text(left + PANEL / 2, 52, title, 12, "middle"), *_frame(left, top, bottom)]
    room = PANEL / len(groups)
    width = min(50.0, room / (len(series) + 1))
    for number, group in enumerate(groups):
        middle = left + (number + 0.5) * room
        body.append(_text(middle, bottom + 18, group, 11, "middle"))
        for place, (name, _) in enumerate(series):
            value = values.get((group, name))
            if value is None:
                continue
            x, tall = middle + (place - len(series) / 2) * width, value / most * (bottom - top)
            size = f'width="{width - 3:.1f}" height="{tall:.1f}"'
            body.append(f'<rect x="{x:.1f}" y="{bottom - tall:.1f}" {size} fill="{COLOURS[name]}"/>')
            shown = f"{value:.1f}" if most > 2 else f"{value:.2f}"
            body.append(_text(x + width / 2, bottom - tall - 4, shown, 10, "middle"))
    for row, (name, _) in enumerate(series):
        body += _key(left + 10, bottom + 40 + 18 * row, COLOURS[name], NAMES[name])
    return body


def _frame(left: float, top: float, bottom: float) -> list[str]:
    return [
        f'<line x1="{left}" x2="{left}" y1="{top}" y2="{bottom}" stroke="#333333"/>',
        f'<line x1="{left}" x2="{left + PANEL}" y1="{bottom}" y2="{bottom}" stroke="#333333"/>',
    ]


def _key(x: float, y: float, colour: str, text: str) -> list[str]:
    return [f'<rect x="{x}" y="{y - 9}" width="12" height="10" fill="{colour}"/>', _text(x + 18, y, text, 11, "start")]


def _text(x: float, y: float, text: str, size: int, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}">{escape(text)}</text>'
