"""What figures say in sentences: what a total is made of, when it holds, how it stands beside a published one."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from cobijo.algorithms.ages import ADULT_FROM, UNKNOWN, BandSet
from cobijo.core import wording
from cobijo.core.drawing import BandCount
from cobijo.reporting.census import beyond_registered, made_of
from cobijo.reporting.labels import band_label
from cobijo.reporting.series import Series
from cobijo.reporting.types import (
    CalledRoll,
    Census,
    Counted,
    Kind,
    NotCompared,
    Part,
    Published,
    Quantity,
    Reported,
    ScopeKind,
    SexAge,
    hours_before,
)
from cobijo.sites.types import Method

# --- when ------------------------------------------------------------------------------------------------------------


def when(found: Census) -> str:
    """Which moment the figures speak of."""
    zone = ZoneInfo(found.scope.zone)
    if found.night < found.scope.began:
        return _("Before the response began, on {day}.").format(day=wording.day(found.scope.began))
    if found.forecast:
        return _("Forecast as of {moment}: the night has not ended.").format(
            moment=wording.moment(found.computed_at, "long", zone)
        )
    if found.mark and found.parts[0].closed_at:
        return _("Closed by the site on {moment}, seal {seal}.").format(
            moment=wording.moment(found.parts[0].closed_at, "long", zone), seal=found.mark
        )
    return _("At the midnight that ended this day.")


# --- what a total is made of -----------------------------------------------------------------------------------------


def made_of_lines(found: Census) -> list[str]:
    """How much of the total is of which kind, what is known beside it, and what is not known."""
    return [*(_of_site(found, found.parts[0]) if found.scope.kind is ScopeKind.SITE else _of_sites(found))]


def _of_site(found: Census, part: Part) -> Iterator[str]:
    if part.registered is not None:
        named = part.registered.persons - part.registered.unnamed
        yield ngettext(
            "One person is registered here by name.", "{persons} persons are registered here by name.", named
        ).format(persons=wording.number(named))
        if part.registered.unnamed:
            yield _unnamed(part.registered.unnamed)
        if part.registered.away:
            yield _away(part.registered.away)
    if part.counted is not None:
        yield counted_line(found, part.counted)
    if part.roll_call is not None:
        yield roll_call_line(found, part.roll_call)
    if part.reported is not None:
        yield reported_line(found, part.reported)
        yield _which_counts(part)
    if part.takes is None:
        yield _("Nothing is known of this night: nobody is registered here by name and no head-count came in.")
    if part.since_closed:
        yield _("Entries that came in since it was closed would make it {persons}.").format(
            persons=wording.number(part.now.persons or 0) if part.now else "–"
        )


def counted_line(found: Census, one: Counted) -> str:
    """The guests counted at the door of a night shelter, in a sentence: they add to whoever is registered."""
    at = wording.moment(one.counted_at, "time", ZoneInfo(found.scope.zone))
    said = ngettext(
        "One guest without a name was counted at the door by {hour} and is added to the registered.",
        "{persons} guests without a name were counted at the door by {hour} and are added to the registered.",
        one.persons,
    ).format(persons=wording.number(one.persons), hour=at)
    return " ".join([said, *(part.capitalize() + "." for part in _halves(one))])


def roll_call_line(found: Census, one: CalledRoll) -> str:
    """What a roll-call counted, beside who was registered when it ended: the total takes none of it."""
    at = wording.moment(one.ended_at, "time", ZoneInfo(found.scope.zone))
    said = _("Roll-call, ended at {hour}: {counted} people counted beside {registered} registered then.").format(
        hour=at, counted=wording.number(one.persons), registered=wording.number(one.registered)
    )
    if not one.unmarked:
        return said
    unmarked = ngettext("One was not looked at.", "{persons} were not looked at.", one.unmarked)
    return f"{said} {unmarked.format(persons=wording.number(one.unmarked))}"


def _which_counts(part: Part) -> str:
    if part.counted is not None:
        return _("The total takes the registered and the guests counted at the door. The head-count is beside it.")
    if part.registered is None:
        return _("The total takes the head-count, because nobody is registered here by name.")
    return _(
        "The total takes the registered: behind each of them is a person with a place. The head-count is beside it."
    )


def reported_line(found: Census, one: Reported) -> str:
    """A head-count in a sentence: how many, by what method, how long before midnight, told by whom."""
    told = {
        Method.HEAD_COUNT: _("Head-count: {persons}"),
        Method.LIST: _("List of the site: {persons}"),
        Method.ESTIMATE: _("Estimate: {persons}"),
        Method.HEARSAY: _("Hearsay: {persons}"),
    }[Method(one.method)].format(persons=wording.number(one.persons))
    parts = [told, _age(hours_before(found, one))]
    if one.carried_days:
        parts.insert(1, _carried(one.carried_days))
    parts += _halves(one)
    if one.split:
        parts.append(_("its parts by sex and age were reckoned from a percentage, and are not used"))
    if one.served_elsewhere:
        elsewhere = wording.number(one.served_elsewhere)
        parts.append(_("{persons} more are served there and sleep elsewhere").format(persons=elsewhere))
    if one.informant_post:
        parts.append(_("said by: {post}").format(post=one.informant_post))
    if one.contradicts:
        parts.append(_("its parts add up to more than its total, so only the total is used"))
    return "; ".join(parts) + "."


def _halves(one: Reported | Counted) -> Iterator[str]:
    """The two halves a manager counts by eye, where the head-count has them."""
    if one.under_18:
        yield _("{persons} of them under 18").format(persons=wording.number(one.under_18))
    if one.from_18:
        yield _("{persons} of them adults").format(persons=wording.number(one.from_18))


def _carried(days: int) -> str:
    """How old a head-count is that stands for a night of which the site said nothing."""
    return ngettext(
        "carried forward from the night before: the site was silent",
        "carried forward from {days} nights before: the site was silent",
        days,
    ).format(days=days)


def _age(hours: int) -> str:
    if hours < 0:
        return _("observed after that midnight")
    return ngettext("{hours} hour before midnight", "{hours} hours before midnight", hours).format(hours=hours)


def _away(persons: int) -> str:
    return ngettext(
        "One of them was out temporarily and is counted.",
        "{persons} of them were out temporarily and are counted.",
        persons,
    ).format(persons=wording.number(persons))


def _unnamed(persons: int) -> str:
    return ngettext(
        "One of those who count came with a registered household and has no name yet.",
        "{persons} of those who count came with registered households and have no name yet.",
        persons,
    ).format(persons=wording.number(persons))


def _of_sites(found: Census) -> Iterator[str]:
    yield from _by_kind(found)
    if found.unnamed:
        yield _unnamed(found.unnamed)
    if found.away:
        yield _away(found.away)
    sites, persons = beyond_registered(found)
    if sites:
        yield ngettext(
            "At one site a head-count says more than is registered: {persons} more, counted in nothing.",
            "At {sites} sites a head-count says more than is registered: {persons} more, counted in nothing.",
            sites,
        ).format(sites=sites, persons=wording.number(persons))
    carried = [part for part in found.taking(Kind.REPORTED) if part.reported and part.reported.carried_days]
    if carried:
        yield _carried_at(carried)
    if found.unknown:
        yield unknown_line(found)
    if not found.scope.whole_list:
        yield others_line()
    if found.closed:
        yield ngettext(
            "One site has closed its night.", "{sites} sites have closed their night.", len(found.closed)
        ).format(sites=len(found.closed))


def _by_kind(found: Census) -> Iterator[str]:
    """How much of the total is of each kind."""
    sites, persons = made_of(found, Kind.REGISTERED)
    if sites:
        yield _registered_at(sites, persons - found.unnamed)
    sites, persons = made_of(found, Kind.COUNTED)
    if sites:
        yield _counted_at(sites, persons)
    sites, persons = made_of(found, Kind.REPORTED)
    if sites:
        yield _reported_at(sites, persons)


def _registered_at(sites: int, persons: int) -> str:
    return ngettext(
        "{persons} are registered by name, at one site.", "{persons} are registered by name, at {sites} sites.", sites
    ).format(persons=wording.number(persons), sites=sites)


def _counted_at(sites: int, persons: int) -> str:
    return ngettext(
        "{persons} are guests of a night shelter, counted at its door without names.",
        "{persons} are guests of {sites} night shelters, counted at their doors without names.",
        sites,
    ).format(persons=wording.number(persons), sites=sites)


def _reported_at(sites: int, persons: int) -> str:
    return ngettext(
        "{persons} are reported by a head-count without names, at one site.",
        "{persons} are reported by head-counts without names, at {sites} sites.",
        sites,
    ).format(persons=wording.number(persons), sites=sites)


def _carried_at(parts: Sequence[Part]) -> str:
    """How much of a total is older than its night, and how old the oldest of it is."""
    oldest = max(part.reported.carried_days for part in parts if part.reported)
    return ngettext(
        "{persons} of them are carried forward from an older head-count of one silent site, up to {days} days old.",
        "{persons} of them are carried forward from older head-counts of {sites} silent sites, up to {days} days old.",
        len(parts),
    ).format(persons=wording.number(sum(part.persons or 0 for part in parts)), sites=len(parts), days=oldest)


def unknown_line(found: Census) -> str:
    """That other sites are unknown, how many, and what that makes of the total."""
    return ngettext(
        "Of one other site nothing is known that night: the total is the sum of what is known.",
        "Of {sites} other sites nothing is known that night: the total is the sum of what is known.",
        len(found.unknown),
    ).format(sites=len(found.unknown))


def others_line() -> str:
    """That a group may have sites which are not listed."""
    return _("Other sites may belong to this group that we do not know of.")


# --- beside published figures ----------------------------------------------------------------------------------------


def difference(one: Published) -> str:
    """How ours stands to theirs, in words: by how much, or why nothing compares."""
    words = _not_compared(one.not_compared) if one.difference is None else _by_how_much(one, one.difference)
    if one.adds_up_to in (None, one.value):
        return words
    adds_up = _("what the source publishes of each of these sites adds up to {number}")
    return f"{words}; {adds_up.format(number=wording.number(one.adds_up_to or 0))}"


def _not_compared(why: NotCompared | None) -> str:
    return _("not comparable: {why}").format(why=why.label if why else "")


def _by_how_much(one: Published, difference: int) -> str:
    many = abs(difference)
    number = wording.number(many)
    if difference > 0:
        words = npgettext("difference", "ours is one more", "ours is {number} more", many).format(number=number)
    elif difference < 0:
        words = npgettext("difference", "ours is one less", "ours is {number} less", many).format(number=number)
    else:
        words = _("the same")
    if one.known_sites == one.open_sites:
        return words
    return _("{words}, known at {known} of {sites} sites").format(
        words=words, known=one.known_sites, sites=one.open_sites
    )


def contradiction(figures: Sequence[Published]) -> str:
    """That sources disagree about the same thing on the same day; empty where they do not."""
    told = [one for one in figures if one.quantity is Quantity.PERSONS and not one.month_only and not one.apart]
    values = sorted({one.value for one in told})
    if len(values) < 2:
        return ""
    said = ", ".join(wording.number(value) for value in values)
    return _("Sources publish different numbers for this day: {values}. All are shown, none is chosen.").format(
        values=said
    )


# --- findings --------------------------------------------------------------------------------------------------------


def pyramid_finding(table: SexAge, bands: BandSet) -> str:
    """What stands out by age: how many are under 18, as far as ages are known."""
    known = table.total - table.of_band(UNKNOWN)
    if not known:
        return _("By sex and age")
    minors = sum(table.of_band(band.code) for band in bands.bands if band.high is not None and band.high < ADULT_FROM)
    return _("{minors} of {known} whose age is known are under 18 ({percent} %)").format(
        minors=wording.number(minors), known=wording.number(known), percent=round(100 * minors / known)
    )


def said_rows(table: SexAge) -> list[BandCount]:
    """The rows of a table with their bands as people say them."""
    return [BandCount(band_label(row.band), row.female, row.male, row.other, row.unknown) for row in table.rows()]


def series_finding(series: Series) -> str:
    """Where the number of registered persons came from and what it was most."""
    most = max(series.nights, key=lambda one: one.persons)
    last = series.nights[-1]
    if most.persons == last.persons:
        return _("{last} on {day}: never more until then").format(
            last=wording.number(last.persons), day=wording.day(last.night, "short")
        )
    return _("From {most} on {peak} to {last} on {day}").format(
        most=wording.number(most.persons),
        peak=wording.day(most.night, "short"),
        last=wording.number(last.persons),
        day=wording.day(last.night, "short"),
    )
