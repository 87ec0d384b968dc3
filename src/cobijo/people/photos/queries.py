"""What is asked about photos: whether there is one, and the picture itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from cobijo.core import blobs, keys
from cobijo.core.errors import NOT_FOUND
from cobijo.people.photos import access
from cobijo.people.photos.models import Photo


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A person's photo: its id, and when it was taken."""

    id: UUID
    person_id: UUID
    taken_at: datetime


def photo_of(actor: UUID, person_id: UUID) -> PhotoRow | None:
    """The photo of a person, if there is one and the actor may see them."""
    return photos_of(actor, [person_id]).get(person_id)


def photos_of(actor: UUID, people: Collection[UUID]) -> dict[UUID, PhotoRow]:
    """The photos of these people whom the actor may see, by person, in one query."""
    found = access.visible_to(actor, Photo.objects.filter(person__in=people))
    return {one.person_id: PhotoRow(one.pk, one.person_id, one.taken_at) for one in found}


def faces(people: Collection[UUID]) -> dict[UUID, UUID]:
    """The photo of each of these people, for an app that has asked by a rule of its own who may see their faces."""
    found = Photo.objects.filter(person__in=people, voided_at=None)
    return dict(found.values_list("person_id", "pk"))


def face(photo_id: UUID, people: QuerySet[Any]) -> bytes:
    """The picture of one of these people (their ids), for such an app; raises NOT_FOUND for a photo of anybody else."""
    photo = Photo.objects.filter(pk=photo_id, person__in=people, voided_at=None).first()
    if photo is None:
        raise NOT_FOUND()
    return _opened(photo)


def picture(actor: UUID, photo_id: UUID) -> bytes:
    """The picture as JPEG; raises NOT_FOUND for who may not see it, and where the file or its key is lost."""
    return _opened(access.get_for(actor, Photo, photo_id))


def _opened(photo: Photo) -> bytes:
    try:
        return blobs.get(photo.person_id, photo.digest)
    except (FileNotFoundError, keys.Unopened) as lost:
        raise NOT_FOUND() from lost
