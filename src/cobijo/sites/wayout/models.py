"""Ways out, as dated rows."""

from typing import ClassVar

from django.db import models

from cobijo.core.ids import uuid7
from cobijo.core.personal import Declared
from cobijo.sites.wayout.types import House, Intention, Papers, Solution, Tenure


class WayOut(models.Model):
    """A household's way out as known on a day; the newest is what counts, the earlier ones tell how it came to it.

    ``judged_by``: the post of whoever judged the house, with the day. ``accepted`` None: not answered yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="ways_out")
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="ways_out")
    house = models.CharField(max_length=12, choices=House.choices, default=House.UNKNOWN)
    judged_by = models.CharField(max_length=240, default="", blank=True)
    judged_on = models.DateField(null=True)
    tenure = models.CharField(max_length=12, choices=Tenure.choices, default=Tenure.UNKNOWN)
    intention = models.CharField(max_length=12, choices=Intention.choices, default=Intention.UNKNOWN)
    solution = models.CharField(max_length=12, choices=Solution.choices, default=Solution.NONE)
    accepted = models.BooleanField(null=True)
    papers = models.JSONField(default=list)
    recorded_at = models.DateTimeField()

    declared: ClassVar = Declared(
        plain=(
            "house", "judged_by", "judged_on", "tenure", "intention", "solution", "accepted", "papers", "recorded_at",
        )
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["household", "recorded_at"], name="way_out_newest")]

    @property
    def papers_words(self) -> str:
        """The papers they need, in words."""
        return ", ".join(str(Papers(one).label) for one in self.papers)

    @property
    def settled(self) -> bool:
        """Whether there is a way out: something was offered and they took it."""
        return self.solution != Solution.NONE and self.accepted is True
