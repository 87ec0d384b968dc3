"""A round at Salón Municipal, a task, an incident, complaints. What nobody published of the real site is not known."""

from datetime import date, datetime, timedelta
from uuid import UUID

from cobijo.core import clock, operations
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Act, Door
from cobijo.demo.places import Places
from cobijo.sites import services as sites
from cobijo.sites.complaints.types import Channel, ComplaintIn
from cobijo.sites.incidents.types import FollowIn, IncidentIn, IncidentKind, Seriousness, Told
from cobijo.sites.queries import draw_number
from cobijo.sites.standards.types import AnswerIn, AnswerState, Phase, Regime, RoundIn
from cobijo.sites.upkeep.types import Checklist, ItemState, TaskIn

UNKNOWN = (
    "people_a_toilet", "people_a_shower", "people_a_tap", "living_space", "potable_water", "distance_to_toilet",
    "toilets_lit", "toilets_lock", "toilets_separate", "toilets_adapted", "ceiling", "meals_a_day", "complaint_channel",
    "referral_children", "fire_measures",
)  # fmt: skip
LIGHT = "Se fue la luz media hora al anochecer; se usaron linternas (hecho ficticio)."
DINNER = "Ayer la cena llegó tarde (queja ficticia)."
STAFF = "Me pidieron dinero para pasar antes en la fila (queja ficticia)."


def look(places: Places, day: date) -> None:
    """This afternoon at Salón Municipal: a visit of half an hour that found out little, and said so."""
    site, began = places.site["salon"], clock.now() - timedelta(hours=2)
    round_id = uuid7()
    opening = RoundIn(phase=Phase.LATER, regime=Regime.NIGHTS)
    sites.begin_round(_act(places, "ronda", began), round_id=round_id, site_id=site, opening=opening)
    answers = [AnswerIn(indicator=code, state=AnswerState.UNKNOWN) for code in UNKNOWN]
    half = began + timedelta(minutes=25)
    sites.answer_round(_act(places, "ronda", half), round_id=round_id, answers=answers)
    sites.end_round(_act(places, "ronda", half + timedelta(minutes=5)), round_id=round_id)
    _to_do(places, site, day)
    _complain(places, site)


def _act(places: Places, who: str, at: datetime | None = None) -> Act:
    return operations.act_of(places.workers[who], Door.DESK, happened_at=at or clock.now())


def _to_do(places: Places, site: UUID, day: date) -> None:
    """The toilets are to be counted; the light failed; three things of the list of closing are done."""
    count = TaskIn(
        what="Contar inodoros, duchas y chorros, y cuántos funcionan",
        indicator="people_a_toilet",
        owner_id=places.workers["ana"],
        due_on=day + timedelta(days=2),
    )
    sites.set_task(_act(places, "beto"), task_id=uuid7(), site_id=site, task=count)
    incident = uuid7()
    happened = IncidentIn(kind=IncidentKind.UTILITIES, seriousness=Seriousness.SERIOUS, facts=LIGHT)
    yesterday = clock.now() - timedelta(hours=20)
    sites.record_incident(_act(places, "ana", yesterday), incident_id=incident, site_id=site, incident=happened)
    follow = FollowIn(owner_id=places.workers["beto"], due_on=day + timedelta(days=1), told=[Told.MUNICIPALITY])
    sites.follow_incident(_act(places, "beto"), incident_id=incident, follow=follow)
    for item in ("why", "told"):
        sites.tick_item(
            _act(places, "beto"),
            tick_id=uuid7(),
            site_id=site,
            checklist=Checklist.CLOSING,
            item=item,
            state=ItemState.DONE,
        )


def _complain(places: Places, site: UUID) -> None:
    """One complaint for the site, and one about staff, which Diego reads and nobody there."""
    sites.name_focal_point(
        _act(places, "felix"), focal_point_id=uuid7(), unit_id=places.response, account_id=places.workers["diego"]
    )
    for kind, text in (("distribution", DINNER), ("favours", STAFF)):
        told = ComplaintIn(number=draw_number(), channel=Channel.BOX, kind=kind, text=text)
        sites.file_complaint(_act(places, "ana"), complaint_id=uuid7(), site_id=site, complaint=told)
