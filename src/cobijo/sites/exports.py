"""Figures of sites as tables for files: every row says what it may be used for."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from cobijo.core.spreadsheets import Cell, Table
from cobijo.sites.guests.queries import PersonNights
from cobijo.sites.models import Site
from cobijo.sites.premises.queries import PremisesLine, norms
from cobijo.sites.standards.queries import Line, Standing


def of_nights(site: Site, nights: PersonNights) -> Table:
    """Heads and rows of a site's person-nights: registered and counted stand apart."""
    heads: list[Cell] = [
        _("Site"), _("Night"), _("Registered, by name"), _("Registered, without a name yet"),
        _("Counted at the door"), _("Person-nights"), _("Use"),
    ]  # fmt: skip
    use = _("internal, not to be passed on")
    rows: list[list[Cell]] = [
        [site.code, line.night.isoformat(), line.named, line.unnamed, line.guests, line.persons, use]
        for line in nights.lines
    ]
    total: list[Cell] = [site.code, _("Total"), nights.named, nights.unnamed, nights.guests, nights.total, use]
    return [heads, *rows, total]


def of_premises(lines: Iterable[PremisesLine]) -> Table:
    """Heads and rows of premises that are not open, with what they could take and by which norms."""
    heads: list[Cell] = [
        _("Site"), _("Name"), _("Status"), _("Covered area, dm²"), _("Toilets"), _("By covered area"),
        _("By toilets"), _("Could take (computed, never agreed)"), _("Measured on"), _("Reckoned by"),
    ]  # fmt: skip
    cited = "; ".join(norm.cited for norm in norms().values())
    rows: list[list[Cell]] = [
        [
            line.code, line.name, str(line.status.label), line.capacity.roofed_dm2, line.capacity.toilets,
            line.capacity.by_area, line.capacity.by_toilets, line.capacity.persons,
            line.inventoried_on.isoformat() if line.inventoried_on else None, cited,
        ]
        for line in lines
    ]  # fmt: skip
    return [heads, *rows]


def offered(address: Callable[[str], str]) -> list[dict[str, str]]:
    """The two forms of a table, as a page offers them; ``address`` leads to each."""
    return [{"url": address(form), "label": form.upper(), "kind": form} for form in ("csv", "xlsx")]


def of_standards(stands: Iterable[Standing]) -> Table:
    """Heads and rows of every indicator of every site: its norm with the source, what is so, and how far it is off.

    What nobody knows is said to be unknown; it is neither nothing nor good.
    """
    heads: list[Cell] = [
        _("Site"), _("Name"), _("Indicator"), _("Norm"), _("Source"), _("How it was read"), _("What is so"),
        _("Known"), _("How it is known"), _("Meets the norm"), _("Times the norm"), _("What would meet it"),
    ]  # fmt: skip
    rows = [_of_line(one.site, line) for one in stands for line in one.lines]
    return [heads, *rows]


def _of_line(site: Site, line: Line) -> list[Cell]:
    times = line.verdict.times
    met = {True: _("yes"), False: _("no"), None: ""}[line.verdict.met]
    return [
        site.code, site.unit.name, line.indicator.name, line.target, line.norm.cited, line.read, line.value,
        str(line.reading.state.label), str(line.reading.source.label) if line.is_known else "", met,
        f"{float(times):.2f}" if times is not None and line.verdict.is_gap else None, line.suggestion,
    ]  # fmt: skip
