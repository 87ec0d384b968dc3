"""Requests about one's data: written down by one, answered by another, an erasure carried out once the letter is out.

It stands here because being forgotten waits for the end of a stay.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from cobijo.accounts.models import Account, Notice
from cobijo.core import clock, erasure, seals
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Segment
from cobijo.people import services as people
from cobijo.people.models import Person
from cobijo.people.rights import prints, queries
from cobijo.people.rights.models import RightsRequest
from cobijo.people.rights.types import Answered, RefusalGround, RequestIn, RightKind
from cobijo.people.types import Kinship
from cobijo.sites import services as sites
from cobijo.sites.tests.test_pages import day
from cobijo.sites.types import ArrivingIn, OutReason
from tests.cast import Cast, act, sign_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
WORDS = "Ya no quiero que guarden que estuve aquí."
REPLY = "Doña Olga, se borra todo lo suyo hoy mismo."


@pytest.fixture
def olga(cast: Cast) -> tuple[UUID, UUID]:
    """Somebody who stays at A, and the stay."""
    person, stay = uuid7(), uuid7()
    member = ArrivingIn(
        person_id=person, stay_id=stay, space_id=None, given_names="Olga", first_surname="Batz", kinship=Kinship.HEAD
    )
    sites.receive_household(act(cast.ana), household_id=uuid7(), site_id=cast.a.id, members=[member])
    return person, stay


def asked(who: Account, person: UUID, kind: RightKind = RightKind.ERASURE, **given: Any) -> RightsRequest:
    values: dict[str, Any] = {"kind": kind, "asked_on": TODAY, "words": WORDS} | given
    return people.ask_right(act(who), request_id=uuid7(), asked=RequestIn(person_id=person, **values))


def answered(who: Account, request: RightsRequest, outcome: Answered = Answered.GRANTED, **given: Any) -> None:
    people.answer_right(act(who), request_id=request.pk, outcome=outcome, **{"reply": REPLY} | given)


def code_of(refused: "pytest.ExceptionInfo[DomainError]") -> str:
    return refused.value.code


# --- asking and answering --------------------------------------------------------------------------------------------


def test_a_request_has_a_day_by_which_somebody_else_answers_it(cast: Cast, olga: tuple[UUID, UUID]) -> None:
    request = asked(cast.beto, olga[0])
    assert request.due_on == TODAY + timedelta(days=30)
    assert {one.account for one in Notice.objects.filter(code="people.request_received")} == {cast.case_worker}
    with pytest.raises(DomainError) as refused:
        answered(cast.beto, request)
    assert code_of(refused) == "core.second_person"
    answered(cast.case_worker, request, Answered.REFUSED, ground=RefusalGround.STILL_HERE)
    found = queries.request_for(cast.beto.id, request.pk)
    assert (found.words, found.reply) == (WORDS, REPLY)
    with pytest.raises(DomainError) as again:
        answered(cast.case_worker, request)
    assert code_of(again) == "people.request_answered"


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        (RightKind.COPY, {"outcome": Answered.REFUSED}, "people.request_no_ground"),
        (
            RightKind.COPY,
            {"outcome": Answered.GRANTED, "ground": RefusalGround.CORRECT},
            "people.request_ground_too_many",
        ),
        (
            RightKind.COPY,
            {"outcome": Answered.REFUSED, "ground": RefusalGround.NOT_THEIRS, "reply": " "},
            "people.request_no_reply",
        ),
        (RightKind.CORRECTION, {"outcome": Answered.GRANTED, "reply": ""}, "people.request_no_reply"),
        (
            RightKind.ERASURE,
            {"outcome": Answered.PARTLY, "ground": RefusalGround.LEGAL_DUTY},
            "people.request_whole_or_not",
        ),
    ],
)
def test_an_answer_that_says_too_little_or_too_much_is_refused(
    cast: Cast, olga: tuple[UUID, UUID], kind: RightKind, given: dict[str, Any], code: str
) -> None:
    request = asked(cast.ana, olga[0], kind)
    with pytest.raises(DomainError) as refused:
        answered(cast.case_worker, request, **given)
    assert code_of(refused) == code


def test_what_cannot_be_asked_is_refused(cast: Cast, olga: tuple[UUID, UUID]) -> None:
    for given, code in (
        ({"asked_on": TODAY + timedelta(days=2)}, "people.request_not_yet"),
        ({"kind": RightKind.CORRECTION, "words": "\u200b"}, "people.request_no_words"),
    ):
        with pytest.raises(DomainError) as refused:
            asked(cast.ana, olga[0], **given)
        assert code_of(refused) == code
    asked(cast.ana, olga[0])
    with pytest.raises(DomainError) as twice:
        asked(cast.beto, olga[0])
    assert code_of(twice) == "people.request_asked_already"
    with pytest.raises(DomainError) as stranger:
        asked(cast.carla, olga[0])
    assert code_of(stranger) == "core.not_found"


def test_the_request_of_a_protected_person_is_known_to_who_is_named_alone(cast: Cast, olga: tuple[UUID, UUID]) -> None:
    request = asked(cast.ana, olga[0])
    people.protect_person(
        act(cast.case_worker),
        protection_id=uuid7(),
        person_id=olga[0],
        why="La buscan.",
        asked_by_person=True,
        worker_ids=[cast.case_worker.id],
    )
    assert [row.id for row in queries.requests_for(cast.case_worker.id)] == [request.pk]
    assert queries.requests_for(cast.beto.id) == []


# --- being erased ----------------------------------------------------------------------------------------------------


def test_nobody_is_erased_while_they_stay_and_then_nothing_of_them_is_left_in_the_request(
    cast: Cast, olga: tuple[UUID, UUID]
) -> None:
    person, stay = olga
    request = asked(cast.ana, person)
    answered(cast.case_worker, request)
    request.refresh_from_db()
    assert prints.letter(request)[:4] == b"%PDF"
    with pytest.raises(DomainError) as refused:
        people.erase_on_request(act(cast.case_worker), request_id=request.pk)
    assert code_of(refused) == "sites.still_staying"
    sites.check_out(act(cast.ana), stay_ids=[stay], reason=OutReason.HOME)
    with pytest.raises(DomainError) as alone:
        people.erase_on_request(act(cast.ana), request_id=request.pk)
    assert code_of(alone) == "core.second_person" or code_of(alone) == "core.not_found"
    people.erase_on_request(act(cast.case_worker), request_id=request.pk)
    request.refresh_from_db()
    assert (request.person_id, bytes(request.sealed_words), bytes(request.sealed_reply)) == (None, b"", b"")
    assert (request.outcome, request.carried_out_at is not None) == (Answered.GRANTED, True)
    assert not Person.objects.filter(pk=person).exists()
    assert erasure.any_erased([person])
    row = queries.request_for(cast.case_worker.id, request.pk).row
    assert (row.erased, row.line) == (True, None)


def test_the_journal_holds_no_word_of_the_request_afterwards_and_verifies(cast: Cast, olga: tuple[UUID, UUID]) -> None:
    person, stay = olga
    request = asked(cast.ana, person)
    answered(cast.case_worker, request)
    sites.check_out(act(cast.ana), stay_ids=[stay], reason=OutReason.HOME)
    people.erase_on_request(act(cast.case_worker), request_id=request.pk)
    verbs = {"people.ask_right", "people.answer_right", "people.erase_on_request"}
    assert not Segment.objects.filter(intent__verb__in=verbs).exists()
    seals.seal_waiting()
    assert seals.verify()[0] == []


def test_an_erasure_that_was_refused_is_not_carried_out(cast: Cast, olga: tuple[UUID, UUID]) -> None:
    request = asked(cast.ana, olga[0])
    answered(cast.case_worker, request, Answered.REFUSED, ground=RefusalGround.LEGAL_DUTY)
    with pytest.raises(DomainError) as refused:
        people.erase_on_request(act(cast.case_worker), request_id=request.pk)
    assert code_of(refused) == "people.request_not_to_erase"


# --- the pages -------------------------------------------------------------------------------------------------------


def test_a_request_goes_its_way_on_the_pages(cast: Cast, olga: tuple[UUID, UUID]) -> None:
    person, stay = olga
    ana, elena = sign_in(cast.ana), sign_in(cast.case_worker)
    ids = {"op_id": str(uuid7()), "new_id": str(uuid7())}
    asking = {"kind": "erasure", "asked_by": "person", "language": "en"} | day(TODAY, "asked_on")
    assert f'value="{TODAY.year}"' in ana.get(f"/people/{person}/requests/ask/").content.decode(), "today is offered"
    assert ana.post(f"/people/{person}/requests/ask/", ids | asking | {"words": WORDS}).status_code == 302
    request = RightsRequest.objects.get()
    page = f"/people/requests/{request.pk}/"
    assert ana.get(page).status_code == 404
    assert "Olga Batz" in elena.get("/people/requests/").content.decode()
    ids = {"op_id": str(uuid7()), "new_id": str(uuid7())}
    refused = elena.post(page, ids | {"outcome": "refused", "ground": "", "reply": REPLY})
    assert "necesita su motivo" in refused.content.decode()
    elena.post(page, ids | {"outcome": "granted", "ground": "", "reply": REPLY})
    opened = elena.get(page).content.decode()
    assert "Imprimir la carta" in opened
    assert "Borrar ahora" in opened
    assert elena.get(f"{page}letter.pdf").content.startswith(b"%PDF")
    assert "todavía está en el albergue" in elena.post(f"{page}erase/", follow=True).content.decode()
    sites.check_out(act(cast.ana), stay_ids=[stay], reason=OutReason.HOME)
    assert "Se borró a la persona" in elena.post(f"{page}erase/", follow=True).content.decode()
    assert elena.get(f"{page}letter.pdf").status_code == 404


def test_a_person_who_left_can_still_be_answered(cast: Cast, olga: tuple[UUID, UUID], clock_at_end: None) -> None:
    [row] = queries.requests_for(cast.case_worker.id)
    assert (row.overdue, row.line, row.erased) == (True, None, False)


@pytest.fixture
def clock_at_end(cast: Cast, olga: tuple[UUID, UUID]) -> None:
    """Thirty-one days after Olga asked and left."""
    asked(cast.ana, olga[0])
    sites.check_out(act(cast.ana), stay_ids=[olga[1]], reason=OutReason.HOME)
    clock.move(timedelta(days=31))


def test_the_queue_asks_the_same_few_questions_however_many_there_are(
    cast: Cast, olga: tuple[UUID, UUID], django_assert_max_num_queries: Any
) -> None:
    for kind in RightKind:
        asked(cast.ana, olga[0], kind)
    elena = sign_in(cast.case_worker)
    with django_assert_max_num_queries(30):
        elena.get("/people/requests/")
