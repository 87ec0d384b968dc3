"""Published figures of a response: the list, recording one, taking one back."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.core.pages import carried_out, done, me
from cobijo.reporting import access, services
from cobijo.reporting.forms import WHOLE, PublishedForm
from cobijo.reporting.models import PublishedFigure
from cobijo.reporting.sources import sites_of
from cobijo.reporting.types import Scope
from cobijo.reporting.views.asking import scope_for
from cobijo.sites.queries.scopes import groups

ON_A_PAGE = 100


@require_GET
@login_required
def figures(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Every published figure of a response, the newest day first."""
    asked = scope_for(request, "units", response_id)
    rows = access.visible_to(me(request), PublishedFigure.objects.filter(response=asked.response, voided_at=None))
    ordered = rows.select_related("site__unit", "group").order_by("-day", "source", "id")
    page = Paginator(ordered, ON_A_PAGE).get_page(request.GET.get("page"))
    may_publish = access.may_publish(me(request), asked)
    return render(request, "reporting/published.html", {"scope": asked, "page": page, "may_publish": may_publish})


@require_http_methods(["GET", "POST"])
@login_required
def record(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Record a published figure."""
    asked = scope_for(request, "units", response_id)
    form = PublishedForm(list(_choices(asked)), request.POST or None)
    if carried_out(
        request,
        form,
        lambda act: services.record_published(
            act,
            figure_id=form.cleaned_data["new_id"],
            response_id=asked.response,
            **form.scope(),
            figure=form.figure(),
        ),
    ):
        return redirect("reporting:published", response_id)
    return render(request, "reporting/record.html", {"scope": asked, "form": form})


def _choices(scope: Scope) -> Iterator[tuple[str, Any]]:
    yield WHOLE, _("The whole response: {name}").format(name=scope.response_name)
    yield _("Groups of sites"), [(f"group:{group.pk}", group.name) for group in groups(scope.response)]
    sites = sites_of(scope).select_related("unit").order_by("unit__name")
    yield _("Sites"), [(f"site:{site.pk}", f"{site.unit.name} ({site.code})") for site in sites]


@require_POST
@login_required
def void(request: HttpRequest, figure_id: UUID) -> HttpResponse:
    """Take back a figure that was recorded by mistake."""
    figure = access.get_for(me(request), PublishedFigure, figure_id)
    done(
        request,
        lambda act: services.void_published(act, figure_id=figure_id),
        _("The figure of {source} is taken back.").format(source=figure.source),
    )
    return redirect("reporting:published", figure.response_id)
