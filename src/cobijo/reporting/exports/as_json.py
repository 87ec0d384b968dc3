"""A census as plain JSON: the same from the command line, the page and the API."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from cobijo.core import nodes
from cobijo.reporting.census import beyond_registered, made_of
from cobijo.reporting.exports.sheets import outside
from cobijo.reporting.models import Release
from cobijo.reporting.types import (
    CalledRoll,
    Census,
    GroupSum,
    Json,
    Kind,
    Part,
    Published,
    Quantity,
    Reported,
    ScopeKind,
    hours_before,
)


def census_json(found: Census) -> Json:
    """The figures of a census with where they come from. Keys that always stand: site, date, persons, households,
    by_sex_age, published; ``persons`` is null where nothing is known."""
    scope = found.scope
    whole: Json = {
        "site": scope.name if scope.kind is ScopeKind.SITE else None,
        "scope": {"kind": scope.kind.value, "id": str(scope.id), "name": scope.name},
        "response": scope.response_name,
        "response_began": scope.began.isoformat(),
        "date": found.night.isoformat(),
        "night_ends": _moment(found.ends_at, scope.zone),
        "forecast": found.forecast,
        "persons": found.persons,
        "households": found.households,
        "by_sex_age": found.table.as_json(),
        "published": _published(found.on_the_day, Quantity.PERSONS),
        "published_other": _published_other(found.on_the_day),
        "published_for_the_month": [_one_published(one) for one in found.in_the_month],
        "made_of": _made_of(found),
        "away": found.away,
        "unnamed": found.unnamed,
        "expected": found.expected,
        "fictitious": nodes.is_fictitious(),
    }
    return whole | (_of_site(found) if scope.kind is ScopeKind.SITE else _of_several(found))


def _moment(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).isoformat()


# --- where the numbers come from -------------------------------------------------------------------------------------


def _made_of(found: Census) -> Json:
    """How much of the total is of which kind; the kinds are never mixed within one of these numbers."""
    more_sites, more_persons = beyond_registered(found)
    return {
        Kind.REGISTERED.value: _of_kind(found, Kind.REGISTERED),
        Kind.COUNTED.value: _of_kind(found, Kind.COUNTED) if found.taking(Kind.COUNTED) else None,
        Kind.REPORTED.value: _of_kind(found, Kind.REPORTED),
        "reported_beyond_registered": {"sites": more_sites, "persons": more_persons},
        "unknown_sites": [part.site.name for part in found.unknown],
    }


def _of_kind(found: Census, kind: Kind) -> Json:
    sites, persons = made_of(found, kind)
    return {"sites": sites, "persons": persons, "by_sex_age": found.table_of(kind).as_json()}


def _of_site(found: Census) -> Json:
    part = found.parts[0]
    return _part(found, part) | {
        "site": part.site.name,
        "seal": {"epoch": part.mark.epoch, "number": part.mark.number} if part.mark else None,
        "closed_at": _moment(part.closed_at, found.scope.zone) if part.closed_at else None,
        "records_today": part.now.persons if part.now else part.persons,
    }


def _part(found: Census, part: Part) -> Json:
    """One site: each kind of figure it has, and which of them the total takes."""
    return {
        "code": part.site.code,
        "takes": part.takes.value if part.takes else None,
        "registered": part.registered.persons if part.registered else None,
        "counted": part.counted.persons if part.counted else None,
        "roll_call": _roll_call(found, part.roll_call) if part.roll_call else None,
        "reported": _reported(found, part.reported) if part.reported else None,
        "places": part.site.places,
        "places_assumed": part.site.places_assumed,
    }


def _roll_call(found: Census, one: CalledRoll) -> Json:
    return {
        "persons": one.persons,
        "registered": one.registered,
        "not_looked_at": one.unmarked,
        "ended_at": _moment(one.ended_at, found.scope.zone),
    }


def _reported(found: Census, one: Reported) -> Json:
    return {
        "persons": one.persons,
        "households": one.households,
        "by_sex_age": one.table.as_json(),
        "method": one.method,
        "informant": one.informant_post,
        "observed_at": _moment(one.observed_at, found.scope.zone),
        "hours_before_midnight": hours_before(found, one),
        "contradicts_itself": one.contradicts,
        "split_by_ratio": one.split,
        "carried_days": one.carried_days,
        "served_elsewhere": one.served_elsewhere,
    }


# --- several sites ---------------------------------------------------------------------------------------------------


def _of_several(found: Census) -> Json:
    return {
        "complete": found.complete,
        "others_may_belong": not found.scope.whole_list,
        "sites": [_row(found, part) for part in found.parts],
        "groups": [_group(group) for group in found.groups],
        "closed_sites": len(found.closed),
    }


def _row(found: Census, part: Part) -> Json:
    published = [one for one in found.of_parts.get(part.site.id, ()) if not one.month_only]
    return {
        "site": part.site.name,
        "persons": part.persons,
        "households": part.taken.households if part.taken else None,
        "away": part.registered.away if part.registered else None,
        "unnamed": part.registered.unnamed if part.registered else None,
        "published": _published(published, Quantity.PERSONS),
        "closed": bool(part.mark),
        "open": not part.site.closed,
    } | _part(found, part)


def _group(group: GroupSum) -> Json:
    return {
        "group": group.name,
        "complete": group.complete,
        "others_may_belong": not group.whole_list,
        "persons": group.persons,
        "sites": len(group.parts),
        "known_sites": len(group.known),
        "published": _published([one for one in group.published if not one.month_only], Quantity.PERSONS),
    }


# --- published -------------------------------------------------------------------------------------------------------


def _published(figures: Iterable[Published], quantity: Quantity) -> list[Json]:
    return [_one_published(one) for one in figures if one.quantity is quantity]


def _published_other(figures: Iterable[Published]) -> list[Json]:
    return [_one_published(one) for one in figures if one.quantity is not Quantity.PERSONS]


def _one_published(one: Published) -> Json:
    """``difference`` is ours less theirs; null where nothing compares, and then ``not_compared`` is why."""
    return {
        "value": one.value,
        "source": one.source,
        "difference": one.difference,
        "not_compared": one.not_compared.value if one.not_compared else None,
        "adds_up_to": one.adds_up_to,
        "address": one.address,
        "about": one.about,
        "quantity": one.quantity.value,
        "unit": one.unit,
        "date": one.day.isoformat()[: 7 if one.month_only else 10],
        "note": one.note,
        "inferred": one.inferred,
        "replayed": one.replayed,
    }


def release_json(release: Release) -> Json:
    """A release as it was kept; null is a number kept back, and what is not known is absent."""
    return {
        "use": outside(),
        "date": release.night.isoformat(),
        "released_at": release.released_at.isoformat(),
        "fictitious": nodes.is_fictitious(),
        **release.shown,
    }
