"""What is refused at the gate. To who holds no name it says nothing of anybody who does not stay here."""

from django.utils.translation import gettext_lazy as _

from cobijo.core.errors import Ground, Refusal

# --- what was scanned ------------------------------------------------------------------------------------------------

NOBODYS_HERE = Refusal(
    "sites.gate_unknown",
    _("Nobody who stays here has this card or code. Let nobody in by it; send the person to the desk."),
    Ground.MISSING,
)
CARD_FREE = Refusal(
    "sites.gate_card_free",
    _("This card was given to nobody. Keep it, and hand it to the desk."),
    Ground.MISSING,
)
CARD_ENDED = Refusal(
    "sites.gate_card_ended",
    _(
        "This card does not count any more: it was lost, taken back or replaced. "
        "Keep it, and send the person to the desk."
    ),
    Ground.MISSING,
)

# --- passing ---------------------------------------------------------------------------------------------------------

NOT_STAYING = Refusal(
    "sites.gate_not_staying",
    _("This person does not stay here now. Send them to the desk: they are checked in or out there."),
)
WHICH_MEAL = Refusal(
    "sites.gate_which_meal", _("A meal is breakfast, lunch or dinner. Choose which one."), Ground.INPUT
)
NO_MEAL_PASSING = Refusal(
    "sites.gate_no_meal", _("Who goes out or comes in takes no meal. Record the meal by itself."), Ground.INPUT
)
BACK_ONLY_AFTER_OUT = Refusal(
    "sites.gate_back_only_after_out",
    _("An hour to be back belongs to going out. Leave it out here."),
    Ground.INPUT,
)

# --- taking back -----------------------------------------------------------------------------------------------------

NOT_YOURS_TO_UNDO = Refusal(
    "sites.gate_not_yours",
    _("Somebody else recorded this. Record what is so now instead: out, in, or back."),
    Ground.PERMISSION,
)
TOO_LATE_TO_UNDO = Refusal(
    "sites.gate_too_late",
    _("This was recorded more than ten minutes ago. Record what is so now instead: out, in, or back."),
)
PASSED_SINCE = Refusal(
    "sites.gate_passed_since",
    _("Something was recorded of this person since. Record what is so now instead: out, in, or back."),
)
UNDONE_ALREADY = Refusal("sites.gate_undone_already", _("This was taken back already. Nothing has to be done."))

# --- visits ----------------------------------------------------------------------------------------------------------

VISIT_SETTLED = Refusal("sites.visit_settled", _("This visit is over already. Nothing has to be done."))
VISIT_NOT_HERE = Refusal(
    "sites.visit_not_here",
    _("This person does not stay here now, so nobody can tell them. Choose another one, or say that nobody comes."),
)
VISIT_STILL_OPEN = Refusal(
    "sites.visit_still_open",
    _("Say how the visit ended: the resident came, does not come, or the visitor left."),
    Ground.INPUT,
)
