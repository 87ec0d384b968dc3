"""What is asked on the pages of people's requests."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.core.pages import VerbForm
from cobijo.core.widgets import DatePartsField
from cobijo.people import wording
from cobijo.people.rights.types import Answered, AskedBy, RefusalGround, RequestIn, RightKind


def _languages() -> list[tuple[str, str]]:
    """The languages a copy and a letter are in, named in the reader's."""
    return [(tag, wording.language(tag)) for tag in ("es", "en")]


class CopyForm(VerbForm):
    """In which language a person's own copy is, and as what file."""

    language = forms.ChoiceField(label=_("Language of the copy"), choices=_languages, widget=forms.RadioSelect)
    form = forms.ChoiceField(
        label=_("File"),
        choices=[("pdf", _("on paper (PDF)")), ("json", _("for a program (JSON)"))],
        widget=forms.RadioSelect,
        initial="pdf",
    )


class AskForm(VerbForm):
    """What a person asks."""

    kind = forms.TypedChoiceField(
        label=_("What they ask for"), choices=RightKind.choices, coerce=RightKind, widget=forms.RadioSelect
    )
    asked_by = forms.TypedChoiceField(
        label=_("Who asks"),
        choices=AskedBy.choices,
        coerce=AskedBy,
        widget=forms.RadioSelect,
        initial=AskedBy.PERSON,
    )
    asked_on = DatePartsField(label=_("Asked on"), help_text=_("It is answered thirty days on."))
    language = forms.ChoiceField(
        label=_("Language of the answer"), choices=_languages, widget=forms.RadioSelect, initial="es"
    )
    words = forms.CharField(
        label=_("In their words"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Sealed. For a correction: what is wrong, and how it should be."),
    )

    def asked(self, person_id: UUID) -> RequestIn:
        """What was answered, as the verb takes it."""
        given = {name: self.cleaned_data[name] for name in ("kind", "asked_by", "asked_on", "language", "words")}
        return RequestIn(person_id=person_id, **given)


class AnswerForm(VerbForm):
    """How a request is answered."""

    outcome = forms.TypedChoiceField(
        label=_("Answer"), choices=Answered.choices, coerce=Answered, widget=forms.RadioSelect
    )
    ground = forms.TypedChoiceField(
        label=_("Reason, where not all of it is granted"),
        choices=[("", _("none: it is granted")), *RefusalGround.choices],
        coerce=RefusalGround,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )
    reply = forms.CharField(
        label=_("What they are told"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Sealed, and printed in the letter. Plain words, and what they can do now."),
    )
