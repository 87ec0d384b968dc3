"""What is asked about forms: how a batch stands, which numbers are still out there, whether one can be typed in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.people.paper import access, finding
from cobijo.people.paper.models import PaperBatch, PaperForm
from cobijo.people.paper.types import FormEnd, FormLanguage, FormLine, OpenForm


@dataclass(frozen=True, slots=True)
class FormBatchRow:
    """A batch and what became of its forms. ``out``: neither typed in nor put away."""

    id: UUID
    number: int
    unit: str
    language: FormLanguage
    printed: int
    typed: int
    ended: int
    card_batch: int | None
    printed_at: datetime
    voided_at: datetime | None
    may_run: bool

    @property
    def out(self) -> int:
        return 0 if self.voided_at else self.printed - self.typed - self.ended

    @property
    def language_word(self) -> str:
        return str(self.language.label)


def form_batches_for(actor: UUID) -> list[FormBatchRow]:
    """The batches the actor may type in, newest first, in one query."""
    rows = _counted(access.visible_to(actor, PaperBatch.objects.select_related("unit", "card_batch")))
    runs = set(authority.unit_ids(actor, Permission.MANAGE_SITE))
    everywhere = authority.authority(actor).command_line
    return [_batch(one, everywhere or one.unit_id in runs) for one in rows.order_by("-printed_at", "-number")]


def form_batch_for(actor: UUID, batch_id: UUID) -> FormBatchRow:
    """One batch the actor may know of; raises NOT_FOUND for any other."""
    access.get_for(actor, PaperBatch, batch_id)
    return next(one for one in form_batches_for(actor) if one.id == batch_id)


def _counted(rows: QuerySet[PaperBatch]) -> QuerySet[PaperBatch]:
    return rows.annotate(
        typed=Count("forms", filter=Q(forms__household__isnull=False)),
        ended=Count("forms", filter=Q(forms__ended_at__isnull=False)),
    )


def _batch(row: PaperBatch, may_run: bool) -> FormBatchRow:
    counts = vars(row)  # what the query added
    return FormBatchRow(
        id=row.pk,
        number=row.number,
        unit=row.unit.name,
        language=FormLanguage(row.language),
        printed=row.printed,
        typed=counts["typed"],
        ended=counts["ended"],
        card_batch=row.card_batch.number if row.card_batch else None,
        printed_at=row.printed_at,
        voided_at=row.voided_at,
        may_run=may_run,
    )


def forms_of(actor: UUID, batch_id: UUID) -> list[FormLine]:
    """The forms of a batch that are not typed in, by number: those still out there, and those put away."""
    rows = access.visible_to(actor, PaperForm.objects.filter(batch=batch_id, household=None))
    return [_line(one) for one in rows.select_related("card").order_by("number")]


def form_for(actor: UUID, form_id: UUID) -> FormLine:
    """One form the actor may know of; raises NOT_FOUND for any other."""
    return _line(access.get_for(actor, PaperForm, form_id))


def _line(row: PaperForm) -> FormLine:
    end = str(FormEnd(row.end_reason).label) if row.end_reason else ""
    return FormLine(row.pk, row.spoken, row.card.spoken if row.card else "", row.typed_at, end)


def form_to_type(actor: UUID, form: str, zone: str | None = None) -> OpenForm:
    """The form of this number, to be typed in now; raises what ``finding`` raises, and why it cannot be.

    ``zone``: that of the hour in a sentence; None: the one in force.
    """
    authority.require_anywhere(actor, Permission.REGISTER)
    found = finding.known(actor, form)
    refusal = finding.why_not(actor, found, zone)
    if refusal is not None:
        raise refusal
    waiting = PaperForm.objects.filter(batch=found.batch_id, household=None, ended_at=None).exclude(pk=found.pk)
    after = waiting.filter(number__gt=found.number).order_by("number").first() or waiting.order_by("number").first()
    return OpenForm(
        form_id=found.pk,
        number=found.spoken,
        batch_id=found.batch_id,
        batch=found.batch.number,
        language=found.batch.language,
        card=found.card.spoken if found.card else "",
        printed=found.batch.printed,
        typed=found.batch.forms.filter(household__isnull=False).count(),
        after=after.spoken if after else "",
    )
