"""Who may see which site and stay, and who may call this app's verbs."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import records
from cobijo.core.errors import NOT_ALLOWED, NOT_FOUND
from cobijo.core.verbs import Act
from cobijo.people import access as people_access
from cobijo.sites.committees.access import (  # noqa: F401 - rules of its verbs
    may_change_committee,
    may_end_committee,
    may_form_committee,
    may_set_turn,
    may_void_turn,
)
from cobijo.sites.committees.models import Committee, Turn
from cobijo.sites.complaints.access import (
    complaints_seen,
    focal_points_seen,
    may_answer_complaint,  # noqa: F401 - rules of its verbs
    may_end_focal_point,  # noqa: F401 - likewise
    may_file_complaint,  # noqa: F401 - likewise
    may_hand_complaint,  # noqa: F401 - likewise
    may_name_focal_point,  # noqa: F401 - likewise
    may_reopen_complaint,  # noqa: F401 - likewise
)
from cobijo.sites.complaints.models import Complaint, FocalPoint
from cobijo.sites.conflicts import in_conflict
from cobijo.sites.gate.access import (  # noqa: F401 - rules of its verbs
    may_announce_visit,
    may_pass_gate,
    may_settle_visit,
    may_tell_resident,
    may_undo_passage,
)
from cobijo.sites.gate.models import Passage, Visit
from cobijo.sites.guests.access import may_count_guests, may_void_tally  # noqa: F401 - rules of its verbs
from cobijo.sites.guests.models import GuestTally
from cobijo.sites.incidents.access import may_follow_incident, may_record_incident  # noqa: F401 - likewise
from cobijo.sites.incidents.access import seen as incidents_seen
from cobijo.sites.incidents.models import Incident
from cobijo.sites.models import (
    Absence,
    AuthorityAct,
    Death,
    Facility,
    Response,
    Site,
    SiteGroup,
    SiteReport,
    Space,
    Stay,
    Transfer,
    TransferMember,
)
from cobijo.sites.premises.access import may_close_site, may_open_site, may_take_inventory  # noqa: F401 - likewise
from cobijo.sites.premises.models import Ground, SiteAct
from cobijo.sites.rollcalls.access import (  # noqa: F401 - rules of its verbs
    may_begin_roll_call,
    may_count_unknown,
    may_end_roll_call,
    may_explain_difference,
    may_mark_present,
)
from cobijo.sites.rollcalls.models import Difference, RollCall
from cobijo.sites.standards.access import (  # noqa: F401 - rules of its verbs
    may_answer_round,
    may_begin_round,
    may_choose_norms,
    may_end_round,
    may_void_round,
)
from cobijo.sites.standards.models import NormChoice, Round
from cobijo.sites.types import OPEN, CheckInOf, SpaceIn
from cobijo.sites.unnamed.models import Unnamed
from cobijo.sites.upkeep.access import may_set_task, may_settle_task, may_tick_item  # noqa: F401 - likewise
from cobijo.sites.upkeep.models import Task, Tick
from cobijo.sites.wayout.models import WayOut

# --- who may see what ------------------------------------------------------------------------------------------------


def _at(path: str, *permissions: Permission) -> records.Rule:
    """Rows of sites where the actor holds any of the permissions."""

    def rule(actor: UUID) -> Q:
        condition = Q(pk__in=[])
        for permission in permissions:
            condition |= Q(**{f"{path}__in": authority.unit_ids(actor, permission)})
        return condition

    return rule


_WORKS_THERE = (
    Permission.SEE_FIGURES,
    Permission.SEE_PEOPLE,
    Permission.GATE,
    Permission.MANAGE_SITE,
    Permission.RUN_RESPONSE,
)

_CALLS_ROLL = (Permission.STAY, Permission.MANAGE_SITE)


_LOOKS = (
    Permission.SEE_FIGURES,
    Permission.REPORT_SITE,
    Permission.MANAGE_SITE,
    Permission.RUN_RESPONSE,
)


def _responses(actor: UUID) -> Q:
    """Responses in which any grant of the actor lies, above or below."""
    found = authority.authority(actor)
    if found.command_line:
        return Q()
    sites = Site.objects.filter(unit__in=authority.known_units(actor))
    return Q(pk__in=sites.values("response")) | Q(unit__in=authority.known_units(actor))


def _there(actor: UUID) -> Q:
    return Q(site__in=authority.unit_ids(actor, Permission.SEE_PEOPLE), voided_at=None)


def _stays(actor: UUID) -> Q:
    """Stays at one's own sites, of people one may see: where somebody moved on to is not among them."""
    return _there(actor) & people_access.people(actor, "person")


