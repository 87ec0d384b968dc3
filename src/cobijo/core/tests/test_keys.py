from pathlib import Path

import pytest
from django.conf import settings

from cobijo.core import keyfile, keys, rotation
from cobijo.core.ids import uuid7
from cobijo.core.models import RingKey, SubjectKey

pytestmark = pytest.mark.django_db

PLACE = keys.Place("people_note", "1", "sealed")
ELSEWHERE = keys.Place("people_note", "2", "sealed")


def test_what_is_sealed_for_a_person_opens_only_where_it_was_put() -> None:
    maria = uuid7()
    sealed = keys.seal_for(maria, "protection", PLACE, b"her words")
    assert keys.unseal_for(maria, PLACE, sealed) == b"her words"
    assert b"her words" not in sealed
    with pytest.raises(keys.Unopened):
        keys.unseal_for(maria, ELSEWHERE, sealed)


def test_another_persons_key_does_not_open_it() -> None:
    maria, jose = uuid7(), uuid7()
    sealed = keys.seal_for(maria, "protection", PLACE, b"her words")
    keys.seal_for(jose, "protection", PLACE, b"his words")
    with pytest.raises(keys.Unopened):
        keys.unseal_for(jose, PLACE, sealed)


def test_an_envelope_names_its_key_and_purpose_and_not_one_byte_may_change() -> None:
    maria = uuid7()
    sealed = keys.seal_for(maria, "protection", PLACE, b"her words")
    assert keys.key_named_by(sealed) == maria
    assert b"protection" in sealed
    for at in range(len(sealed)):
        altered = bytearray(sealed)
        altered[at] ^= 1
        with pytest.raises(keys.Unopened):
            keys.unseal_for(maria, PLACE, bytes(altered))


def test_a_destroyed_key_opens_nothing_more() -> None:
    maria = uuid7()
    sealed = keys.seal_for(maria, "protection", PLACE, b"her words")
    keys.destroy_subject_key(maria)
    with pytest.raises(keys.Unopened):
        keys.unseal_for(maria, PLACE, sealed)


def test_rotation_gives_new_keys_and_what_was_sealed_still_opens() -> None:
    people = [uuid7() for _ in range(7)]
    sealed = {person: keys.seal_for(person, "protection", PLACE, b"kept") for person in people}
    by_purpose = keys.seal(keys.NOTES, PLACE, b"kept too")
    hashed = keys.keyed_hash(keys.SUPPRESSION, b"someone")
    before = set(SubjectKey.objects.values_list("ring_key_id", flat=True))

    assert rotation.rotate() == len(people)

    keys.forget()
    assert before.isdisjoint(SubjectKey.objects.values_list("ring_key_id", flat=True))
    assert RingKey.objects.filter(purpose=keys.NOTES).count() == 2
    assert all(keys.unseal_for(person, PLACE, sealed[person]) == b"kept" for person in people)
    assert keys.unseal(PLACE, by_purpose) == b"kept too"
    assert keys.key_named_by(keys.seal(keys.NOTES, PLACE, b"new")) != keys.key_named_by(by_purpose)
    assert keys.keyed_hash(keys.SUPPRESSION, b"someone") == hashed


def test_the_ring_is_worth_nothing_without_the_node_key(tmp_path: Path) -> None:
    sealed = keys.seal(keys.NOTES, PLACE, b"kept")
    other = keyfile.make(tmp_path / "other.key")
    assert other.wrapping != keyfile.here().wrapping
    row = RingKey.objects.get(pk=keys.key_named_by(sealed))
    assert keyfile.here().wrapping not in bytes(row.wrapped)
    keys.forget()
    settings.NODE_KEY_FILE, kept = tmp_path / "other.key", settings.NODE_KEY_FILE
    keyfile.forget()
    try:
        with pytest.raises(keys.Unopened):
            keys.unseal(PLACE, sealed)
    finally:
        settings.NODE_KEY_FILE = kept
        keyfile.forget()
        keys.forget()
