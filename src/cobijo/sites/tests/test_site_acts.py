"""The acts of opening and closing on paper, and as they are typed."""

import pytest

from cobijo.accounts.models import Reading
from cobijo.core import clock
from cobijo.sites.premises import prints
from cobijo.sites.premises.closing import served
from cobijo.sites.premises.models import SiteAct
from cobijo.sites.premises.types import (
    MeterIn,
    ThingIn,
)
from cobijo.sites.tests.buildings import closed, gone_home, opened, shut, way_out
from cobijo.sites.tests.shelter import FATHER, receive
from cobijo.sites.tests.test_pages import browser_of, page, post
from cobijo.sites.wayout.types import Solution
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_what_a_site_did_counts_households_people_and_nights(cast: Cast) -> None:
    gone_home(cast, 3)
    family = receive(cast.ana, cast.a, (FATHER,))
    way_out(cast, family.household, solution=Solution.REPAIR, accepted=True)
    did = served(cast.a.site, clock.now())
    assert (did.households, did.persons, did.without) == (4, 7, 3)
    assert did.ways_out == {Solution.REPAIR: 1}
    assert did.reasons == {"home": 6}
    assert did.registered_nights == 18, "six people for three nights; tonight is not over"


def test_what_leaves_with_the_owner_hides_few_people(cast: Cast) -> None:
    gone_home(cast, 1)
    few = prints._totals(served(cast.a.site, clock.now()), prints.OWNER)
    assert [value for _label, value in few] == [None, None, None]
    gone_home(cast, 2)
    some = prints._totals(served(cast.a.site, clock.now()), prints.OWNER)
    assert [value for _label, value in some] == [None, 6, 18], "three households are few, six people are not"
    assert [value for _label, value in prints._totals(served(cast.a.site, clock.now()), prints.DESK)] == [3, 6, 18]


def test_the_acts_print_for_the_desk_and_for_the_owner(cast: Cast) -> None:
    shut(cast.a)
    opening = opened(cast.beto, cast.a, meters=[MeterIn(meter="Agua", reading="77")])
    gone_home(cast, 1)
    closing = closed(cast.beto, cast.a, meters=[MeterIn(meter="Agua", reading="91")])
    for written, edition in ((opening, "desk"), (closing, "desk"), (closing, "owner")):
        answer = browser_of(cast.beto).get(f"/sites/acts/{written.pk}/{edition}/")
        assert answer.status_code == 200
        assert answer.content.startswith(b"%PDF")
    assert Reading.objects.filter(actor=cast.beto.id, what="print").count() == 1, "the one with small numbers is logged"
    stranger = browser_of(cast.carla)
    assert stranger.get(f"/sites/acts/{closing.pk}/desk/").status_code == 404
    assert browser_of(cast.administrator).get(f"/sites/acts/{closing.pk}/desk/").status_code == 403, "no figures"
    assert browser_of(cast.beto).get(f"/sites/acts/{closing.pk}/everybody/").status_code == 404


def test_a_closing_stands_beside_what_was_taken_over(cast: Cast) -> None:
    shut(cast.a)
    opening = opened(
        cast.beto, cast.a, meters=[MeterIn(meter="Agua", reading="77")],
        furniture=[ThingIn(what="Mesas", count=4), ThingIn(what="Sillas", count=9)],
    )  # fmt: skip
    closing = closed(
        cast.beto, cast.a, meters=[MeterIn(meter="Agua", reading="91")], furniture=[ThingIn(what="Mesas", count=3)]
    )
    assert prints._meters(closing, opening) == [["Agua", "77", "91"]]
    assert prints._furniture(closing, opening) == [["Mesas", 4, 3], ["Sillas", 9, None]]


def test_an_act_is_typed_in_rows_and_a_reading_needs_its_meter(cast: Cast) -> None:
    shut(cast.a)
    wrong = post(cast.beto, "open", cast.a.id, status=200, reading_0="4477", count_1="3")
    assert "Write which meter shows this." in wrong
    assert "Write what these are." in wrong
    post(cast.beto, "open", cast.a.id, meter_0="Luz", reading_0="4477", what_0="Mesas", count_0="0", what_1="Camas")
    written = SiteAct.objects.get()
    assert (written.meters, written.furniture) == (
        [{"meter": "Luz", "reading": "4477"}],
        [{"what": "Mesas", "count": 0}],
    )
    closing = page(cast.beto, "close", cast.a.id)
    assert 'value="Luz"' in closing, "the closing asks for the same meters"
    assert 'value="4477"' not in closing, "and is read anew"
