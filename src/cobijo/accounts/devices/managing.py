"""The pages of those who let devices in, print and give badges, and make volunteers."""

from uuid import UUID

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.accounts import access, middleware, services
from cobijo.accounts import queries as accounts
from cobijo.accounts.devices import prints, queries, sessions
from cobijo.accounts.devices.forms import (
    EndBadgeForm,
    InviteForm,
    LinkBadgeForm,
    PinForm,
    PrintBadgesForm,
    RenameForm,
    VolunteerForm,
    ways,
)
from cobijo.accounts.devices.models import Badge, Device, Enrolment
from cobijo.accounts.devices.types import PrintedBadge
from cobijo.accounts.models import Account
from cobijo.accounts.types import Permission, Role
from cobijo.core.errors import NOT_ALLOWED, NOT_FOUND
from cobijo.core.pages import PDF, carried_out, done, file_answer, me
from cobijo.core.printing import PrintError
from cobijo.core.verbs import Act

_asks = require_http_methods(["GET", "POST"])


def _require_running(actor: UUID) -> None:
    """Raise NOT_ALLOWED for who manages neither a site nor accounts anywhere."""
    found = access.authority(actor)
    if not (found.has(Permission.MANAGE_SITE) or found.has(Permission.ACCOUNTS)):
        raise NOT_ALLOWED()


# --- devices ---------------------------------------------------------------------------------------------------------


@require_GET
@login_required
def devices(request: HttpRequest) -> HttpResponse:
    """The shared devices of the units one runs."""
    _require_running(me(request))
    context = {
        "devices": queries.devices_for(me(request)),
        "may_invite": access.authority(me(request)).has(Permission.ACCOUNTS),
        "manages_site": access.authority(me(request)).has(Permission.MANAGE_SITE),
    }
    return render(request, "accounts/devices/list.html", context)


@_asks
@login_required
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a device; the answer shows its code, this once."""
    access.require_anywhere(me(request), Permission.ACCOUNTS)
    form = InviteForm(ways(accounts.units_of_accounts(me(request))), request.POST or None)
    made = carried_out(request, form, lambda act: _invited(act, form))
    if made is None:
        return render(request, "accounts/devices/invite.html", {"form": form})
    return _code_page(request, made[0])


def _invited(act: Act, form: InviteForm) -> Enrolment:
    given = form.cleaned_data
    return services.invite_device(act, enrolment_id=given["new_id"], unit_id=given["unit"], name=given["name"])


def _code_page(request: HttpRequest, invitation: Enrolment) -> HttpResponse:
    if not invitation.code:
        messages.warning(request, _("The code of this invitation was shown already. Make another one."))
        return redirect("accounts:devices")
    address = request.build_absolute_uri(reverse("device:enrol"))
    context = {"invitation": invitation, "address": address, "square": square(f"{address}#{invitation.code}")}
    return render(request, "accounts/devices/code.html", context)


def square(text: str) -> SafeString:
    """A square code for a page: black on white, also where the page is dark."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(scale=5, border=4, dark="#000", light="#fff")
    return mark_safe(drawn)  # noqa: S308 - drawn by us: the text is only modules in it


