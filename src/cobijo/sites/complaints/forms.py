"""What is asked of a complaint: whether one wants to stay unknown first, what it is about, and in one's own words."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cobijo.core.pages import VerbForm, offer
from cobijo.core.widgets import DatePartsField
from cobijo.people.types import Sex
from cobijo.sites.complaints.kinds import as_number, draw_number, kinds
from cobijo.sites.complaints.types import AnswerComplaintIn, Channel, ComplaintIn, Grown, HandIn
from cobijo.sites.incidents.forms import OwnerField

_SAID = {"yes": True, "no": False}


class ComplaintForm(VerbForm):
    """A complaint as somebody told it. The number is drawn with the page, unless a slip has one."""

    drawn = forms.CharField(widget=forms.HiddenInput, initial=draw_number)
    slip = forms.CharField(
        label=_("Number of the paper slip"),
        max_length=16,
        required=False,
        help_text=_("Only where it came on a printed form."),
    )
    channel = forms.TypedChoiceField(label=_("How it came"), coerce=Channel, choices=Channel.choices)
    anonymous = forms.BooleanField(label=_("Wants to stay unknown"), required=False, initial=True)
    contact = forms.CharField(
        label=_("A safe way to answer"),
        max_length=240,
        required=False,
        help_text=_("Only if they want an answer and say how. Otherwise they ask with their number."),
    )
    kind = forms.ChoiceField(label=_("What it is about"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=pgettext_lazy("incident", "What happened"), max_length=4_000, widget=forms.Textarea({"rows": 5})
    )
    wanted = forms.CharField(label=_("What they want"), max_length=1_000, required=False)
    happened_on = DatePartsField(label=_("When it was"), required=False)
    sex = forms.TypedChoiceField(
        label=_("Sex"), coerce=Sex, choices=Sex.choices, initial=Sex.UNKNOWN, required=False, empty_value=Sex.UNKNOWN
    )
    grown = forms.TypedChoiceField(
        label=_("Age"), coerce=Grown, choices=Grown.choices, required=False, empty_value=Grown.UNSAID
    )

    names_of_fields: ClassVar = {"number": "slip"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", [(one.code, one.label) for one in kinds().values()])

    def clean_slip(self) -> str:
        """The number of the slip as it is written; empty where there is none."""
        said = self.cleaned_data["slip"]
        number = as_number(said) if said else ""
        if number is None:
            raise forms.ValidationError(
                _("This number has a slip in it: its last character does not fit. Read it off the paper again.")
            )
        return number

    def complaint(self) -> ComplaintIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        names = ("channel", "anonymous", "contact", "kind", "text", "wanted", "happened_on", "sex", "grown")
        return ComplaintIn(number=self.number, **{name: given[name] for name in names})

    @property
    def number(self) -> str:
        """The number whoever complained keeps."""
        return str(self.cleaned_data["slip"] or as_number(self.cleaned_data["drawn"]) or draw_number())


class AnswerForm(VerbForm):
    """What a complaint is answered."""

    names_of_fields: ClassVar = {"answer": "answer"}

    answer = forms.CharField(
        label=_("Answer"),
        max_length=4_000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("As it is handed out to whoever shows the number. Nothing that gives somebody away."),
    )
    told_on = DatePartsField(label=_("Told on"), required=False)
    satisfied = forms.ChoiceField(
        label=_("Are they content"),
        choices=[
            ("yes", pgettext_lazy("answer", "yes")),
            ("no", pgettext_lazy("answer", "no")),
            ("", pgettext_lazy("answer", "not known")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )

    def said(self) -> AnswerComplaintIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return AnswerComplaintIn(
            answer=given["answer"], told_on=given["told_on"], satisfied=_SAID.get(given["satisfied"])
        )


class HandForm(VerbForm):
    """Who sees to a complaint, and by when."""

    names_of_fields: ClassVar = {"owner_id": "owner", "hand": "due_on"}

    owner = OwnerField(label=_("Who sees to it"))
    due_on = DatePartsField(label=_("Until when"))

    def __init__(self, owners: Iterable[tuple[UUID, str]] | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if owners is None:
            del self.fields["owner"]
        else:
            offer(self, "owner", OwnerField.offered(owners))

    def hand(self) -> HandIn:
        """The answers as the verb takes them."""
        return HandIn(owner_id=self.cleaned_data.get("owner"), due_on=self.cleaned_data["due_on"])


class ReopenForm(VerbForm):
    """Why a complaint is opened again."""

    why = forms.CharField(label=_("What is not settled"), max_length=1_000, widget=forms.Textarea({"rows": 3}))


class FocalForm(VerbForm):
    """Who becomes focal point."""

    names_of_fields: ClassVar = {"account_id": "account"}

    account = forms.TypedChoiceField(label=_("Who"), coerce=UUID)

    def __init__(self, accounts: Iterable[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "account", [("", _("Choose somebody")), *((str(one), name) for one, name in accounts)])


class SlipsForm(forms.Form):
    """How many blank forms are printed."""

    count = forms.IntegerField(label=_("How many complaint forms"), min_value=1, max_value=40, initial=10)
