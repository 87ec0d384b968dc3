"""What the forms of all desk pages share: the id of their operation, and how a refusal is said beside its answer."""

from collections.abc import Callable
from typing import ClassVar, TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from cobijo.core import operations
from cobijo.core.errors import DomainError, Ground
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Act, Door

R = TypeVar("R")


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


def actor_of(request: HttpRequest) -> UUID:
    """The account that is signed in."""
    actor = request.user.pk
    assert isinstance(actor, UUID)
    return actor


def act_of(request: HttpRequest, op_id: UUID | None = None) -> Act:
    """An act at the desk, by whoever is signed in; with the form's own id, sending it twice is once."""
    return operations.act_of(actor_of(request), Door.DESK, **({"op_id": op_id} if op_id else {}))


def carried_out(request: HttpRequest, form: VerbForm, verb: Callable[[Act], R]) -> R | None:
    """What the verb gave for the answers of a form; None where form or verb refused, which the form then says."""
    if not form.is_valid():
        return None
    try:
        return verb(act_of(request, form.cleaned_data["op_id"]))
    except DomainError as refusal:
        if refusal.ground is Ground.MISSING:
            raise
        form.refuse(refusal)
        return None


def done(request: HttpRequest, verb: Callable[[Act], object], said: object) -> bool:
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
