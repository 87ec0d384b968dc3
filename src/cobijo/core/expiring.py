"""Letting a category of a person's data go from the journal: segments that hold nothing else, and kept images.

A segment in which data of another category stand too stays sealed until the person is erased as a whole.
"""

from datetime import datetime
from uuid import UUID

from cobijo.core import canonical, journal, verbs
from cobijo.core.models import Image, Intent, Outcome, Segment
from cobijo.core.personal import About, Category


def forget_category(subject: UUID, category: Category, by: UUID) -> int:
    """Destroy a person's segments that hold this category alone, and all images of their rows.

    Gives how many operations lost a segment; an outcome says so in each, so that the journal still verifies.
    """
    Image.objects.filter(subject=subject).delete()
    mine = Segment.objects.filter(subject=subject).select_related("intent")
    gone = [row for row in mine if _categories(row.intent.verb, _opened(row)) == {category}]
    Segment.objects.filter(pk__in=[row.pk for row in gone]).delete()
    intents = list(Intent.objects.filter(pk__in={row.intent_id for row in gone}))
    journal.settle_all(intents, Outcome.Kind.ERASED, by=by, about={"subject": str(subject), "category": category})
    return len(intents)


def _opened(row: Segment) -> dict[str, object]:
    """What a segment holds, by path; nothing where it does not open."""
    found = journal.segments_of(row.intent).get(row.place)
    plain: dict[str, object] = canonical.decode(found[1]) if found else {}
    return plain


def _categories(name: str, plain: dict[str, object]) -> set[Category | None]:
    """The categories of what a segment holds; None for what is of no declared one."""
    verb = verbs.registry.get(name)
    if verb is None:
        return {None}
    found: set[Category | None] = set()
    for path, value in plain.items():
        shape = verb.shapes.get(path.partition("/")[0])
        if shape is None:
            found.add(None)
        elif shape.record is not None and isinstance(value, dict):
            found |= {shape.record.category_of(part) for part, one in value.items() if one not in (None, "", [], False)}
        else:
            found.add(shape.mark.category if isinstance(shape.mark, About) else None)
    return found


def forget_words(verb: str, before: datetime, by: UUID) -> int:
    """Destroy the free words of every operation of a verb that happened before a moment; gives how many there were.

    For words of people who are no subjects here (a visitor at a gate), which are needed for days only.
    """
    old = Segment.objects.filter(subject=None, intent__verb=verb, intent__happened_at__lt=before)
    intents = list(Intent.objects.filter(pk__in=old.values("intent")))
    Segment.objects.filter(subject=None, intent__in=intents).delete()
    journal.settle_all(intents, Outcome.Kind.ERASED, by=by, about={"words": verb})
    return len(intents)
