"""The form about a household's way out."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.core.pages import VerbForm
from cobijo.core.widgets import DatePartsField
from cobijo.sites.wayout.types import House, Intention, Papers, Solution, Tenure, WayOutIn

ANSWERS = {"": None, "yes": True, "no": False}


class WayOutForm(VerbForm):
    """What became of the house, what they want, what was offered and whether they took it."""

    names_of_fields: ClassVar = {}

    house = forms.TypedChoiceField(label=_("Their house"), coerce=House, choices=House.choices, initial=House.UNKNOWN)
    judged_by = forms.CharField(
        label=_("Judged by"), max_length=240, required=False, help_text=_("Post or institution, for example CONRED.")
    )
    judged_on = DatePartsField(label=_("Judged on"), required=False)
    tenure = forms.TypedChoiceField(
        label=_("By what right they lived there"), coerce=Tenure, choices=Tenure.choices, initial=Tenure.UNKNOWN
    )
    intention = forms.TypedChoiceField(
        label=_("What they want in the next three months"),
        coerce=Intention,
        choices=Intention.choices,
        initial=Intention.UNKNOWN,
    )
    solution = forms.TypedChoiceField(
        label=_("What was offered"), coerce=Solution, choices=Solution.choices, initial=Solution.NONE
    )
    accepted = forms.ChoiceField(
        label=_("Do they accept it?"),
        required=False,
        choices=[("", _("not answered yet")), ("yes", _("yes")), ("no", _("no"))],
    )
    papers = forms.TypedMultipleChoiceField(
        label=_("Papers they need"),
        coerce=Papers,
        choices=Papers.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def way_out(self) -> WayOutIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return WayOutIn(
            house=given["house"],
            judged_by=given["judged_by"],
            judged_on=given["judged_on"],
            tenure=given["tenure"],
            intention=given["intention"],
            solution=given["solution"],
            accepted=ANSWERS[given["accepted"]],
            papers=given["papers"],
        )
