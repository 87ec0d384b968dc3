"""Stations by name, for the pages of a centre."""

from django import template

from cobijo.movements.stations import stations

register = template.Library()


@register.simple_tag
def station(code: str) -> str:
    """What a station is called; the bare code of one that this version does not know."""
    known = stations().get(code)
    return known.name if known else code
