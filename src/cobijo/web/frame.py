"""What frames every staff page: where I am, my tasks, me. A task is shown to whoever may do it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cobijo.accounts import access as authority
from cobijo.accounts import queries as accounts
from cobijo.accounts.types import LOCKS_AFTER, Authority, Permission, Role, UnitKind
from cobijo.core import clock, nodes
from cobijo.core.pages import me
from cobijo.movements.queries import centres_of
from cobijo.sites.queries import is_focal_point


@dataclass(frozen=True, slots=True)
class Link:
    """A way to somewhere: ``current`` if one is there now, ``count`` if something waits.

    ``covers``: beginnings of the names of the pages that belong to it, as ``sites:transfer``.
    """

    url: str
    label: str
    icon: str = ""
    covers: tuple[str, ...] = ()
    current: bool = False
    count: int = 0

    def closeness(self, page: str) -> int:
        """How much of a page's name it covers; 0 when the page belongs elsewhere."""
        return max((len(start) for start in self.covers if page.startswith(start)), default=0)


_OF_FINDING = ("web:search", "web:person", "web:household", "people:", "sites:birth", "sites:death")
_OF_GATE = ("sites:gate", "sites:visits", "sites:roll-call")
_OF_PAIRS = ("people:pairs", "people:make_one", "people:same_as", "people:merge")
_OF_ACCOUNTS = tuple(f"accounts:{page}" for page in ("list", "new", "account", "change", "units", "grant", "close"))
_OF_TEAM = tuple(
    f"accounts:{page}"
    for page in ("volunteer", "new_volunteer", "badges", "print_badges", "link_badge", "end_badge", "devices")
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where I am: my site if I work at one, else the response."""

    name: str
    kind: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Lock:
    """How a shared device is locked, and after how many idle minutes the page does it itself."""

    url: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Me:
    """Who is signed in."""

    name: str
    role: str
    links: list[Link] = field(default_factory=list)


class Frame:
    """Read lazily, once a page; costs no query on a page that shows no frame."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._actor = me(request)

    @cached_property
    def _work(self) -> list[accounts.WorkUnit]:
        """The units of my own grants, sites last."""
        return sorted(accounts.units_worked_in(self._actor), key=lambda unit: (unit.kind == UnitKind.SITE, unit.name))

    @cached_property
    def site(self) -> accounts.WorkUnit | None:
        """My site, where my work is at one site only."""
        return self._work[0] if len(self._work) == 1 and self._work[0].kind == UnitKind.SITE else None

    @cached_property
    def _has_centre(self) -> bool:
        """Whether there is a reception centre among my sites."""
        return centres_of(self._actor, Permission.SEE_FIGURES).exists()

    @cached_property
    def place(self) -> Place:
        if not self._work:
            return Place("Cobijo")
        here = self._work[0]
        url = reverse("sites:site", args=[here.id]) if here.kind == UnitKind.SITE else reverse("web:home")
        return Place(here.name, str(UnitKind(here.kind).label) if here.kind != UnitKind.SITE else "", url)

    @cached_property
    def tasks(self) -> list[Link]:
        """What I may do; the task whose page this is, is current. On the desk, its script says which that is."""
        match = self._request.resolver_match
        page = match.view_name if match else ""
        tasks = list(self._tasks())
        closest = max((task.closeness(page) for task in tasks), default=0)
        return [replace(task, current=closest > 0 and task.closeness(page) == closest) for task in tasks]

    def _tasks(self) -> Iterator[Link]:
        found = authority.authority(self._actor)
        if found.has(Permission.REGISTER):
            yield Link(reverse("web:desk") + "#register", _("Register"), "user-plus")
        if found.has(Permission.SEE_PEOPLE):
            yield Link(reverse("web:desk") + "#find", _("Find"), "search", _OF_FINDING)
        if found.has(Permission.GATE) and self.site:
            yield Link(reverse("sites:gate", args=[self.site.id]), _("Gate"), "door-open", _OF_GATE)
        if found.has(Permission.SEE_FIGURES) and self.site:
            yield Link(reverse("sites:site", args=[self.site.id]), _("Site"), "house", ("sites:",))
        elif found.has(Permission.SEE_FIGURES) or found.has(Permission.RUN_RESPONSE):
            yield Link(reverse("sites:list"), _("Sites"), "house", ("sites:",))
        if found.has(Permission.SEE_FIGURES):
            yield Link(reverse("reporting:census"), _("Census"), "chart-column", ("reporting:", "exports:"))
        if found.has(Permission.SEE_FIGURES) and self._has_centre:
            yield Link(reverse("movements:index"), pgettext("movements", "Arrivals"), "arrow-right", ("movements:",))
        if found.has(Permission.KEEP_STORE):
            yield Link(reverse("assistance:index"), _("Store"), "clipboard-list", ("assistance:",))
        if found.has(Permission.HEALTH):
            covers = ("assistance:infants", "assistance:assess")
            yield Link(reverse("assistance:infants"), _("Infants"), "baby", covers)
        yield from self._of_a_site(found)
        yield from self._of_offices(found)

    def _of_a_site(self, found: Authority) -> Iterator[Link]:
        """Tasks of whoever works at a site, beside its people."""
        if found.has(Permission.MANAGE_SITE):
            yield Link(reverse("sites:transfers"), _("Transfers"), "arrow-right-left", ("sites:transfer",))
            yield Link(reverse("cards:batches"), _("Cards"), "id-card", ("cards:",))
            yield Link(reverse("accounts:volunteers"), _("Team"), "users", _OF_TEAM)
        if found.has(Permission.REGISTER):
            yield Link(reverse("paper:batches"), _("Family forms"), "pencil", ("paper:", "web:typing"))
        if found.has(Permission.STAY) or found.has(Permission.REPORT_SITE):
            yield Link(reverse("web:lists"), _("Lists"), "file-spreadsheet", ("web:list",))
        if found.has(Permission.CASE_WORK) or found.has(Permission.MANAGE_SITE):
            yield Link(reverse("people:pairs"), _("Registered twice"), "equal-approximately", _OF_PAIRS)
            yield Link(reverse("people:requests"), _("Requests about data"), "file-text", ("people:request",))
        if found.has(Permission.REGISTER) or found.has(Permission.MANAGE_SITE):
            held = accounts.held_for(self._actor).count()
            yield Link(reverse("web:inbox"), _("To review"), "inbox", ("web:inbox", "web:held"), count=held)

    def _of_offices(self, found: Authority) -> Iterator[Link]:
        """Tasks of whoever administers and audits."""
        if found.has(Permission.ACCOUNTS):
            yield Link(reverse("accounts:list"), _("Accounts"), "users", _OF_ACCOUNTS)
        if found.has(Permission.AUDIT):
            yield Link(reverse("accounts:readings"), _("Who looked"), "eye", ("accounts:readings",))
            yield Link(reverse("people:break_glass"), _("Emergency openings"), "shield", ("people:break_glass",))
        if found.has(Permission.RUN_RESPONSE):
            yield Link(reverse("people:retention"), _("Time limits"), "clock", ("people:retention",))
        if found.has(Permission.AUDIT) or found.has(Permission.RUN_RESPONSE):
            yield Link(reverse("exports:index"), _("Lists taken"), "file-spreadsheet", ("exports:",))

    @cached_property
    def lock(self) -> Lock | None:
        """At a shared device; None elsewhere."""
        minutes = self._request.META.get(LOCKS_AFTER)
        return Lock(reverse("device:end"), minutes) if minutes else None

    @cached_property
    def me(self) -> Me:
        user: Any = self._request.user
        roles = dict.fromkeys(grant.role for grant in authority.authority(self._actor).grants if not grant.giving)
        links = [Link(reverse("accounts:me"), _("My account"), "user")]
        if authority.authority(self._actor).has(Permission.BREAK_GLASS):
            links.append(Link(reverse("people:break_glass"), _("Open a record in an emergency"), "shield"))
        if is_focal_point(self._actor):
            links.append(Link(reverse("sites:my-complaints"), _("Complaints addressed to me"), "lock"))
        return Me(user.name, ", ".join(str(Role(role).label) for role in roles), links)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of every page; ``frame`` only for whoever is signed in."""
    context: dict[str, Any] = {"demo_world": nodes.is_fictitious(), "now": clock.now()}
    if getattr(request, "user", None) is not None and request.user.is_authenticated:
        context["frame"] = Frame(request)
    return context
