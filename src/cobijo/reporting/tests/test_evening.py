"""The sheet of the evening: read, signed, printed; and the message that leaves with no more than it may."""

import re
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from cobijo.accounts.models import Reading
from cobijo.assistance import services as store
from cobijo.assistance.types import LineIn, Party, SlipIn
from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.people.types import BirthIn, Kinship, NeedCode, Sex
from cobijo.reporting import services, suppressing
from cobijo.reporting.evening.gathering import gather
from cobijo.reporting.evening.message import hidden
from cobijo.reporting.evening.models import EveningSheet
from cobijo.reporting.evening.sections import sections
from cobijo.reporting.evening.types import SheetIn, SheetKind
from cobijo.reporting.models import Release
from cobijo.sites import services as sites
from cobijo.sites.committees.types import CommitteeIn, CommitteeKind, DayPart, TurnIn
from cobijo.sites.types import ArrivingIn, HeadcountIn, Method, OutReason
from tests.cast import ZONE, Cast, act, sign_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def at_six() -> None:
    """It is six in the evening in Guatemala."""
    now = datetime.now(ZoneInfo(ZONE))
    clock.move(datetime.combine(now.date(), time(18), ZoneInfo(ZONE)) - now)


@pytest.fixture(autouse=True)
def in_english() -> Any:
    with override("en"):
        yield


def family(cast: Cast, people: int = 4, hours_ago: float = 48, *needs: NeedCode) -> list[Any]:
    """A household of so many that came in some time ago; gives its stays."""
    stays = [uuid7() for _ in range(people)]
    members = [
        ArrivingIn(
            person_id=uuid7(), stay_id=stay, given_names="Sara", sex=Sex.FEMALE, 
            birth=BirthIn(age_years=20 if at else 30),
            kinship=Kinship.CHILD if at else Kinship.HEAD, needs=list(needs),
        )
        for at, stay in enumerate(stays)
    ]  # fmt: skip
    came = act(cast.ana, happened_at=clock.now() - timedelta(hours=hours_ago))
    sites.receive_household(came, household_id=uuid7(), site_id=cast.a.id, members=members)
    return stays


def leave(cast: Cast, stays: list[Any], reason: OutReason = OutReason.HOME) -> None:
    sites.check_out(act(cast.ana), stay_ids=stays, reason=reason)


def message(cast: Cast) -> str:
    night = clock.today(ZoneInfo(ZONE))
    released = services.write_message(act(cast.beto), release_id=uuid7(), site_id=cast.a.id, night=night)
    return str(released.shown["message"])


def sign(cast: Cast, kind: SheetKind = SheetKind.PROGRESS, *gaps: str) -> EveningSheet:
    sheet = SheetIn(kind=kind, gaps=list(gaps), signed_post="coordinadora", phone="2200-0000")
    return services.sign_sheet(act(cast.beto), sheet_id=uuid7(), site_id=cast.a.id, sheet=sheet)


def said(cast: Cast) -> dict[str, list[tuple[Any, ...]]]:
    return {one.title: list(one.rows) for one in sections(gather(cast.a.id))}


# --- the sheet -------------------------------------------------------------------------------------------------------


def test_the_four_kinds_of_figure_stand_side_by_side(cast: Cast) -> None:
    family(cast)
    counted = HeadcountIn(
        night=clock.today(ZoneInfo(ZONE)) - DAY, observed_at=clock.now() - DAY, persons=9, method=Method.HEAD_COUNT
    )
    sites.report_headcount(act(cast.beto), report_id=uuid7(), site_id=cast.a.id, headcount=counted)
    rows = {row[0]: row[1:] for row in said(cast)["Tonight"]}
    assert rows["registered"][:2] == (4, 1)
    assert rows["counted"][0] is None
    assert rows["reported"][0] == 9
    assert "carried forward from the night before" in rows["reported"][2]


def test_since_yesterday_adds_up(cast: Cast) -> None:
    family(cast)
    gone = family(cast, 6)
    family(cast, 5, 3)
    leave(cast, gone)
    moved = gather(cast.a.id).moved
    assert (moved.before, moved.came, moved.gone, moved.now) == (10, 5, 6, 9)
    assert moved.ever == 15
    assert moved.before + moved.came == moved.now + moved.gone


