"""How sites stand: each indicator with its norm, what is so, what is lacking; over time and beside other sites."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import clock
from cobijo.sites.access import visible_to
from cobijo.sites.models import Response, Site, SiteReport, StatusChange
from cobijo.sites.standards import norms, showing
from cobijo.sites.standards.checks import NEAR, Doubt, Found
from cobijo.sites.standards.checks import doubts as _doubts
from cobijo.sites.standards.facts import Facts, facts_of
from cobijo.sites.standards.judging import UNJUDGED, Verdict, judge, suggest
from cobijo.sites.standards.measures import Reading, computed, of_answer, unknown
from cobijo.sites.standards.models import Answer, NormChoice, Round, ServiceAnswer
from cobijo.sites.standards.norms import Indicator, Norm, NormSet
from cobijo.sites.standards.types import Adequacy, AnswerFrom, AnswerState, Phase, Regime, Service
from cobijo.sites.types import SiteKind, SiteStatus

SETTLED: Final = (SiteKind.CAMP, SiteKind.TRANSITIONAL)
TREND: Final = 6


@dataclass(frozen=True, slots=True)
class Setting:
    """By what a site is judged: its newest round says so, or else what it is and for how long it has been open."""

    phase: Phase
    regime: Regime
    norm_set: NormSet
    assumed: bool


@dataclass(frozen=True, slots=True)
class Past:
    """What a round found of an indicator."""

    on: date
    value: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator at a site: the norm that holds, what is so, and what would meet it."""

    indicator: Indicator
    norm: Norm
    target: str
    reading: Reading
    value: str
    behind: str
    verdict: Verdict
    how_far: str
    suggestion: str
    others: tuple[tuple[str, str, Norm], ...]
    past: tuple[Past, ...] = ()

    @property
    def is_known(self) -> bool:
        return self.reading.is_known

    @property
    def state(self) -> str:
        """The word and shape under which it is shown; none where nothing is to be judged."""
        if self.reading.state is AnswerState.NOT_APPLICABLE:
            return ""
        if not self.is_known:
            return "unknown"
        return {True: "meets", False: "below", None: ""}[self.verdict.met]

    @property
    def is_out(self) -> bool:
        """Whether it has no meaning at this site."""
        return self.reading.state is AnswerState.NOT_APPLICABLE

    @property
    def read(self) -> str:
        """How its norm was read."""
        return str(showing.READ[self.norm.read])


