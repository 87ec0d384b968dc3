"""What the gate shows: who a card or code means, who of their household is out, what was recorded just now."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from cobijo.accounts.services import log_reading
from cobijo.accounts.types import ReadingKind
from cobijo.algorithms import cards, codes
from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.people import access as people_access
from cobijo.people import queries as people
from cobijo.people.queries.who import people_by_id
from cobijo.sites.gate.access import at_gate
from cobijo.sites.gate.models import Passage, Visit
from cobijo.sites.gate.refusals import CARD_ENDED, CARD_FREE, NOBODYS_HERE
from cobijo.sites.gate.types import MEALS_END, UNDONE_WITHIN, VISITS_KEPT, Meal, VisitState, Way
from cobijo.sites.models import Absence, Site, Stay
from cobijo.sites.sealing import open_field
from cobijo.sites.types import Flag, StayState

UNKNOWN_CARD: Final = "people.card_unknown"
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class GateLine:
    """Somebody who stays here, as the gate sees them: ``name`` is empty for who may not read it.

    ``since``: when they came in or went out last, as recorded; ``child`` None: age not known.
    """

    stay_id: UUID
    code: str
    name: str
    photo: UUID | None
    away: bool
    since: datetime | None
    expected_back: datetime | None
    overdue: bool
    child: bool | None
    disputed: bool

    @property
    def likeliest(self) -> Way:
        """What they most probably do now."""
        return Way.IN if self.away else Way.OUT


@dataclass(frozen=True, slots=True)
class GateView:
    """Whom a card or code means, and those of the household who stay here too.

    ``leaves_with``: the codes of grown-ups of the household, where somebody of ``shown`` is a child.
    """

    shown: tuple[GateLine, ...]
    mates: tuple[GateLine, ...]
    household: str
    leaves_with: tuple[str, ...]
    child_shown: bool
    meal: Meal

    @property
    def people(self) -> int:
        return len(self.shown) + len(self.mates)

    @property
    def out(self) -> int:
        """How many of them are temporarily out."""
        return sum(line.away for line in (*self.shown, *self.mates))


def scan(actor: UUID, site: Site, text: str) -> GateView:
    """Whom a card as scanned, its number or a person's code means at this gate; logged, found or not.

    Raises NOBODYS_HERE alike for what is unknown, another site's, or somebody's who has left; CARD_ENDED and CARD_FREE
    for cards of this house; NOT_A_CARD, NUMBER_SLIP and NOT_OURS by the text alone.
    """
    here = at_gate(actor, site.pk)
    stays = _loaded(here.filter(person__in=_meant(actor, site, text, here)))
    if not stays:
        raise NOBODYS_HERE.about("card")
    return _view(actor, site, here, stays)


def _meant(actor: UUID, site: Site, text: str, here: QuerySet[Stay]) -> Collection[UUID]:
    """The ids of people a text means, of those who stay here."""
    staying = here.values("person_id")
    number = _code(text)
    if number is not None:
        found = list(here.filter(person__number=number).values_list("person_id", flat=True))
        log_reading(actor, ReadingKind.SCAN, "sites.stay", people=len(found), unit=site.pk)
        return found
    try:
        card = people.shown_at_gate(actor, text, site.pk, staying)
    except DomainError as refused:
        raise NOBODYS_HERE.about("card") if refused.code == UNKNOWN_CARD else refused from None
    if card.is_free:
        raise CARD_FREE.about("card")
    if not card.is_live:
        raise CARD_ENDED.about("card")
    if card.person_id is not None:
        return [card.person_id]
    family = here.filter(household=card.household_id).filter(people_access.unprotected("person"))
    return list(family.values_list("person_id", flat=True))


def _code(text: str) -> int | None:
    """The number of a person's code as typed; None for what is no such code."""
    if cards.is_scanned(text) or cards.looks_like_number(text):
        return None
    try:
        return codes.decode(text)
    except codes.BadCode:
        return None


def _loaded(stays: QuerySet[Stay]) -> list[Stay]:
    return list(stays.select_related("person", "household").order_by("person__birth_date", "id"))


def _view(actor: UUID, site: Site, here: QuerySet[Stay], shown: Sequence[Stay]) -> GateView:
    homes = {stay.household_id for stay in shown if stay.household_id}
    others = here.filter(household__in=homes).filter(people_access.unprotected("person"))
    mates = _loaded(others.exclude(pk__in=[stay.pk for stay in shown]))
    lines = lines_of(actor, site, [*shown, *mates])
    first, rest = lines[: len(shown)], lines[len(shown) :]
    grown = [line.name or line.code for line in lines if line.child is False]
    child = any(line.child for line in first)
    home = next((stay.household for stay in shown if stay.household), None)
    return GateView(
        shown=tuple(first),
        mates=tuple(rest),
        household=home.code if home else "",
        leaves_with=tuple(grown) if child else (),
        child_shown=child,
        meal=meal_at(site, clock.now()),
    )


