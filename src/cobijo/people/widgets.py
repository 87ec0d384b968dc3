"""A birth asked for as people say it: day, month and year as far as they are known, or an age."""

from dataclasses import astuple
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cobijo.algorithms.ages import Birth, Precision, parts
from cobijo.people.types import BirthIn

_PARTS: Final = {"day": 2, "month": 2, "year": 4, "years": 3, "months": 2}


class BirthWidget(forms.MultiWidget):
    """Five boxes: day, month, year, and the age in years and months."""

    template_name = "people/widgets/birth.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        digits = {"inputmode": "numeric", "autocomplete": "off"}
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput(digits | {"maxlength": size}) for part, size in _PARTS.items()
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: Any) -> list[Any]:
        return list(astuple(value)) if isinstance(value, BirthIn) else [None] * len(_PARTS)


class BirthField(forms.Field):
    """Whatever is known of a birth; cleans to a ``BirthIn``. Whether it can be is the verb's to say."""

    widget = BirthWidget
    default_error_messages = {
        "not_digits": _("Write day, month, year and age in digits, for example 27 3 1984, or an age of 34.")
    }

    def to_python(self, value: Any) -> BirthIn:
        texts = [str(part or "").strip() for part in value or [""] * len(_PARTS)]
        if not all(text.isdecimal() for text in texts if text):
            raise ValidationError(self.error_messages["not_digits"], code="not_digits")
        day, month, year, years, months = (int(text) if text else None for text in texts)
        return BirthIn(day=day, month=month, year=year, age_years=years, age_months=months)


def as_given(birth: Birth, today: date) -> BirthIn:
    """A birth that is kept, as its boxes show it: an age as it is today."""
    if birth.latest is None:
        return BirthIn()
    if birth.precision is Precision.AGE:
        age = parts(birth, today)
        assert age is not None
        return BirthIn(age_years=age.years or None, age_months=None if age.years else age.months)
    known = {"year": birth.latest.year}
    if birth.precision is not Precision.YEAR:
        known["month"] = birth.latest.month
    if birth.precision is Precision.DAY:
        known["day"] = birth.latest.day
    return BirthIn(**known)
