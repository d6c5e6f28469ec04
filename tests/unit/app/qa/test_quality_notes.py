"""Trainers' keys, signed and sealed notes: what is not whole, not signed or of a newer program is refused."""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.signing import DeskSigner
from app.errors import QaFault
from app.personal import seal_box, verifier
from app.qa import codec, draws, headers, keys, places, sealed, signed
from assist.review.model import Answer, AnswerKind, HeaderFlag
from tests.helpers.quality import a_letter, trainer_keys_in

SIGNER = DeskSigner(bytes(range(32)))
BODY = {"id": "a" * 32, "counsellor": "C-1", "flags": ["held"]}


def code_of(note: bytes, kind: str = "header", key: str = "") -> str:
    with pytest.raises(QaFault) as refused:
        signed.open_signed(kind, note, verifier(), key)
    return refused.value.code


def changed(note: bytes, **values: object) -> bytes:
    return json.dumps(json.loads(note) | values).encode()


def test_a_note_is_what_its_signer_wrote_or_nothing() -> None:
    note = signed.sign("header", BODY, SIGNER)
    opened = signed.open_signed("header", note, verifier(), SIGNER.public_key)
    assert (opened.body, opened.signer) == (BODY, SIGNER.desk_id)
    assert signed.sign("header", BODY, SIGNER) == note
    other = DeskSigner(bytes(32))
    assert code_of(note, kind="draw") == "qa.note_broken"
    assert code_of(changed(note, kind="draw"), kind="draw") == "qa.note_not_signed"  # no kind passes for another
    assert code_of(note, key=other.public_key) == "qa.note_not_signed"
    assert code_of(changed(note, key=other.public_key)) == "qa.note_not_signed"
    assert code_of(changed(note, body=json.loads(note)["body"].replace("C-1", "C-2"))) == "qa.note_not_signed"
    assert code_of(changed(note, signature=base64.b64encode(bytes(64)).decode())) == "qa.note_not_signed"
    assert code_of(changed(note, version=2)) == "qa.note_newer"
    for broken in (b"", b"[]", b"{}", note[:-20], b"\xff" * 10, b"[" * 100_000):
        assert code_of(broken) == "qa.note_broken"


def test_a_sealed_note_opens_for_its_receiver_alone_and_hides_its_kind() -> None:
    box = seal_box()
    (mine, to_me), (other, _) = box.generate(), box.generate()
    text = sealed.seal("letter", BODY, SIGNER, box, to_me).encode()
    assert b"letter" not in text
    assert b"C-1" not in text
    assert sealed.open_sealed("letter", text, [other, mine], box, verifier()).body == BODY
    for data, code in (
        (text, "qa.note_not_opened"),
        (text[:-30], "qa.note_broken"),
        (b"{}", "qa.note_broken"),
        (changed(text, version=9), "qa.note_newer"),
    ):
        with pytest.raises(QaFault) as refused:
            sealed.open_sealed("letter", data, [other], box, verifier())
        assert refused.value.code == code


def test_keys_and_cards_that_are_none_are_told(tmp_path: Path) -> None:
    card = trainer_keys_in(tmp_path)
    key_file, card_file = tmp_path / "trainer.key", tmp_path / "trainer.json"
    key = keys.read_key(key_file, seal_box())
    assert keys.read_card(card_file, seal_box(), verifier()) == card
    assert key.identity not in card_file.read_text()
    assert key.seed not in repr(key)
    assert key_file.stat().st_mode & 0o077 == 0
    with pytest.raises(QaFault) as refused:
        trainer_keys_in(tmp_path)
    assert refused.value.code == "qa.key_exists"
    wrong = card_file.read_text().replace("age1", "age2")
    for name, text in (
        ("a", ""),
        ("b", "[]"),
        ("c", wrong),
        ("d", "{" * 9_999),
    ):
        (tmp_path / name).write_text(text)
        with pytest.raises(QaFault) as refused:
            keys.read_card(tmp_path / name, seal_box(), verifier())
        assert refused.value.code == "qa.not_a_card"
        with pytest.raises(QaFault) as refused:
            keys.read_key(tmp_path / name, seal_box())
        assert refused.value.code == "qa.not_a_trainer_key"
    with pytest.raises(QaFault):
        keys.read_key(card_file, seal_box())


