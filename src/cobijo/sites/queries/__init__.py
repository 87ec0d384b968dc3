"""What sites is asked by pages and by other apps, each question in a constant number of queries.

Figures count everybody and are for whoever holds SEE_FIGURES at the site; people by name go through ``access``.
"""

from cobijo.sites.committees.queries import CommitteeLine, TurnLine, committees_at, rota_at
from cobijo.sites.committees.types import Working
from cobijo.sites.complaints.access import is_focal_point
from cobijo.sites.complaints.kinds import draw_number
from cobijo.sites.guests.queries import NightLine, PersonNights, is_open_at, person_nights
from cobijo.sites.guests.queries import standing as tallies
from cobijo.sites.occupancy import Node, Tree, counted_at, registered_here, sleeping
from cobijo.sites.premises.queries import Capacity, PremisesLine, capacity, premises_for
from cobijo.sites.queries.figures import by_sex_and_age
from cobijo.sites.queries.finding import resolve_site
from cobijo.sites.queries.lists import OpenSite, SiteLine, open_sites, sites_for, transfer_targets
from cobijo.sites.queries.lodged import open_stay_ids
from cobijo.sites.queries.moving import MemberLine, TransferLine, transfer_of, transfers_for, transfers_to_answer
from cobijo.sites.queries.overview import (
    FreePlaces,
    Happening,
    NeedCount,
    Places,
    SiteOverview,
    SpaceLine,
    newest_report,
    site_overview,
    space_tree,
    status_of,
)
from cobijo.sites.queries.rosters import (
    Absent,
    Occupant,
    Roster,
    RosterFilter,
    StayLine,
    death_of,
    erased_still_in,
    household_at,
    household_stays,
    occupants,
    out_without_hour,
    overdue,
    stays_of,
    whom_to_ask,
)
from cobijo.sites.queries.scopes import zone_for
from cobijo.sites.queries.things import (
    FacilityLine,
    bands_counted,
    cells_in_words,
    facilities_of,
    reports_of,
    responses_run_by,
    zone_of,
)
from cobijo.sites.rollcalls.queries import last_ended as last_roll_call
from cobijo.sites.rollcalls.queries import standing as called_rolls
from cobijo.sites.unnamed.queries import (
    NumberLine,
    number_for,
    number_to_end,
    numbers_by_household,
    unnamed_at,
    unnamed_of,
)
from cobijo.sites.wayout.queries import HomeLine, Outlook, homes_at, outlook, way_out_of, ways_out_said

__all__ = [
    "Absent",
    "Capacity",
    "CommitteeLine",
    "FacilityLine",
    "FreePlaces",
    "Happening",
    "HomeLine",
    "MemberLine",
    "NeedCount",
    "NightLine",
    "Node",
    "NumberLine",
    "Occupant",
    "OpenSite",
    "Outlook",
    "PersonNights",
    "Places",
    "PremisesLine",
    "Roster",
    "RosterFilter",
    "SiteLine",
    "SiteOverview",
    "SpaceLine",
    "StayLine",
    "TransferLine",
    "Tree",
    "TurnLine",
    "Working",
    "bands_counted",
    "by_sex_and_age",
    "called_rolls",
    "capacity",
    "cells_in_words",
    "committees_at",
    "counted_at",
    "death_of",
    "draw_number",
    "erased_still_in",
    "facilities_of",
    "homes_at",
    "household_at",
    "household_stays",
    "is_focal_point",
    "is_open_at",
    "last_roll_call",
    "newest_report",
    "number_for",
    "number_to_end",
    "numbers_by_household",
    "occupants",
    "open_sites",
    "open_stay_ids",
    "out_without_hour",
    "outlook",
    "overdue",
    "person_nights",
    "premises_for",
    "registered_here",
    "reports_of",
    "resolve_site",
    "responses_run_by",
    "rota_at",
    "site_overview",
    "sites_for",
    "sleeping",
    "space_tree",
    "status_of",
    "stays_of",
    "tallies",
    "transfer_of",
    "transfer_targets",
    "transfers_for",
    "transfers_to_answer",
    "unnamed_at",
    "unnamed_of",
    "way_out_of",
    "ways_out_said",
    "whom_to_ask",
    "zone_for",
    "zone_of",
]
