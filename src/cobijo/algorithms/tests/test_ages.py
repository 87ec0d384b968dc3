from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cobijo.algorithms.ages import (
    BAND_SETS,
    DEFAULT,
    Age,
    Band,
    BandSet,
    Birth,
    Precision,
    age_in_months,
    age_on,
    cutoffs,
    is_child,
    may_be_child,
    parts,
)

EARLIEST, LATEST = date(1880, 1, 1), date(2060, 12, 31)
days = st.dates(EARLIEST, LATEST)
leap_days = st.sampled_from([date(year, 2, 29) for year in range(1904, 2060, 4)])
any_day = days | leap_days
births = (
    st.builds(Birth.on, any_day)
    | st.builds(Birth.in_month, st.integers(1900, 2050), st.integers(1, 12))
    | st.builds(Birth.in_year, st.integers(1900, 2050))
    | st.builds(
        lambda years, months, on: Birth.aged(years, months, on=on), st.integers(0, 110), st.integers(0, 30), any_day
    )
    | st.just(Birth.unknown())
)


def possible_dates(birth: Birth) -> list[date]:
    """List by hand every day a month or year leaves open."""
    assert birth.latest is not None
    year, month = birth.latest.year, birth.latest.month
    if birth.precision is Precision.MONTH:
        return [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
    if birth.precision is Precision.YEAR:
        return [date(year, 1, 1) + timedelta(days=day) for day in range(365 + (monthrange(year, 2)[1] == 29))]
    return [birth.latest]


def birthdays(born: date, day: date) -> int:
    """Count the birthdays since a birth, one by one."""
    reached = 0
    for year in range(born.year + 1, day.year + 1):
        leap_birth = (born.month, born.day) == (2, 29) and monthrange(year, 2)[1] == 28
        reached += (date(year, 3, 1) if leap_birth else born.replace(year=year)) <= day
    return reached


@given(any_day, any_day)
@example(date(2004, 2, 29), date(2022, 2, 28))
@example(date(2004, 2, 29), date(2022, 3, 1))
def test_an_age_is_the_number_of_birthdays(born: date, day: date) -> None:
    assert age_on(Birth.on(born), day) == birthdays(born, day)


def test_born_in_2000_is_seventeen_in_june_2018() -> None:
    birth, day = Birth.in_year(2000), date(2018, 6, 1)
    assert age_on(birth, day) == 17
    assert is_child(birth, day) is True
    assert is_child(birth, date(2018, 12, 30)) is True
    assert is_child(birth, date(2018, 12, 31)) is False


def test_born_in_a_month_is_of_age_when_the_month_ends() -> None:
    birth = Birth.in_month(2000, 6)
    assert is_child(birth, date(2018, 6, 29)) is True
    assert is_child(birth, date(2018, 6, 30)) is False


def test_aged_seventeen_stays_a_child_for_a_year() -> None:
    birth = Birth.aged(17, on=date(2018, 6, 10))
    assert birth.stored() == date(2001, 6, 10)
    assert is_child(birth, date(2019, 6, 9)) is True
    assert is_child(birth, date(2019, 6, 10)) is False


def test_an_unknown_age_is_no_silent_adult() -> None:
    birth, day = Birth.unknown(), date(2018, 6, 3)
    assert age_on(birth, day) is None
    assert age_in_months(birth, day) is None
    assert parts(birth, day) is None
    assert birth.stored() is None
    assert is_child(birth, day) is None
    assert may_be_child(birth, day) is True
    assert DEFAULT.band_of(age_on(birth, day)) == "unknown"


@given(births.filter(lambda birth: birth.precision in {Precision.MONTH, Precision.YEAR}), any_day)
def test_the_youngest_of_all_possible_ages_counts(birth: Birth, day: date) -> None:
    ages = [birthdays(born, day) for born in possible_dates(birth)]
    assert age_on(birth, day) == min(ages)
    assert is_child(birth, day) is any(age < 18 for age in ages)


@given(st.integers(0, 110), st.integers(0, 30), any_day)
@example(1, 0, date(2024, 2, 29))
@example(0, 1, date(2023, 3, 31))
def test_an_age_said_is_that_age_on_the_day_and_no_later_birth_is(years: int, months: int, on: date) -> None:
    birth = Birth.aged(years, months, on=on)
    said = 12 * years + months
    assert age_in_months(birth, on) == said
    assert birth.latest is not None
    day_later = Birth.on(birth.latest + timedelta(days=1))
    assert age_in_months(day_later, on) == max(said - 1, 0)


@given(births, any_day)
def test_years_months_and_parts_agree(birth: Birth, day: date) -> None:
    months = age_in_months(birth, day)
    said = parts(birth, day)
    if months is None:
        assert said is None
    else:
        assert age_on(birth, day) == months // 12
        assert said == Age(months // 12, months % 12, birth.precision is Precision.DAY)
    assert may_be_child(birth, day) is (months is None or months < 216)


def test_months_of_an_infant() -> None:
    birth = Birth.on(date(2018, 1, 31))
    assert age_in_months(birth, date(2018, 2, 28)) == 0
    assert age_in_months(birth, date(2018, 3, 1)) == 1
    assert age_in_months(birth, date(2018, 3, 31)) == 2


def test_a_date_still_to_come_is_age_nought() -> None:
    assert age_on(Birth.in_year(2018), date(2018, 6, 1)) == 0
    assert age_on(Birth.on(date(2018, 6, 2)), date(2018, 6, 1)) == 0


@given(births)
def test_a_birth_comes_back_from_its_stored_date_and_precision(birth: Birth) -> None:
    assert Birth(birth.stored(), birth.precision) == birth


def test_any_day_of_a_year_stands_for_the_year() -> None:
    assert Birth(date(2000, 5, 3), Precision.YEAR) == Birth.in_year(2000)
    assert Birth(date(2000, 2, 3), Precision.MONTH) == Birth.in_month(2000, 2)
    assert Birth.in_month(2000, 2).stored() == date(2000, 2, 29)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Birth(None, Precision.DAY),
        lambda: Birth(date(2000, 1, 1), Precision.UNKNOWN),
        lambda: Birth.aged(-1, on=date(2018, 1, 1)),
        lambda: Birth.aged(3_000, on=date(2018, 1, 1)),
        lambda: Birth.in_month(2018, 13),
    ],
)
def test_what_is_no_birth_is_refused(wrong: Callable[[], Birth]) -> None:
    with pytest.raises(ValueError, match=r"."):
        wrong()


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("default", ["0-4", "5-11", "12-17", "18-24", "25-59", "60+", "unknown"]),
        ("hope", ["0-5", "6-11", "12-17", "18-59", "60+", "unknown"]),
        ("senaf", ["0-6", "7-12", "13-17", "18+", "unknown"]),
        ("dtm", ["0", "1-5", "6-17", "18-59", "60+", "unknown"]),
    ],
)
def test_the_bands_of_those_who_ask(name: str, codes: list[str]) -> None:
    assert list(BAND_SETS[name].codes()) == codes


