"""The search box: people, households and sites, by words or a code."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Model
from django.urls import reverse

from cobijo.accounts.services import log_reading
from cobijo.accounts.types import ReadingKind
from cobijo.algorithms import cards
from cobijo.core.errors import DomainError
from cobijo.people import queries as people
from cobijo.people.queries import Hit, PersonLine, Scanned
from cobijo.people.types import Traits
from cobijo.sites import queries as sites
from cobijo.sites.queries import SiteLine

MOST, MOST_SITES = 25, 10
NOTHING: Final = Traits()
PERSON, HOUSEHOLD = "people.person", "people.household"


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person found, and why in words, where it is more than that the name is theirs."""

    line: PersonLine
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the words found; ``only_url`` where it can be one thing only: a scanned code goes straight there.

    ``card``: a card that was scanned and that nobody has now.
    """

    people: list[FoundPerson]
    sites: list[SiteLine]
    more: bool
    only_url: str = ""
    card: Scanned | None = None


def find(actor: UUID, words: str, traits: Traits = NOTHING, site: UUID | None = None) -> Found:
    """Everything the actor may see that the words can mean. The code of a card means that card alone.

    ``traits`` and ``site`` are about a person: with them no sites are looked for.
    """
    by_card = _by_card(actor, words)
    if by_card is not None:
        return by_card
    hits = people.search(actor, words, unit=site, traits=traits, limit=MOST + 1)
    log_reading(actor, ReadingKind.SEARCH, PERSON, people=len(hits))
    of_a_person = site is not None or traits != NOTHING
    named = [] if of_a_person else sites.sites_for(actor, text=words, part=slice(0, MOST_SITES))[0]
    household = people.household_with_code(actor, words)
    only = ""
    if household is not None and not hits:
        only = reverse("web:household", args=[household])
    elif len(hits) == 1 and not named and "code" in hits[0].why:
        only = reverse("web:person", args=[hits[0].person_id])
    return Found(_with_reasons(actor, hits[:MOST]), named, len(hits) > MOST, only)


def _with_reasons(actor: UUID, hits: Sequence[Hit]) -> list[FoundPerson]:
    lines = {line.id: line for line in people.lines(actor, [hit.person_id for hit in hits])}
    return [FoundPerson(lines[hit.person_id], ", ".join(hit.reasons)) for hit in hits if hit.person_id in lines]


def log_opening(actor: UUID, record: Model) -> None:
    """Note who opened whose page."""
    log_reading(actor, ReadingKind.OPEN, record._meta.label_lower, record=UUID(str(record.pk)), people=1)


def _by_card(actor: UUID, words: str) -> Found | None:
    """What a card's code or number finds: who has it, or what became of it. None where the words are no card."""
    if not cards.is_scanned(words) and not cards.looks_like_number(words):
        return None
    try:
        card = people.scan(actor, words)
    except DomainError:
        return Found([], [], False) if cards.is_scanned(words) else None
    return Found([], [], False, card_page(card) if card.is_live else "", card)


def card_page(card: Scanned) -> str:
    """The page of who has or had a card; empty for a card of nobody."""
    if card.person_id is not None:
        return reverse("web:person", args=[card.person_id])
    return reverse("web:household", args=[card.household_id]) if card.household_id is not None else ""
