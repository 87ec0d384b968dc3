"""What is refused about a roll-call."""

from django.utils.translation import gettext_lazy as _

from cobijo.core.errors import Ground, Refusal

ROLL_CALL_ENDED = Refusal(
    "sites.roll_call_ended",
    _("This roll-call has ended, so nothing more is marked in it. Explain the difference, or begin another one."),
)
NIGHT_OVER = Refusal(
    "sites.roll_call_of_another_night",
    _("A roll-call is of the night under way. To record who was here on an earlier night, report a head-count."),
    Ground.INPUT,
)
SITE_NOT_OPEN = Refusal(
    "sites.roll_call_site_closed",
    _("{site} is closed, so there is nobody to call. Open it again first."),
)
MARKED_TWICE = Refusal(
    "sites.marked_twice",
    _("The same person stands here twice. Send one mark for each person."),
    Ground.INPUT,
)
NOTHING_LOOKED_AT = Refusal(
    "sites.roll_call_empty",
    _("Nobody was marked yet, so there is nothing to compare. Mark who is here first."),
)
EXPLAINED_ALREADY = Refusal(
    "sites.difference_explained",
    _("Somebody has explained this difference already. Nothing has to be done."),
)
NOTE_FOR_OTHER = Refusal(
    "sites.difference_other_needs_words",
    _("Nobody knows later what something else was. Write it in a few words."),
    Ground.INPUT,
)
