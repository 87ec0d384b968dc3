"""The look of the night: who is new or changed is looked for among everybody, once, and nobody is made one."""

from typing import Any
from uuid import UUID

import pytest

from cobijo.accounts.access import COMMAND_LINE
from cobijo.accounts.types import Role
from cobijo.core import erasure
from cobijo.core.ids import uuid7
from cobijo.people import services as people
from cobijo.people.identity import nightly, queries, services
from cobijo.people.identity.models import Merge, Pair
from cobijo.people.identity.types import JudgedIn, PairState, Verdict
from cobijo.people.models import NewOrChanged, Person, SearchEntry
from cobijo.people.tests.conftest import member, register
from cobijo.people.types import BirthIn, CorrectionIn, DocumentIn, MemberIn, PhoneIn, Sex, VoidReason
from tests.cast import Cast, act, grant

pytestmark = [pytest.mark.django_db, pytest.mark.database]
Queue = dict[tuple[UUID, UUID], tuple[int, Any, str]]


def jose(**given: Any) -> MemberIn:
    """José María Sicay as one desk writes him; the other writes Jose Maria Xicay."""
    birth = BirthIn(day=4, month=3, year=1984)
    said: dict[str, Any] = {"given_names": "José María", "first_surname": "Sicay", "second_surname": "Tzoc"}
    return member(**said | {"sex": Sex.MALE, "birth": birth} | given)


def again(**given: Any) -> MemberIn:
    return jose(**{"given_names": "Jose Maria", "first_surname": "Xicay", "second_surname": "Tzok"} | given)


def arrive(cast: Cast, *members: MemberIn) -> list[UUID]:
    """Each registered at A, in a household of their own."""
    for one in members:
        register(cast.ana, cast.a.id, [one])
    return [one.person_id for one in members]


def queue() -> Queue:
    """The queue, pair by pair: the probability, the evidence and what was said of it."""
    return {(one.first_id, one.second_id): (one.probability, one.evidence, one.state) for one in Pair.objects.all()}


def couples() -> set[frozenset[UUID]]:
    return {frozenset(both) for both in queue()}


def correct(cast: Cast, person: UUID, **values: Any) -> None:
    people.correct_person(act(cast.ana), correction=CorrectionIn(person_id=person, **values))


@pytest.fixture
def two(cast: Cast) -> tuple[UUID, UUID]:
    """The two of José María, found by the night before."""
    one, other = arrive(cast, jose(), again())
    nightly.look()
    return one, other


def test_who_is_registered_twice_goes_to_the_queue_with_evidence_and_nobody_is_made_one(cast: Cast) -> None:
    one, other, _stranger = arrive(cast, jose(), again(), member("Ixchel", "Chávez", sex=Sex.FEMALE))
    assert nightly.look() == 3
    (row,) = queries.pairs_for(cast.beto.id)
    assert {row.first.id, row.second.id} == {one, other}
    assert row.probability > 900
    assert sum(said.bits > 3 for said in row.evidence) >= 3
    assert not Merge.objects.exists()
    assert not Person.objects.filter(merged_into__isnull=False).exists()


def test_only_who_is_new_or_changed_is_looked_for(cast: Cast, two: tuple[UUID, UUID]) -> None:
    stranger, *_ = arrive(cast, member("Ixchel", "Chávez"))
    Pair.objects.all().delete()
    assert nightly.look() == 1
    assert nightly.look() == 0
    assert couples() == set()
    correct(cast, stranger, first_surname="Ruano")
    assert nightly.look() == 1
    correct(cast, two[1], second_surname="Tzoc")
    assert nightly.look() == 1
    assert couples() == {frozenset(two)}


@pytest.mark.parametrize("what", ["phone", "document"])
def test_a_new_number_is_looked_for_too(cast: Cast, what: str) -> None:
    """By name alone nobody would come to Pedro's other record; by what two records have in common somebody does."""
    number = "+502 5555 0101" if what == "phone" else "2412557810501"
    paper = DocumentIn(document_id=uuid7(), country="GT", kind="dpi", number=number)
    telephone = PhoneIn(phone_id=uuid7(), number=number)
    first, other = arrive(cast, jose(**{f"{what}s": [telephone if what == "phone" else paper]}), again())
    nightly.look()
    before = queue()
    if what == "phone":
        people.add_phone(act(cast.ana), person_id=other, phone=PhoneIn(phone_id=uuid7(), number=number))
    else:
        paper = DocumentIn(document_id=uuid7(), country="GT", kind="dpi", number=number)
        people.add_document(act(cast.ana), person_id=other, document=paper)
    assert nightly.look() == 1
    assert couples() == {frozenset((first, other))}
    assert [field for field, *_ in next(iter(queue().values()))[1] if field == what] == [what]
    assert queue() != before


