"""Complaints as pages show them, each to who may read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from cobijo.core import records, wordseals
from cobijo.people.types import Sex
from cobijo.sites.access import get_for, visible_to
from cobijo.sites.complaints.access import in_force
from cobijo.sites.complaints.kinds import as_number, kinds
from cobijo.sites.complaints.models import Complaint, FocalPoint
from cobijo.sites.complaints.services import works_below
from cobijo.sites.complaints.types import Channel, ComplaintState, Grown
from cobijo.sites.models import Response

LATEST = 40


@dataclass(frozen=True, slots=True)
class Opened:
    """A complaint with its words."""

    complaint: Complaint
    words: Mapping[str, Any]
    answer: str
    again: str

    @property
    def kind(self) -> str:
        found = kinds().get(self.words.get("kind", ""))
        return found.label if found else ""

    @property
    def text(self) -> str:
        return str(self.words.get("text", ""))

    @property
    def channel(self) -> str:
        said = self.words.get("channel", "")
        return str(Channel(said).label) if said in Channel.values else ""

    @property
    def who(self) -> str:
        """Sex and age as far as they were said."""
        sex, grown = self.words.get("sex", ""), self.words.get("grown", "")
        parts = [str(Sex(sex).label)] if sex in Sex.values and sex != Sex.UNKNOWN else []
        return ", ".join([*parts, *([str(Grown(grown).label)] if grown else [])])

    @property
    def happened_on(self) -> date | None:
        said = self.words.get("happened_on", "")
        return date.fromisoformat(said) if said else None


def opened(complaint: Complaint) -> Opened:
    """A complaint with its words; the caller has asked whether it may be read."""
    after = wordseals.open_all(complaint, "sealed_answer")
    words = wordseals.open_all(complaint, "sealed")
    return Opened(complaint, words, after.get("answer", ""), after.get("again", ""))


def complaints_of(actor: UUID, site: UUID) -> tuple[list[Opened], list[Opened]]:
    """The ordinary complaints of a site that an actor sees: those that wait, the first due on top; answered ones."""
    return _parted(visible_to(actor, Complaint.objects.filter(site=site, aside=False)))


def addressed_to(actor: UUID) -> tuple[list[Opened], list[Opened]]:
    """The complaints about staff that wait for a focal point, and those answered."""
    return _parted(visible_to(actor, Complaint.objects.filter(aside=True)))


def _parted(rows: QuerySet[Complaint]) -> tuple[list[Opened], list[Opened]]:
    rows = rows.select_related("owner", "site__unit")
    waiting = rows.exclude(state=ComplaintState.ANSWERED).order_by("due_on", "filed_at")
    answered = rows.filter(state=ComplaintState.ANSWERED).order_by("-answered_at")[:LATEST]
    return [opened(one) for one in waiting], [opened(one) for one in answered]


def complaint_for(actor: UUID, complaint_id: UUID) -> Opened:
    """A complaint as an actor may read it; NOT_FOUND of any other."""
    get_for(actor, Complaint, complaint_id)
    return opened(Complaint.objects.select_related("site__unit", "site__response__unit", "owner").get(pk=complaint_id))


def answer_to(actor: UUID, text: str) -> str | None:
    """What is handed out to who shows the number of a slip; None alike for a number that is none, one that waits, one
    about staff and one of another site.
    """
    number = as_number(text)
    if number is None:
        return None
    rows = visible_to(actor, Complaint.objects.filter(number=number, aside=False, state=ComplaintState.ANSWERED))
    found = rows.order_by("-answered_at").first()
    return opened(found).answer if found else None


# --- focal points ----------------------------------------------------------------------------------------------------


def focal_points(actor: UUID, response: Response) -> list[FocalPoint]:
    """The focal points of a response and its areas, as whoever runs it sees them."""
    below = {"unit__reached_by__above": response.pk}
    rows = visible_to(actor, in_force().filter(**below)).select_related("unit", "account")
    return list(rows.order_by("unit__name", "account__name"))


def could_be_focal_points(actor: UUID, unit: UUID) -> Sequence[tuple[UUID, str]]:
    """The accounts an actor sees that work at no site of a unit, by name; not oneself."""
    seen = records.all_for(actor, "accounts.account").filter(is_active=True).exclude(pk=actor)
    return [(one.pk, one.name) for one in seen.order_by("name") if not works_below(one.pk, unit)]
