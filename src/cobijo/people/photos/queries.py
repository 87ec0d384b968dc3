"""What is asked about photos: whether there is one, and the picture itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

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


def picture(actor: UUID, photo_id: UUID) -> bytes:
    """The picture as JPEG; raises NOT_FOUND for who may not see it, and where the file or its key is lost."""
    photo = access.get_for(actor, Photo, photo_id)
    try:
        return blobs.get(photo.person_id, photo.digest)
    except (FileNotFoundError, keys.Unopened) as lost:
        raise NOT_FOUND() from lost
