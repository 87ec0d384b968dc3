"""Lists of households and of sites as CSV: read with every fault said by line, or not at all."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Final, TypeVar

from cobijo.algorithms.allocation import kinds
from cobijo.algorithms.allocation.types import Flag, Household, Site, Use
from cobijo.algorithms.text import clean, fold

LARGEST: Final = 64_000_000
"""Bytes of a file."""
MOST: Final = {"households": 100_000, "sites": 2_000}
MOST_PERSONS: Final = 1_000_000
"""A count of people above this is a slip of the keyboard."""
TOLD: Final = 20
"""Faults that are told before the rest is only counted."""
YES: Final = frozenset({"yes", "y", "true", "t", "x", "si", "s", "verdadero"})
NO: Final = frozenset({"", "no", "n", "false", "f", "falso", "none", "ninguno"})

HOUSEHOLDS: Final[Mapping[str, Sequence[str]]] = {
    "id": ("id", "household", "household id", "grupo familiar", "grupo", "familia", "ficha", "codigo"),
    "size": ("size", "persons", "people", "members", "tamano", "personas", "integrantes", "miembros"),
    "women": ("women", "mujeres"),
    "men": ("men", "hombres"),
    "children": ("children", "ninos", "ninas", "ninez", "ninas y ninos", "ninos y ninas", "nna", "menores"),
    "needs_accessible": (
        "needs accessible", "accessible", "necesita accesible", "necesitan accesible", "cupos accesibles",
        "accesibles", "accesible",
    ),
    "origin": ("origin", "community", "community of origin", "origen", "comunidad", "comunidad de origen"),
    "x": ("x", "este"),
    "y": ("y", "norte"),
    "kin": ("kin", "relatives", "parientes", "familiares"),
    "now": ("now", "current site", "ahora", "albergue actual"),
    "locked": ("locked", "fijo", "no mover"),
    "medical": ("medical", "medico", "medica", "atencion medica"),
    "infant": ("infant", "infants", "bebe", "bebes", "lactante"),
    "unaccompanied": ("unaccompanied", "no acompanado", "no acompanados", "nna no acompanado"),
    "women_headed": ("women headed", "woman headed", "jefatura femenina", "jefa"),
}  # fmt: skip
SITES: Final[Mapping[str, Sequence[str]]] = {
    "id": ("id", "site", "site id", "albergue", "sitio", "codigo"),
    "capacity": ("capacity", "places", "capacidad", "cupo", "cupos"),
    "accessible_places": ("accessible places", "accessible", "cupos accesibles", "accesibles"),
    "kind": ("kind", "use", "type", "uso", "tipo", "clase", "para quien"),
    "x": ("x", "este"),
    "y": ("y", "norte"),
    "area": ("area", "m2", "covered area", "superficie", "area techada"),
    "least_area": ("least area", "m2 a person", "m2 por persona", "area minima"),
    "taken": ("taken", "occupied", "ocupados", "cupos ocupados"),
    "emptying": ("emptying", "se vacia", "por cerrar"),
}  # fmt: skip
NEEDED: Final = {"households": ("id", "size"), "sites": ("id", "capacity")}

Thing = TypeVar("Thing", Household, Site)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in which line (0: the whole file)."""

    line: int
    sentence: str


class BadFileError(Exception):
    """A list that cannot be taken: the faults that are told, and how many there are in all."""

    def __init__(self, name: str, faults: Sequence[Fault], total: int | None = None) -> None:
        self.name, self.faults, self.total = name, tuple(faults), total or len(faults)
        super().__init__(f"{name}: {self.total} faults")


@dataclass(slots=True)
class _Lines:
    """The rows of a list with their line, by field; and what is to be said about it."""

    name: str
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    comma_is_decimal: bool = False


def read_households(name: str, content: bytes) -> tuple[tuple[Household, ...], list[str]]:
    """Return the households of a CSV, and notes about it; BadFileError with the lines that are wrong."""
    return _read(_lines(name, content, "households", HOUSEHOLDS), _household)


def read_sites(name: str, content: bytes) -> tuple[tuple[Site, ...], list[str]]:
    """Return the sites of a CSV, and notes about it; BadFileError with the lines that are wrong."""
    return _read(_lines(name, content, "sites", SITES), _site)


# --- a file as rows --------------------------------------------------------------------------------------------------


