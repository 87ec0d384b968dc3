"""One row of a list as a report of a site: read cell by cell, with what is wrong beside what was understood."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from cobijo.algorithms import cells
from cobijo.algorithms.cells import Cell, Odd, Unread, written
from cobijo.core.ids import uuid7
from cobijo.core.imports import problems as core_problems
from cobijo.core.imports.kinds import order_in
from cobijo.core.imports.types import Context, Problem, RowIn
from cobijo.sites.headcount_line import EVENING, NOON, cells_of
from cobijo.sites.importing.reports import problems, words
from cobijo.sites.importing.reports.fields import CELL_NAMES, COUNTS, PARTS, SPLIT, cell_of_field, day_answered
from cobijo.sites.importing.reports.places import Known, Places
from cobijo.sites.types import Method, ReportKind

URGENT_MOST: Final = 3
_HOUR: Final = re.compile(
    r"(\d{1,2})(?:[:.h ](\d{2}))?(?::\d{2})? ?(?:h|hrs?|horas)?\.? ?([ap])?\.? ?(?:m\.?)?", re.IGNORECASE
)
_SAID: Final = frozenset({*COUNTS[:4], *PARTS, *CELL_NAMES})
"""Fields of which one says that a row reports: a site that has not reported yet has none."""


@dataclass(slots=True)
class Report:
    """A row as understood: ``counts`` by field, ``given`` what else the verb takes."""

    row: RowIn
    site: Known | None = None
    day: date | None = None
    observed_at: datetime | None = None
    counts: dict[str, int] = field(default_factory=dict)
    given: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    about: bool = False

    def say(self, code: str, name: str | None = None, other: int | None = None, **params: Any) -> None:
        self.problems.append(self.row.problem(code, name, other, **params))

    def text(self, name: str) -> str:
        return written(self.row.get(name))

    def arguments(self) -> dict[str, Any]:
        """The report as the verb takes it, as plain JSON; only of one that nothing is wrong with."""
        assert self.site is not None
        assert self.observed_at is not None
        local = self.observed_at.astimezone(self.site.zone)
        night = local.date() - timedelta(days=1) if local.time() < NOON else local.date()
        return {
            "report_id": str(uuid7()),
            "site_id": str(self.site.id),
            "headcount": {"night": night.isoformat(), "observed_at": self.observed_at.isoformat(), **self.given},
        }


def says_anything(row: RowIn) -> bool:
    """Whether a row reports: one with a name and no number is of a site that is silent."""
    return not _SAID.isdisjoint(row.cells)


def read(row: RowIn, context: Context) -> Report:
    """A row as a report."""
    report, places = Report(row), context.data
    assert isinstance(places, Places)
    _read_site(report, places)
    _read_moment(report, context, places)
    _read_counts(report)
    _read_parts(report, context)
    _read_method(report, context)
    _read_beside(report)
    return report


# --- which site, and when --------------------------------------------------------------------------------------------


def _read_site(report: Report, places: Places) -> None:
    name = "code" if report.text("code") and places.called(report.text("code")) else "site"
    text = report.text(name) or report.text("code")
    if not text:
        alone: UUID | None = places.alone
        report.site = places.sites[alone] if alone else None
        if alone is None:
            report.say(problems.NO_SITE, "site")
        return
    found = places.called(text)
    if len(found) == 1:
        report.site = places.sites[next(iter(found))]
    elif found:
        report.say(problems.SEVERAL_SITES, name, names=places.names(found))
    else:
        near = places.near(text)
        if near:
            report.say(problems.NEAR_SITE, name, names=near)
        else:
            report.say(problems.UNKNOWN_SITE, name)


def _read_moment(report: Report, context: Context, places: Places) -> None:
    zone = report.site.zone if report.site else places.zone
    now = context.now.astimezone(zone)
    report.day = _day(report, context, now.date())
    try:
        hour, midnight = _hour(report, context)
    except Unread:
        report.say(problems.UNREAD_HOUR, "hour")
        return
    if report.day is None:
        return
    said = hour is not None
    day = report.day + timedelta(days=1) if midnight else report.day
    moment = datetime.combine(day, hour if hour is not None else EVENING, zone)
    if moment > now and said:
        report.say(core_problems.FUTURE, "hour" if report.row.get("hour") is not None else "day")
        return
    report.observed_at = min(moment, now.replace(second=0, microsecond=0))


def _day(report: Report, context: Context, today: date) -> date | None:
    cell = report.row.get("day")
    if cell is None:
        answered = day_answered(context.answers.get("day", ""))
        if answered is None or answered > today:
            report.say(problems.NO_DAY, "day")
            return None
        return answered
    try:
        said = cells.day(cell, order_in(context), today)
    except Unread as unread:
        report.say(core_problems.OF_A_DAY.get(unread.code, core_problems.UNREAD_DATE), "day")
        return None
    if said is not None and said.whole is None:
        report.say(problems.PART_OF_A_DAY, "day")
    return said.whole if said else None


def _hour(report: Report, context: Context) -> tuple[time | None, bool]:
    """The hour a row or its day says, else that of the list (None: not said); and whether it is the day's last."""
    said = report.row.get("hour")
    whole = report.row.get("day")
    if said is None and isinstance(whole, datetime) and whole.time() != time():
        return whole.time().replace(second=0, microsecond=0), False
    return hour_of(said if said is not None else context.answers.get("cut_off") or None)