def _stays_held(actor: UUID) -> Q:
    """Those of them one may do something about: not those of a record one has opened by break-glass."""
    return _there(actor) & people_access.held(actor, "person")


def _unnamed(actor: UUID) -> Q:
    """Numbers at one's own sites, beside households of which one may see anybody."""
    return _unnamed_ever(actor) & Q(voided_at=None)


def _unnamed_ever(actor: UUID) -> Q:
    there = Q(site__in=authority.unit_ids(actor, Permission.SEE_PEOPLE))
    return there & Q(household__in=people_access.households_seen(actor))


def _ways_out(actor: UUID) -> Q:
    """Of households of which one may see anybody, recorded at one's own sites."""
    there = Q(site__in=authority.unit_ids(actor, Permission.SEE_PEOPLE))
    return there & Q(household__in=people_access.households_seen(actor))


def _transfers(actor: UUID) -> Q:
    """Those of one's own sites, but not of people protected from one: even without a name it says where they go."""
    mine = authority.unit_ids(actor, Permission.SEE_PEOPLE)
    members = TransferMember.objects.filter(transfer=OuterRef("pk"))
    some = Exists(members.filter(people_access.open_to(actor, "from_stay__person")))
    return (Q(from_site__in=mine) | Q(to_site__in=mine)) & Q(~Exists(members) | some)


def _tasks(actor: UUID) -> Q:
    """Those of one's sites; one that comes from an incident only for who may read that."""
    there = _at("site", *_LOOKS)(actor) | Q(owner=actor)
    return there & (Q(incident=None) | Q(incident__in=Incident.objects.filter(incidents_seen(actor))))


def _of_stays(path: str) -> records.Rule:
    def rule(actor: UUID) -> Q:
        return Q(Exists(Stay.objects.filter(_stays(actor), pk=OuterRef(path))))

    return rule


def _deaths(actor: UUID) -> Q:
    return people_access.people(actor, "person")


visible_to, get_for = records.doors(
    {
        Response: _responses,
        Site: _at("unit", *_WORKS_THERE),
        SiteGroup: _at("response__unit", Permission.SEE_FIGURES, Permission.RUN_RESPONSE),
        Space: _at("site", *_WORKS_THERE),
        Facility: _at("site", *_WORKS_THERE),
        SiteReport: _at("site", Permission.SEE_FIGURES),
        Ground: _at("site", *_WORKS_THERE),
        SiteAct: _at("site", *_WORKS_THERE),
        Passage: _at("site", Permission.GATE),
        Visit: _at("site", Permission.GATE, Permission.STAY, Permission.MANAGE_SITE, Permission.CASE_WORK),
        RollCall: _at("site", *_CALLS_ROLL, Permission.GATE, Permission.SEE_FIGURES),
        Difference: _at("roll_call__site", *_CALLS_ROLL),
        GuestTally: _at("site", Permission.SEE_FIGURES, Permission.STAY),
        Committee: _at("site", *_WORKS_THERE),
        Turn: _at("committee__site", *_WORKS_THERE),
        NormChoice: _at("response__unit", Permission.SEE_FIGURES, Permission.RUN_RESPONSE),
        Round: _at("site", *_LOOKS),
        Task: _tasks,
        Tick: _at("site", *_LOOKS),
        Incident: incidents_seen,
        Complaint: complaints_seen,
        FocalPoint: focal_points_seen,
        Stay: _stays,
        Unnamed: _unnamed,
        WayOut: _ways_out,
        Absence: _of_stays("stay_id"),
        AuthorityAct: _of_stays("stay_id"),
        Transfer: _transfers,
        Death: _deaths,
    }
)


# --- who may call what -----------------------------------------------------------------------------------------------


def stays_worked_on(actor: UUID) -> QuerySet[Stay]:
    """The open stays of people an actor holds, at sites where they may check in and out."""
    there = Stay.objects.filter(site__in=authority.unit_ids(actor, Permission.STAY), state__in=OPEN)
    return there.filter(_stays_held(actor))


def _set_up(actor: UUID, site_id: UUID) -> UUID:
    """Whoever manages the site, or makes sites in the response."""
    if authority.holds(actor, Permission.RUN_RESPONSE, site_id):
        return site_id
    return authority.require(actor, Permission.MANAGE_SITE, site_id)


