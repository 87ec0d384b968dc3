"""What is asked on the pages of figures."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.core.pages import VerbForm, offer
from cobijo.core.widgets import DatePartsField
from cobijo.reporting.types import APART, NotCompared, PublishedIn, Quantity

WHOLE = "whole"


class PublishedForm(VerbForm):
    """A number somebody outside published."""

    of = forms.ChoiceField(label=_("Of what"))
    about = forms.CharField(
        label=_("As the source calls it"), max_length=160, help_text=_("For example: Official shelters.")
    )
    quantity = forms.TypedChoiceField(
        label=_("What is counted"), choices=Quantity.choices, coerce=Quantity, initial=Quantity.PERSONS
    )
    value = forms.IntegerField(
        label=_("Number"), min_value=0, max_value=100_000_000, widget=forms.TextInput({"inputmode": "numeric"})
    )
    day = DatePartsField(
        label=_("Day it speaks of"),
        help_text=_("Not the day it was published. If only the month is known, write its first day."),
    )
    month_only = forms.BooleanField(
        label=_("Only the month is known"),
        required=False,
        help_text=_("It is then shown for that month and compared with no night."),
    )
    apart = forms.TypedChoiceField(
        label=_("Is it of the same people as ours?"),
        choices=[("", _("yes, as far as we know")), *((why.value, why.label) for why in APART)],
        coerce=NotCompared,
        empty_value=None,
        required=False,
        help_text=_("If it is not, it is shown with its source and compared with nothing of ours."),
    )
    source = forms.CharField(label=_("Source"), max_length=160, help_text=_("For example: CONRED, bulletin 362-2018."))
    address = forms.CharField(
        label=_("Address"),
        max_length=300,
        required=False,
        widget=forms.URLInput(),
        help_text=_("Where it can be read: https://…"),
    )
    note = forms.CharField(label=_("Remark"), max_length=480, required=False, widget=forms.Textarea({"rows": 3}))
    inferred = forms.BooleanField(
        label=_("Inferred"),
        required=False,
        help_text=_("The source leaves the day or the place open, and you concluded it."),
    )

    names_of_fields = {"site_id": "of", "group_id": "of", "figure": "value"}

    def __init__(self, scopes: Iterable[tuple[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "of", list(scopes))

    def scope(self) -> dict[str, UUID | None]:
        """The site or group it is of; neither for the whole response."""
        kind, _colon, id_ = self.cleaned_data["of"].partition(":")
        return {f"{one}_id": UUID(id_) if kind == one else None for one in ("site", "group")}

    def figure(self) -> PublishedIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        names = ("about", "value", "day", "source", "quantity", "month_only", "apart", "address", "note", "inferred")
        return PublishedIn(**{name: given[name] for name in names}, unit=given["quantity"].value)
