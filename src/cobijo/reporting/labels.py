"""What figures are called, in the language in force."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cobijo.algorithms.ages import UNKNOWN
from cobijo.reporting.types import Kind, Part


def band_label(code: str) -> str:
    """An age band as a row is called: 0–4, 60+, not known."""
    return pgettext("age", "not known") if code == UNKNOWN else code.replace("-", "–")


def band_words(code: str) -> str:
    """An age band where nothing beside it says that it is an age."""
    return _("age not known") if code == UNKNOWN else band_label(code)


def sex_label(sex: str) -> str:
    """The head of a column of people of one sex."""
    return {
        "female": pgettext("sex", "Female"),
        "male": pgettext("sex", "Male"),
        "other": pgettext("sex", "Other"),
        "unknown": pgettext("sex", "Unknown"),
    }[sex]


def kind_label(kind: Kind | None) -> str:
    """What kind of figure a number is."""
    return str(kind.label) if kind else _("unknown")


def kinds_label(part: Part) -> str:
    """What kinds of figure the number of a site is made of: registered, or registered + counted."""
    return " + ".join(kind_label(kind) for kind in part.kinds) or kind_label(None)
