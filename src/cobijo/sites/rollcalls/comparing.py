"""What marks and register say of each other: the numbers of a roll-call's end, and its differences."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from cobijo.core import clock, rows
from cobijo.core.ids import uuid7
from cobijo.people.access import unprotected
from cobijo.sites import occupancy
from cobijo.sites.guests.queries import tallies_of
from cobijo.sites.models import Absence, Stay
from cobijo.sites.rollcalls import marks
from cobijo.sites.rollcalls.marks import Seen
from cobijo.sites.rollcalls.models import Difference, NamelessCount, RollCall
from cobijo.sites.rollcalls.types import Acted, DifferenceKind
from cobijo.sites.types import StayState

Nameless = Mapping[UUID | None, int]


@dataclass(frozen=True, slots=True)
class Picture:
    """What a roll-call found, and the register at that moment. Stays by id; people without a name by space.

    ``expected`` are in by the register, ``away`` temporarily out; ``others`` were marked and are neither. The stays of
    ``protected`` people are on no sheet but that of who may see them: elsewhere they are counted without a name.
    """

    seen: Mapping[UUID, Seen]
    expected: Mapping[UUID, Stay]
    away: Mapping[UUID, Stay]
    others: Mapping[UUID, Stay]
    registered: Nameless
    counted: Nameless
    guests: int
    protected: frozenset[UUID]

    @property
    def here(self) -> int:
        """Those whom somebody saw."""
        return sum(one.here for one in self.seen.values())

    @property
    def absent(self) -> int:
        """Those who should be in and were looked for in vain."""
        return sum(stay in self.seen and not self.seen[stay].here for stay in self.expected)

    @property
    def unmarked(self) -> int:
        """Those who should be in and whom nobody looked for; not who can have been counted without a name."""
        covered = sum(
            min(hidden, max(self.counted.get(space, 0) - self.registered.get(space, 0), 0))
            for space, hidden in self.hidden().items()
        )
        return sum(stay not in self.seen for stay in self.expected) - covered

    def hidden(self) -> Counter[UUID | None]:
        """The protected people nobody marked, by space: those a count without a name can mean."""
        there = [self.expected[stay] for stay in self.protected if stay in self.expected and stay not in self.seen]
        return Counter(stay.space_id for stay in there)

    def most_nameless(self) -> Counter[UUID | None]:
        """The protected people of each space, marked or not: a colleague may have counted them too."""
        return Counter(self.expected[stay].space_id for stay in self.protected if stay in self.expected)


def picture(roll_call: RollCall) -> Picture:
    """What is marked and what is registered: at the end, or now while it goes on."""
    until = roll_call.ended_at
    made = roll_call.marks.all() if until is None else roll_call.marks.filter(at__lte=until)
    seen = marks.settle(made)
    there, away = _register(roll_call)
    marked = Stay.objects.filter(pk__in=seen.keys() - there.keys(), voided_at=None)
    return Picture(
        seen=seen,
        expected={pk: stay for pk, stay in there.items() if pk not in away},
        away={pk: stay for pk, stay in there.items() if pk in away},
        others={stay.id: stay for stay in marked},
        registered=by_number(roll_call),
        counted=newest_counts(roll_call),
        guests=_guests(roll_call),
        protected=frozenset(_protected(roll_call)),
    )


def _protected(roll_call: RollCall) -> Iterator[UUID]:
    there = Stay.objects.filter(site=roll_call.site_id, voided_at=None, in_at__isnull=False)
    yield from there.exclude(unprotected("person")).values_list("pk", flat=True)


def _register(roll_call: RollCall) -> tuple[dict[UUID, Stay], set[UUID]]:
    """The stays that count, and which of them are temporarily out: at the end, or now while it goes on."""
    moment = roll_call.ended_at or clock.now()
    stays = Stay.objects.filter(occupancy.counted_at(moment), site=roll_call.site_id)
    out = Absence.objects.filter(Q(back_at=None) | Q(back_at__gt=moment), stay__in=stays, left_at__lte=moment)
    return {stay.id: stay for stay in stays}, set(out.values_list("stay_id", flat=True))


def by_number(roll_call: RollCall) -> Counter[UUID | None]:
    """How many people of registered households have no name yet, by space."""
    found: Counter[UUID | None] = Counter()
    for number in occupancy.numbers(roll_call.site_id, roll_call.ended_at):
        found[number.space_id] += number.persons
    return found


def newest_counts(roll_call: RollCall) -> Nameless:
    """How many without a name were counted in each space, by the newest count of each."""
    counts = NamelessCount.objects.filter(roll_call=roll_call)
    if roll_call.ended_at is not None:
        counts = counts.filter(at__lte=roll_call.ended_at)
    return {one.space_id: one.persons for one in counts.order_by("at", "id")}


def _guests(roll_call: RollCall) -> int:
    tallies = tallies_of(roll_call.site, roll_call.night) if roll_call.site.opens_at else []
    return tallies[0].persons if tallies else 0


# --- the end ---------------------------------------------------------------------------------------------------------


def conclude(roll_call: RollCall) -> None:
    """Keep the numbers of a roll-call's end, and make its differences.

    Done again for marks that come late: differences that are explained stay as they are, open ones are made anew.
    """
    found = picture(roll_call)
    numbers = {
        "here": found.here,
        "absent": found.absent,
        "nameless_here": sum(found.counted.values()),
        "unmarked": found.unmarked,
        "markers": roll_call.marks.values("by").distinct().count(),
        "registered": len(found.expected) + len(found.away) + sum(found.registered.values()),
        "nameless": sum(found.registered.values()),
        "away": len(found.away),
        "guests": found.guests,
    }
    rows.change(roll_call, **numbers)
    explained = roll_call.differences.exclude(settled_at=None)
    settled = {(one.stay_id, None if one.stay_id else one.space_id) for one in explained}
    rows.remove(roll_call.differences.filter(settled_at=None))
    found_now = _differences(roll_call, found)
    new = [one for one in found_now if (one.stay_id, None if one.stay_id else one.space_id) not in settled]
    if new:
        rows.add(*new)


def _differences(roll_call: RollCall, found: Picture) -> Iterator[Difference]:
    for stay_id, seen in found.seen.items():
        kind = _kind(found, stay_id, seen)
        stay = found.expected.get(stay_id) or found.away.get(stay_id) or found.others.get(stay_id)
        if kind is None or stay is None:
            continue
        space = seen.space or stay.space_id if seen.here else stay.space_id
        yield Difference(
            id=uuid7(), roll_call=roll_call, kind=kind, stay=stay, person_id=stay.person_id, space_id=space
        )
    yield from _of_nameless(roll_call, found)


def _kind(found: Picture, stay_id: UUID, seen: Seen) -> DifferenceKind | None:
    if stay_id not in found.expected:
        return DifferenceKind.HERE_NOT_REGISTERED if seen.here else None
    if not seen.here:
        return DifferenceKind.REGISTERED_NOT_HERE
    elsewhere = seen.space is not None and seen.space != found.expected[stay_id].space_id
    return DifferenceKind.OTHER_SPACE if elsewhere else None


def _of_nameless(roll_call: RollCall, found: Picture) -> Iterator[Difference]:
    """People without a name, space by space where somebody counted them; guests of the night are none too many."""
    spare, least, most = found.guests, found.hidden(), found.most_nameless()
    for space, persons in sorted(found.counted.items(), key=lambda pair: str(pair[0])):
        known = found.registered.get(space, 0)
        more = max(persons - known - most[space], 0) - max(known + least[space] - persons, 0)
        if more > 0:
            guests = min(more, spare)
            more, spare = more - guests, spare - guests
        if more:
            kind = DifferenceKind.HERE_NOT_REGISTERED if more > 0 else DifferenceKind.REGISTERED_NOT_HERE
            yield Difference(id=uuid7(), roll_call=roll_call, kind=kind, space_id=space, persons=abs(more))


# --- what was done about it ------------------------------------------------------------------------------------------


def acted(difference: Difference) -> Acted:
    """What the stay of a difference says was done since the roll-call; of nobody by name nothing is known."""
    stay = difference.stay
    if stay is None:
        return Acted.NOTHING
    since = difference.roll_call.ended_at
    if difference.kind == DifferenceKind.REGISTERED_NOT_HERE:
        return {StayState.OUT: Acted.CHECKED_OUT, StayState.AWAY: Acted.WENT_OUT}.get(
            StayState(stay.state), Acted.NOTHING
        )
    if difference.kind == DifferenceKind.OTHER_SPACE:
        return Acted.MOVED if stay.space_id == difference.space_id else Acted.NOTHING
    return _came(stay, since is not None and stay.absences.filter(back_at__gte=since).exists())


def _came(stay: Stay, back_since: bool) -> Acted:
    """Of who was here and not registered as here."""
    if back_since:
        return Acted.CAME_BACK
    if stay.state == StayState.IN:
        return Acted.CHECKED_IN
    again = Stay.objects.filter(person=stay.person_id, site=stay.site_id, state=StayState.IN, voided_at=None)
    return Acted.CHECKED_IN if again.exists() else Acted.NOTHING
