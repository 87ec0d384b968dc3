"""What compared fields and their levels are called on pages: ``linkage`` names them, this says them."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cobijo.core.errors import Sentence

FIELDS: Final[Mapping[str, Sentence]] = {
    "given": _("Given names"),
    "surname": _("Surnames"),
    "birth": pgettext_lazy("compared", "Birth"),
    "sex": pgettext_lazy("compared", "Sex"),
    "phone": pgettext_lazy("compared", "Telephone"),
    "document": pgettext_lazy("compared", "Document"),
    "place": _("Place of origin"),
    "home": pgettext_lazy("compared", "Household"),
}
LEVELS: Final[Mapping[str, Sentence]] = {
    "blank": pgettext_lazy("compared", "not known of both"),
    "two names": pgettext_lazy("compared", "two names"),
    "one of two": pgettext_lazy("compared", "one of two agrees"),
    "a letter": pgettext_lazy("compared", "a letter for a name"),
    "a slip": pgettext_lazy("compared", "a slip of writing"),
    "a nickname": pgettext_lazy("compared", "a name and its short form"),
    "one sound": pgettext_lazy("compared", "sound alike"),
    "the same": pgettext_lazy("compared", "the same"),
    "all the same": pgettext_lazy("compared", "all the same"),
    "a husband's": pgettext_lazy("compared", "a married name"),
    "turned": pgettext_lazy("compared", "the other way round"),
    "both": pgettext_lazy("compared", "both agree"),
    "beyond 8 years": pgettext_lazy("compared", "more than 8 years apart"),
    "beyond 3 years": pgettext_lazy("compared", "more than 3 years apart"),
    "within 3 years": pgettext_lazy("compared", "within 3 years"),
    "within one year": pgettext_lazy("compared", "within a year"),
    "age within one year": pgettext_lazy("compared", "ages within a year"),
    "one part differs": pgettext_lazy("compared", "day, month or year differs"),
    "day and month turned": pgettext_lazy("compared", "day and month the other way round"),
    "1 January of the year": pgettext_lazy("compared", "1 January of the same year"),
    "exact": pgettext_lazy("compared", "the same day"),
    "another household": pgettext_lazy("compared", "two households"),
    "one household": pgettext_lazy("compared", "one household"),
    "differs": pgettext_lazy("compared", "differs"),
    "one digit off": pgettext_lazy("compared", "one digit differs"),
    "the same, shared by many": pgettext_lazy("compared", "the same, and many others have it"),
    "the same, shared": pgettext_lazy("compared", "the same, and others have it"),
}
ALIKE: Final = frozenset({"the same", "all the same", "both"})
"""Levels that count as the same, also where it is written in two ways."""
STANDS_AS: Final[Mapping[str, str]] = {
    "given": "given_names",
    "surname": "surnames",
    "place": "origin",
    "phone": "phones",
    "document": "documents",
}
"""Which of ``BESIDE`` shows what a field compares."""
BESIDE: Final[Mapping[str, Sentence]] = {
    "given_names": _("Given names"),
    "surnames": _("Surnames"),
    "married_name": _("Married name"),
    "nicknames": _("Other names people use"),
    "born": _("Born"),
    "sex": pgettext_lazy("compared", "Sex"),
    "nationality": _("Nationality"),
    "languages": _("Languages"),
    "origin": _("Place of origin"),
    "documents": _("Documents"),
    "phones": _("Telephones"),
    "household": _("Lives with"),
    "registered": pgettext_lazy("compared", "Registered"),
}
"""What stands beside each other of two records, in this order."""
AROUND: Final = frozenset({"household", "registered"})
"""What says nothing of whether they are one person by being different."""
LETTERED: Final = frozenset({"given_names", "surnames", "married_name", "nicknames", "origin", "documents", "phones"})
"""Where it helps to see which letters or digits differ."""
