"""What crosses this app's door: choices, and the records its verbs take."""

from dataclasses import dataclass, field
from typing import Annotated, ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pydantic import Field

from cobijo.core.personal import Category, Declared
from cobijo.people.cards.types import CardText
from cobijo.people.paper.types import FormText


class Sex(models.TextChoices):
    FEMALE = "female", pgettext_lazy("sex", "female")
    MALE = "male", pgettext_lazy("sex", "male")
    OTHER = "other", pgettext_lazy("sex", "other")
    UNKNOWN = "unknown", pgettext_lazy("sex", "unknown")


class Precision(models.TextChoices):
    """How exactly a birth is known. ``age``: from an age as said, which may be off by a year."""

    DAY = "day", pgettext_lazy("birth", "day, month and year")
    MONTH = "month", pgettext_lazy("birth", "month and year")
    YEAR = "year", pgettext_lazy("birth", "year")
    AGE = "age", pgettext_lazy("birth", "estimated age")
    UNKNOWN = "unknown", pgettext_lazy("birth", "unknown")


class Kinship(models.TextChoices):
    """Role in the household, towards its head."""

    HEAD = "head", _("head of household")
    SPOUSE = "spouse", _("spouse or partner")
    CHILD = "child", _("daughter or son")
    STEPCHILD = "stepchild", _("stepdaughter or stepson")
    GRANDCHILD = "grandchild", _("grandchild")
    PARENT = "parent", _("mother or father")
    IN_LAW = "in_law", _("mother-in-law or father-in-law")
    SIBLING = "sibling", _("sister or brother")
    RELATIVE = "relative", _("other relative")
    UNRELATED = "unrelated", _("not related")
    FOSTER = "foster", _("child in their care")
    CAREGIVER = "caregiver", _("caregiver")


class Presence(models.TextChoices):
    HERE = "here", pgettext_lazy("presence", "here")
    LATER = "later", pgettext_lazy("presence", "comes later")
    ELSEWHERE = "elsewhere", pgettext_lazy("presence", "elsewhere")
    MISSING = "missing", pgettext_lazy("presence", "whereabouts unknown")


class NeedCode(models.TextChoices):
    """Only what is visible or offered and changes a place, a queue or a meal (TRUST.md)."""

    PREGNANT = "pregnant", _("pregnant")
    NURSING = "nursing", _("nursing")
    INFANT = "infant", _("infant under one year")
    WALKS = "walks", _("walks with difficulty")
    MEDICINE = "medicine", _("needs medicine or a device")
    OLD_ALONE = "old_alone", _("old and alone")
    CHILD_ALONE = "child_alone", _("child alone")
    INTERPRETER = "interpreter", _("needs an interpreter")


class Feeding(models.TextChoices):
    """What an infant under one year takes, asked kindly; it changes what the kitchen and the health worker prepare."""

    UNSAID = "", pgettext_lazy("feeding", "not said")
    BREAST = "breast", pgettext_lazy("feeding", "breast")
    FORMULA = "formula", pgettext_lazy("feeding", "formula")
    BOTH = "both", pgettext_lazy("feeding", "breast and formula")


class Informant(models.TextChoices):
    """Who speaks for a household."""

    UNSAID = "", pgettext_lazy("informant", "not noted")
    HEAD = "head", pgettext_lazy("informant", "head of household")
    SPOUSE = "spouse", pgettext_lazy("informant", "spouse or partner")
    OTHER = "other", pgettext_lazy("informant", "another person who knows them")


class Basis(models.TextChoices):
    CONSENT = "consent", _("consent")
    VITAL = "vital_interest", _("vital interest")
    DUTY = "legal_duty", _("legal duty")
    PUBLIC = "public_interest", _("public interest")


