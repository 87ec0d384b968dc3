"""The forms about people without a name."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.algorithms.ages import BAND_SETS, UNKNOWN
from cobijo.core.ids import uuid7
from cobijo.core.pages import VerbForm, offer
from cobijo.people.types import BirthIn, Kinship, MemberIn, Sex
from cobijo.sites.models import Site
from cobijo.sites.types import OutReason
from cobijo.sites.unnamed.types import UnnamedIn

MOST = 60


class CountForm(VerbForm):
    """How many people of one sex and age came with a household."""

    persons = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST)
    sex = forms.TypedChoiceField(
        label=_("Sex"), coerce=Sex, choices=Sex.choices, initial=Sex.UNKNOWN, widget=forms.RadioSelect
    )
    band = forms.ChoiceField(label=_("Age in years"), initial=UNKNOWN)
    space = forms.TypedChoiceField(label=_("Where they sleep"), coerce=UUID, empty_value=None, required=False)

    names_of_fields: ClassVar = {"space_id": "space", "unnamed": "persons"}

    def __init__(self, site: Site, spaces: list[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = BAND_SETS[site.response.band_set].codes()
        offer(self, "band", [(code, _("not known") if code == UNKNOWN else code) for code in known])
        offer(self, "space", [("", _("Anywhere at the site")), *spaces])

    def number(self) -> UnnamedIn:
        """The number as the verb takes it."""
        given = self.cleaned_data
        return UnnamedIn(
            unnamed_id=given["new_id"],
            persons=given["persons"],
            sex=given["sex"],
            band=given["band"],
            space_id=given["space"],
        )


class NameForm(VerbForm):
    """The name of somebody who was a number; nothing of it has to be known."""

    given_names = forms.CharField(label=_("Given names"), max_length=120, required=False)
    first_surname = forms.CharField(label=_("First surname"), max_length=120, required=False)
    second_surname = forms.CharField(label=_("Second surname"), max_length=120, required=False)
    sex = forms.TypedChoiceField(label=_("Sex"), coerce=Sex, choices=Sex.choices, widget=forms.RadioSelect)
    age_years = forms.IntegerField(label=_("Age in years"), min_value=0, max_value=120, required=False)
    kinship = forms.TypedChoiceField(
        label=_("Kinship to the head"), coerce=Kinship, choices=Kinship.choices, initial=Kinship.CHILD
    )
    stay_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    names_of_fields: ClassVar = {"birth": "age_years"}

    def member(self) -> MemberIn:
        """The person as the verb takes them."""
        given = self.cleaned_data
        return MemberIn(
            person_id=given["new_id"],
            given_names=given["given_names"],
            first_surname=given["first_surname"],
            second_surname=given["second_surname"],
            sex=given["sex"],
            birth=BirthIn(age_years=given["age_years"]),
            kinship=given["kinship"],
        )


class LeftForm(VerbForm):
    """How many of them left, and why."""

    persons = forms.IntegerField(label=_("How many left"), min_value=1, max_value=MOST)
    reason = forms.TypedChoiceField(
        label=_("Why"),
        coerce=OutReason,
        choices=[(one.value, one.label) for one in OutReason if one is not OutReason.DECEASED],
    )
    destination = forms.CharField(
        label=_("Where to"), max_length=240, required=False, help_text=_("As they say it: the place, or with whom.")
    )
