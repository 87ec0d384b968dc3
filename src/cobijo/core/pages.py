"""What every app's pages share: who asks, a form whose answers go to a verb, and what a refusal becomes."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Final, TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse

from cobijo.core import operations
from cobijo.core.errors import DomainError, Ground, Sentence
from cobijo.core.ids import uuid7
from cobijo.core.spreadsheets import CSV, XLSX, Table, as_csv, as_xlsx
from cobijo.core.verbs import Act, Door

R = TypeVar("R")

PDF: Final = "application/pdf"


def me(request: HttpRequest) -> UUID:
    """Who is signed in."""
    actor = request.user.pk
    assert isinstance(actor, UUID)
    return actor


def act_of(request: HttpRequest, op_id: UUID | None = None) -> Act:
    """An act at the desk, by whoever is signed in; with the form's own id, sending it twice is once."""
    return operations.act_of(me(request), Door.DESK, **({"op_id": op_id} if op_id else {}))


class VerbForm(forms.Form):
    """A form whose answers go to a verb. ``op_id`` and ``new_id`` are made with the page, not when it comes back."""

    op_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    names_of_fields: ClassVar[dict[str, str]] = {}
    """Arguments of the verb that the form asks for under another name."""

    def refuse(self, error: DomainError) -> None:
        """Show what the verb refused beside the fields it names, or above the form."""
        beside = {self._field_at(path): sentence for path, sentence in error.fields.items()}
        known = {name: sentence for name, sentence in beside.items() if name is not None}
        for name, sentence in known.items():
            self.add_error(name, str(sentence))
        if not known:
            self.add_error(None, error.sentence)

    def _field_at(self, path: str) -> str | None:
        """The field that asks for what stands at a path: its innermost part that the form knows."""
        names = [self.names_of_fields.get(part, part) for part in reversed(path.split("."))]
        return next((name for name in names if name in self.fields), None)


def carried_out(request: HttpRequest, form: VerbForm, verb: Callable[[Act], R]) -> tuple[R] | None:
    """What the verb gave for the answers that were posted, be it nothing, in a tuple of one.

    None where nothing was posted, and where form or verb refused, which the form then says.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return (verb(act_of(request, form.cleaned_data["op_id"])),)
    except DomainError as refusal:
        if refusal.ground is Ground.MISSING and not refusal.fields:
            raise
        form.refuse(refusal)
        return None


def file_answer(content: bytes, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    """A file to keep, or with ``inline`` to be opened beside the page: kept by no cache, taken for nothing else."""
    headers = {
        "Content-Disposition": f'{"inline" if inline else "attachment"}; filename="{name}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=kind, headers=headers)


def table_answer(table: Table, form: str, name: str) -> HttpResponse:
    """A table as a file to keep. Raises Http404 for another form than csv and xlsx."""
    if form not in ("csv", "xlsx"):
        raise Http404
    content, kind = (as_csv(table), CSV) if form == "csv" else (as_xlsx(table), XLSX)
    return file_answer(content, kind, f"{name}.{form}")


def offer(form: forms.Form, field: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Give a field of a form its choices, where they hang on who asks."""
    form.fields[field].choices = list(choices)  # type: ignore[attr-defined]  # a choice field's, which stubs do not know


def done(request: HttpRequest, verb: Callable[[Act], object], said: Sentence) -> bool:
    """Carry out what a single button asks for, and say on the next page what was done or why not."""
    try:
        verb(act_of(request))
    except DomainError as refusal:
        if refusal.ground is Ground.MISSING:
            raise
        messages.warning(request, refusal.sentence)
        return False
    messages.success(request, str(said))
    return True
