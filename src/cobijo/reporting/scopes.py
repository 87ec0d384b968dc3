"""From an id, or from words typed at the machine, to what a figure is of."""

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cobijo.accounts.access import COMMAND_LINE
from cobijo.algorithms.ages import BAND_SETS, DEFAULT
from cobijo.algorithms.text import fold
from cobijo.core.errors import NOT_FOUND, Ground, Refusal
from cobijo.reporting.types import Scope, ScopeKind
from cobijo.sites.queries import resolve_site
from cobijo.sites.queries import scopes as places

T = TypeVar("T")

NO_GROUP = Refusal(
    "reporting.no_group", _("No group of sites is called “{text}”. The groups are: {known}."), Ground.INPUT
)
NO_RESPONSE = Refusal(
    "reporting.no_response", _("No response is called “{text}”. The responses are: {known}."), Ground.INPUT
)
NO_RESPONSE_YET = Refusal(
    "reporting.no_response_yet", _("There is no response yet. Open one first, then ask again."), Ground.INPUT
)
SEVERAL = Refusal("reporting.several", _("“{text}” fits more than one: {known}. Write more of the name."), Ground.INPUT)
SEVERAL_RESPONSES = Refusal(
    "reporting.several_responses", _("There is more than one response: {known}. Say which one you mean."), Ground.INPUT
)

# --- by id -----------------------------------------------------------------------------------------------------------


def of_site(site: UUID) -> Scope:
    """One site. Raises NOT_FOUND."""
    found = places.site(site)
    if found is None:
        raise NOT_FOUND()
    own = {"unit": found.pk, "zone": found.zone, "code": found.code}
    return _scope(ScopeKind.SITE, found.pk, found.unit.name, found.response, **own)


def of_group(group: UUID) -> Scope:
    """A named group of sites; the right to see it is that of its response. Raises NOT_FOUND."""
    found = places.group(group)
    if found is None:
        raise NOT_FOUND()
    return _scope(ScopeKind.GROUP, found.pk, found.name, found.response, whole_list=found.complete)


def of_unit(unit: UUID) -> Scope:
    """A unit: a response, a site, or an area or organisation with all sites below it. Raises NOT_FOUND."""
    response = places.response(unit)
    if response is not None:
        return _scope(ScopeKind.RESPONSE, response.pk, response.unit.name, response)
    if places.site(unit) is not None:
        return of_site(unit)
    above = places.response_above(unit)
    if above is None:
        raise NOT_FOUND()
    nearest, name = above
    return _scope(ScopeKind.AREA, unit, name, nearest, unit=unit)


def _scope(kind: ScopeKind, id_: UUID, name: str, response: Any, **own: Any) -> Scope:
    """A scope of a response; ``own`` overrides what it has from there."""
    given = {
        "unit": response.pk,
        "response": response.pk,
        "response_name": response.unit.name,
        "zone": response.zone,
        "began": response.started_on,
        "bands": BAND_SETS.get(response.band_set, DEFAULT),
    }
    return Scope(kind=kind, id=id_, name=name, **(given | own))


def path_of(scope: Scope) -> str:
    """The part of an address that says what kind of scope follows."""
    return {ScopeKind.SITE: "sites", ScopeKind.GROUP: "groups"}.get(scope.kind, "units")


# --- by words --------------------------------------------------------------------------------------------------------


def site_called(text: str) -> Scope:
    """The site of that code, name or other name, or the only one whose name contains the words, for the operator.

    Raises what ``sites.queries.resolve_site`` does.
    """
    return of_site(resolve_site(COMMAND_LINE, text).pk)


def group_called(text: str) -> Scope:
    """The group of sites of that name, or whose name alone contains it. Raises NO_GROUP, SEVERAL."""
    named = [(group.name, group.pk) for group in places.groups()]
    found = _called(text, named)
    if found is None:
        raise NO_GROUP(text=text, known=_list(name for name, _ in named))
    return of_group(found)


def response_called(text: str | None) -> Scope:
    """The response of that name; without words the only one there is. Raises NO_RESPONSE…, SEVERAL…"""
    named = [(response.unit.name, response.pk) for response in places.responses()]
    if not named:
        raise NO_RESPONSE_YET()
    if text is None and len(named) > 1:
        raise SEVERAL_RESPONSES(known=_list(name for name, _ in named))
    found = named[0][1] if text is None else _called(text, named)
    if found is None:
        raise NO_RESPONSE(text=text, known=_list(name for name, _ in named))
    return of_unit(found)


def _called(text: str, named: Iterable[tuple[str, T]]) -> T | None:
    """What is called so: exactly, or the only one whose name contains the words. Raises SEVERAL."""
    wanted = fold(text)
    rows = [(name, fold(name), one) for name, one in named]
    fitting = [row for row in rows if row[1] == wanted] or [row for row in rows if wanted and wanted in row[1]]
    found = {one: name for name, _, one in reversed(fitting)}
    if len(found) > 1:
        raise SEVERAL(text=text, known=_list(reversed(found.values())))
    return next(iter(found), None)


def _list(names: Iterable[str], most: int = 8) -> str:
    """Some names in a row, and how many more there are."""
    known = list(names)
    more = f" … (+{len(known) - most})" if len(known) > most else ""
    return ", ".join(known[:most]) + more if known else "–"
