"""What case workers and auditors read: sealed notes, protections, records opened by break-glass."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from cobijo.accounts.queries import names_of
from cobijo.core import clock, keys
from cobijo.people import access, sealing
from cobijo.people.models import BreakGlass, Note, Protection


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A case worker's note, opened."""

    id: UUID
    words: str
    by: str
    at: datetime


def notes_of(actor: UUID, person_id: UUID) -> list[NoteRow]:
    """The notes about a person, newest first; empty for whoever is no case worker of theirs."""
    notes = list(access.visible_to(actor, Note.objects.filter(person=person_id)).order_by("-written_at", "-pk"))
    names = names_of(one.written_by_id for one in notes)
    known = keys.subject_keys([person_id] if notes else [])
    return [
        NoteRow(
            one.id,
            keys.unseal_with(known[person_id], sealing.place(Note, one.id, "sealed"), bytes(one.sealed)).decode(),
            names.get(one.written_by_id, ""),
            one.written_at,
        )
        for one in notes
    ]


def count_of_notes(actor: UUID, person_id: UUID) -> int:
    """How many notes ``notes_of`` gives; opens none."""
    return access.visible_to(actor, Note.objects.filter(person=person_id)).count()


@dataclass(frozen=True, slots=True)
class ProtectionRow:
    """A protection in force, opened: why, and who may see the person."""

    id: UUID
    why: str
    asked_by_person: bool
    since: datetime
    workers: tuple[tuple[UUID, str], ...]


def open_protection(actor: UUID, person_id: UUID) -> ProtectionRow | None:
    """The protection of a person the actor is named for as a case worker; None for everybody else."""
    found = access.visible_to(actor, Protection.objects.filter(person=person_id, ends_at=None)).first()
    if found is None:
        return None
    workers = list(found.workers.values_list("account_id", flat=True))
    names = sorted(names_of(workers).items(), key=lambda pair: pair[1])
    why = sealing.open_one(found.sealed_reason, person_id, sealing.place(Protection, found.id, "sealed_reason"))
    return ProtectionRow(found.id, why, found.asked_by_person, found.starts_at, tuple(names))


# --- break-glass -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """A record opened beyond somebody's scope, as its reviewer sees it: no name, the code and the reason."""

    id: UUID
    person_id: UUID
    code: str
    by: str
    unit: str
    why: str
    at: datetime
    until: datetime
    mine: bool
    justified: bool | None
    reviewed_by: str

    @property
    def open(self) -> bool:
        """Whether the record can still be seen by who opened it."""
        return clock.now() < self.until


def openings(actor: UUID) -> list[OpeningRow]:
    """One's own openings, and for auditors those of their units: what waits for review first, then the newest."""
    rows = access.visible_to(actor, BreakGlass.objects.select_related("person", "unit"))
    found = list(rows.order_by(F("reviewed_at").asc(nulls_first=True), "-starts_at")[:200])
    names = names_of({one for row in found for one in (row.account_id, row.reviewed_by_id) if one is not None})
    known = keys.subject_keys({row.person_id for row in found})
    return [_opening(actor, row, names, known) for row in found]


def _opening(actor: UUID, row: BreakGlass, names: Mapping[UUID, str], known: Mapping[UUID, bytes]) -> OpeningRow:
    where = sealing.place(BreakGlass, row.id, "sealed_reason")
    return OpeningRow(
        id=row.id,
        person_id=row.person_id,
        code=row.person.code,
        by=names.get(row.account_id, ""),
        unit=row.unit.name,
        why=keys.unseal_with(known[row.person_id], where, bytes(row.sealed_reason)).decode(),
        at=row.starts_at,
        until=row.ends_at,
        mine=row.account_id == actor,
        justified=row.justified,
        reviewed_by=names.get(row.reviewed_by_id, "") if row.reviewed_by_id else "",
    )
