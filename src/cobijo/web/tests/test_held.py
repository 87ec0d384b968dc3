"""The page of a held entry: whom it is about, and what of it can be changed."""

import dataclasses
import typing
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from cobijo.accounts.models import Reading
from cobijo.core import clock, operations
from cobijo.core.ids import uuid7
from cobijo.core.verbs import DECISION, Door, registry
from cobijo.people.types import Kinship
from cobijo.sites import services
from cobijo.sites.models import Transfer
from cobijo.sites.types import ArrivingIn, TransferState
from cobijo.web import amending
from tests.cast import Cast, act, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(cast: Cast) -> UUID:
    """Marta's way from A to B, proposed late a second time while the first proposal waits for its answer."""
    stay = uuid7()
    marta = ArrivingIn(person_id=uuid7(), given_names="Marta", kinship=Kinship.HEAD, stay_id=stay)
    at_noon = act(cast.ana, happened_at=clock.now() - timedelta(hours=3))
    services.receive_household(at_noon, household_id=uuid7(), site_id=cast.a.id, members=[marta])
    tomorrow = clock.now().date() + timedelta(days=1)
    services.propose_transfer(
        act(cast.beto), transfer_id=uuid7(), to_site_id=cast.b.id, stay_ids=[stay], travels_on=tomorrow
    )
    late = operations.act_of(cast.beto.id, Door.DESK, happened_at=clock.now() - timedelta(hours=1))
    again = {"transfer_id": str(uuid7()), "to_site_id": str(cast.b.id), "stay_ids": [str(stay)]}
    receipt = operations.submit("sites.propose_transfer", late, again | {"travels_on": tomorrow.isoformat()})
    assert receipt.status is operations.Status.HELD
    return late.op_id


def page(browser: Client, op_id: UUID) -> str:
    answer = browser.get(reverse("web:held", args=[op_id]), headers={"Accept-Language": "en"})
    return str(answer.content.decode())


def test_who_settles_an_entry_sees_whom_it_is_about_and_that_is_noted(cast: Cast, held: UUID) -> None:
    assert "Marta" in page(sign_in(cast.beto), held)
    reading = Reading.objects.get(model="web.held")
    assert (reading.actor, reading.people) == (cast.beto.id, 1)


def test_a_day_is_changed_as_people_say_it(cast: Cast, held: UUID) -> None:
    browser = sign_in(cast.beto)
    assert 'name="travels_on_day"' in page(browser, held)
    services.withdraw_transfer(act(cast.beto), transfer_id=Transfer.objects.get().pk)
    day = clock.now().date() + timedelta(days=3)
    answers = {"travels_on_day": day.day, "travels_on_month": day.month, "travels_on_year": day.year}
    assert browser.post(reverse("web:held", args=[held]), answers).status_code == 302
    assert Transfer.objects.get(state=TransferState.PROPOSED).travels_on == day


def _names(hint: object, path: amending.Path) -> Iterator[str]:
    """The last names of all arguments below one that a person could be asked to change."""
    kind, _blank = amending._bare(hint)
    if typing.get_origin(kind) in (list, tuple):
        yield from _names(typing.get_args(kind)[0], (*path, "0"))
    elif dataclasses.is_dataclass(kind) and isinstance(kind, type):
        for name, inner in typing.get_type_hints(kind).items():
            yield from _names(inner, (*path, name))
    elif amending._can_change(kind, path):
        yield next(step for step in reversed(path) if not step.isdigit())


def test_every_argument_of_a_decision_has_a_word() -> None:
    asked = {
        name
        for verb in registry.values()
        if verb.kind is DECISION
        for argument in verb.shapes
        for name in _names(typing.get_type_hints(verb.body)[argument], (argument,))
    }
    assert asked > {"travels_on", "override"}
    assert asked - set(amending._WORDS) == set()
