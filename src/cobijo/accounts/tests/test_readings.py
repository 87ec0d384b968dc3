"""The log of who looked at whom, and what is out of the ordinary."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.core.cache import cache

from cobijo.accounts import readings, services
from cobijo.accounts.models import Account, Notice, Reading
from cobijo.accounts.types import ReadingKind, Role
from cobijo.core import clock
from cobijo.core.ids import uuid7
from tests.cast import Cast, grant, sign_in

PEOPLE = "people.person"
pytestmark = pytest.mark.database

PAGE, CSV = "/accounts/readings/", "/accounts/readings/counts.csv"


@pytest.fixture(autouse=True)
def _nothing_kept(cast: Cast) -> None:
    cache.clear()
    services.name_kind(PEOPLE, "ficha de persona")
    days_ago(0)


def days_ago(days: int) -> None:
    """Put the clock at noon in Guatemala so many days ago: the same day there and in Greenwich."""
    now = datetime.now(UTC)
    clock.move(now.replace(hour=18, minute=0) - timedelta(days=days) - now)


def look(who: Account, people: int, unit: UUID | None = None, what: ReadingKind = ReadingKind.LIST) -> Reading:
    return services.log_reading(who.id, what, PEOPLE, people=people, unit=unit)


def days_of_work(cast: Cast, people: int = 10, days: int = 5) -> None:
    """Ana reads so many people on each of the days before today."""
    for day in range(1, days + 1):
        days_ago(day)
        look(cast.ana, people)
    days_ago(0)


def told() -> list[Notice]:
    return list(Notice.objects.filter(code="accounts.unusual_reading"))


# --- writing ---------------------------------------------------------------------------------------------------------


def test_it_is_written_in_whose_name_and_where(cast: Cast) -> None:
    person = uuid7()
    row = services.log_reading(cast.ana.id, ReadingKind.OPEN, PEOPLE, person, reason="search")
    assert (row.actor, row.role, row.unit, row.record, row.people) == (
        cast.ana.id,
        Role.REGISTRAR,
        cast.a.id,
        person,
        1,
    )


def test_of_several_roles_the_one_that_shows_people_in_that_unit_counts(cast: Cast) -> None:
    grant(cast.diego, Role.REGISTRAR, cast.a.unit)
    grant(cast.diego, Role.CASE_WORKER, cast.b.unit)
    assert look(cast.diego, 1, cast.b.id).role == Role.CASE_WORKER
    assert look(cast.diego, 1, cast.a.id).role == Role.REGISTRAR


# --- measuring -------------------------------------------------------------------------------------------------------


def test_three_times_the_usual_is_told_to_the_auditors_once_a_day(cast: Cast) -> None:
    days_of_work(cast, people=10)
    look(cast.ana, 30)
    assert told() == []
    look(cast.ana, 10)
    [notice] = told()
    assert notice.account_id == cast.auditor.id
    assert notice.about == {"account": str(cast.ana.id), "people": 40, "usual": 10}
    look(cast.ana, 50)
    assert len(told()) == 1


def test_what_is_usual_in_a_role_is_usual(cast: Cast) -> None:
    days_of_work(cast, people=60)
    look(cast.ana, 100)
    assert told() == []


def test_fewer_than_thirty_are_never_unusual(cast: Cast) -> None:
    days_of_work(cast, people=2)
    look(cast.ana, 29)
    assert told() == []


def test_without_days_before_nothing_is_usual_yet(cast: Cast) -> None:
    look(cast.ana, 500)
    assert told() == []


def test_many_small_looks_add_up(cast: Cast) -> None:
    days_of_work(cast, people=5)
    for _ in range(31):
        services.log_reading(cast.ana.id, ReadingKind.OPEN, PEOPLE, uuid7())
    assert len(told()) == 1


def test_days_longer_ago_than_two_weeks_do_not_count(cast: Cast) -> None:
    days_ago(20)
    look(cast.ana, 1000)
    days_ago(0)
    days_of_work(cast, people=10)
    look(cast.ana, 40)
    assert len(told()) == 1


def test_the_median_withstands_one_wild_day(cast: Cast) -> None:
    days_of_work(cast, people=10)
    days_ago(6)
    look(cast.ana, 900)
    days_ago(0)
    look(cast.ana, 10)
    [today] = readings.by_role(Reading.objects.all(), clock.now().date(), 1)
    assert today.usual == 10


# --- the page --------------------------------------------------------------------------------------------------------


def test_the_auditor_sees_who_looked_and_what_stands_out(cast: Cast) -> None:
    days_of_work(cast, people=10)
    look(cast.ana, 45)
    page = sign_in(cast.auditor).get(PAGE).content.decode()
    assert "Ana Xicay" in page
    assert "ficha de persona" in page
    assert "state-wants" in page


@pytest.mark.parametrize("who", ["ana", "beto", "diego", "administrator", "outsider"])
@pytest.mark.parametrize("path", [PAGE, CSV])
def test_nobody_else_does(cast: Cast, who: str, path: str) -> None:
    assert sign_in(getattr(cast, who)).get(path).status_code == 403


def test_an_auditor_of_one_site_sees_the_readings_there(cast: Cast) -> None:
    grant(cast.outsider, Role.AUDITOR, cast.b.unit)
    look(cast.ana, 3)
    look(cast.carla, 4)
    page = sign_in(cast.outsider).get(PAGE).content.decode()
    assert "Carla Ixcot" in page
    assert "Ana Xicay" not in page


def test_it_is_narrowed_by_day_colleague_role_and_kind(cast: Cast) -> None:
    look(cast.ana, 3)
    look(cast.carla, 4, what=ReadingKind.EXPORT)
    days_ago(2)
    look(cast.ana, 5)
    days_ago(0)
    browser = sign_in(cast.auditor)

    def shown(query: str) -> int:
        return int(browser.get(f"{PAGE}?{query}").context["page"].paginator.count)

    today = clock.now().date()
    assert shown("") == 3
    assert shown(f"actor={cast.ana.id}") == 2
    assert shown("role=site_manager") == 1
    assert shown("what=export") == 1
    assert shown(f"day_day={today.day}&day_month={today.month}&day_year={today.year}") == 2


def test_the_counts_leave_and_no_record_with_them(cast: Cast) -> None:
    person = uuid7()
    services.log_reading(cast.ana.id, ReadingKind.OPEN, PEOPLE, person)
    look(cast.ana, 7)
    Account.objects.filter(pk=cast.carla.pk).update(username="=cmd")
    look(cast.carla, 2)
    rows = sign_in(cast.auditor).get(CSV).content.decode().splitlines()
    day = clock.now().date().isoformat()
    assert rows[0] == "day,account,role,what,readings,people"
    assert sorted(rows[1:]) == [
        f"{day},'=cmd,site_manager,list,1,2",
        f"{day},ana,registrar,list,1,7",
        f"{day},ana,registrar,open,1,1",
    ]
    assert str(person) not in "".join(rows)


def test_a_page_full_of_readings_costs_as_many_queries_as_an_empty_one(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    days_of_work(cast, people=3, days=10)
    browser = sign_in(cast.auditor)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        browser.get(PAGE)
