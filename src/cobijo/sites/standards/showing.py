"""Readings and norms in words: values with their units, thresholds with their direction."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cobijo.core import wording
from cobijo.core.errors import Sentence
from cobijo.sites.standards.judging import Verdict
from cobijo.sites.standards.measures import Reading
from cobijo.sites.standards.norms import Indicator, Norm, Target
from cobijo.sites.standards.types import Phase

UNITS: Final[Mapping[str, Sentence]] = {
    "m2_person": gettext_lazy("m² a person"),
    "litres_person_day": gettext_lazy("litres a person a day"),
    "litres_pupil_day": gettext_lazy("litres a pupil a day"),
    "kcal_person_day": gettext_lazy("kcal a person a day"),
    "people": pgettext_lazy("unit", "people"),
    "households": pgettext_lazy("unit", "households"),
    "pupils": pgettext_lazy("unit", "pupils"),
    "a_person": pgettext_lazy("unit", "a person"),
    "a_household": pgettext_lazy("unit", "a household"),
    "percent": "%",
    "m": "m",
    "cm": "cm",
    "km": "km",
    "minutes": pgettext_lazy("unit", "minutes"),
    "days": pgettext_lazy("unit", "days"),
    "months": pgettext_lazy("unit", "months"),
    "meals": pgettext_lazy("unit", "meals"),
    "fires": pgettext_lazy("unit", "fires"),
    "times": pgettext_lazy("unit", "to one"),
}
READ: Final[Mapping[str, Sentence]] = {
    "read": gettext_lazy("read in the source"),
    "quoted": gettext_lazy("quoted by another document"),
    "asked": gettext_lazy("asked by forms in use; nobody publishes a threshold"),
    "assumed": gettext_lazy("assumed by us, in no source we could read"),
}


def amount(value: Fraction) -> str:
    """A number as a page says it: whole where it is, else with one decimal, below ten with two."""
    if value.denominator == 1:
        return wording.number(int(value))
    return wording.number(round(float(value), 2 if value < 10 else 1))


def unit_of(indicator: Indicator) -> str:
    """The unit of an indicator's value in words."""
    return str(UNITS.get(indicator.unit, ""))


def with_unit(indicator: Indicator, value: Fraction) -> str:
    return f"{amount(value)} {unit_of(indicator)}".strip()


def value_of(indicator: Indicator, reading: Reading) -> str:
    """What is so, in words; empty where it is not known."""
    if not reading.is_known:
        return ""
    if reading.has_none:
        return _("there is none")
    if indicator.kind == "yes_no":
        return "" if reading.value is None else yes_or_no(reading.value > 0)
    if indicator.kind == "day":
        return "" if reading.day is None else wording.day(reading.day)
    if indicator.is_number:
        return "" if reading.value is None else with_unit(indicator, reading.value)
    return ", ".join(indicator.option(one) for one in reading.chosen) or pgettext("answer", "none")


def behind(indicator: Indicator, reading: Reading) -> str:
    """The numbers a value is made of: so many people, so many things."""
    if indicator.kind != "per" or reading.people is None or reading.things is None:
        return ""
    among = f"{wording.number(reading.people)} {unit_of(indicator)}"
    return f"{among}, {wording.number(reading.things)} {indicator.thing(reading.things)}"


def yes_or_no(is_so: bool) -> str:
    return pgettext("answer", "yes") if is_so else pgettext("answer", "no")


def target_of(indicator: Indicator, norm: Norm, phase: Phase) -> str:
    """From where on a norm is met, in words; empty where it has no threshold."""
    target = norm.targets.get(phase)
    if target is None:
        return ""
    return _in_words(indicator, target, norm.upto)


def _in_words(indicator: Indicator, target: Target, upto: Fraction | None) -> str:
    if isinstance(target, Fraction):
        sign = "≤" if indicator.better == "less" else "≥"
        far = f"–{amount(upto)}" if upto is not None else ""
        return f"{sign} {amount(target)}{far} {unit_of(indicator)}".strip()
    if target in ("yes", "no"):
        return yes_or_no(target == "yes")
    return pgettext("answer", "none") if target == "none" else indicator.option(target)


def how_far(verdict: Verdict) -> str:
    """How far from the norm a gap is; empty where it is none or no number."""
    if verdict.endless:
        return _("nothing of what is needed")
    if not verdict.is_gap or verdict.times is None:
        return ""
    return _("{times} times the norm").format(times=_times(verdict.times))


def _times(times: Fraction) -> str:
    """To one decimal, and never so rounded that what is a gap reads as none."""
    return wording.number(max(round(float(times), 1), 1.1)) if times < 100 else wording.number(int(times))
