"""People's words in templates."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cobijo.core.personal import Purpose
from cobijo.people import wording

register = template.Library()


@register.filter
def purpose_word(purpose: str) -> str:
    """What people's data are used for, in words."""
    return wording.purpose(Purpose(purpose))


@register.filter
def language_word(tag: str) -> str:
    """A language by its tag, in words."""
    return wording.language(tag)


@register.filter
def document_word(row: object) -> str:
    """The kind and country of a document, in words."""
    return wording.document(str(getattr(row, "country", "")), str(getattr(row, "kind", "")))


@register.filter
def document_flags(flags: tuple[str, ...]) -> str:
    """What looks unusual about a document's number, as one sentence's end."""
    return "; ".join(wording.document_flag(flag) for flag in flags)


@register.filter
def marked(pieces: Iterable[tuple[str, bool]]) -> SafeString:
    """A text in pieces, with those marked that the other of two lacks."""
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", one) if unlike else one,) for one, unlike in pieces)
    )