def test_a_header_of_a_newer_program_is_read_as_far_as_it_is_known() -> None:
    body = {
        "id": "b" * 32,
        "counsellor": "C-1",
        "started_at": "2026-11-22T10:00+09:00",
        "duration_s": 61,
        "category": "우주",
        "flags": ["held", "of_tomorrow"],
        "recipient": "age1",
        "more": 1,
    }
    known = headers.read_header(signed.sign("header", body, SIGNER), verifier(), {SIGNER.desk_id: SIGNER.public_key})
    assert (known.header.category, known.header.flags, known.proven) == ("", (HeaderFlag.HELD,), True)
    for name, value in (
        ("id", "../x"),
        ("started_at", "2026-11-22T10:00"),
        ("duration_s", "long"),
        ("duration_s", 2**65),  # more than a database holds
        ("flags", None),
        ("counsellor", ""),
        ("counsellor", "C-1\x1b[31m\nC-2"),
        ("recipient", "a" * 300),
    ):
        with pytest.raises(QaFault) as refused:
            headers.read_header(signed.sign("header", body | {name: value}, SIGNER), verifier(), {})
        assert refused.value.code == "qa.note_broken"


def test_an_order_and_a_receipt_are_of_these_trainers_and_name_nothing_odd() -> None:
    card = keys.TrainerCard("age1", SIGNER.public_key)
    order = draws.Order("plan-1", "11월", date(2026, 12, 1), ("a" * 32, "b" * 32))
    assert draws.read_order(draws.write_order(order, SIGNER), verifier(), card) == order
    with pytest.raises(QaFault):
        draws.read_order(draws.write_order(order, DeskSigner(bytes(32))), verifier(), card)
    body = {"plan": "../../x", "title": "", "until": "2026-12-01", "headers": []}
    with pytest.raises(QaFault):
        draws.read_order(signed.sign("draw", body, SIGNER), verifier(), card)
    receipt = draws.write_receipt("a" * 32, "c" * 32, SIGNER)
    draws.read_receipt(receipt, verifier(), card, "a" * 32)
    with pytest.raises(QaFault):
        draws.read_receipt(receipt, verifier(), card, "b" * 32)


@given(st.text(), st.sampled_from(AnswerKind))
def test_values_come_back_as_they_went(text: str, kind: AnswerKind) -> None:
    answer = Answer("r", "2026-11-22", kind, ("a", text), text)
    assert codec.load(Answer, codec.dump(answer)) == answer


def test_what_is_no_value_is_told_without_its_words() -> None:
    letter = a_letter("a" * 32)
    assert codec.load(type(letter), codec.dump(letter)) == letter
    with pytest.raises(ValueError, match="no Answer") as refused:
        codec.load(Answer, '{"rating": "은행나무"}')
    assert "은행나무" not in str(refused.value)


@pytest.mark.parametrize("name", ["", "..", "a/b", "a\\b", "-a", "a.json", "가", "a" * 65, "a b"])
def test_odd_names_are_no_ids(name: str) -> None:
    assert not places.is_id(name)
    assert places.id_in(f"answers/{name}.exe") == ""


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=6),
    max_leaves=12,
)


@given(st.binary(max_size=200) | _JSON.map(lambda value: json.dumps(value).encode()))
def test_whatever_lies_in_the_exchange_is_refused_in_a_sentence(data: bytes) -> None:
    card = keys.TrainerCard("age1", SIGNER.public_key)
    for read in (
        lambda: headers.read_header(data, verifier(), {}),
        lambda: draws.read_order(data, verifier(), card),
        lambda: sealed.unseal(data, [], seal_box()),
    ):
        with pytest.raises(QaFault):
            read()
    assert sealed.kind_of(data) == "" or b"kind" in data


@given(_JSON)
def test_whatever_a_desk_signs_is_a_header_or_refused(value: object) -> None:
    body = dict.fromkeys(("id", "counsellor", "started_at", "duration_s", "category", "flags", "recipient"), value)
    for one in (body, body | {"id": "a", "started_at": "2026-11-22T10:00+09:00", "flags": [value]}):
        note = signed.sign("header", one, SIGNER)
        with suppress(QaFault):  # and nothing else
            headers.read_header(note, verifier(), {})
