"""Adding to the tree of units; what a grant reaches follows."""

from uuid import UUID

import pytest

from cobijo.accounts import access, services
from cobijo.accounts.models import Account, Reach, Unit
from cobijo.accounts.services.units import NOT_THERE, WITH_ITS_RECORD
from cobijo.accounts.types import Permission, UnitKind
from cobijo.core import operations
from cobijo.core.errors import NOT_ALLOWED, NOT_FOUND, DomainError
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Door
from tests.cast import Cast, act


def make(who: Account, parent: UUID | None, kind: UnitKind = UnitKind.AREA, name: str = "Alotenango") -> Unit:
    return services.create_unit(act(who), unit_id=uuid7(), parent_id=parent, kind=kind, name=name)


def refusal(who: Account, parent: UUID | None, kind: UnitKind = UnitKind.AREA) -> str:
    with pytest.raises(DomainError) as refused:
        make(who, parent, kind)
    return refused.value.code


def test_whoever_holds_a_role_above_reaches_the_new_unit_and_others_do_not(cast: Cast) -> None:
    unit = make(cast.administrator, cast.area.id)
    assert access.holds(cast.diego.id, Permission.SEE_FIGURES, unit.id)
    assert access.holds(cast.auditor.id, Permission.AUDIT, unit.id)
    assert not access.knows(cast.ana.id, unit.id)
    assert not access.knows(cast.carla.id, unit.id)


def test_the_flat_tree_holds_the_whole_way_up(cast: Cast) -> None:
    top = make(cast.administrator, cast.area.id)
    below = make(cast.administrator, top.id, name="San Miguel")
    above = set(Reach.objects.filter(below=below).values_list("above_id", flat=True))
    assert above == {cast.response.unit_id, cast.area.id, top.id, below.id}


def test_others_may_not(cast: Cast) -> None:
    assert refusal(cast.beto, cast.a.id) == NOT_ALLOWED.code
    assert refusal(cast.diego, cast.area.id) == NOT_ALLOWED.code
    assert refusal(cast.outsider, cast.area.id) == NOT_FOUND.code


def test_a_strangers_unit_does_not_exist(cast: Cast) -> None:
    assert refusal(cast.carla, cast.a.id) == NOT_FOUND.code


def test_the_top_of_the_tree_is_made_at_the_machine(cast: Cast) -> None:
    assert refusal(cast.administrator, None, UnitKind.ORGANISATION) == NOT_ALLOWED.code
    act_here = operations.act_of(access.COMMAND_LINE, Door.COMMAND)
    top = services.create_unit(
        act_here, unit_id=uuid7(), parent_id=None, kind=UnitKind.ORGANISATION, name="Coordinadora"
    )
    assert Reach.objects.filter(below=top).count() == 1


def test_a_site_and_a_response_come_with_their_record(cast: Cast) -> None:
    assert refusal(cast.administrator, cast.area.id, UnitKind.SITE) == WITH_ITS_RECORD.code
    assert refusal(cast.administrator, cast.area.id, UnitKind.RESPONSE) == WITH_ITS_RECORD.code


def test_nothing_stands_below_a_site(cast: Cast) -> None:
    assert refusal(cast.administrator, cast.a.id, UnitKind.AREA) == NOT_THERE.code


def test_a_parent_nobody_knows_is_refused(cast: Cast) -> None:
    assert refusal(cast.administrator, uuid7()) == NOT_FOUND.code


def test_an_area_nobody_knows_is_refused(cast: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        services.create_unit(
            act(cast.administrator),
            unit_id=uuid7(),
            parent_id=cast.area.id,
            kind=UnitKind.AREA,
            name="Alotenango",
            area_id=uuid7(),
        )
    assert refused.value.fields
