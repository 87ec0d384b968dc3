"""Counting people without a name, giving one of them a name, and their leaving."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.algorithms.ages import BAND_SETS
from cobijo.core import rows
from cobijo.core.context import current, flag, is_late
from cobijo.core.ids import uuid7
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, DECISION, FACT, FREE, PLAIN, Act, verb
from cobijo.people import services as people
from cobijo.people.queries.who import people_by_id
from cobijo.people.types import Line, MemberIn
from cobijo.sites.models import Site, Stay, TransferMember
from cobijo.sites.refusals import ALL_NAMED, ALREADY_OUT, DEATH_BY_DOCUMENT, MORE_THAN_COUNTED, TWICE, UNKNOWN_BAND
from cobijo.sites.rules import coming, crowding, expecting
from cobijo.sites.types import CheckInOf, Flag, OutReason
from cobijo.sites.unnamed import moving
from cobijo.sites.unnamed.models import Unnamed
from cobijo.sites.unnamed.types import UnnamedIn

Numbers = Annotated[list[UnnamedIn], Field(min_length=1, max_length=30)]


@verb(
    "sites.count_unnamed",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("People without a name counted"),
)
def count_unnamed(act: Act, *, household_id: UUID, site_id: UUID, unnamed: Numbers) -> Unnamed:
    """Record people of a household who came in and whose names are not known yet. Gives the first number."""
    site = coming.lock_site(site_id)
    coming.check_open(site, act.happened_at)
    written = write(act, site, household_id, unnamed)
    crowding.flag_crowding(site, [], {}, coming.day_at(site, act.happened_at))
    return written[0]


def write(act: Act, site: Site, household_id: UUID, unnamed: Sequence[UnnamedIn]) -> list[Unnamed]:
    """Write these numbers for a site that is locked and open."""
    if len({one.unnamed_id for one in unnamed}) < len(unnamed):
        raise TWICE.about("unnamed")
    known = BAND_SETS[site.response.band_set].codes()
    for at, one in enumerate(unnamed):
        if one.band not in known:
            raise UNKNOWN_BAND.about(f"unnamed.{at}.band", band=one.band, bands=", ".join(known))
    usable = coming.spaces_in_use(site, [one.space_id for one in unnamed])
    written = [
        Unnamed(
            id=one.unnamed_id,
            household_id=household_id,
            site=site,
            space_id=one.space_id if one.space_id in usable else None,
            sex=one.sex,
            band=one.band,
            persons=one.persons,
            in_at=act.happened_at,
        )
        for one in unnamed
    ]
    rows.add(*written)
    return written


@verb(
    "sites.name_member",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Name given to somebody counted"),
)
def name_member(act: Act, *, unnamed_id: UUID, stay_id: UUID, member: MemberIn) -> Stay:
    """Register one of these people by name. Their stay begins when they came, so that no night's total changes."""
    counted = _locked(unnamed_id)
    if counted.out_at is not None:
        raise ALREADY_OUT()
    if counted.voided_at is not None:
        if not is_late():
            raise ALL_NAMED()
        flag(Flag.MORE_NAMED, unnamed=unnamed_id)
    people.add_member(act, household_id=counted.household_id, unit_id=counted.site_id, member=member)
    _lower(counted, 1)
    arrival = CheckInOf(person_id=member.person_id, stay_id=stay_id, space_id=counted.space_id)
    who = people_by_id([member.person_id])
    stay = coming.admit(act, counted.site, [arrival], who, begun=counted.in_at)[0]
    _go_along(act, counted, stay)
    return stay


def _go_along(act: Act, counted: Unnamed, stay: Stay) -> None:
    """Who was a number of a transfer moves with it by name."""
    transfer = moving.under_way(counted)
    if transfer is not None:
        rows.add(TransferMember(id=uuid7(), transfer=transfer, from_stay=stay))
        expecting.expect(transfer.to_site, [stay.person_id], act.happened_at, transfer.travels_on)


@verb(
    "sites.check_out_unnamed",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"persons": PLAIN, "reason": FREE, "destination": FREE},
    says=_("People without a name checked out"),
)
def check_out_unnamed(
    act: Act,
    *,
    unnamed_id: UUID,
    persons: Annotated[int, Field(ge=1, le=60)],
    reason: OutReason,
    destination: Line = "",
) -> Unnamed:
    """Record that so many of these people left. Gives the row of those who left.

    Where they went is kept in the sealed journal only: no row says it of people nobody has named.
    """
    if reason is OutReason.DECEASED:
        raise DEATH_BY_DOCUMENT.about("reason")
    counted = _locked(unnamed_id)
    if counted.out_at is not None or counted.voided_at is not None:
        raise ALREADY_OUT()
    if persons > counted.persons and not is_late():
        raise MORE_THAN_COUNTED.about("persons", persons=counted.persons)
    out_at = max(act.happened_at, counted.in_at)
    if persons >= counted.persons:
        return rows.change(counted, out_at=out_at, out_reason=reason)
    rows.change(counted, persons=counted.persons - persons)
    left = Unnamed(
        id=uuid7(),
        household_id=counted.household_id,
        site=counted.site,
        space_id=counted.space_id,
        sex=counted.sex,
        band=counted.band,
        persons=persons,
        in_at=counted.in_at,
        out_at=out_at,
        out_reason=reason,
    )
    rows.add(left)
    return left


@verb(
    "sites.void_unnamed",
    kind=DECISION,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Number of people without a name taken back"),
)
def void_unnamed(act: Act, *, unnamed_id: UUID) -> Unnamed:
    """Take back a number that was entered in error: it counts on no night any more."""
    counted = _locked(unnamed_id)
    if counted.voided_at is not None:
        raise ALL_NAMED()
    return rows.change(counted, voided_at=current().recorded_at)


def _locked(unnamed_id: UUID) -> Unnamed:
    """One number with its site, both locked: whoever counts the site's people waits."""
    site_id = Unnamed.objects.values_list("site_id", flat=True).get(pk=unnamed_id)
    site = coming.lock_site(site_id)
    counted = Unnamed.objects.select_for_update(of=("self",), no_key=True).get(pk=unnamed_id)
    counted.site = site
    return counted


def _lower(counted: Unnamed, persons: int) -> None:
    if counted.voided_at is not None:
        return
    if counted.persons <= persons:
        rows.change(counted, voided_at=current().recorded_at)
    else:
        rows.change(counted, persons=counted.persons - persons)
