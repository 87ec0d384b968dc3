"""Who is not meant to learn anything, with every id in hand: the answer is that of an id that does not exist."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.utils import translation

from cobijo.accounts.access import COMMAND_LINE
from cobijo.accounts.models import Account
from cobijo.core import blobs, operations, records, verbs
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.personal import Purpose
from cobijo.core.verbs import Door
from cobijo.people import access, queries
from cobijo.people import models as kept
from cobijo.people import services as people
from cobijo.people.cards.types import CardKind, EndReason
from cobijo.people.identity import queries as identity
from cobijo.people.identity.types import JudgedIn, PairIn, Verdict
from cobijo.people.models import BreakGlass, Document, Household, Membership, Person, PersonScope, Phone, Protection
from cobijo.people.paper.types import FormEnd
from cobijo.people.retention.types import RuleFor
from cobijo.people.rights.types import Answered, RequestIn, RightKind
from cobijo.people.tests.conftest import member, persons, register
from cobijo.people.types import (
    Basis,
    ConsentIn,
    ConsentState,
    CorrectionIn,
    DocumentIn,
    EraseGround,
    HouseholdFactsIn,
    Kinship,
    MovingIn,
    PhoneIn,
    VoidReason,
)
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Known:
    """The ids an attacker has: Ana's at A, or ids of nothing."""

    person: UUID
    household: UUID
    unit: UUID
    document: UUID
    phone: UUID
    protection: UUID
    opening: UUID
    batch: UUID
    card: UUID
    photo: UUID
    forms: UUID = field(default_factory=uuid7)
    form: UUID = field(default_factory=uuid7)
    collector: UUID = field(default_factory=uuid7)
    request: UUID = field(default_factory=uuid7)
    run: UUID = field(default_factory=uuid7)
    twin: UUID = field(default_factory=uuid7)
    merge: UUID = field(default_factory=uuid7)


@pytest.fixture
def real(cast: Cast, home: Household) -> Known:
    """A person with everything, protected from all but Elena."""
    person = persons(home)["María José"]
    paper = DocumentIn(document_id=uuid7(), country="GT", kind="cui", number="2345678900101")
    phone = PhoneIn(phone_id=uuid7(), number="+502 5550 1234")
    people.add_document(act(cast.ana), person_id=person, document=paper)
    people.add_phone(act(cast.ana), person_id=person, phone=phone)
    batch, card, photo = _cards_and_photo(cast, person)
    forms = people.print_forms(act(cast.beto), batch_id=uuid7(), unit_id=cast.a.id, count=1)
    collector = people.name_collector(
        act(cast.ana), collector_id=uuid7(), household_id=home.id, person_id=person, name="Berta"
    )
    asked = RequestIn(person_id=person, kind=RightKind.ERASURE, asked_on=date(2018, 6, 4))
    request = people.ask_right(act(cast.ana), request_id=uuid7(), asked=asked)
    run = people.preview_retention(act(cast.administrator), run_id=uuid7(), unit_id=cast.response.pk)
    twin, merge = _twin(cast, person), uuid7()
    people.merge_people(act(cast.beto), merge_id=merge, kept_id=person, gone_id=twin)
    opening = people.break_glass(
        act(cast.beto),
        break_glass_id=uuid7(),
        unit_id=cast.a.id,
        code=Person.objects.get(pk=person).code,
        why="x",
    )
    protection = uuid7()
    people.protect_person(
        act(cast.case_worker),
        protection_id=protection,
        person_id=person,
        why="x",
        asked_by_person=True,
        worker_ids=[cast.case_worker.id],
    )
    assert opening
    return Known(
        person, home.id, cast.a.id, paper.document_id, phone.phone_id, protection, opening.id, batch, card, photo,
        forms.id, forms.forms.get().id, collector.id, request.id, run.id, twin, merge,
    )  # fmt: skip


def _twin(cast: Cast, person: UUID) -> UUID:
    """Somebody at A who may be that person, with another number of the same document."""
    paper = DocumentIn(document_id=uuid7(), country="GT", kind="cui", number="1934566780101")
    twin = member("Maria Jose", "Quiej", documents=[paper], kinship=Kinship.HEAD)
    register(cast.ana, cast.a.id, [twin])
    pair = PairIn(pair_id=uuid7(), first_id=person, second_id=twin.person_id, probability=900)
    people.queue_pairs(operations.act_of(COMMAND_LINE, Door.COMMAND), pairs=[pair])
    return twin.person_id


