"""The log of who looked at whom: every opening, search, list, print and export of people, and its daily measure.

A reading is no verb: nothing of the domain changes. It holds ids and numbers only, and is written before the answer
goes out, so that what could not be logged is not shown. Days are those of the time zone in force.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Final
from uuid import UUID

from django.core.cache import cache
from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from cobijo.accounts import access, notices, queries
from cobijo.accounts.models import Account, Notice, Reading
from cobijo.accounts.types import ROLES, Held, Permission, ReadingKind, Role
from cobijo.core import clock
from cobijo.core.errors import Sentence

LEAST: Final = 30
"""Fewer people than this in a day are never unusual."""
TIMES: Final = 3
"""More than so many times the role's median of the days before is unusual."""
DAYS_BEFORE: Final = timedelta(days=14)
_STEP: Final = 10
"""How often a growing amount is looked at: each time it passes a multiple of this."""
_KEPT_SECONDS: Final = 3600

_words: dict[str, Sentence] = {}


def name_kind(model: str, word: Sentence) -> None:
    """Say what records of a model (``people.person``) are called on the page of readings; apps do in ``ready()``."""
    _words[model] = word


def word_for(model: str) -> str:
    """What records of a model are called."""
    return str(_words.get(model, model))


_reasons: dict[str, Sentence] = {}


def name_reason(code: str, word: Sentence) -> None:
    """Say what a reason is called on the page of readings; apps do in ``ready()``."""
    _reasons[code] = word


def reason_word(code: str) -> str:
    """What a reason is called; the code itself where nobody has said."""
    return str(_reasons.get(code, code))


# --- writing ---------------------------------------------------------------------------------------------------------


def log_reading(
    actor: UUID,
    what: ReadingKind,
    model: str,
    record: UUID | None = None,
    people: int = 0,
    unit: UUID | None = None,
    reason: str = "",
) -> Reading:
    """Write down that somebody looked at people: at one record, or at so many of them.

    ``model`` is a label (``people.person``), ``reason`` a code, no words. The role, and the unit where none is given,
    are those under which the actor sees people. An amount unusual for the role is told to the auditors of the unit.
    """
    held = _capacity(actor, unit)
    reading = Reading.objects.create(
        at=clock.now(),
        actor=actor,
        role=held.role if held else "",
        what=what,
        model=model,
        record=record,
        unit=unit or (held.unit if held else None),
        people=people or (1 if record else 0),
        reason=reason,
    )
    _watch(reading)
    return reading


def _capacity(actor: UUID, unit: UUID | None) -> Held | None:
    """The grant in whose name the actor looks: one that shows people, in that very unit if there is one."""
    held = [grant for grant in access.authority(actor).grants if not grant.giving]
    showing = [grant for grant in held if Permission.SEE_PEOPLE in ROLES[grant.role].permissions]
    there = [grant for grant in showing if grant.unit == unit]
    return next(iter([*there, *showing, *held]), None)


def _watch(reading: Reading) -> None:
    """Tell the auditors, once a day and account, of an amount unusual for the role."""
    if not reading.people or not reading.role or reading.unit is None:
        return
    today = timezone.localdate(reading.at)
    mine = Reading.objects.filter(actor=reading.actor, at__gte=_start(today))
    total = mine.aggregate(total=Sum("people"))["total"] or 0
    if total < LEAST or total // _STEP == (total - reading.people) // _STEP:
        return
    usual = _usual_today(reading.role, today)
    if usual is None or not is_unusual(total, usual):
        return
    _tell_once_a_day(notices.UNUSUAL_READING, reading.actor, reading.unit, people=total, usual=round(usual))


def _tell_once_a_day(code: str, actor: UUID, unit: UUID, **about: int) -> None:
    """Tell the auditors of a unit something of an account, unless they were told today."""
    today = _start(timezone.localdate(clock.now()))
    if not Notice.objects.filter(code=code, at__gte=today, about__account=str(actor)).exists():
        notices.tell(queries.accounts_holding(Permission.AUDIT, unit), code, account=actor, **about)


def _usual_today(role: str, today: date) -> float | None:
    key = f"accounts.usual:{role}:{today.isoformat()}"
    kept: tuple[float | None] | None = cache.get(key)
    if kept is None:
        rows = Reading.objects.filter(role=role, at__gte=_start(today - DAYS_BEFORE), at__lt=_start(today))
        kept = (usual(account_days(rows), role, today),)
        cache.set(key, kept, _KEPT_SECONDS)
    return kept[0]


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


