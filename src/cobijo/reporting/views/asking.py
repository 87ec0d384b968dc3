"""What is asked for: a scope the reader may see figures of, and a night."""

from collections.abc import Callable
from datetime import date
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core.errors import NOT_FOUND, DomainError
from cobijo.core.pages import me
from cobijo.reporting import access, nights, scopes
from cobijo.reporting.types import Scope
from cobijo.sites.queries.scopes import responses

_BY_PATH: Final[dict[str, Callable[[UUID], Scope]]] = {
    "sites": scopes.of_site,
    "groups": scopes.of_group,
    "units": scopes.of_unit,
}


def scope_for(request: HttpRequest, path: str, id_: UUID) -> Scope:
    """A scope whose figures the reader may see; raises NOT_FOUND for a stranger's as for none."""
    if path not in _BY_PATH:
        raise Http404
    return access.require_figures(me(request), _BY_PATH[path](id_))


def night_for(request: HttpRequest, scope: Scope) -> date:
    """The night in the address (or in the form), whole or as day, month and year; tonight where none is."""
    given = request.POST.get("night") or request.GET.get("night") or _put_together(request)
    return nights.read(given) if given else nights.tonight(scope)


def _put_together(request: HttpRequest) -> str:
    """The night whose day, month and year were typed each for itself, as one date; nothing where none was."""
    parts = [request.GET.get(part, "").strip().zfill(width) for part, width in (("year", 4), ("month", 2), ("day", 2))]
    return "-".join(parts) if any(part.strip("0") for part in parts) else ""


def scopes_of(actor: UUID) -> list[Scope]:
    """What the reader may begin with: the responses they see figures of, or else their own units."""
    mine = responses().filter(pk__in=authority.unit_ids(actor, Permission.SEE_FIGURES))
    found = [scopes.of_unit(response.pk) for response in mine]
    if found:
        return found
    tops = sorted(authority.authority(actor).units_with(Permission.SEE_FIGURES))
    return sorted((scope for top in tops if (scope := _known(top))), key=lambda scope: scope.name)


def _known(unit: UUID) -> Scope | None:
    """The scope of a unit; None for one that belongs to no response."""
    try:
        return scopes.of_unit(unit)
    except DomainError as refusal:
        if refusal.code != NOT_FOUND.code:
            raise
        return None
