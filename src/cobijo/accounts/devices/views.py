"""The pages of a shared device itself: its lock screen, letting it in, and how somebody begins on it."""

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from cobijo.accounts import services
from cobijo.accounts.adapters import TOO_OFTEN
from cobijo.accounts.devices import conduct, queries, sessions
from cobijo.accounts.devices.forms import ConductForm, EnrolForm, PinForm, UnlockForm
from cobijo.accounts.devices.models import Device, Enrolment
from cobijo.accounts.devices.refusals import CODE_DOES_NOT_WORK, CONDUCT_SIGNED, DOES_NOT_OPEN
from cobijo.accounts.devices.types import Working
from cobijo.accounts.models import Account
from cobijo.core import operations
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Act, Door

_asks = require_http_methods(["GET", "POST"])

# --- the lock screen -------------------------------------------------------------------------------------------------


@login_not_required
@never_cache
@sensitive_post_parameters()
@_asks
def lock(request: HttpRequest) -> HttpResponse:
    """The lock screen. Opening it locks: whoever was signed in is not any more, so that going back shows nothing."""
    device = sessions.device_at(request)
    if device is None:
        return render(request, "device/unknown.html")
    _end_session(request)
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and (onward := _unlocked(request, device, form)):
        return redirect(onward)
    return render(request, "device/lock.html", {"device": device, "form": UnlockForm(), "wrong": _wrongs(form)})


def _unlocked(request: HttpRequest, device: Working, form: UnlockForm) -> str:
    """Where whoever showed a badge and a PIN goes; empty where they do not open, which the form then says."""
    if not sessions.tries_left(request, device):
        form.add_error(None, str(TOO_OFTEN))
        return ""
    given = form.cleaned_data if form.is_valid() else {}
    opened = sessions.opened_by(request, device, given.get("badge", ""), given.get("pin", ""))
    if opened is None:
        form.errors.clear()
        form.add_error(None, DOES_NOT_OPEN().sentence)
        return ""
    return sessions.begin(request, device, opened)


def _wrongs(form: UnlockForm) -> list[str]:
    return [str(one) for one in form.non_field_errors()] if form.is_bound else []


def _end_session(request: HttpRequest) -> None:
    if request.user.is_authenticated:
        said = [(one.level, str(one)) for one in messages.get_messages(request)]
        logout(request)
        for level, words in said:
            messages.add_message(request, level, words)


@login_not_required
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Lock: what the button does, the key, and the page by itself after some idle minutes."""
    logout(request)
    return redirect("device:lock")


# --- letting a device in ---------------------------------------------------------------------------------------------


@login_not_required
@never_cache
@_asks
def enrol(request: HttpRequest) -> HttpResponse:
    """Let this browser in, by the code of an invitation: done in the name of whoever invited."""
    form = EnrolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = _let_in(request, form)
        if device is not None:
            messages.success(request, _("This is now the shared device “{name}”.").format(name=device.name))
            response = redirect("device:lock")
            sessions.give_cookie(response, device.secret)
            return response
    return render(request, "device/enrol.html", {"form": form})


def _let_in(request: HttpRequest, form: EnrolForm) -> Device | None:
    if not ratelimit.consume(request, action="enrol"):
        form.add_error(None, str(TOO_OFTEN))
        return None
    invitation = queries.invitation_of(form.cleaned_data["code"])
    device = _enrolled(invitation) if invitation is not None else None
    if device is None:
        form.add_error("code", CODE_DOES_NOT_WORK().sentence)
    return device


def _enrolled(invitation: Enrolment) -> Device | None:
    """None where the invitation no longer counts, or whoever made it no longer may."""
    try:
        return services.enrol_device(_as(invitation.made_by), enrolment_id=invitation.pk, device_id=uuid7())
    except DomainError:
        return None


def _as(actor: UUID, op_id: UUID | None = None) -> Act:
    """An act of somebody who is known here without a session: by an invitation they made, or a device handed over."""
    return operations.act_of(actor, Door.DESK, **({"op_id": op_id} if op_id else {}))


# --- beginning -------------------------------------------------------------------------------------------------------


@login_not_required
@never_cache
@_asks
def sign_conduct(request: HttpRequest) -> HttpResponse:
    """The code of conduct, before anything else: for whoever was handed the device, and whoever has not signed it."""
    reader = _reader(request)
    if reader is None:
        return redirect("device:lock")
    shown = conduct.in_force(get_language() or reader.language)
    form = ConductForm(shown.signing, request.POST or None, initial={"version": shown.version})
    if request.method == "POST" and form.is_valid() and _signed(request, reader, form, shown.language):
        return redirect(_after_conduct(request, reader))
    if queries.has_pledged(reader.pk):
        return redirect(_after_conduct(request, reader))
    return render(request, "device/conduct.html", {"conduct": shown, "form": form, "reader": reader})


def _reader(request: HttpRequest) -> Account | None:
    """Who is to read: somebody signed in at a shared device, or to whom this browser was handed over."""
    if sessions.here(request) and isinstance(request.user, Account):
        return request.user
    return sessions.beginner(request)


def _signed(request: HttpRequest, reader: Account, form: ConductForm, language: str) -> bool:
    given = form.cleaned_data
    try:
        services.sign_conduct(
            _as(reader.pk, given["op_id"]), pledge_id=given["new_id"], version=given["version"], language=language
        )
    except DomainError as refusal:
        if refusal.code != CONDUCT_SIGNED.code:
            form.refuse(refusal)
            return False
    return True


def _after_conduct(request: HttpRequest, reader: Account) -> str:
    if not sessions.here(request):
        return "device:pin"
    sessions.note_pledge(request)
    return sessions.landing(reader.pk)


@login_not_required
@never_cache
@sensitive_post_parameters()
@_asks
def begin_pin(request: HttpRequest) -> HttpResponse:
    """The first PIN of somebody to whom this browser was handed over; only they see it."""
    who = sessions.beginner(request)
    if who is None:
        return redirect("device:lock")
    if not queries.has_pledged(who.pk):
        return redirect("device:conduct")
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _chosen(who, form):
        sessions.end_hand_over(request)
        messages.success(request, _("Your PIN is set. Scan your badge and type it: that is how you begin each time."))
        return redirect("device:lock")
    return render(request, "device/pin.html", {"form": form, "who": who})


def _chosen(who: Account, form: PinForm) -> bool:
    try:
        services.choose_pin(_as(who.pk, form.cleaned_data["op_id"]), account_id=who.pk, pin=form.cleaned_data["pin"])
    except DomainError as refusal:
        form.refuse(refusal)
        return False
    return True
