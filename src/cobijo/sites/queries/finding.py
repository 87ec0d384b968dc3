"""A site by what people call it."""

from uuid import UUID

from django.db.models import Q, QuerySet

from cobijo.algorithms.text import fold
from cobijo.sites.access import visible_to
from cobijo.sites.models import Site
from cobijo.sites.refusals import NO_SUCH_SITE, SEVERAL_SITES

SHOWN = 8
"""How many candidates an ambiguous name is answered with."""


def resolve_site(actor: UUID, text: str) -> Site:
    """The site the actor means: by its code, its name, another name it goes by, or a part that fits one site only.

    Accents and case do not matter. Raises NO_SUCH_SITE, or SEVERAL_SITES with their names.
    """
    sites = visible_to(actor, Site.objects.select_related("unit", "response__unit"))
    words = fold(text)
    for condition in (_by_code(text), Q(aliases__folded=words), _by_part(words)):
        found = _distinct(sites, condition) if words and condition else []
        if len(found) == 1:
            return found[0]
        if found:
            raise SEVERAL_SITES(names=_names(found))
    raise NO_SUCH_SITE()


def _distinct(sites: QuerySet[Site], condition: Q) -> list[Site]:
    ids = Site.objects.filter(condition).values("pk")
    return list(sites.filter(pk__in=ids).order_by("unit__name", "number")[: SHOWN + 1])


def _by_code(text: str) -> Q:
    """``S014``, also as s14."""
    digits = text.strip()[1:]
    return Q(number=int(digits)) if text.strip()[:1] in "sS" and digits.isdigit() and len(digits) < 9 else Q()


def _by_part(words: str) -> Q:
    condition = Q()
    for word in words.split():
        condition &= Q(aliases__folded__contains=word)
    return condition


def _names(sites: list[Site]) -> str:
    names = ", ".join(f"{site.unit.name} ({site.code})" for site in sites[:SHOWN])
    return f"{names}…" if len(sites) > SHOWN else names
