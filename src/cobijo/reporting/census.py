"""The census of a site, a group of sites, an area or a response, for any night: the sum of its known parts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from cobijo.core import clock
from cobijo.reporting import closing, comparing, sources
from cobijo.reporting.types import Census, Kind, Part, Scope, ScopeKind, SiteRow
from cobijo.sites.queries import nights
from cobijo.sites.queries.nights import Night


def census(scope: Scope, night: date) -> Census:
    """Who slept in the scope on the night that a site-local midnight ended.

    A closed night of a site keeps its figures. Before midnight it is a forecast: those in now, and who is expected said
    apart. Takes the same number of queries whatever the number of sites.
    """
    rows = sources.site_rows(scope)
    when = Night.of(night, {scope.zone, *(row.zone for row in rows)})
    parts = _parts(scope, when, rows)
    forecast = any(clock.is_forecast(night, ZoneInfo(zone)) for zone in when.ends)
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
    return comparing.beside_published(found, sources.published(scope, night))


def _parts(scope: Scope, when: Night, rows: Sequence[SiteRow]) -> tuple[Part, ...]:
    """Each site with what is registered and reported of it, or with the figures it was closed with."""
    registered, reported = sources.registered(scope, when), sources.reported(scope, when.day)
    counted, rolls = sources.counted(scope, when.day), sources.roll_calls(scope, when.day)
    sites = sources.sites_of(scope)
    places, shut = nights.places(sites), nights.not_open(sites, when)
    kept = sources.closed(scope, when.day)
    parts = []
    for row in rows:
        total, assumed = places.get(row.id, (None, False))
        site = replace(row, places=total, places_assumed=assumed, closed=row.id in shut)
        part = Part(site, registered.get(row.id), reported.get(row.id), counted=counted.get(row.id))
        part = replace(part, roll_call=rolls.get(row.id))
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


# --- what a total is made of -----------------------------------------------------------------------------------------


def made_of(found: Census, kind: Kind) -> tuple[int, int]:
    """Sites and persons whose number in the total is of that kind."""
    parts = found.taking(kind)
    return len(parts), sum(part.persons_of(kind) for part in parts)


def beyond_registered(found: Census) -> tuple[int, int]:
    """Sites where a head-count says more people than are registered, and how many more altogether."""
    more = [part.beyond for part in found.known if part.beyond is not None and part.beyond > 0]
    return len(more), sum(more)