def _stays_at_one_site(actor: UUID, stay_ids: Collection[UUID], permission: Permission) -> UUID:
    """The site of these people's stays, whom the actor holds, with the permission there; the body refuses several."""
    wanted = set(stay_ids)
    sites = list(Stay.objects.filter(_stays_held(actor), pk__in=wanted).values_list("site_id", flat=True))
    if len(sites) < len(wanted):
        raise NOT_FOUND()
    for site in set(sites):
        authority.require(actor, permission, site)
    return sites[0]


# responses, sites and spaces


def may_set_export_alone(act: Act, *, response_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.RUN_RESPONSE, response_id)


def may_close_response(act: Act, *, response_id: UUID) -> UUID:
    return authority.require(act.actor, Permission.RUN_RESPONSE, response_id)


def may_open_response(act: Act, *, parent_id: UUID | None = None, **_: Any) -> UUID | None:
    """At the top only the command line opens one: nobody's grants reach there."""
    if parent_id is None:
        if not authority.authority(act.actor).command_line:
            raise NOT_ALLOWED()
        return None
    return authority.require(act.actor, Permission.RUN_RESPONSE, parent_id)


def may_add_site(act: Act, *, response_id: UUID, parent_id: UUID | None = None, **_: Any) -> UUID:
    get_for(act.actor, Response, response_id)
    return authority.require(act.actor, Permission.RUN_RESPONSE, parent_id or response_id)


