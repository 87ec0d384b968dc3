"""From a number as typed to the form: the one way, whoever asks."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from cobijo.accounts.queries import names_of
from cobijo.algorithms import codes
from cobijo.core import wording
from cobijo.core.errors import DomainError
from cobijo.people import sight
from cobijo.people.models import Household
from cobijo.people.paper import access, numbers
from cobijo.people.paper.models import PaperBatch, PaperForm
from cobijo.people.paper.refusals import (
    FORM_PUT_AWAY,
    FORM_SLIP,
    FORM_TYPED,
    FORM_TYPED_BY,
    FORM_WITHDRAWN,
    NOT_A_FORM,
    UNKNOWN_FORM,
)
from cobijo.people.paper.types import FormEnd


def known(actor: UUID, form: str, rows: QuerySet[PaperForm] | None = None) -> PaperForm:
    """The form of this number, if its batch is one the actor types in, whatever became of it.

    Raises NOT_A_FORM and FORM_SLIP by the text alone; UNKNOWN_FORM alike where there is none and where it is another's.
    """
    mine = access.visible_to(actor, PaperBatch.objects.all())
    found = (PaperForm.objects.all() if rows is None else rows).filter(number=_number(form), batch__in=mine)
    one = found.select_related("batch", "card__batch").first()
    if one is None:
        raise UNKNOWN_FORM.about("form")
    return one


def _number(form: str) -> int:
    try:
        return numbers.heard(form)
    except codes.BadCode as bad:
        raise (FORM_SLIP if bad.reason == "check" else NOT_A_FORM).about("form") from bad


def why_not(actor: UUID, form: PaperForm, zone: str | None) -> DomainError | None:
    """Why a form is not typed in (again); None where it can be. One that was lost and is here was found."""
    if form.household_id is not None:
        return _typed(actor, form, zone)
    if form.batch.voided_at is not None:
        return FORM_WITHDRAWN.about("form")
    if form.end_reason in (FormEnd.SPOILED, FormEnd.BLANK):
        return FORM_PUT_AWAY.about("form")
    return None


def _typed(actor: UUID, form: PaperForm, zone: str | None) -> DomainError:
    """By whom and when is for who may see the household, and nobody else."""
    home = sight.visible_to(actor, Household.objects.filter(paper_forms=form)).first()
    if home is None or form.typed_at is None:
        return FORM_TYPED.about("form")
    by = names_of([form.typed_by_id]).get(form.typed_by_id, "–") if form.typed_by_id else "–"
    when = wording.moment(form.typed_at, "short", ZoneInfo(zone) if zone else None)
    return FORM_TYPED_BY.about("form", by=by, when=when, code=home.code)
