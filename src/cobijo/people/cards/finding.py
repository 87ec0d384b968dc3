"""From what was scanned or typed to the card: the one way, whoever asks."""

from uuid import UUID

from django.db.models import Q, QuerySet

from cobijo.algorithms import cards, codes
from cobijo.core import keys
from cobijo.people.cards import access
from cobijo.people.cards.models import Card
from cobijo.people.cards.refusals import NOT_A_CARD, NOT_OURS, NUMBER_SLIP, UNKNOWN_CARD


def digest(secret: bytes) -> str:
    """What is kept of the secret on a card."""
    return keys.keyed_hash(keys.CARD_MARKS, secret)


def seen(actor: UUID, card: str, rows: QuerySet[Card] | None = None) -> Card:
    """The card of this code or number, if it is one the actor may know of.

    Raises NOT_A_CARD, NUMBER_SLIP and NOT_OURS by the text alone; UNKNOWN_CARD alike where there is none and where it
    is not the actor's to know of, whatever became of it.
    """
    named = by_text(card)
    found = access.visible_to(actor, Card.objects.all() if rows is None else rows)
    one = found.filter(named).select_related("batch").first()
    if one is None:
        raise UNKNOWN_CARD.about("card")
    return one


def by_text(card: str) -> Q:
    """The condition under which a card has this code or number; raises what its text alone is refused for."""
    return Q(digest=scanned(card)) if cards.is_scanned(card) else Q(number=_number(card))


def scanned(card: str) -> str:
    """The digest of a card as it was scanned; raises NOT_A_CARD and NOT_OURS."""
    known = {cards.key_id(one): one for one in keys.verifiers(keys.CARDS)}
    try:
        return digest(cards.read(card, known))
    except cards.BadCard as bad:
        refusal = NOT_OURS if bad.reason in ("key", "signature") else NOT_A_CARD
        raise refusal.about("card") from bad


def _number(card: str) -> int:
    try:
        return cards.heard(card)
    except codes.BadCode as bad:
        raise (NUMBER_SLIP if bad.reason == "check" else NOT_A_CARD).about("card") from bad
