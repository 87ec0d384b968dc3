"""The pages of those who manage accounts, and one's own."""

from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.test import Client

from cobijo.accounts import access
from cobijo.accounts.models import Account, Grant, Organisation, Token, Unit
from cobijo.accounts.types import Permission, Role
from cobijo.core.ids import uuid7
from tests.cast import Cast, grant, sign_in


@pytest.fixture
def felix(cast: Cast) -> Client:
    """The administrator's browser."""
    return sign_in(cast.administrator)


def ids() -> dict[str, str]:
    """What a form brings along unseen."""
    return {"op_id": str(uuid7()), "new_id": str(uuid7())}


def new_account(unit: UUID, **given: str) -> dict[str, str]:
    fixed = {"name": "Inés Cúmez", "username": "ines", "email": "", "language": "es", "unit": str(unit)}
    return ids() | fixed | given


# --- who sees which page ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [("administrator", 200), ("auditor", 200), ("ana", 403), ("beto", 403), ("diego", 403), ("outsider", 403)],
)
def test_the_list_is_for_those_who_manage_give_or_audit(cast: Cast, who: str, status: int) -> None:
    assert sign_in(getattr(cast, who)).get("/accounts/").status_code == status


@pytest.mark.parametrize(("who", "status"), [("administrator", 200), ("auditor", 200), ("beto", 404), ("carla", 404)])
def test_a_strangers_account_is_a_page_that_does_not_exist(cast: Cast, who: str, status: int) -> None:
    assert sign_in(getattr(cast, who)).get(f"/accounts/{cast.ana.id}/").status_code == status


def test_a_stranger_cannot_tell_an_account_from_none(cast: Cast) -> None:
    browser = sign_in(cast.carla)
    there, nowhere = (browser.get(f"/accounts/{one}/") for one in (cast.ana.id, uuid7()))
    assert there.status_code == nowhere.status_code == 404
    assert _page(there) == _page(nowhere)


def _page(response: Any) -> str:
    return str(response.content.decode().split("<main")[1].split("</main")[0])


def test_the_list_shows_the_units_one_manages_and_no_others(cast: Cast) -> None:
    grant(cast.outsider, Role.ADMINISTRATOR, cast.b.unit)
    page = sign_in(cast.outsider).get("/accounts/").content.decode()
    assert "Carla Ixcot" in page
    assert "Ana Xicay" not in page


def test_a_longer_list_costs_no_more_queries(cast: Cast, felix: Client, django_assert_max_num_queries: Any) -> None:
    felix.get("/accounts/")
    with django_assert_max_num_queries(24):
        felix.get("/accounts/")
    for number in range(20):
        account = Account.objects.create(
            username=f"persona{number}", name=f"Persona {number}", unit=cast.a.unit, made_at=cast.ana.made_at
        )
        grant(account, Role.REGISTRAR, cast.a.unit)
    with django_assert_max_num_queries(24):
        felix.get("/accounts/")


# --- making an account -----------------------------------------------------------------------------------------------


def test_making_an_account_shows_its_link_once_and_mails_it(cast: Cast, felix: Client) -> None:
    sent = new_account(cast.a.id, email="ines@example.org")
    page = felix.post("/accounts/new/", sent).content.decode()
    link = page.split('value="http')[1].split('"')[0]
    assert "/accounts/password/reset/key/" in link
    assert link in mail.outbox[0].body
    assert mail.outbox[0].to == ["ines@example.org"]
    assert link not in felix.get(f"/accounts/{sent['new_id']}/").content.decode()


def test_sent_twice_it_is_one_account(cast: Cast, felix: Client) -> None:
    sent = new_account(cast.a.id)
    felix.post("/accounts/new/", sent)
    felix.post("/accounts/new/", sent)
    assert Account.objects.filter(username="ines").count() == 1


def test_going_back_after_the_password_is_set_gives_no_link(cast: Cast, felix: Client) -> None:
    """Otherwise who made an account could take it over by reloading the page."""
    sent = new_account(cast.a.id)
    felix.post("/accounts/new/", sent)
    account = Account.objects.get(username="ines")
    account.set_password("cuatro-palabras-en-fila")
    account.save()
    answer = felix.post("/accounts/new/", sent)
    assert answer.status_code == 302
    assert "password/reset" not in answer.headers["Location"]


