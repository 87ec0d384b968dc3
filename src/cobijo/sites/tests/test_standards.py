"""How a site stands: what the register knows is reckoned live, what nobody knows stays unknown, gaps are numbers."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.utils.translation import override

from cobijo.core import clock
from cobijo.core.ids import uuid7
from cobijo.people.types import Sex
from cobijo.sites import services
from cobijo.sites.models import Space
from cobijo.sites.standards.queries import ranking
from cobijo.sites.standards.types import Phase
from cobijo.sites.tests.looking import count, found, how, line, looked_at, nobody_knows
from cobijo.sites.tests.shelter import FAMILY, Guest, receive
from cobijo.sites.types import FacilityFor, FacilityKind, HeadcountIn, Method
from tests.cast import Cast, act

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MANY = tuple(Guest(f"Ana {at}", 30, Sex.FEMALE) for at in range(14))


@pytest.fixture(autouse=True)
def english() -> object:
    with override("en"):
        yield


def test_of_a_site_nobody_looked_at_everything_is_unknown_and_nothing_is_good(cast: Cast) -> None:
    receive(cast.ana, cast.a)
    stands = how(cast.a)
    assert stands.known == stands.met == 0
    assert stands.gaps == []
    assert stands.unknown == stands.applying > 40
    assert stands.setting.assumed


def test_the_area_a_person_is_reckoned_from_the_rooms_people_sleep_in(cast: Cast) -> None:
    receive(cast.ana, cast.a, FAMILY, "Salón")
    reading = line(cast.a, "living_space").reading
    assert reading.value == Fraction(
        7000, 400
    )  # 70 m² and four people; the classroom nobody sleeps in is no room of theirs


def test_where_a_room_is_not_measured_the_area_is_unknown_and_says_for_whom_it_is_known(cast: Cast) -> None:
    receive(cast.ana, cast.a, FAMILY, "Salón")
    receive(cast.ana, cast.a, FAMILY, "Carpa 1")
    area = line(cast.a, "living_space")
    assert not area.is_known
    assert "17.5 m² for the 4 of 8 people" in area.reading.note


def test_people_lying_beside_measured_parts_have_no_known_area(cast: Cast) -> None:
    hall = cast.a.spaces["Salón"]
    Space.objects.filter(pk=cast.a.spaces["Aula 1"].pk).update(parent=hall)
    receive(cast.ana, cast.a, FAMILY, "Salón")
    assert not line(cast.a, "living_space").is_known


def test_a_crowded_room_is_a_gap_with_what_would_mend_it(cast: Cast) -> None:
    receive(cast.ana, cast.a, MANY[:7], "Aula 1")
    area = line(cast.a, "living_space")
    assert area.verdict.met is False
    assert area.verdict.times == Fraction(7, 2) / 3
    assert area.suggestion == "4 m² more, or 1 person fewer"
    assert area.norm.cited == "Sphere Handbook, 2018"


def test_people_a_toilet_takes_those_that_work_and_says_how_many_more(cast: Cast) -> None:
    for _family in range(11):
        receive(cast.ana, cast.a)
    count(cast, FacilityKind.TOILET, 3, working=1)
    looked_at(cast)
    toilets = line(cast.a, "people_a_toilet")
    assert (toilets.value, toilets.verdict.met) == ("44 people", False)
    assert toilets.behind == "44 people, 1 working toilet"
    assert toilets.suggestion == "2 more working toilets, 1 of them for women"


def test_six_more_toilets_four_of_them_for_women(cast: Cast) -> None:
    """Two toilets of each sex for 184 people at 20 a toilet: ten are needed, eight of them women's by 3 to 1."""
    for _family in range(13):
        receive(cast.ana, cast.a, MANY)
    count(cast, FacilityKind.TOILET, 3, FacilityFor.WOMEN)
    count(cast, FacilityKind.TOILET, 1, FacilityFor.MEN)
    looked_at(cast)
    assert line(cast.a, "people_a_toilet").suggestion == "6 more working toilets, 5 of them for women"
    assert line(cast.a, "toilets_women_to_men").verdict.met is True


def test_toilets_not_counted_by_sex_leave_the_ratio_unknown_and_say_so(cast: Cast) -> None:
    receive(cast.ana, cast.a)
    count(cast, FacilityKind.TOILET, 2)
    looked_at(cast)
    ratio = line(cast.a, "toilets_women_to_men")
    assert not ratio.is_known
    assert ratio.reading.note == "counted, but not by sex"


