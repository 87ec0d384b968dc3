"""Answers of a round that do not go together. A warning each, with what to do; never a refusal.

Those of the CCCM site reporting tool of Yemen (2020) that a round can be asked, one of the site profile of DR Congo
(2025), and contradictions with what the register knows. A place outside its district and a telephone of the wrong
length are not asked here; household sizes are the register's own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext_lazy as _

from cobijo.core.errors import Sentence
from cobijo.sites.models import SiteReport
from cobijo.sites.standards.facts import REPORTED, Facts
from cobijo.sites.standards.measures import Reading
from cobijo.sites.standards.models import Round
from cobijo.sites.standards.types import Adequacy, Service
from cobijo.sites.types import SiteKind

NEAR: Final = timedelta(days=3)
SHORTEST, LONGEST = timedelta(minutes=15), timedelta(minutes=60)
LEAST_HOME, MOST_HOME = Fraction(3, 2), 10
FEW_HOMES: Final = 5
UNDER_ONE_ROOF: Final = (SiteKind.SCHOOL, SiteKind.HALL, SiteKind.CHURCH, SiteKind.HOTEL)
DAYS_A_MONTH: Final = 30
DRINKABLE: Final = 15


@dataclass(frozen=True, slots=True)
class Doubt:
    """What does not go together, and what to do about it."""

    code: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Found:
    """All that a round is doubted by: its readings by indicator, the services, what the register says of the same."""

    round: Round
    facts: Facts
    readings: Mapping[str, Reading]
    reckoned: Mapping[str, Reading]
    services: Mapping[Service, Adequacy]
    near_rounds: int
    report: SiteReport | None

    def says(self, code: str) -> bool | None:
        """The answer to yes or no; None where it is not known."""
        found = self.number(code)
        return None if found is None else found > 0

    def number(self, code: str) -> Fraction | None:
        reading = self.readings.get(code)
        return reading.value if reading is not None and reading.is_known else None

    def chose(self, code: str) -> Sequence[str]:
        reading = self.readings.get(code)
        return reading.chosen if reading is not None and reading.is_known else ()

    def enough(self, service: Service) -> bool:
        return self.services.get(service) is Adequacy.ADEQUATE


def doubts(found: Found) -> Iterator[Doubt]:
    """Every check that strikes, in their order."""
    for code, sentence, strikes in CHECKS:
        if strikes(found):
            yield Doubt(code, sentence)


# --- the checks ------------------------------------------------------------------------------------------------------


def _odd_homes(found: Found) -> bool:
    people = found.facts.people
    if not people.households or people.households < FEW_HOMES:
        return False
    return not LEAST_HOME <= Fraction(people.all, people.households) <= MOST_HOME


def _lasted(found: Found) -> timedelta | None:
    return found.round.ended_at - found.round.began_at if found.round.ended_at else None


def _short(found: Found) -> bool:
    lasted = _lasted(found)
    return lasted is not None and lasted < SHORTEST


def _long(found: Found) -> bool:
    lasted = _lasted(found)
    return lasted is not None and lasted > LONGEST


def _adequate_but_first(found: Found) -> bool:
    needs = found.chose("needs")
    return bool(needs) and any(service.value == needs[0] and found.enough(service) for service in found.services)


def _under_one_roof(found: Found) -> bool:
    return found.facts.site.kind in UNDER_ONE_ROOF and "makeshift" in found.chose("shelter_kinds")


def _dry(found: Found) -> bool:
    litres, days = found.number("potable_water"), found.number("days_without_water")
    little = litres is not None and litres < DRINKABLE
    return found.enough(Service.WATER) and (little or (days is not None and days > 0))


def _not_parted(found: Found) -> bool:
    women = found.facts.facility("toilet", "women")
    some = found.facts.all_of("toilet")
    return bool(found.says("toilets_separate")) and some is not None and (women is None or not women.count)


def _other_count(found: Found) -> bool:
    pairs = ((found.readings.get(code), reading) for code, reading in found.reckoned.items())
    return any(
        seen is not None and seen.things is not None and known.things is not None and seen.things != known.things
        for seen, known in pairs
    )


def _back_before(found: Found) -> bool:
    months, days = found.number("right_to_stay"), found.reckoned.get("days_to_give_back")
    return months is not None and days is not None and days.value is not None and days.value < months * DAYS_A_MONTH


def _split(found: Found) -> bool:
    return found.facts.people.kind == REPORTED and found.report is not None and found.report.split


Check = tuple[str, Sentence, Callable[[Found], bool]]
CHECKS: Final[Sequence[Check]] = (
    (
        "twice",
        _(
            "This site was looked at in another round within three days. If it was the same visit, take one of them "
            "out."
        ),
        lambda found: found.near_rounds > 0,
    ),
    (
        "odd_homes",
        _("By the register households here have fewer than 1.5 or more than 10 people on average. Look at the list."),
        _odd_homes,
    ),
    ("short", _("The round took less than a quarter of an hour. Was everything looked at?"), _short),
    ("long", _("The round took more than an hour. Were its first answers still so at its end?"), _long),
    (
        "adequate_but_first",
        _("The most urgent need is a service that is said to be enough. Ask again which of both is so."),
        _adequate_but_first,
    ),
    (
        "eviction_and_agreement",
        _("There is a threat of eviction although there is a written agreement. Ask what the agreement says."),
        lambda found: bool(found.says("eviction")) and bool(found.says("agreement")),
    ),
    (
        "eviction_two_ways",
        _("Eviction is named among the threats, and elsewhere it is said that none threatens. Correct one of both."),
        lambda found: "eviction" in found.chose("threats") and found.says("eviction") is False,
    ),
    (
        "hygiene_and_open",
        _("Toilets and hygiene are said to be enough, and open defecation was seen. Ask why."),
        lambda found: found.enough(Service.HYGIENE) and bool(found.says("open_defecation")),
    ),
    (
        "makeshift_under_roof",
        _("People sleep in makeshift shelters at a site that is a building. Say where these stand."),
        _under_one_roof,
    ),
    ("water_but_dry", _("Water is said to be enough, and there is less than 15 litres or none on some days."), _dry),
    (
        "not_parted",
        _("Toilets are said to be separate, and none is counted for women. Count the facilities again."),
        _not_parted,
    ),
    (
        "other_count",
        _("The round counted other numbers of facilities than stand under Facilities. Correct what is out of date."),
        _other_count,
    ),
    (
        "back_before",
        _("The building is to be given back before the right to stay ends. Check both days."),
        _back_before,
    ),
    (
        "flooded_but_drained",
        _("The site was flooded last season, and its drains are said to be good. Look at them again."),
        lambda found: bool(found.says("flooded")) and "good" in found.chose("drains"),
    ),
    (
        "meals_but_no_food",
        _("There are three meals a day, and food is said to be none. Correct one of both."),
        lambda found: (found.number("meals_a_day") or 0) >= 3 and found.services.get(Service.FOOD) is Adequacy.NONE,
    ),
    (
        "split",
        _("The people of the head-count used here were split by percentages, not counted. Take its parts with care."),
        _split,
    ),
)
