"""Whether a reading meets its norm, how far it is from it, and what would meet it, in numbers."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cobijo.sites.standards.facts import Facts
from cobijo.sites.standards.measures import Reading
from cobijo.sites.standards.norms import Indicator, Target


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a norm is met; None where that cannot be said.

    ``times``: by how many times a number is worse than its norm, 1 and less being met. None where it is no number, and
    where there is nothing at all of what is needed (``endless``).
    """

    met: bool | None
    times: Fraction | None = None
    endless: bool = False

    @property
    def is_gap(self) -> bool:
        return self.met is False

    @property
    def severity(self) -> tuple[int, Fraction]:
        """What gaps are put in order by: nothing at all is worst, then numbers by their times, then the rest."""
        if not self.is_gap:
            return (0, Fraction(0))
        if self.endless:
            return (3, Fraction(0))
        return (2, self.times) if self.times is not None else (1, Fraction(0))


UNJUDGED = Verdict(None)


def judge(indicator: Indicator, target: Target | None, reading: Reading) -> Verdict:
    """A known reading against a target; without either nothing is said."""
    if target is None or not reading.is_known:
        return UNJUDGED
    if isinstance(target, Fraction):
        return _number(indicator, target, reading)
    if indicator.kind == "yes_no":
        return UNJUDGED if reading.value is None else Verdict((reading.value > 0) == (target == "yes"))
    if indicator.kind == "choice":
        return Verdict(set(reading.chosen) <= set(indicator.fits)) if reading.chosen else UNJUDGED
    return Verdict(not reading.chosen)


def _number(indicator: Indicator, target: Fraction, reading: Reading) -> Verdict:
    if reading.has_none:
        return Verdict(False, endless=True) if reading.people else Verdict(True, Fraction(0))
    value = reading.value
    if value is None:
        return UNJUDGED
    if indicator.better == "less":
        return _worse(value, target)
    return _worse(target, value)


def _worse(much: Fraction, little: Fraction) -> Verdict:
    """``much`` is to be no more than ``little``."""
    if little == 0:
        return Verdict(much == 0, Fraction(0) if much == 0 else None, endless=much > 0)
    return Verdict(much <= little, much / little)


# --- what would meet it ----------------------------------------------------------------------------------------------


def suggest(indicator: Indicator, target: Target | None, reading: Reading, facts: Facts, women: Fraction | None) -> str:
    """What would meet the norm, said in numbers where it is one; empty where nothing can be said.

    ``women``: how many toilets of women a norm asks for each of men, None where none does.
    """
    if not isinstance(target, Fraction):
        return indicator.do()
    if indicator.kind == "per":
        return _more_things(indicator, target, reading, facts, women)
    if indicator.computed == "living_space":
        return _more_room(target, reading)
    if indicator.code == "toilets_women_to_men":
        return _more_of_women(target, facts)
    return _more_of_it(indicator, target, reading, facts) or indicator.do()


def _more_of_it(indicator: Indicator, target: Fraction, reading: Reading, facts: Facts) -> str:
    """How much more of something everybody, or every household, should have; empty where it is nothing of the kind."""
    if reading.value is None:
        return ""
    lacking, households = target - reading.value, facts.people.households or 0
    if indicator.unit == "litres_person_day" and facts.people.all:
        return _("{litres} more litres a day").format(litres=ceil(lacking * facts.people.all))
    if indicator.of == "households" and households:
        more = ceil(lacking * households / 100)
        return ngettext("{count} more household", "{count} more households", more).format(count=more)
    among = {"a_person": facts.people.all, "a_household": households}.get(indicator.unit, 0)
    return _("{count} more").format(count=ceil(lacking * among)) if among else ""


def things_lacking(target: Fraction, reading: Reading) -> int:
    """How many more things, so that there are no more people to each than the norm says."""
    return max(ceil((reading.people or 0) / target) - (reading.things or 0), 0)


def _more_things(indicator: Indicator, target: Fraction, reading: Reading, facts: Facts, women: Fraction | None) -> str:
    more = things_lacking(target, reading)
    if not more:
        return ""
    said = ngettext("{count} more {thing}", "{count} more {thing}", more).format(
        count=more, thing=indicator.thing(more)
    )
    theirs = _of_women(indicator, more, facts, women)
    if not theirs:
        return said
    return _("{said}, {count} of them for women").format(said=said, count=theirs)


def _of_women(indicator: Indicator, more: int, facts: Facts, women: Fraction | None) -> int:
    """How many of the toilets that are lacking are for women: as many as bring both sexes nearest to the norm.

    By the ratio where a norm names one, else by how many women and men there are; 0 where neither is known.
    """
    if indicator.code != "people_a_toilet":
        return 0
    theirs, mens = facts.facility("toilet", "women"), facts.facility("toilet", "men")
    if women is not None and theirs is not None and mens is not None:
        share, base = women / (women + 1), theirs.count + mens.count
    elif facts.people.women is not None and facts.people.men is not None and facts.people.women + facts.people.men:
        share, base = Fraction(facts.people.women, facts.people.women + facts.people.men), 0
    else:
        return 0
    have = theirs.count if theirs is not None and base else 0
    return min(max(ceil(share * (base + more)) - have, 0), more)


def _more_of_women(target: Fraction, facts: Facts) -> str:
    theirs, mens = facts.facility("toilet", "women"), facts.facility("toilet", "men")
    if theirs is None or mens is None:
        return ""
    more = max(ceil(target * mens.count) - theirs.count, 0)
    return ngettext("{count} more toilet for women", "{count} more toilets for women", more).format(count=more)


def _more_room(target: Fraction, reading: Reading) -> str:
    if reading.value is None or not reading.people:
        return ""
    area = reading.value * reading.people
    fewer = reading.people - floor(area / target)
    square = ceil(target * reading.people - area)
    return ngettext(
        "{square} m² more, or {count} person fewer", "{square} m² more, or {count} people fewer", fewer
    ).format(square=square, count=fewer)
