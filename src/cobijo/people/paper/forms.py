"""What is asked on the pages of forms."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import wording
from cobijo.core.pages import VerbForm, offer
from cobijo.people.cards.queries import batches_for
from cobijo.people.paper.types import MOST, FormEnd, FormLanguage


class PrintForm(VerbForm):
    """How many forms, for which unit, in which language, and whether cards lie beside them."""

    unit = forms.TypedChoiceField(
        label=_("For"), coerce=UUID, help_text=_("They can be typed in there and at every site below it.")
    )
    count = forms.IntegerField(
        label=_("How many forms"),
        min_value=1,
        max_value=MOST,
        initial=25,
        help_text=_("At most 200 at once. Each takes one sheet, printed on both sides."),
    )
    language = forms.TypedChoiceField(
        label=_("Language of the form"),
        choices=FormLanguage.choices,
        coerce=FormLanguage,
        widget=forms.RadioSelect,
        initial=FormLanguage.SPANISH,
    )
    cards = forms.TypedChoiceField(
        label=_("Cards beside the forms"),
        coerce=UUID,
        empty_value=None,
        required=False,
        help_text=_("Each form is printed with the number of one card. The family gets it when the form is typed in."),
    )

    names_of_fields = {"unit_id": "unit", "card_batch_id": "cards"}

    def __init__(self, actor: UUID, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = authority.units(actor, Permission.MANAGE_SITE).order_by("name")
        offer(self, "unit", [(str(one.pk), one.name) for one in units])
        offer(self, "cards", [("", _("none: the number is written by hand")), *_cards(actor)])


def _cards(actor: UUID) -> list[tuple[str, str]]:
    """The batches of cards that have some left."""
    said = _("Batch {number}: {left} left of {unit}")
    return [
        (str(one.id), str(said).format(number=one.number, left=wording.number(one.left), unit=one.unit))
        for one in batches_for(actor)
        if one.left
    ]


class EndForm(VerbForm):
    """Why a form is not typed in."""

    reason = forms.TypedChoiceField(
        label=_("What happened"),
        choices=FormEnd.choices,
        coerce=FormEnd,
        widget=forms.RadioSelect,
        initial=FormEnd.SPOILED,
    )
