"""What two records becoming one means to stays: nobody is counted twice, and what cannot both be so is disputed."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from cobijo.core import rows
from cobijo.core.context import current, flag
from cobijo.people.services import Outlook, decide, foretold, hand_over, merged
from cobijo.sites.access import visible_to
from cobijo.sites.conflicts import in_conflict
from cobijo.sites.incidents.models import Involved
from cobijo.sites.models import Death, Stay
from cobijo.sites.rollcalls.models import Difference
from cobijo.sites.rules import alerts
from cobijo.sites.types import OPEN, Flag


class Conflict(models.TextChoices):
    """What a merge settles by a rule, said before."""

    STAYS = (
        "sites.stays",
        _(
            "They stay, or stayed, at two places at the same time. The stays of the record that is kept count; the "
            "others are disputed and not counted until somebody settles them."
        ),
    )
    DEATH = "sites.death", _("One of them is recorded as dead. The person is from now on.")


decide(
    moves=("sites.Stay.person", "sites.Death.person", "sites.Difference.person", "sites.Involved.person"),
    stays={"sites.Visit.person": "a message of the last seven days, which goes with its week"},
)


@merged.join
def hand_stays_over(kept: UUID, gone: UUID) -> None:
    """Stays go over; one that shares time with a stay of the kept record is disputed. The rest goes over once."""
    for stay in Stay.objects.filter(person=gone).select_related("site").order_by("in_at", "pk"):
        disputed = stay.disputed or _shares_time(stay, kept)
        rows.change(stay, person_id=kept, disputed=disputed)
        if disputed:
            _report(stay)
    rows.change_all(Difference.objects.filter(person=gone), person_id=kept)
    if not Death.objects.filter(person=kept).exists():
        hand_over(Death.objects.filter(person=gone), kept)
    there = Involved.objects.filter(person=kept).values("incident")
    rows.remove(Involved.objects.filter(person=gone, incident__in=there))
    hand_over(Involved.objects.filter(person=gone).exclude(incident__in=there), kept)


def _shares_time(stay: Stay, kept: UUID) -> bool:
    """Whether an undisputed stay of the kept record is at the same time."""
    if stay.in_at is None or stay.voided_at is not None:
        return False
    return _others(stay, kept).exists()


def _others(stay: Stay, kept: UUID) -> models.QuerySet[Stay]:
    return in_conflict(Stay(pk=stay.pk, person_id=kept, in_at=stay.in_at, out_at=stay.out_at))


def _report(stay: Stay) -> None:
    """Say that a stay is disputed, and of the other, only to who may see them."""
    if stay.voided_at is not None:
        return
    actor = current().act.actor
    if visible_to(actor, Stay.objects.filter(pk=stay.pk)).exists():
        seen = list(visible_to(actor, in_conflict(stay)))
        for other in seen:
            flag(Flag.SECOND_STAY, stay=stay.pk, other=other.pk)
        if not seen:
            flag(Flag.TO_CONFIRM, stay=stay.pk)
    if stay.state in OPEN:
        alerts.tell_disputed(stay.site, [stay])


@foretold.join
def say_before(actor: UUID, kept: UUID, gone: UUID, outlook: Outlook) -> None:
    """The stays at the same time that the reader may see, and a death."""
    theirs = visible_to(actor, Stay.objects.filter(person=gone, disputed=False, in_at__isnull=False))
    if any(visible_to(actor, _others(stay, kept)).exists() for stay in theirs):
        outlook.conflicts.append(Conflict.STAYS)
    if visible_to(actor, Death.objects.filter(person__in=[kept, gone])).count() == 1:
        outlook.conflicts.append(Conflict.DEATH)
