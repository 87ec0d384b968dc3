"""What two records becoming one means to this app's rows, and what of it is said before."""

from typing import Final
from uuid import UUID

from django.db.models import Q

from cobijo.algorithms import documents
from cobijo.core import blobs, keys, rows
from cobijo.core.context import current
from cobijo.core.ids import uuid7
from cobijo.core.personal import Purpose
from cobijo.people import sealing
from cobijo.people.cards.models import Card
from cobijo.people.cards.types import EndReason
from cobijo.people.hooks import foretold, merged
from cobijo.people.identity import fates
from cobijo.people.identity.types import Conflict, Contradiction, Outlook
from cobijo.people.models import (
    Consent,
    Document,
    Membership,
    Need,
    Person,
    Protection,
)
from cobijo.people.photos.models import Photo
from cobijo.people.types import Kinship, Precision, Sex

fates.decide(
    moves=(
        "people.Membership.person",
        "people.Document.person",
        "people.Phone.person",
        "people.Need.person",
        "people.Note.person",
        "people.Consent.person",
        "people.Protection.person",
        "people.PersonScope.person",
        "people.HouseholdSaid.person",
        "people.Collector.person",
        "people.Card.person",
        "people.RightsRequest.person",
        "people.GivenCopy.person",
    ),
    stays={
        "people.Person.merged_into": "a record merged into the one that goes stays merged into it",
        "people.Consent.caregiver": "changed with the consents: the caregiver is the kept record from now on",
        "people.BreakGlass.person": "says which record was opened, and opens no other",
        "people.SearchEntry.person": "the index is written anew",
        "people.Photo.person": "sealed with the other's key; the kept record gets a copy where it has none",
        "people.Pair.first": "says something of the record as it was",
        "people.Pair.second": "says something of the record as it was",
        "people.Merge.kept": "says what was done to the record",
        "people.Merge.gone": "says what was done to the record",
    },
)

_BY_A_RULE: Final = frozenset({"Membership", "Need", "Consent", "Protection", "Card"})
"""The models whose rows do not simply go over."""


# --- what goes over --------------------------------------------------------------------------------------------------


@merged.join
def hand_rows_over(kept: UUID, gone: UUID) -> None:
    """Everything of the record that goes belongs to the kept one, where a rule says so in another state."""
    for model, field in fates.moving():
        if model._meta.app_label == "people" and model.__name__ not in _BY_A_RULE:
            fates.hand_over(model._default_manager.filter(**{field: gone}), kept)
    _memberships(kept, gone)
    _needs(kept, gone)
    _consents(kept, gone)
    _protections(kept, gone)
    _cards(kept, gone)
    _copy_photo(kept, gone)


def _memberships(kept: UUID, gone: UUID) -> None:
    """The kept one's household stays; the other's open membership ends."""
    theirs = Membership.objects.filter(person=gone)
    if Membership.objects.filter(person=kept, ends_at=None).exists():
        for one in theirs.filter(ends_at=None):
            fates.give(one, kept, ends_at=max(current().recorded_at, one.starts_at))
    fates.hand_over(theirs, kept)


def _needs(kept: UUID, gone: UUID) -> None:
    """A need that both have open goes on once."""
    open_ones = Need.objects.filter(ends_at=None)
    known = set(open_ones.filter(person=kept).values_list("code", flat=True))
    for one in open_ones.filter(person=gone, code__in=known):
        fates.give(one, kept, ends_at=max(current().recorded_at, one.starts_at))
    fates.hand_over(Need.objects.filter(person=gone), kept)


def _consents(kept: UUID, gone: UUID) -> None:
    """The newest answer counts, whichever record it was given to. Nobody answers for themselves as caregiver."""
    fates.hand_over(Consent.objects.filter(person=gone), kept)
    for one in Consent.objects.filter(Q(caregiver=gone) | Q(person=kept, caregiver=kept)).order_by("pk"):
        rows.change(one, caregiver_id=None if one.person_id == kept else kept)


def _protections(kept: UUID, gone: UUID) -> None:
    """Who is protected in one record is protected. Where both are, only who is named for both still sees them."""
    ours = Protection.objects.filter(person=kept, ends_at=None).first()
    theirs = Protection.objects.filter(person=gone, ends_at=None).first()
    if ours is not None and theirs is not None:
        rows.remove(ours.workers.exclude(account__in=theirs.workers.values("account")))
        fates.give(theirs, kept, ends_at=max(current().recorded_at, theirs.starts_at))
    fates.hand_over(Protection.objects.filter(person=gone), kept)


def _cards(kept: UUID, gone: UUID) -> None:
    """A person has one card that counts; the other says that it was replaced, and still leads to them."""
    if Card.objects.filter(person=kept, ended_at=None).exists():
        for one in Card.objects.filter(person=gone, ended_at=None):
            fates.give(one, kept, ended_at=current().recorded_at, end_reason=EndReason.REPLACED)
    fates.hand_over(Card.objects.filter(person=gone), kept)


