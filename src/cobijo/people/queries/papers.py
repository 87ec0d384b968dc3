"""A person's documents and telephones as pages show them: whole for who needs the numbers, masked for others."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from cobijo.accounts.types import Permission
from cobijo.people import access, phones, sealing
from cobijo.people.models import Document, Phone

_SHOWN: Final = 2  # signs of a masked number that stay readable
_NEEDING_NUMBERS: Final = frozenset({Permission.REGISTER, Permission.CASE_WORK, Permission.MANAGE_SITE})


def sees_numbers(actor: UUID, person_id: UUID) -> bool:
    """Whether the actor's role needs the numbers of documents and telephones; others see their ends."""
    return bool(access.permissions_for(actor, person_id) & _NEEDING_NUMBERS)


def masked(number: str) -> str:
    """A number of which only the last signs can be read."""
    return "•" * max(len(number) - _SHOWN, 0) + number[-_SHOWN:] if len(number) > _SHOWN else "•" * len(number)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document; ``number`` is masked, or None where it is sealed, for whoever has no need of it."""

    id: UUID
    country: str
    kind: str
    number: str | None
    flags: tuple[str, ...]
    seen: bool


def documents_of(actor: UUID, person_id: UUID) -> list[DocumentRow]:
    """A person's documents. A sensitive number is opened for case workers only."""
    papers = list(access.visible_to(actor, Document.objects.filter(person=person_id)).order_by("recorded_at", "pk"))
    if not papers:
        return []
    mine = access.permissions_for(actor, person_id)
    open_numbers, case_work = bool(mine & _NEEDING_NUMBERS), Permission.CASE_WORK in mine
    return [
        DocumentRow(one.id, one.country, one.kind, _number_of(one, open_numbers, case_work), tuple(one.flags), one.seen)
        for one in papers
    ]


def _number_of(paper: Document, open_numbers: bool, case_work: bool) -> str | None:
    if paper.sealed is None:
        return paper.number if open_numbers else masked(paper.number)
    if not case_work:
        return None
    return sealing.open_one(paper.sealed, paper.person_id, sealing.place(Document, paper.id, "sealed"))


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """A telephone; ``number`` is masked for whoever has no need of it."""

    id: UUID
    number: str
    answered_by: str
    safe_to_call: bool | None


def phones_of(actor: UUID, person_id: UUID) -> list[PhoneRow]:
    """A person's telephones, with the number as it is read aloud."""
    found = list(access.visible_to(actor, Phone.objects.filter(person=person_id)).order_by("pk"))
    open_numbers = bool(found) and sees_numbers(actor, person_id)
    rows = []
    for one in found:
        said = phones.said(one.number, one.as_written)
        rows.append(PhoneRow(one.id, said if open_numbers else masked(said), one.answered_by, one.safe_to_call))
    return rows
