"""Counts of people by sex and age."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from cobijo.algorithms.ages import BAND_SETS, UNKNOWN, BandSet, cutoffs
from cobijo.core.drawing import BandCount
from cobijo.people.types import Sex
from cobijo.sites.models import Stay
from cobijo.sites.unnamed.models import Unnamed


def band_of_birth(bands: BandSet, night: date) -> Case:
    """The code of the age band on a night of the person of a stay, as an expression."""
    whens = [When(_born(after, by), then=Value(code)) for code, after, by in cutoffs(bands, night)]
    return Case(*whens, default=Value(UNKNOWN), output_field=CharField())


def _born(after: date, by: date) -> Q:
    """Born after a day and by another; the ends of the calendar are no conditions, but a birth must be known."""
    condition = Q(person__birth_date__isnull=False)
    if after != date.min:
        condition &= Q(person__birth_date__gt=after)
    if by != date.max:
        condition &= Q(person__birth_date__lte=by)
    return condition


def by_sex_and_age(
    stays: QuerySet[Stay], numbers: Iterable[Unnamed], band_set: str, night: date
) -> tuple[BandCount, ...]:
    """People of these stays and numbers by sex and age band on a night, youngest first, unknown age last."""
    bands = BAND_SETS[band_set]
    found = (
        stays.order_by()
        .annotate(band=band_of_birth(bands, night))
        .values_list("band", "person__sex")
        .annotate(people=Count("id"))
    )
    counts: Counter[tuple[str, str]] = Counter({(band, sex): people for band, sex, people in found})
    for number in numbers:
        counts[number.band, number.sex] += number.persons
    return tuple(_band(code, counts) for code in bands.codes())


def _band(code: str, counts: Mapping[tuple[str, str], int]) -> BandCount:
    female, male, other, unknown = (
        counts.get((code, sex), 0) for sex in (Sex.FEMALE, Sex.MALE, Sex.OTHER, Sex.UNKNOWN)
    )
    return BandCount(_("not known") if code == UNKNOWN else code, female, male, other, unknown)
