"""Letting a held entry go."""

from datetime import timedelta
from uuid import UUID

import pytest

from cobijo.accounts import queries, services
from cobijo.accounts.models import Account, Grant
from cobijo.accounts.services.held import SAY_WHY
from cobijo.accounts.types import DiscardReason
from cobijo.core import clock, journal
from cobijo.core.errors import NOT_ALLOWED, NOT_FOUND, DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent, Outcome
from tests.cast import Cast, act


def held_entry(who: Account, unit: UUID | None) -> UUID:
    """An entry that arrived late and in conflict, as the journal keeps it."""
    then = clock.now() - timedelta(hours=2)
    intent = Intent.objects.create(
        op_id=uuid7(),
        verb="sites.accept_transfer",
        version=1,
        arguments="{}",
        digests=[],
        subjects=[],
        actor=who.id,
        node=uuid7(),
        door="api",
        unit=unit,
        happened_at=then,
        recorded_at=clock.now(),
    )
    journal.settle(intent, Outcome.Kind.HELD, code="core.meanwhile", about={"params": {}, "fields": []})
    return intent.op_id


def discard(who: Account, op_id: UUID, why: DiscardReason = DiscardReason.MISTAKE, words: str = "") -> None:
    services.discard_held(act(who), op_id=op_id, why=why, words=words)


def refusal(who: Account, op_id: UUID, why: DiscardReason = DiscardReason.MISTAKE, words: str = "") -> str:
    with pytest.raises(DomainError) as refused:
        discard(who, op_id, why, words)
    return refused.value.code


def test_whoever_entered_it_lets_it_go_and_it_stays_in_the_journal(cast: Cast) -> None:
    op_id = held_entry(cast.ana, cast.a.id)
    discard(cast.ana, op_id)
    assert not journal.held().exists()
    settled = Outcome.objects.get(kind=Outcome.Kind.DISCARDED)
    assert (settled.intent.op_id, settled.by, settled.code) == (op_id, cast.ana.id, "mistake")


def test_whoever_works_there_no_more_neither_reads_nor_settles_what_they_entered(cast: Cast) -> None:
    op_id = held_entry(cast.ana, cast.a.id)
    assert queries.held_for(cast.ana.id).count() == 1
    Grant.objects.filter(account=cast.ana).update(ends_at=clock.now())
    assert queries.held_for(cast.ana.id).count() == 0
    assert refusal(cast.ana, op_id) == NOT_FOUND.code
    discard(cast.beto, op_id)


def test_the_manager_of_the_site_lets_it_go(cast: Cast) -> None:
    discard(cast.beto, held_entry(cast.ana, cast.a.id))
    assert not journal.held().exists()


def test_others_may_not(cast: Cast) -> None:
    op_id = held_entry(cast.beto, cast.a.id)
    assert refusal(cast.ana, op_id) == NOT_ALLOWED.code
    assert refusal(cast.carla, op_id) == NOT_FOUND.code
    assert refusal(cast.outsider, op_id) == NOT_FOUND.code


def test_an_entry_of_no_unit_is_its_owners_alone(cast: Cast) -> None:
    op_id = held_entry(cast.ana, None)
    assert refusal(cast.beto, op_id) == NOT_FOUND.code
    discard(cast.ana, op_id)


def test_who_may_let_it_go_finds_it_waiting_and_nobody_else(cast: Cast) -> None:
    op_id = held_entry(cast.ana, cast.a.id)
    found = {
        who: queries.held_for(getattr(cast, who).id).count() for who in ("ana", "beto", "carla", "diego", "outsider")
    }
    assert found == {"ana": 1, "beto": 1, "carla": 0, "diego": 0, "outsider": 0}
    discard(cast.beto, op_id)
    assert not queries.held_for(cast.ana.id).exists()


def test_what_is_not_held_or_unknown_does_not_exist(cast: Cast) -> None:
    op_id = held_entry(cast.ana, cast.a.id)
    discard(cast.ana, op_id)
    assert refusal(cast.ana, op_id) == NOT_FOUND.code
    assert refusal(cast.ana, uuid7()) == NOT_FOUND.code


def test_another_reason_is_written_down_and_sealed(cast: Cast) -> None:
    op_id = held_entry(cast.ana, cast.a.id)
    assert refusal(cast.ana, op_id, DiscardReason.OTHER) == SAY_WHY.code
    discard(cast.ana, op_id, DiscardReason.OTHER, "La familia ya salió con su tía Rosa")
    intent = Intent.objects.get(verb="accounts.discard_held")
    assert "Rosa" not in intent.arguments
    assert journal.arguments_of(intent)["words"].endswith("Rosa")
