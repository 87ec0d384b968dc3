"""The kind of list this app takes, registered when the program starts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cobijo.accounts import access as authority
from cobijo.accounts import queries as accounts
from cobijo.accounts.types import Permission
from cobijo.core.imports import kinds
from cobijo.core.imports.kinds import Words
from cobijo.core.imports.types import Context, RowIn
from cobijo.core.wording import number
from cobijo.movements.importing.fields import MANIFEST, QUESTIONS
from cobijo.movements.importing.plan import plan
from cobijo.movements.importing.refusing import is_refused
from cobijo.movements.queries.waiting import centres_of
from cobijo.movements.rules.centres import site_of_centre
from cobijo.sites.queries.listed import of_site


def _enter(rows: int) -> str:
    said = ngettext("Expect {people} person", "Expect {people} people", rows)
    return said.format(people=number(rows))


def _no_more(_entries: int) -> str:
    return ""


def _entered(done: int, every: int) -> str:
    said = ngettext("{done} of {every} person is listed.", "{done} of {every} people are listed.", every)
    return said.format(done=number(done), every=number(every))


def _undone(done: int, every: int) -> str:
    said = ngettext("{done} of {every} person is taken off.", "{done} of {every} people are taken off.", every)
    return said.format(done=number(done), every=number(every))


def _undoing(rows: int) -> str:
    return ngettext(
        "{people} person is taken off the arrival's list; who has come stays.",
        "{people} people are taken off the arrival's list; who has come stays.",
        rows,
    ).format(people=number(rows))


def _centres(actor: UUID) -> QuerySet[Any, Any]:
    return centres_of(actor, Permission.STAY)


def _may(actor: UUID, unit: UUID) -> UUID:
    allowed = authority.require(actor, Permission.STAY, unit)
    site_of_centre(unit)
    return allowed


def _beside(_row: RowIn, answers: Mapping[str, str]) -> str:
    """The arrival: the same person on another one is another traveller."""
    return answers.get("movement", "")


def _context(actor: UUID, unit: UUID, answers: Mapping[str, str]) -> Context:
    return of_site(actor, unit, answers)


MANIFESTS = kinds.Kind(
    name="manifests",
    says=_("people who arrive together (manifest)"),
    fields=MANIFEST,
    questions=QUESTIONS,
    verb="movements.list_travellers",
    identity=("name", "given_names", "first_name", "surnames", "first_surname"),
    units=_centres,
    may=_may,
    may_undo=_may,
    owner=accounts.organisation_of,
    context=_context,
    plan=plan,
    words=Words(
        enter=_enter,
        entries=_no_more,
        entered=_entered,
        undone=_undone,
        undoing=_undoing,
        kept=_("This person has come since, so they stay. Correct them on their own page."),
        others_kept=_("Whoever has come since stays on the list."),
        change=_("Change columns, or of which arrival this is the list"),
    ),
    beside=_beside,
    refuses=is_refused,
)
kinds.register(MANIFESTS)
