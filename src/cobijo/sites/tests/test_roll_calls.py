"""The roll-call: begun, joined, marked by several at once, interrupted, ended, its differences explained."""

from datetime import timedelta
from typing import Any

import pytest

from cobijo.accounts.access import COMMAND_LINE
from cobijo.core import clock, erasure
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.sites import services
from cobijo.sites.guests.queries import night_at
from cobijo.sites.models import Stay
from cobijo.sites.rollcalls.models import Difference, Mark, RollCall
from cobijo.sites.rollcalls.types import Explanation
from cobijo.sites.tests.door import count, night_shelter
from cobijo.sites.tests.gateway import gatekeeper, passes
from cobijo.sites.tests.rolls import begin, differences, end, explain, mark, nameless
from cobijo.sites.tests.shelter import FATHER, GIRL, MOTHER, Family, Guest, ago, check_out, receive
from cobijo.sites.types import OutReason
from cobijo.sites.unnamed.types import UnnamedIn
from tests.cast import Cast, act

pytestmark = [pytest.mark.django_db, pytest.mark.database]

HERE, ABSENT, ELSEWHERE = "here_not_registered", "registered_not_here", "other_space"


@pytest.fixture
def family(cast: Cast) -> Family:
    return receive(cast.ana, cast.a, (MOTHER, FATHER, GIRL), space="Salón", happened_at=ago(50))


def refused(code: str, do: Any) -> None:
    with pytest.raises(DomainError) as refusal:
        do()
    assert refusal.value.code == code


# --- begun, joined, interrupted --------------------------------------------------------------------------------------


def test_whoever_begins_a_second_one_joins_the_first(cast: Cast, family: Family) -> None:
    first, second = begin(cast.ana, cast), begin(cast.beto, cast)
    assert first.pk == second.pk
    assert RollCall.objects.count() == 1


def test_a_roll_call_that_was_interrupted_goes_on(cast: Cast, family: Family) -> None:
    roll = begin(cast.ana, cast)
    mark(cast.ana, roll, family.stays["Marta"])
    again = begin(cast.ana, cast)
    mark(cast.ana, again, family.stays["Julio"], family.stays["Lucía"])
    ended = end(cast.ana, again)
    assert (ended.here, ended.unmarked, ended.markers) == (3, 0, 1)


def test_the_night_is_the_one_by_the_clock_here(cast: Cast) -> None:
    tonight = night_at(cast.a.site, clock.now())
    wrong = begin(cast.ana, cast, night=tonight + timedelta(days=1))
    assert wrong.night == tonight
    refused("sites.roll_call_of_another_night", lambda: begin(cast.ana, cast, night=tonight - timedelta(days=4)))


def test_a_device_a_day_ahead_is_refused_and_one_a_day_behind_calls_last_night(cast: Cast) -> None:
    refused("core.future", lambda: begin(cast.ana, cast, happened_at=clock.now() + timedelta(days=1)))
    late = begin(cast.ana, cast, happened_at=ago(24))
    assert late.night == night_at(cast.a.site, clock.now()) - timedelta(days=1)


# --- several people at once ------------------------------------------------------------------------------------------


def test_seen_is_seen_whoever_did_not_find_them(cast: Cast, family: Family) -> None:
    roll, marta = begin(cast.ana, cast), family.stays["Marta"]
    mark(cast.ana, roll, marta, here=True)
    mark(cast.beto, roll, marta, here=False)
    assert end(cast.beto, roll).here == 1


def test_ones_own_slip_is_put_right_by_tapping_again(cast: Cast, family: Family) -> None:
    roll, marta = begin(cast.ana, cast), family.stays["Marta"]
    mark(cast.ana, roll, marta, here=True)
    mark(cast.ana, roll, marta, here=False)
    ended = end(cast.ana, roll)
    assert (ended.here, ended.absent) == (0, 1)


def test_a_gatekeeper_marks_and_neither_begins_nor_ends(cast: Cast, family: Family) -> None:
    otto, roll = gatekeeper(cast), begin(cast.ana, cast)
    mark(otto, roll, family.stays["Marta"])
    refused("core.not_allowed", lambda: begin(otto, cast))
    refused("core.not_allowed", lambda: end(otto, roll))
    assert Mark.objects.get().by == otto.id


