"""What a person may ask, on their page."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from cobijo.accounts.services import name_reason
from cobijo.accounts.types import Permission
from cobijo.core.panels import Content, Panel, register
from cobijo.people import sight
from cobijo.people.models import Person
from cobijo.people.rights import access, queries

name_reason("own_copy", _("their own copy"))
name_reason("letter", _("letter that answers a request"))


def _rights(actor: UUID, record: models.Model) -> Content | None:
    """What they asked and how it stands, for who answers; for who registers the way to write a request down."""
    assert isinstance(record, Person)
    known: dict[UUID, frozenset[Permission]] = record.__dict__.setdefault("_permissions_of", {})
    if actor not in known:
        known[actor] = sight.permissions_for(actor, record.pk)
    mine = known[actor]
    if not mine & set(access.RECEIVING):
        return None
    may_answer = bool(mine & set(access.ANSWERING))
    return {
        "person": record.pk,
        "requests": queries.requests_of(actor, record.pk) if may_answer else [],
        "may_copy": Permission.CASE_WORK in mine,
    }


register(Panel("person", "people.rights", 65, "people/rights/panel.html", _rights))
