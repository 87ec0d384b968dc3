"""Every word of the gate's script, in the language in force. Nothing here is about a person."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cobijo.sites.gate.types import Meal


def words() -> dict[str, object]:
    """The sentences the script fills, by name."""
    return {
        "is_in": pgettext("gate", "in"),
        "is_out": pgettext("gate", "out"),
        "out_since": _("out since {hour}"),
        "back_by": _("back by {hour}"),
        "overdue": _("should have been back by {hour}"),
        "household": _("Household {code}: {people} stay here, {out} of them out now"),
        "alone": _("Belongs to no household here"),
        "leaves_with": _("Child: leaves with {people}"),
        "leaves_with_nobody": _(
            "Child: no grown-up of the household stays here. Call the coordinator before they leave."
        ),
        "to_confirm": _("This stay is to be confirmed. Send the person to the desk."),
        "in_already": _("Is in already, by what is recorded. Compare the photo with the person."),
        "no_photo": _("no photo"),
        "choose_somebody": _("Nobody is marked. Mark who passes."),
        "said_out": pgettext("gate entry", "out"),
        "said_in": pgettext("gate entry", "in"),
        "said_meal": pgettext("gate entry", "meal"),
        **{f"meal_{meal.value}": str(meal.label) for meal in Meal},
        "recorded": _("{who}: {what}"),
        "undone": _("Taken back: {who}"),
        "undo_of": _("Take back: {who}, {what}"),
        "visit_passed": _("The message was passed at {hour}."),
        "visit_waits": _("The message is sent as soon as the server answers."),
        "visit_missing": _("Write who waits and for whom they ask."),
        "entry_visit": _("Message of a visitor"),
        "waiting": _several(),
        "read_no_answer": _("The server does not answer. Try again in a moment."),
        "read_signed_out": _("You are signed out. Sign in again in another tab, then repeat."),
        "why_no_answer": _("The server does not answer. It is tried again by itself; do not close this page."),
        "why_failed": _("Something failed on our side. It is tried again by itself; do not close this page."),
        "why_signed_out": _("You are signed out. Sign in again in another tab; it is sent then."),
        "why_other_account": _("Somebody else is signed in now. It is sent when you sign in again."),
    }


def _several() -> dict[str, str]:
    said = [ngettext("{n} entry waits to be sent.", "{n} entries wait to be sent.", n) for n in (1, 2)]
    return {"one": said[0], "many": said[1]}
