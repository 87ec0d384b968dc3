"""The pages of people's requests: receive one, answer it, print the letter, erase, hand a copy over."""

import json
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.accounts import access as authority
from cobijo.accounts.services import log_reading
from cobijo.accounts.types import Permission, ReadingKind
from cobijo.core import clock, wording
from cobijo.core.errors import NOT_ALLOWED, Sentence
from cobijo.core.pages import PDF, carried_out, done, file_answer, me
from cobijo.people import pages, services, sight
from cobijo.people.queries import line_of
from cobijo.people.rights import access, forms, prints, queries
from cobijo.people.rights.models import RightsRequest
from cobijo.people.rights.types import RightKind

_asks = require_http_methods(["GET", "POST"])

# --- the own copy ----------------------------------------------------------------------------------------------------


@_asks
@login_required
def copy(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Hand a person the copy of everything kept about them: the answer is the file itself."""
    person = pages.opened(request, person_id, Permission.CASE_WORK)
    form = forms.CopyForm(request.POST or None, initial={"language": "es"})
    given = carried_out(
        request,
        form,
        lambda act: services.give_copy(
            act, copy_id=form.cleaned_data["new_id"], person_id=person_id, language=form.cleaned_data["language"]
        ),
    )
    if given is None:
        context = {"form": form, "line": line_of(person), "back": pages.person_url(person_id)}
        return render(request, "people/rights/copy.html", context)
    log_reading(me(request), ReadingKind.EXPORT, "people.person", person_id, reason="own_copy")
    with override(form.cleaned_data["language"]):
        made = queries.own_copy(person_id)
        if form.cleaned_data["form"] == "json":
            content = json.dumps(made.as_json(), ensure_ascii=False, indent=1).encode()
            return file_answer(content, "application/json", "own-copy.json")
        return file_answer(prints.own_copy(made), PDF, "own-copy.pdf")


# --- requests --------------------------------------------------------------------------------------------------------

ASK = pages.Page(
    gettext_lazy("What the person asks about their data"),
    gettext_lazy("Write the request down"),
    gettext_lazy("The request is written down. Somebody else answers it; they were told."),
    gettext_lazy(
        "Asking costs nothing and never costs a bed, food or a place. Write it down even if you would refuse it."
    ),
)


@_asks
@login_required
def ask(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Write down what a person asks."""
    person = pages.opened(request, person_id, *access.RECEIVING)
    form = forms.AskForm(request.POST or None, initial={"asked_on": wording.at_site(clock.now()).date()})
    return pages.form_page(
        request,
        person,
        form,
        ASK,
        lambda act: services.ask_right(act, request_id=form.cleaned_data["new_id"], asked=form.asked(person_id)),
    )


@require_GET
@login_required
def requests(request: HttpRequest) -> HttpResponse:
    """The requests of my units, by the day on which they are due."""
    _require_answering(me(request))
    return render(request, "people/rights/requests.html", {"requests": queries.requests_for(me(request))})


def _require_answering(actor: UUID) -> None:
    found = authority.authority(actor)
    if not any(found.has(one) for one in access.ANSWERING):
        raise NOT_ALLOWED()


@_asks
@login_required
def answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request: what was asked, and its answer."""
    found = queries.request_for(me(request), request_id)
    if request.method == "GET" and found.row.line is not None:
        log_reading(me(request), ReadingKind.OPEN, "people.person", found.row.line.id)
    waits = found.row.outcome is None and not found.row.erased and not found.row.mine
    form = forms.AnswerForm(request.POST or None) if waits else None
    if form is not None and carried_out(
        request,
        form,
        lambda act: services.answer_right(
            act,
            request_id=request_id,
            outcome=form.cleaned_data["outcome"],
            ground=form.cleaned_data["ground"],
            reply=form.cleaned_data["reply"],
        ),
    ):
        messages.success(request, _("The answer is written down. Print the letter and hand it over."))
        return redirect("people:request", request_id)
    context = {"found": found, "row": found.row, "form": form, "way": _way(me(request), found.row)}
    return render(request, "people/rights/request.html", context)


def _way(actor: UUID, row: queries.RequestRow) -> tuple[str, str] | None:
    """The page on which what was asked is done, and what the way there is called; None where it is not the actor's."""
    if row.line is None or row.kind not in _WAYS:
        return None
    page, words, needed = _WAYS[row.kind]
    return (page, str(words)) if sight.permissions_for(actor, row.line.id) & set(needed) else None


_WAYS: Final[dict[RightKind, tuple[str, Sentence, tuple[Permission, ...]]]] = {
    RightKind.COPY: ("people:copy", gettext_lazy("Make the copy"), (Permission.CASE_WORK,)),
    RightKind.CORRECTION: ("people:correct", gettext_lazy("Correct the record"), (Permission.REGISTER,)),
    RightKind.WITHDRAWAL: (
        "people:consent",
        gettext_lazy("Record that the consent is taken back"),
        (Permission.REGISTER, Permission.CASE_WORK),
    ),
}


@require_GET
@login_required
def letter(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The letter that answers a request."""
    found = access.get_for(me(request), RightsRequest, request_id)
    if found.answered_at is None or found.person_id is None:
        raise Http404
    log_reading(me(request), ReadingKind.PRINT, "people.person", found.person_id, reason="letter")
    return file_answer(prints.letter(found), PDF, f"request-{found.number}.pdf")


@require_POST
@login_required
def erase(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Erase who asked for it and was granted it."""
    said = _("The person is erased. What is left is a number in past nights, without a name.")
    done(request, lambda act: services.erase_on_request(act, request_id=request_id), said)
    return redirect("people:request", request_id)
