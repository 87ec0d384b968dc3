"""The parts of a page: icons, states, fields, figures, drawings, numbers and moments in words.

docs/develop/look.md shows which part to use when. A part takes figures and texts, never a request or a query.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cobijo.core import drawing, wording

register = template.Library()

_ICONS = Path(__file__).parent.parent / "icons"
_INSIDE_OF_SVG = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@dataclass(frozen=True)
class State:
    """How a state is shown everywhere: its word, its shape, and the tone that picks its colour."""

    word: str | Promise
    icon: str
    tone: str


STATES: dict[str, State] = {
    "waiting": State(pgettext_lazy("state", "Waiting to be sent"), "hourglass", "wants"),
    "confirmed": State(pgettext_lazy("state", "Confirmed"), "circle-check", "well"),
    "held": State(pgettext_lazy("state", "Held for review"), "circle-pause", "wants"),
    "full": State(pgettext_lazy("state", "Full"), "square", "brim"),
    "over": State(pgettext_lazy("state", "Over capacity"), "triangle-alert", "strong"),
    "overdue": State(pgettext_lazy("state", "Overdue"), "alarm-clock", "strong"),
    "sealed": State(pgettext_lazy("state", "Sealed"), "lock", "well"),
    "unverified": State(pgettext_lazy("state", "Unverified"), "circle-question-mark", "unsure"),
    "out_of_date": State(pgettext_lazy("state", "Out of date"), "history", "wants"),
    "disputed": State(pgettext_lazy("state", "Disputed"), "split", "wants"),
    "listed": State(pgettext_lazy("state", "Inventoried"), "clipboard-list", "unsure"),
    "planned": State(pgettext_lazy("state", "Planned"), "calendar-clock", "unsure"),
    "open": State(pgettext_lazy("state", "Open"), "door-open", "well"),
    "closed": State(pgettext_lazy("state", "Closed"), "door-closed", "plain"),
    "assumed": State(pgettext_lazy("state", "Assumed"), "asterisk", "unsure"),
    "inferred": State(pgettext_lazy("state", "Inferred"), "equal-approximately", "unsure"),
    "below": State(pgettext_lazy("state", "Below the norm"), "arrow-down", "strong"),
    "meets": State(pgettext_lazy("state", "Meets the norm"), "check", "well"),
    "unknown": State(pgettext_lazy("state", "Not known"), "ellipsis", "unsure"),
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """The picture of that name, for beside a word. Raises FileNotFoundError when there is none."""
    return _icon(name)


@cache
def _icon(name: str) -> SafeString:
    drawn = _INSIDE_OF_SVG.search((_ICONS / f"{name}.svg").read_text())
    if drawn is None:
        raise ValueError(f"{name}.svg holds no drawing")
    strokes = " ".join(drawn.group(1).split())
    # Ours from the repository, never from a user: safe to write as it is.
    return mark_safe(  # noqa: S308
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor"'
        ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"'
        f' focusable="false">{strokes}</svg>'
    )


@register.inclusion_tag("core/parts/state.html")
def state(name: str, detail: object = "") -> dict[str, object]:
    """The state as word, shape and colour, a detail after the word. Raises KeyError for another name."""
    return {"name": name, "state": STATES[name], "detail": detail}


@register.filter
def band(label: object) -> str:
    """An age band as a page writes it: 0–4 for 0-4."""
    return str(label).replace("-", "–")


@register.simple_tag
def number(value: float | None) -> str:
    """The number as the language in force writes it; what is not known is a dash, read aloud as such."""
    if value is None:
        dash = '<span class="unknown" aria-hidden="true">–</span><span class="hidden-word">{}</span>'
        return format_html(dash, _("not known"))
    return wording.number(value)


@register.simple_tag
def bare(value: float | None) -> str:
    """The number as bare text for a cell or a drawing; a dash where it is hidden or not known."""
    return "–" if value is None else wording.number(value)


@register.simple_tag
def when(value: dt.date | dt.datetime | None, style: wording.Style = "long", zone: dt.tzinfo | None = None) -> str:
    """The day or moment in words, on the site's clock, with the exact one for machines."""
    if value is None:
        return number(None)
    if isinstance(value, dt.datetime):
        exact = wording.at_site(value, zone).isoformat(timespec="minutes")
        return format_html('<time datetime="{}">{}</time>', exact, wording.moment(value, style, zone))
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), wording.day(value, style))


