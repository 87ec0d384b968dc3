"""The story told in verbs: each act at its moment, by someone who may, with the domain's clock moved there."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from cobijo.core import clock, operations, seals
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Act, Door
from cobijo.demo import choosing
from cobijo.demo.families import Family, Makers, Member
from cobijo.demo.papers import Papers
from cobijo.demo.places import Places, command
from cobijo.demo.story import Arrival, Birth, Leaving, Move, Outing, Story
from cobijo.people import services as people
from cobijo.people.types import BirthIn, Kinship, NeedCode, PersonIn
from cobijo.sites import services as sites
from cobijo.sites.types import ArrivingIn, OutReason, SiteStatus, TransferArrivalIn

ZONE = ZoneInfo("America/Guatemala")
DAWN: Final = time(6)
DAYTIME: Final = (time(7), time(17))
ERUPTION: Final = date(2018, 6, 3)
FIRST_EVENING: Final = (time(15), time(23))
MORNING_AFTER: Final = timedelta(hours=15)
"""How long after it happened a late entry is made."""
GIVEN_BACK: Final = "Vacío; la escuela se devuelve (deducido, ninguna fuente lo dice)."

Do = Callable[[], None]


@dataclass(slots=True)
class Sheltered:
    """A family as it stands: where it is, its room, and each member with their open stay, in the family's order.

    ``bound``: something is settled for them, so nothing else is chosen. ``left_at``: when they went for good.
    """

    family: Family
    site: str
    room: UUID | None
    people: list[UUID]
    stays: list[UUID]
    bound: bool = False
    left_at: datetime | None = None

    def __len__(self) -> int:
        return len(self.stays)


def local(day: date, at: time) -> datetime:
    """A moment in Guatemala, in UTC."""
    return datetime.combine(day, at, ZONE).astimezone(UTC)


def at_moment(moment: datetime) -> None:
    """Move the domain's clock there."""
    clock.move(moment - datetime.now(UTC))


