"""Events: what happens after an operation is committed, at least once, with a cursor for each consumer.

The sealed journal is the stream. A handler is idempotent: after a crash it may see the same operation again.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from cobijo.core import seals
from cobijo.core.models import Cursor, Outcome, Seal

logger = logging.getLogger(__name__)

Handler = Callable[[Outcome], None]


@dataclass(frozen=True, slots=True)
class Consumer:
    """Who listens to which outcomes of which verbs."""

    name: str
    verbs: frozenset[str]
    handler: Handler
    kinds: frozenset[str]


consumers: dict[str, Consumer] = {}


def subscribe(name: str, verbs: set[str], handler: Handler, kinds: frozenset[str] = frozenset({"applied"})) -> None:
    """Called in an app's ``ready()``; the name must stay the same from version to version, for its cursor does."""
    consumers[name] = Consumer(name, frozenset(verbs), handler, kinds)


def deliver() -> int:
    """Bring every consumer up to the newest seal; gives how many outcomes were handled."""
    return sum(_bring_up(consumer) for consumer in consumers.values())


def _bring_up(consumer: Consumer) -> int:
    cursor, _made = Cursor.objects.get_or_create(pk=consumer.name)
    handled = 0
    for seal in seals.sealed_after(cursor.epoch, cursor.number):
        try:
            with transaction.atomic():
                handled += _handle(consumer, seal)
                Cursor.objects.filter(pk=consumer.name).update(epoch=seal.epoch, number=seal.number)
        except Exception:
            logger.exception("consumer %s stopped at seal %s.%s", consumer.name, seal.epoch, seal.number)
            break
    return handled


def _handle(consumer: Consumer, seal: Seal) -> int:
    outcomes = (
        Outcome.objects.filter(seal=seal, kind__in=consumer.kinds, intent__verb__in=consumer.verbs)
        .select_related("intent")
        .order_by("id")
    )
    for outcome in outcomes:
        consumer.handler(outcome)
    return len(outcomes)
