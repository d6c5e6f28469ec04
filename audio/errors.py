"""Faults of the sound side.

Fault
└── AudioFault
├── FileFault      a sound file that cannot be used
├── DeviceFault    a device that is missing, busy or silent
├── JournalFault   recorded sound that cannot be read back
└── SpeechFault    the recogniser cannot run
    └── PoisonedSound   it fails on just this stretch
"""

from __future__ import annotations

from resources.notices import Fault


class AudioFault(Fault):
    """Base of the package's faults."""


class FileFault(AudioFault):
    """A sound file is unreadable, empty, truncated or of a kind we cannot use."""


class DeviceFault(AudioFault):
    """A sound device is missing, busy or not allowed."""


class SpeechFault(AudioFault):
    """The recogniser cannot run, e.g. its model is not installed."""


class PoisonedSound(SpeechFault):
    """The recogniser failed on this one stretch again and again; it goes on with the next."""


class JournalFault(AudioFault):
    """Recorded sound cannot be read back: not a journal, destroyed, or sealed with another key."""
