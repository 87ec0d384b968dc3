"""Tomorrow's order of a site: meals by age band, and of each item what is needed, what is there, what to ask for.

Figures only: the caller has asked whether the reader may see those of the site.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from cobijo.algorithms import ordering
from cobijo.algorithms.ages import BAND_SETS, UNKNOWN, Birth, Precision, age_in_months
from cobijo.algorithms.ordering import Group, Held
from cobijo.assistance import catalogue
from cobijo.assistance.catalogue import Ages, Norm, NormSet
from cobijo.assistance.models import FormulaAssessment
from cobijo.assistance.store import stock
from cobijo.assistance.types import FormulaKind
from cobijo.sites.queries.meals import ALL_DAY, At, Eater, Expected, Meal, Numbers, expected_at_meals

EVERYONE: Final = "everyone"
HOUSEHOLDS: Final = "households"
FORMULA: Final = {FormulaKind.POWDER: "formula_powder", FormulaKind.READY: "formula_ready"}
SMALL: Final = 5
"""Fewer people than this are not spoken of outside."""


@dataclass(frozen=True, slots=True)
class MealRow:
    """People of an age band at breakfast, lunch and dinner."""

    band: str
    breakfast: int
    lunch: int
    dinner: int


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line of an order with the norms it rests on and for how many people each was taken."""

    line: ordering.Line
    norms: tuple[tuple[Norm, int], ...]

    @property
    def name(self) -> str:
        return catalogue.name_of(self.line.item, self.line.variant)

    @property
    def unit(self) -> str:
        return catalogue.unit_of(self.line.item)

    @property
    def assumed(self) -> bool:
        """Whether any norm of it stands in no source."""
        return any(norm.sure == "assumed" for norm, _persons in self.norms)


@dataclass(frozen=True, slots=True)
class Order:
    """What to ask for, so that the store covers ``days`` days from a day on.

    ``medicine``: how many who are expected need medicine or a device; ``infants``: how many are fed with each formula.
    """

    day: date
    days: int
    norm_set: NormSet
    expected: Expected
    meals: tuple[MealRow, ...]
    lines: tuple[OrderLine, ...]
    medicine: int
    infants: Mapping[str, int]

    @property
    def totals(self) -> MealRow:
        counts = [self.expected.at(meal) for meal in Meal]
        return MealRow("", *counts)

    @property
    def nameless(self) -> int:
        """People whose age in months nobody knows: nothing for infants is reckoned for them."""
        return _in_numbers(self.expected)


def order_for(site: Any, day: date, *, days: int = 1, norms: str = "", outside: bool = False) -> Order:
    """The order of a site (loaded with its response) from a day on.

    ``norms`` names another set than the country's. ``outside``: nothing that rests on fewer than five people is
    reckoned in, for what leaves the site. ValueError for fewer days than one.
    """
    expected = expected_at_meals(site, day)
    chosen = catalogue.set_for(site.response.country, norms)
    groups = _groups(expected, chosen.norms)
    fed = {name: groups[name].persons for name in FORMULA.values()}
    if outside:
        groups = {name: group for name, group in groups.items() if group.persons >= SMALL}
    book = {key: Held(one.there, one.given) for key, one in stock(site.pk).items()}
    lines = ordering.order([norm.ratio for norm in chosen.norms], groups, book, days)
    return Order(
        day=day,
        days=days,
        norm_set=chosen,
        expected=expected,
        meals=_meals(expected, site.response.band_set),
        lines=tuple(_with_norms(line, chosen.norms) for line in lines),
        medicine=sum(eater.medicine for eater in expected.eaters),
        infants=fed,
    )


def _with_norms(line: ordering.Line, norms: Sequence[Norm]) -> OrderLine:
    by_ratio = {norm.ratio: norm for norm in norms}
    return OrderLine(line, tuple((by_ratio[rest.ratio], rest.persons) for rest in line.rests_on))


# --- how many of each group ------------------------------------------------------------------------------------------


def _groups(expected: Expected, norms: Iterable[Norm]) -> dict[str, Group]:
    """Every group a norm is for. People without a name count for everybody, and for no group of ages."""
    fed = _fed_with_formula(expected)
    everyone = _group((eater.at for eater in expected.eaters), expected.without_name)
    guests = expected.eating_only  # who sleeps elsewhere needs a plate, and neither mat nor soap
    found = {EVERYONE: Group(everyone.persons, everyone.plates + guests * len(Meal), guests)}
    found[HOUSEHOLDS] = _households(expected)
    for kind, name in FORMULA.items():
        found[name] = _group(eater.at for eater in expected.eaters if fed.get(eater.person) == kind)
    for ages in {norm.ages for norm in norms if norm.ages}:
        found[catalogue.group_of(ages)] = _group(
            eater.at for eater in expected.eaters if _is_of(eater, ages, expected.day)
        )
    return found


def _in_numbers(expected: Expected) -> int:
    return sum(one.persons for one in expected.without_name)


def _group(at: Iterable[At], nameless: Iterable[Numbers] = ()) -> Group:
    """So many people at the fullest meal, and their plates."""
    counts = [0] * len(Meal)
    for one in at:
        _add(counts, one)
    for some in nameless:
        _add(counts, some.at, some.persons)
    return Group(max(counts), sum(counts))


def _households(expected: Expected) -> Group:
    """Households with anybody there; who belongs to none is one. Of people in numbers only where a count says it."""
    homes = {eater.household or eater.person for eater in expected.eaters}
    beyond = expected.beyond
    more = beyond.households or 0 if beyond and beyond.counts else 0
    return Group(len(homes) + more, len(Meal) * (len(homes) + more))


def _is_of(eater: Eater, ages: Ages, day: date) -> bool:
    months = months_of(eater, day)
    return months is not None and ages.takes(eater.sex, months)


def months_of(eater: Eater, day: date) -> int | None:
    """The youngest age possible in months; an infant by need alone counts as newborn, anybody else as not known."""
    if eater.born is None:
        return 0 if eater.infant else None
    return age_in_months(Birth(eater.born, Precision.DAY), day)


def _fed_with_formula(expected: Expected) -> dict[UUID, str]:
    """The infants expected whom a health worker assessed, with the kind; after the first birthday nobody is one."""
    rows = FormulaAssessment.objects.filter(ended_at=None, ends_on__gt=expected.day)
    there = {eater.person for eater in expected.eaters}
    return {person: kind for person, kind in rows.values_list("person_id", "kind") if person in there}


# --- meals -----------------------------------------------------------------------------------------------------------


def _meals(expected: Expected, band_set: str) -> tuple[MealRow, ...]:
    """Plates by age band, youngest first, unknown age last; a band that nobody is of is left out."""
    bands = BAND_SETS[band_set]
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(Meal))
    for eater in expected.eaters:
        months = months_of(eater, expected.day)
        _add(counts[bands.band_of(None if months is None else months // 12)], eater.at)
    for one in expected.without_name:
        code = one.band if one.band in bands.codes() else UNKNOWN
        _add(counts[code], one.at, one.persons)
    if expected.eating_only:
        _add(counts[UNKNOWN], ALL_DAY, expected.eating_only)
    return tuple(MealRow(code, *counts[code]) for code in bands.codes() if code in counts)


def _add(row: list[int], at: At, persons: int = 1) -> None:
    for place, there in enumerate(at):
        row[place] += persons * there
