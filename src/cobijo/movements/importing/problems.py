"""What can be wrong with a manifest, in sentences that say what is so and what to do."""

from django.utils.translation import gettext_lazy as _

from cobijo.core.imports.problems import declare

NO_MOVEMENT = declare(
    "movements.import_no_movement",
    _("It is not said of which arrival this is the list. Say it above, or announce the arrival first."),
)
SAME_DOCUMENT = declare(
    "movements.import_same_document",
    _("Row {other} has the same document. If it is one person, leave one of the two rows out; else correct a number."),
)
SAME_NAME = declare(
    "movements.import_same_name",
    _("Row {other} has the same name and birth. If it is one person, leave one of the two rows out."),
    blocks=False,
)
SAME_LINE = declare("movements.import_same_line", _("Row {other} has the same line number. Correct one of the two."))
LISTED = declare(
    "movements.import_listed",
    _("This line is on the arrival's list already. Leave the row out, or correct its number."),
)
OVER_SEATS = declare(
    "movements.import_over_seats",
    _("With this row the list has more people than there are seats. It is taken; ask who sent the list."),
    blocks=False,
)
UNKNOWN_COMPANY = declare(
    "movements.import_unknown_company",
    _("“{value}” does not say with whom a child travels. Ask at registration; the row is taken without it."),
    blocks=False,
)
