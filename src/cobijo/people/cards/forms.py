"""What is asked on the pages of cards."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core.pages import VerbForm, offer
from cobijo.people.cards.prints import Layout
from cobijo.people.cards.types import MOST, CardKind, EndReason


class PrintForm(VerbForm):
    """How many of what, for which unit, on what paper."""

    unit = forms.TypedChoiceField(
        label=_("For"), coerce=UUID, help_text=_("They can be given out there and at every site below it.")
    )
    kind = forms.TypedChoiceField(
        label=_("What is printed"),
        choices=CardKind.choices,
        coerce=CardKind,
        widget=forms.RadioSelect,
        initial=CardKind.CARD,
    )
    count = forms.IntegerField(
        label=_("How many cards"), min_value=1, max_value=MOST, initial=100, help_text=_("At most 1,000 at once.")
    )
    layout = forms.TypedChoiceField(
        label=_("Paper"), choices=Layout.choices, coerce=Layout, widget=forms.RadioSelect, initial=Layout.SHEET
    )

    names_of_fields = {"unit_id": "unit"}

    def __init__(self, actor: UUID, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = authority.units(actor, Permission.MANAGE_SITE).order_by("name")
        offer(self, "unit", [(str(one.pk), one.name) for one in units])


class CountForm(VerbForm):
    """How many cards came out well."""

    counted = forms.IntegerField(
        label=_("Cards in good order"),
        min_value=0,
        max_value=MOST,
        help_text=_("Count what you hold in your hands. Destroy the ones that came out badly."),
    )

    names_of_fields = {"at_hand": "counted"}


class CardField(forms.CharField):
    """A card as scanned, or its number as typed."""

    def __init__(self, **kwargs: Any) -> None:
        box = forms.TextInput(
            {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "data-card-field": "",
                "autofocus": "",
            }
        )
        super().__init__(
            label=_("Code or number of the card"),
            help_text=_("Scan it, or type the number beside the code, as C-ABC-DEF-G."),
            max_length=400,
            widget=box,
            **kwargs,
        )


class ScanForm(forms.Form):
    """One card, to see whose it is."""

    card = CardField()


class GiveForm(VerbForm):
    """The card that is given out."""

    card = CardField()


_ENDS = [choice for choice in EndReason.choices if choice[0] != EndReason.REPLACED]


class ReplaceForm(GiveForm):
    """The card given in place of another, and what happened to that one."""

    reason = forms.TypedChoiceField(
        label=_("What happened to the old one"),
        choices=[*_ENDS, (EndReason.REPLACED.value, _("nothing: it is taken in exchange"))],
        coerce=EndReason,
        widget=forms.RadioSelect,
        initial=EndReason.LOST,
    )


class EndForm(VerbForm):
    """Why a card no longer counts."""

    reason = forms.TypedChoiceField(
        label=_("What happened"), choices=_ENDS, coerce=EndReason, widget=forms.RadioSelect, initial=EndReason.LOST
    )
