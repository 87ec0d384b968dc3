"""Case work: sealed notes, protected persons and who may see them."""

from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.algorithms import text
from cobijo.core import rows
from cobijo.core.ids import uuid7
from cobijo.core.personal import Category, Purpose
from cobijo.core.verbs import ALL, ALONE, DECISION, FACT, SUBJECT, About, Act, verb
from cobijo.people import access, sealing
from cobijo.people.models import NamedWorker, Note, Protection
from cobijo.people.refusals import (
    LAST_WORKER,
    NAMED_ALREADY,
    NO_WORDS,
    PROTECTED_ALREADY,
    PROTECTION_ENDED,
    WORKS_ELSEWHERE,
)

Words = Annotated[str, Field(max_length=8_000)]
Reason = Annotated[str, Field(max_length=2_000)]
Workers = Annotated[list[UUID], Field(min_length=1, max_length=20)]


@verb(
    "people.write_note",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.PROTECTION,
    personal={"person_id": SUBJECT, "words": About("person_id", Category.PROTECTION)},
    says=_("Case note written"),
)
def write_note(act: Act, *, note_id: UUID, person_id: UUID, words: Words) -> Note:
    """Keep a case worker's note, sealed with the person's key. Notes are added, never rewritten."""
    if not text.clean(words):
        raise NO_WORDS.about("words")
    return rows.add(
        Note(
            id=note_id,
            person_id=person_id,
            sealed=sealing.close(words.strip(), person_id, sealing.place(Note, note_id, "sealed")),
            written_by_id=act.actor,
            written_at=act.happened_at,
        )
    )


@verb(
    "people.protect_person",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.PROTECTION,
    personal={
        "person_id": SUBJECT,
        "why": About("person_id", Category.PROTECTION),
        "asked_by_person": About("person_id", Category.PROTECTION),
    },
    says=_("Record protected"),
)
def protect_person(
    act: Act, *, protection_id: UUID, person_id: UUID, why: Reason, asked_by_person: bool, worker_ids: Workers
) -> None:
    """Make a person absent by name everywhere but for the workers named. Figures go on counting them.

    The workers must hold the right to see people where the person is known. Gives nothing back: who asked for it may
    no longer see the record.
    """
    if Protection.objects.filter(person=person_id, ends_at=None).exists():
        raise PROTECTED_ALREADY()
    for worker in worker_ids:
        if not access.works_with(worker, person_id):
            raise WORKS_ELSEWHERE.about("worker_ids")
    where = sealing.place(Protection, protection_id, "sealed_reason")
    rows.add(
        Protection(
            id=protection_id,
            person_id=person_id,
            sealed_reason=sealing.close(text.clean(why), person_id, where),
            asked_by_person=asked_by_person,
            starts_at=act.happened_at,
        )
    )
    named = [
        NamedWorker(id=uuid7(), protection_id=protection_id, account_id=worker) for worker in dict.fromkeys(worker_ids)
    ]
    rows.add(*named)


@verb(
    "people.end_protection",
    kind=DECISION,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.PROTECTION,
    personal={},
    says=_("Protection ended"),
)
def end_protection(act: Act, *, protection_id: UUID) -> Protection:
    """End a person's protection: whoever works with their site sees them by name again."""
    protection = _in_force(protection_id)
    return rows.change(protection, ends_at=max(act.happened_at, protection.starts_at))


@verb(
    "people.name_worker",
    kind=DECISION,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.PROTECTION,
    personal={},
    says=_("Colleague named for a record"),
)
def name_worker(act: Act, *, named_id: UUID, protection_id: UUID, account_id: UUID) -> Protection:
    """Let one more colleague see a protected person."""
    protection = _in_force(protection_id)
    if not access.works_with(account_id, protection.person_id):
        raise WORKS_ELSEWHERE.about("account_id")
    if protection.workers.filter(account=account_id).exists():
        raise NAMED_ALREADY.about("account_id")
    rows.add(NamedWorker(id=named_id, protection=protection, account_id=account_id))
    return protection


@verb(
    "people.unname_worker",
    kind=DECISION,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.PROTECTION,
    personal={},
    says=_("Colleague no longer named"),
)
def unname_worker(act: Act, *, protection_id: UUID, account_id: UUID) -> None:
    """Take from a colleague the sight of a protected person; the last one who has it stays."""
    protection = _in_force(protection_id)
    if not protection.workers.exclude(account=account_id).exists():
        raise LAST_WORKER.about("account_id")
    rows.remove(protection.workers.filter(account=account_id))


def _in_force(protection_id: UUID) -> Protection:
    protection = Protection.objects.select_for_update().get(pk=protection_id)
    if protection.ends_at is not None:
        raise PROTECTION_ENDED()
    return protection
