"""What the records of this app and their fields are called in a person's own copy."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cobijo.core import blobs, keys
from cobijo.core.errors import Sentence
from cobijo.core.owncopy import Words, name_record
from cobijo.core.personal import Purpose
from cobijo.people import countries, phones, wording
from cobijo.people.cards.models import Card
from cobijo.people.cards.types import EndReason
from cobijo.people.models import Consent, Document, Person, Phone
from cobijo.people.photos.models import Photo

FROM, UNTIL = pgettext_lazy("own copy", "From"), pgettext_lazy("own copy", "Until")
TAKEN_OUT = pgettext_lazy("own copy", "Taken out")
RECORDED = pgettext_lazy("own copy", "Recorded")


def _many(name: str, say: Callable[[str], str]) -> Callable[[Any], str]:
    """A field with several codes, each in words."""

    def read(row: Any) -> str:
        values: Iterable[str] = getattr(row, name)
        return ", ".join(say(one) for one in values)

    return read


def _number(row: Person) -> str:
    return row.code


def _answer(row: Consent) -> str:
    """To what, and the answer."""
    known = row.purpose in {one.value for one in Purpose}
    return f"{wording.purpose(Purpose(row.purpose)) if known else row.purpose}: {row.get_state_display()}"


def _kind(row: Document) -> str:
    return wording.document(row.country, row.kind)


def _phone(row: Phone) -> str:
    return phones.said(row.number, row.as_written)


def _card(row: Card) -> str:
    ended = f" ({EndReason(row.end_reason).label})" if row.end_reason else ""
    return f"{row.spoken}{ended}"


def _picture(row: Photo) -> bytes | None:
    try:
        return blobs.get(row.person_id, row.digest)
    except (FileNotFoundError, keys.Unopened):
        return None


_PERSON: dict[str, Sentence] = {
    "number": _("Code"),
    "given_names": _("Given names"),
    "first_surname": _("First surname"),
    "second_surname": _("Second surname"),
    "married_name": _("Married name"),
    "nicknames": _("Other names people use"),
    "newborn_unnamed": _("Newborn without a name"),
    "birth_date": _("Latest day of birth that fits what was said"),
    "birth_precision": _("Of the birth is known"),
    "birth_said_on": _("The age was said on"),
    "sex": pgettext_lazy("person", "Sex"),
    "nationalities": _("Nationality"),
    "languages": _("Languages"),
    "self_identified": _("People the person says they belong to"),
    "origin_area": _("Area of origin"),
    "origin_place": _("Place of origin"),
    "wants_private": _("Wants to speak in private"),
    "feeding": _("How the infant is fed"),
    "diet": _("What they do not eat"),
    "registered_at": pgettext_lazy("own copy", "Registered"),
    "registered_unit": _("Registered by"),
    "voided_at": TAKEN_OUT,
}

name_record(
    "people.Person",
    Words(
        _("The person"),
        _PERSON,
        {
            "number": _number,
            "nationalities": _many("nationalities", countries.name),
            "languages": _many("languages", wording.language),
        },
    ),
)
name_record(
    "people.Membership",
    Words(
        _("Household"),
        {
            "kinship": _("To the head of the household"),
            "presence": _("Where the person was"),
            "starts_at": FROM,
            "ends_at": UNTIL,
        },
    ),
)
name_record(
    "people.Document",
    Words(
        _("Documents"),
        {
            "country": _("Country"),
            "kind": _("Document"),
            "number": _("Number"),
            "sealed": _("Number, kept sealed"),
            "flags": _("What looked unusual about the number"),
            "recorded_at": RECORDED,
            "voided_at": TAKEN_OUT,
        },
        {
            "country": lambda row: countries.name(row.country),
            "kind": _kind,
            "flags": _many("flags", wording.document_flag),
        },
    ),
)
name_record(
    "people.Phone",
    Words(
        _("Telephones"),
        {
            "number": _("Number"),
            "as_written": _("As it was written"),
            "answered_by": _("Who answers"),
            "safe_to_call": _("Safe to call"),
            "voided_at": TAKEN_OUT,
        },
        {"number": _phone},
    ),
)
name_record("people.Need", Words(_("Needs at the door"), {"code": _("Need"), "starts_at": FROM, "ends_at": UNTIL}))
name_record(
    "people.Note", Words(_("Case notes"), {"sealed": pgettext_lazy("own copy", "Note"), "written_at": _("Written")})
)
name_record(
    "people.Consent",
    Words(
        _("Answers about the use of the data"),
        {
            "state": _("Answer"),
            "language": _("Asked in"),
            "child_assents": _("The child agrees"),
            "at": pgettext_lazy("own copy", "Asked on"),
        },
        {"state": _answer, "language": lambda row: wording.language(row.language)},
    ),
)
name_record(
    "people.Protection",
    Words(
        _("Protection of the record"),
        {
            "sealed_reason": _("Reason"),
            "asked_by_person": _("Asked for by the person"),
            "starts_at": FROM,
            "ends_at": UNTIL,
        },
    ),
)
name_record(
    "people.BreakGlass",
    Words(
        _("Opened in an emergency by somebody from elsewhere"),
        {
            "unit": pgettext_lazy("own copy", "By"),
            "sealed_reason": _("Reason"),
            "starts_at": FROM,
            "ends_at": UNTIL,
            "reviewed_at": _("Reviewed"),
        },
    ),
)
name_record(
    "people.PersonScope",
    Words(
        _("Who works with the record"),
        {
            "unit": pgettext_lazy("own copy", "At"),
            "why": pgettext_lazy("own copy", "Because"),
            "starts_at": FROM,
            "ends_at": UNTIL,
        },
    ),
)
name_record(
    "people.Card",
    Words(
        _("Cards"),
        {"number": _("Number"), "linked_at": pgettext_lazy("own copy", "Given out"), "ended_at": UNTIL},
        {"number": _card},
    ),
)
name_record(
    "people.Photo",
    Words(_("Photo"), {"taken_at": pgettext_lazy("own copy", "Taken"), "voided_at": TAKEN_OUT}, picture=_picture),
)
name_record(
    "people.HouseholdSaid",
    Words(
        _("What the household said"),
        {
            "size_said": _("People of the household"),
            "here_said": _("Of them sleeping here"),
            "animals": _("Animals"),
            "animals_said": _("Which animals"),
            "informed_by": _("Who answered"),
            "explained_in": _("Explained in"),
            "said_at": pgettext_lazy("own copy", "Said"),
            "voided_at": TAKEN_OUT,
        },
        {"explained_in": lambda row: wording.language(row.explained_in) if row.explained_in else ""},
    ),
)
name_record(
    "people.Collector",
    Words(_("Who may receive for the household"), {"name": _("Name"), "starts_at": FROM, "ends_at": UNTIL}),
)
name_record(
    "people.RightsRequest",
    Words(
        _("Requests about these data"),
        {
            "unit": pgettext_lazy("own copy", "At"),
            "kind": _("What was asked"),
            "asked_by": _("Who asked"),
            "language": _("Language"),
            "sealed_words": _("In their words"),
            "outcome": _("Answer"),
            "ground": _("Reason"),
            "sealed_reply": _("What they were told"),
            "asked_on": pgettext_lazy("own copy", "Asked on"),
            "due_on": _("To be answered by"),
            "answered_at": _("Answered"),
            "carried_out_at": _("Carried out"),
        },
        {"language": lambda row: wording.language(row.language) if row.language else ""},
    ),
)
name_record(
    "people.GivenCopy",
    Words(
        _("Copies handed over"),
        {"language": _("Language"), "given_at": _("Handed over")},
        {"language": lambda row: wording.language(row.language)},
    ),
)
