"""What accounts hears of signing in."""

import time
from datetime import timedelta
from typing import Any

from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from cobijo.accounts import access, lockout, middleware, notices, queries, second_factor
from cobijo.accounts.models import Notice
from cobijo.accounts.types import Permission
from cobijo.core import clock
from cobijo.core.operations import collided
from cobijo.core.verbs import Act

A_DAY = timedelta(days=1)


@receiver(user_logged_in, dispatch_uid="accounts.session_begins")
def session_begins(request: HttpRequest, **_: Any) -> None:
    """A session's time begins, in the account's language."""
    request.session[middleware.BEGAN] = request.session[middleware.SEEN] = time.time()
    request.META[middleware.JUST_SIGNED_IN] = True


@receiver(mfa.authenticator_added, dispatch_uid="accounts.second_factor_set_up")
def second_factor_set_up(request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    """Whoever has just set up a second factor has shown it."""
    if authenticator.type in second_factor.KINDS:
        second_factor.note_set_up(request, user)


@receiver(user_locked_out, dispatch_uid="accounts.guessing_stopped")
def guessing_stopped(username: str | None = None, **_: Any) -> None:
    """The account that was guessed at is told."""
    if username:
        lockout.tell_of(username)


@collided.join
def an_id_was_tried(act: Act) -> None:
    """Tell the auditors of where the actor works, once a day: the answer to such a try says that the id is in use."""
    lately = Notice.objects.filter(code=notices.ID_COLLISION, at__gt=clock.now() - A_DAY)
    if lately.filter(about__account=str(act.actor)).exists():
        return
    units = {grant.unit for grant in access.authority(act.actor).grants}
    auditors = {auditor for unit in units for auditor in queries.accounts_holding(Permission.AUDIT, unit)}
    notices.tell(auditors, notices.ID_COLLISION, account=act.actor)
