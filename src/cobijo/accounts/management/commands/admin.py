"""``cobijo admin``: make the first administrator, and let one back in whom no colleague can."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import override

from cobijo.accounts import passwords, services
from cobijo.accounts.access import COMMAND_LINE
from cobijo.accounts.models import Account, Unit
from cobijo.accounts.types import AccountIn, Role, UnitKind
from cobijo.core import operations
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Act, Door


class Command(BaseCommand):
    help = "Make an administrator (make), hand out a new link for a password (link), forget a second factor (factor)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["make", "link", "factor"])
        parser.add_argument("username")
        parser.add_argument("--name", help="as colleagues know the person (make)")
        parser.add_argument("--email", default="", help="where the link is mailed too (make)")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, help="of the person's pages (make)")
        place = parser.add_mutually_exclusive_group()
        place.add_argument("--response", metavar="NAME", help="administrator of this response")
        place.add_argument("--organisation", metavar="NAME", help="administrator of this organisation, made if missing")

    def handle(self, *, act: str, username: str, **options: Any) -> None:
        try:
            with override("en"), transaction.atomic():
                {"make": self._make, "link": self._link, "factor": self._factor}[act](username, options)
        except DomainError as refusal:
            with override("en"):
                raise CommandError(refusal.sentence) from refusal

    def _make(self, username: str, options: dict[str, Any]) -> None:
        if not options["name"]:
            raise CommandError("Say who it is: --name “Félix Güitz”.")
        unit = self._top(options)
        new = AccountIn(
            account_id=uuid7(),
            username=username,
            name=options["name"],
            email=options["email"],
            language=options["language"],
        )
        account = services.create_account(_act(), account=new, unit_id=unit.id)
        services.grant_role(_act(), grant_id=uuid7(), account_id=account.id, role=Role.ADMINISTRATOR, unit_id=unit.id)
        for role in Role:
            services.grant_role(
                _act(), grant_id=uuid7(), account_id=account.id, role=role, unit_id=unit.id, giving=True
            )
        self.stdout.write(f"{account.name} administers {unit.name} and all below it, and may give every role there.")
        self._show(account)

    def _link(self, username: str, _options: dict[str, Any]) -> None:
        self._show(services.renew_password(_act(), account_id=_account(username).id))

    def _factor(self, username: str, _options: dict[str, Any]) -> None:
        account = services.reset_second_factor(_act(), account_id=_account(username).id)
        self.stdout.write(f"The second factor of {account.name} is forgotten; the next sign-in sets up another.")

    def _show(self, account: Account) -> None:
        url = _address() + passwords.link_path(account)
        mailed = " It was mailed too." if passwords.send(account, url) else ""
        self.stdout.write(f"Link to set the password, good once, for {passwords.hours()} hours:{mailed}\n{url}")

    def _top(self, options: dict[str, Any]) -> Unit:
        if options["response"]:
            return _one(UnitKind.RESPONSE, options["response"])
        if options["organisation"]:
            return _organisation(options["organisation"])
        tops = list(Unit.objects.filter(parent=None)[:2])
        if len(tops) != 1:
            raise CommandError("Say of what: --organisation NAME (made if missing) or --response NAME.")
        return tops[0]


def _act() -> Act:
    return operations.act_of(COMMAND_LINE, Door.COMMAND)


def _account(username: str) -> Account:
    found = Account.objects.filter(username=username.lower()).first()
    if found is None:
        raise CommandError(f"There is no account “{username}”.")
    return found


def _one(kind: UnitKind, name: str) -> Unit:
    found = list(Unit.objects.filter(kind=kind, name__iexact=name)[:2])
    if len(found) == 1:
        return found[0]
    known = ", ".join(Unit.objects.filter(kind=kind).order_by("name").values_list("name", flat=True))
    raise CommandError(f"“{name}” is not the name of exactly one {kind.value}. There is: {known or 'none'}.")


def _organisation(name: str) -> Unit:
    """The unit at the top of that name, made with its organisation where there is none."""
    found = Unit.objects.filter(kind=UnitKind.ORGANISATION, parent=None, name__iexact=name).first()
    if found:
        return found
    organisation = services.create_organisation(_act(), organisation_id=uuid7(), name=name, country="", contact="")
    return services.create_unit(
        _act(),
        unit_id=uuid7(),
        parent_id=None,
        kind=UnitKind.ORGANISATION,
        name=name,
        organisation_id=organisation.id,
    )


def _address() -> str:
    """Where this installation answers, as far as its settings say."""
    scheme, host = ("https" if settings.BEHIND_TLS else "http"), settings.ALLOWED_HOSTS[0]
    return f"{scheme}://{host}" if settings.BEHIND_TLS else f"{scheme}://{host}:{settings.PORT}"
