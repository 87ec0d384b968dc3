"""What a site page knows, in figures and in names, and in how many questions to the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cobijo.accounts.access import one_reading
from cobijo.algorithms.text import fold
from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.people import services as people
from cobijo.people.types import Kinship, NeedCode, Sex
from cobijo.sites import queries, services
from cobijo.sites.models import SiteAlias, Space
from cobijo.sites.queries import RosterFilter
from cobijo.sites.tests.shelter import BOY, FAMILY, GIRL, MOTHER, Guest, ago, check_out, receive
from cobijo.sites.tests.test_transfers import propose
from cobijo.sites.types import CheckInOf, OutReason, SiteStatus, StayState, UseRule
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db

PREGNANT = Guest("Irma", 24, Sex.FEMALE, Kinship.HEAD, needs=(NeedCode.PREGNANT, NeedCode.WALKS))
AUNT = Guest("Irma", 24, Sex.FEMALE, Kinship.RELATIVE, needs=(NeedCode.WALKS,))


@contextmanager
def at_most(number: int) -> Iterator[None]:
    """No more than so many questions to the database."""
    with (
        one_reading(),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        yield
    assert len(asked) <= number, "\n".join(one["sql"][:160] for one in asked)


# --- figures ---------------------------------------------------------------------------------------------------------


def test_one_glance_says_who_is_in_what_is_free_and_what_is_over(cast: Cast) -> None:
    receive(cast.ana, cast.a, FAMILY, space="Salón")
    receive(cast.ana, cast.a, (PREGNANT,), space="Aula 1")
    receive(cast.ana, cast.a, tuple(Guest(f"N{n}", 20 + n) for n in range(7)), space="Aula 2")
    receive(cast.ana, cast.a, (MOTHER, GIRL))
    seen = queries.site_overview(cast.a.site)
    assert (seen.registered, seen.households, seen.without_space) == (14, 4, 2)
    assert (seen.places.places, seen.places.whole, seen.places.free) == (31, False, 17)
    assert [(line.name, line.people, line.places, line.over) for line in seen.over] == [("Aula 2", 7, 5, 2)]
    assert {(one.rule, one.free, one.places) for one in seen.free} == {
        (UseRule.ANYONE, 16, 20),
        (UseRule.WOMEN_CHILDREN, 5, 6),
        (UseRule.FAMILIES, 0, 5),
    }
    assert seen.free_accessible == 5
    assert {(one.need, one.people) for one in seen.needs} == {(NeedCode.PREGNANT, 1), (NeedCode.WALKS, 1)}


def test_sex_and_age_of_who_sleeps_there_unknown_ones_too(cast: Cast) -> None:
    receive(cast.ana, cast.a, (*FAMILY, Guest("Nadie", None, Sex.UNKNOWN, Kinship.RELATIVE)))
    bands = {band.band: band for band in queries.site_overview(cast.a.site).bands}
    assert (bands["25-59"].female, bands["25-59"].male) == (1, 1)
    assert (bands["5-11"].female, bands["0-4"].male) == (1, 1)
    assert list(bands.values())[-1].unknown == 1
    assert sum(band.total or 0 for band in bands.values()) == 5


def test_who_is_out_for_a_time_is_registered_and_overdue_when_late(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, happened_at=ago(9))
    for name, hours in (("Marta", 2.0), ("Julio", -2.0)):
        services.step_out(
            act(cast.ana, happened_at=ago(5)),
            absence_id=uuid7(),
            stay_id=family.stays[name],
            expected_back=clock.now() + timedelta(hours=hours),
        )
    seen = queries.site_overview(cast.a.site)
    assert (seen.registered, seen.here, seen.away, seen.overdue) == (4, 2, 2, 1)
    assert [one.line.label for one in queries.overdue(cast.ana.id, cast.a.id)] == ["Julio Xicará"]


def test_the_site_at_a_moment_that_has_passed(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, happened_at=ago(50))
    services.check_out(act(cast.ana, happened_at=ago(20)), stay_ids=family.all_stays(), reason=OutReason.HOME)
    assert queries.site_overview(cast.a.site).registered == 0
    assert queries.site_overview(cast.a.site, ago(30)).registered == 4
    assert queries.site_overview(cast.a.site, ago(60)).registered == 0


def test_arrivals_and_departures_by_day_on_the_site_s_clock(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, happened_at=ago(24 * 3))
    check_out(cast.ana, family, "Julio")
    days = queries.site_overview(cast.a.site).days
    assert len(days) == 14
    assert (days[-1].departures, days[-4].arrivals) == (1, 4)
    assert sum(day.arrivals or 0 for day in days) == 4


def test_what_is_due_transfers_plans_and_the_day_the_place_is_given_back(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    propose(cast, family)
    cast.a.site.give_back_on = (clock.now() - timedelta(hours=6)).date() + timedelta(days=11)
    due = queries.site_overview(cast.a.site).due
    assert (due.leaving, due.unanswered, due.asked, due.give_back_in) == (4, 1, 0, 11)
    assert queries.site_overview(cast.b.site).due.asked == 1


def test_the_last_comings_and_leavings_stand_first_and_name_nobody(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, happened_at=ago(3))
    check_out(cast.ana, family, reason="rented")
    latest = queries.site_overview(cast.a.site).latest
    assert [(one.came, one.people, one.reason) for one in latest] == [(False, 4, "rented"), (True, 4, None)]


def test_a_protected_person_is_counted_and_absent_by_name(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    people.protect_person(
        act(cast.case_worker),
        protection_id=uuid7(),
        person_id=family.people["Marta"],
        why="Amenazas.",
        asked_by_person=True,
        worker_ids=[cast.case_worker.id],
    )
    assert queries.site_overview(cast.a.site).registered == 4
    assert "Marta Xicará" not in [one.line.label for one in queries.occupants(cast.ana.id, cast.a.id).rows]
    assert queries.occupants(cast.ana.id, cast.a.id).total == 3
    assert queries.occupants(cast.case_worker.id, cast.a.id).total == 4


# --- names -----------------------------------------------------------------------------------------------------------


def test_a_roster_keeps_families_together_and_is_narrowed(cast: Cast) -> None:
    receive(cast.ana, cast.a, FAMILY, space="Salón")
    receive(cast.ana, cast.a, (PREGNANT, BOY), space="Aula 1")
    roster = queries.occupants(cast.ana.id, cast.a.id)
    assert [one.household for one in roster.rows] == sorted(
        (one.household for one in roster.rows), key=lambda code: code != roster.rows[0].household
    )
    narrowed = queries.occupants(cast.ana.id, cast.a.id, RosterFilter(space=cast.a.spaces["Aula 1"].id))
    assert [one.line.label for one in narrowed.rows] == ["Irma Xicará", "Óscar Xicará"]
    with translation.override("en"):
        pregnant = queries.occupants(cast.ana.id, cast.a.id, RosterFilter(need=NeedCode.PREGNANT))
    assert [one.needs for one in pregnant.rows] == [("pregnant", "walks with difficulty")]
    assert queries.occupants(cast.ana.id, cast.a.id, RosterFilter(state=StayState.AWAY)).total == 0


def test_a_roster_comes_in_pages_of_fifty(cast: Cast) -> None:
    for _ in range(3):
        receive(cast.ana, cast.a, tuple(Guest(f"N{n}", 20) for n in range(18)))
    second = queries.occupants(cast.ana.id, cast.a.id, page=2)
    assert (len(second.rows), second.total, second.pages, second.first, second.last) == (4, 54, 2, 51, 54)
    assert queries.occupants(cast.ana.id, cast.a.id, page=99).page == 2


def test_a_stranger_s_roster_is_empty(cast: Cast) -> None:
    receive(cast.ana, cast.a)
    for stranger in (cast.carla, cast.diego, cast.administrator, cast.outsider):
        assert queries.occupants(stranger.id, cast.a.id).total == 0


def test_a_person_s_stays_are_those_at_one_s_own_sites(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    check_out(cast.ana, family)
    services.check_in(act(cast.ana), stay_id=uuid7(), site_id=cast.a.id, person_id=family.people["Marta"])
    lines = queries.stays_of(cast.beto.id, family.people["Marta"])
    assert [line.state for line in lines] == [StayState.IN, StayState.OUT]
    assert queries.stays_of(cast.carla.id, family.people["Marta"]) == []


# --- sites -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def named(cast: Cast) -> Cast:
    """The cast with the other names of their sites."""
    for place, names in ((cast.a, ["Salón Municipal"]), (cast.b, ["Instituto Experimental", "INEB zona 3"])):
        for name in names:
            SiteAlias.objects.get_or_create(site=place.site, name=name, folded=fold(name))
    return cast


@pytest.mark.parametrize("said", ["S014", "s14", "salon municipal", "SALÓN", "municipal"])
def test_a_site_is_found_by_code_name_or_a_part_of_it(named: Cast, said: str) -> None:
    assert queries.resolve_site(named.diego.id, said).pk == named.a.id


def test_a_site_is_found_by_another_name(named: Cast) -> None:
    assert queries.resolve_site(named.diego.id, "ineb").pk == named.b.id


def test_an_ambiguous_name_is_answered_with_the_sites_it_fits(named: Cast) -> None:
    SiteAlias.objects.create(site=named.a.site, name="Escuela 1", folded="escuela 1")
    SiteAlias.objects.create(site=named.b.site, name="Escuela 2", folded="escuela 2")
    with pytest.raises(DomainError) as refused:
        queries.resolve_site(named.diego.id, "escuela")
    assert "Instituto Experimental (S027), Salón Municipal (S014)" in refused.value.sentence


def test_a_site_that_is_not_one_s_own_has_no_name(named: Cast) -> None:
    for stranger in (named.carla, named.outsider):
        with pytest.raises(DomainError) as refused:
            queries.resolve_site(stranger.id, "Salón Municipal")
        assert refused.value.code == "sites.no_such_site"


def test_the_list_of_sites_has_people_and_places(cast: Cast) -> None:
    receive(cast.ana, cast.a)
    building = Space.objects.create(site=cast.a.site, kind="building", name="B", capacity=10)
    Space.objects.create(site=cast.a.site, kind="room", name="B1", capacity=99, parent=building)
    lines, total = queries.sites_for(cast.diego.id)
    assert total == 2
    assert [(line.name, line.registered, line.places, line.status) for line in lines] == [
        ("Instituto Experimental", 0, 31, SiteStatus.OPEN),
        ("Salón Municipal", 4, 41, SiteStatus.OPEN),
    ]


def test_who_makes_sites_sees_them_and_not_their_figures(cast: Cast) -> None:
    receive(cast.ana, cast.a)
    lines, _ = queries.sites_for(cast.administrator.id)
    assert [line.registered for line in lines] == [None, None]


# --- in how many questions -------------------------------------------------------------------------------------------


def test_a_site_page_asks_the_same_number_of_questions_whoever_is_in(cast: Cast) -> None:
    with at_most(16):
        queries.site_overview(cast.a.site)
    for _ in range(3):
        receive(cast.ana, cast.a, (*FAMILY, AUNT), space="Salón")
    with at_most(16):
        queries.site_overview(cast.a.site)


def test_a_roster_asks_the_same_number_of_questions_whoever_is_in(cast: Cast) -> None:
    for _ in range(8):
        receive(cast.ana, cast.a, (*FAMILY, AUNT), space="Salón")
    with at_most(4):
        queries.occupants(cast.ana.id, cast.a.id)


def test_the_list_of_sites_asks_once_and_counts_once(cast: Cast) -> None:
    with at_most(3):
        queries.sites_for(cast.diego.id)


def test_checking_in_five_asks_little_more_than_checking_in_one(cast: Cast) -> None:
    numbers = []
    for size in (1, 5):
        family = receive(cast.ana, cast.a, tuple(Guest(f"N{n}", 30, kinship=Kinship.RELATIVE) for n in range(size)))
        check_out(cast.ana, family)
        arrivals = [CheckInOf(person_id=one, stay_id=uuid7()) for one in family.people.values()]
        with CaptureQueriesContext(connection) as asked:
            services.check_in_household(
                act(cast.ana), household_id=family.household, site_id=cast.a.id, arrivals=arrivals
            )
        numbers.append(len(asked))
    assert numbers[0] < 60
    assert numbers[1] - numbers[0] < 4 * 12
