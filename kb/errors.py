"""Faults of the knowledge side.

Fault
└── KbFault
├── ImportRejected   a file that cannot become a generation
└── KbUnavailable    nothing to search
"""

from __future__ import annotations

from resources.notices import Fault


class KbFault(Fault):
    """Base of the package's faults."""


class ImportRejected(KbFault):
    """The file is refused whole; the generation in use stays."""


class KbUnavailable(KbFault):
    """No generation can be opened."""


class EncoderSourceBad(KbFault):
    """The file a vectors model is rebuilt from is not of the known layout."""


class EncoderUnavailable(KbFault):
    """The vectors model cannot be loaded or asked."""
