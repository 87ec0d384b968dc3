"""Cards: written and read back, nothing in them that tells anything, nothing made up that is taken for one."""

import base64
import os
from collections import Counter

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from cobijo.algorithms import cards, codes
from cobijo.algorithms.cards import BadCard

SIGNER = Ed25519PrivateKey.generate()
KNOWN = {cards.key_id(SIGNER.public_key()): SIGNER.public_key()}


def reason_of(text: str) -> str:
    with pytest.raises(BadCard) as refused:
        cards.read(text, KNOWN)
    return refused.value.reason


@given(secret=st.binary(min_size=16, max_size=16))
def test_what_is_written_is_read_back(secret: bytes) -> None:
    text = cards.write(SIGNER, secret)
    assert cards.read(text, KNOWN) == secret
    assert cards.read(f" {text[:70].lower()} {text[70:]}\r\n", KNOWN) == secret


def test_a_text_has_only_signs_that_every_keyboard_types_alike() -> None:
    text = cards.write(SIGNER, os.urandom(16))
    assert len(text) == cards.SIGNS
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


def test_ten_thousand_cards_share_nothing_but_version_and_key() -> None:
    """The first eight signs are the version and the key's id; after them each sign is as random as any."""
    texts = [cards.write(SIGNER, os.urandom(16)) for _ in range(10_000)]
    shared = texts[0][:8]
    assert all(text.startswith(shared) for text in texts)
    assert base64.b32decode(shared) == bytes([cards.VERSION]) + cards.key_id(SIGNER.public_key())
    assert len({text[8] for text in texts}) == 32
    assert len({text[8:20] for text in texts}) == len(texts)
    for place in range(8, 33):  # where the secret stands: 32 signs, each some 312 times of 10,000
        assert max(Counter(text[place] for text in texts).values()) < 450


@given(place=st.integers(0, cards.SIGNS - 1), shift=st.integers(1, 31))
def test_a_sign_changed_anywhere_is_no_card(place: int, shift: int) -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    text = cards.write(SIGNER, b"sixteen bytes ok")
    sign = alphabet[(alphabet.index(text[place]) + shift) % 32]
    assert reason_of(text[:place] + sign + text[place + 1 :]) in ("version", "key", "signature")


def test_another_installations_card_and_a_forged_one_say_so() -> None:
    other = Ed25519PrivateKey.generate()
    assert reason_of(cards.write(other, os.urandom(16))) == "key"
    own = base64.b32decode(cards.write(SIGNER, os.urandom(16)))
    theirs = base64.b32decode(cards.write(other, os.urandom(16)))
    assert reason_of(base64.b32encode(own[:21] + theirs[21:]).decode()) == "signature"
    assert reason_of(base64.b32encode(bytes([2]) + own[1:]).decode()) == "version"


def test_a_signature_made_for_something_else_is_none() -> None:
    signed = bytes([cards.VERSION]) + cards.key_id(SIGNER.public_key()) + os.urandom(16)
    assert reason_of(base64.b32encode(signed + SIGNER.sign(signed)).decode()) == "signature"


@given(text=st.text())
def test_any_other_text_is_refused_and_nothing_breaks(text: str) -> None:
    assert reason_of(text) == "text"


def test_a_secret_of_another_length_is_our_own_fault() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        cards.write(SIGNER, b"short")


# --- the number said aloud -------------------------------------------------------------------------------------------


@given(number=st.integers(0, codes.CODES - 1))
def test_a_number_is_heard_as_it_is_said(number: int) -> None:
    said = cards.spoken(number)
    assert cards.heard(said) == cards.heard(said.lower().replace("-", " ")) == cards.heard(said[2:]) == number
    assert cards.heard(cards.barcode(number)) == number
    assert len(cards.barcode(number)) == 8
    assert cards.looks_like_number(said)
    assert not cards.is_scanned(said)


def test_the_code_of_a_person_is_not_taken_for_a_cards_number() -> None:
    assert not cards.looks_like_number(codes.encode(2_000))
    assert not cards.looks_like_number("Catarina")
    assert cards.is_scanned(cards.write(SIGNER, os.urandom(16)))


def test_a_slip_in_a_number_is_found() -> None:
    with pytest.raises(codes.BadCode):
        cards.heard("C-000-000-1")
