"""Before-images: the rows an operation touched as they were, sealed, as long as it may need undoing.

One mechanism for an operation an upper node has not confirmed, an import that may be undone, and a merge.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, models, transaction

from cobijo.core import canonical, keys
from cobijo.core.context import Operation
from cobijo.core.hooks import Hook
from cobijo.core.models import Image, Intent

undone: Hook[[Collection[UUID]]] = Hook("core.undone")
"""An operation was undone: what is worked out of the rows of these people is to be worked out anew."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing an operation did: rows put back as they were, and rows left because they changed since."""

    restored: int
    changed_since: tuple[tuple[str, str], ...]


def picture(row: models.Model) -> bytes:
    """All columns of a row in canonical form."""
    return canonical.encode(serializers.serialize("python", [row])[0])


def _place(intent: int, model: str, row: str) -> keys.Place:
    return keys.Place("core_image", f"{intent}.{model}.{row}", "before")


def _seal(subject: UUID | None, purpose: str, place: keys.Place, before: bytes | None) -> bytes | None:
    if before is None:
        return None
    return keys.seal_for(subject, purpose, place, before) if subject else keys.seal(keys.JOURNAL, place, before)


def keep(intent: Intent, operation: Operation) -> None:
    """Write down the images an operation gathered, each with the digest of the row as the operation left it."""
    now = _rows_now(operation.images)
    Image.objects.bulk_create(
        Image(
            intent=intent,
            model=model,
            row=row,
            subject=subject,
            before=_seal(subject, operation.verb.purpose, _place(intent.pk, model, row), before),
            after=_digest(now.get((model, row))),
        )
        for (model, row), (subject, before) in operation.images.items()
    )


_Key = tuple[str, str]


def _rows_now(keys_of: Iterable[_Key]) -> dict[_Key, models.Model]:
    """Rows as they are, those of one model in one query."""
    by_model: dict[str, list[str]] = {}
    for model, row in keys_of:
        by_model.setdefault(model, []).append(row)
    found: dict[_Key, models.Model] = {}
    for model, ids in by_model.items():
        for one in apps.get_model(model)._default_manager.filter(pk__in=ids):
            found[model, str(one.pk)] = one
    return found


def _digest(row: models.Model | None) -> str:
    """Digest of a row as it is; empty where there is none."""
    return canonical.digest(picture(row)) if row is not None else ""


def model_of(label: str) -> type[models.Model]:
    """The model an image names."""
    return apps.get_model(label)


def changed_since(intent: Intent) -> tuple[tuple[str, str], ...]:
    """The rows of an operation that are no longer as it left them, as (model, id)."""
    kept = list(intent.images.all())
    now = _rows_now((image.model, image.row) for image in kept)
    return tuple(
        (image.model, image.row) for image in kept if _digest(now.get((image.model, image.row))) != image.after
    )


def undo(intent: Intent, leaving: Collection[str] = ()) -> Undone:
    """Put the rows an operation touched back as they were, all but those changed since, which are named.

    So are rows that cannot be as they were beside what came since (a household has another head). ``leaving``: models
    (``people.merge``) whose rows stay as they are. Raises ``keys.Unopened`` where an image belongs to an erased person
    and can no longer be read.
    """
    with transaction.atomic():
        changed = set(changed_since(intent))
        images = intent.images.exclude(model__in=leaving).order_by("-id")
        todo = [image for image in images if (image.model, image.row) not in changed]
        stuck = _restore(intent, [image for image in todo if image.before is not None])
        for image in todo:
            if image.before is None:
                apps.get_model(image.model)._default_manager.filter(pk=image.row).delete()
        Image.objects.filter(pk__in=[image.pk for image in todo]).delete()
        undone({image.subject for image in todo if image.subject is not None})
    left = {(model, row) for model, row in changed if model not in leaving} | stuck
    return Undone(len(todo) - len(stuck), tuple(sorted(left)))


def _restore(intent: Intent, kept: Sequence[Image]) -> set[_Key]:
    """Write rows back, those first whom others refer to; gives those that a constraint does not let be."""
    stuck: set[_Key] = set()
    for image in reversed(kept):
        place, sealed = _place(intent.pk, image.model, image.row), bytes(image.before or b"")
        plain = keys.unseal_for(image.subject, place, sealed) if image.subject else keys.unseal(place, sealed)
        try:
            with transaction.atomic():
                for found in serializers.deserialize("python", [canonical.decode(plain)]):
                    found.save()
        except IntegrityError:
            stuck.add((image.model, image.row))
    return stuck


def let_go(intent: Intent) -> None:
    """The operation can no longer be undone (confirmed above, or its time has passed): drop its images."""
    intent.images.all().delete()
