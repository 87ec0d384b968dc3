"""What accounts lets be done: its verbs, and the few plain functions beside them.

Plain functions: ``log_reading`` (whoever shows people calls it), ``name_kind`` (what a model is called in that log),
``room_for`` and ``tell_of_limit`` (so many readings of a kind in a while), ``tell`` and ``declare_notice`` (what
someone must be told), ``choose_pin`` (a PIN by its digits, which no verb is told), ``open_for_demonstration``.
"""

from cobijo.accounts.devices.services import (
    add_volunteer,
    choose_pin,
    end_badge,
    end_pin,
    enrol_device,
    invite_device,
    link_badge,
    print_badges,
    rename_device,
    renew_volunteer,
    revoke_device,
    set_pin,
    sign_conduct,
)
from cobijo.accounts.notices import declare as declare_notice
from cobijo.accounts.notices import tell
from cobijo.accounts.readings import log_reading, name_kind, name_reason, room_for, tell_of_limit
from cobijo.accounts.services.accounts import change_account, choose_language, close_account, create_account
from cobijo.accounts.services.grants import end_grant, grant_role
from cobijo.accounts.services.held import discard_held
from cobijo.accounts.services.signin import open_for_demonstration, renew_password, reset_second_factor
from cobijo.accounts.services.tokens import make_token, revoke_token
from cobijo.accounts.services.units import create_organisation, create_unit

__all__ = [
    "add_volunteer",
    "change_account",
    "choose_language",
    "choose_pin",
    "close_account",
    "create_account",
    "create_organisation",
    "create_unit",
    "declare_notice",
    "discard_held",
    "end_badge",
    "end_grant",
    "end_pin",
    "enrol_device",
    "grant_role",
    "invite_device",
    "link_badge",
    "log_reading",
    "make_token",
    "name_kind",
    "name_reason",
    "open_for_demonstration",
    "print_badges",
    "rename_device",
    "renew_password",
    "renew_volunteer",
    "reset_second_factor",
    "revoke_device",
    "revoke_token",
    "room_for",
    "set_pin",
    "sign_conduct",
    "tell",
    "tell_of_limit",
]
