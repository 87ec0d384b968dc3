"""Rules and runs as their page shows them: in numbers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cobijo.core import clock
from cobijo.people.retention.access import visible_to
from cobijo.people.retention.due import due, responses_for, rules_of
from cobijo.people.retention.models import RetentionRun
from cobijo.people.retention.types import DEFAULTS, RuleFor


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule of a response, and of how many people something would go by it now."""

    rule: RuleFor
    days: int
    on: bool
    people: int
    why: str
    whole_person: bool

    @property
    def words(self) -> str:
        return str(self.rule.label)


@dataclass(frozen=True, slots=True)
class RunRow:
    """What was seen, and what was done."""

    at: datetime
    found: list[tuple[str, int]]
    ran_at: datetime | None
    done: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """A response with its rules and its last runs."""

    unit_id: UUID
    name: str
    rules: list[RuleRow]
    runs: list[RunRow]


def retention_for(actor: UUID) -> list[ResponseRow]:
    """The responses the actor runs, each with its rules."""
    return [ResponseRow(unit, name, rules_at(unit), _runs(actor, unit)) for unit, name in responses_for(actor)]


def rules_at(unit: UUID) -> list[RuleRow]:
    """The rules of a response with the numbers of this moment."""
    now = clock.now()
    return [
        RuleRow(
            rule=rule,
            days=days,
            on=on,
            people=due(unit, DEFAULTS[rule], days, now).count(),
            why=DEFAULTS[rule].why,
            whole_person=DEFAULTS[rule].whole_person,
        )
        for rule, (days, on) in rules_of(unit).items()
    ]


def _runs(actor: UUID, unit: UUID) -> list[RunRow]:
    rows = visible_to(actor, RetentionRun.objects.filter(unit=unit)).order_by("-previewed_at")[:7]
    return [
        RunRow(
            row.previewed_at,
            [(str(RuleFor(one).label), part["people"]) for one, part in row.previewed.items()],
            row.ran_at,
            [(str(RuleFor(one).label), count) for one, count in (row.done or {}).items()],
        )
        for row in rows
    ]
