"""Tomorrow's order of a site."""

from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.assistance import queries, saying
from cobijo.assistance.forms import OrderForm
from cobijo.assistance.views.base import site_for, store_page
from cobijo.core import clock
from cobijo.core.pages import me


@require_GET
@login_required
def order(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Meals and goods for tomorrow: need, less store, is what to ask for; each with what it rests on."""
    site = site_for(request, site_id)
    day = clock.today(ZoneInfo(site.zone)) + timedelta(days=1)
    found = queries.order_for(site, day, **wanted(request))
    form = OrderForm(initial={"days": found.days, "norms": found.norm_set.code})
    return store_page(
        request,
        "assistance/order.html",
        site,
        "order",
        form=form,
        order=found,
        team=authority.holds(me(request), Permission.SEE_PEOPLE, site_id),
        made_of=saying.made_of(found.expected),
        left_out=saying.left_out(found.expected),
        doubts=saying.doubts(found),
        exports=[
            {"url": _file(request, site_id, form), "label": form.upper(), "kind": form} for form in ("csv", "xlsx")
        ],
    )


def wanted(request: HttpRequest) -> dict[str, Any]:
    """For how many days, and by which norms, the address asks; what it asks oddly is left at the usual."""
    form = OrderForm(request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    return {"days": given.get("days") or 1, "norms": given.get("norms") or ""}


def _file(request: HttpRequest, site_id: UUID, form: str) -> str:
    asked = request.GET.urlencode()
    return reverse("assistance:order_file", args=[site_id, form]) + (f"?{asked}" if asked else "")
