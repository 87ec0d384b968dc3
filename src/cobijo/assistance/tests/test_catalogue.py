"""Items and ratios are data: whole, in both languages, each ratio with its source."""

import pytest
from django.utils.translation import override

from cobijo.assistance import catalogue
from cobijo.assistance.queries.ordering import EVERYONE, FORMULA, HOUSEHOLDS
from cobijo.assistance.types import Sure


def test_every_item_is_said_in_both_languages_and_has_a_shelf() -> None:
    for item in catalogue.items().values():
        assert item.name.es.strip()
        assert item.name.en.strip()
        assert set(item.variants) <= set(catalogue.variants())


def test_formula_bottles_and_teats_are_told() -> None:
    told = {item.code for item in catalogue.items().values() if item.told}
    assert told == {"formula_powder", "formula_ready", "bottle", "teat"}


def test_every_ratio_is_of_an_item_for_a_group_that_is_counted_and_has_its_source() -> None:
    for norm_set in catalogue.norm_sets().values():
        for norm in norm_set.norms:
            assert norm.ratio.item in catalogue.items()
            assert norm.ages or norm.ratio.group in {EVERYONE, HOUSEHOLDS, *FORMULA.values()}
            assert norm.source or norm.sure is Sure.ASSUMED
            assert norm.source or norm.note


def test_no_ratio_asks_for_bottles_and_formula_is_for_assessed_infants_alone() -> None:
    norms = [norm for one in catalogue.norm_sets().values() for norm in one.norms]
    assert not [norm for norm in norms if norm.ratio.item in ("bottle", "teat")]
    formula = {norm.ratio.group for norm in norms if norm.ratio.item.startswith("formula")}
    assert formula == set(FORMULA.values())


def test_what_stands_in_no_source_is_marked_so() -> None:
    default = catalogue.norm_sets()["default"].norms
    assumed = {(norm.ratio.item, norm.ratio.variant) for norm in default if norm.sure is Sure.ASSUMED}
    assert assumed == {("nappy", "large"), ("pad", "")}


def test_a_country_has_its_own_set_and_the_default_for_the_rest() -> None:
    nicaragua, guatemala = catalogue.set_for("NI"), catalogue.set_for("GT")
    assert (nicaragua.code, guatemala.code) == ("nicaragua", "default")
    items = {norm.ratio.item for norm in nicaragua.norms}
    assert {"rice", "soap_bar", "water", "blanket"} <= items
    assert "soap_bath" not in items
    assert catalogue.set_for("GT", "nicaragua").code == "nicaragua"
    assert catalogue.set_for("GT", "no such set").code == "default"


@pytest.mark.parametrize(
    ("language", "said"), [("es", "Pañales desechables, talla P"), ("en", "Disposable nappies, small")]
)
def test_an_item_is_called_in_the_readers_language(language: str, said: str) -> None:
    with override(language):
        assert catalogue.name_of("nappy", "small") == said
    assert catalogue.name_of("of-another-version") == "of-another-version"
