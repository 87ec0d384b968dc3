"""Finding pairs, judging them, making one of two records, and taking that back."""

from typing import Annotated, Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.core import images, rows
from cobijo.core.context import concerns, current
from cobijo.core.models import Image, Intent
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALONE, DECISION, FACT, HERE, PLAIN, SECOND, SUBJECT, Act, Door, verb
from cobijo.people import hooks, index
from cobijo.people.identity import fates, moving, pairing
from cobijo.people.identity.models import Merge
from cobijo.people.identity.refusals import MERGE_SETTLED, MERGE_WAITS, NOT_MERGED, ONE_RECORD, UNDO_GONE
from cobijo.people.identity.types import MOST, MOST_JUDGED, FoundBy, JudgedIn, MergeState, PairIn, PairState
from cobijo.people.models import Membership, Person
from cobijo.people.photos import keeping
from cobijo.people.photos.models import Photo
from cobijo.people.types import Kinship

Pairs = Annotated[list[PairIn], Field(max_length=MOST)]
Judged = Annotated[list[JudgedIn], Field(min_length=1, max_length=MOST_JUDGED)]
FoundWay = Annotated[FoundBy, Field(strict=False)]

# --- pairs -----------------------------------------------------------------------------------------------------------


@verb(
    "people.queue_pairs",
    kind=FACT,
    doors=frozenset({Door.COMMAND}),
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"found_by": PLAIN},
    says=_("Records put forward that may be one person's"),
)
def queue_pairs(act: Act, *, pairs: Pairs, found_by: FoundWay = FoundBy.JOB) -> None:
    """Put pairs of records that may be one person's into the queue.

    One that was judged comes back only if what is compared has changed since.
    """
    pairing.queue(pairs, found_by)


@verb(
    "people.judge_pairs",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Said whether two records are one person's"),
)
def judge_pairs(act: Act, *, judged: Judged) -> None:
    """Say of pairs of records that they are two people's, which is remembered for ever, or that one is not sure."""
    for one in judged:
        if one.first_id == one.second_id:
            raise ONE_RECORD()
        pairing.judge(act, one)


# --- merging ---------------------------------------------------------------------------------------------------------


@verb(
    "people.merge_people",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"kept_id": SUBJECT, "gone_id": SUBJECT},
    undo=True,
    says=_("Two records made one"),
)
def merge_people(act: Act, *, merge_id: UUID, kept_id: UUID, gone_id: UUID) -> Merge:
    """Make one of two records of one person, or ask a second person where their documents contradict each other."""
    if kept_id == gone_id:
        raise ONE_RECORD.about("gone_id")
    _lock_two(kept_id, gone_id)
    both = [kept_id, gone_id]
    waiting = Merge.objects.filter(state=MergeState.ASKED)
    if waiting.filter(kept__in=both).exists() or waiting.filter(gone__in=both).exists():
        raise MERGE_WAITS()
    found = moving.contradictions(kept_id, gone_id)
    merge = rows.add(
        Merge(
            id=merge_id,
            kept_id=kept_id,
            gone_id=gone_id,
            state=MergeState.ASKED,
            contradictions=[one.value for one in found],
            asked_by_id=act.actor,
            asked_at=current().recorded_at,
        )
    )
    return merge if found else _carry_out(act, merge)


@verb(
    "people.approve_merge",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=SECOND,
    purpose=Purpose.SHELTER,
    personal={},
    decides_on="merge_id",
    undo=True,
    says=_("Agreed that two records are made one"),
)
def approve_merge(act: Act, *, merge_id: UUID) -> None:
    """Agree that two records that contradict each other are one person's. Never by the one who asked."""
    _carry_out(act, _waiting(merge_id))


@verb(
    "people.refuse_merge",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Two records not made one"),
)
def refuse_merge(act: Act, *, merge_id: UUID) -> None:
    """Say that two records are not made one after all; whoever asked may take it back so."""
    merge = _waiting(merge_id)
    concerns([merge.gone_id])
    _settle(act, merge, MergeState.REFUSED)


def _waiting(merge_id: UUID) -> Merge:
    merge = Merge.objects.select_for_update().get(pk=merge_id)
    if merge.state != MergeState.ASKED:
        raise MERGE_SETTLED()
    return merge


def _lock(*people: UUID) -> dict[UUID, Person]:
    return {one.pk: one for one in Person.objects.select_for_update().filter(pk__in=people).order_by("pk")}


