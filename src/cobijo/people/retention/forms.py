"""What is asked about a rule."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.core.pages import VerbForm
from cobijo.people.retention.types import LONGEST


class RuleForm(VerbForm):
    """After how many days something is let go, and whether that is done."""

    days = forms.IntegerField(label=_("Days"), min_value=0, max_value=LONGEST)
    on = forms.BooleanField(
        label=_("Switched on: done once a day"),
        required=False,
        help_text=_("It can be switched on once somebody has seen today what it would do."),
    )
