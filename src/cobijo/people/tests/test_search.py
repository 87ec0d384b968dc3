"""The one door by which people are found."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cobijo.accounts.access import one_reading
from cobijo.accounts.types import Role
from cobijo.algorithms import text
from cobijo.core import clock
from cobijo.core.ids import uuid7
from cobijo.people import access
from cobijo.people import services as people
from cobijo.people.models import Household, Person, PersonScope
from cobijo.people.queries import finding, household_with_code, search
from cobijo.people.queries.finding import FEW
from cobijo.people.tests.conftest import family, member, persons, register
from cobijo.people.types import CorrectionIn, DocumentIn, MemberIn, PhoneIn, ScopeReason, VoidReason
from tests.cast import Cast, act, grant

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(params=["few", "many"])
def both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each test runs as if the reader worked with few people and as if with many: the answer is the same."""
    if request.param == "many":
        monkeypatch.setattr("cobijo.people.queries.finding.FEW", 0)
    return str(request.param)


def names(cast: Cast, words: str) -> list[str]:
    """Whom Ana finds, by name."""
    found = search(cast.ana.id, words)
    return [Person.objects.get(pk=hit.person_id).name for hit in found]


@pytest.mark.usefixtures("both_ways")
class TestNames:
    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("quiej", ["María José Quiej"]),
            ("QUIEJ maria", ["María José Quiej"]),
            ("  José   mar ", ["María José Quiej"]),
            ("chav", ["Martín Chávez", "Ixchel Chávez", "Chávez"]),
            ("CHÁVEZ", ["Martín Chávez", "Ixchel Chávez", "Chávez"]),
            ("ix", ["Ixchel Chávez"]),
            ("Ixch'el", ["Ixchel Chávez"]),
            ("nunez tomasa", ["Tomasa Núñez"]),
            ("mar", ["María José Quiej", "Martín Chávez"]),
            ("mari chavez", []),
            ("maria martin", []),
            ("zz", []),
            ("", []),
            ("  '’ ", []),
        ],
    )
    def test_every_member_is_found_by_any_word_of_the_name_the_last_as_far_as_it_is_typed(
        self, cast: Cast, home: Household, words: str, found: list[str]
    ) -> None:
        assert names(cast, words) == found

    def test_nicknames_and_the_married_name_count(self, cast: Cast) -> None:
        register(cast.ana, cast.a.id, [member("Rosalía", "Tum", married_name="de Pérez", nicknames="Chayo, la Negra")])
        for words in ("chayo", "negra", "perez", "rosalia perez", "tum de p"):
            assert len(names(cast, words)) == 1

    def test_somebody_with_two_words_of_one_beginning_comes_once(self, cast: Cast) -> None:
        register(cast.ana, cast.a.id, [member("María Mariana", "Marín")] + [member("Marta", "Sic") for _ in range(3)])
        assert [name.split()[0] for name in names(cast, "mar")] == ["María", "Marta", "Marta", "Marta"]

    def test_no_more_than_asked_for_come_out(self, cast: Cast) -> None:
        register(cast.ana, cast.a.id, [member(f"Marta {at}", "Sic") for at in range(9)])
        assert len(search(cast.ana.id, "mart", limit=4)) == 4
        assert len(search(cast.ana.id, "sic marta", limit=25)) == 9


@pytest.mark.usefixtures("both_ways")
class TestNumbers:
    @pytest.fixture
    def person(self, cast: Cast) -> Person:
        """Somebody with a document and a telephone."""
        paper = DocumentIn(document_id=uuid7(), country="GT", kind="cui", number="2345 67890 0101")
        phone = PhoneIn(phone_id=uuid7(), number="+502 5550-1234")
        one = member("Ana", "Sic", documents=[paper], phones=[phone])
        register(cast.ana, cast.a.id, [one, *family()])
        return Person.objects.get(pk=one.person_id)

    @pytest.mark.parametrize("words", ["2345678900101", "2345 67890 0101", "2345-67890-0101", "23456789"])
    def test_by_document(self, cast: Cast, person: Person, words: str) -> None:
        assert [(hit.person_id, hit.why) for hit in search(cast.ana.id, words)] == [(person.id, ("document",))]

    @pytest.mark.parametrize("words", ["50255501234", "+502 5550 1234", "5550-1234", "5550 12"])
    def test_by_telephone(self, cast: Cast, person: Person, words: str) -> None:
        assert [(hit.person_id, hit.why) for hit in search(cast.ana.id, words)] == [(person.id, ("phone",))]

    def test_by_code_however_it_is_typed(self, cast: Cast, person: Person) -> None:
        code = person.code
        for words in (code, code.lower(), code.replace("-", ""), code.replace("-", " "), f" {code} "):
            assert person.id in [hit.person_id for hit in search(cast.ana.id, words)]
        assert search(cast.ana.id, code)[0].why[0] == "code"

    def test_a_slip_in_a_code_finds_nobody(self, cast: Cast, person: Person) -> None:
        wrong = "".join("2" if char != "2" else "3" for char in person.code[:1]) + person.code[1:]
        assert search(cast.ana.id, wrong) == []

    def test_a_household_by_its_code(self, cast: Cast, home: Household) -> None:
        assert household_with_code(cast.ana.id, home.code.lower()) == home.id
        assert household_with_code(cast.carla.id, home.code) is None
        assert household_with_code(cast.ana.id, "no code") is None


