"""What is asked of a committee and of a turn."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.core.pages import VerbForm, offer
from cobijo.core.widgets import DatePartsField
from cobijo.sites.committees.queries import CommitteeLine
from cobijo.sites.committees.types import CommitteeIn, CommitteeKind, DayPart, TurnIn, Working

_DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


def _said(value: str) -> bool | None:
    return {"yes": True, "no": False}.get(value)


class CommitteeForm(VerbForm):
    """A committee as it stands. Numbers and posts; nobody is named."""

    kind = forms.TypedChoiceField(label=_("What it looks after"), coerce=CommitteeKind, choices=CommitteeKind.choices)
    name = forms.CharField(
        label=_("Its name"),
        max_length=80,
        required=False,
        help_text=_("Needed only for another kind, or a second one."),
    )
    women = forms.IntegerField(
        label=_("Women"), min_value=0, max_value=1_000, required=False, widget=forms.TextInput(_DIGITS)
    )
    men = forms.IntegerField(
        label=_("Men"), min_value=0, max_value=1_000, required=False, widget=forms.TextInput(_DIGITS)
    )
    elected = forms.ChoiceField(
        label=_("Chosen by the residents"),
        choices=[("yes", _("yes")), ("no", _("no")), ("", _("not known"))],
        required=False,
        widget=forms.RadioSelect,
    )
    working = forms.TypedChoiceField(
        label=_("Does it work"),
        coerce=Working,
        choices=Working.choices,
        initial=Working.UNKNOWN,
        widget=forms.RadioSelect,
    )
    led_by = forms.CharField(
        label=_("Who leads it"), max_length=80, required=False, help_text=_("Their post, not their name.")
    )

    def committee(self) -> CommitteeIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        names = ("kind", "name", "women", "men", "working", "led_by")
        return CommitteeIn(elected=_said(given["elected"]), **{name: given[name] for name in names})


class TurnForm(VerbForm):
    """A turn of a committee."""

    names_of_fields: ClassVar = {"committee_id": "committee"}

    committee = forms.ChoiceField(label=_("Committee"))
    day = DatePartsField(label=_("Day"))
    part = forms.TypedChoiceField(
        label=_("Part of the day"), coerce=DayPart, choices=DayPart.choices, widget=forms.RadioSelect
    )
    persons = forms.IntegerField(
        label=_("How many people"), min_value=1, max_value=1_000, widget=forms.TextInput(_DIGITS)
    )
    note = forms.CharField(
        label=_("From which rooms, or where"), max_length=120, required=False, help_text=_("No names of people.")
    )

    def __init__(self, committees: list[CommitteeLine], today: date, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"day": today})
        super().__init__(*args, **kwargs)
        choices = [(str(one.id), one.name) for one in committees]
        offer(self, "committee", choices)

    def turn(self) -> TurnIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return TurnIn(**{name: given[name] for name in ("day", "part", "persons", "note")})
