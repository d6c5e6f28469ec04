"""Joins training to a running desk or to a trainer's PC: exercises, quizzes, then and now."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from app import sound
from app.bus import EventBus
from app.desk import Desk
from app.engine import Engine
from app.errors import ExerciseFault
from app.home import Home
from app.keys import DeskKey
from app.knowledge import Knowledge, open_knowledge
from app.notice import notice_of
from app.package_side import package_opener, package_sharing, package_tools
from app.personal import Personal, desk_signer, wall_clock
from app.qa.exercise import Exercise, ExerciseBook
from app.qa.exercise_desk import ExerciseDesk
from app.qa.exercise_hand import HOW, ExerciseTaking
from app.qa.exercise_sealing import ExerciseSealing
from app.qa.exercise_shelf import ExerciseShelf
from app.qa.exercise_voice import TraineeVoice
from app.qa.package_open import Opener
from app.qa.package_rows import KeptPackage, packages
from app.qa.quiz import QuizKnowledge, Quizzes
from app.qa.sharing import PackageSharing
from app.replay.model import LoadedCall
from app.replay.open_call import OpenReplay
from app.replay.rerun_desk import Rerun
from app.replay.source import load_session
from app.retrieval import Retrieval
from app.settings import Settings
from app.store import Store
from assist.events import CallEnded
from audio.events import CallEvent
from audio.ports import Recording
from kb.model import Article
from resources.notices import Fault
from ui.qa.training_ports import Training
from ui.replay.ports import ReplayCall
from ui.replay.then_now_ports import ThenNowServices


def desk_exercises(
    home: Home,
    settings: Callable[[], Settings],
    bus: EventBus,
    personal: Personal,
    control: Desk,
    speech: Engine | None,
    knowledge: Retrieval,
    play_back: sound.PlayBack,
) -> ExerciseDesk:
    """Return the exercises of a running desk. Their calls are its calls, labelled and never sent anywhere.

    Args:
        home: Whose.
        settings: The settings as they are now: the microphone.
        bus: The desk's.
        personal: The open personal side.
        control: Begins and ends calls.
        speech: The speech process; None: the trainee is not recognised, and types or just speaks.
        knowledge: Puts misheard names right.
        play_back: Lets the trainee hear the caller.
    """
    store, opener = personal.store, package_opener(personal.store)

    def recorded(exercise: Exercise) -> Recording | None:
        if exercise.package:
            file = kept_file(home, store, exercise.package)
            return opener.open(file, "exercise", practising=True).sound if file is not None else None
        key = personal.key.derive("sound")
        return sound.saved_sound(home.sound / exercise.session, key) if exercise.session else None

    def tell(fault: Fault) -> None:
        bus.publish(notice_of(fault, severity="warning"))

    def voice(call_id: str, sink: Callable[[CallEvent], None], now_ns: Callable[[], int]) -> TraineeVoice:
        assert speech is not None
        now = settings()
        source = sound.device_source(now.sound.choice, now.capture)
        return TraineeVoice(call_id, source, speech, sink, now_ns, knowledge.repair, tell)

    book = ExerciseBook(store, wall_clock)
    made = ExerciseDesk(
        book,
        exercise_shelf(home, store, opener),
        control,
        bus.publish,
        recorded,
        play_back.play,
        play_back.stop,
        voice if speech is not None else None,
        lambda call_id: (store.events(call_id), store.records(call_id)),
        tell,
    )
    bus.subscribe(CallEnded, made.on_ended)
    return made


def exercise_shelf(home: Home, store: Store, opener: Opener) -> ExerciseShelf:
    """Return the list of a profile's exercises; ``opener`` opens what is taken in."""

    def is_heard(exercise: Exercise) -> bool:
        if not exercise.sound_s:
            return False
        place = kept_file(home, store, exercise.package) if exercise.package else home.sound / exercise.session
        return place is not None and place.exists()

    def until(exercise: Exercise) -> str:
        found = _kept(store, exercise.package) if exercise.package else None
        return found.until if found is not None else ""

    book = ExerciseBook(store, wall_clock)
    return ExerciseShelf(book, is_heard, until, ExerciseTaking(home.packages, store, opener, book, wall_clock).take)


