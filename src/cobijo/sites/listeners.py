"""What this app hears of after it is committed."""

from cobijo.core import events
from cobijo.sites.complaints import telling
from cobijo.sites.rules import alerts

events.subscribe(
    "sites.children",
    {"sites.check_out", "sites.propose_transfer"},
    alerts.tell_held,
    kinds=frozenset({"held"}),
)
events.subscribe("sites.focal_points", {"sites.file_complaint"}, telling.tell_focal_points)
