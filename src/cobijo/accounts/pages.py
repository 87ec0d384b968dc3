"""What the pages of accounts share: who is asking, and what a refusal of a form or a button becomes."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest

from cobijo.accounts.deskforms import VerbForm
from cobijo.accounts.models import Account
from cobijo.core import operations
from cobijo.core.errors import DomainError, Ground
from cobijo.core.verbs import Act, Door

R = TypeVar("R")


def me(request: HttpRequest) -> Account:
    """The account that is signed in."""
    assert isinstance(request.user, Account)
    return request.user


def act_of(request: HttpRequest, op_id: UUID | None = None) -> Act:
    """An act at the desk, by whoever is signed in; with the form's own id, sending it twice is once."""
    return operations.act_of(me(request).id, Door.DESK, **({"op_id": op_id} if op_id else {}))


def carried_out(request: HttpRequest, form: VerbForm, verb: Callable[[Act], R]) -> R | None:
    """What the verb gave for the answers of a form; None where form or verb refused, which the form then says."""
    if not form.is_valid():
        return None
    try:
        return verb(act_of(request, form.cleaned_data["op_id"]))
    except DomainError as refusal:
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
