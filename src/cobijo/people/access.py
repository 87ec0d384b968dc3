"""Who may call this app's verbs, and with ``sight`` the doors to its records: what other apps ask of access."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core.errors import NOT_ALLOWED, NOT_FOUND
from cobijo.core.verbs import Act
from cobijo.people.cards.access import (
    may_count_cards,
    may_end_card,
    may_link_card,
    may_print_cards,
    may_replace_card,
    may_void_cards,
)
from cobijo.people.identity.access import (
    may_approve_merge,
    may_judge_pairs,
    may_merge_people,
    may_queue_pairs,
    may_refuse_merge,
    may_unmerge_people,
)
from cobijo.people.models import BreakGlass, Document, Person, Phone, Protection
from cobijo.people.paper.access import may_end_form, may_print_forms, may_void_forms
from cobijo.people.photos.access import may_remove_photo, may_set_photo
from cobijo.people.retention.access import (
    may_expire,
    may_finish_retention,
    may_preview_retention,
    may_set_retention,
)
from cobijo.people.rights.access import may_answer_right, may_ask_right, may_erase_on_request, may_give_copy
from cobijo.people.said.access import may_describe_household, may_end_collector, may_name_collector
from cobijo.people.sight import (
    get_for,
    held,
    holds_for,
    households_seen,
    open_to,
    opened_now,
    people,
    permissions_for,
    require_held,
    require_held_household,
    require_signed_in,
    scopes_now,
    unit_holding,
    units_knowing,
    unprotected,
    visible_to,
    works_with,
)
from cobijo.people.types import ConsentIn, CorrectionIn, MemberIn, MovingIn

__all__ = [
    "get_for",
    "held",
    "holds_for",
    "households_seen",
    "may_answer_right",
    "may_approve_merge",
    "may_ask_right",
    "may_count_cards",
    "may_describe_household",
    "may_end_card",
    "may_end_collector",
    "may_end_form",
    "may_erase_on_request",
    "may_expire",
    "may_finish_retention",
    "may_give_copy",
    "may_judge_pairs",
    "may_link_card",
    "may_merge_people",
    "may_name_collector",
    "may_preview_retention",
    "may_print_cards",
    "may_print_forms",
    "may_queue_pairs",
    "may_refuse_merge",
    "may_remove_photo",
    "may_replace_card",
    "may_set_photo",
    "may_set_retention",
    "may_unmerge_people",
    "may_void_cards",
    "may_void_forms",
    "open_to",
    "opened_now",
    "people",
    "permissions_for",
    "require_held",
    "require_held_household",
    "require_signed_in",
    "scopes_now",
    "unit_holding",
    "units_knowing",
    "unprotected",
    "visible_to",
    "works_with",
]


def may_register_household(
    act: Act, *, unit_id: UUID, members: Sequence[MemberIn], answers: Sequence[ConsentIn] | None, **_: Any
) -> UUID:
    unit = authority.require(act.actor, Permission.REGISTER, unit_id)
    if answers:
        require_signed_in(act.actor)
        caregivers = {answer.caregiver_id for answer in answers if answer.caregiver_id is not None}
        require_held(act.actor, caregivers - {member.person_id for member in members})
    return unit


def may_add_member(act: Act, *, household_id: UUID, unit_id: UUID, **_: Any) -> UUID:
    require_held_household(act.actor, household_id)
    return authority.require(act.actor, Permission.REGISTER, unit_id)


def _may_correct(act: Act, *, person_id: UUID, **_: Any) -> UUID | None:
    return unit_holding(act.actor, person_id, Permission.REGISTER)


may_add_document = may_add_phone = may_set_needs = may_change_membership = _may_correct


def may_correct_person(act: Act, *, correction: CorrectionIn) -> UUID | None:
    return unit_holding(act.actor, correction.person_id, Permission.REGISTER)


def may_void_document(act: Act, *, document_id: UUID) -> UUID | None:
    document = get_for(act.actor, Document, document_id)
    return unit_holding(act.actor, document.person_id, Permission.REGISTER)


def may_void_phone(act: Act, *, phone_id: UUID) -> UUID | None:
    phone = get_for(act.actor, Phone, phone_id)
    return unit_holding(act.actor, phone.person_id, Permission.REGISTER)


def may_move_member(act: Act, *, person_id: UUID, household_id: UUID, **_: Any) -> UUID | None:
    unit = unit_holding(act.actor, person_id, Permission.REGISTER)
    require_held_household(act.actor, household_id)
    return unit


def may_new_household_of(act: Act, *, unit_id: UUID, members: Sequence[MovingIn], **_: Any) -> UUID:
    for member in members:
        unit_holding(act.actor, member.person_id, Permission.REGISTER)
    return authority.require(act.actor, Permission.REGISTER, unit_id)


def may_record_consent(act: Act, *, answer: ConsentIn) -> UUID | None:
    unit = unit_holding(act.actor, answer.person_id, Permission.REGISTER, Permission.CASE_WORK)
    require_signed_in(act.actor)
    if answer.caregiver_id is not None:
        require_held(act.actor, [answer.caregiver_id])
    return unit


def may_set_basis(act: Act, *, unit_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.RUN_RESPONSE, unit_id)


def may_write_note(act: Act, *, person_id: UUID, **_: Any) -> UUID | None:
    unit = unit_holding(act.actor, person_id, Permission.CASE_WORK)
    require_signed_in(act.actor)
    return unit


def may_protect_person(act: Act, *, person_id: UUID, asked_by_person: bool, **_: Any) -> UUID | None:
    """A case worker decides it; a registrar does it where the person asks."""
    asked = (Permission.REGISTER,) if asked_by_person else ()
    return unit_holding(act.actor, person_id, Permission.CASE_WORK, *asked)


def _may_change_protection(act: Act, *, protection_id: UUID, **_: Any) -> UUID | None:
    protection = get_for(act.actor, Protection, protection_id)
    return unit_holding(act.actor, protection.person_id, Permission.CASE_WORK)


may_end_protection = may_name_worker = may_unname_worker = _may_change_protection


def may_break_glass(act: Act, *, unit_id: UUID, **_: Any) -> UUID:
    require_signed_in(act.actor)
    return authority.require(act.actor, Permission.BREAK_GLASS, unit_id)


def may_review_break_glass(act: Act, *, break_glass_id: UUID, **_: Any) -> UUID:
    require_signed_in(act.actor)
    opening = get_for(act.actor, BreakGlass, break_glass_id)
    return authority.require(act.actor, Permission.AUDIT, opening.unit_id)


def may_void_person(act: Act, *, person_id: UUID, **_: Any) -> UUID | None:
    return unit_holding(act.actor, person_id, Permission.MANAGE_SITE)


def may_erase_person(act: Act, *, person_id: UUID, **_: Any) -> None:
    """Only the operator at the machine, who sees to the database's files and copies too; a voided record as well.

    A record that was merged goes with the one that is kept.
    """
    if not authority.authority(act.actor).command_line:
        raise NOT_ALLOWED()
    if not Person.objects.filter(pk=person_id, anonymous=False, merged_into=None).exists():
        raise NOT_FOUND()