def _lock_two(kept: UUID, gone: UUID) -> tuple[Person, Person]:
    """Both records, unless somebody was quicker and one of them stands by itself no more."""
    locked = _lock(kept, gone)
    if any(one.merged_into_id or one.voided_at for one in locked.values()):
        raise MERGE_SETTLED()
    return locked[kept], locked[gone]


def _settle(act: Act, merge: Merge, state: MergeState) -> Merge:
    return rows.change(merge, state=state, settled_by_id=act.actor, settled_at=current().recorded_at)


def _carry_out(act: Act, merge: Merge) -> Merge:
    """Hand everything over, fill what is blank, and let the other record be found no more by itself."""
    kept, gone = _lock_two(merge.kept_id, merge.gone_id)
    concerns([kept.pk, gone.pk])
    hooks.merged(kept.pk, gone.pk)
    names = moving.blanks_filled(kept, gone)
    if names:
        rows.change(kept, **moving.taken(names, gone))
    rows.change(gone, merged_into_id=kept.pk)
    index.take_out(gone)
    index.rewrite(kept)
    for pair in pairing.of_two(kept.pk, gone.pk):
        rows.change(pair, state=PairState.SAME, judged_by_id=act.actor, judged_at=current().recorded_at)
    rows.change(merge, taken=names, op=act.op_id)
    return _settle(act, merge, MergeState.DONE)


# --- and back --------------------------------------------------------------------------------------------------------

NOT_PUT_BACK = ("people.merge", "people.searchentry", "people.searchkey")
"""What taking a merge back leaves: the word of it, and the index, which is written anew."""


@verb(
    "people.unmerge_people",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Two records made one are two again"),
)
def unmerge_people(act: Act, *, merge_id: UUID) -> None:
    """Take a merge back: both records are as they were, but for what was changed since.

    What was changed since keeps the change, and goes back with it where it was the other record's.
    """
    merge = Merge.objects.select_for_update().get(pk=merge_id)
    intent = undoing(merge)
    concerns(_lock(merge.kept_id, merge.gone_id))
    photos = list(Photo.objects.filter(person=merge.kept_id, voided_at=None).values_list("digest", flat=True))
    theirs = rows_of(intent, merge.gone_id)
    left = images.undo(intent, NOT_PUT_BACK).changed_since
    for model, row in left:
        if (model, row) in theirs:
            _give_back(model, row, merge)
    images.let_go(intent)
    _part(merge)
    keeping.let_go(photos)
    _settle(act, merge, MergeState.UNDONE)


def undoing(merge: Merge) -> Intent:
    """The operation whose images undo a merge; refuses where there is none, or part of it was let go."""
    if merge.state != MergeState.DONE or merge.op is None:
        raise NOT_MERGED()
    intent = Intent.objects.get(op_id=merge.op)
    if not intent.images.filter(model="people.person", row=merge.gone_id).exists():
        raise UNDO_GONE()
    return intent


def rows_of(intent: Intent, person: UUID) -> set[tuple[str, str]]:
    """The rows an operation found to be this person's."""
    found = Image.objects.filter(intent=intent, subject=person, before__isnull=False)
    return set(found.values_list("model", "row"))


def _give_back(label: str, row: str, merge: Merge) -> None:
    """A row that went over and was changed since goes back to whom it came from, with the change."""
    for model, field in fates.moving():
        if model._meta.label_lower == label:
            for one in model._default_manager.filter(pk=row, **{field: merge.kept_id}):
                fates.give(one, merge.gone_id, **_beside_another_head(one, merge))


def _beside_another_head(row: Model, merge: Merge) -> dict[str, Any]:
    """Who led a household that has chosen another head since is in it again, as a relative."""
    if not isinstance(row, Membership) or merge.settled_at is None:
        return {}
    ended_by_it = row.ends_at == max(merge.settled_at, row.starts_at)
    return {"ends_at": None, "kinship": Kinship.RELATIVE} if ended_by_it and row.kinship == Kinship.HEAD else {}


def _part(merge: Merge) -> None:
    """Let both stand by themselves again, whatever was corrected of them since, and be found so."""
    kept, gone = Person.objects.get(pk=merge.kept_id), Person.objects.get(pk=merge.gone_id)
    if kept_has_still := moving.blank_again(merge.taken, kept, gone):
        rows.change(kept, **kept_has_still)
    if gone.merged_into_id is not None:
        rows.change(gone, merged_into=None)
    index.bring_up(kept)
    index.bring_up(gone)
