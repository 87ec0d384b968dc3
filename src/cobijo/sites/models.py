"""Responses, sites and their spaces, stays as dated rows, transfers, head-counts."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cobijo.core.ids import uuid7
from cobijo.core.personal import Category, Declared, OnErasure
from cobijo.sites.committees.models import Committee, Turn  # noqa: F401 - tables of this app
from cobijo.sites.complaints.models import Complaint, FocalPoint  # noqa: F401 - likewise
from cobijo.sites.gate.models import Passage, Visit  # noqa: F401 - likewise
from cobijo.sites.guests.models import GuestCell, GuestTally  # noqa: F401 - likewise
from cobijo.sites.incidents.models import Incident, Involved  # noqa: F401 - likewise
from cobijo.sites.premises.models import Ground, SiteAct  # noqa: F401 - likewise
from cobijo.sites.rollcalls.models import Difference, Mark, NamelessCount, RollCall  # noqa: F401 - likewise
from cobijo.sites.standards.models import Answer, NormChoice, Round, ServiceAnswer  # noqa: F401 - likewise
from cobijo.sites.types import (
    FacilityFor,
    FacilityKind,
    Method,
    OutReason,
    ReportKind,
    SiteKind,
    SiteStatus,
    SpaceKind,
    StayState,
    TransferState,
    TransferWhy,
    UseRule,
)
from cobijo.sites.unnamed.models import TransferNumber, Unnamed  # noqa: F401 - tables of this app
from cobijo.sites.upkeep.models import Task, Tick  # noqa: F401 - likewise
from cobijo.sites.wayout.models import WayOut  # noqa: F401 - likewise


class Response(models.Model):
    """A response to a disaster or a movement; shares its Unit's id and names who answers for the data.

    ``export_alone``: the most people on a list by name that one person takes without a second one's yes.
    """

    unit = models.OneToOneField("accounts.Unit", on_delete=models.PROTECT, primary_key=True)
    country = models.CharField(max_length=2)
    zone = models.CharField(max_length=40)
    started_on = models.DateField()
    closed_on = models.DateField(null=True)
    controller = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT)
    at_closing = models.CharField(max_length=480, default="", blank=True)
    band_set = models.CharField(max_length=24, default="default")
    days_known_after_leaving = models.PositiveSmallIntegerField(default=7)
    days_carried = models.PositiveSmallIntegerField(default=7)
    export_alone = models.PositiveSmallIntegerField(default=20)

    declared: ClassVar = Declared(
        plain=(
            "country", "zone", "started_on", "closed_on", "at_closing", "band_set", "days_known_after_leaving",
            "days_carried", "export_alone",
        )
    )  # fmt: skip

    def __str__(self) -> str:
        return self.unit.name


class Site(models.Model):
    """A place that shelters people; shares its Unit's id, whose name is the site's.

    ``opens_at`` and ``closes_at``, on its own clock, are those of a night shelter; any other site is open all day.
    """

    unit = models.OneToOneField("accounts.Unit", on_delete=models.PROTECT, primary_key=True)
    response = models.ForeignKey("sites.Response", on_delete=models.PROTECT, related_name="sites")
    number = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=16, choices=SiteKind.choices)
    official = models.BooleanField(null=True)
    area = models.ForeignKey("core.Area", on_delete=models.PROTECT, null=True)
    place = models.CharField(max_length=240, default="", blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    zone = models.CharField(max_length=40)
    give_back_on = models.DateField(null=True)
    opens_at = models.TimeField(null=True)
    closes_at = models.TimeField(null=True)
    door_words = models.JSONField(default=dict)
    inferred = models.BooleanField(default=False)

    declared: ClassVar = Declared(
        plain=(
            "number", "kind", "official", "place", "latitude", "longitude", "zone", "give_back_on", "opens_at",
            "closes_at", "door_words", "inferred",
        )
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at=None, closes_at=None) | Q(opens_at__isnull=False, closes_at__isnull=False),
                name="site_hours_are_both",
            )
        ]

    def __str__(self) -> str:
        return self.unit.name

    @property
    def code(self) -> str:
        """The short code of the site (``S014``)."""
        return f"S{self.number:03d}"


class SiteAlias(models.Model):
    """Another name a site goes by, as written and folded."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="aliases")
    name = models.CharField(max_length=160)
    folded = models.CharField(max_length=160, db_index=True)

    declared: ClassVar = Declared(plain=("name", "folded"))


