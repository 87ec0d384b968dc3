"""The files of photos: kept before the verb runs, taken away when nothing points to them any more."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.db import transaction

from cobijo.core import blobs
from cobijo.core.erasure import erasing
from cobijo.core.personal import Purpose
from cobijo.people.photos import pictures
from cobijo.people.photos.models import Photo


def keep(person_id: UUID, content: bytes) -> str:
    """Clean a picture that came and keep it for a person; gives the digest that ``set_photo`` takes.

    Ask before whether the actor may. Raises what ``pictures.cleaned`` raises, and OSError where the disk is full.
    """
    return blobs.put(person_id, Purpose.SHELTER, pictures.cleaned(content))


def let_go(digests: Iterable[str]) -> None:
    """Take files away once what is under way has happened, all but those of a photo that still stands."""
    for digest in digests:
        transaction.on_commit(partial(_remove_unused, digest))


def _remove_unused(digest: str) -> None:
    if not Photo.objects.filter(digest=digest, voided_at=None).exists():
        blobs.remove(digest)


@erasing.join
def forget(subject: UUID) -> None:
    """Who is erased leaves no picture: without their key it does not open, and the file goes too."""
    let_go(list(Photo.objects.filter(person=subject).values_list("digest", flat=True)))
