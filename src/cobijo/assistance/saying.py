"""What an order says in sentences: of whom it is made, who is left out, what it rests on that is not sure."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cobijo.assistance.catalogue import Norm
from cobijo.assistance.queries.ordering import Order
from cobijo.assistance.types import Sure
from cobijo.core import wording
from cobijo.sites.queries.meals import Beyond, Expected, Guests, Served
from cobijo.sites.types import Method


def made_of(expected: Expected) -> list[str]:
    """Of whom the expectation is made, one sentence each."""
    made = expected.made_of
    said = [
        (made.here, ngettext("One person is here.", "{people} people are here.", made.here)),
        (
            made.back,
            ngettext(
                "One is out and says when they are back.", "{people} are out and say when they are back.", made.back
            ),
        ),
        (made.coming, ngettext("One is expected to arrive.", "{people} are expected to arrive.", made.coming)),
        (made.unnamed, ngettext("One has no name yet.", "{people} have no name yet.", made.unnamed)),
        (
            made.leaving,
            ngettext(
                "One travels to another site after breakfast or before.",
                "{people} travel to another site after breakfast or before.",
                made.leaving,
            ),
        ),
        (
            made.unanswered,
            ngettext(
                "One is to move to a site that has not answered, and is reckoned with here.",
                "{people} are to move to a site that has not answered, and are reckoned with here.",
                made.unanswered,
            ),
        ),
    ]
    lines = [sentence.format(people=wording.number(people)) for people, sentence in said if people]
    beyond = expected.beyond
    if beyond and beyond.counts:
        lines.append(_beyond(beyond))
    if expected.served and expected.served.counts:
        lines.append(_served(expected.served))
    if expected.guests and expected.guests.counts:
        lines.append(_guests(expected.guests))
    return lines


def _guests(guests: Guests) -> str:
    return ngettext(
        "One guest of the night, as counted at the door at {moment}: dinner and breakfast.",
        "{people} guests of the night, as counted at the door at {moment}: dinner and breakfast.",
        guests.persons,
    ).format(people=wording.number(guests.persons), moment=wording.moment(guests.counted_at))


def _served(served: Served) -> str:
    return ngettext(
        "One is served here and sleeps elsewhere, by the report of {moment} ({method}): meals only.",
        "{people} are served here and sleep elsewhere, by the report of {moment} ({method}): meals only.",
        served.persons,
    ).format(
        people=wording.number(served.persons), moment=wording.moment(served.observed_at), method=served.method.label
    )


def _beyond(beyond: Beyond) -> str:
    return ngettext(
        "One more than is registered, by the head-count of {moment} ({method}).",
        "{people} more than are registered, by the head-count of {moment} ({method}).",
        beyond.persons,
    ).format(
        people=wording.number(beyond.persons), moment=wording.moment(beyond.observed_at), method=beyond.method.label
    )


def left_out(expected: Expected) -> list[str]:
    """Who is not reckoned with, so that somebody can decide otherwise."""
    made = expected.made_of
    said = [
        (
            made.not_back,
            ngettext("One should be back and is not.", "{people} should be back and are not.", made.not_back),
        ),
        (
            made.no_hour,
            ngettext(
                "One is out without an hour to be back.", "{people} are out without an hour to be back.", made.no_hour
            ),
        ),
        (
            made.not_come,
            ngettext(
                "One was expected before today and has not come.",
                "{people} were expected before today and have not come.",
                made.not_come,
            ),
        ),
    ]
    lines = [sentence.format(people=wording.number(people)) for people, sentence in said if people]
    beyond = expected.beyond
    if beyond and not beyond.counts:
        lines.append(_not_counted(beyond))
    if expected.served and not expected.served.counts:
        lines.append(_not_served(expected.served))
    if expected.guests and not expected.guests.counts:
        lines.append(_not_guests(expected.guests))
    return lines


def _not_guests(guests: Guests) -> str:
    return _("{people} guests were last counted at the door {nights} nights ago. Count again.").format(
        people=wording.number(guests.persons), nights=guests.nights
    )


def _not_served(served: Served) -> str:
    people = wording.number(served.persons)
    if served.method is Method.HEARSAY:
        return _("{people} who are said to be served here and to sleep elsewhere are hearsay only. Count them.").format(
            people=people
        )
    return _("{people} who are served here and sleep elsewhere were reported {nights} nights ago. Count again.").format(
        people=people, nights=served.nights
    )


def _not_counted(beyond: Beyond) -> str:
    people = wording.number(beyond.persons)
    if beyond.method is Method.HEARSAY:
        return _("{people} more than are registered are known by hearsay only. Count them.").format(people=people)
    return _("The last head-count says {people} more, but is {nights} nights old. Count again.").format(
        people=people, nights=beyond.nights
    )


def doubts(order: Order) -> list[str]:
    """What the numbers of an order rest on that nobody counted or that is carried forward, named."""
    return list(_doubts(order))


def _doubts(order: Order) -> Iterator[str]:
    beyond = order.expected.beyond
    if beyond and beyond.counts and beyond.method is Method.ESTIMATE:
        yield _("{people} of those reckoned with are an estimate.").format(people=wording.number(beyond.persons))
    if beyond and beyond.counts and beyond.nights:
        yield ngettext(
            "The head-count is carried forward from the night before.",
            "The head-count is carried forward from {nights} nights ago.",
            beyond.nights,
        ).format(nights=beyond.nights)
    guests = order.expected.guests
    if guests and guests.counts and guests.nights:
        yield ngettext(
            "The guests are carried forward from the night before.",
            "The guests are carried forward from {nights} nights ago.",
            guests.nights,
        ).format(nights=guests.nights)
    if order.nameless:
        yield ngettext(
            "Of one person nobody knows the age in months: nothing for infants is reckoned for them.",
            "Of {people} people nobody knows the age in months: nothing for infants is reckoned for them.",
            order.nameless,
        ).format(people=wording.number(order.nameless))


def norm_said(norm: Norm) -> str:
    """A norm with its source: 15 litres each, every day (UNHCR …)."""
    ratio = norm.ratio
    amount = wording.number(ratio.amount / 1_000)
    each = {
        "day": _("{amount} a person a day"),
        "week": _("{amount} a person a week"),
        "month": _("{amount} a person a month"),
        "once": _("{amount} a person, once"),
    }[ratio.every]
    source = "; ".join(part for part in (_source(norm), str(norm.note or "")) if part)
    said = _("{each}; {source}").format(each=each.format(amount=amount), source=source)
    return said if norm.sure is Sure.READ else f"{said} ({norm.sure.label})"


def _source(norm: Norm) -> str:
    return ", ".join(part for part in (norm.source, norm.edition) if part)
