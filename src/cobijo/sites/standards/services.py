"""Looking at a site in a round, and choosing by which norms a response goes."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Annotated, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.algorithms.text import clean
from cobijo.core import rows
from cobijo.core.context import current, flag, is_late
from cobijo.core.errors import DomainError, Ground, Refusal
from cobijo.core.ids import uuid7
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, DECISION, FACT, HERE, PLAIN, Act, verb
from cobijo.sites.models import Response
from cobijo.sites.refusals import ALREADY_VOID
from cobijo.sites.rules import coming
from cobijo.sites.standards import norms
from cobijo.sites.standards.facts import Facts, facts_of
from cobijo.sites.standards.measures import Reading, as_decimal, computed
from cobijo.sites.standards.models import Answer, NormChoice, Round, ServiceAnswer
from cobijo.sites.standards.norms import Indicator
from cobijo.sites.standards.queries import set_of_response
from cobijo.sites.standards.types import MOST_ANSWERS, AnswerFrom, AnswerIn, AnswerState, RoundIn, Service, ServiceIn
from cobijo.sites.types import Flag

MOST_RANKED: Final = 3
PERCENT: Final = 100

ROUND_OPEN = Refusal(
    "sites.round_open",
    _("A round of this site was begun already and is not ended. Go on with it, or end it and begin another."),
)
ROUND_ENDED = Refusal(
    "sites.round_ended", _("This round has ended. Begin another: what changed since belongs to a new day.")
)
UNKNOWN_SET = Refusal(
    "sites.unknown_norms", _("There is no norm set of this name to choose. Choose one of the list."), Ground.INPUT
)
UNKNOWN_INDICATOR = Refusal(
    "sites.unknown_indicator", _("This is asked of no site. Load the form again and answer there."), Ground.INPUT
)
ASKED_TWICE = Refusal(
    "sites.asked_twice", _("The same thing is answered twice in one entry. Keep one answer of both."), Ground.INPUT
)
SAY_WHAT = Refusal(
    "sites.say_what",
    _("{name}: it is said to be known, and nothing is said. Write what it is, or that it is not known."),
    Ground.INPUT,
)
SAY_NOTHING = Refusal(
    "sites.say_nothing",
    _("{name}: it is said not to be known, or not to apply, and something is said all the same. Keep one of both."),
    Ground.INPUT,
)
NOT_AN_OPTION = Refusal(
    "sites.not_an_option", _("{name}: choose from the answers that are offered, each once."), Ground.INPUT
)
MOST_THREE = Refusal("sites.most_three", _("{name}: name three at most, the most urgent first."), Ground.INPUT)
WHOLE_THINGS = Refusal("sites.whole_things", _("{name}: write a whole number of them."), Ground.INPUT)
OF_A_HUNDRED = Refusal("sites.of_a_hundred", _("{name}: write how many of a hundred, so 100 at most."), Ground.INPUT)
YES_IS_ONE = Refusal("sites.yes_is_one", _("{name}: answer yes or no."), Ground.INPUT)
NOT_BY_HAND = Refusal(
    "sites.not_by_hand",
    _("{name}: nobody enters what is reckoned from the register. Say what was seen or told."),
    Ground.INPUT,
)
SAME_NORMS = Refusal("sites.same_norms", _("The response goes by these norms already. Nothing has to be changed."))

Answers = Annotated[list[AnswerIn], Field(max_length=MOST_ANSWERS)]
Services = Annotated[list[ServiceIn], Field(max_length=len(Service))]

# --- a round ---------------------------------------------------------------------------------------------------------


@verb(
    "sites.begin_round",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={},
    says=_("Round of the site begun"),
)
def begin_round(act: Act, *, round_id: UUID, site_id: UUID, opening: RoundIn) -> Round:
    """Begin to look at a site. One that is under way already is gone on with; late, the second is kept and flagged."""
    site = coming.lock_site(site_id)
    norm_set = opening.norm_set or set_of_response(site.response).code
    if norm_set not in {one.code for one in norms.chosen_sets()}:
        raise UNKNOWN_SET.about("opening.norm_set")
    if Round.objects.filter(site=site, ended_at=None, voided_at=None).exists():
        if not is_late():
            raise ROUND_OPEN()
        flag(Flag.SECOND_ROUND, site=site.pk)
    return rows.add(
        Round(
            id=round_id,
            site=site,
            phase=opening.phase,
            regime=opening.regime,
            norm_set=norm_set,
            began_at=act.happened_at,
        )
    )


@verb(
    "sites.answer_round",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={"answers": PLAIN, "services": PLAIN},
    says=_("Round of the site answered"),
)
def answer_round(
    act: Act, *, round_id: UUID, answers: Answers | None = None, services: Services | None = None
) -> Round:
    """Write down what a round found; what is answered again takes the place of the answer before."""
    found = _under_way(round_id, act.happened_at)
    answered, served = answers or [], services or []
    _check_once([one.indicator for one in answered], "answers")
    _check_once([one.service for one in served], "services")
    people = facts_of([found.site], act.happened_at)[found.site_id].people if answered else None
    before = {one.indicator: one for one in Answer.objects.filter(round=found)}
    for at, one in enumerate(answered):
        indicator = _checked(one, at)
        among = people.of(indicator.who) if people is not None and indicator.kind == "per" else None
        _put_answer(found, one, before.get(one.indicator), among)
    told = {one.service: one for one in ServiceAnswer.objects.filter(round=found)}
    for service in served:
        _put_service(found, service, told.get(service.service))
    return found


@verb(
    "sites.end_round",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={},
    says=_("Round of the site ended"),
)
def end_round(act: Act, *, round_id: UUID) -> Round:
    """End a round. What the register knew at that hour is kept beside what was seen, so that one day compares."""
    found = _locked(round_id)
    if found.voided_at is not None or found.ended_at is not None:
        raise ROUND_ENDED()
    at = max(act.happened_at, found.began_at)
    _keep_reckoned(found, facts_of([found.site], at)[found.site_id])
    return rows.change(found, ended_at=at)


@verb(
    "sites.void_round",
    kind=FACT,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={},
    says=_("Round of the site taken out"),
)
def void_round(act: Act, *, round_id: UUID) -> Round:
    """Take a round out that was made by mistake, or twice."""
    found = _locked(round_id)
    if found.voided_at is not None:
        raise ALREADY_VOID()
    return rows.change(found, voided_at=current().recorded_at)


@verb(
    "sites.choose_norms",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={"norm_set": PLAIN},
    says=_("Norms of the response chosen"),
)
def choose_norms(act: Act, *, choice_id: UUID, response_id: UUID, norm_set: str) -> NormChoice:
    """Choose by which norm set the sites of a response are judged from now on. Rounds keep the one they went by."""
    response = Response.objects.select_for_update(of=("self",), no_key=True).get(pk=response_id)
    if norm_set not in {one.code for one in norms.chosen_sets()}:
        raise UNKNOWN_SET.about("norm_set")
    if set_of_response(response).code == norm_set:
        raise SAME_NORMS()
    return rows.add(NormChoice(id=choice_id, response=response, norm_set=norm_set, at=act.happened_at))


# --- what holds for them ---------------------------------------------------------------------------------------------


def _locked(round_id: UUID) -> Round:
    rounds = Round.objects.select_for_update(of=("self",), no_key=True).select_related("site__response", "site__unit")
    return rounds.get(pk=round_id)


def _under_way(round_id: UUID, at: datetime) -> Round:
    """The round, locked, while it can be answered: what was seen before it ended still belongs to it."""
    found = _locked(round_id)
    if found.voided_at is not None or (found.ended_at is not None and (not is_late() or at > found.ended_at)):
        raise ROUND_ENDED()
    return found


def _check_once(names: Sequence[str], field: str) -> None:
    if len(set(names)) < len(names):
        raise ASKED_TWICE.about(field)


def _checked(answer: AnswerIn, at: int) -> Indicator:
    """The indicator an answer is to; refuses an answer that is none to it."""
    indicator = norms.indicators().get(answer.indicator)
    if indicator is None:
        raise UNKNOWN_INDICATOR.about(f"answers.{at}.indicator")
    wrong = _wrong(indicator, answer)
    if wrong is not None:
        refusal, part = wrong
        raise _about(refusal, indicator, f"answers.{at}.{part}")
    return indicator


def _about(refusal: Refusal, indicator: Indicator, path: str) -> DomainError:
    return refusal.about(path, name=indicator.name)


def _wrong(indicator: Indicator, answer: AnswerIn) -> tuple[Refusal, str] | None:
    """What is wrong with an answer, and where; None for nothing."""
    said = answer.value is not None or answer.day is not None or bool(answer.chosen)
    if answer.source is AnswerFrom.COMPUTED:
        return NOT_BY_HAND, "source"
    if answer.state is not AnswerState.KNOWN:
        return (SAY_NOTHING, "state") if said else None
    if indicator.kind in ("choice", "choices", "ranked"):
        return _wrong_choice(indicator, answer)
    if (answer.day if indicator.kind == "day" else answer.value) is None or answer.chosen:
        return SAY_WHAT, "value"
    return _wrong_number(indicator, answer)


def _wrong_choice(indicator: Indicator, answer: AnswerIn) -> tuple[Refusal, str] | None:
    offered = {one.code for one in indicator.options}
    if not set(answer.chosen) <= offered or len(set(answer.chosen)) < len(answer.chosen):
        return NOT_AN_OPTION, "chosen"
    if answer.value is not None or answer.day is not None:
        return NOT_AN_OPTION, "value"
    if indicator.kind == "ranked" and len(answer.chosen) > MOST_RANKED:
        return MOST_THREE, "chosen"
    if indicator.kind == "choice" and len(answer.chosen) != 1:
        return SAY_WHAT, "chosen"
    return None


def _wrong_number(indicator: Indicator, answer: AnswerIn) -> tuple[Refusal, str] | None:
    if answer.value is None:
        return None
    if indicator.kind == "yes_no" and answer.value not in (0, 1):
        return YES_IS_ONE, "value"
    if indicator.kind == "per" and answer.value != answer.value.to_integral_value():
        return WHOLE_THINGS, "value"
    if indicator.kind == "share" and answer.value > PERCENT:
        return OF_A_HUNDRED, "value"
    return None


def _put_answer(round_: Round, said: AnswerIn, before: Answer | None, people: int | None) -> None:
    known = said.state is AnswerState.KNOWN
    values = {
        "state": said.state,
        "value": said.value,
        "people": people if known else None,
        "day": said.day,
        "chosen": list(said.chosen),
        "source": said.source,
        "note": clean(said.note),
    }
    if before is not None:
        rows.change(before, **values)
    else:
        rows.add(Answer(id=uuid7(), round=round_, indicator=said.indicator, **values))


def _put_service(round_: Round, said: ServiceIn, before: ServiceAnswer | None) -> None:
    values = {"adequacy": said.adequacy, "provider": clean(said.provider)}
    if before is not None:
        rows.change(before, **values)
    else:
        rows.add(ServiceAnswer(id=uuid7(), round=round_, service=said.service, **values))


def _keep_reckoned(round_: Round, facts: Facts) -> None:
    """What the register knew, where nobody in the round said otherwise."""
    answered = set(Answer.objects.filter(round=round_, state=AnswerState.KNOWN).values_list("indicator", flat=True))
    said = {one.indicator: one for one in Answer.objects.filter(round=round_)}
    fresh = []
    for indicator in norms.indicators().values():
        reading = computed(indicator, facts)
        if reading is None or not reading.is_known or indicator.code in answered:
            continue
        values = _values(indicator, reading)
        if indicator.code in said:
            rows.change(said[indicator.code], **values)
        else:
            fresh.append(Answer(id=uuid7(), round=round_, indicator=indicator.code, **values))
    if fresh:
        rows.add(*fresh)


def _values(indicator: Indicator, reading: Reading) -> dict[str, object]:
    number = reading.things if indicator.kind == "per" else reading.value
    return {
        "state": AnswerState.KNOWN,
        "value": None if number is None else as_decimal(Fraction(number)),
        "people": reading.people if indicator.kind == "per" else None,
        "source": AnswerFrom.COMPUTED,
        "note": "",
    }
