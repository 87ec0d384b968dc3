"""The cast stands as every test expects it."""

from cobijo.accounts import access
from cobijo.accounts.types import Permission
from tests.cast import Cast


def test_each_of_the_cast_holds_their_role_at_their_place_and_nowhere_else(cast: Cast) -> None:
    assert access.holds(cast.ana.id, Permission.REGISTER, cast.a.id)
    assert not access.knows(cast.ana.id, cast.b.id)
    assert access.holds(cast.beto.id, Permission.MANAGE_SITE, cast.a.id)
    assert access.holds(cast.carla.id, Permission.MANAGE_SITE, cast.b.id)
    assert not access.knows(cast.carla.id, cast.a.id)
    assert access.holds(cast.diego.id, Permission.SEE_FIGURES, cast.b.id)
    assert not access.authority(cast.diego.id).has(Permission.SEE_PEOPLE)
    assert access.holds(cast.case_worker.id, Permission.CASE_WORK, cast.a.id)
    assert access.holds(cast.auditor.id, Permission.AUDIT, cast.area.id)
    assert access.authority(cast.outsider.id).grants == ()


def test_the_administrator_sees_no_people(cast: Cast) -> None:
    found = access.authority(cast.administrator.id)
    assert found.has(Permission.ACCOUNTS)
    assert not found.has(Permission.SEE_PEOPLE)
