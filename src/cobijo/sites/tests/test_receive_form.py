"""A form is typed in: its family is received, its number is taken, its card given, once and for all."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from cobijo.accounts.models import Account
from cobijo.core import clock, operations
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent
from cobijo.core.operations import Receipt
from cobijo.core.verbs import Door
from cobijo.people import queries
from cobijo.people import services as people
from cobijo.people.cards.models import Card
from cobijo.people.cards.types import CardKind, CardState
from cobijo.people.models import Household, Person
from cobijo.people.paper import numbers
from cobijo.people.paper.models import PaperForm
from cobijo.people.paper.types import FormEnd
from cobijo.people.types import Flag
from cobijo.sites.models import Stay
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@dataclass
class Typed:
    """A family as it stands on a form."""

    household: UUID = field(default_factory=uuid7)
    head: UUID = field(default_factory=uuid7)

    def arguments(self, form: str, site: UUID, **more: Any) -> dict[str, Any]:
        facts = {"said_id": str(uuid7()), "person_id": str(self.head), "size_said": 2, "filled_by": "Lucía Tum"}
        members = [
            {"person_id": str(self.head), "given_names": "Rosa", "kinship": "head", "stay_id": str(uuid7())},
            {"person_id": str(uuid7()), "given_names": "Nery", "kinship": "sibling", "presence": "later"},
        ]
        return {
            "form": {"number": form} | ({"card": more.pop("card")} if "card" in more else {}),
            "household_id": str(self.household), "site_id": str(site), "members": members,
            "facts": facts,
        } | more  # fmt: skip


def type_in(who: Account, form: str, site: UUID, *, at: dict[str, Any] | None = None, **more: Any) -> Receipt:
    given = {"happened_at": clock.now() - 3 * HOUR} | (at or {})
    return operations.submit("sites.receive_form", act(who, **given), Typed().arguments(form, site, **more))


def codes_of(receipt: Receipt) -> list[str]:
    return [flag["code"] for flag in receipt.flags]


def refused(code: str, do: Any) -> DomainError:
    with pytest.raises(DomainError) as error:
        do()
    assert error.value.code == code
    assert "form" in error.value.fields
    return error.value


@pytest.fixture
def stack(cast: Cast) -> list[PaperForm]:
    """Three forms for A, each with its card."""
    cards = people.print_cards(act(cast.beto), batch_id=uuid7(), unit_id=cast.a.id, kind=CardKind.CARD, count=3)
    batch = people.print_forms(act(cast.beto), batch_id=uuid7(), unit_id=cast.a.id, count=3, card_batch_id=cards.id)
    return list(batch.forms.order_by("number"))


def test_a_form_brings_its_family_its_words_and_its_card_as_one_operation(cast: Cast, stack: list[PaperForm]) -> None:
    before = Intent.objects.count()
    receipt = type_in(cast.ana, stack[0].spoken, cast.a.id)
    assert Intent.objects.count() == before + 1
    home = Household.objects.get()
    form = PaperForm.objects.get(pk=stack[0].pk)
    assert codes_of(receipt) == []
    assert (form.household_id, form.typed_by_id) == (home.id, cast.ana.id)
    assert form.filled_at is not None
    assert form.typed_at is not None
    assert form.typed_at - form.filled_at >= 3 * HOUR
    assert Stay.objects.get().in_at == form.filled_at
    card = Card.objects.get(household=home.id)
    assert (card.pk, card.state) == (stack[0].card_id, CardState.LINKED)
    said = queries.said_of(cast.ana.id, home.id)
    assert said is not None
    assert (said.size, said.filled_by) == (2, "Lucía Tum")
    [row] = queries.form_batches_for(cast.ana.id)
    assert (row.typed, row.out) == (1, 2)


def test_the_same_form_is_typed_in_once_and_who_may_see_the_family_is_told_by_whom(
    cast: Cast, stack: list[PaperForm]
) -> None:
    type_in(cast.ana, stack[0].spoken, cast.a.id)
    error = refused("people.form_typed_by", lambda: type_in(cast.beto, stack[0].spoken, cast.a.id))
    assert "Ana Xicay" in error.sentence
    assert Household.objects.get().code in error.sentence
    assert Household.objects.count() == 1


def test_of_a_family_one_may_not_see_only_that_the_form_is_done(cast: Cast, stack: list[PaperForm]) -> None:
    type_in(cast.ana, stack[0].spoken, cast.a.id)
    for person in Person.objects.all():
        people.protect_person(
            act(cast.case_worker),
            protection_id=uuid7(),
            person_id=person.pk,
            why="Lo pide.",
            asked_by_person=True,
            worker_ids=[cast.case_worker.id],
        )
    error = refused("people.form_typed", lambda: type_in(cast.beto, stack[0].spoken, cast.a.id))
    assert "Ana" not in error.sentence


def test_sent_again_after_a_lost_answer_it_is_typed_once(cast: Cast, stack: list[PaperForm]) -> None:
    family, once = Typed(), act(cast.ana, happened_at=clock.now() - HOUR)
    arguments = family.arguments(stack[0].spoken, cast.a.id)
    operations.submit("sites.receive_form", once, arguments)
    assert operations.submit("sites.receive_form", once, arguments).repeated
    assert Household.objects.count() == 1


def test_a_family_that_a_device_received_is_in_although_its_form_was_typed_before(
    cast: Cast, stack: list[PaperForm]
) -> None:
    type_in(cast.ana, stack[0].spoken, cast.a.id)
    receipt = type_in(cast.ana, stack[0].spoken, cast.a.id, at={"door": Door.DEVICE, "device": uuid4()})
    assert codes_of(receipt) == [Flag.FORM_TYPED_TWICE, Flag.CARD_NOT_GIVEN]
    assert Household.objects.count() == 2


@pytest.mark.parametrize("reason", [FormEnd.SPOILED, FormEnd.BLANK])
def test_a_form_put_away_receives_nobody(cast: Cast, stack: list[PaperForm], reason: FormEnd) -> None:
    people.end_form(act(cast.ana), form_id=stack[0].id, reason=reason)
    refused("people.form_put_away", lambda: type_in(cast.ana, stack[0].spoken, cast.a.id))
    assert not Household.objects.exists()


def test_a_lost_form_that_turns_up_counts_again(cast: Cast, stack: list[PaperForm]) -> None:
    people.end_form(act(cast.ana), form_id=stack[0].id, reason=FormEnd.LOST)
    receipt = type_in(cast.ana, stack[0].spoken, cast.a.id)
    assert codes_of(receipt) == [Flag.FORM_FOUND]
    form = PaperForm.objects.get(pk=stack[0].pk)
    assert (form.ended_at, form.household_id) == (None, Household.objects.get().id)


def test_the_forms_of_a_withdrawn_batch_receive_nobody(cast: Cast, stack: list[PaperForm]) -> None:
    people.void_forms(act(cast.beto), batch_id=stack[0].batch_id)
    refused("people.form_withdrawn", lambda: type_in(cast.ana, stack[0].spoken, cast.a.id))


def test_to_a_stranger_no_form_of_another_site_is_a_form(cast: Cast, stack: list[PaperForm]) -> None:
    type_in(cast.ana, stack[0].spoken, cast.a.id)
    said = {
        refused("people.form_unknown", lambda form=form: type_in(cast.carla, form, cast.b.id)).sentence
        for form in (stack[0].spoken, stack[1].spoken, numbers.spoken(987_654))
    }
    assert len(said) == 1
    assert Household.objects.count() == 1


def test_a_slip_in_the_number_receives_nobody(cast: Cast, stack: list[PaperForm]) -> None:
    wrong = stack[0].spoken[:-1] + ("7" if stack[0].spoken[-1] != "7" else "8")
    refused("people.form_slip", lambda: type_in(cast.ana, wrong, cast.a.id))
    assert not Person.objects.exists()


def test_a_card_that_somebody_else_got_meanwhile_is_flagged_and_the_family_is_in(
    cast: Cast, stack: list[PaperForm]
) -> None:
    type_in(cast.ana, stack[0].spoken, cast.a.id)
    person = Person.objects.first()
    assert person is not None
    assert stack[1].card is not None
    people.link_card(act(cast.ana), card=stack[1].card.spoken, person_id=person.pk)
    receipt = type_in(cast.ana, stack[1].spoken, cast.a.id)
    assert codes_of(receipt) == [Flag.CARD_NOT_GIVEN]
    assert Household.objects.count() == 2


def test_a_card_written_on_a_form_goes_before_the_one_that_lay_beside_it(cast: Cast, stack: list[PaperForm]) -> None:
    cards = people.print_cards(act(cast.beto), batch_id=uuid7(), unit_id=cast.a.id, kind=CardKind.CARD, count=1)
    other = Card.objects.get(batch=cards)
    type_in(cast.ana, stack[0].spoken, cast.a.id, card=other.spoken)
    assert Card.objects.get(household__isnull=False) == other


def test_what_is_wrong_on_a_line_is_said_beside_it_and_the_form_stays_free(cast: Cast, stack: list[PaperForm]) -> None:
    members = [{"person_id": str(uuid7()), "given_names": "Rosa", "birth": {"day": 31, "month": 2, "year": 1990}}]
    with pytest.raises(DomainError) as error:
        type_in(cast.ana, stack[0].spoken, cast.a.id, members=members)
    assert "members.0.birth" in error.value.fields
    assert PaperForm.objects.get(pk=stack[0].pk).household_id is None


def test_who_cannot_check_in_there_types_no_form_in(cast: Cast, stack: list[PaperForm]) -> None:
    for who in (cast.carla, cast.diego, cast.outsider):
        with pytest.raises(DomainError) as error:
            type_in(who, stack[0].spoken, cast.a.id)
        assert error.value.code in ("core.not_found", "core.not_allowed")
    assert not Household.objects.exists()
