"""A card in the hand, of somebody registered at another place: that it is so is said; of any other card, nothing."""

from functools import partial
from uuid import UUID

import pytest
from pytest_django import Settings

from cobijo.accounts.access import limited_to
from cobijo.accounts.models import Account, Reading
from cobijo.accounts.types import Permission
from cobijo.algorithms import cards
from cobijo.core import keys
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.people import queries
from cobijo.people import services as people
from cobijo.people.cards.types import CardKind, EndReason, Printed
from cobijo.people.models import Household
from cobijo.people.tests.conftest import member, persons, register
from cobijo.people.tests.test_elsewhere import NOBODYS, answer, log, protect, watched
from tests.cast import Cast, act

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def maria(home: Household) -> UUID:
    """The mother of the family registered at A."""
    return persons(home)["María José"]


@pytest.fixture
def stack(cast: Cast) -> list[Printed]:
    """Cards that Beto printed for A."""
    batch = people.print_cards(act(cast.beto), batch_id=uuid7(), unit_id=cast.a.id, kind=CardKind.CARD, count=4)
    return list(batch.fresh)


def scan(who: Account, text: str) -> str:
    """The code of the refusal by which a scan is answered."""
    with pytest.raises(DomainError) as refused:
        queries.scan(who.id, text)
    assert set(refused.value.fields) == {"card"}
    return refused.value.code


ELSEWHERE, UNKNOWN = "people.card_elsewhere", "people.card_unknown"


def test_a_card_in_the_hand_says_that_its_bearer_is_registered_elsewhere(
    cast: Cast, maria: UUID, stack: list[Printed]
) -> None:
    people.link_card(act(cast.ana), card=stack[0].text, person_id=maria)
    assert scan(cast.carla, stack[0].text) == ELSEWHERE
    assert log(cast.carla) == [(maria, 1)]
    assert scan(cast.carla, stack[0].text.lower()) == ELSEWHERE
    assert log(cast.carla) == [(maria, 1)], "once an hour"
    assert Reading.objects.filter(actor=cast.carla.id, what="scan", people=0).count() == 2


def test_a_households_card_says_so_unless_one_of_them_is_protected(
    cast: Cast, home: Household, maria: UUID, stack: list[Printed]
) -> None:
    people.link_card(act(cast.ana), card=stack[0].text, household_id=home.id)
    assert scan(cast.carla, stack[0].text) == ELSEWHERE
    [(met, _people)] = log(cast.carla)
    assert met in persons(home).values()
    protect(cast, persons(home)["Ixchel"])
    assert scan(cast.carla, stack[0].text) == UNKNOWN


def test_a_number_that_is_typed_never_tells(cast: Cast, maria: UUID, stack: list[Printed]) -> None:
    people.link_card(act(cast.ana), card=stack[0].text, person_id=maria)
    for typed in (cards.spoken(stack[0].number), cards.barcode(stack[0].number)):
        assert scan(cast.carla, typed) == UNKNOWN
    assert log(cast.carla) == []


def test_unlinked_ended_unknown_and_protected_cards_are_alike(
    cast: Cast, home: Household, maria: UUID, stack: list[Printed]
) -> None:
    lost = people.link_card(act(cast.ana), card=stack[0].text, person_id=persons(home)["Martín"])
    people.end_card(act(cast.ana), card_id=lost.id, reason=EndReason.LOST)
    people.link_card(act(cast.ana), card=stack[1].text, person_id=maria)
    protect(cast, maria)
    theirs = people.link_card(act(cast.ana), card=stack[2].text, person_id=persons(home)["Tomasa"])
    never = cards.write(keys.signer(keys.CARDS)[1], b"never was printed"[:16])
    scan(cast.carla, cards.write(keys.signer(keys.CARDS)[1], b"another of nobody"[:16]))
    alike = [stack[0].text, stack[1].text, stack[3].text, never]
    seen = [watched(partial(scan, cast.carla, text)) for text in (*alike, stack[2].text)]
    assert [code for _ran, code in seen] == [UNKNOWN] * 4 + [ELSEWHERE]
    assert len({ran for ran, _code in seen}) == 1, "nor do the statements tell"
    assert log(cast.carla) == [(None, 1)] * 5 + [(theirs.person_id, 1)]


def test_of_cards_too_nothing_is_told_beyond_the_limit_or_to_who_registers_nowhere(
    cast: Cast, maria: UUID, stack: list[Printed], settings: Settings
) -> None:
    people.link_card(act(cast.ana), card=stack[0].text, person_id=maria)
    settings.SHOWN_LIMIT = (1, 3600)
    answer(cast.carla, NOBODYS)
    assert scan(cast.carla, stack[0].text) == UNKNOWN
    with limited_to(cast.carla.id, [Permission.SEE_PEOPLE]):
        settings.SHOWN_LIMIT = (9, 3600)
        assert scan(cast.carla, stack[0].text) == UNKNOWN
    assert scan(cast.carla, stack[0].text) == ELSEWHERE


def test_no_verb_tells_what_a_scan_does(cast: Cast, maria: UUID, stack: list[Printed]) -> None:
    people.link_card(act(cast.ana), card=stack[0].text, person_id=maria)
    rosa = persons(register(cast.carla, cast.b.id, [member("Rosa")]))["Rosa"]
    with pytest.raises(DomainError) as refused:
        people.link_card(act(cast.carla), card=stack[0].text, person_id=rosa)
    assert refused.value.code == UNKNOWN
    assert log(cast.carla) == []
