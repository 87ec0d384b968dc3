"""Break-glass: one record opened beyond one's scope, for four hours, told to others and reviewed."""

from datetime import timedelta
from typing import Annotated, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.accounts.queries import accounts_holding
from cobijo.accounts.services import declare_notice, tell
from cobijo.accounts.types import Permission
from cobijo.algorithms import text
from cobijo.core import clock, rows
from cobijo.core.models import Intent
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALONE, DECISION, FREE, HERE, PLAIN, SECOND, Act, verb
from cobijo.people import access, index, sealing
from cobijo.people.models import BreakGlass, NamedWorker, Person, SearchKey
from cobijo.people.refusals import NO_WORDS, OPENED_OFTEN, REVIEWED

OPEN_FOR: Final = timedelta(hours=4)
TRIES, WITHIN = 5, timedelta(days=1)
NAME = "people.break_glass"

OPENED: Final = declare_notice(
    "people.record_opened",
    _("{by}, at {unit}, opened one record beyond their own people for four hours. Review whether it was justified."),
)
SOUGHT: Final = declare_notice(
    "people.record_sought", _("{by}, at {unit}, tried to open a record beyond their own people and found none.")
)


@verb(
    NAME,
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"code": FREE, "why": FREE},
    says=_("Record opened from elsewhere"),
)
def break_glass(
    act: Act,
    *,
    break_glass_id: UUID,
    unit_id: UUID,
    code: Annotated[str, Field(min_length=4, max_length=40)],
    why: Annotated[str, Field(max_length=2_000)],
) -> BreakGlass | None:
    """Open one person's record, named by their code or the number of a document, for four hours.

    The unit's auditors are told, and whoever manages a unit that knows the person or is named to see them. An attempt
    that finds nobody is kept and told like one that does, and gives None; five attempts a day, so that this is no way
    to ask who is registered.
    """
    if not text.clean(why):
        raise NO_WORDS.about("why")
    tries = Intent.objects.filter(verb=NAME, actor=act.actor, recorded_at__gt=clock.now() - WITHIN)
    if tries.count() >= TRIES:
        raise OPENED_OFTEN(limit=TRIES)
    person = _named_by(code)
    if person is None:
        _tell(act, SOUGHT, unit_id, _answerable(unit_id))
        return None
    where = sealing.place(BreakGlass, break_glass_id, "sealed_reason")
    now = clock.now()
    opening = rows.add(
        BreakGlass(
            id=break_glass_id,
            person=person,
            account_id=act.actor,
            unit_id=unit_id,
            sealed_reason=sealing.close(text.clean(why), person.id, where, Purpose.SECURITY),
            starts_at=now,
            ends_at=now + OPEN_FOR,
        )
    )
    _tell(act, OPENED, unit_id, _answerable(unit_id) | _closest_to(person))
    return opening


def _tell(act: Act, code: str, unit_id: UUID, accounts: set[UUID]) -> None:
    """Tell all these but the one who acts; where that is fewer than two, those who run the response too."""
    told = accounts - {act.actor}
    if len(told) < 2:
        told |= set(accounts_holding(Permission.RUN_RESPONSE, unit_id)) - {act.actor}
    tell(told, code, by=act.actor, unit=unit_id)


def _answerable(unit_id: UUID) -> set[UUID]:
    """The auditors and managers of the unit in whose name a record is opened."""
    return {*accounts_holding(Permission.AUDIT, unit_id), *accounts_holding(Permission.MANAGE_SITE, unit_id)}


def _closest_to(person: Person) -> set[UUID]:
    """Who is named to see a protected person; of any other, who manages a unit that knows them."""
    named = NamedWorker.objects.filter(protection__person=person, protection__ends_at=None)
    if named.exists():
        return set(named.values_list("account_id", flat=True))
    return {one for unit in access.units_knowing(person.id) for one in accounts_holding(Permission.MANAGE_SITE, unit)}


def _named_by(written: str) -> Person | None:
    """The one person of this code or document; None where there is none, or where a document is more than one's."""
    kinds = SearchKey.Kind
    code, document = index.compact_code(written).encode(), index.compact_document("", "", written).encode()
    for kind, key in ((kinds.CODE, code), (kinds.DOCUMENT, document)):
        found = Person.objects.filter(search_entry__keys__kind=kind, search_entry__keys__key=key)[:2]
        if len(found) == 1:
            return found[0]
    return None


@verb(
    "people.review_break_glass",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=SECOND,
    purpose=Purpose.SECURITY,
    personal={"justified": PLAIN},
    decides_on="break_glass_id",
    says=_("Opening reviewed"),
)
def review_break_glass(act: Act, *, break_glass_id: UUID, justified: bool) -> None:
    """Say whether an opening was justified. Never by the one who opened."""
    opening = BreakGlass.objects.select_for_update().get(pk=break_glass_id)
    if opening.reviewed_at is not None:
        raise REVIEWED()
    rows.change(opening, reviewed_by_id=act.actor, reviewed_at=clock.now(), justified=justified)
