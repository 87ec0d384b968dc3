"""Night shelters are open from an hour to an hour, and a night is that of the midnight it contains."""

from datetime import date, time
from typing import Any

import pytest

from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.sites import services
from cobijo.sites.guests.queries import is_open_at, night_at
from cobijo.sites.models import Site
from cobijo.sites.tests.door import EVENING, GUATEMALA, MORNING, local, night_shelter
from cobijo.sites.tests.shelter import submit
from cobijo.sites.tests.test_pages import page, post
from cobijo.sites.types import SiteIn, SiteKind
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelter(cast: Cast) -> Cast:
    return night_shelter(cast)


@pytest.mark.parametrize(("hour", "is_open"), [(17, False), (18, True), (23, True), (0, True), (5, True), (6, False)])
def test_a_night_shelter_is_open_across_midnight(shelter: Cast, hour: int, is_open: bool) -> None:
    assert is_open_at(shelter.a.site, local(date(2018, 6, 12), hour)) is is_open


def test_hours_within_one_day_and_none_at_all(shelter: Cast) -> None:
    site, noon = shelter.a.site, local(date(2018, 6, 12), 12)
    site.opens_at, site.closes_at = time(8), time(17)
    assert is_open_at(site, noon)
    assert not is_open_at(site, local(date(2018, 6, 12), 17))
    assert is_open_at(shelter.b.site, noon), "a site without hours is open all day"


def test_a_count_after_midnight_is_of_the_night_that_began_the_day_before(shelter: Cast) -> None:
    assert night_at(shelter.a.site, local(date(2018, 6, 12), 23)) == date(2018, 6, 12)
    assert night_at(shelter.a.site, local(date(2018, 6, 13), 2)) == date(2018, 6, 12)
    assert night_at(shelter.a.site, local(date(2018, 6, 13), 18)) == date(2018, 6, 13)


@pytest.mark.parametrize(("opens", "closes"), [("18:00", None), (None, "06:00"), ("18:00", "18:00")])
def test_half_the_hours_are_refused(cast: Cast, opens: str | None, closes: str | None) -> None:
    site = SiteIn(name="Salón", kind=SiteKind.HALL, opens_at=opens, closes_at=closes)
    with pytest.raises(DomainError) as refusal:
        services.change_site(act(cast.beto), site_id=cast.a.id, site=site)
    assert refusal.value.code == "sites.half_the_hours"


def test_hours_come_from_a_device_as_text_and_are_kept(cast: Cast) -> None:
    site = SiteIn(name="Salón Municipal", kind=SiteKind.HALL, opens_at="18:00", closes_at="06:00")
    submit("change_site", cast.beto, site_id=cast.a.id, site=site)
    kept = Site.objects.get(pk=cast.a.id)
    assert (kept.opens_at, kept.closes_at) == (EVENING, MORNING)


@pytest.mark.parametrize("hour", ["24:00", "6:00", "18:00:00", "18:00Z", "18:00\n", "١٨:٠٠", ""])
def test_an_hour_that_is_none_is_refused(cast: Cast, hour: str) -> None:
    site = SiteIn(name="Salón", kind=SiteKind.HALL, opens_at=hour, closes_at="06:00")
    with pytest.raises(DomainError) as refusal:
        services.change_site(act(cast.beto), site_id=cast.a.id, site=site)
    assert refusal.value.code == "core.bad_arguments"


def test_hours_are_typed_in_the_set_up_and_taken_away_there(cast: Cast) -> None:
    said: dict[str, Any] = {"name": "Salón Municipal", "kind": "hall", "official": "true"}
    post(cast.beto, "setup", cast.a.id, opens_at="18.30", closes_at="6:00", **said)
    site = Site.objects.get(pk=cast.a.id)
    assert (site.opens_at, site.closes_at) == (time(18, 30), MORNING)
    assert 'value="18:30"' in page(cast.beto, "setup", cast.a.id)
    assert "Write both" in post(cast.beto, "setup", cast.a.id, status=200, opens_at="18:00", **said)
    post(cast.beto, "setup", cast.a.id, **said)
    assert Site.objects.get(pk=cast.a.id).opens_at is None


def test_the_site_says_when_it_opens_while_it_is_shut(shelter: Cast) -> None:
    hour = clock.now().astimezone(GUATEMALA).hour
    shelter.a.site.opens_at, shelter.a.site.closes_at = time((hour + 2) % 24), time((hour + 3) % 24)
    shelter.a.site.save()
    said = f"opens at {(hour + 2) % 24:02}:00"
    assert said in page(shelter.beto, "site", shelter.a.id)
    assert said in page(shelter.beto, "guests", shelter.a.id)
    shelter.a.site.opens_at = time((hour - 1) % 24)
    shelter.a.site.save()
    assert "opens at" not in page(shelter.beto, "site", shelter.a.id)
