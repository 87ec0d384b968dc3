"""What is asked in case work: notes, protection, the record opened beyond one's scope."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.core.errors import Sentence
from cobijo.core.pages import VerbForm, offer
from cobijo.people.forms import Choices


def _words(label: Sentence, help_text: Sentence, size: int = 2_000) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]  # the stubs know only their own lazy text
        max_length=size,
        help_text=help_text,  # type: ignore[arg-type]
        widget=forms.Textarea({"rows": 4}),
    )


class NoteForm(VerbForm):
    """A case note."""

    words = _words(_("New note"), _("Sealed: only the case workers of this person's site read it."), 8_000)


class ProtectForm(VerbForm):
    """Why a person is protected, and who may see them."""

    asked_by_person = forms.TypedChoiceField(
        label=_("Who asks for it"),
        choices=[("yes", _("the person")), ("no", _("a case worker"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    why = _words(_("Reason"), _("Sealed with the record. Write what a colleague who is named has to know."))
    workers = forms.TypedMultipleChoiceField(
        label=_("Colleagues who may see the record"),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody else at the site will find the person by name, you included if you are not named."),
    )

    names_of_fields = {"worker_ids": "workers"}

    def __init__(self, workers: Choices, case_work: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "workers", workers)
        if not case_work:  # a registrar protects who asks for it
            del self.fields["asked_by_person"]


class NameWorkerForm(VerbForm):
    """One more colleague who may see a protected person."""

    worker = forms.TypedChoiceField(label=_("Colleague"), coerce=UUID)

    names_of_fields = {"account_id": "worker"}

    def __init__(self, workers: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "worker", workers)


class BreakGlassForm(VerbForm):
    """Which record is opened, and why."""

    unit = forms.TypedChoiceField(label=_("In the name of"), coerce=UUID)
    code = forms.CharField(
        label=_("Code or document number of the person"),
        min_length=4,
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    why = _words(_("Why you must see it now"), _("Whoever reviews it reads this."))

    names_of_fields = {"unit_id": "unit"}

    def __init__(self, units: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", units)
