"""What crosses the gate's door: ways, meals, states of a visit."""

from datetime import time, timedelta
from typing import Annotated, Final

from django.db import models
from django.utils.translation import pgettext_lazy
from pydantic import Field


class Way(models.TextChoices):
    """What a passage is."""

    OUT = "out", pgettext_lazy("passage", "out")
    IN = "in", pgettext_lazy("passage", "in")
    MEAL = "meal", pgettext_lazy("passage", "meal")


class Meal(models.TextChoices):
    """Which meal was taken."""

    BREAKFAST = "breakfast", pgettext_lazy("meal", "breakfast")
    LUNCH = "lunch", pgettext_lazy("meal", "lunch")
    DINNER = "dinner", pgettext_lazy("meal", "dinner")


class VisitState(models.TextChoices):
    """What became of a visit. The gate is shown none of them."""

    WAITING = "waiting", pgettext_lazy("visit", "waiting outside")
    TOLD = "told", pgettext_lazy("visit", "the resident was told")
    CAME = "came", pgettext_lazy("visit", "the resident came")
    DECLINED = "declined", pgettext_lazy("visit", "the resident does not come")
    LEFT = "left", pgettext_lazy("visit", "the visitor left")


SETTLED: Final = (VisitState.CAME, VisitState.DECLINED, VisitState.LEFT)

UNDONE_WITHIN: Final = timedelta(minutes=10)
"""So long a passage is taken back by whoever recorded it."""
TOGETHER: Final = timedelta(minutes=5)
"""An adult of the household who goes out within so long goes with the child."""
VISITS_KEPT: Final = timedelta(days=7)

MEALS_END: Final = ((Meal.BREAKFAST, time(10, 30)), (Meal.LUNCH, time(16)), (Meal.DINNER, time(23, 59, 59)))
"""Until which hour of a site's clock a meal is taken to be which, where nobody chooses."""

Asked = Annotated[str, Field(min_length=1, max_length=160)]
"""A name as a visitor says it."""
