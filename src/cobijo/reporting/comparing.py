"""Ours beside what others published: each figure next to our number for the same thing, or with why there is none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from cobijo.algorithms.ages import ADULT_FROM, UNKNOWN, BandSet
from cobijo.reporting.models import PublishedFigure
from cobijo.reporting.types import (
    Census,
    GroupSum,
    NotCompared,
    Part,
    Published,
    Quantity,
    ScopeKind,
    SexAge,
)
from cobijo.sites.queries.scopes import sites_of_groups

Ours = Mapping[Quantity, int | None]
"""Our number of each quantity, None or absent where it is not known."""


def beside_published(found: Census, figures: Iterable[PublishedFigure]) -> Census:
    """The census with the figures published of it, of its sites, and of the groups of sites that lie within it."""
    by_scope: dict[UUID, list[PublishedFigure]] = defaultdict(list)
    for figure in figures:
        by_scope[figure.group_id or figure.site_id or figure.response_id].append(figure)
    scope = found.scope
    of_parts = {
        part.site.id: _compare(by_scope[part.site.id], _ours_at(part, scope.bands))
        for part in found.parts
        if part.site.id in by_scope
    }
    with_parts = replace(found, of_parts=of_parts)
    if scope.kind is ScopeKind.SITE:
        return replace(with_parts, published=of_parts.get(scope.id, ()))
    ours = _ours(found.persons, found.households, found.table, scope.bands)
    mine = _with_sums(_compare(by_scope.get(scope.id, ()), ours), found.parts, of_parts)
    groups = () if scope.kind is ScopeKind.GROUP else _groups(with_parts, by_scope)
    return replace(with_parts, published=mine, groups=groups)


def _groups(found: Census, by_scope: Mapping[UUID, Sequence[PublishedFigure]]) -> tuple[GroupSum, ...]:
    """The groups of sites wholly within the census; a site may be in several, so they add up to nothing."""
    parts = {part.site.id: part for part in found.parts}
    named: dict[UUID, tuple[str, bool]] = {}
    members: dict[UUID, list[UUID]] = defaultdict(list)
    for group, name, whole_list, site in sites_of_groups(found.scope.response):
        named[group] = (name, whole_list)
        members[group].append(site)
    return tuple(
        _group(found, GroupSum(group, *named[group], tuple(parts[site] for site in sites)), by_scope.get(group, ()))
        for group, sites in members.items()
        if all(site in parts for site in sites)
    )


def _group(found: Census, group: GroupSum, figures: Sequence[PublishedFigure]) -> GroupSum:
    """The group with what was published of it."""
    bands = found.scope.bands
    table = SexAge.sum(bands.codes(), [part.taken.table for part in group.known if part.taken])
    beside = _compare(figures, _ours(group.persons, None, table, bands))
    return replace(group, published=_with_sums(beside, group.parts, found.of_parts))


def _ours_at(part: Part, bands: BandSet) -> Ours:
    taken = part.taken
    return _ours(taken.persons, taken.households, taken.table, bands) if taken else {}


def _ours(persons: int | None, households: int | None, table: SexAge, bands: BandSet) -> Ours:
    known = {} if persons is None else _by_age_and_sex(table, bands)
    return {Quantity.PERSONS: persons, Quantity.HOUSEHOLDS: households, **known}


def _compare(figures: Iterable[PublishedFigure], ours: Ours) -> tuple[Published, ...]:
    """Each figure with our number for the same thing, persons first; where they contradict, none is chosen."""
    rows = [_beside(figure, ours) for figure in figures]
    return tuple(sorted(rows, key=lambda row: (row.month_only, list(Quantity).index(row.quantity))))


def _with_sums(
    figures: Iterable[Published], parts: Sequence[Part], of_parts: Mapping[UUID, Sequence[Published]]
) -> tuple[Published, ...]:
    """Figures of several sites, each with what its source publishes of these one by one, and how many we know."""
    known, unknown = sum(bool(part.takes) for part in parts), sum(part.is_unknown for part in parts)
    return tuple(
        replace(one, adds_up_to=_added_up(one, parts, of_parts), known_sites=known, open_sites=known + unknown)
        for one in figures
    )


def _added_up(whole: Published, parts: Sequence[Part], of_parts: Mapping[UUID, Sequence[Published]]) -> int | None:
    """None where the source leaves a site out, or says two things of it."""
    told = [[one.value for one in of_parts.get(part.site.id, ()) if _same_told(one, whole)] for part in parts]
    return sum(values[0] for values in told) if told and all(len(values) == 1 for values in told) else None


def _same_told(one: Published, other: Published) -> bool:
    """Whether a source speaks of the same quantity on the same day."""
    return (one.source, one.quantity, one.day, one.month_only) == (
        other.source, other.quantity, other.day, other.month_only,
    )  # fmt: skip


def _by_age_and_sex(table: SexAge, bands: BandSet) -> dict[Quantity, int]:
    """Our numbers of children, adults, women and men, where nobody's age or sex is unknown and the bands part at 18."""
    found: dict[Quantity, int] = {}
    if not table.of_band(UNKNOWN) and any(band.low == ADULT_FROM for band in bands.bands):
        minors = sum(table.of_band(band.code) for band in bands.bands if band.low < ADULT_FROM)
        found |= {Quantity.MINORS: minors, Quantity.ADULTS: table.total - minors}
    if not table.of_sex("unknown"):
        found |= {Quantity.WOMEN: table.of_sex("female"), Quantity.MEN: table.of_sex("male")}
    return found


def _beside(figure: PublishedFigure, ours: Ours) -> Published:
    quantity = Quantity(figure.quantity) if figure.quantity in Quantity.values else Quantity.OTHER
    apart = NotCompared(figure.apart) if figure.apart else None
    return Published(
        id=figure.pk,
        about=figure.about,
        quantity=quantity,
        value=figure.value,
        unit=figure.unit,
        day=figure.day,
        month_only=figure.month_only,
        source=figure.source,
        address=figure.address,
        note=figure.note,
        inferred=figure.inferred,
        replayed=figure.replayed,
        apart=apart,
        ours=None if apart or figure.month_only else ours.get(quantity),
    )
