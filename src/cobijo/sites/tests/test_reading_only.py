"""Who broke the glass reads one record for four hours, and no act of theirs brings the person any nearer."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.people import services as people
from cobijo.people.access import visible_to
from cobijo.people.models import Person, PersonScope
from cobijo.people.types import ConsentIn, ConsentState, Kinship, MemberIn, PersonIn, Sex
from cobijo.sites import queries, services
from cobijo.sites.tests.shelter import FATHER, GIRL, MOTHER, Family, receive
from cobijo.sites.tests.test_transfers import today
from cobijo.sites.types import CheckInOf, OutReason
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db

Acts = dict[str, Callable[[], object]]


@pytest.fixture
def family(cast: Cast) -> Family:
    """Ana's family at A, whose mother's record Carla of B has opened."""
    family = receive(cast.ana, cast.a, (MOTHER, FATHER, GIRL))
    opens(cast, cast.carla.id, cast.b.id, family.people["Marta"])
    return family


def opens(cast: Cast, who: UUID, unit: UUID, person: UUID) -> None:
    """A site manager opens a record by break-glass."""
    account = next(one for one in (cast.beto, cast.carla) if one.id == who)
    code = Person.objects.get(pk=person).code
    opened = people.break_glass(act(account), break_glass_id=uuid7(), unit_id=unit, code=code, why="Urgencia médica.")
    assert opened is not None


def acts_of_carla(cast: Cast, family: Family) -> Acts:
    """Everything Carla could do at her own site with the ids she now knows."""
    marta, site = family.people["Marta"], cast.b.id
    own = receive(cast.carla, cast.b, (FATHER, GIRL))
    come = [CheckInOf(person_id=marta, stay_id=uuid7())]
    new = MemberIn(person_id=uuid7(), given_names="Nueva", kinship=Kinship.RELATIVE)
    answer = ConsentIn(
        consent_id=uuid7(), person_id=own.people["Lucía"], purpose="tracing", state=ConsentState.GIVEN, language="es",
        caregiver_id=marta,
    )  # fmt: skip
    return {
        "check_in": lambda: services.check_in(act(cast.carla), stay_id=uuid7(), site_id=site, person_id=marta),
        "check_in_household": lambda: services.check_in_household(
            act(cast.carla), household_id=family.household, site_id=site, arrivals=come
        ),
        "plan_stays": lambda: services.plan_stays(act(cast.carla), site_id=site, arrivals=come, planned_for=today()),
        "register_birth": lambda: services.register_birth(
            act(cast.carla), child=PersonIn(person_id=uuid7(), sex=Sex.FEMALE), mother_id=marta, stay_id=uuid7()
        ),
        "add_member": lambda: people.add_member(
            act(cast.carla), household_id=family.household, unit_id=site, member=new
        ),
        "move_member": lambda: people.move_member(
            act(cast.carla),
            person_id=own.people["Julio"],
            household_id=family.household,
            membership_id=uuid7(),
            kinship=Kinship.RELATIVE,
        ),
        "record_consent": lambda: people.record_consent(act(cast.carla), answer=answer),
    }


def test_no_act_on_a_record_opened_by_break_glass_is_done(cast: Cast, family: Family) -> None:
    attempts = acts_of_carla(cast, family)
    before = list(PersonScope.objects.values_list("pk", "ends_at"))
    for name, attempt in attempts.items():
        with pytest.raises(DomainError) as refused:
            attempt()
        assert refused.value.code in {"core.not_found", "core.not_allowed"}, name
    assert list(PersonScope.objects.values_list("pk", "ends_at")) == before


def test_after_four_hours_nothing_of_it_is_left(cast: Cast, family: Family) -> None:
    marta = Person.objects.filter(pk=family.people["Marta"])
    assert visible_to(cast.carla.id, marta).exists()
    for attempt in acts_of_carla(cast, family).values():
        with pytest.raises(DomainError):
            attempt()
    clock.move(timedelta(hours=4, minutes=1))
    assert not visible_to(cast.carla.id, marta).exists()


def test_at_ones_own_site_a_protected_persons_stay_is_read_and_not_touched(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, (FATHER, MOTHER))
    people.protect_person(
        act(cast.case_worker), protection_id=uuid7(), person_id=family.people["Marta"], why="La buscan.",
        asked_by_person=True, worker_ids=[cast.case_worker.id],
    )  # fmt: skip
    opens(cast, cast.beto.id, cast.a.id, family.people["Marta"])
    stay = family.stays["Marta"]
    assert [line.stay_id for line in queries.stays_of(cast.beto.id, family.people["Marta"])] == [stay]
    attempts: Acts = {
        "move_space": lambda: services.move_space(act(cast.beto), stay_ids=[stay], space_id=None),
        "step_out": lambda: services.step_out(act(cast.beto), absence_id=uuid7(), stay_id=stay),
        "check_out": lambda: services.check_out(act(cast.beto), stay_ids=[stay], reason=OutReason.HOME),
        "void_stay": lambda: services.void_stay(act(cast.beto), stay_id=stay),
        "propose_transfer": lambda: services.propose_transfer(
            act(cast.beto), transfer_id=uuid7(), to_site_id=cast.b.id, stay_ids=[stay], travels_on=today()
        ),
    }
    for name, attempt in attempts.items():
        with pytest.raises(DomainError) as refused:
            attempt()
        assert refused.value.code == "core.not_found", name