def _copy_photo(kept: UUID, gone: UUID) -> None:
    """A photo is sealed with its person's key, so the kept record gets a copy, where it has none and the file opens."""
    photo = Photo.objects.filter(person=gone, voided_at=None).first()
    if photo is None or Photo.objects.filter(person=kept, voided_at=None).exists():
        return
    try:
        digest = blobs.put(kept, Purpose.SHELTER, blobs.get(gone, photo.digest))
    except (FileNotFoundError, keys.Unopened):
        return
    rows.add(Photo(id=uuid7(), person_id=kept, digest=digest, taken_at=photo.taken_at))


# --- what the record itself takes ------------------------------------------------------------------------------------

_WITH_BIRTH: Final = ("birth_precision", "birth_said_on")
_BLANK: Final[dict[str, object]] = {
    "given_names": "",
    "first_surname": "",
    "second_surname": "",
    "married_name": "",
    "nicknames": "",
    "birth_date": None,
    "sex": Sex.UNKNOWN,
    "nationalities": [],
    "languages": [],
    "self_identified": "",
    "origin_area_id": None,
    "origin_place": "",
    "wants_private": False,
    "feeding": "",
    "diet": "",
}


def blanks_filled(kept: Person, gone: Person) -> list[str]:
    """The fields that are blank in the kept record and known in the other."""
    found = [name for name, blank in _BLANK.items() if getattr(kept, name) == blank != getattr(gone, name)]
    return [name for name in found if not (kept.newborn_unnamed and name == "given_names")]


def taken(names: list[str], gone: Person) -> dict[str, object]:
    """What the kept record takes over, by column; a birth with how exactly it is known."""
    return {name: getattr(gone, name) for name in _columns(names)}


def blank_again(names: list[str], kept: Person, gone: Person) -> dict[str, object]:
    """What the kept record gives back, of fields nobody has corrected since."""
    still = [name for name in names if getattr(kept, name) == getattr(gone, name)]
    birth = {"birth_precision": Precision.UNKNOWN, "birth_said_on": None}
    return {name: birth[name] if name in birth else _BLANK[name] for name in _columns(still)}


def _columns(names: list[str]) -> list[str]:
    return [*names, *(_WITH_BIRTH if "birth_date" in names else ())]


# --- what is said before ---------------------------------------------------------------------------------------------


def contradictions(kept: UUID, gone: UUID) -> list[Contradiction]:
    """Why a second person decides; empty where one may alone."""
    found = []
    ours, theirs = _numbers(kept), _numbers(gone)
    if any(ours[kind].isdisjoint(theirs[kind]) for kind in ours.keys() & theirs.keys()):
        found.append(Contradiction.DOCUMENT)
    if Consent.objects.filter(person__in=[kept, gone], caregiver__in=[kept, gone]).exists():
        found.append(Contradiction.CAREGIVER)
    return found


def _numbers(person: UUID) -> dict[tuple[str, str], set[str]]:
    """The numbers of a person's documents by country and kind, those that stand sealed too.

    Documents of no named kind say nothing against each other.
    """
    found: dict[tuple[str, str], set[str]] = {}
    for one in Document.objects.filter(person=person, voided_at=None).exclude(kind__in=["", documents.OTHER.code]):
        number = one.number
        if one.sealed:
            number = sealing.open_one(one.sealed, person, sealing.place(Document, one.pk, "sealed"))
        if compact := documents.normalise(one.country, one.kind, number):
            found.setdefault((one.country, one.kind), set()).add(compact)
    return found


@foretold.join
def say_before(_actor: UUID, kept: UUID, gone: UUID, outlook: Outlook) -> None:
    """The rules that would settle something between the two."""
    outlook.contradictions += contradictions(kept, gone)
    outlook.conflicts += [*_of_households(kept, gone), *_of_what_they_show(kept, gone), *_of_protection(kept, gone)]


def _of_households(kept: UUID, gone: UUID) -> list[Conflict]:
    ours = Membership.objects.filter(person=kept, ends_at=None).first()
    theirs = Membership.objects.filter(person=gone, ends_at=None).first()
    if ours is None or theirs is None:
        return []
    found = [Conflict.HOUSEHOLDS] if ours.household_id != theirs.household_id else []
    others = Membership.objects.filter(household=theirs.household_id, ends_at=None).exclude(person=gone)
    return [*found, Conflict.NO_HEAD] if theirs.kinship == Kinship.HEAD and others.exists() else found


def _of_what_they_show(kept: UUID, gone: UUID) -> list[Conflict]:
    both = [kept, gone]
    found = [Conflict.CARDS] if Card.objects.filter(person__in=both, ended_at=None).count() == 2 else []
    found += [Conflict.PHOTOS] if Photo.objects.filter(person__in=both, voided_at=None).count() == 2 else []
    ours, theirs = _answers(kept), _answers(gone)
    differ = any(ours[purpose] != theirs[purpose] for purpose in ours.keys() & theirs.keys())
    return [*found, Conflict.CONSENT] if differ else found


def _answers(person: UUID) -> dict[str, str]:
    """What a person answered last, by purpose."""
    return dict(Consent.objects.filter(person=person).order_by("at", "pk").values_list("purpose", "state"))


def _of_protection(kept: UUID, gone: UUID) -> list[Conflict]:
    count = Protection.objects.filter(person__in=[kept, gone], ends_at=None).count()
    return [[], [Conflict.PROTECTED], [Conflict.NAMED]][count]
