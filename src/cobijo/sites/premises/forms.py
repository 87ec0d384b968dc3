"""What is asked of premises: what they measure, and what stands in the acts of opening and closing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cobijo.core.pages import VerbForm, offer
from cobijo.core.widgets import DatePartsField
from cobijo.sites.premises.closing import HomeIn
from cobijo.sites.premises.models import Ground, SiteAct
from cobijo.sites.premises.types import (
    ClosingIn,
    ClosingWhy,
    GroundIn,
    GroundKind,
    InventoryIn,
    MeterIn,
    OpeningIn,
    ThingIn,
)
from cobijo.sites.queries import FacilityLine, OpenSite
from cobijo.sites.types import FacilityFor, FacilityIn, FacilityKind

SPARE: Final = 6
"""Empty rows beside those that are filled; saving gives as many again."""
ASKED: Final = (
    (FacilityKind.TOILET, FacilityFor.ALL),
    (FacilityKind.TOILET, FacilityFor.WOMEN),
    (FacilityKind.TOILET, FacilityFor.MEN),
    (FacilityKind.SHOWER, FacilityFor.ALL),
    (FacilityKind.SHOWER, FacilityFor.WOMEN),
    (FacilityKind.SHOWER, FacilityFor.MEN),
    (FacilityKind.TAP, FacilityFor.ALL),
    (FacilityKind.LAUNDRY, FacilityFor.ALL),
    (FacilityKind.KITCHEN, FacilityFor.ALL),
)
_DIGITS: Final = {"inputmode": "numeric", "autocomplete": "off"}
_METRES: Final = {"inputmode": "decimal", "autocomplete": "off"}
_OF_GROUND: Final = ("name", "kind", "length", "width")
_PATH: Final = re.compile(r"inventory\.grounds\.(\d+)\.(\w+)")


def _named(widget: forms.Widget, label: Any) -> forms.Widget:
    widget.attrs["aria-label"] = label
    return widget


class InventoryForm(VerbForm):
    """Rooms, yards and fields with their length and width, and how many facilities there are."""

    names_of_fields: ClassVar = {"inventory": "inventoried_on"}

    inventoried_on = DatePartsField(label=_("Measured on"))

    def __init__(self, grounds: Sequence[Ground], counted: Iterable[FacilityLine], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = len(grounds) + SPARE
        for at in range(self._rows):
            self._add_ground(at, grounds[at] if at < len(grounds) else None)
        known = {(line.kind, line.for_whom): line for line in counted}
        for kind, whom in ASKED:
            self._add_facility(kind, whom, known.get((kind, whom)))

    def _add_ground(self, at: int, ground: Ground | None) -> None:
        name = _("Name of place {number}").format(number=at + 1)
        self.fields[f"name_{at}"] = forms.CharField(
            label=name, max_length=80, required=False, initial=ground.name if ground else "",
            widget=_named(forms.TextInput({"autocomplete": "off"}), name),
        )  # fmt: skip
        kind = _("What place {number} is").format(number=at + 1)
        self.fields[f"kind_{at}"] = forms.TypedChoiceField(
            label=kind, coerce=GroundKind, choices=GroundKind.choices, required=False,
            initial=ground.kind if ground else GroundKind.ROOFED, widget=_named(forms.Select(), kind),
        )  # fmt: skip
        for side, label, before in (
            ("length", _("Length of place {number} in metres"), ground.length_cm if ground else None),
            ("width", _("Width of place {number} in metres"), ground.width_cm if ground else None),
        ):
            said = label.format(number=at + 1)
            self.fields[f"{side}_{at}"] = forms.DecimalField(
                label=said, min_value=0, max_value=1_000, decimal_places=2, required=False,
                initial=None if before is None else f"{before / 100:g}",
                widget=_named(forms.TextInput(dict(_METRES)), said),
            )  # fmt: skip

    def _add_facility(self, kind: FacilityKind, whom: FacilityFor, known: FacilityLine | None) -> None:
        what = f"{kind.label}, {whom.label}"
        for part, label, before in (
            ("count", _("{what}: how many").format(what=what), known.count if known else None),
            ("working", _("{what}: how many work").format(what=what), known.working if known else None),
        ):
            self.fields[f"{part}_{kind}_{whom}"] = forms.IntegerField(
                label=label, min_value=0, max_value=10_000, required=False, initial=before,
                widget=_named(forms.TextInput(dict(_DIGITS)), label),
            )  # fmt: skip

    def ground_rows(self) -> list[list[tuple[str, forms.BoundField]]]:
        """For each place its name, what it is, its length and its width, each under its head."""
        heads = (_("Name"), _("What it is"), _("Length, m"), _("Width, m"))
        return [
            [(str(head), self[f"{part}_{at}"]) for head, part in zip(heads, _OF_GROUND, strict=True)]
            for at in range(self._rows)
        ]

    def facility_rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """For each kind of facility how many there are and how many work."""
        return [
            (f"{kind.label}, {whom.label}", self[f"count_{kind}_{whom}"], self[f"working_{kind}_{whom}"])
            for kind, whom in ASKED
        ]

    def clean(self) -> dict[str, Any]:
        """A place that is begun is named and measured; how many work is said only of what was counted."""
        given = super().clean() or {}
        for at in range(self._rows):
            parts = {part: given.get(f"{part}_{at}") for part in ("name", "length", "width")}
            for part, value in parts.items():
                if any(parts.values()) and not value and f"{part}_{at}" not in self.errors:
                    self.add_error(f"{part}_{at}", _("Write the name, the length and the width, or leave all empty."))
        for kind, whom in ASKED:
            if given.get(f"working_{kind}_{whom}") is not None and given.get(f"count_{kind}_{whom}") is None:
                self.add_error(f"count_{kind}_{whom}", _("Write how many there are, too."))
        return given

    def inventory(self) -> InventoryIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return InventoryIn(
            inventoried_on=given["inventoried_on"],
            grounds=[
                GroundIn(
                    name=given[f"name_{at}"],
                    kind=given[f"kind_{at}"] or GroundKind.ROOFED,
                    length_cm=round(given[f"length_{at}"] * 100),
                    width_cm=round(given[f"width_{at}"] * 100),
                )
                for at in self._filled()
            ],
            facilities=[
                FacilityIn(
                    kind=kind,
                    for_whom=whom,
                    count=given[f"count_{kind}_{whom}"],
                    working=given[f"working_{kind}_{whom}"],
                    counted_on=given["inventoried_on"],
                )
                for kind, whom in ASKED
                if given[f"count_{kind}_{whom}"] is not None
            ],
        )

    def _filled(self) -> list[int]:
        return [at for at in range(self._rows) if self.cleaned_data[f"name_{at}"]]

    def _field_at(self, path: str) -> str | None:
        """The verb numbers the places that are filled, the form all of them."""
        if found := _PATH.fullmatch(path):
            part = found[2].removesuffix("_cm")
            return f"{part}_{self._filled()[int(found[1])]}"
        return super()._field_at(path)


# --- acts ------------------------------------------------------------------------------------------------------------

POSTS_ONLY = _("A post and an organisation, never a name: names and signatures are written by hand on the print.")
_TOP: Final = ("why", "why_words", "owner", "give_back_on", "keys", "state_of_building")
_END: Final = ("handed_by_post", "received_by_post", "remarks")
METERS, THINGS = 4, 10


class HandOverForm(VerbForm):
    """What both acts ask; meters and furniture in rows."""

    owner = forms.CharField(
        label=_("Owner of the building"),
        max_length=240,
        required=False,
        help_text=_("The organisation or office it belongs to, for example the municipality."),
    )
    keys = forms.CharField(
        label=_("Keys"), max_length=240, required=False, help_text=_("How many, of which doors, and at which post.")
    )
    state_of_building = forms.CharField(
        label=_("State of the building"),
        max_length=480,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What is broken, stained or missing, room by room."),
    )
    handed_by_post = forms.CharField(label=_("Handed over by"), max_length=80, required=False, help_text=POSTS_ONLY)
    received_by_post = forms.CharField(label=_("Received by"), max_length=80, required=False, help_text=POSTS_ONLY)
    remarks = forms.CharField(label=_("Remarks"), max_length=480, required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, before: SiteAct | None, *args: Any, **kwargs: Any) -> None:
        if before is not None:
            kwargs["initial"] = {"owner": before.owner} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        meters = before.meters if before else []
        things = before.furniture if before else []
        self._meters, self._things = max(METERS, len(meters) + 1), max(THINGS, len(things) + 2)
        for at in range(self._meters):
            self._add(f"meter_{at}", _("Meter {number}"), at, 80, meters[at]["meter"] if at < len(meters) else "")
            self._add(f"reading_{at}", _("Reading of meter {number}"), at, 40, "")
        for at in range(self._things):
            self._add(f"what_{at}", _("Furniture {number}"), at, 80, things[at]["what"] if at < len(things) else "")
            self._add_count(at)

    def _add(self, name: str, label: Any, at: int, longest: int, first: str) -> None:
        said = label.format(number=at + 1)
        self.fields[name] = forms.CharField(
            label=said, max_length=longest, required=False, initial=first,
            widget=_named(forms.TextInput({"autocomplete": "off"}), said),
        )  # fmt: skip

    def _add_count(self, at: int) -> None:
        said = _("How many of furniture {number}").format(number=at + 1)
        self.fields[f"count_{at}"] = forms.IntegerField(
            label=said, min_value=0, max_value=100_000, required=False,
            widget=_named(forms.TextInput(dict(_DIGITS)), said),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A reading needs its meter, and a number its thing; what is named without either is left out."""
        given = super().clean() or {}
        for at in range(self._meters):
            if given.get(f"reading_{at}") and not given.get(f"meter_{at}"):
                self.add_error(f"meter_{at}", _("Write which meter shows this."))
        for at in range(self._things):
            if given.get(f"count_{at}") is not None and not given.get(f"what_{at}"):
                self.add_error(f"what_{at}", _("Write what these are."))
        return given

    def meter_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """For each meter what it is and what it shows."""
        return [(self[f"meter_{at}"], self[f"reading_{at}"]) for at in range(self._meters)]

    def thing_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """For each kind of furniture what it is and how many there are."""
        return [(self[f"what_{at}"], self[f"count_{at}"]) for at in range(self._things)]

    def above(self) -> list[forms.BoundField]:
        """What is asked before meters and furniture."""
        return [self[name] for name in _TOP if name in self.fields]

    def below(self) -> list[forms.BoundField]:
        """What is asked after them."""
        return [self[name] for name in _END]

    def said(self) -> dict[str, Any]:
        """The answers both acts have, as the verbs take them."""
        given = self.cleaned_data
        names = ("owner", "keys", "state_of_building", "handed_by_post", "received_by_post", "remarks")
        return {name: given[name] for name in names} | {
            "meters": [
                MeterIn(meter=given[f"meter_{at}"], reading=given[f"reading_{at}"])
                for at in range(self._meters)
                if given[f"reading_{at}"]
            ],
            "furniture": [
                ThingIn(what=given[f"what_{at}"], count=given[f"count_{at}"])
                for at in range(self._things)
                if given[f"count_{at}"] is not None
            ],
        }