# --- so many in a while ----------------------------------------------------------------------------------------------


def room_for(actor: UUID, what: ReadingKind, most: int, seconds: int) -> int:
    """How many readings of a kind an account may still make, of ``most`` in the last so many seconds.

    Ask in a transaction and log them there: whoever asks for the same account meanwhile waits for its end.
    """
    Account.objects.select_for_update(no_key=True).filter(pk=actor).first()
    since = clock.now() - timedelta(seconds=seconds)
    return max(0, most - Reading.objects.filter(actor=actor, what=what, at__gt=since).count())


def tell_of_limit(actor: UUID, most: int) -> None:
    """Tell the auditors, once a day and account, that ``room_for`` left no room."""
    held = _capacity(actor, None)
    if held is not None:
        _tell_once_a_day(notices.SHOWN_OFTEN, actor, held.unit, most=most)


# --- measuring -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AccountDay:
    """What one account looked at in one day, in one role."""

    day: date
    role: str
    actor: UUID
    readings: int
    people: int


@dataclass(frozen=True, slots=True)
class RoleDay:
    """A day of a role. ``usual`` is the median of one account's day over the fourteen days before; None without any."""

    day: date
    role: str
    accounts: int
    readings: int
    people: int
    most: int
    usual: float | None
    unusual: tuple[UUID, ...]

    @property
    def role_word(self) -> str:
        return str(Role(self.role).label) if self.role else ""


def is_unusual(people: int, usual: float | None) -> bool:
    """Whether so many people in one account's day are out of the ordinary for a role whose median is ``usual``."""
    return usual is not None and people >= LEAST and people > TIMES * usual


def account_days(rows: QuerySet[Reading]) -> list[AccountDay]:
    """These readings summed by day, role and account, in one query."""
    summed = (
        rows.annotate(day=TruncDate("at"))
        .values_list("day", "role", "actor")
        .annotate(readings=Count("id"), people=Sum("people"))
        .order_by("day", "role", "actor")
    )
    return [AccountDay(*row) for row in summed]


def usual(days: Iterable[AccountDay], role: str, day: date) -> float | None:
    """The median of people one account of a role looked at in a day, over the fourteen days before ``day``."""
    before = [one.people for one in days if one.role == role and day - DAYS_BEFORE <= one.day < day]
    return median(before) if before else None


def by_role(rows: QuerySet[Reading], last: date, count: int) -> list[RoleDay]:
    """The daily measure by role of the ``count`` days that end with ``last``, newest day first."""
    first = last - timedelta(days=count - 1)
    days = account_days(rows.filter(at__gte=_start(first - DAYS_BEFORE), at__lt=_start(last + timedelta(days=1))))
    parts: dict[tuple[date, str], list[AccountDay]] = {}
    for one in days:
        if one.day >= first:
            parts.setdefault((one.day, one.role), []).append(one)
    found = [_role_day(part, usual(days, role, day)) for (day, role), part in parts.items()]
    return sorted(found, key=lambda one: (-one.day.toordinal(), one.role))


def _role_day(part: list[AccountDay], usual_of_role: float | None) -> RoleDay:
    return RoleDay(
        day=part[0].day,
        role=part[0].role,
        accounts=len(part),
        readings=sum(one.readings for one in part),
        people=sum(one.people for one in part),
        most=max(one.people for one in part),
        usual=usual_of_role,
        unusual=tuple(one.actor for one in part if is_unusual(one.people, usual_of_role)),
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which readings an auditor asks for; what is None is not asked for."""

    day: date | None = None
    actor: UUID | None = None
    role: str | None = None
    what: str | None = None


def asked_for(actor: UUID, wanted: Wanted) -> QuerySet[Reading]:
    """The readings in the units the actor audits that fit, newest first."""
    rows = access.visible_to(actor, Reading.objects.order_by("-at", "-id"))
    if wanted.day:
        rows = rows.filter(at__gte=_start(wanted.day), at__lt=_start(wanted.day + timedelta(days=1)))
    given: Mapping[str, object] = {"actor": wanted.actor, "role": wanted.role, "what": wanted.what}
    return rows.filter(**{name: value for name, value in given.items() if value})
