"""Who may see which figures, and who may call this app's verbs."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import records
from cobijo.core.verbs import Act
from cobijo.reporting.evening.models import EveningSheet
from cobijo.reporting.models import ClosedCensus, PublishedFigure, Release
from cobijo.reporting.people.access import (  # noqa: F401 - rules of its verbs
    may_approve_export,
    may_ask_export,
    may_refuse_export,
    may_take_copy,
)
from cobijo.reporting.types import Scope

# --- who may see what ------------------------------------------------------------------------------------------------


def _published(actor: UUID) -> Q:
    """Figures of a site where one sees that site's figures, others where one sees those of the response."""
    mine = authority.unit_ids(actor, Permission.SEE_FIGURES)
    return Q(site__in=mine) | Q(site=None, response__in=mine)


def _closed(actor: UUID) -> Q:
    return Q(site__in=authority.unit_ids(actor, Permission.SEE_FIGURES))


def _releases(actor: UUID) -> Q:
    return Q(unit__in=authority.unit_ids(actor, Permission.SEE_FIGURES))


visible_to, get_for = records.doors(
    {PublishedFigure: _published, ClosedCensus: _closed, Release: _releases, EveningSheet: _closed}
)


def require_figures(actor: UUID, scope: Scope) -> Scope:
    """Give the scope back where the actor may see its exact figures; a stranger's is one that does not exist."""
    authority.require(actor, Permission.SEE_FIGURES, scope.unit)
    return scope


def sees_people(actor: UUID, scope: Scope) -> bool:
    """Whether the actor sees people by name there: analysts above a site see figures, not names."""
    return authority.holds(actor, Permission.SEE_PEOPLE, scope.unit)


def may_close(actor: UUID, scope: Scope) -> bool:
    return authority.holds(actor, Permission.MANAGE_SITE, scope.unit)


def may_publish(actor: UUID, scope: Scope) -> bool:
    return authority.holds(actor, Permission.PUBLISH, scope.unit)


def may_report(actor: UUID, scope: Scope) -> bool:
    return authority.holds(actor, Permission.REPORT_SITE, scope.unit)


def may_hang_up(actor: UUID, scope: Scope) -> bool:
    """Whether the actor may print the page for the door: the site's own team, and who releases figures."""
    return any(authority.holds(actor, permission, scope.unit) for permission in _FOR_THE_DOOR)


_FOR_THE_DOOR = (Permission.STAY, Permission.MANAGE_SITE, Permission.PUBLISH)

# --- who may call what -----------------------------------------------------------------------------------------------


def may_record_published(act: Act, *, response_id: UUID, site_id: UUID | None, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.PUBLISH, site_id or response_id)


def may_void_published(act: Act, *, figure_id: UUID, **_: Any) -> UUID:
    figure = get_for(act.actor, PublishedFigure, figure_id)
    return authority.require(act.actor, Permission.PUBLISH, figure.site_id or figure.response_id)


def may_close_night(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.MANAGE_SITE, site_id)


def may_release_figures(act: Act, *, unit_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.PUBLISH, unit_id)


def may_print_door(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    held = next((one for one in _FOR_THE_DOOR if authority.holds(act.actor, one, site_id)), Permission.MANAGE_SITE)
    return authority.require(act.actor, held, site_id)


def may_write_message(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    """Whoever may hang the page for the door up: the same total leaves."""
    held = next((one for one in _FOR_THE_DOOR if authority.holds(act.actor, one, site_id)), Permission.MANAGE_SITE)
    return authority.require(act.actor, held, site_id)


def may_sign_sheet(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.MANAGE_SITE, site_id)
