"""Who may see who arrives and leaves, and who may do what at a centre."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import records
from cobijo.core.errors import NOT_ALLOWED
from cobijo.core.verbs import Act
from cobijo.movements.models import Centre, FollowCall, Movement, Passenger, ReturnRecord, StationVisit, Traveller
from cobijo.movements.types import ReturnIn
from cobijo.people import access as people_access

# --- who may see what ------------------------------------------------------------------------------------------------

AT_STATIONS = (Permission.STAY, Permission.HEALTH, Permission.CASE_WORK, Permission.CHILD_CASES)
"""With any of these one works at a station."""


def _movements(actor: UUID) -> Q:
    """Those of centres whose figures one sees."""
    return Q(site__in=authority.unit_ids(actor, Permission.SEE_FIGURES))


def _centres(actor: UUID) -> Q:
    return Q(site__in=authority.unit_ids(actor, Permission.SEE_FIGURES))


def travellers(actor: UUID, path: str = "") -> Q:
    """Those of one's centres; of people who are registered, those one may see."""
    of = f"{path}__" if path else ""
    there = Q(**{f"{of}movement__site__in": authority.unit_ids(actor, Permission.SEE_PEOPLE), f"{of}voided_at": None})
    return there & (Q(**{f"{of}person": None}) | people_access.people(actor, f"{of}person"))


def _of_travellers(actor: UUID) -> Q:
    return travellers(actor, "traveller")


visible_to, get_for = records.doors(
    {
        Centre: _centres,
        Movement: _movements,
        Traveller: travellers,
        StationVisit: _of_travellers,
        ReturnRecord: _of_travellers,
        FollowCall: _of_travellers,
        Passenger: _of_travellers,
    }
)


def works_at(actor: UUID, site: UUID) -> bool:
    """Whether somebody works at a station of the centre."""
    return any(authority.holds(actor, one, site) for one in AT_STATIONS)


# --- who may call what -----------------------------------------------------------------------------------------------


def _at_a_station(actor: UUID, site: UUID) -> UUID:
    for permission in AT_STATIONS[1:]:
        if authority.holds(actor, permission, site):
            return site
    return authority.require(actor, Permission.STAY, site)


def _registers(actor: UUID, site: UUID) -> UUID:
    """Whoever registers people and takes them in."""
    authority.require(actor, Permission.STAY, site)
    return authority.require(actor, Permission.REGISTER, site)


def _site_of(actor: UUID, movement_id: UUID) -> UUID:
    site: UUID = get_for(actor, Movement, movement_id).site_id
    return site


def _held_at(actor: UUID, traveller_id: UUID) -> UUID:
    """The centre of a traveller whom the actor sees, and holds if they are registered."""
    traveller = get_for(actor, Traveller, traveller_id)
    if traveller.person_id is not None:
        people_access.require_held(actor, [traveller.person_id])
    site: UUID = traveller.movement.site_id
    return site


def may_set_centre(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.MANAGE_SITE, site_id)


def may_announce(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.STAY, site_id)


def may_change_movement(act: Act, *, movement_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.STAY, _site_of(act.actor, movement_id))


may_list_travellers = may_arrive = may_close_movement = may_change_movement


def may_cancel(act: Act, *, movement_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.MANAGE_SITE, _site_of(act.actor, movement_id))


may_depart = may_change_movement


def may_drop_traveller(act: Act, *, traveller_id: UUID) -> UUID:
    return authority.require(act.actor, Permission.STAY, _held_at(act.actor, traveller_id))


def may_receive_travellers(act: Act, *, movement_id: UUID, **_: Any) -> UUID:
    return _registers(act.actor, _site_of(act.actor, movement_id))


def may_receive_known(act: Act, *, movement_id: UUID, person_id: UUID, **_: Any) -> UUID:
    """Whoever is received as known is one the actor holds already: nobody is brought nearer by their id."""
    people_access.require_held(act.actor, [person_id])
    return _registers(act.actor, _site_of(act.actor, movement_id))


def may_call_to_station(act: Act, *, traveller_id: UUID, **_: Any) -> UUID:
    return _at_a_station(act.actor, _held_at(act.actor, traveller_id))


def may_begin_station(act: Act, *, traveller_id: UUID, **_: Any) -> UUID:
    """A clerk in their own name: the board says who has whom."""
    people_access.require_signed_in(act.actor)
    return _at_a_station(act.actor, _held_at(act.actor, traveller_id))


def may_end_station(act: Act, *, visit_id: UUID, **_: Any) -> UUID:
    return _at_a_station(act.actor, _held_at(act.actor, get_for(act.actor, StationVisit, visit_id).traveller_id))


def may_route_child(act: Act, *, traveller_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.STAY, _held_at(act.actor, traveller_id))


def may_release_child(act: Act, *, traveller_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.STAY, _held_at(act.actor, traveller_id))


def may_record_return(act: Act, *, traveller_id: UUID, record: ReturnIn) -> UUID:
    site = _held_at(act.actor, traveller_id)
    if authority.holds(act.actor, Permission.CASE_WORK, site):
        return site
    return authority.require(act.actor, Permission.REGISTER, site)


def may_settle_private(act: Act, *, traveller_id: UUID, **_: Any) -> UUID:
    """A case worker, in their own name."""
    people_access.require_signed_in(act.actor)
    return authority.require(act.actor, Permission.CASE_WORK, _held_at(act.actor, traveller_id))


def may_assign_seat(act: Act, *, movement_id: UUID, traveller_id: UUID, **_: Any) -> UUID:
    _site_of(act.actor, movement_id)
    return authority.require(act.actor, Permission.STAY, _held_at(act.actor, traveller_id))


def may_board(act: Act, *, passenger_id: UUID) -> UUID:
    passenger = get_for(act.actor, Passenger, passenger_id)
    return authority.require(act.actor, Permission.STAY, _held_at(act.actor, passenger.traveller_id))


may_no_show = may_board


def may_leave_centre(act: Act, *, traveller_ids: list[UUID], **_: Any) -> UUID:
    sites = {_held_at(act.actor, one) for one in traveller_ids}
    for site in sites:
        authority.require(act.actor, Permission.STAY, site)
    return min(sites)


def may_record_call(act: Act, *, call_id: UUID, **_: Any) -> UUID:
    site = _held_at(act.actor, get_for(act.actor, FollowCall, call_id).traveller_id)
    if authority.holds(act.actor, Permission.CASE_WORK, site):
        return site
    return authority.require(act.actor, Permission.STAY, site)


def may_empty_list(act: Act, *, movement_id: UUID) -> None:
    """The time to keep it has passed: the program does it by itself, or the operator."""
    if not authority.authority(act.actor).command_line:
        raise NOT_ALLOWED()
