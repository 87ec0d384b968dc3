"""Rows to reports: each one entry, and which of them say the same site and hour twice."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from cobijo.algorithms.cells import written
from cobijo.core.imports.types import Context, Entry, Plan, RowIn
from cobijo.sites.importing.reports import problems, reading
from cobijo.sites.importing.reports.reading import Report
from cobijo.sites.refusals import REPORTED_FINALLY


def plan(rows: Iterable[RowIn], context: Context) -> Plan:
    """The reports of a list, and what is wrong by row."""
    made = Plan()
    found: list[Report] = []
    for row in rows:
        if reading.says_anything(row):
            found.append(reading.read(row, context))
        else:
            made.passed.add(row.number)
    _find_twice(found)
    for report in found:
        _find_earlier(report)
        made.entries.append(_entry(report))
        made.add(report.row.number, *report.problems)
    return made


def _entry(report: Report) -> Entry:
    """A row is an entry also while something is wrong with it: then it has no arguments yet."""
    ready = report.site is not None and report.observed_at is not None and "persons" in report.given
    return Entry(rows=[report.row.number], arguments=report.arguments() if ready else {})


def _find_twice(found: Sequence[Report]) -> None:
    first: dict[tuple[UUID, datetime], Report] = {}
    for report in found:
        if report.site is None or report.observed_at is None:
            continue
        other = first.setdefault((report.site.id, report.observed_at), report)
        if other is not report and other.row.cells != report.row.cells:  # rows that say all the same are found anyway
            report.say(problems.TWICE, None, other.row.number)
            other.say(problems.TWICE, None, report.row.number)


def _find_earlier(report: Report) -> None:
    """What the site has reported before: of the same hour, or finally."""
    if report.site is None or report.observed_at is None:
        return
    if report.observed_at in report.site.moments:
        report.say(problems.REPORTED)
    if report.site.final is not None and report.site.final[1] < report.observed_at:
        report.say(REPORTED_FINALLY.code, None, number=report.site.final[0])


def beside(row: RowIn, answers: Mapping[str, str]) -> str:
    """The day and hour that were said of the whole list: the same numbers of another day are another report."""
    day = "" if written(row.get("day")) else answers.get("day", "")
    hour = "" if written(row.get("hour")) else answers.get("cut_off", "")
    return f"{day} {hour}".strip()
