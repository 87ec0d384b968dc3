"""The journal, seen from a verb: what is kept, what shows when it was tampered with, and what erasing leaves."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cobijo.accounts.access import COMMAND_LINE
from cobijo.core import canonical, clock, erasure, images, journal, keyfile, operations, seals, verbs
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent, Mention, Outcome, Seal, Segment, SubjectKey
from cobijo.core.verbs import Act, Door
from cobijo.people import services as people
from cobijo.people.models import Person
from cobijo.people.types import BirthIn, EraseGround, Kinship, MemberIn, PhoneIn, Sex
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db


def family(size: int = 3) -> list[MemberIn]:
    """A head and others, with names only they have."""
    return [
        MemberIn(
            person_id=uuid7(),
            given_names=f"Xiomara{at}",
            first_surname="Quezadanez",
            sex=Sex.FEMALE,
            birth=BirthIn(age_years=40 - at),
            kinship=Kinship.HEAD if at == 0 else Kinship.CHILD,
            phones=[PhoneIn(phone_id=uuid7(), number="5550 1234")] if at == 0 else [],
        )
        for at in range(size)
    ]


def register(cast: Cast, members: list[MemberIn] | None = None, **given: Any) -> tuple[Act, dict[str, Any]]:
    """Ana registers a household at A; gives the act and the arguments."""
    done = act(cast.ana, **given)
    arguments: dict[str, Any] = {"household_id": uuid7(), "unit_id": cast.a.id, "members": members or family()}
    people.register_household(done, **arguments)
    return done, arguments


def codes(faults: list[seals.Fault]) -> set[str]:
    return {fault.code for fault in faults}


# --- what is kept ----------------------------------------------------------------------------------------------------


def test_an_operation_keeps_its_arguments_each_persons_part_sealed(cast: Cast) -> None:
    done, arguments = register(cast)
    intent = Intent.objects.get(op_id=done.op_id)
    members = arguments["members"]

    assert intent.verb == "people.register_household"
    assert intent.unit == cast.a.id
    assert {*intent.subjects} == {str(member.person_id) for member in members}
    assert "Quezadanez" not in intent.arguments
    assert intent.segments.count() == len(members)
    assert all(b"Quezadanez" not in bytes(segment.sealed) for segment in intent.segments.all())
    again = journal.arguments_of(intent)
    assert [member["given_names"] for member in again["members"]] == ["Xiomara0", "Xiomara1", "Xiomara2"]
    assert again["members"][0]["phones"][0]["number"] == "5550 1234"
    assert [outcome.kind for outcome in intent.outcomes.all()] == ["applied"]


def test_the_same_operation_twice_is_done_once_and_answered_alike(cast: Cast) -> None:
    done, arguments = register(cast)
    again = people.register_household(done, **arguments)
    assert again.pk == arguments["household_id"]
    assert (Intent.objects.count(), Person.objects.count()) == (1, 3)


def test_the_same_id_with_other_content_or_by_another_is_refused(cast: Cast) -> None:
    done, arguments = register(cast)
    other = [replace(arguments["members"][0], given_names="Otra"), *arguments["members"][1:]]
    with pytest.raises(DomainError, match=r"core\.op_reused"):
        people.register_household(done, **arguments | {"members": other})
    with pytest.raises(DomainError, match=r"core\.op_reused"):
        people.register_household(replace(done, actor=cast.beto.id), **arguments)
    assert Intent.objects.count() == 1


def test_a_refusal_leaves_the_operation_id_free(cast: Cast) -> None:
    first = act(cast.ana)
    two_heads = [replace(member, kinship=Kinship.HEAD) for member in family(2)]
    with pytest.raises(DomainError):
        people.register_household(first, household_id=uuid7(), unit_id=cast.a.id, members=two_heads)
    assert not Intent.objects.exists()
    assert not SubjectKey.objects.exists()
    people.register_household(first, household_id=uuid7(), unit_id=cast.a.id, members=family(2))
    assert Intent.objects.get().op_id == first.op_id


def test_ids_that_cannot_be_new_are_refused_alike_whether_or_not_they_are_in_use(cast: Cast) -> None:
    _, arguments = register(cast)
    known = arguments["members"][0].person_id
    with pytest.raises(DomainError) as taken:
        register(cast, [replace(family(1)[0], person_id=known)])
    with pytest.raises(DomainError) as old:
        register(cast, [replace(family(1)[0], person_id=known.__class__(int=known.int - (40 * 86_400_000 << 80)))])
    assert (taken.value.code, taken.value.sentence) == (old.value.code, old.value.sentence)


def test_an_act_of_the_future_is_refused(cast: Cast) -> None:
    with pytest.raises(DomainError, match=r"core\.future"):
        register(cast, happened_at=clock.now() + timedelta(hours=1))


def test_a_door_that_is_not_for_the_verb_is_closed(cast: Cast) -> None:
    with pytest.raises(DomainError, match=r"core\.not_this_door"):
        people.erase_person(operations.act_of(COMMAND_LINE, Door.NODE), person_id=uuid7(), ground=EraseGround.REQUEST)


def test_arguments_that_do_not_fit_are_said_field_by_field_and_never_repeated(cast: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        operations.submit(
            "people.register_household",
            act(cast.ana),
            {
                "household_id": "no",
                "unit_id": str(cast.a.id),
                "members": [{"person_id": str(uuid7()), "given_names": "Xiomara" * 90, "colour": "red"}],
            },
        )
    assert refused.value.code == "core.bad_arguments"
    assert {"household_id", "members.0.given_names", "members.0.colour"} <= refused.value.fields.keys()
    assert "Xiomara" not in str({**refused.value.fields, "": refused.value.sentence})


# --- seals -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def sealed(cast: Cast) -> Cast:
    """Two seals over three operations."""
    register(cast)
    register(cast)
    seals.seal_waiting()
    register(cast)
    seals.seal_waiting()
    return cast


def test_a_whole_journal_verifies(sealed: Cast) -> None:
    faults, checked = seals.verify(seals.witness())
    assert faults == []
    assert checked == {"seals": 2, "rows": 6, "segments": 9}


def test_rows_are_sealed_once_and_nothing_is_sealed_when_nothing_waits(sealed: Cast) -> None:
    assert seals.seal_waiting() == 0
    assert [(seal.number, seal.rows) for seal in seals.sealed_after(1, 0)] == [(1, 4), (2, 2)]
    assert [seal.number for seal in seals.sealed_after(1, 1)] == [2]


def test_a_longer_journal_takes_no_more_queries(sealed: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert seals.verify()[0] == []
        return len(queries)

    few = asked()
    for _ in range(5):
        register(sealed)
        seals.seal_waiting()
    assert Seal.objects.count() == 7
    assert asked() == few


def test_a_journal_of_many_batches_is_checked_to_its_end(sealed: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "BATCH", 2)
    monkeypatch.setattr(seals, "OPENED_AT_ONCE", 1)
    assert seals.verify() == ([], {"seals": 2, "rows": 6, "segments": 9})
    newest = Intent.objects.latest("id")
    Segment.objects.filter(intent=newest).delete()
    assert seals.verify()[0] == [seals.Fault("segment_missing", f"operation {newest.op_id}")] * 3


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE core_intent SET verb = 'people.void_person' WHERE id = {first}", "row_altered"),
        ("UPDATE core_intent SET arguments = '{{}}' WHERE id = {first}", "row_altered"),
        ("UPDATE core_outcome SET kind = 'held' WHERE intent_id = {first}", "row_altered"),
        ("UPDATE core_seal SET rows = rows - 1 WHERE number = 1", "rows_added"),
        ("UPDATE core_seal SET made_at = '2018-01-01 00:00:00' WHERE number = 1", "seal_altered"),
        ("DELETE FROM core_segment WHERE intent_id = {first}", "segment_missing"),
    ],
)
def test_a_row_altered_by_hand_shows(sealed: Cast, statement: str, fault: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(first=Intent.objects.order_by("id")[0].pk))
    assert fault in codes(seals.verify()[0])


def test_recomputing_every_hash_without_the_seal_key_shows(sealed: Cast, tmp_path: Path) -> None:
    Intent.objects.filter(pk=Intent.objects.order_by("id")[0].pk).update(actor=sealed.carla.id)
    forger = keyfile.make(tmp_path / "forged.key")
    before = seals.START
    for seal in Seal.objects.order_by("number"):
        rows: list[Intent | Outcome] = [
            *Intent.objects.filter(seal=seal).order_by("id"),
            *Outcome.objects.filter(seal=seal).order_by("id"),
        ]
        seal.rows, seal.root = seals._root(rows)
        seal.previous = before
        seal.hash = seals._hash(seal)
        seal.signature = forger.signing.sign(bytes.fromhex(seal.hash))
        seal.save()
        before = seal.hash
    assert codes(seals.verify()[0]) == {"signature_wrong", "row_foreign"}


def test_a_journal_cut_at_its_end_shows_to_a_witness_and_only_to_one(sealed: Cast, tmp_path: Path) -> None:
    file = tmp_path / "witness.json"
    call_command("witness", str(file))
    last = Seal.objects.get(number=2)
    cut = Intent.objects.filter(seal=last)
    Outcome.objects.filter(seal=last).delete()
    Mention.objects.filter(intent__in=cut).delete()
    Segment.objects.filter(intent__in=cut).delete()
    cut.delete()
    last.delete()
    assert seals.verify()[0] == []
    assert codes(seals.verify(seals.read_witness(file))[0]) == {"journal_cut"}
    register(sealed)
    seals.seal_waiting()
    assert codes(seals.verify(seals.read_witness(file))[0]) == {"journal_rewritten"}


def test_a_segment_put_in_anothers_place_does_not_open(sealed: Cast) -> None:
    one, other = Segment.objects.order_by("id")[:2]
    Segment.objects.filter(pk=one.pk).update(sealed=other.sealed)
    assert "segment_unreadable" in codes(seals.verify()[0])


def test_the_command_says_what_is_wrong_and_ends_with_its_code(sealed: Cast, tmp_path: Path) -> None:
    call_command("verify_journal")
    Intent.objects.update(actor=sealed.carla.id)
    with pytest.raises(CommandError, match="not whole"):
        call_command("verify_journal", "--json")
    with pytest.raises(CommandError) as missing:
        call_command("verify_journal", "--witness", str(tmp_path / "none.json"))
    assert missing.value.returncode == 2


def test_a_witness_is_plain_json_without_anything_personal(sealed: Cast, tmp_path: Path) -> None:
    seen = seals.write_witness(tmp_path / "witness.json")
    assert seen is not None
    written = json.loads((tmp_path / "witness.json").read_text())
    assert written["number"] == 2
    assert written.keys() == {"node", "epoch", "number", "hash", "public_key", "made_at"}


# --- forgetting ------------------------------------------------------------------------------------------------------


def test_an_erased_person_leaves_a_journal_that_verifies_and_opens_for_the_others(sealed: Cast) -> None:
    intent = Intent.objects.order_by("id")[0]
    gone, *others = [member["person_id"] for member in journal.arguments_of(intent)["members"]]
    people.erase_person(
        operations.act_of(COMMAND_LINE, Door.COMMAND),
        person_id=Person.objects.get(pk=gone).pk,
        ground=EraseGround.REQUEST,
    )
    seals.seal_waiting()

    assert seals.verify()[0] == []
    left = journal.arguments_of(intent)["members"]
    assert "given_names" not in left[0]
    assert [member["given_names"] for member in left[1:]] == ["Xiomara1", "Xiomara2"]
    assert not SubjectKey.objects.filter(subject=gone).exists()
    assert not Mention.objects.filter(subject=gone).exclude(intent__verb="people.erase_person").exists()
    assert erasure.any_erased([UUID(gone)])
    assert others


def test_what_arrives_late_about_an_erased_person_is_let_go_without_a_word(cast: Cast) -> None:
    members = family(1)
    register(cast, members)
    people.erase_person(
        operations.act_of(COMMAND_LINE, Door.COMMAND), person_id=members[0].person_id, ground=EraseGround.REQUEST
    )
    late = act(cast.ana, door=Door.DEVICE)
    assert people.register_household(late, household_id=uuid7(), unit_id=cast.a.id, members=members) is None
    assert not Person.objects.filter(pk=members[0].person_id).exists()
    assert Intent.objects.get(op_id=late.op_id).outcomes.get().kind == "erased"
    with pytest.raises(DomainError, match=r"core\.id_refused"):
        people.register_household(act(cast.ana), household_id=uuid7(), unit_id=cast.a.id, members=members)
    seals.seal_waiting()
    assert seals.verify()[0] == []


# --- before-images ---------------------------------------------------------------------------------------------------


def test_an_operation_that_keeps_images_is_undone_exactly(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    members = family(2)
    register(cast, members)
    kept = replace(verbs.registry["people.set_needs"], undo=True)
    before = [images.picture(person) for person in Person.objects.order_by("pk")]

    receipt = operations._outermost(
        kept,
        act(cast.ana),
        kept.arguments.model_validate_json(
            canonical.encode({"person_id": members[0].person_id, "needs": ["pregnant"], "wants_private": True})
        ),
    )
    intent = Intent.objects.get(op_id=receipt.op_id)
    assert [images.picture(person) for person in Person.objects.order_by("pk")] != before
    assert all(b"wants_private" not in bytes(image.before or b"") for image in intent.images.all())

    undone = images.undo(intent)
    assert undone.changed_since == ()
    assert undone.restored >= 2
    assert [images.picture(person) for person in Person.objects.order_by("pk")] == before
    assert not members[0].needs


def test_rows_changed_since_are_left_and_named(cast: Cast) -> None:
    members = family(1)
    register(cast, members)
    kept = replace(verbs.registry["people.set_needs"], undo=True)
    receipt = operations._outermost(
        kept,
        act(cast.ana),
        kept.arguments.model_validate_json(
            canonical.encode({"person_id": members[0].person_id, "needs": [], "wants_private": True})
        ),
    )
    Person.objects.filter(pk=members[0].person_id).update(nicknames="Xio")
    undone = images.undo(Intent.objects.get(op_id=receipt.op_id))
    assert undone.changed_since == (("people.person", str(members[0].person_id)),)
    assert Person.objects.get().wants_private