@dataclass(frozen=True, slots=True)
class Topic:
    """A part of what is asked."""

    name: str
    lines: list[Line]

    @property
    def unknown(self) -> int:
        return sum(not line.is_known and not line.is_out for line in self.lines)

    @property
    def is_known(self) -> bool:
        """Whether anything of it is known."""
        return any(line.is_known for line in self.lines)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a site stands now."""

    site: Site
    setting: Setting
    facts: Facts
    lines: tuple[Line, ...]
    round: Round | None
    services: tuple[ServiceAnswer, ...] = ()
    open_round: Round | None = None

    @property
    def gaps(self) -> list[Line]:
        """What is below its norm, the worst first."""
        found = [line for line in self.lines if line.verdict.is_gap]
        return sorted(found, key=lambda line: line.verdict.severity, reverse=True)

    @property
    def known(self) -> int:
        """How many of the indicators that apply are known."""
        return sum(line.is_known for line in self.lines)

    @property
    def applying(self) -> int:
        return sum(line.reading.state is not AnswerState.NOT_APPLICABLE for line in self.lines)

    @property
    def unknown(self) -> int:
        return self.applying - self.known

    @property
    def met(self) -> int:
        return sum(line.verdict.met is True for line in self.lines)

    def by_topic(self) -> list[Topic]:
        """The lines in their parts, as a page shows them."""
        parts: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            parts[line.indicator.topic].append(line)
        return [Topic(norms.topic_name(topic), parts[topic]) for topic in norms.topics() if topic in parts]


# --- by what a site is judged ----------------------------------------------------------------------------------------


def set_of_response(response: Response) -> NormSet:
    """The norm set a response goes by: chosen, that of its country, or the default."""
    said = NormChoice.objects.filter(response=response).order_by("-at", "-id").values_list("norm_set", flat=True)
    code = str(said.first() or "")
    known = norms.sets()
    return known[code] if code in known else known[norms.set_of_country(response.country)]


def setting_of(site: Site) -> Setting:
    """By what a site is judged now."""
    return _settings([site])[site.pk]


def _settings(sites: Collection[Site]) -> dict[UUID, Setting]:
    rounds = {one.site_id: one for one in _standing_rounds([site.pk for site in sites])}
    chosen = {site.response_id: set_of_response(site.response) for site in sites}
    opened = _opened([site.pk for site in sites])
    return {site.pk: _setting(site, rounds.get(site.pk), chosen[site.response_id], opened) for site in sites}


def _setting(site: Site, round_: Round | None, chosen: NormSet, opened: Mapping[UUID, datetime]) -> Setting:
    if round_ is not None:
        known = norms.sets().get(round_.norm_set, chosen)
        return Setting(Phase(round_.phase), Regime(round_.regime), known, assumed=False)
    since = opened.get(site.pk)
    young = since is None or clock.now() - since <= timedelta(days=norms.first_weeks())
    regime = Regime.SETTLEMENT if site.kind in SETTLED else Regime.NIGHTS
    return Setting(Phase.FIRST if young else Phase.LATER, regime, chosen, assumed=True)


def _opened(sites: Sequence[UUID]) -> dict[UUID, datetime]:
    """When each site opened last; one that never did is not in it."""
    changes = StatusChange.objects.filter(site__in=sites, status=SiteStatus.OPEN, at__lte=clock.now())
    return dict(changes.order_by("at", "id").values_list("site_id", "at"))


def rounds_of(site: UUID) -> QuerySet[Round]:
    """The rounds of a site that stand, the newest first."""
    return Round.objects.filter(site=site, voided_at=None).order_by("-began_at", "-id")


def _standing_rounds(sites: Sequence[UUID]) -> list[Round]:
    """The newest ended round of each site, or the first one while it is under way."""
    rows = Round.objects.filter(site__in=sites, voided_at=None).order_by("began_at", "id")
    found: dict[UUID, Round] = {}
    for one in rows:
        before = found.get(one.site_id)
        if before is None or one.ended_at is not None or before.ended_at is None:
            found[one.site_id] = one
    return list(found.values())


# --- a site ----------------------------------------------------------------------------------------------------------


def standing(site: Site) -> Standing:
    """How a site stands now, with what its last rounds found; in a constant number of queries."""
    found = _standings([site])[site.pk]
    rounds = [one for one in rounds_of(site.pk).prefetch_related("answers")[: TREND + 1] if one.ended_at]
    current = next((one for one in rounds_of(site.pk) if one.ended_at is None), None)
    lines = tuple(_with_past(line, rounds, site) for line in found.lines)
    return Standing(found.site, found.setting, found.facts, lines, found.round, found.services, current)


def standings(sites: Collection[Site]) -> dict[UUID, Standing]:
    """How each site stands now, in a constant number of queries whatever their number."""
    return _standings(sites)


def _standings(sites: Collection[Site]) -> dict[UUID, Standing]:
    rounds = {one.site_id: one for one in _standing_rounds([site.pk for site in sites])}
    facts, settings = facts_of(sites), _settings(sites)
    answers = _answers(rounds.values())
    services: dict[UUID, list[ServiceAnswer]] = defaultdict(list)
    for one in ServiceAnswer.objects.filter(round__in=rounds.values()):
        services[one.round_id].append(one)
    found = {}
    for site in sites:
        round_ = rounds.get(site.pk)
        said = answers.get(round_.pk, {}) if round_ else {}
        lines = tuple(lines_of(settings[site.pk], facts[site.pk], said, round_))
        told = tuple(_in_order(services[round_.pk])) if round_ else ()
        found[site.pk] = Standing(site, settings[site.pk], facts[site.pk], lines, round_, told)
    return found


def _in_order(told: Iterable[ServiceAnswer]) -> list[ServiceAnswer]:
    places = {service: at for at, service in enumerate(Service.values)}
    return sorted(told, key=lambda one: places.get(one.service, len(places)))


def _answers(rounds: Iterable[Round]) -> dict[UUID, dict[str, Answer]]:
    found: dict[UUID, dict[str, Answer]] = defaultdict(dict)
    for one in Answer.objects.filter(round__in=list(rounds)):
        found[one.round_id][one.indicator] = one
    return found


def lines_of(setting: Setting, facts: Facts, said: Mapping[str, Answer], round_: Round | None) -> Iterable[Line]:
    """Every indicator that is asked, with what the register knows of it now, or else what a round found."""
    ratio = _women_to_men(setting)
    for indicator, norm in norms.asked(setting.norm_set.code, setting.phase, setting.regime):
        reading = reading_of(indicator, facts, said.get(indicator.code), round_)
        yield _line(indicator, norm, setting, facts, reading, ratio)


def reading_of(indicator: Indicator, facts: Facts, answer: Answer | None, round_: Round | None) -> Reading:
    """What the register knows now; where it does not, what the round found that is not the register's of then."""
    live = computed(indicator, facts)
    if live is not None and live.is_known:
        return live
    if answer is None or round_ is None or answer.source == AnswerFrom.COMPUTED:
        return live or unknown()
    if live is not None and answer.state == AnswerState.UNKNOWN:
        return live  # it says why nobody knows
    on = (round_.ended_at or round_.began_at).astimezone(ZoneInfo(facts.site.zone)).date()
    return of_answer(indicator, answer, facts.people.of(indicator.who), on)


def _women_to_men(setting: Setting) -> norms.Target | None:
    indicator = norms.indicators()["toilets_women_to_men"]
    norm = norms.norm_for(indicator, setting.norm_set.code, setting.phase, setting.regime)
    return norm.targets[setting.phase] if norm else None


