"""Registering a household: what is taken, what is cleaned, what is refused and how it is said."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cobijo.accounts.models import Unit
from cobijo.algorithms import codes
from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Area, Outcome, SubjectKey
from cobijo.people import services as people
from cobijo.people.models import Consent, Document, Household, Membership, Person, PersonScope, Phone, SearchKey
from cobijo.people.tests.conftest import family, member, register
from cobijo.people.types import (
    BirthIn,
    ConsentIn,
    ConsentState,
    DocumentIn,
    Flag,
    Kinship,
    MemberIn,
    NeedCode,
    PhoneIn,
    Presence,
    Sex,
)
from tests.cast import FIRST_HOUSEHOLD, FIRST_PERSON, Cast, act

pytestmark = pytest.mark.django_db
NOON = datetime(2018, 10, 29, 18, 0, tzinfo=UTC)  # 12:00 in Guatemala


def flags() -> list[str]:
    """What the last operation flagged."""
    return [flag["code"] for flag in Outcome.objects.latest("id").flags]


# --- what is kept ----------------------------------------------------------------------------------------------------


def test_a_family_of_five_is_registered_with_its_codes_memberships_and_scope(cast: Cast) -> None:
    household = register(cast.ana, cast.a.id, family())

    assert household.number == FIRST_HOUSEHOLD
    people_ = list(Person.objects.order_by("number"))
    assert [person.number for person in people_] == list(range(FIRST_PERSON, FIRST_PERSON + 5))
    assert codes.decode(people_[0].code) == FIRST_PERSON
    assert [person.name for person in people_] == [
        "María José Quiej", "Martín Chávez", "Ixchel Chávez", "Chávez", "Tomasa Núñez",
    ]  # fmt: skip
    assert Membership.objects.filter(household=household, ends_at=None, presence=Presence.HERE).count() == 5
    scope = PersonScope.objects.filter(unit=cast.a.unit, why="registered")
    assert scope.count() == 5
    assert all(one.ends_at and one.ends_at - clock.now() > timedelta(days=6) for one in scope)
    assert SubjectKey.objects.count() == 5
    assert flags() == []


def test_a_household_of_five_takes_few_queries(cast: Cast) -> None:
    register(cast.ana, cast.a.id, family())
    with CaptureQueriesContext(connection) as five:
        register(cast.ana, cast.a.id, family())
    others = [replace(one, kinship=Kinship.RELATIVE, person_id=uuid7()) for one in family() * 2]
    with CaptureQueriesContext(connection) as ten:
        register(cast.ana, cast.a.id, others)
    assert len(ten) == len(five) <= 28


def test_a_birth_is_kept_as_exactly_as_it_was_said(cast: Cast) -> None:
    births = [
        (BirthIn(day=29, month=2, year=1984), "day", date(1984, 2, 29)),
        (BirthIn(month=2, year=1984), "month", date(1984, 2, 29)),
        (BirthIn(year=1984), "year", date(1984, 12, 31)),
        (BirthIn(age_years=18), "age", date(2000, 10, 29)),
        (BirthIn(age_months=5), "age", date(2018, 5, 29)),
        (BirthIn(), "unknown", None),
    ]
    clock.move(NOON - datetime.now(UTC))
    for birth, precision, latest in births:
        one = member(birth=birth)
        register(cast.ana, cast.a.id, [one])
        person = Person.objects.get(pk=one.person_id)
        assert (person.birth_precision, person.birth_date) == (precision, latest)


def test_an_age_said_in_the_evening_holds_that_very_night(cast: Cast) -> None:
    """At 20:00 in Guatemala it is the next day in UTC; somebody of 18 must not be counted as 17."""
    clock.move(datetime(2018, 10, 30, 2, 0, tzinfo=UTC) - datetime.now(UTC))
    one = member("Ana", birth=BirthIn(age_years=18))
    register(cast.ana, cast.a.id, [one])
    person = Person.objects.get(pk=one.person_id)
    assert (person.birth_date, person.birth_said_on) == (date(2000, 10, 29), date(2018, 10, 29))


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"newborn_unnamed": True, "birth": BirthIn(age_months=0)},
        {"given_names": "Xun"},
        {"first_surname": "Tzoc", "sex": Sex.UNKNOWN},
        {"given_names": "D'Ángelo  \u200bK’iche’\n", "second_surname": "  de León y  Ñ "},
    ],
)
def test_nothing_is_required_that_a_person_may_not_have(cast: Cast, given: dict[str, Any]) -> None:
    register(cast.ana, cast.a.id, [member(**given)])
    person = Person.objects.get()
    assert person.sex == Sex.UNKNOWN
    assert "\u200b" not in person.name
    assert person.name == " ".join(person.name.split())


def test_a_household_without_a_head_and_a_person_without_a_name_are_taken_and_flagged(cast: Cast) -> None:
    register(cast.ana, cast.a.id, [member()])
    assert set(flags()) == {Flag.NO_HEAD, Flag.NO_NAME}
    register(cast.ana, cast.a.id, [member(newborn_unnamed=True, kinship=Kinship.HEAD)])
    assert flags() == []


def test_documents_are_checked_and_kept_whatever_the_check_says(cast: Cast) -> None:
    papers = [
        DocumentIn(document_id=uuid7(), country="GT", kind="cui", number=" 2345 67890 0101 ", seen=True),
        DocumentIn(document_id=uuid7(), country="HN", kind="dni", number="0801-1990-12345"),
    ]
    register(cast.ana, cast.a.id, [member("Ana", documents=papers, kinship=Kinship.HEAD)])
    cui, dni = Document.objects.order_by("country")
    assert (cui.number, dni.number) == ("2345 67890 0101", "0801-1990-12345")
    assert dni.flags == [] or "check_digit" not in dni.flags
    assert (Flag.DOCUMENT_ODD in flags()) == bool(cui.flags or dni.flags)


def test_the_number_of_a_sensitive_document_is_sealed_and_not_searchable(cast: Cast) -> None:
    paper = DocumentIn(document_id=uuid7(), country="US", kind="alien_number", number="A 012 345 678")
    register(cast.ana, cast.a.id, [member("Ana", documents=[paper])])
    document = Document.objects.get()
    assert document.number == ""
    assert b"012" not in bytes(document.sealed or b"")
    assert not SearchKey.objects.filter(kind="d").exists()


def test_the_same_document_and_telephone_may_belong_to_many(cast: Cast) -> None:
    """TRUST.md: no uniqueness speaks of a record somebody else keeps."""
    for who, place in ((cast.ana, cast.a), (cast.carla, cast.b)):
        paper = DocumentIn(document_id=uuid7(), country="GT", kind="cui", number="2345678900101")
        phone = PhoneIn(phone_id=uuid7(), number="+502 5550 1234")
        register(who, place.id, [member("Ana", documents=[paper], phones=[phone])])
    assert (Document.objects.count(), Phone.objects.count(), Person.objects.count()) == (2, 2, 2)


def test_a_telephone_is_read_with_the_country_given_or_the_areas_and_otherwise_kept_as_written(cast: Cast) -> None:
    def number(**given: Any) -> str:
        phone = PhoneIn(phone_id=uuid7(), number="5550-1234", answered_by=" Tía  Rosa ")
        register(cast.ana, cast.a.id, [member("Ana", phones=[phone], kinship=Kinship.HEAD)], **given)
        kept = Phone.objects.get(pk=phone.phone_id)
        assert (kept.as_written, kept.answered_by) == ("5550-1234", "Tía Rosa")
        return kept.number

    assert number() == ""
    assert flags() == [Flag.PHONE_UNREAD]
    assert number(country="GT") == "+50255501234"
    Unit.objects.filter(pk=cast.response.pk).update(area=Area.objects.create(name="Honduras", country="HN"))
    assert number() == "+50455501234"
    Unit.objects.filter(pk=cast.area.id).update(area=Area.objects.create(name="Escuintla", country="GT"))
    assert number() == "+50255501234"
    assert flags() == []


def test_a_date_goes_before_an_age_and_a_contradiction_is_flagged(cast: Cast) -> None:
    register(cast.ana, cast.a.id, [member("Ana", birth=BirthIn(year=1984, age_years=12), kinship=Kinship.HEAD)])
    assert Person.objects.get().birth_date == date(1984, 12, 31)
    assert flags() == [Flag.AGE_DIFFERS]


def test_answers_are_recorded_with_the_household(cast: Cast) -> None:
    mother, child = member("Ana", kinship=Kinship.HEAD), member("Ixchel", birth=BirthIn(age_years=8))
    answers = [
        ConsentIn(
            consent_id=uuid7(),
            person_id=mother.person_id,
            purpose="tracing",
            state=ConsentState.GIVEN,
            language="quc",
        ),
        ConsentIn(
            consent_id=uuid7(),
            person_id=child.person_id,
            purpose="tracing",
            state=ConsentState.GIVEN,
            language="es",
            caregiver_id=mother.person_id,
            child_assents=True,
        ),
    ]  # fmt: skip
    register(cast.ana, cast.a.id, [mother, child], answers=answers)
    assert set(Consent.objects.values_list("person_id", "caregiver_id")) == {
        (mother.person_id, None),
        (child.person_id, mother.person_id),
    }


# --- what is refused -------------------------------------------------------------------------------------------------

WRONG = [
    ("people.birth_not_a_day", "members.1.birth", {"birth": BirthIn(day=31, month=2, year=1984)}),
    ("people.birth_incomplete", "members.1.birth", {"birth": BirthIn(day=3, year=1984)}),
    ("people.birth_incomplete", "members.1.birth", {"birth": BirthIn(month=3)}),
    ("people.birth_in_future", "members.1.birth", {"birth": BirthIn(year=2100)}),
    ("people.two_heads", "members.1.kinship", {"kinship": Kinship.HEAD}),
    ("people.unknown_country", "members.1.nationalities", {"nationalities": ["GT", "ZZ"]}),
    ("people.unknown_area", "members.1.origin_area_id", {"origin_area_id": uuid7()}),
    (
        "people.unknown_country",
        "members.1.documents.0.country",
        {"documents": [DocumentIn(document_id=uuid7(), country="QQ", kind="other", number="1")]},
    ),
    ("people.no_number", "members.1.phones.0.number", {"phones": [PhoneIn(phone_id=uuid7(), number="no tiene")]}),
]


@pytest.mark.parametrize(("code", "field", "given"), WRONG)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_written(
    cast: Cast, code: str, field: str, given: dict[str, Any]
) -> None:
    with pytest.raises(DomainError) as refused:
        register(cast.ana, cast.a.id, [member("Ana", kinship=Kinship.HEAD), member("Beto", **given)])
    assert refused.value.code == code
    assert list(refused.value.fields) == [field]
    assert not Person.objects.exists()
    assert not SubjectKey.objects.exists()


def test_all_that_is_wrong_is_said_at_once(cast: Cast) -> None:
    wrong = [member(birth=BirthIn(day=31, month=2, year=1984)), member(nationalities=["ZZ"], birth=BirthIn(month=1))]
    with pytest.raises(DomainError) as refused:
        register(cast.ana, cast.a.id, wrong)
    assert set(refused.value.fields) == {"members.0.birth", "members.1.birth", "members.1.nationalities"}


def test_the_same_person_twice_an_answer_of_nobody_and_an_empty_household_are_refused(cast: Cast) -> None:
    one = member("Ana")
    with pytest.raises(DomainError, match=r"people\.person_twice"):
        register(cast.ana, cast.a.id, [one, one])
    answer = ConsentIn(
        consent_id=uuid7(), person_id=uuid7(), purpose="tracing", state=ConsentState.REFUSED, language="es"
    )
    with pytest.raises(DomainError, match=r"people\.answer_of_nobody"):
        register(cast.ana, cast.a.id, [one], answers=[answer])
    with pytest.raises(DomainError, match=r"core\.bad_arguments"):
        register(cast.ana, cast.a.id, [])


def test_a_childs_yes_needs_a_caregiver_now_and_is_flagged_when_it_arrives_late(cast: Cast) -> None:
    child = member("Ixchel", birth=BirthIn(age_years=8), kinship=Kinship.HEAD)
    answer = ConsentIn(
        consent_id=uuid7(), person_id=child.person_id, purpose="tracing", state=ConsentState.GIVEN, language="es"
    )
    with pytest.raises(DomainError) as refused:
        register(cast.ana, cast.a.id, [child], answers=[answer])
    assert refused.value.fields.keys() == {"answers.0.caregiver_id"}
    register(cast.ana, cast.a.id, [child], answers=[answer], happened_at=clock.now() - timedelta(hours=3))
    assert flags() == [Flag.CAREGIVER_MISSING]


def test_who_may_not_register_here_is_told_and_a_strangers_unit_is_none(cast: Cast) -> None:
    for who, unit, code in [
        (cast.diego, cast.a.id, "core.not_allowed"),
        (cast.carla, cast.a.id, "core.not_found"),
        (cast.outsider, cast.a.id, "core.not_found"),
        (cast.ana, uuid7(), "core.not_found"),
    ]:
        with pytest.raises(DomainError) as refused:
            register(who, unit, [member("Ana")])
        assert refused.value.code == code
    assert not Person.objects.exists()


# --- adding a member -------------------------------------------------------------------------------------------------


def test_a_member_is_added_to_the_household(cast: Cast, home: Household) -> None:
    cousin = member("Pedro", "Quiej", kinship=Kinship.RELATIVE, presence=Presence.LATER, needs=[NeedCode.WALKS])
    membership = people.add_member(act(cast.ana), household_id=home.id, unit_id=cast.a.id, member=cousin)
    assert (membership.household_id, membership.presence) == (home.id, Presence.LATER)
    assert home.memberships.count() == 6
    assert PersonScope.objects.filter(person=cousin.person_id, unit=cast.a.unit).exists()


def test_a_second_head_is_refused_now_and_enters_as_a_relative_when_late(cast: Cast, home: Household) -> None:
    head = member("Pedro", kinship=Kinship.HEAD)
    arguments: dict[str, Any] = {"household_id": home.id, "unit_id": cast.a.id, "member": head}
    with pytest.raises(DomainError) as refused:
        people.add_member(act(cast.ana), **arguments)
    assert refused.value.code == "people.head_exists"
    assert refused.value.fields.keys() == {"member.kinship"}
    late = act(cast.ana, happened_at=clock.now() - timedelta(hours=2))
    assert people.add_member(late, **arguments).kinship == Kinship.RELATIVE
    assert flags() == [Flag.HEAD_KEPT]


def test_nobody_adds_to_a_household_they_cannot_see(cast: Cast, home: Household) -> None:
    for household in (home.id, uuid7()):
        with pytest.raises(DomainError, match=r"core\.not_found"):
            people.add_member(act(cast.carla), household_id=household, unit_id=cast.b.id, member=member("Eva"))


# --- laws ------------------------------------------------------------------------------------------------------------

_words = st.text(max_size=30)
_births = st.one_of(
    st.just(BirthIn()),
    st.builds(BirthIn, year=st.integers(1900, 2017)),
    st.builds(BirthIn, year=st.integers(1900, 2017), month=st.integers(1, 12)),
    st.builds(BirthIn, year=st.integers(1900, 2017), month=st.integers(1, 12), day=st.integers(1, 28)),
    st.builds(BirthIn, age_years=st.integers(0, 120)),
    st.builds(BirthIn, age_months=st.integers(0, 59)),
)
_documents = st.builds(
    DocumentIn,
    document_id=st.builds(uuid7),
    country=st.sampled_from(["GT", "HN", "SV", "MX", "US"]),
    kind=st.sampled_from(["cui", "dni", "dui", "curp", "alien_number", "passport", "cédula rara"]),
    number=st.text(min_size=1, max_size=40).filter(lambda text: any(char.isalnum() for char in text)),
)
_phones = st.builds(PhoneIn, phone_id=st.builds(uuid7), number=st.from_regex(r"\A[+0-9 ()-]{0,10}[0-9][0-9 -]{0,10}\Z"))
_members = st.builds(
    MemberIn,
    person_id=st.builds(uuid7),
    given_names=_words,
    first_surname=_words,
    second_surname=_words,
    married_name=_words,
    nicknames=_words,
    newborn_unnamed=st.booleans(),
    birth=_births,
    sex=st.sampled_from(list(Sex)),
    kinship=st.sampled_from([kinship for kinship in Kinship if kinship is not Kinship.HEAD]),
    presence=st.sampled_from(list(Presence)),
    origin_place=_words,
    documents=st.lists(_documents, max_size=2),
    phones=st.lists(_phones, max_size=2),
    needs=st.lists(st.sampled_from(list(NeedCode)), max_size=3),
    wants_private=st.booleans(),
)


@given(members=st.lists(_members, min_size=1, max_size=4))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_household_of_valid_members_registers_and_twice_is_once(cast: Cast, members: list[MemberIn]) -> None:
    done = act(cast.ana)
    before = Person.objects.count()
    arguments: dict[str, Any] = {"household_id": uuid7(), "unit_id": cast.a.id, "members": members}
    first = people.register_household(done, **arguments)
    again = people.register_household(done, **arguments)
    assert first == again
    assert Person.objects.count() == before + len(members)
    assert Membership.objects.filter(household=first).count() == len(members)
