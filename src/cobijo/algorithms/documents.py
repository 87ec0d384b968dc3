"""Identity documents of the countries people come from: their kinds, and what looks wrong about a number.

Nothing here refuses. A failed check is a `Flag` beside the number: a slip of the pen, a rule that changed, a
document that is old, foreign or damaged. What a person shows is taken as shown.

How sure the rules are: Guatemala's check digit and departments, El Salvador's DUI and Mexico's CURP are
published or in common use; Honduras publishes no check digit; Nicaragua's letter is what several independent
programs use, never published by the authority; Haiti's numbers have no known check.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from stdnum.exceptions import ValidationError
from stdnum.mx import curp

from cobijo.algorithms.text import fold


class Flag(StrEnum):
    """What looks wrong about a number."""

    LENGTH = "length"
    CHARACTERS = "characters"  # a sign where the kind of document has none of that sort
    CHECK_DIGIT = "check_digit"
    DEPARTMENT = "department"  # no such department, or state of Mexico
    MUNICIPALITY = "municipality"  # more than the department is known to have; lists differ
    DATE = "date"  # the date of birth in it is none
    BIRTH_YEAR = "birth_year"  # the year of birth in it is another than the one given
    REGISTRATION_YEAR = "registration_year"  # registered before the birth, or in no plausible year


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document: country (ISO 3166 alpha-2, empty for any), code, and the key of its name to translate.

    A `sensitive` number is sealed and shown to few: it ties a person to a file of an authority they may fear.
    """

    country: str
    code: str
    name_key: str
    sensitive: bool = False


def _kind(country: str, code: str, *, sensitive: bool = False) -> DocumentKind:
    return DocumentKind(country, code, f"document.{country.lower()}.{code}", sensitive)


OTHER: Final = DocumentKind("", "other", "document.other")
KINDS: Final = (
    _kind("GT", "cui"),  # also the number of the DPI; children have a CUI and no DPI
    _kind("GT", "birth_certificate"),
    _kind("GT", "passport"),
    _kind("HN", "dni"),
    _kind("HN", "passport"),
    _kind("SV", "dui"),
    _kind("SV", "passport"),
    _kind("MX", "curp"),
    _kind("MX", "passport"),
    _kind("NI", "cedula"),
    _kind("NI", "passport"),
    _kind("HT", "nin"),
    _kind("HT", "passport"),
    _kind("US", "return_paper", sensitive=True),
    _kind("US", "alien_number", sensitive=True),
    OTHER,
)
_BY_CODE: Final = {(kind.country, kind.code): kind for kind in KINDS}

# Municipalities by department, 01 first. Guatemala: 340, the state since 2015 (Sipacate in Escuintla and
# Petatán in Huehuetenango are missing in lists of 338). Sure of the counts; less so that civil registries
# number without gaps.
GT_MUNICIPALITIES: Final = (17, 8, 16, 16, 14, 14, 19, 8, 24, 21, 9, 30, 33, 21, 8, 17, 14, 5, 11, 11, 7, 17)
# Honduras: 298. The same caution.
HN_MUNICIPALITIES: Final = (8, 10, 21, 23, 12, 16, 19, 28, 6, 17, 4, 19, 28, 16, 23, 28, 9, 11)
_MX_STATES: Final = "AS BC BS CC CH CL CM CS DF DG GR GT HG JC MC MN MS NE NL NT OC PL QR QT SL SP SR TC TL TS VZ YN ZS"
_NI_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXY"

# Lengths and form by kind. Passports: letters and digits, at most the nine places that ICAO Doc 9303 part 4
# reads.
_PASSPORT: Final = (range(6, 10), r"[A-Z0-9]*")
_SHAPES: Final[Mapping[tuple[str, str], tuple[range | tuple[int, ...], str]]] = MappingProxyType(
    {(kind.country, "passport"): _PASSPORT for kind in KINDS if kind.code == "passport"}
    | {
        ("GT", "cui"): ((13,), r"[0-9]*"),
        ("HN", "dni"): ((13,), r"[0-9]*"),
        ("SV", "dui"): ((9,), r"[0-9]*"),
        ("MX", "curp"): ((18,), r"[A-Z]{4}[0-9]{6}[HMX][A-Z]{5}[A-Z0-9][0-9]"),
        ("NI", "cedula"): ((14,), rf"[0-9]{{13}}[{_NI_LETTERS}]"),
        ("HT", "nin"): ((10, 17), r"[0-9]*"),  # 17 digits until 2019, 10 since
        ("US", "alien_number"): ((10,), r"A[0-9]{9}"),
    }
)

_WHOLE_SIGNS: Final = 6
_WHOLE_DIGITS: Final = 4


def kinds_of(country: str) -> tuple[DocumentKind, ...]:
    """Return the kinds a country is known to give, `OTHER` last."""
    return (*(kind for kind in KINDS if kind.country == country), OTHER)


def kind_of(country: str, kind: str) -> DocumentKind:
    """Return a kind by country and code; whatever is not listed is `OTHER`."""
    return _BY_CODE.get((country, kind), OTHER)


