"""What is asked about a household as a whole."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.core.pages import VerbForm, offer
from cobijo.people import wording
from cobijo.people.queries.records import MemberRow
from cobijo.people.types import HouseholdFactsIn, Informant, Kinship

_INFORMANT = {Kinship.HEAD: Informant.HEAD, Kinship.SPOUSE: Informant.SPOUSE}


def _who(members: list[MemberRow]) -> list[tuple[str, str]]:
    return [(str(one.line.id), one.line.label) for one in members]


class DescribeForm(VerbForm):
    """What a household says of itself today."""

    person = forms.TypedChoiceField(label=_("Who says so"), coerce=UUID)
    size = forms.IntegerField(
        label=_("How many people they are in all"),
        min_value=1,
        max_value=99,
        required=False,
        help_text=_("As they say it, those included who are elsewhere. It limits nobody who comes later."),
    )
    here = forms.IntegerField(label=_("How many sleep here tonight"), min_value=0, max_value=99, required=False)
    animals = forms.IntegerField(label=_("Animals they brought"), min_value=0, max_value=999, required=False)
    animals_said = forms.CharField(
        label=_("Which animals, and where they are"),
        max_length=240,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    explained = forms.ChoiceField(label=_("Language in which it was explained what the data are for"), required=False)

    names_of_fields = {"person_id": "person", "size_said": "size", "here_said": "here"}

    def __init__(self, members: list[MemberRow], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kinship = {one.line.id: one.kinship for one in members}
        offer(self, "person", _who(members))
        offer(self, "explained", [("", _("not noted")), *wording.language_choices()])

    def facts(self) -> HouseholdFactsIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return HouseholdFactsIn(
            said_id=given["new_id"],
            person_id=given["person"],
            size_said=given["size"],
            here_said=given["here"],
            animals=given["animals"],
            animals_said=given["animals_said"],
            informed_by=_INFORMANT.get(self._kinship[given["person"]], Informant.OTHER),
            explained_in=given["explained"] or None,
        )


class CollectorForm(VerbForm):
    """Who else may receive for a household."""

    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"})
    )
    card = forms.CharField(
        label=_("Code or number of the card they will show"),
        max_length=400,
        required=False,
        help_text=_("Their own card, if they have one here. Without a card they are asked their name."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "data-card-field": ""}),
    )
    person = forms.TypedChoiceField(label=_("Who of the household says so"), coerce=UUID)

    names_of_fields = {"person_id": "person"}

    def __init__(self, members: list[MemberRow], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", _who(members))
