"""What a household says of itself, and who may receive for it, on the household's page."""

from dataclasses import dataclass
from uuid import UUID

from django.db import models

from cobijo.accounts.types import Permission
from cobijo.core.panels import Content, Panel, register
from cobijo.people import sight
from cobijo.people.models import Household, Membership
from cobijo.people.queries.records import members_for
from cobijo.people.said import queries
from cobijo.people.said.queries import SaidRow
from cobijo.people.types import Presence


@dataclass(frozen=True, slots=True)
class Compared:
    """What was said beside those who have a name: never more than a notice."""

    said: SaidRow
    named: int
    here: int

    @property
    def missing(self) -> int:
        """So many more were said than have a name."""
        return max(0, (self.said.size or 0) - self.named)

    @property
    def more(self) -> int:
        """So many more have a name than were said."""
        return max(0, self.named - self.said.size) if self.said.size else 0

    @property
    def here_differs(self) -> bool:
        return self.said.here is not None and self.said.here != self.here


def _of_household(actor: UUID, record: models.Model) -> Content | None:
    """What was said, compared with who is named; for who registers, the way to write it."""
    assert isinstance(record, Household)
    members = Membership.objects.filter(household=record, ends_at=None)
    may_register = members.filter(sight.held(actor, "person", Permission.REGISTER)).exists()
    said, collectors = queries.said_of(actor, record.pk), queries.collectors_of(actor, record.pk)
    if not (said or collectors or may_register):
        return None
    return {
        "household": record.pk,
        "compared": _compared(actor, record, said) if said else None,
        "collectors": collectors,
        "may_register": may_register,
    }


def _compared(actor: UUID, home: Household, said: SaidRow) -> Compared:
    members = members_for(actor, home.pk)
    return Compared(said, len(members), sum(1 for one in members if one.presence is Presence.HERE))


register(Panel("household", "people.said", 15, "people/said/panel.html", _of_household))
