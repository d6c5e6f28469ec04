from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.caller_numbers import CallerHasher, for_pack, normalise, own_hasher
from app.errors import CallerFault

WORDS = "공일이삼사오육칠팔구"


@pytest.mark.parametrize(
    "text",
    [
        "01012345678",
        "010-1234-5678",
        " 010 1234 5678 ",
        "010.1234.5678",
        "(010) 1234-5678",
        "+82 10-1234-5678",
        "+821012345678",
        "+82 (0)10 1234 5678",
        "0082-10-1234-5678",
        "82-10-1234-5678",
        "０１０－１２３４－５６７８",
        "공일공 일이삼사 오육칠팔",
        "공일공에 일이삼사에 오육칠팔이요",
        "발신번호: 010-1234-5678",
        "tel:+82-10-1234-5678",
        "010-1234-5678 (010-1234-5678)",
    ],
)
def test_one_number_in_many_shapes(text: str) -> None:
    assert normalise(text) == "01012345678"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("02)123-4567", "021234567"),
        ("+82 2 123 4567", "021234567"),
        ("031-123-4567", "0311234567"),
        ("1588-1234", "15881234"),
        ("0507-1234-5678", "050712345678"),
        ("+81 90-1234-5678", "+819012345678"),
        ("001 1 212 555 0100", "+12125550100"),
        ("", ""),
        ("번호 없음", ""),
        ("발신번호표시제한", ""),
        ("120", ""),
        ("1234-5678", ""),
        ("010-1234", ""),
        ("010-1234-5678 010-9999-8888", ""),
        ("900101-1234567", ""),
        ("0" * 300, ""),
    ],
)
def test_other_numbers_and_what_is_none(text: str, number: str) -> None:
    if number:
        assert normalise(text) == number
        return
    with pytest.raises(CallerFault) as caught:
        normalise(text)
    assert caught.value.code == "caller.not_a_number"


@given(
    digits=st.from_regex(r"01[016789][2-9][0-9]{7}", fullmatch=True),
    separators=st.tuples(*[st.sampled_from(["", " ", "-", ".", " - ", "‐"])] * 2),
    shape=st.sampled_from(["plain", "abroad", "spoken", "wide", "bracket"]),
    around=st.sampled_from(["", " ", "\t", "번호 "]),
)
@settings(max_examples=200, deadline=None)
def test_shape_never_changes_a_number(digits: str, separators: tuple[str, str], shape: str, around: str) -> None:
    one, two, three = digits[:3], digits[3:7], digits[7:]
    if shape == "spoken":
        one, two, three = ("".join(WORDS[int(digit)] for digit in part) for part in (one, two, three))
        separators = (" ", " ")
    elif shape == "abroad":
        one = f"+82{separators[0]}{one[1:]}"
    elif shape == "wide":
        one = "".join(chr(ord(digit) + 0xFEE0) for digit in one)
    elif shape == "bracket":
        one = f"({one})"
    assert normalise(f"{around}{one}{separators[0]}{two}{separators[1]}{three}{around.strip()}") == digits


@given(st.text(max_size=250))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_number_or_one_sentence(text: str) -> None:
    try:
        number = normalise(text)
    except CallerFault:
        return
    assert number.lstrip("+").isdigit()
    assert normalise(number) == number


def test_a_hash_depends_on_key_and_salt_and_tells_nothing() -> None:
    number = "01012345678"
    hashes = {
        CallerHasher("a", key, salt).of(number) for key in (b"k" * 32, b"K" * 32) for salt in (b"s" * 16, b"S" * 16)
    }
    assert len(hashes) == 4
    assert all(number not in one and one.startswith("a:") and len(one) == 34 for one in hashes)
    assert CallerHasher("a", b"k" * 32, b"s" * 16).of(number) in hashes
    own = own_hasher(b"k" * 32).of(number)
    assert for_pack(own) == ""
    assert for_pack(next(iter(hashes))) in hashes
