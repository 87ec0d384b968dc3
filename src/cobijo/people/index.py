"""What a person is found by: written with the person, never later, and worked out of the record.

Names go into tokens and postings (`searching`); codes, documents and telephones into keys, without what people put
between digits. Keys are bytes, so that the databases compare them alike. None of it is journaled: an operation that is
undone has its people's entries written anew.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from cobijo.algorithms import codes, documents, text
from cobijo.core import images
from cobijo.people import phones
from cobijo.people.identity.following import merged_of
from cobijo.people.models import Document, NewOrChanged, Person, Phone, SearchEntry, SearchKey
from cobijo.people.searching import writing

Key = tuple[SearchKey.Kind, bytes]
One = TypeVar("One", Document, Phone)

# What a code never has is read as what it looks like.
_LOOK_ALIKE = str.maketrans({"o": "0", "i": "1", "l": "1"})


def compact_code(written: str) -> str:
    """A code, or its beginning, as it stands in the index."""
    return text.fold(written).replace(" ", "").translate(_LOOK_ALIKE)


def compact_document(country: str, kind: str, number: str) -> str:
    """A document's number as it stands in the index."""
    return documents.normalise(country, kind, number).lower()


def keys_of(person: Person, papers: Iterable[Document], telephones: Iterable[Phone]) -> list[Key]:
    """Everything a person is found by but names, each once."""
    kinds = SearchKey.Kind
    found: list[tuple[SearchKey.Kind, str]] = []
    if person.number is not None:
        found.append((kinds.CODE, compact_code(codes.encode(person.number))))
    found += [(kinds.DOCUMENT, compact_document(one.country, one.kind, one.number)) for one in papers]
    found += [(kinds.PHONE, digits) for one in telephones for digits in _digits(one)]
    return [(kind, key.encode()) for kind, key in dict.fromkeys(found) if key]


def _digits(phone: Phone) -> list[str]:
    return sorted(phones.ways_to_type(phone.number, phone.as_written))


def write(people: Sequence[Person], papers: Sequence[Document], telephones: Sequence[Phone]) -> None:
    """Put new people into the index."""
    entries = [SearchEntry(person=person) for person in people]
    writing.write(entries)
    NewOrChanged.objects.bulk_create(NewOrChanged(entry=entry) for entry in entries)
    SearchKey.objects.bulk_create(
        SearchKey(entry=entry, kind=kind, key=key)
        for entry in entries
        for kind, key in keys_of(entry.person, _of(entry.person_id, papers), _of(entry.person_id, telephones))
    )


def _of(person: UUID, them: Iterable[One]) -> list[One]:
    return [one for one in them if one.person_id == person]


def rewrite(person: Person) -> None:
    """Bring a person's words and keys up to what is known now, those of records merged into theirs too."""
    entry = SearchEntry.objects.get(person=person)
    entry.person = person
    NewOrChanged.objects.create(entry=entry)
    merged = merged_of(person.pk)
    writing.rewrite(entry, merged)
    wanted = set(keys_of(person, person.documents.filter(voided_at=None), person.phones.filter(voided_at=None)))
    wanted |= {key for one in merged for key in keys_of(one, (), ())}
    kept = {(SearchKey.Kind(key.kind), bytes(key.key)): key for key in entry.keys.all()}
    SearchKey.objects.filter(pk__in=[row.pk for key, row in kept.items() if key not in wanted]).delete()
    SearchKey.objects.bulk_create(
        SearchKey(entry=entry, kind=kind, key=key) for kind, key in sorted(wanted - kept.keys())
    )


def take_out(person: Person) -> None:
    """Let a person be found no more."""
    SearchEntry.objects.filter(person=person).delete()


def bring_up(person: Person) -> None:
    """Let a person be found as they are now, or no more: whoever was taken out, or merged into another."""
    if person.voided_at is not None or person.merged_into_id is not None:
        take_out(person)
    elif SearchEntry.objects.filter(person=person).exists():
        rewrite(person)
    else:
        papers, telephones = person.documents.filter(voided_at=None), person.phones.filter(voided_at=None)
        write([person], list(papers), list(telephones))


@images.undone.join
def write_anew(subjects: Collection[UUID]) -> None:
    """People whose rows an undone operation put back are found as they are again."""
    for person in Person.objects.filter(pk__in=subjects, anonymous=False):
        bring_up(person)