@pytest.mark.usefixtures("both_ways")
class TestScope:
    def test_a_stranger_finds_nobody(self, cast: Cast, home: Household) -> None:
        person = Person.objects.first()
        assert person
        for who in (cast.carla, cast.diego, cast.administrator, cast.auditor, cast.outsider):
            assert search(who.id, "chavez") == []
            assert search(who.id, person.code) == []

    def test_one_who_works_at_two_places_finds_both_and_may_narrow_to_one(self, cast: Cast, home: Household) -> None:
        register(cast.carla, cast.b.id, [member("Pablo", "Chávez")])
        grant(cast.beto, Role.SITE_MANAGER, cast.b.unit)
        assert len(search(cast.beto.id, "chavez")) == 4
        assert len(search(cast.beto.id, "chavez", unit=cast.a.id)) == 3
        assert len(search(cast.beto.id, "chavez", unit=cast.area.id)) == 4
        assert len(search(cast.beto.id, "chavez", unit=cast.b.id)) == 1
        assert search(cast.beto.id, "chavez", unit=uuid7()) == []
        assert search(cast.carla.id, "chavez", unit=cast.a.id) == []

    def test_whom_the_site_no_longer_knows_is_not_found(self, cast: Cast, home: Household) -> None:
        PersonScope.objects.filter(person=persons(home)["Martín"]).update(ends_at=clock.now() - timedelta(seconds=1))
        assert names(cast, "chavez") == ["Ixchel Chávez", "Chávez"]

    def test_a_protected_person_is_found_by_named_workers_only(self, cast: Cast, home: Household) -> None:
        person = Person.objects.get(pk=persons(home)["Ixchel"])
        people.protect_person(
            act(cast.case_worker),
            protection_id=uuid7(),
            person_id=person.id,
            why="pide su madre",
            asked_by_person=False,
            worker_ids=[cast.case_worker.id],
        )
        for who in (cast.ana, cast.beto):
            assert len(search(who.id, "chavez")) == 2
            assert search(who.id, person.code) == []
        assert len(search(cast.case_worker.id, "chavez")) == 3

    def test_a_voided_record_is_not_found(self, cast: Cast, home: Household) -> None:
        people.void_person(act(cast.beto), person_id=persons(home)["Martín"], reason=VoidReason.TWICE)
        assert names(cast, "chavez") == ["Ixchel Chávez", "Chávez"]

    def test_a_correction_is_found_at_once_and_the_mistake_no_more(self, cast: Cast, home: Household) -> None:
        correction = CorrectionIn(person_id=persons(home)["Martín"], first_surname="Sánchez")
        people.correct_person(act(cast.ana), correction=correction)
        assert names(cast, "martin s") == ["Martín Sánchez"]
        assert names(cast, "martin ch") == []


def test_who_fits_to_the_letter_is_always_found_and_first_however_many_there_are(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = ["Ana María", "María", "Juana Maricela", "José Mario", "Ana"]
    last = ["López", "Lope", "de León", "Marín"]
    grant(cast.beto, Role.SITE_MANAGER, cast.b.unit)
    for who, place in ((cast.ana, cast.a), (cast.carla, cast.b)):
        register(who, place.id, [member(one, two) for one in given for two in last])

    for words in (
        "ana",
        "mar",
        "maria lo",
        "lopez ana",
        "leon",
        "mari mar",
        "juana lope",
        "lo",
        "maria ana lo",
        "ana de leon",
    ):
        *whole, begun = text.tokens(words)
        expected = {
            who.id: {
                person.id
                for person in access.visible_to(who.id, Person.objects.all())
                if set(whole) <= set(text.tokens(person.name))
                and any(word.startswith(begun) for word in text.tokens(person.name))
            }
            for who in (cast.ana, cast.beto)
        }
        answers = []
        for few in (FEW, 15, 3, 0):
            monkeypatch.setattr("cobijo.people.queries.finding.FEW", few)
            for who in (cast.ana, cast.beto):
                found = [hit.person_id for hit in search(who.id, words, limit=500)]
                assert set(found[: len(expected[who.id])]) == expected[who.id]
            answers.append({hit.person_id for hit in search(cast.ana.id, words, limit=500)})
        assert all(answer == answers[0] for answer in answers)


def test_no_table_of_people_is_read_through(cast: Cast, home: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the databases plan it: neither people nor their keys are gone through one by one."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by the size of the tables, and these are tiny")
    code = Person.objects.values_list("number", flat=True)[0]
    for few in (FEW, 0):
        monkeypatch.setattr("cobijo.people.queries.finding.FEW", few)
        with one_reading(), CaptureQueriesContext(connection) as asked:
            search(cast.ana.id, "maria qui")
            search(cast.ana.id, f"{code}")
            search(cast.ana.id, "5550 1234")
        plans = [_plan(query["sql"]) for query in asked if query["sql"].startswith("SELECT")]
        assert len(asked) <= 30
        assert not [plan for plan in plans if "SCAN people_" in plan.replace('"', "")]
    with one_reading(), CaptureQueriesContext(connection) as asked:
        finding._People(cast.ana.id, None).rows(range(1, 101))
    assert "people_searchentry USING INTEGER PRIMARY KEY" in _plan(asked.captured_queries[-1]["sql"])


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(str(row[3]) for row in cursor.fetchall())


def test_a_scope_that_is_not_yet_or_no_more_in_force_shows_nobody(cast: Cast, home: Household) -> None:
    """A stay takes the place of having been registered, and ends when it ends."""
    assert ScopeReason.REGISTERED in set(PersonScope.objects.values_list("why", flat=True))
    PersonScope.objects.update(ends_at=clock.now())
    assert search(cast.ana.id, "chavez") == []


def test_members_typed_with_signs_nobody_sees_are_found(cast: Cast) -> None:
    odd: list[MemberIn] = [member("Jo\u0301se\u0301\u200b", "N\u0303u\u0301n\u0303ez")]
    register(cast.ana, cast.a.id, odd)
    assert len(names(cast, "josé ñúñez")) == 1
