"""One's own pages: what I may do, how I sign in, what I was told, my tokens."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cobijo.accounts import access, middleware, notices, queries, second_factor, services
from cobijo.accounts.deskforms import LanguageForm, TokenForm, end_of
from cobijo.accounts.models import Account, Notice, Token
from cobijo.accounts.types import PERMISSION_WORDS, Permission
from cobijo.core.pages import carried_out, done, me
from cobijo.core.verbs import Act

LATEST = 5
SHOWN = 100


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """My name, language, second factor, what I may do and what I was last told."""
    account = request.user
    assert isinstance(account, Account)
    form = LanguageForm(request.POST or None, initial={"language": account.language})
    if carried_out(request, form, lambda act: services.choose_language(act, language=form.cleaned_data["language"])):
        return _speaking(request, form.cleaned_data["language"])
    told = notices.sentences(Notice.objects.filter(account=account).order_by("-at")[:LATEST])
    context = {
        "account": account,
        "form": form,
        "grants": queries.grants_of(account.id),
        "factors": second_factor.factors_of(account.id),
        "demand": second_factor.demand_on(account.id),
        "told": told,
        "tokens": queries.tokens_in_use(account.id).count(),
    }
    return render(request, "accounts/me.html", context)


def _speaking(request: HttpRequest, language: str) -> HttpResponse:
    with translation.override(language):
        messages.success(request, _("Your pages are in this language from now on."))
    response = redirect("accounts:me")
    middleware.say_in(response, language)
    return response


# --- notices ---------------------------------------------------------------------------------------------------------


@require_GET
@login_required
def told(request: HttpRequest) -> HttpResponse:
    """What I was told, newest first."""
    rows = notices.sentences(Notice.objects.filter(account_id=me(request)).order_by("-at")[:SHOWN])
    return render(
        request, "accounts/notices.html", {"told": rows, "unseen": any(one.seen_at is None for one, _sentence in rows)}
    )


@require_POST
@login_required
def mark_told(request: HttpRequest) -> HttpResponse:
    """I have read what I was told."""
    notices.mark_seen(me(request))
    return redirect("accounts:notices")


# --- tokens ----------------------------------------------------------------------------------------------------------


@login_required
def tokens(request: HttpRequest) -> HttpResponse:
    """My tokens; the answer to making one shows its secret, this once."""
    held = access.authority(me(request)).permissions()
    form = TokenForm(held, request.POST or None) if held else None
    made = carried_out(request, form, lambda act: _make(act, form)) if form else None
    context = {
        "form": TokenForm(held) if made else form,
        "made": made[0] if made else None,
        "tokens": [_in_words(token) for token in queries.tokens_of(me(request))],
    }
    return render(request, "accounts/tokens.html", context)


def _make(act: Act, form: TokenForm) -> Token:
    given = form.cleaned_data
    ends_at = end_of(given["ends_on"])
    assert ends_at is not None
    return services.make_token(
        act, token_id=given["new_id"], label=given["label"], permissions=given["permissions"], ends_at=ends_at
    )


def _in_words(token: Token) -> tuple[Token, list[str]]:
    return token, [str(PERMISSION_WORDS[Permission(one)]) for one in token.permissions]


@require_POST
@login_required
def revoke_token(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """Take a token back."""
    done(request, lambda act: services.revoke_token(act, token_id=token_id), _("The token no longer works."))
    return redirect("accounts:tokens")
