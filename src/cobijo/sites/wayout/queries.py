"""Who of a site has a way out, and who has none."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from cobijo.people.queries import heads_of
from cobijo.sites import occupancy
from cobijo.sites.access import visible_to
from cobijo.sites.models import Site, Stay
from cobijo.sites.types import OPEN
from cobijo.sites.wayout.models import WayOut
from cobijo.sites.wayout.types import Solution


@dataclass(frozen=True, slots=True)
class HomeLine:
    """A household at a site, with how many of it stay there and its way out; ``stay_id`` leads to its check-out.

    ``head``: what its head is called, where the reader may see them.
    """

    household_id: UUID
    code: str
    head: str
    stay_id: UUID
    persons: int
    way_out: WayOut | None

    @property
    def settled(self) -> bool:
        return self.way_out is not None and self.way_out.settled


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many households of a site have a way out, of how many."""

    households: int
    settled: int

    @property
    def without(self) -> int:
        return self.households - self.settled


def way_out_of(actor: UUID, household: UUID) -> WayOut | None:
    """The newest way out of a household at a site of the actor's."""
    return visible_to(actor, WayOut.objects.filter(household=household)).order_by("-recorded_at", "-id").first()


def newest_by_household(households: set[UUID]) -> Mapping[UUID, WayOut]:
    """The newest way out of each household that has one."""
    rows = WayOut.objects.filter(household__in=households).order_by("recorded_at", "id")
    return {row.household_id: row for row in rows}


def ways_out_said(actor: UUID, households: Collection[UUID]) -> dict[UUID, str]:
    """What was offered to these households and whether they accept, in words; nothing of those without."""
    rows = visible_to(actor, WayOut.objects.filter(household__in=households)).order_by("recorded_at", "id")
    newest = {row.household_id: row for row in rows}
    return {home: _said(row) for home, row in newest.items() if row.solution != Solution.NONE}


def _said(row: WayOut) -> str:
    answers = {True: _("accepted"), False: _("not accepted"), None: _("not answered yet")}
    return f"{row.get_solution_display()} ({answers[row.accepted]})"


def outlook(site: Site) -> Outlook:
    """The households with anybody at a site, named or not, and those of them that have a way out."""
    homes = set(occupancy.sleeping(site.pk).exclude(household=None).values_list("household_id", flat=True))
    homes |= set(occupancy.numbers(site.pk).values_list("household_id", flat=True))
    return Outlook(len(homes), sum(row.settled for row in newest_by_household(homes).values()))


def homes_at(actor: UUID, site: Site) -> list[HomeLine]:
    """The households of a site the actor may see, those without a way out first."""
    stays = visible_to(actor, Stay.objects.filter(site=site, state__in=OPEN, household__isnull=False))
    first = {stay.household_id: stay for stay in stays.select_related("household").order_by("-id")}
    persons = dict(stays.order_by().values_list("household_id").annotate(people=Count("id")))
    known = newest_by_household({home for home in first if home})
    heads = heads_of(actor, [home for home in first if home])
    lines = [
        HomeLine(home, stay.household.code, heads.get(home, ""), stay.pk, persons[home], known.get(home))
        for home, stay in first.items()
        if home and stay.household
    ]
    return sorted(lines, key=lambda line: (line.settled, line.code))
