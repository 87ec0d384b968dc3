"""What linkage says of two records that no look of the night has compared: reckoned when somebody looks at them."""

from collections.abc import Mapping
from uuid import UUID

from cobijo.algorithms.linkage.judging import Judged, judge
from cobijo.people.models import Person, SearchEntry
from cobijo.people.records import columns, of_person

Said = tuple[int, list[list[object]]]
"""A probability per mille, and evidence as a pair keeps it."""


def of(wanted: Mapping[UUID, tuple[UUID, UUID]]) -> dict[UUID, Said]:
    """For each of these pairs of people what a look at the two says; five queries, none for no pairs."""
    if not wanted:
        return {}
    both = {person for pair in wanted.values() for person in pair}
    people = list(Person.objects.filter(pk__in=both).prefetch_related("documents", "phones", "memberships"))
    at = {person.pk: place for place, person in enumerate(people)}
    places = [(at[first], at[second]) for first, second in wanted.values()]
    judged = judge(columns(map(of_person, people)), places, among=SearchEntry.objects.count())
    return {pair: _said(one) for pair, one in zip(wanted, judged, strict=True)}


def _said(judged: Judged) -> Said:
    evidence: list[list[object]] = [[one.field, one.level, round(10 * one.bits)] for one in judged.evidence]
    return round(1000 * judged.probability), evidence