def test_who_was_changed_while_being_looked_for_waits_on(
    cast: Cast, two: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(cast, jose(first_surname="Ruano", second_surname="Mejía"))
    third, real = Person.objects.latest("registered_at").pk, nightly.queue

    def changed_meanwhile(pairs: Any) -> Any:
        found = list(pairs)
        monkeypatch.setattr(nightly, "queue", real)
        correct(cast, third, first_surname="Sicay", second_surname="Tzoc")
        return real(found)

    monkeypatch.setattr(nightly, "queue", changed_meanwhile)
    assert nightly.look() == 2
    assert couples() == {frozenset(both) for both in (two, (two[0], third), (two[1], third))}
    assert not NewOrChanged.objects.exists()


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_stands_until_what_was_compared_has_changed(
    cast: Cast, two: tuple[UUID, UUID], verdict: Verdict
) -> None:
    said = JudgedIn(pair_id=uuid7(), first_id=two[0], second_id=two[1], verdict=verdict)
    people.judge_pairs(act(cast.beto), judged=[said])
    correct(cast, two[0], languages=["quc"])
    assert nightly.look() == 1
    assert [state for *_, state in queue().values()] == [verdict.value]
    correct(cast, two[0], second_surname="Tzok")
    nightly.look()
    pair = Pair.objects.get()
    assert (pair.state, pair.judged_by_id) == (PairState.OPEN, None)


def test_a_pair_with_a_protected_person_is_found_and_seen_by_who_is_named_alone(cast: Cast) -> None:
    one, _other = arrive(cast, jose(), again())
    people.protect_person(
        act(cast.case_worker), protection_id=uuid7(), person_id=one, why="La buscan.", asked_by_person=True,
        worker_ids=[cast.case_worker.id],
    )  # fmt: skip
    nightly.look()
    assert Pair.objects.count() == 1
    assert len(queries.pairs_for(cast.case_worker.id)) == 1
    for who in (cast.beto, cast.ana, cast.carla, cast.diego, cast.administrator, cast.outsider):
        assert queries.pairs_for(who.id) == []
        assert set(queries.count_pairs(who.id).values()) == {0}


def test_a_pair_at_two_places_is_found_and_seen_by_who_works_at_both(cast: Cast) -> None:
    register(cast.ana, cast.a.id, [jose()])
    register(cast.carla, cast.b.id, [again()])
    nightly.look()
    assert [queries.pairs_for(who.id) for who in (cast.beto, cast.carla)] == [[], []]
    grant(cast.beto, Role.SITE_MANAGER, cast.b.unit)
    assert len(queries.pairs_for(cast.beto.id)) == 1


def test_what_was_merged_taken_out_or_erased_is_in_no_pair(cast: Cast) -> None:
    kept, merged, out, erased, left = arrive(cast, jose(), again(), again(), again(), again())
    people.merge_people(act(cast.beto), merge_id=uuid7(), kept_id=kept, gone_id=merged)
    people.void_person(act(cast.beto), person_id=out, reason=VoidReason.TWICE)
    erasure.erase(erased, COMMAND_LINE)
    nightly.look()
    assert {both for both in couples() if kept in both} == {frozenset((kept, left))}
    assert couples() == {frozenset((kept, left))}


def test_a_record_merged_while_it_waits_is_looked_for_as_part_of_the_one_that_is_kept(cast: Cast) -> None:
    kept, gone, other = arrive(cast, jose(), again(), again())
    nightly.look()
    people.merge_people(act(cast.beto), merge_id=uuid7(), kept_id=kept, gone_id=gone)
    Pair.objects.exclude(state=PairState.SAME).delete()
    nightly.look()
    assert couples() == {frozenset((kept, gone)), frozenset((kept, other))}
    assert {both: state for both, (*_, state) in queue().items()}[min(kept, gone), max(kept, gone)] == PairState.SAME


def test_two_of_one_household_are_two_people(cast: Cast) -> None:
    register(cast.ana, cast.a.id, [jose(), again()])
    nightly.look()
    assert couples() == set()


def test_names_that_are_none_and_what_strangers_share_make_no_pairs(cast: Cast) -> None:
    """Nobody's name, a letter, a camp's telephone, a family's document, the birthday of who knows none."""
    odd = ["X", "😀😀", "NN", "desconocido", "hijo de María", " ".join(["Ana"] * 20), "A\u202ena"]
    new_year = BirthIn(day=1, month=1, year=1980)
    arrive(cast, *(member(name) for name in odd * 2), *(member(newborn_unnamed=True) for _ in range(2)))
    arrive(cast, *(member(name, birth=new_year) for name in ("NN", "NN", "X", "X")))
    shared = [
        member(
            given,
            surname,
            birth=new_year,
            phones=[PhoneIn(phone_id=uuid7(), number="+502 5555 0101")],
            documents=[DocumentIn(document_id=uuid7(), country="GT", kind="other", number="2412557810501")],
        )
        for given, surname in [("Rosa", "Chávez"), ("Kevin", "Andino"), ("Saúl", "Tzoc"), ("Irma", "Pop")]
    ]
    arrive(cast, *shared)
    assert nightly.look() == Person.objects.count()
    assert couples() == set()


@pytest.mark.parametrize("fails_at", range(4))
def test_a_failure_between_two_steps_leaves_the_queue_of_a_night_without_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    """It ends before the pairs of some people are in, or after it, before it is noted that they were looked for."""
    monkeypatch.setattr(nightly, "AT_ONCE", 3)
    monkeypatch.setattr(nightly, "MOST", 1)
    twins = [("Rosa", "Tum"), ("Ixchel", "Chávez"), ("Elmer", "Ruano"), ("Saúl", "Mejía")]
    for first, surname in twins:
        arrive(cast, *(jose(given_names=first, first_surname=surname) for _ in range(2)))
    nightly.look()
    wanted = queue()
    assert len(wanted) == len(twins)
    Pair.objects.all().delete()
    NewOrChanged.objects.bulk_create(NewOrChanged(entry=one) for one in SearchEntry.objects.all())

    real, calls = (services.queue_pairs, nightly._looked_for), iter(range(100))

    def failing(step: int) -> Any:
        def call(*arguments: Any, **given: Any) -> None:
            if next(calls) == fails_at:
                raise ConnectionResetError
            real[step](*arguments, **given)

        return call

    monkeypatch.setattr(services, "queue_pairs", failing(0))
    monkeypatch.setattr(nightly, "_looked_for", failing(1))
    with pytest.raises(ConnectionResetError):
        nightly.look()
    assert NewOrChanged.objects.exists()
    nightly.look()
    assert queue() == wanted
