"""Spaces in a tree, and what a site has of toilets and taps."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.sites import occupancy, services
from cobijo.sites.models import Facility, Space
from cobijo.sites.tests.shelter import FAMILY, check_out, receive, submit
from cobijo.sites.types import FacilityFor, FacilityIn, FacilityKind, Flag, SpaceIn, SpaceKind, UseRule
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db


def space(name: str, parent: UUID | None = None, **given: Any) -> SpaceIn:
    values: dict[str, Any] = {"kind": SpaceKind.ROOM} | given
    return SpaceIn(space_id=uuid7(), name=name, parent_id=parent, **values)


def add(cast: Cast, *spaces: SpaceIn) -> Space:
    return services.add_spaces(act(cast.beto), site_id=cast.a.id, spaces=list(spaces))


def test_a_building_with_its_rooms_is_added_at_once(cast: Cast) -> None:
    building = space("Edificio B", kind=SpaceKind.BUILDING, use_rule=UseRule.WOMEN_CHILDREN, accessible=True)
    room = space("Aula 9", building.space_id, capacity=12, capacity_assumed=True)
    add(cast, building, room)
    node = occupancy.read(cast.a.id).nodes[room.space_id]
    assert (node.use_rule, node.accessible, node.assumed) == (UseRule.WOMEN_CHILDREN, True, True)
    assert occupancy.read(cast.a.id).nodes[building.space_id].places == 12


def test_places_are_the_sum_of_what_is_known_and_an_unknown_one_is_never_made_up(cast: Cast) -> None:
    tree = occupancy.read(cast.a.id)
    assert (tree.places, tree.whole) == (31, False)
    services.close_space(act(cast.beto), space_id=cast.a.spaces["Carpa 1"].id)
    tree = occupancy.read(cast.a.id)
    assert (tree.places, tree.whole) == (31, True)


def test_a_building_s_own_capacity_outranks_its_rooms(cast: Cast) -> None:
    building = space("Edificio B", kind=SpaceKind.BUILDING, capacity=10)
    add(cast, building, space("Aula 9", building.space_id, capacity=8), space("Aula 10", building.space_id, capacity=8))
    assert occupancy.read(cast.a.id).places == 41


def test_two_spaces_of_one_name_side_by_side_are_refused_until_one_is_closed(cast: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        add(cast, space("Aula 1"))
    assert refused.value.code == "sites.space_named_twice"
    services.close_space(act(cast.beto), space_id=cast.a.spaces["Aula 1"].id)
    add(cast, space("Aula 1", capacity=8))
    assert Space.objects.filter(site=cast.a.site, name="Aula 1").count() == 2


def test_spaces_go_four_levels_deep(cast: Cast) -> None:
    levels = [space("Edificio")]
    for name in ("Nivel 1", "Aula", "Cama", "Almohada"):
        levels.append(space(name, levels[-1].space_id))
    add(cast, *levels[:4])
    with pytest.raises(DomainError) as refused:
        add(cast, levels[4])
    assert refused.value.code == "sites.spaces_too_deep"


def test_a_space_is_not_moved_into_itself_or_under_another_site_s(cast: Cast) -> None:
    building = space("Edificio")
    room = space("Cuarto", building.space_id)
    add(cast, building, room)
    moved = SpaceIn(space_id=building.space_id, name="Edificio", kind=SpaceKind.BUILDING, parent_id=room.space_id)
    with pytest.raises(DomainError) as refused:
        services.change_space(act(cast.beto), space=moved)
    assert refused.value.code == "sites.space_in_itself"
    with pytest.raises(DomainError) as refused:
        add(cast, space("Cuarto 2", cast.b.spaces["Salón"].id))
    assert refused.value.code == "sites.unknown_space"


def test_a_space_made_smaller_than_its_people_says_so(cast: Cast) -> None:
    receive(cast.ana, cast.a, space="Aula 2")
    smaller = SpaceIn(space_id=cast.a.spaces["Aula 2"].id, name="Aula 2", kind=SpaceKind.ROOM, capacity=3)
    receipt = submit("change_space", cast.beto, space=smaller)
    assert receipt.flags == ({"code": Flag.OVER_CAPACITY, "space": str(cast.a.spaces["Aula 2"].id), "over": "1"},)


def test_a_space_with_people_in_is_not_closed_and_says_how_many(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, FAMILY[:2], space="Aula 1")
    with pytest.raises(DomainError) as refused:
        services.close_space(act(cast.beto), space_id=cast.a.spaces["Aula 1"].id)
    assert refused.value.params == {"people": 2, "space": "Aula 1"}
    check_out(cast.ana, family)
    assert services.close_space(act(cast.beto), space_id=cast.a.spaces["Aula 1"].id).closed_at is not None


def test_who_registers_does_not_set_spaces_up_and_who_manages_elsewhere_finds_none(cast: Cast) -> None:
    for who, code in ((cast.ana, "core.not_allowed"), (cast.carla, "core.not_found")):
        with pytest.raises(DomainError) as refused:
            services.add_spaces(act(who), site_id=cast.a.id, spaces=[space("Bodega")])
        assert refused.value.code == code


def test_the_newest_count_of_toilets_stands_and_a_wrong_one_is_taken_out(cast: Cast) -> None:
    given = FacilityIn(
        kind=FacilityKind.TOILET, for_whom=FacilityFor.WOMEN, count=6, working=5, counted_on=date(2018, 6, 10)
    )
    counted = services.count_facility(act(cast.beto), facility_id=uuid7(), site_id=cast.a.id, facility=given)
    services.void_facility(act(cast.beto), facility_id=counted.id)
    assert Facility.objects.get().voided_at is not None
    with pytest.raises(DomainError) as refused:
        services.void_facility(act(cast.beto), facility_id=counted.id)
    assert refused.value.code == "sites.already_void"


def test_more_cannot_work_than_there_are(cast: Cast) -> None:
    given = FacilityIn(kind=FacilityKind.TAP, count=2, working=3, counted_on=date(2018, 6, 10))
    with pytest.raises(DomainError) as refused:
        services.count_facility(act(cast.beto), facility_id=uuid7(), site_id=cast.a.id, facility=given)
    assert refused.value.code == "sites.more_working"
