"""How the pages of lists speak of what a list of each kind brings."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cobijo.core.imports.kinds import Words
from cobijo.core.wording import number

# --- people ----------------------------------------------------------------------------------------------------------


def _enter_people(rows: int) -> str:
    return ngettext("Enter {people} person", "Enter {people} people", rows).format(people=number(rows))


def _as_households(entries: int) -> str:
    said = ngettext("as {households} household", "as {households} households", entries)
    return said.format(households=number(entries))


def _households_entered(done: int, every: int) -> str:
    said = ngettext("{done} of {every} household is entered.", "{done} of {every} households are entered.", every)
    return said.format(done=number(done), every=number(every))


def _households_undone(done: int, every: int) -> str:
    said = ngettext("{done} of {every} household is undone.", "{done} of {every} households are undone.", every)
    return said.format(done=number(done), every=number(every))


def _people_taken_out(rows: int) -> str:
    return ngettext(
        "{people} person who was entered with it is taken out again, with their stay.",
        "{people} people who were entered with it are taken out again, with their stays.",
        rows,
    ).format(people=number(rows))


PEOPLE = Words(
    enter=_enter_people,
    entries=_as_households,
    entered=_households_entered,
    undone=_households_undone,
    undoing=_people_taken_out,
    kept=_("Something was recorded of these people since, so they stay. Correct them on their own pages."),
    others_kept=_("A household of which something was recorded since stays as it is."),
    change=_("Change columns, the order of dates, or how households are told apart"),
)

# --- head-counts -----------------------------------------------------------------------------------------------------


def _enter_reports(rows: int) -> str:
    return ngettext("Enter {reports} report", "Enter {reports} reports", rows).format(reports=number(rows))


def _no_more(_entries: int) -> str:
    return ""


def _reports_entered(done: int, every: int) -> str:
    said = ngettext("{done} of {every} report is entered.", "{done} of {every} reports are entered.", every)
    return said.format(done=number(done), every=number(every))


def _reports_undone(done: int, every: int) -> str:
    said = ngettext("{done} of {every} report is undone.", "{done} of {every} reports are undone.", every)
    return said.format(done=number(done), every=number(every))


def _reports_taken_out(rows: int) -> str:
    return ngettext(
        "{reports} report that was entered with it is taken out again; what the site reported before counts again.",
        "{reports} reports that were entered with it are taken out again; what the sites reported before counts again.",
        rows,
    ).format(reports=number(rows))


REPORTS = Words(
    enter=_enter_reports,
    entries=_no_more,
    entered=_reports_entered,
    undone=_reports_undone,
    undoing=_reports_taken_out,
    kept=_("These reports were taken out or changed since. They stay as they are."),
    others_kept=_("A report that was changed or taken out since stays as it is."),
    change=_("Change columns, the day, the hour, or how the numbers came about"),
)
