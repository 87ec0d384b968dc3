"""The book and the order as files."""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from cobijo.assistance import exports, queries
from cobijo.assistance.views.base import site_for
from cobijo.assistance.views.order import wanted
from cobijo.core import clock
from cobijo.core.pages import table_answer


@require_GET
@login_required
def store(request: HttpRequest, site_id: UUID, form: str) -> HttpResponse:
    """What is in store, as CSV or XLSX."""
    site = site_for(request, site_id)
    shelf = [line for _kind, lines in queries.shelves(site_id) for line in lines]
    today = clock.today(ZoneInfo(site.zone))
    return table_answer(exports.of_store(site, shelf), form, f"store-{site.code}-{today.isoformat()}-internal")


@require_GET
@login_required
def order(request: HttpRequest, site_id: UUID, form: str) -> HttpResponse:
    """Tomorrow's order, as CSV or XLSX."""
    site = site_for(request, site_id)
    day = clock.today(ZoneInfo(site.zone)) + timedelta(days=1)
    found = queries.order_for(site, day, **wanted(request))
    return table_answer(exports.of_order(site, found), form, f"order-{site.code}-{day.isoformat()}-internal")
