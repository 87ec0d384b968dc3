"""Whatever the numbers: nobody works a small one out, from any releases of a night together and all that adds up."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import reduce
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from cobijo.accounts.models import Account
from cobijo.algorithms.ages import UNKNOWN, Band, BandSet
from cobijo.algorithms.suppression import THRESHOLD, TOTAL, suppress
from cobijo.reporting import suppressing
from cobijo.reporting.models import Release
from cobijo.reporting.suppressing import HOUSEHOLDS, Key
from cobijo.reporting.tests.world import NIGHT, clock_at, family
from cobijo.reporting.types import (
    SEXES,
    Census,
    GroupSum,
    Part,
    Published,
    Quantity,
    Registered,
    Scope,
    ScopeKind,
    SexAge,
    SiteRow,
)
from tests.cast import Cast

BANDS = BandSet("two", (Band("0-17", 0, 17), Band("18+", 18, None)))
CODES = BANDS.codes()
RESPONSE, AREA, GROUP = UUID(int=1), UUID(int=2), UUID(int=3)
ENOUGH = 10_000

Known = dict[Key, int]
Bounds = dict[Key, tuple[int, int]]


# --- nights of a small response --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class World:
    """A response of a few sites on a night, with an area and a group of some of them."""

    whole: Census
    area: frozenset[UUID]

    @property
    def scopes(self) -> list[Scope]:
        """Everything a release can be of: what nothing is known of is not released."""
        known = [part.site.id for part in self.whole.known]
        sites = [replace(self.whole.scope, kind=ScopeKind.SITE, id=site) for site in known]
        area = replace(self.whole.scope, kind=ScopeKind.AREA, id=AREA)
        return [*sites, *([area] if self.area.intersection(known) else []), *([self.whole.scope] if known else [])]

    def release(self, scope: Scope, known: Known) -> Known:
        """What a release of the scope tells whoever knows so much already."""
        plan = suppressing.plan_for(self.whole, {AREA: self.area}, known)
        return suppressing.known_numbers(suppressing.part_for(scope, plan))


counts = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 15])
few = st.sampled_from([0, 0, 0, 0, 1])


def part(number: int, cells: Mapping[tuple[str, str], int] | None, households: int) -> Part:
    site = SiteRow(UUID(int=100 + number), f"S{number:03}", f"Albergue {number}", "America/Guatemala")
    return Part(site, Registered(SexAge.of(CODES, cells), households, 0) if cells is not None else None)


@st.composite
def parts(draw: st.DrawFn, number: int) -> Part:
    if draw(st.integers(0, 9)) == 0:
        return part(number, None, 0)
    cells = {
        (sex, band): draw(counts if sex in ("female", "male") and band != UNKNOWN else few)
        for sex, band in product(SEXES, CODES)
    }
    return part(number, cells, draw(st.integers(0, 12)))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    several = [draw(parts(number)) for number in range(draw(st.integers(1, 4)))]
    some = st.sets(st.sampled_from(range(len(several))), min_size=1).map(
        lambda at: tuple(several[n] for n in sorted(at))
    )
    scope = Scope(ScopeKind.RESPONSE, RESPONSE, "Todo", RESPONSE, RESPONSE, "Todo", "America/Guatemala", NIGHT, BANDS)
    moment = datetime(2018, 10, 30, 6, tzinfo=UTC)
    whole = Census(
        scope, NIGHT, moment, False, moment, tuple(several), None,
        groups=(GroupSum(GROUP, "Unos", True, draw(some)),),
    )  # fmt: skip
    return World(whole, frozenset(one.site.id for one in draw(some)))


# --- the attacker ----------------------------------------------------------------------------------------------------


def over(sites: Iterable[Part]) -> list[str]:
    return [str(one.site.id) for one in sites if one.takes]


def what_adds_up(world: World) -> Iterator[tuple[Key, list[Key]]]:
    """Every total with its parts, as anybody knows them who can read."""
    sites, area = over(world.whole.parts), over(one for one in world.whole.parts if one.site.id in world.area)
    for whose in (*sites, str(AREA), str(RESPONSE)):
        for band in (*CODES, TOTAL):
            yield (whose, TOTAL, band), [(whose, sex, band) for sex in SEXES]
        for sex in (*SEXES, TOTAL):
            yield (whose, sex, TOTAL), [(whose, sex, band) for band in CODES]
    for whose, of in ((str(RESPONSE), sites), (str(AREA), area)):
        for sex, band in (*product((*SEXES, TOTAL), (*CODES, TOTAL)), (HOUSEHOLDS, TOTAL)):
            yield (whose, sex, band), [(site, sex, band) for site in of]
    yield (str(GROUP), TOTAL, TOTAL), [(site, TOTAL, TOTAL) for site in over(world.whole.groups[0].parts)]


def truth(world: World) -> Known:
    """Every number as it is."""
    found: Known = {}
    for one in world.whole.known:
        assert one.registered is not None
        site = str(one.site.id)
        found |= {(site, *at): one.registered.table.at(*at) for at in product(SEXES, CODES)}
        found[site, HOUSEHOLDS, TOTAL] = one.registered.households
    waiting = list(what_adds_up(world))
    while waiting:
        total, of = waiting.pop(0)
        if all(key in found for key in of):
            found[total] = sum(found[key] for key in of)
        else:
            waiting.append((total, of))
    return found


def deduced(world: World, known: Known) -> Bounds:
    """The least and most each number can be."""
    rules = list(what_adds_up(world))
    cells = {key for total, of in rules for key in (total, *of)}
    bounds = {key: (known.get(key, 0), known.get(key, ENOUGH)) for key in cells}
    before: Bounds = {}
    while before != bounds:
        before = dict(bounds)
        reduce(drawn_in, rules, bounds)
    return bounds


def drawn_in(bounds: Bounds, rule: tuple[Key, Sequence[Key]]) -> Bounds:
    """The bounds of a total by its parts, and of each part by the total and the others."""
    total, of = rule
    low, high = sum(bounds[key][0] for key in of), sum(bounds[key][1] for key in of)
    least, most = bounds[total]
    least, most = bounds[total] = (max(least, low), min(most, high))
    for key in of:
        had_low, had_high = bounds[key]
        bounds[key] = (max(had_low, least - (high - had_high)), min(had_high, most - (low - had_low)))
        low, high = low - had_low + bounds[key][0], high - had_high + bounds[key][1]
    return bounds


def assert_safe(world: World, known: Known) -> None:
    """No small number is shown, can be worked out, or shows as one of few."""
    true, bounds = truth(world), deduced(world, known)
    assert all(true[key] == number for key, number in known.items())
    for key, number in true.items():
        if 1 <= number < THRESHOLD:
            assert key not in known
            assert bounds[key][0] < bounds[key][1]
            assert bounds[key][1] >= THRESHOLD


# --- whatever the numbers --------------------------------------------------------------------------------------------


@settings(max_examples=30, deadline=None)
@given(worlds(), st.randoms(use_true_random=False))
def test_all_releases_of_a_night_together_give_no_small_number_away(world: World, random: Any) -> None:
    known: Known = {}
    scopes = world.scopes
    random.shuffle(scopes)
    for scope in scopes:
        known |= world.release(scope, known)
        assert_safe(world, known)


@settings(max_examples=25, deadline=None)
@given(worlds())
def test_with_a_total_that_somebody_published_they_give_none_away_either(world: World) -> None:
    persons = world.whole.persons or 0
    if persons < THRESHOLD:
        return
    figure = Published(
        UUID(int=9), "Todo", Quantity.PERSONS, persons, "persons", NIGHT, False, "CONRED", "", "", False, ours=persons
    )
    known = replace(world, whole=replace(world.whole, published=(figure,))).release(world.whole.scope, {})
    assert known[str(RESPONSE), TOTAL, TOTAL] == persons
    assert_safe(world, known)


@settings(max_examples=25, deadline=None)
@given(worlds(), st.sampled_from(["female", "male"]), st.sampled_from(CODES), st.integers(1, 4))
def test_a_late_entry_is_not_the_difference_of_two_releases(world: World, sex: str, band: str, more: int) -> None:
    first = world.release(world.whole.scope, {})
    came = [with_more(one, (sex, band), more) if at == 0 else one for at, one in enumerate(world.whole.parts)]
    later = replace(world, whole=replace(world.whole, parts=tuple(came), groups=()))
    second = later.release(world.whole.scope, first)
    assert all(abs(first[key] - second[key]) not in range(1, THRESHOLD) for key in first.keys() & second.keys())


def with_more(one: Part, at: tuple[str, str], more: int) -> Part:
    if one.registered is None:
        return one
    table = SexAge.sum(CODES, [one.registered.table, SexAge.of(CODES, {at: more})])
    return replace(one, registered=replace(one.registered, table=table))


# --- while others write ----------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_search_is_over_before_the_release_holds_the_database(
    cast: Cast, signed_in: Callable[[Account], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock_at("2018-10-30 07:00")
    family(cast.a, *[("female", date(1990, 1, 1))] * 9)
    holding: list[bool] = []

    def watched(*given: Any, **named: Any) -> Any:
        holding.append(connection.in_atomic_block)
        return suppress(*given, **named)

    monkeypatch.setattr(suppressing, "suppress", watched)
    signed_in(cast.diego).post(reverse("reporting:release", args=[cast.response.pk]), {"night": NIGHT.isoformat()})

    assert Release.objects.get().shown["rows"][0]["persons"] == 9
    assert holding == [False]
