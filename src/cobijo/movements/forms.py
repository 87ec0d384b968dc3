"""What is asked of an arrival, of those who are received, of a return, of a seat."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cobijo.core.ids import uuid7
from cobijo.core.pages import VerbForm, offer
from cobijo.movements import stations
from cobijo.movements.types import (
    Direction,
    FamilyLeftIn,
    MovementIn,
    MovementKind,
    Paper,
    ReturnIn,
    Settling,
    TravellerIn,
    TravelsWith,
    Way,
)
from cobijo.people.queries import countries_said
from cobijo.people.types import BirthIn, DocumentIn, Kinship, NeedCode, Sex
from cobijo.sites.types import AuthorityActIn

LINES: Final = 8
_NEAR: Final = ("US", "MX", "GT", "HN", "SV", "NI")
_NUMERIC: Final = {"inputmode": "numeric", "autocomplete": "off"}


def _number(label: Any, most: int, **more: Any) -> forms.IntegerField:
    box = forms.TextInput(_NUMERIC)
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=False, widget=box, **more)


def _words(label: Any, most: int = 120, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, **more)


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}), **more)


def _country(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False)


def _countries() -> list[tuple[str, Any]]:
    """Every country, those people are mostly returned from first."""
    every = dict(countries_said())
    near = [(code, every[code]) for code in _NEAR]
    return [("", _("not said")), *near, *(pair for pair in every.items() if pair[0] not in _NEAR)]


class MovementForm(VerbForm):
    """A movement as it is announced; day and hour on the centre's clock."""

    names_of_fields: ClassVar = {"movement": "kind"}

    kind = forms.TypedChoiceField(label=_("How they travel"), coerce=MovementKind, choices=MovementKind.choices)
    reference = _words(_("Number of the flight or vehicle"), 40)
    country = _country(_("Country they come from"))
    place = _words(_("Place they come from"), 240)
    organisation = _words(_("Authority, airline or carrier"))
    day = _day(_("Day"))
    hour = forms.TimeField(label=_("Hour"), widget=forms.TimeInput({"type": "time"}))
    seats = _number(_("Seats"), 2_000)
    persons = _number(_("People announced"), 2_000)

    def __init__(self, direction: Direction, zone: ZoneInfo, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.direction, self.zone = direction, zone
        offer(self, "country", _countries())
        if direction is Direction.DEPARTURE:
            self.fields["place"].label = _("Where to")
            del self.fields["country"], self.fields["persons"]

    def movement(self) -> MovementIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return MovementIn(
            kind=given["kind"],
            direction=self.direction,
            country=given.get("country") or None,
            place=given["place"],
            organisation=given["organisation"],
            reference=given["reference"],
            expected_at=datetime.combine(given["day"], given["hour"], self.zone),
            seats=given["seats"] or None,
            persons=given.get("persons"),
        )


class CountForm(VerbForm):
    """How many were counted at the door."""

    persons = _number(_("People counted at the door"), 10_000)


class CancelForm(VerbForm):
    why = forms.CharField(label=_("Why it does not come"), max_length=240)


class CentreForm(VerbForm):
    """A centre's stations, a child's longest stay, after how many days it calls."""

    names_of_fields: ClassVar = {"station_codes": "station_codes"}

    station_codes = forms.MultipleChoiceField(label=_("Stations"), widget=forms.CheckboxSelectMultiple)
    child_hours = forms.IntegerField(
        label=_("Longest stay of a child, in hours"), min_value=1, max_value=2_000, widget=forms.TextInput(_NUMERIC)
    )
    call_after_days = forms.IntegerField(
        label=_("Days until the call that was agreed to"), min_value=1, max_value=365, widget=forms.TextInput(_NUMERIC)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "station_codes", [(one.code, one.name) for one in stations.stations().values()])


# --- receiving -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Member:
    """The questions about one person in a form."""

    key: str
    traveller: UUID
    fields: Sequence[forms.BoundField]
    label: str = ""

    def __iter__(self) -> Iterator[forms.BoundField]:
        return iter(self.fields)


class ReceiveForm(VerbForm):
    """A household as it stands at the desk: those a list expects together, or one who came beside it."""

    names_of_fields: ClassVar = {"members": "given_names_0"}

    household_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    def __init__(self, listed: Sequence[tuple[UUID, UUID, Mapping[str, Any]]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listed = list(listed)
        for at, (traveller, person, said) in enumerate(self.listed):
            self._ask(at, traveller, person, said)

    def _ask(self, at: int, traveller: UUID, person: UUID, said: Mapping[str, Any]) -> None:
        birth = said.get("birth") or {}
        exact = all(birth.get(part) for part in ("year", "month", "day"))
        document: Mapping[str, Any] = next(iter(said.get("documents") or ()), {})
        hidden = forms.HiddenInput
        asked: dict[str, forms.Field] = {
            "traveller": forms.UUIDField(widget=hidden, initial=traveller),
            "person": forms.UUIDField(widget=hidden, initial=person),
            "here": forms.BooleanField(label=_("Is here"), required=False, initial=True),
            "given_names": _words(_("Given names"), initial=said.get("given_names", "")),
            "first_surname": _words(_("First surname"), initial=said.get("first_surname", "")),
            "second_surname": _words(_("Second surname"), initial=said.get("second_surname", "")),
            "sex": forms.TypedChoiceField(
                label=_("Sex"), coerce=Sex, choices=Sex.choices, initial=said.get("sex", Sex.UNKNOWN)
            ),
            "age": _number(_("Age in years"), 120, initial=birth.get("age_years")),
            "birth": _day(
                _("Date of birth"), required=False,
                initial=f"{birth['year']:04}-{birth['month']:02}-{birth['day']:02}" if exact else None,
            ),
            "kinship": forms.TypedChoiceField(
                label=_("Kinship"), coerce=Kinship, choices=Kinship.choices,
                initial=said.get("kinship") or (Kinship.HEAD if at == 0 else Kinship.UNRELATED),
            ),
            "document": _words(_("Document number"), 40, initial=document.get("number", "")),
            "seen": forms.BooleanField(label=_("The document was seen"), required=False),
            "origin": _words(_("Place of origin"), 240, initial=said.get("origin_place", "")),
            "travels_with": forms.TypedChoiceField(
                label=_("If a child, travels with"), coerce=TravelsWith, choices=TravelsWith.choices, required=False,
                initial=said.get("travels_with", ""), empty_value=TravelsWith.UNSAID,
            ),
            "needs": forms.TypedMultipleChoiceField(
                label=_("Needs at the door"), coerce=NeedCode, choices=NeedCode.choices, required=False,
                widget=forms.CheckboxSelectMultiple, initial=list(said.get("needs") or ()),
            ),
            "private": forms.BooleanField(
                label=_("Wants to speak in private"), required=False, initial=bool(said.get("wants_private"))
            ),
            "night": forms.BooleanField(label=_("Sleeps here tonight"), required=False),
            "stay": forms.UUIDField(widget=hidden, initial=uuid7()),
        }  # fmt: skip
        for name, field in asked.items():
            self.fields[f"{name}_{at}"] = field

    def groups(self) -> list[Member]:
        """The questions by person."""
        names = [name.rpartition("_")[0] for name in self.fields if name.endswith("_0")]
        return [
            Member(
                str(at),
                traveller,
                [self[f"{name}_{at}"] for name in names],
                " ".join(part for part in (said.get("given_names", ""), said.get("first_surname", "")) if part),
            )
            for at, (traveller, _person, said) in enumerate(self.listed)
        ]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(given.get(f"here_{at}") for at in range(len(self.listed))):
            self.add_error(None, gettext("Nobody is marked as here. Mark who stands at the desk."))
        return given

    def members(self) -> list[TravellerIn]:
        """Who is here, as the verb takes them."""
        return [self._member(at) for at in range(len(self.listed)) if self.cleaned_data.get(f"here_{at}")]

    def _member(self, at: int) -> TravellerIn:
        given = {name.rpartition("_")[0]: value for name, value in self.cleaned_data.items() if name.endswith(f"_{at}")}
        _traveller, _person, said = self.listed[at]
        birth = given["birth"]
        return TravellerIn(
            traveller_id=given["traveller"],
            person_id=given["person"],
            given_names=given["given_names"],
            first_surname=given["first_surname"],
            second_surname=given["second_surname"],
            sex=given["sex"],
            birth=BirthIn(year=birth.year, month=birth.month, day=birth.day)
            if birth
            else BirthIn(age_years=given["age"]),
            kinship=given["kinship"],
            origin_place=given["origin"],
            nationalities=list(said.get("nationalities") or ()),
            documents=_documents(given, said),
            needs=list(given["needs"]),
            wants_private=given["private"],
            travels_with=given["travels_with"] or TravelsWith.UNSAID,
            stay_id=given["stay"] if given["night"] else None,
        )


def _documents(given: Mapping[str, Any], said: Mapping[str, Any]) -> list[DocumentIn]:
    """The document of the list where its number stands as it was, else one of a kind nobody said."""
    number = given["document"].strip()
    if not number:
        return []
    known: Mapping[str, Any] = next((one for one in said.get("documents") or () if one["number"] == number), {})
    return [
        DocumentIn(
            document_id=uuid7(),
            country=known.get("country") or "HN",
            kind=known.get("kind") or "other",
            number=number,
            seen=given["seen"],
        )
    ]


class ListForm(VerbForm):
    """A few lines of a manifest, typed."""

    names_of_fields: ClassVar = {"travellers": "name_0", "line": "line_0"}

    def __init__(self, first: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for at in range(LINES):
            number = first + at
            self.fields[f"line_{at}"] = _number(gettext("Line {number}").format(number=number), 9_999, initial=number)
            self.fields[f"given_{at}"] = _words(gettext("Given names, line {number}").format(number=number))
            self.fields[f"surname_{at}"] = _words(gettext("Surnames, line {number}").format(number=number))
            self.fields[f"age_{at}"] = _number(gettext("Age, line {number}").format(number=number), 120)
            self.fields[f"sex_{at}"] = forms.TypedChoiceField(
                label=gettext("Sex, line {number}").format(number=number), coerce=Sex, choices=Sex.choices,
                initial=Sex.UNKNOWN,
            )  # fmt: skip
            self.fields[f"group_{at}"] = _number(gettext("Group, line {number}").format(number=number), 9_999)

    def rows(self) -> Iterator[list[forms.BoundField]]:
        for at in range(LINES):
            yield [self[f"{name}_{at}"] for name in ("line", "given", "surname", "age", "sex", "group")]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not list(self._filled(given)):
            self.add_error(None, gettext("Nobody is on this list yet. Write at least one name."))
        return given

    def _filled(self, given: Mapping[str, Any]) -> Iterator[int]:
        return (at for at in range(LINES) if given.get(f"given_{at}") or given.get(f"surname_{at}"))

    def travellers(self) -> list[TravellerIn]:
        given = self.cleaned_data
        made = []
        for at in self._filled(given):
            first, _blank, second = given[f"surname_{at}"].partition(" ")
            made.append(
                TravellerIn(
                    traveller_id=uuid7(),
                    person_id=uuid7(),
                    line=given[f"line_{at}"] or None,
                    group=given[f"group_{at}"] or None,
                    given_names=given[f"given_{at}"],
                    first_surname=first,
                    second_surname=second,
                    sex=given[f"sex_{at}"],
                    birth=BirthIn(age_years=given[f"age_{at}"]),
                )
            )
        return made


# --- one traveller ---------------------------------------------------------------------------------------------------


class RouteForm(VerbForm):
    travels_with = forms.TypedChoiceField(
        label=_("Travels with"), coerce=TravelsWith, choices=[one for one in TravelsWith.choices if one[0]],
        widget=forms.RadioSelect,
    )  # fmt: skip


class SettleForm(VerbForm):
    settled = forms.TypedChoiceField(
        label=_("After the talk"), coerce=Settling, choices=Settling.choices, widget=forms.RadioSelect
    )


class LeaveForm(VerbForm):
    """How somebody leaves, and who of their household goes with them."""

    names_of_fields: ClassVar = {"traveller_ids": "together"}

    together = forms.MultipleChoiceField(
        label=_("Who goes with them"), required=False, widget=forms.CheckboxSelectMultiple
    )
    way = forms.TypedChoiceField(
        label=_("How they leave"), coerce=Way,
        choices=[(one.value, one.label) for one in (Way.OWN, Way.FAMILY, Way.LODGED, Way.NO_WORD)],
    )  # fmt: skip
    destination = _words(_("Where to"), 240)

    def __init__(self, others: Sequence[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "together", [(str(one), name) for one, name in others])
        if not others:
            del self.fields["together"]


class ReleaseForm(VerbForm):
    """The act of the authority by which a child leaves."""

    names_of_fields: ClassVar = {"authority_act": "number"}

    authority = forms.CharField(label=_("Authority"), max_length=120)
    number = forms.CharField(label=_("Number of the act"), max_length=80)
    official = forms.CharField(label=_("Official who signs it"), max_length=120)
    receiving_adult = forms.CharField(label=_("Adult who receives the child"), max_length=120)
    receiving_kinship = forms.CharField(label=_("Kinship of that adult"), max_length=80)
    receiving_document = forms.CharField(label=_("Document of that adult"), max_length=80)
    childs_view = _words(_("What the child says"), 480, widget=forms.Textarea({"rows": 3}))
    destination = _words(_("Where to"), 240)

    def act_for(self, person: UUID) -> AuthorityActIn:
        given = self.cleaned_data
        names = (
            "authority", "number", "official", "receiving_adult", "receiving_kinship", "receiving_document",
            "childs_view",
        )  # fmt: skip
        return AuthorityActIn(act_id=given["new_id"], person_id=person, **{name: given[name] for name in names})


class ReturnForm(VerbForm):
    """What somebody says of their return; nothing is required."""

    names_of_fields: ClassVar = {"record": "country", "call_phone": "call_phone"}

    country = _country(_("Returned from"))
    authority = _words(_("Authority that returned them"))
    apprehended_on = _day(_("Detained on"), required=False)
    departed_on = _day(_("Sent off on"), required=False)
    days_detained = _number(_("Days in detention"), 36_500)
    years_abroad = _number(_("Years abroad"), 100)
    times_returned = _number(_("Times returned before"), 99)
    children = _number(_("Children who stayed there"), 30)
    partner = _number(_("Partner who stayed there"), 1, help_text=_("1 for yes, 0 for no."))
    others = _number(_("Other family who stayed there"), 99)
    documents = forms.TypedMultipleChoiceField(
        label=_("Documents they hold"), coerce=Paper, choices=Paper.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    belongings_kept = _words(_("Money or belongings kept back, and by whom"), 240)
    destination = _words(_("Where they go: municipality, village"), 240)
    met_by = _words(_("Who meets them"))
    contact_phone = _words(_("Someone to call"), 40)
    needs_night = forms.NullBooleanField(label=_("Needs a night here"), required=False)
    fear = forms.BooleanField(
        label=_("Something worries them about going home, or they want to speak in private"),
        required=False,
        help_text=_("A case worker speaks with them before they travel. The board says only that they want to speak."),
    )
    call = forms.BooleanField(label=_("Agrees to be called after a month"), required=False)
    call_phone = _words(_("Number to call"), 40)
    call_answered_by = _words(_("Who answers"))
    call_hour = _words(_("Good hour"), 60)

    def __init__(self, *args: Any, sealed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "country", _countries())
        if sealed:
            area = forms.Textarea({"rows": 3})
            self.fields["ill_treatment"] = _words(_("Ill-treatment, sealed for case workers"), 4_000, widget=area)
            self.fields["fear_words"] = _words(_("What they fear, sealed for case workers"), 4_000, widget=area)

    def record(self, record_id: UUID, person_id: UUID, call_id: UUID) -> ReturnIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        as_said = (
            "authority", "apprehended_on", "departed_on", "days_detained", "years_abroad", "times_returned",
            "documents", "belongings_kept", "destination", "met_by", "contact_phone", "needs_night", "fear",
            "call_phone",
            "call_answered_by", "call_hour",
        )  # fmt: skip
        return ReturnIn(
            record_id=record_id,
            person_id=person_id,
            country=given["country"] or None,
            family_left=FamilyLeftIn(children=given["children"], partner=given["partner"], others=given["others"]),
            ill_treatment=given.get("ill_treatment", ""),
            fear_words=given.get("fear_words", ""),
            call_id=call_id if given["call"] else None,
            **{name: given[name] for name in as_said},
        )


class SeatForm(VerbForm):
    """A seat for somebody: the lowest free one, or a certain one."""

    traveller = forms.ChoiceField(label=_("Who"))
    seat = _number(_("Seat"), 2_000, help_text=_("Empty: the lowest free one."))
    destination = _words(_("Where to"), 240)

    def __init__(self, people: Sequence[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "traveller", [(str(one), name) for one, name in people])
