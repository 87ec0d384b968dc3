"""The pages of the shell. Views hold no rules: they read through queries and call verbs."""

from typing import Final, cast
from uuid import UUID

from django.contrib.auth.decorators import login_not_required, login_required
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import panels, records
from cobijo.core.pages import me
from cobijo.people import queries as people
from cobijo.web import desk as desk_page
from cobijo.web import finding, holding
from cobijo.web.frame import Frame
from cobijo.web.seeking import MoreForm

# --- home and desk ---------------------------------------------------------------------------------------------------


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What is due now, where I work; whoever has one place to be goes straight there."""
    actor = me(request)
    found = authority.authority(actor)
    if found.has(Permission.AUDIT) and not found.has(Permission.SEE_FIGURES):
        return redirect("accounts:readings")
    if found.has(Permission.ACCOUNTS) and not found.has(Permission.SEE_FIGURES):
        return redirect("accounts:list")
    if found.has(Permission.PUBLISH):
        return redirect("reporting:census")
    site = Frame(request).site
    if site is not None:
        return redirect("sites:site", site.id)
    return render(request, "web/home.html", {"panels": panels.of_page("home", actor, cast(Model, request.user))})


@login_required
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Register, find, check in and out: one document."""
    authority.require_anywhere(me(request), Permission.SEE_PEOPLE)
    return desk_page.page(request)


@login_not_required
@require_GET
def icon(request: HttpRequest) -> HttpResponse:
    """The picture of the program, for whoever asks by its usual name: a browser that shows a print or data."""
    return redirect(static("core/mark.svg"))


# --- finding ---------------------------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """The one search box: people, households, sites. Words come by POST, so that no name stands in an address."""
    words = request.POST.get("q", "").strip()
    if request.method == "GET" or not words:
        return render(request, "web/search.html", {"asked": False})
    more = MoreForm(me(request), request.POST if "years" in request.POST else None, initial={"q": words})
    if more.is_bound and more.is_valid():
        found = finding.find(me(request), words, more.traits, more.cleaned_data.get("site"))
    else:
        found = finding.find(me(request), words)
    if found.only_url:
        return redirect(found.only_url)
    context = {"asked": True, "found": found, "more": more, "search_text": "" if found.card else words}
    if found.card:
        context["card_page"] = finding.card_page(found.card)
    return render(request, "web/search.html", context)


# What is looked up of a person; all else is what happens to them now, and stands first.
_BESIDE: Final = ("people.about", "people.cards", "people.papers", "people.answers", "people.case")


@login_required
@require_GET
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A person: who they are, then what each app knows of them for this reader."""
    actor = me(request)
    kept = people.kept_of(person_id)
    found = records.get_by_label(actor, finding.PERSON, kept)
    if kept != person_id:
        return redirect("web:person", kept)
    finding.log_opening(actor, found)
    shown = panels.of_page("person", actor, found)
    columns = [
        [(panel, content) for panel, content in shown if (panel.name in _BESIDE) is beside] for beside in (False, True)
    ]
    return render(request, "web/person.html", {"row": people.person_row(actor, person_id), "columns": columns})


@login_required
@require_GET
def household(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """A household, with the members this reader may see and no word of others."""
    actor = me(request)
    found = records.get_by_label(actor, finding.HOUSEHOLD, household_id)
    finding.log_opening(actor, found)
    return render(
        request,
        "web/household.html",
        {"household": found, "panels": panels.of_page("household", actor, found)},
    )


# --- held entries ----------------------------------------------------------------------------------------------------


@login_required
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """The entries that arrived late and in conflict, and wait for a person."""
    return render(request, "web/inbox.html", {"entries": holding.entries(me(request))})


@login_required
@require_http_methods(["GET", "POST"])
def held(request: HttpRequest, op_id: UUID) -> HttpResponse:
    """One held entry: what it says, why it waits, what can be amended."""
    actor = me(request)
    entry = holding.entry(actor, op_id)
    form = holding.AmendForm(entry, actor, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and holding.amend(request, entry, form):
        return redirect("web:inbox")
    return _held_page(request, entry, form, holding.DiscardForm())


@login_required
@require_POST
def discard(request: HttpRequest, op_id: UUID) -> HttpResponse:
    """Let a held entry go, with a reason."""
    entry = holding.entry(me(request), op_id)
    form = holding.DiscardForm(request.POST)
    if form.is_valid() and holding.discard(request, entry, form):
        return redirect("web:inbox")
    return _held_page(request, entry, holding.AmendForm(entry, me(request), None), form)


def _held_page(
    request: HttpRequest, entry: holding.Entry, form: holding.AmendForm, reasons: holding.DiscardForm
) -> HttpResponse:
    context = {"entry": entry, "form": form, "reasons": reasons, "concerned": holding.concerned(me(request), entry)}
    return render(request, "web/held.html", context)
