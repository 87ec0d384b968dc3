"""Figures as files and prints: exact ones marked internal, released ones for outside."""

from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cobijo.core import wording
from cobijo.core.ids import uuid7
from cobijo.core.pages import PDF, act_of, file_answer, me
from cobijo.core.spreadsheets import CSV, XLSX
from cobijo.reporting import access, nights, prints, scopes, services
from cobijo.reporting.census import census
from cobijo.reporting.exports import sheets
from cobijo.reporting.exports.as_csv import sheet_csv
from cobijo.reporting.exports.as_json import census_json, release_json
from cobijo.reporting.exports.as_xlsx import sheets_xlsx
from cobijo.reporting.models import Release
from cobijo.reporting.types import Census, Scope, ScopeKind
from cobijo.reporting.views.asking import night_for, scope_for


@require_GET
@login_required
def exact(request: HttpRequest, path: str, scope_id: UUID, night: str, form: str) -> HttpResponse:
    """The census as a file for inside: exact, and marked as not to be passed on."""
    asked = scope_for(request, path, scope_id)
    found = census(asked, nights.read(night))
    name = _name(asked, found.night, "internal")
    if form == "json":
        return JsonResponse(census_json(found) | {"use": sheets.internal()}, json_dumps_params={"ensure_ascii": False})
    if form == "pdf":
        return file_answer(_print(request, found), PDF, f"{name}.pdf", inline=True)
    if form == "xlsx":
        book = sheets_xlsx([sheets.exact(found), sheets.beside(found)], _title(asked, found.night), sheets.internal())
        return file_answer(book, XLSX, f"{name}.xlsx")
    if form == "published":
        return file_answer(sheet_csv(sheets.beside(found)), CSV, f"{name}-published.csv")
    if form != "csv":
        raise Http404
    return file_answer(sheet_csv(sheets.exact(found)), CSV, f"{name}.csv")


def _print(request: HttpRequest, found: Census) -> bytes:
    name = str(getattr(request.user, "name", ""))
    printed = prints.desk if found.scope.kind is ScopeKind.SITE else prints.sites
    return printed(me(request), name, found)


@require_POST
@login_required
def door(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The page for the door of a site; from then on its total is out."""
    asked = scope_for(request, "sites", site_id)
    night = night_for(request, asked)
    released = services.print_door(act_of(request), release_id=uuid7(), site_id=site_id, night=night)
    name = _name(asked, night, "door")
    return file_answer(prints.door(released, census(asked, night)), PDF, f"{name}.pdf", inline=True)


@require_GET
@login_required
def released(request: HttpRequest, release_id: UUID, form: str) -> HttpResponse:
    """What was given out, as a file for outside."""
    found = access.get_for(me(request), Release, release_id)
    if found.door:
        raise Http404
    asked = scopes.of_unit(found.unit_id)
    name = _name(asked, found.night, "released")
    if form == "json":
        return JsonResponse(release_json(found), json_dumps_params={"ensure_ascii": False})
    if form == "pdf":
        return file_answer(prints.released(found, asked), PDF, f"{name}.pdf", inline=True)
    if form == "xlsx":
        book = sheets_xlsx([sheets.released(found)], _title(asked, found.night), sheets.outside())
        return file_answer(book, XLSX, f"{name}.xlsx")
    if form != "csv":
        raise Http404
    return file_answer(sheet_csv(sheets.released(found)), CSV, f"{name}.csv")


# --- names and heads -------------------------------------------------------------------------------------------------


def _name(scope: Scope, night: date, use: str) -> str:
    """A name for a file that says what it is of, of which night, and for whom."""
    return f"census-{scope.code or slugify(scope.name)}-{night.isoformat()}-{use}"


def _title(scope: Scope, night: date) -> str:
    return _("Census: {scope}, {night}").format(scope=scope.name, night=wording.day(night))


def pdf_of(content: bytes, name: str) -> HttpResponse:
    """A print, shown in the browser."""
    return file_answer(content, PDF, name, inline=True)
