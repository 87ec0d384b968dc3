"""Fictitious families: sizes that add up, ages that could be, names as they are heard in the region."""

import random
import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from cobijo.people.types import Kinship, NeedCode, Sex

DATA = Path(__file__).parent / "data"
AVERAGE_SIZE = 4.3
PLACES = ("El Rodeo", "San Miguel Los Lotes", "La Reina", "Las Lajas", "Ceilán", "Sangre de Cristo", "El Zapote")
MINORS = 0.41
MINOR = 17
FERTILE = range(16, 43)
OLDEST_MOTHER = 45
"""Of a child of her own at its birth; a child older women care for is a grandchild."""
ADULT_AFTER = date(2000, 12, 31)
"""Who is 17 on arrival was born no earlier, and so stays a minor while the year 2018 is told."""


@dataclass(slots=True)
class Member:
    """A fictitious person; ``years`` is the age on the day of arrival."""

    sex: Sex
    years: int
    born: date
    kinship: Kinship
    given: str = ""
    first: str = ""
    second: str = ""
    needs: list[NeedCode] = field(default_factory=list)

    @property
    def pregnant(self) -> bool:
        return NeedCode.PREGNANT in self.needs


@dataclass(slots=True)
class Family:
    """A fictitious household and where it comes from."""

    members: list[Member]
    place: str

    def __len__(self) -> int:
        return len(self.members)

    def mothers(self) -> list[int]:
        """The places of the women of the couple who may bear a child."""
        couple = (Kinship.HEAD, Kinship.SPOUSE)
        return [
            at
            for at, one in enumerate(self.members)
            if one.sex is Sex.FEMALE and one.kinship in couple and one.years in FERTILE
        ]


