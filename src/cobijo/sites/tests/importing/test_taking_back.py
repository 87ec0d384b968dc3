"""A list taken back leaves nothing of its people, and of everything else not one row is other than it was."""

from collections.abc import Iterable
from uuid import UUID

import pytest
from django.db import models

from cobijo.core import images, journal, personal, seals
from cobijo.core.imports import accepting, batches
from cobijo.core.imports.models import ImportBatch
from cobijo.core.imports.services import undo_batch
from cobijo.core.models import Intent, Segment, SubjectKey
from cobijo.people import services as people
from cobijo.people.models import Person, SearchEntry, SearchKey
from cobijo.people.types import NeedCode
from cobijo.sites.tests.importing import books
from cobijo.sites.tests.importing.test_households import enter, hand_in, take_back
from cobijo.sites.tests.shelter import receive
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db

WRITTEN_DOWN = {"core.Intent", "core.Outcome", "core.Seal", "core.Mention", "core.Segment", "core.Image"}
"""The journal itself, which only grows (and of which what it says of people goes)."""
OF_LISTS = {"core.ImportBatch", "core.ImportRow", "core.ImportMapping", "core.CodeBlock", "core.SubjectKey"}


def everything() -> dict[tuple[str, str], bytes]:
    """Every row of ours as it is, but for the journal, the lists and the numbers given out."""
    found: dict[tuple[str, str], bytes] = {}
    for model in personal.our_models():
        if model._meta.label not in WRITTEN_DOWN | OF_LISTS:
            found |= {(model._meta.label, str(row.pk)): images.picture(row) for row in _rows(model)}
    return found


def _rows(model: type[models.Model]) -> Iterable[models.Model]:
    return model._default_manager.all()


def left_of(subjects: Iterable[UUID]) -> list[str]:
    """The models with a row that belongs to one of these people."""
    wanted = list(subjects)
    return [
        model._meta.label
        for model, declared in personal.models_about_people()
        if model._default_manager.filter(**{f"{declared.subject}__in": wanted}).exists()
    ]


@pytest.fixture
def batch(cast: Cast) -> ImportBatch:
    """Two families entered, beside one that was registered by hand; whoever works at A did what one does."""
    receive(cast.ana, cast.a)
    return hand_in(cast, books.families())


def test_nothing_is_left_of_people_whose_list_was_taken_back(cast: Cast, batch: ImportBatch) -> None:
    before = everything()
    others = set(SubjectKey.objects.values_list("subject", flat=True))
    enter(cast, batch)
    entered = {row.subject for row in batch.rows.all() if row.subject}
    assert len(entered) == 5
    assert "core.Segment" in left_of(entered)
    take_back(cast, batch)
    assert everything() == before
    assert left_of(entered) == []
    assert set(SubjectKey.objects.values_list("subject", flat=True)) == others
    assert not batch.rows.exclude(digest="", sealed=b"").exists()


def test_the_journal_still_verifies_and_says_that_something_was_there(cast: Cast, batch: ImportBatch) -> None:
    enter(cast, batch)
    seals.seal_waiting()
    take_back(cast, batch)
    seals.seal_waiting()
    assert seals.verify()[0] == []
    entered = Intent.objects.filter(door="import", verb="sites.receive_household")
    assert entered.count() == 2
    assert all("Marta" not in str(journal.arguments_of(one)) for one in entered)
    assert not Segment.objects.filter(intent__in=entered).exists()


def test_the_search_finds_nobody_of_it(cast: Cast, batch: ImportBatch) -> None:
    keys_before = set(SearchKey.objects.values_list("pk", flat=True))
    entries_before = SearchEntry.objects.count()
    enter(cast, batch)
    assert SearchEntry.objects.count() > entries_before
    take_back(cast, batch)
    assert SearchEntry.objects.count() == entries_before
    assert set(SearchKey.objects.values_list("pk", flat=True)) == keys_before


def test_what_was_changed_since_stays_to_the_row_and_the_rest_is_as_if_it_had_not_been(
    cast: Cast, batch: ImportBatch
) -> None:
    enter(cast, batch)
    kept = everything().keys()
    rosa = Person.objects.get(given_names="Rosa")
    people.set_needs(act(cast.ana), person_id=rosa.id, needs=[NeedCode.WALKS], wants_private=False)
    undo_batch(act(cast.beto), batch_id=batch.pk)
    before = everything()
    gone = [row.subject for row in batch.rows.filter(number__lt=5) if row.subject]
    accepting.carry_on()
    after = everything()
    assert after.items() <= before.items()
    assert left_of(gone) == []
    assert {row.subject for row in batch.rows.filter(state="kept")} <= {one.pk for one in Person.objects.all()}
    assert before.keys() - after.keys() <= kept
    assert Person.objects.filter(given_names__in=("Rosa", "Óscar")).count() == 3  # Óscar of the other family too


def test_people_of_a_list_taken_back_can_be_registered_again_and_taken_back_again(
    cast: Cast, batch: ImportBatch
) -> None:
    before = everything()
    for _ in range(2):
        enter(cast, batch)
        take_back(cast, batch)
        assert everything() == before
        batch = hand_in(cast, books.families())
        assert batches.earlier(batch).count() == 0


def test_who_lost_the_right_while_a_list_was_being_undone_undoes_no_more_of_it(cast: Cast, batch: ImportBatch) -> None:
    enter(cast, batch)
    undo_batch(act(cast.beto), batch_id=batch.pk)
    ImportBatch.objects.update(undone_by=cast.diego.id)
    accepting.carry_on()
    batch.refresh_from_db()
    assert batch.state == "undone"
    assert {(row.state, row.problems[0][0]) for row in batch.rows.all()} == {("kept", "core.not_found")}
    assert Person.objects.filter(given_names="Rosa").exists()
