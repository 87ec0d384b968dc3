"""The gate: out, in and meals, taps by mistake, and whom a card means there."""

from datetime import timedelta
from typing import Any

import pytest

from cobijo.accounts.access import COMMAND_LINE
from cobijo.accounts.models import Account, Reading
from cobijo.algorithms import codes
from cobijo.core import clock, erasure
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.people import services as people
from cobijo.people.cards.models import Card
from cobijo.people.cards.types import CardKind, EndReason
from cobijo.people.models import Person
from cobijo.sites import services
from cobijo.sites.gate.models import Passage
from cobijo.sites.gate.types import Way
from cobijo.sites.models import Absence, Stay
from cobijo.sites.tests.gateway import cards, flags, gatekeeper, hide, passes, shows
from cobijo.sites.tests.shelter import FATHER, GIRL, MOTHER, Family, Guest, ago, check_out, receive, stay, submit
from tests.cast import Cast, act

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def family(cast: Cast) -> Family:
    return receive(cast.ana, cast.a, (MOTHER, FATHER, GIRL), space="Salón", happened_at=ago(50))


@pytest.fixture
def otto(cast: Cast) -> Account:
    return gatekeeper(cast)


def refused(code: str, do: Any) -> None:
    with pytest.raises(DomainError) as refusal:
        do()
    assert refusal.value.code == code


# --- out, in, meals --------------------------------------------------------------------------------------------------


def test_a_gatekeeper_lets_somebody_out_and_in_and_the_absence_follows(
    cast: Cast, family: Family, otto: Account
) -> None:
    back = clock.now() + timedelta(hours=3)
    assert flags(passes(otto, cast, family, "Marta", "out", expected_back=back)) == []
    assert (stay(family.stays["Marta"]).state, stay(family.stays["Marta"]).expected_back) == ("away", back)
    assert flags(passes(otto, cast, family, "Marta", "in")) == []
    assert stay(family.stays["Marta"]).state == "in"
    assert Absence.objects.get().back_at is not None
    assert list(Passage.objects.order_by("at").values_list("way", flat=True)) == [Way.OUT, Way.IN]


def test_nobody_is_held_at_the_gate_by_what_is_odd(cast: Cast, family: Family, otto: Account) -> None:
    passes(otto, cast, family, "Marta", "out")
    assert flags(passes(otto, cast, family, "Marta", "out")) == ["sites.away_already"]
    passes(otto, cast, family, "Marta", "in")
    assert flags(passes(otto, cast, family, "Marta", "in")) == ["sites.in_already"]
    assert (Passage.objects.count(), Absence.objects.count()) == (4, 1)


def test_a_child_alone_is_flagged_and_goes(cast: Cast, family: Family, otto: Account) -> None:
    said = flags(passes(otto, cast, family, "Lucía", "out"))
    assert said == ["sites.child_out_alone", "sites.no_return_time"]
    assert stay(family.stays["Lucía"]).state == "away"


def test_a_child_with_a_parent_of_these_minutes_is_not_alone(cast: Cast, family: Family, otto: Account) -> None:
    back = clock.now() + timedelta(hours=1)
    passes(otto, cast, family, "Julio", "out", expected_back=back)
    assert flags(passes(otto, cast, family, "Lucía", "out", expected_back=back)) == []


def test_a_parent_who_left_an_hour_ago_is_not_with_the_child(cast: Cast, family: Family, otto: Account) -> None:
    passes(otto, cast, family, "Julio", "out", act_given={"happened_at": ago(1)})
    assert "sites.child_out_alone" in flags(passes(otto, cast, family, "Lucía", "out"))


def test_the_same_meal_twice_is_said_and_the_next_one_is_not(cast: Cast, family: Family, otto: Account) -> None:
    assert flags(passes(otto, cast, family, "Marta", "meal", meal="lunch")) == []
    assert flags(passes(otto, cast, family, "Marta", "meal", meal="lunch")) == ["sites.meal_again"]
    assert flags(passes(otto, cast, family, "Marta", "meal", meal="dinner")) == []
    passes(otto, cast, family, "Julio", "out")
    assert flags(passes(otto, cast, family, "Julio", "meal", meal="dinner")) == ["sites.eats_while_out"]


def test_what_is_said_wrongly_is_refused(cast: Cast, family: Family, otto: Account) -> None:
    later, before = clock.now() + timedelta(hours=1), ago(1)
    refused("sites.gate_which_meal", lambda: passes(otto, cast, family, "Marta", "meal"))
    refused("sites.gate_no_meal", lambda: passes(otto, cast, family, "Marta", "out", meal="lunch"))
    refused("sites.gate_back_only_after_out", lambda: passes(otto, cast, family, "Marta", "in", expected_back=later))
    refused("sites.back_before_leaving", lambda: passes(otto, cast, family, "Marta", "out", expected_back=before))
    assert not Passage.objects.exists()


