"""What is refused about forms. Of a form that is not the reader's to type, nothing is said but that.

Typing in a form always comes late; what does not fit is said to whoever sits at the keyboard (``Ground.INPUT``) and not
kept for another to settle.
"""

from django.utils.translation import gettext_lazy as _

from cobijo.core.errors import Ground, Refusal

NOT_A_FORM = Refusal(
    "people.not_a_form",
    _("This is not the number of a form. Type it as it is printed: an F and seven signs."),
    Ground.INPUT,
)
FORM_SLIP = Refusal(
    "people.form_slip",
    _("One sign of this number is not right. Compare it with the form and type it again."),
    Ground.INPUT,
)
UNKNOWN_FORM = Refusal(
    "people.form_unknown",
    _("No form of your sites has this number. Compare it with the paper, or register the family at the desk."),
    Ground.MISSING,
)
FORM_WITHDRAWN = Refusal(
    "people.form_withdrawn",
    _("The forms of this batch were withdrawn. Ask why whoever coordinates the site; then register at the desk."),
    Ground.INPUT,
)
FORM_PUT_AWAY = Refusal(
    "people.form_put_away",
    _("This form was noted as spoiled or left blank. Compare the number; if it is right, register at the desk."),
    Ground.INPUT,
)
FORM_TYPED = Refusal(
    "people.form_typed",
    _("This form was typed in already. Put it with the finished ones and take the next."),
    Ground.INPUT,
)
FORM_TYPED_BY = Refusal(
    "people.form_typed_by",
    _("This form was typed in by {by}, {when}: household {code}. Put it with the finished ones and take the next."),
    Ground.INPUT,
)
TOO_FEW_CARDS = Refusal(
    "people.too_few_cards",
    _("Of these cards only {free} are free, and each form needs one. Print fewer forms, or more cards first."),
)
CARDS_OF_ELSEWHERE = Refusal(
    "people.cards_of_elsewhere",
    _("These cards were printed for another unit. Choose a batch of this one, or print the forms without cards."),
    Ground.INPUT,
)
FORM_DONE = Refusal(
    "people.form_done", _("This form is typed in or put away already. Nothing has to be done."), Ground.CONFLICT
)
FORMS_WITHDRAWN_ALREADY = Refusal(
    "people.forms_withdrawn_already", _("These forms are withdrawn already. Nothing has to be done.")
)
