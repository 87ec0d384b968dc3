"""Somebody who can write to the database, and has this program, but not the node key: whatever they do shows.

They may also take rows out from under their seals and let the running node seal them again.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from cobijo.core import clock, events, keys, operations, rotation, seals
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent, Mention, Outcome, RingKey, Seal, Segment, SubjectKey
from cobijo.core.verbs import Door
from cobijo.people import services as people
from cobijo.people.types import EraseGround, Kinship, MemberIn
from tests.cast import Cast, act

pytestmark = [pytest.mark.django_db, pytest.mark.database]

Attack = Callable[[Intent], Any]


def register(cast: Cast, **given: Any) -> Intent:
    """Ana registers somebody at A."""
    done = act(cast.ana, **given)
    member = MemberIn(person_id=uuid7(), given_names="Xiomara", kinship=Kinship.HEAD)
    people.register_household(done, household_id=uuid7(), unit_id=cast.a.id, members=[member])
    return Intent.objects.get(op_id=done.op_id)


@pytest.fixture
def attacked(cast: Cast) -> Intent:
    """An operation among others, under a seal of two."""
    register(cast)
    intent = register(cast)
    seals.seal_waiting()
    register(cast)
    seals.seal_waiting()
    assert seals.verify()[0] == []
    return intent


def faults() -> set[str]:
    return {fault.code for fault in seals.verify()[0]}


def unseal() -> None:
    """Take every row out from under its seal."""
    Intent.objects.update(seal=None)
    Outcome.objects.update(seal=None)
    Seal.objects.all().delete()


OTHER_VALUES: dict[type[Intent | Outcome], dict[str, Any]] = {
    Intent: {
        "op_id": uuid7(), "verb": "people.void_person", "version": 2, "arguments": "{}", "digests": [], "subjects": [],
        "actor": uuid7(), "device": uuid7(), "number": 7, "node": uuid7(), "door": "node", "unit": uuid7(),
        "amends": uuid7(), "happened_at": clock.now(), "recorded_at": clock.now(), "imprint": "0" * 64,
    },
    Outcome: {
        "kind": "held", "code": "x", "about": {}, "result_model": "x", "result_id": uuid7(), "flags": [{"code": "x"}],
        "by": uuid7(), "at": clock.now(), "imprint": "",
    },
}  # fmt: skip
CHANGES = [(model, name, value) for model, columns in OTHER_VALUES.items() for name, value in columns.items()]


@pytest.mark.parametrize(("model", "column", "value"), CHANGES, ids=[f"{m.__name__}.{name}" for m, name, _ in CHANGES])
def test_every_column_altered_shows_sealed_and_sealed_again(
    attacked: Intent, model: type[Intent | Outcome], column: str, value: Any
) -> None:
    rows: Any = model._default_manager.filter(**({"pk": attacked.pk} if model is Intent else {"intent": attacked}))
    rows.update(**{column: value})
    assert {"row_altered", "row_foreign"} <= faults()
    unseal()
    seals.seal_waiting()
    assert "row_foreign" in faults()


def test_no_column_is_left_out_of_what_is_tried() -> None:
    for model, tried in OTHER_VALUES.items():
        columns = {column.name for column in model._meta.concrete_fields} - {"id", "seal", "intent"}
        assert columns == set(tried)


def _forge_row(attacked: Intent) -> None:
    """A copy of an operation under another id, with what became of it, left for the node to seal."""
    outcome = attacked.outcomes.get()
    attacked.pk, attacked.op_id, attacked.seal = None, uuid7(), None
    attacked.save(force_insert=True)
    outcome.pk, outcome.intent, outcome.seal = None, attacked, None
    outcome.save(force_insert=True)


def _forge_erasure(attacked: Intent) -> None:
    """A segment gone, and a row that says its person was erased."""
    segment = attacked.segments.get()
    Outcome.objects.create(intent=attacked, kind="erased", at=clock.now(), about={"subject": str(segment.subject)})
    segment.delete()


def _add_segment(attacked: Intent) -> None:
    segment = attacked.segments.get()
    Segment.objects.create(intent=attacked, place=1, subject=segment.subject, sealed=segment.sealed)


def _add_segment_to_an_operation_without(attacked: Intent) -> None:
    Intent.objects.filter(pk=attacked.pk).update(digests=[])


def _move_outcome(attacked: Intent) -> None:
    other = Outcome.objects.exclude(intent=attacked).order_by("id")[0]
    Outcome.objects.filter(intent=attacked).update(intent=other.intent)


@pytest.mark.parametrize(
    ("attack", "fault"),
    [
        (_forge_row, "row_foreign"),
        (_forge_erasure, "row_foreign"),
        (_add_segment, "segment_unreadable"),
        (_add_segment_to_an_operation_without, "segment_added"),
        (_move_outcome, "outcome_missing"),
        (lambda attacked: attacked.outcomes.all().delete(), "outcome_missing"),
        (lambda attacked: attacked.segments.all().delete(), "segment_missing"),
        (lambda attacked: Mention.objects.filter(intent=attacked).delete(), "index_altered"),
        (lambda attacked: Mention.objects.filter(intent=attacked).update(subject=uuid7()), "index_altered"),
        (lambda attacked: Mention.objects.create(intent=attacked, subject=uuid7()), "index_altered"),
    ],
)
def test_what_is_put_there_taken_out_or_moved_shows_although_the_node_seals_again(
    attacked: Intent, attack: Attack, fault: str
) -> None:
    attack(attacked)
    assert faults()
    unseal()
    seals.seal_waiting()
    assert fault in faults()


def test_operations_put_in_another_order_show(attacked: Intent) -> None:
    first = Intent.objects.order_by("id")[0]
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        else:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for old, new in ((first.pk, -1), (attacked.pk, first.pk), (-1, attacked.pk)):
            cursor.execute("UPDATE core_intent SET id = %s WHERE id = %s", [new, old])
    assert "row_altered" in faults()


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL lets no such value in")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_intent SET op_id = 'zzz' WHERE id = {id}",
        "UPDATE core_intent SET digests = '[\"x\"]' WHERE id = {id}",
        "UPDATE core_outcome SET result_id = 'zzz' WHERE intent_id = {id}",
        "UPDATE core_segment SET subject = 'zzz' WHERE intent_id = {id}",
        "UPDATE core_segment SET sealed = 'zzz' WHERE intent_id = {id}",
        "UPDATE core_seal SET node = 'zzz' WHERE number = 1",
        "UPDATE core_seal SET rows = 'zzz' WHERE number = 1",
        "UPDATE core_seal SET signature = 'zzz' WHERE number = 1",
    ],
)
def test_a_value_no_row_can_hold_ends_in_a_sentence(attacked: Intent, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(id=attacked.pk))
    with pytest.raises(CommandError, match="not whole"):
        call_command("verify_journal")


@pytest.mark.parametrize("damaged", [SubjectKey, RingKey])
def test_a_damaged_key_ends_in_a_sentence(attacked: Intent, damaged: Any) -> None:
    damaged.objects.update(wrapped=b"\x01" + bytes(90))
    keys.forget()
    with pytest.raises(CommandError, match="not whole"):
        call_command("verify_journal")


def test_what_is_not_sealed_yet_shows_too(cast: Cast, attacked: Intent) -> None:
    waiting = register(cast)
    Intent.objects.filter(pk=waiting.pk).update(actor=cast.carla.id)
    with pytest.raises(CommandError, match="not whole"):
        call_command("verify_journal")
    assert faults() == {"row_foreign"}


def test_a_journal_emptied_shows_to_whoever_read_it_before(attacked: Intent) -> None:
    events.deliver()
    for model in (Outcome, Segment, Mention, Intent, Seal):
        model._default_manager.all().delete()
    assert faults() == {"journal_shorter"}


def test_a_key_of_ones_own_in_the_ring_does_not_help(cast: Cast, attacked: Intent) -> None:
    keys.add_version(keys.IMPRINT)
    Intent.objects.filter(pk=attacked.pk).update(actor=cast.carla.id)
    unseal()
    seals.seal_waiting()
    assert faults() == {"row_foreign"}


def test_new_keys_in_the_ring_leave_the_journal_whole(cast: Cast, attacked: Intent) -> None:
    rotation.rotate()
    register(cast)
    seals.seal_waiting()
    assert faults() == set()


def test_acts_of_another_zone_held_acts_and_erased_people_leave_it_whole(cast: Cast) -> None:
    late = clock.now().astimezone(ZoneInfo("America/Guatemala")) - 3 * operations.LATE_AFTER
    intent = register(cast, happened_at=late)
    person = UUID(intent.subjects[0])
    command = operations.act_of(UUID(int=0), Door.COMMAND)
    people.erase_person(command, person_id=person, ground=EraseGround.REQUEST)
    seals.seal_waiting()
    assert faults() == set()
