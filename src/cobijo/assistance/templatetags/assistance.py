"""How an order says what it rests on."""

from django import template

from cobijo.assistance import saying
from cobijo.assistance.catalogue import Norm

register = template.Library()


@register.simple_tag
def norm_said(norm: Norm) -> str:
    """A norm in words, with its source and how sure it is."""
    return saying.norm_said(norm)
