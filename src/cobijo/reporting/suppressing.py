"""What of a night may be given out: one plan for all sites of a response, of which each release shows its part.

The plan hides 1 to 4 and whatever would give them away: in the table of sites, sexes and age bands with all its
margins, in the sums of areas and of groups of sites, and against what was given out or published of that night before.
Because it is the same plan for every release of a night, the release of a site and that of the whole response undo
nothing of each other. Nights are plans of their own: what came and went between two nights is not hidden.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Final
from uuid import UUID

from cobijo.algorithms.suppression import THRESHOLD, TOTAL, Sum, suppress, table
from cobijo.reporting.census import census
from cobijo.reporting.models import Release
from cobijo.reporting.scopes import of_unit
from cobijo.reporting.types import SEXES, Census, Json, Part, Quantity, Scope, ScopeKind
from cobijo.sites.queries.scopes import areas_of, units_of

Key = tuple[str, str, str]
"""Of whom (a site, area, response or group by its id), sex, age band; TOTAL for a margin."""

HOUSEHOLDS: Final = "households"
DETAIL: Final = 100
"""With more known sites than this, a site is released with its total alone: the plan would take too long."""


@dataclass(frozen=True)
class Plan:
    """What may be shown of a response's night: each number, or None where it is kept back."""

    whole: Census
    areas: Mapping[UUID, frozenset[UUID]]
    shown: Mapping[Key, int | None]
    detail: bool


def plan(response: UUID, night: date) -> Plan:
    """Reckon what of a response's night may be given out.

    The search takes a second or two where there are many sites, and its newest answers are kept: who asks for the plan
    before the verb that needs it does not search while that verb holds the database.
    """
    whole = census(of_unit(response), night)
    return plan_for(whole, areas_of(response), _released(whole, night))


def plan_for(whole: Census, areas: Mapping[UUID, frozenset[UUID]], released: Mapping[Key, int]) -> Plan:
    """The plan for a response's census, the sites of each area of it, and what is out of that night already."""
    detail = len(whole.known) <= DETAIL
    sums = (*_sums_of_tables(whole, detail), *_sums_of_areas(whole, areas, detail), *_sums_of_groups(whole))
    cells = _cells(whole, detail)
    _add_up(cells, sums)
    known = dict(released) | _published(whole, cells)
    return Plan(whole, areas, _suppressed(tuple(cells.items()), sums, tuple(known.items())), detail)


@lru_cache(maxsize=2)
def _suppressed(
    cells: tuple[tuple[Key, int], ...], sums: tuple[Sum[Key], ...], known: tuple[tuple[Key, int], ...]
) -> Mapping[Key, int | None]:
    return suppress(dict(cells), sums, released=dict(known))


# --- the figures and their sums --------------------------------------------------------------------------------------


def _cells(whole: Census, detail: bool) -> dict[Key, int]:
    """The figures that are no sum of others: sites by sex and age, or their totals, and households by site."""
    cells: dict[Key, int] = {}
    for part in whole.known:
        site = str(part.site.id)
        if part.taken is None:
            continue
        if part.taken.households is not None:
            cells[site, HOUSEHOLDS, TOTAL] = part.taken.households
        if detail:
            cells |= {(site, *at): part.taken.table.at(*at) for at in product(SEXES, whole.scope.bands.codes())}
        else:
            cells[site, TOTAL, TOTAL] = part.persons or 0
    if not detail:
        response = str(whole.scope.id)
        cells |= {(response, *at): whole.table.at(*at) for at in product(SEXES, whole.scope.bands.codes())}
    return cells


def _sums_of_tables(whole: Census, detail: bool) -> Iterator[Sum[Key]]:
    """The response by site, sex and age; with too many sites its table apart from the totals of its sites."""
    response, sites = str(whole.scope.id), [str(part.site.id) for part in whole.known]
    bands = whole.scope.bands.codes()
    if detail:
        for one in table(sites, SEXES, bands):
            yield Sum(_named(one.total, response), tuple(_named(part, response) for part in one.parts))
    else:
        for one in table(SEXES, bands):
            yield Sum((response, *_pair(one.total)), tuple((response, *_pair(part)) for part in one.parts))
        yield _over_sites(response, sites, (TOTAL, TOTAL))
    yield _over_sites(response, _telling_households(whole.known), (HOUSEHOLDS, TOTAL))