class Makers:
    """Draws families from a seed: the same seed, the same families."""

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw

    @cached_property
    def _names(self) -> dict[str, Any]:
        return tomllib.loads((DATA / "names.toml").read_text(encoding="utf-8"))

    def families(
        self, people: int, households: int | None, minors: int | None, day: date, places: tuple[str, ...] = PLACES
    ) -> list[Family]:
        """Families that together have exactly so many people and minors."""
        sizes = self._sizes(people, households or max(1, round(people / AVERAGE_SIZE)))
        young = self._share(round(people * MINORS) if minors is None else minors, [size - 1 for size in sizes])
        return [
            self._family(size, children, day, self._draw.choice(places))
            for size, children in zip(sizes, young, strict=True)
        ]

    def _sizes(self, people: int, households: int) -> list[int]:
        """So many households with at least one person each, and so many people in all."""
        return [1 + extra for extra in self._share(people - households, [10] * households)]

    def _share(self, total: int, room: list[int]) -> list[int]:
        """Share a total out by chance where there is room; raises ValueError where it does not fit."""
        if total > sum(room):
            raise ValueError(f"{total} do not fit into {sum(room)}")
        shares = [0] * len(room)
        open_places = [at for at, free in enumerate(room) if free]
        for _ in range(total):
            at = self._draw.choice(open_places)
            shares[at] += 1
            if shares[at] == room[at]:
                open_places.remove(at)
        return shares

    def _family(self, size: int, children: int, day: date, place: str) -> Family:
        adults = size - children
        head = self._grown(Kinship.HEAD, self._draw.choice((Sex.FEMALE, Sex.MALE)), self._draw.randint(21, 62), day)
        members = [head]
        if adults > 1:
            other = Sex.MALE if head.sex is Sex.FEMALE else Sex.FEMALE
            members.append(self._grown(Kinship.SPOUSE, other, max(18, head.years + self._draw.randint(-6, 6)), day))
        members += [self._relative(head, day) for _ in range(adults - 2)]
        members += [self._child(head, members[1] if adults > 1 else None, day) for _ in range(children)]
        self._add_needs(members, day)
        return Family(members, place)

    def _grown(self, kinship: Kinship, sex: Sex, years: int, day: date) -> Member:
        grown = Member(sex, years, self._born(years, day), kinship)
        grown.given = self._given(sex, years)
        grown.first, grown.second = self._surname(), self._surname()
        return grown

    def _relative(self, head: Member, day: date) -> Member:
        """A grown child, a brother or sister, or an old parent of the head."""
        years = self._draw.choice((self._draw.randint(18, 30), self._draw.randint(25, 58), self._draw.randint(60, 88)))
        relative = self._grown(Kinship.RELATIVE, self._draw.choice((Sex.FEMALE, Sex.MALE)), years, day)
        relative.first = head.first
        return relative

    def _child(self, head: Member, spouse: Member | None, day: date) -> Member:
        mother = max((one.years for one in (head, spouse) if one and one.sex is Sex.FEMALE), default=0)
        least = mother - OLDEST_MOTHER
        kinship = Kinship.CHILD if least <= MINOR else Kinship.RELATIVE
        years = self._draw.randint(max(least, 0) if kinship is Kinship.CHILD else 0, MINOR)
        years = min(years, max(0, head.years - 15))
        child = Member(self._draw.choice((Sex.FEMALE, Sex.MALE)), years, self._born(years, day), kinship)
        child.given = self._given(child.sex, years)
        self._name_after(child, head, spouse)
        return child

    def newborn(self, family: Family, day: date) -> Member:
        """A child born into a family on a day; one in three has no name yet."""
        head, *others = family.members
        spouse = next((one for one in others if one.kinship is Kinship.SPOUSE), None)
        child = Member(self._draw.choice((Sex.FEMALE, Sex.MALE)), 0, day, Kinship.CHILD, needs=[NeedCode.INFANT])
        if self._draw.random() < 2 / 3:
            child.given = self._given(child.sex, 0)
        self._name_after(child, head, spouse)
        return child

    @staticmethod
    def _name_after(child: Member, head: Member, spouse: Member | None) -> None:
        """The father's first surname, then the mother's, as far as there are both."""
        father, mother = (head, spouse) if head.sex is Sex.MALE else (spouse, head)
        child.first = father.first if father else (mother.first if mother else "")
        child.second = mother.first if father and mother else ""

    def _born(self, years: int, day: date) -> date:
        """A birthday that makes so many years on the day."""
        latest = date(day.year - years, 1, 1) + timedelta(days=(day - date(day.year, 1, 1)).days)
        born = latest - timedelta(days=self._draw.randint(0, 350))
        if years == MINOR:
            born = max(born, ADULT_AFTER)
        return min(born, day)

    def _given(self, sex: Sex, years: int) -> str:
        names = self._names["given"]
        generation = "_young" if years < 20 else "_old" if years > 55 else ""
        pool = names[f"{sex.value}{generation}"]
        first = self._draw.choice(pool)
        second = self._draw.choice([name for name in pool if name != first])
        return first if self._draw.random() < 0.3 else f"{first} {second}"

    def _surname(self) -> str:
        surnames = self._names["surnames"]
        return str(self._draw.choices(list(surnames), list(surnames.values()))[0])

    def _add_needs(self, members: list[Member], day: date) -> None:
        for member in members:
            infant = (day - member.born).days < 365
            if infant:
                member.needs.append(NeedCode.INFANT)
            if member.sex is Sex.FEMALE and member.years in FERTILE and self._draw.random() < 0.07:
                member.needs.append(self._draw.choice((NeedCode.PREGNANT, NeedCode.NURSING)))
            if member.years >= 60 and self._draw.random() < 0.35:
                member.needs.append(self._draw.choice((NeedCode.WALKS, NeedCode.MEDICINE)))
            if member.years >= 60 and len(members) == 1:
                member.needs.append(NeedCode.OLD_ALONE)
            if 0 < member.years < 60 and self._draw.random() < 0.03:
                member.needs.append(NeedCode.MEDICINE)
