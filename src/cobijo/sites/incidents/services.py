"""Writing an incident down, and seeing to it."""

import secrets
from typing import Annotated, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.accounts.access import COMMAND_LINE
from cobijo.algorithms.text import clean
from cobijo.core import keys, rows, wordseals
from cobijo.core.context import concerns, current
from cobijo.core.errors import Ground, Refusal
from cobijo.core.ids import uuid7
from cobijo.core.personal import SUBJECT, Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, Act, verb
from cobijo.sites.incidents.models import Incident, Involved
from cobijo.sites.incidents.types import FollowIn, IncidentIn, IncidentState
from cobijo.sites.rules import coming, owners

DIGITS: Final = 100_000

NAMED_TWICE = Refusal(
    "sites.involved_twice", _("Somebody is named twice in this incident. Name each person once."), Ground.INPUT
)
SAY_OUTCOME = Refusal(
    "sites.say_outcome",
    _("An incident is closed with what came of it. Write it in a sentence; it stands sealed."),
    Ground.INPUT,
)
INCIDENT_CLOSED = Refusal(
    "sites.incident_closed", _("This incident is closed already. Open it again by leaving “closed” out."), Ground.INPUT
)

People = Annotated[list[UUID], Field(max_length=20)]


@verb(
    "sites.record_incident",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"people": SUBJECT},
    says=_("Incident written down"),
)
def record_incident(
    act: Act, *, incident_id: UUID, site_id: UUID, incident: IncidentIn, people: People | None = None
) -> Incident:
    """Write down what happened at a site: facts, sealed. ``people`` only where somebody must be found again by it."""
    site = coming.lock_site(site_id)
    named = people or []
    if len(set(named)) < len(named):
        raise NAMED_TWICE.about("people")
    space = coming.spaces_in_use(site, [incident.space_id])
    words = {"facts": clean(incident.facts), "place": clean(incident.place)}
    made = rows.add(
        Incident(
            id=incident_id,
            site=site,
            number=f"I-{secrets.randbelow(DIGITS):05d}",
            happened_at=act.happened_at,
            recorded_at=current().recorded_at,
            space_id=next(iter(space), None),
            kind=incident.kind,
            seriousness=incident.seriousness,
            confidential=incident.confidential,
            sealed=wordseals.close(keys.INCIDENTS, Incident, incident_id, "sealed", words),
            told=sorted(set(incident.told)),
            recorded_by_id=None if act.actor == COMMAND_LINE else act.actor,
        )
    )
    if named:
        concerns(named)
        at = current().recorded_at
        rows.add(*(Involved(id=uuid7(), incident=made, person_id=one, noted_at=at) for one in named))
    return made


@verb(
    "sites.follow_incident",
    kind=FACT,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Incident seen to"),
)
def follow_incident(act: Act, *, incident_id: UUID, follow: FollowIn) -> Incident:
    """Say anew who sees to an incident, until when, who was told, what came of it and what is learned."""
    found = Incident.objects.select_for_update(of=("self",), no_key=True).get(pk=incident_id)
    closed = found.state == IncidentState.CLOSED
    if closed and follow.closed:
        raise INCIDENT_CLOSED()
    outcome = clean(follow.outcome)
    if follow.closed and not outcome:
        raise SAY_OUTCOME.about("follow.outcome")
    owners.check(follow.owner_id, found.site_id, "follow.owner_id")
    words = {"outcome": outcome, "lesson": clean(follow.lesson)}
    return rows.change(
        found,
        owner_id=follow.owner_id,
        due_on=follow.due_on,
        told=sorted(set(follow.told)),
        sealed_outcome=wordseals.close(keys.INCIDENTS, Incident, found.pk, "sealed_outcome", words),
        state=IncidentState.CLOSED if follow.closed else IncidentState.OPEN,
        closed_at=current().recorded_at if follow.closed else None,
    )
