"""A date asked for as people say it: day, month, year, each in its own box."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class DatePartsWidget(forms.MultiWidget):
    """Three boxes in one group, in the order day, month, year; `{% field %}` gives the group its name."""

    template_name = "core/widgets/date_parts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        digits = {"inputmode": "numeric", "autocomplete": "off"}
        sizes = {"day": 2, "month": 2, "year": 4}
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput(digits | {"maxlength": size}) for part, size in sizes.items()
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if isinstance(value, dt.date) else [None, None, None]


class DatePartsField(forms.Field):
    """A whole date typed in three boxes; cleans to a `datetime.date`, or to None when all are empty."""

    widget = DatePartsWidget
    default_error_messages = {
        "not_a_day": _(
            "This is not a day of the calendar. Write day, month and year in numbers, for example 27 3 1984."
        )
    }

    def to_python(self, value: Any) -> dt.date | None:
        if value is None or isinstance(value, dt.date):
            return value
        texts = [str(part or "").strip() for part in value]
        if not any(texts):
            return None
        try:
            day, month, year = (int(text) for text in texts)
            return dt.date(year, month, day)
        except ValueError:
            raise ValidationError(self.error_messages["not_a_day"], code="not_a_day") from None
