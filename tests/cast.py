"""The fixed cast every test knows, as fixtures.

Response *R* (Volcán, in Guatemala's zone) holds the area unit *Escuintla*, and that the sites *A* (Salón Municipal)
and *B* (Instituto Experimental). Ana registers at A and Beto manages it; Carla manages B and is a stranger at A; Diego
reads figures for the whole response; Elena works cases at A; Félix administers and Gloria audits the response; Hugo is
granted nothing.

Plain rows, not verbs: a verb's test must be able to fail alone. Ids and numbers are deliberately offset, so that a
mix-up of two kinds shows: sites count from 14, codes of persons from 2,000 and those of households from 40,000.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from cobijo.accounts.models import Account, Grant, Organisation, Reach, Unit
from cobijo.accounts.types import Role
from cobijo.algorithms.text import fold
from cobijo.core import clock, keyfile, keys, nodes, operations
from cobijo.core.ids import uuid7
from cobijo.core.models import CodeBlock
from cobijo.core.verbs import Act, Door
from cobijo.sites.models import Response, Site, SiteAlias, Space, StatusChange
from cobijo.sites.types import SiteKind, SiteStatus, SpaceKind, UseRule

PASSWORD = "cobijo-de-lana-77"
ZONE = "America/Guatemala"
LONG_AGO = datetime(2018, 6, 3, 21, 0, tzinfo=UTC)
FIRST_PERSON, FIRST_HOUSEHOLD = 2_000, 40_000


@dataclass(frozen=True, slots=True)
class Place:
    """A site of the cast with its spaces by name; ``id`` is the site's and the unit's."""

    unit: Unit
    site: Site
    spaces: dict[str, Space]

    @property
    def id(self) -> UUID:
        return self.unit.id


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody and everything at once."""

    controller: Organisation
    response: Response
    area: Unit
    a: Place
    b: Place
    ana: Account
    beto: Account
    carla: Account
    diego: Account
    case_worker: Account
    administrator: Account
    auditor: Account
    outsider: Account


# --- the node --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def _node_key_file() -> None:
    """This process's node key, without a passphrase, in the test run's own data folder."""
    if not settings.NODE_KEY_FILE.exists():
        keyfile.make(settings.NODE_KEY_FILE)


@pytest.fixture(autouse=True)
def node_key(_node_key_file: None) -> Iterator[keyfile.NodeKey]:
    """The node key. What this process remembers of the database, and of its clock, is forgotten around each test."""
    _forget()
    yield keyfile.here()
    _forget()


def _forget() -> None:
    keys.forget()
    nodes.forget()
    clock.move(timedelta())


# --- acting ----------------------------------------------------------------------------------------------------------


def act(who: Account, **given: Any) -> Act:
    """An act of this moment at the desk; any field of it can be given."""
    return operations.act_of(who.id, **{"door": Door.DESK} | given)


@pytest.fixture
def signed_in() -> Callable[[Account], Client]:
    """A browser in which somebody has signed in with password and second factor."""
    return sign_in


def sign_in(who: Account, client: Client | None = None) -> Client:
    """The same without a fixture; makes the account's TOTP secret if there is none."""
    browser = client or Client()
    if not Authenticator.objects.filter(user=who, type=Authenticator.Type.TOTP).exists():
        secret = get_adapter().encrypt("JBSWY3DPEHPK3PXP")
        Authenticator.objects.create(user=who, type=Authenticator.Type.TOTP, data={"secret": secret})
    browser.force_login(who, backend="cobijo.accounts.backend.SignIn")
    session = browser.session
    now = time.time()
    session["account_authentication_methods"] = [
        {"method": "password", "at": now, "username": who.username},
        {"method": "mfa", "at": now, "type": "totp"},
    ]
    session["account_authentication_methods_user"] = str(who.pk)
    session.save()
    return browser


# --- the places ------------------------------------------------------------------------------------------------------


@pytest.fixture
def cast(db: None) -> Cast:
    """The response, its places and its people."""
    return assemble()


def assemble() -> Cast:
    """The same without a fixture, for a world that several tests share."""
    controller = Organisation.objects.create(name="Coordinadora de prueba", country="GT", contact="2200-0000")
    response, area = _response(controller)
    a = _site(response, area, 14, "Salón Municipal", SiteKind.HALL)
    b = _site(response, area, 27, "Instituto Experimental", SiteKind.SCHOOL)
    _reach(response.unit, area, a.unit, b.unit)
    _lease_offset()
    unit = response.unit
    return Cast(
        controller=controller,
        response=response,
        area=area,
        a=a,
        b=b,
        ana=_account("ana", "Ana Xicay", Role.REGISTRAR, a.unit),
        beto=_account("beto", "Beto Marroquín", Role.SITE_MANAGER, a.unit),
        carla=_account("carla", "Carla Ixcot", Role.SITE_MANAGER, b.unit),
        diego=_account("diego", "Diego Peñate", Role.ANALYST, unit),
        case_worker=_account("elena", "Elena Tzoc", Role.CASE_WORKER, a.unit),
        administrator=_administrator(unit),
        auditor=_account("gloria", "Gloria Chávez", Role.AUDITOR, unit),
        outsider=_account("hugo", "Hugo Nadie"),
    )


