"""A person list read into columns: headings guessed or said, any of the encodings lists come in, a row at a time."""

import codecs
import csv
import datetime as dt
import io
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final, Generic, TypeVar

from cobijo.algorithms.linkage.processes import uncollected
from cobijo.algorithms.tables import Synonyms, guess
from cobijo.algorithms.text import clean, fold

FIELDS: Final[Synonyms] = {
    "id": ("id", "identificador", "record id", "person id", "codigo", "code", "no", "numero"),
    "name": ("nombre completo", "full name", "nombres y apellidos", "name", "nombre"),
    "given": ("given names", "nombres", "first name", "given name", "forename", "primer nombre"),
    "first_surname": ("first surname", "primer apellido", "apellido paterno", "surname", "apellidos", "last name"),
    "second_surname": ("second surname", "segundo apellido", "apellido materno"),
    "married": ("married name", "apellido de casada", "apellido casada"),
    "sex": ("sex", "sexo", "gender", "genero"),
    "birth": ("birth date", "date of birth", "fecha de nacimiento", "fecha nacimiento", "dob", "nacimiento", "birth"),
    "age": ("age", "edad", "edad en anos"),
    "place": ("municipality", "municipio", "community", "comunidad", "lugar de origen", "place", "suburb"),
    "address": ("address", "direccion", "domicilio", "street", "calle", "address 1", "home address"),
    "phone": ("phone", "telefono", "phone number", "numero de telefono", "celular", "tel", "mobile"),
    "document": (
        "document",
        "document number",
        "numero de documento",
        "documento",
        "dpi",
        "dui",
        "cui",
        "national id",
        "soc sec id",
    ),
    "household": ("household id", "household", "hogar", "id hogar", "codigo de hogar", "familia", "grupo familiar"),
}
"""What a list calls each field, in Spanish and English; the first word is the surest."""
MOST_CHARACTERS: Final = 400
_SEXES: Final = {"f": 1, "m": 2, "femenino": 1, "masculino": 2, "female": 1, "male": 2, "mujer": 1, "hombre": 2,
                 "fem": 1, "masc": 2, "h": 2, "nina": 1, "nino": 2, "woman": 1, "man": 2}  # fmt: skip
_OLDEST: Final = 125
_LEAST_DOCUMENT: Final = 5
_SAID: Final = 20
"""Rows of which something is said that are named; of the others, how many."""
_REMEMBERED: Final = 1 << 19
_DIGITS: Final = frozenset("0123456789")
_DAY: Final = re.compile(r"^\s*(\d{1,4})\D+(\d{1,2})\D+(\d{1,4})")
_DELIMITERS: Final = ",;\t|"
_INNER_END: Final = "\r"
_END: Final = "\0"
"""A last line that no list has: where no row is made of it, a field before it was never closed."""
_HEAD: Final = 65_536
_WORKBOOK: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""What workbooks begin with, the newer and the older kind."""
_NO_ONE: Final = frozenset(["nn", "na", "no", "ninguno", "ninguna", "desconocido", "none", "unknown", "null", "sn"])


_Read = TypeVar("_Read")


class UnreadableError(ValueError):
    """The list cannot be read; its text says what is so and what to do."""


@dataclass(slots=True)
class People:
    """A list as columns, row by row the same person. ``birth`` is year, month, day (0 unknown); sex 0, 1 f, 2 m."""

    ids: list[str] = field(default_factory=list)
    names: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    sex: list[int] = field(default_factory=list)
    birth: list[tuple[int, int, int]] = field(default_factory=list)
    age: list[int] = field(default_factory=list)
    place: list[str] = field(default_factory=list)
    address: list[str] = field(default_factory=list)
    phone: list[str] = field(default_factory=list)
    document: list[str] = field(default_factory=list)
    household: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.ids)

    def forget(self) -> None:
        """Keep the ids and what was said, no more: a long list takes much memory."""
        for each in (self.names, self.sex, self.birth, self.age, self.place, self.address):
            each.clear()
        for each in (self.phone, self.document, self.household):
            each.clear()


def read(path: Path, said: Mapping[str, str] | None = None, *, dates: str = "dmy") -> People:
    """Read a CSV. ``said``: heading by field, where the guess is not wanted. ``dates``: ymd, dmy or mdy, for days
    whose order the text does not show. Raises `UnreadableError` where it is no CSV or no column holds a name."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if head.startswith(_WORKBOOK):
            raise UnreadableError("This is a workbook, no CSV. Save its sheet as CSV.")
        file.seek(0)
        return take(_rows(_lines(file, head)), said or {}, dates)


