"""The sites of the story and who works there, set up through the verbs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from cobijo.accounts import services as accounts
from cobijo.accounts.access import COMMAND_LINE
from cobijo.accounts.types import AccountIn, Role
from cobijo.core import operations
from cobijo.core import services as core
from cobijo.core.ids import uuid7
from cobijo.core.personal import Purpose
from cobijo.core.services import AreaIn
from cobijo.core.verbs import Act, Door
from cobijo.demo.story import SiteOf, Story
from cobijo.people import services as people
from cobijo.people.types import Basis
from cobijo.sites import services as sites
from cobijo.sites.types import ResponseIn, SiteIn, SiteKind, SiteStatus, SpaceIn, SpaceKind

SOURCE = "INE Guatemala, names only; codes to be verified"
SAID = {
    "es": "Anotamos sus datos para darle un lugar, comida y ayuda. Puede ver lo anotado, corregirlo y pedir que se "
    "borre. Si no quiere dar un dato, igual tiene su lugar.",
    "en": "We note your data to give you a place, food and help. You can see what is noted, correct it and ask for it "
    "to be erased. If you prefer not to give something, you have your place all the same.",
}


CAST = (
    ("ana", "Ana Xicay", Role.REGISTRAR, "salon"),
    ("beto", "Beto Marroquín", Role.SITE_MANAGER, "salon"),
    ("carla", "Carla Ixcot", Role.SITE_MANAGER, "experimental"),
    ("diego", "Diego Peñate", Role.ANALYST, ""),
    ("elena", "Elena Tzoc", Role.CASE_WORKER, "salon"),
    ("felix", "Félix Güitz", Role.ADMINISTRATOR, ""),
    ("gloria", "Gloria Chávez", Role.AUDITOR, ""),
    ("otto", "Otto Sic", Role.GATEKEEPER, "salon"),
)
"""Who signs in: user name, name, role, and the site they work at (none: the whole response)."""
ROUND = ("ronda", "Equipo de ronda", Role.SITE_MANAGER, "")
"""The team that goes from site to site and registers where nobody of the cast works. It does not sign in."""


def command() -> Act:
    """An act of the operator at the machine."""
    return operations.act_of(COMMAND_LINE, Door.COMMAND)


@dataclass(slots=True)
class Places:
    """Sites by key, their rooms with how many sleep in each, and the accounts of those who work there."""

    response: UUID = field(default_factory=uuid7)
    site: dict[str, UUID] = field(default_factory=dict)
    groups: dict[str, UUID] = field(default_factory=dict)
    workers: dict[str, UUID] = field(default_factory=dict)
    _rooms: dict[str, list[tuple[UUID, int]]] = field(default_factory=dict)
    _asleep: dict[UUID, int] = field(default_factory=dict)
    _areas: dict[str, UUID] = field(default_factory=dict)

    def registrar_of(self, site: str) -> UUID:
        """Who registers at a site: its own staff where the cast works there, else the team that goes round."""
        return self.workers[{"salon": "beto", "experimental": "carla"}.get(site, "ronda")]

    # --- rooms -------------------------------------------------------------------------------------------------------

    def room_for(self, site: str) -> UUID | None:
        """The room with most free places; where none has any, the one least over."""
        rooms = self._rooms.get(site)
        if not rooms:
            return None
        return max(rooms, key=lambda room: room[1] - self._asleep[room[0]])[0]

    def enter(self, room: UUID | None, people: int) -> None:
        """So many sleep in the room from now on."""
        if room is not None:
            self._asleep[room] += people

    def leave(self, room: UUID | None, people: int) -> None:
        """So many no longer sleep there."""
        if room is not None:
            self._asleep[room] -= people

    # --- setting up --------------------------------------------------------------------------------------------------

    def set_up(self, story: Story) -> None:
        """Make areas, the response, its sites, groups, accounts and legal bases."""
        self._make_areas()
        controller = uuid7()
        accounts.create_organisation(
            command(),
            organisation_id=controller,
            name="Coordinación de la demostración (organización ficticia)",
            country="GT",
            contact="",
        )
        sites.open_response(
            command(),
            response_id=self.response,
            response=ResponseIn(
                name="Volcán de Fuego 2018",
                country="GT",
                zone="America/Guatemala",
                started_on=date(2018, 6, 3),
                controller_id=controller,
                at_closing="Los datos personales se borran a los dos años del cierre; quedan las cifras.",
            ),
        )
        self._state_bases()
        for one in story.sites:
            self._make_site(one)
        for group in story.groups:
            self.groups[group.name] = uuid7()
            sites.group_sites(
                command(),
                group_id=self.groups[group.name],
                response_id=self.response,
                name=group.name,
                site_ids=[self.site[key] for key in group.sites],
                complete=group.complete,
            )
        self._make_accounts()

    def _make_areas(self) -> None:
        tree = [
            ("Guatemala", None, "country"),
            ("Escuintla (departamento)", "Guatemala", "department"),
            ("Sacatepéquez", "Guatemala", "department"),
            ("Escuintla", "Escuintla (departamento)", "municipality"),
            ("San Juan Alotenango", "Sacatepéquez", "municipality"),
        ]
        for name, parent, kind in tree:
            self._areas[name] = uuid7()
            core.put_area(
                command(),
                area=AreaIn(
                    area_id=self._areas[name],
                    parent_id=self._areas[parent] if parent else None,
                    name=name.removesuffix(" (departamento)"),
                    kind=kind,
                    country="GT",
                    source=SOURCE,
                ),
            )

    def _state_bases(self) -> None:
        for purpose, basis in ((Purpose.SHELTER, Basis.VITAL), (Purpose.TRACING, Basis.CONSENT)):
            people.set_basis(
                command(),
                basis_id=uuid7(),
                unit_id=self.response,
                purpose=purpose,
                basis=basis,
                said_aloud=SAID,
            )

    def _make_site(self, one: SiteOf) -> None:
        self.site[one.key] = site = uuid7()
        sites.add_site(
            command(),
            site_id=site,
            response_id=self.response,
            site=SiteIn(
                name=one.name,
                kind=SiteKind(one.kind),
                official=one.official,
                area_id=self._areas.get(one.municipality),
                aliases=list(one.aliases),
                hours="Visitas de 8:00 a 17:00, en el portón.",
                rules="Sin armas ni alcohol. Silencio desde las 21:00.",
                complaints="Línea 0000 0000, fuera del albergue. Su queja no la ve nadie del albergue.",
                inferred=one.location_inferred,
            ),
        )
        if one.opens is None:
            sites.set_status(command(), status_id=uuid7(), site_id=site, status=SiteStatus.OPEN)
        spaces = list(_spaces(one))
        if spaces:
            sites.add_spaces(command(), site_id=site, spaces=spaces)
        self._rooms[one.key] = [(space.space_id, space.capacity or 0) for space in spaces]
        self._asleep |= dict.fromkeys((space.space_id for space in spaces), 0)

    def _make_accounts(self) -> None:
        for username, name, role, at in (*CAST, ROUND):
            unit = self.site[at] if at else self.response
            account = uuid7()
            accounts.create_account(
                command(), account=AccountIn(account_id=account, username=username, name=name), unit_id=unit
            )
            self._grant(account, role, unit)
            self.workers[username] = account
        for role in Role:
            self._grant(self.workers["felix"], role, self.response, giving=True)
        self._let_make_volunteers("beto")

    def _let_make_volunteers(self, manager: str) -> None:
        """Let a site manager give the roles of volunteers at their site, and hold some badges to give out."""
        [site] = [self.site[at] for username, _name, _role, at in CAST if username == manager and at]
        for role in (Role.REGISTRAR, Role.GATEKEEPER, Role.DISTRIBUTION):
            self._grant(self.workers[manager], role, site, giving=True)
        accounts.print_badges(command(), unit_id=site, count=10)

    def _grant(self, account: UUID, role: Role, unit: UUID, *, giving: bool = False) -> None:
        accounts.grant_role(command(), grant_id=uuid7(), account_id=account, role=role, unit_id=unit, giving=giving)


def _spaces(one: SiteOf) -> Iterator[SpaceIn]:
    """Rooms and modules with assumed places; nothing of toilets and showers, which no source gives."""
    word = {"hall": "Sector", "church": "Salón"}.get(one.kind, "Aula")
    for count, capacity, kind, name in (
        (*one.rooms, SpaceKind.ROOM, word),
        (*one.modules, SpaceKind.MODULE, "Módulo"),
    ):
        for at in range(count):
            yield SpaceIn(
                space_id=uuid7(), name=f"{name} {at + 1}", kind=kind, capacity=capacity, capacity_assumed=True
            )
