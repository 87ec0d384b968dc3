"""What crosses this room's door: pairs as a machine finds and a person judges them, and what a merge is."""

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pydantic import Field

from cobijo.core.personal import Category, Declared

MOST: Final = 500
"""Pairs of one act of a night's job."""
MOST_JUDGED: Final = 50
"""Verdicts of one act: some screens of the queue."""


class FoundBy(models.TextChoices):
    """What brought two records together."""

    JOB = "job", pgettext_lazy("found by", "the nightly search")
    DESK = "desk", pgettext_lazy("found by", "somebody at a desk")
    LIST = "list", pgettext_lazy("found by", "a list that was entered")


class PairState(models.TextChoices):
    """What was said of a pair."""

    OPEN = "open", pgettext_lazy("pair", "to be looked at")
    UNSURE = "unsure", pgettext_lazy("pair", "unsure")
    DIFFERENT = "different", pgettext_lazy("pair", "two people")
    SAME = "same", pgettext_lazy("pair", "one person")


class Verdict(models.TextChoices):
    """What somebody says of a pair without merging it."""

    DIFFERENT = "different", _("They are two people")
    UNSURE = "unsure", _("I am not sure")


class MergeState(models.TextChoices):
    """What became of a merge."""

    ASKED = "asked", pgettext_lazy("merge", "waits for a second person")
    DONE = "done", pgettext_lazy("merge", "made one")
    UNDONE = "undone", pgettext_lazy("merge", "taken back")
    REFUSED = "refused", pgettext_lazy("merge", "refused")


class Contradiction(models.TextChoices):
    """Why two people decide about a merge."""

    DOCUMENT = "people.document", _("Both have a document of one kind and country, with two different numbers.")
    CAREGIVER = "people.caregiver", _("One of them answered for the other as caregiver.")


class Conflict(models.TextChoices):
    """What a merge settles by a rule, said before."""

    HOUSEHOLDS = (
        "people.households",
        _("They belong to two households. The person stays in that of the record that is kept and leaves the other."),
    )
    NO_HEAD = "people.no_head", _("The household that is left loses its head. Choose another one there.")
    CARDS = (
        "people.cards",
        _("Both have a card. The card of the record that is kept counts; the other says that it was replaced."),
    )
    PHOTOS = "people.photos", _("Both have a photo. That of the record that is kept is shown.")
    CONSENT = "people.consent", _("They answered differently about the use of their data. The newest answer counts.")
    PROTECTED = (
        "people.protected",
        _("One of the records is protected, so the person is from now on. Only colleagues named for it see them."),
    )
    NAMED = (
        "people.named",
        _("Both records are protected. Only colleagues who are named for both see the person from now on."),
    )


@dataclass(slots=True)
class Outlook:
    """What a merge would do: rows that go over to the record that is kept, by what they are called, conflicts that are
    settled by a rule, contradictions that a second person decides on."""

    moves: dict[str, int] = field(default_factory=dict)
    conflicts: list[models.TextChoices] = field(default_factory=list)
    contradictions: list[Contradiction] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class EvidenceIn:
    """What one compared field says: the field, its level as ``linkage`` names it, tenths of a bit for (or against)."""

    field: Annotated[str, Field(max_length=16)]
    level: Annotated[str, Field(max_length=40)]
    decibits: Annotated[int, Field(ge=-999, le=999)]


@dataclass(frozen=True, kw_only=True)
class PairIn:
    """Two records that may be one person's. ``probability`` is per mille."""

    pair_id: UUID
    first_id: UUID
    second_id: UUID
    probability: Annotated[int, Field(ge=0, le=1000)]
    evidence: Annotated[list[EvidenceIn], Field(max_length=24)] = field(default_factory=list)

    declared: ClassVar = Declared(by={Category.IDENTITY: ("probability", "evidence")})


@dataclass(frozen=True, kw_only=True)
class JudgedIn:
    """What somebody says of two records. ``pair_id``: the id their pair takes if nothing had found them yet."""

    pair_id: UUID
    first_id: UUID
    second_id: UUID
    verdict: Verdict

    declared: ClassVar = Declared(by={Category.IDENTITY: ("verdict",)})
