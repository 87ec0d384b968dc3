"""How long what is known of people is kept: rules are off until somebody has seen what they do, and runs do just that.

It stands here because people leave sites.
"""

import json
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from cobijo.accounts.access import COMMAND_LINE
from cobijo.core import chores, clock, erasure, expiring, operations, seals
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent, Outcome, Segment
from cobijo.core.personal import Category
from cobijo.core.verbs import Door
from cobijo.people import services as people
from cobijo.people.models import Need, Person, Phone, SearchKey
from cobijo.people.retention import running
from cobijo.people.retention.models import RetentionRule, RetentionRun
from cobijo.people.retention.types import DEFAULTS, RuleFor
from cobijo.people.types import Kinship, NeedCode, PhoneIn
from cobijo.sites import services as sites
from cobijo.sites.types import ArrivingIn, OutReason
from tests.cast import Cast, act, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def scrubbed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Scrubbing the files needs a database outside a transaction: here it is only counted."""
    times: list[int] = []
    monkeypatch.setattr(erasure, "scrub_database", lambda: times.append(1))
    return times


@pytest.fixture
def olga(cast: Cast) -> UUID:
    """Somebody with a need and a telephone, who left A today; Rosa of the same household stays."""
    members = [_member("Olga", Kinship.HEAD), _member("Rosa", Kinship.RELATIVE)]
    sites.receive_household(act(cast.ana), household_id=uuid7(), site_id=cast.a.id, members=members)
    for one in members:
        phone = PhoneIn(phone_id=uuid7(), number="+50255501234")
        people.set_needs(act(cast.ana), person_id=one.person_id, needs=[NeedCode.MEDICINE])
        people.add_phone(act(cast.ana), person_id=one.person_id, phone=phone)
    left = members[0]
    assert left.stay_id is not None
    sites.check_out(act(cast.ana), stay_ids=[left.stay_id], reason=OutReason.HOME)
    return left.person_id


def _member(name: str, kinship: Kinship) -> ArrivingIn:
    return ArrivingIn(
        person_id=uuid7(), stay_id=uuid7(), space_id=None, given_names=name, first_surname="Batz", kinship=kinship
    )


def preview(cast: Cast) -> RetentionRun:
    return people.preview_retention(act(cast.administrator), run_id=uuid7(), unit_id=cast.response.pk)


def switched(cast: Cast, category: RuleFor, days: int, on: bool = True) -> RetentionRule:
    given: dict[str, Any] = {"unit_id": cast.response.pk, "category": category, "days": days, "on": on}
    return people.set_retention(act(cast.administrator), rule_id=uuid7(), **given)


def switched_on(cast: Cast, category: RuleFor) -> None:
    preview(cast)
    switched(cast, category, DEFAULTS[category].days)


def later(cast: Cast, days: int) -> None:
    """So many days after no site knows who left today."""
    clock.move(timedelta(days=days + cast.response.days_known_after_leaving, hours=1))


def run(cast: Cast) -> dict[str, int]:
    return dict(running.run(running.preview(cast.response.pk).pk))


# --- rules -----------------------------------------------------------------------------------------------------------


def test_every_rule_is_off_and_is_switched_on_only_by_who_has_seen_what_it_does(cast: Cast, olga: UUID) -> None:
    later(cast, 31)
    assert run(cast) == {}
    clock.move(timedelta(days=2))
    with pytest.raises(DomainError) as refused:
        switched(cast, RuleFor.HEALTH, 30)
    assert refused.value.code == "people.retention_not_previewed"
    assert preview(cast).previewed["health"] == {"days": 30, "on": False, "people": 0}


@pytest.mark.parametrize("days", [0, 6])
def test_what_is_kept_too_short_is_refused(cast: Cast, days: int) -> None:
    with pytest.raises(DomainError) as refused:
        switched(cast, RuleFor.HEALTH, days, on=False)
    assert refused.value.code == "people.retention_too_soon"
    assert refused.value.params == {"least": 7}


def test_rules_are_of_a_response_and_of_who_runs_it(cast: Cast) -> None:
    given: dict[str, Any] = {"category": RuleFor.HEALTH, "days": 30, "on": False}
    for who, unit, code in (
        (cast.administrator, cast.a.id, "people.retention_not_a_response"),
        (cast.beto, cast.response.pk, "core.not_found"),
        (cast.diego, cast.response.pk, "core.not_allowed"),
    ):
        with pytest.raises(DomainError) as refused:
            people.set_retention(act(who), rule_id=uuid7(), unit_id=unit, **given)
        assert refused.value.code == code


# --- letting go ------------------------------------------------------------------------------------------------------


def test_a_category_goes_after_its_days_and_of_nobody_who_stays(cast: Cast, olga: UUID) -> None:
    later(cast, 29)
    switched_on(cast, RuleFor.HEALTH)
    assert run(cast) == {"health": 0}
    later(cast, 31)
    assert run(cast) == {"health": 1}
    assert not Need.objects.filter(person=olga).exists()
    assert Phone.objects.filter(person=olga).exists()
    assert Need.objects.count() == Person.objects.filter(given_names="Rosa").count() == 1
    assert run(cast) == {"health": 0}


def test_a_telephone_goes_and_is_no_longer_found_by_it(cast: Cast, olga: UUID) -> None:
    later(cast, 91)
    switched_on(cast, RuleFor.CONTACT)
    before = SearchKey.objects.filter(entry__person=olga, kind=SearchKey.Kind.PHONE).count()
    assert run(cast) == {"contact": 1}
    assert before > 0
    assert not SearchKey.objects.filter(entry__person=olga, kind=SearchKey.Kind.PHONE).exists()


def test_the_journal_lets_go_of_segments_of_that_category_alone_and_verifies(cast: Cast, olga: UUID) -> None:
    later(cast, 31)
    switched_on(cast, RuleFor.HEALTH)
    run(cast)
    needs = Intent.objects.get(verb="people.set_needs", mention__subject=olga)
    assert not Segment.objects.filter(intent=needs, subject=olga).exists()
    assert needs.outcomes.filter(kind=Outcome.Kind.ERASED, about={"subject": str(olga), "category": "health"}).exists()
    assert Segment.objects.filter(
        intent__verb="sites.receive_household", subject=olga
    ).exists()  # names stand there too
    assert Segment.objects.filter(intent__verb="people.add_phone", subject=olga).exists()
    assert Intent.objects.filter(verb="people.expire").count() == 1
    seals.seal_waiting()
    assert seals.verify()[0] == []


def test_nothing_of_another_category_goes(cast: Cast, olga: UUID) -> None:
    assert expiring.forget_category(olga, Category.LOCATION, cast.ana.id) == 0


def test_who_came_back_since_the_preview_is_left_alone(cast: Cast, olga: UUID) -> None:
    later(cast, 31)
    switched_on(cast, RuleFor.HEALTH)
    found = running.preview(cast.response.pk)
    assert found.previewed["health"]["people"] == 1
    operator = operations.act_of(COMMAND_LINE, Door.COMMAND)
    sites.check_in(operator, stay_id=uuid7(), site_id=cast.b.id, person_id=olga, space_id=None)
    assert running.run(found.pk) == {"health": 0}
    assert Need.objects.filter(person=olga).exists()


def test_a_run_that_was_stopped_is_gone_on_with_and_nobody_is_done_twice(
    cast: Cast, olga: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two are due; the machine stops after the first."""
    stay = Person.objects.get(given_names="Rosa").stays.get()
    sites.check_out(act(cast.ana), stay_ids=[stay.pk], reason=OutReason.HOME)
    later(cast, 31)
    switched_on(cast, RuleFor.HEALTH)
    whole, done = people.expire, list[object]()

    def stops(*given: Any, **more: Any) -> None:
        if done:
            raise KeyboardInterrupt
        done.append(whole(*given, **more))

    monkeypatch.setattr("cobijo.people.retention.services.expire", stops)
    with pytest.raises(KeyboardInterrupt):
        run(cast)
    monkeypatch.undo()
    monkeypatch.setattr(erasure, "scrub_database", lambda: None)
    assert Need.objects.count() == 1
    assert run(cast) == {"health": 1}
    assert Intent.objects.filter(verb="people.expire").count() == 2


