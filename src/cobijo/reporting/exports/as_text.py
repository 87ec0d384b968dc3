"""A census as plain text for the terminal."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cobijo.core import nodes, wording
from cobijo.reporting import saying
from cobijo.reporting.census import made_of
from cobijo.reporting.labels import band_label, kind_label, kinds_label, sex_label
from cobijo.reporting.types import SEXES, Census, Kind, Part, Published, ScopeKind


def census_text(found: Census) -> str:
    """The figures with their scope, date and parts, a few lines a part."""
    sections = [_head(found), _by_sex_and_age(found), _sites(found), _published(found), _unknown(found)]
    return "\n\n".join("\n".join(lines) for section in sections if (lines := list(section)))


def _head(found: Census) -> Iterator[str]:
    if nodes.is_fictitious():
        yield _("Demonstration: everybody in it is fictitious.")
    yield f"{found.scope.name} · {wording.day(found.night, 'full')}"
    yield saying.when(found)
    yield _("{persons} persons, {households} households").format(
        persons=_count(found.persons), households=_count(found.households)
    )
    for kind in Kind:
        sites, persons = made_of(found, kind)
        if sites:
            yield f"  {kind_label(kind)}: {_count(persons)}" + _at_sites(found, sites)
    if found.unnamed:
        yield "  " + _("of them without a name yet: {persons}").format(persons=_count(found.unnamed))
    if found.away:
        yield "  " + _("of them temporarily out: {persons}").format(persons=_count(found.away))
    if found.scope.kind is not ScopeKind.SITE and found.unknown:
        yield "  " + saying.unknown_line(found)
    if not found.scope.whole_list:
        yield "  " + saying.others_line()


def _at_sites(found: Census, sites: int) -> str:
    if found.scope.kind is ScopeKind.SITE:
        return ""
    return " " + ngettext("(at {sites} site)", "(at {sites} sites)", sites).format(sites=sites)


def _by_sex_and_age(found: Census) -> Iterator[str]:
    if found.persons is None:
        return
    table = found.table
    yield _line([_("Age"), *(sex_label(sex) for sex in SEXES), _("Total")])
    for row in table.rows():
        counts = (row.female, row.male, row.other, row.unknown, row.total)
        yield _line([band_label(row.band), *map(_count, counts)])
    yield _line([_("Total"), *(_count(table.of_sex(sex)) for sex in SEXES), _count(table.total)])


def _line(cells: Iterable[str]) -> str:
    first, *others = cells
    return f"{first:<14}" + "".join(f"{cell:>14}" for cell in others)


def _sites(found: Census) -> Iterator[str]:
    if found.scope.kind is ScopeKind.SITE:
        return
    for part in found.known:
        yield f"{part.site.code}  {part.site.name}: {_count(part.persons)} ({kinds_label(part)}){_beside(part)}"


def _beside(part: Part) -> str:
    if part.registered is None or part.reported is None:
        return ""
    return "; " + _("{persons} reported").format(persons=_count(part.reported.persons))


def _published(found: Census) -> Iterator[str]:
    for figures in (found.published, *(group.published for group in found.groups)):
        yield from map(_published_line, figures)
        if said := saying.contradiction(figures):
            yield said


def _published_line(one: Published) -> str:
    number = f"{_count(one.value)} {one.of_what}"
    if one.month_only:
        month = _("Published for the month, {name}: {number} ({source})")
        return month.format(name=one.about, number=number, source=one.source)
    said = _("Published, {name}: {number} ({source})").format(name=one.about, number=number, source=one.source)
    return f"{said}; {saying.difference(one)}"


def _unknown(found: Census) -> Iterator[str]:
    if found.unknown:
        names = ", ".join(part.site.name for part in found.unknown)
        yield _("Nothing is known of that night at: {names}").format(names=names)


def _count(value: int | None) -> str:
    return "–" if value is None else wording.number(value)
