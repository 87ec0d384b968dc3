"""The one door by which people are found: by any of their names, as heard or typed, a code, a document, a telephone.

Names are looked for tolerantly (`people.searching`), numbers by their beginning. Who works with few people has those
looked through; who works with many has the index asked for the best. Either way only what access lets the actor see is
judged and comes out.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from django.db.models import BinaryField, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.algorithms import codes
from cobijo.core import clock
from cobijo.core.models import Area
from cobijo.people import access, index
from cobijo.people.identity.following import merged_rows
from cobijo.people.models import Person, PersonScope, SearchEntry, SearchKey
from cobijo.people.searching import judging, meaning, vocabulary, weighing, words
from cobijo.people.searching.judging import Judge, Judged
from cobijo.people.searching.meaning import Meant
from cobijo.people.searching.weighing import Candidates
from cobijo.people.types import Hit, Sex, Traits

FEW: Final = 2_000
"""Up to so many people, or so many who have a number that begins so, are looked through one by one."""
LEAST_DIGITS: Final = 4
_DIALLED: Final = frozenset("+-()./ ")
_ASKED_FIRST: Final = 100
"""Of the best entries, how many access is asked about at once: always as many, whoever they are."""
_ASKED_MOST: Final = 10_000
_JUDGED: Final = 100
"""Of those the actor may see, how many are judged."""
_FAR_BEHIND: Final = 16.0
"""Bits behind the best, from which nobody is judged any more."""
_CONTRADICTING: Final = 5
"""Somebody of another sex or age is given among so many, and not behind."""
_NOBODY: Final = Traits()


def search(
    actor: UUID, words: str, *, unit: UUID | None = None, traits: Traits = _NOBODY, limit: int = 25
) -> list[Hit]:
    """People the actor may see who fit the words, at most ``limit``, found by code, document or telephone first.

    Every word must be met by a name, of three or more all but one in three; the last as far as it is typed. ``unit``
    narrows to people known at a unit of the actor's and below; ``traits`` says what else is known of who is sought.
    """
    hits: dict[UUID, list[str]] = {}
    people = _People(actor, unit)
    for way in _numbers(words):
        for person in _by_number(people, way, limit):
            hits.setdefault(person, []).append(way.kind.name.lower())
    for found in _by_name(people, words, traits, limit):
        hits.setdefault(found.person, []).extend(found.why)
    return [Hit(person, tuple(why)) for person, why in list(hits.items())[:limit]]


# --- whom it is about ------------------------------------------------------------------------------------------------


class _People:
    """Whom the actor may see, at a unit where one is named: as a condition, and as a list where they are few."""

    def __init__(self, actor: UUID, unit: UUID | None) -> None:
        self.actor = actor
        self.unit = unit

    def _scopes(self) -> QuerySet[PersonScope]:
        scopes = access.scopes_now(self.actor)
        if self.unit is None:
            return scopes
        below = authority.units(self.actor, Permission.SEE_PEOPLE).filter(reached_by__above=self.unit)
        return scopes.filter(unit__in=below.values("pk"))

    @cached_property
    def seen(self) -> Q:
        """The condition on ``Person``."""
        here = Q() if self.unit is None else Q(Exists(self._scopes().filter(person=OuterRef("pk"))))
        return access.people(self.actor) & here

    @cached_property
    def few(self) -> dict[int, bytes] | None:
        """The entries of everybody in the actor's scope, with their tokens; None where they are many."""
        if authority.authority(self.actor).command_line:
            return None
        if self._scopes().values_list("pk", flat=True)[FEW : FEW + 1]:  # counted along the index, not fetched
            return None
        columns = ("person__search_entry__id", "person__search_entry__tokens")
        known = [*self._scopes().values_list(*columns), *access.opened_now(self.actor).values_list(*columns)]
        return {entry: bytes(tokens) for entry, tokens in known if entry is not None}

    def rows(self, entries: Collection[int], columns: Sequence[str] = judging.COLUMNS) -> dict[int, dict[str, Any]]:
        """What is read of those of the entries whom the actor may see, by entry."""
        found = Person.objects.filter(self.seen, search_entry__in=entries)
        rows = found.values_list("search_entry__id", *columns)
        return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}


# --- by name ---------------------------------------------------------------------------------------------------------


def _by_name(people: _People, typed: str, traits: Traits, limit: int) -> list[Judged]:
    """The people whose names fit, the likeliest first."""
    if people.few == {}:
        return []
    there = vocabulary.current()
    meant = meaning.read(typed, there)
    if not meant:
        return []
    marks = list(_marks(traits, there))
    if people.few is None:
        highest = SearchEntry.objects.aggregate(highest=Max("pk"))["highest"] or 0
        candidates = weighing.among_all(meant, marks, highest)
    else:
        candidates = weighing.among(people.few, meant, marks)
    return _judged(people, meant, traits, candidates, limit)


def _marks(traits: Traits, there: vocabulary.Vocabulary) -> Iterator[tuple[int, float]]:
    """What is said besides the name, as marks of the index, so that the best are chosen with it in view."""
    said: dict[str, float] = {}
    if traits.sex in (Sex.FEMALE, Sex.MALE):
        other = Sex.MALE if traits.sex is Sex.FEMALE else Sex.FEMALE
        said[words.sex_mark(other)] = judging.SEX_DIFFERS
    if traits.age is not None:
        years = judging.birth_years(traits.age, traits.years, clock.now().date())
        said |= {words.year_mark(year): bits for year, bits in years.items()}
    if traits.country:
        said[words.country_mark(traits.country)] = judging.COUNTRY_FITS
    for mark, bits in said.items():
        if token := there.exactly(mark):
            yield token.id, bits


