"""Complaints: answered at the site; those about staff go to a focal point outside, and the site cannot tell."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from cobijo.accounts.models import Account, Grant, Notice, Reading
from cobijo.accounts.types import Role
from cobijo.core import clock, events, seals
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent, Outcome
from cobijo.sites import services
from cobijo.sites.access import visible_to
from cobijo.sites.complaints.kinds import as_number, draw_number, kinds
from cobijo.sites.complaints.models import Complaint, FocalPoint
from cobijo.sites.complaints.queries import (
    addressed_to,
    answer_to,
    complaint_for,
    complaints_of,
    could_be_focal_points,
)
from cobijo.sites.complaints.types import AnswerComplaintIn, Channel, ComplaintIn, HandIn
from tests.cast import LONG_AGO, Cast, act, grant, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FORM_TOKEN = re.compile(r"[A-Za-z0-9]{64}")
TEXT = "No alcanzó la cena ayer."
ABOUT_STAFF = "El encargado del portón pide dinero por entrar."


def code_of(call: Callable[[], Any]) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def told(kind: str = "services", text: str = TEXT, **given: Any) -> ComplaintIn:
    return ComplaintIn(number=draw_number(), channel=Channel.BOX, kind=kind, text=text, **given)


def file(cast: Cast, complaint: ComplaintIn | None = None, who: Account | None = None) -> UUID:
    complaint_id = uuid7()
    given: dict[str, Any] = {"complaint_id": complaint_id, "site_id": cast.a.id, "complaint": complaint or told()}
    assert services.file_complaint(act(who or cast.ana), **given) is None
    return complaint_id


def named(cast: Cast, who: Account | None = None) -> UUID:
    """Diego, who works at no site, becomes the focal point of the response."""
    focal: UUID = uuid7()
    services.name_focal_point(
        act(cast.administrator),
        focal_point_id=focal,
        unit_id=cast.response.pk,
        account_id=(who or cast.diego).id,
    )
    return focal


def seen_by(who: Account) -> set[UUID]:
    return set(visible_to(who.id, Complaint.objects.all()).values_list("pk", flat=True))


# --- at the site -----------------------------------------------------------------------------------------------------


def test_a_complaint_is_answered_told_and_opened_again(cast: Cast) -> None:
    one = file(cast)
    [waiting], answered = complaints_of(cast.beto.id, cast.a.id)
    assert (waiting.text, answered) == (TEXT, [])
    assert waiting.complaint.due_on == clock.now().astimezone().date() + timedelta(days=kinds()["services"].days)
    given: dict[str, Any] = {"complaint_id": one, "answer": AnswerComplaintIn(answer="Hoy hay cincuenta platos más.")}
    services.answer_complaint(act(cast.beto), **given)
    assert code_of(lambda: services.answer_complaint(act(cast.beto), **given)) == "sites.complaint_answered"
    services.reopen_complaint(act(cast.beto), complaint_id=one, why="Tampoco alcanzó hoy.")
    again = complaint_for(cast.beto.id, one)
    assert (again.complaint.state, again.again, again.complaint.reopened) == ("reopened", "Tampoco alcanzó hoy.", 1)
    reopen: dict[str, Any] = {"complaint_id": one, "why": "Otra vez"}
    assert code_of(lambda: services.reopen_complaint(act(cast.beto), **reopen)) == "sites.complaint_waits"


def test_it_is_handed_to_a_colleague_who_then_sees_it(cast: Cast) -> None:
    one = file(cast)
    assert seen_by(cast.ana) == set()
    due = clock.now().date() + timedelta(days=3)
    services.hand_complaint(act(cast.beto), complaint_id=one, hand=HandIn(owner_id=cast.ana.id, due_on=due))
    assert seen_by(cast.ana) == {one}
    hand: dict[str, Any] = {"complaint_id": one, "hand": HandIn(owner_id=cast.carla.id, due_on=due)}
    assert code_of(lambda: services.hand_complaint(act(cast.beto), **hand)) == "sites.owner_elsewhere"


def test_a_slip_is_asked_about_by_its_number_and_a_slip_of_the_hand_is_told(cast: Cast) -> None:
    complaint = told()
    one = file(cast, complaint)
    assert answer_to(cast.beto.id, complaint.number) is None
    services.answer_complaint(act(cast.beto), complaint_id=one, answer=AnswerComplaintIn(answer="Ya hay agua."))
    assert answer_to(cast.beto.id, complaint.number.lower().replace("-", " ")) == "Ya hay agua."
    assert answer_to(cast.carla.id, complaint.number) is None
    wrong = complaint.number[:-1] + ("A" if complaint.number[-1] != "A" else "B")
    assert as_number(wrong) is None
    bad = ComplaintIn(number=wrong, channel=Channel.BOX, kind="services", text=TEXT)
    assert code_of(lambda: file(cast, bad)) == "sites.slip_misread"
    assert code_of(lambda: file(cast, told("golden"))) == "sites.unknown_complaint_kind"


def test_words_stand_sealed_and_the_journal_names_no_kind(cast: Cast) -> None:
    file(cast, told("favours", ABOUT_STAFF))
    assert b"dinero" not in bytes(Complaint.objects.get().sealed)
    intent = Intent.objects.get(verb="sites.file_complaint")
    assert "favours" not in intent.arguments
    assert "dinero" not in intent.arguments


# --- about staff -----------------------------------------------------------------------------------------------------


def test_a_complaint_about_staff_is_seen_by_its_focal_point_and_by_nobody_else(cast: Cast) -> None:
    named(cast)
    one = file(cast, told("favours", ABOUT_STAFF))
    assert seen_by(cast.diego) == {one}
    for who in (cast.ana, cast.beto, cast.carla, cast.case_worker, cast.administrator, cast.auditor, cast.outsider):
        assert seen_by(who) == set()
    [waiting], _answered = addressed_to(cast.diego.id)
    assert waiting.text == ABOUT_STAFF


@pytest.mark.parametrize("kind", [kind.code for kind in kinds().values() if kind.aside])
def test_every_kind_about_staff_goes_there(cast: Cast, kind: str) -> None:
    file(cast, told(kind))
    assert seen_by(cast.beto) == set()


def test_before_there_is_a_focal_point_it_waits_for_one(cast: Cast) -> None:
    one = file(cast, told("abuse", ABOUT_STAFF))
    focal = named(cast)
    assert seen_by(cast.diego) == {one}
    services.end_focal_point(act(cast.administrator), focal_point_id=focal)
    assert seen_by(cast.diego) == set()
    end: dict[str, Any] = {"focal_point_id": focal}
    assert code_of(lambda: services.end_focal_point(act(cast.administrator), **end)) == "sites.focal_ended"


def test_a_focal_point_who_begins_to_work_at_the_site_sees_nothing_of_it_any_more(cast: Cast) -> None:
    named(cast)
    one = file(cast, told("stolen", ABOUT_STAFF))
    grant(cast.diego, Role.REGISTRAR, cast.a.unit)
    assert seen_by(cast.diego) == set()
    Grant.objects.filter(account=cast.diego, role=Role.REGISTRAR).delete()
    assert seen_by(cast.diego) == {one}


def test_who_works_at_a_site_is_no_focal_point_nor_is_one_named_for_a_site_or_by_oneself(cast: Cast) -> None:
    def name(account: Account, unit: UUID) -> str:
        given: dict[str, Any] = {"focal_point_id": uuid7(), "unit_id": unit, "account_id": account.id}
        return code_of(lambda: services.name_focal_point(act(cast.administrator), **given))

    assert name(cast.beto, cast.response.pk) == "sites.focal_outside"
    assert name(cast.diego, cast.a.id) == "sites.focal_above"
    assert name(cast.administrator, cast.response.pk) == "accounts.to_oneself"
    named(cast)
    assert name(cast.diego, cast.response.pk) == "sites.focal_already"
    offered = {one for one, _name in could_be_focal_points(cast.administrator.id, cast.response.pk)}
    assert cast.diego.id in offered
    assert not offered & {cast.ana.id, cast.beto.id, cast.case_worker.id, cast.administrator.id}


def test_the_focal_point_answers_and_nothing_of_it_is_kept_under_the_site(cast: Cast) -> None:
    named(cast)
    complaint = told("treatment", ABOUT_STAFF)
    one = file(cast, complaint)
    due = clock.now().date() + timedelta(days=2)
    services.hand_complaint(act(cast.diego), complaint_id=one, hand=HandIn(due_on=due))
    services.answer_complaint(act(cast.diego), complaint_id=one, answer=AnswerComplaintIn(answer="Se investigó."))
    services.reopen_complaint(act(cast.diego), complaint_id=one, why="Sigue igual.")
    kept = Intent.objects.filter(verb__in=["sites.hand_complaint", "sites.answer_complaint", "sites.reopen_complaint"])
    assert {intent.unit for intent in kept} == {cast.response.pk}
    for who in (cast.beto, cast.carla):
        given: dict[str, Any] = {"complaint_id": one, "answer": AnswerComplaintIn(answer="?")}
        assert code_of(lambda: services.answer_complaint(act(who), **given)) == "core.not_found"  # noqa: B023
    assert answer_to(cast.beto.id, complaint.number) is None


def test_the_focal_point_is_told_after_it_is_committed_and_nobody_else_is(cast: Cast) -> None:
    named(cast)
    file(cast, told("favours", ABOUT_STAFF))
    file(cast)
    assert Notice.objects.count() == 0
    seals.seal_waiting()
    events.deliver()
    assert [notice.account_id for notice in Notice.objects.all()] == [cast.diego.id]


# --- nothing at the site shows that it exists ------------------------------------------------------------------------


def posted(browser: Client, cast: Cast, complaint: ComplaintIn, op_id: UUID, complaint_id: UUID) -> Any:
    body = {
        "op_id": op_id,
        "arguments": {
            "complaint_id": complaint_id,
            "site_id": cast.a.id,
            "complaint": {
                "number": complaint.number, "channel": complaint.channel, "kind": complaint.kind,
                "text": complaint.text,
            },
        },
    }  # fmt: skip
    return browser.post("/api/v1/verbs/sites.file_complaint", body, content_type="application/json")


def test_whoever_writes_it_down_is_answered_byte_for_byte_alike_also_when_it_is_sent_again(cast: Cast) -> None:
    named(cast)
    browser, answers = sign_in(cast.ana), {}
    for kind in ("services", "favours"):
        op_id, complaint = uuid7(), told(kind)
        one = uuid7()
        first, again = (posted(browser, cast, complaint, op_id, one) for _time in range(2))
        assert first.status_code == again.status_code == 200
        taken = browser.get(f"/sites/complaints/{one}/")
        clash = posted(browser, cast, complaint, uuid7(), one)
        said = [answer.content.decode().replace(str(op_id), "op") for answer in (first, again)]
        answers[kind] = (*said, clash.status_code, clash.json()["code"], taken.status_code)
    assert answers["services"] == answers["favours"]


def pages(cast: Cast) -> dict[str, bytes]:
    """What Beto sees of everything at his site, without what changes with every request."""
    browser = sign_in(cast.beto)
    addresses = ["", "people/", "incidents/", "complaints/", "standards/", "tasks/", "facilities/", "premises/"]
    said: dict[str, Any] = {one: browser.get(f"/sites/{cast.a.id}/{one}") for one in addresses}
    said |= {one: browser.get(one) for one in ("/", "/sites/", "/inbox/", "/sites/standards/", "/census/")}
    texts = {one: FORM_TOKEN.sub("", answer.content.decode()) for one, answer in said.items()}
    return {one: _without_ids(text) for one, text in texts.items()}


def _without_ids(text: str) -> bytes:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}|Q [0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]", "", text).encode()


def test_no_page_of_the_site_no_reading_and_no_figure_changes_when_one_is_written_down(cast: Cast) -> None:
    named(cast)
    file(cast)
    before, readings = pages(cast), Reading.objects.count()
    for kind in ("favours", "abuse"):
        file(cast, told(kind, ABOUT_STAFF))
    logged = Reading.objects.count()
    assert pages(cast) == before
    assert logged == readings
    held = Outcome.objects.filter(kind=Outcome.Kind.HELD)
    assert not held.exists()


def test_numbers_are_drawn_and_tell_no_order(cast: Cast) -> None:
    drawn = [draw_number() for _one in range(200)]
    assert len(set(drawn)) == 200
    assert sorted(drawn) != drawn
    assert all(as_number(one) == one for one in drawn)


def test_two_complaints_of_one_number_are_both_kept_for_a_refusal_would_tell(cast: Cast) -> None:
    named(cast)
    aside, ordinary = told("abuse"), told("services")
    file(cast, aside)
    file(cast, ComplaintIn(number=aside.number, channel=Channel.BOX, kind="services", text=ordinary.text))
    assert Complaint.objects.filter(number=aside.number).count() == 2


def test_who_may(cast: Cast) -> None:
    for who, code in ((cast.carla, "core.not_found"), (cast.administrator, "core.not_allowed")):
        given: dict[str, Any] = {"complaint_id": uuid7(), "site_id": cast.a.id, "complaint": told()}
        assert code_of(lambda: services.file_complaint(act(who), **given)) == code  # noqa: B023
    guard = Account.objects.create(username="guarda", name="Rigo Puac", made_at=LONG_AGO)
    grant(guard, Role.GATEKEEPER, cast.a.unit)
    file(cast, told("favours"), who=guard)
    assert FocalPoint.objects.count() == 0
