"""What is asked about people at a site: whom a list shows, who leaves, who moves, who is born."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.core.ids import uuid7
from cobijo.core.pages import VerbForm, offer
from cobijo.core.widgets import DatePartsField
from cobijo.core.wording import number
from cobijo.people.queries import PersonLine
from cobijo.people.types import BirthIn, NeedCode, PersonIn, Sex
from cobijo.sites.occupancy import Node, Tree
from cobijo.sites.queries import NumberLine, Occupant, OpenSite, TransferLine
from cobijo.sites.types import (
    AuthorityActIn,
    OutReason,
    StayState,
    TransferArrivalIn,
    TransferWhy,
)

Choices = list[tuple[str, Any]]
_NOWHERE: tuple[str, Any] = ("", _("No space yet"))


def space_choices(tree: Tree, empty: tuple[str, Any] = _NOWHERE) -> Choices:
    """The spaces of a site in order, those within others indented, each with its free places where they are known."""
    return [empty, *((str(node.id), _space_words(node)) for top in tree.tops for node in top.downward())]


def _space_words(node: Node) -> str:
    indent = "\u2003" * (node.depth - 1)
    free = "" if node.free is None else _(" ({free} free)").format(free=node.free)
    return f"{indent}{node.name}{free}"


def _who(line: PersonLine) -> str:
    """A person in a list of boxes: whether one is a child or may sleep in a space is seen at once."""
    return f"{line.label} – {line.sex_word}, {line.age}"


def _uuid_or_none(value: str) -> UUID | None:
    return UUID(value) if value else None


class SpaceField(forms.TypedChoiceField):
    """One space of a site, or none."""

    def __init__(self, tree: Tree, **given: Any) -> None:
        empty = given.pop("empty", _NOWHERE)
        super().__init__(
            choices=space_choices(tree, empty), coerce=_uuid_or_none, empty_value=None, required=False, **given
        )


# --- the roster ------------------------------------------------------------------------------------------------------


class RosterForm(forms.Form):
    """What the roster is narrowed to. It is posted: no answer about people stands in an address."""

    state = forms.TypedChoiceField(
        label=_("State"),
        required=False,
        coerce=StayState,
        empty_value=None,
        choices=[("", _("Any state")), *((one.value, one.label) for one in StayState if one is not StayState.OUT)],
    )
    need = forms.TypedChoiceField(
        label=_("Need"),
        required=False,
        coerce=NeedCode,
        empty_value=None,
        choices=[("", _("Any need")), *NeedCode.choices],
    )
    disputed = forms.BooleanField(label=_("To be confirmed only"), required=False)
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, tree: Tree, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["space"] = SpaceField(tree, label=_("Space"), empty=("", _("Any space")))
        self.order_fields(["space", "state", "need", "disputed", "page"])


# --- leaving and moving ----------------------------------------------------------------------------------------------


class LeavingForm(VerbForm):
    """Who of a household leaves, why and where to; for a child alone, the act of the authority."""

    names_of_fields: ClassVar = {"stay_ids": "who", "unnamed_ids": "unnamed", "authority_act": "authority"}

    who = forms.TypedMultipleChoiceField(label=_("Who leaves"), coerce=UUID, widget=forms.CheckboxSelectMultiple)
    unnamed = forms.TypedMultipleChoiceField(
        label=_("Who leaves with them, without a name yet"),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where only some of these leave, say so on the household's page first."),
    )
    reason = forms.TypedChoiceField(
        label=_("Why"),
        coerce=OutReason,
        choices=[(one.value, one.label) for one in OutReason if one is not OutReason.DECEASED],
        widget=forms.RadioSelect,
    )
    destination = forms.CharField(
        label=_("Where to"), max_length=240, required=False, help_text=_("As they say it: the place, or with whom.")
    )
    child = forms.TypedChoiceField(
        label=_("Child the act is about"), coerce=_uuid_or_none, empty_value=None, required=False
    )
    authority = forms.CharField(
        label=_("Authority"),
        max_length=120,
        required=False,
        help_text=_("In Guatemala the PGN or a judge, in Honduras SENAF."),
    )
    number = forms.CharField(label=_("Number of the act"), max_length=80, required=False)
    official = forms.CharField(label=_("Official who signs"), max_length=120, required=False)
    receiving_adult = forms.CharField(label=_("Adult who receives the child"), max_length=120, required=False)
    receiving_kinship = forms.CharField(label=_("How they are related"), max_length=80, required=False)
    receiving_document = forms.CharField(label=_("Their document"), max_length=80, required=False)
    childs_view = forms.CharField(
        label=_("What the child says of it"), max_length=480, required=False, widget=forms.Textarea({"rows": 3})
    )

    OF_THE_ACT: ClassVar = (
        "authority", "number", "official", "receiving_adult", "receiving_kinship", "receiving_document",
    )  # fmt: skip

    def __init__(
        self, household: Sequence[Occupant], numbers: Sequence[NumberLine] = (), *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people: Choices = [(str(one.stay_id), _who(one.line)) for one in household]
        offer(self, "who", people)
        self.fields["who"].initial = [value for value, _label in people]
        counted: Choices = [(str(one.id), f"{number(one.persons)} · {one.who}") for one in numbers]
        offer(self, "unnamed", counted)
        self.fields["unnamed"].initial = [value for value, _label in counted]
        offer(
            self,
            "child",
            [
                ("", _("No act of an authority")),
                *((str(one.line.id), one.line.label) for one in household),
            ],
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("child"):
            for name in self.OF_THE_ACT:
                if not given.get(name):
                    self.add_error(name, _("The act of the authority needs this answer."))
        return given

    def authority_act(self) -> AuthorityActIn | None:
        """The act of the authority as the verb takes it, if one is given."""
        given = self.cleaned_data
        if not given["child"]:
            return None
        said = {name: given[name] for name in (*self.OF_THE_ACT, "childs_view")}
        return AuthorityActIn(act_id=given["new_id"], person_id=given["child"], **said)


class AwayForm(VerbForm):
    """Until when somebody goes out; a child is always expected back."""

    names_of_fields: ClassVar = {"expected_back": "hour"}

    day = DatePartsField(label=_("Back on"), required=False)
    hour = forms.TimeField(
        label=_("At"),
        required=False,
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput({"inputmode": "numeric", "autocomplete": "off"}, "%H:%M"),
        help_text=_("For example 17:30. A child goes out only with an hour to be back."),
    )

    def expected_back(self, zone: ZoneInfo) -> datetime | None:
        """The moment they are expected back; without an hour, the end of that day."""
        day, hour = self.cleaned_data["day"], self.cleaned_data["hour"]
        return datetime.combine(day, hour or END_OF_DAY, zone) if day else None


END_OF_DAY = time(23, 59)


class BirthForm(VerbForm):
    """A child born at the site; nothing has to be known but that it was born."""

    given_names = forms.CharField(label=_("Given names"), max_length=120, required=False)
    first_surname = forms.CharField(label=_("First surname"), max_length=120, required=False)
    second_surname = forms.CharField(label=_("Second surname"), max_length=120, required=False)
    sex = forms.TypedChoiceField(
        label=_("Sex"), coerce=Sex, choices=Sex.choices, initial=Sex.UNKNOWN, widget=forms.RadioSelect
    )
    born_on = DatePartsField(label=_("Born on"))
    stay_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    names_of_fields: ClassVar = {"birth": "born_on"}

    def child(self) -> PersonIn:
        """The newborn as the verb takes it."""
        given = self.cleaned_data
        born: date = given["born_on"]
        return PersonIn(
            person_id=given["new_id"],
            given_names=given["given_names"],
            first_surname=given["first_surname"],
            second_surname=given["second_surname"],
            newborn_unnamed=not given["given_names"],
            sex=given["sex"],
            birth=BirthIn(day=born.day, month=born.month, year=born.year),
        )


class DeathForm(VerbForm):
    """A death, as the document of the authority states it."""

    died_on = DatePartsField(label=_("Day of death"))
    authority = forms.CharField(label=_("Authority that issued the document"), max_length=160)
    document = forms.CharField(label=_("Number of the document"), max_length=80)


class ProposalForm(VerbForm):
    """Who of a household moves, where to, and when."""

    names_of_fields: ClassVar = {"stay_ids": "who", "to_site_id": "to_site"}

    who = forms.TypedMultipleChoiceField(label=_("Who moves"), coerce=UUID, widget=forms.CheckboxSelectMultiple)
    to_site = forms.TypedChoiceField(label=_("To which site"), coerce=UUID)
    travels_on = DatePartsField(label=_("Day of travel"))
    why = forms.TypedChoiceField(
        label=_("Why"),
        coerce=TransferWhy,
        empty_value=None,
        required=False,
        choices=[("", _("No reason given")), *TransferWhy.choices],
        help_text=_("Needed where part of the household stays behind."),
    )

    def __init__(self, household: Sequence[Occupant], targets: Iterable[OpenSite], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Choices = [(str(one.stay_id), _who(one.line)) for one in household]
        offer(self, "who", people)
        self.fields["who"].initial = [value for value, _label in people]
        offer(
            self,
            "to_site",
            [
                ("", _("Choose a site")),
                *((str(one.id), f"{one.name} ({one.code})") for one in targets),
            ],
        )


class AcceptingForm(VerbForm):
    """Where each person of a transfer sleeps, and, where it goes over, why."""

    override = forms.CharField(
        label=_("Why it goes over the places"),
        max_length=480,
        required=False,
        help_text=_("Only where there are fewer free places than people."),
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, transfer: TransferLine, tree: Tree, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting = [member for member in transfer.members if member.waiting]
        for at, member in enumerate(self._waiting):
            self.fields[f"space_{at}"] = SpaceField(tree, label=_who(member.line))
            self.fields[f"stay_{at}"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """For each person the choice of a space, and the hidden id of the stay to begin."""
        return [(self[f"space_{at}"], self[f"stay_{at}"]) for at in range(len(self._waiting))]

    def arrivals(self) -> list[TransferArrivalIn]:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return [
            TransferArrivalIn(
                from_stay_id=member.from_stay_id, new_stay_id=given[f"stay_{at}"], space_id=given[f"space_{at}"]
            )
            for at, member in enumerate(self._waiting)
        ]
