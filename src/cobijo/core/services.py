"""Core's own verbs: the tree of areas, and taking back a list that was entered."""

from dataclasses import asdict, dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.core import rows
from cobijo.core.errors import NOT_FOUND, Ground, Refusal
from cobijo.core.imports.services import undo_batch, undo_entry
from cobijo.core.models import Area
from cobijo.core.personal import Declared, Purpose
from cobijo.core.verbs import ALONE, DECISION, Act, Door, verb

__all__ = ["AreaIn", "put_area", "undo_batch", "undo_entry"]

OWN_PARENT = Refusal("core.area_own_parent", _("An area cannot lie within itself."), Ground.INPUT)


@dataclass(frozen=True, kw_only=True)
class AreaIn:
    """An area as a gazetteer gives it; no P-code where none is verified."""

    area_id: UUID
    parent_id: UUID | None
    name: Annotated[str, Field(min_length=1, max_length=120)]
    kind: Annotated[str, Field(max_length=40)] = ""
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")]
    pcode: Annotated[str, Field(max_length=20)] | None = None
    source: Annotated[str, Field(max_length=200)] = ""

    declared: ClassVar = Declared(plain=("name", "kind", "country", "pcode", "source"))


@verb(
    "core.put_area",
    kind=DECISION,
    doors=frozenset({Door.COMMAND}),
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={},
    says=_("Area recorded"),
)
def put_area(act: Act, *, area: AreaIn) -> Area:
    """Add an area to the tree, or correct the one of this id."""
    if area.parent_id is not None and not Area.objects.filter(pk=area.parent_id).exists():
        raise NOT_FOUND.about("area.parent_id")
    if area.parent_id == area.area_id:
        raise OWN_PARENT.about("area.parent_id")
    values = asdict(area)
    found = Area.objects.filter(pk=values.pop("area_id")).first()
    return rows.change(found, **values) if found else rows.add(Area(id=area.area_id, **values))
