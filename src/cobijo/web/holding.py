"""The inbox of held entries: what waits, why, and what a person does about it."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cobijo.accounts import queries as accounts
from cobijo.accounts import services as account_services
from cobijo.accounts.types import DiscardReason, ReadingKind
from cobijo.core import complaints, journal, operations, records, verbs
from cobijo.core.errors import NOT_FOUND, DomainError
from cobijo.core.models import Outcome
from cobijo.core.pages import act_of, me
from cobijo.core.verbs import Door, registry
from cobijo.people import queries as people
from cobijo.people.queries import PersonLine
from cobijo.web import amending

PEOPLE: Final = "web.held"
ID_LENGTH: Final = 36
account_services.name_kind(PEOPLE, gettext_lazy("people of an entry to review"))


@dataclass(frozen=True)
class Entry:
    """A held entry as the inbox shows it."""

    hold: Outcome
    by: str
    unit: str

    @property
    def op_id(self) -> UUID:
        return self.hold.intent.op_id

    @property
    def act(self) -> str:
        """What it is, in words."""
        return verbs.words_of(self.hold.intent.verb)

    @property
    def happened_at(self) -> datetime:
        return self.hold.intent.happened_at

    @property
    def arrived_at(self) -> datetime:
        return self.hold.intent.recorded_at

    @cached_property
    def reason(self) -> DomainError:
        """Why it is held, said in the reader's language."""
        return complaints.from_outcome(self.hold)

    @cached_property
    def arguments(self) -> dict[str, Any]:
        """What was sent; what was erased since is absent."""
        return journal.arguments_of(self.hold.intent)


def entries(actor: UUID) -> list[Entry]:
    """The held entries the actor may settle, oldest first."""
    holds = list(accounts.held_for(actor)[:200])
    names = accounts.names_of(hold.intent.actor for hold in holds)
    units = accounts.unit_names(hold.intent.unit for hold in holds if hold.intent.unit)
    return [
        Entry(hold, names.get(hold.intent.actor, ""), units.get(hold.intent.unit, "") if hold.intent.unit else "")
        for hold in holds
    ]


def entry(actor: UUID, op_id: UUID) -> Entry:
    """One held entry; NOT_FOUND where it is not the actor's to settle, or settled."""
    found = next((one for one in entries(actor) if one.op_id == op_id), None)
    if found is None:
        raise NOT_FOUND()
    return found


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom and what a held entry is about, as far as its reader may see them."""

    people: list[PersonLine]
    sites: list[str]


def concerned(actor: UUID, held: Entry) -> Concerned:
    """The people and sites whose ids, or those of whose stays, stand in an entry; who is shown is noted."""
    ids = list(_ids(held.arguments))
    sleepers = records.all_for(actor, "sites.stay").filter(pk__in=ids).values_list("person_id", flat=True)
    found = people.lines(actor, [*dict.fromkeys([*sleepers, *ids])])
    if found:
        account_services.log_reading(actor, ReadingKind.LIST, PEOPLE, people=len(found), unit=held.hold.intent.unit)
    sites = records.all_for(actor, "sites.site").filter(pk__in=ids).values_list("unit__name", flat=True)
    return Concerned(found, list(sites))


def _ids(value: Any) -> Iterator[UUID]:
    if isinstance(value, dict):
        for part in value.values():
            yield from _ids(part)
    elif isinstance(value, list):
        for part in value:
            yield from _ids(part)
    elif isinstance(value, str) and len(value) == ID_LENGTH:
        with suppress(ValueError):
            yield UUID(value)


class AmendForm(forms.Form):
    """What can be changed of a held entry before it is tried again."""

    def __init__(self, held: Entry, actor: UUID, data: Any) -> None:
        super().__init__(data)
        verb = registry[held.hold.intent.verb]
        spaces = [
            (str(space.pk), str(space))
            for space in records.all_for(actor, "sites.space").filter(closed_at=None)
            if held.hold.intent.unit in (None, space.site_id)
        ]
        self.leaves = {".".join(leaf.path): leaf for leaf in amending.leaves(verb, held.arguments)}
        for name, leaf in self.leaves.items():
            self.fields[name] = amending.field_for(leaf, spaces)

    def changes(self) -> dict[amending.Path, Any]:
        """The values as JSON has them, by path."""
        return {leaf.path: _plain(self.cleaned_data[name], leaf) for name, leaf in self.leaves.items()}


def _plain(value: Any, leaf: amending.Leaf) -> Any:
    if value in ("", None):
        return None if leaf.blank else value
    return value.isoformat() if isinstance(value, date) else value


class DiscardForm(forms.Form):
    """Why a held entry is let go."""

    why = forms.ChoiceField(label=gettext_lazy("Why it is let go"), choices=DiscardReason.choices)
    words = forms.CharField(label=gettext_lazy("In your words"), required=False, max_length=480)


def amend(request: HttpRequest, held: Entry, form: AmendForm) -> bool:
    """Try a held entry again as it now stands; a refusal is shown beside the form."""
    arguments = amending.put(held.arguments, form.changes())
    act = operations.act_of(me(request), Door.DESK, amends=held.op_id, happened_at=held.happened_at)
    try:
        operations.submit(held.hold.intent.verb, act, arguments)
    except DomainError as refusal:
        form.add_error(None, refusal.sentence)
        return False
    messages.success(request, _("The entry is done."))
    return True


def discard(request: HttpRequest, held: Entry, form: DiscardForm) -> bool:
    """Let a held entry go."""
    act = act_of(request)
    try:
        account_services.discard_held(
            act, op_id=held.op_id, why=DiscardReason(form.cleaned_data["why"]), words=form.cleaned_data["words"]
        )
    except DomainError as refusal:
        form.add_error("words" if "words" in refusal.fields else None, refusal.sentence)
        return False
    messages.success(request, _("The entry is let go. It stays in the journal."))
    return True
