"""A run: what the preview found, person by person, each an act of its own; stopped and begun again, none twice."""

import logging
from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

from cobijo.accounts.access import COMMAND_LINE
from cobijo.core import erasure, operations
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Act, Door
from cobijo.people.retention import services
from cobijo.people.retention.due import due, responses_for, rules_of
from cobijo.people.retention.models import RetentionRule, RetentionRun
from cobijo.people.retention.types import DEFAULTS

logger = logging.getLogger(__name__)


def _operator() -> Act:
    return operations.act_of(COMMAND_LINE, Door.COMMAND)


def preview(unit: UUID) -> RetentionRun:
    """Look at what is due at a response now."""
    return services.preview_retention(_operator(), run_id=uuid7(), unit_id=unit)


def run(preview_id: UUID) -> Mapping[str, int]:
    """Do what a preview found by the rules that are on; gives how many people by category.

    Whoever came back since is left alone. Raises RAN for one that was done.
    """
    found = RetentionRun.objects.get(pk=preview_id)
    done = {}
    for rule, (days, on) in rules_of(found.unit_id).items():
        if not on:
            continue
        count = 0
        for person in list(due(found.unit_id, DEFAULTS[rule], days, found.previewed_at).values_list("pk", flat=True)):
            with suppress(DomainError):
                services.expire(_operator(), run_id=found.pk, person_id=person, category=rule)
                count += 1
        done[rule.value] = count
    services.finish_retention(_operator(), run_id=found.pk, done=done)
    return done


def daily() -> None:
    """What the ticker does once a day: every response with a rule that is on."""
    for unit, _name in responses_for(COMMAND_LINE):
        if RetentionRule.objects.filter(unit=unit, on=True, ended_at=None).exists():
            done = run(preview(unit).pk)
            if any(done.values()):
                erasure.scrub_database()
            logger.info("let go on schedule: %s", ", ".join(f"{count} by {rule}" for rule, count in done.items()))
