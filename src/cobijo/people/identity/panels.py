"""On a person's page: that it is one of two records, waits to be, or may be."""

from typing import Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from cobijo.accounts.services import name_kind
from cobijo.core.panels import Content, Panel, register
from cobijo.people import sight
from cobijo.people.identity import access, queries
from cobijo.people.models import Person

PAIR: Final = "people.pair"
MERGE: Final = "people.merge"
name_kind(PAIR, _("pair"))
name_kind(MERGE, _("merge"))


def _records(actor: UUID, record: models.Model) -> Content | None:
    """What was made one with this record, waits to be, and may be the same person's: for whoever judges that."""
    assert isinstance(record, Person)
    if not sight.permissions_for(actor, record.pk) & set(access.JUDGING):
        return None
    merges, maybe = queries.merges_of(actor, record.pk), queries.pairs_of(actor, record.pk)
    return {"person": record.pk, "merges": merges, "maybe": maybe} if merges or maybe else None


register(Panel("person", "people.identity", 7, "people/identity/panel.html", _records))
