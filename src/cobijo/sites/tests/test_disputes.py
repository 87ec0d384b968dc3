"""Two stays of one person: settled by who manages both sites."""

from uuid import UUID

import pytest

from cobijo.accounts.models import Account
from cobijo.accounts.types import Role
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.sites import services
from cobijo.sites.models import Stay
from cobijo.sites.tests.shelter import MOTHER, ago, check_out, open_stays, receive, stay, submit
from cobijo.sites.tests.test_check_in import known_at_b
from cobijo.sites.types import OutReason
from tests.cast import Cast, act, grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(cast: Cast) -> Account:
    """Somebody who manages A and B."""
    grant(cast.diego, Role.SITE_MANAGER, cast.area)
    return cast.diego


@pytest.fixture
def pair(cast: Cast) -> tuple[UUID, UUID]:
    """An open stay of Marta's at A, and a disputed one at B that began after it."""
    family = receive(cast.ana, cast.a, (MOTHER,), happened_at=ago(5))
    known_at_b(cast, family.people["Marta"])
    receipt = submit("check_in", cast.carla, stay_id=uuid7(), site_id=cast.b.id, person_id=family.people["Marta"])
    return family.stays["Marta"], receipt.result.id


def test_the_stay_that_stands_counts_and_the_other_ends_where_it_began(
    cast: Cast, both: Account, pair: tuple[UUID, UUID]
) -> None:
    first, second = pair
    services.settle_dispute(act(both), stay_id=second, stands=True)
    assert not stay(second).disputed
    assert (stay(first).state, stay(first).out_at) == ("out", stay(second).in_at)
    assert (open_stays(cast.a), open_stays(cast.b)) == (0, 1)


def test_the_stay_that_does_not_stand_is_void(cast: Cast, both: Account, pair: tuple[UUID, UUID]) -> None:
    services.settle_dispute(act(both), stay_id=pair[1], stands=False)
    assert stay(pair[1]).voided_at is not None
    assert (open_stays(cast.a), open_stays(cast.b)) == (1, 0)


def test_who_manages_one_site_only_does_not_end_a_stay_at_another(cast: Cast, pair: tuple[UUID, UUID]) -> None:
    with pytest.raises(DomainError) as refused:
        services.settle_dispute(act(cast.carla), stay_id=pair[1], stands=True)
    assert refused.value.code == "core.not_allowed"
    assert stay(pair[0]).state == "in"


def test_a_stay_that_is_so_is_not_settled_again(cast: Cast, both: Account, pair: tuple[UUID, UUID]) -> None:
    services.settle_dispute(act(both), stay_id=pair[1], stands=True)
    with pytest.raises(DomainError) as refused:
        services.settle_dispute(act(both), stay_id=pair[1], stands=True)
    assert refused.value.code == "sites.not_disputed"


def test_a_disputed_stay_that_ends_before_the_other_began_counts_for_its_time(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, (MOTHER,), happened_at=ago(2))
    late = submit(
        "check_in",
        cast.ana,
        {"happened_at": ago(8)},
        stay_id=uuid7(),
        site_id=cast.a.id,
        person_id=family.people["Marta"],
    ).result
    assert late.disputed
    submit("check_out", cast.ana, {"happened_at": ago(5)}, stay_ids=[late.id], reason=OutReason.HOME)
    assert not stay(late.id).disputed


def test_a_voided_stay_is_nowhere_and_the_site_forgets_the_person(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, (MOTHER,))
    services.void_stay(act(cast.beto), stay_id=family.stays["Marta"])
    assert open_stays(cast.a) == 0
    with pytest.raises(DomainError) as refused:
        check_out(cast.ana, family)
    assert refused.value.code == "core.not_found"
    assert Stay.objects.count() == 1
