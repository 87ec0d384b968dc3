"""Transfers of one's sites: what waits for an answer, what was proposed, what was settled lately."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cobijo.accounts import access as authority
from cobijo.accounts.services import log_reading
from cobijo.accounts.types import Permission, ReadingKind
from cobijo.core.errors import NOT_FOUND
from cobijo.core.pages import carried_out, done, me
from cobijo.sites import queries, services
from cobijo.sites.forms import AcceptingForm
from cobijo.sites.queries import TransferLine


@require_GET
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The transfers of the sites one manages."""
    actor = me(request)
    authority.require_anywhere(actor, Permission.MANAGE_SITE)
    open_now, settled = queries.transfers_for(actor), queries.transfers_for(actor, settled=True)
    _log(request, open_now + settled)
    context = {
        "to_answer": [one for one in open_now if one.may_answer and one.proposed],
        "coming": [one for one in open_now if one.may_answer and not one.proposed],
        "sent": [one for one in open_now if not one.may_answer],
        "settled": settled,
    }
    return render(request, "sites/transfers.html", context)


def _log(request: HttpRequest, lines: list[TransferLine]) -> None:
    people = sum(len(line.members) for line in lines)
    if people:
        log_reading(me(request), ReadingKind.LIST, "sites.transfer", people=people)


def _found(request: HttpRequest, transfer_id: UUID) -> TransferLine:
    authority.require_anywhere(me(request), Permission.MANAGE_SITE)
    found = queries.transfer_of(me(request), transfer_id)
    if found is None:
        raise NOT_FOUND()
    return found


@login_required
def transfer(request: HttpRequest, transfer_id: UUID) -> HttpResponse:
    """One transfer: for the receiving site, where each person sleeps and whether they are taken in."""
    line = _found(request, transfer_id)
    tree = queries.space_tree(line.to_site_id) if line.may_answer else None
    form = AcceptingForm(line, tree, request.POST or None) if tree and line.proposed else None
    if form is not None and carried_out(
        request,
        form,
        lambda act: services.accept_transfer(
            act,
            transfer_id=transfer_id,
            arrivals=form.arrivals(),
            override=form.cleaned_data["override"] or None,
        ),
    ):
        messages.success(request, _("Accepted. The sending site sees it."))
        return redirect("sites:transfers")
    _log(request, [line])
    return render(request, "sites/transfer.html", {"line": line, "form": form, "tree": tree})


@require_POST
@login_required
def refuse(request: HttpRequest, transfer_id: UUID) -> HttpResponse:
    """Say no to a transfer."""
    _found(request, transfer_id)
    done(
        request,
        lambda act: services.refuse_transfer(act, transfer_id=transfer_id),
        _("Refused. They stay where they are."),
    )
    return redirect("sites:transfers")


@require_POST
@login_required
def withdraw(request: HttpRequest, transfer_id: UUID) -> HttpResponse:
    """Take a transfer back."""
    _found(request, transfer_id)
    done(
        request,
        lambda act: services.withdraw_transfer(act, transfer_id=transfer_id),
        _("Withdrawn. They stay where they are."),
    )
    return redirect("sites:transfers")
