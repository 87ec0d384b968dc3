"""What the store puts on the pages of a site and of a person."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from cobijo.accounts import access as authority
from cobijo.accounts.services import name_kind
from cobijo.accounts.types import Permission
from cobijo.algorithms.ages import Birth, age_on
from cobijo.assistance import access, queries
from cobijo.core import clock
from cobijo.core.panels import Content, Panel, register
from cobijo.people import access as people_access
from cobijo.people.queries import need_codes
from cobijo.people.types import NeedCode
from cobijo.sites.queries import zone_for

name_kind("assistance.formulaassessment", _("infants fed with formula"))


def _store(actor: UUID, record: models.Model) -> Content | None:
    """The ways to the store and to tomorrow's order."""
    if not authority.holds(actor, Permission.SEE_FIGURES, record.pk):
        return None
    return {"site": record.pk, "may_keep": access.keeps_store(actor, record.pk)}


def _feeding(actor: UUID, record: models.Model) -> Content | None:
    """For a health worker: whether an infant is fed with formula, and the way to say so."""
    if not people_access.holds_for(actor, Permission.HEALTH, record.pk):
        return None
    standing = queries.assessment_of(actor, record.pk)
    if standing is None and not _may_be_an_infant(actor, record):
        return None
    return {"person": record.pk, "standing": standing}


def _may_be_an_infant(actor: UUID, record: models.Model) -> bool:
    """By the youngest age possible; where no birth is known, by the need at the door."""
    birth: Birth = getattr(record, "birth", Birth.unknown())
    age = age_on(birth, clock.today(ZoneInfo(zone_for(actor))))
    return NeedCode.INFANT in need_codes(actor, record.pk) if age is None else age == 0


register(Panel("site", "assistance.store", 40, "assistance/panels/store.html", _store))
register(Panel("person", "assistance.feeding", 35, "assistance/panels/feeding.html", _feeding))
