"""The sites that a row of a list can mean, read once: by code, by name or alias, and those near to a misspelt one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.algorithms.text import fold
from cobijo.sites.models import Site, SiteAlias, SiteReport
from cobijo.sites.queries import scopes
from cobijo.sites.services.headcounts import bands_of
from cobijo.sites.types import ReportKind

OFFERED: Final = 3
NEAR: Final = 0.6
"""The likeness from which another name is offered, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Known:
    """A site as rows are read with it. ``final``: the number of its final report and what that was of, if there is one.

    ``moments``: of when it has reports already.
    """

    id: UUID
    name: str
    zone: ZoneInfo
    bands: frozenset[str]
    final: tuple[int, datetime] | None
    moments: frozenset[datetime]


@dataclass(frozen=True, slots=True)
class Places:
    """The sites of a unit where the actor reports. ``alone``: the only one, where the list was handed in for it."""

    sites: Mapping[UUID, Known]
    codes: Mapping[int, UUID]
    aliases: Mapping[str, frozenset[UUID]]
    zone: ZoneInfo
    alone: UUID | None = None

    def called(self, text: str) -> frozenset[UUID]:
        """The sites of that code, that name, or with all these words in one of their names."""
        words = fold(text)
        if not words:
            return frozenset()
        number = words[1:] if words[:1] == "s" else ""
        if number.isdigit() and int(number) in self.codes:
            return frozenset({self.codes[int(number)]})
        exact = self.aliases.get(words)
        if exact:
            return exact
        parts = words.split()
        held = [sites for name, sites in self.aliases.items() if all(part in name for part in parts)]
        return frozenset().union(*held)

    def near(self, text: str) -> str:
        """The names most like a text, the nearest first, for a sentence; empty where none is near."""
        words = fold(text)
        likeness = sorted(((SequenceMatcher(None, words, name).ratio(), name) for name in self.aliases), reverse=True)
        found = dict.fromkeys(site for share, name in likeness if share >= NEAR for site in sorted(self.aliases[name]))
        return ", ".join(self.sites[site].name for site in list(found)[:OFFERED])

    def names(self, sites: frozenset[UUID]) -> str:
        """The names of some of them, for a sentence."""
        return ", ".join(sorted(self.sites[site].name for site in sites)[: 2 * OFFERED])


def zone_of_unit(unit: UUID) -> ZoneInfo:
    """The clock of a site, or of the response a unit belongs to."""
    site = scopes.site(unit)
    if site is not None:
        return ZoneInfo(site.zone)
    above = scopes.response_above(unit)
    return ZoneInfo(above[0].zone if above else "UTC")


def places_of(actor: UUID, unit: UUID) -> Places:
    """The sites of a unit where an actor reports head-counts; three queries."""
    mine = scopes.below(unit).filter(unit__in=authority.unit_ids(actor, Permission.REPORT_SITE))
    rows = list(mine.select_related("unit", "response").order_by("number"))
    aliases: dict[str, set[UUID]] = {}
    for site, folded in SiteAlias.objects.filter(site__in=rows).values_list("site_id", "folded"):
        aliases.setdefault(folded, set()).add(site)
    for row in rows:
        aliases.setdefault(fold(row.unit.name), set()).add(row.pk)
    moments, final = _reported(rows)
    return Places(
        sites={row.pk: _known(row, final.get(row.pk), moments.get(row.pk, set())) for row in rows},
        codes={row.number: row.pk for row in rows},
        aliases={name: frozenset(sites) for name, sites in aliases.items()},
        zone=zone_of_unit(unit),
        alone=rows[0].pk if len(rows) == 1 and rows[0].pk == unit else None,
    )


def _reported(sites: list[Site]) -> tuple[dict[UUID, set[datetime]], dict[UUID, tuple[int, datetime]]]:
    """Of which moments each site has reports, and its final one."""
    moments: dict[UUID, set[datetime]] = {}
    final: dict[UUID, tuple[int, datetime]] = {}
    reports = SiteReport.objects.filter(site__in=sites, voided_at=None).order_by("observed_at")
    for site, at, number, kind in reports.values_list("site_id", "observed_at", "number", "kind"):
        moments.setdefault(site, set()).add(at)
        if kind == ReportKind.FINAL:
            final.setdefault(site, (number, at))
    return moments, final


def _known(row: Site, final: tuple[int, datetime] | None, moments: set[datetime]) -> Known:
    bands = frozenset(bands_of(row.response.band_set))
    return Known(row.pk, row.unit.name, ZoneInfo(row.zone), bands, final, frozenset(moments))
