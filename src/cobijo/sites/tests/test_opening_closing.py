"""Premises taken over by an act, and given back by another when nobody is left in them."""

import re
from datetime import timedelta

import pytest
from django.utils.translation import override

from cobijo.accounts.models import Reading
from cobijo.core import clock
from cobijo.core.ids import uuid7
from cobijo.people import services as people
from cobijo.sites import queries, services
from cobijo.sites.models import Site, Transfer
from cobijo.sites.premises.closing import still_in
from cobijo.sites.premises.models import SiteAct
from cobijo.sites.premises.types import (
    ClosingWhy,
    MeterIn,
    ThingIn,
)
from cobijo.sites.tests.buildings import (
    closed,
    opened,
    refused,
    shut,
    today,
    way_out,
)
from cobijo.sites.tests.shelter import BOY, FAMILY, FATHER, MOTHER, check_out, receive
from cobijo.sites.tests.test_pages import browser_of, day, page, post
from cobijo.sites.types import OutReason, SiteStatus
from cobijo.sites.unnamed.types import UnnamedIn
from cobijo.sites.wayout.types import Solution
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db


# --- opening ---------------------------------------------------------------------------------------------------------


def test_a_site_opens_with_an_act_that_says_what_was_taken_over(cast: Cast) -> None:
    shut(cast.a)
    back = today() + timedelta(days=30)
    written = opened(
        cast.beto,
        cast.a,
        owner="Municipalidad de Alotenango",
        give_back_on=back,
        meters=[MeterIn(meter="Luz 44812", reading="10233")],
        furniture=[ThingIn(what="Pupitres", count=60)],
        received_by_post="Coordinación del albergue",
    )
    site = Site.objects.get(pk=cast.a.id)
    assert (queries.status_of(site), site.give_back_on) == (SiteStatus.OPEN, back)
    assert (written.number, written.meters, written.furniture) == (
        1, [{"meter": "Luz 44812", "reading": "10233"}], [{"what": "Pupitres", "count": 60}],
    )  # fmt: skip


def test_what_is_open_is_not_opened_and_a_day_past_is_not_agreed(cast: Cast) -> None:
    refused("sites.open_already", opened, cast.beto, cast.a)
    shut(cast.a)
    refused("sites.given_back_before", opened, cast.beto, cast.a, give_back_on=today() - timedelta(days=1))
    assert not SiteAct.objects.exists()


def test_only_who_manages_a_site_opens_and_closes_it_with_an_act(cast: Cast) -> None:
    shut(cast.a)
    for who, code in (
        (cast.ana, "core.not_allowed"),
        (cast.administrator, "core.not_allowed"),
        (cast.carla, "core.not_found"),
    ):
        refused(code, opened, who, cast.a)
        refused(code, closed, who, cast.a)


# --- closing ---------------------------------------------------------------------------------------------------------


@override("en")
def test_nobody_is_left_in_a_closed_site_named_or_not(cast: Cast) -> None:
    settled, other = receive(cast.ana, cast.a), receive(cast.ana, cast.a, (MOTHER,))
    way_out(cast, settled.household, solution=Solution.HOUSE, accepted=True)
    number = UnnamedIn(unnamed_id=uuid7(), persons=3)
    services.count_unnamed(act(cast.ana), household_id=other.household, site_id=cast.a.id, unnamed=[number])
    refusal = refused("sites.still_in_at_closing", closed, cast.beto, cast.a)
    assert "8 people" in refusal.sentence
    assert "2 households, 1 of them without" in refusal.sentence
    check_out(cast.ana, settled)
    check_out(cast.ana, other)
    assert "3 people" in refused("sites.still_in_at_closing", closed, cast.beto, cast.a).sentence
    services.check_out_unnamed(act(cast.ana), unnamed_id=number.unnamed_id, persons=3, reason=OutReason.HOME)
    written = closed(cast.beto, cast.a)
    assert (written.number, written.why) == (1, ClosingWhy.SCHOOL)
    assert queries.status_of(cast.a.site) is SiteStatus.CLOSED
    refused("sites.closed_already", closed, cast.beto, cast.a)


def test_something_else_is_said_in_words(cast: Cast) -> None:
    refused("sites.say_why_it_closes", closed, cast.beto, cast.a, why=ClosingWhy.OTHER, why_words="  ")


