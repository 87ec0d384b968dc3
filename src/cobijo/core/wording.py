"""Numbers, days and moments as people say them, in the language in force: alike on pages and prints.

Central America writes 1,234.5 and says the day first; so do we in Spanish and, in British order, in English.
"""

import datetime as dt
from functools import cache
from typing import Literal

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils import timezone, translation

Style = Literal["long", "full", "short", "time"]

# The locale data know no Haitian Creole: French dates are what its readers are used to on forms.
_PLACES_OF_LANGUAGES = {"en": "en_GB", "es": "es_GT", "pt": "pt_BR", "ht": "fr_HT", "fr": "fr_HT"}


def number(value: float) -> str:
    """The number with its thousands separated."""
    if isinstance(value, int) and 0 <= value < 1_000:
        return str(value)  # a page has hundreds of them, and no language of ours writes them otherwise
    return format_decimal(value, locale=_locale())


def day(value: dt.date, style: Style = "long") -> str:
    """The day in words: long "29 October 2018", full with its weekday, short "29 Oct"."""
    locale = _locale()
    if style == "short":
        return format_date(value, "d MMM", locale=locale)
    return format_date(value, "full" if style == "full" else "long", locale=locale)


def moment(value: dt.datetime, style: Style = "long", zone: dt.tzinfo | None = None) -> str:
    """The moment in words, in the zone given or in force. Raises ValueError for a moment without a zone."""
    local = at_site(value, zone)
    clock = local.strftime("%H:%M")
    return clock if style == "time" else f"{day(local.date(), style)}, {clock}"


def at_site(value: dt.datetime, zone: dt.tzinfo | None = None) -> dt.datetime:
    """The same moment on the site's clock. Raises ValueError for a moment without a zone."""
    return timezone.localtime(value, zone)


def _locale() -> Locale:
    return _locale_of(translation.get_language() or "en")


@cache
def _locale_of(language: str) -> Locale:
    try:
        return Locale.parse(_PLACES_OF_LANGUAGES.get(language, language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")