def may_change_site(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    return _set_up(act.actor, site_id)


def may_set_status(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    return _set_up(act.actor, site_id)


def may_group_sites(act: Act, *, response_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.RUN_RESPONSE, response_id)


def may_add_spaces(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    return _set_up(act.actor, site_id)


def may_change_space(act: Act, *, space: SpaceIn) -> UUID:
    return _set_up(act.actor, get_for(act.actor, Space, space.space_id).site_id)


def may_close_space(act: Act, *, space_id: UUID) -> UUID:
    return _set_up(act.actor, get_for(act.actor, Space, space_id).site_id)


def may_count_facility(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    return _set_up(act.actor, site_id)


def may_void_facility(act: Act, *, facility_id: UUID) -> UUID:
    return _set_up(act.actor, get_for(act.actor, Facility, facility_id).site_id)


# stays


def may_receive_household(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.STAY, site_id)


def may_receive_form(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.STAY, site_id)


def may_check_in(act: Act, *, site_id: UUID, person_id: UUID, **_: Any) -> UUID:
    people_access.require_held(act.actor, [person_id])
    return authority.require(act.actor, Permission.STAY, site_id)


def may_check_in_household(act: Act, *, site_id: UUID, arrivals: Sequence[CheckInOf], **_: Any) -> UUID:
    people_access.require_held(act.actor, [arrival.person_id for arrival in arrivals])
    return authority.require(act.actor, Permission.STAY, site_id)


def may_count_unnamed(act: Act, *, household_id: UUID, site_id: UUID, **_: Any) -> UUID:
    people_access.require_held_household(act.actor, household_id)
    return authority.require(act.actor, Permission.STAY, site_id)


def may_record_way_out(act: Act, *, household_id: UUID, site_id: UUID, **_: Any) -> UUID:
    """Whoever checks in and out there, and its case workers."""
    people_access.require_held_household(act.actor, household_id)
    if authority.holds(act.actor, Permission.CASE_WORK, site_id):
        return site_id
    return authority.require(act.actor, Permission.STAY, site_id)


def may_name_member(act: Act, *, unnamed_id: UUID, **_: Any) -> UUID:
    return _with_number(act.actor, unnamed_id)


def may_check_out_unnamed(act: Act, *, unnamed_id: UUID, **_: Any) -> UUID:
    """Whoever manages the site may also end a number beside a household that nobody there may see any more."""
    site: UUID | None = Unnamed.objects.filter(pk=unnamed_id).values_list("site_id", flat=True).first()
    if site is not None and authority.holds(act.actor, Permission.MANAGE_SITE, site):
        return site
    return _with_number(act.actor, unnamed_id)


def may_void_unnamed(act: Act, *, unnamed_id: UUID) -> UUID:
    return _with_number(act.actor, unnamed_id)


def _with_number(actor: UUID, unnamed_id: UUID) -> UUID:
    """The site of a number of people, where the actor checks in and out; also where all of them have a name by now."""
    found = Unnamed.objects.filter(_unnamed_ever(actor), pk=unnamed_id).first()
    if found is None:
        raise NOT_FOUND()
    return authority.require(actor, Permission.STAY, found.site_id)


def may_plan_stays(
    act: Act, *, site_id: UUID, arrivals: Sequence[CheckInOf], override: str | None = None, **_: Any
) -> UUID:
    """Going over the places is for whoever manages the site."""
    people_access.require_held(act.actor, [arrival.person_id for arrival in arrivals])
    return authority.require(act.actor, Permission.MANAGE_SITE if override else Permission.STAY, site_id)


def may_move_space(act: Act, *, stay_ids: Collection[UUID], **_: Any) -> UUID:
    return _stays_at_one_site(act.actor, stay_ids, Permission.STAY)


def may_step_out(act: Act, *, stay_id: UUID, **_: Any) -> UUID:
    return _stays_at_one_site(act.actor, [stay_id], Permission.STAY)


def may_come_back(act: Act, *, stay_id: UUID) -> UUID:
    return _stays_at_one_site(act.actor, [stay_id], Permission.STAY)


def may_check_out(
    act: Act, *, stay_ids: Collection[UUID], unnamed_ids: Collection[UUID] | None = None, **_: Any
) -> UUID:
    for unnamed_id in unnamed_ids or ():
        _with_number(act.actor, unnamed_id)
    return _stays_at_one_site(act.actor, stay_ids, Permission.STAY)


def may_check_out_erased(act: Act, *, stay_id: UUID) -> UUID:
    """Such a stay is a number, not a person: who sees the site's figures and checks people out there may end it."""
    stay = Stay.objects.filter(pk=stay_id, person__anonymous=True, voided_at=None).first()
    if stay is None or not authority.holds(act.actor, Permission.STAY, stay.site_id):
        raise NOT_FOUND()
    site_id: UUID = stay.site_id
    return site_id


def may_void_stay(act: Act, *, stay_id: UUID) -> UUID:
    return _stays_at_one_site(act.actor, [stay_id], Permission.MANAGE_SITE)


def may_settle_dispute(act: Act, *, stay_id: UUID, stands: bool) -> UUID:
    """To say that a stay stands is for whoever manages every site that has another of the same person."""
    unit = _stays_at_one_site(act.actor, [stay_id], Permission.MANAGE_SITE)
    if stands:
        sites = in_conflict(Stay.objects.get(pk=stay_id)).values_list("site_id", flat=True)
        if not all(authority.holds(act.actor, Permission.MANAGE_SITE, site) for site in set(sites)):
            raise NOT_ALLOWED()
    return unit


# transfers


def may_propose_transfer(act: Act, *, stay_ids: Collection[UUID], to_site_id: UUID, **_: Any) -> UUID:
    """The site they go to need not be one's own; one that does not exist is not found."""
    unit = _stays_at_one_site(act.actor, stay_ids, Permission.MANAGE_SITE)
    if not Site.objects.filter(pk=to_site_id).exists():
        raise NOT_FOUND()
    return unit


def may_accept_transfer(act: Act, *, transfer_id: UUID, **_: Any) -> UUID:
    return _at_transfer(act.actor, transfer_id, receiving=True)


def may_refuse_transfer(act: Act, *, transfer_id: UUID) -> UUID:
    return _at_transfer(act.actor, transfer_id, receiving=True)


def may_withdraw_transfer(act: Act, *, transfer_id: UUID) -> UUID:
    return _at_transfer(act.actor, transfer_id, receiving=False)


def _at_transfer(actor: UUID, transfer_id: UUID, *, receiving: bool) -> UUID:
    """The end of a transfer the actor may see. Who manages only the other end is told that this is not theirs to do."""
    transfer = get_for(actor, Transfer, transfer_id)
    unit: UUID = transfer.to_site_id if receiving else transfer.from_site_id
    if not authority.holds(actor, Permission.MANAGE_SITE, unit):
        raise NOT_ALLOWED()
    return unit


# births, deaths, head-counts


def may_register_birth(act: Act, *, mother_id: UUID, **_: Any) -> UUID | None:
    """Where the mother sleeps; if she sleeps at no site of the actor's, the body says so."""
    people_access.require_held(act.actor, [mother_id])
    mother = stays_worked_on(act.actor).filter(person=mother_id).first()
    return mother.site_id if mother else people_access.unit_holding(act.actor, mother_id, Permission.STAY)


def may_record_death(act: Act, *, person_id: UUID, **_: Any) -> UUID | None:
    """Case workers, and whoever manages a site that knows the person."""
    return people_access.unit_holding(act.actor, person_id, Permission.CASE_WORK, Permission.MANAGE_SITE)


def may_report_headcount(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.REPORT_SITE, site_id)


def may_void_report(act: Act, *, report_id: UUID) -> UUID:
    report = get_for(act.actor, SiteReport, report_id)
    return authority.require(act.actor, Permission.REPORT_SITE, report.site_id)