def _telling_households(parts: Iterable[Part]) -> list[str]:
    """The sites whose number of households is known: a head-count may leave it out."""
    return [str(part.site.id) for part in parts if part.taken and part.taken.households is not None]


def _named(key: tuple[str, ...], response: str) -> Key:
    """A key of the table with the response standing for the margin over its sites."""
    whose, sex, band = key
    return (response if whose == TOTAL else whose, sex, band)


def _pair(key: tuple[str, ...]) -> tuple[str, str]:
    sex, band = key
    return sex, band


def _over_sites(whose: str, sites: Iterable[str], at: tuple[str, str]) -> Sum[Key]:
    return Sum((whose, *at), tuple((site, *at) for site in sites))


def _sums_of_areas(whole: Census, areas: Mapping[UUID, frozenset[UUID]], detail: bool) -> Iterator[Sum[Key]]:
    """An area is the sum of its known sites, in every cell of its table."""
    every = product((*SEXES, TOTAL), (*whole.scope.bands.codes(), TOTAL))
    margins = list(every) if detail else [(TOTAL, TOTAL)]
    for area, sites in areas.items():
        known = [part for part in whole.known if part.site.id in sites]
        if known:
            yield from (_over_sites(str(area), [str(part.site.id) for part in known], at) for at in margins)
            yield _over_sites(str(area), _telling_households(known), (HOUSEHOLDS, TOTAL))


def _sums_of_groups(whole: Census) -> Iterator[Sum[Key]]:
    for group in whole.groups:
        if group.known:
            yield _over_sites(str(group.id), [str(part.site.id) for part in group.known], (TOTAL, TOTAL))


def _add_up(cells: dict[Key, int], sums: Sequence[Sum[Key]]) -> None:
    """Give every sum its value, those first whose parts have theirs."""
    waiting = list(sums)
    while waiting:
        ready = [one for one in waiting if all(part in cells for part in one.parts)]
        cells |= {one.total: sum(cells[part] for part in one.parts) for one in ready}
        waiting = [one for one in waiting if one.total not in cells]


# --- what is out already ---------------------------------------------------------------------------------------------


def _released(whole: Census, night: date) -> dict[Key, int]:
    """What was given out of this night before, the newest of each number.

    The page on a door says how many there were when it was printed; only if it is still so does it tell anything of
    the figure of the night.
    """
    units = units_of(whole.scope.response)
    found: dict[Key, int] = {}
    for release in Release.objects.filter(night=night, unit__in=units).order_by("released_at", "id"):
        numbers = known_numbers(release.shown)
        if release.door:
            numbers = {key: number for key, number in numbers.items() if _now(whole, key) == number}
        found |= numbers
    return found


def _now(whole: Census, key: Key) -> int | None:
    """What the census says today of the persons, or of the households, of a site."""
    part = next((part for part in whole.known if str(part.site.id) == key[0]), None)
    if part is None or part.taken is None:
        return None
    return part.taken.households if key[1] == HOUSEHOLDS else part.persons


def _published(whole: Census, cells: Mapping[Key, int]) -> dict[Key, int]:
    """Totals others published of the same night that are ours too: everybody knows them."""
    beside = [(str(site), figures) for site, figures in whole.of_parts.items()]
    beside += [(str(group.id), group.published) for group in whole.groups]
    beside.append((str(whole.scope.id), whole.published))
    return {
        (whose, TOTAL, TOTAL): one.value
        for whose, figures in beside
        for one in figures
        if one.quantity is Quantity.PERSONS and one.difference == 0 and (whose, TOTAL, TOTAL) in cells
    }


# --- what a release shows --------------------------------------------------------------------------------------------


