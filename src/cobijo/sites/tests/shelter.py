"""What the tests of this app begin with: families that come in, and the words to say so in one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from cobijo.accounts.models import Account
from cobijo.core import clock, operations, verbs
from cobijo.core.ids import uuid7
from cobijo.core.operations import Receipt
from cobijo.people.types import BirthIn, Kinship, NeedCode, Sex
from cobijo.sites import services
from cobijo.sites.models import Stay
from cobijo.sites.types import ArrivingIn, OutReason
from tests.cast import Place, act

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Guest:
    """One person of a test family: ``age`` None is unknown."""

    name: str
    age: int | None = 30
    sex: Sex = Sex.FEMALE
    kinship: Kinship = Kinship.CHILD
    needs: tuple[NeedCode, ...] = ()
    comes: bool = True


MOTHER = Guest("Marta", 34, Sex.FEMALE, Kinship.HEAD)
FATHER = Guest("Julio", 36, Sex.MALE, Kinship.SPOUSE)
GIRL = Guest("Lucía", 9, Sex.FEMALE)
BOY = Guest("Óscar", 4, Sex.MALE)
FAMILY = (MOTHER, FATHER, GIRL, BOY)


@dataclass(frozen=True)
class Family:
    """A household that was received, with its people and stays by given name."""

    household: UUID
    people: dict[str, UUID]
    stays: dict[str, UUID]
    receipt: Receipt

    @property
    def flags(self) -> list[str]:
        return [flag["code"] for flag in self.receipt.flags]

    def all_stays(self) -> list[UUID]:
        return list(self.stays.values())


def receive(
    who: Account, place: Place, guests: Sequence[Guest] = FAMILY, space: str | None = None, **given: Any
) -> Family:
    """Receive a family at a place, as the desk does: by name of the verb, from JSON."""
    household, people, stays = uuid7(), {g.name: uuid7() for g in guests}, {g.name: uuid7() for g in guests if g.comes}
    members = [_member(guest, people, stays, place.spaces[space].id if space else None) for guest in guests]
    receipt = submit(
        "receive_household", who, household_id=household, site_id=place.id, members=members, answers=[], act_given=given
    )
    return Family(household, people, stays, receipt)


def _member(guest: Guest, people: dict[str, UUID], stays: dict[str, UUID], space: UUID | None) -> ArrivingIn:
    return ArrivingIn(
        person_id=people[guest.name],
        given_names=guest.name,
        first_surname="Xicará",
        sex=guest.sex,
        birth=BirthIn(age_years=guest.age),
        kinship=guest.kinship,
        needs=list(guest.needs),
        stay_id=stays.get(guest.name),
        space_id=space if guest.comes else None,
    )


def submit(verb: str, who: Account, act_given: dict[str, Any] | None = None, **arguments: Any) -> Receipt:
    """Run a verb of this app and give the whole receipt, flags included."""
    declared = verbs.registry[f"sites.{verb}"]
    model = declared.arguments.model_validate(arguments)
    return operations.submit(declared.name, act(who, **act_given or {}), model.model_dump(mode="json"))


def stay(stay_id: UUID) -> Stay:
    return Stay.objects.get(pk=stay_id)


def open_stays(place: Place) -> int:
    """How many stays count at a place now."""
    return Stay.objects.filter(site=place.site, state__in=("in", "away"), disputed=False, voided_at=None).count()


def ago(hours: float) -> datetime:
    return clock.now() - timedelta(hours=hours)


def check_out(who: Account, family: Family, *names: str, reason: str = "home", **given: Any) -> Stay:
    """Check the named members of a family out, all of them where none is named."""
    ids = [family.stays[name] for name in names] or family.all_stays()
    return services.check_out(act(who), stay_ids=ids, reason=OutReason(reason), **given)
