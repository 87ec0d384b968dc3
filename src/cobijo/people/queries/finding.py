"""The one door by which people are found: by a word of any name, a code, a document, a telephone.

Two ways lead to the same answer. Who works with few people has those looked through; who works with many has the rarest
of the words looked up first. Either way only what access lets the actor see comes out.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import BinaryField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.algorithms import codes, text
from cobijo.people import access, index
from cobijo.people.models import Person, PersonScope, SearchEntry, SearchKey
from cobijo.people.types import Hit

FEW: Final = 2_000
"""Up to so many people, or so many bearers of the rarest word, are looked through one by one."""
LEAST_DIGITS: Final = 4
_DIALLED: Final = frozenset("+-()./ ")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One key to meet: whole, or by its beginning."""

    kind: SearchKey.Kind
    key: bytes
    begins: bool

    @property
    def met(self) -> Q:
        """The condition on ``SearchKey`` rows, in a form the index by key answers."""
        if not self.begins:
            return Q(kind=self.kind, key=self.key)
        return Q(kind=self.kind, key__gte=self.key, key__lt=self.key[:-1] + bytes([self.key[-1] + 1]))


Found = dict[int, bytes]
"""Entries found, each with the key that put it in its place among the others."""


def search(actor: UUID, words: str, *, unit: UUID | None = None, limit: int = 25) -> list[Hit]:
    """People the actor may see who fit the words, at most ``limit``, found by code, document or telephone first.

    Several words must all fit one person's names, the last as far as it is typed; case and accents do not matter.
    ``unit`` narrows to people known at a unit of the actor's and below.
    """
    hits: dict[UUID, list[str]] = {}
    people = _People(actor, unit)
    for ways in _ways(words):
        for person in _find(people, ways, limit):
            hits.setdefault(person, []).append(ways[0].kind.name.lower())
    return [Hit(person, tuple(why)) for person, why in list(hits.items())[:limit]]


# --- reading the words -----------------------------------------------------------------------------------------------


def _ways(words: str) -> list[list[Wanted]]:
    """What the words may mean; within one meaning every key must be met."""
    ways = [[one] for one in (_as_code(words), _as_document(words), _as_phone(words)) if one is not None]
    tokens = list(dict.fromkeys(text.tokens(words)))
    if tokens:
        *whole, last = [token.encode() for token in tokens]
        name = SearchKey.Kind.NAME
        ways.append([Wanted(name, last, True), *(Wanted(name, one, False) for one in whole)])
    return ways


def _as_code(words: str) -> Wanted | None:
    """A code or its beginning. Without a digit it could be a name: then only if the check character fits."""
    compact = index.compact_code(words)
    typed_digit = any(char.isdigit() for char in words)
    if codes.looks_like_code(words) or (typed_digit and 3 <= len(compact) <= 7):
        return Wanted(SearchKey.Kind.CODE, compact.encode(), True)
    return None


def _as_document(words: str) -> Wanted | None:
    compact = index.compact_document("", "", words)
    if sum(char.isdigit() for char in compact) < LEAST_DIGITS:
        return None
    return Wanted(SearchKey.Kind.DOCUMENT, compact.encode(), True)


def _as_phone(words: str) -> Wanted | None:
    digits = "".join(char for char in words if char.isdigit())
    if len(digits) < LEAST_DIGITS or not all(char.isdigit() or char in _DIALLED for char in words):
        return None
    return Wanted(SearchKey.Kind.PHONE, digits.encode(), True)


# --- whom it is about ------------------------------------------------------------------------------------------------


class _People:
    """Whom the actor may see, at a unit where one is named: as a condition, and as a list where they are few."""

    def __init__(self, actor: UUID, unit: UUID | None) -> None:
        self.actor = actor
        self.unit = unit
        self._few: list[int] | None = None
        self._asked = False

    def _scopes(self) -> QuerySet[PersonScope]:
        scopes = access.scopes_now(self.actor)
        if self.unit is None:
            return scopes
        below = authority.units(self.actor, Permission.SEE_PEOPLE).filter(reached_by__above=self.unit)
        return scopes.filter(unit__in=below.values("pk"))

    def seen(self) -> Q:
        """The condition on ``Person``."""
        here = Q() if self.unit is None else Q(Exists(self._scopes().filter(person=OuterRef("pk"))))
        return access.people(self.actor) & here

    def few(self) -> list[int] | None:
        """The entries of everybody in the actor's scope; None where they are many."""
        if not self._asked:
            self._asked = True
            self._few = self._read_few()
        return self._few

    def _read_few(self) -> list[int] | None:
        if authority.authority(self.actor).command_line:
            return None
        if self._scopes().values_list("pk", flat=True)[FEW : FEW + 1]:  # counted along the index, not fetched
            return None
        known = self._scopes().values_list("person__search_entry__id", flat=True)
        opened = access.opened_now(self.actor).values_list("person__search_entry__id", flat=True)
        return sorted({entry for entry in [*known, *opened] if entry is not None})


