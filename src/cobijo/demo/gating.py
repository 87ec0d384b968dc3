"""The gate of Salón Municipal on the last day, the roll-call of the night before, and tonight's, half done."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from cobijo.core import clock, operations
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Act, Door
from cobijo.demo.places import Places
from cobijo.demo.replay import Sheltered
from cobijo.sites import queries
from cobijo.sites import services as sites
from cobijo.sites.gate.types import Meal, Way
from cobijo.sites.queries import scopes
from cobijo.sites.rollcalls.types import Explanation, MarkIn

SITE = "salon"
EATING, MARKED = 30, 40


def keep_gate(places: Places, families: list[Sheltered], night: datetime) -> None:
    """Changes no figure: who goes out is back, and whoever was not seen at the roll-call is explained."""
    stays = [stay for one in families[4:] for stay in one.stays]
    _call_roll(places, stays[: EATING + MARKED], night - timedelta(hours=21))
    _open_gate(places, stays)
    _begin_tonight(places, stays)


def _act(places: Places, who: str, **given: Any) -> Act:
    return operations.act_of(places.workers[who], Door.DESK, **given)


def _call_roll(places: Places, stays: list[UUID], at: datetime) -> None:
    """Ana and Beto called the roll last night; one who was at work, one marked by mistake, two without a name."""
    roll, site = uuid7(), places.site[SITE]
    there = set(queries.sleeping(site).filter(in_at__lt=at).values_list("pk", flat=True))
    known = [stay for stay in stays if stay in there]
    sites.begin_roll_call(_act(places, "beto", happened_at=at), roll_call_id=roll, site_id=site)
    for who, some, here in (("ana", known[2:31], True), ("beto", known[31:], True), ("beto", known[:2], False)):
        if some:
            marks = [MarkIn(mark_id=uuid7(), stay_id=stay, here=here) for stay in some]
            later = _act(places, who, happened_at=at + timedelta(minutes=12))
            sites.mark_present(later, roll_call_id=roll, marks=marks)
    sites.count_unknown(
        _act(places, "ana", happened_at=at + timedelta(minutes=20)),
        count_id=uuid7(),
        roll_call_id=roll,
        persons=2,
        words="Dos hermanos que llegaron tarde (ficticios).",
    )
    sites.end_roll_call(_act(places, "beto", happened_at=at + timedelta(minutes=25)), roll_call_id=roll)
    place = scopes.site(site)
    ended = queries.last_roll_call(place) if place else None
    found = ended.differences.filter(stay__isnull=False).order_by("id").first() if ended else None
    if found is not None:
        sites.explain_difference(_act(places, "beto"), difference_id=found.pk, explanation=Explanation.AT_WORK)


def _open_gate(places: Places, stays: list[UUID]) -> None:
    """Lunch, somebody who went to the market and is back, and a visitor who asks for a resident."""
    site, noon = places.site[SITE], clock.now() - timedelta(minutes=40)
    for at, stay in enumerate(stays[:EATING]):
        sites.pass_gate(
            _act(places, "otto", happened_at=noon + timedelta(minutes=at)),
            passage_id=uuid7(),
            site_id=site,
            stay_id=stay,
            way=Way.MEAL,
            meal=Meal.LUNCH,
        )
    for way, minutes in ((Way.OUT, 35), (Way.IN, 5)):
        moment = clock.now() - timedelta(minutes=minutes)
        passing = _act(places, "otto", happened_at=moment)
        sites.pass_gate(passing, passage_id=uuid7(), site_id=site, stay_id=stays[0], way=way)
    sites.announce_visit(
        _act(places, "otto"),
        visit_id=uuid7(),
        site_id=site,
        visitor_name="Rigoberto Paz (ficticio)",
        asked_for="doña Marta",
    )


def _begin_tonight(places: Places, stays: list[UUID]) -> None:
    """Begun and broken off: whoever opens it goes on."""
    roll = uuid7()
    sites.begin_roll_call(_act(places, "ana"), roll_call_id=roll, site_id=places.site[SITE])
    marks = [MarkIn(mark_id=uuid7(), stay_id=stay, here=True) for stay in stays[:6]]
    sites.mark_present(_act(places, "ana"), roll_call_id=roll, marks=marks)