def test_who_has_left_for_good_does_not_pass_now_and_late_it_is_a_fact(
    cast: Cast, family: Family, otto: Account
) -> None:
    check_out(cast.ana, family)
    refused("sites.gate_not_staying", lambda: passes(otto, cast, family, "Marta", "in"))
    assert flags(passes(otto, cast, family, "Marta", "in", act_given={"happened_at": ago(2)})) == ["sites.left_before"]
    assert stay(family.stays["Marta"]).state == "out"


def test_the_gate_of_another_site_knows_nobody_of_this_one(cast: Cast, family: Family) -> None:
    here, nowhere = family.stays["Marta"], uuid7()
    for one in (here, nowhere):
        refused(
            "core.not_found",
            lambda one=one: submit(
                "pass_gate", cast.carla, passage_id=uuid7(), site_id=cast.b.id, stay_id=one, way=Way.OUT
            ),
        )


def test_a_device_whose_clock_is_a_day_behind_sends_a_fact_of_yesterday(
    cast: Cast, family: Family, otto: Account
) -> None:
    passes(otto, cast, family, "Marta", "out", act_given={"happened_at": ago(24)})
    assert Absence.objects.get().left_at < ago(23)
    ahead = {"happened_at": clock.now() + timedelta(days=1)}
    refused("core.future", lambda: passes(otto, cast, family, "Julio", "out", act_given=ahead))


# --- taken back ------------------------------------------------------------------------------------------------------


def test_a_tap_by_mistake_is_taken_back_and_all_is_as_before(cast: Cast, family: Family, otto: Account) -> None:
    out = passes(otto, cast, family, "Marta", "out").result
    services.undo_passage(act(otto), passage_id=out.pk)
    assert (stay(family.stays["Marta"]).state, Absence.objects.count()) == ("in", 0)
    refused("sites.gate_undone_already", lambda: services.undo_passage(act(otto), passage_id=out.pk))


def test_coming_in_by_mistake_leaves_the_absence_open(cast: Cast, family: Family, otto: Account) -> None:
    back = clock.now() + timedelta(hours=2)
    passes(otto, cast, family, "Marta", "out", expected_back=back)
    came = passes(otto, cast, family, "Marta", "in").result
    services.undo_passage(act(otto), passage_id=came.pk)
    assert (stay(family.stays["Marta"]).state, stay(family.stays["Marta"]).expected_back) == ("away", back)
    assert Absence.objects.get().back_at is None


def test_only_ones_own_and_only_for_ten_minutes_and_nothing_after(cast: Cast, family: Family, otto: Account) -> None:
    out = passes(otto, cast, family, "Marta", "out").result
    refused("sites.gate_not_yours", lambda: services.undo_passage(act(cast.ana), passage_id=out.pk))
    old = passes(otto, cast, family, "Julio", "out", act_given={"happened_at": ago(0.5)}).result
    refused("sites.gate_too_late", lambda: services.undo_passage(act(otto), passage_id=old.pk))
    passes(otto, cast, family, "Marta", "in")
    refused("sites.gate_passed_since", lambda: services.undo_passage(act(otto), passage_id=out.pk))


# --- whom a card means -----------------------------------------------------------------------------------------------


def test_a_card_shows_face_and_code_to_the_gatekeeper_and_names_nobody(
    cast: Cast, family: Family, otto: Account
) -> None:
    [one, *_rest] = cards(cast)
    people.link_card(act(cast.ana), card=one.text, person_id=family.people["Marta"])
    answer = shows(otto, cast, one.text)
    assert answer.status_code == 200, answer.json()
    [marta] = answer.json()["shown"]
    assert marta["code"] == codes.encode(Person.objects.get(pk=family.people["Marta"]).number or 0)
    assert (marta["name"], marta["away"], marta["likeliest"]) == (None, False, "out")
    assert (len(answer.json()["mates"]), answer.json()["people"], answer.json()["out"]) == (2, 3, 0)
    assert "Marta" not in answer.content.decode()
    assert shows(cast.ana, cast, one.text).json()["shown"][0]["name"].startswith("Marta")


def test_a_code_or_number_that_was_typed_does_too(cast: Cast, family: Family, otto: Account) -> None:
    [one, *_rest] = cards(cast)
    people.link_card(act(cast.ana), card=one.text, household_id=family.household)
    spoken = Card.objects.get(number=one.number).spoken
    assert len(shows(otto, cast, spoken).json()["shown"]) == 3
    typed = codes.encode(Person.objects.get(pk=family.people["Lucía"]).number or 0)
    found = shows(otto, cast, typed).json()
    assert found["child"] is True
    assert len(found["leaves_with"]) == 2


