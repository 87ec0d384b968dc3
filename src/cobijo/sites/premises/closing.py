"""What closing a site still needs, and what it leaves behind as figures."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from cobijo.core import clock
from cobijo.people.queries import heads_of
from cobijo.sites import occupancy
from cobijo.sites.access import visible_to
from cobijo.sites.guests.queries import first_night, person_nights
from cobijo.sites.models import Site, Stay, Transfer, TransferMember
from cobijo.sites.types import OPEN, OutReason, StayState, TransferState
from cobijo.sites.unnamed.models import Unnamed
from cobijo.sites.wayout.models import WayOut
from cobijo.sites.wayout.queries import newest_by_household
from cobijo.sites.wayout.types import Solution

LATELY: Final = timedelta(days=14)
_UNDER_WAY: Final = (TransferState.PROPOSED, TransferState.ACCEPTED)

# --- who is still in -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class HomeIn:
    """A household still at a site, as far as the reader may see it. Somebody without one stands for themselves.

    ``stays`` are those a transfer could take: neither disputed nor under way already; ``stay_id`` leads to the
    check-out; ``moving_to`` is the site of a transfer that is proposed or accepted; ``head``: its head, by name.
    """

    key: UUID
    household_id: UUID | None
    code: str
    stay_id: UUID | None = None
    named: int = 0
    unnamed: int = 0
    stays: list[UUID] = field(default_factory=list)
    way_out: WayOut | None = None
    moving_to: str = ""
    head: str = ""

    @property
    def persons(self) -> int:
        return self.named + self.unnamed

    @property
    def settled(self) -> bool:
        return bool(self.moving_to) or (self.way_out is not None and self.way_out.settled)


@dataclass(frozen=True, slots=True)
class StillIn:
    """Who is still at a site that is to close. ``others``: people who are in no line of this reader's.

    ``gone``: households of which nobody is here any more who were in the last fourteen days.
    """

    homes: tuple[HomeIn, ...]
    people: int
    others: int
    gone: int
    expected: int

    @property
    def all(self) -> int:
        return self.gone + len(self.homes)

    @property
    def settled(self) -> int:
        return sum(home.settled for home in self.homes)


def still_in(actor: UUID, site: Site) -> StillIn:
    """The households still at a site, those without a way out first."""
    stays = visible_to(actor, Stay.objects.filter(site=site, out_at=None, state__in=OPEN))
    numbers = visible_to(actor, Unnamed.objects.filter(site=site, out_at=None))
    homes = _homes(stays.select_related("household", "person").order_by("person__birth_date", "id"))
    _add_numbers(homes, numbers.select_related("household"))
    _add_ways_out(homes.values())
    _add_transfers(homes.values())
    _add_heads(actor, homes)
    people = occupancy.registered_here(site.pk)
    return StillIn(
        homes=tuple(sorted(homes.values(), key=lambda home: (home.settled, home.code))),
        people=people,
        others=people - sum(home.persons for home in homes.values()),
        gone=_gone(site),
        expected=Stay.objects.filter(site=site, state=StayState.PLANNED, voided_at=None).count(),
    )


def _homes(stays: Iterable[Stay]) -> dict[UUID, HomeIn]:
    homes: dict[UUID, HomeIn] = {}
    for stay in stays:
        key = stay.household_id or stay.pk
        code = stay.household.code if stay.household else stay.person.code
        home = homes.setdefault(key, HomeIn(key, stay.household_id, code, stay.pk))
        home.named += 1
        if not stay.disputed:
            home.stays.append(stay.pk)
    return homes


def _add_numbers(homes: dict[UUID, HomeIn], numbers: Iterable[Unnamed]) -> None:
    for number in numbers:
        key = number.household_id
        homes.setdefault(key, HomeIn(key, key, number.household.code)).unnamed += number.persons


def _add_ways_out(homes: Iterable[HomeIn]) -> None:
    known = list(homes)
    ways = newest_by_household({home.household_id for home in known if home.household_id})
    for home in known:
        home.way_out = ways.get(home.key)


def _add_transfers(homes: Iterable[HomeIn]) -> None:
    of_stay = {stay: home for home in homes for stay in home.stays}
    members = TransferMember.objects.filter(from_stay__in=of_stay, transfer__state__in=_UNDER_WAY)
    for member in members.select_related("transfer__to_site__unit"):
        home = of_stay[member.from_stay_id]
        home.moving_to = member.transfer.to_site.unit.name
        home.stays.remove(member.from_stay_id)


def _add_heads(actor: UUID, homes: Mapping[UUID, HomeIn]) -> None:
    for key, name in heads_of(actor, list(homes)).items():
        homes[key].head = name


def _gone(site: Site) -> int:
    """Households that have left lately, each once."""
    here = occupancy.sleeping(site.pk).exclude(household=None).values("household")
    counted = occupancy.numbers(site.pk).values("household")
    left = Stay.objects.filter(site=site, out_at__gt=clock.now() - LATELY, disputed=False, voided_at=None)
    homes = left.exclude(household=None).exclude(household__in=here).exclude(household__in=counted)
    return homes.order_by().values("household").distinct().count()


# --- what is left of a site ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Served:
    """What a site has done up to a moment, as figures of everybody; each household and person once.

    ``ways_out``: households by the solution they accepted, ``without`` those that accepted none; ``reasons``: people by
    why they left; ``received``: people each other site took in by transfer.
    """

    households: int
    persons: int
    registered_nights: int
    guest_nights: int
    ways_out: Mapping[Solution, int]
    without: int
    reasons: Mapping[OutReason, int]
    received: Sequence[tuple[str, int]]


def served(site: Site, until: datetime) -> Served:
    """What a site has done up to a moment. People without a name count as often as they came."""
    stays = Stay.objects.filter(site=site, in_at__lte=until, disputed=False, voided_at=None)
    numbers = Unnamed.objects.filter(site=site, in_at__lte=until, voided_at=None)
    homes = _households(stays) | _households(numbers)
    ways = newest_by_household(homes)
    accepted = Counter(Solution(way.solution) for way in ways.values() if way.settled)
    first = first_night(site)
    slept = person_nights(Site.objects.filter(pk=site.pk), first, until.date()) if first else None
    unnamed: int = numbers.aggregate(people=Sum("persons", default=0))["people"]
    return Served(
        households=len(homes),
        persons=stays.order_by().values("person").distinct().count() + unnamed,
        registered_nights=slept.registered if slept else 0,
        guest_nights=slept.guests if slept else 0,
        ways_out={one: accepted[one] for one in Solution if accepted[one]},
        without=len(homes) - sum(accepted.values()),
        reasons=_reasons(stays, numbers, until),
        received=_received(site, until),
    )


def _households(rows: QuerySet[Stay] | QuerySet[Unnamed]) -> set[UUID]:
    return set(rows.exclude(household=None).order_by().values_list("household_id", flat=True).distinct())


def _reasons(stays: QuerySet[Stay], numbers: QuerySet[Unnamed], until: datetime) -> dict[OutReason, int]:
    left = Q(out_at__lte=until)
    found: Counter[str] = Counter()
    for rows, what in ((stays, Count("id")), (numbers, Sum("persons"))):
        for reason, people in rows.filter(left).order_by().values_list("out_reason").annotate(people=what):
            found[reason or OutReason.OTHER] += people
    return {reason: found[reason] for reason in OutReason if found[reason]}


def _received(site: Site, until: datetime) -> list[tuple[str, int]]:
    taken = Transfer.objects.filter(from_site=site, state=TransferState.ACCEPTED, settled_at__lte=until)
    gone = taken.filter(members__from_stay__state=StayState.OUT, members__from_stay__out_reason=OutReason.TRANSFERRED)
    counts = gone.order_by().values_list("to_site__unit__name").annotate(people=Count("members__from_stay"))
    return sorted(counts, key=lambda one: (-one[1], one[0]))
