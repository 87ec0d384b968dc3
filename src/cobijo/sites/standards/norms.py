"""Indicators and norms as ``data/norms.toml`` has them: what is asked, and from where on it is met."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import get_language

from cobijo.sites.standards.types import Phase, Regime

DATA: Final = Path(__file__).resolve().parent.parent / "data" / "norms.toml"
ROOFED: Final = frozenset({Regime.NIGHTS, Regime.SETTLEMENT})
"""Where a norm says no regime it holds for both of these."""
NUMBERS: Final = ("amount", "per", "share")

Target = Fraction | str
"""From where on a norm is met: a number, or ``yes``, ``no``, ``none`` or the code of an option."""


def _own(both: Mapping[str, Any], language: str | None = None) -> Any:
    """The words in the reader's language; English where it is not Spanish."""
    spoken = (language or get_language() or "es")[:2]
    return both["es"] if spoken == "es" else both["en"]


@dataclass(frozen=True)
class Option:
    """One of the answers an indicator offers."""

    code: str
    words: Mapping[str, str]

    @property
    def label(self) -> str:
        return str(_own(self.words))


@dataclass(frozen=True)
class Norm:
    """What one set says of an indicator. ``targets`` by phase; None is asked and met by nothing."""

    row: int
    set: str
    targets: Mapping[Phase, Target | None]
    upto: Fraction | None
    regimes: frozenset[Regime]
    source: str
    edition: str
    read: str

    @property
    def cited(self) -> str:
        return f"{self.source}, {self.edition}"

    def holds(self, phase: Phase, regime: Regime) -> bool:
        """Whether it says anything of a site in this phase and regime."""
        return phase in self.targets and regime in self.regimes


@dataclass(frozen=True)
class Indicator:
    """What is asked of a site or reckoned of it. ``things``: one and several of what people are shared out among."""

    code: str
    topic: str
    kind: str
    unit: str
    better: str
    computed: str
    who: str
    of: str
    names: Mapping[str, str]
    advice: Mapping[str, str]
    things: Mapping[str, Sequence[str]]
    options: tuple[Option, ...]
    fits: tuple[str, ...]
    norms: tuple[Norm, ...]

    @property
    def name(self) -> str:
        return str(_own(self.names))

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBERS

    def thing(self, count: int) -> str:
        """What people are shared out among: one of it, or several."""
        one, several = _own(self.things)
        return str(one if count == 1 else several)

    def do(self) -> str:
        """What helps, where it is no number; empty where nothing is said."""
        return str(_own(self.advice)) if self.advice else ""

    def option(self, code: str) -> str:
        """An answer in words; its code where there is no such option any more."""
        return next((one.label for one in self.options if one.code == code), code)


@dataclass(frozen=True)
class NormSet:
    """A set of norms. ``follows``: it is never chosen, it speaks where the chosen one is silent."""

    code: str
    names: Mapping[str, str]
    countries: tuple[str, ...]
    then: tuple[str, ...]
    follows: bool

    @property
    def name(self) -> str:
        return str(_own(self.names))


# --- reading the data ------------------------------------------------------------------------------------------------


@cache
def _told() -> Mapping[str, Any]:
    with DATA.open("rb") as file:
        return tomllib.load(file)


@cache
def sets() -> Mapping[str, NormSet]:
    """Every set by its code, in the order of the data."""
    return {
        code: NormSet(
            code, said, tuple(said.get("countries", ())), tuple(said.get("then", ())), said.get("follows", False)
        )
        for code, said in _told()["sets"].items()
    }


@cache
def indicators() -> Mapping[str, Indicator]:
    """Every indicator by its code, in the order in which a form asks."""
    options = {one["code"]: one["options"] for one in _told()["indicator"] if "options" in one}
    return {one["code"]: _indicator(one, options) for one in _told()["indicator"]}


def _indicator(said: Mapping[str, Any], options: Mapping[str, Any]) -> Indicator:
    offered = said.get("options") or options.get(said.get("options_of", ""), ())
    return Indicator(
        code=said["code"],
        topic=said["topic"],
        kind=said["kind"],
        unit=said.get("unit", ""),
        better=said.get("better", ""),
        computed=said.get("computed", ""),
        who=said.get("who", "everyone"),
        of=said.get("of", ""),
        names={"es": said["es"], "en": said["en"]},
        advice={"es": said["do_es"], "en": said["do_en"]} if "do_es" in said else {},
        things={"es": said["thing_es"], "en": said["thing_en"]} if "thing_es" in said else {},
        options=tuple(Option(one["code"], one) for one in offered),
        fits=tuple(said.get("fits", ())),
        norms=tuple(_norm(one, said["kind"]) for one in said["norms"]),
    )


def _norm(said: Mapping[str, Any], kind: str) -> Norm:
    source = _told()["sources"][said["source"]]
    return Norm(
        row=said["row"],
        set=said["set"],
        targets={phase: _target(said[phase.value], kind) for phase in Phase if phase.value in said},
        upto=Fraction(said["upto"]) if "upto" in said else None,
        regimes=frozenset(Regime(one) for one in said["regime"]) if "regime" in said else ROOFED,
        source=source["title"],
        edition=source["edition"],
        read=said["read"],
    )


def _target(said: str, kind: str) -> Target | None:
    if not said:
        return None
    return Fraction(said) if kind in NUMBERS else said


@cache
def topics() -> Mapping[str, Mapping[str, str]]:
    """The parts of the form, in their order, with their words."""
    return dict(_told()["topics"])


def topic_name(code: str) -> str:
    """What a part of the form is called."""
    return str(_own(topics()[code]))


def first_weeks() -> int:
    """For how many days after it opened a site is in its first weeks, until a round says otherwise."""
    return int(_told()["first_weeks"]["days"])


# --- which norm holds ------------------------------------------------------------------------------------------------


def chosen_sets() -> list[NormSet]:
    """The sets a response or a round can go by."""
    return [one for one in sets().values() if not one.follows]


def set_of_country(country: str) -> str:
    """The set of a country, or the default."""
    return next((one.code for one in chosen_sets() if country in one.countries), str(_told()["default"]["set"]))


def norm_for(indicator: Indicator, norm_set: str, phase: Phase, regime: Regime) -> Norm | None:
    """The norm that holds: the chosen set's, or that of the first set after it that says anything."""
    speaking = {one.set: one for one in indicator.norms if one.holds(phase, regime)}
    chain = (norm_set, *sets()[norm_set].then) if norm_set in sets() else ()
    return next((speaking[code] for code in chain if code in speaking), None)


def others(indicator: Indicator, holding: Norm, phase: Phase, regime: Regime) -> list[tuple[NormSet, Norm]]:
    """What other sets say of the same thing at the same time, where it is something else: norms do not agree."""
    target = holding.targets[phase]
    return [
        (sets()[one.set], one)
        for one in indicator.norms
        if one is not holding and one.holds(phase, regime) and one.targets[phase] not in (None, target)
    ]


def asked(norm_set: str, phase: Phase, regime: Regime) -> Iterator[tuple[Indicator, Norm]]:
    """Every indicator of which some norm holds, with that norm, in the order in which a form asks."""
    for indicator in indicators().values():
        found = norm_for(indicator, norm_set, phase, regime)
        if found is not None:
            yield indicator, found