def test_each_kind_of_wrong_card_has_its_sentence(cast: Cast, family: Family, otto: Account) -> None:
    lost, free = cards(cast, 2)
    card = people.link_card(act(cast.ana), card=lost.text, person_id=family.people["Marta"])
    people.end_card(act(cast.ana), card_id=card.pk, reason=EndReason.LOST)
    other = receive(cast.carla, cast.b, (Guest("Rosa"),))
    forged = lost.text[:-8] + "AAAAAAAA"
    assert codes_of(otto, cast, lost.text, free.text, forged, "hola") == [
        "sites.gate_card_ended", "sites.gate_card_free", "people.card_not_ours", "people.not_a_card",
    ]  # fmt: skip
    typed = codes.encode(Person.objects.get(pk=other.people["Rosa"]).number or 0)
    assert codes_of(otto, cast, typed, codes.encode(999_999)) == ["sites.gate_unknown"] * 2


def codes_of(who: Account, cast: Cast, *texts: str) -> list[str]:
    return [shows(who, cast, text).json()["code"] for text in texts]


def test_a_card_of_another_site_and_one_of_nobody_are_answered_alike(cast: Cast, family: Family, otto: Account) -> None:
    other = receive(cast.carla, cast.b, (Guest("Rosa"),))
    batch = people.print_cards(act(cast.carla), batch_id=uuid7(), unit_id=cast.b.id, kind=CardKind.CARD, count=2)
    foreign, nobodys = batch.fresh
    people.link_card(act(cast.carla), card=foreign.text, person_id=other.people["Rosa"])
    first, second = shows(otto, cast, foreign.text), shows(otto, cast, nobodys.text)
    assert (first.status_code, first.json()["code"]) == (404, "sites.gate_unknown")
    assert first.json() | {"op_id": 0} == second.json() | {"op_id": 0}


def test_a_card_photographed_again_shows_who_is_in_already(cast: Cast, family: Family, otto: Account) -> None:
    [one, *_rest] = cards(cast)
    people.link_card(act(cast.ana), card=one.text, person_id=family.people["Marta"])
    assert shows(otto, cast, one.text).json()["shown"][0]["away"] is False
    assert flags(passes(otto, cast, family, "Marta", "in")) == ["sites.in_already"]


def test_a_protected_resident_passes_like_anybody_and_is_named_to_nobody(
    cast: Cast, family: Family, otto: Account
) -> None:
    [mine, home, _third] = cards(cast)
    people.link_card(act(cast.ana), card=mine.text, person_id=family.people["Marta"])
    people.link_card(act(cast.ana), card=home.text, household_id=family.household)
    hide(cast, family.people["Marta"])
    for who in (otto, cast.ana):
        assert shows(who, cast, mine.text).json()["shown"][0]["name"] is None
    assert flags(passes(otto, cast, family, "Marta", "out")) == []
    seen = shows(otto, cast, home.text).json()
    assert len(seen["shown"]) + len(seen["mates"]) == 2, "the family's card does not show her"


def test_every_scan_is_written_down(cast: Cast, family: Family, otto: Account) -> None:
    [one, *_rest] = cards(cast)
    people.link_card(act(cast.ana), card=one.text, person_id=family.people["Marta"])
    before = Reading.objects.count()
    shows(otto, cast, one.text)
    shows(otto, cast, "hola")
    new = list(Reading.objects.order_by("-at")[: Reading.objects.count() - before])
    assert [(row.what, row.unit) for row in new] == [("scan", cast.a.id)] * 2


def test_who_keeps_no_gate_there_is_shown_nothing(cast: Cast, family: Family) -> None:
    typed = codes.encode(Person.objects.get(pk=family.people["Marta"]).number or 0)
    assert [shows(who, cast, typed).status_code for who in (cast.case_worker, cast.carla, cast.outsider)] == [
        403, 404, 404,
    ]  # fmt: skip


# --- erased ----------------------------------------------------------------------------------------------------------


def test_of_an_erased_person_the_meals_stay_and_no_hour(cast: Cast, family: Family, otto: Account) -> None:
    passes(otto, cast, family, "Marta", "out")
    passes(otto, cast, family, "Marta", "in")
    passes(otto, cast, family, "Marta", "meal", meal="lunch")
    erasure.erase(family.people["Marta"], COMMAND_LINE)
    [left] = Passage.objects.all()
    assert (left.way, left.meal, left.at.minute) == ("meal", "lunch", 0)
    assert left.stay.person.anonymous
    assert left.by != otto.id
    assert Stay.objects.filter(pk=family.stays["Marta"]).count() == 0
