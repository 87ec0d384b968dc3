"""What can be wrong with a list of households, in sentences that say what is so and what to do."""

from django.utils.translation import gettext_lazy as _

from cobijo.core.imports.problems import declare

# --- of a household --------------------------------------------------------------------------------------------------

NO_GROUPING = declare(
    "sites.import_no_grouping", _("It is not said how the list tells one household from the next. Say it above.")
)
NO_NUMBER = declare(
    "sites.import_no_number",
    _("This row has no household number, and does not follow on the one above. Write the number."),
)
NO_HEAD = declare(
    "sites.import_no_head",
    _("Nobody of this household is its head. Write “jefa” or “jefe” under kinship for one of them."),
)
NO_HEAD_SAID = declare(
    "sites.import_no_head_said",
    _("The list does not say who is head of this household. It is entered without one; say it on its page later."),
    blocks=False,
)
TWO_HEADS = declare(
    "sites.import_two_heads",
    _(
        "This household has another head in row {other}. If they are two households, give one of them another number;"
        " if they are one, change the kinship of one of the two."
    ),
)
TOO_MANY = declare(
    "sites.import_too_many",
    _("More than 40 people would be one household. Check how the list tells one household from the next."),
)
SIZE_DIFFERS = declare(
    "sites.import_size_differs",
    _("The list says {value} people, and another number of rows follows. Look whether somebody is missing."),
    blocks=False,
)
ARRIVALS_DIFFER = declare(
    "sites.import_arrivals_differ",
    _("This household came on different days by the list. It is entered with the first of them."),
    blocks=False,
)

# --- of a person -----------------------------------------------------------------------------------------------------

PERSON_TWICE = declare(
    "sites.import_person_twice",
    _("The same person stands in row {other}. Leave one of the two out."),
)
PERSON_ALIKE = declare(
    "sites.import_person_alike",
    _("Row {other} has the same name and age. If it is the same person, leave one of the two out."),
    blocks=False,
)
DOCUMENT_TWICE = declare(
    "sites.import_document_twice",
    _("Row {other} has the same document with another name. Compare both with the document."),
    blocks=False,
)
NO_NAME = declare(
    "sites.import_no_name",
    _("This person has no name in the list. They are entered without one; complete it on their page."),
    blocks=False,
)
NO_LETTERS = declare(
    "sites.import_no_letters", _("“{value}” is no name. Write the name, or clear the cell if it is not known.")
)
NAME_UNSURE = declare(
    "sites.import_name_unsure",
    _("Where the given names end is not certain in “{value}”. It is parted in the usual way; look at it later."),
    blocks=False,
)
UNREAD_AGE = declare(
    "sites.import_unread_age",
    _("“{value}” is no age we can read. Write years, or months as “8 meses”, or clear the cell."),
)
NEGATIVE_AGE = declare("sites.import_negative_age", _("An age is not below nought. Correct it, or clear the cell."))
OLD_AGE = declare(
    "sites.import_old_age", _("“{value}” years is older than anybody. Correct the age, or clear the cell.")
)
PART_AGE = declare(
    "sites.import_part_age",
    _("“{value}” is no whole age. Write years, and under two years months as “8 meses”."),
)
UNREAD_SEX = declare(
    "sites.import_unread_sex", _("“{value}” is no sex we can read. Write F, H or “otro”, or clear the cell.")
)
UNSAID_M = declare(
    "sites.import_unsaid_m",
    _("M can mean man (masculino) or woman (mujer). Say above what it means in this list."),
)
UNKNOWN_KINSHIP = declare(
    "sites.import_unknown_kinship",
    _("“{value}” is a kinship we do not know. The person is entered as another relative."),
    blocks=False,
)
UNKNOWN_PRESENCE = declare(
    "sites.import_unknown_presence",
    _("“{value}” does not say where the person is. Write “aquí”, “viene después”, “en otro lugar”, or clear the cell."),
)
NO_PHONE = declare(
    "sites.import_no_phone",
    _("“{value}” holds no telephone number. Correct it, or clear the cell."),
)
ROUNDED = declare(
    "sites.import_rounded",
    _("The spreadsheet has rounded this number to “{value}”. Write it whole, as a text, or clear the cell."),
)
UNKNOWN_DOCUMENT = declare(
    "sites.import_unknown_document",
    _("“{value}” is a kind of document we do not know. It is kept as another document."),
    blocks=False,
)
NOT_A_NEED = declare(
    "sites.import_not_a_need",
    _("“{value}” is none of the needs asked at the door, and is not kept. What is confidential goes to a case worker."),
    blocks=False,
)
UNKNOWN_NATIONALITY = declare(
    "sites.import_unknown_nationality",
    _("“{value}” is a nationality we do not know, and is not kept. Say it on the person's page."),
    blocks=False,
)
UNKNOWN_SPACE = declare(
    "sites.import_unknown_space",
    _("There is no space “{value}” in use at this site. Write it as the site's list has it, or clear the cell."),
)
