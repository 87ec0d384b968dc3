"""What is asked for a head-count: one line, or numbers by sex and age band."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.algorithms.ages import UNKNOWN
from cobijo.core.pages import VerbForm
from cobijo.core.widgets import DatePartsField
from cobijo.people.types import Sex
from cobijo.sites.headcount_line import NOON
from cobijo.sites.types import (
    CellIn,
    HeadcountIn,
    Method,
    ReportKind,
    Urgent,
)


class LineForm(forms.Form):
    """A head-count in one line."""

    line = forms.CharField(
        label=_("Head-count in one line"),
        max_length=240,
        help_text=_(
            "Site, day, hour, then what was counted: Escuela Alpha 12/6 18:00 familias 31 personas 140 niños 62"
        ),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class LineConfirmedForm(VerbForm):
    """The same line again, after what was understood has been shown. ``read_at``: "hoy" stays the day it was."""

    line = forms.CharField(max_length=240, widget=forms.HiddenInput)
    read_at = forms.FloatField(widget=forms.HiddenInput)
    method = forms.TypedChoiceField(
        label=_("How it was counted"),
        coerce=Method,
        choices=Method.choices,
        widget=forms.RadioSelect,
        initial=Method.HEAD_COUNT,
    )
    informant_post = forms.CharField(
        label=_("Who said it"), max_length=80, required=False, help_text=_("Their post, not their name.")
    )


COUNTED_SEXES = (Sex.FEMALE, Sex.MALE, Sex.UNKNOWN)


class HeadcountForm(VerbForm):
    """A head-count as a whole and, where it is known, by sex and age band."""

    names_of_fields: ClassVar = {"cells": "persons", "night": "day", "observed_at": "hour"}

    day = DatePartsField(label=_("Night of"), help_text=_("The night the count stands for."))
    hour = forms.TimeField(
        label=_("Counted at"),
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput({"inputmode": "numeric", "autocomplete": "off"}, "%H:%M"),
        help_text=_("The hour, for example 18:00. An hour before noon is that of the morning after."),
    )
    persons = forms.IntegerField(label=_("People"), min_value=0, max_value=1_000_000)
    households = forms.IntegerField(label=_("Households"), min_value=0, max_value=1_000_000, required=False)
    method = forms.TypedChoiceField(
        label=_("How it was counted"),
        coerce=Method,
        choices=Method.choices,
        widget=forms.RadioSelect,
        initial=Method.HEAD_COUNT,
    )
    informant_post = forms.CharField(
        label=_("Who said it"), max_length=80, required=False, help_text=_("Their post, not their name.")
    )

    kind = forms.TypedChoiceField(
        label=_("Which report"),
        coerce=ReportKind,
        choices=ReportKind.choices,
        initial=ReportKind.PROGRESS,
        empty_value=ReportKind.PROGRESS,
        required=False,
    )
    persons_ever = forms.IntegerField(
        label=_("People since the site opened"), min_value=0, max_value=1_000_000, required=False
    )
    households_ever = forms.IntegerField(
        label=_("Households since the site opened"), min_value=0, max_value=1_000_000, required=False
    )
    served_elsewhere = forms.IntegerField(
        label=_("Served here, sleeping elsewhere"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        help_text=_("They eat or are attended to here. They are in no total."),
    )
    origin = forms.CharField(
        label=_("Where from"), max_length=240, required=False, help_text=_("Communities, as they are called there.")
    )
    split = forms.BooleanField(
        label=_("The parts by sex and age were reckoned from a percentage"),
        required=False,
        help_text=_("Then they are kept as said, and stand in no table and no order."),
    )

    def __init__(self, bands: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bands = bands
        for at, place in enumerate((_("Most urgent"), _("Second"), _("Third")), start=1):
            self.fields[f"urgent_{at}"] = forms.ChoiceField(
                label=place, required=False, choices=[("", _("nothing")), *Urgent.choices]
            )
        for at, band in enumerate(bands):
            for sex in COUNTED_SEXES:
                label = f"{sex.label}, {_('age not known') if band == UNKNOWN else band}"
                self.fields[_cell(sex, at)] = forms.IntegerField(
                    label=label,
                    min_value=0,
                    max_value=100_000,
                    required=False,
                    widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "aria-label": label}),
                )

    def table(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The age bands, each with its boxes by sex."""
        return [
            (str(_("not known")) if band == UNKNOWN else band, [self[_cell(sex, at)] for sex in COUNTED_SEXES])
            for at, band in enumerate(self._bands)
        ]

    def headcount(self, zone: ZoneInfo) -> HeadcountIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        cells = [
            CellIn(sex=sex.value, band=band, persons=given[_cell(sex, at)])
            for at, band in enumerate(self._bands)
            for sex in COUNTED_SEXES
            if given[_cell(sex, at)]
        ]
        return HeadcountIn(
            night=given["day"],
            observed_at=_observed_at(given["day"], given["hour"], zone),
            persons=given["persons"],
            households=given["households"],
            method=given["method"],
            informant_post=given["informant_post"],
            cells=cells,
            urgent=self._urgent(),
            **{name: given[name] for name in _MORE},
        )

    def _urgent(self) -> list[Urgent]:
        """What is chosen, in order; the same thing twice is said once."""
        chosen = [self.cleaned_data[f"urgent_{at}"] for at in (1, 2, 3)]
        return [Urgent(one) for one in dict.fromkeys(chosen) if one]

    def more(self) -> list[forms.BoundField]:
        """What a report may say beside its numbers."""
        return [self[name] for name in (*_MORE, "urgent_1", "urgent_2", "urgent_3")]


_MORE = ("kind", "persons_ever", "households_ever", "served_elsewhere", "origin", "split")


def _cell(sex: Sex, at: int) -> str:
    return f"{sex.value}_{at}"


def _observed_at(night: date, hour: time, zone: ZoneInfo) -> datetime:
    """The moment of a count that stands for a night: a morning hour is that of the day after."""
    return datetime.combine(night + timedelta(days=1) if hour < NOON else night, hour, zone)
