"""Whether a document that was seen belongs to somebody registered beyond the reader's sight: never who, where or when.

What the reader sees themselves is no answer here; ``candidates`` says it. A match on a name, an age or kin is never
said: the nightly look leaves it to those who see both (``identity``).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from cobijo.algorithms import documents
from cobijo.people import countries, index, showing, sight
from cobijo.people.models import Document, Person, SearchKey
from cobijo.people.showing import Thing


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A document that the person present showed and somebody saw."""

    country: str
    kind: str
    number: str


def shown(actor: UUID, papers: Sequence[PaperShown]) -> list[bool | None]:
    """For each document whether it is of somebody registered whom the actor does not see, by country, kind and number.

    None where that is not asked: the number is not whole or of a kind that is sealed, the actor registers nowhere, or
    has asked about as many as ``SHOWN_LIMIT`` allows. Protected people are met by nobody. Each is logged and counted.
    """
    things = [_thing(one) for one in papers]
    found = showing.ask(actor, [one for one in things if one], lambda some: _met(actor, some))
    return [found.get(one) if one else None for one in things]


def _thing(paper: PaperShown) -> Thing | None:
    """A document as it is compared; None where there is not enough of it, or its kind is kept sealed."""
    said = (paper.country, paper.kind, paper.number)
    if paper.country not in countries.codes() or not paper.kind or documents.kind_of(*said[:2]).sensitive:
        return None
    return (*said[:2], index.compact_document(*said)) if documents.is_whole(*said) else None


def _met(actor: UUID, things: Collection[Thing]) -> Mapping[Thing, UUID]:
    """Who has each of these documents, of those beyond the actor's sight; of several whoever was registered first."""
    keys = [number.encode() for _country, _kind, number in things]
    having = SearchKey.objects.filter(kind=SearchKey.Kind.DOCUMENT, key__in=keys).values("entry__person")
    # As a subquery, so that no database begins with everybody whom the condition fits.
    beyond = Exists(Person.objects.filter(sight.beyond(actor), pk=OuterRef("person")))
    papers = Document.objects.filter(beyond, person__in=having, voided_at=None)
    rows = papers.order_by("-person_id").values_list("country", "kind", "number", "person")
    found = {(country, kind, index.compact_document(country, kind, number)): who for country, kind, number, who in rows}
    return {one: found[one] for one in things if one in found}
