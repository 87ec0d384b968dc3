"""What is asked about pairs: a verdict on each of a page, and which record is kept."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db import models
from django.utils.translation import pgettext_lazy

from cobijo.core.pages import VerbForm
from cobijo.people.identity.queries import PairRow
from cobijo.people.identity.types import JudgedIn, Verdict


class Answer(models.TextChoices):
    """What is said of a pair in the queue; the order is that of the keys 1, 2 and 3."""

    SAME = "same", pgettext_lazy("verdict", "One person")
    DIFFERENT = "different", pgettext_lazy("verdict", "Two people")
    UNSURE = "unsure", pgettext_lazy("verdict", "Not sure")


class JudgeForm(VerbForm):
    """A verdict on each pair of a page; one without an answer stays in the queue."""

    def __init__(self, rows: Sequence[PairRow], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = rows
        for row in rows:
            self.fields[_name(row.id)] = forms.ChoiceField(
                choices=Answer.choices, required=False, widget=forms.RadioSelect
            )

    def rows(self) -> list[tuple[PairRow, forms.BoundField]]:
        """Each pair with its question."""
        return [(row, self[_name(row.id)]) for row in self._rows]

    def answered(self, answer: Answer) -> list[PairRow]:
        """The pairs that were answered so."""
        return [row for row in self._rows if self.cleaned_data.get(_name(row.id)) == answer]

    def judged(self) -> list[JudgedIn]:
        """What is kept of the answers; who is one person is asked once more."""
        return [
            JudgedIn(pair_id=row.id, first_id=row.first.id, second_id=row.second.id, verdict=verdict)
            for answer, verdict in ((Answer.DIFFERENT, Verdict.DIFFERENT), (Answer.UNSURE, Verdict.UNSURE))
            for row in self.answered(answer)
        ]


def _name(pair: UUID) -> str:
    return f"pair_{pair.hex}"


class MergeForm(VerbForm):
    """Two records to make one: which is kept stands on the page."""

    kept = forms.UUIDField(widget=forms.HiddenInput)
    gone = forms.UUIDField(widget=forms.HiddenInput)