def _cards_and_photo(cast: Cast, person: UUID) -> tuple[UUID, UUID, UUID]:
    """A batch, the card of it that the person has, and their photo."""
    batch = people.print_cards(act(cast.beto), batch_id=uuid7(), unit_id=cast.a.id, kind=CardKind.CARD, count=2)
    card = people.link_card(act(cast.ana), card=batch.fresh[0].text, person_id=person)
    digest = blobs.put(person, Purpose.SHELTER, b"a face")
    photo = people.set_photo(act(cast.ana), photo_id=uuid7(), person_id=person, digest=digest)
    return batch.id, card.id, photo.id


def nothing() -> Known:
    """Ids of nothing."""
    return Known(*(uuid7() for _ in range(10)))


def _consent(person: UUID) -> ConsentIn:
    return ConsentIn(consent_id=uuid7(), person_id=person, purpose="tracing", state=ConsentState.REFUSED, language="es")


ATTACKS: dict[str, Callable[[Known, Account], dict[str, Any]]] = {
    "register_household": lambda at, _: {"household_id": uuid7(), "unit_id": at.unit, "members": [member("Eva")]},
    "add_member": lambda at, _: {"household_id": at.household, "unit_id": at.unit, "member": member("Eva")},
    "correct_person": lambda at, _: {"correction": CorrectionIn(person_id=at.person, given_names="X")},
    "add_document": lambda at, _: {
        "person_id": at.person,
        "document": DocumentIn(document_id=uuid7(), country="GT", kind="cui", number="1"),
    },
    "void_document": lambda at, _: {"document_id": at.document},
    "add_phone": lambda at, _: {"person_id": at.person, "phone": PhoneIn(phone_id=uuid7(), number="55501234")},
    "void_phone": lambda at, _: {"phone_id": at.phone},
    "set_needs": lambda at, _: {"person_id": at.person, "needs": []},
    "change_membership": lambda at, _: {
        "person_id": at.person,
        "membership_id": uuid7(),
        "kinship": Kinship.SPOUSE,
    },
    "move_member": lambda at, _: {
        "person_id": at.person,
        "household_id": at.household,
        "membership_id": uuid7(),
        "kinship": Kinship.RELATIVE,
    },
    "new_household_of": lambda at, _: {
        "household_id": uuid7(),
        "unit_id": at.unit,
        "members": [MovingIn(person_id=at.person, membership_id=uuid7())],
    },
    "record_consent": lambda at, _: {"answer": _consent(at.person)},
    "set_basis": lambda at, _: {
        "basis_id": uuid7(),
        "unit_id": at.unit,
        "purpose": Purpose.SHELTER,
        "basis": Basis.VITAL,
        "said_aloud": {},
    },
    "write_note": lambda at, _: {"note_id": uuid7(), "person_id": at.person, "words": "x"},
    "protect_person": lambda at, who: {
        "protection_id": uuid7(),
        "person_id": at.person,
        "why": "x",
        "asked_by_person": True,
        "worker_ids": [who.id],
    },
    "end_protection": lambda at, _: {"protection_id": at.protection},
    "name_worker": lambda at, who: {"named_id": uuid7(), "protection_id": at.protection, "account_id": who.id},
    "unname_worker": lambda at, who: {"protection_id": at.protection, "account_id": who.id},
    "break_glass": lambda at, _: {"break_glass_id": uuid7(), "unit_id": at.unit, "code": "2345678900101", "why": "x"},
    "review_break_glass": lambda at, _: {"break_glass_id": at.opening, "justified": True},
    "void_person": lambda at, _: {"person_id": at.person, "reason": VoidReason.MISTAKE},
    "erase_person": lambda at, _: {"person_id": at.person, "ground": EraseGround.REQUEST},
    "print_cards": lambda at, _: {"batch_id": uuid7(), "unit_id": at.unit, "kind": CardKind.CARD, "count": 1},
    "count_cards": lambda at, _: {"batch_id": at.batch, "at_hand": 1},
    "void_cards": lambda at, _: {"batch_id": at.batch},
    "link_card": lambda at, _: {"card": "C-8C0-ZZ6-Z", "person_id": at.person},
    "end_card": lambda at, _: {"card_id": at.card, "reason": EndReason.LOST},
    "replace_card": lambda at, _: {"card_id": at.card, "card": "C-8C0-ZZ6-Z"},
    "set_photo": lambda at, _: {"photo_id": uuid7(), "person_id": at.person, "digest": "0" * 64},
    "remove_photo": lambda at, _: {"photo_id": at.photo},
    "describe_household": lambda at, _: {
        "household_id": at.household,
        "facts": HouseholdFactsIn(said_id=uuid7(), person_id=at.person, size_said=3),
    },
    "name_collector": lambda at, _: {
        "collector_id": uuid7(),
        "household_id": at.household,
        "person_id": at.person,
        "name": "x",
    },
    "end_collector": lambda at, _: {"collector_id": at.collector},
    "print_forms": lambda at, _: {"batch_id": uuid7(), "unit_id": at.unit, "count": 1},
    "end_form": lambda at, _: {"form_id": at.form, "reason": FormEnd.LOST},
    "void_forms": lambda at, _: {"batch_id": at.forms},
    "give_copy": lambda at, _: {"copy_id": uuid7(), "person_id": at.person, "language": "es"},
    "ask_right": lambda at, _: {
        "request_id": uuid7(),
        "asked": RequestIn(person_id=at.person, kind=RightKind.COPY, asked_on=date(2018, 6, 4)),
    },
    "answer_right": lambda at, _: {"request_id": at.request, "outcome": Answered.GRANTED},
    "erase_on_request": lambda at, _: {"request_id": at.request},
    "set_retention": lambda at, _: {
        "rule_id": uuid7(),
        "unit_id": at.unit,
        "category": RuleFor.HEALTH,
        "days": 30,
        "on": False,
    },
    "preview_retention": lambda at, _: {"run_id": uuid7(), "unit_id": at.unit},
    "expire": lambda at, _: {"run_id": at.run, "person_id": at.person, "category": RuleFor.HEALTH},
    "finish_retention": lambda at, _: {"run_id": at.run, "done": {}},
    "queue_pairs": lambda at, _: {
        "pairs": [PairIn(pair_id=uuid7(), first_id=at.person, second_id=at.twin, probability=1)],
    },
    "judge_pairs": lambda at, _: {
        "judged": [
            JudgedIn(pair_id=uuid7(), first_id=at.person, second_id=at.twin, verdict=Verdict.DIFFERENT),
        ],
    },
    "merge_people": lambda at, _: {"merge_id": uuid7(), "kept_id": at.person, "gone_id": at.twin},
    "approve_merge": lambda at, _: {"merge_id": at.merge},
    "refuse_merge": lambda at, _: {"merge_id": at.merge},
    "unmerge_people": lambda at, _: {"merge_id": at.merge},
}
"""Every verb of this app, aimed at what is known."""

