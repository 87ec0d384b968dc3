"""Children whom nobody may take along: where they are routed, and how the authority lets them go."""

from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.core import rows
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, FREE, Act, verb
from cobijo.movements.models import Traveller
from cobijo.movements.refusals import GONE_ALREADY, NO_CHILD, NOT_LODGED, NOT_RECEIVED
from cobijo.movements.rules import centres, children
from cobijo.movements.services.arriving import lodge
from cobijo.movements.services.leaving import give_up_seats
from cobijo.movements.types import TravellerState, TravelsWith, Way
from cobijo.people.queries.who import people_by_id
from cobijo.sites import services as sites
from cobijo.sites.queries import open_stay_ids
from cobijo.sites.types import AuthorityActIn, OutReason

Where = Annotated[str, Field(max_length=240)]


@verb(
    "movements.route_child",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.PROTECTION,
    personal={"travels_with": FREE},
    says=_("With whom a child travels noted"),
)
def route_child(act: Act, *, traveller_id: UUID, travels_with: TravelsWith, stay_id: UUID | None = None) -> Traveller:
    """Say with whom a child travels. One in nobody's care gets a place here, and child protection hears of it."""
    traveller = centres.lock_traveller(traveller_id)
    if traveller.state == TravellerState.GONE:
        raise GONE_ALREADY()
    if traveller.person_id is not None:
        day = centres.day_at(traveller.movement.site, act.happened_at)
        if people_by_id([traveller.person_id])[traveller.person_id].is_child(day) is False:
            raise NO_CHILD.about("travels_with")
    before = traveller.travels_with
    rows.change(traveller, travels_with=travels_with)
    if traveller.state != TravellerState.HERE or before == travels_with:
        return traveller
    if children.goes_to_protection(traveller):
        children.tell_routed(traveller.movement.site_id, traveller)
    if children.in_nobodys_care(traveller):
        lodge(act, traveller, stay_id)
    return traveller


@verb(
    "movements.release_child",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.PROTECTION,
    personal={"destination": FREE},
    says=_("Child released by act of the authority"),
)
def release_child(act: Act, *, traveller_id: UUID, authority_act: AuthorityActIn, destination: Where = "") -> Traveller:
    """Let a child go with the adult whom the act of the competent authority names; their stay here ends by it."""
    traveller = centres.lock_traveller(traveller_id)
    if traveller.state == TravellerState.GONE:
        raise GONE_ALREADY()
    if traveller.person_id is None:
        raise NOT_RECEIVED()
    stay = open_stay_ids(traveller.movement.site_id, [traveller.person_id]).get(traveller.person_id)
    if stay is None:
        raise NOT_LODGED()
    sites.check_out(act, stay_ids=[stay], reason=OutReason.FAMILY, destination=destination, authority_act=authority_act)
    give_up_seats([traveller])
    return rows.change(traveller, state=TravellerState.GONE, gone_at=act.happened_at, way=Way.HANDED_OVER)
