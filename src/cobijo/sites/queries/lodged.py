"""Who has a place at a site, for apps above whose own rules speak of people there."""

from collections.abc import Collection
from uuid import UUID

from cobijo.sites.models import Stay
from cobijo.sites.types import OPEN


def open_stay_ids(site_id: UUID, people: Collection[UUID]) -> dict[UUID, UUID]:
    """The open undisputed stays of these people at a site, by person. Asked by rules, not by a reader."""
    found = Stay.objects.filter(site=site_id, person__in=people, state__in=OPEN, disputed=False, voided_at=None)
    return dict(found.order_by("pk").values_list("person_id", "pk"))
