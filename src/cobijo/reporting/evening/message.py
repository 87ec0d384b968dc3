"""The text to paste into a message: four lines of the sheet, as they may leave the site (TRUST.md).

No needs, nothing of fewer than five people. The total is kept back as on the page for the door, and is out from then
on; comings and goings are hidden with whatever would give them away; what is ordered is rounded up so far that nobody
reckons the people back from it.
"""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cobijo.algorithms.ordering import coarse
from cobijo.algorithms.suppression import Sum, suppress
from cobijo.core import nodes, wording
from cobijo.reporting import suppressing
from cobijo.reporting.evening.gathering import Evening
from cobijo.reporting.evening.models import EveningSheet
from cobijo.reporting.labels import kinds_label
from cobijo.reporting.types import Json
from cobijo.sites.queries.meals import Meal
from cobijo.sites.types import OutReason

BEFORE, CAME, LEFT, NOW, ALL = "before", "came", "left", "now", "all"


def released(evening: Evening) -> Json:
    """What leaves with the message, as a release keeps it: the total, the households, and the words."""
    part, scope, night = evening.part, evening.scope, evening.night
    persons = suppressing.door_total(scope, night, part.persons)
    told = part.taken.households if part.taken else None
    households = suppressing.door_households(scope, night, told) if persons is not None else None
    row: Json = {"id": str(scope.id), "persons": persons, "by_sex_age": {}}
    if households is not None:
        row["households"] = households
    return {"rows": [row], "groups": [], "message": text(evening, persons, households)}


def text(evening: Evening, persons: int | None, households: int | None) -> str:
    """The message in the language in force."""
    return "\n".join([*_head(evening), *_tonight(evening, persons, households), *_rest(evening, persons)])


def _head(evening: Evening) -> Iterator[str]:
    if nodes.is_fictitious():
        yield _("Demonstration: everybody in it is fictitious.")
    yield f"*{evening.scope.name}* ({evening.scope.code}) · {wording.moment(evening.at, 'long', evening.zone)}"
    signed = EveningSheet.objects.filter(site=evening.scope.id, night=evening.night).order_by("-number").first()
    if signed is not None:
        yield _("Sheet {number} ({kind})").format(number=signed.number, kind=signed.get_kind_display())


def _tonight(evening: Evening, persons: int | None, households: int | None) -> Iterator[str]:
    if persons is None:
        yield _("Tonight: the number of people is kept back, because it is small or not known.")
        return
    kind = kinds_label(evening.part)
    if households is None:
        yield _("Tonight: {persons} people ({kind}).").format(persons=wording.number(persons), kind=kind)
    else:
        yield _("Tonight: {persons} people in {households} families ({kind}).").format(
            persons=wording.number(persons), households=wording.number(households), kind=kind
        )
    places = evening.part.site.places
    if places is not None:
        yield _("Free places: {free} of {places}.").format(
            free=wording.number(max(places - persons, 0)), places=wording.number(places)
        )
    over = len(evening.overview.over)
    if over:
        yield ngettext("One room is over its places.", "{rooms} rooms are over their places.", over).format(rooms=over)


def _rest(evening: Evening, persons: int | None) -> Iterator[str]:
    """Comings, goings and the order; of a site whose total is kept back they would say too much."""
    if persons is None:
        return
    if evening.part.registered is not None:
        yield _since(evening, hidden(evening, persons))
    yield from _order(evening)
    yield _("Numbers from 1 to 4 are not given (–); what is ordered is rounded up.")


def hidden(evening: Evening, persons: int) -> Mapping[str, int | None]:
    """Comings and goings as they may be told beside a total: 1 to 4 and what would give them away are None."""
    moved = evening.moved
    cells = {BEFORE: moved.before, CAME: moved.came, LEFT: moved.gone, NOW: moved.now, ALL: moved.before + moved.came}
    cells |= {reason.value: people for reason, people in moved.left.items()}
    sums = [Sum(ALL, (BEFORE, CAME)), Sum(ALL, (NOW, LEFT))]
    if moved.left:
        sums.append(Sum(LEFT, tuple(reason.value for reason in moved.left)))
    # Yesterday's total may be out, and so may today's be: both are taken for known.
    known = {BEFORE: moved.before} | ({NOW: moved.now} if moved.now == persons else {})
    return suppress(cells, sums, released=known)


def _since(evening: Evening, shown: Mapping[str, int | None]) -> str:
    reasons = "; ".join(f"{OutReason(reason).label} {_number(shown[reason.value])}" for reason in evening.moved.left)
    said = _("Since yesterday, {moment}: {came} came, {left} left{why}.")
    return said.format(
        moment=wording.moment(evening.moved.since, "time", evening.zone),
        came=_number(shown[CAME]),
        left=_number(shown[LEFT]),
        why=f" ({reasons})" if reasons else "",
    )


def _number(value: int | None) -> str:
    return "–" if value is None else wording.number(value)


def _order(evening: Evening) -> Iterator[str]:
    expected = evening.order.expected
    meals = ", ".join(f"{meal.label} {wording.number(coarse(expected.at(meal)))}" for meal in Meal)
    yield _("Order for {day}: {meals}").format(day=wording.day(evening.tomorrow), meals=meals)
    for one in evening.order.lines:
        if one.line.ask:
            yield f"– {one.name}: {wording.number(coarse(one.line.ask))} ({one.unit})"
