"""What can be wrong with a list of head-counts, in sentences that say what is so and what to do."""

from django.utils.translation import gettext_lazy as _

from cobijo.core.imports.problems import declare

# --- which site, and when --------------------------------------------------------------------------------------------

NO_SITE = declare(
    "sites.report_no_site", _("This row names no site. Write its name or its code, or leave the row out.")
)
UNKNOWN_SITE = declare(
    "sites.report_unknown_site",
    _("You report for no site called “{value}”. Write its name as the list of sites has it, or its code like S014."),
)
NEAR_SITE = declare(
    "sites.report_near_site",
    _("You report for no site called “{value}”. Is it {names}? Write the name as it stands there, or the code."),
)
SEVERAL_SITES = declare(
    "sites.report_several_sites", _("“{value}” can be {names}. Write the whole name, or the code like S014.")
)
NO_DAY = declare("sites.report_no_day", _("The day is missing. Write it, or say above of which day the list is."))
PART_OF_A_DAY = declare(
    "sites.report_part_of_a_day", _("“{value}” is a month or a year, and a count is of one day. Write the day.")
)
UNREAD_HOUR = declare(
    "sites.report_unread_hour", _("“{value}” is no hour we can read. Write it as 18:00, or clear the cell.")
)
TWICE = declare(
    "sites.report_twice",
    _("Row {other} is of the same site, day and hour. Leave one of the two out, or correct the hour."),
)
REPORTED = declare(
    "sites.report_reported",
    _("The site has a report of this day and hour already. Both are kept, and this one counts."),
    blocks=False,
)

# --- what was counted ------------------------------------------------------------------------------------------------

NO_PERSONS = declare(
    "sites.report_no_persons", _("How many people there are is missing. Write the number, or leave the row out.")
)
SUMMED = declare(
    "sites.report_summed",
    _("How many people there are is not said; it is taken as the sum of the parts."),
    blocks=False,
)
ABOUT = declare(
    "sites.report_about",
    _("“{value}” is not an exact number. It is taken as {number}, and the report as an estimate."),
    blocks=False,
)
FEWER_THAN_HOUSEHOLDS = declare(
    "sites.report_fewer_than_households",
    _("There are more households than people. Perhaps two columns are exchanged; correct the numbers."),
)
MORE_THAN_EVER = declare(
    "sites.report_more_than_ever",
    _("“{value}” since the opening is fewer than are there now. Correct one of the two, or clear this cell."),
)
PARTS_EXCEED = declare(
    "sites.report_parts_exceed",
    _("By sex and age there are {parts}, and {persons} in all. Correct the numbers, or do not use those columns."),
)
PARTS_SHORT = declare(
    "sites.report_parts_short",
    _("By sex and age there are {parts}, and {persons} in all. The rest is kept as not known."),
    blocks=False,
)
PARTS_DIFFER = declare(
    "sites.report_parts_differ",
    _("The totals by sex are not the sums of their ages. The ages are kept."),
    blocks=False,
)
OTHER_BAND = declare(
    "sites.report_other_band",
    _("The response of this site does not count this age apart. The number is in no part, only in the total."),
    blocks=False,
)

# --- what is said beside it ------------------------------------------------------------------------------------------

UNKNOWN_METHOD = declare(
    "sites.report_unknown_method",
    _("“{value}” is a way of counting we do not know. The report is taken as an estimate."),
    blocks=False,
)
UNKNOWN_KIND = declare(
    "sites.report_unknown_kind",
    _("“{value}” does not say whether this is a first or final report. It is taken as one in between."),
    blocks=False,
)
NOT_URGENT = declare(
    "sites.report_not_urgent",
    _("“{value}” has a need that is in no list of ours, or more than three. The first three we know are kept."),
    blocks=False,
)
