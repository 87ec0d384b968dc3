"""Names in the index: written with the verb, folded later, gone with the person."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from threading import Event, Thread

import pytest
from django.apps import apps
from django.db import connection

from cobijo.core import chores
from cobijo.core.models import Chore
from cobijo.people import index
from cobijo.people import services as people
from cobijo.people.models import Household, NameFresh, NamePosting, NameToken, Person, SearchEntry, SearchKey
from cobijo.people.queries import search
from cobijo.people.searching import postings, vocabulary, words, writing
from cobijo.people.tests.conftest import member, persons, register
from cobijo.people.tests.test_erasing import operator
from cobijo.people.types import BirthIn, CorrectionIn, EraseGround, Sex, VoidReason
from tests.cast import Cast, act

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def posted() -> dict[str, set[int]]:
    """The entries of each word, as folded."""
    names = dict(NameToken.objects.values_list("pk", "word"))
    found: dict[str, set[int]] = {}
    for one in NamePosting.objects.all():
        entries = postings.entries_in(one.block, bytes(one.entries)).tolist()
        found.setdefault(names[one.token], set()).update(entries)
    return found


def fresh() -> dict[str, set[int]]:
    """The entries of each word that are not folded yet."""
    names = dict(NameToken.objects.values_list("pk", "word"))
    found: dict[str, set[int]] = {}
    for token, entry in NameFresh.objects.values_list("token", "entry"):
        found.setdefault(names[token], set()).add(entry)
    return found


def wanted() -> dict[str, set[int]]:
    """What both together should hold, by the records."""
    found: dict[str, set[int]] = {}
    for entry in SearchEntry.objects.select_related("person"):
        for word in words.of_person(entry.person):
            found.setdefault(word, set()).add(entry.pk)
    return found


def together() -> dict[str, set[int]]:
    """What both hold."""
    one, other = fresh(), posted()
    return {word: one.get(word, set()) | other.get(word, set()) for word in one.keys() | other.keys()}


def test_a_registration_writes_fresh_pairs_and_folding_moves_them(home: Household) -> None:
    assert fresh() == wanted()
    assert posted() == {}
    assert {"maria", "jose", "quiej"} <= fresh().keys()
    assert writing.fold() > 0
    assert posted() == wanted()
    assert fresh() == {}
    assert writing.fold() == 0


def test_sex_year_and_nationality_are_marks_that_no_name_can_be(cast: Cast) -> None:
    one = member("Ana", "Tum", sex=Sex.FEMALE, birth=BirthIn(year=1990), nationalities=["GT", "MX"])
    register(cast.ana, cast.a.id, [one])
    assert {word for word in wanted() if word.startswith("#")} == {"#f", "#1990", "#GT", "#MX"}
    assert search(cast.ana.id, "#f") == search(cast.ana.id, "#1990") == []


def test_a_word_changes_from_one_row_to_blocks_when_many_have_it_and_people_still_go(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postings, "RARE", 2)
    for name in ("Ana", "Rosa", "Ana", "Tomasa"):
        register(cast.ana, cast.a.id, [member(name, "Tum")])
        writing.fold()
        assert posted() == wanted()
    of_tum = NamePosting.objects.filter(token=NameToken.objects.get(word="tum").pk)
    assert [row.block for row in of_tum] == [0]
    for person in Person.objects.all():
        people.void_person(act(cast.beto), person_id=person.pk, reason=VoidReason.TWICE)
        assert posted() == wanted()
    assert not NameToken.objects.exists()


def test_what_is_registered_after_folding_is_found_beside_what_is_folded(cast: Cast, home: Household) -> None:
    writing.fold()
    register(cast.ana, cast.a.id, [member("Pablo", "Chávez")])
    assert len(search(cast.ana.id, "chavez")) == 4
    assert together() == wanted()


@pytest.mark.parametrize("folded", [False, True])
def test_a_correction_takes_the_old_words_out_and_forgets_those_nobody_has(
    cast: Cast, home: Household, folded: bool
) -> None:
    if folded:
        writing.fold()
    correction = CorrectionIn(person_id=persons(home)["Martín"], given_names="Xuncax", first_surname="Sánchez")
    people.correct_person(act(cast.ana), correction=correction)
    assert together() == wanted()
    left = set(NameToken.objects.values_list("word", flat=True))
    assert "martin" not in left
    assert {"xuncax", "sanchez", "chavez"} <= left


@pytest.mark.parametrize("folded", [False, True])
def test_who_is_taken_out_or_erased_leaves_no_word_that_was_theirs_alone(
    cast: Cast, home: Household, folded: bool
) -> None:
    if folded:
        writing.fold()
    people.void_person(act(cast.beto), person_id=persons(home)["Martín"], reason=VoidReason.TWICE)
    people.erase_person(operator(), person_id=persons(home)["Ixchel"], ground=EraseGround.REQUEST)
    assert together() == wanted()
    assert set(NameToken.objects.values_list("word", flat=True)) == wanted().keys()
    assert not {"martin", "ixchel"} & wanted().keys()


def test_words_that_are_in_use_are_not_forgotten_with_one_who_had_them(cast: Cast, home: Household) -> None:
    register(cast.carla, cast.b.id, [member("Martín", "Chávez")])
    writing.fold()
    people.void_person(act(cast.beto), person_id=persons(home)["Martín"], reason=VoidReason.TWICE)
    assert [hit.why for hit in search(cast.carla.id, "martin chavez")] == [("name",)]


def test_folding_waits_until_there_is_enough_and_the_day_folds_the_rest(
    home: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert writing.fold_if_many() == 0
    assert fresh()
    monkeypatch.setattr(writing, "WORTH_FOLDING", 3)
    monkeypatch.setattr(writing, "FOLDED_AT_ONCE", 5)
    assert writing.fold_if_many() > 5
    assert posted() == wanted()


def test_the_ticker_folds(home: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "WORTH_FOLDING", 3)
    chores.do_what_is_often_asked()
    assert fresh() == {}


def test_keys_of_earlier_rules_are_made_anew_and_until_then_worked_out(cast: Cast, home: Household) -> None:
    NameToken.objects.update(keys=bytes(8))
    assert [hit.why for hit in search(cast.ana.id, "kiej maria")] == [("name", "spelling")]
    assert writing.make_keys_anew() == NameToken.objects.count()
    assert writing.make_keys_anew() == 0


def test_after_an_operation_was_undone_the_index_is_what_the_records_say(cast: Cast, home: Household) -> None:
    martin, ixchel = persons(home)["Martín"], persons(home)["Ixchel"]
    before = together()
    correction = CorrectionIn(person_id=martin, first_surname="Sánchez")
    people.correct_person(act(cast.ana), correction=correction)
    people.void_person(act(cast.beto), person_id=ixchel, reason=VoidReason.TWICE)
    Person.objects.filter(pk=martin).update(first_surname="Chávez")
    Person.objects.filter(pk=ixchel).update(voided_at=None, void_reason="")
    index.write_anew([martin, ixchel])
    assert together().keys() == before.keys() == wanted().keys()
    assert together() == wanted()


def test_long_words_and_lists_in_the_field_of_a_name_are_kept_in_part(cast: Cast) -> None:
    crowd = " ".join(f"nombre{at}" for at in range(40))[:119]
    register(cast.ana, cast.a.id, [member("A" * 100, "Tum"), member(crowd, "Tum"), member("😀", "")])
    assert together() == wanted()
    assert max(map(len, wanted())) <= words.LONGEST
    assert len(search(cast.ana.id, "a" * 90)) == 1
    assert search(cast.ana.id, "😀") == []


@pytest.mark.django_db(transaction=True)
def test_each_process_notices_words_that_came_and_words_that_went(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_held", {})
    one = member("Xochiquétzal", "Tum")
    register(cast.ana, cast.a.id, [one])
    assert vocabulary.current().exactly("xochiquetzal")
    register(cast.ana, cast.a.id, [member("Nicté", "Tum")])
    assert vocabulary.current().exactly("nicte")
    assert vocabulary.current() is vocabulary.current()
    people.erase_person(operator(), person_id=one.person_id, ground=EraseGround.REQUEST)
    monkeypatch.setattr(vocabulary, "_COUNTED_EVERY", 0.0)
    assert not vocabulary.current().exactly("xochiquetzal")
    assert not connection.in_atomic_block


def test_an_index_of_before_is_taken_over(home: Household) -> None:
    taking_over = import_module("cobijo.people.migrations.0006_names_into_tokens")
    taking_over.backwards(apps, None)
    words_before = set(SearchKey.objects.filter(kind="n").values_list("key", flat=True))
    assert {bytes(word) for word in words_before} >= {b"maria", b"jose", b"quiej"}
    assert together() == {}
    taking_over.forwards(apps, None)
    assert posted() == wanted()
    assert not SearchKey.objects.filter(kind="n").exists()


def register_many(cast: Cast, name: str) -> None:
    """Households with words that are new and words that everybody has."""
    for at in "abcdefghijkl":
        register(cast.ana, cast.a.id, [member(f"{name} Rosa", f"Nuevo{at}"), member(name, "Tum")])


def take_out_some(cast: Cast) -> None:
    """Take out whoever is called Rosa besides."""
    for person in Person.objects.filter(voided_at=None, given_names__contains="Rosa")[:2]:
        people.void_person(act(cast.beto), person_id=person.pk, reason=VoidReason.TWICE)


def at_work(what: Callable[[], object], troubles: list[BaseException], until: Event | None = None) -> Thread:
    """Do something in a thread, once or again and again until told to stop."""

    def run() -> None:
        try:
            what()
            while until and not until.is_set():
                what()
        except BaseException as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
def test_registering_folding_and_taking_out_at_once_lose_and_leave_nothing(cast: Cast) -> None:
    """Several at work on new and shared words, as PostgreSQL lets them."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    Chore.objects.get_or_create(pk=writing.FOLDING)
    troubles: list[BaseException] = []
    done = Event()
    others = [at_work(writing.fold, troubles, done), at_work(partial(take_out_some, cast), troubles, done)]
    for thread in [at_work(partial(register_many, cast, name), troubles) for name in ("Ana", "Marta")]:
        thread.join()
    done.set()
    for thread in others:
        thread.join()
    assert troubles == []
    assert together() == wanted()
    assert set(NameToken.objects.values_list("word", flat=True)) == wanted().keys()
