"""What is asked of an incident, and of how it is seen to."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cobijo.core.pages import VerbForm, offer
from cobijo.core.widgets import DatePartsField
from cobijo.sites.forms import SpaceField
from cobijo.sites.incidents.types import FollowIn, IncidentIn, IncidentKind, Seriousness, Told
from cobijo.sites.occupancy import Tree

NOBODY = _("nobody yet")


class OwnerField(forms.TypedChoiceField):
    """A colleague who works at the site, or nobody."""

    def __init__(self, **given: Any) -> None:
        super().__init__(coerce=UUID, empty_value=None, required=False, **given)

    @staticmethod
    def offered(owners: Iterable[tuple[UUID, str]]) -> list[tuple[str, Any]]:
        return [("", NOBODY), *((str(account), name) for account, name in owners)]


class ToldField(forms.TypedMultipleChoiceField):
    """Who was told of it."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Who was told"),
            coerce=Told,
            choices=Told.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )


class IncidentForm(VerbForm):
    """What happened."""

    names_of_fields: ClassVar = {"space_id": "space"}

    kind = forms.TypedChoiceField(
        label=pgettext_lazy("incident", "What happened"),
        coerce=IncidentKind,
        choices=IncidentKind.choices,
        widget=forms.RadioSelect,
    )
    seriousness = forms.TypedChoiceField(
        label=_("How serious it is"),
        coerce=lambda value: Seriousness(int(value)),
        choices=Seriousness.choices,
        widget=forms.RadioSelect,
    )
    facts = forms.CharField(
        label=_("Facts"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "What was seen and done. Accuse nobody by name. Violence within a family goes to a case worker, not here."
        ),
    )
    place = forms.CharField(label=_("Where"), max_length=240, required=False)
    told = ToldField()
    confidential = forms.BooleanField(
        label=_("Confidential: only who manages the site, works on cases, or has it in hand"), required=False
    )

    def __init__(self, tree: Tree, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["space"] = SpaceField(tree, label=_("Space"), empty=("", _("none in particular")))

    def incident(self) -> IncidentIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        names = ("kind", "seriousness", "facts", "place", "told", "confidential")
        return IncidentIn(space_id=given["space"], **{name: given[name] for name in names})


class FollowForm(VerbForm):
    """How an incident is seen to."""

    names_of_fields: ClassVar = {"owner_id": "owner"}

    owner = OwnerField(label=_("Who sees to it"))
    due_on = DatePartsField(label=_("Until when"), required=False)
    told = ToldField()
    outcome = forms.CharField(
        label=_("What came of it"), max_length=1_000, required=False, widget=forms.Textarea({"rows": 3})
    )
    lesson = forms.CharField(label=_("What is learned"), max_length=480, required=False)
    closed = forms.BooleanField(label=_("It is settled"), required=False)

    def __init__(self, owners: Iterable[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", OwnerField.offered(owners))

    def follow(self) -> FollowIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        names = ("due_on", "told", "outcome", "lesson", "closed")
        return FollowIn(owner_id=given["owner"], **{name: given[name] for name in names})
