"""How the tests of the API ask: as someone signed in at a browser, or as a program with a token."""

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.test import Client

from cobijo.accounts import access, services
from cobijo.accounts.models import Account
from cobijo.accounts.types import Permission
from cobijo.core import clock
from cobijo.core.ids import uuid7
from tests.cast import act, sign_in

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Said
else:
    from django.http import HttpResponse as Said

ROOT = "/api/v1"


class Asker:
    """Somebody who asks the API; the language is English unless a test says another."""

    def __init__(self, who: Account | None = None, *, token: str = "", language: str = "en") -> None:
        self.client = sign_in(who) if who else Client()
        self.headers = {"accept-language": language} if language else {}
        if token:
            self.headers["authorization"] = f"Bearer {token}"

    def get(self, path: str, **headers: str) -> Said:
        return self.client.get(f"{ROOT}{path}", headers=self.headers | headers)

    def post(self, path: str, body: Any, content_type: str = "application/json", **headers: str) -> Said:
        """Send a body: bytes as they are, anything else as JSON."""
        return self.client.post(f"{ROOT}{path}", body, content_type=content_type, headers=self.headers | headers)

    def call(self, verb: str, sent: dict[str, Any], **given: Any) -> Said:
        """Run a verb; ``given`` adds to the call or replaces its op_id."""
        body = {"op_id": uuid7(), "arguments": sent} | given
        return self.post(f"/verbs/{verb}", body)


def token_of(who: Account, permissions: Collection[Permission] = ()) -> str:
    """A token of the account for these permissions; where none is named, for all the account has."""
    wanted = sorted(permissions or access.authority(who.id).permissions())
    ends = clock.now() + timedelta(days=1)
    return services.make_token(act(who), token_id=uuid7(), label="prueba", permissions=wanted, ends_at=ends).secret


def organisation(**given: Any) -> dict[str, Any]:
    """Arguments of ``accounts.create_organisation``, which an administrator may call."""
    return {"organisation_id": str(uuid7()), "name": "Alcaldía", "country": "GT", "contact": "2200-1111"} | given


def problem(answer: Said) -> tuple[int, str]:
    """The status and the code of a refusal, which must be problem+json through and through."""
    assert answer["Content-Type"] == "application/problem+json", answer.content
    said: dict[str, Any] = answer.json()
    assert said["status"] == answer.status_code
    assert said["title"]
    assert said["detail"]
    assert said["type"] == "about:blank"
    return answer.status_code, said["code"]
