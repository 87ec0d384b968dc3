"""What can be said of a person sought beside the words in the search box."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.core.pages import offer
from cobijo.people.types import Sex, Traits
from cobijo.sites import queries as sites

MOST_SITES: Final = 200
_OLDEST, _WIDEST = 120, 20
_YEARS: Final = 3


class MoreForm(forms.Form):
    """The words once more, and what else is known of the person. Nothing is required but a word."""

    q = forms.CharField(label=_("Name, nickname, code, document or telephone"), max_length=120)
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=[("", _("Not known")), (Sex.FEMALE, Sex.FEMALE.label), (Sex.MALE, Sex.MALE.label)],
        required=False,
    )
    age = forms.IntegerField(label=_("Age in years"), min_value=0, max_value=_OLDEST, required=False)
    years = forms.IntegerField(
        label=_("Give or take how many years"), min_value=0, max_value=_WIDEST, required=False, initial=_YEARS
    )
    site = forms.TypedChoiceField(label=_("Site"), coerce=UUID, empty_value=None, required=False)
    community = forms.CharField(
        label=_("Where the person comes from"),
        max_length=120,
        required=False,
        help_text=_("Department, municipality, village or community, as they say it."),
    )

    def __init__(self, actor: UUID, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known, _count = sites.sites_for(actor, part=slice(0, MOST_SITES))
        offer(self, "site", [("", _("Any of mine")), *((site.id, site.name) for site in known)])
        if len(known) < 2:
            del self.fields["site"]

    @property
    def traits(self) -> Traits:
        """What was said, once the form is valid."""
        said, years = self.cleaned_data, self.cleaned_data["years"]
        return Traits(
            sex=Sex(said["sex"]) if said["sex"] else Sex.UNKNOWN,
            age=said["age"],
            years=_YEARS if years is None else years,
            community=said["community"],
        )
