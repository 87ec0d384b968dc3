"""Committees of residents and their turns: numbers and posts, nobody by name."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.sites import services
from cobijo.sites.committees.models import Committee, Turn
from cobijo.sites.committees.queries import committees_at, rota_at
from cobijo.sites.committees.types import CommitteeIn, CommitteeKind, DayPart, TurnIn, Working
from tests.cast import ZONE, Cast, act, sign_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def form(cast: Cast, kind: CommitteeKind = CommitteeKind.KITCHEN, **given: Any) -> Committee:
    committee = CommitteeIn(kind=kind, **given)
    return services.form_committee(act(cast.beto), committee_id=uuid7(), site_id=cast.a.id, committee=committee)


def put(cast: Cast, committee: Committee, days: int = 1, part: DayPart = DayPart.MORNING, **given: Any) -> Turn:
    turn = TurnIn(day=clock.today(ZoneInfo(ZONE)) + days * DAY, part=part, persons=4, **given)
    return services.set_turn(act(cast.beto), turn_id=uuid7(), committee_id=committee.pk, turn=turn)


def code_of(call: Any) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def test_a_committee_is_numbers_and_posts(cast: Cast) -> None:
    form(cast, women=5, men=2, elected=True, working=Working.PARTLY, led_by="madre de familia del aula 2")
    [line] = committees_at(cast.a.id)
    assert (line.women, line.men, line.elected, line.working) == (5, 2, True, Working.PARTLY)
    assert committees_at(cast.b.id) == []


def test_one_of_a_kind_unless_it_has_another_name(cast: Cast) -> None:
    form(cast)
    assert code_of(lambda: form(cast)) == "sites.same_committee"
    form(cast, name="Cocina de la noche")
    assert len(committees_at(cast.a.id)) == 2


def test_another_kind_needs_a_name(cast: Cast) -> None:
    assert code_of(lambda: form(cast, CommitteeKind.OTHER)) == "sites.name_committee"
    assert str(form(cast, CommitteeKind.OTHER, name="Huerto")) == "Huerto"


def test_a_committee_changes_and_ends_with_its_turns_to_come(cast: Cast) -> None:
    kitchen = form(cast)
    today, later = put(cast, kitchen, 0), put(cast, kitchen, 2)
    changed = CommitteeIn(kind=CommitteeKind.KITCHEN, women=9)
    services.change_committee(act(cast.beto), committee_id=kitchen.pk, committee=changed)
    services.end_committee(act(cast.beto), committee_id=kitchen.pk)
    assert set(Turn.objects.filter(voided_at=None)) == {today}
    assert later.pk
    assert code_of(lambda: services.end_committee(act(cast.beto), committee_id=kitchen.pk)) == "sites.committee_ended"
    assert code_of(lambda: put(cast, kitchen)) == "sites.committee_ended"


def test_the_rota_is_in_the_order_of_the_day(cast: Cast) -> None:
    kitchen, cleaning = form(cast), form(cast, CommitteeKind.CLEANING)
    put(cast, cleaning, 1, DayPart.NIGHT)
    put(cast, kitchen, 1, DayPart.MORNING)
    put(cast, kitchen, 0, DayPart.AFTERNOON)
    today = clock.today(ZoneInfo(ZONE))
    parts = [(turn.day, turn.part) for turn in rota_at(cast.a.id, today, today + DAY)]
    assert parts == [(today, DayPart.AFTERNOON), (today + DAY, DayPart.MORNING), (today + DAY, DayPart.NIGHT)]


@pytest.mark.parametrize("days", [-1, 61])
def test_a_turn_lies_in_the_next_sixty_days(cast: Cast, days: int) -> None:
    kitchen = form(cast)
    assert code_of(lambda: put(cast, kitchen, days)) == "sites.turn_too_far"


def test_the_same_turn_is_not_set_twice_and_a_wrong_one_is_taken_out(cast: Cast) -> None:
    kitchen = form(cast)
    wrong = put(cast, kitchen, note="aula 3")
    assert code_of(lambda: put(cast, kitchen, note="aula 3")) == "sites.same_turn"
    put(cast, kitchen, note="aula 4")
    services.void_turn(act(cast.beto), turn_id=wrong.pk)
    assert code_of(lambda: services.void_turn(act(cast.beto), turn_id=wrong.pk)) == "sites.already_void"


def test_a_registrar_forms_none_and_a_stranger_knows_of_none(cast: Cast) -> None:
    kitchen, given = form(cast), CommitteeIn(kind=CommitteeKind.HEALTH)
    for who, code in ((cast.ana, "core.not_allowed"), (cast.carla, "core.not_found")):
        with pytest.raises(DomainError) as refused:
            services.change_committee(act(who), committee_id=kitchen.pk, committee=given)
        assert refused.value.code == code


def test_the_pages_write_a_committee_and_a_turn(cast: Cast) -> None:
    browser, site = sign_in(cast.beto), cast.a.id
    ids = {"op_id": uuid7(), "new_id": uuid7()}
    browser.post(reverse("sites:new-committee", args=[site]), ids | {"kind": "kitchen", "women": "5", "working": "yes"})
    [kitchen] = Committee.objects.all()
    tomorrow = clock.today(ZoneInfo(ZONE)) + DAY
    turn = {
        "committee": kitchen.pk, "day_day": tomorrow.day, "day_month": tomorrow.month,
        "day_year": tomorrow.year,
        "part": "morning", "persons": "4", "note": "aula 3",
    }  # fmt: skip
    browser.post(reverse("sites:turn", args=[site]), {"op_id": uuid7(), "new_id": uuid7()} | turn)
    said = browser.get(reverse("sites:committees", args=[site])).content.decode()
    assert "aula 3" in said
    browser.post(reverse("sites:void-turn", args=[site, Turn.objects.get().pk]))
    browser.post(reverse("sites:end-committee", args=[site, kitchen.pk]))
    assert "aula 3" not in browser.get(reverse("sites:committees", args=[site])).content.decode()


def test_a_committee_of_another_site_is_not_there(cast: Cast) -> None:
    kitchen = form(cast)
    address = reverse("sites:committee", args=[cast.b.id, kitchen.pk])
    assert sign_in(cast.carla).get(address).status_code == 404
