"""People registered twice by different hands, found by the look of the night, and what the cast has said of some."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from cobijo.core.ids import uuid7
from cobijo.core.verbs import Act
from cobijo.demo.families import DATA, Family, Member
from cobijo.demo.places import Places
from cobijo.demo.replay import Replay, Sheltered
from cobijo.people import queries as known
from cobijo.people import services as people
from cobijo.people.identity.types import JudgedIn, Verdict
from cobijo.people.types import BirthIn, CorrectionIn, DocumentIn, Kinship, MemberIn, PhoneIn, Sex

Acting = Callable[[str], Act]
"""An act of one of the cast, by user name."""
YEARS_TO_SON: Final = 24
OFF: Final = {"day_off": timedelta(days=1), "another_day": timedelta(days=47)}
ROUND: Final = "ronda"


@dataclass(frozen=True, slots=True)
class Double:
    """One person in two records, as ``data/doubles.toml`` says."""

    site: str
    sex: str
    ages: tuple[int, int]
    name: tuple[str, str, str]
    again: tuple[str, ...]
    birth: str
    married_name: str = ""
    phone: str = ""
    paper: str = ""
    becomes: str = "open"


@dataclass(frozen=True, slots=True)
class Twice:
    """The two records of a double: that of who sleeps at the site, and the one that was written down again."""

    double: Double
    first: UUID
    again: UUID


def read() -> list[Double]:
    """Those of the file, in its order."""
    return [Double(**_tuples(one)) for one in _told()["double"]]


def twins() -> dict[str, Any]:
    """Two people whom nothing tells apart but their names, and their mother."""
    found: dict[str, Any] = _told()["twins"]
    return found


def _told() -> dict[str, Any]:
    return tomllib.loads((DATA / "doubles.toml").read_text(encoding="utf-8"))


def _tuples(one: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in one.items()}


def double(replay: Replay, places: Places, act: Acting, taken: list[Sheltered]) -> None:
    """Register some people twice, let the night's look find them, and say of some what they are.

    Families ``taken`` are left alone. Nobody of the second records has a stay, so no census knows of them.
    """
    people.compare_everybody(_quietly)
    families = [one for site in ("salon", "experimental") for one in replay.staying(site) if one not in taken]
    twice = [_register(places, act, one, *found) for one in read() if (found := _somebody(act, one, families))]
    _register_twins(places, act)
    people.look_for_pairs()
    _judge(act, twice)


def _quietly(_what: str, _done: int, _total: int) -> None:
    """The build tells of its acts only."""


# --- registering -----------------------------------------------------------------------------------------------------


def _somebody(act: Acting, double: Double, families: list[Sheltered]) -> tuple[Sheltered, int] | None:
    """Somebody there whom the name may be given to, of a family nobody else was taken from."""
    there = [(one, at) for one in families if one.site == double.site for at in _fitting(double, one.family)]
    for home, at in sorted(there, key=lambda found: _named_after(found[0].family, found[1])):
        has_papers = bool(known.documents_of(act(ROUND).actor, home.people[at]))
        if has_papers == bool(double.paper):
            families.remove(home)
            return home, at
    return None


def _fitting(double: Double, family: Family) -> Iterator[int]:
    youngest, oldest = double.ages
    for at, one in enumerate(family.members):
        if one.sex == Sex(double.sex) and youngest <= one.years <= oldest:
            yield at


def _named_after(family: Family, at: int) -> int:
    """How many have their surnames from this member: nobody from a relative of the head's."""
    parent = family.members[at].kinship in (Kinship.HEAD, Kinship.SPOUSE)
    return sum(one.kinship is Kinship.CHILD for one in family.members) if parent else 0


def _register(places: Places, act: Acting, double: Double, home: Sheltered, at: int) -> Twice:
    """Name who sleeps there as they say it is written, and write the same person down again."""
    person, (given, first, second) = home.people[at], double.name
    people.correct_person(
        act("ana" if double.site == "salon" else "carla"),
        correction=CorrectionIn(person_id=person, given_names=given, first_surname=first, second_surname=second),
    )
    if double.phone:
        people.add_phone(act(ROUND), person_id=person, phone=PhoneIn(phone_id=uuid7(), number=double.phone))
    again = _again(act, double, home, at)
    people.register_household(act(ROUND), household_id=uuid7(), unit_id=places.site[double.site], members=[again])
    return Twice(double, person, again.person_id)


def _again(act: Acting, double: Double, home: Sheltered, at: int) -> MemberIn:
    given, first, second = (*double.again, "", "")[:3]
    member, papers = home.family.members[at], known.documents_of(act(ROUND).actor, home.people[at])
    return MemberIn(
        person_id=uuid7(),
        given_names=given,
        first_surname=first,
        second_surname=second,
        married_name=double.married_name,
        birth=_birth(double.birth, member),
        sex=member.sex,
        nationalities=["GT"],
        languages=["es"],
        origin_place=home.family.place,
        documents=[_misread(one, one.number) for one in papers if one.number],
        phones=[PhoneIn(phone_id=uuid7(), number=double.phone)] if double.phone else [],
        kinship=Kinship.HEAD,
    )


def _birth(said: str, member: Member) -> BirthIn:
    """What the second hand wrote of a birth."""
    born = member.born
    if said == "son":
        return _day(date(born.year + YEARS_TO_SON, 8, 9))
    if said in OFF:
        return _day(born + OFF[said])
    written = {"same": _day(born), "year": BirthIn(year=born.year), "age": BirthIn(age_years=member.years)}
    return written.get(said, BirthIn())


def _day(born: date) -> BirthIn:
    return BirthIn(day=born.day, month=born.month, year=born.year)


def _misread(paper: known.DocumentRow, number: str) -> DocumentIn:
    """A document with one digit read wrongly."""
    read = number[:5] + str((int(number[5]) + 1) % 10) + number[6:]
    return DocumentIn(document_id=uuid7(), country=paper.country, kind=paper.kind, number=read)


def _register_twins(places: Places, act: Acting) -> None:
    told = twins()
    given, first, second = told["mother"]
    mother = MemberIn(
        person_id=uuid7(), given_names=given, first_surname=first, second_surname=second, sex=Sex.FEMALE,
        birth=BirthIn(year=told["born"].year - 23), kinship=Kinship.HEAD,
    )  # fmt: skip
    both = [
        MemberIn(
            person_id=uuid7(), given_names=name, first_surname=surname, birth=_day(told["born"]), sex=Sex.FEMALE,
            kinship=Kinship.CHILD,
        )
        for name, surname in told["names"]
    ]  # fmt: skip
    unit = places.site[told["site"]]
    people.register_household(act(ROUND), household_id=uuid7(), unit_id=unit, members=[mother, *both])


# --- judging ---------------------------------------------------------------------------------------------------------


def _judge(act: Acting, twice: list[Twice]) -> None:
    """What the case worker has said of some of them this afternoon."""
    for one in twice:
        becomes = one.double.becomes
        if becomes in Verdict.values:
            judged = JudgedIn(pair_id=uuid7(), first_id=one.first, second_id=one.again, verdict=Verdict(becomes))
            people.judge_pairs(act("elena"), judged=[judged])
        elif becomes in ("one", "asked"):
            people.merge_people(act("elena"), merge_id=uuid7(), kept_id=one.first, gone_id=one.again)