class SiteGroup(models.Model):
    """A named set of sites that somebody publishes a figure of ("ATU (all)").

    ``complete`` if no other site belongs to it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    response = models.ForeignKey("sites.Response", on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(max_length=160)
    sites = models.ManyToManyField("sites.Site", related_name="groups")
    complete = models.BooleanField(default=False)

    declared: ClassVar = Declared(plain=("name", "complete"))


class StatusChange(models.Model):
    """A site's status from a moment on."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="statuses")
    status = models.CharField(max_length=8, choices=SiteStatus.choices)
    at = models.DateTimeField()
    why = models.CharField(max_length=240, default="", blank=True)

    declared: ClassVar = Declared(plain=("status", "at", "why"))

    class Meta:
        indexes = [models.Index(fields=["site", "at"], name="status_at")]


class Space(models.Model):
    """A building, room, tent, module or bed. Capacity and area None: unknown, never invented."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="spaces")
    parent = models.ForeignKey("sites.Space", on_delete=models.PROTECT, null=True, related_name="children")
    kind = models.CharField(max_length=8, choices=SpaceKind.choices)
    name = models.CharField(max_length=80)
    capacity = models.PositiveIntegerField(null=True)
    capacity_assumed = models.BooleanField(default=False)
    area_dm2 = models.PositiveIntegerField(null=True)
    use_rule = models.CharField(max_length=16, choices=UseRule.choices, default=UseRule.ANYONE)
    accessible = models.BooleanField(null=True)
    place_in_list = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        plain=(
            "kind", "name", "capacity", "capacity_assumed", "area_dm2", "use_rule", "accessible", "place_in_list",
            "closed_at",
        )
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], condition=Q(closed_at=None), name="one_space_a_name"),
            models.UniqueConstraint(
                fields=["site", "name"], condition=Q(parent=None, closed_at=None), name="one_top_space_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Facility(models.Model):
    """Toilets, showers, taps as counted on a day; ``working`` None: not looked at."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="facilities")
    kind = models.CharField(max_length=8, choices=FacilityKind.choices)
    for_whom = models.CharField(max_length=8, choices=FacilityFor.choices, default=FacilityFor.ALL)
    count = models.PositiveIntegerField()
    working = models.PositiveIntegerField(null=True)
    counted_on = models.DateField()
    voided_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(plain=("kind", "for_whom", "count", "working", "counted_on", "voided_at"))


class Stay(models.Model):
    """A person at a site from one moment to another.

    Open while ``in`` or ``away``; a person has one open undisputed stay (the database keeps that). A second one enters
    ``disputed`` and is not counted until somebody who may see both settles it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="stays")
    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, null=True, related_name="stays")
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="stays")
    space = models.ForeignKey("sites.Space", on_delete=models.PROTECT, null=True, related_name="stays")
    state = models.CharField(max_length=8, choices=StayState.choices)
    planned_for = models.DateField(null=True)
    in_at = models.DateTimeField(null=True)
    out_at = models.DateTimeField(null=True)
    expected_back = models.DateTimeField(null=True)
    out_reason = models.CharField(max_length=12, choices=OutReason.choices, default="", blank=True)
    destination = models.CharField(max_length=240, default="", blank=True)
    disputed = models.BooleanField(default=False)
    voided_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="person_id",
        by={
            Category.LOCATION: (
                "state", "planned_for", "in_at", "out_at", "expected_back", "out_reason", "destination", "disputed",
            )
        },
        plain=("voided_at",),
        on_erasure=OnErasure.UNLINK,
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=["in", "away"], disputed=False, voided_at=None),
                name="one_open_stay",
            ),
            models.CheckConstraint(
                condition=Q(out_at=None) | Q(in_at=None) | Q(out_at__gte=F("in_at")), name="stay_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state="planned", in_at=None)
                | Q(state__in=["in", "away"], in_at__isnull=False, out_at=None)
                | Q(state="out", out_at__isnull=False),
                name="stay_state_has_its_times",
            ),
        ]
        indexes = [
            models.Index(fields=["site", "in_at", "out_at"], name="stay_site_times"),
            models.Index(fields=["site", "out_at"], name="stay_site_out"),
            models.Index(fields=["person", "in_at"], name="stay_person"),
            # The census of a night reads stays from this index alone.
            models.Index(
                fields=["site", "in_at", "out_at", "person", "household"],
                condition=Q(disputed=False, voided_at=None),
                name="stay_census",
            ),
        ]


class Absence(models.Model):
    """A temporary absence within a stay. Overdue: past ``expected_back`` and not returned."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    stay = models.ForeignKey("sites.Stay", on_delete=models.PROTECT, related_name="absences")
    left_at = models.DateTimeField()
    expected_back = models.DateTimeField(null=True)
    back_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="stay__person_id", by={Category.LOCATION: ("left_at", "expected_back", "back_at")}
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stay"], condition=Q(back_at=None), name="one_open_absence")]


