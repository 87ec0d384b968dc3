"""Who may see a photo, and who may set and take out one: as with everything else that hangs on a person."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from cobijo.accounts.types import Permission
from cobijo.core import records
from cobijo.core.verbs import Act
from cobijo.people import sight
from cobijo.people.photos.models import Photo


def _photos(actor: UUID) -> Q:
    return sight.people(actor, "person") & Q(voided_at=None)


visible_to, get_for = records.doors({Photo: _photos})


def may_set_photo(act: Act, *, person_id: UUID, **_: Any) -> UUID | None:
    return sight.unit_holding(act.actor, person_id, Permission.REGISTER)


def may_remove_photo(act: Act, *, photo_id: UUID) -> UUID | None:
    photo = get_for(act.actor, Photo, photo_id)
    return sight.unit_holding(act.actor, photo.person_id, Permission.REGISTER)
