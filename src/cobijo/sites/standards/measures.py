"""What the register knows of an indicator, reckoned live. What it does not know stays unknown, and says why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cobijo.sites.committees.models import Committee
from cobijo.sites.committees.types import Working
from cobijo.sites.standards.facts import GROUPS, KINDS, Counted, Facts
from cobijo.sites.standards.models import Answer
from cobijo.sites.standards.norms import Indicator
from cobijo.sites.standards.types import AnswerFrom, AnswerState
from cobijo.sites.types import FacilityKind


@dataclass(frozen=True, slots=True)
class Reading:
    """What is so of an indicator. Of people a thing, ``value`` is people for each and ``things`` how many there are.

    Known without a value where there are no such things at all: nobody has any. ``note`` says what a reader must know
    beside it, ``on`` from when it is.
    """

    state: AnswerState
    value: Fraction | None = None
    things: int | None = None
    people: int | None = None
    day: date | None = None
    chosen: tuple[str, ...] = ()
    source: AnswerFrom = AnswerFrom.COMPUTED
    on: date | None = None
    note: str = ""

    @property
    def is_known(self) -> bool:
        return self.state is AnswerState.KNOWN

    @property
    def has_none(self) -> bool:
        """Whether people share something of which there is none."""
        return self.is_known and self.things == 0


def unknown(note: str = "") -> Reading:
    """Nobody knows, and why."""
    return Reading(AnswerState.UNKNOWN, note=note)


def not_applicable(note: str) -> Reading:
    """It has no meaning here, and why."""
    return Reading(AnswerState.NOT_APPLICABLE, note=note)


def shared(people: int, things: int, source: AnswerFrom, on: date | None = None, note: str = "") -> Reading:
    """So many people for each of so many things."""
    value = Fraction(people, things) if things else None
    return Reading(AnswerState.KNOWN, value, things, people, source=source, on=on, note=note)


# --- from an answer --------------------------------------------------------------------------------------------------


def of_answer(indicator: Indicator, answer: Answer, people: int | None, on: date) -> Reading:
    """What a round found; people for each thing are those of the round, or of now where it did not keep them."""
    state, source = AnswerState(answer.state), AnswerFrom(answer.source)
    if state is not AnswerState.KNOWN:
        return Reading(state, source=source, on=on, note=answer.note)
    if indicator.kind == "per":
        among = answer.people if answer.people is not None else people
        if answer.value is None or among is None:
            return unknown(answer.note)
        return shared(among, int(answer.value), source, on, answer.note)
    value = None if answer.value is None else Fraction(answer.value)
    return Reading(state, value, day=answer.day, chosen=tuple(answer.chosen), source=source, on=on, note=answer.note)


def as_decimal(value: Fraction) -> Decimal:
    """A value as an answer keeps it, in thousandths."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.001"))


# --- from the register -----------------------------------------------------------------------------------------------


def computed(indicator: Indicator, facts: Facts) -> Reading | None:
    """What the register says of an indicator; None for one it does not know."""
    if not indicator.computed:
        return None
    if indicator.computed in KINDS:
        return _people_a_facility(indicator, facts)
    return _REST[indicator.computed](facts)


def _nobody() -> Reading:
    return not_applicable(_("nobody is registered here now"))


def _people_a_facility(indicator: Indicator, facts: Facts) -> Reading:
    kind, group = indicator.computed, GROUPS[indicator.who]
    counted = facts.facility(kind, group) if group else facts.all_of(kind)
    if counted is None:
        by_sex = group and facts.all_of(kind) is not None
        return unknown(_("counted, but not by sex") if by_sex else _("nobody has counted them"))
    people = facts.people.of(indicator.who)
    if not facts.people.all:
        return _nobody()
    if people is None:
        return unknown(_("how many of the people are women and men is not known"))
    return shared(people, counted.count, AnswerFrom.COMPUTED, counted.on, _beside(facts, counted, bool(group)))


def _beside(facts: Facts, counted: Counted, by_sex: bool) -> str:
    said = []
    if not counted.looked:
        said.append(_("nobody looked how many work"))
    if by_sex and facts.people.sex_unknown:
        left_out = facts.people.sex_unknown
        said.append(
            ngettext(
                "{count} person of other or unknown sex is left out",
                "{count} people of other or unknown sex are left out",
                left_out,
            ).format(count=left_out)
        )
    return "; ".join(said)


def _living_space(facts: Facts) -> Reading:
    if not facts.people.all:
        return _nobody()
    slept = sum(room.people for room in facts.rooms)
    area = sum(room.area_dm2 for room in facts.rooms)
    if not slept:
        return unknown(_("no room people sleep in is measured"))
    value = Fraction(area, 100 * slept)
    if facts.unmeasured or slept != facts.people.all:
        return unknown(
            _("{area} m² for the {people} of {all} people whose room is measured").format(
                area=_rounded(value), people=slept, all=max(facts.people.all, slept + facts.unmeasured)
            )
        )
    worst = min(facts.rooms, key=lambda room: Fraction(room.area_dm2, room.people))
    least = Fraction(worst.area_dm2, 100 * worst.people)
    note = _("least in {room}: {area} m²").format(room=worst.name, area=_rounded(least)) if least < value else ""
    return Reading(AnswerState.KNOWN, value, people=slept, note=note)


def _rounded(value: Fraction) -> str:
    return f"{float(value):.1f}"


def _women_to_men(facts: Facts) -> Reading:
    women, men = (facts.facility(FacilityKind.TOILET, GROUPS[who]) for who in ("women", "men"))
    if women is None or men is None:
        some = facts.all_of(FacilityKind.TOILET) is not None
        return unknown(_("counted, but not by sex") if some else _("nobody has counted them"))
    if not men.count:
        return not_applicable(_("there is no toilet for men only"))
    return Reading(AnswerState.KNOWN, Fraction(women.count, men.count), on=min(women.on, men.on))


def _days_to_give_back(facts: Facts) -> Reading:
    if facts.site.give_back_on is None:
        return unknown(_("no day is agreed, or nobody wrote it down"))
    days = max((facts.site.give_back_on - facts.today).days, 0)
    return Reading(AnswerState.KNOWN, Fraction(days))


# --- committees ------------------------------------------------------------------------------------------------------


def _committees(facts: Facts) -> Reading:
    """Committees that are written down; of a site without any nobody knows whether there are some."""
    return Reading(AnswerState.KNOWN, Fraction(1)) if facts.committees else unknown(_("none is written down"))


def _share(says: Callable[[Committee], bool | None]) -> Callable[[Facts], Reading]:
    """How many of a hundred committees are so; not known where it is not known of each."""

    def read(facts: Facts) -> Reading:
        if not facts.committees:
            return unknown(_("none is written down"))
        said = [says(one) for one in facts.committees]
        if None in said:
            return unknown(_("not known of {count} of {all}").format(count=said.count(None), all=len(said)))
        return Reading(AnswerState.KNOWN, Fraction(100 * said.count(True), len(said)))

    return read


def _works(one: Committee) -> bool | None:
    return None if one.working == Working.UNKNOWN else one.working == Working.YES


def _has_women(one: Committee) -> bool | None:
    return None if one.women is None else one.women > 0


_REST: Final[Mapping[str, Callable[[Facts], Reading]]] = {
    "living_space": _living_space,
    "toilets_women_to_men": _women_to_men,
    "days_to_give_back": _days_to_give_back,
    "committees": _committees,
    "committees_elected": _share(lambda one: one.elected),
    "committees_working": _share(_works),
    "committees_women": _share(_has_women),
}
