"""What the tests of this app begin with: a store that gets something, and somebody who looks after infants."""

from datetime import date
from typing import Any
from uuid import UUID

from cobijo.accounts.models import Account
from cobijo.accounts.types import Role
from cobijo.assistance.types import LineIn, Party, SlipIn
from cobijo.core import operations, verbs
from cobijo.core.ids import uuid7
from cobijo.core.operations import Receipt
from cobijo.people.types import BirthIn, Kinship, NeedCode, Sex
from cobijo.sites import services as sites
from cobijo.sites.types import ArrivingIn
from tests.cast import LONG_AGO, Cast, Place, act, grant


def slip(*lines: tuple[str, int] | tuple[str, int, str], whom: str = "", note: str = "") -> SlipIn:
    """A slip of items with how many, and in which size."""
    made = [LineIn(item=line[0], quantity=line[1], variant=line[2] if len(line) > 2 else "") for line in lines]
    return SlipIn(lines=made, party=Party.ORGANISATION if whom else None, whom=whom, note=note)


def write(verb: str, who: Account, place: Place, what: SlipIn, **given: Any) -> Receipt:
    """Write a slip by the name of its verb, and give the whole receipt, flags included."""
    declared = verbs.registry[f"assistance.{verb}"]
    arguments = declared.arguments.model_validate({"slip_id": uuid7(), "site_id": place.id, "slip": what})
    return operations.submit(declared.name, act(who, **given), arguments.model_dump(mode="json"))


def flags(receipt: Receipt) -> list[str]:
    return [flag["code"] for flag in receipt.flags]


def health_worker(cast: Cast, place: Place | None = None) -> Account:
    """Irene, health worker at A."""
    irene = Account.objects.create(username="irene", name="Irene Coy", made_at=LONG_AGO)
    grant(irene, Role.HEALTH_WORKER, (place or cast.a).unit)
    return irene


def storekeeper(cast: Cast) -> Account:
    """Oscar, distribution officer at A."""
    oscar = Account.objects.create(username="oscar", name="Óscar Tot", made_at=LONG_AGO)
    grant(oscar, Role.DISTRIBUTION, cast.a.unit)
    return oscar


def mother_with(
    cast: Cast, birth: BirthIn, place: Place | None = None, who: Account | None = None, *needs: NeedCode
) -> UUID:
    """A woman of thirty and one child of that birth are received; gives the child's id."""
    child = uuid7()
    members = [
        ArrivingIn(
            person_id=uuid7(), stay_id=uuid7(), given_names="Sara", sex=Sex.FEMALE, birth=BirthIn(age_years=30),
            kinship=Kinship.HEAD,
        ),
        ArrivingIn(
            person_id=child, stay_id=uuid7(), given_names="Ana", sex=Sex.FEMALE, birth=birth, kinship=Kinship.CHILD,
            needs=list(needs),
        ),
    ]  # fmt: skip
    site = (place or cast.a).id
    sites.receive_household(act(who or cast.ana), household_id=uuid7(), site_id=site, members=members)
    return child


def born(day: date) -> BirthIn:
    return BirthIn(day=day.day, month=day.month, year=day.year)
