"""What holds of marks in whatever order they arrive."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from cobijo.sites.rollcalls.marks import settle

BEGUN = datetime(2018, 10, 30, 2, tzinfo=UTC)
PEOPLE = [UUID(int=100 + at) for at in range(3)]
MARKERS = [UUID(int=200 + at) for at in range(3)]
ROOMS = [None, UUID(int=300), UUID(int=301)]


@dataclass(frozen=True)
class Seen:
    id: UUID
    stay_id: UUID
    space_id: UUID | None
    here: bool
    at: datetime
    by: UUID


marks = st.lists(
    st.builds(
        Seen,
        id=st.uuids(),
        stay_id=st.sampled_from(PEOPLE),
        space_id=st.sampled_from(ROOMS),
        here=st.booleans(),
        at=st.integers(0, 20).map(lambda minutes: BEGUN + timedelta(minutes=minutes)),
        by=st.sampled_from(MARKERS),
    ),
    max_size=25,
    unique_by=lambda one: one.id,
)


@given(marks, st.randoms())
def test_the_order_of_arrival_changes_nothing(made: list[Seen], chance: object) -> None:
    shuffled = list(made)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert settle(made) == settle(shuffled) == settle([*made, *shuffled])


@given(marks)
def test_whoever_somebody_saw_last_is_here(made: list[Seen]) -> None:
    found = settle(made)
    for person in PEOPLE:
        last = {}
        for one in sorted(made, key=lambda mark: (mark.at, mark.id)):
            if one.stay_id == person:
                last[one.by] = one.here
        assert (found[person].here if person in found else None) == (any(last.values()) if last else None)
        if person in found:
            assert found[person].split == (len(set(last.values())) == 2)
