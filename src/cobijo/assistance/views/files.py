"""The book and the order as files."""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from cobijo.assistance import exports, queries
from cobijo.assistance.exports import Table
from cobijo.assistance.views.base import site_for
from cobijo.assistance.views.order import wanted
from cobijo.core import clock

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@login_required
def store(request: HttpRequest, site_id: UUID, form: str) -> HttpResponse:
    """What is in store, as CSV or XLSX."""
    site = site_for(request, site_id)
    shelf = [line for _kind, lines in queries.shelves(site_id) for line in lines]
    today = clock.today(ZoneInfo(site.zone))
    return _file(exports.of_store(site, shelf), form, f"store-{site.code}-{today.isoformat()}-internal")


@require_GET
@login_required
def order(request: HttpRequest, site_id: UUID, form: str) -> HttpResponse:
    """Tomorrow's order, as CSV or XLSX."""
    site = site_for(request, site_id)
    day = clock.today(ZoneInfo(site.zone)) + timedelta(days=1)
    found = queries.order_for(site, day, **wanted(request))
    return _file(exports.of_order(site, found), form, f"order-{site.code}-{day.isoformat()}-internal")


def _file(table: Table, form: str, name: str) -> HttpResponse:
    if form not in ("csv", "xlsx"):
        raise Http404
    content, kind = (exports.as_csv(table), CSV) if form == "csv" else (exports.as_xlsx(table), XLSX)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=kind, headers=headers)
