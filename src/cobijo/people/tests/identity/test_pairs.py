"""Pairs: found by the machine, judged by people, remembered, and looked at again only when something changed."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cobijo.accounts.access import COMMAND_LINE
from cobijo.accounts.types import Role
from cobijo.algorithms.linkage.comparing import FIELDS, MEANINGS
from cobijo.core import erasure, operations
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Act, Door
from cobijo.people import services as people
from cobijo.people.identity import queries, wording
from cobijo.people.identity.models import Merge, Pair
from cobijo.people.identity.types import EvidenceIn, FoundBy, JudgedIn, PairIn, PairState, Verdict
from cobijo.people.tests.conftest import member, register
from cobijo.people.types import CorrectionIn, DocumentIn, PhoneIn, VoidReason
from tests.cast import Cast, act, grant

Two = tuple[UUID, UUID]


def machine() -> Act:
    return operations.act_of(COMMAND_LINE, Door.COMMAND)


def found(one: UUID, other: UUID, probability: int = 900, **given: Any) -> PairIn:
    evidence = [
        EvidenceIn(field="given", level="one sound", decibits=61),
        EvidenceIn(field="sex", level="blank", decibits=0),
    ]
    return PairIn(pair_id=uuid7(), first_id=one, second_id=other, probability=probability, evidence=evidence, **given)


def said(two: Two, verdict: Verdict) -> list[JudgedIn]:
    return [JudgedIn(pair_id=uuid7(), first_id=two[0], second_id=two[1], verdict=verdict)]


@pytest.fixture
def two(cast: Cast) -> Two:
    """José María Sicay, registered twice at A."""
    one, other = member("José María", "Sicay"), member("Jose Maria", "Xicay")
    for each in (one, other):
        register(cast.ana, cast.a.id, [each])
    return one.person_id, other.person_id


def test_the_machine_finds_a_pair_and_whoever_manages_the_site_judges_it(cast: Cast, two: Two) -> None:
    people.queue_pairs(machine(), pairs=[found(two[1], two[0])])
    (row,) = queries.pairs_for(cast.beto.id)
    assert {row.first.id, row.second.id} == set(two)
    assert row.older == two[0]
    assert [(one.level, one.bits) for one in row.evidence] == [(str(wording.LEVELS["one sound"]), 6.1)]
    people.judge_pairs(act(cast.beto), judged=said(two, Verdict.DIFFERENT))
    assert queries.pairs_for(cast.beto.id) == []
    pair = Pair.objects.get()
    assert (pair.state, pair.judged_by_id) == (PairState.DIFFERENT, cast.beto.id)


def test_nobody_else_learns_that_there_is_a_pair(cast: Cast, two: Two) -> None:
    people.queue_pairs(machine(), pairs=[found(*two)])
    for who in (cast.ana, cast.carla, cast.diego, cast.outsider):
        assert queries.pairs_for(who.id) == []
        assert set(queries.count_pairs(who.id).values()) == {0}


def test_who_holds_one_of_them_learns_nothing(cast: Cast) -> None:
    mine, theirs = member("Rosa", "Tum"), member("Rosa", "Tum")
    register(cast.ana, cast.a.id, [mine])
    register(cast.carla, cast.b.id, [theirs])
    people.queue_pairs(machine(), pairs=[found(mine.person_id, theirs.person_id)])
    for who in (cast.beto, cast.carla):
        assert queries.pairs_for(who.id) == []
    grant(cast.beto, Role.SITE_MANAGER, cast.b.unit)
    assert len(queries.pairs_for(cast.beto.id)) == 1


def test_a_pair_with_a_protected_person_is_for_named_colleagues_alone(cast: Cast, two: Two) -> None:
    people.queue_pairs(machine(), pairs=[found(*two)])
    people.protect_person(
        act(cast.case_worker), protection_id=uuid7(), person_id=two[0], why="La buscan.", asked_by_person=True,
        worker_ids=[cast.case_worker.id],
    )  # fmt: skip
    assert queries.pairs_for(cast.beto.id) == []
    assert len(queries.pairs_for(cast.case_worker.id)) == 1


def test_nobody_but_the_machine_puts_pairs_forward(cast: Cast, two: Two) -> None:
    with pytest.raises(DomainError):
        people.queue_pairs(act(cast.beto, door=Door.API), pairs=[found(*two)])
    with pytest.raises(DomainError) as refused:
        people.judge_pairs(machine(), judged=said(two, Verdict.DIFFERENT))
    assert refused.value.code == "core.not_allowed"


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_stands_until_something_compared_changes(cast: Cast, two: Two, verdict: Verdict) -> None:
    people.queue_pairs(machine(), pairs=[found(*two)])
    people.judge_pairs(act(cast.beto), judged=said(two, verdict))
    people.queue_pairs(machine(), pairs=[found(*two, probability=950)])
    people.correct_person(act(cast.ana), correction=CorrectionIn(person_id=two[0], languages=["quc"]))
    people.queue_pairs(machine(), pairs=[found(*two, probability=960)])
    pair = Pair.objects.get()
    assert (pair.state, pair.probability) == (verdict.value, 900)
    people.correct_person(act(cast.ana), correction=CorrectionIn(person_id=two[0], first_surname="Xicay"))
    people.queue_pairs(machine(), pairs=[found(*two, probability=970)])
    pair.refresh_from_db()
    assert (pair.state, pair.probability, pair.judged_by_id) == (PairState.OPEN, 970, None)


@pytest.mark.parametrize("what", ["phone", "document"])
def test_a_new_number_is_a_change(cast: Cast, two: Two, what: str) -> None:
    people.judge_pairs(act(cast.beto), judged=said(two, Verdict.DIFFERENT))
    if what == "phone":
        people.add_phone(act(cast.ana), person_id=two[1], phone=PhoneIn(phone_id=uuid7(), number="+502 5555 0101"))
    else:
        paper = DocumentIn(document_id=uuid7(), country="GT", kind="dpi", number="2412 55781 0501")
        people.add_document(act(cast.ana), person_id=two[1], document=paper)
    people.queue_pairs(machine(), pairs=[found(*two)])
    assert Pair.objects.get().state == PairState.OPEN


def test_a_pair_nobody_had_found_is_remembered_all_the_same(cast: Cast, two: Two) -> None:
    people.judge_pairs(act(cast.beto), judged=said((two[1], two[0]), Verdict.UNSURE))
    pair = Pair.objects.get()
    assert (pair.found_by, pair.state) == (FoundBy.DESK, PairState.UNSURE)
    assert len(queries.pairs_for(cast.beto.id, PairState.UNSURE)) == 1


def test_whoever_looks_again_at_an_open_pair_finds_the_newest_evidence(two: Two) -> None:
    people.queue_pairs(machine(), pairs=[found(*two, probability=800)])
    people.queue_pairs(machine(), pairs=[found(*two, probability=810), found(two[0], two[0])])
    assert Pair.objects.get().probability == 810


def test_evidence_is_codes_and_never_words_of_somebody(two: Two) -> None:
    words = [EvidenceIn(field="given", level="José = Jose", decibits=10)]
    with pytest.raises(DomainError) as refused:
        people.queue_pairs(
            machine(),
            pairs=[PairIn(pair_id=uuid7(), first_id=two[0], second_id=two[1], probability=1, evidence=words)],
        )
    assert refused.value.code == "people.unknown_evidence"


def test_every_field_and_level_of_linkage_has_its_word() -> None:
    assert wording.FIELDS.keys() == set(FIELDS)
    assert wording.LEVELS.keys() == {level for levels in MEANINGS.values() for level in levels}


def test_merging_settles_the_pair_and_taking_it_back_opens_it(cast: Cast, two: Two) -> None:
    people.queue_pairs(machine(), pairs=[found(*two)])
    merge_id = uuid7()
    people.merge_people(act(cast.beto), merge_id=merge_id, kept_id=two[0], gone_id=two[1])
    assert Pair.objects.get().state == PairState.SAME
    people.queue_pairs(machine(), pairs=[found(*two, probability=990)])
    assert Pair.objects.get().state == PairState.SAME
    people.unmerge_people(act(cast.beto), merge_id=merge_id)
    assert Pair.objects.get().state == PairState.OPEN


def test_a_pair_that_waits_for_a_second_person_is_not_judged_meanwhile(cast: Cast, two: Two) -> None:
    people.queue_pairs(machine(), pairs=[found(*two)])
    for person, number in zip(two, ("2412557810501", "1934566780101"), strict=True):
        paper = DocumentIn(document_id=uuid7(), country="GT", kind="dpi", number=number)
        people.add_document(act(cast.ana), person_id=person, document=paper)
    people.merge_people(act(cast.beto), merge_id=uuid7(), kept_id=two[0], gone_id=two[1])
    assert queries.pairs_for(cast.beto.id) == []
    (row,) = queries.merges_waiting(cast.case_worker.id)
    assert (row.waits, row.mine) == (True, False)
    people.refuse_merge(act(cast.case_worker), merge_id=row.id)
    assert len(queries.pairs_for(cast.beto.id)) == 1


@pytest.mark.parametrize("which", [0, 1])
def test_erasing_either_removes_the_pair(two: Two, which: int) -> None:
    people.queue_pairs(machine(), pairs=[found(*two)])
    erasure.erase(two[which], COMMAND_LINE)
    assert not Pair.objects.exists()
    assert not Merge.objects.exists()


def test_what_was_taken_out_is_in_no_pair(cast: Cast, two: Two) -> None:
    people.void_person(act(cast.beto), person_id=two[1], reason=VoidReason.TWICE)
    people.queue_pairs(machine(), pairs=[found(*two)])
    assert not Pair.objects.exists()


def test_the_same_record_is_no_pair(cast: Cast, two: Two) -> None:
    with pytest.raises(DomainError) as refused:
        people.judge_pairs(act(cast.beto), judged=said((two[0], two[0]), Verdict.UNSURE))
    assert refused.value.code == "people.one_record"


def test_the_queue_is_read_in_as_many_queries_however_long_it_is(
    cast: Cast, two: Two, django_assert_num_queries: Any
) -> None:
    others = [member("José", f"Sicay {name}") for name in ("Uno", "Dos", "Tres", "Cuatro")]
    register(cast.ana, cast.a.id, others)
    pairs = [found(two[0], one.person_id) for one in others]
    people.queue_pairs(machine(), pairs=[found(*two)])
    with CaptureQueriesContext(connection) as short:
        assert len(queries.pairs_for(cast.beto.id)) == 1
    people.queue_pairs(machine(), pairs=pairs)
    with django_assert_num_queries(len(short)):
        assert len(queries.pairs_for(cast.beto.id)) == 5
    assert len([one for one in short.captured_queries if "accounts_grant" not in one["sql"]]) <= 6


def test_what_differs_but_for_accents_is_marked(cast: Cast, two: Two) -> None:
    both = queries.beside(cast.beto.id, *two)
    marked = {one.first for one in both.facts if one.differs}
    assert marked == {"Sicay"}
