"""Rows of a manifest to people expected on an arrival: each row one entry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cobijo.algorithms.cells import Unread, count, written
from cobijo.algorithms.text import fold
from cobijo.core.ids import uuid7
from cobijo.core.imports import problems as core_problems
from cobijo.core.imports.types import Context, Entry, Plan, RowIn
from cobijo.movements.importing import problems
from cobijo.movements.importing.fields import travels_with
from cobijo.movements.queries.waiting import Listed, listed_so_far
from cobijo.sites.queries.listed import Member, read, says_of_somebody

_NOT_OF_A_TRAVELLER = frozenset({"stay_id", "space_id", "presence"})


@dataclass(slots=True)
class Row:
    """A row as understood: the person, its line, its group as written."""

    member: Member
    line: int | None = None
    group: str = ""

    @property
    def number(self) -> int:
        return self.member.row.number


def plan(rows: Iterable[RowIn], context: Context) -> Plan:
    """The travellers of a list, and what is wrong by row. Nothing of it is lost: too many are taken, and said."""
    made = Plan()
    there = listed_so_far(context.unit, context.answers.get("movement", ""))
    found = []
    for row in rows:
        if says_of_somebody(row):
            found.append(_read(row, context, made))
        else:
            made.passed.add(row.number)
    groups = _groups(found)
    for at, one in enumerate(found, 1):
        _look_at(one, at, there, made)
        made.entries.append(_entry(one, groups, there))
        made.add(one.number, *one.member.problems)
    _find_twice(found, made)
    return made


def _read(row: RowIn, context: Context, made: Plan) -> Row:
    found = Row(read(row, context), group=fold(written(row.get("group"))))
    try:
        found.line = count(row.get("line")) or None
    except Unread as unread:
        made.add(
            row.number, row.problem(core_problems.OF_A_NUMBER.get(unread.code, core_problems.UNREAD_NUMBER), "line")
        )
    if found.line is not None and found.line > 9_999:
        found.line = None
        made.add(row.number, row.problem(core_problems.TOO_MUCH, "line"))
    if travels_with(written(row.get("travels_with"))) is None:
        made.add(row.number, row.problem(problems.UNKNOWN_COMPANY, "travels_with"))
    return found


def _groups(found: Sequence[Row]) -> dict[str, int]:
    """A number for each group as the list writes it, its own where it is one."""
    named = list(dict.fromkeys(one.group for one in found if one.group))
    return {name: at for at, name in enumerate(named, 1)}


def _look_at(one: Row, at: int, there: Listed | None, made: Plan) -> None:
    row = one.member.row
    if there is None:
        made.add(one.number, row.problem(problems.NO_MOVEMENT))
        return
    if one.line is not None and one.line in there.lines:
        made.add(one.number, row.problem(problems.LISTED, "line"))
    if there.seats is not None and there.many + at > there.seats:
        made.add(one.number, row.problem(problems.OVER_SEATS))


def _entry(one: Row, groups: dict[str, int], there: Listed | None) -> Entry:
    if there is None:
        return Entry(rows=[one.number])
    said = {name: value for name, value in one.member.arguments().items() if name not in _NOT_OF_A_TRAVELLER}
    traveller: dict[str, Any] = said | {
        "traveller_id": str(uuid7()),
        "line": one.line,
        "seat": written(one.member.row.get("seat"))[:8],
        "group": groups.get(one.group),
        "travels_with": travels_with(written(one.member.row.get("travels_with"))) or "",
    }
    return Entry(rows=[one.number], arguments={"movement_id": str(there.movement), "travellers": [traveller]})


def _find_twice(found: Sequence[Row], made: Plan) -> None:
    """The same document or line blocks both; the same name and birth is told."""
    documents: dict[str, Row] = {}
    lines: dict[int, Row] = {}
    names: dict[tuple[str, tuple[Any, ...]], Row] = {}
    for one in found:
        for paper in one.member.given.get("documents", ()):
            _same(documents, fold(paper["number"]), one, problems.SAME_DOCUMENT, "document", made)
        if one.line is not None:
            _same(lines, one.line, one, problems.SAME_LINE, "line", made)
        if one.member.name and one.member.birth:
            _same(names, (one.member.name, one.member.birth), one, problems.SAME_NAME, None, made)


def _same(seen: dict[Any, Row], key: Any, one: Row, code: str, column: str | None, made: Plan) -> None:
    other = seen.setdefault(key, one)
    if (
        other is not one and other.member.row.cells != one.member.row.cells
    ):  # rows that say all the same are found anyway
        made.add(one.number, one.member.row.problem(code, column, other.number))