def test_nobody_marks_who_has_no_stay_here(cast: Cast, family: Family) -> None:
    roll = begin(cast.ana, cast)
    other = receive(cast.carla, cast.b, (Guest("Rosa"),))
    for unknown in (other.stays["Rosa"], uuid7()):
        refused("core.not_found", lambda unknown=unknown: mark(cast.ana, roll, unknown))
        refused("core.not_found", lambda unknown=unknown: mark(cast.carla, roll, unknown))


# --- the end ---------------------------------------------------------------------------------------------------------


def test_what_nobody_looked_for_is_not_called_absent(cast: Cast, family: Family) -> None:
    roll = begin(cast.ana, cast)
    mark(cast.ana, roll, family.stays["Marta"])
    ended = end(cast.ana, roll)
    assert (ended.registered, ended.here, ended.absent, ended.unmarked) == (3, 1, 0, 2)
    assert differences(roll) == []


def test_each_kind_of_difference_comes_out(cast: Cast, family: Family) -> None:
    out = receive(cast.ana, cast.a, (Guest("Rosa"), Guest("Nina")), space="Salón", happened_at=ago(30))
    passes(cast.ana, cast, out, "Rosa", "out")
    check_out(cast.ana, out, "Nina")
    roll, aula = begin(cast.ana, cast), cast.a.spaces["Aula 2"].id
    mark(cast.ana, roll, family.stays["Marta"], out.stays["Rosa"], out.stays["Nina"])
    mark(cast.ana, roll, family.stays["Lucía"], space=aula)
    mark(cast.ana, roll, family.stays["Julio"], here=False)
    nameless(cast.ana, roll, 2, aula, "Dos muchachos de Sangre de Cristo.")
    ended = end(cast.ana, roll)
    assert set(differences(roll)) == {
        (HERE, out.stays["Rosa"], 1),
        (HERE, out.stays["Nina"], 1),
        (HERE, None, 2),
        (ABSENT, family.stays["Julio"], 1),
        (ELSEWHERE, family.stays["Lucía"], 1),
    }
    assert (ended.registered, ended.away, ended.counted, ended.absent) == (4, 1, 6, 1)


def test_people_without_a_name_who_are_registered_are_no_difference(cast: Cast, family: Family) -> None:
    salon = cast.a.spaces["Salón"].id
    known = [UnnamedIn(unnamed_id=uuid7(), persons=3, space_id=salon)]
    services.count_unnamed(act(cast.ana), household_id=family.household, site_id=cast.a.id, unnamed=known)
    roll = begin(cast.ana, cast)
    nameless(cast.ana, roll, 3, salon)
    assert end(cast.ana, roll).nameless_here == 3
    assert differences(roll) == []
    again = begin(cast.ana, cast)
    nameless(cast.ana, again, 5, salon)
    nameless(cast.beto, again, 2, salon)
    end(cast.ana, again)
    assert differences(again) == [(ABSENT, None, 1)], "the newest count of a space stands"


def test_guests_counted_at_the_door_are_no_strangers_inside(cast: Cast) -> None:
    shelter = night_shelter(cast)
    count(shelter, ("male", "18-59", 7))
    roll = begin(cast.ana, cast)
    nameless(cast.ana, roll, 8)
    ended = end(cast.ana, roll)
    assert ended.guests == 7
    assert differences(roll) == [(HERE, None, 1)]


def test_after_the_end_nothing_is_marked(cast: Cast, family: Family) -> None:
    roll = begin(cast.ana, cast)
    refused("sites.roll_call_empty", lambda: end(cast.ana, roll))
    mark(cast.ana, roll, family.stays["Marta"])
    end(cast.ana, roll)
    refused("sites.roll_call_ended", lambda: mark(cast.ana, roll, family.stays["Julio"]))
    refused("sites.roll_call_ended", lambda: end(cast.ana, roll))
    assert begin(cast.ana, cast).pk != roll.pk


