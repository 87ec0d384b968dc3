"""A head-count in one line is understood as it is meant, or answered with what to write."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobijo.core.errors import DomainError
from cobijo.sites.headcount_line import Understood, day_first, take_apart, understand

GUATEMALA = ZoneInfo("America/Guatemala")
NOW = datetime(2018, 10, 30, 1, 0, tzinfo=UTC)  # 29 October, 19:00 there


def read(line: str, country: str = "GT", now: datetime = NOW) -> Understood:
    return understand(line, take_apart(line), country, GUATEMALA, now)


def cells(line: str) -> set[tuple[str, str, int]]:
    return {(cell.sex, cell.band, cell.persons) for cell in read(line).headcount.cells}


def refused(line: str, country: str = "GT") -> DomainError:
    with pytest.raises(DomainError) as found:
        read(line, country)
    return found.value


def test_the_line_of_the_handbook() -> None:
    line = "Escuela Alpha 12/6 18:00 familias 31 personas 140 ninos 62"
    found = read(line).headcount
    assert take_apart(line).site == "Escuela Alpha"
    assert (found.night, found.persons, found.households) == (date(2018, 6, 12), 140, 31)
    assert found.observed_at == datetime(2018, 6, 13, 0, 0, tzinfo=UTC)
    assert cells(line) == {("unknown", "0-17", 62)}
    assert found.as_said == line


@pytest.mark.parametrize(
    "line",
    [
        "S014 12-6-2018 18.00 31 familias 140 personas".replace("18.00", "18h00"),
        "S014, 12.6.18, 18h, 31 familias, 140 personas",
        "S014 12/6 18:00 horas Familias: 31; Personas=140",
        "S014 12/6 18:00 PERSONAS 140 FAMILIAS 31",
    ],
)
def test_the_same_said_in_other_ways(line: str) -> None:
    found = read(line).headcount
    assert (take_apart(line).site, found.night, found.persons, found.households) == ("S014", date(2018, 6, 12), 140, 31)
    assert found.observed_at == datetime(2018, 6, 13, 0, 0, tzinfo=UTC)


def test_the_order_of_day_and_month_is_the_country_s() -> None:
    assert read("A 6/5 personas 1", "GT").headcount.night == date(2018, 5, 6)
    assert read("A 6/5 personas 1", "US").headcount.night == date(2018, 6, 5)
    assert day_first("HN")
    assert day_first("MX")
    assert not day_first("US")


def test_a_day_that_does_not_fit_the_country_s_order_is_not_turned_round() -> None:
    error = refused("A 6/25 personas 1", "GT")
    assert error.code == "sites.line_not_a_day"
    assert error.params["example"] == "12/6"
    assert read("A 6/25 personas 1", "US").headcount.night == date(2018, 6, 25)


def test_without_a_year_it_is_the_last_day_of_that_name() -> None:
    assert read("A 30/10 personas 1").headcount.night == date(2017, 10, 30)
    assert read("A 29/2 personas 1").headcount.night == date(2016, 2, 29)


def test_today_and_yesterday() -> None:
    assert read("A hoy 18:00 personas 1").headcount.night == date(2018, 10, 29)
    assert read("A ayer personas 1").headcount.night == date(2018, 10, 28)


def test_a_count_in_the_morning_is_of_those_who_slept_there() -> None:
    assert read("A 13/6 06:30 personas 140").headcount.night == date(2018, 6, 12)


def test_without_an_hour_the_evening_is_assumed_and_said_to_be_so() -> None:
    found = read("A 12/6 personas 140")
    assert not found.hour_said
    assert found.headcount.observed_at.astimezone(GUATEMALA).hour == 18
    early = read("A hoy personas 140", now=datetime(2018, 10, 29, 16, 0, tzinfo=UTC))
    assert early.headcount.observed_at == datetime(2018, 10, 29, 16, 0, tzinfo=UTC)


def test_men_and_women_beside_children_are_grown() -> None:
    assert cells("A 12/6 hombres 40 mujeres 38 niños 30 niñas 32") == {
        ("male", "18+", 40), ("female", "18+", 38), ("male", "0-17", 30), ("female", "0-17", 32),
    }  # fmt: skip


def test_men_and_women_alone_are_of_any_age() -> None:
    assert cells("A 12/6 personas 80 hombres 40 mujeres 40") == {("male", "unknown", 40), ("female", "unknown", 40)}


def test_how_many_ever_came_is_no_part_of_those_who_are_there() -> None:
    found = read("Escuela Alpha 12/6 18:00 familias 31 personas 140 ninos 62 acum 212").headcount
    assert (found.persons, found.households, found.persons_ever) == (140, 31, 212)
    assert [(cell.band, cell.persons) for cell in found.cells] == [("0-17", 62)]


def test_the_whole_is_the_sum_where_it_is_not_said() -> None:
    found = read("A 12/6 hombres 40 mujeres 38 niños 62")
    assert (found.headcount.persons, found.summed) == (140, True)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("", "sites.line_empty"),
        ("Escuela Alpha personas 140", "sites.line_no_day"),
        ("12/6 personas 140", "sites.line_no_site"),
        ("A 12/6 25:00 personas 140", "sites.line_not_a_time"),
        ("A 31/4 personas 140", "sites.line_not_a_day"),
        ("A 12/6 perros 3 personas 140", "sites.line_unknown_word"),
        ("A 12/6 personas", "sites.line_no_number"),
        ("A 12/6 familias personas 140", "sites.line_no_number"),
        ("A 12/6 140", "sites.line_lone_number"),
        ("A 12/6 personas 140 personas 12", "sites.line_said_twice"),
        ("A 12/6 familias 31", "sites.line_no_people"),
        ("A 12/6", "sites.line_no_people"),
    ],
)
def test_what_cannot_be_understood_is_answered_with_what_to_write(line: str, code: str) -> None:
    assert refused(line).code == code
    assert "{" not in refused(line).sentence


@given(st.text(max_size=80))
def test_any_line_is_understood_or_refused_and_never_breaks(line: str) -> None:
    try:
        understood = read(line)
    except DomainError as error:
        said = error.sentence
    else:
        said = understood.headcount.as_said
    assert said
