"""What is refused about cards. What is said of a card speaks only of one the reader may know of."""

from django.utils.translation import gettext_lazy as _

from cobijo.core.errors import Ground, Refusal

# --- what was scanned or typed ---------------------------------------------------------------------------------------

NOT_A_CARD = Refusal(
    "people.not_a_card",
    _("This is not the code or the number of a card. Scan it again, or type the number printed beside the code."),
    Ground.INPUT,
)
NUMBER_SLIP = Refusal(
    "people.card_number_slip",
    _("One sign of this number is not right. Compare it with the card and type it again."),
    Ground.INPUT,
)
NOT_OURS = Refusal(
    "people.card_not_ours",
    _("This card was not made here. Use another one, and show this one to the person who coordinates the site."),
    Ground.INPUT,
)
UNKNOWN_CARD = Refusal(
    "people.card_unknown",
    _("No card you can use has this code or number. Search for the person by name, or take another card."),
    Ground.MISSING,
)
CARD_ELSEWHERE = Refusal(
    "people.card_elsewhere",
    _(
        "This card is of somebody registered at another place. Register them here; those who work at both places see "
        "that it is one person."
    ),
    Ground.MISSING,
)

# --- what a card is already ------------------------------------------------------------------------------------------

CARD_TAKEN = Refusal(
    "people.card_taken", _("This card belongs to somebody already. Scan it to see whose it is, and take another one.")
)
CARD_ENDED = Refusal(
    "people.card_ended",
    _("This card was lost, taken back, replaced or damaged, and is not given out again. Take another one."),
)
BATCH_VOIDED = Refusal(
    "people.card_batch_voided", _("The cards of this batch were withdrawn. Take one of another batch.")
)
HAS_CARD = Refusal(
    "people.has_card", _("A card was given out here already. If it is lost or damaged, replace it with this one.")
)
CARD_ENDED_ALREADY = Refusal(
    "people.card_ended_already", _("This card does not count any more. Nothing has to be done.")
)
ONE_BEARER = Refusal(
    "people.card_one_bearer",
    _("A card is given to one person or to one household. Choose one of the two."),
    Ground.INPUT,
)

# --- batches ---------------------------------------------------------------------------------------------------------

MORE_THAN_PRINTED = Refusal(
    "people.more_cards_than_printed",
    _("Of this batch {printed} cards were printed, so no more can be counted. Count again."),
    Ground.INPUT,
)
BATCH_VOIDED_ALREADY = Refusal(
    "people.card_batch_voided_already", _("This batch is withdrawn already. Nothing has to be done.")
)
