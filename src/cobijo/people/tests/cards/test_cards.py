"""Cards: printed, counted, given out, lost, replaced, withdrawn; and what a stranger learns of any of it: nothing."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from cobijo.accounts.access import COMMAND_LINE
from cobijo.accounts.models import Account, Reading
from cobijo.accounts.types import Role
from cobijo.algorithms import cards
from cobijo.core import clock, keys, operations
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent, RingKey, Segment
from cobijo.core.operations import Held
from cobijo.core.rotation import rotate
from cobijo.core.verbs import Door
from cobijo.people import queries
from cobijo.people import services as people
from cobijo.people.cards.models import Card, CardBatch
from cobijo.people.cards.types import CardKind, CardState, EndReason, Printed, Scanned
from cobijo.people.models import Household, Person
from cobijo.people.tests.conftest import member, persons, register
from cobijo.people.types import EraseGround
from tests.cast import Cast, act, grant

pytestmark = pytest.mark.django_db


def printed(
    who: Account, unit: UUID, count: int = 3, kind: CardKind = CardKind.CARD
) -> tuple[CardBatch, list[Printed]]:
    """A batch, and its cards as they lie on the table."""
    batch = people.print_cards(act(who), batch_id=uuid7(), unit_id=unit, kind=kind, count=count)
    return batch, list(batch.fresh)


def refused(code: str, do: object) -> DomainError:
    assert callable(do)
    with pytest.raises(DomainError) as error:
        do()
    assert error.value.code == code
    return error.value


def give(who: Account, card: str, person: UUID) -> Card:
    return people.link_card(act(who), card=card, person_id=person)


@pytest.fixture
def maria(home: Household) -> UUID:
    """The mother of the family."""
    return persons(home)["María José"]


@pytest.fixture
def stack(cast: Cast) -> list[Printed]:
    """Three cards that Beto printed for A."""
    return printed(cast.beto, cast.a.id)[1]


# --- printing --------------------------------------------------------------------------------------------------------


def test_what_is_on_a_card_is_kept_nowhere(cast: Cast) -> None:
    batch, made = printed(cast.beto, cast.a.id, 20)
    known = {cards.key_id(one): one for one in keys.verifiers(keys.CARDS)}
    hidden = [cards.read(one.text, known) for one in made]
    kept = str(list(Card.objects.values()) + list(CardBatch.objects.values()) + list(Intent.objects.values()))
    assert not any(secret.hex() in kept or str(secret) in kept for secret in hidden)
    assert not Segment.objects.exists()
    assert len({one.number for one in made}) == len(set(hidden)) == Card.objects.count() == 20
    assert CardBatch.objects.get(pk=batch.pk).fresh == ()


def test_a_batch_printed_twice_by_one_press_is_one_and_its_cards_are_not_told_again(cast: Cast) -> None:
    once, batch = act(cast.beto), uuid7()
    arguments: dict[str, Any] = {"batch_id": batch, "unit_id": cast.a.id, "kind": CardKind.CARD, "count": 4}
    assert len(people.print_cards(once, **arguments).fresh) == 4
    assert people.print_cards(once, **arguments).fresh == ()
    assert Card.objects.count() == 4


def test_a_batch_is_counted_and_no_more_than_was_printed(cast: Cast) -> None:
    batch, _ = printed(cast.beto, cast.a.id)
    people.count_cards(act(cast.beto), batch_id=batch.id, at_hand=2)
    [row] = queries.batches_for(cast.beto.id)
    assert (row.printed, row.counted, row.missing, row.left) == (3, 2, 1, 2)
    error = refused(
        "people.more_cards_than_printed", lambda: people.count_cards(act(cast.beto), batch_id=batch.id, at_hand=4)
    )
    assert "3" in error.sentence
    assert "at_hand" in error.fields


def test_a_thousand_is_the_most_and_none_is_nothing(cast: Cast) -> None:
    for count in (0, -1, 1_001):
        refused("core.bad_arguments", lambda count=count: printed(cast.beto, cast.a.id, count))


def test_cards_of_a_whole_response_are_given_out_at_its_sites(cast: Cast, maria: UUID) -> None:
    grant(cast.beto, Role.SITE_MANAGER, cast.response.unit)
    _batch, made = printed(cast.beto, cast.response.pk)
    give(cast.ana, made[0].text, maria)
    assert queries.scan(cast.ana.id, made[0].text).person_id == maria


# --- giving out ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["scanned", "typed", "bars"])
def test_a_card_is_given_to_a_person_and_found_again(cast: Cast, maria: UUID, stack: list[Printed], how: str) -> None:
    one = stack[0]
    shown = {"scanned": one.text, "typed": cards.spoken(one.number).lower(), "bars": cards.barcode(one.number)}[how]
    card = give(cast.ana, shown, maria)
    assert card.state is CardState.LINKED
    found = queries.scan(cast.ana.id, one.text)
    assert found == Scanned(card.id, cards.spoken(one.number), CardState.LINKED, maria, None)
    [row] = queries.cards_of(cast.ana.id, person=maria)
    assert row.is_live


def test_a_household_has_a_card_of_its_own(cast: Cast, home: Household, maria: UUID, stack: list[Printed]) -> None:
    people.link_card(act(cast.ana), card=stack[0].text, household_id=home.id)
    give(cast.ana, stack[1].text, maria)
    assert queries.scan(cast.ana.id, stack[0].text).household_id == home.id
    again = act(cast.ana)
    refused("people.has_card", lambda: people.link_card(again, card=stack[2].text, household_id=home.id))


def test_one_live_card_each(cast: Cast, maria: UUID, stack: list[Printed]) -> None:
    give(cast.ana, stack[0].text, maria)
    refused("people.has_card", lambda: give(cast.ana, stack[1].text, maria))


def test_a_card_goes_to_one_person_or_one_household(cast: Cast, home: Household, maria: UUID) -> None:
    for both in ({}, {"person_id": maria, "household_id": home.id}):
        refused("people.card_one_bearer", lambda both=both: people.link_card(act(cast.ana), card="C-1", **both))


def test_what_is_no_card_is_said_by_its_text_alone(cast: Cast, maria: UUID, stack: list[Printed]) -> None:
    text, number = stack[0].text, cards.barcode(stack[0].number)
    slip = number[:-1] + ("0" if number[-1] != "0" else "1")
    altered = text[:60] + ("A" if text[60] != "A" else "B") + text[61:]
    wrongs = {"Rosa": "people.not_a_card", text[:80]: "people.not_a_card", slip: "people.card_number_slip"}
    wrongs |= {altered: "people.card_not_ours", f"{text}{text}": "people.not_a_card", "1" * 400: "people.not_a_card"}
    for wrong, code in wrongs.items():
        error = refused(code, lambda wrong=wrong: give(cast.ana, wrong, maria))
        assert "card" in error.fields


def test_a_card_of_another_installation_is_not_ours(cast: Cast, maria: UUID, stack: list[Printed]) -> None:
    RingKey.objects.filter(purpose=keys.CARDS).delete()  # as it is where the key was never in the ring
    keys.forget()
    refused("people.card_not_ours", lambda: give(cast.ana, stack[0].text, maria))


def test_cards_of_before_a_rotation_of_keys_still_count(cast: Cast, maria: UUID, stack: list[Printed]) -> None:
    rotate()
    batch, new = printed(cast.beto, cast.a.id)
    assert batch.key_version == 2
    assert new[0].text[:8] != stack[0].text[:8]
    give(cast.ana, stack[0].text, maria)
    assert queries.scan(cast.ana.id, stack[0].text).person_id == maria
    assert queries.scan(cast.ana.id, new[0].text).state is CardState.PRINTED


# --- lost, replaced, withdrawn ---------------------------------------------------------------------------------------


def test_a_photographed_card_is_given_to_nobody_else(cast: Cast, home: Household, stack: list[Printed]) -> None:
    people_ = persons(home)
    give(cast.ana, stack[0].text, people_["María José"])
    refused("people.card_taken", lambda: give(cast.ana, stack[0].text, people_["Martín"]))


@pytest.mark.parametrize("reason", [EndReason.LOST, EndReason.REVOKED, EndReason.VOIDED])
def test_an_ended_card_says_so_and_is_not_given_out_again(
    cast: Cast, maria: UUID, stack: list[Printed], reason: EndReason
) -> None:
    card = give(cast.ana, stack[0].text, maria)
    people.end_card(act(cast.ana), card_id=card.id, reason=reason)
    assert queries.scan(cast.ana.id, stack[0].text).state == reason.value
    refused("people.card_ended", lambda: give(cast.ana, stack[0].text, maria))
    refused("people.card_ended_already", lambda: people.end_card(act(cast.ana), card_id=card.id, reason=EndReason.LOST))
    give(cast.ana, stack[1].text, maria)


def test_replacing_ends_one_and_gives_another_or_does_neither(cast: Cast, maria: UUID, stack: list[Printed]) -> None:
    old = give(cast.ana, stack[0].text, maria)
    refused("people.card_taken", lambda: people.replace_card(act(cast.ana), card_id=old.id, card=stack[0].text))
    assert Card.objects.get(pk=old.id).state is CardState.LINKED
    people.replace_card(act(cast.ana), card_id=old.id, card=stack[1].text, reason=EndReason.LOST)
    states = [row.state for row in queries.cards_of(cast.ana.id, person=maria)]
    assert states == [CardState.LINKED, CardState.LOST]
    assert queries.scan(cast.ana.id, stack[1].text).person_id == maria


def test_a_withdrawn_batch_gives_out_no_more_and_leaves_what_was_given(
    cast: Cast, home: Household, maria: UUID
) -> None:
    batch, made = printed(cast.beto, cast.a.id)
    give(cast.ana, made[0].text, maria)
    people.void_cards(act(cast.beto), batch_id=batch.id)
    refused("people.card_batch_voided", lambda: give(cast.ana, made[1].text, persons(home)["Martín"]))
    assert queries.scan(cast.ana.id, made[0].text).state is CardState.LINKED
    assert queries.scan(cast.ana.id, made[1].text).state is CardState.VOIDED
    assert queries.batch_for(cast.beto.id, batch.id).left == 0
    refused("people.card_batch_voided_already", lambda: people.void_cards(act(cast.beto), batch_id=batch.id))


# --- late ------------------------------------------------------------------------------------------------------------


def test_a_card_given_out_offline_that_does_not_fit_any_more_waits_for_a_person(
    cast: Cast, home: Household, stack: list[Printed]
) -> None:
    members, before = persons(home), clock.now() - timedelta(hours=1)
    give(cast.ana, stack[0].text, members["María José"])
    late = act(cast.ana, happened_at=before)
    with pytest.raises(Held) as held:
        people.link_card(late, card=stack[0].text, person_id=members["Martín"])
    assert held.value.code == "people.card_taken"
    fits = act(cast.ana, happened_at=before)
    assert people.link_card(fits, card=stack[1].text, person_id=members["Martín"]).linked_at == before


def test_two_who_say_offline_that_a_card_is_lost_say_it_once(cast: Cast, maria: UUID, stack: list[Printed]) -> None:
    card = give(cast.ana, stack[0].text, maria)
    people.end_card(act(cast.ana), card_id=card.id, reason=EndReason.LOST)
    late = act(cast.beto, happened_at=clock.now() - timedelta(hours=1))
    assert people.end_card(late, card_id=card.id, reason=EndReason.REVOKED).end_reason == EndReason.LOST


# --- what others learn -----------------------------------------------------------------------------------------------


def test_to_a_stranger_unlinked_lost_withdrawn_and_unknown_are_alike_and_linked_ones_too_but_for_a_scan(
    cast: Cast, home: Household, maria: UUID
) -> None:
    batch, made = printed(cast.beto, cast.a.id, 4)
    give(cast.ana, made[0].text, maria)
    lost = give(cast.ana, made[1].text, persons(home)["Martín"])
    people.end_card(act(cast.ana), card_id=lost.id, reason=EndReason.LOST)
    signer = keys.signer(keys.CARDS)[1]
    never = Printed(999, cards.write(signer, b"never was printed"[:16]))
    theirs = register(cast.carla, cast.b.id, [member("Rosa")])
    rosa = persons(theirs)["Rosa"]
    answers = set()
    for state in ("out", "withdrawn"):
        for one in (*made, never):
            for shown in (one.text, cards.spoken(one.number)):
                in_the_hand = one == made[0] and shown == one.text
                code = "people.card_elsewhere" if in_the_hand else "people.card_unknown"
                scanned = refused(code, lambda shown=shown: queries.scan(cast.carla.id, shown))
                given = refused("people.card_unknown", lambda shown=shown: give(cast.carla, shown, rosa))
                spoken = [given] if in_the_hand else [scanned, given]
                answers |= {(error.sentence, error.status, str(error.fields)) for error in spoken}
                assert scanned.status == given.status
        if state == "out":
            people.void_cards(act(cast.beto), batch_id=batch.id)
    assert len(answers) == 1


def test_a_protected_persons_card_is_unknown_to_all_but_the_named(
    cast: Cast, maria: UUID, stack: list[Printed]
) -> None:
    give(cast.ana, stack[0].text, maria)
    people.protect_person(
        act(cast.case_worker),
        protection_id=uuid7(),
        person_id=maria,
        why="la buscan",
        asked_by_person=True,
        worker_ids=[cast.case_worker.id],
    )
    refused("people.card_unknown", lambda: queries.scan(cast.ana.id, stack[0].text))
    assert queries.scan(cast.case_worker.id, stack[0].text).person_id == maria


def test_every_scan_is_logged_found_or_not(cast: Cast, maria: UUID, stack: list[Printed]) -> None:
    card = give(cast.ana, stack[0].text, maria)
    queries.scan(cast.ana.id, stack[0].text)
    refused("people.card_elsewhere", lambda: queries.scan(cast.carla.id, stack[0].text))
    rows = Reading.objects.filter(what="scan").order_by("id").values_list("actor", "record", "people")
    assert list(rows) == [(cast.ana.id, card.id, 1), (cast.carla.id, None, 0)]
    refused("core.not_allowed", lambda: queries.scan(cast.diego.id, stack[0].text))


def test_erasing_the_bearer_leaves_a_card_of_nobody(cast: Cast, maria: UUID, stack: list[Printed]) -> None:
    give(cast.ana, stack[0].text, maria)
    operator = operations.act_of(COMMAND_LINE, Door.COMMAND)
    people.erase_person(operator, person_id=maria, ground=EraseGround.REQUEST)
    assert not Person.objects.filter(pk=maria).exists()
    assert Card.objects.count() == 2
    refused("people.card_unknown", lambda: queries.scan(cast.ana.id, stack[0].text))