def _line(
    indicator: Indicator, norm: Norm, setting: Setting, facts: Facts, reading: Reading, ratio: norms.Target | None
) -> Line:
    target = norm.targets[setting.phase]
    verdict = judge(indicator, target, reading)
    women = ratio if not isinstance(ratio, str) else None
    return Line(
        indicator=indicator,
        norm=norm,
        target=showing.target_of(indicator, norm, setting.phase),
        reading=reading,
        value=showing.value_of(indicator, reading),
        behind=showing.behind(indicator, reading),
        verdict=verdict,
        how_far=showing.how_far(verdict),
        suggestion=suggest(indicator, target, reading, facts, women) if verdict.is_gap else "",
        others=tuple(
            (of.name, showing.target_of(indicator, one, setting.phase), one)
            for of, one in norms.others(indicator, norm, setting.phase, setting.regime)
        ),
    )


def _with_past(line: Line, rounds: Sequence[Round], site: Site) -> Line:
    past = [_past(line.indicator, one, site) for one in reversed(rounds)]
    return _replace(line, past=tuple(one for one in past if one is not None))


def _replace(line: Line, past: tuple[Past, ...]) -> Line:
    values = {name: getattr(line, name) for name in Line.__slots__}
    return Line(**values | {"past": past})


def _past(indicator: Indicator, round_: Round, site: Site) -> Past | None:
    """What a round found, by the norms it went by."""
    answer = next((one for one in round_.answers.all() if one.indicator == indicator.code), None)
    if answer is None or answer.state != AnswerState.KNOWN:
        return None
    on = (round_.ended_at or round_.began_at).astimezone(ZoneInfo(site.zone)).date()
    reading = of_answer(indicator, answer, None, on)
    phase, regime = Phase(round_.phase), Regime(round_.regime)
    norm = norms.norm_for(indicator, round_.norm_set, phase, regime)
    verdict = judge(indicator, norm.targets[phase], reading) if norm else UNJUDGED
    return Past(on, showing.value_of(indicator, reading), verdict)


# --- a response ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rank:
    """A site among others: its worst gap first. Where nothing is known nobody can say that it stands well."""

    standing: Standing
    gaps: list[Line] = field(default_factory=list)

    @property
    def worst(self) -> Line | None:
        return self.gaps[0] if self.gaps else None

    @property
    def order(self) -> tuple[object, ...]:
        worst = self.worst
        severity = worst.verdict.severity if worst else (0, 0)
        return (*severity, len(self.gaps), self.standing.unknown)


def responses_looked_at(actor: UUID) -> list[Response]:
    """The responses in which an actor sees the figures of some site, by name."""
    mine = authority.unit_ids(actor, Permission.SEE_FIGURES)
    sites = Site.objects.filter(unit__in=mine).values("response")
    rows = Response.objects.filter(pk__in=sites, closed_on=None).select_related("unit")
    return list(visible_to(actor, rows).order_by("unit__name"))


def ranking(actor: UUID, response: Response) -> list[Rank]:
    """The open sites of a response that the actor sees the figures of, the one with the worst gap first."""
    mine = authority.unit_ids(actor, Permission.SEE_FIGURES)
    rows = Site.objects.filter(response=response, unit__in=mine).select_related("unit", "response__unit")
    sites = [site for site in visible_to(actor, rows).order_by("number") if site.pk in _open(response)]
    ranks = [Rank(one, one.gaps) for one in standings(sites).values()]
    return sorted(ranks, key=lambda one: one.order, reverse=True)


def _open(response: Response) -> set[UUID]:
    changes = StatusChange.objects.filter(site__response=response, at__lte=clock.now()).order_by("at", "id")
    newest = dict(changes.values_list("site_id", "status"))
    return {site for site, status in newest.items() if status == SiteStatus.OPEN}


# --- a round ---------------------------------------------------------------------------------------------------------


def round_for(actor: UUID, site: UUID, round_id: UUID) -> Round | None:
    """A round of a site that the actor may see."""
    rows = Round.objects.filter(site=site, pk=round_id, voided_at=None)
    return visible_to(actor, rows).select_related("site__response__unit", "site__unit").first()


def doubts_of(round_: Round) -> list[Doubt]:
    """What does not go together in a round."""
    site = round_.site
    facts = facts_of([site], round_.ended_at)[site.pk]
    said = _answers([round_]).get(round_.pk, {})
    known = norms.indicators()
    on = round_.began_at.date()
    people = facts.people
    readings = {
        code: of_answer(known[code], answer, people.of(known[code].who), on)
        for code, answer in said.items()
        if code in known and answer.source != AnswerFrom.COMPUTED
    }
    live = {code: computed(one, facts) for code, one in known.items()}
    services = {Service(one.service): Adequacy(one.adequacy) for one in ServiceAnswer.objects.filter(round=round_)}
    near = rounds_of(site.pk).filter(began_at__gte=round_.began_at - NEAR, began_at__lte=round_.began_at + NEAR)
    reports = SiteReport.objects.filter(site=site, voided_at=None).order_by("-night", "-observed_at")
    reckoned = {code: reading for code, reading in live.items() if reading is not None}
    near_rounds = near.exclude(pk=round_.pk).count()
    return list(_doubts(Found(round_, facts, readings, reckoned, services, near_rounds, reports.first())))
