"""Night shelters: guests without a name, counted at the door."""

from datetime import timedelta
from typing import Any

import pytest

from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.people.models import Person
from cobijo.sites import queries, services
from cobijo.sites.guests.models import GuestTally
from cobijo.sites.guests.queries import night_at, tallies_of
from cobijo.sites.models import Site, StatusChange
from cobijo.sites.tests.door import GUATEMALA, count, night_shelter, tonight
from cobijo.sites.tests.shelter import ago, receive, submit
from cobijo.sites.tests.test_pages import browser_of, day, page, post
from cobijo.sites.types import CellIn, SiteStatus
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelter(cast: Cast) -> Cast:
    return night_shelter(cast)


def refused(code: str, *args: Any, **given: Any) -> DomainError:
    with pytest.raises(DomainError) as refusal:
        count(*args, **given)
    assert refusal.value.code == code
    return refusal.value


def test_guests_are_counted_and_nobody_is_invented(shelter: Cast) -> None:
    count(shelter, ("male", "18-59", 7), ("female", "0-17", 2), ("unknown", "60+", 0))
    (tally,) = tallies_of(shelter.a.site, tonight())
    assert (tally.persons, tally.cells) == (9, {("male", "18-59"): 7, ("female", "0-17"): 2})
    assert not Person.objects.exists()
    assert queries.registered_here(shelter.a.id) == 0


def test_the_newest_count_of_a_night_stands_and_the_former_ones_are_kept(shelter: Cast) -> None:
    count(shelter, ("male", "18-59", 7), observed_at=ago(2))
    last = count(shelter, ("male", "18-59", 9), observed_at=ago(1))
    count(shelter, ("male", "18-59", 3), observed_at=ago(3))
    assert [tally.persons for tally in tallies_of(shelter.a.site, tonight())] == [9, 7, 3]
    services.void_tally(act(shelter.ana), tally_id=last)
    assert [tally.persons for tally in tallies_of(shelter.a.site, tonight())] == [7, 3]
    with pytest.raises(DomainError) as refusal:
        services.void_tally(act(shelter.ana), tally_id=last)
    assert refusal.value.code == "sites.already_void"


def test_what_cannot_be_so_is_refused(shelter: Cast) -> None:
    tomorrow = tonight() + timedelta(days=1)
    refused("sites.night_to_come", shelter, ("male", "18-59", 7), night=tomorrow)
    refused("sites.night_to_come", shelter, observed_at=clock.now() + timedelta(hours=5))
    refused("sites.cell_twice", shelter, ("male", "18-59", 7), ("male", "18-59", 1))
    wrong = refused("sites.unknown_band", shelter, ("male", "40-49", 7))
    assert "18-59" in wrong.sentence
    refused("sites.no_night_shelter", shelter, site_id=shelter.b.id, who=shelter.carla)
    StatusChange.objects.create(site=shelter.a.site, status=SiteStatus.CLOSED, at=ago(1))
    refused("sites.closed", shelter, ("male", "18-59", 7))
    assert not GuestTally.objects.exists()


@pytest.mark.parametrize("persons", [-1, 3.9, "many", True, 10**9])
def test_no_count_of_people_is_taken_that_is_none(shelter: Cast, persons: object) -> None:
    given = {
        "tally_id": str(uuid7()), "site_id": str(shelter.a.id), "night": tonight().isoformat(),
        "cells": [{"sex": "male", "band": "18-59", "persons": persons}], "observed_at": clock.now().isoformat(),
    }  # fmt: skip
    answer = browser_of(shelter.ana).post(
        "/api/v1/verbs/sites.count_guests",
        {"op_id": str(uuid7()), "arguments": given},
        content_type="application/json",
    )
    assert answer.status_code == 422
    assert not GuestTally.objects.exists()


def test_who_checks_in_and_who_reports_counts_and_others_do_not(shelter: Cast) -> None:
    for who in (shelter.ana, shelter.beto, shelter.diego):
        count(shelter, who=who)
    refused("core.not_allowed", shelter, who=shelter.case_worker)
    refused("core.not_found", shelter, who=shelter.carla)
    tally = count(shelter)
    with pytest.raises(DomainError) as refusal:
        services.void_tally(act(shelter.carla), tally_id=tally)
    assert refusal.value.code == "core.not_found"


def test_a_count_that_arrives_after_the_hours_were_taken_away_is_kept(shelter: Cast) -> None:
    Site.objects.filter(pk=shelter.a.id).update(opens_at=None, closes_at=None)
    cells = [CellIn(sex="male", band="18-59", persons=4)]
    receipt = submit(
        "count_guests", shelter.ana, {"happened_at": ago(20)}, tally_id=uuid7(), site_id=shelter.a.id,
        night=ago(20).astimezone(GUATEMALA).date(), cells=cells, observed_at=ago(20),
    )  # fmt: skip
    assert receipt.status.value == "applied"


def test_counting_twice_with_the_same_entry_counts_once(shelter: Cast) -> None:
    tally, op_id, now = uuid7(), uuid7(), clock.now()
    for _ in range(2):
        services.count_guests(
            act(shelter.ana, op_id=op_id, happened_at=now), tally_id=tally, site_id=shelter.a.id, night=tonight(),
            cells=[], observed_at=now,
        )  # fmt: skip
    assert GuestTally.objects.count() == 1


# --- pages -----------------------------------------------------------------------------------------------------------


def test_the_door_counts_on_from_what_was_saved(shelter: Cast) -> None:
    night = night_at(shelter.a.site, clock.now())
    post(shelter.ana, "guests", shelter.a.id, male_1="7", female_0="2", male_0="", **day(night, "night"))
    assert [tally.persons for tally in tallies_of(shelter.a.site, night)] == [9]
    shown = page(shelter.ana, "guests", shelter.a.id)
    assert 'value="7"' in shown
    assert "Saved tonight" in shown
    assert "guests counted at the door" in page(shelter.beto, "site", shelter.a.id)


def test_the_door_sees_for_how_many_there_is_room(shelter: Cast) -> None:
    assert "Room for 31 guests" in page(shelter.ana, "guests", shelter.a.id)
    receive(shelter.ana, shelter.a)
    assert "Room for 27 guests" in page(shelter.ana, "guests", shelter.a.id)
    count(shelter, ("male", "18-59", 7), night=night_at(shelter.a.site, clock.now()))
    assert "7 guests of the night have no space" in page(shelter.beto, "site", shelter.a.id)


def test_two_doors_that_count_at_once_are_told(shelter: Cast) -> None:
    night = night_at(shelter.a.site, clock.now())
    browser, address = browser_of(shelter.ana), f"/sites/{shelter.a.id}/guests/"
    mine = count(shelter, ("male", "18-59", 3), night=night, observed_at=ago(1))
    given = {"op_id": uuid7(), "new_id": uuid7(), "seen": mine, "male_1": "4"} | day(night, "night")
    assert "saved meanwhile" not in browser.post(address, given, follow=True).content.decode()
    again = given | {"op_id": uuid7(), "new_id": uuid7()}
    assert "saved meanwhile, of 4 guests" in browser.post(address, again, follow=True).content.decode()


@pytest.mark.parametrize("typed", ["-2", "3.9", "siete", "1e3", "99999999999"])
def test_a_wrong_number_at_the_door_comes_back(shelter: Cast, typed: str) -> None:
    post(shelter.ana, "guests", shelter.a.id, status=200, male_1=typed, **day(tonight(), "night"))
    assert not GuestTally.objects.exists()
