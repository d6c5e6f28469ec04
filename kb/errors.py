"""Faults of the knowledge side.

Fault
└── KbFault
├── ImportRejected   a file that cannot become a generation
├── KbUnavailable    nothing to search
├── SearchRefused    a search is narrowed to what does not exist
├── PublishRejected  a release is not written
└── SyncFault        a release cannot be had
    ├── SyncUnreachable   the address does not answer as it should
    │   └── SyncMissing   it lacks the file
    └── SyncRefused       not to be trusted, or not fit
"""

from __future__ import annotations

from resources.notices import Fault


class KbFault(Fault):
    """Base of the package's faults."""


class ImportRejected(KbFault):
    """The file is refused whole; the generation in use stays."""


class KbUnavailable(KbFault):
    """No generation can be opened."""


class SearchRefused(KbFault):
    """A search is narrowed to something the knowledge does not hold."""


class EncoderSourceBad(KbFault):
    """The file a vectors model is rebuilt from is not of the known layout."""


class EncoderUnavailable(KbFault):
    """The vectors model cannot be loaded or asked."""


class PublishRejected(KbFault):
    """A release is not written; what was published before stays."""


class SyncFault(KbFault):
    """The release cannot be had; what is searched stays."""


class SyncUnreachable(SyncFault):
    """The address does not answer as it should; another try may help."""


class SyncMissing(SyncUnreachable):
    """The address answers, but not with this file."""


class SyncRefused(SyncFault):
    """What was fetched is not to be trusted or not fit to be searched."""
