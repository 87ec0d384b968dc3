"""Who came and who left a site between two moments. Figures: the caller has asked whether they may be seen."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, Sum

from cobijo.people.types import Precision
from cobijo.sites import occupancy
from cobijo.sites.models import Site, Stay
from cobijo.sites.types import OutReason
from cobijo.sites.unnamed.models import Unnamed


@dataclass(frozen=True, slots=True)
class Moved:
    """People at the first moment, who came since, who left by reason, people now: before + came = now + left.

    ``born``: how many of those who came were born in that time. ``ever``: everybody who was ever here up to the second
    moment, each once; people without a name as often as they came.
    """

    since: datetime
    until: datetime
    before: int
    came: int
    born: int
    left: Mapping[OutReason, int]
    now: int
    ever: int

    @property
    def gone(self) -> int:
        return sum(self.left.values())


def moved(site: Site, since: datetime, until: datetime) -> Moved:
    """What moved at a site after one moment, up to another; who came and left again is in both."""
    stays = Stay.objects.filter(site=site, disputed=False, voided_at=None)
    came = stays.filter(in_at__gt=since, in_at__lte=until)
    newborn = Q(
        person__birth_precision=Precision.DAY, person__birth_date__gte=since.astimezone(ZoneInfo(site.zone)).date()
    )
    counts = came.aggregate(all=Count("id"), born=Count("id", filter=newborn))
    reasons = stays.filter(out_at__gt=since, out_at__lte=until).order_by().values_list("out_reason")
    left = Counter({reason or OutReason.OTHER: people for reason, people in reasons.annotate(people=Count("id"))})
    more = 0
    for one in Unnamed.objects.filter(Q(in_at__gt=since) | Q(out_at__gt=since), site=site, voided_at=None):
        more += one.persons if since < one.in_at <= until else 0
        if one.out_at is not None and since < one.out_at <= until:
            left[one.out_reason or OutReason.OTHER] += one.persons
    return Moved(
        since=since,
        until=until,
        before=_there(site, since),
        came=counts["all"] + more,
        born=counts["born"],
        left={reason: left[reason] for reason in OutReason if left[reason]},
        now=_there(site, until),
        ever=_ever(site, until),
    )


def _there(site: Site, at: datetime) -> int:
    named = Stay.objects.filter(occupancy.counted_at(at), site=site).count()
    return named + sum(one.persons for one in occupancy.numbers(site.pk, at))


def _ever(site: Site, until: datetime) -> int:
    stays = Stay.objects.filter(site=site, in_at__lte=until, disputed=False, voided_at=None)
    numbers = Unnamed.objects.filter(site=site, in_at__lte=until, voided_at=None)
    unnamed: int = numbers.aggregate(people=Sum("persons", default=0))["people"]
    return stays.order_by().values("person").distinct().count() + unnamed