def lines_of(actor: UUID, site: Site, stays: Sequence[Stay]) -> list[GateLine]:
    """Stays as the gate shows them, in a constant number of queries; names only of people the actor sees anyway."""
    ids = [stay.person_id for stay in stays]
    names = {line.id: line.label for line in people.lines(actor, ids)}
    faces, who = people.faces(ids), people_by_id(ids)
    out = dict(Absence.objects.filter(stay__in=stays, back_at=None).values_list("stay_id", "left_at"))
    now = clock.now()
    today = now.astimezone(ZoneInfo(site.zone)).date()
    return [
        GateLine(
            stay_id=stay.pk,
            code=stay.person.code,
            name=names.get(stay.person_id, ""),
            photo=faces.get(stay.person_id),
            away=stay.state == StayState.AWAY,
            since=out.get(stay.pk),
            expected_back=stay.expected_back,
            overdue=stay.state == StayState.AWAY and stay.expected_back is not None and stay.expected_back < now,
            child=who[stay.person_id].is_child(today),
            disputed=stay.disputed,
        )
        for stay in stays
    ]


def meal_at(site: Site, moment: datetime) -> Meal:
    """The meal people take at that hour of the site's clock."""
    hour = moment.astimezone(ZoneInfo(site.zone)).time()
    return next(meal for meal, ends in MEALS_END if hour <= ends)


def face_at_gate(actor: UUID, site_id: UUID, photo_id: UUID) -> bytes:
    """The photo of somebody who stays here; raises NOT_FOUND for any other."""
    picture = people.face(photo_id, at_gate(actor, site_id).values("person_id"))
    log_reading(actor, ReadingKind.OPEN, "people.photo", record=photo_id, unit=site_id)
    return picture


# --- what was recorded -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A passage of the last minutes. ``may_undo``: the reader recorded it and it is not too long ago."""

    id: UUID
    code: str
    name: str
    way: Way
    meal: str
    at: datetime
    odd: tuple[str, ...]
    may_undo: bool


def recent(actor: UUID, site: Site, most: int = 8) -> list[PassageLine]:
    """What was recorded at this gate last, newest first; of those protected from the reader only their own entries."""
    at_gate(actor, site.pk)
    shown = Q(by=actor) | Q(people_access.open_to(actor, "stay__person"))
    found = Passage.objects.filter(shown, site=site, undone_at=None, stay__person__anonymous=False)
    rows = list(found.select_related("stay__person").order_by("-at", "-id")[:most])
    names = {line.id: line.label for line in people.lines(actor, [row.stay.person_id for row in rows])}
    since = clock.now() - UNDONE_WITHIN
    return [
        PassageLine(
            id=row.pk,
            code=row.stay.person.code,
            name=names.get(row.stay.person_id, ""),
            way=Way(row.way),
            meal=row.get_meal_display() if row.meal else "",
            at=row.at,
            odd=tuple(odd_in_words(row.flags)),
            may_undo=row.by == actor and row.at >= since,
        )
        for row in rows
    ]


def odd_in_words(flags: Iterable[str]) -> list[str]:
    """What was odd about a passage, in sentences."""
    return [str(Flag(code).label) for code in flags if code in Flag.values]


def passed_today(site: Site) -> dict[str, int]:
    """How many went out, came in and ate today, on the site's clock."""
    today = clock.today(ZoneInfo(site.zone))
    begins = clock.midnight_ending(today, ZoneInfo(site.zone))
    found = Passage.objects.filter(site=site, undone_at=None, at__gte=begins - _DAY, at__lt=begins)
    ways = list(found.values_list("way", flat=True))
    return {way.value: ways.count(way.value) for way in Way}


# --- visits ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit as those see it who pass messages on. ``told``: who was told, where the reader may see them.

    To whoever may not see that person, the visit waits like one of which nobody was told.
    """

    id: UUID
    at: datetime
    visitor: str
    asked_for: str
    state: VisitState
    told: str
    person_id: UUID | None
    told_at: datetime | None

    @property
    def state_word(self) -> str:
        return str(self.state.label)


def messages_passed(actor: UUID, site: Site, most: int = 6) -> list[datetime]:
    """When messages of visitors were passed on at this gate today: the hours, and nothing else."""
    at_gate(actor, site.pk)
    since = clock.midnight_ending(clock.today(ZoneInfo(site.zone)), ZoneInfo(site.zone)) - _DAY
    return list(Visit.objects.filter(site=site, at__gte=since).order_by("-at").values_list("at", flat=True)[:most])


def visits_waiting(actor: UUID, site: Site) -> list[VisitLine]:
    """The visits nobody has settled, the longest waiting first; the caller has asked whether the actor tells people."""
    since = clock.now() - VISITS_KEPT
    rows = list(Visit.objects.filter(site=site, settled_at=None, at__gte=since).order_by("at", "id"))
    names = {line.id: line.label for line in people.lines(actor, [row.person_id for row in rows if row.person_id])}
    return [_visit(row, names.get(row.person_id, "") if row.person_id else "") for row in rows]


def _visit(row: Visit, told: str) -> VisitLine:
    return VisitLine(
        id=row.pk,
        at=row.at,
        visitor=open_field(row, "sealed_visitor"),
        asked_for=open_field(row, "sealed_asked"),
        state=VisitState(row.state) if told else VisitState.WAITING,
        told=told,
        person_id=row.person_id if told else None,
        told_at=row.told_at if told else None,
    )
