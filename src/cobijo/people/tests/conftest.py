"""What the tests of this app share: members as a registrar types them, and a household registered by Ana at A."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from cobijo.accounts.models import Account
from cobijo.core.ids import uuid7
from cobijo.people import services as people
from cobijo.people.models import Household
from cobijo.people.types import BirthIn, Kinship, MemberIn, Sex
from tests.cast import Cast, act

Register = Callable[..., Household]


def member(given_names: str = "", first_surname: str = "", **given: Any) -> MemberIn:
    """A member with an id of their own; anything can be given, nothing is needed."""
    return MemberIn(person_id=uuid7(), given_names=given_names, first_surname=first_surname, **given)


def family() -> list[MemberIn]:
    """A mother, a father, two children and a grandmother."""
    return [
        member("María José", "Quiej", birth=BirthIn(day=4, month=3, year=1984), sex=Sex.FEMALE, kinship=Kinship.HEAD),
        member("Martín", "Chávez", birth=BirthIn(year=1980), sex=Sex.MALE, kinship=Kinship.SPOUSE),
        member("Ixchel", "Chávez", birth=BirthIn(age_years=9), sex=Sex.FEMALE, kinship=Kinship.CHILD),
        member("", "Chávez", newborn_unnamed=True, birth=BirthIn(age_months=0), kinship=Kinship.CHILD),
        member("Tomasa", "Núñez", birth=BirthIn(age_years=71), sex=Sex.FEMALE, kinship=Kinship.RELATIVE),
    ]


def register(who: Account, unit: UUID, members: list[MemberIn], **given: Any) -> Household:
    """A household registered by somebody at a unit; what is no argument of the verb belongs to the act."""
    arguments: dict[str, Any] = {"household_id": uuid7(), "unit_id": unit, "members": members}
    arguments |= {name: given.pop(name) for name in ("household_id", "answers", "country") if name in given}
    return people.register_household(act(who, **given), **arguments)


@pytest.fixture
def home(cast: Cast) -> Household:
    """The family registered by Ana at A."""
    return register(cast.ana, cast.a.id, family())


def persons(household: Household) -> dict[str, UUID]:
    """The ids of a household's people by their given names."""
    found = household.memberships.filter(ends_at=None).values_list("person__given_names", "person_id")
    return dict(found)
