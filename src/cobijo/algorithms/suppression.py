"""Small numbers hidden in figures that leave the organisation, so that nobody can work them out again.

A table that says "females of 60 and more: 2" points at two people. `suppress` hides every figure from 1 to
`threshold` - 1, and as many others as it takes: with the rest of its row shown, a single hidden cell is its
total minus its neighbours.

**The guarantee.** For every hidden figure there is another table of whole, non-negative numbers that agrees
with everything shown, everything released before and every sum, and in which that figure is another: no
hidden figure can be worked out. For every small one there is such a table in which it is `threshold` or more:
nobody can show that so small a group exists, nor that several hidden cells together are one. These tables are
really made: the search below moves a few people about until all sums hold again. Hidden are the small cells
and those in which the made tables differ from the true one, nothing else.

**Its limits.** What was released cannot be called back. Where released figures by themselves give a small cell
away, it is hidden to no avail and the others are protected; where they keep it below `threshold`, it can still
have at least two values. Only where something released hangs together with a cell can the search fail to make
its table: then, for caution and without proof, what would be hidden without the release is hidden too, or, if
not even a second value was found, everything that hangs together with it.

The guarantee speaks of what follows from these figures and sums. Who is told more (by a neighbour, by a table
that is not in `released` or whose sums are not given) may know more; so may, in theory, one who runs this
procedure on every possible table and sees which lead to the same answer.

Method: complementary cell suppression with a certificate for each cell; terms as in L. Willenborg and T. de
Waal, "Elements of Statistical Disclosure Control" (2001). To hide the fewest cells is NP-hard: this hides
few, and always the same ones.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count, product
from typing import Final, Generic, NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)

TOTAL: Final = "total"
THRESHOLD: Final = 5

Shift = dict[int, int]  # what a table has more (or less) than the true one, by place


@dataclass(frozen=True)
class Sum(Generic[Key]):
    """A cell that is the sum of others: a margin, sites into a response, one set of bands into another."""

    total: Key
    parts: tuple[Key, ...]


def table(*axes: Sequence[str]) -> tuple[Sum[tuple[str, ...]], ...]:
    """Return the sums of a table with all its margins: rows and columns, or any number of axes.

    A key has one label for each axis, TOTAL for a margin: (row, column), (row, TOTAL), (TOTAL, TOTAL).
    ValueError if TOTAL is a label or a label comes twice.
    """
    for axis in axes:
        if TOTAL in axis or len(set(axis)) != len(axis):
            raise ValueError("the labels of an axis are different, and none of them is the total's")
    sums = []
    for place, axis in enumerate(axes):
        around = [(*other, TOTAL) for other in (*axes[:place], *axes[place + 1 :])]
        for labels in product(*around):
            head, tail = labels[:place], labels[place:]
            sums.append(Sum((*head, TOTAL, *tail), tuple((*head, label, *tail) for label in axis)))
    return tuple(sums)


def suppress(
    cells: Mapping[Key, int],
    sums: Sequence[Sum[Key]],
    *,
    released: Mapping[Key, int] | None = None,
    threshold: int = THRESHOLD,
) -> dict[Key, int | None]:
    """Return the cells as they may be given out: their value, or None where it is hidden. 0 may be shown.

    `sums` says which cells add up to which; a sum left out is one that nobody is protected from. `released`
    are figures outsiders have already, of these cells or of others that occur in the sums. A cell released
    with its present value counts as known: it is shown again, unless small. A cell released with another
    value, 1 to `threshold` - 1 more or less, is hidden, and so that nobody can show that so few came or went.

    ValueError for a negative cell, a sum that names an unknown cell or one cell twice, or a sum that does not
    hold.
    """
    known = released or {}
    system = _System(cells, sums, known)
    goals = _goals(system, {key: place for place, key in enumerate(cells)}, known, threshold)
    hidden = _hide(system, goals)
    small = range(1, threshold)
    return {
        key: None if place in hidden or value in small else value for place, (key, value) in enumerate(cells.items())
    }


def _goals(system: "_System", places: Mapping[Key, int], released: Mapping[Key, int], threshold: int) -> dict[int, int]:
    """Return the cells to protect, each with the value that it has to be able to have."""
    goals = {
        place: threshold
        for place in places.values()
        if 1 <= system.value[place] < threshold and not system.known[place]
    }
    for key, earlier in released.items():
        place = places.get(key)
        if place is not None and 1 <= abs(system.value[place] - earlier) < threshold:
            goals[place] = earlier + threshold
    return goals


class _Effort(NamedTuple):
    """How to search: whether shown cells may be hidden for it, how many states to look at, how greedily."""

    may_hide: bool
    states: int
    pull: int  # what a sum that does not hold yet is reckoned to cost: more goes straighter, and dearer


# From the cheapest outcome to the surest: first among what is hidden anyway, at last whatever it costs.
_EFFORTS: Final = (
    _Effort(False, 100, 10),
    _Effort(True, 250, 4),
    _Effort(True, 600, 10),
    _Effort(True, 1_000, 30),
    _Effort(True, 1_500, 100),
    _Effort(True, 5_000, 1_000),
    _Effort(True, 5_000, 1_000_000),
)

_FAR: Final = 1 << 60  # no bound


class _System:
    """The cells by place, the sums they are in, and what outsiders know."""

    def __init__(self, cells: Mapping[Key, int], sums: Sequence[Sum[Key]], released: Mapping[Key, int]) -> None:
        values = {**released, **cells}
        # The cells come first, so that a place counts the same in `cells` and here.
        keys = [*cells, *(key for key in released if key not in cells)]
        places = {key: place for place, key in enumerate(keys)}
        self.value = [values[key] for key in keys]
        self.members = [_members(each, places) for each in sums]
        self.length = [len(members) for members in self.members]
        self.sums_of: list[list[tuple[int, int]]] = [[] for _ in keys]
        for number, members in enumerate(self.members):
            for place, sign in members:
                self.sums_of[place].append((number, sign))
        self._check()
        self.known = [released.get(key) == values[key] for key in keys]
        self.fix([False] * len(keys))
        self.totals = [sum(sign < 0 for _, sign in numbers) for numbers in self.sums_of]
        self.weight = [_weight(value, totals) for value, totals in zip(self.value, self.totals, strict=True)]

    def _check(self) -> None:
        if any(value < 0 for value in self.value):
            raise ValueError("a cell counts people: it is not negative")
        for members in self.members:
            if sum(sign * self.value[place] for place, sign in members) != 0:
                raise ValueError("a sum does not hold: its parts do not add up to its total")

    def climb(self, cell: int, goal: int, hidden: set[int]) -> Shift:
        """Return a table in which a cell has the goal, or is nearer to it; {} if the search finds none."""
        shift: Shift = {}
        while gap := goal - self.after(shift, cell):
            move = self._move(cell, gap, shift, hidden)
            if move is None:
                break
            for place, change in move.items():
                shift[place] = shift.get(place, 0) + change
        return {place: change for place, change in shift.items() if change}

    def _move(self, cell: int, gap: int, shift: Shift, hidden: set[int]) -> Shift | None:
        """Return a change of a few cells that closes the gap, or a step of it, and leaves every sum true."""
        steps = (gap,) if abs(gap) == 1 else (gap, 1 if gap > 0 else -1)
        for effort in _EFFORTS:
            for step in steps:
                move = self._search(cell, step, shift, hidden, effort)
                if move is not None:
                    return move
        return None

    def _search(self, cell: int, step: int, shift: Shift, hidden: set[int], effort: _Effort) -> Shift | None:
        """Mend one broken sum after the other by changing one more cell of it; cheapest first.

        A state is the changes made so far and, for each sum they break, by how much it is off.
        """
        number, hides = count(), effort.may_hide
        # A state is written out only when its turn comes: most never have one.
        heap: list[tuple[int, int, int, Shift, dict[int, int], int, int]]
        heap = [(0, next(number), 0, {}, {}, cell, step)]
        for _ in range(effort.states):
            if not heap:
                return None
            _, _, cost, before, was_off, place, change = heappop(heap)
            changes, off = {**before, place: change}, self._off_after(was_off, place, change)
            if not off:
                return changes
            # The shortest sum leaves the fewest choices, and these often mend longer ones by the way.
            shortest = min(off, key=self.length.__getitem__)
            for place, sign in self.loose[shortest]:
                free = place in hidden
                if place in changes or not (free or hides):
                    continue
                # A cell gives at most what it has; another one of the sum then gives the rest.
                change = max(-sign * off[shortest], -self.value[place] - shift.get(place, 0))
                if not change:
                    continue
                paid = cost if free else cost + self.weight[place]
                reckoned = paid + effort.pull * self._count_off(off, place, change)
                heappush(heap, (reckoned, next(number), paid, changes, off, place, change))
        return None

    def _count_off(self, off: dict[int, int], place: int, change: int) -> int:
        """Return how many sums are off after one more change."""
        left = len(off)
        for number, sign in self.sums_of[place]:
            if number not in off:
                left += 1
            elif off[number] == -sign * change:
                left -= 1
        return left

    def _off_after(self, off: dict[int, int], place: int, change: int) -> dict[int, int]:
        """Return by how much each sum is off after one more change."""
        after = dict(off)
        for number, sign in self.sums_of[place]:
            left = after.pop(number, 0) + sign * change
            if left:
                after[number] = left
        return after

    def fix(self, fixed: list[bool]) -> None:
        """Set which cells keep their value in every table, because outsiders know them."""
        self.fixed = fixed
        self.loose = [[each for each in members if not fixed[each[0]]] for members in self.members]

    def bounds(self) -> tuple[list[int], list[int]]:
        """Return lower and upper bounds that the released cells alone set, by tightening each sum in turn.

        Every round is sound; a hundred are enough in practice, and a looser bound only costs search.
        """
        low = [value if fixed else 0 for value, fixed in zip(self.value, self.fixed, strict=True)]
        high = [value if fixed else _FAR for value, fixed in zip(self.value, self.fixed, strict=True)]
        for _ in range(100 if any(self.fixed) else 0):
            before = (sum(low), sum(high))
            for members in self.members:
                _tighten(members, low, high)
            if (sum(low), sum(high)) == before:
                break
        return low, high

    def connected(self, cell: int) -> set[int]:
        """Return the cells that hang together with one through sums, up to known ones, these included."""
        found, waiting = {cell}, [cell]
        while waiting:
            for number, _ in self.sums_of[waiting.pop()]:
                new = {place for place, _ in self.members[number]} - found
                found |= new
                waiting.extend(place for place in sorted(new) if not self.fixed[place])
        return found

    def after(self, shift: Shift, place: int) -> int:
        """Return the value of a cell in a shifted table."""
        return self.value[place] + shift.get(place, 0)

    def reaches(self, shift: Shift, place: int, aim: int) -> bool:
        """Say whether a cell has gone from its value to its aim, or beyond."""
        value, after = self.value[place], self.after(shift, place)
        return after >= aim > value or after <= aim < value


def _members(each: Sum[Key], places: Mapping[Key, int]) -> list[tuple[int, int]]:
    """Return the places of a sum with their sign: the total counts minus, so that all together make 0."""
    keys = (each.total, *each.parts)
    if len(set(keys)) != len(keys):
        raise ValueError(f"the sum of {each.total} names a cell twice")
    unknown = [key for key in keys if key not in places]
    if unknown:
        raise ValueError(f"the sum of {each.total} names {unknown[0]}, which has no value")
    return [(places[key], 1 if rank else -1) for rank, key in enumerate(keys)]


def _weight(value: int, totals: int) -> int:
    """Return what hiding a cell costs: small non-zero ones least, totals of several sums most."""
    return ((10 + value) if value else 30) * (1 + totals)


def _tighten(members: list[tuple[int, int]], low: list[int], high: list[int]) -> None:
    """Draw in the bounds of the members of one sum: a total by its parts, a part by the total and the others."""
    (total, _), *rest = members
    parts = [place for place, _ in rest]
    lowest, highest = sum(low[part] for part in parts), sum(high[part] for part in parts)
    low[total], high[total] = max(low[total], lowest), min(high[total], highest)
    for part in parts:
        low[part] = max(low[part], low[total] - (highest - high[part]))
        if high[total] < _FAR:
            high[part] = min(high[part], high[total] - (lowest - low[part]))


class _Table(NamedTuple):
    """Another table that agrees with all that is not hidden, and the cells that reach their aim in it."""

    shift: Shift
    reaching: set[int]
    spare: bool  # it did for its cell what was asked: left out again if others do the same


def _hide(system: _System, goals: Mapping[int, int]) -> set[int]:
    """Return the cells to hide: those that would be hidden if nothing were known, if nothing of them is.

    So the same figures given out twice are the same. Otherwise the search goes round what is known.
    """
    fresh = _plan(system, goals, set())
    if not any(system.known[place] for place in fresh):
        return fresh
    system.fix(system.known)
    return _plan(system, goals, fresh)


def _plan(system: _System, goals: Mapping[int, int], fresh: set[int]) -> set[int]:
    """Return the cells with a goal, and those that differ in the tables that prove them safe."""
    hidden, safe = set(goals), set[int]()
    tables: list[_Table] = []
    aims = _aims(system, goals)
    # Totals first: what hides them hides much of what is below them.
    for cell in sorted(aims, key=lambda place: (-system.totals[place], place)):
        if cell in safe:
            continue
        shift = _another(system, cell, aims[cell], hidden, fresh)
        reaching = {place for place in shift.keys() & aims.keys() if system.reaches(shift, place, aims[place])}
        tables.append(_Table(shift, reaching, cell in reaching))
        hidden |= shift.keys()
        safe |= reaching
    return {place for table in _needed(system, tables, set(goals)) for place in table.shift} | goals.keys()


def _aims(system: _System, goals: Mapping[int, int]) -> dict[int, int]:
    """Return the goals as far as known cells leave them possible; what those give away has none."""
    low, high = system.bounds()
    return {
        # What cannot grow can at least be less.
        cell: min(goal, high[cell]) if system.value[cell] < high[cell] else system.value[cell] - 1
        for cell, goal in goals.items()
        if low[cell] < high[cell]
    }


def _another(system: _System, cell: int, aim: int, hidden: set[int], fresh: set[int]) -> Shift:
    """Return a table in which a cell has its aim; if none is found, the nearest to it, with more hidden.

    A cell that stands in it without a change is hidden without proof.
    """
    shift = system.climb(cell, aim, hidden)
    if system.reaches(shift, cell, aim):
        return shift
    connected = system.connected(cell)
    loose = {place for place in connected if not system.fixed[place]}
    if loose == connected:
        # Nothing near is known: every number several times over is such a table.
        return {place: (aim - 1) * system.value[place] for place in connected if system.value[place]}
    if not shift and system.value[cell]:
        shift = system.climb(cell, system.value[cell] - 1, hidden)
    return dict.fromkeys(loose & fresh if shift else loose, 0) | shift


def _needed(system: _System, tables: list[_Table], protected: set[int]) -> list[_Table]:
    """Leave out tables whose cells others prove as well, if that shows a cell again; the dearest first."""
    extra = {place for table in tables for place in table.shift} - protected
    for place in sorted(extra, key=lambda place: (-system.weight[place], place)):
        using = [table for table in tables if place in table.shift]
        others = [table for table in tables if place not in table.shift]
        proved = {cell for table in others for cell in table.reaching}
        if all(table.spare and table.reaching <= proved for table in using):
            tables = others
    return tables
