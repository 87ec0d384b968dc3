"""What is refused about people's requests."""

from django.utils.translation import gettext_lazy as _

from cobijo.core.errors import Ground, Refusal

ELSEWHERE = Refusal(
    "people.copy_elsewhere",
    _("A copy is made by a case worker of the site where the person stays. For anybody else the operator of this "
      "installation makes it: hand on the person's code."),
    Ground.PERMISSION,
)  # fmt: skip
NOT_YET = Refusal(
    "people.request_not_yet", _("The day on which it was asked has not come yet. Correct it."), Ground.INPUT
)
ASKED_ALREADY = Refusal(
    "people.request_asked_already",
    _("This person has asked for the same already, and it is not answered yet: it is under requests."),
)
NO_WORDS = Refusal(
    "people.request_no_words",
    _("Write in a few words what is to be corrected, as the person says it."),
    Ground.INPUT,
)
ANSWERED = Refusal("people.request_answered", _("This request is answered already. Nothing is left to be decided."))
NO_GROUND = Refusal(
    "people.request_no_ground",
    _("What is refused, wholly or in part, needs its reason. Choose one, and tell the person in your own words."),
    Ground.INPUT,
)
GROUND_TOO_MANY = Refusal(
    "people.request_ground_too_many",
    _("What is granted needs no reason for refusing. Leave the reason out, or choose another answer."),
    Ground.INPUT,
)
NO_REPLY = Refusal(
    "people.request_no_reply",
    _("Write what the person is told: it is printed for them. A few plain sentences are enough."),
    Ground.INPUT,
)
WHOLE_OR_NOT = Refusal(
    "people.request_whole_or_not",
    _("A person is erased wholly or not at all. Grant it or refuse it; single entries are taken out one by one."),
    Ground.INPUT,
)
NOT_TO_ERASE = Refusal(
    "people.request_not_to_erase",
    _("Nothing is to be erased by this request: it was not granted, or it is done. Reload the page."),
)