class Replay:
    """Tells the story up to a night. ``told`` counts the acts; ``left`` are the families that went for good."""

    def __init__(self, story: Story, places: Places, seed: int) -> None:
        self._story = story
        self._places = places
        self._draw = random.Random(seed)  # noqa: S311 - fictitious people, not secrets
        self._makers = Makers(self._draw)
        self._papers = Papers(self._draw)
        self._due: list[tuple[datetime, int, Do]] = []
        self._number = count()
        self._until = local(ERUPTION, time())
        self.sheltered: list[Sheltered] = []
        self.left: list[Sheltered] = []
        self.told = 0

    def tell(self, until: datetime, said: Callable[[int, int], None]) -> None:
        """Do every act before ``until`` in the order of time, each day sealed when the next begins.

        ``said`` hears how many are done, and of how many.
        """
        self._until, before = until, until
        self._settle()
        while self._due:
            moment, _number, do = heappop(self._due)
            if moment.date() > before.date():
                seals.seal_waiting()
            before = moment
            at_moment(moment)
            do()
            self.told += 1
            said(self.told, self.told + len(self._due))

    def staying(self, site: str) -> list[Sheltered]:
        """The families at a site for whom nothing is settled yet."""
        return [one for one in self.sheltered if one.site == site and not one.bound]

    # --- what is due -------------------------------------------------------------------------------------------------

    def _at(self, moment: datetime, do: Do) -> None:
        """Have something done at a moment; what comes after the last evening is not told."""
        if moment < self._until:
            heappush(self._due, (moment, next(self._number), do))

    def _settle(self) -> None:
        """Everything whose moment is known beforehand."""
        for site in self._story.sites:
            if site.opens:
                self._at(local(site.opens, DAWN), partial(self._set_status, site.key, SiteStatus.OPEN, ""))
            if site.closes:
                self._at(local(site.closes, DAWN), partial(self._set_status, site.key, SiteStatus.CLOSED, GIVEN_BACK))
        for arrival in self._story.arrivals:
            self._expect(arrival)
        for move in self._story.moves:
            self._at(local(move.day, DAYTIME[0]), partial(self._move, move))
        for leaving in self._story.leavings:
            self._at(local(leaving.first, DAWN), partial(self._choose_leaving, leaving))
        for birth in self._story.births:
            self._at(local(birth.day, DAYTIME[0]), partial(self._bear, birth))
        for outing in self._story.outings:
            for moment in self._moments(outing, outing.times):
                self._at(moment, partial(self._go_out, outing.site))

    def _moments(self, between: Arrival | Leaving | Outing, times: int) -> list[datetime]:
        """So many moments by day between two days, in order."""
        days = (between.last - between.first).days + 1
        return sorted(self._moment(between.first + timedelta(days=self._draw.randrange(days))) for _ in range(times))

    def _moment(self, day: date) -> datetime:
        starts, ends = FIRST_EVENING if day == ERUPTION else DAYTIME
        return local(day, starts) + timedelta(minutes=self._draw.randrange((ends.hour - starts.hour) * 60))

    def _act(self, site: str, **given: Any) -> Act:
        return operations.act_of(self._places.registrar_of(site), Door.DESK, **given)

    def _set_status(self, site: str, status: SiteStatus, why: str) -> None:
        sites.set_status(command(), status_id=uuid7(), site_id=self._places.site[site], status=status, why=why)

    # --- arriving ----------------------------------------------------------------------------------------------------

    def _expect(self, arrival: Arrival) -> None:
        families = self._makers.families(
            arrival.people, arrival.households, arrival.minors, arrival.first, arrival.places
        )
        later = MORNING_AFTER if arrival.late else timedelta()
        for moment, family in zip(self._moments(arrival, len(families)), families, strict=True):
            self._at(moment + later, partial(self._receive, arrival.site, family, moment))

    def _receive(self, site: str, family: Family, came: datetime) -> None:
        room = self._places.room_for(site)
        members = [self._arriving(family, member, room) for member in family.members]
        sites.receive_household(
            self._act(site, happened_at=came),
            household_id=uuid7(),
            site_id=self._places.site[site],
            members=members,
        )
        self._places.enter(room, len(family))
        persons, stays = [one.person_id for one in members], [one.stay_id for one in members if one.stay_id]
        self.sheltered.append(Sheltered(family, site, room, persons, stays))

    def _arriving(self, family: Family, member: Member, room: UUID | None) -> ArrivingIn:
        return ArrivingIn(
            person_id=uuid7(),
            given_names=member.given,
            first_surname=member.first,
            second_surname=member.second,
            birth=self._birth(member),
            sex=member.sex,
            nationalities=["GT"],
            languages=self._papers.languages(),
            origin_place=family.place,
            documents=self._papers.documents(member),
            phones=self._papers.phones() if member.kinship is Kinship.HEAD else [],
            needs=member.needs,
            kinship=member.kinship,
            stay_id=uuid7(),
            space_id=room,
        )

    def _birth(self, member: Member) -> BirthIn:
        """Most know their day of birth; some old people say an age."""
        if member.years > 55 and self._draw.random() < 0.3:
            return BirthIn(age_years=member.years)
        return BirthIn(day=member.born.day, month=member.born.month, year=member.born.year)

    def _bear(self, birth: Birth) -> None:
        """A child is born to a woman who is pregnant, as far as the door knows of one."""
        mothers = [(one, at) for one in self.staying(birth.site) for at in one.family.mothers()]
        expecting = [(one, at) for one, at in mothers if one.family.members[at].pregnant]
        one, at = self._draw.choice(expecting or mothers)
        child = self._makers.newborn(one.family, birth.day)
        person, stay = uuid7(), uuid7()
        born = PersonIn(
            person_id=person,
            given_names=child.given,
            newborn_unnamed=not child.given,
            first_surname=child.first,
            second_surname=child.second,
            sex=child.sex,
            nationalities=["GT"],
            needs=child.needs,
        )
        sites.register_birth(self._act(birth.site), child=born, mother_id=one.people[at], stay_id=stay)
        people.set_needs(self._act(birth.site), person_id=one.people[at], needs=[NeedCode.NURSING], wants_private=False)
        self._places.enter(one.room, 1)
        one.family.members.append(child)
        one.people.append(person)
        one.stays.append(stay)

    # --- going out and coming back -----------------------------------------------------------------------------------

    def _go_out(self, site: str) -> None:
        """The head of a family goes to work or on an errand, some over night."""
        one = self._draw.choice(self.staying(site))
        one.bound = True
        back = clock.now() + timedelta(hours=self._draw.choice((2, 3, 5, 24)))
        sites.step_out(self._act(site), absence_id=uuid7(), stay_id=one.stays[0], expected_back=back)
        self._at(back, partial(self._come_back, one))

    def _come_back(self, one: Sheltered) -> None:
        sites.come_back(self._act(one.site), stay_id=one.stays[0])
        one.bound = False

    # --- moving and leaving ------------------------------------------------------------------------------------------

    def _chosen(self, site: str, people: int, households: int | None) -> list[Sheltered]:
        there = self.staying(site)
        return [there[at] for at in choosing.whole([len(one) for one in there], people, households, self._draw)]

    def _move(self, move: Move) -> None:
        began = clock.now()
        for at, one in enumerate(self._chosen(move.origin, move.people, move.households)):
            at_moment(began + timedelta(minutes=2 * at))
            self._transfer(one, move.to, move.day)

    def _transfer(self, one: Sheltered, to: str, day: date) -> None:
        transfer = uuid7()
        sites.propose_transfer(
            self._act(one.site),
            transfer_id=transfer,
            to_site_id=self._places.site[to],
            stay_ids=one.stays,
            travels_on=day,
        )
        room = self._places.room_for(to)
        arrivals = [TransferArrivalIn(from_stay_id=stay, new_stay_id=uuid7(), space_id=room) for stay in one.stays]
        sites.accept_transfer(
            self._act(to), transfer_id=transfer, arrivals=arrivals, override="demostración: espacio supuesto"
        )
        self._places.leave(one.room, len(one))
        self._places.enter(room, len(one))
        one.site, one.room, one.stays = to, room, [arrival.new_stay_id for arrival in arrivals]

    def _choose_leaving(self, leaving: Leaving) -> None:
        """The families are chosen when the first leaves, from those who are there then."""
        going = self._chosen(leaving.site, leaving.people, None)
        later = MORNING_AFTER if leaving.late else timedelta()
        for moment, one in zip(self._moments(leaving, len(going)), going, strict=True):
            one.bound = True
            self._at(moment + later, partial(self._check_out, one, OutReason(leaving.reason), moment))

    def _check_out(self, one: Sheltered, reason: OutReason, went: datetime) -> None:
        sites.check_out(self._act(one.site, happened_at=went), stay_ids=one.stays, reason=reason)
        self._places.leave(one.room, len(one))
        self.sheltered.remove(one)
        one.left_at = went
        self.left.append(one)
