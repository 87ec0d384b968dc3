"""A roll-call in a census: counted beside the registered, and added to nothing."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from cobijo.core.ids import uuid7
from cobijo.reporting import closing, queries, saying
from cobijo.reporting import services as reporting
from cobijo.reporting.exports.as_json import census_json
from cobijo.reporting.exports.sheets import exact
from cobijo.reporting.tests.test_guests import census, last_night, whole
from cobijo.reporting.types import Kind
from cobijo.sites.rollcalls.models import RollCall
from cobijo.sites.tests.rolls import begin, end, mark, nameless
from cobijo.sites.tests.shelter import FAMILY, ago, receive
from tests.cast import Cast, act, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def called(cast: Cast) -> Cast:
    """Last night three of the four of a family were seen, one nobody looked for, and two strangers in the tent."""
    family = receive(cast.ana, cast.a, FAMILY, space="Salón", happened_at=ago(60))
    roll = begin(cast.ana, cast, happened_at=ago(24))
    stays = family.all_stays()
    mark(cast.ana, roll, *stays[:2], happened_at=ago(23.9))
    mark(cast.ana, roll, stays[2], here=False, happened_at=ago(23.9))
    nameless_late(cast, roll)
    end(cast.ana, roll, at=ago(23.8))
    RollCall.objects.filter(pk=roll.pk).update(night=last_night())
    return cast


def nameless_late(cast: Cast, roll: RollCall) -> None:
    nameless(cast.ana, roll, 2, cast.a.spaces["Carpa 1"].id)
    roll.nameless_counts.update(at=ago(23.85))


def test_it_stands_beside_the_registered_and_no_total_takes_it(called: Cast) -> None:
    found = census(called)
    part = found.parts[0]
    assert part.roll_call is not None
    assert (part.roll_call.persons, part.roll_call.registered, part.roll_call.unmarked) == (4, 4, 1)
    assert (found.persons, part.kinds, part.on_the_spot) == (4, (Kind.REGISTERED,), 4)
    assert whole(called).persons == 4


def test_it_is_said_and_exported(called: Cast) -> None:
    with override("en"):
        found = census(called)
        said = " ".join(saying.made_of_lines(found))
        sheet = exact(found)
    assert "4 people counted beside 4 registered then. One was not looked at." in said
    row = dict(zip(sheet.heads, sheet.rows[0], strict=True))
    assert (row["Persons"], row["Counted"], row["Counted at roll-call"]) == (4, None, 4)
    assert census_json(found)["roll_call"]["not_looked_at"] == 1


def test_a_closed_night_keeps_it(called: Cast) -> None:
    reporting.close_night(act(called.beto), closed_id=uuid7(), site_id=called.a.id, night=last_night())
    RollCall.objects.update(here=0)
    part = census(called).parts[0]
    assert part.roll_call is not None
    assert part.roll_call.persons == 4
    assert closing.keep(part)["roll_call"]["registered"] == 4


def test_the_newest_of_a_night_stands(called: Cast) -> None:
    RollCall.objects.create(
        site=called.a.site, night=last_night(), begun_at=ago(23), ended_at=ago(22), state="ended", here=7, registered=7
    )
    RollCall.objects.create(site=called.a.site, night=last_night(), begun_at=ago(21))
    part = census(called).parts[0]
    assert part.roll_call is not None
    assert part.roll_call.persons == 7


def test_the_pages_show_it(called: Cast) -> None:
    browser = sign_in(called.beto)
    for url in (
        reverse("reporting:scope", args=["sites", called.a.id]) + f"?night={last_night()}",
        reverse("sites:site", args=[called.a.id]),
        reverse("reporting:evening", args=[called.a.id]),
    ):
        assert browser.get(url).status_code == 200
    assert queries.of_site(called.a.id)