def exercise_sharing(home: Home, store: Store, key: Callable[[], DeskKey]) -> PackageSharing:
    """Return what seals a profile's exercises for colleagues.

    Args:
        home: Whose.
        store: Its open database.
        key: Returns its desk key; asked on workers, when something is sealed. Raises KeyFault.
    """
    opener = package_opener(store)

    def opened(exercise: Exercise) -> LoadedCall:
        if not exercise.package:
            recorded = sound.saved_sound(home.sound / exercise.session, key().derive("sound"))
            return load_session(store, recorded, exercise.session, store.log)
        file = kept_file(home, store, exercise.package)
        if file is None:
            raise ExerciseFault("exercise.gone")
        return opener.open(file, HOW, practising=True)

    book, tools = ExerciseBook(store, wall_clock), package_tools()
    sealing = ExerciseSealing(book, opened, lambda: desk_signer(key()), tools, wall_clock, store.log)
    return package_sharing(store, sealing)


def kept_file(home: Home, store: Store, package_id: str) -> Path | None:
    """Return where a kept package lies, or None. Raises StoreFault."""
    found = _kept(store, package_id)
    return home.packages / found.file if found is not None else None


def _kept(store: Store, package_id: str) -> KeptPackage | None:
    return next((one for one in store.read(packages) if one.package_id == package_id), None)


class KnowledgeWhenAsked:
    """The counselling DB, opened the first time something is asked of it. Worker threads."""

    def __init__(self, home: Home, encoder: Callable[[], str]) -> None:
        """Name it; ``encoder`` is the model of meaning by the settings as they are now."""
        self._home, self._encoder = home, encoder
        self._lock = threading.Lock()
        self._knowledge: Knowledge | None = None

    def article(self, ident: str) -> Article | None:
        """Return the entry of an id, or None. Raises KbFault."""
        return self._opened().article(ident)

    def articles(self) -> Sequence[Article]:
        """Return every entry. Raises KbFault."""
        return self._opened().articles()

    def earlier(self) -> Sequence[Article]:
        """Return every entry of the generation before. Raises KbFault."""
        return self._opened().earlier()

    def close(self) -> None:
        """Let go of it."""
        with self._lock:
            if self._knowledge is not None:
                self._knowledge.close()

    def _opened(self) -> Knowledge:
        with self._lock:
            if self._knowledge is None:
                self._knowledge = open_knowledge(self._home, self._encoder())
            return self._knowledge


def training(
    home: Home,
    settings: Callable[[], Settings],
    store: Store,
    knowledge: QuizKnowledge,
    key: Callable[[], DeskKey],
    exercises: ExerciseDesk | None = None,
) -> Training:
    """Return what the windows of training stand on.

    Args:
        home: Whose.
        settings: The settings as they are now.
        store: The open personal database: exercises are kept in it.
        knowledge: What quizzes ask about.
        key: Returns the desk key; asked on workers, when an exercise is handed on.
        exercises: Plays exercises; None where there is no desk.
    """
    book = ExerciseBook(store, wall_clock)

    def loaded(call: ReplayCall) -> LoadedCall:
        if not isinstance(call, OpenReplay):
            raise TypeError("only calls that this program opened are run again")
        return call.loaded

    def again(call: ReplayCall) -> ThenNowServices:
        return Rerun(home, loaded(call), settings, wall_clock)

    def make(call: ReplayCall, title: str) -> None:
        book.make(loaded(call), title)

    shelf = exercises or exercise_shelf(home, store, package_opener(store))
    quizzes = Quizzes(knowledge, lambda: wall_clock().toordinal())
    return Training(again, make, quizzes, exercises, shelf, exercise_sharing(home, store, key))