def test_what_is_ordered_received_and_on_the_rota_is_on_it(cast: Cast) -> None:
    family(cast)
    goods = SlipIn(lines=[LineIn(item="water", quantity=20)], party=Party.OFFICE, whom="CONRED")
    slip = store.receive_goods(act(cast.beto), slip_id=uuid7(), site_id=cast.a.id, slip=goods)
    committee = CommitteeIn(kind=CommitteeKind.KITCHEN, women=3)
    kitchen = sites.form_committee(act(cast.beto), committee_id=uuid7(), site_id=cast.a.id, committee=committee)
    turn = TurnIn(day=clock.today(ZoneInfo(ZONE)) + DAY, part=DayPart.MORNING, persons=4)
    sites.set_turn(act(cast.beto), turn_id=uuid7(), committee_id=kitchen.pk, turn=turn)
    found = said(cast)
    order = next(rows for title, rows in found.items() if title.startswith("Order for"))
    assert ("Safe water (litre)", 60, 20, 40) in order
    assert found["Goods received and given out since yesterday"][0][0] == slip.code
    assert any(
        title.startswith("Committees") and rows[0] == ("morning", "kitchen 4") for title, rows in found.items() if rows
    )


def test_a_signed_sheet_stays_as_it_was_under_the_next_number(cast: Cast) -> None:
    family(cast)
    first = sign(cast, SheetKind.INITIAL, "Falta agua", " ")
    family(cast)
    second = sign(cast)
    assert (first.number, second.number) == (1, 2)
    assert first.gaps == ["Falta agua"]
    tonight = next(one for one in first.shown["sections"] if one["title"] == "Tonight")
    assert tonight["rows"][0][1] == 4


def test_after_the_final_sheet_there_is_no_more(cast: Cast) -> None:
    sign(cast, SheetKind.FINAL)
    with pytest.raises(DomainError) as refused:
        sign(cast)
    assert refused.value.code == "reporting.after_final"
    assert sign(cast, SheetKind.INITIAL).number == 2


def test_who_does_not_manage_the_site_signs_nothing(cast: Cast) -> None:
    sheet = SheetIn(kind=SheetKind.INITIAL, gaps=[], signed_post="x")
    for who, code in ((cast.ana, "core.not_allowed"), (cast.diego, "core.not_allowed"), (cast.carla, "core.not_found")):
        with pytest.raises(DomainError) as refused:
            services.sign_sheet(act(who), sheet_id=uuid7(), site_id=cast.a.id, sheet=sheet)
        assert refused.value.code == code


