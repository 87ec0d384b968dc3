"""Every word of the roll-call's script, in the language in force. Nothing here is about a person."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def words() -> dict[str, object]:
    """The sentences the script fills, by name."""
    return {
        "room": _("{looked} of {all} looked at"),
        "room_done": _("all looked at"),
        "count": _("{here} here, {absent} not here, {unmarked} not looked at"),
        "nameless": _("and {n} without a name"),
        "alone": _("You are marking alone now."),
        "with": _("Marking with you: {names}"),
        "ended": _("A colleague has ended this roll-call."),
        "changed": _("People came, left or were moved since this page was opened."),
        "split": _("seen by one of you, not found by another: counts as here"),
        "in_space": _("seen in {space}"),
        "said_here": _("{who}: here"),
        "said_absent": _("{who}: not here"),
        "scanned": _("{who}: here, in {space}"),
        "scanned_here": _("{who}: here"),
        "not_on_sheet": _(
            "This person is not on the sheet. Count them as without a name, and register them afterwards."
        ),
        "end": _end(),
        "end_all": _("End the roll-call"),
        "waiting": _waiting(),
        "read_no_answer": _("The server does not answer. Try again in a moment."),
        "read_signed_out": _("You are signed out. Sign in again in another tab, then repeat."),
        "why_no_answer": _("The server does not answer. It is tried again by itself; do not close this page."),
        "why_failed": _("Something failed on our side. It is tried again by itself; do not close this page."),
        "why_signed_out": _("You are signed out. Sign in again in another tab; it is sent then."),
        "why_other_account": _("Somebody else is signed in now. It is sent when you sign in again."),
    }


def _end() -> dict[str, str]:
    said = [
        ngettext("End the roll-call: {n} was not looked at", "End the roll-call: {n} were not looked at", n)
        for n in (1, 2)
    ]
    return {"one": said[0], "many": said[1]}


def _waiting() -> dict[str, str]:
    said = [ngettext("{n} entry waits to be sent.", "{n} entries wait to be sent.", n) for n in (1, 2)]
    return {"one": said[0], "many": said[1]}
