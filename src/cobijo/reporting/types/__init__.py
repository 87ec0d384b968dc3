"""What crosses this app's door: our own figures, and those from outside."""

from cobijo.reporting.types.census import (
    SEXES,
    Census,
    GroupSum,
    Json,
    Kind,
    Mark,
    NightCount,
    Part,
    Registered,
    Reported,
    Scope,
    ScopeKind,
    SexAge,
    SiteRow,
    hours_before,
)
from cobijo.reporting.types.published import APART, COUNTED, NotCompared, Published, PublishedIn, Quantity

__all__ = [
    "APART",
    "COUNTED",
    "SEXES",
    "Census",
    "GroupSum",
    "Json",
    "Kind",
    "Mark",
    "NightCount",
    "NotCompared",
    "Part",
    "Published",
    "PublishedIn",
    "Quantity",
    "Registered",
    "Reported",
    "Scope",
    "ScopeKind",
    "SexAge",
    "SiteRow",
    "hours_before",
]