AT_THE_MACHINE = {"erase_person", "expire", "finish_retention", "queue_pairs"}
"""Verbs that no desk does, whoever sits there."""

AT_ONES_OWN = {
    "add_member": lambda at, unit: {"household_id": at.household, "unit_id": unit, "member": member("Eva")},
    "new_household_of": lambda at, unit: ATTACKS["new_household_of"](at, Account()) | {"unit_id": unit},
}
"""Verbs that name a unit, tried with the attacker's own."""


def refusal(verb: str, who: Account, arguments: dict[str, Any]) -> tuple[str, str, dict[str, str]]:
    """How a verb refuses somebody."""
    with translation.override("es"), pytest.raises(DomainError) as refused:
        getattr(people, verb)(act(who), **arguments)
    return refused.value.code, refused.value.sentence, {path: str(one) for path, one in refused.value.fields.items()}


def seen(who: Account) -> dict[str, int]:
    """How many rows of each kind somebody sees."""
    ours = [model for model in records.kinds() if model._meta.app_label == "people"]
    return {model.__name__: access.visible_to(who.id, model._default_manager.all()).count() for model in ours}


def test_every_verb_is_attacked() -> None:
    assert set(ATTACKS) == {name.removeprefix("people.") for name in verbs.registry if name.startswith("people.")}


@pytest.mark.parametrize("verb", ATTACKS)
def test_known_ids_and_unknown_ones_are_refused_alike_and_nothing_is_gained(cast: Cast, real: Known, verb: str) -> None:
    strangers = [cast.outsider, cast.carla]
    if "unit_id" not in ATTACKS[verb](real, cast.diego):  # whose response the unit belongs to
        strangers.append(cast.diego)
    for who in strangers:
        before = seen(who)
        known = refusal(verb, who, ATTACKS[verb](real, who))
        assert known == refusal(verb, who, ATTACKS[verb](nothing(), who))
        assert known[0] == ("core.not_this_door" if verb in AT_THE_MACHINE else "core.not_found")
        assert seen(who) == before


@pytest.mark.parametrize("verb", AT_ONES_OWN)
def test_ones_own_unit_gains_nothing_on_others_people(cast: Cast, real: Known, verb: str) -> None:
    known = refusal(verb, cast.carla, AT_ONES_OWN[verb](real, cast.b.id))
    assert known == refusal(verb, cast.carla, AT_ONES_OWN[verb](nothing(), cast.b.id))
    assert known[0] == "core.not_found"


