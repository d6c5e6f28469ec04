"""Bridge, jobs, translations, wording, tokens: what stands between threads, languages and the windows."""

from __future__ import annotations

import gc
import re
import threading
import weakref
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QTranslator
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from audio.events import CallEvent, LagChanged, LevelsMeasured, TranscriptFinal, TranscriptPartial
from audio.model import Channel, Levels
from resources import path
from tests.ui import story
from tests.ui.fakes import FakeBus
from tests.ui.walk import held
from ui import collecting, i18n, parts, qm
from ui.bridge import Bridge
from ui.jobs import Job
from ui.notices import NoticeLine
from ui.wording import clock, dots, full_day, mask

ROOT = Path(__file__).resolve().parents[2]


def test_bridge_keeps_only_the_latest_of_what_flows(qtbot: QtBot) -> None:
    bus = FakeBus()
    bridge = Bridge(bus.subscribe)
    seen: list[CallEvent] = []
    bridge.batch.connect(seen.extend)

    def speak() -> None:
        for n in range(40):
            bus.publish(story.partial(0, Channel.CALLER, 1.0, f"말 {n}"))
            bus.publish(LevelsMeasured(**story.at(1), levels=Levels(Channel.CALLER, -n, -n)))
            bus.publish(LagChanged(**story.at(1), backlog_s=n, step=0))
        bus.publish(story.final(1, Channel.AGENT, 2.0, 3.0, "네"), story.final(2, Channel.AGENT, 4.0, 5.0, "네네"))

    with qtbot.waitSignal(bridge.batch):
        thread = threading.Thread(target=speak)
        thread.start()
        thread.join()
    assert [e.display for e in seen if isinstance(e, TranscriptPartial)] == ["말 39"]
    assert [e.levels.rms_db for e in seen if isinstance(e, LevelsMeasured)] == [-39]
    assert [e.backlog_s for e in seen if isinstance(e, LagChanged)] == [39]
    assert [e.display for e in seen if isinstance(e, TranscriptFinal)] == ["네", "네네"]
    bridge.close()


def test_bridge_drops_a_partial_its_final_has_overtaken(qtbot: QtBot) -> None:
    bus = FakeBus()
    bridge = Bridge(bus.subscribe)
    with qtbot.waitSignal(bridge.batch) as got:
        bus.publish(story.partial(0, Channel.CALLER, 1.0, "집"), story.final(0, Channel.CALLER, 1.0, 2.0, "집 앞"))
    assert [type(e) for e in got.args[0]] == [TranscriptFinal]
    bridge.close()
    assert bus.handlers == []


def test_job_delivers_on_the_main_thread(qtbot: QtBot) -> None:
    owner = QObject()
    got: list[Any] = []
    main = threading.get_ident()
    Job(owner, threading.get_ident).on_success(lambda made: got.append((made, threading.get_ident()))).start()
    qtbot.waitUntil(lambda: bool(got))
    assert got[0][0] != main
    assert got[0][1] == main


def test_job_hands_over_the_error(qtbot: QtBot) -> None:
    owner = QObject()
    errors: list[Exception] = []

    def fail() -> None:
        raise ValueError("no")

    Job(owner, fail).on_failure(errors.append).start()
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ValueError)