def normalise(country: str, kind: str, number: str) -> str:
    """Return the number as it is compared: capitals and digits, without spaces, dashes, points or accents.

    A US alien number gets its A and leading noughts, nine digits, as the authority writes it.
    """
    plain = fold(number).upper().replace(" ", "")
    short = re.fullmatch(r"A?([0-9]{7,9})", plain)
    if short and (country, kind) == ("US", "alien_number"):
        return "A" + short[1].zfill(9)
    return plain


def flags(country: str, kind: str, number: str, birth_year: int | None = None) -> tuple[Flag, ...]:
    """Return what looks wrong about a number, in the order of `Flag`; nothing for a kind without known rules.

    An empty number is flagged LENGTH. Where the form is wrong, what stands behind it is not judged. Give
    `birth_year` only where the year is known, not one reckoned from an age.
    """
    plain = normalise(country, kind, number)
    if not plain:
        return (Flag.LENGTH,)
    lengths, form = _SHAPES.get((country, kind), ((len(plain),), r".*"))
    if len(plain) not in lengths:
        return (Flag.LENGTH,) if re.fullmatch(r"[A-Z0-9]*", plain) else (Flag.LENGTH, Flag.CHARACTERS)
    if not re.fullmatch(form, plain):
        return (Flag.CHARACTERS,)
    check = _CHECKS.get((country, kind))
    return tuple(check(plain, birth_year)) if check else ()


def is_whole(country: str, kind: str, number: str) -> bool:
    """Return whether a number is as long as those of its kind and of their signs: not the beginning of one.

    Where a kind has no known length, six signs with four digits among them are taken for a whole number.
    """
    plain = normalise(country, kind, number)
    if len(plain) < _WHOLE_SIGNS or sum(sign.isdigit() for sign in plain) < _WHOLE_DIGITS:
        return False
    return not {Flag.LENGTH, Flag.CHARACTERS} & set(flags(country, kind, number))


def _check_cui(number: str, birth_year: int | None) -> Iterator[Flag]:
    """Guatemala: eight digits, check, department, municipality of the birth entry."""
    if sum(int(digit) * place for place, digit in enumerate(number[:8], start=2)) % 11 != int(number[8]):
        yield Flag.CHECK_DIGIT
    yield from _check_area(number[9:11], number[11:13], GT_MUNICIPALITIES)


def _check_dni(number: str, birth_year: int | None) -> Iterator[Flag]:
    """Honduras: department, municipality, year of registration (not that of birth), running number."""
    yield from _check_area(number[:2], number[2:4], HN_MUNICIPALITIES)
    year = int(number[4:8])
    if not 1880 <= year <= 2099 or (birth_year is not None and year < birth_year):
        yield Flag.REGISTRATION_YEAR


def _check_dui(number: str, birth_year: int | None) -> Iterator[Flag]:
    """El Salvador: eight digits weighted 9 to 2, check."""
    weighted = sum(int(digit) * weight for digit, weight in zip(number, range(9, 1, -1), strict=False))
    if (10 - weighted % 10) % 10 != int(number[8]):
        yield Flag.CHECK_DIGIT


def _check_curp(number: str, birth_year: int | None) -> Iterator[Flag]:
    """Mexico: letters of the names, date of birth, sex, state, letters, check."""
    if curp.calc_check_digit(number) != number[-1]:
        yield Flag.CHECK_DIGIT
    if number[11:13] not in _MX_STATES.split():
        yield Flag.DEPARTMENT
    try:
        born = curp.get_birth_date(number)
    except ValidationError:
        yield Flag.DATE
        return
    if birth_year not in (None, born.year):
        yield Flag.BIRTH_YEAR


def _check_cedula(number: str, birth_year: int | None) -> Iterator[Flag]:
    """Nicaragua: municipality, date of birth as ddmmyy, running number, letter (the number modulo 23)."""
    if _NI_LETTERS[int(number[:13]) % len(_NI_LETTERS)] != number[13]:
        yield Flag.CHECK_DIGIT
    day, month, year = int(number[3:5]), int(number[5:7]), int(number[7:9])
    # The century is not in it: the date has to exist in one of the two.
    if not any(_is_date(century + year, month, day) for century in (1900, 2000)):
        yield Flag.DATE
    elif birth_year is not None and birth_year % 100 != year:
        yield Flag.BIRTH_YEAR


def _check_area(department: str, municipality: str, counts: tuple[int, ...]) -> Iterator[Flag]:
    """Flag a department that is not counted; of one that is, a municipality beyond its count."""
    if not 1 <= int(department) <= len(counts):
        yield Flag.DEPARTMENT
    elif not 1 <= int(municipality) <= counts[int(department) - 1]:
        yield Flag.MUNICIPALITY


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


_Check = Callable[[str, int | None], Iterator[Flag]]
_CHECKS: Final[Mapping[tuple[str, str], _Check]] = MappingProxyType(
    {
        ("GT", "cui"): _check_cui,
        ("HN", "dni"): _check_dni,
        ("SV", "dui"): _check_dui,
        ("MX", "curp"): _check_curp,
        ("NI", "cedula"): _check_cedula,
    }
)
