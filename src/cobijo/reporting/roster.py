"""The people of a site on a night by name, as far as the reader may see them: protected people are in no list."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from cobijo.algorithms.ages import age_on
from cobijo.people.queries import line_of
from cobijo.reporting.types import Scope
from cobijo.sites.access import visible_to
from cobijo.sites.queries import nights
from cobijo.sites.queries import scopes as places


@dataclass(frozen=True)
class Sleeper:
    """A person on a printed list. ``age``: completed years on the night, None where it is not known."""

    space: str
    name: str
    code: str
    age: int | None
    sex: str
    household: str
    away: bool


def roster(actor: UUID, scope: Scope, night: date) -> list[Sleeper]:
    """Who slept at a site, by space and family, in one query."""
    midnight = nights.Night.of(night, [scope.zone])
    slept = visible_to(actor, nights.slept(places.only(scope.id), midnight))
    rows = slept.annotate(was_away=nights.absent(midnight)).select_related("person", "household", "space")
    ordered = rows.order_by(F("space__place_in_list").asc(nulls_last=True), "space__name", "household__number", "id")
    found = []
    for stay in ordered:
        line = line_of(stay.person)
        found.append(
            Sleeper(
                space=stay.space.name if stay.space else "",
                name=line.label,
                code=line.code,
                age=age_on(line.birth, night),
                sex=line.sex_word,
                household=stay.household.code if stay.household else "",
                away=stay.was_away,
            )
        )
    return found