def test_what_was_done_but_not_shown_is_told_as_that_and_never_as_failed(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.notices = NoticeLine(window)  # type: ignore[attr-defined]
    page = QWidget(window)
    failed: list[Exception] = []

    def show(_done: object) -> None:
        raise RuntimeError("view")

    with qtbot.captureExceptions() as raised:
        job = Job(page, lambda: None).on_success(show).on_failure(failed.append)
        with qtbot.waitSignal(job.destroyed):
            job.start()
    assert [kind for kind, *_ in raised] == [RuntimeError]  # it goes on to the crash report
    assert failed == []
    told = "It was done but could not be shown. See whether it is there before you do it again."
    assert QCoreApplication.translate("Job", told) in window.notices.shown  # type: ignore[attr-defined]


def test_a_window_without_a_notice_line_shows_nothing_done_as_failed(qtbot: QtBot) -> None:
    owner = QObject()
    failed: list[Exception] = []

    def show(_done: object) -> None:
        raise RuntimeError("view")

    with qtbot.captureExceptions() as raised:
        job = Job(owner, lambda: None).on_success(show).on_failure(failed.append)
        with qtbot.waitSignal(job.destroyed):
            job.start()
    assert (len(raised), failed) == (1, [])


def test_job_of_a_dead_widget_is_dropped(qtbot: QtBot) -> None:
    import shiboken6

    widget, go, got = QWidget(), threading.Event(), []
    job = Job(widget, go.wait).on_success(got.append)
    with qtbot.waitSignal(job.destroyed):
        job.start()
        shiboken6.delete(widget)
        go.set()
    assert got == []


def _entries() -> list[tuple[str, str, ET.Element | None]]:
    root = ET.fromstring(path("i18n/ko.ts").read_bytes())
    return [
        (context.findtext("name", ""), message.findtext("source", ""), message.find("translation"))
        for context in root.iter("context")
        for message in context.iter("message")
    ]


def test_every_translation_is_finished_and_keeps_its_placeholders() -> None:
    entries = _entries()
    assert len(entries) > 200
    for context, source, translation in entries:
        assert translation is not None, (context, source)
        assert translation.text, (context, source)
        assert translation.get("type") is None, (context, source)
        assert sorted(re.findall(r"{\w+}", source)) == sorted(re.findall(r"{\w+}", translation.text)), source


def test_no_particle_stands_directly_after_a_placeholder() -> None:
    bad = re.compile(r"}(을|를|이|가|은|는|과|와|으로|로)(?![가-힣])")
    assert [t.text for _, _, t in _entries() if t is not None and bad.search(t.text or "")] == []


def test_every_text_of_the_code_has_an_entry() -> None:
    known = {source for _, source, _ in _entries()}
    text = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'
    call = re.compile(rf'(?:\.tr\(|QT_TRANSLATE_NOOP\("Shortcuts", )\s*{text}')
    used = {
        re.sub(r'"\s*"', "", found).strip().strip('"')
        for file in (ROOT / "ui").rglob("*.py")
        for found in call.findall(file.read_text(encoding="utf-8"))
    }
    assert len(used) > 200
    assert used - known == set()


def test_compiled_translations_answer_by_context(qtbot: QtBot) -> None:
    translator = QTranslator()
    data = qm.compiled({("A", "Open {n}"): "열기 {n}", ("B", "Open {n}"): "펼치기 {n}"})
    assert translator.load(data)
    assert translator.translate("A", "Open {n}") == "열기 {n}"
    assert translator.translate("B", "Open {n}") == "펼치기 {n}"
    assert not translator.translate("C", "Open {n}")


@pytest.mark.parametrize(
    ("environment", "stored", "language"),
    [("", "", "ko"), ("", "en", "en"), ("en_US", "ko", "en"), ("fr", "en", "ko")],
)
def test_language(monkeypatch: pytest.MonkeyPatch, environment: str, stored: str, language: str) -> None:
    monkeypatch.setenv("DOUMI_LANG", environment)
    assert i18n.chosen_language(stored) == language


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("phone", "010-1234-5678", "010-••••-5678"),
        ("phone", "02-123-4567", "02-•••-4567"),
        ("phone", "1577-1234", "••••-1234"),
        ("other", "900101-1234567", "900101-•••••••"),
        ("amount", "4만 원", "4만 원"),
    ],
)
def test_mask(kind: str, text: str, shown: str) -> None:
    assert mask(kind, text) == shown


def test_wording() -> None:
    assert clock(462.9) == "07:42"
    assert [dots(s) for s in (0.0, 0.5, 0.8, 1.0)] == [1, 2, 3, 4]
    assert full_day("2026-11-21T09:14:00+09:00") == "2026-11-21 09:14"


def test_a_job_delivers_when_its_worker_is_gone(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    still: list[bool] = []
    Job(owner, threading.current_thread).on_success(lambda worker: still.append(worker.is_alive())).start()
    qtbot.waitUntil(lambda: bool(still))
    assert still == [False]


def test_lists_live_at_the_addresses_of_deleted_layout_items(qtbot: QtBot) -> None:
    window, found = QWidget(), QListWidget()
    qtbot.addWidget(window)
    qtbot.addWidget(found)
    outer = QVBoxLayout(window)
    for _ in range(100):  # without ``parts.nest`` the process crashes within a few rounds
        inner = parts.row()
        for text in "가나다라마":
            inner.addWidget(parts.label(text))
        inner.addStretch(1)
        parts.nest(outer, inner)
        assert inner.count() == 6
        assert held.layout_items() == []
        for child in window.findChildren(QLabel):
            shiboken6.delete(child)  # Qt deletes the items of the layout with it
        for number in range(20):
            found.addItem(QListWidgetItem(str(number)))
        found.clear()
        parts.clear(outer)
    assert outer.count() == 0


def test_cycles_are_freed_on_the_main_thread(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    class Cycle:
        def __init__(self) -> None:
            self.me = self

    freed: list[int] = []
    kept: list[list[int]] = []
    monkeypatch.setattr(collecting, "LOOK_MS", 1)
    gc.enable()
    with collecting.on_main_thread():
        weakref.finalize(Cycle(), lambda: freed.append(threading.get_ident()))
        worker = threading.Thread(target=lambda: kept.extend([n] for n in range(20_000)))
        worker.start()
        worker.join()
        assert not freed
        qtbot.waitUntil(lambda: bool(freed))
    assert freed == [threading.get_ident()]
