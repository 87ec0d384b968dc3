"""What the records of this app and their fields are called in a person's own copy."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cobijo.core.owncopy import Words, name_record

name_record(
    "assistance.FormulaAssessment",
    Words(
        _("Assessment for infant formula"),
        {
            "kind": _("Kind of formula"),
            "at": _("Assessed"),
            "ends_on": pgettext_lazy("own copy", "Until"),
            "ended_at": _("Ended"),
        },
    ),
)
