"""What a roll-call shows: rooms with who should be in them, what is marked by now, and the differences at its end."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from cobijo.accounts.queries import names_of
from cobijo.core import clock
from cobijo.people import access as people_access
from cobijo.people import queries as people
from cobijo.sites import occupancy
from cobijo.sites.models import Site, Stay
from cobijo.sites.rollcalls import comparing
from cobijo.sites.rollcalls.models import Difference, RollCall
from cobijo.sites.rollcalls.types import Acted, DifferenceKind, Explanation, RollState
from cobijo.sites.sealing import open_field
from cobijo.sites.types import OPEN, StayState

LATELY: Final = timedelta(minutes=10)
"""Whoever marked within so long is said to be marking now."""

# --- roll-calls of a site --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RollLine:
    """A roll-call in a list."""

    row: RollCall
    open_differences: int

    @property
    def is_open(self) -> bool:
        return self.row.state == RollState.OPEN


def roll_calls_of(site: Site, most: int = 20) -> list[RollLine]:
    """The roll-calls of a site, the newest first; the caller has asked whether they may be seen."""
    unsettled = Count("differences", filter=Q(differences__settled_at=None))
    rows = RollCall.objects.filter(site=site).annotate(unsettled=unsettled)
    return [RollLine(row, vars(row)["unsettled"]) for row in rows.order_by("-begun_at", "-id")[:most]]


def standing(sites: QuerySet[Site], first: Any, last: Any) -> list[RollCall]:
    """The newest ended roll-call of each of these sites and nights."""
    found = RollCall.objects.filter(site__in=sites, night__gte=first, night__lte=last, state=RollState.ENDED)
    newest: dict[tuple[object, object], RollCall] = {}
    for row in found.order_by("-ended_at", "-id"):
        newest.setdefault((row.site_id, row.night), row)
    return list(newest.values())


def last_ended(site: Site) -> RollCall | None:
    """The roll-call of the site that ended last."""
    return RollCall.objects.filter(site=site, state=RollState.ENDED).order_by("-ended_at", "-id").first()


# --- the sheet to mark on --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PersonToCall:
    """Somebody to look for: ``name`` is empty for who may not read it. ``expected``: planned, and not come in yet."""

    stay_id: UUID
    code: str
    name: str
    age: str
    away: bool
    expected: bool


@dataclass(frozen=True, slots=True)
class Room:
    """A space with who should be in it (``id`` None: people without a space), and how many without a name."""

    id: UUID | None
    name: str
    people: tuple[PersonToCall, ...]
    nameless: int

    @property
    def key(self) -> str:
        """The room's id in a page."""
        return str(self.id) if self.id else "none"


def rooms(actor: UUID, roll_call: RollCall) -> list[Room]:
    """The spaces of the site in the order of its list, each with who is registered there; names as far as seen.

    A protected resident whom the reader may not see is among those without a name.
    """
    stays = _to_call(actor, roll_call)
    lines = {line.id: line for line in people.lines(actor, [stay.person_id for stay in stays])}
    by_space: dict[UUID | None, list[PersonToCall]] = {}
    for stay in stays:
        line = lines.get(stay.person_id)
        one = PersonToCall(
            stay_id=stay.pk,
            code=stay.person.code,
            name=line.label if line else "",
            age=line.age if line else "",
            away=stay.state == StayState.AWAY,
            expected=stay.state == StayState.PLANNED,
        )
        by_space.setdefault(stay.space_id, []).append(one)
    numbers = comparing.by_number(roll_call)
    shown = {stay.pk for stay in stays}
    numbers.update(stay.space_id for stay in occupancy.sleeping(roll_call.site_id) if stay.pk not in shown)
    return list(_rooms(occupancy.read(roll_call.site_id), by_space, numbers))


def _to_call(actor: UUID, roll_call: RollCall) -> list[Stay]:
    """Who stays there, who is expected that night, and whoever was marked and is neither; nobody protected from one."""
    there = Q(state__in=OPEN, disputed=False) | Q(state=StayState.PLANNED, planned_for__lte=roll_call.night)
    marked = Q(pk__in=roll_call.marks.values("stay"))
    open_to = Q(people_access.open_to(actor, "person"))
    rows = Stay.objects.filter(there | marked, open_to, site=roll_call.site_id, voided_at=None, person__anonymous=False)
    return list(rows.select_related("person").order_by("household__number", "person__birth_date", "id"))


def _rooms(
    tree: occupancy.Tree, by_space: dict[UUID | None, list[PersonToCall]], numbers: Counter[UUID | None]
) -> Iterator[Room]:
    for top in tree.tops:
        for node in top.downward():
            some = by_space.pop(node.id, [])
            if some or numbers[node.id] or not node.children:
                name = " · ".join(one.name for one in reversed(list(node.upward())))
                yield Room(node.id, name, tuple(some), numbers[node.id])
    known = set(tree.nodes)
    rest = [one for some in by_space.values() for one in some]
    unplaced = sum(persons for space, persons in numbers.items() if space not in known)
    if rest or unplaced:
        yield Room(None, "", tuple(rest), unplaced)


