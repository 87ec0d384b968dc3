"""What is refused about keeping and letting go."""

from django.utils.translation import gettext_lazy as _

from cobijo.core.errors import Ground, Refusal

TOO_SOON = Refusal(
    "people.retention_too_soon",
    _("This is kept for at least {least} days: sooner, people who come back would be asked everything again."),
    Ground.INPUT,
)
NOT_PREVIEWED = Refusal(
    "people.retention_not_previewed",
    _("Nobody has looked today at what this rule would do here. See what would be done first, then switch it on."),
)
NOT_A_RESPONSE = Refusal(
    "people.retention_not_a_response",
    _("Rules are set for a response, and count for all its sites. Choose the response."),
    Ground.INPUT,
)
RULE_OFF = Refusal(
    "people.retention_rule_off", _("This rule is switched off for the response. Nothing was done by it.")
)
NOT_DUE = Refusal(
    "people.retention_not_due", _("This person is not due by this rule: they came back, or it was done already.")
)
RAN = Refusal("people.retention_ran", _("What this preview found was done already. Make another one."))
