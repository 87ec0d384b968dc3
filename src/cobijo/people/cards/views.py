"""The pages of cards: batches, giving one out, ending one, and whose one is."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.accounts import access as authority
from cobijo.accounts.services import log_reading
from cobijo.accounts.types import Permission, ReadingKind
from cobijo.core.errors import DomainError
from cobijo.core.pages import PDF, act_of, carried_out, done, file_answer, me
from cobijo.core.printing import PrintError
from cobijo.core.verbs import Act
from cobijo.people import access as people
from cobijo.people.cards import access, forms, prints, queries, services
from cobijo.people.cards.models import Card, CardBatch
from cobijo.people.cards.types import Scanned
from cobijo.people.models import Household, Person
from cobijo.people.queries.records import line_of

_asks = require_http_methods(["GET", "POST"])

# --- batches ---------------------------------------------------------------------------------------------------------


@require_GET
@login_required
def batches(request: HttpRequest) -> HttpResponse:
    """The batches whose cards can be given out at my sites."""
    authority.require_anywhere(me(request), Permission.REGISTER)
    context = {
        "batches": queries.batches_for(me(request)),
        "may_print": authority.authority(me(request)).has(Permission.MANAGE_SITE),
    }
    return render(request, "people/cards/batches.html", context)


@_asks
@login_required
def print_batch(request: HttpRequest) -> HttpResponse:
    """Print a batch: the answer is the file itself, once."""
    authority.require_anywhere(me(request), Permission.MANAGE_SITE)
    form = forms.PrintForm(me(request), request.POST or None)
    printed = carried_out(request, form, lambda act: _printed(act, form))
    if printed is None:
        return render(request, "people/cards/print.html", {"form": form})
    [batch] = printed
    if not batch.fresh:
        messages.warning(request, str(_("These cards were printed already, and their file is made only once.")))
        return redirect("cards:batches")
    return _file(request, batch, form.cleaned_data["layout"])


def _printed(act: Act, form: forms.PrintForm) -> CardBatch:
    given = form.cleaned_data
    return services.print_cards(
        act, batch_id=given["new_id"], unit_id=given["unit"], kind=given["kind"], count=given["count"]
    )


def _file(request: HttpRequest, batch: CardBatch, layout: prints.Layout) -> HttpResponse:
    """The print; a batch whose print cannot be made is withdrawn at once, for nobody will ever hold its cards."""
    try:
        content = prints.pdf(batch, layout)
    except PrintError:
        services.void_cards(act_of(request), batch_id=batch.pk)
        messages.warning(request, str(_("The file could not be made, so the batch is withdrawn. Try once more.")))
        return redirect("cards:batches")
    return file_answer(content, PDF, f"cards-{batch.number}.pdf")


@_asks
@login_required
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """One batch: count it, withdraw it."""
    row = queries.batch_for(me(request), batch_id)
    form = forms.CountForm(request.POST or None, initial={"counted": row.printed}) if row.may_run else None
    if form is not None and carried_out(
        request,
        form,
        lambda act: services.count_cards(act, batch_id=batch_id, at_hand=form.cleaned_data["counted"]),
    ):
        messages.success(request, str(_("The count is noted.")))
        return redirect("cards:batches")
    return render(request, "people/cards/batch.html", {"row": row, "form": form})


@require_POST
@login_required
def void(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Withdraw a batch."""
    said = _("The batch is withdrawn: none of its cards is given out any more.")
    done(request, lambda act: services.void_cards(act, batch_id=batch_id), said)
    return redirect("cards:batches")


# --- one card --------------------------------------------------------------------------------------------------------


@_asks
@login_required
def give_to_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Give a person a card, or another one."""
    people.unit_holding(me(request), person_id, Permission.REGISTER)
    person = people.get_for(me(request), Person, person_id)
    name = line_of(person).label
    return _give(request, name, reverse("web:person", args=[person_id]), person_id=person_id)


@_asks
@login_required
def give_to_household(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Give a household a card, or another one."""
    home = people.get_for(me(request), Household, household_id)
    people.require_held_household(me(request), household_id)
    authority.require_anywhere(me(request), Permission.REGISTER)
    name = str(_("Household {code}")).format(code=home.code)
    return _give(request, name, reverse("web:household", args=[household_id]), household_id=household_id)


def _give(
    request: HttpRequest, name: str, back: str, *, person_id: UUID | None = None, household_id: UUID | None = None
) -> HttpResponse:
    live = [one for one in queries.cards_of(me(request), person=person_id, household=household_id) if one.is_live]
    form = (forms.ReplaceForm if live else forms.GiveForm)(request.POST or None)

    def give(act: Act) -> Card:
        card = form.cleaned_data["card"]
        if live:
            return services.replace_card(act, card_id=live[0].id, card=card, reason=form.cleaned_data["reason"])
        return services.link_card(act, card=card, person_id=person_id, household_id=household_id)

    if carried_out(request, form, give):
        messages.success(request, str(_("The card is given out.")))
        return redirect(back)
    if request.method == "GET" and person_id:
        log_reading(me(request), ReadingKind.OPEN, "people.person", person_id)
    context = {"form": form, "name": name, "back": back, "live": live[0] if live else None}
    return render(request, "people/cards/give.html", context)


@_asks
@login_required
def end(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Say that a card is lost, taken back or damaged."""
    card = access.get_for(me(request), Card, card_id)
    back = _page_of(card.person_id, card.household_id) or reverse("cards:batches")
    form = forms.EndForm(request.POST or None)
    if carried_out(
        request, form, lambda act: services.end_card(act, card_id=card_id, reason=form.cleaned_data["reason"])
    ):
        messages.success(request, str(_("The card does not count any more.")))
        return redirect(back)
    return render(request, "people/cards/end.html", {"form": form, "card": queries.row_of(card), "back": back})


def _page_of(person_id: UUID | None, household_id: UUID | None) -> str:
    """Where the bearer's page is; empty for a card of nobody."""
    if person_id is not None:
        return reverse("web:person", args=[person_id])
    return reverse("web:household", args=[household_id]) if household_id is not None else ""


# --- scanning --------------------------------------------------------------------------------------------------------


@_asks
@login_required
def scan(request: HttpRequest) -> HttpResponse:
    """Whose a card is: one that somebody has leads straight to them."""
    authority.require_anywhere(me(request), Permission.SEE_PEOPLE)
    form = forms.ScanForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = _looked_up(form, lambda: queries.scan(me(request), form.cleaned_data["card"]))
        if found is not None and found.is_live:
            return redirect(_page_of(found.person_id, found.household_id))
    context = {"form": form, "found": found, "page": _page_of(found.person_id, found.household_id) if found else ""}
    return render(request, "people/cards/scan.html", context)


def _looked_up(form: forms.ScanForm, look: Callable[[], Scanned]) -> Scanned | None:
    try:
        return look()
    except DomainError as refusal:
        form.add_error("card", refusal.sentence)
        return None
