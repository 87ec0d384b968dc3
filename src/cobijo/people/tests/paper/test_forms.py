"""Blank forms: printed, tied to cards, put away, withdrawn; and what a stranger learns of any of it: nothing."""

from typing import Any
from uuid import UUID

import pytest

from cobijo.accounts.models import Account
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.people import queries
from cobijo.people import services as people
from cobijo.people.cards.models import Card
from cobijo.people.models import Household
from cobijo.people.paper import numbers
from cobijo.people.paper.models import PaperBatch, PaperForm
from cobijo.people.paper.types import FormEnd
from cobijo.people.tests.cards.test_cards import give, printed
from cobijo.people.tests.conftest import persons
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db
ZONE = "America/Guatemala"


def forms(who: Account, unit: UUID, count: int = 3, **given: Any) -> PaperBatch:
    """A batch of blank forms."""
    return people.print_forms(act(who), batch_id=uuid7(), unit_id=unit, count=count, **given)


def refused(code: str, do: Any) -> DomainError:
    with pytest.raises(DomainError) as error:
        do()
    assert error.value.code == code
    return error.value


def test_each_form_has_a_number_of_its_own_that_is_said_and_scanned_alike(cast: Cast) -> None:
    batch = forms(cast.beto, cast.a.id, 30)
    made = list(batch.forms.all())
    assert len({form.number for form in made}) == batch.printed == 30
    for form in made:
        assert form.spoken.startswith("F-")
        shown = (form.spoken, form.spoken.lower(), numbers.barcode(form.number), f" {form.spoken[2:]} ")
        assert {numbers.heard(text) for text in shown} == {form.number}
    [row] = queries.form_batches_for(cast.ana.id)
    assert (row.printed, row.typed, row.ended, row.out) == (30, 0, 0, 30)


def test_every_single_slip_in_a_number_is_seen(cast: Cast) -> None:
    number = numbers.barcode(forms(cast.beto, cast.a.id, 1).forms.get().number)
    for at in range(1, 8):
        wrong = number[:at] + ("7" if number[at] != "7" else "8") + number[at + 1 :]
        refused("people.form_slip", lambda wrong=wrong: queries.form_to_type(cast.ana.id, wrong, ZONE))


@pytest.mark.parametrize("text", ["", "Rosa", "F-", "F-ABC", "F" * 40, "C-8C0-ZZ6-Z-9"])
def test_what_is_no_number_is_said_by_its_text_alone(cast: Cast, text: str) -> None:
    refused("people.not_a_form", lambda: queries.form_to_type(cast.ana.id, text, ZONE))


def test_forms_are_tied_one_to_one_to_cards_nobody_has(cast: Cast, home: Household) -> None:
    cards, made = printed(cast.beto, cast.a.id, 4)
    give(cast.ana, made[1].text, persons(home)["Martín"])
    batch = forms(cast.beto, cast.a.id, 2, card_batch_id=cards.id)
    tied = [form.card for form in batch.forms.order_by("number")]
    assert [card.number for card in tied if card] == [made[0].number, made[2].number]
    error = refused("people.too_few_cards", lambda: forms(cast.beto, cast.a.id, 2, card_batch_id=cards.id))
    assert "1" in error.sentence
    assert PaperBatch.objects.count() == 1


def test_cards_of_a_withdrawn_batch_and_of_another_site_are_not_tied(cast: Cast) -> None:
    cards, _made = printed(cast.beto, cast.a.id, 4)
    people.void_cards(act(cast.beto), batch_id=cards.id)
    refused("people.too_few_cards", lambda: forms(cast.beto, cast.a.id, 2, card_batch_id=cards.id))
    theirs, _made = printed(cast.carla, cast.b.id, 4)
    refused("core.not_found", lambda: forms(cast.beto, cast.a.id, 2, card_batch_id=theirs.id))


@pytest.mark.parametrize("count", [0, -1, 201])
def test_two_hundred_is_the_most_and_none_is_nothing(cast: Cast, count: int) -> None:
    refused("core.bad_arguments", lambda: forms(cast.beto, cast.a.id, count))


