"""What the desk learns of people beyond its sight: from what the person present shows, and from nothing else."""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import connection
from pytest_django import Settings

from cobijo.accounts.access import COMMAND_LINE, limited_to
from cobijo.accounts.models import Account, Notice, Reading
from cobijo.accounts.types import Permission, Role
from cobijo.core import clock, operations
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Door
from cobijo.people import queries
from cobijo.people import services as people
from cobijo.people.identity.types import PairIn
from cobijo.people.models import Document, Household, Person
from cobijo.people.queries import PaperShown
from cobijo.people.tests.conftest import member, persons, register
from cobijo.people.types import DocumentIn, EraseGround, Kinship, VoidReason
from tests.cast import Cast, act, grant, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.database]

T = TypeVar("T")

CUI = "2345678900101"
OTHERS = [f"{2345678900000 + at}" for at in range(200, 300)]
HERS = PaperShown("GT", "cui", CUI)
NOBODYS = PaperShown("GT", "cui", OTHERS[0])


@pytest.fixture
def maria(cast: Cast, home: Household) -> UUID:
    """The mother of the family registered at A, with a document."""
    mother = persons(home)["María José"]
    give_paper(cast.ana, mother)
    return mother


def give_paper(who: Account, person: UUID, number: str = CUI, kind: str = "cui", country: str = "GT") -> UUID:
    paper = DocumentIn(document_id=uuid7(), country=country, kind=kind, number=number, seen=True)
    people.add_document(act(who), person_id=person, document=paper)
    return paper.document_id


def protect(cast: Cast, person: UUID) -> None:
    people.protect_person(
        act(cast.case_worker),
        protection_id=uuid7(),
        person_id=person,
        why="la buscan",
        asked_by_person=True,
        worker_ids=[cast.case_worker.id],
    )


def answer(who: Account, *papers: PaperShown) -> list[bool | None]:
    return queries.shown(who.id, papers or [HERS])


def log(who: Account) -> list[tuple[UUID | None, int]]:
    """What the log holds of what somebody was shown: whom it led to, and of how many people it counts."""
    rows = Reading.objects.filter(actor=who.id, what="shown").order_by("id")
    return list(rows.values_list("record", "people"))


# --- documents -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["2345678900101", "2345 67890 0101", "2345-67890-0101"])
def test_a_document_that_was_seen_leads_to_somebody_registered_elsewhere(cast: Cast, maria: UUID, written: str) -> None:
    assert answer(cast.carla, PaperShown("GT", "cui", written), NOBODYS) == [True, False]


def test_country_kind_and_number_have_to_be_the_same(cast: Cast, maria: UUID) -> None:
    register(cast.ana, cast.a.id, [other := member("Luis", "Pop")])
    give_paper(cast.ana, other.person_id, "A1234567", "passport", "HN")
    others = [PaperShown("HN", "dni", CUI), PaperShown("GT", "passport", "A1234567"), PaperShown("HN", "dni", "0")]
    assert answer(cast.carla, *others, PaperShown("HN", "passport", "a 123 4567")) == [False, False, None, True]


@pytest.mark.parametrize(
    "paper",
    [
        PaperShown("GT", "cui", CUI[:-1]),
        PaperShown("GT", "cui", ""),
        PaperShown("", "cui", CUI),
        PaperShown("ZZ", "cui", CUI),
        PaperShown("GT", "", CUI),
        PaperShown("GT", "other", "12"),
        PaperShown("GT", "other", "ABCDEFG"),
    ],
)
def test_what_is_not_whole_is_not_asked_about(cast: Cast, maria: UUID, paper: PaperShown) -> None:
    assert answer(cast.carla, paper) == [None]
    assert log(cast.carla) == []


def test_a_number_that_is_kept_sealed_is_not_asked_about(cast: Cast, maria: UUID) -> None:
    give_paper(cast.ana, maria, "A123456789", "alien_number", "US")
    assert answer(cast.carla, PaperShown("US", "alien_number", "A123456789")) == [None]


def test_whom_one_sees_oneself_is_no_answer_here(cast: Cast, maria: UUID) -> None:
    assert answer(cast.ana) == answer(cast.beto) == answer(cast.case_worker) == [False]
    twin = register(cast.carla, cast.b.id, [member("Rosa", "Tzul", kinship=Kinship.HEAD)])
    give_paper(cast.carla, persons(twin)["Rosa"])
    assert answer(cast.carla) == [True], "the other one is still beyond"


def test_who_registers_nowhere_is_told_nothing(cast: Cast, maria: UUID) -> None:
    for who in (cast.outsider, cast.diego, cast.administrator, cast.auditor):
        assert answer(who) == [None]
        assert log(who) == []
    with limited_to(cast.carla.id, [Permission.SEE_PEOPLE]):
        assert answer(cast.carla) == [None]