@_asks
@login_required
def rename(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Call a device something else."""
    device = access.get_for(me(request), Device, device_id)
    form = RenameForm(request.POST or None, initial={"name": device.name})
    if carried_out(
        request, form, lambda act: services.rename_device(act, device_id=device_id, name=form.cleaned_data["name"])
    ):
        messages.success(request, _("The device has its new name."))
        return redirect("accounts:devices")
    return render(request, "accounts/devices/rename.html", {"form": form, "device": device})


@require_POST
@login_required
def revoke(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Shut a device out."""
    said = _("The device is shut out: nobody works on it any more.")
    done(request, lambda act: services.revoke_device(act, device_id=device_id), said)
    return redirect("accounts:devices")


# --- badges ----------------------------------------------------------------------------------------------------------


@require_GET
@login_required
def badges(request: HttpRequest) -> HttpResponse:
    """The badges of my units, and who of the team has none yet."""
    _require_running(me(request))
    context = {
        "badges": queries.badges_for(me(request)),
        "team": list(queries.colleagues_for(me(request))),
        "manages_site": access.authority(me(request)).has(Permission.MANAGE_SITE),
    }
    return render(request, "accounts/devices/badges.html", context)


@_asks
@login_required
def print_badges(request: HttpRequest) -> HttpResponse:
    """Print badges: the answer is the file itself, once."""
    actor = me(request)
    _require_running(actor)
    form = PrintBadgesForm(queries.units_run(actor), request.POST or None)
    printed = carried_out(request, form, lambda act: _printed(act, form))
    if printed is None:
        return render(request, "accounts/devices/print.html", {"form": form})
    if not printed[0]:
        messages.warning(request, _("These badges were printed already, and their file is made only once."))
        return redirect("accounts:badges")
    return _file(request, printed[0])


def _printed(act: Act, form: PrintBadgesForm) -> tuple[PrintedBadge, ...]:
    return services.print_badges(act, unit_id=form.cleaned_data["unit"], count=form.cleaned_data["count"])


def _file(request: HttpRequest, printed: tuple[PrintedBadge, ...]) -> HttpResponse:
    try:
        content = prints.pdf(printed)
    except PrintError:
        messages.warning(request, _("The file could not be made. Print other badges: nobody will ever hold these."))
        return redirect("accounts:badges")
    return file_answer(content, PDF, "badges.pdf")


@_asks
@login_required
def link_badge(request: HttpRequest) -> HttpResponse:
    """Give a badge to a colleague."""
    actor = me(request)
    _require_running(actor)
    form = LinkBadgeForm(queries.colleagues_for(actor), request.POST or None)
    if carried_out(request, form, lambda act: _linked(act, form)):
        messages.success(request, _("The badge is given out. It opens nothing without the PIN its bearer sets."))
        return redirect("accounts:badges")
    return render(request, "accounts/devices/link.html", {"form": form})


def _linked(act: Act, form: LinkBadgeForm) -> Badge:
    badge = queries.badge_to_give(act.actor, form.cleaned_data["badge"])
    return services.link_badge(act, badge_id=badge.pk, account_id=form.cleaned_data["account"])


@_asks
@login_required
def end_badge(request: HttpRequest, badge_id: UUID) -> HttpResponse:
    """Say that a badge is lost, or that its bearer has left."""
    badge = access.get_for(me(request), Badge, badge_id)
    form = EndBadgeForm(request.POST or None)
    if carried_out(
        request, form, lambda act: services.end_badge(act, badge_id=badge_id, reason=form.cleaned_data["reason"])
    ):
        messages.success(request, _("The badge opens nothing any more."))
        return redirect("accounts:badges")
    return render(request, "accounts/devices/end_badge.html", {"form": form, "badge": badge})


@require_POST
@login_required
def end_pin(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """End a colleague's PIN."""
    said = _("The PIN opens nothing any more. A new one is set by its bearer alone.")
    done(request, lambda act: services.end_pin(act, account_id=account_id), said)
    return redirect("accounts:badges")


# --- one's own PIN ---------------------------------------------------------------------------------------------------


@_asks
@login_required
def my_pin(request: HttpRequest) -> HttpResponse:
    """Set one's own PIN for shared devices, signed in on a device of one's own."""
    form = PinForm(request.POST or None)
    mine = me(request)
    if carried_out(request, form, lambda act: services.choose_pin(act, account_id=mine, pin=form.cleaned_data["pin"])):
        messages.success(request, _("Your PIN for shared devices is set."))
        return redirect("accounts:me")
    context = {"form": form, "badge": queries.live_badge_of(mine), "has_pin": queries.pin_of(mine) is not None}
    return render(request, "accounts/devices/my_pin.html", context)


# --- volunteers ------------------------------------------------------------------------------------------------------


@require_GET
@login_required
def volunteers(request: HttpRequest) -> HttpResponse:
    """The volunteers of my sites, with the days they have left."""
    access.require_anywhere(me(request), Permission.MANAGE_SITE)
    context = {
        "volunteers": queries.volunteers_for(me(request)),
        "may_make": bool(queries.sites_for_volunteers(me(request))),
        "at_device": sessions.here(request),
        "manages_site": True,
    }
    return render(request, "accounts/devices/volunteers.html", context)


@_asks
@login_required
def new_volunteer(request: HttpRequest) -> HttpResponse:
    """Make a volunteer; then this browser is handed over to them."""
    actor = me(request)
    access.require_anywhere(actor, Permission.MANAGE_SITE)
    units = queries.sites_for_volunteers(actor)
    roles = [role for role in Role if any(role in queries.roles_for_volunteers(actor, one.pk) for one in units)]
    form = VolunteerForm(units, roles, request.POST or None)
    made = carried_out(request, form, lambda act: _made(act, form)) if units else None
    if made:
        return redirect("accounts:volunteer", made[0].pk)
    return render(request, "accounts/devices/new_volunteer.html", {"form": form, "units": units})


def _made(act: Act, form: VolunteerForm) -> Account:
    given = form.cleaned_data
    badge = queries.badge_to_give(act.actor, given["badge"]).pk if given["badge"] else None
    return services.add_volunteer(act, volunteer=form.volunteer(), unit_id=given["unit"], badge_id=badge)


@require_GET
@login_required
def volunteer(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """One volunteer: what is still to be done before they can work, and handing this browser over for it."""
    return render(request, "accounts/devices/volunteer.html", {"row": _row(request, account_id)})


def _row(request: HttpRequest, account_id: UUID) -> queries.VolunteerRow:
    row = queries.volunteer_for(me(request), account_id)
    if row is None:
        raise NOT_FOUND()
    return row


@require_POST
@login_required
def hand_over(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Hand this browser to a volunteer without a PIN: one's own session ends, and nothing but beginning is open."""
    row = _row(request, account_id)
    if row.has_pin or row.days is None:
        messages.warning(request, _("End the PIN first, or keep the volunteer on: then they can begin anew."))
        return redirect("accounts:volunteer", account_id)
    language = Account.objects.values_list("language", flat=True).get(pk=account_id)
    sessions.hand_over(request, account_id)
    response = redirect("device:conduct")
    middleware.say_in(response, language)
    return response


@require_POST
@login_required
def anew(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """End a volunteer's PIN, so that they set another one."""
    said = _("The PIN is ended. Hand the device over, so that the volunteer sets another one.")
    done(request, lambda act: services.end_pin(act, account_id=account_id), said)
    return redirect("accounts:volunteer", account_id)


@require_POST
@login_required
def renew(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Keep a volunteer on for seven days from now."""
    said = _("The volunteer stays for seven days from now.")
    done(request, lambda act: services.renew_volunteer(act, account_id=account_id), said)
    return redirect("accounts:volunteers")


@require_POST
@login_required
def let_go(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Close a volunteer's account, at once."""
    said = _("The volunteer's account is closed, and their badge opens nothing any more.")
    done(request, lambda act: services.close_account(act, account_id=account_id), said)
    return redirect("accounts:volunteers")


urlpatterns = [
    path("me/pin/", my_pin, name="pin"),
    path("devices/", devices, name="devices"),
    path("devices/invite/", invite, name="invite_device"),
    path("devices/<uuid:device_id>/rename/", rename, name="rename_device"),
    path("devices/<uuid:device_id>/revoke/", revoke, name="revoke_device"),
    path("badges/", badges, name="badges"),
    path("badges/print/", print_badges, name="print_badges"),
    path("badges/link/", link_badge, name="link_badge"),
    path("badges/<uuid:badge_id>/end/", end_badge, name="end_badge"),
    path("badges/of/<uuid:account_id>/pin/end/", end_pin, name="end_pin"),
    path("volunteers/", volunteers, name="volunteers"),
    path("volunteers/new/", new_volunteer, name="new_volunteer"),
    path("volunteers/<uuid:account_id>/", volunteer, name="volunteer"),
    path("volunteers/<uuid:account_id>/hand-over/", hand_over, name="hand_over"),
    path("volunteers/<uuid:account_id>/anew/", anew, name="anew"),
    path("volunteers/<uuid:account_id>/renew/", renew, name="renew_volunteer"),
    path("volunteers/<uuid:account_id>/close/", let_go, name="let_go"),
]
