"""The photo of a person, at the head of their page."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from cobijo.accounts.services import name_kind
from cobijo.accounts.types import Permission
from cobijo.core.panels import Content, Panel, register
from cobijo.people import sight
from cobijo.people.models import Person
from cobijo.people.photos import queries

PHOTO = "people.photo"
name_kind(PHOTO, _("photo"))


def _photo(actor: UUID, record: models.Model) -> Content | None:
    """The photo, and for who registers the way to take one."""
    assert isinstance(record, Person)
    found = queries.photo_of(actor, record.pk)
    may_take = Permission.REGISTER in sight.permissions_for(actor, record.pk)
    return {"photo": found, "may_take": may_take, "person": record.pk} if found or may_take else None


register(Panel("person", "people.photo", 5, "people/photos/panel.html", _photo))