def test_a_post_office_that_does_not_answer_is_no_failure(cast: Cast, felix: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answer = felix.post("/accounts/new/", new_account(cast.a.id, email="ines@example.org"))
    assert answer.status_code == 200
    assert "ines@example.org" not in _page(answer)


def test_what_the_verb_refuses_stands_beside_its_field_and_nothing_typed_is_lost(cast: Cast, felix: Client) -> None:
    answer = felix.post("/accounts/new/", new_account(cast.a.id, username="ana"))
    assert "username" in answer.context["form"].errors
    assert "Inés Cúmez" in answer.content.decode()


def test_a_name_is_shown_as_text_whatever_it_holds(cast: Cast, felix: Client) -> None:
    felix.post("/accounts/new/", new_account(cast.a.id, name="<script>alert(1)</script>"))
    assert "<script>alert" not in felix.get("/accounts/").content.decode()


# --- roles -----------------------------------------------------------------------------------------------------------


def test_a_role_is_given_and_taken_back(cast: Cast, felix: Client) -> None:
    sent = ids() | {"role": "case_worker", "unit": str(cast.a.id), "giving": "role"}
    felix.post(f"/accounts/{cast.ana.id}/grants/", sent)
    assert access.holds(cast.ana.id, Permission.CASE_WORK, cast.a.id)
    given = Grant.objects.get(account=cast.ana, role=Role.CASE_WORKER)
    felix.post(f"/accounts/{cast.ana.id}/grants/{given.id}/end/")
    assert not access.holds(cast.ana.id, Permission.CASE_WORK, cast.a.id)


def test_whoever_gives_one_role_is_offered_no_other(cast: Cast) -> None:
    grant(cast.beto, Role.GATEKEEPER, cast.a.unit, giving=True)
    browser = sign_in(cast.beto)
    form = browser.get(f"/accounts/{cast.ana.id}/").context["form"]
    assert [value for value, _ in form.fields["role"].choices] == ["gatekeeper"]
    sent = ids() | {"role": "case_worker", "unit": str(cast.a.id), "giving": "role"}
    browser.post(f"/accounts/{cast.ana.id}/grants/", sent)
    assert not access.holds(cast.ana.id, Permission.CASE_WORK, cast.a.id)


def test_nobody_is_offered_to_give_to_themselves(cast: Cast, felix: Client) -> None:
    assert felix.get(f"/accounts/{cast.administrator.id}/").context["form"] is None


# --- the tree --------------------------------------------------------------------------------------------------------


def test_an_area_is_made_below_a_unit_and_an_organisation_is_named_for_it(cast: Cast, felix: Client) -> None:
    sent = {f"organisation-{name}": value for name, value in ids().items()}
    named = {"organisation-name": "Bomberos", "organisation-country": "gt", "organisation-contact": ""}
    felix.post("/accounts/units/organisations/", sent | named)
    bomberos = Organisation.objects.get(name="Bomberos")
    assert bomberos.country == "GT"
    unit = {"name": "Alotenango", "kind": "area", "parent": str(cast.area.id), "organisation": str(bomberos.id)}
    felix.post("/accounts/units/", ids() | unit)
    assert Unit.objects.get(name="Alotenango").organisation == bomberos
    assert "Volcán de Fuego › Escuintla › Alotenango" in felix.get("/accounts/units/").content.decode()


def test_below_a_site_nothing_is_offered(cast: Cast, felix: Client) -> None:
    form = felix.get("/accounts/units/").context["form"]
    assert str(cast.a.id) not in dict(form.fields["parent"].choices)


@pytest.mark.parametrize("who", ["beto", "auditor", "diego", "outsider"])
def test_the_tree_is_for_those_who_manage_accounts(cast: Cast, who: str) -> None:
    assert sign_in(getattr(cast, who)).get("/accounts/units/").status_code == 403


# --- the rest of an account ------------------------------------------------------------------------------------------


def test_an_account_is_corrected_and_closed(cast: Cast, felix: Client) -> None:
    sent = ids() | {
        "name": "Ana Lucía",
        "email": "",
        "ends_on_day": "31",
        "ends_on_month": "12",
        "ends_on_year": "2099",
    }
    felix.post(f"/accounts/{cast.ana.id}/change/", sent)
    found = Account.objects.get(pk=cast.ana.pk)
    assert found.name == "Ana Lucía"
    assert found.ends_at is not None
    assert "2099" in felix.get(f"/accounts/{cast.ana.id}/").content.decode()
    felix.post(f"/accounts/{cast.ana.id}/close/")
    assert not Account.objects.get(pk=cast.ana.pk).is_active
    assert felix.get("/accounts/?closed=1").context["page"].paginator.count == 1


def test_a_new_password_shows_a_link_and_the_other_half_is_refused_in_words(cast: Cast, felix: Client) -> None:
    page = felix.post(f"/accounts/{cast.ana.id}/password/").content.decode()
    assert "/accounts/password/reset/key/" in page
    felix.post(f"/accounts/{cast.ana.id}/second-factor/")
    assert "la otra mitad" in felix.get(f"/accounts/{cast.ana.id}/").content.decode()


@pytest.mark.parametrize("path", ["close", "password", "second-factor"])
def test_nothing_happens_by_following_a_link(cast: Cast, felix: Client, path: str) -> None:
    assert felix.get(f"/accounts/{cast.ana.id}/{path}/").status_code == 405


@pytest.mark.parametrize("path", ["close", "password", "second-factor"])
def test_a_stranger_is_answered_that_there_is_nothing(cast: Cast, path: str) -> None:
    assert sign_in(cast.carla).post(f"/accounts/{cast.ana.id}/{path}/").status_code == 404


# --- one's own -------------------------------------------------------------------------------------------------------


def test_my_page_says_what_i_may_do_in_words(cast: Cast) -> None:
    page = sign_in(cast.ana).get("/accounts/me/").content.decode()
    assert "Registrador(a) en <strong>Salón Municipal</strong>" in page


def test_i_choose_my_language_and_the_answer_is_in_it(cast: Cast) -> None:
    browser = sign_in(cast.ana)
    browser.post("/accounts/me/", ids() | {"language": "en"})
    page = browser.get("/accounts/me/").content.decode()
    assert '<html lang="en">' in page
    assert "in this language from now on" in page


def test_i_make_a_token_see_it_once_and_revoke_it(cast: Cast) -> None:
    browser = sign_in(cast.ana)
    ends = {"ends_on_day": "1", "ends_on_month": "1", "ends_on_year": str(cast.ana.made_at.year + 200)}
    sent = ids() | {"label": "hoja", "permissions": ["see_figures"]} | ends
    assert "ends_on" in browser.post("/accounts/me/tokens/", sent).context["form"].errors
    soon = browser.get("/accounts/me/tokens/").context["form"]["ends_on"].initial
    ends = {"ends_on_day": str(soon.day), "ends_on_month": str(soon.month), "ends_on_year": str(soon.year)}
    page = browser.post("/accounts/me/tokens/", sent | ids() | ends).content.decode()
    token = Token.objects.get()
    assert f"cobijo_{token.prefix}_" in page
    assert f"cobijo_{token.prefix}_" not in browser.get("/accounts/me/tokens/").content.decode()
    browser.post(f"/accounts/me/tokens/{token.id}/revoke/")
    assert Token.objects.get().revoked_at is not None


def test_i_change_my_password_and_stay_signed_in(cast: Cast) -> None:
    browser = sign_in(cast.ana)
    other = sign_in(cast.ana)
    new = {"oldpassword": "cobijo-de-lana-77", "password1": "cuatro-palabras-en-fila"}
    answer = browser.post("/accounts/password/change/", new | {"password2": "cuatro-palabras-en-fila"})
    assert answer.headers["Location"] == "/accounts/me/"
    assert browser.get("/accounts/me/").status_code == 200
    assert other.get("/accounts/me/").status_code == 302
