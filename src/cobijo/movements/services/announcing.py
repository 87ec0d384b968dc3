"""Setting a centre up; announcing a movement, correcting it, calling it off."""

from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.core import rows
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, DECISION, FACT, PLAIN, Act, verb
from cobijo.movements import stations
from cobijo.movements.models import Centre, Movement
from cobijo.movements.refusals import (
    CANCELLED,
    CLOSED,
    HAS_COME,
    REGISTERS_NOBODY,
    SAY_WHY,
    STATION_TWICE,
    UNKNOWN_STATION,
)
from cobijo.movements.rules import centres
from cobijo.movements.types import Code, MovementIn, MovementState, TravellerState
from cobijo.people.types import Line

Codes = Annotated[list[Code], Field(min_length=1, max_length=20)]
Hours = Annotated[int, Field(ge=1, le=2_000)]
Days = Annotated[int, Field(ge=1, le=365)]
_OF_A_MOVEMENT = sorted(set(MovementIn.declared.plain) - {"kind", "direction"})


@verb(
    "movements.set_centre",
    kind=DECISION,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"station_codes": PLAIN, "child_hours": PLAIN, "call_after_days": PLAIN},
    says=_("Centre set up"),
)
def set_centre(
    act: Act, *, site_id: UUID, station_codes: Codes, child_hours: Hours = 72, call_after_days: Days = 30
) -> Centre:
    """Say which stations a reception centre has, a child's longest stay in hours, and after how many days it calls."""
    site = centres.site_of_centre(site_id)
    if len(set(station_codes)) < len(station_codes):
        raise STATION_TWICE.about("station_codes")
    if any(code not in stations.stations() for code in station_codes):
        raise UNKNOWN_STATION.about("station_codes")
    if stations.REGISTRATION not in station_codes:
        raise REGISTERS_NOBODY.about("station_codes")
    given = {"stations": station_codes, "child_hours": child_hours, "call_after_days": call_after_days}
    known = Centre.objects.select_for_update().filter(site=site_id).first()
    return rows.change(known, **given) if known else rows.add(Centre(site=site, **given))


@verb(
    "movements.announce",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Movement announced"),
)
def announce(act: Act, *, movement_id: UUID, site_id: UUID, movement: MovementIn) -> Movement:
    """Say that people will arrive at a centre together, or leave it together, and when."""
    site = centres.site_of_centre(site_id)
    given = {name: getattr(movement, name) for name in _OF_A_MOVEMENT} | {"country": movement.country or ""}
    return rows.add(Movement(id=movement_id, site=site, kind=movement.kind, direction=movement.direction, **given))


@verb(
    "movements.change_movement",
    kind=DECISION,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Movement corrected"),
)
def change_movement(act: Act, *, movement_id: UUID, movement: MovementIn) -> Movement:
    """Correct what was announced; whether it arrives or leaves stays as it is."""
    found = centres.lock_movement(movement_id)
    refuse_over(found)
    given = {name: getattr(movement, name) for name in _OF_A_MOVEMENT} | {"country": movement.country or ""}
    return rows.change(found, kind=movement.kind, **given)


@verb(
    "movements.cancel",
    kind=DECISION,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"why": PLAIN},
    says=_("Movement cancelled"),
)
def cancel(act: Act, *, movement_id: UUID, why: Line) -> Movement:
    """Say that a movement does not come, or does not leave. Its list is kept for two weeks, and its seats are free."""
    found = centres.lock_movement(movement_id)
    refuse_over(found)
    if not why.strip():
        raise SAY_WHY.about("why")
    here = found.travellers.filter(state__in=(TravellerState.HERE, TravellerState.GONE), voided_at=None).count()
    if here:
        raise HAS_COME(people=here)
    rows.remove(found.passengers.select_related("traveller"))
    return rows.change(found, state=MovementState.CANCELLED, why=why.strip())


def refuse_over(movement: Movement) -> None:
    """What is cancelled or closed is not changed any more."""
    if movement.state == MovementState.CANCELLED:
        raise CANCELLED()
    if movement.state == MovementState.CLOSED:
        raise CLOSED()