def test_a_site_without_any_shower_lacks_all_of_them(cast: Cast) -> None:
    receive(cast.ana, cast.a)
    count(cast, FacilityKind.SHOWER, 0)
    showers = line(cast.a, "people_a_shower")
    assert (showers.value, showers.how_far) == ("there is none", "nothing of what is needed")
    assert showers.suggestion == "1 more working shower"
    assert how(cast.a).gaps[0].indicator.code == "people_a_shower"


def test_nobody_there_makes_no_gap(cast: Cast) -> None:
    count(cast, FacilityKind.TOILET, 0)
    assert line(cast.a, "people_a_toilet").is_out
    assert how(cast.a).gaps == []


def test_where_nobody_is_registered_the_head_count_stands_in_and_says_so(cast: Cast) -> None:
    headcount = HeadcountIn(night=clock.now().date(), observed_at=clock.now(), persons=120, method=Method.HEAD_COUNT)
    services.report_headcount(act(cast.beto), report_id=uuid7(), site_id=cast.a.id, headcount=headcount)
    count(cast, FacilityKind.TAP, 1)
    stands = how(cast.a)
    assert str(stands.facts.people.kind) == "reported"
    assert line(cast.a, "people_a_tap").reading.people == 120
    count(cast, FacilityKind.TOILET, 2, FacilityFor.WOMEN)
    looked_at(cast, norm_set="nicaragua", phase=Phase.FIRST)
    assert line(cast.a, "women_a_toilet").reading.note == "how many of the people are women and men is not known"


def test_a_norm_is_met_or_not_by_the_set_and_phase_one_goes_by(cast: Cast) -> None:
    for _family in range(8):
        receive(cast.ana, cast.a)
    count(cast, FacilityKind.TOILET, 1)
    looked_at(cast, phase=Phase.FIRST)
    assert line(cast.a, "people_a_toilet").verdict.met is True
    looked_at(cast, phase=Phase.LATER)
    toilets = line(cast.a, "people_a_toilet")
    assert toilets.verdict.met is False
    assert toilets.how_far == "1.6 times the norm"


def test_what_was_seen_in_a_round_stands_until_the_next(cast: Cast) -> None:
    receive(cast.ana, cast.a)
    looked_at(cast, found("distance_to_toilet", 80), found("toilets_lit", 0), nobody_knows("ceiling"))
    far, lit, ceiling = (line(cast.a, code) for code in ("distance_to_toilet", "toilets_lit", "ceiling"))
    assert (far.value, far.how_far) == ("80 m", "1.6 times the norm")
    assert (lit.value, lit.verdict.met) == ("no", False)
    assert lit.suggestion == "Light toilets and showers, and the way there."
    assert ceiling.state == "unknown"


def test_the_trend_keeps_what_the_register_knew_at_each_round(cast: Cast) -> None:
    receive(cast.ana, cast.a)
    count(cast, FacilityKind.TOILET, 1)
    looked_at(cast, at=clock.now() - timedelta(minutes=9))
    for _family in range(9):
        receive(cast.ana, cast.a)
    looked_at(cast)
    toilets = line(cast.a, "people_a_toilet")
    assert [(past.value, past.verdict.met) for past in toilets.past] == [("4 people", True), ("40 people", False)]


def test_the_register_outweighs_what_a_round_saw(cast: Cast) -> None:
    receive(cast.ana, cast.a)
    looked_at(cast, found("people_a_toilet", 5))
    assert line(cast.a, "people_a_toilet").reading.things == 5
    count(cast, FacilityKind.TOILET, 2)
    assert line(cast.a, "people_a_toilet").reading.things == 2


def test_sites_are_in_order_of_their_worst_gap_and_what_nobody_knows_is_no_good_mark(cast: Cast) -> None:
    receive(cast.ana, cast.a)
    count(cast, FacilityKind.SHOWER, 0)
    ranks = ranking(cast.diego.id, cast.response)
    assert [one.standing.site.pk for one in ranks] == [cast.a.id, cast.b.id]
    worst = ranks[0].worst
    assert worst is not None
    assert worst.indicator.code == "people_a_shower"
    assert ranks[1].worst is None
    assert ranks[1].standing.known == 0


def test_a_ranking_asks_the_same_number_of_questions_for_one_site_or_two(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    receive(cast.ana, cast.a)
    with django_assert_max_num_queries(26):  # type: ignore[operator]
        ranking(cast.diego.id, cast.response)
    assert {one.standing.site.pk for one in ranking(cast.beto.id, cast.response)} == {cast.a.id}
    assert ranking(cast.outsider.id, cast.response) == []
