"""Who calls: a token or a cookie, never a mixture; and in which language they are answered."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from cobijo.accounts import services
from cobijo.accounts.models import Grant, Token
from cobijo.accounts.types import Permission
from cobijo.api.tests.asking import ROOT, Asker, organisation, problem, token_of
from cobijo.core import clock, operations
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Door
from tests.cast import Cast, act, sign_in

pytestmark = pytest.mark.django_db


def test_whoever_is_not_signed_in_learns_only_that(cast: Cast) -> None:
    answer = Asker().get("/me")
    assert problem(answer) == (401, "api.sign_in")
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_cookie_and_a_token_both_say_who_calls(cast: Cast) -> None:
    for asker, door in ((Asker(cast.ana), "desk"), (Asker(token=token_of(cast.ana)), "api")):
        me = asker.get("/me").json()
        assert (me["account_id"], me["door"]) == (str(cast.ana.id), door)
        assert [grant["role"] for grant in me["grants"]] == ["registrar"]
        assert "register" in me["permissions"]


def test_a_bad_token_is_refused_whoever_is_signed_in_beside_it(cast: Cast) -> None:
    asker = Asker(cast.ana)
    for header in ("Bearer cobijo_0123456789_nothing", "Bearer", "Basic YW5hOmFuYQ==", "Bearer " + "é" * 40):
        assert problem(asker.get("/me", authorization=header)) == (401, "api.sign_in")


def test_a_token_that_is_revoked_or_over_is_refused(cast: Cast) -> None:
    revoked, over = token_of(cast.ana), token_of(cast.ana)
    services.revoke_token(act(cast.ana), token_id=Token.objects.get(prefix=revoked.split("_")[1]).id)
    Token.objects.filter(prefix=over.split("_")[1]).update(ends_at=clock.now() - timedelta(seconds=1))
    for token in (revoked, over):
        assert problem(Asker(token=token).get("/me")) == (401, "api.sign_in")


def test_the_token_of_a_closed_account_is_refused(cast: Cast) -> None:
    token = token_of(cast.ana)
    services.close_account(act(cast.administrator), account_id=cast.ana.id)
    assert problem(Asker(token=token).get("/me")) == (401, "api.sign_in")


def test_an_account_that_has_ended_is_nobody_with_cookie_and_token(cast: Cast) -> None:
    askers = (Asker(cast.ana), Asker(token=token_of(cast.ana)))
    cast.ana.ends_at = clock.now() - timedelta(seconds=1)
    cast.ana.save()
    for asker in askers:
        assert problem(asker.get("/me")) == (401, "api.sign_in")


def test_a_token_does_no_more_than_it_was_made_for(cast: Cast) -> None:
    narrow = Asker(token=token_of(cast.diego, {Permission.REPORT_SITE}))
    assert narrow.get("/me").json()["permissions"] == ["report_site"]
    felix = Asker(token=token_of(cast.administrator, {Permission.RUN_RESPONSE}))
    closing = {"account_id": str(cast.ana.id)}
    assert felix.call("accounts.close_account", closing).status_code in (403, 404)
    assert Asker(cast.administrator).call("accounts.close_account", closing).status_code == 200


def test_a_token_for_reading_settles_nothing_and_leaves_its_account_as_it_is(cast: Cast) -> None:
    late = operations.act_of(cast.diego.id, Door.DESK, op_id=uuid7(), happened_at=clock.now() - timedelta(hours=1))
    again: dict[str, Any] = {
        "figure_id": str(uuid7()),
        "response_id": str(cast.response.pk),
        "site_id": None,
        "group_id": None,
    }
    again["figure"] = {"about": "Todos", "day": "2018-06-10", "value": 4471, "source": "CONRED"}
    operations.submit("reporting.record_published", act(cast.diego), again)
    again["figure_id"] = str(uuid7())
    assert operations.submit("reporting.record_published", late, again).status == "held"

    reading = Asker(token=token_of(cast.diego, {Permission.SEE_FIGURES}))
    assert reading.get("/held").json()["items"] == []
    whole = Asker(token=token_of(cast.diego, {Permission.PUBLISH}))
    assert len(whole.get("/held").json()["items"]) == 1
    own = {
        "accounts.discard_held": {"op_id": str(late.op_id), "why": "mistake"},
        "accounts.end_grant": {"grant_id": str(Grant.objects.get(account=cast.diego).id)},
        "accounts.revoke_token": {"token_id": str(Token.objects.filter(account=cast.diego)[0].id)},
        "accounts.choose_language": {"language": "en"},
    }
    for verb, sent in own.items():
        assert reading.call(verb, sent).status_code in (403, 404), verb
    assert whole.call("accounts.discard_held", own["accounts.discard_held"]).status_code == 200


def test_a_token_cannot_make_a_token(cast: Cast) -> None:
    more = {"token_id": str(uuid7()), "label": "otra", "permissions": ["gate"], "ends_at": "2099-01-01T00:00:00Z"}
    assert problem(Asker(token=token_of(cast.ana)).call("accounts.make_token", more)) == (403, "core.not_this_door")


def test_a_page_of_somewhere_else_cannot_write_with_ones_cookie(cast: Cast) -> None:
    browser = sign_in(cast.administrator, Client(enforce_csrf_checks=True))
    body = {"op_id": uuid7(), "arguments": organisation()}
    path = f"{ROOT}/verbs/accounts.create_organisation"
    bare = browser.post(path, body, content_type="application/json")
    assert problem(bare) == (403, "api.old_page")
    assert browser.get(f"{ROOT}/me").status_code == 200

    browser.cookies["csrftoken"] = "a" * 32
    ours = browser.post(path, body, content_type="application/json", headers={"x-csrftoken": "a" * 32})
    assert ours.status_code == 200, ours.content


def test_a_token_needs_no_csrf_token(cast: Cast) -> None:
    asker = Asker(token=token_of(cast.administrator))
    asker.client = Client(enforce_csrf_checks=True)
    assert asker.call("accounts.create_organisation", organisation()).status_code == 200


@pytest.mark.parametrize(
    ("asked", "account", "answered"),
    [("en", "es", "en"), ("es-GT,en;q=0.5", "en", "es"), ("", "en", "en"), ("", "es", "es"), ("ja", "en", "en")],
)
def test_sentences_are_in_the_language_asked_for_or_the_accounts(
    cast: Cast, asked: str, account: str, answered: str
) -> None:
    cast.ana.language = account
    cast.ana.save()
    for asker in (Asker(cast.ana, language=asked), Asker(token=token_of(cast.ana), language=asked)):
        answer = asker.get(f"/people/{uuid7()}")
        assert answer["Content-Language"] == answered
        assert answer.json()["title"] == {"en": "Not found", "es": "No está"}[answered]