def test_a_site_opened_again_has_acts_with_numbers_of_their_own(cast: Cast) -> None:
    closed(cast.beto, cast.a)
    opened(cast.beto, cast.a)
    closed(cast.beto, cast.a)
    acts = SiteAct.objects.filter(site=cast.a.site).order_by("at")
    assert [(one.kind, one.number) for one in acts] == [("closing", 1), ("opening", 1), ("closing", 2)]


def test_the_page_of_closing_says_who_is_left_and_what_is_settled(cast: Cast) -> None:
    first, second, gone = (receive(cast.ana, cast.a, some) for some in (FAMILY, (MOTHER,), (FATHER,)))
    way_out(cast, second.household, solution=Solution.RETURN, accepted=True)
    check_out(cast.ana, gone)
    receive(cast.carla, cast.b)
    found = still_in(cast.beto.id, cast.a.site)
    assert [home.household_id for home in found.homes] == [first.household, second.household]
    assert (found.people, found.others, found.gone, found.all, found.settled) == (5, 0, 1, 3, 1)
    shown = page(cast.beto, "close", cast.a.id)
    assert "5 people are still here" in shown
    assert "1 of 3 households have left" in shown
    assert Reading.objects.filter(actor=cast.beto.id, what="list", people=5).exists(), "a list of people is logged"
    assert "Why it closes" not in shown, "the act comes when nobody is left"


def test_whom_the_reader_may_not_see_is_counted_and_in_no_line(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, (FATHER,))

    people.protect_person(
        act(cast.case_worker),
        protection_id=uuid7(),
        person_id=family.people["Julio"],
        why="La buscan.",
        asked_by_person=True,
        worker_ids=[cast.case_worker.id],
    )
    found = still_in(cast.beto.id, cast.a.site)
    assert (found.homes, found.people, found.others) == ((), 1, 1)
    assert "One more person is here and in no line of yours" in page(cast.beto, "close", cast.a.id)
    refused("sites.still_in_at_closing", closed, cast.beto, cast.a)


def test_several_households_are_proposed_to_one_site_at_once(cast: Cast) -> None:
    homes = [receive(cast.ana, cast.a, (MOTHER,)) for _ in range(2)]
    child = receive(cast.ana, cast.a, (BOY,))
    to = {"to_site": cast.b.id} | day(clock.now(), "travels_on")
    keys = [home.household for home in (*homes, child)]
    browser = browser_of(cast.beto)
    answer = browser.post(f"/sites/{cast.a.id}/close/transfer/", {"homes": keys} | to, follow=True)
    assert Transfer.objects.filter(why="closing", to_site=cast.b.site).count() == 2, "a child does not move alone"
    shown = answer.content.decode()
    assert "2 households were proposed" in shown
    assert "A child leaves only with an adult" in shown, "what was refused is said"
    browser.post(f"/sites/{cast.a.id}/close/transfer/", {"homes": keys} | to)
    assert Transfer.objects.count() == 2


def test_a_proposal_without_a_site_is_asked_again_and_what_was_ticked_stays(cast: Cast) -> None:
    home = receive(cast.ana, cast.a, (MOTHER,))
    given = {"homes": [home.household], "to_site": ""} | day(clock.now(), "travels_on")
    shown = post(cast.beto, "close-together", cast.a.id, status=200, **given)
    assert re.search(rf'value="{home.household}" checked', shown)
    post(cast.beto, "close-together", cast.a.id, status=200, homes=[uuid7()], **day(clock.now(), "travels_on"))
    assert not Transfer.objects.exists()


def test_a_way_out_and_a_check_out_lead_back_to_the_closing(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, (MOTHER,))
    stay = family.stays["Marta"]
    browser = browser_of(cast.beto)
    address = f"/sites/{cast.a.id}/households/{family.household}/way-out/?from=close"
    answers = {"op_id": uuid7(), "new_id": uuid7(), "house": "destroyed", "tenure": "unknown"}
    answers |= {"intention": "unknown", "solution": "none"}
    assert browser.post(address, answers)["Location"] == f"/sites/{cast.a.id}/close/"
    leaving = {"op_id": uuid7(), "new_id": uuid7(), "who": [stay], "reason": "home"}
    address = f"/sites/{cast.a.id}/stays/{stay}/leave/?from=close"
    assert browser.post(address, leaving)["Location"] == f"/sites/{cast.a.id}/close/"
    assert "Why it closes" in page(cast.beto, "close", cast.a.id)
