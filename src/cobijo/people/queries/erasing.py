"""What the operator at the machine asks before somebody is forgotten. Goes past ``access``: only commands call it."""

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from cobijo.algorithms import codes
from cobijo.core import journal, personal
from cobijo.core.erasure import KEPT_BY_CORE
from cobijo.people import index
from cobijo.people.identity.following import kept_of, merged_of
from cobijo.people.models import Person, SearchKey


@dataclass(frozen=True, slots=True)
class ToErase:
    """What is kept of a person: rows by the name of their model, and operations of the journal that name the person."""

    person_id: UUID
    code: str
    rows: dict[str, int]
    operations: int


def persons_named(words: str) -> list[UUID]:
    """The people an id, a code or a document's number stands for, records taken out included (not by document).

    What names a record that was merged names the one that is kept.
    """
    return sorted({kept_of(one) for one in _records_named(words)})


def _records_named(words: str) -> list[UUID]:
    present = Person.objects.filter(anonymous=False)
    with suppress(ValueError):
        return list(present.filter(pk=UUID(words)).values_list("pk", flat=True))
    with suppress(codes.BadCode):
        return list(present.filter(number=codes.decode(words)).values_list("pk", flat=True))
    key = index.compact_document("", "", words).encode()
    found = SearchKey.objects.filter(kind=SearchKey.Kind.DOCUMENT, key=key)
    return list(found.values_list("entry__person_id", flat=True))


def to_erase(person_id: UUID) -> ToErase:
    """Count what erasing a person will destroy, with the records that were merged into theirs."""
    all_of_them = [person_id, *(one.pk for one in merged_of(person_id))]
    rows = {
        str(model._meta.verbose_name_plural): model._default_manager.filter(
            **{f"{declared.subject}__in": all_of_them}
        ).count()
        for model, declared in personal.models_about_people()
        if model._meta.label not in KEPT_BY_CORE and declared.on_erasure is personal.OnErasure.DELETE
    }
    return ToErase(
        person_id,
        Person.objects.get(pk=person_id).code,
        {name: count for name, count in sorted(rows.items()) if count},
        sum(journal.of_subject(one).count() for one in all_of_them),
    )
