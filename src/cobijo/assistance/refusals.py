"""What this app's verbs refuse, in sentences that say what is so, why, and what to do."""

from django.utils.translation import gettext_lazy as _

from cobijo.core.errors import Ground, Refusal

UNKNOWN_ITEM = Refusal(
    "assistance.unknown_item",
    _("The store's list has nothing called {item}. Choose from the list, or take “something else” and say what it is."),
    Ground.INPUT,
)
UNKNOWN_VARIANT = Refusal(
    "assistance.unknown_variant",
    _("{item} does not come in this size. Choose one of the list, or leave it out."),
    Ground.INPUT,
)
ITEM_TWICE = Refusal(
    "assistance.item_twice", _("{item} stands on this slip twice. Add the two numbers together."), Ground.INPUT
)
NOTHING_OF_IT = Refusal(
    "assistance.nothing_of_it",
    _("{item} stands on the slip with nothing of it. Write how many, or leave the line out."),
    Ground.INPUT,
)
SAY_WHAT = Refusal(
    "assistance.say_what",
    _("Something else is on this slip, and nobody will know later what it was. Say in the note what it is."),
    Ground.INPUT,
)
NAME_OF_NO_PERSON = Refusal(
    "assistance.name_of_no_person",
    _(
        "A name stands here only for an organisation, an office or another site, for the book is no list of people. "
        "Choose which of these it is, or leave the name out."
    ),
    Ground.INPUT,
)
SLIP_VOID = Refusal("assistance.slip_void", _("This slip has been taken out already. Nothing has to be done."))
NOT_AN_INFANT = Refusal(
    "assistance.not_an_infant",
    _(
        "By the birth on record this child has passed the first birthday, and formula is only for infants under one "
        "year. If the birth is wrong, correct the record first."
    ),
)
AGE_NOT_KNOWN = Refusal(
    "assistance.age_not_known",
    _(
        "Nothing on record says that this is an infant. Write down the birth or the age, or mark the need “infant "
        "under one year”, then assess again."
    ),
)
ASSESSED_ALREADY = Refusal(
    "assistance.assessed_already", _("This infant is assessed for this formula already. Nothing has to be done.")
)
ASSESSMENT_OVER = Refusal("assistance.assessment_over", _("This assessment has ended already. Nothing has to be done."))
