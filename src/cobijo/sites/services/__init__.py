"""What sites lets be done: its verbs."""

from cobijo.sites.committees.services import (
    change_committee,
    end_committee,
    form_committee,
    set_turn,
    void_turn,
)
from cobijo.sites.complaints.services import (
    answer_complaint,
    end_focal_point,
    file_complaint,
    hand_complaint,
    name_focal_point,
    reopen_complaint,
)
from cobijo.sites.gate.services import (
    announce_visit,
    pass_gate,
    settle_visit,
    tell_resident,
    undo_passage,
)
from cobijo.sites.guests.services import count_guests, void_tally
from cobijo.sites.incidents.services import follow_incident, record_incident
from cobijo.sites.premises.services import close_site, open_site, take_inventory
from cobijo.sites.rollcalls.services import (
    begin_roll_call,
    count_unknown,
    end_roll_call,
    explain_difference,
    mark_present,
)
from cobijo.sites.services.births import register_birth
from cobijo.sites.services.deaths import record_death
from cobijo.sites.services.disputes import settle_dispute, void_stay
from cobijo.sites.services.forms import receive_form
from cobijo.sites.services.headcounts import report_headcount, void_report
from cobijo.sites.services.leaving import check_out, check_out_erased
from cobijo.sites.services.planning import plan_stays
from cobijo.sites.services.setup import (
    add_site,
    change_site,
    close_response,
    group_sites,
    open_response,
    set_export_alone,
    set_status,
)
from cobijo.sites.services.spaces import (
    add_spaces,
    change_space,
    close_space,
    count_facility,
    void_facility,
)
from cobijo.sites.services.stays import (
    check_in,
    check_in_household,
    come_back,
    move_space,
    receive_household,
    step_out,
)
from cobijo.sites.services.transfers import (
    accept_transfer,
    propose_transfer,
    refuse_transfer,
    withdraw_transfer,
)
from cobijo.sites.standards.services import answer_round, begin_round, choose_norms, end_round, void_round
from cobijo.sites.unnamed.services import check_out_unnamed, count_unnamed, name_member, void_unnamed
from cobijo.sites.upkeep.services import set_task, settle_task, tick_item
from cobijo.sites.wayout.services import record_way_out

__all__ = [
    "accept_transfer",
    "add_site",
    "add_spaces",
    "announce_visit",
    "answer_complaint",
    "answer_round",
    "begin_roll_call",
    "begin_round",
    "change_committee",
    "change_site",
    "change_space",
    "check_in",
    "check_in_household",
    "check_out",
    "check_out_erased",
    "check_out_unnamed",
    "choose_norms",
    "close_response",
    "close_site",
    "close_space",
    "come_back",
    "count_facility",
    "count_guests",
    "count_unknown",
    "count_unnamed",
    "end_committee",
    "end_focal_point",
    "end_roll_call",
    "end_round",
    "explain_difference",
    "file_complaint",
    "follow_incident",
    "form_committee",
    "group_sites",
    "hand_complaint",
    "mark_present",
    "move_space",
    "name_focal_point",
    "name_member",
    "open_response",
    "open_site",
    "pass_gate",
    "plan_stays",
    "propose_transfer",
    "receive_form",
    "receive_household",
    "record_death",
    "record_incident",
    "record_way_out",
    "refuse_transfer",
    "register_birth",
    "reopen_complaint",
    "report_headcount",
    "set_export_alone",
    "set_status",
    "set_task",
    "set_turn",
    "settle_dispute",
    "settle_task",
    "settle_visit",
    "step_out",
    "take_inventory",
    "tell_resident",
    "tick_item",
    "undo_passage",
    "void_facility",
    "void_report",
    "void_round",
    "void_stay",
    "void_tally",
    "void_turn",
    "void_unnamed",
    "withdraw_transfer",
]
