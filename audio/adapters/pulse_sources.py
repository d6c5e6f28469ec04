"""The sources of a PulseAudio or PipeWire server, monitors included, which PortAudio cannot list.

Import only in a capture process: the SoundCard package connects to the server on import and starts a native thread.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

# SoundCard names its client after sys.argv and fails where that is unusual, as under ``python -c``.
sys.argv = ["doumi"]

from soundcard import pulseaudio  # noqa: E402


@dataclass(frozen=True, slots=True)
class PulseSource:
    """One source of the server."""

    name: str
    description: str
    index: int
    """New for each appearance: a source that was unplugged and is back has another."""
    channels: int
    rate: int
    monitor: bool
    """Whether it is what a sink plays."""


def sources() -> list[PulseSource]:
    """Return the sources of the server now; empty where it is gone."""
    found: list[PulseSource] = []
    text = pulseaudio._ffi.string

    @pulseaudio._ffi.callback("pa_source_info_cb_t")  # type: ignore[untyped-decorator]
    def on_source(context: object, info: object, end: int, data: object) -> None:
        if end:
            return
        found.append(
            PulseSource(
                name=text(info.name).decode(),  # type: ignore[attr-defined]
                description=text(info.description).decode(),  # type: ignore[attr-defined]
                index=int(info.index),  # type: ignore[attr-defined]
                channels=int(info.sample_spec.channels),  # type: ignore[attr-defined]
                rate=int(info.sample_spec.rate),  # type: ignore[attr-defined]
                monitor=info.monitor_of_sink_name != pulseaudio._ffi.NULL,  # type: ignore[attr-defined]
            )
        )

    pulseaudio._pulse._pa_context_get_source_info_list(pulseaudio._pulse.context, on_source, pulseaudio._ffi.NULL)
    return found


def defaults() -> tuple[str, str]:
    """Return the names of the default source and of the monitor of the default sink; empty where there is none."""
    info = pulseaudio._pulse.server_info
    sink = info.get("default sink id", "")
    return info.get("default source id", ""), f"{sink}.monitor" if sink else ""
