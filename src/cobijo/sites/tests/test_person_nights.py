"""Person-nights: registered people and guests counted at the door, apart and together."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from cobijo.core.ids import uuid7
from cobijo.sites import queries, services
from cobijo.sites.models import Site
from cobijo.sites.tests.door import count, night_shelter, tonight
from cobijo.sites.tests.shelter import BOY, MOTHER, ago, check_out, receive
from cobijo.sites.tests.test_pages import browser_of, day, page
from cobijo.sites.unnamed.types import UnnamedIn
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelter(cast: Cast) -> Cast:
    return night_shelter(cast)


def nights(cast: Cast, back: int) -> queries.PersonNights:
    here = Site.objects.filter(pk=cast.a.id)
    return queries.person_nights(here, tonight() - timedelta(days=back), tonight())


def test_person_nights_keep_the_kinds_apart_and_add_them_up(shelter: Cast) -> None:
    family = receive(shelter.ana, shelter.a, (MOTHER, BOY), happened_at=ago(60))
    number = UnnamedIn(unnamed_id=uuid7(), persons=2)
    services.count_unnamed(
        act(shelter.ana, happened_at=ago(40)), household_id=family.household, site_id=shelter.a.id, unnamed=[number]
    )
    check_out(shelter.ana, family, "Óscar", "Marta")
    before = tonight() - timedelta(days=1)
    count(shelter, ("male", "18-59", 5), night=before, observed_at=ago(30))
    count(shelter, ("male", "18-59", 6), night=before, observed_at=ago(29))
    count(shelter, ("male", "18-59", 8))
    found = nights(shelter, 2)
    first, second = found.lines
    assert (first.night, second.night) == (before - timedelta(days=1), before), "tonight is not over"
    assert first.guests is None
    assert second.guests == 6
    assert found.guests == 6
    assert (second.named, second.unnamed, second.persons) == (2, 2, 10)
    assert found.total == sum(line.persons for line in found.lines)


def test_a_long_time_is_asked_for_in_few_questions(shelter: Cast, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        found = nights(shelter, 200)
    assert len(found.lines) == 200


def test_no_nights_before_the_first(shelter: Cast) -> None:
    here = Site.objects.filter(pk=shelter.a.id)
    assert queries.person_nights(here, tonight(), tonight() + timedelta(days=5)).lines == ()
    assert queries.person_nights(Site.objects.none(), tonight() - timedelta(days=2), tonight()).total == 0


def test_a_night_on_which_nobody_came_is_known(shelter: Cast) -> None:
    count(shelter, night=tonight() - timedelta(days=1))
    line = nights(shelter, 1).lines[-1]
    assert (line.guests, line.persons) == (0, 0)


def test_person_nights_are_shown_and_exported_as_they_are(shelter: Cast) -> None:
    before = tonight() - timedelta(days=1)
    count(shelter, ("male", "18-59", 6), night=before)
    shown = page(shelter.beto, "nights", shelter.a.id, **asked(before, tonight()))
    assert "6 person-nights" in shown
    found = re.search(r'href="(/sites/[^"]+/nights/csv/[^"]+)"', shown)
    assert found is not None
    rows = browser_of(shelter.beto).get(found[1].replace("&amp;", "&")).content.decode("utf-8-sig").splitlines()
    assert [row.split(",")[2:6] for row in rows[1:]] == [["0", "0", "6", "6"], ["0", "0", "6", "6"]]
    assert browser_of(shelter.beto).get(f"/sites/{shelter.a.id}/nights/pdf/").status_code == 404


@pytest.mark.parametrize(("first", "last"), [("2030-01-01", "2018-01-01"), ("0001-01-01", "9999-12-31")])
def test_an_odd_time_is_still_answered(shelter: Cast, first: str, last: str) -> None:
    page(shelter.beto, "nights", shelter.a.id, **asked(date.fromisoformat(first), date.fromisoformat(last)))
    page(shelter.beto, "nights", shelter.a.id, first_day="x")


def asked(first: date, last: date) -> dict[str, str]:
    return {name: str(part) for name, part in (day(first, "first") | day(last, "last")).items()}
