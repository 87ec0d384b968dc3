"""Which infants are fed with formula: a health worker says so, one by one, and until the first birthday only."""

from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from cobijo.algorithms.ages import age_on
from cobijo.assistance.models import FormulaAssessment
from cobijo.assistance.refusals import AGE_NOT_KNOWN, ASSESSED_ALREADY, ASSESSMENT_OVER, NOT_AN_INFANT
from cobijo.assistance.types import FormulaKind
from cobijo.core import rows
from cobijo.core.context import concerns, current
from cobijo.core.personal import Category, Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, SUBJECT, About, Act, verb
from cobijo.people.queries import need_codes
from cobijo.people.queries.who import people_by_id
from cobijo.people.types import NeedCode
from cobijo.sites.queries import zone_for

YEAR = timedelta(days=365)


@verb(
    "assistance.assess_infant",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.ASSISTANCE,
    personal={"person_id": SUBJECT, "kind": About("person_id", Category.HEALTH)},
    says=_("Infant feeding assessed"),
)
def assess_infant(act: Act, *, assessment_id: UUID, person_id: UUID, kind: FormulaKind) -> FormulaAssessment:
    """Say that an infant is fed with formula, and which. Another kind takes the place of the one before.

    Age in doubt counts as an infant's: the youngest age possible must be under one year, or, where no birth is known,
    the need “infant” be marked. Then it ends a year later at most.
    """
    today = act.happened_at.astimezone(ZoneInfo(zone_for(act.actor))).date()
    ends_on = _ends_on(act.actor, person_id, today)
    for earlier in _open(person_id):
        if earlier.kind == kind and earlier.ends_on == ends_on:
            raise ASSESSED_ALREADY()
        rows.change(earlier, ended_at=current().recorded_at)
    return rows.add(
        FormulaAssessment(
            id=assessment_id,
            person_id=person_id,
            kind=kind,
            by_id=act.actor,
            at=act.happened_at,
            ends_on=ends_on,
        )
    )


def _open(person: UUID) -> list[FormulaAssessment]:
    return list(FormulaAssessment.objects.select_for_update(no_key=True).filter(person=person, ended_at=None))


def _ends_on(actor: UUID, person_id: UUID, today: date) -> date:
    """The first birthday, by the youngest age possible."""
    birth = people_by_id([person_id], lock=True)[person_id].birth
    age = age_on(birth, today)
    if age is not None and age > 0:
        raise NOT_AN_INFANT.about("person_id")
    if birth.latest is None:
        if NeedCode.INFANT not in need_codes(actor, person_id):
            raise AGE_NOT_KNOWN.about("person_id")
        return today + YEAR
    return _year_after(birth.latest)


def _year_after(birth: date) -> date:
    """The day on which one year is completed; who was born on 29 February completes it on 1 March."""
    leap = (birth.month, birth.day) == (2, 29)
    return date(birth.year + 1, 3, 1) if leap else birth.replace(year=birth.year + 1)


@verb(
    "assistance.end_assessment",
    kind=FACT,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.ASSISTANCE,
    personal={},
    says=_("Infant feeding assessed"),
)
def end_assessment(act: Act, *, assessment_id: UUID) -> FormulaAssessment:
    """The infant is no longer fed with formula: from the next order on none is asked for."""
    found = FormulaAssessment.objects.select_for_update(no_key=True).get(pk=assessment_id)
    concerns([found.person_id])
    if found.ended_at is not None:
        raise ASSESSMENT_OVER()
    return rows.change(found, ended_at=current().recorded_at)
