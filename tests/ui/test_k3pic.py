import pytest
from PySide6.QtWidgets import QApplication
from assist.events import CardsShown
from tests.ui import story, fake_replay
from tests.ui.fake_exercises import FakeExercises
from tests.ui.fake_quiz import FakeQuizzes
from ui import i18n, theme
from ui.qa.training_ports import Training
from ui.replay.desk_page import DeskPage

@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_pic(desk, scale, qtbot):
    w = desk.window
    theme.apply(QApplication.instance(), "light", scale)
    w.call.restyle()
    w.resize(1280, 800)
    s = FakeExercises()
    w.training = Training(None, None, FakeQuizzes(), s)
    w.open_exercises()
    e = w.exercises
    qtbot.waitUntil(lambda: e.list.count() == 2)
    e.start()
    desk.live()
    qtbot.waitUntil(e.turn.isVisible)
    qtbot.wait(400)
    w.grab().save(f"/tmp/room9/k3/ex-{scale}.png")
    s.end()
    qtbot.waitUntil(e.compare.isVisible)
    qtbot.wait(200)
    w.grab().save(f"/tmp/room9/k3/exend-{scale}.png")
    e.compare.click(); e.close()

@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_past(desk, scale, qtbot):
    theme.apply(QApplication.instance(), "light", scale)
    from dataclasses import replace
    from tests.ui import fake_replay as fr
    first, second = story.card(0), story.card(1)
    base = [e for e in fr.events() if not isinstance(e, CardsShown) and type(e).__name__ not in ("SuggestionsReady","CardActed")]
    log = base + [story.suggestions(first), CardsShown(**story.at(8.6), turn=1, article_ids=(first.article_id,), origin="sample"),
        story.suggestions(second, story.card(2), asked=3, seconds=12.0),
        CardsShown(**story.at(32), turn=3, article_ids=(second.article_id,story.card(2).article_id), origin="sample")]
    log = tuple(sorted(log, key=lambda e: e.t_ns))
    call = replace(fr.call(), events=log)
    import inspect
    try:
        pass
    except Exception:
        pass
    from ui.replay.replay_window import ReplayWindow
    win = ReplayWindow(call, fr.FakePlayer())
    qtbot.addWidget(win)
    win.resize(1280, 800)
    win.show()
    qtbot.wait(200)
    win.seek(28.0)
    qtbot.wait(300)
    win.grab().save(f"/tmp/room9/k3/past-{scale}.png")
    win.seek(38.0)
    qtbot.wait(300)
    win.grab().save(f"/tmp/room9/k3/past38-{scale}.png")
    win.close()
