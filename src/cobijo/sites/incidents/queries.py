"""Incidents as pages show them: what happened is opened for who may see it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from cobijo.core import wordseals
from cobijo.people import access as people_access
from cobijo.people.queries import PersonLine, line_of
from cobijo.sites.access import get_for, visible_to
from cobijo.sites.incidents.models import Incident, Involved
from cobijo.sites.incidents.types import IncidentState, Told

LATEST = 40


@dataclass(frozen=True, slots=True)
class Full:
    """An incident with its words opened, and the people it is about whom the reader may see."""

    incident: Incident
    facts: str
    place: str
    outcome: str
    lesson: str
    told: list[str]
    people: list[PersonLine]


def incidents_of(actor: UUID, site: UUID) -> tuple[list[Incident], list[Incident]]:
    """The incidents of a site that an actor sees: open ones, the gravest and then the first due on top; closed ones."""
    rows = visible_to(actor, Incident.objects.filter(site=site)).select_related("owner", "space")
    waiting = rows.filter(state=IncidentState.OPEN)
    in_order = waiting.order_by("-seriousness", F("due_on").asc(nulls_last=True), "-happened_at")
    return list(in_order), list(rows.filter(state=IncidentState.CLOSED).order_by("-happened_at")[:LATEST])


def incident_for(actor: UUID, incident_id: UUID) -> Full:
    """An incident as an actor may read it; NOT_FOUND of any other."""
    get_for(actor, Incident, incident_id)
    found = Incident.objects.select_related("site__unit", "site__response__unit", "owner", "space").get(pk=incident_id)
    words, after = wordseals.open_all(found, "sealed"), wordseals.open_all(found, "sealed_outcome")
    named = Involved.objects.filter(people_access.people(actor, "person"), incident=found).select_related("person")
    return Full(
        incident=found,
        facts=words.get("facts", ""),
        place=words.get("place", ""),
        outcome=after.get("outcome", ""),
        lesson=after.get("lesson", ""),
        told=[str(Told(one).label) for one in found.told if one in Told.values],
        people=[line_of(one.person) for one in named.order_by("noted_at", "pk")],
    )