# --- finding ---------------------------------------------------------------------------------------------------------


def _find(people: _People, ways: Sequence[Wanted], limit: int) -> Iterable[UUID]:
    """The people who meet every key, in the order of the key that met the first one."""
    few = people.few()
    if few is None:
        few = _bearers_of_the_rarest(ways)
    if few is None:
        few = _bearers_of_two_whole(ways)
    if few is None:
        return _along_the_index(people, ways, limit)
    found = _among(few, ways)
    return _first_seen(people, sorted(found, key=lambda entry: (found[entry], entry)), limit)


def _first_seen(people: _People, entries: Sequence[int], limit: int) -> list[UUID]:
    """The first of these whom the actor may see, asked some at a time: there may be many, and few are wanted."""
    found: list[UUID] = []
    for at in range(0, len(entries), 4 * limit):
        some = Person.objects.filter(people.seen(), search_entry__in=entries[at : at + 4 * limit])
        seen = dict(some.values_list("search_entry__id", "pk"))
        found += [seen[entry] for entry in entries[at : at + 4 * limit] if entry in seen]
        if len(found) >= limit:
            break
    return found[:limit]


def _among(entries: Collection[int], ways: Sequence[Wanted]) -> Found:
    """Those of the entries that meet every key.

    The beginning of the key is compared cut off, so that the database goes by entry: no index answers that by key.
    """
    found: Found = {}
    for at, wanted in enumerate(ways):
        length = len(wanted.key) if wanted.begins else None
        keys = SearchKey.objects.filter(entry__in=list(found) if at else list(entries))
        met = keys.annotate(part=Substr("key", 1, length, output_field=BinaryField())).filter(part=wanted.key)
        bearers = {
            entry: bytes(key)
            for entry, kind, key in met.order_by("-key").values_list("entry_id", "kind", "key")
            if kind == wanted.kind
        }
        found = bearers if at == 0 else {entry: found[entry] for entry in found if entry in bearers}
        if not found:
            break
    return found


def _bearers_of_the_rarest(ways: Sequence[Wanted]) -> list[int] | None:
    """The entries that meet the rarest of the keys; None where even that has many."""
    counts = [SearchKey.objects.filter(wanted.met)[: FEW + 1].count() for wanted in ways]
    rarest = min(range(len(ways)), key=lambda at: counts[at])
    if counts[rarest] > FEW:
        return None
    return sorted(set(SearchKey.objects.filter(ways[rarest].met).values_list("entry_id", flat=True)))


def _bearers_of_two_whole(ways: Sequence[Wanted]) -> list[int] | None:
    """The entries that meet the first two keys that are whole; None where there are no two, or many entries.

    The index gives the entries of a whole key in order, so that the database runs along both at once.
    """
    whole = [SearchKey.objects.filter(one.met).values_list("entry_id") for one in ways if not one.begins][:2]
    if len(whole) < 2:
        return None
    found = [entry for (entry,) in whole[0].intersection(whole[1]).order_by("entry_id")[: FEW + 1]]
    return found if len(found) <= FEW else None


def _along_the_index(people: _People, ways: Sequence[Wanted], limit: int) -> list[UUID]:
    """Walk along the first key's index until enough are found: every key is common, so that is soon.

    Who sees most people sees the first who fit, so these are asked for by their keys alone before anybody else.
    """
    first, *others = ways
    keys = SearchKey.objects.filter(first.met).order_by("key", "entry_id")
    for other in others:
        keys = keys.filter(Exists(SearchKey.objects.filter(other.met, entry=OuterRef("entry"))))
    fitting = _entries(keys, limit)
    found = _first_seen(people, fitting, limit)
    if len(found) >= limit or len(fitting) < limit:
        return found
    entries = _entries(keys.filter(Exists(Person.objects.filter(people.seen(), search_entry=OuterRef("entry")))), limit)
    persons = SearchEntry.objects.in_bulk(entries)
    return [persons[entry].person_id for entry in entries]


def _entries(keys: QuerySet[SearchKey], limit: int) -> list[int]:
    """The first entries of these keys. Somebody with two words of one beginning comes twice, so more are taken."""
    take = limit + limit // 4
    while True:
        rows = list(keys.values_list("entry_id", flat=True)[:take])
        entries = list(dict.fromkeys(rows))
        if len(entries) >= limit or len(rows) < take:
            return entries[:limit]
        take *= 4
