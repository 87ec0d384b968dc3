"""``cobijo admin``: the first administrator of an empty installation, and the last one locked out."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from cobijo.accounts import access
from cobijo.accounts.models import Account, Unit
from cobijo.accounts.types import Permission, Role, UnitKind
from cobijo.core.models import Intent
from tests.cast import PASSWORD, Cast, sign_in


def run(*words: str) -> str:
    out = StringIO()
    call_command("admin", *words, stdout=out)
    return out.getvalue()


def path_in(said: str) -> str:
    return "/" + said.split("://")[1].split("/", 1)[1].strip()


@pytest.mark.django_db
def test_on_an_empty_installation_it_makes_the_organisation_and_who_administers_it(client: Client) -> None:
    said = run("make", "felix", "--name", "Félix Güitz", "--organisation", "Coordinadora")
    felix = Account.objects.get(username="felix")
    top = Unit.objects.get(name="Coordinadora")
    assert access.holds(felix.id, Permission.RUN_RESPONSE, top.id)
    assert all(access.gives(felix.id, role, top.id) for role in Role)
    assert not access.authority(felix.id).has(Permission.SEE_PEOPLE)
    assert client.get(path_in(said)).status_code == 302


def test_the_journal_knows_who_did_it(cast: Cast) -> None:
    run("make", "inés".replace("é", "e"), "--name", "Inés", "--response", "volcán de fuego")
    assert set(Intent.objects.values_list("actor", flat=True)) == {access.COMMAND_LINE}


def test_one_top_needs_no_naming(cast: Cast) -> None:
    run("make", "ines", "--name", "Inés")
    assert access.holds(Account.objects.get(username="ines").id, Permission.ACCOUNTS, cast.a.id)


def test_an_administrator_without_phone_or_password_is_let_back_in(cast: Cast, client: Client) -> None:
    sign_in(cast.administrator)
    run("factor", "felix")
    said = run("link", "FELIX")
    assert not Authenticator.objects.filter(user=cast.administrator).exists()
    assert not Account.objects.get(pk=cast.administrator.pk).check_password(PASSWORD)
    assert client.get(path_in(said)).status_code == 302


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["make", "ines"], "Say who it is"),
        (["make", "ana", "--name", "Ana"], "has this user name"),
        (["make", "ines", "--name", "Inés", "--response", "Otra"], "There is: Volcán de Fuego"),
        (["link", "nadie"], "There is no account"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(cast: Cast, words: list[str], sentence: str) -> None:
    before = Account.objects.count()
    with pytest.raises(CommandError, match=sentence):
        run(*words)
    assert Account.objects.count() == before


def test_of_two_tops_one_is_named(cast: Cast) -> None:
    Unit.objects.create(kind=UnitKind.ORGANISATION, name="Otra")
    with pytest.raises(CommandError, match="Say of what"):
        run("make", "ines", "--name", "Inés")