def test_a_sheet_of_a_site_costs_the_same_for_few_and_many(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for times in (1, 4):
        for _ in range(times):
            family(cast)
        with django_assert_max_num_queries(60):
            sections(gather(cast.a.id))


# --- the message -----------------------------------------------------------------------------------------------------


def test_the_message_says_the_total_and_the_order_and_no_needs(cast: Cast) -> None:
    for _ in range(6):
        family(cast, 5, 48, NeedCode.MEDICINE)
    text = message(cast)
    assert "30 people in 6 families (registered)" in text
    assert "Safe water: 450" in text
    assert "breakfast 30" in text
    assert "medicine" not in text.lower()


def test_what_is_ordered_is_rounded_up_so_that_nobody_is_reckoned_back(cast: Cast) -> None:
    for _ in range(8):
        family(cast, 4)
    family(cast, 2)
    text = message(cast)
    assert "34 people" in text
    assert "breakfast 40" in text
    assert "Safe water: 510" in text
    assert "Blankets: 40" in text


def test_a_small_total_is_kept_back_with_everything_that_hangs_on_it(cast: Cast) -> None:
    family(cast, 3)
    text = message(cast)
    assert "kept back" in text
    assert not re.search(r"\b[1-4]\b people|Safe water|came", text)
    [release] = Release.objects.all()
    assert release.shown["rows"][0]["persons"] is None


def test_small_comings_and_goings_are_hidden_with_what_gives_them_away(cast: Cast) -> None:
    for _ in range(6):
        family(cast, 5)
    family(cast, 2, 3)
    leave(cast, family(cast, 10))
    evening = gather(cast.a.id, outside=True)
    assert (evening.moved.came, evening.moved.gone) == (2, 10)
    shown = hidden(evening, evening.moved.now)
    assert (shown["came"], shown["left"]) == (None, None)
    assert "– came, – left" in message(cast)


def test_of_two_reasons_to_leave_one_small_hides_the_other(cast: Cast) -> None:
    for _ in range(6):
        family(cast, 5)
    leave(cast, family(cast, 10))
    leave(cast, family(cast, 2), OutReason.RENTED)
    family(cast, 7, 3)
    shown = hidden(gather(cast.a.id, outside=True), gather(cast.a.id).moved.now)
    assert (shown["home"], shown["rented"], shown["left"], shown["came"]) == (None, None, 12, 7)


def test_the_total_of_a_message_is_out_for_later_releases(cast: Cast) -> None:
    for _ in range(6):
        family(cast, 5)
    message(cast)
    [release] = Release.objects.all()
    assert release.door
    known = suppressing.known_numbers(release.shown)
    assert set(known.values()) == {30, 6}
    assert message(cast)


def test_a_message_of_another_night_is_refused(cast: Cast) -> None:
    night = clock.today(ZoneInfo(ZONE)) - DAY
    with pytest.raises(DomainError) as refused:
        services.write_message(act(cast.beto), release_id=uuid7(), site_id=cast.a.id, night=night)
    assert refused.value.code == "reporting.not_tonight"


# --- the page --------------------------------------------------------------------------------------------------------


def test_the_manager_signs_on_the_page_and_prints_what_was_signed(cast: Cast) -> None:
    family(cast, 4, 48, NeedCode.PREGNANT)
    browser, address = sign_in(cast.beto), reverse("reporting:evening", args=[cast.a.id])
    assert browser.get(address).status_code == 200
    ids = {"op_id": uuid7(), "new_id": uuid7()}
    browser.post(address, ids | {"kind": "initial", "gap_0": "Falta agua", "signed_post": "coordinadora"})
    sheet = EveningSheet.objects.get()
    printed = browser.get(reverse("reporting:evening_sheet", args=[sheet.pk]))
    assert printed.content.startswith(b"%PDF")
    assert Reading.objects.filter(actor=cast.beto.id, what="print").exists()
    assert browser.get(reverse("reporting:evening_draft", args=[cast.a.id])).content.startswith(b"%PDF")


def test_a_sheet_with_much_to_say_is_still_one_page(cast: Cast) -> None:
    for age_months in (1, 4, 8, 14):
        child = ArrivingIn(person_id=uuid7(), stay_id=uuid7(), birth=BirthIn(age_months=age_months))
        sites.receive_household(act(cast.ana), household_id=uuid7(), site_id=cast.a.id, members=[child])
    for item in ("water", "blanket", "mat", "rice", "beans", "sugar", "soap_bar"):
        lines = [LineIn(item=item, quantity=2)]
        goods = SlipIn(lines=lines, party=Party.OFFICE, whom="Coordinadora departamental de respuesta")
        store.receive_goods(act(cast.beto), slip_id=uuid7(), site_id=cast.a.id, slip=goods)
    for kind in CommitteeKind:
        committee = CommitteeIn(kind=kind, name="Con nombre propio", women=3)
        made = sites.form_committee(act(cast.beto), committee_id=uuid7(), site_id=cast.a.id, committee=committee)
        for part in DayPart:
            turn = TurnIn(day=clock.today(ZoneInfo(ZONE)) + DAY, part=part, persons=4, note="aulas 3, 4 y 5")
            sites.set_turn(act(cast.beto), turn_id=uuid7(), committee_id=made.pk, turn=turn)
    sheet = sign(cast, SheetKind.INITIAL, *("Falta agua: el camión no llegó. " * 5,) * 3)
    printed = sign_in(cast.beto).get(reverse("reporting:evening_sheet", args=[sheet.pk])).content
    assert re.findall(rb"/Type\s*/Pages\s*/Count\s+(\d+)", printed) == [b"1"]


def test_a_sheet_without_a_signature_comes_back(cast: Cast) -> None:
    browser, address = sign_in(cast.beto), reverse("reporting:evening", args=[cast.a.id])
    answer = browser.post(address, {"op_id": uuid7(), "new_id": uuid7(), "kind": "initial", "gap_0": "Falta agua"})
    assert answer.status_code == 200
    assert "Falta agua" in answer.content.decode()
    assert not EveningSheet.objects.exists()


def test_needs_are_for_the_team_and_not_for_the_analyst(cast: Cast) -> None:
    family(cast, 4, 48, NeedCode.PREGNANT)
    address = reverse("reporting:evening", args=[cast.a.id])
    english = {"Accept-Language": "en"}
    assert "Needs at the door" in sign_in(cast.beto).get(address, headers=english).content.decode()
    assert "Needs at the door" not in sign_in(cast.diego).get(address, headers=english).content.decode()


def test_the_message_is_shown_to_be_copied(cast: Cast) -> None:
    for _ in range(6):
        family(cast, 5)
    night = clock.today(ZoneInfo(ZONE)).isoformat()
    answer = sign_in(cast.beto).post(reverse("reporting:message", args=[cast.a.id]), {"night": night})
    assert answer.status_code == 200
    assert "Salón Municipal" in answer.content.decode()
