"""Figures as plain tables with a head and an HXL tag for each column, ready to be written as CSV or XLSX.

HXL 1.1 (hxlstandard.org): hashtags of the core dictionary; ages as HDX writes them (+age0_4, +age60plus); +f, +m, and
+i for other than female and male.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from cobijo.algorithms.ages import UNKNOWN
from cobijo.core import nodes
from cobijo.reporting.labels import band_words, kind_label, kinds_label, sex_label
from cobijo.reporting.models import Release
from cobijo.reporting.types import SEXES, Census, Kind, Part, Published, SexAge

Cell = str | int | None

_SEX_TAGS: Final = {"female": "+f", "male": "+m", "other": "+i", "unknown": "+sex_unknown"}


@dataclass(frozen=True)
class Sheet:
    """A table: its name, heads, HXL tags and rows; None is a cell without a number."""

    name: str
    heads: tuple[str, ...]
    tags: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def _sheet(name: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Cell]]) -> Sheet:
    return Sheet(
        name, tuple(head for head, _ in columns), tuple(tag for _, tag in columns), tuple(tuple(row) for row in rows)
    )


# --- what every table begins and ends with ---------------------------------------------------------------------------


def _where_and_when() -> list[tuple[str, str]]:
    return [
        (_("Night"), "#date+occurred"),
        (_("Response"), "#crisis+name"),
        (_("Department"), "#adm1+name"),
        (_("Municipality"), "#adm2+name"),
        (_("Row"), "#meta+row"),
        (_("Code"), "#loc+site+code"),
        (_("Site"), "#loc+site+name"),
        (_("Kind of figure"), "#meta+kind"),
    ]


def _marks() -> list[tuple[str, str]]:
    own = [(_("Use"), "#meta+use")]
    return [*own, (_("Remark"), "#meta+note")] if nodes.is_fictitious() else own


def _marked(use: str) -> list[Cell]:
    return [use, _("Demonstration: everybody in it is fictitious.")] if nodes.is_fictitious() else [use]


def internal() -> str:
    """What a file with exact figures says of itself."""
    return _("internal, not to be passed on")


def outside() -> str:
    """What a file with suppressed figures says of itself."""
    return _("released: small numbers are hidden")


def _place(night: date, response: str, areas: Sequence[str]) -> list[Cell]:
    department, municipality = (*areas, "", "")[:2]
    return [night.isoformat(), response, department, municipality]


def _tables(bands: Sequence[str]) -> list[tuple[str, str]]:
    """A column for each sex and age band."""
    return [
        (f"{sex_label(sex)}, {band_words(band)}", f"#affected{_SEX_TAGS[sex]}{_age_tag(band)}")
        for sex in SEXES
        for band in bands
    ]


def _age_tag(band: str) -> str:
    if band == UNKNOWN:
        return "+age_unknown"
    return "+age" + (f"{band[:-1]}plus" if band.endswith("+") else band.replace("-", "_"))


# --- inside: exact ---------------------------------------------------------------------------------------------------


def exact(found: Census) -> Sheet:
    """A census with a row for each site that has a figure, and one for each that has none."""
    bands = found.scope.bands.codes()
    columns = [
        *_where_and_when(),
        (_("Persons"), "#affected+ind"),
        (_("Households"), "#affected+hh"),
        (_("Temporarily out"), "#affected+ind+away"),
        (_("Without a name yet"), "#affected+ind+unnamed"),
        (_("Registered"), "#affected+ind+registered"),
        (_("Counted"), "#affected+ind+counted"),
        (_("Counted at roll-call"), "#affected+ind+counted+rollcall"),
        (_("Reported"), "#affected+ind+reported"),
        (_("Places"), "#capacity+ind"),
        *_tables(bands),
        *_marks(),
    ]
    rows = [_exact_row(found, part) for part in found.parts if part.takes or not part.site.closed]
    return _sheet(_("Census"), columns, rows)


def _exact_row(found: Census, part: Part) -> list[Cell]:
    table = part.taken.table if part.taken else None
    return [
        *_place(found.night, found.scope.response_name, part.site.areas),
        _("site"),
        part.site.code,
        part.site.name,
        kinds_label(part),
        part.persons,
        part.taken.households if part.taken else None,
        part.registered.away if part.registered else None,
        part.registered.unnamed if part.registered else None,
        part.registered.persons if part.registered else None,
        part.counted.persons if part.counted else None,
        part.roll_call.persons if part.roll_call else None,
        part.reported.persons if part.reported else None,
        part.site.places,
        *_cells(table, found.scope.bands.codes()),
        *_marked(internal()),
    ]


def _cells(table: SexAge | None, bands: Sequence[str]) -> Iterator[Cell]:
    for sex in SEXES:
        for band in bands:
            yield table.at(sex, band) if table else None


def beside(found: Census) -> Sheet:
    """What others published of the scope, its sites and groups, each beside our number."""
    columns = [
        (_("Of"), "#loc+name"),
        (_("Published"), "#indicator+value+num"),
        (_("Of what"), "#indicator+name"),
        (_("Day or month"), "#date+published"),
        (_("Ours"), "#indicator+ours+num"),
        (_("Ours less theirs"), "#indicator+difference+num"),
        (_("Not comparable because"), "#meta+incomparable"),
        (_("Source"), "#meta+source"),
        (_("Address"), "#meta+url"),
        (_("Remark"), "#meta+comment"),
        *_marks(),
    ]
    names = {part.site.id: part.site.name for part in found.parts}
    rows = [_beside_row(found.scope.name, one) for one in found.published]
    rows += [_beside_row(group.name, one) for group in found.groups for one in group.published]
    if len(found.parts) > 1:
        rows += [_beside_row(names[site], one) for site, figures in found.of_parts.items() for one in figures]
    return _sheet(_("Published"), columns, rows)


def _beside_row(name: str, one: Published) -> list[Cell]:
    day = one.day.isoformat()[: 7 if one.month_only else 10]
    note = one.note + (" " + _("(inferred)") if one.inferred else "")
    what = one.of_what if one.about == name else f"{one.about}: {one.of_what}"
    why = str(one.not_compared.label) if one.not_compared else ""
    return [
        name, one.value, what, day, one.ours, one.difference, why, one.source, one.address, note,
        *_marked(internal()),
    ]  # fmt: skip


# --- outside: as released --------------------------------------------------------------------------------------------


def released(release: Release) -> Sheet:
    """A release with a row for its total and one for each site; a number kept back is empty."""
    shown: Mapping[str, Any] = release.shown
    columns = [
        *_where_and_when(),
        (_("Persons"), "#affected+ind"),
        (_("Households"), "#affected+hh"),
        *_tables(shown["bands"]),
        (_("Kept back"), "#meta+suppressed"),
        *_marks(),
    ]
    return _sheet(_("Release"), columns, [_released_row(release.night, shown, row) for row in shown["rows"]])


def _released_row(night: date, shown: Mapping[str, Any], row: Mapping[str, Any]) -> list[Cell]:
    is_site = "code" in row
    cells = [row["by_sex_age"].get(sex, {}).get(band) for sex in SEXES for band in shown["bands"]]
    hides = row["persons"] is None or None in [n for bands in row["by_sex_age"].values() for n in bands.values()]
    return [
        *_place(night, shown["response"], row.get("areas", ())),
        _("site") if is_site else _("total"),
        row.get("code", ""),
        row["name"] if is_site else shown["scope"]["name"],
        kind_label(Kind(row["takes"])) if is_site else "",
        row["persons"],
        row.get("households"),
        *cells,
        _("yes") if hides else _("no"),
        *_marked(outside()),
    ]
