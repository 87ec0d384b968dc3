"""Organisations and the one tree of units."""

from typing import Annotated, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field, StringConstraints

from cobijo.accounts import access
from cobijo.accounts.models import Organisation, Reach, Unit
from cobijo.accounts.types import UnitKind
from cobijo.core import context, rows
from cobijo.core.errors import NOT_FOUND, Ground, Refusal
from cobijo.core.models import Area
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALONE, DECISION, HERE, PLAIN, Act, verb

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]

NOT_THERE = Refusal(
    "accounts.unit_not_there",
    _("A unit of this kind cannot stand there. Choose another unit above it."),
    Ground.INPUT,
)
WITH_ITS_RECORD = Refusal(
    "accounts.unit_with_its_record",
    _("Responses and sites are made on their own pages, with what belongs to them. Make it there."),
    Ground.INPUT,
)

_ABOVE: Final[dict[str, set[str | None]]] = {
    UnitKind.RESPONSE: {None, UnitKind.ORGANISATION, UnitKind.AREA, UnitKind.RESPONSE},
    UnitKind.AREA: {UnitKind.RESPONSE, UnitKind.AREA, UnitKind.ORGANISATION},
    UnitKind.ORGANISATION: {None, UnitKind.RESPONSE, UnitKind.AREA, UnitKind.ORGANISATION},
    UnitKind.SITE: {UnitKind.RESPONSE, UnitKind.AREA, UnitKind.ORGANISATION},
}
"""Below which kinds of unit a kind may stand; None is the top of the tree."""
_RECORDED_ELSEWHERE: Final = {UnitKind.RESPONSE, UnitKind.SITE}


@verb(
    "accounts.create_organisation",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"name": PLAIN, "country": PLAIN, "contact": PLAIN},
    says=_("Organisation recorded"),
)
def create_organisation(
    act: Act,
    *,
    organisation_id: UUID,
    name: Name,
    country: Annotated[str, Field(pattern="^([A-Z]{2})?$")],
    contact: Annotated[str, StringConstraints(strip_whitespace=True, max_length=240)],
) -> Organisation:
    """Record an organisation that answers for people, data or a site. Country is ISO 3166, empty if of none."""
    return rows.add(Organisation(id=organisation_id, name=name, country=country, contact=contact))


@verb(
    "accounts.create_unit",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"kind": PLAIN, "name": PLAIN},
    says=_("Unit made"),
)
def create_unit(
    act: Act,
    *,
    unit_id: UUID,
    parent_id: UUID | None,
    kind: UnitKind,
    name: Name,
    organisation_id: UUID | None = None,
    area_id: UUID | None = None,
) -> Unit:
    """Add a unit to the tree. A response's or site's unit is made only by the verb that makes the response or site."""
    if kind in _RECORDED_ELSEWHERE and context.current().verb.name == "accounts.create_unit":
        raise WITH_ITS_RECORD.about("kind")
    parent = Unit.objects.select_for_update().filter(pk=parent_id).first() if parent_id else None
    if parent_id and parent is None:
        raise NOT_FOUND.about("parent_id")
    if (parent.kind if parent else None) not in _ABOVE[kind]:
        raise NOT_THERE.about("parent_id")
    if organisation_id:
        access.get_for(act.actor, Organisation, organisation_id)
    if area_id and not Area.objects.filter(pk=area_id).exists():
        raise NOT_FOUND.about("area_id")
    unit = rows.add(
        Unit(id=unit_id, parent=parent, kind=kind, name=name, organisation_id=organisation_id, area_id=area_id)
    )
    _lay_flat(unit)
    return unit


def _lay_flat(unit: Unit) -> None:
    """The new unit is reached by itself and by all that reach its parent."""
    above = Reach.objects.filter(below=unit.parent_id).values_list("above_id", flat=True) if unit.parent_id else ()
    rows.add(*(Reach(above_id=one, below=unit) for one in (*above, unit.id)))
