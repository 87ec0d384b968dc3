"""What is asked about a list: the file, what its columns hold, the cells that are wrong."""

import re
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cobijo.accounts import queries as accounts
from cobijo.core.imports import batches, kinds
from cobijo.core.imports.kinds import Kind
from cobijo.core.imports.models import ImportBatch
from cobijo.core.imports.types import Sheet

EXAMPLES: Final = 3


class HandInForm(forms.Form):
    """A file, what it lists, and for which site."""

    kind = forms.ChoiceField(label=gettext_lazy("What it lists"))
    unit = forms.ChoiceField(label=gettext_lazy("Site, area or response"))
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("XLSX, XLS, ODS or CSV, as it is: with titles, blank rows and totals."),
        error_messages={"empty": gettext_lazy("The file is empty. Choose the one that holds the list.")},
    )

    def __init__(self, actor: UUID, *given: Any) -> None:
        super().__init__(*given)
        self._known = known = {kind.name: set(kind.units(actor)) for kind in kinds.kinds()}
        names = accounts.unit_names(unit for units in known.values() for unit in units)
        self._choose("kind", [(kind.name, str(kind.says)) for kind in kinds.kinds() if known[kind.name]])
        self._choose("unit", sorted(((str(unit), name) for unit, name in names.items()), key=lambda pair: pair[1]))

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        """One possible answer is not asked for."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if len(choices) == 1:
            field.widget, field.initial = forms.HiddenInput(), choices[0][0]

    def clean(self) -> dict[str, Any]:
        """People stay at one site; only reports may come of several at once."""
        given = self.cleaned_data
        if given.keys() >= {"kind", "unit"} and UUID(given["unit"]) not in self._known[given["kind"]]:
            self.add_error("unit", _("Such a list is handed in for one site, and not for this. Choose the site."))
        return given

    @property
    def is_possible(self) -> bool:
        """Whether there is a site for which its reader may hand a list in."""
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        return bool(field.choices)


class SheetForm(forms.Form):
    """Which sheet holds the list, and in which row its headings stand."""

    sheet = forms.TypedChoiceField(label=gettext_lazy("Sheet of the file"), coerce=int)
    head_row = forms.IntegerField(label=gettext_lazy("Row of the headings"), min_value=1, max_value=1_000_000)

    def __init__(self, batch: ImportBatch, sheets: Sequence[Sheet], *given: Any) -> None:
        super().__init__(*given)
        field = self.fields["sheet"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(at, _sheet_said(sheet, at)) for at, sheet in enumerate(sheets)]
        field.initial = batch.sheet
        self.fields["head_row"].initial = sheets[batch.sheet].first + batch.head_at + batch.head_height - 1
        if len(sheets) == 1:
            field.widget = forms.HiddenInput()


def _sheet_said(sheet: Sheet, at: int) -> str:
    name = sheet.name or _("List {number}").format(number=at + 1)
    said = _("{name} ({rows} rows, hidden)") if sheet.hidden else _("{name} ({rows} rows)")
    return said.format(name=name, rows=sum(1 for row in sheet.rows if row))


class ColumnsForm(forms.Form):
    """What each column holds, and what is asked of the list as a whole."""

    def __init__(self, batch: ImportBatch, headings: Sequence[tuple[int, str]], *given: Any) -> None:
        super().__init__(*given)
        of = kinds.kind(batch.kind)
        choices = [("", _("not used")), *((field.name, _capital(str(field.says))) for field in of.fields)]
        for at, heading in headings:
            self.fields[_column(at)] = forms.ChoiceField(
                label=heading, choices=choices, required=False, initial=batch.columns.get(str(at), "")
            )
        self._ask(batch, of)

    def _ask(self, batch: ImportBatch, of: Kind) -> None:
        for question in batches.questions(batch, of):
            self.fields[question.name] = forms.ChoiceField(
                label=str(question.says),
                choices=[(value, str(said)) for value, said in question.choices_at(batch.unit)],
                required=False,
                initial=batch.answers.get(question.name, ""),
            )

    @property
    def of_columns(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("column_")]

    @property
    def of_the_list(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if not name.startswith("column_")]

    def clean(self) -> dict[str, Any]:
        """No field stands in two columns."""
        given = self.cleaned_data
        seen: dict[str, str] = {}
        for name, value in list(given.items()):
            if not value or not name.startswith("column_"):
                continue
            if value in seen:
                said = _("Another column holds this already. Choose one of the two.")
                self.add_error(name, said)
            seen[value] = name
        return given

    def choice(self) -> tuple[dict[int, str], dict[str, str]]:
        """Columns and answers."""
        given = self.cleaned_data
        columns = {int(name.removeprefix("column_")): value for name, value in given.items() if _is_column(name)}
        return columns, {name: value for name, value in given.items() if not _is_column(name)}


def _column(at: int) -> str:
    return f"column_{at}"


def _is_column(name: str) -> bool:
    return name.startswith("column_")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_CELL = re.compile(r"cell-(\d{1,7})-(\d{1,3})")
_LEAVE = re.compile(r"leave-(\d{1,7})")


def corrections(posted: Any) -> tuple[dict[tuple[int, int], str], list[int]]:
    """The cells written anew, and the rows to be left out, of what a page of rows posts."""
    cells = {
        (int(found[1]), int(found[2])): posted[name][:4_000] for name in posted if (found := _CELL.fullmatch(name))
    }
    return cells, [int(found[1]) for name in posted if (found := _LEAVE.fullmatch(name))]