def test_the_sites_own_team_cannot_tell_a_protected_person_from_nobody(cast: Cast, real: Known) -> None:
    BreakGlass.objects.all().delete()
    about_the_person = [verb for verb in ATTACKS if "person_id" in ATTACKS[verb](real, cast.ana)]
    for verb in [
        *about_the_person,
        "correct_person",
        "record_consent",
        "void_document",
        "void_phone",
        "end_protection",
        "end_card",
        "replace_card",
        "remove_photo",
        "ask_right",
        "answer_right",
        "erase_on_request",
        "approve_merge",
        "refuse_merge",
        "unmerge_people",
    ]:
        for who in (cast.ana, cast.beto):
            known = refusal(verb, who, ATTACKS[verb](real, who))
            assert known == refusal(verb, who, ATTACKS[verb](nothing(), who))


QUERIES: dict[str, Callable[[UUID, Known], Any]] = {
    "person_row": lambda who, at: queries.person_row(who, at.person),
    "household_row": lambda who, at: queries.household_row(who, at.household),
    "household_of": lambda who, at: queries.household_of(who, at.person),
    "timeline": lambda who, at: queries.timeline(who, at.person),
    "lines": lambda who, at: queries.lines(who, [at.person]),
    "members_for": lambda who, at: queries.members_for(who, at.household),
    "documents_of": lambda who, at: queries.documents_of(who, at.person),
    "phones_of": lambda who, at: queries.phones_of(who, at.person),
    "need_codes": lambda who, at: queries.need_codes(who, at.person),
    "answers_of": lambda who, at: queries.answers_of(who, at.person),
    "notes_of": lambda who, at: queries.notes_of(who, at.person),
    "open_protection": lambda who, at: queries.open_protection(who, at.person),
    "beside": lambda who, at: identity.beside(who, at.person, at.twin),
    "merge_outlook": lambda who, at: identity.merge_outlook(who, at.person, at.twin),
    "unmerge_outlook": lambda who, at: identity.unmerge_outlook(who, at.merge),
    "merge_for": lambda who, at: identity.merge_for(who, at.merge),
    "merges_of": lambda who, at: identity.merges_of(who, at.person),
    "pairs_of": lambda who, at: identity.pairs_of(who, at.twin),
}


@pytest.mark.parametrize("name", QUERIES)
def test_every_question_about_a_strangers_person_is_answered_as_about_nobody(
    cast: Cast, real: Known, name: str
) -> None:
    def answer(at: Known, who: Account) -> Any:
        try:
            return QUERIES[name](who.id, at)
        except DomainError as refused:
            return refused.code, refused.sentence, refused.fields

    for who in (cast.outsider, cast.carla, cast.diego, cast.administrator):
        assert answer(real, who) == answer(nothing(), who)


def test_outsiders_see_no_row_of_anything_about_people(cast: Cast, real: Known) -> None:
    for who in (cast.outsider, cast.carla, cast.diego, cast.administrator):
        counts = seen(who) | dict.fromkeys(("LegalBasis", "RetentionRule", "RetentionRun"), 0)  # about nobody
        assert not any(counts.values()), counts
    assert seen(cast.case_worker)["Person"] == 6
    assert seen(cast.ana)["Person"] == 5
    assert (seen(cast.case_worker)["Pair"], seen(cast.case_worker)["Merge"]) == (1, 1)
    assert (seen(cast.beto)["Pair"], seen(cast.beto)["Merge"]) == (0, 0)
    for model in (Document, Phone, Membership, Protection):
        assert access.visible_to(cast.ana.id, model._default_manager.filter(**_of(model, real.person))).count() == 0


def _of(model: Any, person: UUID) -> dict[str, UUID]:
    return {"person": person}


def test_registering_does_not_ask_who_is_known_already(cast: Cast, real: Known) -> None:
    """The same names, document and telephone at another site: taken, without a word, as for anybody (TRUST.md)."""
    before = Person.objects.count()
    paper = DocumentIn(document_id=uuid7(), country="GT", kind="cui", number="2345678900101")
    phone = PhoneIn(phone_id=uuid7(), number="+502 5550 1234")
    twin = member("María José", "Quiej", documents=[paper], phones=[phone], kinship=Kinship.HEAD)
    done = act(cast.carla)
    people.register_household(done, household_id=uuid7(), unit_id=cast.b.id, members=[twin])
    assert Person.objects.count() == before + 1
    assert [hit.person_id for hit in queries.search(cast.carla.id, "quiej")] == [twin.person_id]
    assert kept.PersonScope.objects.filter(person=real.person, unit=cast.b.unit).count() == 0
    assert PersonScope.objects.filter(person=twin.person_id).count() == 1
