"""Sets of numbers as the index packs them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobijo.people.searching import postings

_entries = st.sets(st.integers(1, 4 * postings.BLOCK), max_size=90)


@given(st.dictionaries(st.integers(1, 9), _entries, max_size=5))
def test_postings_hold_exactly_the_pairs_they_were_made_of(pairs: dict[int, set[int]]) -> None:
    flat = [(token, entry) for token, entries in pairs.items() for entry in entries]
    tokens, entries = (np.array([pair[at] for pair in flat], dtype=np.int64) for at in (0, 1))
    rows = list(postings.rows_of_pairs(tokens, entries))
    found = [(token, entry) for token, block, packed in rows for entry in postings.entries_in(block, packed).tolist()]
    assert sorted(found) == sorted(flat)
    for token, entries_of_it in pairs.items():
        blocks = {block for one, block, _ in rows if one == token}
        assert (blocks == {postings.WHOLE}) == (0 < len(entries_of_it) <= postings.RARE)


@pytest.mark.parametrize("every", [1, 2, 15, 16, 17, 40])
def test_a_block_that_many_have_is_kept_in_bits_and_never_longer_than_they(every: int) -> None:
    there = range(7, postings.BLOCK, every)
    packed = postings.pack(3, ((3 << postings.BITS) + at for at in there))
    assert postings.offsets(packed).tolist() == list(there)
    assert len(packed) == min(2 * len(there), postings.BLOCK // 8)


@given(st.lists(st.sets(st.integers(1, 2**31 - 1), min_size=1, max_size=40), min_size=1, max_size=8))
def test_tokens_come_back_as_they_were(tokens: list[set[int]]) -> None:
    packed = [postings.pack_tokens(some) for some in tokens]
    assert [postings.tokens_in(one) for one in packed] == [sorted(some) for some in tokens]
    flat, starts = postings.tokens_of(packed)
    assert [part.tolist() for part in np.split(flat, starts[1:])] == [sorted(some) for some in tokens]
    assert postings.tokens_in(postings.pack_tokens([])) == []
