"""The pages of those who manage accounts: who is there, what they may do, letting them back in."""

from typing import Any
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cobijo.accounts import access, passwords, queries, second_factor, services
from cobijo.accounts.deskforms import ChangeAccountForm, GrantForm, NewAccountForm, end_of, last_day
from cobijo.accounts.models import Account, Grant
from cobijo.accounts.types import Permission, Role
from cobijo.core.errors import NOT_ALLOWED
from cobijo.core.pages import carried_out, done, me
from cobijo.core.verbs import Act

ON_A_PAGE = 50

# --- the list --------------------------------------------------------------------------------------------------------


@require_GET
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The accounts of the units one manages, gives roles in or audits."""
    actor = me(request)
    found = access.authority(actor)
    if not (found.units_giving() or found.has(Permission.ACCOUNTS) or found.has(Permission.AUDIT)):
        raise NOT_ALLOWED()
    factors = Exists(second_factor.set_up_by(OuterRef("pk")))
    rows = queries.accounts_seen(actor).annotate(has_factor=factors)
    closed = request.GET.get("closed") == "1"
    page = Paginator(rows.filter(is_active=not closed), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "closed": closed, "may_make": found.has(Permission.ACCOUNTS)}
    return render(request, "accounts/list.html", context)


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Make an account; the answer shows its link, this once."""
    actor = me(request)
    access.require_anywhere(actor, Permission.ACCOUNTS)
    form = NewAccountForm(queries.units_of_accounts(actor), request.POST or None)
    made = carried_out(
        request,
        form,
        lambda act: services.create_account(
            act,
            account=form.account(),
            unit_id=form.cleaned_data["unit"],
            ends_at=end_of(form.cleaned_data["ends_on"]),
        ),
    )
    if made:
        return _link_page(request, made[0])
    return render(request, "accounts/new.html", {"form": form})


def _link_page(request: HttpRequest, account: Account) -> HttpResponse:
    """The one-use link of an account that has no password yet."""
    if account.has_usable_password():
        return redirect("accounts:account", account.id)
    url = request.build_absolute_uri(passwords.link_path(account))
    mailed = passwords.send(account, url)
    context = {"account": account, "url": url, "mailed": mailed, "hours": passwords.hours()}
    return render(request, "accounts/link.html", context)


# --- one account -----------------------------------------------------------------------------------------------------


@require_GET
@login_required
def account(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """An account: what it may do, and what can be done for it."""
    return _account_page(request, _seen(request, account_id), _grant_form(request))


def _account_page(request: HttpRequest, shown: Account, form: GrantForm | None) -> HttpResponse:
    actor = me(request)
    manages = shown.unit_id is not None and access.holds(actor, Permission.ACCOUNTS, shown.unit_id)
    context = {
        "account": shown,
        "grants": [(grant, _may_end(actor, grant)) for grant in shown.in_force],  # type: ignore[attr-defined]
        "form": form if shown.is_open and shown.id != actor else None,
        "manages": manages and shown.is_active and shown.id != actor,
        "factors": second_factor.factors_of(shown.id),
    }
    return render(request, "accounts/account.html", context)


def _seen(request: HttpRequest, account_id: UUID) -> Account:
    access.get_for(me(request), Account, account_id)
    return queries.accounts_seen(me(request)).get(pk=account_id)


def _may_end(actor: UUID, grant: Grant) -> bool:
    return access.gives(actor, Role(grant.role), grant.unit_id)


def _grant_form(request: HttpRequest) -> GrantForm | None:
    """The form for giving a role; none for whoever may give none."""
    actor = me(request)
    roles = queries.roles_given(actor)
    return GrantForm(roles, queries.units_giving(actor), request.POST or None) if roles else None


@require_POST
@login_required
def grant(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Give the account a role."""
    shown, form = _seen(request, account_id), _grant_form(request)
    if form is None:
        raise NOT_ALLOWED()
    if carried_out(request, form, lambda act: _give(act, form, account_id)):
        messages.success(request, _("The role is given."))
        return redirect("accounts:account", account_id)
    return _account_page(request, shown, form)


def _give(act: Act, form: GrantForm, account_id: UUID) -> Grant:
    given = form.cleaned_data
    return services.grant_role(
        act,
        grant_id=given["new_id"],
        account_id=account_id,
        role=given["role"],
        unit_id=given["unit"],
        giving=given["giving"],
        ends_at=end_of(given["ends_on"]),
    )


@require_POST
@login_required
def end_grant(request: HttpRequest, account_id: UUID, grant_id: UUID) -> HttpResponse:
    """Take a role back."""
    done(request, lambda act: services.end_grant(act, grant_id=grant_id), _("The role has ended."))
    return redirect("accounts:account", account_id)


@login_required
def change(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Correct an account."""
    shown = _seen(request, account_id)
    before = {"name": shown.name, "email": shown.email, "ends_on": last_day(shown.ends_at)}
    form = ChangeAccountForm(request.POST or None, initial=before)
    if carried_out(request, form, lambda act: _change(act, form, account_id)):
        messages.success(request, _("The account is corrected."))
        return redirect("accounts:account", account_id)
    return render(request, "accounts/change.html", {"account": shown, "form": form})


def _change(act: Act, form: ChangeAccountForm, account_id: UUID) -> Account:
    given = form.cleaned_data
    return services.change_account(
        act, account_id=account_id, name=given["name"], email=given["email"], ends_at=end_of(given["ends_on"])
    )


@require_POST
@login_required
def close(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Close an account."""
    done(request, lambda act: services.close_account(act, account_id=account_id), _("The account is closed."))
    return redirect("accounts:account", account_id)


@require_POST
@login_required
def renew_password(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """End the password and show a new link, this once."""
    said = _("The old password no longer works.")
    if not done(request, lambda act: services.renew_password(act, account_id=account_id), said):
        return redirect("accounts:account", account_id)
    return _link_page(request, Account.objects.get(pk=account_id))


@require_POST
@login_required
def reset_second_factor(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Forget the second factor."""
    said = _("The second factor is forgotten. At the next sign-in another one is set up.")
    done(request, lambda act: services.reset_second_factor(act, account_id=account_id), said)
    return redirect("accounts:account", account_id)


# --- one's own passkeys ----------------------------------------------------------------------------------------------


class RemovePasskeyView(RemoveWebAuthnView):
    """allauth's, which asks nobody whether a key is the last one of somebody whose role demands one."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove the key, or say why it stays."""
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.warning(self.request, str(adapter.error_messages["cannot_delete_authenticator"]))
            return redirect("mfa_list_webauthn")
        response: HttpResponse = super().form_valid(form)
        return response


remove_passkey = RemovePasskeyView.as_view()