def hour_of(cell: Cell) -> tuple[time | None, bool]:
    """An hour as written: 18:00, "6 p. m.", "18h", a spreadsheet's part of a day; and whether it is "24:00"."""
    if cell is None:
        return None, False
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0), False
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0), False
    if isinstance(cell, float) and 0 <= cell < 1:
        minutes = round(cell * 1440) % 1440
        return time(minutes // 60, minutes % 60), False
    match = _HOUR.fullmatch(written(cell).strip())
    if match is None:
        raise Unread(Odd.UNREAD)
    return _clock(int(match[1]), int(match[2] or 0), (match[3] or "").lower())


def _clock(hour: int, minute: int, half: str) -> tuple[time, bool]:
    if (hour, minute, half) == (24, 0, ""):
        return time(), True
    if half and not 1 <= hour <= 12:
        raise Unread(Odd.UNREAD)
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    try:
        return time(hour, minute), False
    except ValueError:
        raise Unread(Odd.UNREAD) from None


# --- what was counted ------------------------------------------------------------------------------------------------


def _read_counts(report: Report) -> None:
    for name in (*COUNTS, *PARTS, *CELL_NAMES):
        if report.row.get(name) is not None:
            _count(report, name)
    counts = report.counts
    report.given |= {name: counts[name] for name in COUNTS[1:] if name in counts}
    persons, households = counts.get("persons"), counts.get("households")
    if persons is not None and households is not None and households > persons:
        report.say(problems.FEWER_THAN_HOUSEHOLDS, "households")
    for now, ever in (("persons", "persons_ever"), ("households", "households_ever")):
        if now in counts and ever in counts and counts[now] > counts[ever]:
            report.say(problems.MORE_THAN_EVER, ever)


def _count(report: Report, name: str) -> None:
    cell, about = words.without_about(report.row.get(name))
    try:
        found = cells.count(cell)
    except Unread as unread:
        report.say(core_problems.OF_A_NUMBER.get(unread.code, core_problems.UNREAD_NUMBER), name)
        return
    if found is None:
        return
    report.counts[name] = found
    if about:
        report.about = True
        report.say(problems.ABOUT, name, number=found)


def _read_parts(report: Report, context: Context) -> None:
    """Numbers by sex and age; where only the sexes are said, those."""
    by_age = _cells(report)
    plain: dict[str, int] = {name: report.counts[name] for name in PARTS if name in report.counts}
    if by_age and plain and not _agree(by_age, plain):
        report.say(problems.PARTS_DIFFER)
    found = by_age or [(one.sex, one.band, one.persons) for one in cells_of(plain)]
    parts = sum(persons for _sex, _band, persons in found)
    if not _read_whole(report, parts, said=bool(by_age or plain)):
        return
    persons = report.given["persons"]
    if parts > persons:
        report.say(problems.PARTS_EXCEED, "persons", parts=parts, persons=persons)
    elif found and parts < persons:
        report.say(problems.PARTS_SHORT, "persons", parts=parts, persons=persons)
    report.given["cells"] = [{"sex": sex, "band": band, "persons": number} for sex, band, number in found if number]
    report.given["split"] = bool(by_age) and context.answers.get("parts") == SPLIT


def _cells(report: Report) -> list[tuple[str, str, int]]:
    found = []
    for name in CELL_NAMES:
        if name not in report.counts:
            continue
        sex, band = cell_of_field(name)
        if report.site is not None and band not in report.site.bands:
            report.say(problems.OTHER_BAND, name)
        else:
            found.append((sex, band, report.counts[name]))
    return found


def _agree(by_age: list[tuple[str, str, int]], plain: dict[str, int]) -> bool:
    """Whether totals by sex are the sums of the ages beside them."""
    for sex, grown, young in (("female", "women", "girls"), ("male", "men", "boys")):
        total = plain.get(grown)
        ages = sum(persons for one, _band, persons in by_age if one == sex)
        if total is not None and young not in plain and ages and total != ages:
            return False
    return True


def _read_whole(report: Report, parts: int, *, said: bool) -> bool:
    """How many people there are; the sum of the parts where it is not said. False where nobody can tell."""
    if "persons" in report.counts:
        report.given["persons"] = report.counts["persons"]
        return True
    unread = any(one.column == report.row.columns.get("persons") for one in report.problems if one.column is not None)
    if not said and not unread:
        report.say(problems.NO_PERSONS, "persons")
    if not said or unread:
        return False
    report.given["persons"] = parts
    report.say(problems.SUMMED, "persons")
    return True


# --- what is said beside it ------------------------------------------------------------------------------------------


def _read_method(report: Report, context: Context) -> None:
    text = report.text("method")
    found = words.method(text) if text else None
    if text and found is None:
        report.say(problems.UNKNOWN_METHOD, "method")
    answered = context.answers.get("method", "")
    method = found or (Method(answered) if answered in Method.values and not text else Method.ESTIMATE)
    counted = method in (Method.HEAD_COUNT, Method.LIST)
    report.given["method"] = (Method.ESTIMATE if report.about and counted else method).value


def _read_beside(report: Report) -> None:
    report.given["origin"] = report.text("origin")
    report.given["informant_post"] = report.text("post")
    text = report.text("kind")
    kind = words.kind(text) if text else ReportKind.PROGRESS
    if kind is None:
        report.say(problems.UNKNOWN_KIND, "kind")
    report.given["kind"] = (kind or ReportKind.PROGRESS).value
    _read_urgent(report)


def _read_urgent(report: Report) -> None:
    names = ("urgent_1", "urgent_2", "urgent_3", "urgent")
    said = [(name, part) for name in names for part in words.parted(report.text(name))]
    found: dict[str, str] = {}
    for name, part in said:
        need = words.urgent(part)
        if need is None or (need.value not in found and len(found) == URGENT_MOST):
            if not any(one.code == problems.NOT_URGENT for one in report.problems):
                report.say(problems.NOT_URGENT, name)
        else:
            found.setdefault(need.value, name)
    report.given["urgent"] = list(found)