def test_a_rule_that_is_off_lets_nothing_go(cast: Cast, olga: UUID) -> None:
    later(cast, 31)
    found = running.preview(cast.response.pk)
    operator = operations.act_of(COMMAND_LINE, Door.COMMAND)
    with pytest.raises(DomainError) as refused:
        people.expire(operator, run_id=found.pk, person_id=olga, category=RuleFor.HEALTH)
    assert refused.value.code == "people.retention_rule_off"


def test_a_preview_is_done_once(cast: Cast, olga: UUID) -> None:
    found = running.preview(cast.response.pk)
    running.run(found.pk)
    with pytest.raises(DomainError) as refused:
        running.run(found.pk)
    assert refused.value.code == "people.retention_ran"


def test_a_person_is_erased_so_many_days_after_the_response_closed(cast: Cast, olga: UUID) -> None:
    later(cast, 731)
    switched_on(cast, RuleFor.IDENTITY)
    assert run(cast) == {"identity": 0}  # it has not closed
    cast.response.closed_on = clock.now().date() - timedelta(days=731)
    cast.response.save()
    assert run(cast) == {"identity": 1}
    assert not Person.objects.filter(pk=olga).exists()
    assert Person.objects.filter(given_names="Rosa").exists()  # still at the site
    seals.seal_waiting()
    assert seals.verify()[0] == []


