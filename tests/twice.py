"""One person in two records, each with everything that can be kept of one: for tests of merging."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import models

from cobijo.accounts.models import Account
from cobijo.accounts.types import Role
from cobijo.core import canonical, clock, images, personal
from cobijo.core.ids import uuid7
from cobijo.people import services as people
from cobijo.people.cards.types import CardKind
from cobijo.people.identity import fates
from cobijo.people.index import keys_of
from cobijo.people.models import Membership, NameToken, Person, SearchEntry, SearchKey
from cobijo.people.rights.types import RequestIn, RightKind
from cobijo.people.searching import postings, words
from cobijo.people.types import (
    BirthIn,
    ConsentIn,
    ConsentState,
    DocumentIn,
    HouseholdFactsIn,
    Kinship,
    NeedCode,
    PhoneIn,
    Sex,
)
from cobijo.sites import services as sites
from cobijo.sites.types import ArrivingIn, OutReason
from tests.cast import Cast, Place, act, grant

LATER = (
    "core.",
    "accounts.Reading",
    "accounts.Notice",
    "people.Merge",
    "people.SearchEntry",
    "people.NewOrChanged",
    "people.SearchKey",
    "people.Name",
)
"""What a merge and its undoing add to and never take back; the index is compared by its content."""


@dataclass(slots=True)
class Twice:
    """Two records of one person, each in a household of two, at A and at B; Beto works at both."""

    cast: Cast
    kept: UUID
    gone: UUID
    ids: dict[str, UUID] = field(default_factory=dict)

    def merge(self, who: Account | None = None, **given: Any) -> UUID:
        """Make one of the two; gives the merge's id."""
        merge_id = uuid7()
        people.merge_people(
            act(who or self.cast.beto, **given), merge_id=merge_id, kept_id=self.kept, gone_id=self.gone
        )
        return merge_id

    def unmerge(self, merge_id: UUID, who: Account | None = None) -> None:
        people.unmerge_people(act(who or self.cast.beto), merge_id=merge_id)


def build(cast: Cast, *, both_staying: bool = True) -> Twice:
    """José María Sicay at A, and once more as Jose Maria Xicay at B."""
    grant(cast.beto, Role.SITE_MANAGER, cast.b.unit)
    grant(cast.case_worker, Role.CASE_WORKER, cast.b.unit)
    found = Twice(cast, uuid7(), uuid7())
    _record(found, "kept", cast.ana, cast.a, given_names="José María", first_surname="Sicay", second_surname="Tzoc")
    _record(
        found, "gone", cast.carla, cast.b, given_names="Jose Maria", first_surname="Xicay",
        birth=BirthIn(day=4, month=3, year=1984), nicknames="Chema", origin_place="Caserío El Rodeo",
    )  # fmt: skip
    if not both_staying:
        sites.check_out(act(cast.carla), stay_ids=[found.ids["gone_stay"]], reason=OutReason.OTHER)
    return found


