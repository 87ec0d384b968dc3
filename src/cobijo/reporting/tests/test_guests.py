"""Guests of a night shelter in a census: counted, beside the registered, mixed with nothing."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.translation import override

from cobijo.core import clock
from cobijo.core.ids import uuid7
from cobijo.reporting import closing, queries, saying
from cobijo.reporting import services as reporting
from cobijo.reporting.exports.sheets import exact
from cobijo.reporting.types import Census, Kind
from cobijo.sites import services
from cobijo.sites.models import Site
from cobijo.sites.tests.shelter import FAMILY, ago, receive
from cobijo.sites.types import CellIn, HeadcountIn, Method
from tests.cast import ZONE, Cast, act, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelter(cast: Cast) -> Cast:
    """The hall is open from six to six, and nine guests were counted at its door last night."""
    Site.objects.filter(pk=cast.a.id).update(opens_at=time(18), closes_at=time(6))
    count(cast, ("male", "18-59", 6), ("female", "0-17", 1), ("female", "60+", 2))
    return cast


def last_night() -> date:
    return clock.today(ZoneInfo(ZONE)) - timedelta(days=1)


def count(cast: Cast, *cells: tuple[str, str, int]) -> None:
    services.count_guests(
        act(cast.ana),
        tally_id=uuid7(),
        site_id=cast.a.id,
        night=last_night(),
        cells=[CellIn(sex=sex, band=band, persons=persons) for sex, band, persons in cells],
        observed_at=ago(20),
    )


def census(cast: Cast) -> Census:
    return queries.census(queries.of_site(cast.a.id), last_night())


def whole(cast: Cast) -> Census:
    return queries.census(queries.of_unit(cast.response.pk), last_night())


def test_guests_are_a_figure_of_their_own(shelter: Cast) -> None:
    found = census(shelter)
    part = found.parts[0]
    assert (found.persons, found.households, part.kinds, part.takes) == (9, None, (Kind.COUNTED,), Kind.COUNTED)
    assert found.table.at("female", "60+") == 2
    assert found.table.at("male", "unknown") == 6, "a band the response does not use is of unknown age"
    assert queries.made_of(found, Kind.COUNTED) == (1, 9)
    assert queries.made_of(found, Kind.REGISTERED) == (0, 0)


def test_guests_add_to_the_registered_and_each_kind_is_said(shelter: Cast) -> None:
    receive(shelter.ana, shelter.a, FAMILY, happened_at=ago(60))
    found = census(shelter)
    assert (found.persons, found.households) == (13, 1)
    assert queries.made_of(found, Kind.REGISTERED) == (1, 4)
    assert queries.made_of(found, Kind.COUNTED) == (1, 9)
    assert found.table_of(Kind.REGISTERED).total == 4
    assert found.table_of(Kind.COUNTED).total == 9
    assert found.table.total == 13
    with override("en"):
        said = " ".join(saying.made_of_lines(found))
    assert "4 persons are registered here by name." in said
    assert "9 guests without a name were counted at the door" in said
    assert "8 of them adults" in said


def test_a_response_says_how_much_of_its_total_was_counted(shelter: Cast) -> None:
    receive(shelter.carla, shelter.b, FAMILY, happened_at=ago(60))
    found = whole(shelter)
    assert found.persons == 13
    with override("en"):
        assert "9 are guests of a night shelter" in " ".join(saying.made_of_lines(found))
    told = queries.census_json(found)["made_of"]
    assert (told["registered"]["persons"], told["counted"]["persons"]) == (4, 9)


def test_a_head_count_stands_beside_what_was_counted_at_the_door(shelter: Cast) -> None:
    headcount = HeadcountIn(night=last_night(), observed_at=ago(20), persons=15, method=Method.ESTIMATE)
    services.report_headcount(act(shelter.beto), report_id=uuid7(), site_id=shelter.a.id, headcount=headcount)
    part = census(shelter).parts[0]
    assert (part.persons, part.beyond, part.kinds) == (9, 6, (Kind.COUNTED,))


def test_a_closed_night_keeps_its_guests(shelter: Cast) -> None:
    reporting.close_night(act(shelter.beto), closed_id=uuid7(), site_id=shelter.a.id, night=last_night())
    count(shelter, ("male", "18-59", 1))
    part = census(shelter).parts[0]
    assert (part.persons, part.since_closed) == (9, -8)
    assert part.counted is not None
    assert part.counted.from_18 == 8
    assert closing.keep(part)["counted"]["under_18"] == 1


def test_guests_are_released_and_exported_with_the_rest(shelter: Cast) -> None:
    receive(shelter.ana, shelter.a, FAMILY, happened_at=ago(60))
    release = reporting.release_figures(
        act(shelter.diego), release_id=uuid7(), unit_id=shelter.a.id, night=last_night()
    )
    assert release.shown["rows"][0]["persons"] == 13
    with override("en"):
        sheet = exact(census(shelter))
    row = dict(zip(sheet.heads, sheet.rows[0], strict=True))
    assert (row["Persons"], row["Registered"], row["Counted"]) == (13, 4, 9)


@pytest.mark.parametrize("named", [True, False])
def test_the_pages_show_them(shelter: Cast, named: bool) -> None:
    if named:
        receive(shelter.ana, shelter.a, FAMILY, happened_at=ago(60))
    browser = sign_in(shelter.beto)
    address = reverse("reporting:scope", args=["sites", shelter.a.id]) + f"?night={last_night().isoformat()}"
    assert "9 huéspedes sin nombre" in browser.get(address).content.decode()
    assert browser.get(reverse("reporting:evening", args=[shelter.a.id])).status_code == 200
    desk = reverse("reporting:export", args=["sites", shelter.a.id, last_night(), "pdf"])
    assert browser.get(desk).content.startswith(b"%PDF")
