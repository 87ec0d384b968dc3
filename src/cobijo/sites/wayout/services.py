"""Recording a household's way out."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from cobijo.core import rows
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, Act, verb
from cobijo.sites.models import Site
from cobijo.sites.refusals import ACCEPTED_NOTHING, JUDGED_LATER
from cobijo.sites.wayout.models import WayOut
from cobijo.sites.wayout.types import Solution, WayOutIn


@verb(
    "sites.record_way_out",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Way out recorded"),
)
def record_way_out(act: Act, *, way_out_id: UUID, household_id: UUID, site_id: UUID, way_out: WayOutIn) -> WayOut:
    """Record what is known of a household's way out of a site. The earlier answers stay and count no more."""
    zone = ZoneInfo(Site.objects.get(pk=site_id).zone)
    if way_out.judged_on is not None and way_out.judged_on > act.happened_at.astimezone(zone).date():
        raise JUDGED_LATER.about("way_out.judged_on")
    if way_out.accepted is not None and way_out.solution is Solution.NONE:
        raise ACCEPTED_NOTHING.about("way_out.solution")
    return rows.add(
        WayOut(
            id=way_out_id,
            household_id=household_id,
            site_id=site_id,
            recorded_at=act.happened_at,
            house=way_out.house,
            judged_by=way_out.judged_by,
            judged_on=way_out.judged_on,
            tenure=way_out.tenure,
            intention=way_out.intention,
            solution=way_out.solution,
            accepted=way_out.accepted,
            papers=list(dict.fromkeys(way_out.papers)),
        )
    )