class Transfer(models.Model):
    """People of one household moving from a site to another: proposed by one, accepted by the other."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    from_site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="transfers_out")
    to_site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="transfers_in")
    state = models.CharField(max_length=10, choices=TransferState.choices, default=TransferState.PROPOSED)
    proposed_at = models.DateTimeField()
    travels_on = models.DateField()
    settled_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=24, choices=TransferWhy.choices, default="", blank=True)

    declared: ClassVar = Declared(plain=("state", "proposed_at", "travels_on", "settled_at", "why"))

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(from_site=F("to_site")), name="transfer_goes_elsewhere")]


class TransferMember(models.Model):
    """A stay that a transfer ends, and the stay it begins."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    transfer = models.ForeignKey("sites.Transfer", on_delete=models.PROTECT, related_name="members")
    from_stay = models.ForeignKey("sites.Stay", on_delete=models.PROTECT, related_name="+")
    to_stay = models.ForeignKey("sites.Stay", on_delete=models.PROTECT, null=True, related_name="+")

    declared: ClassVar = Declared(
        subject="from_stay__person_id", on_erasure=OnErasure.UNLINK, not_copied="joins two stays, which are copied"
    )


class Death(models.Model):
    """A death as a document of the authority states it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="death")
    died_on = models.DateField()
    authority = models.CharField(max_length=160)
    document = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    declared: ClassVar = Declared(
        subject="person_id",
        by={Category.PROTECTION: ("died_on", "authority", "document")},
        plain=("recorded_at",),
    )


class AuthorityAct(models.Model):
    """The recorded act of a competent authority by which a child leaves without their own caregiver (TRUST.md)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    stay = models.OneToOneField("sites.Stay", on_delete=models.PROTECT, related_name="authority_act")
    authority = models.CharField(max_length=120)
    number = models.CharField(max_length=80)
    official = models.CharField(max_length=120)
    receiving_adult = models.CharField(max_length=120)
    receiving_kinship = models.CharField(max_length=80)
    receiving_document = models.CharField(max_length=80)
    childs_view = models.CharField(max_length=480, default="", blank=True)

    declared: ClassVar = Declared(
        subject="stay__person_id",
        by={
            Category.PROTECTION: (
                "authority", "number", "official", "receiving_adult", "receiving_kinship", "receiving_document",
                "childs_view",
            )
        },
    )  # fmt: skip


class SiteReport(models.Model):
    """A site's own head-count, without names: who said it, when, by what method. The newest of a night counts.

    ``number`` counts the reports of a site. A site silent on a night is carried forward from its newest report for as
    many days as its response says, unless that was the final one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="reports")
    night = models.DateField()
    observed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    informant_post = models.CharField(max_length=80, default="", blank=True)
    method = models.CharField(max_length=12, choices=Method.choices)
    persons = models.PositiveIntegerField()
    households = models.PositiveIntegerField(null=True)
    as_said = models.CharField(max_length=240, default="", blank=True)
    number = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=8, choices=ReportKind.choices, default=ReportKind.PROGRESS)
    split = models.BooleanField(default=False)
    persons_ever = models.PositiveIntegerField(null=True)
    households_ever = models.PositiveIntegerField(null=True)
    served_elsewhere = models.PositiveIntegerField(null=True)
    origin = models.CharField(max_length=240, default="", blank=True)
    urgent = models.JSONField(default=list)
    voided_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        plain=(
            "night", "observed_at", "received_at", "informant_post", "method", "persons", "households", "as_said",
            "number", "kind", "split", "persons_ever", "households_ever", "served_elsewhere", "origin", "urgent",
            "voided_at",
        )
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["site", "night", "observed_at"], name="report_of_night")]


class SiteReportCell(models.Model):
    """People of one sex and age band in a site report."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    report = models.ForeignKey("sites.SiteReport", on_delete=models.CASCADE, related_name="cells")
    sex = models.CharField(max_length=8)
    band = models.CharField(max_length=16)
    persons = models.PositiveIntegerField()

    declared: ClassVar = Declared(plain=("sex", "band", "persons"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "sex", "band"], name="one_cell")]
