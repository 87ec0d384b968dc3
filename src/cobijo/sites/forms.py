"""What is asked on the pages of sites."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.algorithms.ages import UNKNOWN
from cobijo.core.deskforms import VerbForm
from cobijo.core.ids import uuid7
from cobijo.core.widgets import DatePartsField
from cobijo.people.queries import PersonLine
from cobijo.people.types import BirthIn, NeedCode, PersonIn, Sex
from cobijo.sites.headcount_line import NOON
from cobijo.sites.occupancy import Node, Tree
from cobijo.sites.queries import Occupant, TargetLine, TransferLine
from cobijo.sites.types import (
    AuthorityActIn,
    CellIn,
    FacilityFor,
    FacilityIn,
    FacilityKind,
    HeadcountIn,
    Method,
    OutReason,
    SiteIn,
    SiteKind,
    SiteStatus,
    SpaceIn,
    SpaceKind,
    StayState,
    TransferArrivalIn,
    TransferWhy,
    UseRule,
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

    names_of_fields: ClassVar = {"stay_ids": "who", "authority_act": "authority"}

    who = forms.TypedMultipleChoiceField(label=_("Who leaves"), coerce=UUID, widget=forms.CheckboxSelectMultiple)
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

    def __init__(self, household: Sequence[Occupant], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Choices = [(str(one.stay_id), _who(one.line)) for one in household]
        self.fields["who"].choices = people  # type: ignore[attr-defined]
        self.fields["who"].initial = [value for value, _label in people]
        self.fields["child"].choices = [  # type: ignore[attr-defined]
            ("", _("No act of an authority")),
            *((str(one.line.id), one.line.label) for one in household),
        ]

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

    def __init__(self, household: Sequence[Occupant], targets: Iterable[TargetLine], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Choices = [(str(one.stay_id), _who(one.line)) for one in household]
        self.fields["who"].choices = people  # type: ignore[attr-defined]
        self.fields["who"].initial = [value for value, _label in people]
        self.fields["to_site"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a site")),
            *((str(one.id), f"{one.name} ({one.code})") for one in targets),
        ]


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


# --- setting up ------------------------------------------------------------------------------------------------------


class SpaceForm(VerbForm):
    """A space: what it is, how many sleep in it, and who it is for."""

    names_of_fields: ClassVar = {"parent_id": "parent"}

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("As it is called there: Aula 3, Carpa 12."))
    kind = forms.TypedChoiceField(label=_("Kind"), coerce=SpaceKind, choices=SpaceKind.choices, initial=SpaceKind.ROOM)
    capacity = forms.IntegerField(
        label=_("Places"),
        min_value=0,
        max_value=100_000,
        required=False,
        help_text=_("Leave it empty where nobody knows, or where its parts have places of their own."),
    )
    capacity_assumed = forms.BooleanField(label=_("The number of places is assumed"), required=False)
    area_m2 = forms.DecimalField(
        label=_("Covered area in m²"),
        min_value=0,
        max_value=1_000_000,
        decimal_places=2,
        required=False,
        help_text=_("Of the room that is slept in, without kitchen and baths."),
    )
    use_rule = forms.TypedChoiceField(
        label=_("Who it is for"), coerce=UseRule, choices=UseRule.choices, initial=UseRule.ANYONE
    )
    accessible = forms.NullBooleanField(
        label=_("Reached without steps"),
        required=False,
        widget=forms.Select(choices=[("unknown", _("not known")), ("true", _("yes")), ("false", _("no"))]),
    )

    def __init__(self, tree: Tree, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"] = SpaceField(tree, label=_("Lies in"), empty=("", _("The site itself")))
        self.order_fields(
            ["name", "kind", "parent", "capacity", "capacity_assumed", "area_m2", "use_rule", "accessible"]
        )

    def space(self, space_id: UUID) -> SpaceIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        area: Decimal | None = given["area_m2"]
        return SpaceIn(
            space_id=space_id,
            name=given["name"],
            kind=given["kind"],
            parent_id=given["parent"],
            capacity=given["capacity"],
            capacity_assumed=given["capacity_assumed"],
            area_dm2=None if area is None else round(area * 100),
            use_rule=given["use_rule"],
            accessible=given["accessible"],
        )


class FacilityForm(VerbForm):
    """Toilets, showers, taps as counted today or another day."""

    kind = forms.TypedChoiceField(label=_("What"), coerce=FacilityKind, choices=FacilityKind.choices)
    for_whom = forms.TypedChoiceField(label=_("For whom"), coerce=FacilityFor, choices=FacilityFor.choices)
    count = forms.IntegerField(label=_("How many there are"), min_value=0, max_value=10_000)
    working = forms.IntegerField(
        label=_("How many of them work"),
        min_value=0,
        max_value=10_000,
        required=False,
        help_text=_("Leave it empty where nobody has looked."),
    )
    counted_on = DatePartsField(label=_("Counted on"))

    def facility(self) -> FacilityIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return FacilityIn(**{name: given[name] for name in ("kind", "for_whom", "count", "working", "counted_on")})


class SiteForm(VerbForm):
    """A site as it is set up, and what its door says."""

    names_of_fields: ClassVar = {"area_id": "place"}

    name = forms.CharField(label=_("Name"), max_length=160)
    aliases = forms.CharField(
        label=_("Other names it goes by"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One to a line. Any of them finds the site."),
    )
    kind = forms.TypedChoiceField(label=_("Kind"), coerce=SiteKind, choices=SiteKind.choices)
    official = forms.NullBooleanField(
        label=_("Official"),
        required=False,
        widget=forms.Select(choices=[("unknown", _("not known")), ("true", _("yes")), ("false", _("no"))]),
    )
    place = forms.CharField(label=_("Address"), max_length=240, required=False, help_text=_("As people say it there."))
    latitude = forms.DecimalField(
        label=_("Latitude"), min_value=-90, max_value=90, decimal_places=5, required=False,
        help_text=_("In degrees, for example 14.30500."),
    )  # fmt: skip
    longitude = forms.DecimalField(
        label=_("Longitude"), min_value=-180, max_value=180, decimal_places=5, required=False,
        help_text=_("In degrees, for example -90.78500."),
    )  # fmt: skip
    give_back_on = DatePartsField(
        label=_("To be given back on"),
        required=False,
        help_text=_("For a school, the day before classes begin."),
    )
    hours = forms.CharField(
        label=_("Hours"),
        max_length=480,
        required=False,
        help_text=_("This and the next two stand on the print for the door."),
    )
    rules = forms.CharField(label=_("Rules"), max_length=480, required=False, widget=forms.Textarea({"rows": 3}))
    complaints = forms.CharField(
        label=_("Where to complain"), max_length=480, required=False, widget=forms.Textarea({"rows": 2})
    )
    inferred = forms.BooleanField(
        label=_("Some of this is inferred"), required=False, help_text=_("Stated nowhere, concluded by us.")
    )

    def site(self, area_id: UUID | None = None, zone: str | None = None) -> SiteIn:
        """The answers as the verb takes them; what the form does not ask stays as it is."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in {"op_id", "new_id", "aliases"}}
        names = [line.strip() for line in self.cleaned_data["aliases"].splitlines() if line.strip()]
        given.pop("response", None)
        return SiteIn(**given, aliases=names, area_id=area_id, zone=zone)


