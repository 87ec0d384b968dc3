"""What sites puts on the pages of a person, of a household, and on everybody's first page."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from cobijo.accounts import access as authority
from cobijo.accounts.services import name_kind
from cobijo.accounts.types import Permission
from cobijo.core.panels import Content, Panel, register
from cobijo.people.access import permissions_for
from cobijo.people.types import Sex
from cobijo.sites import queries
from cobijo.sites.queries import StayLine

name_kind("sites.stay", _("people of a site"))
name_kind("sites.transfer", _("people of a transfer"))
name_kind("sites.incident", _("incident"))
name_kind("sites.complaint", _("complaints"))
name_kind("sites.siteact", _("act of closing on paper"))


def _with_acts(actor: UUID, stay: StayLine) -> dict[str, object]:
    """A stay with its clock, and what the reader may do about it."""
    return {
        "stay": stay,
        "zone": ZoneInfo(stay.zone),
        "may_stay": stay.is_open and authority.holds(actor, Permission.STAY, stay.site_id),
        "may_manage": stay.is_open and authority.holds(actor, Permission.MANAGE_SITE, stay.site_id),
    }


def _stays(actor: UUID, record: models.Model) -> Content:
    """Where a person sleeps and has slept, at sites of the reader's only, and what can be done next."""
    lines = [_with_acts(actor, stay) for stay in queries.stays_of(actor, record.pk)]
    here = any(line["may_stay"] for line in lines)
    buries = permissions_for(actor, record.pk) & {Permission.CASE_WORK, Permission.MANAGE_SITE}
    dead = queries.death_of(actor, record.pk)
    return {
        "person": record.pk,
        "lines": lines,
        "may_bear": here and getattr(record, "sex", None) == Sex.FEMALE,
        "may_bury": bool(buries) and dead is None,
        "dead": dead,
    }


def _household(actor: UUID, record: models.Model) -> Content | None:
    """A household at sites of the reader's: how it leaves or moves together, and who of it has no name yet."""
    stays = queries.household_stays(actor, record.pk)
    numbers = queries.unnamed_of(actor, record.pk)
    if not stays and not numbers:
        return None
    lines = [_with_acts(actor, stay) for stay in stays]
    where = [number.site_id for number in numbers] + [line.site_id for line in stays]
    at = next((site for site in where if authority.holds(actor, Permission.STAY, site)), None)
    way_out = queries.way_out_of(actor, record.pk)
    return {"lines": lines, "numbers": numbers, "household": record.pk, "at": at, "way_out": way_out}


MOST = 8


def _home(actor: UUID, _account: models.Model) -> Content | None:
    """The sites one works with, and how many transfers wait for an answer."""
    lines, total = queries.sites_for(actor, part=slice(0, MOST))
    if not lines:
        return None
    waiting = queries.transfers_to_answer(actor) if authority.authority(actor).has(Permission.MANAGE_SITE) else 0
    return {"lines": lines, "more": total - len(lines), "waiting": waiting}


register(Panel("person", "sites.stays", 20, "sites/panels/stays.html", _stays))
register(Panel("household", "sites.household", 20, "sites/panels/household.html", _household))
register(Panel("home", "sites.sites", 10, "sites/panels/home.html", _home))