def test_only_whoever_runs_the_site_prints_and_withdraws(cast: Cast) -> None:
    refused("core.not_allowed", lambda: forms(cast.ana, cast.a.id))
    batch = forms(cast.beto, cast.a.id)
    refused("core.not_allowed", lambda: people.void_forms(act(cast.ana), batch_id=batch.id))
    refused("core.not_found", lambda: people.void_forms(act(cast.carla), batch_id=batch.id))


@pytest.mark.parametrize("reason", FormEnd)
def test_a_form_put_away_is_waited_for_no_more_and_frees_its_card(cast: Cast, reason: FormEnd) -> None:
    cards, _made = printed(cast.beto, cast.a.id, 1)
    form = forms(cast.beto, cast.a.id, 1, card_batch_id=cards.id).forms.get()
    people.end_form(act(cast.ana), form_id=form.id, reason=reason)
    [row] = queries.form_batches_for(cast.ana.id)
    assert (row.out, row.ended) == (0, 1)
    assert forms(cast.beto, cast.a.id, 1, card_batch_id=cards.id).forms.get().card == Card.objects.get()
    refused("people.form_done", lambda: people.end_form(act(cast.ana), form_id=form.id, reason=reason))


def test_a_spoiled_form_is_not_typed_and_a_lost_one_that_is_found_is(cast: Cast) -> None:
    spoiled, lost = forms(cast.beto, cast.a.id, 2).forms.order_by("number")
    people.end_form(act(cast.ana), form_id=spoiled.id, reason=FormEnd.SPOILED)
    people.end_form(act(cast.ana), form_id=lost.id, reason=FormEnd.LOST)
    refused("people.form_put_away", lambda: queries.form_to_type(cast.ana.id, spoiled.spoken, ZONE))
    assert queries.form_to_type(cast.ana.id, lost.spoken, ZONE).number == lost.spoken


def test_withdrawn_forms_are_not_typed_and_their_cards_are_free(cast: Cast) -> None:
    cards, _made = printed(cast.beto, cast.a.id, 2)
    batch = forms(cast.beto, cast.a.id, 2, card_batch_id=cards.id)
    people.void_forms(act(cast.beto), batch_id=batch.id)
    refused(
        "people.form_withdrawn",
        lambda: queries.form_to_type(cast.ana.id, PaperForm.objects.first().spoken, ZONE),  # type: ignore[union-attr]
    )
    refused("people.forms_withdrawn_already", lambda: people.void_forms(act(cast.beto), batch_id=batch.id))
    assert forms(cast.beto, cast.a.id, 2, card_batch_id=cards.id).printed == 2


def test_the_next_number_of_the_stack_is_offered_and_after_the_last_the_first_left(cast: Cast) -> None:
    first, second, third = forms(cast.beto, cast.a.id, 3).forms.order_by("number")
    assert queries.form_to_type(cast.ana.id, first.spoken, ZONE).after == second.spoken
    people.end_form(act(cast.ana), form_id=second.id, reason=FormEnd.BLANK)
    assert queries.form_to_type(cast.ana.id, first.spoken, ZONE).after == third.spoken
    assert queries.form_to_type(cast.ana.id, third.spoken, ZONE).after == first.spoken


def test_to_a_stranger_forms_out_there_put_away_withdrawn_and_unknown_are_alike(cast: Cast) -> None:
    batch = forms(cast.beto, cast.a.id, 3)
    one, two, _three = batch.forms.order_by("number")
    people.end_form(act(cast.ana), form_id=two.id, reason=FormEnd.SPOILED)
    answers = set()
    for state in ("out", "withdrawn"):
        for text in (one.spoken, two.spoken, numbers.spoken(987_654)):
            error = refused("people.form_unknown", lambda text=text: queries.form_to_type(cast.carla.id, text, ZONE))
            answers.add((error.sentence, error.status, str(error.fields)))
        if state == "out":
            people.void_forms(act(cast.beto), batch_id=batch.id)
    assert len(answers) == 1
    assert queries.form_batches_for(cast.carla.id) == []
