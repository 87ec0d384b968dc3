"""What is asked of a task."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.core.pages import VerbForm, offer
from cobijo.core.widgets import DatePartsField
from cobijo.sites.incidents.forms import OwnerField
from cobijo.sites.upkeep.types import TaskIn, TaskState


class TaskForm(VerbForm):
    """Something to be done."""

    names_of_fields: ClassVar = {"owner_id": "owner"}

    what = forms.CharField(
        label=_("What is to be done"), max_length=240, help_text=_("With where and how many. No names of people.")
    )
    owner = OwnerField(label=_("Who sees to it"))
    due_on = DatePartsField(label=_("Until when"), required=False)

    def __init__(self, owners: Iterable[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", OwnerField.offered(owners))

    def task(self, indicator: str, incident: UUID | None) -> TaskIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return TaskIn(
            what=given["what"],
            indicator=indicator,
            incident_id=incident,
            owner_id=given["owner"],
            due_on=given["due_on"],
        )


class SettleForm(VerbForm):
    """What became of a task."""

    state = forms.TypedChoiceField(
        label=_("How the task ended"),
        coerce=TaskState,
        choices=[one for one in TaskState.choices if one[0] != TaskState.OPEN],
        initial=TaskState.DONE,
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(label=_("In words"), max_length=240, required=False)
