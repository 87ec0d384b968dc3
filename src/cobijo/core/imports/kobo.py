"""Exports of Kobo and ODK: headings carry their group, and the members of a household stand in a sheet of their own."""

from dataclasses import replace
from typing import Any, Final

from cobijo.core.imports.types import Sheet

INDEX, PARENT, TABLE = "_index", "_parent_index", "_parent_table_name"
MARKS: Final = frozenset({INDEX, "_uuid", "_submission_time", PARENT})
"""Headings only such an export has."""


def straightened(sheets: list[Sheet]) -> list[Sheet]:
    """The sheets with plain headings; a sheet of members gets the columns of its household's row beside its own."""
    ours = [one for one in sheets if _is_export(one)]
    if not ours:
        return sheets
    plain = [_plain(one) if one in ours else one for one in sheets]
    parents = {one.name: one for one in plain if INDEX in _head(one)}
    return [_joined(one, parents) if PARENT in _head(one) else one for one in plain]


def _head(sheet: Sheet) -> list[Any]:
    return sheet.rows[0] if sheet.rows else []


def _is_export(sheet: Sheet) -> bool:
    return any(str(heading).rpartition("/")[2] in MARKS for heading in _head(sheet))


def _plain(sheet: Sheet) -> Sheet:
    """Headings without the groups they stand in: ``group_member/nombre`` is ``nombre``."""
    plain = [heading.rpartition("/")[2] if isinstance(heading, str) else heading for heading in _head(sheet)]
    return replace(sheet, rows=[plain, *sheet.rows[1:]])


def _joined(sheet: Sheet, parents: dict[str, Sheet]) -> Sheet:
    head = _head(sheet)
    parent = _parent_of(sheet, parents)
    if parent is None:
        return sheet
    above = _head(parent)
    keep = [at for at, heading in enumerate(above) if heading not in head and not str(heading).startswith("_")]
    by_index = {_number(_at(row, above.index(INDEX))): row for row in parent.rows[1:]}
    at = head.index(PARENT)
    joined = [[*head, *(above[one] for one in keep)]]
    for row in sheet.rows[1:]:
        own = [*row, *[None] * (len(head) - len(row))]
        of_household = by_index.get(_number(_at(row, at)), [])
        joined.append([*own, *(_at(of_household, one) for one in keep)])
    return replace(sheet, rows=joined, merged=[])


def _parent_of(sheet: Sheet, parents: dict[str, Sheet]) -> Sheet | None:
    """The sheet its rows name as their parent's, else the only other one there is."""
    head = _head(sheet)
    if TABLE in head and len(sheet.rows) > 1:
        named = parents.get(str(_at(sheet.rows[1], head.index(TABLE))))
        if named is not None:
            return named
    others = [one for name, one in parents.items() if name != sheet.name]
    return others[0] if len(others) == 1 else None


def _at(row: list[Any], at: int) -> Any:
    return row[at] if at < len(row) else None


def _number(value: Any) -> str:
    """An index alike whether the file holds it as a number or as a text."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
