"""What pydantic and stored holds say, in our sentences and the reader's language."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from cobijo.core.errors import BAD_ARGUMENTS, MEANWHILE, DomainError, Refusal, Sentence
from cobijo.core.models import Outcome

_SENTENCES: Final[dict[str, Sentence]] = {
    "missing": _("This answer is missing."),
    "extra_forbidden": _("There is no such field here."),
    "string_too_long": _("This is too long."),
    "string_too_short": _("This is too short."),
    "string_type": _("Write text here."),
    "uuid_parsing": _("This identifier is not complete."),
    "uuid_type": _("This identifier is not complete."),
    "enum": _("Choose one of the answers offered."),
    "literal_error": _("Choose one of the answers offered."),
    "int_type": _("Write a whole number."),
    "int_parsing": _("Write a whole number."),
    "int_from_float": _("Write a whole number."),
    "greater_than": _("This number is too small."),
    "greater_than_equal": _("This number is too small."),
    "less_than": _("This number is too large."),
    "less_than_equal": _("This number is too large."),
    "bool_type": _("Answer yes or no."),
    "too_long": _("There are too many entries here."),
    "too_short": _("There are too few entries here."),
}
_DATES: Final[Sentence] = _("Write a date with day, month and year.")
_OTHER: Final[Sentence] = _("This answer does not fit here.")


def _sentence(kind: str, message: str) -> Sentence:
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    if kind.startswith(("date", "timezone")):
        return _DATES
    return _SENTENCES.get(kind, _OTHER)


def from_validation(error: ValidationError) -> DomainError:
    """The refusal of arguments that do not fit, each field with its sentence. Never repeats the value itself."""
    fields = {
        ".".join(str(step) for step in one["loc"]) or "arguments": _sentence(one["type"], one["msg"])
        for one in error.errors(include_url=False, include_context=False, include_input=False)
    }
    return BAD_ARGUMENTS(fields)


def from_outcome(outcome: Outcome) -> DomainError:
    """Why an operation is held, said in the reader's language."""
    refusal = Refusal.registry.get(outcome.code, MEANWHILE)
    error = refusal(**outcome.about.get("params", {}))
    error.fields = dict.fromkeys(outcome.about.get("fields", []), error.sentence)
    return error
