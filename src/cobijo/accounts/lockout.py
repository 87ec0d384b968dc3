"""When guessing is stopped: after some wrong passwords for one account from one address, for a while."""

from collections.abc import Mapping
from typing import Any

from axes.helpers import get_cool_off
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cobijo.accounts import notices, queries
from cobijo.accounts.models import Account, Notice
from cobijo.accounts.types import Permission
from cobijo.core import clock


def name_of(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """Under which name an attempt is counted: the user name, whether it or the e-mail was typed, in any capitals."""
    given = credentials or {}
    typed = given.get("username") or given.get("login") or given.get("email") or request.POST.get("login") or ""
    name = str(typed).strip().lower()
    if "@" not in name:
        return name
    found = Account.objects.filter(email=name).order_by("username").values_list("username", flat=True).first()
    return found or name


def page(request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """What whoever was stopped reads, with status 429."""
    wait = get_cool_off(request)
    minutes = max(1, round(wait.total_seconds() / 60)) if wait else 0
    stopped = render(request, "account/lockout.html", {"minutes": minutes}, status=429)
    if wait:
        stopped["Retry-After"] = str(int(wait.total_seconds()))
    return stopped


def tell_of(username: str) -> None:
    """Tell an account, and the auditors of its unit, once a stop, that somebody guessed at it."""
    account = Account.objects.filter(username=username).first()
    if account is None:
        return
    since = clock.now() - settings.AXES_COOLOFF_TIME
    if Notice.objects.filter(account=account, code=notices.LOCKED_OUT, at__gt=since).exists():
        return
    auditors = queries.accounts_holding(Permission.AUDIT, account.unit_id) if account.unit_id else []
    notices.tell({account.id, *auditors}, notices.LOCKED_OUT, account=account.id)
