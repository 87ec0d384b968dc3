from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from cobijo.core import ids


def uuid7_of(moment: datetime) -> UUID:
    return UUID(int=int(moment.timestamp() * 1000) << 80 | 0x7 << 76 | 0b10 << 62 | 12345)


def test_ids_are_version_7_ordered_and_never_the_same() -> None:
    made = [ids.uuid7() for _ in range(5_000)]
    assert {one.version for one in made} == {7}
    assert {one.variant for one in made} == {"specified in RFC 4122"}
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_an_id_says_when_it_was_made() -> None:
    made = ids.made_at(ids.uuid7())
    assert made is not None
    assert abs(datetime.now(UTC) - made) < timedelta(seconds=2)
    assert ids.made_at(uuid4()) is None


def test_only_an_id_of_the_last_month_can_be_new() -> None:
    now = datetime.now(UTC)
    assert ids.is_fresh(ids.uuid7())
    assert ids.is_fresh(uuid7_of(now - timedelta(days=30)))
    assert not ids.is_fresh(uuid7_of(now - timedelta(days=32)))
    assert not ids.is_fresh(uuid7_of(now + timedelta(hours=1)))
    assert not ids.is_fresh(uuid4())
