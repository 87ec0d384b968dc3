"""The answers of a way out, and what its verb takes."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pydantic import Field

from cobijo.core.personal import Declared
from cobijo.people.types import Line


class House(models.TextChoices):
    """What became of the house they lived in."""

    DESTROYED = "destroyed", _("destroyed")
    DAMAGED = "damaged", _("damaged")
    DANGER = "danger", _("in a danger zone")
    UNTOUCHED = "untouched", _("untouched")
    UNKNOWN = "unknown", _("not known")


class Tenure(models.TextChoices):
    """By what right they lived there."""

    OWNED_WITH_DEED = "deed", _("their own, with a deed")
    OWNED_WITHOUT_PAPER = "no_paper", _("their own, without papers")
    RENTED = "rented", pgettext_lazy("tenure", "rented")
    LENT = "lent", _("lent")
    OTHER = "other", _("other")
    UNKNOWN = "unknown", _("not known")


class Intention(models.TextChoices):
    """What they want to do in the next three months, as they say."""

    RETURN = "return", _("return home")
    RELOCATE = "relocate", _("be relocated")
    RENT = "rent", _("rent")
    FAMILY = "family", _("live with family")
    ELSEWHERE = "elsewhere", _("another place")
    UNKNOWN = "unknown", _("they do not know yet")


class Solution(models.TextChoices):
    """What was offered to them."""

    NONE = "none", _("nothing yet")
    TRANSITIONAL = "transitional", _("transitional unit (ATU)")
    HOUSE = "house", _("permanent house")
    REPAIR = "repair", _("repair of their house")
    RENT_AID = "rent_aid", _("help with the rent")
    HOSTED = "hosted", _("with family, supported")
    RETURN = "return", _("safe return home")
    OTHER_SITE = "other_site", _("another shelter")
    OTHER = "other", _("other")


class Papers(models.TextChoices):
    """Papers a household needs before it can leave."""

    IDENTITY = "identity", _("identity documents")
    BIRTH = "birth", _("birth certificates")
    DEED = "deed", _("deed or proof of tenure")
    CENSUS = "census", _("place on the list of the affected")
    SCHOOL = "school", _("school papers")
    OTHER = "other", _("other papers")


@dataclass(frozen=True, kw_only=True)
class WayOutIn:
    """What is known of a household's way out. ``accepted`` None: not answered yet."""

    house: House = House.UNKNOWN
    judged_by: Line = ""
    judged_on: date | None = None
    tenure: Tenure = Tenure.UNKNOWN
    intention: Intention = Intention.UNKNOWN
    solution: Solution = Solution.NONE
    accepted: bool | None = None
    papers: Annotated[list[Papers], Field(max_length=6)] = field(default_factory=list)

    declared: ClassVar = Declared(
        plain=("house", "judged_by", "judged_on", "tenure", "intention", "solution", "accepted", "papers")
    )
