"""The response the benchmark fills: sites of five hundred with their rooms, and who works there, set up by verbs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from cobijo.accounts import services as accounts
from cobijo.accounts.access import COMMAND_LINE
from cobijo.accounts.types import AccountIn, Role
from cobijo.core import clock, operations
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Act, Door
from cobijo.sites import services as sites
from cobijo.sites.types import ResponseIn, SiteIn, SiteKind, SiteStatus, SpaceIn, SpaceKind

SITE_SIZE: Final = 500
ROOMS, PLACES_A_ROOM = 25, 30
OPENED_BEFORE: Final = timedelta(days=45)
ZONE: Final = "America/Guatemala"
DESKS: Final = 10
"""At so many sites, evenly spread, a registrar works whose requests are measured."""

Said = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done, and how much there is."""


@dataclass(slots=True)
class World:
    """What the filling and the measuring need to know of the response."""

    response: UUID
    opened: datetime
    sites: list[UUID] = field(default_factory=list)
    rooms: list[list[UUID]] = field(default_factory=list)
    registrars: dict[UUID, UUID] = field(default_factory=dict)
    case_worker: UUID = field(default_factory=uuid7)
    analyst: UUID = field(default_factory=uuid7)
    clerk: UUID = field(default_factory=uuid7)


def command(**given: datetime) -> Act:
    """An act of the operator at the machine."""
    return operations.act_of(COMMAND_LINE, Door.COMMAND, **given)


def open_response() -> World:
    """The response, without a site yet."""
    world = World(response=uuid7(), opened=clock.now() - OPENED_BEFORE)
    controller = uuid7()
    accounts.create_organisation(
        command(), organisation_id=controller, name="Benchmark (nobody)", country="GT", contact=""
    )
    started: date = world.opened.date()
    response = ResponseIn(name="Benchmark", country="GT", zone=ZONE, started_on=started, controller_id=controller)
    sites.open_response(command(), response_id=world.response, response=response)
    return world


def add_site(world: World) -> UUID:
    """One more site, open since the response began, with its rooms."""
    site, number = uuid7(), len(world.sites) + 1
    given = SiteIn(name=f"Albergue {number}", kind=SiteKind.SCHOOL, official=True)
    sites.add_site(command(), site_id=site, response_id=world.response, site=given)
    sites.set_status(command(happened_at=world.opened), status_id=uuid7(), site_id=site, status=SiteStatus.OPEN)
    rooms = [
        SpaceIn(space_id=uuid7(), name=f"Aula {at}", kind=SpaceKind.ROOM, capacity=PLACES_A_ROOM)
        for at in range(1, ROOMS + 1)
    ]
    sites.add_spaces(command(), site_id=site, spaces=rooms)
    world.sites.append(site)
    world.rooms.append([room.space_id for room in rooms])
    return site


def hire(world: World) -> None:
    """Registrars at some sites; for the whole response a case worker, who sees names, and an analyst, who does not."""
    wanted = min(DESKS, len(world.sites))
    for at in range(wanted):
        site = world.sites[at * len(world.sites) // wanted]
        world.registrars[site] = make_account(f"registrar.{at}", Role.REGISTRAR, site)
    make_account("case.worker", Role.CASE_WORKER, world.response, world.case_worker)
    make_account("analyst", Role.ANALYST, world.response, world.analyst)


def make_account(username: str, role: Role, unit: UUID, account_id: UUID | None = None) -> UUID:
    """An account with a role in a unit."""
    account = AccountIn(account_id=account_id or uuid7(), username=username, name=username.title())
    accounts.create_account(command(), account=account, unit_id=unit)
    accounts.grant_role(command(), grant_id=uuid7(), account_id=account.account_id, role=role, unit_id=unit)
    return account.account_id
