"""Placing households: what never happens, that nothing better exists, and why somebody is left."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from cobijo.algorithms.allocation import (
    Changes,
    Flag,
    Helps,
    Household,
    Move,
    Plan,
    Problem,
    Site,
    Strained,
    Use,
    Weights,
    Why,
    exact,
    resolve,
    solve,
    what_rules_cost,
)
from cobijo.algorithms.tests.allocating import Places, cost_of, is_allowed, least_cost, problems, stays


def family(name: str, size: int = 4, **other: object) -> Household:
    """One man, one woman, children."""
    return Household(id=name, size=size, **{"women": 1, "men": 1, "children": size - 2, **other})  # type: ignore[arg-type]


def places_of(problem: Problem, plan: Plan) -> Places:
    return {one.id: plan.placements.get(one.id) for one in problem.households}


@settings(max_examples=60, deadline=None)
@given(problems())
def test_of_all_plans_there_are_none_is_better(problem: Problem) -> None:
    plan = solve(problem)
    places = places_of(problem, plan)
    assert is_allowed(problem, places)
    assert plan.cost == pytest.approx(cost_of(problem, plan, places), rel=1e-9, abs=1e-6)
    assert plan.cost == pytest.approx(least_cost(problem, plan), rel=1e-7, abs=1e-6)
    assert plan.bound <= plan.cost
    assert plan.gap <= 1e-7


@settings(max_examples=40, deadline=None)
@given(problems(households=14, sites=5))
def test_the_search_keeps_every_rule(problem: Problem) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exact, "PAIRS", 0)  # what is small enough to be solved outright is searched too
        plan, again = solve(problem, seed=3), solve(problem, seed=3)
    places = places_of(problem, plan)
    assert is_allowed(problem, places)
    assert plan.bound <= plan.cost
    assert plan.cost == pytest.approx(cost_of(problem, plan, places), rel=1e-9, abs=1e-6)
    assert plan == again
    assert {one.id for one in problem.households} == plan.placements.keys() | {left.household for left in plan.unplaced}
    assert all(places[one.id] == one.now for one in problem.households if stays(problem, one))


@settings(max_examples=40, deadline=None)
@given(problems())
def test_who_is_left_has_no_room_anywhere(problem: Problem) -> None:
    plan = solve(problem)
    places = places_of(problem, plan)
    for left in plan.unplaced:
        assert not any(is_allowed(problem, places | {left.household: site.id}) for site in problem.sites)
        assert left.why is not Why.NO_SITE_OF_USE or left.number == 0


@settings(max_examples=30, deadline=None)
@given(problems(households=14, sites=5))
def test_the_bound_stands_below_the_best_the_search_finds(problem: Problem) -> None:
    outright = solve(problem)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exact, "PAIRS", 0)
        searched = solve(problem)
    assert searched.bound <= outright.cost * (1 + 1e-9) + 1e-6
    assert outright.cost <= searched.cost * (1 + 1e-9) + 1e-6


def test_a_family_too_large_for_any_room_is_told_the_largest_and_how_to_part() -> None:
    problem = Problem((family("ramos", 9),), (Site("a", 5), Site("b", 6)))
    [left] = solve(problem).unplaced
    assert (left.why, left.number) == (Why.LARGER_THAN_ANY_ROOM, 6)
    assert [(one.what, one.numbers) for one in left.helps] == [
        (Helps.SPLIT, (5, 4)),
        (Helps.OVERRIDE_CAPACITY, (3,)),
        (Helps.MORE_PLACES, (3,)),
    ]


def test_where_no_accessible_place_is_it_says_how_many_are_short() -> None:
    problem = Problem((family("sol", 4, needs_accessible=2),), (Site("a", 10, accessible_places=1), Site("b", 10)))
    [left] = solve(problem).unplaced
    assert (left.why, left.number) == (Why.NO_ACCESSIBLE_PLACE, 1)
    assert {one.what for one in left.helps} == {Helps.OVERRIDE_ACCESSIBLE, Helps.MORE_ACCESSIBLE_PLACES}


def test_when_places_end_it_says_how_many_are_short() -> None:
    problem = Problem(tuple(family(f"f{number}") for number in range(4)), (Site("a", 8), Site("b", 4)))
    plan = solve(problem)
    assert len(plan.placements) == 3
    [left] = plan.unplaced
    assert (left.why, left.number) == (Why.NO_PLACES_LEFT, 4)


def test_children_alone_are_never_put_nor_offered_among_adults() -> None:
    child = Household("child", 1, women=0, men=0, children=1)
    plan = solve(Problem((child, family("f")), (Site("a", 20), Site("w", 20, use=Use.WOMEN_CHILDREN))))
    [left] = plan.unplaced
    assert (left.household, left.why) == ("child", Why.NO_SITE_OF_USE)
    assert [(one.what, one.use) for one in left.helps] == [(Helps.SITE_OF_USE, Use.UNACCOMPANIED_MINORS)]
    house = Site("house", 3, use=Use.UNACCOMPANIED_MINORS)
    assert solve(Problem((child, family("f")), (Site("a", 20), house))).placements == {"child": "house", "f": "a"}


def test_a_household_nobody_counted_by_sex_goes_to_no_site_for_women() -> None:
    unknown = Household("u", 3)
    plan = solve(Problem((unknown,), (Site("w", 9, use=Use.WOMEN_CHILDREN),)))
    assert [left.why for left in plan.unplaced] == [Why.NO_SITE_OF_USE]
    assert Helps.OVERRIDE_USE in {one.what for one in plan.unplaced[0].helps}


def test_the_sick_go_first_where_there_is_no_room_for_all() -> None:
    some = tuple(family(f"f{number}") for number in range(3))
    sick = family("sick", flags=frozenset({Flag.MEDICAL}))
    plan = solve(Problem((*some, sick), (Site("a", 4),)))
    assert set(plan.placements) == {"sick"}


def test_who_has_a_place_is_not_put_out_for_the_sick() -> None:
    placed = family("placed", now="a")
    sick = family("sick", flags=frozenset({Flag.MEDICAL}))
    plan = solve(Problem((placed, sick), (Site("a", 4),), may_move=True))
    assert plan.placements == {"placed": "a"}


def test_neighbours_and_kin_stay_together() -> None:
    north = [family(f"n{number}", origin="north", x=0.0, y=float(number)) for number in range(3)]
    south = [family(f"s{number}", origin="south", x=1.0, y=float(number)) for number in range(3)]
    sites = (Site("a", 12, x=0.0, y=1.0), Site("b", 12, x=1.0, y=1.0))
    plan = solve(Problem((*north, *south), sites))
    assert {plan.placements[one.id] for one in north} == {"a"}
    assert plan.homes == {"north": ("a",), "south": ("b",)}
    aunt = family("aunt", x=0.9, y=1.0, kin=("n0",))
    wide = tuple(replace(site, capacity=40) for site in sites)
    together = solve(Problem((*north, *south, aunt), wide, weights=Weights(kin=20.0))).placements
    assert together["aunt"] == together["n0"]


def test_locked_people_stay_and_what_that_strains_is_said() -> None:
    locked = family("locked", 6, now="w", locked=True)
    plan = solve(Problem((locked, family("new")), (Site("w", 4, use=Use.WOMEN_CHILDREN), Site("a", 9)), may_move=True))
    assert plan.placements == {"locked": "w", "new": "a"}
    assert {(strain.rule, strain.site, strain.number) for strain in plan.strained} == {
        (Strained.USE, "w", 6),
        (Strained.CAPACITY, "w", 2),
    }


def test_those_placed_move_only_where_they_may_and_it_is_worth_it() -> None:
    far = family("far", now="b", x=0.0, y=0.0)
    sites = (Site("a", 4, x=0.0, y=0.0), Site("b", 4, x=9.0, y=0.0))
    assert solve(Problem((far,), sites)).moves == ()
    assert solve(Problem((far,), sites, may_move=True)).moves == (Move("far", "b", "a"),)
    assert solve(Problem((far,), sites, may_move=True, weights=Weights(move=10.0))).moves == ()


def test_a_site_closed_overnight_asks_only_its_own_people_to_move() -> None:
    some = tuple(family(f"f{number}", x=float(number), y=0.0) for number in range(6))
    sites = tuple(Site(f"s{number}", 16, x=2.0 * number, y=0.0) for number in range(3))
    problem = Problem(some, sites)
    plan = solve(problem)
    there = {name for name, site in plan.placements.items() if site == "s0"}
    mended, after = resolve(problem, plan, Changes(closed=frozenset({"s0"})))
    assert {move.household for move in after.moves} == there
    assert not after.unplaced
    assert is_allowed(mended, places_of(mended, after))


def test_a_stale_plan_is_mended_round_those_who_came_and_went() -> None:
    problem = Problem(tuple(family(f"f{number}") for number in range(4)), (Site("a", 8), Site("b", 8)))
    plan = solve(problem)
    changes = Changes(gone=frozenset({"f0"}), changed=(family("new"),), locked={"f1": plan.placements["f1"]})
    _, after = resolve(problem, plan, changes)
    assert not after.moves
    assert after.placements["new"] == plan.placements["f0"]
    with pytest.raises(ValueError, match="nobody"):
        resolve(problem, plan, Changes(gone=frozenset({"nobody"})))


def test_what_a_rule_costs_is_what_could_be_saved_without_it() -> None:
    near = family("near", x=0.0, y=0.0)
    sites = (Site("w", 9, use=Use.MEN, x=0.0, y=0.0), Site("far", 9, x=3.0, y=4.0))
    problem = Problem((near,), sites)
    plan = solve(problem)
    assert plan.cost == pytest.approx(20.0)
    assert what_rules_cost(problem, plan)["use"] == pytest.approx(20.0)


@pytest.mark.parametrize("sites", [(), (Site("a", 0),), (Site("a", 0), Site("b", 0, x=1.0, y=1.0))])
def test_without_any_room_everybody_is_left_with_a_reason(sites: tuple[Site, ...]) -> None:
    plan = solve(Problem((family("f"), family("g", x=1.0, y=2.0)), sites))
    assert [left.why for left in plan.unplaced] == [Why.NO_SITE_OF_USE] * 2
    assert plan.bound == pytest.approx(plan.cost)


def test_nobody_to_place_is_a_plan_too() -> None:
    plan = solve(Problem((), (Site("a", 5),)))
    assert (plan.cost, plan.gap, plan.placements) == (0.0, 0.0, {})


@pytest.mark.parametrize(
    "wrong",
    [
        {"size": 0},
        {"size": 3, "women": 1, "men": 1, "children": 2},
        {"size": 2, "needs_accessible": 3},
        {"size": 2, "x": 1.0},
        {"size": 2, "x": float("nan"), "y": 1.0},
    ],
)
def test_numbers_that_cannot_be_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="h"):
        Household(id="h", **wrong)  # type: ignore[arg-type]
