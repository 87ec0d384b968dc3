"""Days of accounts and grants as pages say them."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from cobijo.accounts.deskforms import last_day as _last_day

register = template.Library()


@register.filter
def last_day(ends_at: datetime | None) -> date | None:
    """The last whole day before an end, in the zone in force."""
    return _last_day(ends_at)


@register.filter
def day_of(moment: datetime | None) -> date | None:
    """The day of a moment, in the zone in force."""
    return timezone.localdate(moment) if moment else None
