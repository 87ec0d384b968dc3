"""The pages of pairs and merges: the queue, two records beside each other, what was made one."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.accounts import access as authority
from cobijo.accounts.services import log_reading
from cobijo.accounts.types import ReadingKind
from cobijo.core.errors import NOT_ALLOWED, DomainError, Ground
from cobijo.core.ids import uuid7
from cobijo.core.pages import act_of, carried_out, done, me
from cobijo.people.identity import access, queries, services
from cobijo.people.identity.forms import Answer, JudgeForm, MergeForm
from cobijo.people.identity.models import Merge
from cobijo.people.identity.panels import MERGE, PAIR
from cobijo.people.identity.types import JudgedIn, MergeState, PairState, Verdict

_asks = require_http_methods(["GET", "POST"])


def _require_judging(actor: UUID) -> None:
    found = authority.authority(actor)
    if not any(found.has(one) for one in access.JUDGING):
        raise NOT_ALLOWED()


_STATES: Final = {str(state): state for state in (PairState.UNSURE, PairState.DIFFERENT)}

# --- the queue -------------------------------------------------------------------------------------------------------


@_asks
@login_required
def pairs(request: HttpRequest) -> HttpResponse:
    """The surest pairs side by side, some at a time, with a verdict for each."""
    actor = me(request)
    _require_judging(actor)
    state = _STATES.get(request.GET.get("state", ""), PairState.OPEN)
    if request.method == "POST":
        return _judge(request, actor, state)
    rows = queries.pairs_for(actor, state)
    return _queue(request, state, JudgeForm(rows))


def _queue(request: HttpRequest, state: PairState, form: JudgeForm) -> HttpResponse:
    actor = me(request)
    if shown := len(form.rows()):
        log_reading(actor, ReadingKind.LIST, PAIR, people=2 * shown)
    counts, here = queries.count_pairs(actor), reverse("people:pairs")
    tabs = [
        {"url": here, "label": _("To look at"), "current": state is PairState.OPEN, "count": counts[PairState.OPEN]},
        {
            "url": f"{here}?state=unsure",
            "label": pgettext("verdict", "Not sure"),
            "current": state is PairState.UNSURE,
            "count": counts[PairState.UNSURE],
        },
        {
            "url": f"{here}?state=different",
            "label": pgettext("verdict", "Two people"),
            "current": state is PairState.DIFFERENT,
        },
    ]
    context = {
        "form": form,
        "tabs": tabs,
        "waiting": queries.merges_waiting(actor),
        "state": state,
        "more": counts.get(state, shown) - shown,
        "unsure": counts[PairState.UNSURE],
    }
    return render(request, "people/identity/pairs.html", context)


def _judge(request: HttpRequest, actor: UUID, state: PairState) -> HttpResponse:
    """Keep who are two people or unsure; who is one person is shown once more with what making one does."""
    form = JudgeForm(queries.pair_for(actor, *_named(request)), request.POST)
    if not form.is_valid():
        return _queue(request, state, form)
    judged = form.judged()
    if judged and carried_out(request, form, lambda act: services.judge_pairs(act, judged=judged)) is None:
        return _queue(request, state, form)
    if judged:
        said = ngettext("{n} verdict is remembered.", "{n} verdicts are remembered.", len(judged))
        change = _("Not what you meant? They stand under “Two people” and “Not sure” and can be answered anew there.")
        messages.success(request, f"{said.format(n=len(judged))} {change}")
    same = form.answered(Answer.SAME)
    return _confirm(request, actor, same) if same else redirect(f"{reverse('people:pairs')}{_of_state(state)}")


def _of_state(state: PairState) -> str:
    return "" if state is PairState.OPEN else f"?state={state}"


def _named(request: HttpRequest) -> list[UUID]:
    """The pairs that were answered for, in the order of the page."""
    names = [name.removeprefix("pair_") for name in request.POST if name.startswith("pair_")]
    return [UUID(hex=one) for one in names if len(one) == 32 and set(one) <= set("0123456789abcdef")]


def _confirm(request: HttpRequest, actor: UUID, rows: list[queries.PairRow]) -> HttpResponse:
    """What making one of each of these pairs does. The record that was registered first is kept."""
    shown = []
    for row in rows:
        kept, gone = row.lines if row.older == row.first.id else (row.second, row.first)
        form = MergeForm(initial={"kept": kept.id, "gone": gone.id}, prefix=row.id.hex)
        outlook = queries.merge_outlook(actor, kept.id, gone.id)
        shown.append({"kept": kept, "gone": gone, "outlook": outlook, "form": form})
    return render(request, "people/identity/confirm.html", {"shown": shown})


@require_POST
@login_required
def make_one(request: HttpRequest) -> HttpResponse:
    """Make one of each pair that was confirmed, each an act of its own."""
    made: list[Merge] = []
    for prefix in request.POST.getlist("pairs")[: queries.AT_ONCE]:
        form = MergeForm(request.POST, prefix=prefix)
        if form.is_valid() and (merge := _merged(request, form)):
            made.append(merge)
    if len(made) == 1:
        return redirect("people:merge", made[0].pk)
    one = sum(merge.state == MergeState.DONE for merge in made)
    if one:
        said = ngettext("{n} pair is one record now.", "{n} pairs are one record each now.", one)
        messages.success(request, said.format(n=one))
    if waits := len(made) - one:
        said = ngettext("{n} pair waits for a second person.", "{n} pairs wait for a second person.", waits)
        messages.success(request, said.format(n=waits))
    return redirect("people:pairs")


def _merged(request: HttpRequest, form: MergeForm) -> Merge | None:
    given = form.cleaned_data
    try:
        act = act_of(request, given["op_id"])
        return services.merge_people(act, merge_id=given["new_id"], kept_id=given["kept"], gone_id=given["gone"])
    except DomainError as refusal:
        if refusal.ground is Ground.MISSING:
            raise
        messages.warning(request, refusal.sentence)
        return None


# --- two records -----------------------------------------------------------------------------------------------------


@_asks
@login_required
def same_as(request: HttpRequest, kept_id: UUID, gone_id: UUID) -> HttpResponse:
    """Two records beside each other, and what making one of them does; the first in the address is kept."""
    actor = me(request)
    _require_judging(actor)
    both = queries.beside(actor, kept_id, gone_id)
    form = MergeForm(request.POST or None, initial={"kept": kept_id, "gone": gone_id})
    if request.POST.get("verdict") in Verdict.values:
        verdict = Verdict(request.POST["verdict"])
        judged = JudgedIn(pair_id=uuid7(), first_id=kept_id, second_id=gone_id, verdict=verdict)
        return _say_of_two(request, judged)
    made = carried_out(
        request,
        form,
        lambda act: services.merge_people(act, merge_id=form.cleaned_data["new_id"], kept_id=kept_id, gone_id=gone_id),
    )
    if made and made[0]:
        return redirect("people:merge", made[0].pk)
    for person in (kept_id, gone_id):
        log_reading(actor, ReadingKind.OPEN, "people.person", record=person)
    context = {"both": both, "form": form, "outlook": queries.merge_outlook(actor, kept_id, gone_id)}
    return render(request, "people/identity/same_as.html", context)


def _say_of_two(request: HttpRequest, judged: JudgedIn) -> HttpResponse:
    """Keep that they are two people, or that it is not sure."""
    if done(request, lambda act: services.judge_pairs(act, judged=[judged]), gettext_lazy("It is remembered.")):
        return redirect("people:pairs")
    return redirect("people:same_as", judged.first_id, judged.second_id)


# --- a merge ---------------------------------------------------------------------------------------------------------


@require_GET
@login_required
def merge(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """A merge: what it did or would do, to be agreed to by a second person, or to be taken back."""
    actor = me(request)
    row = queries.merge_for(actor, merge_id)
    log_reading(actor, ReadingKind.OPEN, MERGE, record=merge_id)
    context: dict[str, object] = {"row": row}
    if row.waits:
        context |= {
            "outlook": queries.merge_outlook(actor, row.kept.id, row.gone.id),
            "both": queries.beside(actor, row.kept.id, row.gone.id),
        }
    if row.is_done:
        context["undoing"] = queries.unmerge_outlook(actor, merge_id)
    return render(request, "people/identity/merge.html", context)


@require_POST
@login_required
def approve(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """Agree to a merge."""
    said = gettext_lazy("The two records are one now.")
    done(request, lambda act: services.approve_merge(act, merge_id=merge_id), said)
    return redirect("people:merge", merge_id)


@require_POST
@login_required
def refuse(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """Refuse a merge; the records stay two."""
    said = gettext_lazy("The two records stay two.")
    done(request, lambda act: services.refuse_merge(act, merge_id=merge_id), said)
    return redirect("people:merge", merge_id)


@require_POST
@login_required
def unmerge(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """Take a merge back."""
    said = gettext_lazy("The two records are two again.")
    done(request, lambda act: services.unmerge_people(act, merge_id=merge_id), said)
    return redirect("people:merge", merge_id)
