"""A reception centre at work, for tests: site A of the cast is one, Elena protects children there too."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from cobijo.accounts.models import Account
from cobijo.accounts.types import Role
from cobijo.core import clock, operations
from cobijo.core.ids import uuid7
from cobijo.core.operations import Receipt
from cobijo.movements import services
from cobijo.movements.models import Movement, Traveller
from cobijo.movements.types import Direction, MovementIn, MovementKind, TravellerIn, TravelsWith
from cobijo.people.types import BirthIn, DocumentIn, Kinship, Sex
from cobijo.sites.models import Site
from cobijo.sites.types import SiteKind
from tests.cast import Cast, act, grant

HOUR = timedelta(hours=1)


def centre(cast: Cast) -> Cast:
    """The cast, with A as a reception centre whose case worker protects children."""
    Site.objects.filter(pk=cast.a.id).update(kind=SiteKind.RECEPTION)
    grant(cast.case_worker, Role.CHILD_PROTECTION, cast.a.unit)
    return cast


def announced(
    cast: Cast, *, seats: int | None = 180, direction: Direction = Direction.ARRIVAL, **more: Any
) -> Movement:
    """A flight announced at A."""
    said = {"kind": MovementKind.FLIGHT, "country": "US", "place": "Houston", "reference": "GXA 3541"} | more
    movement = MovementIn(direction=direction, expected_at=clock.now() + HOUR, seats=seats, **said)
    return services.announce(act(cast.ana), movement_id=uuid7(), site_id=cast.a.id, movement=movement)


def somebody(name: str, age: int | None = 30, **more: Any) -> TravellerIn:
    """A traveller with a name and an age."""
    given, _, surname = name.partition(" ")
    said: dict[str, Any] = {"given_names": given, "first_surname": surname, "sex": Sex.FEMALE} | more
    return TravellerIn(
        traveller_id=uuid7(), person_id=uuid7(), birth=BirthIn(age_years=age) if age is not None else BirthIn(), **said
    )


def child(name: str, age: int = 9, travels_with: TravelsWith = TravelsWith.UNSAID, **more: Any) -> TravellerIn:
    return somebody(name, age, travels_with=travels_with, kinship=Kinship.CHILD, **more)


def paper(number: str) -> list[DocumentIn]:
    return [DocumentIn(document_id=uuid7(), country="HN", kind="dni", number=number)]


def receive(cast: Cast, movement: Movement, *members: TravellerIn, who: Account | None = None) -> list[Traveller]:
    """Receive a household; its travellers in the order given."""
    services.receive_travellers(
        act(who or cast.ana), movement_id=movement.pk, household_id=uuid7(), members=list(members)
    )
    return [Traveller.objects.get(pk=one.traveller_id) for one in members]


def person(of: Any) -> UUID:
    """The id of the record somebody has."""
    found = of.person_id
    assert isinstance(found, UUID)
    return found


def do(verb: str, who: Account, **arguments: Any) -> Receipt:
    """Call a verb by its name as its page does; arguments as Python has them."""
    return operations.submit(f"movements.{verb}", act(who), arguments)


def flags(receipt: Receipt) -> list[str]:
    return [str(one["code"]) for one in receipt.flags]


def authority_act(person: UUID) -> dict[str, Any]:
    """The act of an authority that lets a child go with an aunt."""
    return {
        "act_id": uuid7(), "person_id": person, "authority": "SENAF", "number": "118-2018", "official": "Olga Peralta",
        "receiving_adult": "Irma Mejía", "receiving_kinship": "tía", "receiving_document": "0801198012345",
        "childs_view": "Quiere ir con su tía.",
    }  # fmt: skip
