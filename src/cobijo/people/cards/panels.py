"""The cards of a person and of a household, on their pages."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from cobijo.accounts.services import name_kind
from cobijo.accounts.types import Permission
from cobijo.core.panels import Content, Panel, register
from cobijo.people import sight
from cobijo.people.cards import queries
from cobijo.people.models import Household, Membership, Person

name_kind(queries.CARD, _("card"))


def _of_person(actor: UUID, record: models.Model) -> Content | None:
    """The card a person has and those before it; for who registers, the way to give one."""
    assert isinstance(record, Person)
    found = queries.cards_of(actor, person=record.pk)
    may_give = Permission.REGISTER in sight.permissions_for(actor, record.pk)
    return {"cards": found, "may_give": may_give, "person": record.pk} if found or may_give else None


def _of_household(actor: UUID, record: models.Model) -> Content | None:
    """The same of a household."""
    assert isinstance(record, Household)
    found = queries.cards_of(actor, household=record.pk)
    members = Membership.objects.filter(household=record, ends_at=None)
    may_give = members.filter(sight.held(actor, "person", Permission.REGISTER)).exists()
    return {"cards": found, "may_give": may_give, "household": record.pk} if found or may_give else None


register(Panel("person", "people.cards", 45, "people/cards/panel.html", _of_person))
register(Panel("household", "people.cards", 20, "people/cards/panel.html", _of_household))
