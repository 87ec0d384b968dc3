"""From a record that was merged to the one that is kept, and back."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from cobijo.core import operations
from cobijo.people.models import Person


def kept_of(person_id: UUID) -> UUID:
    """The record that stands for a person: itself, or the last one it was merged into."""
    while True:
        into = Person.objects.filter(pk=person_id).values_list("merged_into", flat=True).first()
        if into is None:
            return person_id
        person_id = into


@operations.standing.join
def note_kept(people: Collection[UUID], stands: dict[UUID, UUID]) -> None:
    """What is done to a record that was merged, is done to the one that is kept."""
    merged = Person.objects.filter(pk__in=people).exclude(merged_into=None)
    stands |= {one: kept_of(one) for one in merged.values_list("pk", flat=True)}


def merged_of(person_id: UUID) -> list[Person]:
    """Every record that was merged into this one, those of a merged record after it."""
    found: list[Person] = []
    asked = [person_id]
    while asked:
        news = list(Person.objects.filter(merged_into__in=asked).order_by("pk"))
        found += news
        asked = [one.pk for one in news]
    return found


def merged_rows(people: Collection[UUID], *columns: str) -> dict[UUID, list[dict[str, Any]]]:
    """These columns of every record merged into any of these, by the one that is kept; a query for each step."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    stands_for = {one: one for one in people}
    while stands_for:
        rows = Person.objects.filter(merged_into__in=stands_for).order_by("pk").values("pk", "merged_into", *columns)
        stands_for = {row["pk"]: _noted(found, row, stands_for) for row in rows}
    return found


def _noted(found: dict[UUID, list[dict[str, Any]]], row: dict[str, Any], stands_for: dict[UUID, UUID]) -> UUID:
    kept = stands_for[row.pop("merged_into")]
    found.setdefault(kept, []).append(row)
    return kept
