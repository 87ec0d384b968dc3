"""A published figure of a part stands beside the same part, or says why nothing compares; never a false difference."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.reporting import queries, saying, services
from cobijo.reporting.exports.as_text import census_text
from cobijo.reporting.exports.sheets import beside
from cobijo.reporting.series import series
from cobijo.reporting.tests.world import NIGHT, at, clock_at, group, person, published, stay
from cobijo.reporting.types import APART, Census, NotCompared, PublishedIn, Quantity
from cobijo.sites.models import StatusChange, Stay
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_sites(cast: Cast) -> Cast:
    """The morning after a night with one person at A and three at B."""
    clock_at("2018-10-30 07:00")
    stay(cast.a)
    for _ in range(3):
        stay(cast.b)
    return cast


def of_response(cast: Cast, night: date = NIGHT) -> Census:
    return queries.census(queries.of_unit(cast.response.pk), night)


def reasons(found: Census) -> dict[int, NotCompared | None]:
    return {one.value: one.not_compared for one in found.published}


# --- why nothing compares --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("why", APART)
def test_a_figure_of_something_else_is_shown_with_its_reason_and_without_a_difference(
    two_sites: Cast, why: NotCompared
) -> None:
    published(two_sites.response, 1200, about="Unofficial shelters", apart=why)
    found = of_response(two_sites)
    shown = found.published[0]

    assert (shown.value, shown.ours, shown.difference, shown.not_compared) == (1200, None, None, why)
    assert str(why.label) in saying.difference(shown)
    assert "Unofficial shelters: 1,200" in census_text(found)
    assert queries.census_json(found)["published"][0]["not_compared"] == why.value


def test_every_figure_without_a_difference_says_why(two_sites: Cast) -> None:
    published(two_sites.response, 20, quantity=Quantity.SITES)
    published(two_sites.response, 86, quantity=Quantity.OTHER, unit="%")
    published(two_sites.response, 900, month_only=True, day=NIGHT.replace(day=1))
    published(two_sites.response, 2, quantity=Quantity.MINORS)
    stay(two_sites.a, person(two_sites.a, "unknown", None))

    assert reasons(of_response(two_sites)) == {
        20: NotCompared.NOT_COUNTED,
        86: NotCompared.NOT_COUNTED,
        900: NotCompared.MONTH_ONLY,
        2: NotCompared.OURS_UNKNOWN,
    }


def test_a_figure_beside_nothing_known_says_so(cast: Cast) -> None:
    published(cast.response, 653)
    assert reasons(of_response(cast)) == {653: NotCompared.OURS_UNKNOWN}


def test_figures_of_other_things_contradict_nothing_and_ring_no_night(two_sites: Cast) -> None:
    published(two_sites.response, 4, source="CONRED")
    published(two_sites.response, 4000, source="UNICEF", apart=NotCompared.OTHER_PEOPLE)
    found = of_response(two_sites)

    assert saying.contradiction(found.published) == ""
    assert [ring.value for ring in series(found.scope, NIGHT).published] == [4]


def test_the_sheet_of_published_figures_gives_the_reason(two_sites: Cast) -> None:
    published(two_sites.response, 1200, about="Unofficial shelters", apart=NotCompared.SOME_SITES)
    sheet = beside(of_response(two_sites))
    row = dict(zip(sheet.tags, sheet.rows[0], strict=True))

    assert row["#indicator+difference+num"] is None
    assert row["#meta+incomparable"] == str(NotCompared.SOME_SITES.label)
    assert str(row["#indicator+name"]).startswith("Unofficial shelters: ")


# --- a part beside the same part -------------------------------------------------------------------------------------


def test_a_figure_of_a_group_stands_beside_the_group_alone(two_sites: Cast) -> None:
    official = group(two_sites.response, "Albergues oficiales", two_sites.b.site, complete=False)
    published(two_sites.response, 5, group=official)
    found = of_response(two_sites)

    assert found.published == ()
    assert [(one.value, one.difference) for one in found.groups[0].published] == [(5, -2)]


def test_a_total_that_its_own_parts_contradict_is_shown_as_that(two_sites: Cast) -> None:
    both = group(two_sites.response, "Colectivos", two_sites.a.site, two_sites.b.site, complete=False)
    published(two_sites.response, 3, group=both)
    published(two_sites.response, 1, site=two_sites.a.site)
    published(two_sites.response, 3, site=two_sites.b.site)
    published(two_sites.response, 8, site=two_sites.b.site, source="prensa")
    shown = of_response(two_sites).groups[0].published[0]

    assert (shown.value, shown.difference, shown.adds_up_to) == (3, 1, 4)
    assert saying.difference(shown).endswith("4")
    own = queries.census(queries.of_group(both.pk), NIGHT)
    assert [one.adds_up_to for one in own.published] == [4]


@pytest.mark.parametrize(
    "of_b",
    [{"source": "prensa"}, {"day": date(2018, 10, 28)}, {"quantity": Quantity.HOUSEHOLDS}],
    ids=["another source", "another day", "another thing"],
)
def test_parts_add_up_only_where_the_same_source_tells_all_of_them(two_sites: Cast, of_b: dict[str, Any]) -> None:
    both = group(two_sites.response, "Colectivos", two_sites.a.site, two_sites.b.site)
    published(two_sites.response, 3, group=both)
    published(two_sites.response, 1, site=two_sites.a.site)
    published(two_sites.response, 3, site=two_sites.b.site, **of_b)

    assert of_response(two_sites).groups[0].published[0].adds_up_to is None


def test_a_part_of_which_the_source_says_two_things_adds_up_to_nothing(two_sites: Cast) -> None:
    published(two_sites.response, 9)
    published(two_sites.response, 1, site=two_sites.a.site)
    published(two_sites.response, 545, site=two_sites.b.site)
    published(two_sites.response, 556, site=two_sites.b.site)

    assert of_response(two_sites).published[0].adds_up_to is None


def test_beside_a_total_ours_says_at_how_many_sites_it_is_known(cast: Cast, two_sites: Cast) -> None:
    published(cast.response, 9)
    whole = of_response(cast).published[0]
    Stay.objects.filter(site=cast.b.site).delete()
    part = of_response(cast).published[0]

    assert (whole.known_sites, whole.open_sites) == (2, 2)
    assert (part.known_sites, part.open_sites) == (1, 2)
    assert saying.difference(whole).count("2") == 0
    assert saying.difference(part).count("2") == 1


# --- whether a total is all of it ------------------------------------------------------------------------------------


def test_a_total_is_complete_only_where_no_site_is_unknown(two_sites: Cast) -> None:
    assert of_response(two_sites).complete
    assert not of_response(two_sites, date(2018, 9, 1)).complete, "nothing is known of that night"


def test_with_an_unknown_site_everything_says_that_it_is_a_part(cast: Cast) -> None:
    stay(cast.a)
    both = group(cast.response, "Los dos", cast.a.site, cast.b.site)
    found = of_response(cast)
    told = queries.census_json(found)

    assert (found.complete, told["complete"], told["groups"][0]["complete"]) == (False, False, False)
    assert told["made_of"]["unknown_sites"] == ["Instituto Experimental"]
    assert saying.unknown_line(found) in saying.made_of_lines(found)
    assert saying.unknown_line(found) in census_text(found)
    assert not queries.census(queries.of_group(both.pk), NIGHT).complete


def test_a_group_others_may_belong_to_is_never_complete(two_sites: Cast) -> None:
    made = group(two_sites.response, "Oficiales", two_sites.a.site, complete=False)
    own = queries.census(queries.of_group(made.pk), NIGHT)
    told = queries.census_json(own)

    assert (own.unknown, told["complete"], told["others_may_belong"]) == ((), False, True)
    assert saying.others_line() in saying.made_of_lines(own)
    assert saying.others_line() in census_text(own)


def test_a_site_that_opens_later_is_not_unknown_before(cast: Cast) -> None:
    stay(cast.a)
    StatusChange.objects.filter(site=cast.b.site).update(at=at("2018-10-29 23:59"))

    assert of_response(cast, date(2018, 10, 28)).unknown == ()
    assert of_response(cast, date(2018, 10, 28)).complete
    assert [part.site.name for part in of_response(cast).unknown] == ["Instituto Experimental"]


def test_before_the_response_began_nothing_is_known_and_it_says_when_it_began(cast: Cast) -> None:
    found = of_response(cast, cast.response.started_on.replace(year=2017))

    assert (found.persons, found.complete, found.forecast) == (None, False, False)
    assert str(cast.response.started_on.year) in saying.when(found)
    assert queries.census_json(found)["response_began"] == cast.response.started_on.isoformat()


# --- recording it ----------------------------------------------------------------------------------------------------


def test_the_reason_is_recorded_with_the_figure(two_sites: Cast) -> None:
    figure = PublishedIn(about="DTM", value=3372, day=NIGHT, source="OIM", apart=NotCompared.SOME_SITES)
    same = replace(figure, apart=None)
    given = {"response_id": two_sites.response.pk, "site_id": None, "group_id": None}
    made = services.record_published(act(two_sites.diego), figure_id=uuid7(), figure=figure, **given)

    assert made.apart_words == str(NotCompared.SOME_SITES.label)
    assert reasons(of_response(two_sites)) == {3372: NotCompared.SOME_SITES}
    with pytest.raises(DomainError) as twice:
        services.record_published(act(two_sites.diego), figure_id=uuid7(), figure=same, **given)
    assert twice.value.code == "reporting.same_figure"
