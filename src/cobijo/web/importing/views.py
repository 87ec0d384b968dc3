"""The pages of lists on their way in. They hold no rules: reading, checking and entering are core's."""

from typing import Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.accounts.services import log_reading, name_kind
from cobijo.accounts.types import ReadingKind
from cobijo.core.errors import NOT_ALLOWED, DomainError
from cobijo.core.imports import accepting, batches, checking, kinds, marking, sealing
from cobijo.core.imports.models import ImportBatch
from cobijo.core.imports.reading import MOST_BYTES, TOO_LARGE
from cobijo.core.imports.types import BatchState
from cobijo.core.pages import done, file_answer, me
from cobijo.core.services import undo_batch
from cobijo.core.spreadsheets import XLSX
from cobijo.web.importing import reading
from cobijo.web.importing.forms import ColumnsForm, HandInForm, SheetForm, corrections

LIST: Final = "core.importbatch"
name_kind(LIST, _("list handed in"))
UNDER_WAY: Final = (BatchState.ACCEPTING, BatchState.UNDOING)


@login_required
@require_http_methods(["GET", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """The lists handed in at my sites, and the form for the next one."""
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = HandInForm(me(request), *posted)
    if not form.is_possible:
        raise NOT_ALLOWED()
    if request.method == "POST" and _is_too_large(request):
        form.add_error("file", TOO_LARGE().sentence)
    elif request.method == "POST" and form.is_valid():
        batch = _hand_in(request, form)
        if batch is not None:
            return redirect("web:list-columns", batch.pk)
    return render(request, "web/importing/lists.html", {"form": form, "lines": reading.lines(me(request))})


def _is_too_large(request: HttpRequest) -> bool:
    """A file beyond what is taken is not even read into memory, and so would only seem to be missing."""
    return int(request.headers.get("Content-Length") or 0) > MOST_BYTES


def _hand_in(request: HttpRequest, form: HandInForm) -> ImportBatch | None:
    given = form.cleaned_data
    try:
        return batches.hand_in(
            me(request), given["kind"], UUID(given["unit"]), given["file"].name, given["file"].read()
        )
    except DomainError as refusal:
        form.add_error("file", refusal.sentence)
        return None


@login_required
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """What each column holds: guessed or remembered, shown with examples, corrected."""
    batch = reading.batch_for(me(request), batch_id)
    sheets = sealing.sheets_of(batch)
    if not sheets:
        return redirect("web:list", batch.pk)
    sheet_form = SheetForm(batch, sheets, *((request.POST,) if "look" in request.POST else ()))
    if "look" in request.POST and sheet_form.is_valid():
        _look(batch, sheet_form)
        return redirect("web:list-columns", batch.pk)
    form = ColumnsForm(batch, reading.headings(batch), *((request.POST,) if "check" in request.POST else ()))
    if "check" in request.POST and form.is_valid():
        batches.choose(batch, *form.choice())
        return redirect("web:list", batch.pk)
    return _columns_page(request, batch, sheet_form, form)


def _look(batch: ImportBatch, form: SheetForm) -> None:
    """Another sheet is read with the headings found in it, the same one with those of the row that was named."""
    sheet = form.cleaned_data["sheet"]
    batches.look_at(batch, sheet, form.cleaned_data["head_row"] if sheet == batch.sheet else None)


def _columns_page(request: HttpRequest, batch: ImportBatch, sheet_form: SheetForm, form: ColumnsForm) -> HttpResponse:
    said = reading.examples(batch)
    shown = [(bound, said.get(int(bound.name.removeprefix("column_")), [])) for bound in form.of_columns]
    bare = {f"column_{at}" for at in reading.bare_columns(batch)}
    _note(request, batch, ReadingKind.LIST, 3)
    context = {
        "batch": batch,
        "name": sealing.name_of(batch),
        "sheet_form": sheet_form,
        "form": form,
        "columns": [pair for pair in shown if pair[0].name not in bare],
        "bare": [pair for pair in shown if pair[0].name in bare],
        "earlier": batches.earlier(batch).first(),
        "refused": reading.refused_columns(batch),
    }
    return render(request, "web/importing/columns.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """A list: what waits to be corrected, what is ready, what became of it."""
    found = reading.batch_for(me(request), batch_id)
    if found.state == BatchState.READ and found.sealed_sheets:
        return redirect("web:list-columns", found.pk)
    if found.state in UNDER_WAY:
        return _progress(request, found)
    if request.headers.get("HX-Request") == "true":  # its progress was asked for, and there is none to tell any more
        return HttpResponse(headers={"HX-Refresh": "true"})
    if request.method == "POST":
        _correct(request, found)
        return redirect("web:list", found.pk)
    return _batch_page(request, found)


def _correct(request: HttpRequest, found: ImportBatch) -> None:
    if request.POST.get("again", "").isdigit():
        batches.take_back(found, int(request.POST["again"]))
        return
    cells, leave = corrections(request.POST)
    batches.correct(found, cells, leave)


def _progress(request: HttpRequest, found: ImportBatch) -> HttpResponse:
    context = {"batch": found, "name": sealing.name_of(found), "progress": reading.progress(found)}
    part = request.headers.get("HX-Request") == "true"
    return render(request, f"web/importing/{'parts/under_way' if part else 'under_way'}.html", context)


def _batch_page(request: HttpRequest, found: ImportBatch) -> HttpResponse:
    page = reading.rows_to_correct(found, request.GET.get("page"))
    counts = checking.counts(found)
    _note(request, found, ReadingKind.LIST, len(page.object_list))
    context = {
        "batch": found,
        "name": sealing.name_of(found),
        "kind": kinds.kind(found.kind),
        "counts": counts,
        "words": reading.words_of(found, counts),
        "page": page,
        "told": reading.rows_told(found),
        "passed": reading.rows_passed(found),
        "kept": reading.rows_kept(found),
        "can_correct": batches.can_be_corrected(found),
        "can_undo": _can_undo(me(request), found),
        "can_settle": bool(found.sealed_sheets),
        "earlier": batches.earlier(found).first(),
    }
    return render(request, "web/importing/list.html", context)


def _can_undo(actor: UUID, found: ImportBatch) -> bool:
    try:
        kinds.kind(found.kind).may_undo(actor, found.unit)
    except DomainError:
        return False
    return accepting.can_be_undone(found)


@login_required
@require_GET
def marked(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """The same workbook with its cells marked and commented."""
    found = reading.batch_for(me(request), batch_id)
    _note(request, found, ReadingKind.EXPORT, found.rows.count())
    return file_answer(marking.marked(found), XLSX, "cobijo-marcado.xlsx")


@login_required
@require_POST
def enter(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Begin to enter what is ready."""
    found = reading.batch_for(me(request), batch_id)
    done(request, lambda act: accepting.accept(found, act.actor), _("What is ready is being entered. You can leave."))
    return redirect("web:list", found.pk)


@login_required
@require_POST
def undo(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Begin to take a list back."""
    found = reading.batch_for(me(request), batch_id)
    done(request, lambda act: undo_batch(act, batch_id=found.pk), _("The list is being undone. You can leave."))
    return redirect("web:list", found.pk)


def _note(request: HttpRequest, found: ImportBatch, what: ReadingKind, people: int) -> None:
    """Whoever looks at people of a list is written down like whoever looks at people of the register."""
    if people and kinds.kind(found.kind).of_people:
        log_reading(me(request), what, LIST, people=people, unit=found.unit)
