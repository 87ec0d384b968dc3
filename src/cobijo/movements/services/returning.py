"""What somebody says of their return, and the talk in private that comes before they travel on."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cobijo.algorithms.text import clean
from cobijo.core import rows
from cobijo.core.context import current
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, FREE, Act, verb
from cobijo.movements import sealing
from cobijo.movements.models import FollowCall, ReturnRecord, Traveller
from cobijo.movements.refusals import (
    DEPARTED_BEFORE,
    NO_NUMBER_TO_CALL,
    NOT_ASKED,
    NOT_RECEIVED,
    RECORDED_ALREADY,
    TO_COME,
)
from cobijo.movements.rules import centres
from cobijo.movements.types import Private, ReturnIn, Settling, TravellerState
from cobijo.people import services as people
from cobijo.people.types import ScopeReason

AFTER_THE_CALL: Final = timedelta(days=14)
"""For so long after a call is due the centre still knows who agreed to it."""
_AS_SAID: Final = (
    "apprehended_on", "departed_on", "days_detained", "years_abroad", "times_returned", "destination_area_id",
    "needs_night",
)  # fmt: skip
_WORDS: Final = ("authority", "belongings_kept", "destination", "met_by", "contact_phone")


@verb(
    "movements.record_return",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.ASSISTANCE,
    personal={},
    says=_("Return recorded"),
)
def record_return(act: Act, *, traveller_id: UUID, record: ReturnIn) -> ReturnRecord:
    """Keep what somebody says of their return, once or completed later; what is left out the second time stays.

    Ill-treatment and fear are sealed for case workers. Fear of going home shows as a wish to speak in private, and
    nothing else. A call is agreed to with a number.
    """
    traveller = centres.lock_traveller(traveller_id)
    if traveller.person_id is None or traveller.person_id != record.person_id:
        raise NOT_RECEIVED()
    _check(record, centres.day_at(traveller.movement.site, act.happened_at))
    known = ReturnRecord.objects.select_for_update().filter(traveller=traveller).first()
    if known is not None and known.id != record.record_id:
        raise RECORDED_ALREADY()
    said = _said(record)
    if known is not None:
        found = rows.change(known, **said) if said else known
    else:
        found = rows.add(ReturnRecord(id=record.record_id, traveller=traveller, person_id=record.person_id,
                                      at=act.happened_at, **said))  # fmt: skip
    if (record.fear or record.fear_words.strip()) and traveller.private == Private.NO:
        rows.change(traveller, private=Private.ASKED)
    if record.call_id is not None:
        _agree_to_call(act, traveller, record)
    return found


def _check(record: ReturnIn, today: date) -> None:
    for name in ("apprehended_on", "departed_on"):
        said = getattr(record, name)
        if said is not None and said > today:
            raise TO_COME.about(f"record.{name}")
    if record.apprehended_on and record.departed_on and record.departed_on < record.apprehended_on:
        raise DEPARTED_BEFORE.about("record.departed_on")
    if record.call_id is not None and not clean(record.call_phone):
        raise NO_NUMBER_TO_CALL.about("record.call_phone")


def _said(record: ReturnIn) -> dict[str, Any]:
    """The columns that were answered."""
    found: dict[str, Any] = {name: getattr(record, name) for name in _AS_SAID}
    found |= {name: clean(getattr(record, name)) for name in _WORDS}
    left = record.family_left
    family = {"children": left.children, "partner": left.partner, "others": left.others}
    found["family_left"] = {name: many for name, many in family.items() if many is not None}
    found["documents"] = [one.value for one in dict.fromkeys(record.documents)]
    found["country"] = record.country or ""
    for column, words in (("sealed_treatment", record.ill_treatment), ("sealed_fear", record.fear_words)):
        found[column] = sealing.close_words(words, record.person_id, ReturnRecord, record.record_id, column)
    return {name: value for name, value in found.items() if value not in (None, "", b"", [], {})}


def _agree_to_call(act: Act, traveller: Traveller, record: ReturnIn) -> None:
    """A call is due so many days from now; one that is open already takes the new number."""
    number = {
        "phone": clean(record.call_phone),
        "answered_by": clean(record.call_answered_by),
        "hour": record.call_hour.strip(),
    }  # fmt: skip
    open_one = traveller.calls.filter(settled_at=None).first()
    if open_one is not None:
        rows.change(open_one, **number)
        return
    site = traveller.movement.site
    due = centres.day_at(site, act.happened_at) + timedelta(days=centres.centre_at(site.pk).call_after_days)
    rows.add(FollowCall(id=record.call_id, traveller=traveller, person_id=record.person_id, due_on=due, **number))
    until = current().recorded_at + (due - act.happened_at.date()) + AFTER_THE_CALL
    people.know([record.person_id], site.pk, ScopeReason.ARRIVAL, act.happened_at, until)


@verb(
    "movements.settle_private",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.PROTECTION,
    personal={"settled": FREE},
    says=_("Spoken with in private"),
)
def settle_private(act: Act, *, traveller_id: UUID, settled: Settling) -> Traveller:
    """Say, after a talk in private, whether somebody travels on. What was said stays in the case worker's own notes."""
    traveller = centres.lock_traveller(traveller_id)
    if traveller.state not in (TravellerState.HERE, TravellerState.GONE):
        raise NOT_RECEIVED()
    if traveller.private == Private.NO:
        raise NOT_ASKED.about("settled")
    return rows.change(traveller, private=Private(settled.value))
