"""People in words: what to call them, how old they are, when they were born."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from babel.core import Locale, UnknownLocaleError
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from cobijo.algorithms.ages import Birth, Precision, parts
from cobijo.core import wording
from cobijo.core.errors import Sentence
from cobijo.core.personal import Purpose
from cobijo.people import countries
from cobijo.people.models import Person

_MONTHS_UNTIL = 2  # years: up to here an age is said in months


def label(person: Person) -> str:
    """The name as the person has it, or what is said of somebody without one."""
    if person.name:
        return person.name
    return _("Newborn without a name") if person.newborn_unnamed else _("Name not known")


def age(birth: Birth, day: date) -> str:
    """The age on a day: "34 years", "about 34 years", "8 months", "age not known"."""
    found = parts(birth, day)
    if found is None:
        return _("age not known")
    if not found.years and not found.months:
        return _("under one month")
    if found.years < _MONTHS_UNTIL:
        months = 12 * found.years + found.months
        said = ngettext("{n} month", "{n} months", months).format(n=months)
    else:
        said = ngettext("{n} year", "{n} years", found.years).format(n=found.years)
    return said if found.exact else _("about {age}").format(age=said)


def birth(known: Birth) -> str:
    """When somebody was born, as exactly as it is known; nothing where only an age was said, or not even that."""
    if known.latest is None or known.precision is Precision.AGE:
        return ""
    if known.precision is Precision.YEAR:
        return str(known.latest.year)
    if known.precision is Precision.MONTH:
        return date_format(known.latest, "YEAR_MONTH_FORMAT")
    return wording.day(known.latest)


# --- languages -------------------------------------------------------------------------------------------------------

LANGUAGES: Final[Mapping[str, str]] = {
    "acr": "Achi", "agu": "Awakateko", "knj": "Akateko", "caa": "Ch’orti’", "cac": "Chuj", "itz": "Itza’",
    "ixl": "Ixil", "jac": "Popti’", "kjb": "Q’anjob’al", "cak": "Kaqchikel", "quc": "K’iche’", "mam": "Mam",
    "mop": "Mopan", "poc": "Poqomam", "poh": "Poqomchi’", "kek": "Q’eqchi’", "quv": "Sakapulteko",
    "qum": "Sipakapense", "ttc": "Tektiteko", "tzj": "Tz’utujil", "usp": "Uspanteko", "cab": "Garífuna",
    "xin": "Xinka", "miq": "Miskito", "ppl": "Nawat",
}  # fmt: skip
"""Languages of the region by the names their speakers use; they are the same in every language."""

_WIDER: Final = ("es", "en", "fr", "ht", "pt")


def language(tag: str) -> str:
    """A language by its BCP 47 tag; the tag itself where no name is known."""
    if tag in LANGUAGES:
        return LANGUAGES[tag]
    reader = Locale.parse((translation.get_language() or "en").replace("-", "_"))
    try:
        name = Locale.parse(tag.replace("-", "_")).get_display_name(reader)
    except (UnknownLocaleError, ValueError):
        name = reader.languages.get(tag)
    return name or tag


def language_choices() -> list[tuple[str, str]]:
    """Languages to choose from: Spanish first, then those of the region, then others."""
    wider = [(tag, language(tag)) for tag in _WIDER]
    return [wider[0], *sorted(LANGUAGES.items(), key=lambda pair: pair[1]), *wider[1:]]


# --- documents -------------------------------------------------------------------------------------------------------

_DOCUMENTS: Final[Mapping[str, Sentence]] = {
    "cui": gettext_lazy("CUI or DPI"),
    "birth_certificate": gettext_lazy("birth certificate"),
    "passport": gettext_lazy("passport"),
    "dni": gettext_lazy("DNI"),
    "dui": gettext_lazy("DUI"),
    "curp": gettext_lazy("CURP"),
    "cedula": gettext_lazy("identity card"),
    "nin": gettext_lazy("national identity number"),
    "return_paper": gettext_lazy("return paper"),
    "alien_number": gettext_lazy("alien number"),
}


def document(country: str, kind: str) -> str:
    """A kind of document with its country: "Guatemala: CUI or DPI"."""
    named = _DOCUMENTS.get(kind) or _("other document")
    return f"{countries.name(country)}: {named}"


_DOCUMENT_FLAGS: Final[Mapping[str, Sentence]] = {
    "length": gettext_lazy("it is longer or shorter than such numbers are"),
    "characters": gettext_lazy("it holds signs such numbers do not have"),
    "check_digit": gettext_lazy("its check digit does not fit"),
    "department": gettext_lazy("it names a department that is not known"),
    "municipality": gettext_lazy("it names a municipality that is not known"),
    "date": gettext_lazy("the date in it is no date"),
    "birth_year": gettext_lazy("the year of birth in it is another"),
    "registration_year": gettext_lazy("the year of registration in it cannot be"),
}


def document_flag(flag: str) -> str:
    """What a check found odd about a number."""
    return str(_DOCUMENT_FLAGS.get(flag, flag))


# --- purposes --------------------------------------------------------------------------------------------------------

_PURPOSES: Final[Mapping[Purpose, Sentence]] = {
    Purpose.SHELTER: pgettext_lazy("purpose", "shelter"),
    Purpose.ASSISTANCE: pgettext_lazy("purpose", "assistance"),
    Purpose.TRACING: pgettext_lazy("purpose", "search for family"),
    Purpose.PROTECTION: pgettext_lazy("purpose", "protection"),
    Purpose.REPORTING: pgettext_lazy("purpose", "figures"),
    Purpose.SECURITY: pgettext_lazy("purpose", "security of the data"),
}


def purpose(one: Purpose) -> str:
    """What people's data are used for."""
    return str(_PURPOSES[one])
