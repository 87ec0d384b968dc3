"""What only the manager can say of an evening."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.core.pages import VerbForm
from cobijo.reporting.evening.types import SheetIn, SheetKind


class SheetForm(VerbForm):
    """The kind of sheet, up to three gaps, who signs."""

    names_of_fields: ClassVar = {"gaps": "gap_0"}

    kind = forms.TypedChoiceField(
        label=_("This sheet is"), coerce=SheetKind, choices=SheetKind.choices, widget=forms.RadioSelect
    )
    gap_0 = forms.CharField(
        label=_("The most urgent gap"),
        max_length=160,
        required=False,
        help_text=_("What is missing, and what we ask for."),
    )
    gap_1 = forms.CharField(label=_("The second gap"), max_length=160, required=False)
    gap_2 = forms.CharField(label=_("The third gap"), max_length=160, required=False)
    signed_post = forms.CharField(label=_("Signed by"), max_length=80, help_text=_("Their post, not their name."))
    phone = forms.CharField(label=_("Telephone of the site"), max_length=40, required=False)

    def sheet(self) -> SheetIn:
        """The answers as the verb takes them."""
        given: dict[str, Any] = self.cleaned_data
        gaps = [given[name] for name in ("gap_0", "gap_1", "gap_2") if given[name]]
        return SheetIn(kind=given["kind"], gaps=gaps, signed_post=given["signed_post"], phone=given["phone"])
