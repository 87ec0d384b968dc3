"""The story told in verbs: each act at its moment, by someone who may, with the domain's clock moved there."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from cobijo.core import clock, operations
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Act, Door
from cobijo.demo import choosing
from cobijo.demo.families import Family, Makers, Member
from cobijo.demo.papers import Papers
from cobijo.demo.places import Places
from cobijo.demo.story import Arrival, Leaving, Move, Story
from cobijo.people.types import BirthIn, Kinship
from cobijo.sites import services as sites
from cobijo.sites.types import ArrivingIn, OutReason, TransferArrivalIn

ZONE = ZoneInfo("America/Guatemala")
STARTS, ENDS = time(7), time(17)


@dataclass(slots=True)
class Sheltered:
    """A family as it stands: where it is, and the open stay of each member."""

    family: Family
    household: UUID
    site: str
    stays: list[UUID]
    people: list[UUID] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.stays)


Step = tuple[datetime, Callable[[], None]]


def local(day: date, at: time) -> datetime:
    """A moment in Guatemala, in UTC."""
    return datetime.combine(day, at, ZONE).astimezone(UTC)


def at_moment(moment: datetime) -> None:
    """Move the domain's clock there."""
    clock.move(moment - datetime.now(UTC))


class Replay:
    """Tells the story up to a night; ``told`` counts the acts."""

    def __init__(self, story: Story, places: Places, seed: int) -> None:
        self._story = story
        self._places = places
        self._draw = random.Random(seed)  # noqa: S311 - fictitious people, not secrets
        self._makers = Makers(self._draw)
        self._papers = Papers(self._draw)
        self.sheltered: list[Sheltered] = []
        self.told = 0

    def tell(self, until: datetime, said: Callable[[int, int], None]) -> None:
        """Do every act before ``until`` in the order of time; ``said`` hears how far it has come."""
        steps = sorted(self._steps(), key=lambda step: step[0])
        due = [step for step in steps if step[0] < until]
        for done, (moment, do) in enumerate(due, start=1):
            at_moment(moment)
            do()
            self.told += 1
            said(done, len(due))

    def _steps(self) -> Iterator[Step]:
        for arrival in self._story.arrivals:
            yield from self._arrive(arrival)
        for move in self._story.moves:
            yield local(move.day, STARTS), partial(self._move, move)
        for leaving in self._story.leavings:
            yield from self._leave(leaving)

    def _spread(self, first: date, last: date, count: int) -> list[datetime]:
        """So many moments by day between two days, the last of them on the last day."""
        days = (last - first).days + 1
        minutes = (ENDS.hour - STARTS.hour) * 60
        moments = [
            local(first + timedelta(days=self._draw.randrange(days)), STARTS)
            + timedelta(minutes=self._draw.randrange(minutes))
            for _ in range(count)
        ]
        return sorted(moments)

    # --- arriving ----------------------------------------------------------------------------------------------------

    def _arrive(self, arrival: Arrival) -> Iterator[Step]:
        families = self._makers.families(
            arrival.people, arrival.households, arrival.minors, arrival.first, arrival.places
        )
        for moment, family in zip(self._spread(arrival.first, arrival.last, len(families)), families, strict=True):
            yield moment, partial(self._receive, arrival.site, family)

    def _act(self, site: str, **given: Any) -> Act:
        return operations.act_of(self._places.registrar_of(site), Door.DESK, **given)

    def _receive(self, site: str, family: Family) -> None:
        space = self._places.room_for(site, len(family))
        members = [self._arriving(family, member, space) for member in family.members]
        household = uuid7()
        sites.receive_household(
            self._act(site), household_id=household, site_id=self._places.site[site], members=members
        )
        self._places.enter(space, len(family))
        self.sheltered.append(
            Sheltered(
                family,
                household,
                site,
                [one.stay_id for one in members if one.stay_id],
                [one.person_id for one in members],
            )
        )

    def _arriving(self, family: Family, member: Member, space: UUID | None) -> ArrivingIn:
        head = member.kinship is Kinship.HEAD
        return ArrivingIn(
            person_id=uuid7(),
            given_names=member.given,
            first_surname=member.first,
            second_surname=member.second,
            married_name=member.married,
            birth=self._birth(member),
            sex=member.sex,
            nationalities=["GT"],
            languages=self._papers.languages(),
            origin_area_id=None,
            origin_place=family.place,
            documents=self._papers.documents(member),
            phones=self._papers.phones() if head else [],
            needs=member.needs,
            kinship=member.kinship,
            stay_id=uuid7(),
            space_id=space,
        )

    def _birth(self, member: Member) -> BirthIn:
        """Most know their day of birth; some old people say an age."""
        if member.years > 55 and self._draw.random() < 0.3:
            return BirthIn(age_years=member.years)
        return BirthIn(day=member.born.day, month=member.born.month, year=member.born.year)

    # --- moving and leaving ------------------------------------------------------------------------------------------

    def _at(self, site: str) -> list[Sheltered]:
        return [one for one in self.sheltered if one.site == site]

    def _chosen(self, site: str, people: int, households: int | None) -> list[Sheltered]:
        there = self._at(site)
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
        space = self._places.room_for(to, len(one))
        arrivals = [TransferArrivalIn(from_stay_id=stay, new_stay_id=uuid7(), space_id=space) for stay in one.stays]
        sites.accept_transfer(
            self._act(to), transfer_id=transfer, arrivals=arrivals, override="demostración: espacio supuesto"
        )
        self._places.leave(one.site, len(one))
        self._places.enter(space, len(one))
        one.site, one.stays = to, [arrival.new_stay_id for arrival in arrivals]

    def _leave(self, leaving: Leaving) -> Iterator[Step]:
        """The families are chosen when the first leaves, from those who are there then."""
        going: list[Sheltered] = []

        def choose() -> None:
            going.extend(self._chosen(leaving.site, leaving.people, None))

        def leave() -> None:
            if going:
                self._check_out(going.pop(), leaving.reason)

        yield local(leaving.first, STARTS), choose
        moments = self._spread(leaving.first, leaving.last, leaving.people)
        for moment in moments:
            yield max(moment, local(leaving.first, STARTS) + timedelta(minutes=1)), leave

    def _check_out(self, one: Sheltered, reason: str) -> None:
        sites.check_out(self._act(one.site), stay_ids=one.stays, reason=OutReason(reason))
        self._places.leave(one.site, len(one))
        self.sheltered.remove(one)
