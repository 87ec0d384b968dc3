"""Indicators and norms as data: whole, each with its source, conflicts kept, in both languages."""

import re
from fractions import Fraction

import pytest
from django.utils.translation import override

from cobijo.sites.complaints.kinds import kinds
from cobijo.sites.standards import norms, showing
from cobijo.sites.standards.facts import KINDS
from cobijo.sites.standards.measures import _REST
from cobijo.sites.standards.types import Phase, Regime, Service
from cobijo.sites.upkeep.queries import items
from cobijo.sites.upkeep.types import Checklist

ROWS = 72


def test_every_row_of_the_collection_is_there() -> None:
    rows = {one.row for indicator in norms.indicators().values() for one in indicator.norms}
    assert rows - {0} == set(range(1, ROWS + 1))


def test_every_norm_has_its_source_its_edition_and_how_it_was_read() -> None:
    for indicator in norms.indicators().values():
        assert indicator.norms, indicator.code
        for norm in indicator.norms:
            assert norm.source, indicator.code
            assert norm.edition, indicator.code
            assert norm.read in showing.READ, indicator.code
            assert norm.set in norms.sets(), indicator.code
            assert norm.targets, indicator.code


def test_every_indicator_is_named_in_both_languages_and_reckoned_by_something_that_is() -> None:
    for indicator in norms.indicators().values():
        assert all(indicator.names.values()), indicator.code
        assert indicator.topic in norms.topics(), indicator.code
        assert not indicator.computed or indicator.computed in KINDS | set(_REST), indicator.code
        assert not indicator.unit or indicator.unit in showing.UNITS, indicator.code
        assert (indicator.kind == "per") == bool(indicator.things), indicator.code
        assert set(indicator.fits) <= {one.code for one in indicator.options}, indicator.code


def test_a_set_is_followed_only_by_sets_there_are() -> None:
    for one in norms.sets().values():
        assert set(one.then) <= norms.sets().keys(), one.code


def test_norms_conflict_and_all_of_them_stay_in_sight() -> None:
    baths = norms.indicators()["people_a_shower"]
    holding = norms.norm_for(baths, "nicaragua", Phase.FIRST, Regime.NIGHTS)
    assert holding is not None
    assert holding.targets[Phase.FIRST] == 20
    said = {of.code: one.targets[Phase.FIRST] for of, one in norms.others(baths, holding, Phase.FIRST, Regime.NIGHTS)}
    assert said == {"unhcr": 50, "sphere": 50}


def test_a_silent_set_is_followed_by_the_next() -> None:
    soap = norms.indicators()["soap"]
    found = norms.norm_for(soap, "nicaragua", Phase.LATER, Regime.NIGHTS)
    assert found is not None
    assert (found.set, found.targets[Phase.LATER]) == ("unhcr", Fraction(90))


def test_a_refuge_for_hours_is_compared_with_nothing_else() -> None:
    asked = {indicator.code: norm for indicator, norm in norms.asked("sphere", Phase.FIRST, Regime.HOURS)}
    assert set(asked) == {"refuge_space"}
    assert "refuge_space" not in {one.code for one, _norm in norms.asked("sphere", Phase.FIRST, Regime.NIGHTS)}


def test_a_settlement_is_asked_what_a_building_is_not() -> None:
    settled, roofed = (
        {one.code for one, _norm in norms.asked("sphere", Phase.LATER, regime)}
        for regime in (Regime.SETTLEMENT, Regime.NIGHTS)
    )
    assert {"total_area", "firebreak", "between_blocks"} <= settled - roofed
    assert roofed <= settled


def test_a_country_has_its_set_and_others_the_default() -> None:
    assert norms.set_of_country("NI") == "nicaragua"
    assert norms.set_of_country("GT") == "sphere"


def test_nobody_is_asked_how_often_anything_violent_happened() -> None:
    asked = " ".join(" ".join(one.names.values()) for one in norms.indicators().values()).lower()
    assert not re.search(r"viola|abus|agresi|rape|assault|survivor|sobrevivient|cuántos casos|how many cases", asked)
    violent = [one for one in norms.indicators().values() if "violencia" in one.names["es"]]
    assert [(one.code, one.kind) for one in violent] == [("referral_violence", "yes_no")]


def test_the_eleven_services_are_the_needs_one_can_name() -> None:
    needs = {one.code for one in norms.indicators()["needs"].options}
    assert needs == set(Service.values)
    assert len(needs) == 11


@pytest.mark.parametrize("language", ["es", "en"])
def test_lists_and_kinds_have_words_in_both_languages(language: str) -> None:
    with override(language):
        assert all(item.name for which in Checklist for item in items(which))
        assert all(kind.label for kind in kinds().values())
    assert {kind.code for kind in kinds().values() if kind.aside} == {"treatment", "favours", "abuse", "stolen"}
