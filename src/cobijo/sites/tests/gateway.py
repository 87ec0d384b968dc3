"""What tests of the gate and the roll-call begin with: a gatekeeper, and passages in one line."""

from typing import Any
from uuid import UUID

from django.test import Client

from cobijo.accounts.models import Account
from cobijo.accounts.types import Role
from cobijo.core.ids import uuid7
from cobijo.core.operations import Receipt
from cobijo.people import services as people
from cobijo.people.cards.types import CardKind, Printed
from cobijo.sites.gate.types import Meal, Way
from cobijo.sites.tests.shelter import Family, submit
from tests.cast import LONG_AGO, Cast, act, grant, sign_in


def gatekeeper(cast: Cast) -> Account:
    """Otto keeps the gate of A: photo, code, in and out, nothing else."""
    otto = Account.objects.create(username="otto", name="Otto Sic", unit=cast.a.unit, made_at=LONG_AGO)
    grant(otto, Role.GATEKEEPER, cast.a.unit)
    return otto


def passes(who: Account, cast: Cast, family: Family, name: str, way: str, **given: Any) -> Receipt:
    """Somebody of a family passes the gate of A."""
    arguments: dict[str, Any] = {
        "passage_id": uuid7(),
        "site_id": cast.a.id,
        "stay_id": family.stays[name],
        "way": Way(way),
    } | given
    if "meal" in arguments:
        arguments["meal"] = Meal(arguments["meal"])
    return submit("pass_gate", who, **arguments)


def flags(receipt: Receipt) -> list[str]:
    return [str(flag["code"]) for flag in receipt.flags]


def cards(cast: Cast, count: int = 3) -> list[Printed]:
    """Cards that Beto printed for A."""
    batch = people.print_cards(act(cast.beto), batch_id=uuid7(), unit_id=cast.a.id, kind=CardKind.CARD, count=count)
    return list(batch.fresh)


def hide(cast: Cast, person: UUID) -> None:
    """Protect somebody: Elena alone may see them by name."""
    people.protect_person(
        act(cast.case_worker),
        protection_id=uuid7(),
        person_id=person,
        why="La busca su ex pareja.",
        asked_by_person=True,
        worker_ids=[cast.case_worker.id],
    )


def shows(who: Account, cast: Cast, text: str) -> Any:
    """What the gate of A answers to a card or code."""
    body = {"site_id": str(cast.a.id), "card": text}
    browser: Client = sign_in(who)
    return browser.post("/api/v1/gate/scan", body, content_type="application/json")
