"""Who calls: the owner of a token, or whoever is signed in at this browser.

With an ``Authorization`` header cookies count for nothing; without one it is the session's cookie, and then what writes
carries the CSRF token too.
"""

from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from ninja.errors import AuthenticationError
from ninja.security import APIKeyCookie, HttpBearer

from cobijo.accounts import access, queries
from cobijo.api.door import asked_language, until_answered
from cobijo.core.rest import Caller
from cobijo.core.verbs import Door


class Token(HttpBearer):
    """A token, which may do what is in it and what its account may do, whichever is less.

    One that is unknown, ended or revoked stops the request, whoever may be signed in beside it.
    """

    def __call__(self, request: HttpRequest) -> Caller | None:
        if self.header not in request.headers:
            return None
        caller = super().__call__(request)
        if not isinstance(caller, Caller):
            raise AuthenticationError
        return caller

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        owner = queries.account_of_token(token)
        if owner is None:
            return None
        until_answered(request, access.limited_to(owner.account, owner.permissions))
        _speak(request, owner.language)
        return Caller(owner.account, Door.API)


class Session(APIKeyCookie):
    """The cookie of someone signed in at a browser; ninja's class checks the CSRF token of what writes."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Caller | None:
        if not request.user.is_authenticated:
            return None
        caller = super().__call__(request)
        return caller if isinstance(caller, Caller) else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller | None:
        account = request.user
        if not account.is_authenticated:
            return None
        _speak(request, account.language)
        return Caller(account.id, Door.DESK)


def _speak(request: HttpRequest, language: str) -> None:
    """Answer in the account's language where the request asks for none. The door puts things back afterwards."""
    if asked_language(request) is None:
        translation.activate(language)


CALLERS: Final = (Token(), Session())
