from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audio import journal
from audio.adapters.sealed_frames import SealedJournals
from audio.errors import JournalFault
from audio.journal import DATA_START, HEADER_BYTES, SLOT_BYTES, SLOT_SAMPLES, Title
from audio.model import Channel
from resources.notices import codes

KEY = bytes(range(32))
OTHER_KEY = bytes(32)
FULL = 3
TITLE = Title("call-1", Channel.CALLER, 0)


def second(number: int) -> np.ndarray:
    """Return a second of sound that tells its number."""
    return np.random.default_rng(number).integers(-30000, 30000, SLOT_SAMPLES).astype(np.int16)


def write(folder: Path, title: Title = TITLE, seconds: int = FULL, tail: int | None = 777) -> Path:
    """Write a journal of whole seconds and, unless None, a last slot of ``tail`` samples."""
    writer = SealedJournals(KEY).create(folder, title)
    for number in range(seconds):
        writer.append(second(number))
    if tail is not None:
        writer.append(second(seconds)[:tail], last=True)
    writer.close()
    return folder / title.file_name


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the content of a finished journal: three seconds and 777 samples."""
    return write(tmp_path_factory.mktemp("journal")).read_bytes()


def good_slots(content: bytes, file: Path) -> tuple[list[int | None], bool]:
    """Return for each whole slot its number if it reads back exactly, else None; and whether it was finished."""
    file.write_bytes(content)
    reader = SealedJournals(KEY).open(file)
    found: list[int | None] = []
    for number in range(reader.slots()):
        pcm = reader.slot(number)
        if pcm is None:
            found.append(None)
            continue
        assert np.array_equal(pcm, second(number)[: 777 if number == FULL else SLOT_SAMPLES])
        found.append(number)
    return found, reader.finished()


def test_what_was_written_reads_back(whole: bytes, tmp_path: Path) -> None:
    assert good_slots(whole, tmp_path / "a.dmj") == ([0, 1, 2, 3], True)


def test_nothing_of_the_sound_or_key_lies_open(whole: bytes) -> None:
    for number in range(FULL):
        plain = second(number).tobytes()
        assert all(plain[at : at + 16] not in whole for at in range(0, len(plain), 1000))
    assert KEY not in whole


def test_two_files_of_the_same_sound_share_nothing(tmp_path: Path) -> None:
    first = write(tmp_path / "a").read_bytes()
    again = write(tmp_path / "b").read_bytes()
    slots = {content[at : at + 16] for content in (first, again) for at in range(DATA_START, len(content), SLOT_BYTES)}
    assert len(slots) == 2 * (FULL + 1)


@pytest.mark.parametrize("slot", [1, 2, 3])
def test_cut_at_bytes_of_each_of_the_last_slots_the_earlier_ones_play(whole: bytes, tmp_path: Path, slot: int) -> None:
    begin = DATA_START + slot * SLOT_BYTES
    file = tmp_path / "cut.dmj"
    file.write_bytes(whole)
    # Every byte would be 96,000 openings; the edges and a stride of a prime cover each region.
    cuts = {
        *range(begin, begin + 40),
        *range(begin, begin + SLOT_BYTES, 499),
        *range(begin + SLOT_BYTES - 40, begin + SLOT_BYTES),
    }
    for length in sorted(cuts, reverse=True):
        os.truncate(file, length)
        reader = SealedJournals(KEY).open(file)
        assert reader.slots() == slot
        assert np.array_equal(reader.slot(slot - 1), second(slot - 1))
        assert not reader.finished()


def test_the_number_of_whole_slots_at_every_byte_of_the_last_three() -> None:
    for size in range(DATA_START + SLOT_BYTES, DATA_START + 4 * SLOT_BYTES):
        assert journal.whole_slots(size) == (size - DATA_START) // SLOT_BYTES
    assert journal.whole_slots(DATA_START - 1) == 0


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(min_value=DATA_START, max_value=DATA_START + (FULL + 1) * SLOT_BYTES - 1))
def test_cut_anywhere_keeps_every_whole_slot_and_is_never_called_finished(
    cut: int, whole: bytes, tmp_path: Path
) -> None:
    found, finished = good_slots(whole[:cut], tmp_path / "cut.dmj")
    assert found == list(range((cut - DATA_START) // SLOT_BYTES))
    assert not finished


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bit=st.integers(min_value=DATA_START * 8, max_value=(DATA_START + (FULL + 1) * SLOT_BYTES) * 8 - 1))
def test_a_flipped_bit_costs_exactly_the_second_it_is_in(bit: int, whole: bytes, tmp_path: Path) -> None:
    damaged = bytearray(whole)
    damaged[bit // 8] ^= 1 << bit % 8
    found, _ = good_slots(bytes(damaged), tmp_path / "bit.dmj")
    hit = (bit // 8 - DATA_START) // SLOT_BYTES
    assert found == [None if number == hit else number for number in range(FULL + 1)]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bit=st.integers(min_value=0, max_value=DATA_START * 8 - 1))
def test_a_flipped_bit_in_one_header_copy_costs_nothing(bit: int, whole: bytes, tmp_path: Path) -> None:
    damaged = bytearray(whole)
    damaged[bit // 8] ^= 1 << bit % 8
    assert good_slots(bytes(damaged), tmp_path / "head.dmj") == ([0, 1, 2, 3], True)


def test_swapped_repeated_or_foreign_slots_are_refused(whole: bytes, tmp_path: Path) -> None:
    slots = [whole[at : at + SLOT_BYTES] for at in range(DATA_START, len(whole), SLOT_BYTES)]
    head = whole[:DATA_START]
    other = write(tmp_path / "other").read_bytes()
    foreign = other[DATA_START : DATA_START + SLOT_BYTES]
    file = tmp_path / "moved.dmj"
    assert good_slots(head + slots[1] + slots[0] + slots[2] + slots[3], file)[0] == [None, None, 2, 3]
    assert good_slots(head + slots[0] + slots[0] + slots[2] + slots[3], file)[0] == [0, None, 2, 3]
    assert good_slots(head + foreign + slots[1] + slots[2] + slots[3], file)[0] == [None, 1, 2, 3]
    # A last slot moved forward does not pass for the end either.
    assert good_slots(head + slots[0] + slots[3], file) == ([0, None], False)


def test_a_header_cannot_be_given_to_another_call(whole: bytes, tmp_path: Path) -> None:
    copy = bytearray(whole[:HEADER_BYTES])
    copy[copy.index(b"call-1") + 5] = ord("2")
    file = tmp_path / "renamed.dmj"
    file.write_bytes(bytes(copy) * 2 + whole[DATA_START:])
    with pytest.raises(JournalFault):
        SealedJournals(KEY).open(file)


def test_an_empty_end_marks_a_file_of_whole_seconds_as_finished(tmp_path: Path) -> None:
    reader = SealedJournals(KEY).open(write(tmp_path, seconds=2, tail=0))
    last = reader.slot(2)
    assert last is not None
    assert len(last) == 0
    assert reader.finished()


def test_without_an_end_it_counts_as_interrupted(tmp_path: Path) -> None:
    reader = SealedJournals(KEY).open(write(tmp_path, seconds=2, tail=None))
    assert reader.slots() == 2
    assert not reader.finished()


@pytest.mark.parametrize("content", [b"", b"RIFF", b"\0" * 4096])
def test_what_is_no_journal_is_one_clear_fault(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "caller-000000000000.dmj"
    file.write_bytes(content)
    with pytest.raises(JournalFault) as caught:
        SealedJournals(KEY).open(file)
    assert caught.value.code in codes("ko")
    assert file.name in str(caught.value)


def test_another_desks_key_opens_nothing(tmp_path: Path) -> None:
    with pytest.raises(JournalFault):
        SealedJournals(OTHER_KEY).open(write(tmp_path))
    with pytest.raises(JournalFault):
        SealedJournals(KEY).open(tmp_path / "absent.dmj")


def test_a_file_is_never_resumed(tmp_path: Path) -> None:
    write(tmp_path)
    with pytest.raises(FileExistsError):
        SealedJournals(KEY).create(tmp_path, TITLE)


def test_only_the_owner_may_read(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows has no such modes")
    file = write(tmp_path / "call")
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


@settings(deadline=None)
@given(
    call=st.text(min_size=1, max_size=16),
    channel=st.sampled_from(list(Channel)),
    start=st.integers(min_value=0, max_value=2**40),
    tail=st.binary(min_size=67, max_size=67),
)
def test_a_header_round_trips(call: str, channel: Channel, start: int, tail: bytes) -> None:
    header = journal.Header(Title(call, channel, start), tail[:7], tail[7:19], tail[19:])
    assert journal.parse_header(header.to_bytes()) == header


def test_a_call_id_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="call id"):
        journal.bound_part(Title("가" * 30, Channel.AGENT, 0), bytes(7))
