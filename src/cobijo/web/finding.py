"""The search box: people, households and sites, by words or a code."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model
from django.urls import reverse

from cobijo.accounts.services import log_reading
from cobijo.accounts.types import ReadingKind
from cobijo.people import queries as people
from cobijo.people.queries import PersonLine
from cobijo.sites import queries as sites
from cobijo.sites.queries import SiteLine

MOST, MOST_SITES = 25, 10
PERSON, HOUSEHOLD = "people.person", "people.household"


@dataclass(frozen=True, slots=True)
class Found:
    """What the words found; ``only_url`` where it can be one thing only: a scanned code goes straight there."""

    people: list[PersonLine]
    sites: list[SiteLine]
    more: bool
    only_url: str = ""


def find(actor: UUID, words: str) -> Found:
    """Everything the actor may see that the words can mean."""
    hits = people.search(actor, words, limit=MOST + 1)
    log_reading(actor, ReadingKind.SEARCH, PERSON, people=len(hits))
    named, _more = sites.sites_for(actor, text=words, part=slice(0, MOST_SITES))
    household = people.household_with_code(actor, words)
    only = ""
    if household is not None and not hits:
        only = reverse("web:household", args=[household])
    elif len(hits) == 1 and not named and "code" in hits[0].why:
        only = reverse("web:person", args=[hits[0].person_id])
    return Found(people.lines(actor, [hit.person_id for hit in hits[:MOST]]), named, len(hits) > MOST, only)


def log_opening(actor: UUID, record: Model) -> None:
    """Note who opened whose page."""
    log_reading(actor, ReadingKind.OPEN, record._meta.label_lower, record=UUID(str(record.pk)), people=1)
