"""What this app's verbs refuse, in sentences that say what is so, why, and what to do."""

from django.utils.translation import gettext_lazy as _

from cobijo.core.errors import Ground, Refusal

# --- what is typed ---------------------------------------------------------------------------------------------------

NOT_A_DAY = Refusal(
    "people.birth_not_a_day",
    _("There is no such day. Correct it, or give only the month and year, only the year, or an age."),
    Ground.INPUT,
)
INCOMPLETE = Refusal(
    "people.birth_incomplete",
    _("A day needs its month, and a month its year. Add what is missing, or give only the year or an age."),
    Ground.INPUT,
)
UNBORN = Refusal(
    "people.birth_in_future",
    _("This date of birth has not come yet. Correct the day, the month or the year."),
    Ground.INPUT,
)
TWO_HEADS = Refusal(
    "people.two_heads",
    _("A household has one head. Choose one, and say how the other is related to them."),
    Ground.INPUT,
)
TWICE = Refusal(
    "people.person_twice",
    _("The same person stands here twice. Remove one of the two entries."),
    Ground.INPUT,
)
ANSWER_OF_NOBODY = Refusal(
    "people.answer_of_nobody",
    _("This answer belongs to nobody in this household. Say which member gave it, or leave it out."),
    Ground.INPUT,
)
UNKNOWN_COUNTRY = Refusal(
    "people.unknown_country",
    _("There is no country with this code. Choose one from the list, or leave it empty."),
    Ground.INPUT,
)
UNKNOWN_AREA = Refusal(
    "people.unknown_area",
    _("This place is not in the list of areas. Leave it out and write the place as the person says it."),
    Ground.INPUT,
)
UNKNOWN_PURPOSE = Refusal(
    "people.unknown_purpose",
    _("People's data are not used for this purpose. Choose one from the list."),
    Ground.INPUT,
)
NO_NUMBER = Refusal(
    "people.no_number",
    _("There is no number here. Write it as it stands, or leave the entry out."),
    Ground.INPUT,
)
NO_INFANT = Refusal(
    "people.no_infant",
    _("This person is one year old or more, and what an infant takes is asked only under one year. Leave it empty."),
    Ground.INPUT,
)
NO_WORDS = Refusal("people.no_words", _("Nothing is written here. Write what should be kept."), Ground.INPUT)

# --- households ------------------------------------------------------------------------------------------------------

HEAD_EXISTS = Refusal(
    "people.head_exists",
    _("This household has a head already. First say how that person is related, then choose the new head."),
)
SAME_HOUSEHOLD = Refusal(
    "people.same_household", _("This person belongs to this household already. Nothing has to be moved.")
)
NO_HOUSEHOLD = Refusal(
    "people.no_household",
    _("This person belongs to no household at present. Move them into one first."),
)

FACTS_OF_NOBODY = Refusal(
    "people.facts_of_nobody",
    _("What was said belongs to nobody in this household. Say which member spoke for it."),
    Ground.INPUT,
)
NO_MEMBER = Refusal(
    "people.no_member",
    _("This person does not belong to this household now. Open the household they live in and write it there."),
)
COLLECTOR_ENDED = Refusal(
    "people.collector_ended", _("This person receives nothing for the household any more. Nothing has to be done.")
)
COLLECTORS_MANY = Refusal(
    "people.collectors_many",
    _("{limit} people may receive for this household already. End one of them first."),
)

# --- consent ---------------------------------------------------------------------------------------------------------

CAREGIVER_ANSWERS = Refusal(
    "people.caregiver_answers",
    _("This person is a child, so a caregiver answers. Choose who, and ask the child whether they agree."),
    Ground.INPUT,
)
OWN_CAREGIVER = Refusal(
    "people.own_caregiver",
    _("A child is not their own caregiver. Choose the adult who answers for the child."),
    Ground.INPUT,
)

# --- protection ------------------------------------------------------------------------------------------------------

PROTECTED_ALREADY = Refusal(
    "people.protected_already", _("This record is protected already. Change who may see it instead.")
)
PROTECTION_ENDED = Refusal(
    "people.protection_ended", _("This protection has ended. Protect the record again if the person asks for it.")
)
WORKS_ELSEWHERE = Refusal(
    "people.works_elsewhere",
    _("This colleague does not work with people at this site. Choose one who does."),
    Ground.INPUT,
)
NAMED_ALREADY = Refusal("people.named_already", _("This colleague is named already. Nothing has to be changed."))
LAST_WORKER = Refusal(
    "people.last_worker",
    _("Nobody else may see this record, so the last colleague stays. Name another first, or end the protection."),
)
OPENED_OFTEN = Refusal(
    "people.opened_often",
    _(
        "In one day {limit} records at most are looked for this way, found or not. "
        "Ask a case worker, or try again tomorrow."
    ),
    Ground.LIMIT,
)
REVIEWED = Refusal("people.reviewed", _("This opening has been reviewed already. Nothing has to be done."))
