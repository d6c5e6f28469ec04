from __future__ import annotations

import dataclasses
import json
import types
import typing
from enum import Enum

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import event_codec
from app.errors import StoreFault
from assist.events import CallEnded, EscalationRaised
from assist.model import AbuseLabel, CallRecord, Delivery, EscalationReason

_TEXT = st.text(max_size=12)
_PLAIN = {
    str: _TEXT,
    int: st.integers(-(2**62), 2**62),
    float: st.floats(allow_nan=False),
    bool: st.booleans(),
    type(None): st.none(),
}


def _values(kind: typing.Any) -> st.SearchStrategy[typing.Any]:
    """Build values of ``kind`` by hand: also the kinds the project adds later."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return st.one_of([_values(part) for part in args])
    if origin is tuple and args[-1] is Ellipsis:
        return st.lists(_values(args[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*[_values(part) for part in args])
    if origin is dict:
        return st.dictionaries(_values(args[0]), _values(args[1]), max_size=3)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        fields = {field.name: _values(hints[field.name]) for field in dataclasses.fields(kind)}
        return st.fixed_dictionaries(fields).map(lambda values: kind(**values))
    raise AssertionError(f"no strategy for {kind}")


@pytest.mark.parametrize("kind", event_codec.event_types().values(), ids=lambda kind: kind.__name__)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_event_survives_the_round_trip(kind: type, data: st.DataObject) -> None:
    event = data.draw(_values(kind))
    back = event_codec.decode(event_codec.encode(event))
    assert type(back) is kind
    assert back == event


def test_every_event_class_is_known() -> None:
    names = set(event_codec.event_types())
    assert {"TranscriptFinal", "TranscriptPartial", "CallStarted", "EscalationRaised", "NoticeRaised"} <= names
    assert "CallEvent" not in names


def test_enums_and_nested_values_come_back_as_their_own_types() -> None:
    event = EscalationRaised(
        call_id="c", t_ns=1, pack_id="p", reason=EscalationReason("x", (AbuseLabel.THREAT,)), delivery=Delivery.NO_KEY
    )
    back = event_codec.decode(event_codec.encode(event))
    assert isinstance(back, EscalationRaised)
    assert back.reason.labels[0] is AbuseLabel.THREAT
    assert isinstance(back.reason, EscalationReason)


def test_a_field_that_a_newer_program_added_within_the_schema_is_ignored() -> None:
    value = event_codec.to_object(CallEnded(call_id="c", t_ns=1, duration_s=2.0)) | {"mood": "x"}
    assert event_codec.from_object(value) == CallEnded(call_id="c", t_ns=1, duration_s=2.0)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"schema": event_codec.SCHEMA + 1}, "store.event_newer"),
        ({"schema": None}, "store.event_newer"),
        ({"type": "SomethingElse"}, "store.event_unknown"),
        ({"type": "CallEvent"}, "store.event_unknown"),
        ({"duration_s": "long"}, "store.event_broken"),
    ],
)
def test_what_cannot_be_read_is_a_fault(change: dict[str, object], code: str) -> None:
    value = event_codec.to_object(CallEnded(call_id="c", t_ns=1, duration_s=2.0)) | change
    with pytest.raises(StoreFault) as caught:
        event_codec.decode(json.dumps(value))
    assert caught.value.code == code
    assert str(caught.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "7", "null", "{}"])
def test_broken_json_is_a_fault(text: str) -> None:
    with pytest.raises(StoreFault) as caught:
        event_codec.decode(text)
    assert "()" not in str(caught.value)


def test_records_survive_the_round_trip() -> None:
    records = (CallRecord("교통", None, ("문의",), ("답",), (), "회신", {"inquiry.0": (0, 2)}), CallRecord("복지"))
    assert event_codec.decode_records(event_codec.encode_records(records)) == records