def test_protected_people_are_met_by_nobody(cast: Cast, maria: UUID) -> None:
    protect(cast, maria)
    grant(cast.case_worker, Role.CASE_WORKER, cast.b.unit)
    assert answer(cast.carla) == answer(cast.ana) == answer(cast.case_worker) == [False]
    assert log(cast.carla) == [(None, 1)]


def test_what_was_voided_or_erased_leads_to_nobody(cast: Cast, home: Household, maria: UUID) -> None:
    father = persons(home)["Martín"]
    paper = give_paper(cast.ana, father, OTHERS[1])
    people.void_document(act(cast.ana), document_id=paper)
    give_paper(cast.ana, persons(home)["Tomasa"], OTHERS[1], "other")
    give_paper(cast.ana, father, OTHERS[2])
    people.void_person(act(cast.beto), person_id=father, reason=VoidReason.MISTAKE)
    people.erase_person(operations.act_of(COMMAND_LINE, Door.COMMAND), person_id=maria, ground=EraseGround.REQUEST)
    gone = [PaperShown("GT", "cui", one) for one in (CUI, *OTHERS[1:3])]
    assert answer(cast.carla, *gone) == [False, False, False]
    assert log(cast.carla) == [(None, 1)] * 3


def test_a_merged_record_answers_as_the_one_that_is_kept(cast: Cast, maria: UUID) -> None:
    twin = member("Maria Jose", "Quiej", kinship=Kinship.HEAD)
    register(cast.ana, cast.a.id, [twin])
    give_paper(cast.ana, twin.person_id, CUI)
    pair = PairIn(pair_id=uuid7(), first_id=maria, second_id=twin.person_id, probability=900)
    people.queue_pairs(operations.act_of(COMMAND_LINE, Door.COMMAND), pairs=[pair])
    people.merge_people(act(cast.beto), merge_id=uuid7(), kept_id=twin.person_id, gone_id=maria)
    assert Person.objects.get(pk=maria).merged_into_id == twin.person_id
    assert answer(cast.carla) == [True]
    assert log(cast.carla) == [(twin.person_id, 1)]
    protect(cast, twin.person_id)
    assert answer(cast.carla) == [False]


# --- logged, limited -------------------------------------------------------------------------------------------------


def test_the_log_says_whom_it_led_to_and_never_the_number(cast: Cast, maria: UUID) -> None:
    answer(cast.carla, HERS, NOBODYS)
    assert log(cast.carla) == [(maria, 1), (None, 1)]
    written = str(list(Reading.objects.values()))
    assert CUI not in written
    assert NOBODYS.number not in written
    [met, _nobody] = Reading.objects.filter(what="shown").order_by("id")
    assert (met.model, met.unit, met.reason) == ("people.person", cast.b.id, "")


def test_the_same_document_again_is_neither_counted_nor_logged_within_the_hour(
    cast: Cast, maria: UUID, settings: Settings
) -> None:
    settings.SHOWN_LIMIT = (2, 3600)
    for _ in range(3):
        assert answer(cast.carla) == [True]
    assert answer(cast.carla, HERS, HERS, NOBODYS) == [True, True, False]
    assert log(cast.carla) == [(maria, 1), (None, 1)]
    answer(cast.ana)
    assert log(cast.ana) == [(None, 1)], "each account by itself"
    assert answer(cast.carla, PaperShown("GT", "cui", OTHERS[5]), HERS) == [None, True]
    protect(cast, maria)
    assert answer(cast.carla) == [False], "that it was asked is remembered, not the answer"


def test_what_is_remembered_of_asking_can_be_read_by_nobody(cast: Cast, maria: UUID) -> None:
    answer(cast.carla)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cobijo_cache")
        rows = cursor.fetchall()
    [key] = [key for key, _value in rows if "people.shown" in key]
    assert CUI not in str(rows)
    assert str(cast.carla.id) not in key
    assert cast.carla.id.hex not in key


def test_beyond_the_limit_nothing_is_told_until_the_hour_is_over(cast: Cast, maria: UUID, settings: Settings) -> None:
    settings.SHOWN_LIMIT = (3, 3600)
    guesses = [PaperShown("GT", "cui", one) for one in OTHERS[:5]]
    assert answer(cast.carla, *guesses, HERS) == [False, False, False, None, None, None]
    assert answer(cast.carla) == [None]
    assert len(log(cast.carla)) == 3
    assert answer(cast.ana, NOBODYS) == [False], "each account has its own"
    clock.move(timedelta(minutes=61))
    cache.clear()
    assert answer(cast.carla) == [True]


def test_the_auditors_are_told_once_who_asks_more(cast: Cast, maria: UUID, settings: Settings) -> None:
    settings.SHOWN_LIMIT = (1, 3600)
    answer(cast.carla, NOBODYS)
    assert not Notice.objects.filter(code="accounts.shown_often").exists()
    for one in OTHERS[1:4]:
        answer(cast.carla, PaperShown("GT", "cui", one))
    [notice] = Notice.objects.filter(code="accounts.shown_often")
    assert notice.account_id == cast.auditor.id
    assert notice.about == {"account": str(cast.carla.id), "most": 1}


