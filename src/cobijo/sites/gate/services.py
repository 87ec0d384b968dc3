"""Who goes out, comes in and eats, as the gate sees it; visitors and the messages they leave."""

from typing import assert_never
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import AwareDatetime

from cobijo.core import keys, rows
from cobijo.core.context import concerns, is_late
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, FREE, HERE, PLAIN, SUBJECT, Act, verb
from cobijo.sites.gate import rules
from cobijo.sites.gate.models import Passage, Visit
from cobijo.sites.gate.refusals import (
    BACK_ONLY_AFTER_OUT,
    NO_MEAL_PASSING,
    NOT_STAYING,
    NOT_YOURS_TO_UNDO,
    PASSED_SINCE,
    TOO_LATE_TO_UNDO,
    UNDONE_ALREADY,
    VISIT_NOT_HERE,
    VISIT_SETTLED,
    VISIT_STILL_OPEN,
    WHICH_MEAL,
)
from cobijo.sites.gate.types import SETTLED, UNDONE_WITHIN, Asked, Meal, VisitState, Way
from cobijo.sites.models import Stay
from cobijo.sites.refusals import BACK_BEFORE_LEAVING
from cobijo.sites.rules.opened import lock_stay
from cobijo.sites.sealing import close
from cobijo.sites.types import OPEN, Flag, StayState

# --- passages --------------------------------------------------------------------------------------------------------


@verb(
    "sites.pass_gate",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"way": PLAIN, "meal": PLAIN, "expected_back": FREE},
    says=_("Passed the gate"),
)
def pass_gate(
    act: Act,
    *,
    passage_id: UUID,
    site_id: UUID,
    stay_id: UUID,
    way: Way,
    meal: Meal | None = None,
    expected_back: AwareDatetime | None = None,
) -> Passage:
    """Record that somebody who stays at a site goes out for a time, comes in, or takes a meal.

    Nobody who stays there is held at the gate: what is odd (a child alone, in already, the same meal again) is flagged.
    Leaving for good is another act.
    """
    _check_said(act, way, meal, expected_back)
    stay = lock_stay(stay_id)
    if stay.state in OPEN:
        odd = _carry_out(act, stay, way, meal, expected_back)
    elif is_late():
        odd = rules.said(stay, iter([Flag.NOT_COME if stay.state == StayState.PLANNED else Flag.LEFT_BEFORE]))
    else:
        raise NOT_STAYING.about("stay_id")
    return rows.add(
        Passage(
            id=passage_id, site_id=site_id, stay=stay, way=way, meal=meal or "", at=act.happened_at, flags=odd,
            by=act.actor,
        )
    )  # fmt: skip


def _check_said(act: Act, way: Way, meal: Meal | None, expected_back: AwareDatetime | None) -> None:
    if way is Way.MEAL and meal is None:
        raise WHICH_MEAL.about("meal")
    if way is not Way.MEAL and meal is not None:
        raise NO_MEAL_PASSING.about("meal")
    if expected_back is None:
        return
    if way is not Way.OUT:
        raise BACK_ONLY_AFTER_OUT.about("expected_back")
    if expected_back <= act.happened_at:
        raise BACK_BEFORE_LEAVING.about("expected_back")


def _carry_out(act: Act, stay: Stay, way: Way, meal: Meal | None, expected_back: AwareDatetime | None) -> list[str]:
    """Move the stay as the passage says, as far as it is not there already; gives what was odd."""
    match way:
        case Way.OUT:
            odd = rules.said(stay, rules.of_going_out(stay, act.happened_at, expected_back))
            if stay.state == StayState.IN:
                rules.go_out(stay, act.happened_at, expected_back)
        case Way.IN:
            odd = rules.said(stay, rules.of_coming_in(stay))
            if stay.state == StayState.AWAY:
                rules.come_in(stay, act.happened_at)
        case Way.MEAL:
            assert meal is not None
            odd = rules.said(stay, rules.of_a_meal(stay, meal, act.happened_at))
        case _:
            assert_never(way)
    return odd


@verb(
    "sites.undo_passage",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Passage at the gate taken back"),
)
def undo_passage(act: Act, *, passage_id: UUID) -> Passage:
    """Take back a passage tapped by mistake: within ten minutes, by whoever recorded it, if nothing came after it."""
    passage = Passage.objects.select_for_update(of=("self",), no_key=True).get(pk=passage_id)
    if passage.undone_at is not None:
        raise UNDONE_ALREADY()
    if passage.by != act.actor:
        raise NOT_YOURS_TO_UNDO()
    if act.happened_at - passage.at > UNDONE_WITHIN:
        raise TOO_LATE_TO_UNDO()
    stay = lock_stay(passage.stay_id)
    since = Passage.objects.filter(stay=stay, undone_at=None, at__gt=passage.at).exclude(way=Way.MEAL)
    if passage.way != Way.MEAL and since.exists():
        raise PASSED_SINCE()
    passage.stay = stay
    rules.take_back(passage, stay)
    return rows.change(passage, undone_at=act.happened_at)


# --- visits ----------------------------------------------------------------------------------------------------------


@verb(
    "sites.announce_visit",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"visitor_name": FREE, "asked_for": FREE},
    says=_("Message of a visitor passed"),
)
def announce_visit(act: Act, *, visit_id: UUID, site_id: UUID, visitor_name: Asked, asked_for: Asked) -> Visit:
    """Pass on that somebody waits outside and for whom they ask. Nobody is looked for: every answer is the same."""
    return rows.add(
        Visit(
            id=visit_id,
            site_id=site_id,
            sealed_visitor=close(keys.VISITS, Visit, visit_id, "sealed_visitor", visitor_name),
            sealed_asked=close(keys.VISITS, Visit, visit_id, "sealed_asked", asked_for),
            at=act.happened_at,
        )
    )


@verb(
    "sites.tell_resident",
    kind=FACT,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"person_id": SUBJECT},
    says=_("Resident told of a visitor"),
)
def tell_resident(act: Act, *, visit_id: UUID, person_id: UUID) -> Visit:
    """Record that a resident was told that somebody asks for them. They come, or they do not."""
    visit = _open_visit(visit_id)
    here = Stay.objects.filter(person=person_id, site=visit.site_id, state__in=OPEN, voided_at=None)
    if not here.exists():
        raise VISIT_NOT_HERE.about("person_id")
    concerns([person_id])
    return rows.change(visit, person_id=person_id, state=VisitState.TOLD, told_at=act.happened_at)


@verb(
    "sites.settle_visit",
    kind=FACT,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"outcome": FREE},
    says=_("Visit settled"),
)
def settle_visit(act: Act, *, visit_id: UUID, outcome: VisitState) -> Visit:
    """Say how a visit ended: the resident came, does not come, or the visitor left."""
    if outcome not in SETTLED:
        raise VISIT_STILL_OPEN.about("outcome")
    return rows.change(_open_visit(visit_id), state=outcome, settled_at=act.happened_at)


def _open_visit(visit_id: UUID) -> Visit:
    visit = Visit.objects.select_for_update(of=("self",), no_key=True).get(pk=visit_id)
    if visit.settled_at is not None:
        raise VISIT_SETTLED()
    return visit
