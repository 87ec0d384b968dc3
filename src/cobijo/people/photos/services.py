"""The verbs of photos."""

from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.core import blobs, rows
from cobijo.core.personal import Category, Purpose
from cobijo.core.verbs import ALONE, FACT, HERE, SUBJECT, About, Act, verb
from cobijo.people.models import Person
from cobijo.people.photos import keeping
from cobijo.people.photos.models import Photo
from cobijo.people.photos.refusals import NOT_KEPT

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


@verb(
    "people.set_photo",
    kind=FACT,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"person_id": SUBJECT, "digest": About("person_id", Category.IDENTITY)},
    says=_("Photo taken"),
)
def set_photo(act: Act, *, photo_id: UUID, person_id: UUID, digest: Digest) -> Photo:
    """Set the photo of a person, whose file was kept before under this digest; the one before it goes.

    The picture is no argument: the journal holds the digest, the file lies sealed with the person's key.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person_id)
    if not blobs.exists(person_id, digest):
        raise NOT_KEPT.about("photo")
    _take_out(Photo.objects.filter(person=person_id, voided_at=None).first(), act)
    return rows.add(Photo(id=photo_id, person_id=person_id, digest=digest, taken_at=act.happened_at))


@verb(
    "people.remove_photo",
    kind=FACT,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Photo taken out"),
)
def remove_photo(act: Act, *, photo_id: UUID) -> None:
    """Take out a person's photo: the file is destroyed."""
    _take_out(Photo.objects.filter(pk=photo_id, voided_at=None).first(), act)


def _take_out(photo: Photo | None, act: Act) -> None:
    if photo is not None:
        rows.change(photo, voided_at=act.happened_at)
        keeping.let_go([photo.digest])