def _rows(lines: Iterator[str]) -> Iterator[Sequence[str]]:
    """Rows of lines, cut as the first that is not blank shows. Raises `csv.Error` also where the last has no end."""
    above = []
    for line in lines:
        above.append(line)
        if line.strip():
            break
    cut = max(_DELIMITERS, key=above[-1].count) if above else ","
    held: list[list[str]] = []
    try:
        for row in csv.reader(chain(above, lines, [_END]), delimiter=cut):
            yield from held
            held = [row]
    except csv.Error:
        yield from held
        raise
    if held != [[_END]]:
        raise csv.Error("it ends within a field")


def append(people: People, others: People) -> None:
    """Add a second list below the first. A household's number of the one means nothing in the other."""
    people.ids += others.ids
    people.names += others.names
    people.sex += others.sex
    people.birth += others.birth
    people.age += others.age
    people.place += others.place
    people.address += others.address
    people.phone += others.phone
    people.document += others.document
    people.household += [f"B:{name}" if name else "" for name in others.household]
    people.warnings += others.warnings


def mapping(path: Path) -> dict[str, str]:
    """Read a MAP.toml: ``field = "heading"``, alone or under [columns]. Raises `UnreadableError`."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as trouble:
        raise UnreadableError(f"{path.name} is no map that can be read: {trouble}.") from trouble
    said = found.get("columns", found)
    if not isinstance(said, dict) or not all(isinstance(heading, str) for heading in said.values()):
        raise UnreadableError(f'{path.name} holds more than lines like: given = "its heading".')
    if wrong := [name for name in said if name not in FIELDS]:
        raise UnreadableError(f"{path.name} names {', '.join(wrong)}. Fields are: {', '.join(FIELDS)}.")
    return dict(said)


def take(rows: Iterable[Sequence[str]], said: Mapping[str, str], dates: str) -> People:
    """Take rows, the first of which is the headings."""
    source = _numbered(rows)
    headings = next((row for _, row in source if any(map(str.strip, row))), ())
    if not headings:
        raise UnreadableError("The list is empty. Its first row must hold the headings.")
    at = _places(headings, said)
    if not {"name", "given", "first_surname"} & at.keys():
        raise UnreadableError('No column holds names. Say which in a file: given = "its heading" (--map MAP.toml).')
    people = People(columns={name: headings[place] for name, place in at.items()})
    taker = _Rows(people, at, dates)
    with uncollected():
        for number, row in source:
            if any(row):
                taker.add(list(row), number)
    return taker.done()


def _numbered(rows: Iterable[Sequence[str]]) -> Iterator[tuple[int, Sequence[str]]]:
    """Rows with their place in the file."""
    number = 0
    try:
        for number, row in enumerate(rows, start=1):
            yield number, row
    except csv.Error as trouble:
        why = f"Below row {number} the list is no CSV: {trouble}. Look for a quotation mark that is never closed."
        raise UnreadableError(why) from trouble


def _places(headings: Sequence[str], said: Mapping[str, str]) -> dict[str, int]:
    folded = [fold(heading) for heading in headings]
    at = {name: place for place, name in guess([heading.replace("_", " ") for heading in headings], FIELDS).items()}
    for name, heading in said.items():
        if fold(heading) not in folded:
            raise UnreadableError(f"There is no column {heading}. Columns are: {', '.join(headings)}.")
        place = folded.index(fold(heading))
        at = {other: there for other, there in at.items() if there != place} | {name: place}
    return at


class _Rows:
    """Takes rows into columns. What many rows say alike (a name, a place, a day) is read and kept once."""

    def __init__(self, people: People, at: Mapping[str, int], dates: str) -> None:
        self._people = people
        self._seen: set[str] = set()
        self._twice = self._cut = 0
        self._names = _Once(clean)
        self._sexes = _Once(lambda text: _SEXES.get(fold(clean(text)), 0))
        self._births = _Once(lambda text: birth_of(clean(text), dates))
        self._ages = _Once(_age_of)
        self._places = _Once(lambda text: fold(clean(text)))
        self._addresses = _Once(lambda text: fold(clean(text)).replace(" ", ""))
        self._in_name = [at.get(name, -1) for name in ("given", "first_surname", "second_surname", "married", "name")]
        self._at = [
            at.get(name, -1)
            for name in ("id", "sex", "birth", "age", "place", "address", "phone", "document", "household")
        ]
        self._width = max(at.values()) + 1

    def add(self, row: list[str], number: int) -> None:
        """Take one row; ``number`` is its place in the file."""
        cells = [cell[:MOST_CHARACTERS] for cell in row]
        if cells != row:
            self._shortened(number)
        cells += [""] * (self._width + 1 - len(cells))
        cells.append("")  # what place -1, a column that is not there, says
        people = self._people
        name, sex, birth, age, place, address, phone, document, household = (cells[at] for at in self._at)
        people.ids.append(self._named(clean(name) or f"row{number}", number))
        given, first, second, married, whole = (self._names[cells[at]] for at in self._in_name)
        people.names.append((given, first, second, married, whole))
        people.sex.append(self._sexes[sex])
        people.birth.append(self._births[birth])
        people.age.append(self._ages[age])
        people.place.append(self._places[place])
        people.address.append(self._addresses[address])
        people.phone.append(phone_of(phone))
        people.document.append(document_of(document))
        people.household.append(self._names[household])

    def _shortened(self, number: int) -> None:
        self._cut += 1
        if self._cut <= _SAID:
            said = f"row {number}: of a field only the first {MOST_CHARACTERS} characters were taken"
            self._people.warnings.append(f"{said}; is a quotation mark open there?")

    def _named(self, name: str, number: int) -> str:
        """The record's id, made its own where another row has it."""
        if name in self._seen:
            name += f"#{number}"
            self._twice += 1
            if self._twice <= _SAID:
                self._people.warnings.append(f"row {number}: its id stands twice; it is called {name}")
        self._seen.add(name)
        return name

    def done(self) -> People:
        """The list, and what was said of it."""
        if self._twice > _SAID:
            self._people.warnings.append(f"{self._twice - _SAID:,} more rows have an id that stands twice")
        if self._cut > _SAID:
            self._people.warnings.append(f"{self._cut - _SAID:,} more rows have a field that is too long")
        return self._people


