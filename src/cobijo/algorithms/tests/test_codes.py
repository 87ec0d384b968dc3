import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobijo.algorithms.codes import ALPHABET, CODES, BadCode, decode, encode, looks_like_code

numbers = st.integers(0, CODES - 1)


def reason_of(text: str) -> str:
    with pytest.raises(BadCode) as caught:
        decode(text)
    return caught.value.reason


def test_the_codes_of_the_first_numbers_never_change() -> None:
    """Codes are printed on cards: another scramble would orphan them."""
    first = [encode(number) for number in (0, 1, 2, CODES - 1)]
    assert first == ["8C0-ZZ6-Z", "PDX-1XG-1", "9GZ-RJ8-0", "JG8-KVZ-Z"]


@given(numbers)
def test_a_code_comes_back_as_its_number(number: int) -> None:
    code = encode(number)
    assert decode(code) == number
    assert [len(group) for group in code.split("-")] == [3, 3, 1]
    assert set(code) <= set(ALPHABET) | {"-"}


@pytest.mark.parametrize("number", [-1, CODES])
def test_a_number_beyond_the_range_has_no_code(number: int) -> None:
    with pytest.raises(ValueError, match="a code holds numbers"):
        encode(number)


@pytest.mark.parametrize("number", [1, 31, 123_456_789, CODES - 1])
def test_every_single_wrong_character_is_detected(number: int) -> None:
    code = encode(number).replace("-", "")
    for place, char in itertools.product(range(7), ALPHABET):
        if char != code[place]:
            assert reason_of(code[:place] + char + code[place + 1 :]) == "check"


def test_every_pair_of_exchanged_neighbours_is_detected() -> None:
    """For each place and each two different characters, in codes that hold them there."""
    for place, (left, right) in itertools.product(range(6), itertools.permutations(ALPHABET, 2)):
        code = code_with(place, left, right)
        assert reason_of(code[:place] + right + left + code[place + 2 :]) == "check"


def code_with(place: int, left: str, right: str) -> str:
    """Return a right code with two given characters at a place: the one of 32 candidates whose check fits."""
    free = 0 if place > 1 else 5
    for char in ALPHABET:
        chars = ["7"] * 7
        chars[free], chars[place], chars[place + 1] = char, left, right
        try:
            decode("".join(chars))
        except BadCode:
            continue
        return "".join(chars)
    raise AssertionError("no code holds these characters")


@given(numbers, st.data())
def test_a_slip_anywhere_is_detected(number: int, data: st.DataObject) -> None:
    code = encode(number).replace("-", "")
    place = data.draw(st.integers(0, 6))
    char = data.draw(st.sampled_from(ALPHABET.replace(code[place], "")))
    assert reason_of(code[:place] + char + code[place + 1 :]) == "check"


@given(numbers)
def test_a_code_is_read_as_people_type_it(number: int) -> None:
    code = encode(number)
    heard = code.lower().replace("0", "o").replace("1", "l")
    for typed in (heard, code.replace("1", "i"), code.replace("-", " "), code.replace("-", "–"), f" {code}\u200b"):
        assert decode(typed) == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "length"),
        ("ABC-DEF", "length"),
        ("ABC-DEF-GH", "length"),
        ("ABC-DEU-G", "character"),
        ("ABC#DEF", "character"),
    ],
)
def test_what_is_no_code_is_refused_with_its_reason(text: str, reason: str) -> None:
    assert reason_of(text) == reason


@given(st.text())
def test_any_text_is_a_code_or_a_bad_one(text: str) -> None:
    reason: str = "none"
    try:
        number = decode(text)
    except BadCode as bad:
        reason = bad.reason
    else:
        assert 0 <= number < CODES
    assert reason in {"none", "length", "character", "check"}
    assert looks_like_code(text) <= (reason in {"none", "check"})


def test_consecutive_numbers_share_no_visible_order() -> None:
    codes = [encode(number) for number in range(2_000)]
    rising = sum(first < second for first, second in itertools.pairwise(codes))
    assert 850 < rising < 1_150
    same_start = sum(first[:2] == second[:2] for first, second in itertools.pairwise(codes))
    assert same_start < 20
    assert len(set(codes)) == 2_000


@pytest.mark.parametrize("number", [7, 4_711, CODES - 1])
def test_a_search_box_tells_codes_from_names(number: int) -> None:
    code = encode(number)
    assert looks_like_code(code)
    assert looks_like_code(code.replace("-", "").lower())
    assert not looks_like_code("Ana Pérez")
    assert not looks_like_code("12345678")


def test_a_slip_in_a_code_written_as_one_still_looks_like_a_code() -> None:
    slip = "8C0-ZZ6-A"
    assert reason_of(slip) == "check"
    assert looks_like_code(slip)
    assert not looks_like_code(slip.replace("-", ""))
