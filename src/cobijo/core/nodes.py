"""This installation among others: its id, its epoch, where its keys are."""

from functools import lru_cache
from uuid import UUID

from django.db import transaction

from cobijo.core.ids import uuid7
from cobijo.core.models import Node


@lru_cache(maxsize=1)
def here_id() -> UUID:
    """The id of this node; made at the first call on a new database."""
    with transaction.atomic():
        node = Node.objects.filter(here=True).first() or Node.objects.create(id=uuid7(), here=True)
    return node.id


@lru_cache(maxsize=1)
def controller_id() -> UUID:
    """The organisation that answers for the data of this node; the nil id until one is named."""
    return here().controller or UUID(int=0)


@lru_cache(maxsize=1)
def is_fictitious() -> bool:
    """Whether everybody in this installation is made up: every page and print then says so."""
    return here().fictitious


def here() -> Node:
    """This node's row as it is now."""
    return Node.objects.get(pk=here_id())


def forget() -> None:
    """Ask the database again at the next call (after a restore, or when a test empties the tables)."""
    here_id.cache_clear()
    controller_id.cache_clear()
    is_fictitious.cache_clear()
