"""A person and their household as pages show them. Everything goes through access."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from cobijo.algorithms import codes
from cobijo.algorithms.ages import Birth, age_on
from cobijo.core import clock
from cobijo.people import access, countries, wording
from cobijo.people.models import Household, Membership, Need, Person, Protection
from cobijo.people.types import Feeding, Kinship, NeedCode, Presence, Sex

# --- persons ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in a list: what to call them, their code, age and sex."""

    id: UUID
    code: str
    label: str
    sex: Sex
    birth: Birth

    @property
    def age(self) -> str:
        """The age today in words. Ages of people are said by the day in UTC: a list knows no site."""
        return wording.age(self.birth, clock.now().date())

    @property
    def sex_word(self) -> str:
        return str(self.sex.label)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as their page begins; words are in the language in force."""

    line: PersonLine
    nicknames: str
    born: str
    nationalities: tuple[str, ...]
    languages: tuple[str, ...]
    self_identified: str
    origin: str
    needs: tuple[str, ...]
    feeding: Feeding
    diet: str
    wants_private: bool
    protected: bool
    registered_at: datetime


def person_row(actor: UUID, person_id: UUID) -> PersonRow:
    """A person the actor may see; raises NOT_FOUND for any other."""
    return row_of(actor, access.get_for(actor, Person, person_id))


def row_of(actor: UUID, person: Person) -> PersonRow:
    """The row of a person the actor was found to see."""
    return PersonRow(
        line=line_of(person),
        nicknames=person.nicknames,
        born=wording.birth(person.birth),
        nationalities=tuple(countries.name(code) for code in person.nationalities),
        languages=tuple(wording.language(tag) for tag in person.languages),
        self_identified=person.self_identified,
        origin=_origin(person),
        needs=tuple(str(NeedCode(code).label) for code in need_codes(actor, person.id)),
        feeding=_feeding(person),
        diet=person.diet,
        wants_private=person.wants_private,
        protected=Protection.objects.filter(person=person, ends_at=None).exists(),
        registered_at=person.registered_at,
    )


def line_of(person: Person) -> PersonLine:
    """A person's line from their row."""
    return PersonLine(person.id, person.code, wording.label(person), Sex(person.sex), person.birth)


def lines(actor: UUID, people: Collection[UUID]) -> list[PersonLine]:
    """The lines of those of these people whom the actor may see, in the order given, in one query."""
    found = access.visible_to(actor, Person.objects.filter(pk__in=set(people))).in_bulk()
    return [line_of(found[one]) for one in people if one in found]


def _feeding(person: Person) -> Feeding:
    """What an infant takes; said of somebody who has turned one, it says nothing any more."""
    grown = (age_of(person, clock.now().date()) or 0) >= 1
    return Feeding.UNSAID if grown else Feeding(person.feeding)


def _origin(person: Person) -> str:
    area = person.origin_area.name if person.origin_area_id and person.origin_area else ""
    return ", ".join(part for part in (person.origin_place, area) if part)


def age_of(person: Person, day: date) -> int | None:
    """The youngest possible age on a day in completed years; None where nothing is known of the birth."""
    return age_on(person.birth, day)


# --- households ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member of a household whom the reader may see."""

    line: PersonLine
    kinship: Kinship
    presence: Presence
    needs: tuple[str, ...]

    @property
    def kinship_word(self) -> str:
        return str(self.kinship.label)

    @property
    def presence_word(self) -> str:
        return str(self.presence.label)


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """A household with the members the reader may see: nobody else is named or counted."""

    id: UUID
    code: str
    registered_at: datetime
    members: tuple[MemberRow, ...]


def household_row(actor: UUID, household_id: UUID) -> HouseholdRow:
    """A household with a member the actor may see; raises NOT_FOUND for any other."""
    return _household(actor, access.get_for(actor, Household, household_id))


def _household(actor: UUID, household: Household) -> HouseholdRow:
    members = tuple(members_for(actor, household.id))
    return HouseholdRow(household.id, household.code, household.registered_at, members)


def household_of(actor: UUID, person_id: UUID) -> HouseholdRow | None:
    """The household a person belongs to now; None where there is none, or the person is not the actor's to see."""
    open_ones = Membership.objects.filter(person=person_id, ends_at=None, household__voided_at=None)
    found = access.visible_to(actor, open_ones).select_related("household").first()
    return _household(actor, found.household) if found else None


def household_with_code(actor: UUID, code: str) -> UUID | None:
    """The household of this code, if the actor may see it."""
    try:
        number = codes.decode(code)
    except codes.BadCode:
        return None
    found = access.visible_to(actor, Household.objects.filter(number=number))
    return found.values_list("pk", flat=True).first()


def members_for(actor: UUID, household_id: UUID) -> list[MemberRow]:
    """The members of a household whom the actor may see: the head first, then from the oldest to the youngest."""
    memberships = access.visible_to(actor, Membership.objects.filter(household=household_id, ends_at=None))
    found = list(memberships.select_related("person"))
    needs = _needs_of(actor, [one.person_id for one in found])
    members = [
        MemberRow(line_of(one.person), Kinship(one.kinship), Presence(one.presence), needs.get(one.person_id, ()))
        for one in found
    ]
    return sorted(members, key=_place_in_household)


def heads_among(people: Collection[UUID]) -> set[UUID]:
    """Those of these people who are the head of their household now. For lists of people the reader sees already."""
    heads = Membership.objects.filter(person__in=people, kinship=Kinship.HEAD, ends_at=None)
    return set(heads.values_list("person_id", flat=True))


def heads_of(actor: UUID, households: Collection[UUID]) -> dict[UUID, str]:
    """What the heads of these households are called, of those whom the actor may see."""
    heads = Membership.objects.filter(household__in=households, kinship=Kinship.HEAD, ends_at=None)
    home_of = dict(heads.values_list("person_id", "household_id"))
    return {home_of[line.id]: line.label for line in lines(actor, list(home_of))}


def _place_in_household(member: MemberRow) -> tuple[bool, date, str]:
    return member.kinship is not Kinship.HEAD, member.line.birth.latest or date.max, member.line.label


# --- needs -----------------------------------------------------------------------------------------------------------


def need_codes(actor: UUID, person_id: UUID) -> list[str]:
    """The needs at the door a person has now, in the order in which they are asked."""
    found = set(_open_needs(actor, [person_id]).values_list("code", flat=True))
    return [code.value for code in NeedCode if code.value in found]


def needs_among(actor: UUID, people: Collection[UUID]) -> dict[UUID, frozenset[NeedCode]]:
    """The needs at the door that these people have now, of those whom the actor may see; one query."""
    found: dict[UUID, set[NeedCode]] = {}
    for person, code in _open_needs(actor, people).values_list("person_id", "code"):
        found.setdefault(person, set()).add(NeedCode(code))
    return {person: frozenset(codes) for person, codes in found.items()}


def _open_needs(actor: UUID, people: Collection[UUID]) -> QuerySet[Need]:
    return access.visible_to(actor, Need.objects.filter(person__in=people, ends_at=None))


def _needs_of(actor: UUID, people: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, list[str]] = {}
    for person, code in _open_needs(actor, people).order_by("code").values_list("person_id", "code"):
        found.setdefault(person, []).append(str(NeedCode(code).label))
    return {person: tuple(words) for person, words in found.items()}
