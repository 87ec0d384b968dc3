"""Two records of one person become one, and two again: across all apps, with everything that was kept of each."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cobijo.accounts.access import COMMAND_LINE
from cobijo.accounts.types import Role
from cobijo.core import clock, expiring, keys, operations
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import SubjectKey
from cobijo.core.personal import Category
from cobijo.core.verbs import Door
from cobijo.people import queries
from cobijo.people import services as people
from cobijo.people.cards.models import Card
from cobijo.people.cards.types import EndReason
from cobijo.people.identity import queries as identity
from cobijo.people.identity.models import Merge
from cobijo.people.identity.types import MergeState
from cobijo.people.models import (
    Document,
    Membership,
    Need,
    Note,
    Person,
    PersonScope,
    Phone,
    Protection,
)
from cobijo.people.rights import queries as rights
from cobijo.people.types import (
    BirthIn,
    CorrectionIn,
    DocumentIn,
    EraseGround,
    Kinship,
    NeedCode,
    PhoneIn,
    Sex,
)
from cobijo.sites import services as sites
from cobijo.sites.models import Stay
from cobijo.sites.types import OutReason
from tests import twice as making
from tests.access.table import undone
from tests.access.world import family
from tests.cast import Cast, act, grant
from tests.twice import Twice, picture, unlike

pytestmark = pytest.mark.database


@pytest.fixture
def twice(cast: Cast) -> Twice:
    """José María Sicay at A, and once more as Jose Maria Xicay at B."""
    return making.build(cast)


# --- one of two ------------------------------------------------------------------------------------------------------


def test_everything_of_the_other_record_belongs_to_the_kept_one(twice: Twice) -> None:
    merge = Merge.objects.get(pk=twice.merge())
    assert merge.state == MergeState.DONE
    assert Person.objects.get(pk=twice.gone).merged_into_id == twice.kept
    for model in (Document, Phone, Need, Note, Membership, PersonScope, Card, Stay):
        assert making.rows_of(model, twice.gone) == 0, model
        assert making.rows_of(model, twice.kept) >= 2, model


def test_what_was_done_before_one_heard_of_it_is_done_to_the_kept_one(twice: Twice) -> None:
    twice.merge()
    phone = PhoneIn(phone_id=uuid7(), number="+502 5555 7788")
    late = act(twice.cast.ana, happened_at=clock.now() - timedelta(hours=3))
    people.add_phone(late, person_id=twice.gone, phone=phone)
    assert Phone.objects.get(pk=phone.phone_id).person_id == twice.kept
    again = operations.submit(
        "people.add_phone",
        late,
        {"person_id": str(twice.gone), "phone": {"phone_id": str(phone.phone_id), "number": "+502 5555 7788"}},
    )
    assert again.repeated
    with pytest.raises(DomainError) as refused:
        people.set_needs(act(twice.cast.outsider), person_id=twice.gone, needs=[NeedCode.INTERPRETER])
    assert refused.value.code == "core.not_found"


def test_what_was_blank_is_filled_and_nothing_else_changes(twice: Twice) -> None:
    twice.merge()
    kept = Person.objects.get(pk=twice.kept)
    assert kept.name == "José María Sicay Tzoc"
    assert (kept.nicknames, kept.origin_place) == ("Chema", "Caserío El Rodeo")
    assert str(kept.birth_date) == "1984-03-04"


def test_notes_and_numbers_that_were_sealed_open_with_the_kept_ones_key(twice: Twice) -> None:
    twice.merge()
    elena = twice.cast.case_worker.id
    assert {one.words for one in queries.notes_of(elena, twice.kept)} == {"Nota de kept", "Nota de gone"}
    SubjectKey.objects.filter(subject=twice.gone).delete()
    assert len(queries.notes_of(elena, twice.kept)) == 2
    assert [one.number for one in queries.documents_of(elena, twice.kept)] == ["A099887766"] * 2


def test_code_name_and_card_of_the_other_lead_to_the_kept_one(twice: Twice) -> None:
    code = Person.objects.get(pk=twice.gone).code
    twice.merge()
    beto = twice.cast.beto.id
    for words in (code, "Jose Maria Xicay", "Chema", "5555 0101", "A099887766"):
        if words != "A099887766":
            assert twice.kept in [hit.person_id for hit in queries.search(beto, words)], words
        assert twice.gone not in [hit.person_id for hit in queries.search(beto, words)], words
    card = Card.objects.get(pk=twice.ids["gone_card"])
    assert (card.person_id, card.end_reason) == (twice.kept, EndReason.REPLACED)
    assert queries.scan(beto, str(card.spoken)).person_id == twice.kept


def test_nobody_is_counted_twice(twice: Twice) -> None:
    before = Stay.objects.filter(state="in", disputed=False, voided_at=None).count()
    twice.merge()
    assert Stay.objects.get(pk=twice.ids["gone_stay"]).disputed
    assert not Stay.objects.get(pk=twice.ids["kept_stay"]).disputed
    assert Stay.objects.filter(state="in", disputed=False, voided_at=None).count() == before - 1


def test_stays_one_after_the_other_both_stand(cast: Cast) -> None:
    twice = making.build(cast)
    sites.check_out(act(cast.ana), stay_ids=[twice.ids["kept_stay"]], reason=OutReason.OTHER)
    Stay.objects.filter(pk=twice.ids["kept_stay"]).update(
        in_at=clock.now() - timedelta(days=3), out_at=clock.now() - timedelta(days=1)
    )
    twice.merge()
    assert not Stay.objects.filter(person=twice.kept, disputed=True).exists()


def test_the_kept_ones_household_stays_and_the_other_is_left(twice: Twice) -> None:
    twice.merge()
    open_ones = Membership.objects.filter(person=twice.kept, ends_at=None)
    assert [one.household_id for one in open_ones] == [twice.ids["kept_home"]]
    assert Membership.objects.filter(household=twice.ids["gone_home"], ends_at=None).count() == 1


def test_a_need_both_have_goes_on_once(twice: Twice) -> None:
    twice.merge()
    assert Need.objects.filter(person=twice.kept, ends_at=None).count() == 1


def test_the_other_record_is_seen_nowhere_by_itself(twice: Twice) -> None:
    twice.merge()
    for who in (twice.cast.beto, twice.cast.carla, twice.cast.case_worker):
        with pytest.raises(DomainError):
            queries.person_row(who.id, twice.gone)
        assert queries.person_row(who.id, twice.kept)


# --- protection ------------------------------------------------------------------------------------------------------


def _protect(twice: Twice, person: UUID, *workers: UUID) -> None:
    people.protect_person(
        act(twice.cast.case_worker), protection_id=uuid7(), person_id=person, why="La buscan.",
        asked_by_person=True, worker_ids=list(workers),
    )  # fmt: skip


def test_who_was_protected_in_one_record_is_protected(twice: Twice) -> None:
    cast = twice.cast
    _protect(twice, twice.gone, cast.case_worker.id, cast.beto.id)
    twice.merge()
    assert queries.person_row(cast.beto.id, twice.kept)
    with pytest.raises(DomainError):
        queries.person_row(cast.ana.id, twice.kept)


def test_only_colleagues_named_for_both_see_a_person_protected_in_both(twice: Twice) -> None:
    cast = twice.cast
    _protect(twice, twice.kept, cast.case_worker.id, cast.beto.id, cast.ana.id)
    _protect(twice, twice.gone, cast.case_worker.id, cast.beto.id, cast.carla.id)
    merge = twice.merge()
    assert queries.person_row(cast.case_worker.id, twice.kept)
    for who in (cast.ana, cast.carla):
        with pytest.raises(DomainError):
            queries.person_row(who.id, twice.kept)
    assert Protection.objects.filter(person=twice.kept, ends_at=None).count() == 1
    twice.unmerge(merge)
    assert queries.person_row(cast.ana.id, twice.kept)
    assert queries.person_row(cast.carla.id, twice.gone)


def test_nobody_merges_whom_they_do_not_see(twice: Twice) -> None:
    _protect(twice, twice.gone, twice.cast.case_worker.id)
    with pytest.raises(DomainError) as refused:
        twice.merge()
    assert refused.value.code == "core.not_found"


def test_a_registrar_does_not_merge(twice: Twice) -> None:
    grant(twice.cast.ana, Role.REGISTRAR, twice.cast.b.unit)
    with pytest.raises(DomainError) as refused:
        twice.merge(twice.cast.ana)
    assert refused.value.code == "core.not_allowed"


# --- said before -----------------------------------------------------------------------------------------------------


def test_what_a_merge_does_is_said_before(twice: Twice) -> None:
    outlook = identity.merge_outlook(twice.cast.beto.id, twice.kept, twice.gone)
    said = {one.value for one in outlook.conflicts}
    assert said == {"people.households", "people.no_head", "people.cards", "people.consent", "sites.stays"}
    assert outlook.contradictions == []
    assert sum(outlook.moves.values()) >= 6


def test_nothing_is_said_of_what_the_reader_may_not_see(twice: Twice) -> None:
    cast = twice.cast
    grant(cast.carla, Role.CASE_WORKER, cast.b.unit)
    sites.check_out(act(cast.ana), stay_ids=[twice.ids["kept_stay"]], reason=OutReason.OTHER)
    for who in (cast.carla, cast.ana, cast.outsider):
        with pytest.raises(DomainError):
            identity.merge_outlook(who.id, twice.kept, twice.gone)
    with override("en"):
        beto = identity.merge_outlook(cast.beto.id, twice.kept, twice.gone).moves
        elena = identity.merge_outlook(cast.case_worker.id, twice.kept, twice.gone).moves
    notes = elena.keys() - beto.keys()
    assert any("note" in one.lower() for one in notes)


def test_what_cannot_be_taken_back_is_said_before(twice: Twice) -> None:
    merge = twice.merge()
    beto = twice.cast.beto.id
    assert identity.unmerge_outlook(beto, merge) == identity.UndoOutlook(True, {}, {})
    people.correct_person(act(twice.cast.ana), correction=CorrectionIn(person_id=twice.kept, nicknames="Chepe"))
    sites.settle_dispute(act(twice.cast.beto), stay_id=twice.ids["gone_stay"], stands=False)
    for document in Document.objects.filter(person=twice.kept, voided_at=None):
        people.void_document(act(twice.cast.ana), document_id=document.pk)
    said = identity.unmerge_outlook(beto, merge)
    assert list(said.left.values()) == [1]
    assert said.possible


def test_what_was_let_go_in_time_cannot_be_taken_back(twice: Twice) -> None:
    merge = twice.merge()
    expiring.forget_category(twice.gone, Category.HEALTH, twice.cast.beto.id)
    assert not identity.unmerge_outlook(twice.cast.beto.id, merge).possible
    with pytest.raises(DomainError) as refused:
        twice.unmerge(merge)
    assert refused.value.code == "people.merge_undo_gone"


def test_the_own_copy_holds_both_records(twice: Twice) -> None:
    twice.merge()
    copy = rights.own_copy(twice.kept)
    names = {said.value for section in copy.sections for record in section.records for said in record.said}
    assert {"Sicay", "Xicay"} <= names
    assert len({one.words for one in copy.acts}) > 5


def test_the_timeline_tells_of_both(twice: Twice) -> None:
    before = len(queries.timeline(twice.cast.beto.id, twice.kept)) + len(
        queries.timeline(twice.cast.beto.id, twice.gone)
    )
    twice.merge()
    assert len(queries.timeline(twice.cast.beto.id, twice.kept)) == before + 1


# --- two pairs of eyes -----------------------------------------------------------------------------------------------


def _contradict(twice: Twice) -> None:
    for person, who, number in (
        (twice.kept, twice.cast.ana, "2412557810501"),
        (twice.gone, twice.cast.carla, "1934566780101"),
    ):
        document = DocumentIn(document_id=uuid7(), country="GT", kind="dpi", number=number)
        people.add_document(act(who), person_id=person, document=document)


def test_documents_that_contradict_wait_for_a_second_person(twice: Twice) -> None:
    _contradict(twice)
    merge_id = twice.merge()
    merge = Merge.objects.get(pk=merge_id)
    assert (merge.state, merge.contradictions) == (MergeState.ASKED, ["people.document"])
    assert Person.objects.get(pk=twice.gone).merged_into_id is None
    with pytest.raises(DomainError) as refused:
        people.approve_merge(act(twice.cast.beto), merge_id=merge_id)
    assert refused.value.code == "core.second_person"
    people.approve_merge(act(twice.cast.case_worker), merge_id=merge_id)
    assert Person.objects.get(pk=twice.gone).merged_into_id == twice.kept
    twice.unmerge(merge_id)
    assert Person.objects.get(pk=twice.gone).merged_into_id is None


def test_a_merge_that_waits_is_refused_and_the_records_stay_two(twice: Twice) -> None:
    _contradict(twice)
    merge_id = twice.merge()
    with pytest.raises(DomainError) as refused:
        twice.merge()
    assert refused.value.code == "people.merge_waits"
    people.refuse_merge(act(twice.cast.case_worker), merge_id=merge_id)
    with pytest.raises(DomainError) as settled:
        people.approve_merge(act(twice.cast.case_worker), merge_id=merge_id)
    assert settled.value.code == "people.merge_settled"
    assert Person.objects.get(pk=twice.gone).merged_into_id is None


def test_a_sealed_number_contradicts_too(twice: Twice) -> None:
    number = DocumentIn(document_id=uuid7(), country="US", kind="return_paper", number="77-2018")
    other = DocumentIn(document_id=uuid7(), country="US", kind="return_paper", number="78-2018")
    people.add_document(act(twice.cast.ana), person_id=twice.kept, document=number)
    people.add_document(act(twice.cast.carla), person_id=twice.gone, document=other)
    assert Merge.objects.get(pk=twice.merge()).contradictions == ["people.document"]


def test_other_documents_are_of_no_one_kind(twice: Twice) -> None:
    for person, who, number in ((twice.kept, twice.cast.ana, "77-1"), (twice.gone, twice.cast.carla, "B-9")):
        document = DocumentIn(document_id=uuid7(), country="GT", kind="other", number=number)
        people.add_document(act(who), person_id=person, document=document)
    assert Merge.objects.get(pk=twice.merge()).state == MergeState.DONE


# --- and two again ---------------------------------------------------------------------------------------------------


def test_taken_back_at_once_everything_is_as_it_was(twice: Twice) -> None:
    before = picture()
    twice.unmerge(twice.merge())
    assert unlike(before, picture()) == set()


def test_it_is_taken_back_once(twice: Twice) -> None:
    merge = twice.merge()
    twice.unmerge(merge)
    with pytest.raises(DomainError) as refused:
        twice.unmerge(merge)
    assert refused.value.code == "people.not_merged"


def test_a_stay_that_ended_since_goes_back_with_its_end(twice: Twice) -> None:
    merge = twice.merge()
    sites.settle_dispute(act(twice.cast.beto), stay_id=twice.ids["gone_stay"], stands=False)
    twice.unmerge(merge)
    stay = Stay.objects.get(pk=twice.ids["gone_stay"])
    assert stay.person_id == twice.gone
    assert stay.voided_at is not None


def test_a_corrected_name_stays_and_what_was_taken_over_goes_back(twice: Twice) -> None:
    merge = twice.merge()
    people.correct_person(
        act(twice.cast.ana), correction=CorrectionIn(person_id=twice.kept, second_surname="Tzoc Pérez")
    )
    twice.unmerge(merge)
    kept = Person.objects.get(pk=twice.kept)
    assert (kept.second_surname, kept.nicknames, kept.birth_date) == ("Tzoc Pérez", "", None)


def test_who_was_merged_into_someone_merged_again_comes_back_in_turn(twice: Twice) -> None:
    cast, first = twice.cast, picture()
    merge = twice.merge()
    third = family(cast.ana, cast.a, "Sicay", "Chema").people["Chema"]
    second = picture()
    again = uuid7()
    people.merge_people(act(cast.beto), merge_id=again, kept_id=third, gone_id=twice.kept)
    code = Person.objects.get(pk=twice.gone).code
    assert [hit.person_id for hit in queries.search(cast.beto.id, code)] == [third]
    with pytest.raises(DomainError):
        twice.unmerge(merge)
    people.unmerge_people(act(cast.beto), merge_id=again)
    assert unlike(second, picture()) == set()
    twice.unmerge(merge)
    assert {label for label, _ in unlike(first, picture())} & {"people.Document", "people.Note"} == set()


def test_who_led_a_household_that_has_another_head_comes_back_as_a_relative(twice: Twice) -> None:
    merge = twice.merge()
    _new_head(twice)
    twice.unmerge(merge)
    back = Membership.objects.get(person=twice.gone, ends_at=None)
    assert (back.household_id, back.kinship) == (twice.ids["gone_home"], Kinship.RELATIVE)


# --- whatever happens between ----------------------------------------------------------------------------------------

Edit = Callable[[Twice], None]


def _correct(twice: Twice) -> None:
    correction = CorrectionIn(person_id=twice.kept, nicknames="Chepe", birth=BirthIn(year=1985))
    people.correct_person(act(twice.cast.ana), correction=correction)


def _needs(twice: Twice) -> None:
    people.set_needs(act(twice.cast.ana), person_id=twice.kept, needs=[NeedCode.INTERPRETER])


def _paper(twice: Twice) -> None:
    document = DocumentIn(document_id=uuid7(), country="GT", kind="dpi", number="2412 55781 0501")
    people.add_document(act(twice.cast.ana), person_id=twice.kept, document=document)


def _void_papers(twice: Twice) -> None:
    for document in Document.objects.filter(person=twice.kept, voided_at=None):
        people.void_document(act(twice.cast.ana), document_id=document.pk)


def _phone(twice: Twice) -> None:
    phone = PhoneIn(phone_id=uuid7(), number="+502 5555 7788")
    people.add_phone(act(twice.cast.ana), person_id=twice.kept, phone=phone)


def _leave(twice: Twice) -> None:
    sites.check_out(act(twice.cast.ana), stay_ids=[twice.ids["kept_stay"]], reason=OutReason.OTHER)


def _settle(twice: Twice) -> None:
    sites.settle_dispute(act(twice.cast.beto), stay_id=twice.ids["gone_stay"], stands=False)


def _note(twice: Twice) -> None:
    people.write_note(act(twice.cast.case_worker), note_id=uuid7(), person_id=twice.kept, words="Más tarde")


def _new_head(twice: Twice) -> None:
    """Marta leads the household that lost its head."""
    left = Membership.objects.get(household=twice.ids["gone_home"], ends_at=None)
    people.change_membership(
        act(twice.cast.carla), person_id=left.person_id, membership_id=uuid7(), kinship=Kinship.HEAD
    )


def _card_lost(twice: Twice) -> None:
    people.end_card(act(twice.cast.ana), card_id=twice.ids["kept_card"], reason=EndReason.LOST)


def _sex(twice: Twice) -> None:
    people.correct_person(act(twice.cast.ana), correction=CorrectionIn(person_id=twice.kept, sex=Sex.OTHER))


EDITS: list[Edit] = [
    _correct, _needs, _paper, _void_papers, _phone, _leave, _settle, _note, _new_head, _card_lost, _sex,
]  # fmt: skip


@given(edits=st.lists(st.sampled_from(EDITS), max_size=5, unique=True))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_edited_between_all_else_is_as_it_was(cast: Cast, edits: list[Edit]) -> None:
    """Every table before merging and after taking back: what differs is what was edited, and nobody's rows are lost."""
    with undone():
        twice = making.build(cast)
        before = picture()
        merge = twice.merge()
        merged = picture()
        for edit in edits:
            edit(twice)
        edited = unlike(merged, picture())
        twice.unmerge(merge)
        after = picture()
        touched = {(label, row) for label, row in edited if label != "index"}
        if _new_head in edits:  # a household has one head: who comes back is a relative
            touched |= making.membership_in(twice.ids["gone_home"], twice.gone)
        differing = {one for one in unlike(before, after) if one[0] != "index"}
        assert differing <= touched, (edits, sorted(differing - touched))
        assert making.index() == making.index_as_written()
        owners_before, owners = making.owners(before), making.owners(after)
        assert {row: owners[row] for row in owners_before if row in owners} == owners_before


# --- afterwards ------------------------------------------------------------------------------------------------------


def test_erasing_the_person_erases_both_records(twice: Twice) -> None:
    twice.merge()
    operator = operations.act_of(COMMAND_LINE, Door.COMMAND)
    people.erase_person(operator, person_id=twice.kept, ground=EraseGround.REQUEST)
    assert not Person.objects.filter(pk__in=[twice.kept, twice.gone]).exists()
    assert keys.subject_keys([twice.kept, twice.gone]) == {}
    assert not Merge.objects.exists()
    assert Person.objects.filter(anonymous=True).count() == 1
    assert Stay.objects.filter(person__anonymous=True).count() == 1


def test_a_merged_record_is_not_erased_by_itself(twice: Twice) -> None:
    twice.merge()
    operator = operations.act_of(COMMAND_LINE, Door.COMMAND)
    with pytest.raises(DomainError):
        people.erase_person(operator, person_id=twice.gone, ground=EraseGround.REQUEST)
