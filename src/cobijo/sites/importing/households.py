"""Rows to households: which belong together, who is head, and who stands in the list twice."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from cobijo.algorithms.cells import Unread, count, written
from cobijo.algorithms.text import fold
from cobijo.core.ids import uuid7
from cobijo.core.imports.types import Context, Entry, Plan, RowIn
from cobijo.people.types import Kinship
from cobijo.sites.importing import members, problems
from cobijo.sites.importing.fields import ALONE, BLANKS, HEADS, NUMBER
from cobijo.sites.importing.members import Member

MOST: Final = 40
"""Members of one household that a verb takes at once."""

Group = list[Member]


def plan(rows: Iterable[RowIn], context: Context) -> Plan:
    """The households of a list, and what is wrong by row."""
    made = Plan()
    found: list[Member] = []
    for row in rows:
        if members.says_of_somebody(row):
            found.append(members.read(row, context))
        else:
            made.passed.add(row.number)
    groups = _grouped(found, context.answers.get("grouping", ""))
    for group in groups:
        _check_group(group)
        made.entries.append(_entry(group, context))
    _find_twice(found)
    for member in found:
        made.add(member.row.number, *member.problems)
    return made


# --- which rows are one household ------------------------------------------------------------------------------------


def _grouped(found: Sequence[Member], by: str) -> list[Group]:
    if by == NUMBER:
        return _by_number(found)
    starts: dict[str, Callable[[Member], bool]] = {
        HEADS: lambda member: member.kinship is Kinship.HEAD,
        BLANKS: lambda member: member.row.apart,
        ALONE: lambda member: True,
    }
    if by not in starts:
        for member in found:
            member.say(problems.NO_GROUPING)
        return [[member] for member in found]
    groups: list[Group] = []
    for member in found:
        if not groups or starts[by](member):
            groups.append([])
        groups[-1].append(member)
    return groups


def _by_number(found: Sequence[Member]) -> list[Group]:
    """Rows of one number, wherever they stand. A row without one goes on with the household above."""
    groups: dict[str, Group] = {}
    last: str | None = None
    for member in found:
        number = fold(written(member.row.get("household")))
        if not number and last is not None and not member.row.apart and member.kinship is not Kinship.HEAD:
            number = last
        if not number:
            member.say(problems.NO_NUMBER, "household")
            number = f"row {member.row.number}"
        groups.setdefault(number, []).append(member)
        last = number
    return list(groups.values())


# --- what must hold in a household -----------------------------------------------------------------------------------


def _check_group(group: Group) -> None:
    heads = [member for member in group if member.kinship is Kinship.HEAD]
    if len(group) == 1 and group[0].kinship is None:
        group[0].kinship = Kinship.HEAD
    elif not heads and len(group) > 1:
        said = any(member.kinship is not None for member in group)
        group[0].say(problems.NO_HEAD if said else problems.NO_HEAD_SAID, "kinship")
    for other in heads[1:]:
        heads[0].say(problems.TWO_HEADS, "kinship", other.row.number)
        other.say(problems.TWO_HEADS, "kinship", heads[0].row.number)
    if len(group) > MOST:
        group[0].say(problems.TOO_MANY)
    _check_size(group)
    if len({member.arrival for member in group if member.arrival}) > 1:
        group[0].say(problems.ARRIVALS_DIFFER, "arrival")


def _check_size(group: Group) -> None:
    for member in group[:1]:
        try:
            size = count(member.row.get("size"))
        except Unread:
            size = -1
        if size is not None and size != len(group):
            member.say(problems.SIZE_DIFFERS, "size")


def _entry(group: Group, context: Context) -> Entry:
    arrivals = [member.arrival for member in group if member.arrival]
    arguments: dict[str, Any] = {
        "household_id": str(uuid7()),
        "site_id": str(context.unit),
        "members": [member.arguments() for member in group],
        "answers": [],
    }
    return Entry(
        rows=[member.row.number for member in group],
        arguments=arguments,
        happened_at=_moment(arrivals, context),
        people={member.row.number: member.person_id for member in group},
    )


def _moment(arrivals: Sequence[datetime], context: Context) -> datetime | None:
    """When they came, where the list says so and it is over."""
    first = min(arrivals, default=None)
    return first if first is not None and first < context.now else None


# --- who stands here twice -------------------------------------------------------------------------------------------


def _find_twice(found: Sequence[Member]) -> None:
    """The same name and day of birth is the same person, the same name and age may be; a document is one person's."""
    people: dict[tuple[Any, ...], int] = {}
    papers: dict[tuple[str, str], Member] = {}
    for member in found:
        number = member.row.number
        if member.name and member.birth:
            key = (member.name, member.given.get("sex"), *member.birth)
            if key in people:
                exact = member.birth[0] == "day" and member.birth[3] is not None
                member.say(problems.PERSON_TWICE if exact else problems.PERSON_ALIKE, None, people[key])
            people.setdefault(key, number)
        for document in member.given.get("documents", []):
            paper = (document["kind"], fold(document["number"]).replace(" ", ""))
            other = papers.setdefault(paper, member)
            if other is not member:
                alike = other.name == member.name
                code = problems.PERSON_TWICE if alike else problems.DOCUMENT_TWICE
                member.say(code, "document", other.row.number)
