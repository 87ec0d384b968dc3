"""The census of a site, a group of sites, an area or a response, for any night: the sum of its known parts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from cobijo.algorithms.ages import ADULT_FROM, UNKNOWN, BandSet
from cobijo.core import clock
from cobijo.reporting import closing, sources
from cobijo.reporting.models import PublishedFigure
from cobijo.reporting.types import (
    Census,
    GroupSum,
    Kind,
    Part,
    Published,
    Quantity,
    Scope,
    ScopeKind,
    SexAge,
    SiteRow,
)
from cobijo.sites.queries import nights
from cobijo.sites.queries.nights import Night
from cobijo.sites.queries.scopes import sites_of_groups


def census(scope: Scope, night: date) -> Census:
    """Who slept in the scope on the night that a site-local midnight ended.

    A closed night of a site keeps its figures. Before midnight it is a forecast: those in now, and who is expected said
    apart. Takes the same number of queries whatever the number of sites.
    """
    rows = sources.site_rows(scope)
    when = Night.of(night, {scope.zone, *(row.zone for row in rows)})
    parts = _parts(scope, when, rows)
    forecast = any(clock.is_forecast(night, ZoneInfo(zone)) for zone in when.ends)
    figures = sources.published(scope, night)
    found = Census(
        scope=scope,
        night=night,
        ends_at=when.ends[scope.zone],
        forecast=forecast,
        computed_at=clock.now(),
        parts=parts,
        households=_households(scope, when, parts),
        expected=nights.expected(sources.sites_of(scope), when) if forecast else 0,
    )
    return _beside_published(found, figures)


def _parts(scope: Scope, when: Night, rows: Sequence[SiteRow]) -> tuple[Part, ...]:
    """Each site with what is registered and reported of it, or with the figures it was closed with."""
    registered, reported = sources.registered(scope, when), sources.reported(scope, when.day)
    sites = sources.sites_of(scope)
    places, shut = nights.places(sites), nights.not_open(sites, when)
    kept = sources.closed(scope, when.day)
    parts = []
    for row in rows:
        total, assumed = places.get(row.id, (None, False))
        site = replace(row, places=total, places_assumed=assumed, closed=row.id in shut)
        part = Part(site, registered.get(row.id), reported.get(row.id))
        parts.append(closing.restore(kept[row.id], part) if row.id in kept else part)
    return tuple(parts)


def _households(scope: Scope, when: Night, parts: Sequence[Part]) -> int | None:
    """Households of the parts; one whose people are at two sites counts once, as far as records tell."""
    taken = [part.taken.households for part in parts if part.taken]
    known = [households for households in taken if households is not None]
    if not known:
        return None
    if scope.kind is ScopeKind.SITE:
        return sum(known)
    live = [(part.now or part).registered for part in parts]
    twice = sum(one.households for one in live if one) - sources.households(scope, when)
    return sum(known) - twice


# --- beside what others published ------------------------------------------------------------------------------------


def _beside_published(found: Census, figures: Iterable[PublishedFigure]) -> Census:
    """The census with the figures published of it, of its sites, and of the groups of sites that lie within it."""
    by_scope: dict[UUID, list[PublishedFigure]] = defaultdict(list)
    for figure in figures:
        by_scope[figure.group_id or figure.site_id or figure.response_id].append(figure)
    mine = _compare(by_scope[found.scope.id], found.persons, found.households, found.table, found.scope.bands)
    of_parts = {
        part.site.id: _of_part(by_scope[part.site.id], part, found.scope.bands)
        for part in found.parts
        if by_scope.get(part.site.id)
    }
    groups = () if found.scope.kind in (ScopeKind.SITE, ScopeKind.GROUP) else _groups(found, by_scope)
    return replace(found, published=mine, of_parts=of_parts, groups=groups)


def _of_part(figures: Sequence[PublishedFigure], part: Part, bands: BandSet) -> tuple[Published, ...]:
    table = part.taken.table if part.taken else SexAge(bands.codes())
    return _compare(figures, part.persons, part.taken.households if part.taken else None, table, bands)


def _groups(found: Census, by_scope: Mapping[UUID, Sequence[PublishedFigure]]) -> tuple[GroupSum, ...]:
    """The groups of sites wholly within the census; a site may be in several, so they add up to nothing."""
    parts = {part.site.id: part for part in found.parts}
    named: dict[UUID, tuple[str, bool]] = {}
    members: dict[UUID, list[UUID]] = defaultdict(list)
    for group, name, complete, site in sites_of_groups(found.scope.response):
        named[group] = (name, complete)
        members[group].append(site)
    return tuple(
        _group(group, *named[group], [parts[site] for site in sites], by_scope.get(group, ()), found.scope.bands)
        for group, sites in members.items()
        if all(site in parts for site in sites)
    )


def _group(
    group: UUID,
    name: str,
    complete: bool,
    parts: Sequence[Part],
    figures: Sequence[PublishedFigure],
    bands: BandSet,
) -> GroupSum:
    taken = [part.taken for part in parts if part.taken]
    persons = sum(one.persons for one in taken) if taken else None
    table = SexAge.sum(bands.codes(), [one.table for one in taken])
    published = _compare(figures, persons, None, table, bands)
    return GroupSum(group, name, complete, tuple(part.site.id for part in parts), len(taken), persons, published)


def _compare(
    figures: Iterable[PublishedFigure], persons: int | None, households: int | None, table: SexAge, bands: BandSet
) -> tuple[Published, ...]:
    """Each figure with our number for the same thing, persons first; where they contradict, none is chosen."""
    ours = {Quantity.PERSONS: persons, Quantity.HOUSEHOLDS: households}
    if persons is not None:
        ours |= _by_age_and_sex(table, bands)
    rows = [_beside(figure, ours) for figure in figures]
    return tuple(sorted(rows, key=lambda row: (row.month_only, list(Quantity).index(row.quantity))))


def _by_age_and_sex(table: SexAge, bands: BandSet) -> dict[Quantity, int | None]:
    """Our numbers of children, adults, women and men, where nobody's age or sex is unknown and the bands part at 18."""
    found: dict[Quantity, int | None] = {}
    if not table.of_band(UNKNOWN) and any(band.low == ADULT_FROM for band in bands.bands):
        minors = sum(table.of_band(band.code) for band in bands.bands if band.low < ADULT_FROM)
        found |= {Quantity.MINORS: minors, Quantity.ADULTS: table.total - minors}
    if not table.of_sex("unknown"):
        found |= {Quantity.WOMEN: table.of_sex("female"), Quantity.MEN: table.of_sex("male")}
    return found


def _beside(figure: PublishedFigure, ours: Mapping[Quantity, int | None]) -> Published:
    quantity = Quantity(figure.quantity) if figure.quantity in Quantity.values else Quantity.OTHER
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
        ours=None if figure.month_only else ours.get(quantity),
    )


# --- what a total is made of -----------------------------------------------------------------------------------------


def made_of(found: Census, kind: Kind) -> tuple[int, int]:
    """Sites and persons whose number in the total is of that kind."""
    parts = found.taking(kind)
    return len(parts), sum(part.persons or 0 for part in parts)


def beyond_registered(found: Census) -> tuple[int, int]:
    """Sites where a head-count says more people than are registered, and how many more altogether."""
    more = [part.beyond for part in found.known if part.beyond is not None and part.beyond > 0]
    return len(more), sum(more)
