"""What is asked when a site is looked at: each indicator with its answer and how it came about, and the services."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cobijo.core.pages import VerbForm, offer
from cobijo.core.widgets import DatePartsField
from cobijo.sites.standards import norms, showing
from cobijo.sites.standards.models import Answer, ServiceAnswer
from cobijo.sites.standards.norms import Indicator
from cobijo.sites.standards.queries import Line
from cobijo.sites.standards.services import MOST_RANKED
from cobijo.sites.standards.types import (
    Adequacy,
    AnswerFrom,
    AnswerIn,
    AnswerState,
    Phase,
    Regime,
    RoundIn,
    Service,
    ServiceIn,
)

_NUMBER: Final = {"inputmode": "decimal", "autocomplete": "off"}
_PATH: Final = re.compile(r"(answers|services)\.(\d+)\.(\w+)")
_MODES: Final = [
    ("", _("not answered")),
    (AnswerFrom.OBSERVED.value, pgettext_lazy("answer", "seen")),
    (AnswerFrom.TOLD.value, pgettext_lazy("answer", "told")),
    (AnswerState.UNKNOWN.value, pgettext_lazy("answer", "not known")),
    (AnswerState.NOT_APPLICABLE.value, _("does not apply here")),
]
_YES_NO: Final = [
    ("", "–"),
    ("1", pgettext_lazy("answer", "yes")),
    ("0", pgettext_lazy("answer", "no")),
]


class RoundForm(VerbForm):
    """By what a site is looked at."""

    names_of_fields: ClassVar = {"opening": "norm_set"}

    phase = forms.TypedChoiceField(label=_("Phase"), coerce=Phase, choices=Phase.choices, widget=forms.RadioSelect)
    regime = forms.TypedChoiceField(
        label=_("How people use it"), coerce=Regime, choices=Regime.choices, widget=forms.RadioSelect
    )
    norm_set = forms.ChoiceField(label=_("Norms"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "norm_set", [(one.code, one.name) for one in norms.chosen_sets()])

    def opening(self) -> RoundIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return RoundIn(**{name: given[name] for name in ("phase", "regime", "norm_set")})


class NormsForm(VerbForm):
    """By which norms a response goes."""

    norm_set = forms.ChoiceField(label=_("Norms"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "norm_set", [(one.code, one.name) for one in norms.chosen_sets()])


class AnswersForm(VerbForm):
    """A round's questions. What the register knows itself is shown and not asked."""

    def __init__(
        self,
        lines: Sequence[Line],
        said: Mapping[str, Answer],
        served: Mapping[str, ServiceAnswer],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        self._said, self._sent = said, list[str]()
        for line in lines:
            if not self._is_reckoned(line):
                self._add(line.indicator, said.get(line.indicator.code))
        for service in Service:
            self._add_service(service, served.get(service.value))

    @staticmethod
    def _is_reckoned(line: Line) -> bool:
        return line.is_known and line.reading.source is AnswerFrom.COMPUTED

    def _add(self, indicator: Indicator, said: Answer | None) -> None:
        code, known = indicator.code, said if said is not None and said.state == AnswerState.KNOWN else None
        field = _question(indicator, known)
        field.label, field.required = indicator.name, False
        self.fields[f"v_{code}"] = field
        mode = forms.ChoiceField(choices=_MODES, required=False, initial=_mode_of(said))
        mode.label = _("How {what} is known").format(what=indicator.name)
        mode.widget.attrs["aria-label"] = mode.label
        self.fields[f"m_{code}"] = mode

    def _add_service(self, service: Service, said: ServiceAnswer | None) -> None:
        enough = forms.ChoiceField(
            label=service.label,
            choices=[("", _("not answered")), *Adequacy.choices],
            required=False,
            initial=said.adequacy if said else "",
        )
        provider = forms.CharField(max_length=120, required=False, initial=said.provider if said else "")
        provider.label = _("Who provides {service}").format(service=service.label)
        provider.widget.attrs |= {"aria-label": provider.label, "autocomplete": "off"}
        self.fields[f"a_{service}"], self.fields[f"p_{service}"] = enough, provider

    # how it is shown

    def parts(self) -> Iterable[tuple[str, list[dict[str, Any]], int]]:
        """Each part of the form with its questions, and how many of them have an answer."""
        found: dict[str, list[dict[str, Any]]] = {}
        for line in self.lines:
            found.setdefault(line.indicator.topic, []).append(self._row(line))
        for topic in norms.topics():
            if topic in found:
                rows = found[topic]
                yield norms.topic_name(topic), rows, sum(bool(row["answered"]) for row in rows)

    def _row(self, line: Line) -> dict[str, Any]:
        code = line.indicator.code
        asked = f"v_{code}" in self.fields
        return {
            "line": line,
            "answer": self[f"v_{code}"] if asked else None,
            "mode": self[f"m_{code}"] if asked else None,
            "unit": _unit(line.indicator),
            "several": line.indicator.kind in ("choices", "ranked", "day"),
            "answered": not asked or code in self._said,
        }

    def services(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each service with its provider."""
        return [(self[f"a_{service}"], self[f"p_{service}"]) for service in Service]

    # what it says

    def answers(self) -> list[AnswerIn]:
        """What was answered, as the verb takes it."""
        self._sent = [code for code in self._codes() if self._is_answered(code)]
        return [self._answer(norms.indicators()[code]) for code in self._sent]

    def served(self) -> list[ServiceIn]:
        """The services that were answered."""
        given = self.cleaned_data
        return [
            ServiceIn(service=service, adequacy=Adequacy(given[f"a_{service}"]), provider=given[f"p_{service}"])
            for service in Service
            if given[f"a_{service}"]
        ]

    def _codes(self) -> list[str]:
        return [line.indicator.code for line in self.lines if f"v_{line.indicator.code}" in self.fields]

    def _is_answered(self, code: str) -> bool:
        return bool(self.cleaned_data[f"m_{code}"]) or self._value(code) not in (None, "", [])

    def _value(self, code: str) -> Any:
        return self.cleaned_data[f"v_{code}"]

    def _answer(self, indicator: Indicator) -> AnswerIn:
        mode, value = self.cleaned_data[f"m_{indicator.code}"], self._value(indicator.code)
        if mode in (AnswerState.UNKNOWN, AnswerState.NOT_APPLICABLE):
            return AnswerIn(indicator=indicator.code, state=AnswerState(mode))
        given: dict[str, Any] = {"source": AnswerFrom(mode or AnswerFrom.OBSERVED)}
        if indicator.kind == "day":
            given["day"] = value
        elif indicator.kind in ("choice", "choices", "ranked"):
            given["chosen"] = [value] if isinstance(value, str) and value else list(value or [])
        elif value not in (None, ""):
            given["value"] = Decimal(value)
        return AnswerIn(indicator=indicator.code, **given)

    def _field_at(self, path: str) -> str | None:
        """The verb numbers what was answered."""
        found = _PATH.fullmatch(path)
        if found is None or found[1] != "answers" or int(found[2]) >= len(self._sent):
            return super()._field_at(path)
        return f"v_{self._sent[int(found[2])]}"


def _unit(indicator: Indicator) -> str:
    return indicator.thing(2) if indicator.kind == "per" else showing.unit_of(indicator)


def _mode_of(said: Answer | None) -> str:
    if said is None:
        return ""
    return said.source if said.state == AnswerState.KNOWN else said.state


def _question(indicator: Indicator, said: Answer | None) -> forms.Field:
    """The field that asks for an indicator, with what was said before."""
    options = [(one.code, one.label) for one in indicator.options]
    if indicator.kind == "yes_no":
        initial = "" if said is None or said.value is None else str(int(said.value))
        return forms.ChoiceField(choices=_YES_NO, initial=initial)
    if indicator.kind == "choice":
        return forms.ChoiceField(choices=[("", "–"), *options], initial=said.chosen[0] if said else "")
    if indicator.kind == "choices":
        return forms.MultipleChoiceField(
            choices=options, widget=forms.CheckboxSelectMultiple, initial=said.chosen if said else []
        )
    if indicator.kind == "ranked":
        return RankedField(options, initial=said.chosen if said else [])
    if indicator.kind == "day":
        return DatePartsField(initial=said.day if said else None)
    initial_number = said.value.normalize() if said is not None and said.value is not None else None
    return forms.DecimalField(
        min_value=0,
        max_value=1_000_000,
        decimal_places=3,
        initial=None if initial_number is None else f"{initial_number:f}",
        widget=forms.TextInput(_NUMBER),
    )


class RankedWidget(forms.MultiWidget):
    """Three choices one above the other, the most urgent first."""

    use_fieldset = True

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        names = (_("first"), _("second"), _("third"))
        boxes = [forms.Select({"aria-label": name}, [("", "–"), *options]) for name in names]
        super().__init__(boxes)

    def decompress(self, value: Any) -> list[str]:
        chosen = list(value or [])
        return [*chosen, *[""] * MOST_RANKED][:MOST_RANKED]


class RankedField(forms.Field):
    """Up to three options in order; cleans to a list of codes."""

    def __init__(self, options: Sequence[tuple[str, str]], **given: Any) -> None:
        super().__init__(widget=RankedWidget(options), **given)

    def to_python(self, value: Any) -> list[str]:
        return [str(one) for one in value or [] if one]