def _record(twice: Twice, name: str, who: Account, place: Place, **given: Any) -> None:
    cast, person, household = twice.cast, getattr(twice, name), uuid7()
    stay = twice.ids[f"{name}_stay"] = uuid7()
    twice.ids[f"{name}_home"] = household
    spouse = uuid7()
    members = [
        ArrivingIn(
            person_id=person, stay_id=stay, space_id=place.spaces["Salón"].id, sex=Sex.MALE, kinship=Kinship.HEAD,
            needs=[NeedCode.MEDICINE],
            phones=[PhoneIn(phone_id=uuid7(), number="+502 5555 0101")],
            **given,
        ),
        ArrivingIn(person_id=spouse, stay_id=uuid7(), given_names="Marta", kinship=Kinship.SPOUSE),
    ]  # fmt: skip
    sites.receive_household(act(who), household_id=household, site_id=place.id, members=members)
    sealed = DocumentIn(document_id=uuid7(), country="US", kind="alien_number", number="A099887766")
    people.add_document(act(who), person_id=person, document=sealed)
    note = twice.ids[f"{name}_note"] = uuid7()
    people.write_note(act(cast.case_worker), note_id=note, person_id=person, words=f"Nota de {name}")
    answer = ConsentIn(
        consent_id=uuid7(), person_id=person, purpose="tracing", language="es",
        state=ConsentState.GIVEN if name == "kept" else ConsentState.REFUSED,
    )  # fmt: skip
    people.record_consent(act(who), answer=answer)
    facts = HouseholdFactsIn(said_id=uuid7(), person_id=person, size_said=4)
    people.describe_household(act(who), household_id=household, facts=facts)
    people.name_collector(act(who), collector_id=uuid7(), household_id=household, person_id=person, name="Berta Coy")
    batch = people.print_cards(act(cast.beto), batch_id=uuid7(), unit_id=place.id, kind=CardKind.CARD, count=1)
    twice.ids[f"{name}_card"] = people.link_card(act(who), card=batch.fresh[0].text, person_id=person).id
    asked = RequestIn(
        person_id=person, kind=RightKind.CORRECTION, asked_on=clock.now().date() - timedelta(days=1),
        words=f"Mi nombre está mal ({name})",
    )  # fmt: skip
    twice.ids[f"{name}_request"] = people.ask_right(act(cast.case_worker), request_id=uuid7(), asked=asked).id


def picture(*, without: tuple[str, ...] = ()) -> dict[str, dict[str, bytes]]:
    """Every row of every table that a merge may touch, by model and id; ``without``: models that are left out."""
    found: dict[str, dict[str, bytes]] = {}
    for model in personal.our_models():
        if not model._meta.label.startswith(LATER) and model._meta.label not in without:
            found[model._meta.label] = {str(row.pk): images.picture(row) for row in model._default_manager.all()}
    found["index"] = index()
    return found


def index() -> dict[str, bytes]:
    """What each person is found by."""
    found: dict[str, list[str]] = {}
    for person, kind, key in SearchKey.objects.values_list("entry__person_id", "kind", "key"):
        found.setdefault(str(person), []).append(f"{kind}:{bytes(key).decode()}")
    known = dict(NameToken.objects.values_list("id", "word"))
    for person, tokens in SearchEntry.objects.values_list("person_id", "tokens"):
        found.setdefault(str(person), []).extend(known[token] for token in postings.tokens_in(bytes(tokens)))
    return {person: canonical.encode(sorted(keys)) for person, keys in found.items()}


def unlike(before: dict[str, dict[str, bytes]], after: dict[str, dict[str, bytes]]) -> set[tuple[str, str]]:
    """The rows that differ, as (model, id)."""
    return {
        (label, row)
        for label in before.keys() | after.keys()
        for row in before.get(label, {}).keys() | after.get(label, {}).keys()
        if before.get(label, {}).get(row) != after.get(label, {}).get(row)
    }


def index_as_written() -> dict[str, bytes]:
    """What each person in the index is to be found by, from what is known of them."""
    found = {}
    for person in Person.objects.filter(search_entry__isnull=False):
        keys = keys_of(person, person.documents.filter(voided_at=None), person.phones.filter(voided_at=None))
        by = [*(f"{kind}:{key.decode()}" for kind, key in keys), *words.of_person(person)]
        found[str(person.pk)] = canonical.encode(sorted(by))
    return found


def owners(tables: dict[str, dict[str, bytes]]) -> dict[tuple[str, str], str]:
    """Whose each row is."""
    return {
        (model._meta.label, row): canonical.decode(plain)["fields"][name]
        for model, name in fates.moving()
        for row, plain in tables[model._meta.label].items()
    }


def membership_in(household: UUID, person: UUID) -> set[tuple[str, str]]:
    found = Membership.objects.filter(household=household, person=person)
    return {(Membership._meta.label, str(row.pk)) for row in found}


def rows_of(model: type[models.Model], person: UUID) -> int:
    return model._default_manager.filter(person=person).count()
