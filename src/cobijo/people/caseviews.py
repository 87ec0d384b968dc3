"""The pages of case work: notes, protection, and the record opened beyond one's scope."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from cobijo.accounts import access as authority
from cobijo.accounts.queries import accounts_holding, names_of, unit_choices
from cobijo.accounts.types import Permission
from cobijo.core.errors import NOT_ALLOWED
from cobijo.core.ids import uuid7
from cobijo.core.pages import carried_out, done, me
from cobijo.core.verbs import Act
from cobijo.people import access, pages, queries, services
from cobijo.people import caseforms as forms

_asks = require_http_methods(["GET", "POST"])

# --- notes -----------------------------------------------------------------------------------------------------------

NOTES = pages.Page(
    gettext_lazy("Case notes"),
    gettext_lazy("Keep the note"),
    gettext_lazy("The note is kept."),
    template="people/notes.html",
)


@_asks
@login_required
def notes(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Read the notes about a person, and write another."""
    person = pages.opened(request, person_id, Permission.CASE_WORK)
    form = forms.NoteForm(request.POST or None)
    return pages.form_page(
        request,
        person,
        form,
        NOTES,
        lambda act: services.write_note(
            act, note_id=form.cleaned_data["new_id"], person_id=person_id, words=form.cleaned_data["words"]
        ),
        notes=queries.notes_of(me(request), person_id),
    )


# --- protection ------------------------------------------------------------------------------------------------------

PROTECT = pages.Page(
    gettext_lazy("Protect the record"),
    gettext_lazy("Protect the record"),
    gettext_lazy("The record is protected."),
    template="people/protect.html",
)
PROTECTED = pages.Page(
    gettext_lazy("Protected record"),
    gettext_lazy("Name the colleague"),
    gettext_lazy("The colleague may see the record now."),
    template="people/protected.html",
)


@_asks
@login_required
def protection(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Protect a person; where they are protected, say who may see them."""
    actor = me(request)
    person = pages.opened(request, person_id, Permission.CASE_WORK, Permission.REGISTER)
    now = queries.open_protection(actor, person_id)
    colleagues = _colleagues(actor, person_id)
    if now is not None:
        named = {worker for worker, _name in now.workers}
        others = [(worker, name) for worker, name in colleagues if UUID(worker) not in named]
        naming = forms.NameWorkerForm(others, request.POST or None)
        return pages.form_page(
            request, person, naming, PROTECTED, lambda act: _name(act, naming, now.id), protection=now, others=others
        )
    case_work = access.holds_for(actor, Permission.CASE_WORK, person_id)
    form = forms.ProtectForm(colleagues, case_work, request.POST or None)
    if carried_out(request, form, lambda act: _protect(act, form, person_id)):
        messages.success(request, str(PROTECT.said))
        return redirect(reverse("web:home"))
    context = {"form": form, "page": PROTECT, "line": queries.line_of(person), "back": pages.person_url(person_id)}
    return render(request, PROTECT.template, context)


def _colleagues(actor: UUID, person_id: UUID) -> list[tuple[str, str]]:
    """Whoever sees people where the actor knows the person, case workers first."""
    unit = pages.unit_for(actor, person_id, Permission.CASE_WORK, Permission.REGISTER)
    case_workers = set(accounts_holding(Permission.CASE_WORK, unit))
    names = names_of(accounts_holding(Permission.SEE_PEOPLE, unit))
    found = sorted(names.items(), key=lambda pair: (pair[0] not in case_workers, pair[1]))
    return [(str(account), _("{name}, case worker").format(name=name) if account in case_workers else name)
            for account, name in found]  # fmt: skip


def _protect(act: Act, form: forms.ProtectForm, person_id: UUID) -> None:
    given = form.cleaned_data
    services.protect_person(
        act,
        protection_id=given["new_id"],
        person_id=person_id,
        why=given["why"],
        asked_by_person=given.get("asked_by_person", True),
        worker_ids=given["workers"],
    )


def _name(act: Act, form: forms.NameWorkerForm, protection_id: UUID) -> object:
    given = form.cleaned_data
    return services.name_worker(act, named_id=given["new_id"], protection_id=protection_id, account_id=given["worker"])


@require_POST
@login_required
def unname(request: HttpRequest, person_id: UUID, account_id: UUID) -> HttpResponse:
    """Take the sight of a protected person from a colleague."""
    now = queries.open_protection(me(request), person_id)
    if now is None:
        raise NOT_ALLOWED()
    said = _("The colleague no longer sees the record.")
    done(request, lambda act: services.unname_worker(act, protection_id=now.id, account_id=account_id), said)
    return redirect("people:protection", person_id)


@require_POST
@login_required
def end_protection(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """End a protection."""
    now = queries.open_protection(me(request), person_id)
    if now is None:
        raise NOT_ALLOWED()
    said = _("The record is no longer protected.")
    done(request, lambda act: services.end_protection(act, protection_id=now.id), said)
    return redirect(pages.person_url(person_id))


# --- break-glass -----------------------------------------------------------------------------------------------------


@_asks
@login_required
def break_glass(request: HttpRequest) -> HttpResponse:
    """Open one record beyond one's scope; see one's own openings, and those one reviews."""
    actor = me(request)
    found = authority.authority(actor)
    if not (found.has(Permission.BREAK_GLASS) or found.has(Permission.AUDIT)):
        raise NOT_ALLOWED()
    form = _opening_form(request) if found.has(Permission.BREAK_GLASS) else None
    if form is not None:
        opened = carried_out(
            request,
            form,
            lambda act: services.break_glass(
                act,
                break_glass_id=form.cleaned_data["new_id"],
                unit_id=form.cleaned_data["unit"],
                code=form.cleaned_data["code"],
                why=form.cleaned_data["why"],
            ),
        )
        if opened and opened[0] is not None:
            return redirect(pages.person_url(opened[0].person_id))
        if opened:
            messages.warning(request, _("No record has this code or document. The attempt was noted and told."))
            return redirect("people:break_glass")
    rows = queries.openings(actor)
    context = {
        "form": form,
        "own": [row for row in rows if row.mine],
        "to_review": [row for row in rows if not row.mine and row.justified is None],
        "reviewed": [row for row in rows if not row.mine and row.justified is not None],
    }
    return render(request, "people/break_glass.html", context)


def _opening_form(request: HttpRequest) -> forms.BreakGlassForm:
    units = authority.units(me(request), Permission.BREAK_GLASS)
    choices = unit_choices(units.values_list("pk", flat=True), units)
    initial = {"op_id": uuid7(), "new_id": uuid7()}
    offered = [(str(one.id), one.path) for one in choices]
    return forms.BreakGlassForm(offered, request.POST or None, initial=initial)


@require_POST
@login_required
def review(request: HttpRequest, break_glass_id: UUID) -> HttpResponse:
    """Say whether an opening was justified."""
    justified = request.POST.get("justified") == "yes"
    done(
        request,
        lambda act: services.review_break_glass(act, break_glass_id=break_glass_id, justified=justified),
        _("The review is kept."),
    )
    return redirect("people:break_glass")
