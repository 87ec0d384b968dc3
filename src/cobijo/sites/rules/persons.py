"""What a stay says of a person in their household."""

from collections.abc import Collection, Mapping
from uuid import UUID

from cobijo.core.ids import uuid7
from cobijo.core.verbs import Act
from cobijo.people import services as people
from cobijo.people.queries.who import Who
from cobijo.people.types import Presence


def say_where(act: Act, people_there: Mapping[UUID, Who], ids: Collection[UUID], presence: Presence) -> None:
    """Record in their households where these people are now."""
    for person in ids:
        if people_there[person].presence not in (None, presence):
            people.change_membership(act, person_id=person, membership_id=uuid7(), presence=presence)
