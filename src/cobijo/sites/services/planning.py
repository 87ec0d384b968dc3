"""Expecting people at a site."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.core import rows
from cobijo.core.context import current
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, DECISION, FREE, Act, verb
from cobijo.people.queries.who import people_by_id
from cobijo.people.types import Presence
from cobijo.sites.models import Death, Site, Stay
from cobijo.sites.refusals import ALREADY_EXPECTED, PLANNED_IN_PAST, RECORDED_DEAD, SITE_CLOSED
from cobijo.sites.rules import coming, crowding, expecting, persons
from cobijo.sites.types import CheckInOf, SiteStatus, StayState, Words

Arrivals = Annotated[list[CheckInOf], Field(min_length=1, max_length=40)]


@verb(
    "sites.plan_stays",
    kind=DECISION,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"planned_for": FREE, "override": FREE},
    says=_("Stays planned"),
)
def plan_stays(
    act: Act, *, site_id: UUID, arrivals: Arrivals, planned_for: date, override: Words | None = None
) -> Stay:
    """Expect people at a site on a day and keep places for them. Gives the first stay.

    More people than places is refused, unless ``override`` says why it goes over.
    """
    site = coming.lock_site(site_id)
    if coming.status_at(site.pk, current().recorded_at) is SiteStatus.CLOSED:
        raise SITE_CLOSED(site=site.unit.name)
    if planned_for < coming.day_at(site, act.happened_at):
        raise PLANNED_IN_PAST.about("planned_for")
    coming.check_each_once(arrivals)
    people = [arrival.person_id for arrival in arrivals]
    _refuse_known(site, people)
    spaces = [arrival.space_id for arrival in arrivals]
    coming.spaces_in_use(site, spaces)
    crowding.refuse_crowding(site, spaces, override)
    who = people_by_id(people, lock=True)
    stays = [
        Stay(
            id=arrival.stay_id,
            person_id=arrival.person_id,
            household_id=who[arrival.person_id].household,
            site=site,
            space_id=arrival.space_id,
            state=StayState.PLANNED,
            planned_for=planned_for,
        )
        for arrival in arrivals
    ]
    rows.add(*stays)
    expecting.expect(site, people, act.happened_at, planned_for)
    persons.say_where(act, who, people, Presence.LATER)
    return stays[0]


def _refuse_known(site: Site, people: list[UUID]) -> None:
    """Who is here or expected here already, or dead, is not planned for."""
    if Death.objects.filter(person__in=people).exists():
        raise RECORDED_DEAD.about("arrivals")
    if Stay.objects.filter(person__in=people, site=site, out_at=None, voided_at=None).exists():
        raise ALREADY_EXPECTED.about("arrivals")
