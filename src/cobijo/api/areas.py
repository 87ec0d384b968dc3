"""Places in the administrative tree, by what they are called."""

from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import BaseModel, Field

from cobijo.algorithms import text
from cobijo.core.access import visible_to
from cobijo.core.models import Area
from cobijo.core.rest import Answer, Asked

router = Router(tags=["areas"])


class Sought(BaseModel):
    """Words of a place's name, with accents and capitals or without."""

    q: Annotated[str, Field(min_length=2, max_length=80)]
    limit: Annotated[int, Field(ge=1, le=50)] = 20


class AreaOut(Answer):
    """A place, and the one it lies in."""

    id: UUID
    name: str
    kind: str
    parent_id: UUID | None
    parent_name: str
    country: str
    pcode: str | None


class Areas(Answer):
    """The places found, those that begin with the words first."""

    items: list[AreaOut]


@router.get("", response=Areas, summary="Find a place by its name")
def find_areas(request: Asked, sought: Query[Sought]) -> Areas:
    """Not cut into pages: more of the name finds fewer."""
    words = text.fold(sought.q)
    places = visible_to(request.auth.actor, Area.objects.all())
    folded = [(text.fold(name), pk) for pk, name in places.values_list("pk", "name")]
    met = sorted((words != name[: len(words)], name, pk) for name, pk in folded if words in name)
    rows = places.select_related("parent").in_bulk([pk for *_rank, pk in met[: sought.limit]])
    return Areas(items=[_area(rows[pk]) for *_rank, pk in met[: sought.limit]])


def _area(area: Area) -> AreaOut:
    return AreaOut(
        id=area.id,
        name=area.name,
        kind=area.kind,
        parent_id=area.parent_id,
        parent_name=area.parent.name if area.parent else "",
        country=area.country,
        pcode=area.pcode,
    )
