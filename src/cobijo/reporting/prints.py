"""Pages to be printed: one for the door, one for the desk, one of several sites, one of what was given out."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from cobijo.accounts.services import log_reading
from cobijo.accounts.types import ReadingKind
from cobijo.algorithms.suppression import TOTAL
from cobijo.core import clock, nodes, seals, wording
from cobijo.core.printing import compile_pdf
from cobijo.reporting import access, saying
from cobijo.reporting.exports.sheets import internal
from cobijo.reporting.labels import band_label, kind_label, kinds_label
from cobijo.reporting.models import Release
from cobijo.reporting.roster import Sleeper, roster
from cobijo.reporting.types import SEXES, Census, Kind, Part, Published, Scope, SexAge
from cobijo.sites.queries import nights, site_overview
from cobijo.sites.queries import scopes as places

Data = dict[str, Any]

PRINTED: Final = "reporting.census"
"""What is printed, in the log of readings."""

# --- what every sheet says of itself ---------------------------------------------------------------------------------


def _sheet(title: str, scope: Scope, night: date, **more: object) -> Data:
    """Title, scope, day, seal and, in the demonstration, that its people are fictitious."""
    printed = wording.moment(clock.now(), "long", ZoneInfo(scope.zone))
    return {
        "title": title,
        "subtitle": f"{scope.name} · {wording.day(night, 'full')}",
        "organisation": scope.response_name,
        "site": scope.name,
        "scope": f"{scope.name}, {wording.day(night)}",
        "date": _("printed {moment}").format(moment=printed),
        "seal": seal_of_print(),
        "demo": nodes.is_fictitious(),
    } | more


def seal_of_print() -> Data | None:
    """The newest seal of the journal, all that waited sealed before: a print is a witness of it."""
    seen = seals.witness()
    return {"number": f"{seen.epoch}.{seen.number}", "hash": seen.hash[:16]} if seen else None


def _bands(table: SexAge) -> list[Data]:
    return [
        {
            "band": band_label(row.band),
            "female": row.female,
            "male": row.male,
            "other": row.other,
            "unknown": row.unknown,
            "total": row.total,
        }
        for row in table.rows()
    ]


def _totals(table: SexAge) -> Data:
    return {"band": "", "total": table.total} | {sex: table.of_sex(sex) for sex in SEXES}


def _published(figures: Sequence[Published]) -> list[list[object]]:
    """Of what, their number, how ours stands to it, and the source."""
    return [
        [f"{one.about}: {one.of_what}", one.value, saying.difference(one), one.source]
        for one in figures
        if not one.month_only
    ]


def _published_heads() -> Data:
    return {
        "published": _("Published by others for this day"),
        "published_heads": [_("Of what"), _("Published"), _("Difference"), _("Source")],
    }


# --- the door --------------------------------------------------------------------------------------------------------


def door(release: Release, found: Census) -> bytes:
    """The page for the door of a site: its total as released, free places, hours, rules, where to complain."""
    total, site = release.shown["rows"][0]["persons"], places.site(found.scope.id)
    words = site.door_words if site else {}
    capacity = found.parts[0].site.places
    free = None if total is None or capacity is None else max(capacity - total, 0)
    data: Data = {
        "sheet": _sheet(found.scope.name, found.scope, found.night, subtitle=wording.day(found.night, "full"), site=""),
        "numbers": [[total, _("people tonight")], [free, _("free places")]],
        "source": saying.when(found),
        "hours": words.get("hours", ""),
        "rules": words.get("rules", ""),
        "complaints": words.get("complaints", ""),
        "say": {"hours": _("Hours"), "rules": _("Rules of living together"), "complaints": _("Where to complain")},
    }
    return compile_pdf("census-door", data)


# --- the desk --------------------------------------------------------------------------------------------------------


def desk(actor: UUID, name: str, found: Census) -> bytes:
    """The page for the desk of a site: what this actor may see there, as a numbered copy that is written down."""
    people = roster(actor, found.scope, found.night) if access.sees_people(actor, found.scope) else []
    part = found.parts[0]
    data: Data = {
        "sheet": _sheet(_("Census of the night"), found.scope, found.night, copy=_copy(actor, name, found, people)),
        "notice": internal().capitalize(),
        "numbers": _desk_numbers(found, part),
        "registered": part.registered.persons if part.registered else 0,
        "counted": part.on_the_spot,
        "places": part.site.places,
        "made_of": saying.made_of_lines(found),
        "source": saying.when(found),
        "bands": _bands(found.table) if found.persons is not None else [],
        "totals": _totals(found.table),
        "published": _published(found.published),
        "roster": [_sleeper(one) for one in people],
        "say": _published_heads() | _desk_heads(),
    }
    return compile_pdf("census-desk", data | _of_the_team(actor, found))


def _copy(actor: UUID, name: str, found: Census, people: Sequence[Sleeper]) -> Data:
    """Number this copy by its line in the log of readings."""
    reading = log_reading(actor, ReadingKind.PRINT, PRINTED, people=len(people), unit=found.scope.unit)
    return {"number": str(reading.pk), "to": name}


def _desk_numbers(found: Census, part: Part) -> list[list[object]]:
    free = None if part.site.places is None else max(part.site.places - (found.persons or 0), 0)
    assumed = _("of assumed places") if part.site.places_assumed else None
    return [
        [found.persons, _("persons"), None],
        [found.households, _("households"), None],
        [found.away, _("temporarily out"), None],
        *([[found.unnamed, _("without a name yet"), None]] if found.unnamed else []),
        [free, _("free places"), assumed],
    ]


def _of_the_team(actor: UUID, found: Census) -> Data:
    """Spaces for who sees figures; needs at the door only for the team of the site."""
    site = places.site(found.scope.id)
    night = nights.Night.of(found.night, [found.scope.zone])
    here = places.only(found.scope.id)
    by_space = nights.by_space(nights.slept(here, night), nights.unnamed(here, night))
    spaces = [[name or _("without a space"), persons, places_] for name, places_, persons in by_space]
    needs: list[list[object]] = []
    if site is not None and access.sees_people(actor, found.scope):
        overview = site_overview(site, None if found.forecast else found.ends_at)
        needs = [[str(one.need.label), one.people] for one in overview.needs]
    return {"spaces": spaces, "needs": needs}


def _desk_heads() -> Data:
    return {
        "spaces": _("By space"),
        "space_heads": [_("Space"), _("Persons"), _("Places")],
        "needs": _("Needs at the door"),
        "need_heads": [_("Need"), _("Persons")],
        "roster": _("Who sleeps here"),
        "roster_heads": [_("Space"), _("Name"), _("Code"), _("Age"), _("Sex"), _("Household")],
        "roster_note": _("Only people you may see by name. Keep this page locked away and destroy it tomorrow."),
    }


def _sleeper(one: Sleeper) -> list[object]:
    name = f"{one.name} · {_('out')}" if one.away else one.name
    return [one.space or "–", name, one.code, "–" if one.age is None else str(one.age), one.sex, one.household]


# --- several sites ---------------------------------------------------------------------------------------------------


def sites(actor: UUID, name: str, found: Census) -> bytes:
    """The census of a response, an area or a group: figures, no names."""
    figures = [*found.published, *(one for group in found.groups for one in group.published)]
    data: Data = {
        "sheet": _sheet(_("Census of the night"), found.scope, found.night, copy=_copy(actor, name, found, ())),
        "notice": internal().capitalize(),
        "numbers": [
            [found.persons, _("persons"), None],
            [found.households, _("households"), None],
            [len(found.known), _("sites with a figure"), None],
            [len(found.unknown), _("sites unknown"), None],
        ],
        "made_of": saying.made_of_lines(found),
        "source": saying.when(found),
        "published": _published(figures),
        "contradiction": saying.contradiction(found.published),
        "sites": [_site_line(found, part) for part in found.known],
        "unknown": [part.site.name for part in found.unknown],
        "bands": _bands(found.table) if found.persons is not None else [],
        "totals": _totals(found.table),
        "month": [[f"{one.about}: {one.of_what}", one.value, one.source] for one in figures if one.month_only],
        "say": _published_heads() | _sites_heads(),
    }
    return compile_pdf("census-sites", data)


def _site_line(found: Census, part: Part) -> list[object]:
    beside = [one for one in found.of_parts.get(part.site.id, ()) if one.quantity == "persons" and not one.month_only]
    published = "; ".join(f"{wording.number(one.value)} ({saying.difference(one)})" for one in beside) or "–"
    households = part.taken.households if part.taken else None
    return [part.site.code, part.site.name, kinds_label(part), part.persons, households, published]


def _sites_heads() -> Data:
    return {
        "sites": _("Sites"),
        "site_heads": [_("Code"), _("Site"), _("Kind of figure"), _("Persons"), _("Households"), _("Published")],
        "unknown": _("Nothing is known of that night at:"),
        "month": _("Published for the month, without a day"),
        "month_heads": [_("Of what"), _("Published"), _("Source")],
    }


# --- what was given out ----------------------------------------------------------------------------------------------


def released(release: Release, scope: Scope) -> bytes:
    """A release as it was kept, with nothing reckoned anew."""
    shown = release.shown
    first = shown["rows"][0]
    lines = [row for row in shown["rows"] if "code" in row]
    data: Data = {
        "sheet": _sheet(_("Figures of the night"), scope, release.night),
        "numbers": [[first["persons"], _("persons"), None], [first.get("households"), _("households"), None]],
        "notice": _released_notice(release, scope),
        "sites": [] if len(lines) < 2 else [_released_line(row) for row in lines],
        "unknown": shown["unknown"],
        "groups": [[group["name"], group["persons"]] for group in shown["groups"]],
        "tables": [_released_table(row, shown) for row in shown["rows"] if row["by_sex_age"]],
        "say": _sites_heads() | {"groups": _("Groups of sites"), "group_heads": [_("Group"), _("Persons")]},
    }
    data["say"]["site_heads"] = [_("Code"), _("Site"), _("Kind of figure"), _("Persons"), _("Households")]
    return compile_pdf("census-release", data)


def _released_notice(release: Release, scope: Scope) -> str:
    moment = wording.moment(release.released_at, "long", ZoneInfo(scope.zone))
    said = [_("Given out on {moment}.").format(moment=moment)]
    if release.shown["hides"]:
        said.append(_("A dash is a number from 1 to 4, or one that would give such a number away."))
    if sum("households" in row for row in release.shown["rows"]) > 1:
        said.append(_("A household with people at two sites counts at both."))
    return " ".join(said)


def _released_line(row: Data) -> list[object]:
    return [row["code"], row["name"], kind_label(Kind(row["takes"])), row["persons"], row.get("households")]


def _released_table(row: Data, shown: Data) -> Data:
    cells = row["by_sex_age"]
    codes = [*shown["bands"], TOTAL]
    lines = [
        {"band": band_label(band), "total": cells[TOTAL][band]} | {sex: cells[sex][band] for sex in SEXES}
        for band in codes
    ]
    return {"name": row.get("name", shown["scope"]["name"]), "bands": lines[:-1], "totals": lines[-1]}
