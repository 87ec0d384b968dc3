"""What holds after any sequence of coming, going out, moving and leaving."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent
from cobijo.sites import occupancy, services
from cobijo.sites.models import Absence, Stay
from cobijo.sites.tests.shelter import FATHER, MOTHER, Family, ago, check_out, receive, submit
from cobijo.sites.tests.test_transfers import today
from cobijo.sites.types import OPEN, OutReason, TransferArrivalIn, TransferWhy
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db

STEPS = ("in_a", "in_b", "out", "away", "back", "room", "tent", "transfer", "void")
NAMES = ("Marta", "Julio")


class Life:
    """One family, and what is done with it; what is refused changes nothing."""

    def __init__(self, cast: Cast, family: Family) -> None:
        self.cast = cast
        self.family = family

    def do(self, step: str, name: str) -> None:
        person = self.family.people[name]
        stay = Stay.objects.filter(person=person, state__in=OPEN, voided_at=None).order_by("disputed", "-id").first()
        try:
            self._do(step, person, stay)
        except DomainError:
            return

    def _do(self, step: str, person: UUID, stay: Stay | None) -> None:
        cast = self.cast
        if step in ("in_a", "in_b"):
            place, who = (cast.a, cast.ana) if step == "in_a" else (cast.b, cast.carla)
            services.check_in(act(who), stay_id=uuid7(), site_id=place.id, person_id=person)
        if stay is None:
            return
        who = cast.beto if stay.site_id == cast.a.id else cast.carla
        spaces = cast.a.spaces if stay.site_id == cast.a.id else cast.b.spaces
        if step == "out":
            services.check_out(act(who), stay_ids=[stay.id], reason=OutReason.HOME)
        elif step == "away":
            services.step_out(act(who), absence_id=uuid7(), stay_id=stay.id)
        elif step == "back":
            services.come_back(act(who), stay_id=stay.id)
        elif step in ("room", "tent"):
            name = "Aula 2" if step == "room" else "Carpa 1"
            services.move_space(act(who), stay_ids=[stay.id], space_id=spaces[name].id)
        elif step == "void":
            services.void_stay(act(who), stay_id=stay.id)
        elif step == "transfer" and stay.site_id == cast.a.id:
            self._transfer(stay)

    def _transfer(self, stay: Stay) -> None:
        cast = self.cast
        transfer = services.propose_transfer(
            act(cast.beto),
            transfer_id=uuid7(),
            to_site_id=cast.b.id,
            stay_ids=[stay.id],
            travels_on=today(),
            why=TransferWhy.ROOM,
        )
        taken = TransferArrivalIn(from_stay_id=stay.id, new_stay_id=uuid7())
        services.accept_transfer(act(cast.carla), transfer_id=transfer.id, arrivals=[taken])


# Each example begins with a family of its own, so that what stands from the one before does not matter.
_SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=20, suppress_health_check=_SHARED)
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from(NAMES)), max_size=12))
def test_whatever_is_done_a_person_has_one_open_undisputed_stay_and_places_add_up(
    cast: Cast, steps: list[tuple[str, str]]
) -> None:
    family = receive(cast.ana, cast.a, (MOTHER, FATHER))
    life = Life(cast, family)
    for step, name in steps:
        life.do(step, name)
        counted = Stay.objects.filter(state__in=OPEN, disputed=False, voided_at=None)
        for person in family.people.values():
            assert counted.filter(person=person).count() <= 1
        for place in (cast.a, cast.b):
            tree = occupancy.read(place.id)
            assert tree.people == counted.filter(site=place.site).count()
            assert sum(node.own for node in tree.nodes.values()) + tree.without_space == tree.people


@settings(max_examples=12, suppress_health_check=_SHARED)
@given(late=st.booleans(), repeats=st.integers(2, 4), verb=st.sampled_from(["check_out", "step_out", "check_in"]))
def test_an_entry_sent_again_and_again_is_one_entry(cast: Cast, late: bool, repeats: int, verb: str) -> None:
    family = receive(cast.ana, cast.a, (MOTHER,), happened_at=ago(9))
    of_each: dict[str, dict[str, Any]] = {
        "check_out": {"stay_ids": family.all_stays(), "reason": OutReason.RENTED},
        "step_out": {"absence_id": uuid7(), "stay_id": family.stays["Marta"]},
        "check_in": {"stay_id": uuid7(), "site_id": cast.a.id, "person_id": family.people["Marta"]},
    }
    if verb == "check_in":
        check_out(cast.ana, family)
    envelope: dict[str, Any] = {"op_id": uuid7(), "happened_at": ago(2 if late else 0)}
    receipts = [submit(verb, cast.ana, envelope, **of_each[verb]) for _ in range(repeats)]
    assert [receipt.repeated for receipt in receipts] == [False] + [True] * (repeats - 1)
    assert {receipt.result.pk for receipt in receipts} == {receipts[0].result.pk}
    assert Intent.objects.filter(op_id=envelope["op_id"]).count() == 1
    assert Absence.objects.filter(stay=family.stays["Marta"]).count() == (verb == "step_out")
    assert Stay.objects.filter(person=family.people["Marta"]).count() == (2 if verb == "check_in" else 1)
