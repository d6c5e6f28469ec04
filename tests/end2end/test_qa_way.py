"""The whole way of a drawn call between a counsellor's PC and a trainer's, with real stores, seals and exchanges."""

from __future__ import annotations

import errno
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.adapters.exchange_store import ExchangeStore
from app.adapters.signing import DeskSigner
from app.errors import ProfileFault, QaFault, StoreFault
from app.evidence_check import read_desks
from app.holdings import fate
from app.key_side import turn_of
from app.outbox_rows import all_packs
from app.package_side import open_exchange, package_opener
from app.personal import key_place, verifier
from app.profile_removal import remove
from app.profiles import Profiles
from app.qa import draws
from app.qa.exchange import Exchange
from app.qa.sealed import MAX_SEALED
from app.qa.signed import MAX_BYTES, open_signed
from assist.model import Delivery
from assist.review.model import AnswerKind, HeaderFlag
from audio.model import Channel
from resources.notices import sentence
from tests.helpers.call_sound import pattern
from tests.helpers.personal import final
from tests.helpers.quality import CANARY, Clock, QaDeskPc, QaTrainerPc, a_letter, trainer_keys_in, with_exchange


@pytest.fixture(autouse=True)
def key_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")


@pytest.fixture(params=["folder", "memory"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "folder":
        (tmp_path / "share").mkdir()
        yield str(tmp_path / "share")
        return
    import fsspec

    yield f"memory://{tmp_path.name}"
    fsspec.filesystem("memory").store.clear()


@pytest.fixture
def share(tmp_path: Path) -> str:
    (tmp_path / "share").mkdir()
    return str(tmp_path / "share")


class Site:
    """One desk and one trainer with what the trainers handed over."""

    def __init__(self, folder: Path, address: str, shift: bool = False) -> None:
        self.clock = Clock()
        self.address = address
        trainer_keys_in(folder / "keys")
        self.card, self.key = folder / "keys" / "trainer.json", folder / "keys" / "trainer.key"
        self.desk = QaDeskPc(folder / "desk", address, self.card, self.clock, shift=shift)
        listed = folder / "desks.txt"
        listed.write_text(f"{self.desk.desk_id} {self.desk.public_key}\n")
        assert read_desks(listed, verifier())
        self.trainer = QaTrainerPc(folder / "trainer", address, self.key, self.clock, listed)

    @property
    def exchange(self) -> Exchange:
        return open_exchange(self.address)

    def to_draw(self) -> None:
        """A call is made and put away, its header goes out and is taken in."""
        self.desk.call()
        self.desk.send()
        look = self.trainer.look()
        assert (look.headers, look.fault) == (1, "")

    def to_order(self) -> str:
        """... and it is drawn; returns its header id."""
        self.to_draw()
        draw = self.trainer.draw()
        self.trainer.send()
        return draw.calls[0].header

    def state(self) -> str:
        rows = self.desk.personal.store.read(lambda db: list(db.query("SELECT state FROM qa_drawn")))
        return rows[0]["state"] if rows else ""

    def close(self) -> None:
        self.desk.close()
        self.trainer.close()


@pytest.fixture
def site(tmp_path: Path, share: str) -> Iterator[Site]:
    made = Site(tmp_path, share)
    yield made
    made.close()


def test_from_the_call_to_the_end_of_its_hold(tmp_path: Path, address: str) -> None:
    site = Site(tmp_path, address)
    desk, trainer = site.desk, site.trainer
    desk.call("practice-1", source="practice")
    desk.call()
    assert desk.personal.unsent() == (0, 0)  # what the counsellor sees waiting is evidence alone
    desk.send()
    # The header: these fields, signed, and nothing else.
    (listed,) = site.exchange.list("headers/2026-11-22")
    raw = site.exchange.take(listed.name)
    note = open_signed("header", raw, verifier())
    assert note.signer == desk.desk_id
    assert note.key == desk.public_key
    assert {name: value for name, value in note.body.items() if name not in ("id", "recipient")} == {
        "counsellor": "C-007",
        "started_at": "2026-11-22T10:00+00:00",
        "duration_s": 3,
        "category": "교통",
        "flags": ["held"],
    }
    assert note.body["recipient"].startswith("age1")
    assert len(note.body["id"]) == 32
    assert "call-1" not in raw.decode()
    # The trainer sees and draws it.
    look = trainer.look()
    assert (look.headers, look.unproven, look.packages, look.broken, look.fault) == (1, 0, 0, 0, "")
    assert trainer.side.inbox.headers()[0].header.flags == (HeaderFlag.HELD,)
    header = trainer.draw().calls[0].header
    trainer.send()
    assert open_signed("draw", site.exchange.take("draws/plan-1.json"), verifier()).body["headers"] == [header]
    assert "C-007" not in site.exchange.take("draws/plan-1.json").decode()  # nobody learns whose calls were drawn
    # The desk seals, tells, holds.
    found = desk.look()
    assert (found.drawn, found.sealed, found.fault) == (1, 1, "")
    assert site.state() == "sealed"
    assert [event.code for event in desk.told if hasattr(event, "code")] == ["qa.drawn"]
    (row,) = desk.quality.letters.drawn()
    assert (row.session_id, row.plan, row.state) == ("call-1", "11월 정기", "sealed")
    assert row.until == "2026-12-12"  # the desk's own limit
    (held,) = (one for one in desk.personal.holdings.look().rows if one.session_id == "call-1")
    assert (held.exempt, fate(held)) == ("drawn", "평가 표본으로 보관 중")
    with pytest.raises(StoreFault) as refused:
        desk.personal.retention.delete("call-1")
    assert refused.value.code == "store.drawn"
    desk.send()
    assert not list(desk.home.qa_outbox.iterdir())
    # The trainer opens the package: every line as it was stored, and the sound.
    assert trainer.look().packages == 1
    (kept,) = trainer.store.read(lambda db: list(db.query("SELECT * FROM qa_packages")))
    loaded = package_opener(trainer.store, now=site.clock).open(trainer.home.packages / kept["file"])
    stored = desk.personal.store.read(lambda db: [r["body"] for r in db.query("SELECT body FROM events ORDER BY seq")])
    assert [one.body for one in loaded.stored] == [body for body in stored if '"call-1"' in body]
    assert loaded.facts.counsellor == "C-007"
    assert loaded.sound is not None
    assert loaded.sound.read(Channel.CALLER, 0, 1_000).tolist() == pattern(Channel.CALLER, 0, 1_000).tolist()
    loaded.close()
    # Receipt, and the hold ends.
    found = desk.look()
    assert (found.fetched, found.fault, site.state()) == (1, "", "fetched")
    desk.personal.retention.delete("call-1")
    assert trainer.look().packages == 0
    # Nothing of the call is in clear on any disk.
    words = CANARY.encode()
    for file in (one for one in tmp_path.rglob("*") if one.is_file()):
        assert words not in file.read_bytes(), file.name
    assert header not in "".join(str(one) for one in site.desk.home.logs.rglob("*"))
    site.close()


def test_a_letter_and_the_word_on_it_travel_sealed(site: Site) -> None:
    header = site.to_order()
    site.desk.look()
    site.desk.send()
    site.trainer.look()
    letter = a_letter(header)
    site.trainer.side.post.send_letter(letter)
    site.trainer.share(letter)
    site.trainer.send()
    (name,) = (one.name for one in site.exchange.list(f"letters/{site.desk.desk_id}"))
    assert "친절" not in site.exchange.take(name).decode()
    assert site.desk.look().letters == 1
    assert site.exchange.list(f"letters/{site.desk.desk_id}") == ()  # read by its one reader, and gone
    assert site.desk.look().letters == 0
    (row,) = site.desk.quality.letters.letters()
    assert (row.letter.rating.note, row.session_id) == ("친절했습니다", "call-1")
    # The answer comes back, and only from the desk of that call.
    site.trainer.store.write(
        lambda db: db.table("qa_ratings").insert(
            {
                "rating_id": letter.rating.id,
                "call": header,
                "counsellor": "C-007",
                "call_at": "",
                "rubric": "core",
                "rubric_version": 1,
                "rater": "",
                "blind": 0,
                "calibration": "",
                "submitted_at": "2026-11-22",
                "body": "{}",
            }
        )
    )
    site.desk.quality.letters.answer(letter.rating.id, AnswerKind.OBJECTED, text="다시 들어 주세요")
    site.desk.send()
    site.trainer.look()
    assert [(one.kind, one.text) for one in site.trainer.answers] == [(AnswerKind.OBJECTED, "다시 들어 주세요")]
    site.trainer.look()
    assert len(site.trainer.answers) == 1


def test_another_trainers_pc_gets_ratings_and_draws(site: Site, tmp_path: Path) -> None:
    header = site.to_order()
    site.trainer.share(a_letter(header))
    site.trainer.send()
    colleague = QaTrainerPc(tmp_path / "colleague", site.address, site.key, site.clock)
    stranger = QaTrainerPc(tmp_path / "stranger", site.address, None, site.clock)
    try:
        look = colleague.look()
        assert (look.fault, look.broken, look.letters, look.unproven) == ("", 0, 1, 0)  # no list: signed is enough
        assert [one.rating.call for one in colleague.shared] == [header]
        (kept,) = colleague.store.read(draws.kept_draws)
        assert (kept.draw.plan.title, kept.draw.calls[0].header, kept.sent_at) == ("11월 정기", header, "")
        site.desk.look()
        site.desk.send()
        assert colleague.look().packages == 1
        assert site.trainer.look().packages == 1  # both have it, whoever was first
        fault = stranger.look().fault
        assert "take-key" in fault
        assert stranger.shared == []
    finally:
        colleague.close()
        stranger.close()


def test_only_what_the_trainers_signed_is_obeyed(site: Site, tmp_path: Path) -> None:
    site.to_draw()
    header = site.trainer.side.inbox.headers()[0].header.id
    trainer_keys_in(tmp_path / "others")
    other = QaTrainerPc(tmp_path / "other", site.address, tmp_path / "others" / "trainer.key", site.clock)
    other.look()
    other.draw("plan-x")
    other.send()
    other.close()
    assert (site.desk.look().drawn, site.state()) == (0, "")
    # A forged receipt ends no hold.
    site.trainer.draw()
    site.trainer.send()
    site.desk.look()
    forged = draws.write_receipt(header, "0" * 32, DeskSigner(bytes(32)))
    site.exchange.write(f"receipts/{header}.json", io.BytesIO(forged))
    assert site.desk.look().fetched == 0
    assert site.state() == "sealed"
    # ... and keeps the true one from nobody.
    site.desk.send()
    assert site.trainer.look().packages == 1
    assert (site.desk.look().fetched, site.state()) == (1, "fetched")


def test_files_too_large_to_be_any_keep_nothing_else_from_the_desk(site: Site) -> None:
    header = site.to_order()
    site.desk.look()
    site.desk.send()
    site.exchange.write(f"receipts/{header}.json", io.BytesIO(bytes(MAX_BYTES + 1)))
    site.exchange.write(f"letters/{site.desk.desk_id}/{'0' * 32}.json", io.BytesIO(bytes(MAX_SEALED + 1)))
    site.trainer.side.post.send_letter(a_letter(header))
    site.trainer.send()
    look = site.desk.look()
    assert (look.fetched, look.letters, look.fault) == (0, 1, "")
    assert site.trainer.look().packages == 1
    assert site.desk.look().fetched == 1


def test_headers_of_unknown_desks_and_broken_files_are_counted_and_not_drawn(site: Site, tmp_path: Path) -> None:
    site.to_draw()
    unknown = QaDeskPc(tmp_path / "unknown", site.address, site.card, site.clock, code="C-900")
    unknown.call("call-9")
    unknown.send()
    unknown.close()
    good = next(one for one in site.exchange.list("headers/2026-11-22"))
    changed = site.exchange.take(good.name).replace(b"C-007", b"C-008").replace(b"C-900", b"C-008")
    for name, data in (("aa", changed), ("bb", b"{"), ("cc", site.exchange.take(good.name))):
        site.exchange.write(f"headers/2026-11-22/{name}.json", io.BytesIO(data))
    look = site.trainer.look()
    assert (look.headers, look.unproven, look.broken, look.fault) == (1, 1, 3, "")
    assert [one.header.counsellor for one in site.trainer.side.inbox.headers()] == ["C-007"]
    assert site.trainer.look().broken == 0


def test_a_full_or_absent_exchange_delays_and_loses_nothing(site: Site, tmp_path: Path) -> None:
    share, away = Path(site.address), tmp_path / "away"
    share.rename(away)
    site.desk.call()
    site.desk.send()
    assert "share" in site.desk.look().fault
    assert site.trainer.look().fault
    waiting = [one for one in site.desk.personal.store.read(all_packs) if one.delivery is not Delivery.ACCEPTED]
    assert [(one.kind.value, one.attempts) for one in waiting] == [("header", 1)]
    assert site.desk.personal.outbox() == ()  # the counsellor's list of waiting evidence stays clear
    away.rename(share)
    site.desk.send()
    assert site.trainer.look().headers == 1
    site.trainer.draw()
    share.rename(away)
    site.trainer.send()
    away.rename(share)
    site.trainer.send()
    assert site.desk.look().sealed == 1
    share.rename(away)
    site.desk.send()
    assert site.state() == "sealed"
    assert len(list(site.desk.home.qa_outbox.iterdir())) == 1
    away.rename(share)
    site.desk.send()
    share.rename(away)
    assert site.trainer.look().packages == 0
    away.rename(share)
    assert site.trainer.look().packages == 1
    site.desk.look()
    assert site.state() == "fetched"


def test_a_hold_ends_on_its_last_day_and_nothing_of_it_is_sent_any_more(site: Site) -> None:
    site.to_order()
    assert site.desk.look().sealed == 1
    site.clock.later(days=21)
    site.desk.look()
    assert site.state() == "released"
    assert not list(site.desk.home.qa_outbox.iterdir())
    site.desk.send()
    assert all(one.kind.value != "package" for one in site.desk.personal.store.read(all_packs))
    site.desk.personal.retention.delete("call-1")


def test_the_shift_of_a_home_worker_leaves_a_drawn_call_until_it_is_fetched(tmp_path: Path, share: str) -> None:
    site = Site(tmp_path, share, shift=True)
    site.to_order()
    site.desk.look()
    site.desk.call("call-2")
    site.desk.close()
    site.desk.open()
    assert [row.id for row in site.desk.personal.store.sessions()] == ["call-1"]
    site.desk.send()
    assert site.trainer.look().packages == 1
    site.desk.look()
    assert site.state() == "fetched"
    site.desk.close()
    site.desk.open()
    assert site.desk.personal.store.sessions() == ()
    site.close()


def test_a_header_that_a_crash_left_out_is_posted_at_the_next_start_once(site: Site) -> None:
    site.desk.look()  # from here on the site has it turned on
    store = site.desk.personal.store
    site.clock.later(minutes=1)
    store.begin_session("call-3", site.clock().isoformat(), "devices", "")
    store.append(final(1, "call-3"))
    store.begin_session("call-4", site.clock().isoformat(), "devices", "")  # nothing of it was kept
    store.flush()
    site.desk.close()
    site.desk.open()  # the call is found interrupted
    assert site.desk.look().headers == 1
    assert site.desk.look().headers == 0
    site.desk.send()
    site.trainer.look()
    (known,) = site.trainer.side.inbox.headers()
    assert known.header.flags == (HeaderFlag.INTERRUPTED,)


def test_calls_of_before_it_was_turned_on_have_no_header(site: Site) -> None:
    site.desk.settings = with_exchange(site.desk.settings, exchange="")
    site.desk.call("early")
    assert site.desk.personal.store.read(all_packs) == ()
    site.clock.later(hours=1)
    site.desk.settings = with_exchange(site.desk.settings, exchange=site.address)
    assert site.desk.look().headers == 0


def test_a_call_that_is_filed_while_it_goes_on_has_its_header_when_it_is_put_away(site: Site) -> None:
    store = site.desk.personal.store
    store.begin_session("call-4", site.clock().isoformat(), "devices", "")
    store.append(final(1, "call-4"))
    site.desk.personal.filing.file("call-4", ())
    assert store.read(all_packs) == ()
    store.end_session("call-4", 61.4)
    site.desk.quality.desk.put_away("call-4")
    site.desk.quality.desk.put_away("call-4")
    assert [one.kind.value for one in store.read(all_packs)] == ["header"]


def test_nothing_is_done_while_a_call_is_open(site: Site) -> None:
    site.to_order()
    open_calls = ["call-5"]
    site.desk.quality.desk.watch(lambda: open_calls)
    assert site.desk.look().sealed == 0
    open_calls.clear()
    assert site.desk.look().sealed == 1


def test_a_missing_card_says_so_and_a_wrong_one_too(site: Site, tmp_path: Path) -> None:
    site.to_order()
    site.desk.settings = with_exchange(site.desk.settings, trainer_card=None)
    assert "trainer.json" in site.desk.look().fault
    (tmp_path / "card.json").write_text("{}")
    site.desk.settings = with_exchange(site.desk.settings, trainer_card=tmp_path / "card.json")
    assert "trainer.json" in site.desk.look().fault
    assert site.state() == ""
    site.desk.settings = with_exchange(site.desk.settings, trainer_card=site.card)
    assert site.desk.look().drawn == 1


def test_a_plan_is_drawn_once_and_an_empty_draw_is_not_sent(site: Site) -> None:
    site.to_draw()
    first = site.trainer.draw()
    assert site.trainer.draw() == first  # the same again
    site.trainer.send()
    assert len(site.exchange.list("draws")) == 1
    site.desk.call("call-2")
    site.desk.send()
    site.trainer.look()
    with pytest.raises(QaFault) as refused:
        site.trainer.draw()
    assert refused.value.code == "qa.drawn_before"
    with pytest.raises(QaFault):
        site.trainer.side.post.send_draw(replace(first, calls=()), site.clock().date())


def test_past_packages_leave_the_exchange(site: Site) -> None:
    site.to_order()
    site.desk.look()
    site.desk.send()
    site.trainer.look()
    assert site.exchange.list("packages")
    site.clock.later(days=40)
    site.trainer.look()
    assert [name for name in ("draws", "packages", "receipts") if site.exchange.list(name)] == []
    site.clock.later(days=30)
    site.trainer.look()
    assert not list(Path(site.address, "headers").rglob("*.json"))


def test_a_profile_with_a_drawn_call_is_not_removed(tmp_path: Path, share: str) -> None:
    site = Site(tmp_path, share)
    made = Profiles(site.desk.home, key_place).add("김상담")
    site.desk.close()
    site.desk.home = site.desk.home.of_profile(made.id)
    site.desk.open()
    site.trainer.settings = with_exchange(site.trainer.settings, desks=None)
    site.to_order()
    site.desk.look()
    site.desk.close()
    with pytest.raises(ProfileFault) as refused:
        remove(Profiles(site.desk.home, key_place), site.desk.home)
    assert refused.value.code == "profiles.held"
    site.desk.open()
    site.desk.send()
    site.trainer.look()
    site.desk.look()
    site.desk.close()
    remove(Profiles(site.desk.home, key_place), site.desk.home)
    site.trainer.close()


def test_letters_come_under_the_earlier_name_of_a_desk_whose_key_was_changed(site: Site) -> None:
    header = site.to_order()
    site.desk.look()
    before = site.desk.desk_id
    site.trainer.side.post.send_letter(a_letter(header))
    site.trainer.send()
    home = site.desk.home
    site.desk.close()
    turn_of(home, key_place(home)).turn()
    site.desk.open()
    assert site.desk.desk_id != before
    assert site.desk.look().letters == 1
    assert len(site.desk.quality.letters.letters()) == 1
    # What is not sealed yet would bear a key that its header does not: it is let go instead of held in vain.
    site.desk.personal.store.write(lambda db: db.execute("UPDATE qa_drawn SET state = 'drawn'"))
    site.desk.look()
    assert site.state() == "released"


def test_a_full_exchange_and_a_full_disk_delay_and_lose_nothing(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(ExchangeStore, "_put", full)
        site.desk.call()
        site.desk.send()
    (row,) = site.desk.sender.rows()
    assert (row.delivery, row.last_error) == (Delivery.WAITING, sentence("package.exchange_full", name=site.address))
    site.desk.send()
    site.trainer.look()
    site.trainer.draw()
    site.trainer.send()
    with monkeypatch.context() as patch:
        patch.setattr("app.qa.package_zip.os.fsync", full)
        found = site.desk.look()
    assert (found.drawn, found.sealed, site.state()) == (1, 0, "drawn")
    assert found.fault
    assert site.desk.look().sealed == 1
    site.desk.send()
    with monkeypatch.context() as patch:
        patch.setattr("app.adapters.exchange_store.os.fsync", full)
        look = site.trainer.look()
    assert (look.packages, bool(look.fault)) == (0, True)
    assert site.trainer.look().packages == 1
    assert not [file for file in tmp_path.rglob("*") if file.name.endswith(".part")]