def test_marks_made_before_the_end_and_sent_after_it_count(cast: Cast, family: Family) -> None:
    roll = begin(cast.ana, cast, happened_at=ago(2))
    mark(cast.ana, roll, family.stays["Julio"], here=False, happened_at=ago(1.5))
    end(cast.ana, roll, at=ago(1))
    assert differences(roll) == [(ABSENT, family.stays["Julio"], 1)]
    receipt = mark(cast.beto, roll, family.stays["Julio"], family.stays["Marta"], happened_at=ago(1.2))
    assert receipt.flags == ()
    assert differences(roll) == []
    assert RollCall.objects.get(pk=roll.pk).here == 2
    after = mark(cast.beto, roll, family.stays["Lucía"], happened_at=ago(0.5))
    assert [flag["code"] for flag in after.flags] == ["sites.marked_after_end"]
    assert RollCall.objects.get(pk=roll.pk).here == 2


# --- explained -------------------------------------------------------------------------------------------------------


def test_what_was_done_is_read_from_the_stay(cast: Cast, family: Family) -> None:
    roll = begin(cast.ana, cast)
    mark(cast.ana, roll, family.stays["Julio"], family.stays["Lucía"], here=False)
    mark(cast.ana, roll, family.stays["Marta"], space=cast.a.spaces["Aula 2"].id)
    end(cast.ana, roll)
    found = {row.stay_id: row for row in Difference.objects.filter(roll_call=roll)}
    services.check_out(act(cast.ana), stay_ids=[family.stays["Julio"]], reason=OutReason.NO_WORD)
    gone = explain(cast.ana, found[family.stays["Julio"]], Explanation.LEFT_WITHOUT_WORD)
    passes(cast.ana, cast, family, "Lucía", "out", expected_back=clock.now() + timedelta(hours=2))
    works = explain(cast.beto, found[family.stays["Lucía"]], Explanation.SLEEPS_AT_HOME)
    services.move_space(act(cast.ana), stay_ids=[family.stays["Marta"]], space_id=cast.a.spaces["Aula 2"].id)
    moved = explain(cast.ana, found[family.stays["Marta"]], Explanation.ELSEWHERE_IN_SITE)
    assert (gone.acted, works.acted, moved.acted) == ("checked_out", "went_out", "moved")
    refused("sites.difference_explained", lambda: explain(cast.ana, gone, Explanation.MISTAKE))


def test_something_else_is_said_in_words_and_they_lie_sealed(cast: Cast, family: Family) -> None:
    roll = begin(cast.ana, cast)
    mark(cast.ana, roll, family.stays["Julio"], here=False)
    end(cast.ana, roll)
    one = Difference.objects.get()
    refused("sites.difference_other_needs_words", lambda: explain(cast.ana, one, Explanation.OTHER))
    explain(cast.ana, one, Explanation.OTHER, "Está en el velorio.")
    assert b"velorio" not in bytes(Difference.objects.get().sealed_note)


def test_strangers_explain_nothing(cast: Cast, family: Family) -> None:
    roll = begin(cast.ana, cast)
    mark(cast.ana, roll, family.stays["Julio"], here=False)
    end(cast.ana, roll)
    refused("core.not_found", lambda: explain(cast.carla, Difference.objects.get(), Explanation.MISTAKE))
    refused("core.not_found", lambda: explain(gatekeeper(cast), Difference.objects.get(), Explanation.MISTAKE))


def test_of_an_erased_person_the_numbers_of_the_night_stay(cast: Cast, family: Family) -> None:
    roll = begin(cast.ana, cast)
    mark(cast.ana, roll, family.stays["Julio"], here=False)
    mark(cast.ana, roll, family.stays["Marta"])
    end(cast.ana, roll)
    explain(cast.ana, Difference.objects.get(), Explanation.OTHER, "Está en el velorio.")
    erasure.erase(family.people["Julio"], COMMAND_LINE)
    left = Difference.objects.get()
    assert (left.person_id, left.stay_id, left.explanation, bytes(left.sealed_note)) == (None, None, "other", b"")
    kept = RollCall.objects.get(pk=roll.pk)
    assert (kept.here, kept.absent, kept.marks.count()) == (1, 1, 1)
    assert not Stay.objects.filter(pk=family.stays["Julio"]).exists()
