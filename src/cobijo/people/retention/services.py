"""Setting rules, seeing what they would do, and letting go."""

from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.accounts.access import units
from cobijo.accounts.types import Permission
from cobijo.core import erasure, expiring, rows, wording
from cobijo.core.context import concerns, current
from cobijo.core.personal import Category, Purpose
from cobijo.core.verbs import ALONE, DECISION, HERE, PLAIN, SUBJECT, Act, Door, verb
from cobijo.people import index
from cobijo.people.identity.following import merged_of
from cobijo.people.models import Person
from cobijo.people.retention.due import due, emptied, rows_of, rules_of
from cobijo.people.retention.models import RetentionRule, RetentionRun
from cobijo.people.retention.refusals import NOT_A_RESPONSE, NOT_DUE, NOT_PREVIEWED, RAN, RULE_OFF, TOO_SOON
from cobijo.people.retention.types import DEFAULTS, LONGEST, RuleFor

_COMMAND = frozenset({Door.COMMAND})
Days = Annotated[int, Field(ge=0, le=LONGEST)]


def _require_response(act: Act, unit: UUID) -> None:
    if not units(act.actor, Permission.RUN_RESPONSE).filter(pk=unit, kind="response").exists():
        raise NOT_A_RESPONSE.about("unit_id")


@verb(
    "people.set_retention",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"category": PLAIN, "days": PLAIN, "on": PLAIN},
    says=_("Rule for keeping data set"),
)
def set_retention(act: Act, *, rule_id: UUID, unit_id: UUID, category: RuleFor, days: Days, on: bool) -> RetentionRule:
    """Set after how many days a response lets a category go, and switch that on or off.

    It is switched on only by who has seen today, by a preview, what it would do.
    """
    _require_response(act, unit_id)
    least = DEFAULTS[category].least
    if days < least:
        raise TOO_SOON.about("days", least=least)
    if on and not _previewed_today(unit_id, category, days):
        raise NOT_PREVIEWED.about("on")
    for before in RetentionRule.objects.select_for_update().filter(unit=unit_id, category=category, ended_at=None):
        rows.change(before, ended_at=current().recorded_at)
    set_at = current().recorded_at
    rule = RetentionRule(id=rule_id, unit_id=unit_id, category=category, days=days, on=on, set_at=set_at)
    return rows.add(rule)


def _previewed_today(unit: UUID, category: RuleFor, days: int) -> bool:
    """Whether somebody saw today what the rule would do after so many days, as it is set."""
    today = RetentionRun.objects.filter(unit=unit, previewed_at__date=wording.at_site(current().recorded_at).date())
    return any(run.previewed.get(category.value, {}).get("days") == days for run in today)


@verb(
    "people.preview_retention",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={},
    says=_("Looked at what is due to be let go"),
)
def preview_retention(act: Act, *, run_id: UUID, unit_id: UUID) -> RetentionRun:
    """Count, rule by rule, of how many people of a response something is due to be let go; nothing is changed."""
    _require_response(act, unit_id)
    at = current().recorded_at
    found = {
        rule.value: {"days": days, "on": on, "people": due(unit_id, DEFAULTS[rule], days, at).count()}
        for rule, (days, on) in rules_of(unit_id).items()
    }
    return rows.add(RetentionRun(id=run_id, unit_id=unit_id, previewed_at=at, previewed=found))


@verb(
    "people.expire",
    kind=DECISION,
    doors=_COMMAND,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"person_id": SUBJECT, "category": PLAIN},
    says=_("Data let go: their time has passed"),
)
def expire(act: Act, *, run_id: UUID, person_id: UUID, category: RuleFor) -> None:
    """Let go of what a rule says of one person: a category of their data, or the whole person."""
    run = RetentionRun.objects.get(pk=run_id)
    days, on = rules_of(run.unit_id)[category]
    if not on:
        raise RULE_OFF()
    default = DEFAULTS[category]
    if not due(run.unit_id, default, days, run.previewed_at).filter(pk=person_id).exists():
        raise NOT_DUE()
    if default.whole_person:
        erasure.erase(person_id, act.actor)
        return
    person = Person.objects.select_for_update().get(pk=person_id)
    merged = merged_of(person_id)
    concerns(one.pk for one in (person, *merged))
    for one in (*merged, person):
        _let_go(act, one, Category(category.value))
    index.rewrite(person)


def _let_go(act: Act, person: Person, category: Category) -> None:
    for model, declared in rows_of(category):
        rows.remove(model._default_manager.filter(**{str(declared.subject): person.pk}))
    if fields := emptied(category):
        rows.change(person, **fields)
    expiring.forget_category(person.pk, category, act.actor)


@verb(
    "people.finish_retention",
    kind=DECISION,
    doors=_COMMAND,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"done": PLAIN},
    says=_("Data let go on schedule"),
)
def finish_retention(act: Act, *, run_id: UUID, done: dict[str, int]) -> RetentionRun:
    """Keep, in numbers, what a run did of what its preview found."""
    run = RetentionRun.objects.select_for_update().get(pk=run_id)
    if run.ran_at is not None:
        raise RAN()
    return rows.change(run, ran_at=current().recorded_at, done=done)
