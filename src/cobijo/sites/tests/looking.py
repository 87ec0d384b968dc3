"""A site that is looked at, in one line: rooms, facilities, people, and what a round finds."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from cobijo.accounts.models import Account
from cobijo.core import clock
from cobijo.core.ids import uuid7
from cobijo.sites import services
from cobijo.sites.models import Site
from cobijo.sites.standards.models import Round
from cobijo.sites.standards.queries import Line, Standing, standing
from cobijo.sites.standards.types import Adequacy, AnswerIn, AnswerState, Phase, Regime, RoundIn, Service, ServiceIn
from cobijo.sites.types import FacilityFor, FacilityIn, FacilityKind
from tests.cast import Cast, Place, act

LATER = {"phase": Phase.LATER, "regime": Regime.NIGHTS}
MINUTE = timedelta(minutes=1)


def begin(cast: Cast, who: Account | None = None, **given: Any) -> UUID:
    round_id: UUID = given.pop("round_id", uuid7())
    at = given.pop("at", clock.now())
    opening = RoundIn(**LATER | given)
    services.begin_round(act(who or cast.beto, happened_at=at), round_id=round_id, site_id=cast.a.id, opening=opening)
    return round_id


def found(indicator: str, value: float | str | None = None, **given: Any) -> AnswerIn:
    if value is not None:
        given["value"] = Decimal(str(value))
    return AnswerIn(indicator=indicator, **given)


def nobody_knows(indicator: str) -> AnswerIn:
    return AnswerIn(indicator=indicator, state=AnswerState.UNKNOWN)


def tell(cast: Cast, round_id: UUID, *answers: AnswerIn, **services_: Adequacy) -> Round:
    told = [ServiceIn(service=Service(name), adequacy=enough) for name, enough in services_.items()]
    return services.answer_round(act(cast.beto), round_id=round_id, answers=list(answers), services=told)


def end(cast: Cast, round_id: UUID, **given: Any) -> Round:
    return services.end_round(act(cast.beto, **given), round_id=round_id)


def looked_at(cast: Cast, *answers: AnswerIn, **given: Any) -> UUID:
    """A round from beginning to end."""
    round_id = begin(cast, **given)
    tell(cast, round_id, *answers)
    end(cast, round_id)
    return round_id


def count(cast: Cast, kind: FacilityKind, things: int, whom: FacilityFor = FacilityFor.ALL, **given: Any) -> None:
    facility = FacilityIn(kind=kind, for_whom=whom, count=things, counted_on=clock.now().date(), **given)
    services.count_facility(act(cast.beto), facility_id=uuid7(), site_id=cast.a.id, facility=facility)


def how(place: Place) -> Standing:
    site = Site.objects.select_related("unit", "response__unit").get(pk=place.id)
    return standing(site)


def line(place: Place, code: str) -> Line:
    return next(one for one in how(place).lines if one.indicator.code == code)
