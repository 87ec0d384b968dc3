"""PINs: which may be chosen, who sets and ends them, and that their digits stand nowhere."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobijo.accounts import services
from cobijo.accounts.devices import pins
from cobijo.accounts.devices.models import Pin
from cobijo.accounts.devices.refusals import EASY_PIN, NO_PIN, PIN_NOT_HASHED, SIX_DIGITS
from cobijo.accounts.models import Account, Notice
from cobijo.accounts.tests.devices.working import OTHER_PIN, PIN
from cobijo.core import journal, operations
from cobijo.core.errors import NOT_ALLOWED, NOT_FOUND, DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent, Segment
from tests.cast import Cast, act, sign_in

TODAY = date(2026, 11, 3)


def refused(pin: str) -> str:
    with pytest.raises(DomainError) as refusal:
        pins.check(pin, TODAY)
    assert "pin" in refusal.value.fields
    return refusal.value.code


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "12 456", "-12345", "1e5000", "12345\n"])
def test_a_pin_is_six_digits_and_nothing_else(pin: str) -> None:
    assert refused(pin) == SIX_DIGITS.code


@pytest.mark.parametrize(
    "pin",
    [
        "000000", "777777", "123456", "012345", "987654", "654321", "890123", "121212", "123123", "407407", "112233",
        "332211", "031126", "110326", "261103", "260311", "112026", "202611",
    ],
)  # fmt: skip
def test_what_anybody_would_try_first_is_refused(pin: str) -> None:
    assert refused(pin) == EASY_PIN.code


@given(st.text(max_size=8))
def test_whatever_is_typed_is_a_pin_or_refused_in_words(pin: str) -> None:
    with suppress(DomainError):
        pins.check(pin, TODAY)
        assert len(pin) == 6
        assert set(pin) <= set("0123456789")


def test_few_of_the_million_are_refused() -> None:
    easy = 0
    for number in range(0, 1_000_000, 37):
        try:
            pins.check(f"{number:06}", TODAY)
        except DomainError:
            easy += 1
    assert easy < 1_000_000 / 37 / 200  # half a percent


# --- setting ---------------------------------------------------------------------------------------------------------


def test_one_sets_ones_own_and_another_takes_its_place(cast: Cast) -> None:
    services.choose_pin(act(cast.ana), account_id=cast.ana.pk, pin=PIN)
    first = Pin.objects.get()
    services.choose_pin(act(cast.ana), account_id=cast.ana.pk, pin=OTHER_PIN)
    assert Pin.objects.get().pk != first.pk
    assert pins.tried(cast.ana.pk, PIN) is pins.Tried.WRONG
    assert pins.tried(cast.ana.pk, OTHER_PIN) is pins.Tried.RIGHT


def test_nobody_sets_anothers(cast: Cast) -> None:
    for who, code in ((cast.beto, NOT_FOUND), (cast.administrator, NOT_ALLOWED), (cast.outsider, NOT_FOUND)):
        with pytest.raises(DomainError) as refusal:
            services.choose_pin(act(who), account_id=cast.ana.pk, pin=PIN)
        assert refusal.value.code == code.code
    assert not Pin.objects.exists()


def test_its_digits_are_nowhere_in_the_journal_opened_or_not(cast: Cast) -> None:
    services.choose_pin(act(cast.ana), account_id=cast.ana.pk, pin=PIN)
    intent = Intent.objects.get(verb="accounts.set_pin")
    assert PIN not in str(journal.arguments_of(intent))
    assert "encoded" not in intent.arguments
    assert Segment.objects.filter(intent=intent).count() == 1


def test_a_pin_itself_is_never_taken_for_its_hash(cast: Cast) -> None:
    sent = {"account_id": str(cast.ana.pk), "encoded": PIN.ljust(20, "0")}
    with pytest.raises(DomainError) as refusal:
        operations.submit("accounts.set_pin", act(cast.ana), sent)
    assert refusal.value.code == PIN_NOT_HASHED.code


def test_the_bearer_is_told(cast: Cast) -> None:
    services.choose_pin(act(cast.ana), account_id=cast.ana.pk, pin=PIN)
    assert Notice.objects.get(code="accounts.pin_set").account == cast.ana


# --- ending ----------------------------------------------------------------------------------------------------------


def test_who_manages_the_site_ends_it_and_it_is_told(cast: Cast) -> None:
    services.choose_pin(act(cast.ana), account_id=cast.ana.pk, pin=PIN)
    services.end_pin(act(cast.beto), account_id=cast.ana.pk)
    assert not Pin.objects.exists()
    told = Notice.objects.filter(code="accounts.pin_ended").values_list("account", flat=True)
    assert set(told) == {cast.ana.pk, cast.auditor.pk}
    with pytest.raises(DomainError) as refusal:
        services.end_pin(act(cast.beto), account_id=cast.ana.pk)
    assert refusal.value.code == NO_PIN.code


def test_a_manager_ends_it_and_cannot_put_another_in_its_place(cast: Cast) -> None:
    """Otherwise who gives badges could work in anybody's name."""
    services.choose_pin(act(cast.ana), account_id=cast.ana.pk, pin=PIN)
    beto = sign_in(cast.beto)
    beto.post(f"/accounts/badges/of/{cast.ana.pk}/pin/end/")
    assert not Pin.objects.exists()
    assert beto.post(f"/accounts/volunteers/{cast.ana.pk}/hand-over/").status_code == 404
    assert beto.get("/accounts/me/").status_code == 200


# --- the page --------------------------------------------------------------------------------------------------------


def form(pin: str, again: str | None = None) -> dict[str, str]:
    return {"op_id": str(uuid7()), "new_id": str(uuid7()), "pin": pin, "again": pin if again is None else again}


def test_the_page_asks_twice_and_keeps_nothing_typed(cast: Cast) -> None:
    ana = sign_in(cast.ana)
    differ = ana.post("/accounts/me/pin/", form(PIN, OTHER_PIN))
    assert "again" in differ.context["form"].errors
    easy = ana.post("/accounts/me/pin/", form("123456"))
    assert "pin" in easy.context["form"].errors
    assert ana.post("/accounts/me/pin/", form(PIN)).headers["Location"] == "/accounts/me/"
    assert Pin.objects.get().account == cast.ana


def test_what_was_typed_does_not_come_back_in_the_page(cast: Cast) -> None:
    page = sign_in(cast.ana).post("/accounts/me/pin/", form(PIN, OTHER_PIN)).content.decode()
    assert PIN not in page
    assert OTHER_PIN not in page


def test_a_program_sets_no_pin(cast: Cast) -> None:
    assert isinstance(cast.ana, Account)
    token = {"account_id": str(cast.ana.pk), "encoded": pins.encode(cast.ana.pk, PIN)}
    with pytest.raises(DomainError):
        operations.submit("accounts.set_pin", act(cast.beto), token)