class OpeningForm(HandOverForm):
    """A building that is taken over."""

    names_of_fields: ClassVar = {"opening": "give_back_on"}

    give_back_on = DatePartsField(
        label=_("To be given back on"), required=False, help_text=_("For a school, the day before classes begin.")
    )

    def opening(self) -> OpeningIn:
        """The answers as the verb takes them."""
        return OpeningIn(give_back_on=self.cleaned_data["give_back_on"], **self.said())


class ClosingForm(HandOverForm):
    """A building that is given back."""

    why = forms.TypedChoiceField(
        label=pgettext_lazy("closing", "Why it closes"),
        coerce=ClosingWhy,
        choices=ClosingWhy.choices,
        widget=forms.RadioSelect,
    )
    why_words = forms.CharField(
        label=_("In words"), max_length=240, required=False, help_text=_("Needed where it is something else.")
    )

    def closing(self) -> ClosingIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return ClosingIn(why=given["why"], why_words=given["why_words"], **self.said())


# --- everybody to one other site -------------------------------------------------------------------------------------


class TogetherForm(forms.Form):
    """Several households that are proposed to one other site, each by a transfer of its own."""

    homes = forms.TypedMultipleChoiceField(coerce=UUID)
    to_site = forms.TypedChoiceField(label=_("To which site"), coerce=UUID)
    travels_on = DatePartsField(label=_("Day of travel"))

    def __init__(
        self, homes: Iterable[HomeIn], targets: Iterable[OpenSite], today: date, *args: Any, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", {"travels_on": today})
        super().__init__(*args, **kwargs)
        self.by_key: Mapping[UUID, HomeIn] = {home.key: home for home in homes if home.stays}
        offer(self, "homes", [(str(key), home.code) for key, home in self.by_key.items()])
        offer(
            self,
            "to_site",
            [
                ("", _("Choose a site")),
                *((str(one.id), f"{one.name} ({one.code})") for one in targets),
            ],
        )

    def chosen(self) -> list[HomeIn]:
        """The households that are ticked."""
        return [self.by_key[key] for key in self.cleaned_data["homes"]]