def _judged(
    people: _People, meant: Sequence[Meant], traits: Traits, candidates: Candidates, limit: int
) -> list[Judged]:
    judge = Judge(meant, traits, _areas(traits), clock.now().date())
    seen = list(_seen(people, candidates, limit))
    merged = merged_rows([row["pk"] for _bits, row in seen], *judging.NAMES)
    found = [judge.best(row, merged.get(row["pk"], ()), bits) for bits, row in seen]
    found.sort(key=lambda one: -one.bits)
    return [one for at, one in enumerate(found) if one.fits or at < _CONTRADICTING][:limit]


def _seen(people: _People, candidates: Candidates, limit: int) -> Iterator[tuple[float, dict[str, Any]]]:
    """The best candidates whom the actor may see, asked some at a time, ever more, until there are enough.

    The first time as many are asked about as there are, whether they are met or not. Who is far behind is left.
    """
    begin, some, given, best = 0, _ASKED_FIRST, 0, 0.0
    while begin < _ASKED_MOST and given < limit:
        part = candidates.best(begin, begin + some)
        rows = people.rows([*(entry for entry, _ in part), *candidates.others[: some - len(part)].tolist()])
        for entry, bits in part:
            best = max(best, bits) if entry in rows else best
            if entry in rows and bits >= best - _FAR_BEHIND and given < max(limit, _JUDGED):
                yield bits, rows[entry]
                given += 1
        if len(part) < some:
            return
        begin, some = begin + some, some * 4


def _areas(traits: Traits) -> frozenset[UUID]:
    """The area said and all below it, and those named as the words of the community."""
    level = [traits.area_id] if traits.area_id else []
    if traits.community:
        level += list(Area.objects.filter(name__iexact=traits.community.strip()).values_list("pk", flat=True))
    found: set[UUID] = set()
    while level:
        found |= set(level)
        level = [one for one in Area.objects.filter(parent__in=level).values_list("pk", flat=True) if one not in found]
    return frozenset(found)


# --- by number -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """The beginning of a key to meet."""

    kind: SearchKey.Kind
    key: bytes

    @property
    def met(self) -> Q:
        """The condition on ``SearchKey`` rows, in a form the index by key answers."""
        return Q(kind=self.kind, key__gte=self.key, key__lt=self.key[:-1] + bytes([self.key[-1] + 1]))


def _numbers(typed: str) -> Iterable[Wanted]:
    """The numbers that the words may be."""
    return [one for one in (_as_code(typed), _as_document(typed), _as_phone(typed)) if one is not None]


def _as_code(typed: str) -> Wanted | None:
    """A code or its beginning. Without a digit it could be a name: then only if the check character fits."""
    compact = index.compact_code(typed)
    typed_digit = any(char.isdigit() for char in typed)
    if codes.looks_like_code(typed) or (typed_digit and 3 <= len(compact) <= 7):
        return Wanted(SearchKey.Kind.CODE, compact.encode())
    return None


def _as_document(typed: str) -> Wanted | None:
    compact = index.compact_document("", "", typed)
    if sum(char.isdigit() for char in compact) < LEAST_DIGITS:
        return None
    return Wanted(SearchKey.Kind.DOCUMENT, compact.encode())


def _as_phone(typed: str) -> Wanted | None:
    digits = "".join(char for char in typed if char.isdigit())
    if len(digits) < LEAST_DIGITS or not all(char.isdigit() or char in _DIALLED for char in typed):
        return None
    return Wanted(SearchKey.Kind.PHONE, digits.encode())


def _by_number(people: _People, wanted: Wanted, limit: int) -> list[UUID]:
    """The people with a key that begins so, in the order of the keys."""
    if people.few is not None:
        return _first_seen(people, _among(list(people.few), wanted), limit)
    keys = SearchKey.objects.filter(wanted.met).order_by("key", "entry_id")
    entries = list(dict.fromkeys(keys.values_list("entry_id", flat=True)[: FEW + 1]))
    found = _first_seen(people, entries, limit)
    if len(found) >= limit or len(entries) <= FEW:
        return found
    known = keys.filter(Exists(Person.objects.filter(people.seen, search_entry=OuterRef("entry"))))
    first = list(dict.fromkeys(known.values_list("entry_id", flat=True)[: 2 * limit]))
    return _first_seen(people, first, limit)


def _among(entries: Sequence[int], wanted: Wanted) -> list[int]:
    """Those of the entries that meet the key, in the order of their keys.

    The beginning of the key is compared cut off, so that the database goes by entry: no index answers that by key.
    """
    keys = SearchKey.objects.filter(entry__in=entries)
    met = keys.annotate(part=Substr("key", 1, len(wanted.key), output_field=BinaryField())).filter(part=wanted.key)
    rows = met.values_list("key", "entry_id", "kind")
    found = sorted((bytes(key), entry) for key, entry, kind in rows if kind == wanted.kind)
    return list(dict.fromkeys(entry for _, entry in found))


def _first_seen(people: _People, entries: Sequence[int], limit: int) -> list[UUID]:
    """The first of these whom the actor may see, asked some at a time: there may be many, and few are wanted."""
    found: list[UUID] = []
    for at in range(0, len(entries), 4 * limit):
        some = entries[at : at + 4 * limit]
        rows = people.rows(some, ["pk"])
        found += [rows[entry]["pk"] for entry in some if entry in rows]
        if len(found) >= limit:
            break
    return found[:limit]
