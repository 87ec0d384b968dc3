"""What two records of an infant becoming one means: one assessment counts, that of the record that is kept."""

from uuid import UUID

from cobijo.assistance.models import FormulaAssessment
from cobijo.core import rows
from cobijo.core.context import current
from cobijo.people.services import decide, hand_over, merged

decide(moves=("assistance.FormulaAssessment.person",))


@merged.join
def hand_assessments_over(kept: UUID, gone: UUID) -> None:
    """Assessments go over; the other's open one ends where the kept record has one."""
    theirs = FormulaAssessment.objects.filter(person=gone)
    if FormulaAssessment.objects.filter(person=kept, ended_at=None).exists():
        rows.change_all(theirs.filter(ended_at=None), person_id=kept, ended_at=current().recorded_at)
    hand_over(FormulaAssessment.objects.filter(person=gone), kept)
