"""People who were filled in are found, counted, opened and worked with as those who were registered."""

import random
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.models import Max

from cobijo.core import clock, keys, nodes, operations, seals
from cobijo.core.verbs import Door
from cobijo.demo.bench import fill
from cobijo.demo.bench.acts import Day
from cobijo.demo.bench.asking import Browser, UnexpectedAnswerError
from cobijo.demo.bench.families import Families
from cobijo.demo.bench.timing import Figures, measure
from cobijo.demo.bench.world import World
from cobijo.people import index
from cobijo.people import queries as people
from cobijo.people.models import Document, NameFresh, NamePosting, NameToken, Person, Phone, SearchEntry
from cobijo.people.searching import postings, words
from cobijo.reporting import queries as figures
from cobijo.sites.models import Stay

PEOPLE = 600

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A small world, filled once for all tests of this file."""
    with django_db_blocker.unblock():
        _forget()
        yield fill.fill(PEOPLE, seed=3, said=lambda *_: None)
        call_command("flush", interactive=False, verbosity=0)
        cache.clear()
        _forget()


def _forget() -> None:
    keys.forget()
    nodes.forget()


@pytest.fixture
def filled(committed: World, db: None) -> World:
    """The same, and whatever a test does to it is undone."""
    return committed


def somebody(count: int = 12) -> list[Person]:
    """A few who were filled in, not registered: the last ones."""
    return list(Person.objects.order_by("-number")[:count])


def registrar_of(filled: World, person: Person) -> UUID:
    return filled.registrars[person.stays.get().site_id]


def test_the_sites_are_full_and_every_reference_leads_somewhere(filled: World) -> None:
    assert [Stay.objects.filter(site=site).count() for site in filled.sites] == [300, 300]
    connection.check_constraints()


def test_they_are_found_by_all_that_is_known_of_them(filled: World) -> None:
    for person in somebody():
        registrar = registrar_of(filled, person)
        for typed in (person.name, person.code, *_numbers(person)):
            assert person.pk in [hit.person_id for hit in people.search(registrar, typed)], typed


def _numbers(person: Person) -> list[str]:
    documents = Document.objects.filter(person=person).values_list("number", flat=True)
    return [*documents, *Phone.objects.filter(person=person).values_list("as_written", flat=True)]


def test_the_index_holds_what_registering_would_have_written(filled: World) -> None:
    papers, phones = list(Document.objects.all()), list(Phone.objects.all())
    words_of = dict(NameToken.objects.values_list("id", "word"))
    for entry in SearchEntry.objects.select_related("person").prefetch_related("keys"):
        person = entry.person
        written = index.keys_of(
            person,
            [one for one in papers if one.person_id == person.pk],
            [one for one in phones if one.person_id == person.pk],
        )
        assert {(key.kind, bytes(key.key)) for key in entry.keys.all()} == set(written)
        assert {words_of[token] for token in postings.tokens_in(bytes(entry.tokens))} == words.of_person(person)


def test_every_token_of_an_entry_is_in_a_posting_and_every_posting_in_an_entry(filled: World) -> None:
    entries = SearchEntry.objects.values_list("pk", "tokens")
    of_entries = {(token, pk) for pk, packed in entries for token in postings.tokens_in(bytes(packed))}
    posted = {
        (one.token, entry)
        for one in NamePosting.objects.all()
        for entry in postings.entries_in(one.block, bytes(one.entries)).tolist()
    }
    assert posted == of_entries
    assert not NameFresh.objects.exists()


def test_they_are_counted(filled: World) -> None:
    tonight = figures.tonight(figures.of_unit(filled.response))
    found = figures.census(figures.of_unit(filled.response), tonight)
    assert (found.persons, found.households, found.table.total) == (PEOPLE, PEOPLE // 5, PEOPLE)
    assert [part.persons for part in found.parts] == [300, 300]


def test_their_pages_open(filled: World) -> None:
    person = somebody(1)[0]
    browser = Browser(registrar_of(filled, person))
    assert person.code in browser.read(f"/people/{person.pk}/").decode()
    read = browser.read_json(f"/api/v1/people/{person.pk}")
    assert (read["code"], read["first_surname"]) == (person.code, person.first_surname)


def test_who_waits_longer_than_a_session_may_sit_idle_still_gets_answers(
    filled: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser(filled.case_worker)
    Session.objects.all().delete()
    with pytest.raises(UnexpectedAnswerError):
        browser.sending("/api/v1/people/search", {"words": "mar"})()
    monkeypatch.setattr("cobijo.demo.bench.asking._SIGNED_IN_SECONDS", 0)
    assert browser.sending("/api/v1/people/search", {"words": "mar"})() > 0


def test_what_is_done_to_others_can_be_done_to_them(filled: World) -> None:
    person = somebody(1)[0]
    act = operations.act_of(registrar_of(filled, person), Door.DESK)
    operations.submit("people.set_needs", act, {"person_id": person.pk, "needs": ["walks"]})
    household = person.memberships.get().household
    stays = list(Stay.objects.filter(household=household).values_list("pk", flat=True))
    act = operations.act_of(registrar_of(filled, person), Door.DESK)
    operations.submit("sites.check_out", act, {"stay_ids": stays, "reason": "rented"})
    assert Stay.objects.filter(household=household, state="out").count() == 5


def test_who_comes_after_gets_the_next_codes(filled: World) -> None:
    last = Person.objects.aggregate(last=Max("number"))["last"]
    arguments = Families(random.Random(5)).household(filled.sites[1], filled.rooms[1][0], clock.now().date())
    operations.submit("sites.receive_household", operations.act_of(filled.clerk, Door.DESK), arguments)
    assert Person.objects.filter(number__gt=last).order_by("number")[0].number == last + 1


def test_the_journal_was_sealed(filled: World) -> None:
    assert seals.seal_waiting() == 0
    assert (seals.last() or pytest.fail("no seal")).rows > 0


def test_the_same_seed_gives_the_same_people(filled: World) -> None:
    one, other = (Families(random.Random(8)) for _ in range(2))
    same = [families.names(["female", "male", "male"]) for families in (one, other)]
    assert same[0] == same[1]
    assert one.cui() == other.cui()


def test_each_act_is_answered(filled: World) -> None:
    for wanted, ready in Day(filled, seed=4).acts():
        found = measure(Figures(wanted.key, wanted.through, wanted.what), ready, 2).as_json()
        assert found["requests"] == 2, wanted.what
        assert 0 < found["wall_ms"]["p50"] <= found["wall_ms"]["p95"]
