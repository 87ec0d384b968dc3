"""What is asked to set a site up: its spaces, its facilities, what it is, whether it is open."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.core.pages import VerbForm
from cobijo.core.widgets import DatePartsField
from cobijo.sites.forms import SpaceField
from cobijo.sites.occupancy import Tree
from cobijo.sites.types import (
    FacilityFor,
    FacilityIn,
    FacilityKind,
    SiteIn,
    SiteKind,
    SiteStatus,
    SpaceIn,
    SpaceKind,
    UseRule,
)


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
    opens_at = forms.TimeField(
        label=_("Opens at"),
        input_formats=["%H:%M", "%H.%M"],
        required=False,
        widget=forms.TimeInput({"inputmode": "numeric", "autocomplete": "off"}, "%H:%M"),
        help_text=_("Only of a night shelter, for example 18:00. Leave both hours empty where it is open all day."),
    )
    closes_at = forms.TimeField(
        label=_("Closes at"),
        input_formats=["%H:%M", "%H.%M"],
        required=False,
        widget=forms.TimeInput({"inputmode": "numeric", "autocomplete": "off"}, "%H:%M"),
        help_text=_("For example 06:00."),
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
        for asked_apart in ("response", "listed"):
            given.pop(asked_apart, None)
        for hour in ("opens_at", "closes_at"):
            given[hour] = given[hour] and f"{given[hour]:%H:%M}"
        return SiteIn(**given, aliases=names, area_id=area_id, zone=zone)


class NewSiteForm(SiteForm):
    """A site to be added to a response."""

    def __init__(self, responses: Iterable[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(pk), name) for pk, name in responses]
        self.fields["response"] = forms.TypedChoiceField(label=_("Response"), coerce=UUID, choices=choices)
        self.fields["listed"] = forms.BooleanField(
            label=_("Only inventoried: nobody plans to open it yet"),
            required=False,
            help_text=_("Then its premises are measured, and it is found by how many people it could take."),
        )
        self.order_fields(["response", "name"])


class StatusForm(VerbForm):
    """Whether a site is open, from now on."""

    status = forms.TypedChoiceField(
        label=_("From now on the site is"), coerce=SiteStatus, choices=SiteStatus.choices, widget=forms.RadioSelect
    )
    why = forms.CharField(label=_("Why"), max_length=240, required=False)
