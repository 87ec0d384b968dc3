"""People as linkage compares them: a row of plain facts, of somebody registered or about to be."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from cobijo.algorithms.ages import Birth, Precision
from cobijo.algorithms.linkage.reading import People, document_of
from cobijo.algorithms.text import fold
from cobijo.people.models import Person
from cobijo.people.types import Sex

_SEXES: Final = {Sex.FEMALE: 1, Sex.MALE: 2}


class Record(NamedTuple):
    """What is compared of somebody. ``household``: two rows of one are two people; empty says nothing."""

    names: tuple[str, str, str, str, str]
    sex: Sex
    birth: Birth
    place: str
    phone: str
    document: str
    household: str


def of_person(person: Person) -> Record:
    """Somebody registered; their documents, telephones and memberships are best fetched before."""
    home = next((one.household_id for one in person.memberships.all() if one.ends_at is None), None)
    telephones = (one.number or one.as_written for one in person.phones.all() if one.voided_at is None)
    return Record(
        names=(person.given_names, person.first_surname, person.second_surname, person.married_name, ""),
        sex=Sex(person.sex),
        birth=person.birth,
        place=str(person.origin_area_id or fold(person.origin_place)),
        phone=next(telephones, ""),
        document=next((one.number for one in person.documents.all() if one.voided_at is None), ""),
        household=str(home or ""),
    )


def columns(records: Iterable[Record]) -> People:
    """Records as linkage takes them, in their order."""
    people = People()
    for at, one in enumerate(records):
        people.ids.append(str(at))
        people.names.append(one.names)
        people.sex.append(_SEXES.get(one.sex, 0))
        people.birth.append(_known(one.birth))
        people.age.append(-1)
        people.place.append(one.place)
        people.address.append("")
        people.phone.append("".join(char for char in one.phone if char.isdigit())[-8:])
        people.document.append(document_of(one.document))
        people.household.append(one.household)
    return people


def _known(birth: Birth) -> tuple[int, int, int]:
    """Year, month and day as far as they are known; of an age, the year in which somebody of that age was born."""
    if birth.latest is None:
        return 0, 0, 0
    if birth.precision is Precision.DAY:
        return birth.latest.year, birth.latest.month, birth.latest.day
    return birth.latest.year, 0, 0
