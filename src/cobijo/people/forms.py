"""What is asked on the pages of people. A form carries the id of its operation, so that sending it twice is once."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.algorithms import documents
from cobijo.core.errors import Sentence
from cobijo.core.pages import VerbForm, offer
from cobijo.core.personal import Purpose
from cobijo.people import countries, wording
from cobijo.people.queries import household_with_code
from cobijo.people.types import (
    ConsentIn,
    ConsentState,
    CorrectionIn,
    DocumentIn,
    Feeding,
    Kinship,
    MemberIn,
    NeedCode,
    PhoneIn,
    Presence,
    Sex,
    VoidReason,
)
from cobijo.people.widgets import BirthField

Choices = Iterable[tuple[str, Any]]

_NEAR: Final = ("GT", "HN", "SV", "NI", "MX", "BZ", "CR", "US")
_NOT_SAID: Final[tuple[str, Sentence]] = ("", _("not said"))


def _countries() -> Choices:
    near = [(code, countries.name(code)) for code in _NEAR]
    return [_NOT_SAID, *near, *(pair for pair in countries.choices() if pair[0] not in _NEAR)]


def _languages() -> Choices:
    return [_NOT_SAID, *wording.language_choices()]


def _text(label: Sentence, size: int = 120, help_text: Sentence = "") -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]  # the stubs know only their own lazy text
        max_length=size,
        required=False,
        help_text=help_text,  # type: ignore[arg-type]
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


_SECOND: Final = {"nationalities": "other_nationality", "languages": "other_language"}


def _known(*values: str | None) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


# --- a person --------------------------------------------------------------------------------------------------------


class CorrectForm(VerbForm):
    """All that a registrar writes down of a person."""

    given_names = _text(_("Given names"))
    first_surname = _text(_("First surname"))
    second_surname = _text(_("Second surname"))
    married_name = _text(_("Married name"))
    nicknames = _text(_("Other names people use"), help_text=_("The person is found by them too."))
    birth = BirthField(
        label=_("Birth or age"),
        required=False,
        help_text=_("As much of the date as the person knows, or an age. An age in months is for the smallest."),
    )
    sex = forms.TypedChoiceField(label=_("Sex"), choices=Sex.choices, coerce=Sex, widget=forms.RadioSelect)
    nationality = forms.ChoiceField(label=_("Nationality"), choices=_countries, required=False)
    other_nationality = forms.ChoiceField(label=_("Another nationality"), choices=_countries, required=False)
    language = forms.ChoiceField(label=_("Language spoken at home"), choices=_languages, required=False)
    other_language = forms.ChoiceField(label=_("Another language"), choices=_languages, required=False)
    self_identified = _text(_("People the person says they belong to"), help_text=_("Only if the person says so."))
    origin_area = forms.TypedChoiceField(
        label=_("Municipality of origin"), coerce=UUID, empty_value=None, required=False
    )
    origin_place = _text(_("Place of origin, as the person says it"), 240, _("Village, hamlet, estate or quarter."))

    names_of_fields = {"nationalities": "nationality", "languages": "language", "origin_area_id": "origin_area"}

    def __init__(self, areas: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [_NOT_SAID, *areas]
        offer(self, "origin_area", offered)
        if len(offered) == 1:
            del self.fields["origin_area"]

    def said(self) -> dict[str, Any]:
        """The answers by the names of a person's fields."""
        given = self.cleaned_data
        names = ("given_names", "first_surname", "second_surname", "married_name", "nicknames", "birth", "sex")
        return {name: given[name] for name in (*names, "self_identified", "origin_place")} | {
            "nationalities": _known(given["nationality"], given["other_nationality"]),
            "languages": _known(given["language"], given["other_language"]),
            "origin_area_id": given.get("origin_area"),
        }

    def correction(self, person_id: UUID) -> CorrectionIn:
        """What was changed, as the verb takes it: an age that was left as it stood is not said again today."""
        said, touched = self.said(), set(self.changed_data)
        changed = {name for name in said if touched & {self.names_of_fields.get(name, name), _SECOND.get(name)}}
        return CorrectionIn(person_id=person_id, **{name: said[name] for name in changed})


class MemberForm(CorrectForm):
    """One more member of a household."""

    kinship = forms.TypedChoiceField(label=_("To the head of household"), choices=Kinship.choices, coerce=Kinship)
    presence = forms.TypedChoiceField(
        label=_("Where the person is"), choices=Presence.choices, coerce=Presence, widget=forms.RadioSelect
    )
    newborn_unnamed = forms.BooleanField(label=_("Newborn who has no name yet"), required=False)

    field_order = [
        "given_names", "first_surname", "second_surname", "newborn_unnamed", "sex", "birth", "kinship", "presence",
    ]  # fmt: skip

    def member(self) -> MemberIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        own = {name: given[name] for name in ("kinship", "presence", "newborn_unnamed")}
        return MemberIn(person_id=given["new_id"], **self.said(), **own)


