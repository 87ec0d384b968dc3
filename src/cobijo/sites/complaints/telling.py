"""Telling the focal points: after it is committed, so that writing a complaint down takes the same whatever it says."""

from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cobijo.accounts import services as accounts
from cobijo.core import canonical
from cobijo.core.models import Outcome
from cobijo.sites.complaints.access import in_force, works_at
from cobijo.sites.complaints.models import Complaint

WAITS: Final = accounts.declare_notice(
    "sites.complaint_waits", _("A complaint about staff waits for you. Open “Addressed to me” among the complaints.")
)


def tell_focal_points(outcome: Outcome) -> None:
    """A complaint about staff is told to its focal points, and to nobody else; again only if nobody read the first."""
    said = canonical.decode(outcome.intent.arguments.encode())
    complaint = Complaint.objects.filter(pk=UUID(said["complaint_id"]), aside=True).first()
    if complaint is None:
        return
    for account in focal_points_of(complaint):
        accounts.tell([account], WAITS, complaint=complaint.pk)


def focal_points_of(complaint: Complaint) -> list[UUID]:
    """The accounts that see a complaint about staff."""
    named = in_force().filter(unit__reaches__below=complaint.site_id).values_list("account_id", flat=True)
    there = Complaint.objects.filter(pk=complaint.pk)
    return sorted({account for account in named if not there.filter(works_at(account, "site")).exists()})
