"""What a count of facilities must hold, whoever brings it."""

from uuid import UUID

from cobijo.core import rows
from cobijo.sites.models import Facility
from cobijo.sites.refusals import MORE_WORKING
from cobijo.sites.types import FacilityIn


def write(facility_id: UUID, site_id: UUID, facility: FacilityIn, field: str = "facility") -> Facility:
    """Write a count of toilets, showers or taps down; ``field`` is where a refusal points."""
    if facility.working is not None and facility.working > facility.count:
        raise MORE_WORKING.about(f"{field}.working")
    return rows.add(
        Facility(
            id=facility_id,
            site_id=site_id,
            kind=facility.kind,
            for_whom=facility.for_whom,
            count=facility.count,
            working=facility.working,
            counted_on=facility.counted_on,
        )
    )
