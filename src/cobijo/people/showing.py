"""What the person present shows, a card or a document, and whether it leads to somebody beyond the actor's sight.

The only way by which a desk learns of people it does not see (TRUST.md): what is shown cannot be guessed, or was seen
and recorded as seen. Each thing asked about is logged, met or not, and counted. The same queries run whether there is
somebody or not; who is protected is met by nobody.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from cobijo.accounts import access as authority
from cobijo.accounts.services import log_reading, room_for, tell_of_limit
from cobijo.accounts.types import Permission, ReadingKind
from cobijo.core import keys

Thing = tuple[str, ...]
"""What was shown, as it is compared."""

_PERSON: Final = "people.person"


def ask(
    actor: UUID, shown: Collection[Thing], met: Callable[[Collection[Thing]], Mapping[Thing, UUID]]
) -> dict[Thing, bool]:
    """Whether each of these leads to somebody, whom ``met`` names; left out is what is not asked about.

    Nothing is where the actor registers nowhere, and no more than the limit allows. The same thing asked about again
    within the time of the limit is neither counted nor logged a second time; neither it nor the answer is kept.
    """
    if not shown or not authority.authority(actor).has(Permission.REGISTER):
        return {}
    most, seconds = settings.SHOWN_LIMIT
    marks = {one: _mark(actor, one) for one in dict.fromkeys(shown)}
    with transaction.atomic():
        room = room_for(actor, ReadingKind.SHOWN, most, seconds)
        known = cache.get_many(marks.values())
        news = [one for one, mark in marks.items() if mark not in known]
        fresh, left = news[:room], set(news[room:])
        asked = [one for one in marks if one not in left]
        found = met(asked)
        _note(actor, fresh, found)
        cache.set_many({marks[one]: True for one in fresh}, seconds)
        if left:
            tell_of_limit(actor, most)
    return {one: one in found for one in asked}


def _mark(actor: UUID, shown: Thing) -> str:
    """By what it is remembered that an account asked: a key of the cache from which nothing can be read."""
    return f"people.shown:{keys.keyed_hash(keys.SHOWN, chr(31).join((actor.hex, *shown)).encode())}"


def _note(actor: UUID, asked: Sequence[Thing], found: Mapping[Thing, UUID]) -> None:
    """One reading for each, of one person, met or not: neither the amount nor the time tells which."""
    for one in asked:
        log_reading(actor, ReadingKind.SHOWN, _PERSON, record=found.get(one), people=1)
