"""Which stays of one person cannot both be so."""

from datetime import datetime

from django.db.models import QuerySet

from cobijo.sites.models import Stay


def in_conflict(stay: Stay, out_at: datetime | None = None) -> QuerySet[Stay]:
    """The undisputed stays of the same person that share time with this one (until ``out_at`` where it is given)."""
    others = Stay.objects.filter(person=stay.person_id, disputed=False, voided_at=None, in_at__isnull=False)
    until = out_at or stay.out_at
    if until is not None:
        others = others.filter(in_at__lt=until)
    return others.exclude(pk=stay.pk).exclude(out_at__lte=stay.in_at)
