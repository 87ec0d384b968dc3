"""What the pages of people share: who asks, whom it is about, and what becomes of a form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cobijo.accounts.services import log_reading
from cobijo.accounts.types import Permission, ReadingKind
from cobijo.core.errors import NOT_ALLOWED, Sentence
from cobijo.core.pages import VerbForm, carried_out, me
from cobijo.core.verbs import Act
from cobijo.people import access
from cobijo.people.models import Person
from cobijo.people.queries import line_of


def opened(request: HttpRequest, person_id: UUID, *needed: Permission) -> Person:
    """A person for a page that needs one of these permissions where the person is known; logged as an opening."""
    if needed:
        access.unit_holding(me(request), person_id, *needed)
    person = access.get_for(me(request), Person, person_id)
    if request.method == "GET":
        log_reading(me(request), ReadingKind.OPEN, "people.person", person.id)
    return person


def unit_for(actor: UUID, person_id: UUID, *needed: Permission) -> UUID:
    """The unit in whose name somebody works with a person."""
    unit = access.unit_holding(actor, person_id, *needed)
    if unit is None:  # the operator at the machine, who has no desk
        raise NOT_ALLOWED()
    return unit


def person_url(person_id: UUID) -> str:
    """Where the page of a person is."""
    return reverse("web:person", args=[person_id])


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a page with one form: its heading, its button, what is said when it is done.

    ``free`` where the lead says once that nothing is required, and the questions need not.
    """

    heading: Sentence
    button: Sentence
    said: Sentence
    lead: Sentence = ""
    template: str = "people/form.html"
    free: bool = False


def form_page(
    request: HttpRequest, person: Person, form: VerbForm, page: Page, verb: Callable[[Act], object], **more: Any
) -> HttpResponse:
    """Show a form about a person; carried out, it leads back to the person."""
    if carried_out(request, form, verb):
        messages.success(request, str(page.said))
        return redirect(person_url(person.id))
    line = line_of(person)
    context = {"form": form, "page": page, "line": line, "back": person_url(person.id)} | more
    return render(request, page.template, context)
