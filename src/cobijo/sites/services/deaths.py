"""A death, as a document of the authority states it."""

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.core import clock, rows
from cobijo.core.context import current, flag, is_late
from cobijo.core.personal import Category, Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, SUBJECT, About, Act, verb
from cobijo.people.queries.who import people_by_id
from cobijo.sites.models import Death, Stay
from cobijo.sites.refusals import DIED_LATER, DIED_TWICE
from cobijo.sites.rules import leaving
from cobijo.sites.types import OPEN, Flag, OutReason, StayState

_SEALED = {name: About("person_id", Category.PROTECTION) for name in ("died_on", "authority", "document")}
A_MINUTE = timedelta(minutes=1)
FARTHEST_EAST = timedelta(hours=14)
"""Somewhere it is tomorrow already."""


@verb(
    "sites.record_death",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.PROTECTION,
    personal={"person_id": SUBJECT, **_SEALED},
    says=_("Death recorded"),
)
def record_death(
    act: Act,
    *,
    death_id: UUID,
    person_id: UUID,
    died_on: date,
    authority: Annotated[str, Field(min_length=1, max_length=160)],
    document: Annotated[str, Field(min_length=1, max_length=80)],
) -> Death:
    """Record a death from the document of the authority, and end the person's stays on that day."""
    people_by_id([person_id], lock=True)
    if died_on > (current().recorded_at + FARTHEST_EAST).date():
        raise DIED_LATER.about("died_on")
    known = Death.objects.filter(person=person_id).first()
    if known is not None:
        if not is_late():
            raise DIED_TWICE()
        return known
    stays = Stay.objects.select_for_update(of=("self",), no_key=True).filter(person=person_id, voided_at=None)
    for stay in stays.select_related("site__unit", "site__response").order_by("id"):
        _end(act, stay, died_on)
    return rows.add(
        Death(
            id=death_id,
            person_id=person_id,
            died_on=died_on,
            authority=authority,
            document=document,
            recorded_at=current().recorded_at,
        )
    )


def _end(act: Act, stay: Stay, died_on: date) -> None:
    """A plan is void; an open stay ends within the day of death, so that its night is not counted."""
    at = min(act.happened_at, clock.midnight_ending(died_on, ZoneInfo(stay.site.zone)) - A_MINUTE)
    if stay.state == StayState.PLANNED:
        rows.change(stay, voided_at=current().recorded_at)
    elif stay.state in OPEN:
        leaving.end([stay], at, OutReason.DECEASED)
        leaving.drop_from_transfers([stay], act.happened_at)
    elif stay.out_at is not None and stay.out_at > at:
        flag(Flag.DIED_BEFORE_LEAVING, stay=stay.id)