# --- the day's run and the command -----------------------------------------------------------------------------------


def test_the_ticker_runs_it_once_a_day_by_the_rules_that_are_on(
    cast: Cast, olga: UUID, scrubbed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chores, "_chores", {"people.retention": running.daily})
    later(cast, 31)
    switched_on(cast, RuleFor.HEALTH)
    assert chores.do_what_is_due() == ["people.retention"]
    assert not Need.objects.filter(person=olga).exists()
    assert scrubbed == [1]
    assert chores.do_what_is_due() == []
    assert RetentionRun.objects.exclude(ran_at=None).get().done == {"health": 1}


def test_the_command_says_what_is_due_and_does_nothing_unless_told(cast: Cast, olga: UUID) -> None:
    later(cast, 31)
    switched_on(cast, RuleFor.HEALTH)
    out = StringIO()
    call_command("retention", "--json", stdout=out)
    [said] = json.loads(out.getvalue())
    assert (said["due"]["health"]["people"], said["done"]) == (1, None)
    assert Need.objects.filter(person=olga).exists()
    call_command("retention", "--run", stdout=out)
    assert "1 people due, 1 done" in out.getvalue()
    assert not Need.objects.filter(person=olga).exists()
    with pytest.raises(CommandError, match="no such response"):
        call_command("retention", "--response", "Nadie", stdout=out)


# --- the page --------------------------------------------------------------------------------------------------------


def test_who_runs_the_response_sees_numbers_and_switches_a_rule_on(cast: Cast, olga: UUID) -> None:
    later(cast, 31)
    felix = sign_in(cast.administrator)
    listed = felix.get("/people/retention/").content.decode()
    assert "Batz" not in listed
    page = f"/people/retention/{cast.response.pk}/health/"
    ids = {"op_id": str(uuid7()), "new_id": str(uuid7())}
    unseen = felix.post(page, ids | {"days": "30", "on": "on"}).content.decode()
    assert "Nadie ha revisado hoy" in unseen
    felix.post(f"/people/retention/{cast.response.pk}/preview/")
    assert felix.post(page, ids | {"days": "30", "on": "on"}).status_code == 302
    assert RetentionRule.objects.get(ended_at=None).on
    for days in ("-1", "3651", "2.5", "x", ""):
        assert "wrong" in felix.post(page, ids | {"days": days}).content.decode(), days
    assert felix.get(f"/people/retention/{cast.response.pk}/location/").status_code == 404
    assert sign_in(cast.beto).get("/people/retention/").status_code == 403
