"""The acts that are measured: what a desk does all day, and what a site manager and an analyst look at."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from cobijo.core import canonical, clock, operations, verbs
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Door
from cobijo.demo.bench.asking import Browser
from cobijo.demo.bench.families import SIZE, Families
from cobijo.demo.bench.timing import Act, Figures
from cobijo.demo.bench.world import ZONE, World
from cobijo.people import services as people
from cobijo.people.types import MemberIn
from cobijo.sites import services as sites

API: Final = "/api/v1"
KNOWN_AT_A_SITE: Final = 6
HTTP, VERB = "HTTP, session", "the verb alone"

Ready = Callable[[int], Act]


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody registered before, as whoever searches would type them."""

    id: UUID
    code: str
    given: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Desk:
    """A site with its registrar's browser."""

    site: UUID
    rooms: list[UUID]
    registrar: UUID
    browser: Browser
    known: list[Known]


def known_at(browser: Browser, site: UUID) -> list[Known]:
    """Some of those who stay at a site, as the API tells the registrar."""
    stays = browser.read_json(f"{API}/sites/{site}/stays?limit=200")["items"]
    step = max(1, len(stays) // KNOWN_AT_A_SITE)
    whole = [browser.read_json(f"{API}/people/{stay['person']['id']}") for stay in stays[::step][:KNOWN_AT_A_SITE]]
    return [
        Known(UUID(one["id"]), one["code"], one["given_names"], one["first_surname"], one["second_surname"])
        for one in whole
    ]


class Day:
    """Everything that is measured, in order."""

    def __init__(self, world: World, seed: int) -> None:
        self._world = world
        self._families = Families(random.Random(seed + 1))  # noqa: S311 - fictitious people, not secrets
        self._desks = [self._desk(site, registrar) for site, registrar in world.registrars.items()]
        self._case_worker = Browser(world.case_worker)
        self._analyst = Browser(world.analyst)
        self._night = clock.today(ZoneInfo(ZONE))
        self._last_night = self._night - timedelta(days=1)

    def _desk(self, site: UUID, registrar: UUID) -> Desk:
        browser = Browser(registrar)
        rooms = self._world.rooms[self._world.sites.index(site)]
        return Desk(site, rooms, registrar, browser, known_at(browser, site))

    def _at(self, at: int) -> Desk:
        """Desks take turns, so that what was just read for one request does not serve the next."""
        return self._desks[at % len(self._desks)]

    def _known(self, at: int) -> Known:
        known = self._at(at).known
        return known[at // len(self._desks) % len(known)]

    def acts(self) -> Iterator[tuple[Figures, Ready]]:
        """Each act with what makes the n-th of it ready."""
        yield from self._registering()
        yield from self._looking()
        yield from self._counting()
        yield from self._searching()

    # --- registering -------------------------------------------------------------------------------------------------

    def _registering(self) -> Iterator[tuple[Figures, Ready]]:
        yield Figures("register_household", HTTP, "register a household of five and check it in"), self._receive
        yield Figures("register_household", VERB, "register a household of five and check it in"), self._receive_alone
        yield Figures("register_person", HTTP, "register one person and check them in"), self._receive_one
        yield Figures("check_in", HTTP, "check a registered person in"), self._check_in
        yield Figures("check_in", VERB, "check a registered person in"), self._check_in_alone

    def _arguments(self, at: int, size: int = SIZE) -> dict[str, Any]:
        desk = self._at(at)
        return self._families.household(desk.site, desk.rooms[at % len(desk.rooms)], self._night, size)

    def _receive(self, at: int) -> Act:
        return self._call(at, "sites.receive_household", self._arguments(at))

    def _receive_one(self, at: int) -> Act:
        return self._call(at, "sites.receive_household", self._arguments(at, size=1))

    def _receive_alone(self, at: int) -> Act:
        given = verbs.registry["sites.receive_household"].arguments.model_validate_json(
            canonical.encode(self._arguments(at))
        )
        arguments = {name: getattr(given, name) for name in type(given).model_fields}
        act = operations.act_of(self._at(at).registrar, Door.DESK)
        return lambda: int(sites.receive_household(act, **arguments) is None)

    def _call(self, at: int, verb: str, arguments: dict[str, Any]) -> Act:
        sent = {"op_id": str(uuid7()), "arguments": arguments}
        return self._at(at).browser.sending(f"{API}/verbs/{verb}", sent)

    def _newcomer(self, at: int) -> dict[str, UUID]:
        """The arguments of ``sites.check_in`` for somebody registered just now."""
        desk, person = self._at(at), uuid7()
        [name] = self._families.names(["female"])
        member = MemberIn(person_id=person, given_names=name.given, first_surname=name.first)
        people.register_household(
            operations.act_of(desk.registrar, Door.DESK), household_id=uuid7(), unit_id=desk.site, members=[member]
        )
        room = desk.rooms[at % len(desk.rooms)]
        return {"stay_id": uuid7(), "site_id": desk.site, "person_id": person, "space_id": room}

    def _check_in(self, at: int) -> Act:
        return self._call(at, "sites.check_in", self._newcomer(at))

    def _check_in_alone(self, at: int) -> Act:
        arguments = self._newcomer(at)
        act = operations.act_of(self._at(at).registrar, Door.DESK)
        return lambda: int(sites.check_in(act, **arguments) is None)

    # --- looking -----------------------------------------------------------------------------------------------------

    def _looking(self) -> Iterator[tuple[Figures, Ready]]:
        yield self._page("person", "open a person", lambda at: reverse("web:person", args=[self._known(at).id]))
        yield self._page("person_api", "open a person, API", lambda at: f"{API}/people/{self._known(at).id}")
        yield self._page("roster", "list of who is in", lambda at: reverse("sites:people", args=[self._at(at).site]))
        yield self._page("site", "site page", lambda at: reverse("sites:site", args=[self._at(at).site]))

    def _page(self, key: str, what: str, address: Callable[[int], str]) -> tuple[Figures, Ready]:
        return Figures(key, HTTP, what), lambda at: self._at(at).browser.opening(address(at))

    # --- counting ----------------------------------------------------------------------------------------------------

    def _counting(self) -> Iterator[tuple[Figures, Ready]]:
        night, response = self._last_night.isoformat(), self._world.response
        yield self._page(
            "census_site", "census of a site", lambda at: f"{self._census('sites', self._at(at).site)}?night={night}"
        )
        yield self._page(
            "census_site_api",
            "census of a site, API",
            lambda at: f"{API}/census?site={self._at(at).site}&date={night}",
        )
        whole = f"{self._census('units', response)}?night={night}"
        yield self._of_analyst("census_response", "census of the response", whole)
        api = f"{API}/census/response?response={response}&date={night}"
        yield self._of_analyst("census_response_api", "census of the response, API", api)
        yield self._of_analyst("sites", "list of sites", reverse("sites:list"))

    def _census(self, path: str, scope: UUID) -> str:
        return reverse("reporting:scope", args=[path, scope])

    def _of_analyst(self, key: str, what: str, address: str) -> tuple[Figures, Ready]:
        return Figures(key, HTTP, what), lambda _at: self._analyst.opening(address)

    # --- searching ---------------------------------------------------------------------------------------------------

    def _searching(self) -> Iterator[tuple[Figures, Ready]]:
        for key, said, typed in _AS_TYPED:
            words = f"search, {said}"
            yield self._search(f"search_{key}", f"{words}, at a site", typed, lambda at: self._at(at).browser)
            yield self._search(
                f"search_{key}_all", f"{words}, in the whole response", typed, lambda _at: self._case_worker
            )
        address = reverse("web:search")
        yield (
            Figures("search_page", HTTP, "search page, five letters, at a site"),
            lambda at: self._at(at).browser.submitting(address, self._known(at).first[:5]),
        )

    def _search(
        self, key: str, what: str, typed: Callable[[Known], str], browser: Callable[[int], Browser]
    ) -> tuple[Figures, Ready]:
        def ready(at: int) -> Act:
            return browser(at).sending(f"{API}/people/search", {"words": typed(self._known(at))})

        return Figures(key, HTTP, what), ready


_AS_TYPED: Final[tuple[tuple[str, str, Callable[[Known], str]], ...]] = (
    ("2", "two letters", lambda known: known.first[:2]),
    ("3", "three letters", lambda known: known.first[:3]),
    ("5", "five letters", lambda known: known.first[:5]),
    ("surname", "a surname", lambda known: known.first),
    ("name", "given name and surname", lambda known: f"{known.given.split()[0]} {known.first}"),
    ("full", "the whole name", lambda known: f"{known.given} {known.first} {known.second}"),
    ("code", "a code", lambda known: known.code),
)
