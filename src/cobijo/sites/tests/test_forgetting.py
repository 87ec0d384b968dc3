"""What an erased person leaves at a site: figures that stand, and nothing that leads back."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from cobijo.accounts.access import COMMAND_LINE
from cobijo.accounts.services import discard_held
from cobijo.accounts.types import DiscardReason
from cobijo.core import clock, erasure, journal, seals
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent
from cobijo.sites import queries, services
from cobijo.sites.models import Absence, AuthorityAct, Death, Site, Stay, Transfer, TransferMember
from cobijo.sites.queries import SiteOverview
from cobijo.sites.queries import nights as in_the_nights
from cobijo.sites.queries.nights import Night
from cobijo.sites.tests.shelter import FATHER, GIRL, MOTHER, Family, ago, check_out, receive, submit
from cobijo.sites.tests.test_check_out import release
from cobijo.sites.tests.test_transfers import accept, propose, today
from cobijo.sites.types import OutReason
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cast: Cast) -> Family:
    return receive(cast.ana, cast.a, (MOTHER, FATHER, GIRL), space="Salón", happened_at=ago(50))


def figures(cast: Cast) -> list[object]:
    """What A says of itself, now and a day ago."""
    with translation.override("en"):
        now, before = queries.site_overview(cast.a.site), queries.site_overview(cast.a.site, ago(24))
    return [_numbers(one) for one in (now, before)]


def _numbers(seen: SiteOverview) -> object:
    return seen.registered, seen.here, seen.away, seen.households, seen.bands, seen.days, seen.free, seen.places


def erase(family: Family, name: str) -> None:
    erasure.erase(family.people[name], COMMAND_LINE)


def test_the_figures_stand_now_and_for_nights_that_have_passed(cast: Cast, family: Family) -> None:
    services.step_out(act(cast.ana), absence_id=uuid7(), stay_id=family.stays["Julio"])
    before = figures(cast)
    erase(family, "Julio")
    assert figures(cast) == before


def test_the_household_of_somebody_alone_is_still_one_household(cast: Cast) -> None:
    alone = receive(cast.ana, cast.a, (MOTHER,), happened_at=ago(50))
    before = figures(cast)
    erase(alone, "Marta")
    assert figures(cast) == before
    assert Stay.objects.get().household_id != alone.household


@pytest.mark.parametrize("seconds", [-1, 0, 1, 59])
def test_who_came_or_left_about_midnight_is_counted_on_the_same_nights(cast: Cast, seconds: int) -> None:
    zone, today = ZoneInfo(cast.a.site.zone), clock.today(ZoneInfo(cast.a.site.zone))
    nights = [today - timedelta(days=days) for days in (5, 4, 3, 2, 1)]
    came, left = (clock.midnight_ending(night, zone) + timedelta(seconds=seconds) for night in (nights[1], nights[3]))
    family = receive(cast.ana, cast.a, (MOTHER, FATHER), happened_at=came)
    services.step_out(act(cast.ana, happened_at=came), absence_id=uuid7(), stay_id=family.stays["Julio"])
    services.check_out(act(cast.ana, happened_at=left), stay_ids=family.all_stays(), reason=OutReason.HOME)

    def slept() -> list[tuple[int, int]]:
        sites = Site.objects.filter(pk=cast.a.id)
        whens = [Night.of(night, [cast.a.site.zone]) for night in nights]
        away = [len(in_the_nights.away(sites, when, few=True)) for when in whens]
        return list(zip(in_the_nights.night_by_night(sites, whens), away, strict=True))

    before = slept()
    erase(family, "Julio")
    assert slept() == before


def test_no_id_and_no_moment_of_the_journal_leads_to_what_is_left(cast: Cast, family: Family) -> None:
    erase(family, "Julio")
    left = Stay.objects.get(person__anonymous=True)
    journal = " ".join(Intent.objects.values_list("arguments", flat=True))
    assert str(left.id) not in journal
    assert str(left.person_id) not in journal
    assert left.in_at not in set(Intent.objects.values_list("happened_at", flat=True))
    assert left.household_id is None
    assert not Stay.objects.filter(pk=family.stays["Julio"]).exists()


def test_what_was_said_of_leaving_a_death_and_an_act_go(cast: Cast, family: Family) -> None:
    check_out(cast.ana, family, "Lucía", destination="con su tía", authority_act=release(family.people["Lucía"]))
    services.record_death(
        act(cast.case_worker),
        death_id=uuid7(),
        person_id=family.people["Julio"],
        died_on=ago(24).date(),
        authority="RENAP",
        document="118",
    )
    for name in ("Lucía", "Julio"):
        erase(family, name)
    assert not AuthorityAct.objects.exists()
    assert not Death.objects.exists()
    assert set(Stay.objects.filter(person__anonymous=True).values_list("destination", flat=True)) == {""}


def test_a_transfer_is_kept_without_its_erased_member(cast: Cast, family: Family) -> None:
    accept(cast, propose(cast, family), family)
    erase(family, "Marta")
    assert Transfer.objects.count() == 1
    assert TransferMember.objects.count() == 2
    assert queries.site_overview(cast.b.site).registered == 3


def test_words_of_entries_that_were_held_and_let_go_are_erased_with_whom_they_are_about(
    cast: Cast, family: Family
) -> None:
    transfer = propose(cast, family)
    accept(cast, transfer, family)
    given = {"transfer_id": transfer.id, "arrivals": [], "override": "Su tío Anselmo los espera."}
    held = submit("accept_transfer", cast.carla, act_given={"happened_at": ago(3)}, **given)
    assert held.status == "held"
    words = "Anselmo ya los recibió."
    discard_held(act(cast.carla), op_id=held.op_id, why=DiscardReason.DONE_ALREADY, words=words)

    def said() -> list[object]:
        intents = Intent.objects.filter(verb__in=["accounts.discard_held", "sites.accept_transfer"]).order_by("id")
        return [one for intent in intents for one in journal.arguments_of(intent).values() if "Anselmo" in str(one)]

    assert len(said()) == 2
    erase(family, "Lucía")
    assert said() == []
    seals.seal_waiting()
    assert seals.verify()[0] == []


def test_a_held_entry_waits_as_long_as_it_is_about_anybody(cast: Cast, family: Family) -> None:
    propose(cast, family)
    again = {"transfer_id": uuid7(), "to_site_id": cast.b.id, "stay_ids": family.all_stays(), "travels_on": today()}
    assert submit("propose_transfer", cast.beto, act_given={"happened_at": ago(3)}, **again).status == "held"
    for name in ("Marta", "Julio"):
        erase(family, name)
        assert journal.held().count() == 1
    erase(family, "Lucía")
    assert journal.held().count() == 0


def test_who_is_erased_while_in_is_counted_until_they_are_said_to_have_left(cast: Cast, family: Family) -> None:
    erase(family, "Julio")
    [absent] = queries.erased_still_in(cast.a.site)
    assert absent.space == "Salón"
    with pytest.raises(DomainError) as refused:
        services.check_out_erased(act(cast.carla), stay_id=absent.stay_id)
    assert refused.value.code == "core.not_found"
    services.check_out_erased(act(cast.ana), stay_id=absent.stay_id)
    assert queries.site_overview(cast.a.site).registered == 2
    assert not Absence.objects.exists()


def test_a_living_person_s_stay_is_not_ended_by_that_door(cast: Cast, family: Family) -> None:
    with pytest.raises(DomainError) as refused:
        services.check_out_erased(act(cast.ana), stay_id=family.stays["Marta"])
    assert refused.value.code == "core.not_found"