@given(st.sampled_from(sorted(BAND_SETS)), st.integers(0, 120))
def test_every_age_is_in_the_one_band_that_holds_it(name: str, age: int) -> None:
    bandset = BAND_SETS[name]
    holding = [band.code for band in bandset.bands if band.low <= age and (band.high is None or age <= band.high)]
    assert [bandset.band_of(age)] == holding


@given(st.sampled_from(sorted(BAND_SETS)), births, any_day)
@example("default", Birth.on(date(2000, 2, 29)), date(2018, 2, 28))
@example("default", Birth.on(date(2000, 2, 29)), date(2018, 3, 1))
@example("default", Birth.on(date(2000, 2, 28)), date(2060, 2, 29))
@example("dtm", Birth.on(date(2024, 2, 29)), date(2025, 2, 28))
@example("dtm", Birth.in_year(2030), date(2025, 2, 28))
def test_the_database_bands_as_the_rule_does(name: str, birth: Birth, night: date) -> None:
    bandset, stored = BAND_SETS[name], birth.stored()
    rows = cutoffs(bandset, night)
    found = ["unknown"] if stored is None else [code for code, after, until in rows if after < stored <= until]
    assert found == [bandset.band_of(age_on(birth, night))]


def test_cutoffs_of_an_early_night_stay_in_the_calendar() -> None:
    assert cutoffs(DEFAULT, date(3, 1, 1))[0] == ("0-4", date.min, date.max)


@pytest.mark.parametrize(
    "bands",
    [
        (),
        (Band("5+", 5, None),),
        (Band("0-4", 0, 4),),
        (Band("0-4", 0, 4), Band("6+", 6, None)),
        (Band("0-4", 0, 4), Band("4+", 4, None)),
        (Band("0+", 0, None), Band("5+", 5, None)),
        (Band("0--1", 0, -1), Band("0+", 0, None)),
    ],
)
def test_bands_with_a_hole_or_an_overlap_are_refused(bands: tuple[Band, ...]) -> None:
    with pytest.raises(ValueError, match="band"):
        BandSet("holey", bands)