class NewSiteForm(SiteForm):
    """A site to be added to a response."""

    def __init__(self, responses: Iterable[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(pk), name) for pk, name in responses]
        self.fields["response"] = forms.TypedChoiceField(label=_("Response"), coerce=UUID, choices=choices)
        self.order_fields(["response", "name"])


class StatusForm(VerbForm):
    """Whether a site is open, from now on."""

    status = forms.TypedChoiceField(
        label=_("From now on the site is"), coerce=SiteStatus, choices=SiteStatus.choices, widget=forms.RadioSelect
    )
    why = forms.CharField(label=_("Why"), max_length=240, required=False)


# --- head-counts -----------------------------------------------------------------------------------------------------


class LineForm(forms.Form):
    """A head-count in one line."""

    line = forms.CharField(
        label=_("Head-count in one line"),
        max_length=240,
        help_text=_(
            "Site, day, hour, then what was counted: Escuela Alpha 12/6 18:00 familias 31 personas 140 niños 62"
        ),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class LineConfirmedForm(VerbForm):
    """The same line again, after what was understood has been shown. ``read_at``: "hoy" stays the day it was."""

    line = forms.CharField(max_length=240, widget=forms.HiddenInput)
    read_at = forms.FloatField(widget=forms.HiddenInput)
    method = forms.TypedChoiceField(
        label=_("How it was counted"),
        coerce=Method,
        choices=Method.choices,
        widget=forms.RadioSelect,
        initial=Method.HEAD_COUNT,
    )
    informant_post = forms.CharField(
        label=_("Who said it"), max_length=80, required=False, help_text=_("Their post, not their name.")
    )


COUNTED_SEXES = (Sex.FEMALE, Sex.MALE, Sex.UNKNOWN)


class HeadcountForm(VerbForm):
    """A head-count as a whole and, where it is known, by sex and age band."""

    names_of_fields: ClassVar = {"cells": "persons", "night": "day", "observed_at": "hour"}

    day = DatePartsField(label=_("Night of"), help_text=_("The night the count stands for."))
    hour = forms.TimeField(
        label=_("Counted at"),
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput({"inputmode": "numeric", "autocomplete": "off"}, "%H:%M"),
        help_text=_("The hour, for example 18:00. An hour before noon is that of the morning after."),
    )
    persons = forms.IntegerField(label=_("People"), min_value=0, max_value=1_000_000)
    households = forms.IntegerField(label=_("Families"), min_value=0, max_value=1_000_000, required=False)
    method = forms.TypedChoiceField(
        label=_("How it was counted"),
        coerce=Method,
        choices=Method.choices,
        widget=forms.RadioSelect,
        initial=Method.HEAD_COUNT,
    )
    informant_post = forms.CharField(
        label=_("Who said it"), max_length=80, required=False, help_text=_("Their post, not their name.")
    )

    def __init__(self, bands: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bands = bands
        for at, band in enumerate(bands):
            for sex in COUNTED_SEXES:
                label = f"{sex.label}, {_('age not known') if band == UNKNOWN else band}"
                self.fields[_cell(sex, at)] = forms.IntegerField(
                    label=label,
                    min_value=0,
                    max_value=100_000,
                    required=False,
                    widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "aria-label": label}),
                )

    def table(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The age bands, each with its boxes by sex."""
        return [
            (str(_("not known")) if band == UNKNOWN else band, [self[_cell(sex, at)] for sex in COUNTED_SEXES])
            for at, band in enumerate(self._bands)
        ]

    def headcount(self, zone: ZoneInfo) -> HeadcountIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        cells = [
            CellIn(sex=sex.value, band=band, persons=given[_cell(sex, at)])
            for at, band in enumerate(self._bands)
            for sex in COUNTED_SEXES
            if given[_cell(sex, at)]
        ]
        return HeadcountIn(
            night=given["day"],
            observed_at=_observed_at(given["day"], given["hour"], zone),
            persons=given["persons"],
            households=given["households"],
            method=given["method"],
            informant_post=given["informant_post"],
            cells=cells,
        )


def _cell(sex: Sex, at: int) -> str:
    return f"{sex.value}_{at}"


def _observed_at(night: date, hour: time, zone: ZoneInfo) -> datetime:
    """The moment of a count that stands for a night: a morning hour is that of the day after."""
    return datetime.combine(night + timedelta(days=1) if hour < NOON else night, hour, zone)
