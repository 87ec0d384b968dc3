"""What accounts lets be done: its verbs, and the few plain functions beside them.

Plain functions: ``log_reading`` (whoever shows people calls it), ``name_kind`` (what a model is called in that log),
``tell`` and ``declare_notice`` (what someone must be told), ``open_for_demonstration``.
"""

from cobijo.accounts.notices import declare as declare_notice
from cobijo.accounts.notices import tell
from cobijo.accounts.readings import log_reading, name_kind, name_reason
from cobijo.accounts.services.accounts import change_account, choose_language, close_account, create_account
from cobijo.accounts.services.grants import end_grant, grant_role
from cobijo.accounts.services.held import discard_held
from cobijo.accounts.services.signin import open_for_demonstration, renew_password, reset_second_factor
from cobijo.accounts.services.tokens import make_token, revoke_token
from cobijo.accounts.services.units import create_organisation, create_unit

__all__ = [
    "change_account",
    "choose_language",
    "close_account",
    "create_account",
    "create_organisation",
    "create_unit",
    "declare_notice",
    "discard_held",
    "end_grant",
    "grant_role",
    "log_reading",
    "make_token",
    "name_kind",
    "open_for_demonstration",
    "renew_password",
    "reset_second_factor",
    "revoke_token",
    "tell",
]
