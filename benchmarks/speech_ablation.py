"""What each measure of the speech side buys: the same calls with one measure switched off at a time.

Runs in this process, so that a measure without a setting can be taken out. Error rates and processor time come from
feeding as fast as every decode is done, delays from real speed, invented text from sound without speech.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any
from unittest.mock import patch

import numpy as np
from speech_calls import repeated_lines, write
from speech_feed import LocalEngine, feed
from speech_trials import BLEED_DB, Figures, Setup, invented

from audio.echo import EchoFree
from audio.guard import Guarded
from audio.segment import Resumed, Segmenter, Speculative
from audio.speech_settings import SegmentSettings, SpeechSettings

Switch = Callable[[LocalEngine], AbstractContextManager[Any]]


@dataclass(frozen=True)
class Variant:
    """The program with one measure off."""

    name: str
    settings: SpeechSettings = field(default_factory=SpeechSettings)
    off: Switch = lambda engine: nullcontext()
    error_rate: bool = True
    delays: bool = False
    nothing: bool = False
    bleed: bool = False


def _segment(**changes: float) -> SpeechSettings:
    return SpeechSettings(segment=SegmentSettings(**changes))  # type: ignore[arg-type]


def _adapter(name: str, value: Any) -> Switch:
    return lambda engine: patch.object(import_module("audio.adapters.whisper"), name, value)


def _without_retry(engine: LocalEngine) -> AbstractContextManager[Any]:
    return _changed_call(engine, "transcribe", lambda call, request: call(replace(request, allow_retry=False)))


def _without_words(engine: LocalEngine) -> AbstractContextManager[Any]:
    return _changed_call(engine, "align", lambda call, request: ())


def _changed_call(engine: LocalEngine, method: str, how: Callable[..., Any]) -> AbstractContextManager[Any]:
    call = getattr(engine.adapter, method)
    return patch.object(engine.adapter, method, lambda *args: how(call, *args))


@contextmanager
def _without_speculation(engine: LocalEngine) -> Iterator[None]:
    push = Segmenter.push

    def plain(self: Segmenter, *args: Any) -> list[Any]:
        return [event for event in push(self, *args) if not isinstance(event, Speculative | Resumed)]

    with patch.object(Segmenter, "push", plain):
        yield


def _without_guard(engine: LocalEngine) -> AbstractContextManager[Any]:
    return patch("audio.transcript.guard", lambda decoded, *rest: Guarded(decoded.text, ()))


@contextmanager
def _without_echo_canceller(engine: LocalEngine) -> Iterator[None]:
    with (
        patch.object(EchoFree, "read", lambda self, *span: self.sound.read(*span)),
        patch.object(EchoFree, "gate", lambda self, channel, start, probabilities, *rest: probabilities),
        patch.object(EchoFree, "only_echo", lambda self, *rest: False),
    ):
        yield


def _plain_level(pcm: Any) -> Any:
    return pcm.astype(np.float32) / 32768.0


VARIANTS = (
    Variant("as built", delays=True, nothing=True, bleed=True),
    Variant("30 s window for every decode", off=_adapter("_ROOM_FRAMES", 3000), delays=True),
    Variant("window cut to the speech, no room", off=_adapter("_ROOM_FRAMES", 0)),
    Variant("no second try in the full window", off=_without_retry),
    Variant("beam 1 for finals", settings=SpeechSettings(beam_size=1), delays=True),
    Variant("finals not tried ahead in the pause", off=_without_speculation, error_rate=False, delays=True),
    Variant("no partials", settings=SpeechSettings(partials=False), delays=True),
    Variant("voice thresholds .5/.35 for .3/.15", settings=_segment(threshold=0.5, release=0.35), nothing=True),
    Variant("no pre-roll and no quiet onset", settings=_segment(pre_roll_ms=0, max_lead_ms=32)),
    Variant("cut at 5 s for 10 s", settings=_segment(max_segment_s=5.0)),
    Variant("loudness left as it is", off=_adapter("_levelled", _plain_level)),
    Variant("echo not taken out", off=_without_echo_canceller, bleed=True),
    Variant("no times of words", off=_without_words),
    Variant("no guard against invented text", off=_without_guard, error_rate=False, nothing=True),
)


def ablation(setup: Setup, names: Sequence[str] = (), minutes_of_nothing: int = 10) -> Figures:
    """Return figures by variant: CER and processor time of the first seed, delays of its first call.

    A measure that is no longer where this file looks for it gives an ``error`` instead of figures.
    """
    engine = LocalEngine(setup.model_folder)
    figures: Figures = {}
    for variant in VARIANTS:
        if names and variant.name not in names:
            continue
        print(f"  {variant.name}", file=sys.stderr, flush=True)
        try:
            with variant.off(engine):
                figures[variant.name] = _measured(setup, variant, engine, minutes_of_nothing)
        except (AttributeError, TypeError) as error:
            figures[variant.name] = {"error": str(error)}
    return figures


def _measured(setup: Setup, variant: Variant, engine: LocalEngine, minutes_of_nothing: int) -> Figures:
    calls = setup.built(setup.seeds[0])
    figures: Figures = {}
    if variant.error_rate:
        outputs, spent, heard = [], 0.0, 0.0
        for call in calls:
            before = engine.cpu_seconds()
            fed = feed(engine, call, variant.settings)
            spent, heard = spent + engine.cpu_seconds() - before, heard + fed.audio_s
            outputs.append(setup.folder / f"ablation-{call.stem}.jsonl")
            write(outputs[-1], fed.events)
        scored = setup.material.score(calls, outputs)
        figures |= {key: scored[key] for key in ("cer", "cer_all", "missed_turns")}
        figures["cpu_per_audio_s"] = round(spent / heard, 3)
    if variant.delays:
        output = setup.folder / "ablation-live.jsonl"
        write(output, feed(engine, calls[0], variant.settings, real_speed=True).events)
        scored = setup.material.score(calls[:1], [output])
        figures |= {key: scored[key] for key in ("final_delay_s", "first_text_s")}
    if variant.bleed:
        fed = [(call, feed(engine, call, variant.settings).events) for call in setup.built(setup.seeds[0], BLEED_DB)]
        figures["repeated_lines"] = sum(len(repeated_lines(call, events)) for call, events in fed)
    if variant.nothing:
        figures["invented"] = invented(setup, minutes_of_nothing, engine, variant.settings)
    return figures
