"""What is asked for a slip: how many of what, from or to whom; and what for tomorrow's order."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cobijo.assistance import catalogue
from cobijo.assistance.queries import ShelfLine, norm_sets
from cobijo.assistance.types import MOST, FormulaKind, ItemKind, LineIn, Party, SlipIn, SlipKind
from cobijo.core.pages import VerbForm, offer

ROWS: Final = 8
DAYS: Final = (1, 2, 3, 7)


def _quantity(label: str) -> forms.IntegerField:
    box = forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "aria-label": label})
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, required=False, widget=box)


class SlipForm(VerbForm):
    """A slip: a box for each item of the book, and empty lines for others."""

    names_of_fields: ClassVar = {"lines": "item_0"}

    party = forms.TypedChoiceField(
        coerce=Party, empty_value=None, required=False, choices=[("", _("not said")), *Party.choices]
    )
    whom = forms.CharField(
        label=_("Its name"),
        max_length=120,
        required=False,
        help_text=_("Of an organisation, an office or another site. No names of people."),
    )
    note = forms.CharField(label=_("Note"), max_length=240, required=False)

    def __init__(self, kind: SlipKind, shelf: Iterable[ShelfLine], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        # What comes in is new as often as not; what goes out, or is counted, is nearly always in the book.
        self.shelf = [] if kind is SlipKind.RECEIVED else list(shelf)
        self._ask_whom()
        for at, line in enumerate(self.shelf):
            self.fields[f"known_{at}"] = _quantity(f"{line.name} ({line.unit})")
        choices = [("", gettext("Choose…")), *_choices()]
        for at in range(ROWS if kind is SlipKind.RECEIVED else ROWS // 2):
            self.fields[f"item_{at}"] = forms.ChoiceField(
                label=gettext("Item {number}").format(number=at + 1),
                choices=choices,
                required=False,
                error_messages={"invalid_choice": gettext("Choose an item of the list, or “something else”.")},
            )
            self.fields[f"quantity_{at}"] = _quantity(gettext("How many of item {number}").format(number=at + 1))

    def _ask_whom(self) -> None:
        """From or to whom, where goods change hands."""
        whom = {SlipKind.RECEIVED: gettext("Received from"), SlipKind.GIVEN: gettext("Given to")}.get(self.kind)
        if whom is None:
            del self.fields["party"], self.fields["whom"]
            return
        self.fields["party"].label = whom

    def known(self) -> Iterator[tuple[ShelfLine, forms.BoundField]]:
        """The items of the book with their boxes."""
        return ((line, self[f"known_{at}"]) for at, line in enumerate(self.shelf))

    def rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """The empty lines: which item, how many."""
        at = 0
        while f"item_{at}" in self.fields:
            yield self[f"item_{at}"], self[f"quantity_{at}"]
            at += 1

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for item, quantity in self.rows():
            what, many = given.get(item.name), given.get(quantity.name)
            if what and many is None and quantity.name not in self.errors:
                self.add_error(quantity.name, gettext("Write how many, or take the item away."))
            if many and not what and item.name not in self.errors:
                self.add_error(item.name, gettext("Say what these are, or take the number away."))
        if not self.errors and not self._lines(given):
            self.add_error(None, gettext("Nothing stands on this slip yet. Write how many of something."))
        return given

    def slip(self) -> SlipIn:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return SlipIn(
            lines=self._lines(given), party=given.get("party"), whom=given.get("whom", ""), note=given["note"]
        )

    def _lines(self, given: dict[str, Any]) -> list[LineIn]:
        found = [
            LineIn(item=line.item, variant=line.variant, quantity=given[f"known_{at}"])
            for at, line in enumerate(self.shelf)
            if given.get(f"known_{at}") is not None and (given[f"known_{at}"] or self.kind is SlipKind.COUNTED)
        ]
        for item, quantity in self.rows():
            if given.get(item.name) and given.get(quantity.name) is not None:
                code, _colon, variant = given[item.name].partition(":")
                found.append(LineIn(item=code, variant=variant, quantity=given[quantity.name]))
        return found


def _choices() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Every item in every size, by shelf."""
    for kind in ItemKind:
        items = [item for item in catalogue.items().values() if item.kind is kind]
        yield (
            str(kind.label).capitalize(),
            [(key, name) for item in items for key, name in _sizes(item)],
        )


def _sizes(item: catalogue.Item) -> Iterator[tuple[str, str]]:
    for variant in item.variants or ("",):
        key = f"{item.code}:{variant}" if variant else item.code
        yield key, f"{catalogue.name_of(item.code, variant)} ({item.unit})"


class OrderForm(forms.Form):
    """For how many days to order, and by which norms."""

    days = forms.TypedChoiceField(label=_("Cover"), coerce=int, required=False)
    norms = forms.ChoiceField(label=_("Norms"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Sequence[tuple[str, Any]] = [(str(days), _days(days)) for days in DAYS]
        sets = [(code, str(one.name)) for code, one in norm_sets().items()]
        offer(self, "days", asked)
        offer(self, "norms", sets)


def _days(days: int) -> str:
    return gettext("one day") if days == 1 else gettext("{days} days").format(days=days)


class AssessForm(VerbForm):
    """Which formula an infant is fed with."""

    kind = forms.TypedChoiceField(
        label=_("Formula"), coerce=FormulaKind, choices=FormulaKind.choices, widget=forms.RadioSelect
    )
