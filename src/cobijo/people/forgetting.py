"""What is left of an erased person: a row without a name, so that past nights still add up."""

from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Final
from uuid import UUID, uuid4

from cobijo.accounts.access import COMMAND_LINE
from cobijo.algorithms.ages import BAND_SETS, Birth, cutoffs
from cobijo.core import clock, erasure
from cobijo.core.context import running
from cobijo.core.erasure import erasing
from cobijo.people import hooks
from cobijo.people.identity.models import Merge, Pair
from cobijo.people.models import Person, PersonScope
from cobijo.people.rights.models import RightsRequest
from cobijo.people.types import Precision

DAY: Final = timedelta(days=1)


@erasing.join
def leave_a_figure(subject: UUID) -> None:
    """Put an anonymous person in the place of one who is being erased.

    Written past ``core.rows`` and under a random id that tells no time: the journal, which names the erased id for
    ever, must not say which anonymous row took its place. A record that was merged has no figures of its own.
    """
    person = Person.objects.filter(pk=subject, anonymous=False, merged_into=None).first()
    if person is None:
        return
    birth = coarse(person.birth, *_nights(person))
    anonymous = Person.objects.create(
        id=uuid4(),
        anonymous=True,
        sex=person.sex,
        birth_date=birth.stored(),
        birth_precision=Precision.AGE if birth.latest else Precision.UNKNOWN,
        registered_at=datetime.combine(person.registered_at.date(), time(), person.registered_at.tzinfo),
        registered_unit_id=person.registered_unit_id,
    )
    hooks.replaced(subject, anonymous.pk)


@erasing.join
def forget_what_was_merged(subject: UUID) -> None:
    """Forget the records that were merged into this one, and what was said of it beside others."""
    Pair.objects.filter(second=subject).delete()
    Merge.objects.filter(gone=subject).delete()
    operation = running.get()
    by = operation.act.actor if operation else COMMAND_LINE
    for merged in Person.objects.filter(merged_into=subject).values_list("pk", flat=True):
        erasure.erase(merged, by)


@erasing.join
def leave_their_requests(subject: UUID) -> None:
    """What was asked and answered stands without the person, and without a word of theirs. Written past ``core.rows``:
    no image of it may be kept."""
    requests = RightsRequest.objects.filter(person=subject)
    requests.update(person=None, sealed_words=b"", sealed_reply=b"", language="", asked_by="")


def _nights(person: Person) -> tuple[date, date]:
    """The first and the last night on which the person can have been counted; a day wider, for the zones."""
    now = clock.now()
    spans = list(PersonScope.objects.filter(person=person).values_list("starts_at", "ends_at"))
    starts = [start for start, _ in spans] or [person.registered_at]
    ends = [end or now for _, end in spans] or [now]
    return min(starts).date() - DAY, max(*starts, *ends).date() + DAY


def coarse(birth: Birth, first: date, last: date) -> Birth:
    """A birth that says no more than the age bands do: in every built-in set, the same band on each night.

    It is the latest of all births for which that holds (of those who may be just born, the first night), so nothing of
    the day itself is left. Where a birthday between the nights moves the person from one band to the next, only that
    birthday gives the same figures, and it stays.
    """
    if birth.latest is None:
        return birth
    after, by = date.min, date.max
    for night in _telling_nights(birth.latest, first, last):
        for _code, band_after, band_by in chain.from_iterable(cutoffs(one, night) for one in BAND_SETS.values()):
            if band_after < birth.latest <= band_by:
                after, by = max(after, band_after), min(by, band_by)
    return Birth.on(max(first, after + DAY) if by == date.max else by)


def _telling_nights(born: date, first: date, last: date) -> set[date]:
    """The nights that decide all others: the ends, and both sides of each birthday that begins a band."""
    ages = {band.low for one in BAND_SETS.values() for band in one.bands}
    birthdays = {_birthday(born, age) for age in ages}
    sides = {side for day in birthdays for side in (day - DAY, day)}
    return {first, last} | {night for night in sides if first < night < last}


def _birthday(born: date, age: int) -> date:
    """The day an age in years is completed; who was born on 29 February completes it on 1 March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
