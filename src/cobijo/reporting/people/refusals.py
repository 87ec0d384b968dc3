"""What is refused about lists of people."""

from django.utils.translation import gettext_lazy as _

from cobijo.core.errors import Ground, Refusal

NO_REASON = Refusal(
    "reporting.export_no_reason",
    _("A list of people is taken for a reason. Write in one sentence who needs it and what for."),
    Ground.INPUT,
)
NOBODY = Refusal(
    "reporting.export_nobody",
    _("Nobody would stand on this list: nobody whom you see is there, or they did not agree to this purpose."),
)
NOT_WAITING = Refusal(
    "reporting.export_not_waiting",
    _("This list does not wait for a second person. Reload the page to see what became of it."),
)
NOT_READY = Refusal(
    "reporting.export_not_ready",
    _("A second person has not agreed to this list yet. Ask a colleague who takes lists at this site to look at it."),
)
REFUSED = Refusal(
    "reporting.export_refused",
    _("A colleague refused this list. Speak with them; if the reason is another one now, ask for it again."),
)
ENDED = Refusal(
    "reporting.export_ended", _("This list ended seven days after it was asked for. If it is still needed, ask again.")
)
GROWN = Refusal(
    "reporting.export_grown",
    _("{people} people stand on this list by now, and one person alone takes lists of at most {limit}. "
      "Ask for it again: a second person will look at it."),
)  # fmt: skip
