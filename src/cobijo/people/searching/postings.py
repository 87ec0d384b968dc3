"""Sets of numbers packed for the database: a person's tokens, and the entries of a token. Pure.

Tokens stand as the differences from one to the next, seven bits a byte. The entries of a token that few have stand in
one row, four bytes each; those of any other block by block: an entry is in block ``entry >> 16``, by its last sixteen
bits, or, where one in sixteen of a block has the token, by a bit for each place.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

BITS: Final = 16
BLOCK: Final = 1 << BITS
RARE: Final = 32
"""A token of so many entries or fewer has one row, of no block."""
WHOLE: Final = -1
"""The block of such a row."""
_LAST: Final = BLOCK - 1
_BITMAP: Final = BLOCK // 8
"""The length of a block's bits, which is that of no list: from so many on it would be longer."""
_OFFSETS, _ENTRIES = np.dtype("<u2"), np.dtype("<u4")
_SEVEN, _MORE = 0x7F, 0x80

Numbers = NDArray[np.int64]
Row = tuple[int, int, bytes]
"""Token, block and the entries packed."""


# --- tokens of an entry ----------------------------------------------------------------------------------------------


def pack_tokens(tokens: Iterable[int]) -> bytes:
    """The tokens of an entry: differences of the sorted, the low bits first, the eighth bit where more follows."""
    packed = bytearray()
    for before, token in pairwise([0, *sorted(set(tokens))]):
        left = token - before
        while left > _SEVEN:
            packed.append(left & _SEVEN | _MORE)
            left >>= 7
        packed.append(left)
    return bytes(packed)


def tokens_in(packed: bytes) -> list[int]:
    """The tokens of an entry."""
    found: list[int] = tokens_of([packed])[0].tolist() if packed else []
    return found


def tokens_of(packed: Sequence[bytes]) -> tuple[Numbers, Numbers]:
    """The tokens of many entries, none without any, one after the other; and where those of each begin."""
    signs = np.frombuffer(b"".join(packed), dtype=np.uint8)
    ends = signs < _MORE
    begins = np.concatenate(([0], np.flatnonzero(ends)[:-1] + 1))
    number: Numbers = np.cumsum(ends, dtype=np.int64) - ends
    places = np.arange(len(signs)) - begins[number]
    steps = np.add.reduceat((signs & _SEVEN).astype(np.int64) << (7 * places), begins)
    first_signs = np.cumsum([0, *map(len, packed)])[:-1]
    starts: Numbers = number[first_signs]
    total = np.cumsum(steps)
    before = np.repeat(total[starts] - steps[starts], np.diff([*starts.tolist(), len(steps)]))
    return total - before, starts


# --- entries of a token ----------------------------------------------------------------------------------------------


def block_of(entry: int) -> int:
    """Which block an entry is in."""
    return entry >> BITS


def offsets(packed: bytes) -> NDArray[np.uint16]:
    """Where in its block each entry of a posting stands, rising."""
    found = places(packed)
    return np.flatnonzero(found).astype(_OFFSETS) if found.dtype == np.bool_ else found


def places(packed: bytes) -> NDArray[Any]:
    """The same as it is kept: offsets, or for each place of the block whether it is one."""
    if len(packed) == _BITMAP:
        return np.unpackbits(np.frombuffer(packed, dtype=np.uint8), bitorder="little").view(np.bool_)
    return np.frombuffer(packed, dtype=_OFFSETS)


def size(packed: bytes) -> int:
    """How many entries a row of a block has."""
    if len(packed) == _BITMAP:
        return int(np.bitwise_count(np.frombuffer(packed, dtype=np.uint64)).sum())
    return len(packed) // _OFFSETS.itemsize


def entries_in(block: int, packed: bytes) -> Numbers:
    """The entries of a row, rising."""
    if block == WHOLE:
        return np.frombuffer(packed, dtype=_ENTRIES).astype(np.int64)
    return offsets(packed).astype(np.int64) + (block << BITS)


def pack(block: int, entries: Iterable[int]) -> bytes:
    """Entries as a row of a block, or of none, holds them."""
    if block == WHOLE:
        return np.array(sorted(set(entries)), dtype=_ENTRIES).tobytes()
    there = np.array(sorted({entry & _LAST for entry in entries}), dtype=_OFFSETS)
    if there.nbytes < _BITMAP:
        return there.tobytes()
    bits = np.zeros(BLOCK, dtype=np.uint8)
    bits[there] = 1
    return np.packbits(bits, bitorder="little").tobytes()


def rows_of(token: int, entries: Iterable[int]) -> Iterator[Row]:
    """The rows of a token: one where few have it, else one a block."""
    some = sorted(set(entries))
    if len(some) <= RARE:
        yield token, WHOLE, pack(WHOLE, some)
        return
    for block, theirs in groupby(some, block_of):
        yield token, block, pack(block, theirs)


def rows_of_pairs(tokens: Numbers, entries: Numbers) -> Iterator[Row]:
    """The rows of many pairs of a token and an entry, for writing many people at once."""
    if not len(tokens):
        return
    order = np.lexsort((entries, tokens))
    tokens, entries = tokens[order], entries[order]
    cuts = (np.flatnonzero(np.diff(tokens)) + 1).tolist()
    for begin, end in pairwise([0, *cuts, len(tokens)]):
        yield from rows_of(int(tokens[begin]), entries[begin:end].tolist())