def state(actor: UUID, roll_call: RollCall) -> dict[str, Any]:
    """What is marked by now, for a page that stays open: ids and numbers, no names but those of colleagues."""
    found = comparing.picture(roll_call)
    shown = {stay.pk for stay in _to_call(actor, roll_call)}
    return {
        "ended": roll_call.ended_at is not None,
        "marks": {
            str(stay): {
                "here": seen.here,
                "space": str(seen.space) if seen.space else None,
                "mine": seen.by == actor,
                "split": seen.split,
            }
            for stay, seen in found.seen.items()
            if stay in shown
        },
        "nameless": {str(space) if space else "none": persons for space, persons in found.counted.items()},
        "people": sorted(map(str, shown)),
        "here": found.here,
        "nameless_here": sum(found.counted.values()),
        "absent": found.absent,
        "unmarked": found.unmarked,
        "registered": len(found.expected) + sum(found.registered.values()),
        "with": others_marking(actor, roll_call),
    }


def others_marking(actor: UUID, roll_call: RollCall) -> list[str]:
    """The colleagues who marked in the last minutes."""
    since = clock.now() - LATELY
    accounts = roll_call.marks.filter(at__gte=since).exclude(by=actor).values_list("by", flat=True).distinct()
    return sorted(names_of(accounts).values())


# --- its differences -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """A difference as its page shows it: ``who`` is empty for people without a name, and where the reader reads none.

    ``acted``: what the stay says was done since, also before it is explained.
    """

    id: UUID
    kind: DifferenceKind
    who: str
    named: bool
    persons: int
    space: str
    registered_space: str
    stay_id: UUID | None
    stay_state: StayState | None
    acted: Acted
    explanation: Explanation | None
    note: str
    settled_at: datetime | None

    @property
    def kind_word(self) -> str:
        return str(self.kind.label)

    @property
    def acted_word(self) -> str:
        return str(self.acted.label) if self.acted else ""

    @property
    def explanation_word(self) -> str:
        return str(self.explanation.label) if self.explanation else ""

    @property
    def likely(self) -> Explanation | None:
        """What explains it most probably, once something was done about it."""
        return _LIKELY.get(self.acted)

    @property
    def may_check_out(self) -> bool:
        return self.named and self.kind is DifferenceKind.REGISTERED_NOT_HERE and self.stay_state in OPEN

    @property
    def may_go_out(self) -> bool:
        in_now = self.stay_state is StayState.IN
        return self.named and self.kind is DifferenceKind.REGISTERED_NOT_HERE and in_now

    @property
    def may_come_back(self) -> bool:
        away = self.stay_state is StayState.AWAY
        return self.named and self.kind is DifferenceKind.HERE_NOT_REGISTERED and away

    @property
    def may_move(self) -> bool:
        return self.named and self.kind is DifferenceKind.OTHER_SPACE and self.acted is not Acted.MOVED

    @property
    def may_check_in(self) -> bool:
        gone = self.stay_state in (StayState.OUT, StayState.PLANNED)
        return (
            self.named
            and self.kind is DifferenceKind.HERE_NOT_REGISTERED
            and gone
            and self.acted is not Acted.CHECKED_IN
        )

    @property
    def may_register(self) -> bool:
        return self.stay_id is None and self.kind is DifferenceKind.HERE_NOT_REGISTERED


_LIKELY: Final = {
    Acted.CHECKED_OUT: Explanation.LEFT_WITHOUT_WORD,
    Acted.WENT_OUT: Explanation.SLEEPS_AT_HOME,
    Acted.CAME_BACK: Explanation.MISTAKE,
    Acted.CHECKED_IN: Explanation.NOT_REGISTERED_YET,
    Acted.MOVED: Explanation.ELSEWHERE_IN_SITE,
}


def differences_of(actor: UUID, roll_call: RollCall) -> list[DifferenceLine]:
    """The differences of a roll-call, those to explain first; names as far as the actor sees them."""
    rows = list(
        roll_call.differences.select_related("stay__person", "stay__space", "space", "roll_call").order_by(
            "settled_at", "kind", "space__place_in_list", "id"
        )
    )
    names = {line.id: line.label for line in people.lines(actor, [row.person_id for row in rows if row.person_id])}
    lines = [_difference(row, names) for row in rows]
    return sorted(lines, key=lambda line: line.settled_at is not None)


def _difference(row: Difference, names: dict[UUID, str]) -> DifferenceLine:
    name = names.get(row.person_id, "") if row.person_id else ""
    stay = row.stay
    return DifferenceLine(
        id=row.pk,
        kind=DifferenceKind(row.kind),
        who=name,
        named=bool(name),
        persons=row.persons,
        space=row.space.name if row.space else "",
        registered_space=stay.space.name if stay and stay.space else "",
        stay_id=row.stay_id,
        stay_state=StayState(stay.state) if stay else None,
        acted=Acted(row.acted) if row.settled_at else comparing.acted(row),
        explanation=Explanation(row.explanation) if row.explanation else None,
        note=open_field(row, "sealed_note"),
        settled_at=row.settled_at,
    )


def words_of_nameless(roll_call: RollCall) -> list[tuple[str, int, str]]:
    """What was said of people without a name: space, how many, words; only where there are words."""
    newest = {}
    for row in roll_call.nameless_counts.select_related("space").order_by("at", "id"):
        newest[row.space_id] = row
    found = []
    for row in newest.values():
        words = open_field(row, "sealed_words")
        if words:
            found.append((row.space.name if row.space else "", row.persons, words))
    return found


def tally_of(lines: Sequence[DifferenceLine]) -> list[tuple[str, str, str, int]]:
    """Differences by kind, explanation and what was recorded, in persons: what a print says without a name."""
    found: Counter[tuple[str, str, str]] = Counter()
    for line in lines:
        found[line.kind_word, line.explanation_word, line.acted_word] += line.persons
    return [(*said, persons) for said, persons in sorted(found.items())]