@register.simple_tag
def said(value: object) -> object:
    """Any value as a page says it: numbers and moments in words, nothing as not known, all else as it is."""
    if value is None or value == "":
        return number(None)
    if isinstance(value, dt.date):
        return when(value)
    return number(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


@register.inclusion_tag("core/parts/field.html")
def field(bound: BoundField, width: str = "", optional: bool = True, said_back: str = "") -> dict[str, object]:
    """One question: label above, help under it, the error beside the answer.

    `width` is "", "medium" or "short". `optional=False` leaves the word out where the form says once that
    nothing is required. `said_back` is what was understood ("Saturday, 27 March 1984").
    """
    return {
        "bound": bound,
        "width": width,
        "optional": optional and not bound.field.required,
        "said_back": said_back,
        "group": bound.use_fieldset,
        "choices": isinstance(bound.field.widget, forms.RadioSelect),
        "tick": isinstance(bound.field.widget, forms.CheckboxInput),
        "described_by": bound.aria_describedby,
    }


@register.inclusion_tag("core/parts/error_summary.html")
def error_summary(*given: forms.BaseForm | forms.BaseFormSet[Any] | None) -> dict[str, object]:
    """What is to be put right in forms and formsets, each with a link to its answer; else nothing."""
    wrongs = [wrong for form in _forms(given) for wrong in _wrongs(form)]
    return {"wrongs": wrongs}


def _forms(given: Iterable[forms.BaseForm | forms.BaseFormSet[Any] | None]) -> Iterable[forms.BaseForm]:
    for one in given:
        if isinstance(one, forms.BaseFormSet):
            yield from one.forms
        elif one is not None:
            yield one


def _wrongs(form: forms.BaseForm) -> Iterable[tuple[str, str]]:
    """The sentence and the id it links to; the id is empty for what concerns the form as a whole."""
    for name, sentences in form.errors.items():
        bound = form[name] if name in form.fields else None
        for sentence in sentences:
            yield (f"{bound.label}: {sentence}", _first_box(bound)) if bound else (str(sentence), "")


def _first_box(bound: BoundField) -> str:
    """The id of the element that takes the keyboard: a group's first answer, not the group."""
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label


@register.simple_block_tag
def nothing(content: str, icon: str = "inbox") -> str:
    """An empty state: a sentence that says what is so, and the link that is the next step."""
    return format_html('<div class="nothing">{}<div>{}</div></div>', _icon(icon), content)


@register.simple_block_tag(takes_context=True)
def danger(context: Context, content: str, heading: str, button: str, action: str = "", undo: str = "") -> str:
    """A form for an act that is hard to take back.

    The content says in numbers what will happen and may hold fields; `button` names the act; `undo`
    says how it can be taken back, or that it cannot. It posts to `action`.
    """
    own: dict[str, object] = {"content": content, "heading": heading, "button": button, "action": action}
    own |= {"undo": undo, "csrf_token": context.get("csrf_token", "")}
    return render_to_string("core/parts/danger.html", own)


@register.inclusion_tag("core/parts/figure_bar.html")
def figure_bar(
    registered: int,
    counted: int | None = None,
    places: int | None = None,
    places_state: str = "",
    small: bool = False,
) -> dict[str, object]:
    """Registered and counted against the places; over capacity is hatched, marked and said.

    `places_state` is a state of the number of places ("assumed", "inferred"). `small` is the bar alone, for
    beside the numbers in a table.
    """
    bar = drawing.figure_bar(registered, counted, places)
    return {"bar": bar, "places_state": places_state, "small": small}


@register.inclusion_tag("core/parts/pyramid.html")
def pyramid(
    rows: Iterable[drawing.SexCounts],
    title: str = "",
    source: str = "",
    at: dt.date | dt.datetime | None = None,
    totals: drawing.SexCounts | None = None,
) -> dict[str, object]:
    """People by sex and age band, drawn and tabled; rows youngest first, unknown age last."""
    return {"pyramid": drawing.pyramid(rows, totals), "title": title, "source": source, "at": at}


@register.inclusion_tag("core/parts/day_bars.html")
def day_bars(
    rows: Sequence[drawing.DayCounts],
    title: str = "",
    source: str = "",
    at: dt.date | dt.datetime | None = None,
) -> dict[str, object]:
    """Arrivals above the line and departures below it, day by day, drawn and tabled."""
    return {"bars": drawing.day_bars(rows), "title": title, "source": source, "at": at}
