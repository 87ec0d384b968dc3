"""The tally at the door: three bands by sex, large enough for a thumb."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cobijo.core.pages import VerbForm
from cobijo.core.widgets import DatePartsField
from cobijo.people.types import Sex
from cobijo.sites.guests.queries import TallyLine
from cobijo.sites.guests.types import AT_THE_DOOR, SEXES
from cobijo.sites.types import GROWN, OLD, UNDER_18, CellIn

BANDS: dict[str, str | Promise] = {UNDER_18: _("0 to 17 years"), GROWN: _("18 to 59 years"), OLD: _("60 and over")}
WORDS: dict[tuple[Sex, str], str | Promise] = {
    (Sex.FEMALE, UNDER_18): _("girls"),
    (Sex.MALE, UNDER_18): _("boys"),
    (Sex.FEMALE, GROWN): _("women"),
    (Sex.MALE, GROWN): _("men"),
    (Sex.FEMALE, OLD): _("older women"),
    (Sex.MALE, OLD): _("older men"),
}
NOT_SAID = pgettext_lazy("guests", "sex not said")
MOST = 5_000


class TallyForm(VerbForm):
    """How many guests there are by now, all of them, not only those who came last."""

    names_of_fields: ClassVar = {"cells": "night", "observed_at": "night"}

    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)
    night = DatePartsField(label=_("Night of"), help_text=_("The day on which the night begins."))

    def __init__(self, night: date, standing: TallyLine | None, *args: Any, **kwargs: Any) -> None:
        before = standing.cells if standing else {}
        kwargs.setdefault("initial", {"night": night, "seen": standing.id if standing else None})
        super().__init__(*args, **kwargs)
        for at, band in enumerate(AT_THE_DOOR):
            for sex in SEXES:
                digits = {"inputmode": "numeric", "autocomplete": "off", "data-tally": ""}
                self.fields[_cell(sex, at)] = forms.IntegerField(
                    label=str(WORDS.get((sex, band), NOT_SAID)),
                    min_value=0,
                    max_value=MOST,
                    required=False,
                    initial=before.get((sex.value, band), 0),
                    widget=forms.NumberInput(digits),
                )

    def table(self) -> list[tuple[str | Promise, list[forms.BoundField]]]:
        """The bands with their counters."""
        return [(BANDS[band], [self[_cell(sex, at)] for sex in SEXES]) for at, band in enumerate(AT_THE_DOOR)]

    def cells(self) -> list[CellIn]:
        """The counters as the verb takes them."""
        given = self.cleaned_data
        return [
            CellIn(sex=sex.value, band=band, persons=given[_cell(sex, at)] or 0)
            for at, band in enumerate(AT_THE_DOOR)
            for sex in SEXES
        ]


def _cell(sex: Sex, at: int) -> str:
    return f"{sex.value}_{at}"


class PeriodForm(forms.Form):
    """From which night to which."""

    first = DatePartsField(label=_("From the night of"))
    last = DatePartsField(label=_("To the night of"))
