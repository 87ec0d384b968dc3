"""What people lets be done: its verbs, and what higher apps join or say inside theirs.

``know`` and ``stop_knowing`` are no verbs: they say which unit knows whom, and are called inside a verb, where the
reason is made (a stay, an arrival). Nor are ``take_form`` and ``give_form``: typing in a form is part of receiving the
family on it. ``look_for_pairs`` and ``compare_everybody`` call a verb of their own, as the night does. ``foretold``,
``forgetting``, ``merged``, ``replaced`` and ``voiding`` are moments to join; ``decide`` says what a merge does to a
reference to a person, ``hand_over`` does it.
"""

from cobijo.people.cards.services import count_cards, end_card, link_card, print_cards, replace_card, void_cards
from cobijo.people.hooks import foretold, forgetting, merged, replaced, voiding
from cobijo.people.identity.fates import decide, hand_over
from cobijo.people.identity.nightly import look as look_for_pairs
from cobijo.people.identity.nightly import whole as compare_everybody
from cobijo.people.identity.services import (
    approve_merge,
    judge_pairs,
    merge_people,
    queue_pairs,
    refuse_merge,
    unmerge_people,
)
from cobijo.people.identity.types import Outlook
from cobijo.people.paper.services import end_form, give_form, print_forms, take_form, void_forms
from cobijo.people.photos.services import remove_photo, set_photo
from cobijo.people.retention.due import closings_are_told_by
from cobijo.people.retention.services import expire, finish_retention, preview_retention, set_retention
from cobijo.people.rights.services import answer_right, ask_right, erase_on_request, give_copy
from cobijo.people.said.services import describe_household, end_collector, name_collector
from cobijo.people.services.answering import record_consent, set_basis
from cobijo.people.services.belonging import change_membership, move_member, new_household_of
from cobijo.people.services.correcting import (
    add_document,
    add_phone,
    correct_person,
    set_needs,
    void_document,
    void_phone,
)
from cobijo.people.services.opening import break_glass, review_break_glass
from cobijo.people.services.protecting import (
    end_protection,
    name_worker,
    protect_person,
    unname_worker,
    write_note,
)
from cobijo.people.services.registering import add_member, register_household
from cobijo.people.services.removing import erase_person, void_person
from cobijo.people.services.scopes import know, stop_knowing

__all__ = [
    "Outlook",
    "add_document",
    "add_member",
    "add_phone",
    "answer_right",
    "approve_merge",
    "ask_right",
    "break_glass",
    "change_membership",
    "closings_are_told_by",
    "compare_everybody",
    "correct_person",
    "count_cards",
    "decide",
    "describe_household",
    "end_card",
    "end_collector",
    "end_form",
    "end_protection",
    "erase_on_request",
    "erase_person",
    "expire",
    "finish_retention",
    "foretold",
    "forgetting",
    "give_copy",
    "give_form",
    "hand_over",
    "judge_pairs",
    "know",
    "link_card",
    "look_for_pairs",
    "merge_people",
    "merged",
    "move_member",
    "name_collector",
    "name_worker",
    "new_household_of",
    "preview_retention",
    "print_cards",
    "print_forms",
    "protect_person",
    "queue_pairs",
    "record_consent",
    "refuse_merge",
    "register_household",
    "remove_photo",
    "replace_card",
    "replaced",
    "review_break_glass",
    "set_basis",
    "set_needs",
    "set_photo",
    "set_retention",
    "stop_knowing",
    "take_form",
    "unmerge_people",
    "unname_worker",
    "void_cards",
    "void_document",
    "void_forms",
    "void_person",
    "void_phone",
    "voiding",
    "write_note",
]