class _Once(dict[str, _Read], Generic[_Read]):
    """What each text is read as, reckoned when it is first met."""

    def __init__(self, read: Callable[[str], _Read]) -> None:
        self._read = read

    def __missing__(self, text: str) -> _Read:
        if len(self) > _REMEMBERED:
            self.clear()
        found = self[text] = self._read(text)
        return found


def _age_of(text: str) -> int:
    age = clean(text).split(".")[0]
    return int(age) if age.isascii() and age.isdigit() and int(age) < _OLDEST else -1


def phone_of(text: str) -> str:
    """A telephone as compared: its last eight figures; nothing where they are too few or one figure only."""
    digits = text if text.isascii() and text.isdigit() else "".join(filter(_DIGITS.__contains__, text))
    digits = digits[-8:]
    return digits if len(digits) >= 7 and len(set(digits)) > 1 else ""


def document_of(text: str) -> str:
    """A document's number as compared: letters and digits; nothing where it says there is none, or one sign only."""
    if text.isascii() and text.isdigit():
        return text if len(text) >= _LEAST_DOCUMENT and len(set(text)) > 1 else ""
    folded = fold(clean(text))
    number = folded.replace(" ", "")
    return number if len(number) >= _LEAST_DOCUMENT and folded not in _NO_ONE and len(set(number)) > 1 else ""


def birth_of(text: str, dates: str) -> tuple[int, int, int]:
    """Year, month, day; zeros where unknown. An impossible day keeps its year."""
    if re.fullmatch(r"(1[89]|20)\d\d", text):
        return int(text), 0, 0
    if re.fullmatch(r"(1[89]|20)\d{6}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if not (found := _DAY.match(text)):
        return 0, 0, 0
    one, two, three = (int(part) for part in found.groups())
    if one > 31:
        year, month, day = one, two, three
    else:
        year, (day, month) = three, (two, one) if dates == "mdy" else (one, two)
    if month > 12 >= day:
        month, day = day, month
    try:
        dt.date(year, month, day)
    except ValueError:
        return (year, 0, 0) if 1880 < year < 2200 else (0, 0, 0)
    return year, month, day


def _lines(file: BinaryIO, head: bytes) -> Iterator[str]:
    """Lines as text, whatever ends them; UTF-16 where the beginning shows it, else `_decoded`. NULs gone."""
    if encoding := _wide(head):
        wide = io.TextIOWrapper(file, encoding, errors="replace", newline="")
        return (line.replace("\0", "") for line in wide)
    if b"\r" in head and b"\n" not in head:
        return _decoded(line.encode("latin-1") for line in io.TextIOWrapper(file, "latin-1", newline=""))
    return _decoded(file)


def _wide(head: bytes) -> str | None:
    """UTF-16 as its mark says; where there is none, as every other byte of a text in our letters does."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if zeros.count(0) > 0.8 * len(zeros):
            return encoding
    return None


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    """Lines as text: UTF-8, and what is not as Windows wrote it, line by line; NULs gone, and ends within a line."""
    for number, raw in enumerate(lines):
        try:
            line = raw.decode("utf-8-sig" if number == 0 else "utf-8")
        except UnicodeDecodeError:
            line = raw.decode("cp1252", errors="replace")
        yield f"{line[:-2].replace(_INNER_END, ' ')}{line[-2:]}".replace("\0", "")