def _lines(name: str, content: bytes, what: str, fields: Mapping[str, Sequence[str]]) -> _Lines:
    found = _Lines(name)
    text = _decoded(found, content)
    delimiter = _delimiter(text)
    found.comma_is_decimal = delimiter != ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    faults: list[Fault] = []
    try:
        columns = _columns(found, next(reader, []), what, fields)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
                faults.append(
                    Fault(reader.line_num, f"has {len(cells)} cells where there are {len(columns)} headings.")
                )
                continue
            row = {wanted: clean(cell) for wanted, cell in zip(columns, cells, strict=False) if wanted}
            found.rows.append((reader.line_num, row))
            if len(found.rows) > MOST[what]:
                raise BadFileError(name, [Fault(0, f"has more than {MOST[what]:,} {what}. Give them in parts.")])
    except csv.Error as error:
        raise BadFileError(name, [Fault(reader.line_num, f"cannot be read as CSV: {error}.")]) from error
    if faults:
        raise BadFileError(name, faults[:TOLD], len(faults))
    if not found.rows:
        raise BadFileError(name, [Fault(0, f"holds no {what}: there is nothing below the headings.")])
    return found


def _decoded(found: _Lines, content: bytes) -> str:
    if len(content) > LARGEST:
        raise BadFileError(found.name, [Fault(0, f"is larger than {LARGEST // 1_000_000} MB.")])
    if not content.strip():
        raise BadFileError(found.name, [Fault(0, "is empty.")])
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            raise BadFileError(found.name, [Fault(0, "is cut off in its UTF-16. Save it again.")]) from None
    if b"\0" in content:
        raise BadFileError(found.name, [Fault(0, "is no text. Save the list as CSV.")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found.notes.append(f"{found.name}: line {line} is not UTF-8; the file is read as Windows-1252.")
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _columns(found: _Lines, headings: Sequence[str], what: str, fields: Mapping[str, Sequence[str]]) -> list[str]:
    """The field of each column, "" where nobody knows it."""
    known = {fold(name): wanted for wanted, names in fields.items() for name in (wanted, *names)}
    columns = [known.get(fold(heading), "") for heading in headings]
    faults = []
    for wanted in fields:
        if columns.count(wanted) > 1:
            faults.append(Fault(1, f"has the column “{wanted}” {columns.count(wanted)} times."))
    for wanted in NEEDED[what]:
        if wanted not in columns:
            there = ", ".join(f"“{clean(heading)[:40]}”" for heading in headings[:20])
            faults.append(Fault(1, f"lacks the column “{wanted}”. Its headings are: {there or 'none'}."))
    if faults:
        raise BadFileError(found.name, faults)
    ignored = [clean(heading)[:40] for heading, wanted in zip(headings, columns, strict=True) if not wanted]
    if any(ignored):
        found.notes.append(f"{found.name}: columns not used: {', '.join(name for name in ignored if name)}.")
    return columns


# --- rows as households and sites ------------------------------------------------------------------------------------


def _read(lines: _Lines, make: Callable[["_Row"], Thing]) -> tuple[tuple[Thing, ...], list[str]]:
    made: list[Thing] = []
    seen: dict[str, int] = {}
    faults: list[Fault] = []
    for line, cells in lines.rows:
        row = _Row(lines, cells)
        try:
            thing = make(row)
            if thing.id in seen:
                raise _WrongError(f"the id “{thing.id}” stands in line {seen[thing.id]} already.")
            seen[thing.id] = line
            made.append(thing)
        except _WrongError as wrong:
            faults.append(Fault(line, str(wrong)))
    if faults:
        raise BadFileError(lines.name, faults[:TOLD], len(faults))
    return tuple(made), list(dict.fromkeys(lines.notes))


class _WrongError(Exception):
    """What is wrong with one row."""


class _Row:
    """One row's cells, taken as what they should be."""

    def __init__(self, lines: _Lines, cells: Mapping[str, str]) -> None:
        self.lines, self._cells = lines, cells

    def text(self, name: str) -> str:
        return self._cells.get(name, "")

    def count(self, name: str) -> int | None:
        """A whole number of people or places; None where nothing stands."""
        said = self.text(name)
        if not said:
            return None
        if not re.fullmatch(r"[+-]?[0-9]{1,12}([.][0]*)?", said):
            raise _WrongError(f"“{name}” says “{said[:40]}”, which is no whole number.")
        value = int(float(said))
        if value < 0:
            raise _WrongError(f"“{name}” is {value}; it cannot be negative.")
        if value > MOST_PERSONS:
            raise _WrongError(f"“{name}” is {value:,}; more than {MOST_PERSONS:,} cannot be.")
        return value

    def number(self, name: str) -> float | None:
        """A number with decimals; None where nothing stands."""
        said = self.text(name)
        if not said:
            return None
        written = said.replace(",", ".") if self.lines.comma_is_decimal else said
        if not re.fullmatch(r"[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,3})?", written):
            raise _WrongError(f"“{name}” says “{said[:40]}”, which is no number.")
        value = float(written)
        if not isfinite(value) or abs(value) > 1e12:
            raise _WrongError(f"“{name}” says “{said[:40]}”, which is no place on earth.")
        return value

    def is_so(self, name: str) -> bool:
        said = fold(self.text(name))
        if said in YES or (said.isdigit() and int(said) > 0):
            return True
        if said in NO or (said.isdigit() and int(said) == 0):
            return False
        raise _WrongError(f"“{name}” says “{self.text(name)[:40]}”; write yes or no.")

    def point(self) -> tuple[float | None, float | None]:
        x, y = self.number("x"), self.number("y")
        if (x is None) != (y is None):
            raise _WrongError(f"“{'x' if x is None else 'y'}” is missing beside “{'y' if x is None else 'x'}”.")
        return x, y

    def name(self) -> str:
        said = self.text("id")
        if not said:
            raise _WrongError("“id” is missing.")
        return said


def _household(row: _Row) -> Household:
    name, size, parts = row.name(), row.count("size"), [row.count(each) for each in ("women", "men", "children")]
    if size is None:
        raise _WrongError("“size” is missing.")
    if size < 1:
        raise _WrongError("“size” is 0; a household has at least one person.")
    known = [part for part in parts if part is not None]
    if len(known) == 3 and sum(known) != size:
        said = " and ".join(str(part) for part in known)
        raise _WrongError(f"“size” is {size}, but women, men and children are {said}: {sum(known)} in all.")
    if sum(known) > size:
        raise _WrongError(f"“size” is {size}, but women, men and children are more: {sum(known)}.")
    needs = _needs(row)
    if needs > size:
        raise _WrongError(f"“needs_accessible” is {needs}, more than the {size} of the household.")
    x, y = row.point()
    kin = tuple(clean(each) for each in re.split(r"[\s|/]+", row.text("kin")) if clean(each))
    flags = frozenset(flag for flag in Flag if row.is_so(flag.value))
    women, men, children = parts
    return Household(
        id=name, size=size, women=women, men=men, children=children, needs_accessible=needs, flags=flags,
        origin=fold(row.text("origin")), kin=kin, x=x, y=y, now=row.text("now") or None, locked=row.is_so("locked"),
    )  # fmt: skip


def _needs(row: _Row) -> int:
    """How many accessible places: a number, or yes for one."""
    said = fold(row.text("needs_accessible"))
    if said in YES:
        return 1
    if said in NO and said:
        return 0
    return row.count("needs_accessible") or 0


def _site(row: _Row) -> Site:
    name, capacity = row.name(), row.count("capacity")
    if capacity is None:
        raise _WrongError("“capacity” is missing.")
    accessible, taken = row.count("accessible_places") or 0, row.count("taken") or 0
    if accessible > capacity:
        raise _WrongError(f"“accessible_places” is {accessible}, more than the capacity of {capacity}.")
    said = row.text("kind")
    use = kinds.use_of(said)
    if use is None and kinds.looks_protective(said):
        raise _WrongError(
            f"“kind” says “{said[:40]}”, which may be a rule that protects somebody, and is not known. "
            f"Write one of: {', '.join(Use)}."
        )
    if use is None:
        row.lines.notes.append(f"{row.lines.name}: the kind “{said[:40]}” is not known and means: anyone.")
    area, least = row.number("area"), row.number("least_area")
    if (area is not None and area < 0) or (least is not None and least <= 0):
        raise _WrongError("“area” cannot be negative, and “least_area” is more than nothing.")
    x, y = row.point()
    return Site(name, capacity, accessible, use or Use.ANYONE, x, y, area, least, taken, emptying=row.is_so("emptying"))