def _response(controller: Organisation) -> tuple[Response, Unit]:
    unit = Unit.objects.create(kind=Unit.Kind.RESPONSE, name="Volcán de Fuego", organisation=controller)
    area = Unit.objects.create(kind=Unit.Kind.AREA, name="Escuintla", parent=unit)
    response = Response.objects.create(
        unit=unit, country="GT", zone=ZONE, started_on=date(2018, 6, 3), controller=controller
    )
    return response, area


def _site(response: Response, area: Unit, number: int, name: str, kind: SiteKind) -> Place:
    unit = Unit.objects.create(kind=Unit.Kind.SITE, name=name, parent=area)
    site = Site.objects.create(unit=unit, response=response, number=number, kind=kind, zone=ZONE, official=True)
    StatusChange.objects.create(site=site, status=SiteStatus.OPEN, at=LONG_AGO)
    SiteAlias.objects.create(site=site, name=name, folded=fold(name))
    spaces = [Space(site=site, place_in_list=number * 10 + at, **given) for at, given in enumerate(_SPACES)]
    return Place(unit, site, {space.name: space for space in Space.objects.bulk_create(spaces)})


_SPACES: list[dict[str, Any]] = [
    {"name": "Salón", "kind": SpaceKind.ROOM, "capacity": 20, "area_dm2": 7_000},
    {
        "name": "Aula 1",
        "kind": SpaceKind.ROOM,
        "capacity": 6,
        "area_dm2": 2_100,
        "use_rule": UseRule.WOMEN_CHILDREN,
        "accessible": True,
    },
    {"name": "Aula 2", "kind": SpaceKind.ROOM, "capacity": 5, "use_rule": UseRule.FAMILIES},
    {"name": "Carpa 1", "kind": SpaceKind.TENT},
]


def _reach(top: Unit, area: Unit, *sites: Unit) -> None:
    pairs = [(top, top), (top, area), (area, area)]
    pairs += [(above, site) for site in sites for above in (top, area, site)]
    Reach.objects.bulk_create(Reach(above=above, below=below) for above, below in pairs)


def _lease_offset() -> None:
    """This node's codes begin elsewhere for persons than for households."""
    for kind, first in (("person", FIRST_PERSON), ("household", FIRST_HOUSEHOLD)):
        CodeBlock.objects.create(kind=kind, first=first, size=1_000, holder=nodes.here_id(), leased_at=clock.now())


# --- the people ------------------------------------------------------------------------------------------------------


def _account(username: str, name: str, role: Role | None = None, unit: Unit | None = None) -> Account:
    account = Account(username=username, name=name, email=f"{username}@example.org", unit=unit, made_at=LONG_AGO)
    account.set_password(PASSWORD)
    account.save()
    if role and unit:
        grant(account, role, unit)
    return account


def _administrator(unit: Unit) -> Account:
    account = _account("felix", "Félix Güitz", Role.ADMINISTRATOR, unit)
    for role in Role:
        grant(account, role, unit, giving=True)
    return account


def grant(account: Account, role: Role, unit: Unit, *, giving: bool = False) -> Grant:
    """A grant that has been in force since the response began."""
    return Grant.objects.create(
        account=account, role=role, unit=unit, giving=giving, starts_at=LONG_AGO, given_by=uuid7()
    )


@pytest.fixture
def controller(cast: Cast) -> Organisation:
    """Who answers for the data of the response."""
    return cast.controller


@pytest.fixture
def response(cast: Cast) -> Response:
    """The response R."""
    return cast.response


@pytest.fixture
def area(cast: Cast) -> Unit:
    """The unit between the response and the sites."""
    return cast.area


@pytest.fixture
def site_a(cast: Cast) -> Place:
    """Salón Municipal, where Ana and Beto work."""
    return cast.a


@pytest.fixture
def site_b(cast: Cast) -> Place:
    """Instituto Experimental, where Carla works."""
    return cast.b


@pytest.fixture
def ana(cast: Cast) -> Account:
    """Registrar at A."""
    return cast.ana


@pytest.fixture
def beto(cast: Cast) -> Account:
    """Site manager at A."""
    return cast.beto


@pytest.fixture
def carla(cast: Cast) -> Account:
    """Site manager at B, a stranger at A."""
    return cast.carla


@pytest.fixture
def diego(cast: Cast) -> Account:
    """Analyst of the response: figures, no names."""
    return cast.diego


@pytest.fixture
def case_worker(cast: Cast) -> Account:
    """Elena, case worker at A."""
    return cast.case_worker


@pytest.fixture
def administrator(cast: Cast) -> Account:
    """Félix, who makes accounts and gives every role in the response, and sees no people."""
    return cast.administrator


@pytest.fixture
def auditor(cast: Cast) -> Account:
    """Gloria, who reads the log of readings of the response."""
    return cast.auditor


@pytest.fixture
def outsider(cast: Cast) -> Account:
    """Hugo, who can sign in and is granted nothing."""
    return cast.outsider
