"""For each verb, arguments with which it succeeds in the small world when somebody with the right calls it.

``{verb: arguments}``; ids of what is to be made are fresh at each call. A verb without an entry fails the tests.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from cobijo.accounts.devices import pins
from cobijo.algorithms import codes
from cobijo.core import canonical, clock, operations
from cobijo.core.ids import uuid7
from cobijo.core.personal import Purpose
from cobijo.core.verbs import Door
from cobijo.people.models import Person
from cobijo.sites import services as sites
from cobijo.sites.complaints.kinds import draw_number
from cobijo.sites.types import ResponseIn
from tests.access.world import World

Arguments = dict[str, Any]
Maker = Callable[[World], Arguments]


def arguments_of(verb: str, world: World) -> Arguments:
    """The arguments of a verb as plain JSON."""
    made: Arguments = canonical.decode(canonical.encode(CALLS[verb](world)))
    return made


def _person(**given: Any) -> Arguments:
    return {"person_id": uuid7(), "given_names": "Delfina", "sex": "female", "birth": {"age_years": 30}} | given


def _act_of_authority(world: World, person: UUID) -> Arguments:
    return {
        "act_id": uuid7(),
        "person_id": person,
        "authority": "PGN",
        "number": "44-2018",
        "official": "Olga Peralta",
        "receiving_adult": "Irma Xicay",
        "receiving_kinship": "tía",
        "receiving_document": "2412557810501",
    }


def _form_typed(world: World) -> Arguments:
    head = uuid7()
    return {
        "form": {"number": world.form},
        "household_id": uuid7(),
        "site_id": world.cast.a.id,
        "members": [_person(person_id=head, kinship="head", stay_id=uuid7())],
        "facts": {"said_id": uuid7(), "person_id": head, "size_said": 1, "filled_by": "Lucía"},
    }


def _response_over(world: World) -> UUID:
    """A response below the one of the cast, without any site."""
    over, felix = uuid7(), operations.act_of(world.cast.administrator.id, Door.DESK)
    response = ResponseIn(
        name="Lluvias", country="GT", zone="America/Guatemala", started_on=clock.now().date(),
        controller_id=world.cast.response.controller_id,
    )  # fmt: skip
    sites.open_response(felix, response_id=over, response=response, parent_id=world.cast.response.pk)
    return over


def _code_of(person: UUID) -> str:
    return codes.encode(Person.objects.get(pk=person).number or 0)


ACCOUNTS: dict[str, Maker] = {
    "accounts.add_volunteer": lambda w: {
        "volunteer": {"account_id": uuid7(), "name": "Otilia Sis", "role": "registrar"}, "unit_id": w.cast.a.id,
    },
    "accounts.change_account": lambda w: {
        "account_id": w.cast.ana.id, "name": "Ana Xicay Tun", "email": "ana@example.org", "ends_at": None,
    },
    "accounts.choose_language": lambda w: {"language": "en"},
    "accounts.close_account": lambda w: {"account_id": w.cast.ana.id},
    "accounts.create_account": lambda w: {
        "account": {"account_id": uuid7(), "username": "nueva", "name": "Nueva", "email": "", "language": "es"},
        "unit_id": w.cast.a.id,
    },
    "accounts.create_organisation": lambda w: {
        "organisation_id": uuid7(), "name": "Cruz Roja", "country": "GT", "contact": "",
    },
    "accounts.create_unit": lambda w: {
        "unit_id": uuid7(), "parent_id": w.cast.area.id, "kind": "area", "name": "Siquinalá",
    },
    "accounts.discard_held": lambda w: {"op_id": w.ids["held"], "why": "mistake"},
    "accounts.end_badge": lambda w: {"badge_id": w.ids["badge"], "reason": "lost"},
    "accounts.end_pin": lambda w: {"account_id": w.cast.ana.id},
    "accounts.enrol_device": lambda w: {"enrolment_id": w.ids["enrolment"], "device_id": uuid7()},
    "accounts.invite_device": lambda w: {"enrolment_id": uuid7(), "unit_id": w.cast.a.id, "name": "Cocina"},
    "accounts.link_badge": lambda w: {"badge_id": w.ids["free_badge"], "account_id": w.cast.case_worker.id},
    "accounts.print_badges": lambda w: {"unit_id": w.cast.a.id, "count": 2},
    "accounts.rename_device": lambda w: {"device_id": w.ids["device"], "name": "Cocina"},
    "accounts.renew_volunteer": lambda w: {"account_id": w.ids["volunteer"]},
    "accounts.revoke_device": lambda w: {"device_id": w.ids["device"]},
    "accounts.set_pin": lambda w: {"account_id": w.cast.ana.id, "encoded": pins.encode(w.cast.ana.id, "918263")},
    "accounts.sign_conduct": lambda w: {"pledge_id": uuid7(), "version": 1, "language": "es"},
    "accounts.end_grant": lambda w: {"grant_id": w.ids["grant"]},
    "accounts.grant_role": lambda w: {
        "grant_id": uuid7(), "account_id": w.cast.ana.id, "role": "case_worker", "unit_id": w.cast.a.id,
    },
    "accounts.make_token": lambda w: {
        "token_id": uuid7(), "label": "Otro", "permissions": ["see_figures"],
        "ends_at": clock.now() + timedelta(days=1),
    },
    "accounts.renew_password": lambda w: {"account_id": w.cast.ana.id},
    "accounts.reset_second_factor": lambda w: {"account_id": w.cast.ana.id},
    "accounts.revoke_token": lambda w: {"token_id": w.ids["token"]},
}  # fmt: skip

CORE: dict[str, Maker] = {
    "core.put_area": lambda w: {"area": {"area_id": uuid7(), "parent_id": None, "name": "Palín", "country": "GT"}},
    "core.undo_batch": lambda w: {"batch_id": w.ids["list"]},
    "core.undo_entry": lambda w: {"batch_id": w.ids["list"], "entry": 2},
}

PEOPLE: dict[str, Maker] = {
    "people.approve_merge": lambda w: {"merge_id": w.ids["merge_waits"]},
    "people.judge_pairs": lambda w: {
        "judged": [
            {
                "pair_id": uuid7(), "first_id": w.ids["twin"], "second_id": w.ids["other_twin"],
                "verdict": "different",
            }
        ],
    },
    "people.merge_people": lambda w: {
        "merge_id": uuid7(), "kept_id": w.ids["twin"], "gone_id": w.ids["other_twin"],
    },
    "people.queue_pairs": lambda w: {
        "pairs": [
            {
                "pair_id": uuid7(), "first_id": w.ids["twin"], "second_id": w.xicay.people["Juana"],
                "probability": 310,
            }
        ],
    },
    "people.refuse_merge": lambda w: {"merge_id": w.ids["merge_waits"]},
    "people.unmerge_people": lambda w: {"merge_id": w.ids["merge"]},
    "people.answer_right": lambda w: {"request_id": w.ids["request"], "outcome": "granted"},
    "people.ask_right": lambda w: {
        "request_id": uuid7(),
        "asked": {
            "person_id": w.xicay.people["Juana"], "kind": "correction", "asked_on": w.yesterday, "asked_by": "person",
            "language": "es", "words": "Su segundo apellido es Coc.",
        },
    },
    "people.erase_on_request": lambda w: {"request_id": w.ids["request_granted"]},
    "people.expire": lambda w: {
        "run_id": w.ids["retention_run"], "person_id": w.ids["gone"], "category": "health",
    },
    "people.finish_retention": lambda w: {"run_id": w.ids["retention_run"], "done": {"health": 1}},
    "people.give_copy": lambda w: {
        "copy_id": uuid7(), "person_id": w.xicay.people["Juana"], "language": "es",
    },
    "people.preview_retention": lambda w: {"run_id": uuid7(), "unit_id": w.cast.response.pk},
    "people.set_retention": lambda w: {
        "rule_id": uuid7(), "unit_id": w.cast.response.pk, "category": "health", "days": 30, "on": True,
    },
    "people.add_document": lambda w: {
        "person_id": w.xicay.people["Mateo"],
        "document": {"document_id": uuid7(), "country": "GT", "kind": "dpi", "number": "1688 04221 0501"},
    },
    "people.add_member": lambda w: {
        "household_id": w.xicay.household, "unit_id": w.cast.a.id, "member": _person(kinship="relative"),
    },
    "people.add_phone": lambda w: {
        "person_id": w.xicay.people["Mateo"], "phone": {"phone_id": uuid7(), "number": "+50255501235"},
    },
    "people.break_glass": lambda w: {
        "break_glass_id": uuid7(), "unit_id": w.cast.a.id, "code": _code_of(w.lopez.people["Nina"]), "why": "Urgente.",
    },
    "people.change_membership": lambda w: {
        "person_id": w.xicay.people["Lucía"], "membership_id": uuid7(), "presence": "elsewhere",
    },
    "people.count_cards": lambda w: {"batch_id": w.ids["card_batch"], "at_hand": 3},
    "people.end_card": lambda w: {"card_id": w.ids["card"], "reason": "lost"},
    "people.link_card": lambda w: {"card": w.cards[1], "person_id": w.xicay.people["Mateo"]},
    "people.describe_household": lambda w: {
        "household_id": w.xicay.household,
        "facts": {"said_id": uuid7(), "person_id": w.xicay.people["Juana"], "size_said": 4, "animals": 2},
    },
    "people.end_collector": lambda w: {"collector_id": w.ids["collector"]},
    "people.end_form": lambda w: {"form_id": w.ids["form"], "reason": "spoiled"},
    "people.name_collector": lambda w: {
        "collector_id": uuid7(), "household_id": w.xicay.household, "person_id": w.xicay.people["Juana"],
        "name": "Otilia Coy",
    },
    "people.print_forms": lambda w: {
        "batch_id": uuid7(), "unit_id": w.cast.a.id, "count": 2, "card_batch_id": w.ids["card_batch"],
    },
    "people.void_forms": lambda w: {"batch_id": w.ids["paper_batch"]},
    "people.print_cards": lambda w: {"batch_id": uuid7(), "unit_id": w.cast.a.id, "kind": "wristband", "count": 2},
    "people.remove_photo": lambda w: {"photo_id": w.ids["photo"]},
    "people.replace_card": lambda w: {"card_id": w.ids["card"], "card": w.cards[2], "reason": "lost"},
    "people.set_photo": lambda w: {
        "photo_id": uuid7(), "person_id": w.xicay.people["Juana"], "digest": w.photo,
    },
    "people.void_cards": lambda w: {"batch_id": w.ids["card_batch"]},
    "people.correct_person": lambda w: {
        "correction": {"person_id": w.xicay.people["Juana"], "second_surname": "Coc"},
    },
    "people.end_protection": lambda w: {"protection_id": w.ids["protection"]},
    "people.erase_person": lambda w: {"person_id": w.xicay.people["Mateo"], "ground": "request"},
    "people.move_member": lambda w: {
        "person_id": w.xicay.people["Mateo"], "household_id": w.choc.household, "membership_id": uuid7(),
        "kinship": "relative",
    },
    "people.name_worker": lambda w: {
        "named_id": uuid7(), "protection_id": w.ids["protection"], "account_id": w.cast.ana.id,
    },
    "people.new_household_of": lambda w: {
        "household_id": uuid7(), "unit_id": w.cast.a.id,
        "members": [{"person_id": w.xicay.people["Mateo"], "membership_id": uuid7(), "kinship": "head"}],
    },
    "people.protect_person": lambda w: {
        "protection_id": uuid7(), "person_id": w.xicay.people["Juana"], "why": "Lo pide.", "asked_by_person": True,
        "worker_ids": [w.cast.case_worker.id],
    },
    "people.record_consent": lambda w: {
        "answer": {
            "consent_id": uuid7(), "person_id": w.xicay.people["Juana"], "purpose": Purpose.TRACING.value,
            "state": "withdrawn", "language": "es",
        },
    },
    "people.register_household": lambda w: {
        "household_id": uuid7(), "unit_id": w.cast.a.id, "members": [_person(kinship="head")],
    },
    "people.review_break_glass": lambda w: {"break_glass_id": w.ids["break_glass"], "justified": True},
    "people.set_basis": lambda w: {
        "basis_id": uuid7(), "unit_id": w.cast.response.pk, "purpose": Purpose.SHELTER.value,
        "basis": "vital_interest", "said_aloud": {"es": "Para darle cupo."},
    },
    "people.set_needs": lambda w: {"person_id": w.xicay.people["Juana"], "needs": ["pregnant"]},
    "people.unname_worker": lambda w: {"protection_id": w.ids["protection"], "account_id": w.cast.beto.id},
    "people.void_document": lambda w: {"document_id": w.ids["document"]},
    "people.void_person": lambda w: {"person_id": w.ids["registered_only"], "reason": "mistake"},
    "people.void_phone": lambda w: {"phone_id": w.ids["phone"]},
    "people.write_note": lambda w: {"note_id": uuid7(), "person_id": w.xicay.people["Juana"], "words": "Vino."},
}  # fmt: skip

SITES: dict[str, Maker] = {
    "sites.answer_complaint": lambda w: {
        "complaint_id": w.ids["complaint"], "answer": {"answer": "Hoy llega agua."},
    },
    "sites.answer_round": lambda w: {
        "round_id": w.ids["round"], "answers": [{"indicator": "ceiling", "value": "2.4"}],
        "services": [{"service": "water", "adequacy": "inadequate"}],
    },
    "sites.begin_round": lambda w: {
        "round_id": uuid7(), "site_id": w.ids["night_shelter"], "opening": {"phase": "first", "regime": "nights"},
    },
    "sites.choose_norms": lambda w: {
        "choice_id": uuid7(), "response_id": w.cast.response.pk, "norm_set": "unhcr",
    },
    "sites.end_focal_point": lambda w: {"focal_point_id": w.ids["focal"]},
    "sites.end_round": lambda w: {"round_id": w.ids["round"]},
    "sites.file_complaint": lambda w: {
        "complaint_id": uuid7(), "site_id": w.cast.a.id,
        "complaint": {"number": draw_number(), "channel": "box", "kind": "abuse", "text": "Me gritan."},
    },
    "sites.follow_incident": lambda w: {
        "incident_id": w.ids["incident"], "follow": {"owner_id": w.cast.ana.id, "told": ["health"]},
    },
    "sites.hand_complaint": lambda w: {
        "complaint_id": w.ids["complaint"], "hand": {"owner_id": w.cast.ana.id, "due_on": w.today},
    },
    "sites.name_focal_point": lambda w: {
        "focal_point_id": uuid7(), "unit_id": w.cast.response.pk, "account_id": w.ids["could_be_focal"],
    },
    "sites.record_incident": lambda w: {
        "incident_id": uuid7(), "site_id": w.cast.a.id, "people": [w.xicay.people["Juana"]],
        "incident": {"kind": "illness", "seriousness": 2, "facts": "Se desmayó.", "place": "patio"},
    },
    "sites.reopen_complaint": lambda w: {"complaint_id": w.ids["complaint_answered"], "why": "Sigue sin agua."},
    "sites.set_task": lambda w: {
        "task_id": uuid7(), "site_id": w.cast.a.id,
        "task": {"what": "Poner luz", "indicator": "toilets_lit", "incident_id": w.ids["incident"]},
    },
    "sites.settle_task": lambda w: {"task_id": w.ids["task"], "state": "done"},
    "sites.tick_item": lambda w: {
        "tick_id": uuid7(), "site_id": w.cast.a.id, "checklist": "closing", "item": "told", "state": "done",
    },
    "sites.void_round": lambda w: {"round_id": w.ids["round_ended"]},
    "sites.accept_transfer": lambda w: {
        "transfer_id": w.ids["transfer"],
        "arrivals": [{"from_stay_id": one, "new_stay_id": uuid7()} for one in w.choc.stays.values()],
    },
    "sites.add_site": lambda w: {
        "site_id": uuid7(), "response_id": w.cast.response.pk, "site": {"name": "Iglesia Getsemaní", "kind": "church"},
    },
    "sites.add_spaces": lambda w: {
        "site_id": w.cast.a.id, "spaces": [{"space_id": uuid7(), "name": "Carpa 2", "kind": "tent", "capacity": 6}],
    },
    "sites.announce_visit": lambda w: {
        "visit_id": uuid7(), "site_id": w.cast.a.id, "visitor_name": "Rigoberto Paz", "asked_for": "Juana",
    },
    "sites.begin_roll_call": lambda w: {"roll_call_id": uuid7(), "site_id": w.cast.a.id},
    "sites.change_committee": lambda w: {
        "committee_id": w.ids["committee"], "committee": {"kind": "kitchen", "women": 6},
    },
    "sites.change_site": lambda w: {"site_id": w.cast.a.id, "site": {"name": "Salón Municipal", "kind": "hall"}},
    "sites.change_space": lambda w: {
        "space": {"space_id": w.cast.a.spaces["Carpa 1"].id, "name": "Carpa 1", "kind": "tent", "capacity": 8},
    },
    "sites.check_in": lambda w: {
        "stay_id": uuid7(), "site_id": w.cast.a.id, "person_id": w.ids["registered_only"], "space_id": None,
    },
    "sites.check_in_household": lambda w: {
        "household_id": w.ids["household_registered_only"], "site_id": w.cast.a.id,
        "arrivals": [{"person_id": w.ids["registered_only"], "stay_id": uuid7()}],
    },
    "sites.check_out": lambda w: {"stay_ids": list(w.xicay.stays.values()), "reason": "home"},
    "sites.check_out_erased": lambda w: {"stay_id": w.ids["erased_stay"]},
    "sites.check_out_unnamed": lambda w: {"unnamed_id": w.ids["unnamed"], "persons": 1, "reason": "home"},
    "sites.close_site": lambda w: {
        "act_id": uuid7(), "site_id": w.ids["night_shelter"], "closing": {"why": "school", "keys": "4"},
    },
    "sites.close_space": lambda w: {"space_id": w.cast.a.spaces["Carpa 1"].id},
    "sites.come_back": lambda w: {"stay_id": w.xicay.stays["Mateo"]},
    "sites.count_facility": lambda w: {
        "facility_id": uuid7(), "site_id": w.cast.a.id,
        "facility": {"kind": "tap", "count": 2, "counted_on": w.today},
    },
    "sites.count_guests": lambda w: {
        "tally_id": uuid7(), "site_id": w.ids["night_shelter"], "night": w.today, "observed_at": clock.now(),
        "cells": [{"sex": "male", "band": "18-59", "persons": 7}],
    },
    "sites.count_unknown": lambda w: {"count_id": uuid7(), "roll_call_id": w.ids["roll_call"], "persons": 2},
    "sites.count_unnamed": lambda w: {
        "household_id": w.xicay.household, "site_id": w.cast.a.id, "unnamed": [{"unnamed_id": uuid7(), "persons": 1}],
    },
    "sites.end_committee": lambda w: {"committee_id": w.ids["committee"]},
    "sites.end_roll_call": lambda w: {"roll_call_id": w.ids["roll_call"]},
    "sites.explain_difference": lambda w: {"difference_id": w.ids["difference"], "explanation": "mistake"},
    "sites.form_committee": lambda w: {
        "committee_id": uuid7(), "site_id": w.cast.a.id, "committee": {"kind": "cleaning", "men": 4},
    },
    "sites.group_sites": lambda w: {
        "group_id": uuid7(), "response_id": w.cast.response.pk, "name": "Todos", "complete": False,
        "site_ids": [w.cast.a.id, w.cast.b.id],
    },
    "sites.mark_present": lambda w: {
        "roll_call_id": w.ids["roll_call"],
        "marks": [{"mark_id": uuid7(), "stay_id": w.xicay.stays["Juana"], "here": True}],
    },
    "sites.move_space": lambda w: {
        "stay_ids": [w.xicay.stays["Juana"]], "space_id": w.cast.a.spaces["Aula 2"].id,
    },
    "sites.name_member": lambda w: {
        "unnamed_id": w.ids["unnamed"], "stay_id": uuid7(), "member": _person(kinship="child"),
    },
    "sites.open_response": lambda w: {
        "response_id": uuid7(), "parent_id": w.cast.area.id,
        "response": {
            "name": "Lluvias", "country": "GT", "zone": "America/Guatemala", "started_on": w.today,
            "controller_id": w.cast.controller.id,
        },
    },
    "sites.open_site": lambda w: {
        "act_id": uuid7(), "site_id": w.ids["night_shelter"], "opening": {"owner": "Parroquia"},
    },
    "sites.pass_gate": lambda w: {
        "passage_id": uuid7(), "site_id": w.cast.a.id, "stay_id": w.xicay.stays["Juana"], "way": "out",
    },
    "sites.plan_stays": lambda w: {
        "site_id": w.cast.a.id, "planned_for": w.today,
        "arrivals": [{"person_id": w.ids["registered_only"], "stay_id": uuid7()}],
    },
    "sites.propose_transfer": lambda w: {
        "transfer_id": uuid7(), "to_site_id": w.cast.b.id, "stay_ids": list(w.xicay.stays.values()),
        "travels_on": w.today,
    },
    "sites.receive_form": _form_typed,
    "sites.receive_household": lambda w: {
        "household_id": uuid7(), "site_id": w.cast.a.id, "members": [_person(kinship="head", stay_id=uuid7())],
    },
    "sites.record_death": lambda w: {
        "death_id": uuid7(), "person_id": w.xicay.people["Mateo"], "died_on": w.today, "authority": "INACIF",
        "document": "A-77",
    },
    "sites.record_way_out": lambda w: {
        "way_out_id": uuid7(), "household_id": w.xicay.household, "site_id": w.cast.a.id,
        "way_out": {"house": "destroyed", "solution": "house", "accepted": True},
    },
    "sites.refuse_transfer": lambda w: {"transfer_id": w.ids["transfer"]},
    "sites.register_birth": lambda w: {
        "child": {"person_id": uuid7(), "newborn_unnamed": True}, "mother_id": w.xicay.people["Juana"],
        "stay_id": uuid7(),
    },
    "sites.report_headcount": lambda w: {
        "report_id": uuid7(), "site_id": w.cast.a.id,
        "headcount": {"night": w.today, "observed_at": clock.now(), "persons": 9, "method": "estimate"},
    },
    "sites.set_status": lambda w: {"status_id": uuid7(), "site_id": w.ids["church"], "status": "open"},
    "sites.set_turn": lambda w: {
        "turn_id": uuid7(), "committee_id": w.ids["committee"],
        "turn": {"day": w.today, "part": "morning", "persons": 4},
    },
    "sites.settle_dispute": lambda w: {"stay_id": w.ids["disputed_stay"], "stands": False},
    "sites.settle_visit": lambda w: {"visit_id": w.ids["visit"], "outcome": "left"},
    "sites.step_out": lambda w: {
        "absence_id": uuid7(), "stay_id": w.xicay.stays["Juana"], "expected_back": clock.now() + timedelta(hours=2),
    },
    "sites.take_inventory": lambda w: {
        "site_id": w.cast.a.id,
        "inventory": {
            "inventoried_on": w.today,
            "grounds": [{"kind": "roofed", "name": "Salón", "length_cm": 1000, "width_cm": 700}],
        },
    },
    "sites.tell_resident": lambda w: {"visit_id": w.ids["visit"], "person_id": w.xicay.people["Juana"]},
    "sites.undo_passage": lambda w: {"passage_id": w.ids["passage"]},
    "sites.void_facility": lambda w: {"facility_id": w.ids["facility"]},
    "sites.void_report": lambda w: {"report_id": w.ids["report"]},
    "sites.void_stay": lambda w: {"stay_id": w.xicay.stays["Juana"]},
    "sites.void_tally": lambda w: {"tally_id": w.ids["tally"]},
    "sites.void_turn": lambda w: {"turn_id": w.ids["turn"]},
    "sites.void_unnamed": lambda w: {"unnamed_id": w.ids["unnamed"]},
    "sites.withdraw_transfer": lambda w: {"transfer_id": w.ids["transfer"]},
}  # fmt: skip


def _slip(world: World) -> Arguments:
    lines = [{"item": "water", "variant": "", "quantity": 20}]
    return {"slip_id": uuid7(), "site_id": world.cast.a.id, "slip": {"lines": lines, "whom": "", "note": ""}}


ASSISTANCE: dict[str, Maker] = {
    "assistance.assess_infant": lambda w: {
        "assessment_id": uuid7(), "person_id": w.ids["infant"], "kind": "ready",
    },
    "assistance.count_store": _slip,
    "assistance.end_assessment": lambda w: {"assessment_id": w.ids["assessment"]},
    "assistance.give_goods": _slip,
    "assistance.lose_goods": _slip,
    "assistance.receive_goods": _slip,
    "assistance.void_slip": lambda w: {"slip_id": w.ids["slip"]},
}  # fmt: skip


def _movement() -> Arguments:
    return {"kind": "bus", "expected_at": clock.now() + timedelta(hours=2), "place": "Palín", "seats": 40}


def _traveller(**given: Any) -> Arguments:
    return _person(traveller_id=uuid7(), **given)


MOVEMENTS: dict[str, Maker] = {
    "movements.announce": lambda w: {"movement_id": uuid7(), "site_id": w.cast.a.id, "movement": _movement()},
    "movements.arrive": lambda w: {"movement_id": w.ids["coming"], "persons": 12},
    "movements.assign_seat": lambda w: {
        "passenger_id": uuid7(), "movement_id": w.ids["onward"], "traveller_id": w.ids["traveller_celso"],
    },
    "movements.begin_station": lambda w: {
        "visit_id": uuid7(), "traveller_id": w.ids["traveller_dora"], "station": "food",
    },
    "movements.board": lambda w: {"passenger_id": w.ids["seat_dora"]},
    "movements.call_to_station": lambda w: {
        "visit_id": uuid7(), "traveller_id": w.ids["traveller_dora"], "station": "food",
    },
    "movements.cancel": lambda w: {"movement_id": w.ids["coming"], "why": "Tormenta"},
    "movements.change_movement": lambda w: {"movement_id": w.ids["coming"], "movement": _movement()},
    "movements.close_movement": lambda w: {"movement_id": w.ids["coming"]},
    "movements.depart": lambda w: {"movement_id": w.ids["onward"]},
    "movements.drop_traveller": lambda w: {"traveller_id": w.ids["traveller_berta"]},
    "movements.empty_list": lambda w: {"movement_id": w.ids["coming"]},
    "movements.end_station": lambda w: {"visit_id": w.ids["call_to_food"]},
    "movements.leave_centre": lambda w: {"traveller_ids": [w.ids["traveller_dora"]], "way": "own"},
    "movements.list_travellers": lambda w: {"movement_id": w.ids["coming"], "travellers": [_traveller(line=9)]},
    "movements.no_show": lambda w: {"passenger_id": w.ids["seat_dora"]},
    "movements.receive_known": lambda w: {
        "movement_id": w.ids["arrival"], "traveller_id": uuid7(), "person_id": w.xicay.people["Juana"],
    },
    "movements.receive_travellers": lambda w: {
        "movement_id": w.ids["coming"], "household_id": uuid7(), "members": [_traveller(kinship="head")],
    },
    "movements.record_call": lambda w: {"call_id": w.ids["call"], "outcome": "spoke"},
    "movements.record_return": lambda w: {
        "traveller_id": w.ids["traveller_alma"],
        "record": {"record_id": uuid7(), "person_id": w.ids["person_alma"], "country": "US", "days_detained": 8},
    },
    "movements.release_child": lambda w: {
        "traveller_id": w.ids["traveller_nelson"],
        "authority_act": _act_of_authority(w, w.ids["person_nelson"]),
    },
    "movements.route_child": lambda w: {
        "traveller_id": w.ids["traveller_nelson"], "travels_with": "other_adult", "stay_id": uuid7(),
    },
    "movements.set_centre": lambda w: {"site_id": w.cast.a.id, "station_codes": ["registration", "food"]},
    "movements.settle_private": lambda w: {"traveller_id": w.ids["traveller_celso"], "settled": "cleared"},
}  # fmt: skip

REPORTING: dict[str, Maker] = {
    "reporting.approve_export": lambda w: {"export_id": w.ids["export_waits"]},
    "reporting.ask_export": lambda w: {
        "export_id": uuid7(), "site_id": w.cast.a.id, "what": "residents", "purpose": "assistance",
        "reason": "Entrega de frazadas.",
    },
    "reporting.refuse_export": lambda w: {"export_id": w.ids["export_waits"]},
    "reporting.take_copy": lambda w: {"export_id": w.ids["export"], "copy_id": uuid7()},
    "sites.close_response": lambda w: {"response_id": _response_over(w)},
    "sites.set_export_alone": lambda w: {"response_id": w.cast.response.pk, "people": 10},
    "reporting.close_night": lambda w: {"closed_id": uuid7(), "site_id": w.cast.a.id, "night": w.yesterday},
    "reporting.print_door": lambda w: {"release_id": uuid7(), "site_id": w.cast.a.id, "night": w.today},
    "reporting.record_published": lambda w: {
        "figure_id": uuid7(), "response_id": w.cast.response.pk, "site_id": w.cast.a.id, "group_id": None,
        "figure": {"about": "Salón Municipal", "day": w.today, "value": 70, "source": "CONRED"},
    },
    "reporting.release_figures": lambda w: {"release_id": uuid7(), "unit_id": w.cast.a.id, "night": w.yesterday},
    "reporting.sign_sheet": lambda w: {
        "sheet_id": uuid7(), "site_id": w.cast.a.id,
        "sheet": {"kind": "progress", "gaps": ["Falta agua"], "signed_post": "coordinador"},
    },
    "reporting.void_published": lambda w: {"figure_id": w.ids["published"]},
    "reporting.write_message": lambda w: {"release_id": uuid7(), "site_id": w.cast.a.id, "night": w.today},
}  # fmt: skip

CALLS: dict[str, Maker] = {**ACCOUNTS, **CORE, **PEOPLE, **SITES, **ASSISTANCE, **MOVEMENTS, **REPORTING}
