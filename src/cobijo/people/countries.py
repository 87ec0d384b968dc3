"""Countries by their ISO 3166 code, named in the language in force."""

from functools import cache

from babel.core import Locale
from django.utils import translation

# Codes of Unicode's list that stand for no country.
_NOT_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])


@cache
def codes() -> frozenset[str]:
    """Every code there is."""
    known = [str(code) for code in Locale("en").territories]
    return frozenset(code for code in known if len(code) == 2 and code.isalpha()) - _NOT_COUNTRIES


def name(code: str) -> str:
    """The country's name; the code itself where there is none."""
    return _names(translation.get_language() or "en").get(code, code)


@cache
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse(language.replace("-", "_")).territories
    return {code: territories[code] for code in codes() if code in territories}


def choices() -> list[tuple[str, str]]:
    """All countries for a list to choose from, by name."""
    return sorted(_names(translation.get_language() or "en").items(), key=lambda pair: pair[1])
