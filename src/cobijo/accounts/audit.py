"""The page of those who audit: who looked at people, how much, and what is out of the ordinary."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cobijo.accounts import access, queries, readings
from cobijo.accounts.deskforms import ReadingsForm
from cobijo.accounts.models import Account, Reading
from cobijo.accounts.types import Permission, ReadingKind, Role
from cobijo.core import clock
from cobijo.core.pages import me

ON_A_PAGE = 50
DAYS = 14


@require_GET
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The readings of one's units, with the daily measure by role."""
    actor = me(request)
    access.require_anywhere(actor, Permission.AUDIT)
    form = _form(request, actor)
    rows = readings.asked_for(actor, _wanted(form))
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    measure = readings.by_role(access.visible_to(actor, Reading.objects.all()), _today(), DAYS)
    names = queries.names_of([row.actor for row in page] + [one for day in measure for one in day.unusual])
    context = {
        "form": form,
        "page": page,
        "shown": [_shown(row, names) for row in page],
        "measure": [(day, [names.get(one, "") for one in day.unusual]) for day in measure],
        "exports": [{"url": _export_url(request), "label": _("These counts (CSV)"), "kind": "csv"}],
    }
    return render(request, "accounts/readings.html", context)


def _form(request: HttpRequest, actor: UUID) -> ReadingsForm:
    seen = access.visible_to(actor, Account.objects.order_by("name")).values_list("pk", "name")
    return ReadingsForm(seen, request.GET or None)


def _wanted(form: ReadingsForm) -> readings.Wanted:
    if not form.is_bound or not form.is_valid():
        return readings.Wanted()
    return readings.Wanted(**form.cleaned_data)


def _shown(row: Reading, names: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "at": row.at,
        "who": names.get(row.actor, _("The command line")),
        "role": Role(row.role).label if row.role else "",
        "what": ReadingKind(row.what).label,
        "kind": readings.word_for(row.model),
        "record": str(row.record)[-8:] if row.record else "",
        "people": row.people,
        "reason": readings.reason_word(row.reason),
    }


def _export_url(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return f"{reverse('accounts:readings_csv')}?{query.urlencode()}"


def _today() -> date:
    return timezone.localdate(clock.now())


# --- taking the counts along -----------------------------------------------------------------------------------------


@require_GET
@login_required
def export(request: HttpRequest) -> HttpResponse:
    """The counts by day, account, role and kind, of what was asked for. Counts only: no record is named."""
    actor = me(request)
    access.require_anywhere(actor, Permission.AUDIT)
    wanted = _wanted(_form(request, actor))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="readings-{_today().isoformat()}.csv"'
    out = csv.writer(response)
    out.writerow(["day", "account", "role", "what", "readings", "people"])
    out.writerows(_counts(actor, wanted))
    return response


def _counts(actor: UUID, wanted: readings.Wanted) -> Iterable[list[object]]:
    """One row for each day, account, role and kind of reading; the last ninety days where no day is asked for."""
    rows = readings.asked_for(actor, wanted)
    if wanted.day is None:
        rows = rows.filter(at__gt=clock.now() - timedelta(days=90))
    summed = list(
        rows.order_by()
        .annotate(day=TruncDate("at"))
        .values_list("day", "actor", "role", "what")
        .annotate(readings=Count("id"), people=Sum("people"))
        .order_by("day", "actor", "role", "what")
    )
    usernames = dict(Account.objects.filter(pk__in={row[1] for row in summed}).values_list("pk", "username"))
    for day, account, role, what, count, people in summed:
        yield [day.isoformat(), _cell(usernames.get(account, "command line")), role, what, count, people]


def _cell(text: str) -> str:
    """Text as a spreadsheet takes it for text, whatever it begins with."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
