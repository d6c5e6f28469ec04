"""``doumi sessions export ID --wav|--flac FILE``: the sound of a saved call. Masking does not reach into sound."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands import Context
from resources.notices import sentence


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to those of ``export``; ``--reveal`` is there already."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--wav", type=Path, metavar="FILE", help=sentence("help.sessions_wav"))
    what.add_argument("--flac", type=Path, metavar="FILE", help=sentence("help.sessions_flac"))


def wanted(args: argparse.Namespace) -> Path | None:
    """Return the sound file that was asked for, or None for text."""
    file: Path | None = args.wav or args.flac
    return file


def run(args: argparse.Namespace, session_id: str, context: Context) -> int:
    """Write the file, say what is silent in it and log the way out. Raises StoreFault, KeyFault."""
    from app import sound_export
    from app.access_log import Action
    from app.errors import StoreFault
    from app.personal import open_writer, sound_of
    from app.sound import sound_encoder

    reason = (args.reveal or "").strip()
    if not reason:
        raise StoreFault("store.sound_not_masked")
    file = wanted(args)
    assert file is not None
    with open_writer(context.home) as store:
        row, events = store.session(session_id), store.events(session_id)
        sound = sound_of(context.home, session_id)
        # Before the file is made: whoever got it is in the log, whatever happens next.
        store.log(Action.REVEAL, session_id, reason)
        store.log(Action.EXPORT, session_id, "flac" if args.flac else "wav")
        seconds = sound_export.write(sound, file, sound_encoder(is_flac=args.flac is not None))
        context.progress(sentence("store.sound_exported", path=str(file), seconds=f"{seconds:.1f}"))
        for gap in sound_export.gaps(sound, events, row.duration_s):
            context.say(
                sentence(
                    f"store.gap_{gap.why.value}",
                    side=sentence(f"store.{gap.channel.value}"),
                    start=_clock(gap.start_s),
                    end=_clock(gap.end_s),
                )
            )
        for name in sound.destroyed():
            context.say(sentence("store.sound_file_destroyed", name=name))
        for name in sound.worn():
            context.progress(sentence("store.sound_file_worn", name=name))
    return 0


def _clock(seconds: float) -> str:
    minutes, rest = divmod(max(0.0, seconds), 60)
    return f"{int(minutes):02d}:{rest:04.1f}"