class ConsentState(models.TextChoices):
    GIVEN = "given", pgettext_lazy("consent", "given")
    REFUSED = "refused", pgettext_lazy("consent", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("consent", "withdrawn")


class ScopeReason(models.TextChoices):
    """Why a unit knows a person."""

    REGISTERED = "registered", _("registered here")
    STAY = "stay", _("stays here")
    EXPECTED = "expected", _("expected here")
    HOUSEHOLD = "household", _("household of someone here")
    ARRIVAL = "arrival", _("arrived through here")


class VoidReason(models.TextChoices):
    MISTAKE = "mistake", _("entered by mistake")
    TWICE = "twice", _("registered twice")


class EraseGround(models.TextChoices):
    REQUEST = "request", _("the person asks for it")
    RETENTION = "retention", _("the time to keep it has passed")
    UNLAWFUL = "unlawful", _("it should never have been recorded")


class Flag(models.TextChoices):
    """What was accepted although something is amiss, each with the sentence a desk shows."""

    NO_HEAD = "people.no_head", _("Nobody is recorded as head of this household.")
    NO_NAME = "people.no_name", _("A person was registered without a name.")
    AGE_DIFFERS = "people.age_differs", _("The age said and the date of birth do not agree; the date was kept.")
    DOCUMENT_ODD = "people.document_odd", _("The number of a document looks unusual. Compare it with the document.")
    PHONE_UNREAD = "people.phone_unread", _("A telephone was kept as written: it cannot be read as a number.")
    HEAD_KEPT = "people.head_kept", _("The household had a head already; this person was entered as a relative.")
    MOVED_SINCE = "people.moved_since", _("The household changed after this was noted; it counts from that change on.")
    CORRECTED_SINCE = "people.corrected_since", _("The record was corrected after this was noted. Compare the two.")
    CAREGIVER_MISSING = (
        "people.caregiver_missing",
        _("A child's yes was recorded without a caregiver. It does not count until one answers."),
    )
    DESCRIBED_SINCE = (
        "people.described_since",
        _("The household said something newer after this was noted; the newer stands."),
    )
    FORM_TYPED_TWICE = (
        "people.form_typed_twice",
        _("This form had been typed in before. Check whether the household is registered twice."),
    )
    FORM_FOUND = "people.form_found", _("This form had been noted as lost; it counts again.")
    CARD_NOT_GIVEN = (
        "people.card_not_given",
        _("The card of this form cannot be given out any more. Give the household another one."),
    )


Name = Annotated[str, Field(max_length=120)]
Line = Annotated[str, Field(max_length=240)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]


@dataclass(frozen=True, kw_only=True)
class BirthIn:
    """A birth as known: a date (any part of it), or an age in years or months as said on a day; nothing is required."""

    day: Annotated[int, Field(ge=1, le=31)] | None = None
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    year: Annotated[int, Field(ge=1890, le=2100)] | None = None
    age_years: Annotated[int, Field(ge=0, le=120)] | None = None
    age_months: Annotated[int, Field(ge=0, le=59)] | None = None


@dataclass(frozen=True, kw_only=True)
class DocumentIn:
    """An identity document as shown or said. Checks flag it, nothing refuses it."""

    document_id: UUID
    country: Country
    kind: Annotated[str, Field(max_length=24)]
    number: Annotated[str, Field(max_length=40)]
    seen: bool = False


@dataclass(frozen=True, kw_only=True)
class PhoneIn:
    """A telephone, who answers it, and whether it is safe to call."""

    phone_id: UUID
    number: Annotated[str, Field(max_length=40)]
    answered_by: Name = ""
    safe_to_call: bool | None = None


@dataclass(frozen=True, kw_only=True)
class PersonIn:
    """A person as registered or corrected. Nothing but the id is required."""

    person_id: UUID
    given_names: Name = ""
    first_surname: Name = ""
    second_surname: Name = ""
    married_name: Name = ""
    nicknames: Name = ""
    newborn_unnamed: bool = False
    birth: BirthIn = field(default_factory=BirthIn)
    sex: Sex = Sex.UNKNOWN
    nationalities: Annotated[list[Country], Field(max_length=4)] = field(default_factory=list)
    languages: Annotated[list[Language], Field(max_length=8)] = field(default_factory=list)
    self_identified: Name = ""
    origin_area_id: UUID | None = None
    origin_place: Line = ""
    documents: Annotated[list[DocumentIn], Field(max_length=8)] = field(default_factory=list)
    phones: Annotated[list[PhoneIn], Field(max_length=4)] = field(default_factory=list)
    needs: Annotated[list[NeedCode], Field(max_length=8)] = field(default_factory=list)
    feeding: Feeding = Feeding.UNSAID
    diet: Line = ""
    wants_private: bool = False

    declared: ClassVar = Declared(
        subject="person_id",
        by={
            Category.IDENTITY: (
                "given_names", "first_surname", "second_surname", "married_name", "nicknames", "newborn_unnamed",
                "birth", "sex", "nationalities", "languages", "self_identified", "documents",
            ),
            Category.CONTACT: ("phones",),
            Category.LOCATION: ("origin_place", "origin_area_id"),
            Category.HEALTH: ("needs", "feeding", "diet"),
            Category.PROTECTION: ("wants_private",),
        },
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class MemberIn(PersonIn):
    """A person of a household being registered: kinship to its head, and where they are."""

    kinship: Kinship = Kinship.UNRELATED
    presence: Presence = Presence.HERE

    declared: ClassVar = Declared(
        subject="person_id",
        by={
            **PersonIn.declared.by,
            Category.IDENTITY: (*PersonIn.declared.by[Category.IDENTITY], "kinship"),
            Category.LOCATION: (*PersonIn.declared.by[Category.LOCATION], "presence"),
        },
    )


@dataclass(frozen=True, kw_only=True)
class MovingIn:
    """A registered person who joins a household being formed: the membership that begins, the kinship to its head."""

    person_id: UUID
    membership_id: UUID
    kinship: Kinship = Kinship.UNRELATED

    declared: ClassVar = Declared(subject="person_id", by={Category.IDENTITY: ("kinship",)})


@dataclass(frozen=True, kw_only=True)
class ConsentIn:
    """An answer to one purpose, asked aloud in a language. ``caregiver_id`` answers for a child, who assents or not."""

    consent_id: UUID
    person_id: UUID
    purpose: Annotated[str, Field(max_length=24)]
    state: ConsentState
    language: Language
    caregiver_id: UUID | None = None
    child_assents: bool | None = None

    declared: ClassVar = Declared(
        subject="person_id",
        by={Category.PROTECTION: ("state", "child_assents"), Category.IDENTITY: ("language",)},
        plain=("purpose",),
    )


@dataclass(frozen=True, kw_only=True)
class CorrectionIn:
    """What is corrected of a person; None leaves it as it is."""

    person_id: UUID
    given_names: Name | None = None
    first_surname: Name | None = None
    second_surname: Name | None = None
    married_name: Name | None = None
    nicknames: Name | None = None
    newborn_unnamed: bool | None = None
    birth: BirthIn | None = None
    sex: Sex | None = None
    nationalities: Annotated[list[Country], Field(max_length=4)] | None = None
    languages: Annotated[list[Language], Field(max_length=8)] | None = None
    self_identified: Name | None = None
    origin_area_id: UUID | None = None
    origin_place: Line | None = None
    feeding: Feeding | None = None
    diet: Line | None = None

    declared: ClassVar = Declared(
        subject="person_id",
        by={
            Category.IDENTITY: (
                "given_names", "first_surname", "second_surname", "married_name", "nicknames", "newborn_unnamed",
                "birth", "sex", "nationalities", "languages", "self_identified",
            ),
            Category.LOCATION: ("origin_place", "origin_area_id"),
            Category.HEALTH: ("feeding", "diet"),
        },
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class HouseholdFactsIn:
    """What a household says of itself as a whole. ``person_id``: who answers for it, its head or whoever stands first.

    Nothing is required and nothing limits how many members it has: ``size_said`` is what was said on one evening.
    ``filled_by``: who wrote it down, as they write their name; ``explained_in``: the language in which it was explained
    what the data are for.
    """

    said_id: UUID
    person_id: UUID
    size_said: Annotated[int, Field(ge=1, le=99)] | None = None
    here_said: Annotated[int, Field(ge=0, le=99)] | None = None
    animals: Annotated[int, Field(ge=0, le=999)] | None = None
    animals_said: Line = ""
    informed_by: Informant = Informant.UNSAID
    filled_by: Name = ""
    explained_in: Language | None = None

    declared: ClassVar = Declared(
        subject="person_id",
        by={
            Category.IDENTITY: ("size_said", "here_said", "informed_by", "filled_by", "explained_in"),
            Category.LOCATION: ("animals", "animals_said"),
        },
    )


@dataclass(frozen=True, kw_only=True)
class FormIn:
    """A form being typed in: its number, and the card written on it where it is not the one printed there."""

    number: FormText
    card: CardText | None = None

    declared: ClassVar = Declared(by={Category.IDENTITY: ("card",)}, plain=("number",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What else is known of whoever is sought. It weighs: a blank says nothing, what contradicts comes last.

    ``age`` today, give or take ``years``. ``area_id`` and ``community``: where they come from, as a listed area (with
    all below it) or in words.
    """

    sex: Sex = Sex.UNKNOWN
    age: int | None = None
    years: int = 3
    country: str = ""
    area_id: UUID | None = None
    community: str = ""

    declared: ClassVar = Declared(plain=("sex", "age", "years", "country", "community"))


class FoundBy(models.TextChoices):
    """Why somebody is found, and what does not fit. By ``NAME`` stands before all else that is said of names."""

    CODE = "code", pgettext_lazy("found by", "code")
    DOCUMENT = "document", pgettext_lazy("found by", "document")
    PHONE = "phone", pgettext_lazy("found by", "telephone")
    NAME = "name", pgettext_lazy("found by", "name")
    SPELLING = "spelling", pgettext_lazy("found by", "sounds alike")
    NICKNAME = "nickname", pgettext_lazy("found by", "nickname")
    SLIP = "slip", pgettext_lazy("found by", "nearly the same letters")
    JOINED = "joined", pgettext_lazy("found by", "written together or apart")
    SWAPPED = "swapped", pgettext_lazy("found by", "surnames the other way round")
    MARRIED = "married", pgettext_lazy("found by", "married name")
    PARTLY = "partly", pgettext_lazy("found by", "not every word fits")
    PLACE = "place", pgettext_lazy("found by", "place of origin")
    OTHER_SEX = "other_sex", pgettext_lazy("found by", "another sex")
    OTHER_AGE = "other_age", pgettext_lazy("found by", "another age")


@dataclass(frozen=True, slots=True)
class Hit:
    """A person found, and why (values of ``FoundBy``)."""

    person_id: UUID
    why: tuple[str, ...]

    @property
    def reasons(self) -> list[str]:
        """Why in words, but that a name fits: that is what one reads."""
        return [str(FoundBy(one).label) for one in self.why if one != FoundBy.NAME]
