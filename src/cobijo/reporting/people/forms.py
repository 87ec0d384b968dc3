"""What is asked on the pages of lists of people."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission, UnitKind
from cobijo.core.pages import VerbForm, offer
from cobijo.reporting.people.types import ExportPurpose, ListKind


class AskForm(VerbForm):
    """Which list, of which site, for what, and why."""

    site = forms.TypedChoiceField(label=_("Site"), coerce=UUID)
    what = forms.TypedChoiceField(
        label=_("List"), choices=ListKind.choices, coerce=ListKind, widget=forms.RadioSelect, initial=ListKind.RESIDENTS
    )
    purpose = forms.TypedChoiceField(
        label=_("Purpose"),
        choices=ExportPurpose.choices,
        coerce=ExportPurpose,
        widget=forms.RadioSelect,
        initial=ExportPurpose.ASSISTANCE,
        help_text=_("Whoever did not agree to a purpose that asks for consent is left out."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=480,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Who needs it and what for. A second person reads it, and so does whoever audits. Name nobody."),
    )

    names_of_fields = {"site_id": "site"}

    def __init__(self, actor: UUID, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = authority.units(actor, Permission.EXPORT_PEOPLE).filter(kind=UnitKind.SITE).order_by("name")
        offer(self, "site", [(str(one.pk), one.name) for one in sites])


class LimitForm(VerbForm):
    """Up to how many people one person takes alone."""

    people = forms.IntegerField(
        label=_("People on a list that one person takes alone"),
        min_value=0,
        max_value=1_000,
        help_text=_("Above this number a second person of the site agrees first. 0: always two."),
    )
