"""What is asked on the pages of roll-calls."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cobijo.core.pages import VerbForm
from cobijo.sites.rollcalls.types import Explanation


class ExplainForm(VerbForm):
    """Why marks and register disagreed."""

    names_of_fields: ClassVar = {}

    explanation = forms.TypedChoiceField(
        label=_("What explains it"),
        choices=[("", pgettext_lazy("explanation", "Choose")), *Explanation.choices],
        coerce=Explanation,
    )
    note = forms.CharField(label=_("In a few words"), max_length=240, required=False)

    def __init__(self, likely: Explanation | None, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"explanation": likely})
        super().__init__(*args, **kwargs)
