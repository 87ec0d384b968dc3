"""Formula is for infants a health worker has assessed, one by one, until their first birthday."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from cobijo.accounts.access import COMMAND_LINE
from cobijo.assistance import access, services
from cobijo.assistance.models import FormulaAssessment
from cobijo.assistance.tests.bodega import born, health_worker, mother_with
from cobijo.assistance.types import FormulaKind
from cobijo.core import clock, operations
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Door
from cobijo.people import services as people
from cobijo.people.types import BirthIn, EraseGround, NeedCode
from tests.cast import ZONE, Cast, act

pytestmark = pytest.mark.django_db
POWDER, READY = FormulaKind.POWDER, FormulaKind.READY


def today() -> date:
    return clock.today(ZoneInfo(ZONE))


def test_an_assessment_ends_by_itself_at_the_first_birthday(cast: Cast) -> None:
    irene, day = health_worker(cast), today() - timedelta(days=100)
    child = mother_with(cast, born(day))
    kept = services.assess_infant(act(irene), assessment_id=uuid7(), person_id=child, kind=POWDER)
    assert kept.ends_on == date(day.year + 1, day.month, day.day)
    assert (kept.kind, kept.by_id) == ("powder", irene.id)


def test_an_age_said_counts_as_the_youngest_it_can_be(cast: Cast) -> None:
    child = mother_with(cast, BirthIn(age_months=11))
    kept = services.assess_infant(act(health_worker(cast)), assessment_id=uuid7(), person_id=child, kind=READY)
    assert today() < kept.ends_on <= today() + timedelta(days=31)


def test_a_child_past_the_first_birthday_is_no_infant(cast: Cast) -> None:
    child = mother_with(cast, BirthIn(age_months=12))
    with pytest.raises(DomainError) as refused:
        services.assess_infant(act(health_worker(cast)), assessment_id=uuid7(), person_id=child, kind=POWDER)
    assert refused.value.code == "assistance.not_an_infant"


def test_without_a_birth_the_need_infant_says_it_and_it_ends_within_a_year(cast: Cast) -> None:
    irene = health_worker(cast)
    unmarked, marked = mother_with(cast, BirthIn()), mother_with(cast, BirthIn(), None, None, NeedCode.INFANT)
    with pytest.raises(DomainError) as refused:
        services.assess_infant(act(irene), assessment_id=uuid7(), person_id=unmarked, kind=POWDER)
    assert refused.value.code == "assistance.age_not_known"
    kept = services.assess_infant(act(irene), assessment_id=uuid7(), person_id=marked, kind=POWDER)
    assert kept.ends_on == today() + timedelta(days=365)


def test_another_kind_takes_the_place_of_the_one_before_and_the_same_is_refused(cast: Cast) -> None:
    irene, child = health_worker(cast), mother_with(cast, BirthIn(age_months=4))
    services.assess_infant(act(irene), assessment_id=uuid7(), person_id=child, kind=POWDER)
    services.assess_infant(act(irene), assessment_id=uuid7(), person_id=child, kind=READY)
    assert [one.kind for one in FormulaAssessment.objects.filter(ended_at=None)] == ["ready"]
    with pytest.raises(DomainError) as refused:
        services.assess_infant(act(irene), assessment_id=uuid7(), person_id=child, kind=READY)
    assert refused.value.code == "assistance.assessed_already"


def test_an_assessment_is_ended_once(cast: Cast) -> None:
    irene, child = health_worker(cast), mother_with(cast, BirthIn(age_months=4))
    kept = services.assess_infant(act(irene), assessment_id=uuid7(), person_id=child, kind=POWDER)
    services.end_assessment(act(irene), assessment_id=kept.id)
    with pytest.raises(DomainError) as refused:
        services.end_assessment(act(irene), assessment_id=kept.id)
    assert refused.value.code == "assistance.assessment_over"


def test_only_health_workers_who_know_the_infant_assess_and_see_it(cast: Cast) -> None:
    irene, child = health_worker(cast), mother_with(cast, BirthIn(age_months=4))
    for who, code in ((cast.beto, "core.not_allowed"), (cast.carla, "core.not_found"), (cast.diego, "core.not_found")):
        with pytest.raises(DomainError) as refused:
            services.assess_infant(act(who), assessment_id=uuid7(), person_id=child, kind=POWDER)
        assert refused.value.code == code
    services.assess_infant(act(irene), assessment_id=uuid7(), person_id=child, kind=POWDER)
    everything = FormulaAssessment.objects.all()
    seen = {who.username: access.visible_to(who.id, everything).count() for who in (irene, cast.beto, cast.case_worker)}
    assert seen == {"irene": 1, "beto": 0, "elena": 0}


def test_erasing_the_infant_leaves_no_assessment(cast: Cast) -> None:
    irene, child = health_worker(cast), mother_with(cast, BirthIn(age_months=4))
    services.assess_infant(act(irene), assessment_id=uuid7(), person_id=child, kind=POWDER)
    operator = operations.act_of(COMMAND_LINE, Door.COMMAND)
    people.erase_person(operator, person_id=child, ground=EraseGround.REQUEST)
    assert not FormulaAssessment.objects.exists()
