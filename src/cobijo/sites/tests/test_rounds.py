"""A round: begun, answered, ended; late it is kept and flagged; what does not go together is said, never refused."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cobijo.core import clock, operations
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Door
from cobijo.sites import services
from cobijo.sites.models import Response, Site
from cobijo.sites.standards import norms
from cobijo.sites.standards.judging import judge, things_lacking
from cobijo.sites.standards.measures import Reading, shared
from cobijo.sites.standards.models import Answer, Round
from cobijo.sites.standards.queries import doubts_of, set_of_response, setting_of
from cobijo.sites.standards.types import Adequacy, AnswerFrom, AnswerIn, AnswerState, Phase, Regime
from cobijo.sites.tests.looking import begin, count, end, found, how, line, looked_at, nobody_knows, tell
from cobijo.sites.tests.shelter import FAMILY, receive
from cobijo.sites.types import FacilityFor, FacilityKind
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def code_of(call: Callable[[], Any]) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def test_a_round_goes_by_the_norms_of_its_response(cast: Cast) -> None:
    round_ = Round.objects.get(pk=begin(cast))
    assert (round_.norm_set, round_.phase, round_.regime) == ("sphere", Phase.LATER, Regime.NIGHTS)


def test_of_two_rounds_at_once_the_second_is_refused_and_late_it_is_kept_and_flagged(cast: Cast) -> None:
    begin(cast)
    assert code_of(lambda: begin(cast)) == "sites.round_open"
    late = act(cast.beto, happened_at=clock.now() - HOUR, door=Door.DEVICE)
    opening = {"phase": "first", "regime": "nights", "norm_set": ""}
    arguments = {"round_id": uuid7(), "site_id": cast.a.id, "opening": opening}
    receipt = operations.submit("sites.begin_round", late, arguments)
    assert [flag["code"] for flag in receipt.flags] == ["sites.second_round"]
    assert Round.objects.count() == 2


def test_an_answer_given_again_takes_the_place_of_the_one_before(cast: Cast) -> None:
    round_id = begin(cast)
    tell(cast, round_id, found("ceiling", 2.4), water=Adequacy.INADEQUATE)
    tell(cast, round_id, nobody_knows("ceiling"), water=Adequacy.ADEQUATE)
    [answer] = Answer.objects.filter(round=round_id)
    assert (answer.state, answer.value) == ("unknown", None)
    assert Round.objects.get(pk=round_id).services.get().adequacy == "adequate"


def test_an_ended_round_is_answered_no_more_but_for_what_was_seen_before_and_arrives_late(cast: Cast) -> None:
    began = clock.now() - 3 * HOUR
    round_id = begin(cast, at=began)
    end(cast, round_id, happened_at=began + HOUR)
    assert code_of(lambda: tell(cast, round_id, found("ceiling", 2))) == "sites.round_ended"
    seen = act(cast.beto, happened_at=began + 10 * MINUTE)
    services.answer_round(seen, round_id=round_id, answers=[found("ceiling", 2)])
    assert Answer.objects.get(round=round_id, indicator="ceiling").value == 2
    assert code_of(lambda: end(cast, round_id)) == "sites.round_ended"


def test_people_a_thing_are_counted_at_the_hour_of_the_answer(cast: Cast) -> None:
    receive(cast.ana, cast.a)
    round_id = begin(cast)
    tell(cast, round_id, found("people_a_hand_pump", 1))
    assert Answer.objects.get(indicator="people_a_hand_pump").people == 4


WRONG: list[tuple[str, AnswerIn]] = [
    ("sites.unknown_indicator", found("beds_of_gold", 1)),
    ("sites.say_what", found("ceiling")),
    ("sites.say_nothing", found("ceiling", 2, state=AnswerState.UNKNOWN)),
    ("sites.of_a_hundred", found("soap", 101)),
    ("sites.yes_is_one", found("toilets_lit", 2)),
    ("sites.whole_things", found("people_a_tap", 1.5)),
    ("sites.not_an_option", found("drains", chosen=["golden"])),
    ("sites.not_an_option", found("threats", chosen=["flood", "flood"])),
    ("sites.say_what", found("drains", chosen=[])),
    ("sites.most_three", found("needs", chosen=["water", "food", "health", "shelter"])),
    ("sites.not_by_hand", found("living_space", 3, source=AnswerFrom.COMPUTED)),
]


@pytest.mark.parametrize(("code", "answer"), WRONG, ids=[f"{code}-{answer.indicator}" for code, answer in WRONG])
def test_an_answer_that_is_none_is_refused_with_what_to_do(cast: Cast, code: str, answer: AnswerIn) -> None:
    round_id = begin(cast)
    assert code_of(lambda: tell(cast, round_id, answer)) == code
    assert code_of(lambda: tell(cast, round_id, found("ceiling", 2), found("ceiling", 3))) == "sites.asked_twice"


def test_none_of_the_offered_places_is_an_answer_too(cast: Cast) -> None:
    looked_at(cast, found("unsafe_for_women", chosen=[]), found("unsafe_for_men", chosen=["paths"]))
    assert line(cast.a, "unsafe_for_women").verdict.met is True
    assert line(cast.a, "unsafe_for_men").verdict.met is False


def test_a_round_taken_out_counts_no_more(cast: Cast) -> None:
    round_id = looked_at(cast, found("ceiling", 1))
    services.void_round(act(cast.beto), round_id=round_id)
    assert line(cast.a, "ceiling").state == "unknown"
    assert code_of(lambda: services.void_round(act(cast.beto), round_id=round_id)) == "sites.already_void"


def test_who_may(cast: Cast) -> None:
    round_id = begin(cast, who=cast.diego)  # an analyst reports of sites
    assert code_of(lambda: begin(cast, who=cast.ana)) == "core.not_allowed"
    assert code_of(lambda: begin(cast, who=cast.carla)) == "core.not_found"
    for stranger in (cast.carla, cast.outsider):
        assert code_of(lambda: services.end_round(act(stranger), round_id=round_id)) == "core.not_found"  # noqa: B023


def test_a_response_chooses_its_norms_and_rounds_keep_theirs(cast: Cast) -> None:
    before = begin(cast)
    services.choose_norms(
        act(cast.administrator), choice_id=uuid7(), response_id=cast.response.pk, norm_set="nicaragua"
    )
    assert set_of_response(Response.objects.get()).code == "nicaragua"
    assert Round.objects.get(pk=before).norm_set == "sphere"

    def choose(norm_set: str) -> str:
        given = {"choice_id": uuid7(), "response_id": cast.response.pk, "norm_set": norm_set}
        return code_of(lambda: services.choose_norms(act(cast.administrator), **given))

    assert choose("nicaragua") == "sites.same_norms"
    assert choose("older") == choose("golden") == "sites.unknown_norms"


def test_before_any_round_a_site_is_in_its_first_weeks_for_some_days(cast: Cast) -> None:
    site = Site.objects.select_related("response").get(pk=cast.a.id)
    assert setting_of(site).phase is Phase.LATER  # open since June 2018
    site.statuses.update(at=clock.now() - timedelta(days=3))
    assert setting_of(site).phase is Phase.FIRST


# --- what does not go together ---------------------------------------------------------------------------------------


def doubted(round_id: UUID) -> set[str]:
    return {one.code for one in doubts_of(Round.objects.select_related("site__response").get(pk=round_id))}


def test_a_round_that_goes_together_is_doubted_in_nothing(cast: Cast) -> None:
    began = clock.now() - 30 * MINUTE
    round_id = begin(cast, at=began)
    tell(cast, round_id, found("eviction", 0), found("agreement", 1), water=Adequacy.ADEQUATE)
    end(cast, round_id)
    assert doubted(round_id) == set()


def test_what_does_not_go_together_is_said_and_stands_all_the_same(cast: Cast) -> None:
    receive(cast.ana, cast.a, FAMILY)
    count(cast, FacilityKind.TOILET, 2, FacilityFor.MEN)
    cast.a.site.give_back_on = clock.now().date() + timedelta(days=20)
    cast.a.site.save()
    round_id = begin(cast)
    tell(
        cast, round_id,
        found("eviction", 1), found("agreement", 1), found("open_defecation", 1),
        found("shelter_kinds", chosen=["rooms", "makeshift"]), found("needs", chosen=["water", "food"]),
        found("potable_water", 9), found("toilets_separate", 1), found("right_to_stay", 6),
        found("flooded", 1), found("drains", chosen=["good"]), found("meals_a_day", 3),
        found("people_a_toilet", 4),
        water=Adequacy.ADEQUATE, hygiene=Adequacy.ADEQUATE, food=Adequacy.NONE,
    )  # fmt: skip
    end(cast, round_id)
    assert doubted(round_id) == {
        "short", "eviction_and_agreement", "hygiene_and_open", "makeshift_under_roof", "adequate_but_first",
        "water_but_dry", "not_parted", "back_before", "flooded_but_drained", "meals_but_no_food", "other_count",
    }  # fmt: skip


def test_threats_that_contradict_rounds_too_near_and_too_long(cast: Cast) -> None:
    first = looked_at(cast, at=clock.now() - 3 * HOUR)
    second = looked_at(cast, found("threats", chosen=["eviction"]), found("eviction", 0))
    assert doubted(first) == {"twice", "long"}
    assert doubted(second) == {"twice", "short", "eviction_two_ways"}


# --- laws ------------------------------------------------------------------------------------------------------------

TOILETS = norms.indicators()["people_a_toilet"]
AREA = norms.indicators()["living_space"]


@given(people=st.integers(1, 5_000), things=st.integers(0, 200), most=st.integers(1, 500))
def test_what_is_lacking_meets_the_norm_and_one_fewer_does_not(people: int, things: int, most: int) -> None:
    target = Fraction(most)
    reading = shared(people, things, AnswerFrom.COMPUTED)
    more = things_lacking(target, reading)
    assert judge(TOILETS, target, shared(people, things + more, AnswerFrom.COMPUTED)).met is True
    if more:
        fewer = shared(people, things + more - 1, AnswerFrom.COMPUTED)
        assert judge(TOILETS, target, fewer).met is False


@given(value=st.fractions(0, 100), target=st.fractions(Fraction(1, 10), 100))
def test_times_are_more_than_one_exactly_where_there_is_a_gap(value: Fraction, target: Fraction) -> None:
    verdict = judge(AREA, target, Reading(AnswerState.KNOWN, value))
    assert (verdict.met is False) == (verdict.endless or (verdict.times is not None and verdict.times > 1))


CODES = sorted(norms.indicators())
SOME = st.lists(st.sampled_from(CODES), max_size=12)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(codes=SOME, value=st.decimals(0, 100, places=1))
def test_whatever_a_round_is_told_unknown_is_never_judged_and_known_stays_known(
    cast: Cast, codes: list[str], value: Decimal
) -> None:
    round_id = begin(cast)
    said = [one for one in (_answer(code, value) for code in dict.fromkeys(codes)) if one is not None]
    tell(cast, round_id, *said)
    end(cast, round_id)
    for one in how(cast.a).lines:
        assert one.verdict.met is None or one.is_known
        assert not one.suggestion or one.verdict.is_gap
    services.void_round(act(cast.beto), round_id=round_id)


def _answer(code: str, value: Decimal) -> AnswerIn | None:
    indicator = norms.indicators()[code]
    if indicator.kind in ("amount", "share"):
        return found(code, str(value))
    return nobody_knows(code)