def test_a_limit_of_none_tells_nobody_anything(cast: Cast, maria: UUID, settings: Settings) -> None:
    settings.SHOWN_LIMIT = (0, 3600)
    assert answer(cast.carla) == [None]
    assert log(cast.carla) == []


# --- what an observer learns -----------------------------------------------------------------------------------------


def watched(do: Callable[[], T]) -> tuple[tuple[str, ...], T]:
    """The statements that something runs, with places for their values, and what it gives."""
    ran: list[str] = []

    def note(execute: Callable[..., object], sql: str, params: object, many: bool, context: object) -> object:
        ran.append("SAVEPOINT" if "SAVEPOINT" in sql else sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        given = do()
    return tuple(ran), given


def test_the_same_statements_run_whether_there_is_somebody_or_not(cast: Cast, home: Household, maria: UUID) -> None:
    protected = persons(home)["Tomasa"]
    give_paper(cast.ana, protected, OTHERS[9])
    protect(cast, protected)
    mine = register(cast.carla, cast.b.id, [member("Rosa", "Tzul", kinship=Kinship.HEAD)])
    give_paper(cast.carla, persons(mine)["Rosa"], OTHERS[8])
    answer(cast.carla, PaperShown("GT", "cui", OTHERS[7]))  # whatever is read once a process is read
    numbers = (CUI, OTHERS[0], OTHERS[9], OTHERS[8])
    for _again in range(2):
        seen = [watched(partial(answer, cast.carla, PaperShown("GT", "cui", one))) for one in numbers]
        assert [given for _ran, given in seen] == [[True], [False], [False], [False]]
        assert len({ran for ran, _given in seen}) == 1


# --- by the API ------------------------------------------------------------------------------------------------------


def candidates(who: Account, *documents: dict[str, Any]) -> dict[str, Any]:
    said = {"person_id": str(uuid7()), "given_names": "Rosa", "documents": list(documents)}
    answer = sign_in(who).post("/api/v1/people/candidates", {"members": [said]}, "application/json")
    assert answer.status_code == 200, answer.content
    body: dict[str, Any] = answer.json()
    return body


def paper(number: str, **said: Any) -> dict[str, Any]:
    return {"number": number, "country": "GT", "kind": "cui", **said}


def test_numbers_nobody_saw_on_a_document_are_never_asked_about(cast: Cast, maria: UUID) -> None:
    for said in (paper(CUI), paper(CUI, seen=False), {"number": CUI}, {"number": CUI, "seen": True}):
        assert candidates(cast.carla, said) == {"members": [[]], "elsewhere": [None]}
    assert log(cast.carla) == []


def test_what_was_seen_is_answered_for_the_member_and_names_nobody(cast: Cast, maria: UUID) -> None:
    found = candidates(cast.carla, paper(OTHERS[0], seen=True), paper(CUI, seen=True), paper(OTHERS[1]))
    assert found == {"members": [[]], "elsewhere": [True]}
    assert str(maria) not in json.dumps(found)
    assert candidates(cast.carla, paper(OTHERS[2], seen=True))["elsewhere"] == [False]
    assert candidates(cast.ana, paper(CUI, seen=True))["elsewhere"] == [False]


def test_each_member_has_an_answer_of_their_own(cast: Cast, maria: UUID) -> None:
    members = [
        {"person_id": str(uuid7()), "documents": papers}
        for papers in ([paper(OTHERS[0], seen=True)], [], [paper(CUI, seen=True)], [paper("1", seen=True)])
    ]
    answer = sign_in(cast.carla).post("/api/v1/people/candidates", {"members": members}, "application/json")
    assert answer.json()["elsewhere"] == [False, None, True, None]


def test_dirt_in_a_document_is_compared_like_anything_else(cast: Cast, maria: UUID) -> None:
    dirty = [{"kind": "\x00"}, {"number": "\u202e\x1f"}, {"number": f"{CUI}%", "kind": "cui\\"}, {"country": "'"}]
    assert candidates(cast.carla, *(paper(CUI, seen=True) | one for one in dirty))["elsewhere"] == [False]


def test_half_a_sign_is_refused(cast: Cast, maria: UUID) -> None:
    said = json.dumps(
        {"members": [{"person_id": str(uuid7()), "documents": [paper(CUI, seen=True) | {"kind": "\ud800"}]}]}
    )
    assert sign_in(cast.carla).post("/api/v1/people/candidates", said, "application/json").status_code == 422


def test_being_shown_a_document_opens_no_record(cast: Cast, maria: UUID) -> None:
    candidates(cast.carla, paper(CUI, seen=True))
    with pytest.raises(DomainError):
        queries.person_row(cast.carla.id, maria)
    assert queries.search(cast.carla.id, CUI) == []
    assert not Document.objects.filter(person__registered_unit_id=cast.b.id).exists()