class NeedsForm(VerbForm):
    """Needs at the door: what is seen or offered, no more."""

    needs = forms.TypedMultipleChoiceField(
        label=_("Needs"),
        choices=NeedCode.choices,
        coerce=NeedCode,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what one sees or the person says, and what changes a place, a queue or a meal."),
    )
    wants_private = forms.BooleanField(
        label=_("Wants to speak in private"),
        required=False,
        help_text=_("Says nothing of why. A case worker will come."),
    )
    feeding = forms.TypedChoiceField(
        label=_("What the baby takes"),
        choices=Feeding.choices,
        coerce=Feeding,
        empty_value=Feeding.UNSAID,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Asked kindly, only under one year. Formula is given only after a health worker has looked."),
    )
    diet = _text(_("Diet that changes the meal"), 240, _("Soft food, without salt, cannot chew."))

    def __init__(self, *args: Any, is_infant: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_infant:
            del self.fields["feeding"]


# --- documents and telephones ----------------------------------------------------------------------------------------


def _kinds() -> Choices:
    """Kinds of document with their country, and any other kind last."""
    known = [(f"{one.country}:{one.code}", wording.document(one.country, one.code)) for one in documents.KINDS]
    return [pair for pair in known if not pair[0].startswith(":")] + [(":other", _("Another document"))]


class DocumentForm(VerbForm):
    """An identity document, as shown or said."""

    kind = forms.ChoiceField(label=_("Document"), choices=_kinds)
    country = forms.ChoiceField(label=_("Country, where it is another document"), choices=_countries, required=False)
    number = forms.CharField(
        label=_("Number"), max_length=40, widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"})
    )
    seen = forms.BooleanField(label=_("I have seen the document"), required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("kind") == ":other" and not given.get("country"):
            self.add_error("country", _("Choose the country that gave the document."))
        return given

    def document(self) -> DocumentIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        country, _colon, kind = given["kind"].partition(":")
        return DocumentIn(
            document_id=given["new_id"],
            country=country or given["country"],
            kind=kind,
            number=given["number"],
            seen=given["seen"],
        )


class PhoneForm(VerbForm):
    """A telephone."""

    number = forms.CharField(
        label=_("Number"), max_length=40, widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"})
    )
    country = forms.ChoiceField(
        label=_("Country of the number"), choices=_countries, required=False, help_text=_("If not that of the site.")
    )
    answered_by = _text(_("Who answers"), help_text=_("If it is not the person's own."))
    safe_to_call = forms.TypedChoiceField(
        label=_("Is it safe to call?"),
        choices=[("yes", _("yes")), ("no", _("no")), ("", _("not asked"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        initial="",
        widget=forms.RadioSelect,
    )

    def phone(self) -> PhoneIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return PhoneIn(
            phone_id=given["new_id"],
            number=given["number"],
            answered_by=given["answered_by"],
            safe_to_call=given["safe_to_call"],
        )


# --- the household ---------------------------------------------------------------------------------------------------


class MembershipForm(VerbForm):
    """What a person is to the head, and where they are."""

    kinship = forms.TypedChoiceField(label=_("To the head of household"), choices=Kinship.choices, coerce=Kinship)
    presence = forms.TypedChoiceField(
        label=_("Where the person is"), choices=Presence.choices, coerce=Presence, widget=forms.RadioSelect
    )


class MoveForm(VerbForm):
    """Into which household a person moves; ``code`` cleans to the household's id."""

    code = forms.CharField(
        label=_("Code of the household"),
        max_length=12,
        required=False,
        help_text=_("Leave it empty to form a new household of this person alone."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    kinship = forms.TypedChoiceField(
        label=_("To the head of that household"), choices=Kinship.choices, coerce=Kinship, initial=Kinship.RELATIVE
    )

    names_of_fields = {"household_id": "code"}

    def __init__(self, actor: UUID, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor

    def clean_code(self) -> UUID | None:
        code = self.cleaned_data["code"]
        found = household_with_code(self._actor, code) if code else None
        if code and found is None:
            raise forms.ValidationError(
                _("None of your households has this code. Compare it with the card or the page.")
            )
        return found


class VoidForm(VerbForm):
    """Why a record is taken out."""

    reason = forms.TypedChoiceField(
        label=_("Why"), choices=VoidReason.choices, coerce=VoidReason, widget=forms.RadioSelect
    )


# --- consent ---------------------------------------------------------------------------------------------------------


class ConsentForm(VerbForm):
    """An answer about one use of the data, asked aloud. Without ``caregivers`` a grown person answers alone."""

    purpose = forms.ChoiceField(label=_("What the data would be used for"))
    state = forms.TypedChoiceField(
        label=_("Answer"), choices=ConsentState.choices, coerce=ConsentState, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("Language in which it was explained"), choices=_languages)
    caregiver = forms.TypedChoiceField(
        label=_("Caregiver who answers"), coerce=UUID, empty_value=None, required=False, help_text=_("For a child.")
    )
    child_assents = forms.TypedChoiceField(
        label=_("Does the child agree?"),
        choices=[("yes", _("yes")), ("no", _("no")), ("", _("not asked, or no child"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        initial="",
        widget=forms.RadioSelect,
    )

    names_of_fields = {"caregiver_id": "caregiver"}

    def __init__(self, caregivers: Choices | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purposes = [(one.value, wording.purpose(one)) for one in Purpose]
        offer(self, "purpose", purposes)
        nobody: tuple[str, Any] = ("", _("nobody: the person answers"))
        offer(self, "caregiver", [nobody, *(caregivers or ())])
        if caregivers is None:
            del self.fields["caregiver"], self.fields["child_assents"]

    def answer(self, person_id: UUID) -> ConsentIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return ConsentIn(
            consent_id=given["new_id"],
            person_id=person_id,
            purpose=given["purpose"],
            state=given["state"],
            language=given["language"],
            caregiver_id=given.get("caregiver"),
            child_assents=given.get("child_assents"),
        )
