"""Render every window and state into a folder: ``python scripts/screenshots.py [OUT]`` (default ``screenshots``).

``--tour docs/images`` makes the README's pictures instead, ``--docs DIR`` those of the guide.

Offscreen, bundled Korean font, invented content from the tests' fakes. No model, device or network is touched.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QApplication

from scripts import quality_scenes, scenes
from scripts.studio import Studio

SIZES = ((1280, 800), (1920, 1080))
Scene = Callable[[Studio, tuple[int, int]], None]

SCENES = (
    scenes.idle,
    scenes.live,
    scenes.quiet,
    scenes.abuse,
    scenes.crisis,
    scenes.wrap_up,
    scenes.search,
    scenes.notice,
    scenes.windows,
    scenes.no_model,
    scenes.states,
    scenes.layouts,
    scenes.knowledge,
    scenes.bands,
    scenes.care,
    scenes.team,
    scenes.tour,
    scenes.holdings,
    scenes.first_start,
    scenes.palette,
    quality_scenes.replay,
    quality_scenes.trainer,
    quality_scenes.letters,
)
LARGE = (
    scenes.idle,
    scenes.live,
    scenes.abuse,
    scenes.crisis,
    scenes.wrap_up,
    scenes.windows,
    scenes.states,
    scenes.knowledge,
    scenes.care,
    scenes.team,
)
LOOKS = (
    ("light", "ko", 1.0, SIZES),
    ("dark", "ko", 1.0, SIZES[:1]),
    ("light", "en", 1.0, SIZES[:1]),
    ("contrast", "ko", 1.0, SIZES[:1]),
    ("light", "ko", 1.5, SIZES[1:]),
    ("light", "ko", 2.0, SIZES[1:]),
    ("light", "en", 2.0, SIZES[1:]),
)
"""Theme, language, text size and window sizes."""
TOUR = {
    "start": (scenes.idle, "01-idle"),
    "sound-check": (scenes.sound_check, "14-sound-check"),
    "call": (scenes.live, "02-live"),
    "abuse": (scenes.abuse, "05-handed-over-unsent"),
    "record": (scenes.wrap_up, "07-wrap-up"),
    "docked": (scenes.layouts, "53-docked"),
    "replay": (quality_scenes.replay, "60-replay"),
}
"""Pictures of the README and the scenes they are taken from."""
DOCS = {
    **TOUR,
    "tour": (scenes.tour, "51-tour"),
    "silence": (scenes.quiet, "03-silence-lagging"),
    "abuse-warning": (scenes.abuse, "04-abuse-warning"),
    "crisis": (scenes.crisis, "06-crisis"),
    "search": (scenes.search, "08-search"),
    "entry": (scenes.search, "09-entry"),
    "districts": (scenes.knowledge, "20-districts-ended"),
    "gap": (scenes.knowledge, "23-gap"),
    "sessions": (scenes.windows, "11-sessions"),
    "reopened": (scenes.windows, "12-reopened"),
    "outbox": (scenes.windows, "13-outbox"),
    "settings": (scenes.windows, "15-settings"),
    "keys": (scenes.windows, "16-keys"),
    "holdings": (scenes.holdings, "52-holdings"),
    "first-start": (scenes.first_start, "55-first-start"),
    "palette": (scenes.palette, "56-palette"),
    "captions": (scenes.layouts, "54-captions"),
    "states": (scenes.states, "18-paused-unplugged"),
    "care": (scenes.care, "30-care-strip"),
    "rest": (scenes.care, "31-rest"),
    "team": (scenes.team, "40-team-inbox"),
    "scorecard": (quality_scenes.replay, "61-scorecard"),
    "trainer-calls": (quality_scenes.trainer, "62-trainer-calls"),
    "samples": (quality_scenes.trainer, "63-samples"),
    "quality-report": (quality_scenes.trainer, "64-report"),
    "letters": (quality_scenes.letters, "65-letters"),
}
"""Pictures of the guide by the name its pages use."""


def _application() -> QApplication:
    """Open Qt on an invented screen of the largest picture's size."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "screen.json"
        width, height = SIZES[-1]
        screen = {"name": "", "x": 0, "y": 0, "width": width, "height": height}
        file.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
        if os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
            os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file}"
        return QApplication(sys.argv[:1])


def every(out: Path) -> int:
    """Render everything; returns an exit code."""
    out.mkdir(parents=True, exist_ok=True)
    app = _application()
    made = 0
    for theme, language, scale, sizes in LOOKS:
        for size in sizes:
            studio = Studio(app, out, theme, language, scale)
            for scene in SCENES if scale == 1.0 else LARGE:
                scene(studio, size)
            made += len(studio.made)
    print(f"{made} pictures in {out}")
    return 0


def tour(out: Path) -> int:
    """Render the README's pictures under the names it uses; returns an exit code."""
    print(f"{_named(_application(), out, TOUR)} pictures in {out}")
    return 0


def docs_pictures(out: Path) -> int:
    """Render the guide's pictures under the names its pages use; returns how many."""
    return _named(_application(), out, DOCS)


def _named(app: QApplication, out: Path, wanted: Mapping[str, tuple[Scene, str]]) -> int:
    """Play each scene once and keep its wanted pictures, small; returns how many."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for scene in dict.fromkeys(scene for scene, _ in wanted.values()):
            studio = Studio(app, Path(folder), "light", "ko")
            scene(studio, SIZES[0])
            for name, (where, shot) in wanted.items():
                if where is scene:
                    found = next(file for file in studio.made if file.name.startswith(f"{shot}-"))
                    _optimise(found, out / f"{name}.png")
    return len(wanted)


def _optimise(source: Path, target: Path) -> None:
    """Write a picture in its 256 most frequent colours, at PNG's best compression."""
    picture = QImage(str(source)).convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(picture.constBits(), dtype=np.uint32)
    colours, counts = np.unique(pixels, return_counts=True)
    table = [int(colour) for colour in colours[np.argsort(counts)[::-1][:256]]]
    flat = picture.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither)
    writer = QImageWriter(str(target), b"png")
    writer.setCompression(100)
    if not writer.write(flat):
        raise OSError(writer.errorString())


def main(arguments: list[str]) -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("out", type=Path, nargs="?", default=Path("screenshots"), help="folder for all pictures")
    parser.add_argument("--tour", type=Path, metavar="DIR", help="only the README's pictures, into this folder")
    parser.add_argument("--docs", type=Path, metavar="DIR", help="only the guide's pictures, into this folder")
    asked = parser.parse_args(arguments)
    if asked.docs:
        print(f"{docs_pictures(asked.docs)} pictures in {asked.docs}")
        return 0
    return tour(asked.tour) if asked.tour else every(asked.out)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
