"""Asking the program over HTTP as somebody signed in at a browser: Django's test client, all middleware included."""

import gzip
import time
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import close_old_connections, connection
from django.test import Client
from django.utils.crypto import get_random_string

from cobijo.core import canonical
from cobijo.demo.bench.timing import Act

_CSRF_SECRET: Final = 32
_SIGNED_IN_SECONDS: Final = 300
"""Shorter than any role may sit idle: one act's measuring can take longer than that, while others wait."""
_PACKED: Final = b"\x1f\x8b"


class UnexpectedAnswerError(RuntimeError):
    """What was to be measured was answered otherwise than with success."""


class Browser:
    """A browser in which an account has signed in with password and second factor."""

    def __init__(self, account: UUID) -> None:
        self._user = get_user_model()._default_manager.get(pk=account)
        self._client = Client(
            enforce_csrf_checks=True,
            raise_request_exception=False,
            headers={"accept-language": "es-GT", "accept-encoding": "gzip"},
        )
        self._token = get_random_string(_CSRF_SECRET)
        self._sign_in()

    def _sign_in(self) -> None:
        self._client.force_login(self._user, backend="cobijo.accounts.backend.SignIn")
        session, now = self._client.session, time.time()
        session["account_authentication_methods"] = [
            {"method": "password", "at": now, "username": self._user.get_username()},
            {"method": "mfa", "at": now, "type": "totp"},
        ]
        session["account_authentication_methods_user"] = str(self._user.pk)
        session.save()
        self._client.cookies[settings.CSRF_COOKIE_NAME] = self._token
        self._since = time.monotonic()

    def _make_ready(self) -> None:
        """Sign in again where that was long ago. Not timed, like all that makes an act ready."""
        if time.monotonic() - self._since > _SIGNED_IN_SECONDS:
            self._sign_in()

    def opening(self, address: str) -> Act:
        """Opening an address, ready to be timed."""
        self._make_ready()
        return lambda: len(self._ask("GET", address))

    def sending(self, address: str, what: dict[str, Any]) -> Act:
        """Posting JSON, ready to be timed."""
        self._make_ready()
        body = canonical.encode(what)
        return lambda: len(self._ask("POST", address, body, "application/json"))

    def submitting(self, address: str, words: str) -> Act:
        """Sending the one search box, ready to be timed; words that name one thing lead straight to it."""
        return self.posting(address, {"q": words})

    def posting(self, address: str, form: dict[str, Any]) -> Act:
        """Sending a form, ready to be timed."""
        self._make_ready()
        return lambda: len(self._ask("POST", address, form))

    def read(self, address: str) -> bytes:
        """What an address answers, unpacked."""
        answer = self._ask("GET", address)
        return gzip.decompress(answer) if answer.startswith(_PACKED) else answer

    def read_json(self, address: str) -> Any:
        """What an address of the API answers."""
        return canonical.decode(self.read(address))

    def _ask(self, method: str, address: str, *sent: Any) -> bytes:
        """One request as a server meets it: the database is opened, or asked whether it still answers, in its time.

        Gives the answer's body as it goes over the wire, packed where it is.
        """
        _between_requests()
        headers = {"X-CSRFToken": self._token} if method == "POST" else {}
        if len(sent) > 1:
            answer = self._client.generic(method, address, *sent, headers=headers)
        elif sent:
            answer = self._client.post(address, sent[0], headers=headers)
        else:
            answer = self._client.get(address)
        _between_requests()
        if answer.status_code not in (HTTPStatus.OK, HTTPStatus.FOUND):
            raise UnexpectedAnswerError(f"{method} {address}: {answer.status_code} {answer.content[:400]!r}")
        return bytes(answer.content)


def _between_requests() -> None:
    """What the server does there; not where a transaction lies around it all, as in a test."""
    if not connection.in_atomic_block:
        close_old_connections()