def part_for(scope: Scope, plan: Plan) -> Json:
    """The part of a plan that is released for a site, an area or the whole response, as it is kept."""
    within = _sites_of(scope, plan)
    rows = [_row(plan, str(part.site.id), part) for part in plan.whole.known if part.site.id in within]
    if scope.kind is not ScopeKind.SITE:
        rows.insert(0, _row(plan, str(scope.id), None))
    return {
        "scope": {"kind": scope.kind.value, "id": str(scope.id), "name": scope.name},
        "response": scope.response_name,
        "bands": list(scope.bands.codes()),
        "threshold": THRESHOLD,
        "rows": rows,
        "groups": [
            {"id": str(group.id), "name": group.name, "persons": plan.shown[str(group.id), TOTAL, TOTAL]}
            for group in plan.whole.groups
            if group.known and within.issuperset(part.site.id for part in group.parts)
        ],
        "unknown": [part.site.name for part in plan.whole.unknown if part.site.id in within],
        "hides": any(number is None for row in rows for number in numbers_of(row)),
    }


def _sites_of(scope: Scope, plan: Plan) -> frozenset[UUID]:
    if scope.kind is ScopeKind.SITE:
        return frozenset({scope.id})
    if scope.kind is ScopeKind.RESPONSE:
        return frozenset(part.site.id for part in plan.whole.parts)
    return plan.areas.get(scope.id, frozenset())


def _row(plan: Plan, whose: str, part: Part | None) -> Json:
    """One line of a release: its numbers as they may be shown, None where kept back; what is not known is absent."""
    bands = (*plan.whole.scope.bands.codes(), TOTAL)
    row: Json = {
        "id": whose,
        "persons": plan.shown[whose, TOTAL, TOTAL],
        "by_sex_age": {
            sex: {band: plan.shown[whose, sex, band] for band in bands}
            for sex in (*SEXES, TOTAL)
            if (whose, sex, TOTAL) in plan.shown and (whose, sex, bands[0]) in plan.shown
        },
    }
    if (whose, HOUSEHOLDS, TOTAL) in plan.shown:
        row["households"] = plan.shown[whose, HOUSEHOLDS, TOTAL]
    return row | (_said_of(part) if part else {})


def _said_of(part: Part) -> Json:
    """What a release says of a site beside its numbers."""
    return {
        "name": part.site.name,
        "code": part.site.code,
        "areas": list(part.site.areas),
        "takes": part.takes.value if part.takes else None,
    }


def numbers_of(row: Json) -> Iterator[int | None]:
    """Every number of a line of a release."""
    yield row["persons"]
    if "households" in row:
        yield row["households"]
    for bands in row["by_sex_age"].values():
        yield from bands.values()


def known_numbers(shown: Json) -> dict[Key, int]:
    """What whoever holds a release knows from it."""
    found: dict[Key, int | None] = {(one["id"], TOTAL, TOTAL): one["persons"] for one in shown["groups"]}
    for row in shown["rows"]:
        found[row["id"], TOTAL, TOTAL] = row["persons"]
        found[row["id"], HOUSEHOLDS, TOTAL] = row.get("households")
        for sex, bands in row["by_sex_age"].items():
            found |= {(row["id"], sex, band): number for band, number in bands.items()}
    return {key: number for key, number in found.items() if number is not None}


def door_total(scope: Scope, night: date, persons: int | None) -> int | None:
    """The total for the door of a site: kept back if it is small, or was kept back in a release of that night."""
    if persons is None or 1 <= persons < THRESHOLD:
        return None
    site = str(scope.id)
    for release in Release.objects.filter(night=night, unit__in=units_of(scope.response), door=False):
        if any(row["id"] == site and row["persons"] is None for row in release.shown["rows"]):
            return None
    return persons


def door_households(scope: Scope, night: date, households: int | None) -> int | None:
    """The number of families beside such a total, kept back by the same rule."""
    if households is None or 1 <= households < THRESHOLD:
        return None
    site = str(scope.id)
    for release in Release.objects.filter(night=night, unit__in=units_of(scope.response), door=False):
        if any(row["id"] == site and row.get("households", 0) is None for row in release.shown["rows"]):
            return None
    return households
