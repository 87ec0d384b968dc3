"""Reading: explicit answers of what the caller may see, in pages, each look at people written down."""

from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cobijo.accounts.models import Reading
from cobijo.accounts.types import Permission, Role
from cobijo.api.tests.asking import Asker, problem, token_of
from cobijo.core.ids import uuid7
from cobijo.core.models import Area
from cobijo.people import services as people
from tests.access import world
from tests.access.world import World
from tests.cast import Cast, act, grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(cast: Cast) -> World:
    """One of everything."""
    return world.build(cast)


def readings(who: UUID) -> list[tuple[str, str, int]]:
    """What the log says of an account's looks since the world was built."""
    return list(Reading.objects.filter(actor=who).order_by("id").values_list("what", "model", "people"))


# --- people ----------------------------------------------------------------------------------------------------------


def test_a_person_is_opened_whole_and_written_down(small: World) -> None:
    juana = small.xicay.people["Juana"]
    said = Asker(small.cast.ana).get(f"/people/{juana}").json()
    assert (said["given_names"], said["first_surname"], said["sex"]) == ("Juana", "Xicay", "female")
    assert said["birth"]["precision"] == "age"
    assert said["belongs"] == {
        "household_id": str(small.xicay.household),
        "kinship": "head",
        "presence": "here",
    }
    assert [one["number"] for one in said["documents"]] == ["2412 55781 0501"]
    assert said["phones"][0]["answered_by"] == "Juana"
    assert readings(small.cast.ana.id) == [("open", "people.person", 1)]


def test_people_are_found_by_words_that_stand_in_no_address(small: World) -> None:
    found = Asker(small.cast.ana).post("/people/search", {"words": "xicay"}).json()["items"]
    assert sorted(one["person"]["label"] for one in found) == ["Juana Xicay", "Lucía Xicay", "Mateo Xicay"]
    assert found[0]["why"] == ["name"]
    assert readings(small.cast.ana.id) == [("search", "people.person", 3)]


def test_a_stranger_finds_nobody_and_that_is_written_down_too(small: World) -> None:
    assert Asker(small.cast.outsider).post("/people/search", {"words": "xicay"}).json() == {"items": []}
    assert readings(small.cast.outsider.id) == [("search", "people.person", 0)]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "words"),
        ({"words": "x"}, "words"),
        ({"words": "xicay", "limit": "5"}, "limit"),
        ({"words": "xicay", "unit_id": "A"}, "unit_id"),
        ({"words": "xicay", "height": 5}, "height"),
    ],
)
def test_a_search_says_what_does_not_fit_in_it(cast: Cast, body: dict[str, object], field: str) -> None:
    answer = Asker(cast.ana).post("/people/search", body)
    assert problem(answer) == (422, "core.bad_arguments")
    assert list(answer.json()["fields"]) == [field]


def test_a_household_names_and_counts_only_those_one_may_see(small: World) -> None:
    cast, lucia = small.cast, small.xicay.people["Lucía"]
    people.protect_person(
        act(cast.case_worker),
        protection_id=uuid7(),
        person_id=lucia,
        why="Lo pide.",
        asked_by_person=False,
        worker_ids=[cast.case_worker.id],
    )
    path = f"/households/{small.xicay.household}"
    seen = {
        who.username: [one["person"]["label"] for one in Asker(who).get(path).json()["members"]]
        for who in (cast.ana, cast.case_worker)
    }
    assert seen == {
        "ana": ["Juana Xicay", "Mateo Xicay"],
        "elena": ["Juana Xicay", "Mateo Xicay", "Lucía Xicay"],
    }
    assert readings(cast.ana.id) == [("open", "people.household", 2)]


def test_a_stranger_and_nobody_are_the_same_bytes(small: World) -> None:
    pedro, rosa = small.pedro.people["Pedro"], small.lopez.people["Rosa"]
    ana = Asker(small.cast.ana)
    nothing = ana.get(f"/people/{uuid7()}")
    assert problem(nothing) == (404, "core.not_found")
    for hidden in (pedro, rosa, small.ids["erased_person"]):
        answer = ana.get(f"/people/{hidden}")
        assert answer.content == nothing.content
        assert dict(answer.headers) == dict(nothing.headers)
    assert readings(small.cast.ana.id) == []


def test_nothing_of_people_is_read_without_the_right_to_see_them(small: World) -> None:
    for who in (small.cast.diego, small.cast.administrator, small.cast.auditor):
        asker = Asker(who)
        assert asker.post("/people/search", {"words": "xicay"}).json() == {"items": []}
        assert asker.get(f"/people/{small.xicay.people['Juana']}").status_code == 404
        assert asker.get(f"/households/{small.xicay.household}").status_code == 404
        assert asker.get(f"/stays/{small.xicay.stays['Juana']}").status_code == 404


# --- sites and stays -------------------------------------------------------------------------------------------------


def test_sites_are_those_one_works_with(small: World) -> None:
    assert [one["code"] for one in Asker(small.cast.ana).get("/sites").json()["items"]] == ["S014"]
    of_diego = Asker(small.cast.diego).get("/sites").json()["items"]
    assert [(one["code"], one["name"], one["status"]) for one in of_diego] == [
        ("S001", "Iglesia El Calvario", "planned"),
        ("S002", "Escuela Nocturna", "planned"),
        ("S014", "Salón Municipal", "open"),
        ("S027", "Instituto Experimental", "open"),
    ]
    assert Asker(small.cast.outsider).get("/sites").json() == {"items": [], "next": None}


def test_a_site_and_its_spaces(small: World) -> None:
    beto = Asker(small.cast.beto)
    assert beto.get(f"/sites/{small.cast.a.id}").json()["zone"] == "America/Guatemala"
    spaces = beto.get(f"/sites/{small.cast.a.id}/spaces").json()["items"]
    assert [(one["name"], one["capacity"]) for one in spaces] == [
        ("Salón", 20), ("Aula 1", 6), ("Aula 2", 5), ("Carpa 1", None),
    ]  # fmt: skip
    assert problem(beto.get(f"/sites/{small.cast.b.id}/spaces")) == (404, "core.not_found")


def test_the_roster_names_those_one_may_see_and_is_written_down(small: World) -> None:
    path = f"/sites/{small.cast.a.id}/stays"
    names = {
        who.username: sorted(one["person"]["label"] for one in Asker(who).get(path).json()["items"])
        for who in (small.cast.ana, small.cast.beto, small.cast.diego)
    }
    families = ["Juana Xicay", "Lucía Xicay", "Marta Choc", "Mateo Xicay"]
    everybody = [*families, "Nelson Ixcoy", "Ramón Saquic", "Tomás Choc"]
    assert names == {"ana": everybody, "beto": sorted([*everybody, "Pedro Tzoc"]), "diego": []}
    assert readings(small.cast.ana.id) == [("list", "sites.stay", 7)]
    assert len(Asker(small.cast.ana).get(f"{path}?past=true").json()["items"]) == 8


def test_a_stay_says_where_and_since_when(small: World) -> None:
    said = Asker(small.cast.ana).get(f"/stays/{small.xicay.stays['Mateo']}").json()
    assert (said["state"], said["site_id"]) == ("away", str(small.cast.a.id))
    assert said["expected_back"]
    assert said["person"]["label"] == "Mateo Xicay"


def test_a_long_list_comes_in_pages_that_neither_repeat_nor_skip(small: World) -> None:
    ana, path = Asker(small.cast.ana), f"/sites/{small.cast.a.id}/stays"
    whole = [one["id"] for one in ana.get(path).json()["items"]]
    seen: list[str] = []
    cursor = ""
    while True:
        part = ana.get(f"{path}?limit=2{cursor}").json()
        seen += [one["id"] for one in part["items"]]
        if part["next"] is None:
            break
        cursor = f"&cursor={part['next']}"
        if len(seen) == 2:  # somebody comes in between two pages
            newcomer = world.family(small.cast.ana, small.cast.a, "Tun", "Petrona")
    assert seen == [*whole, str(newcomer.stays["Petrona"])]


def test_a_cursor_belongs_to_its_list(small: World) -> None:
    ana = Asker(small.cast.ana)
    cursor = ana.get(f"/sites/{small.cast.a.id}/stays?limit=2").json()["next"]
    elsewhere = ana.get(f"/sites/{small.cast.a.id}/spaces?cursor={cursor}")
    assert problem(elsewhere) == (422, "core.unknown_cursor")
    assert problem(ana.get(f"/sites/{small.cast.a.id}/stays?cursor={cursor}x")) == (422, "core.unknown_cursor")


def test_lists_take_as_many_queries_however_long_they_are(small: World) -> None:
    paths = ("/sites", f"/sites/{small.cast.a.id}/spaces", f"/sites/{small.cast.a.id}/stays")
    beto = Asker(small.cast.beto)
    for path in paths:
        beto.get(path)
        counts = []
        for limit in (1, 200):
            with CaptureQueriesContext(connection) as asked:
                beto.get(f"{path}?limit={limit}")
            counts.append(len(asked))
        assert counts[0] == counts[1], path


# --- figures, areas --------------------------------------------------------------------------------------------------


def test_the_census_of_a_site_is_exact_for_its_team(small: World) -> None:
    path = f"/census?site={small.cast.a.id}&date={small.today}"
    said = Asker(small.cast.ana).get(path).json()
    assert said["site"] == "Salón Municipal"
    # The protected and the erased are people, too, and two have no name yet.
    assert (said["persons"], said["registered"], said["unnamed"]) == (10, 10, 2)
    assert said["reported"]["persons"] == 8
    assert Asker(small.cast.diego).get(path).json()["persons"] == 10
    assert problem(Asker(small.cast.carla).get(path)) == (404, "core.not_found")
    assert problem(Asker(small.cast.administrator).get(path)) == (403, "core.not_allowed")


def test_the_census_of_the_response_names_what_is_unknown(small: World) -> None:
    path = f"/census/response?response={small.cast.response.pk}&date={small.yesterday}"
    said = Asker(small.cast.diego).get(path).json()
    hall = next(one for one in said["sites"] if one["site"] == "Salón Municipal")
    assert (hall["persons"], hall["takes"], hall["published"][0]["difference"]) == (60, "reported", -1)
    assert "Instituto Experimental" in said["made_of"]["unknown_sites"]


@pytest.mark.parametrize("day", ["2018-10", "20181029", "0001-01-01", "9999-12-31", "1540771200", "today"])
def test_a_day_is_written_out_and_within_reason(cast: Cast, day: str) -> None:
    answer = Asker(cast.ana).get(f"/census?site={cast.a.id}&date={day}")
    assert problem(answer) == (422, "core.bad_arguments")
    assert list(answer.json()["fields"]) == ["date"]


def test_a_day_that_is_none_is_asked_for_in_the_readers_language(cast: Cast) -> None:
    answer = Asker(cast.ana, language="es").get(f"/census?site={cast.a.id}&date=29/10/2018")
    assert answer.json()["fields"] == {"date": "Escriba el día así: 2018-10-29."}


def test_areas_are_found_by_their_name_as_it_is_typed(cast: Cast) -> None:
    country = Area.objects.create(name="Guatemala", country="GT", kind="country")
    for name in ("Petén", "San José Petén", "Escuintla"):
        Area.objects.create(name=name, country="GT", kind="department", parent=country)
    found = Asker(cast.ana).get("/areas?q=PETEN").json()["items"]
    assert [(one["name"], one["parent_name"]) for one in found] == [
        ("Petén", "Guatemala"), ("San José Petén", "Guatemala"),
    ]  # fmt: skip


def test_a_held_entry_of_ones_site_is_shown_without_what_somebody_else_typed(small: World) -> None:
    grant(small.cast.ana, Role.SITE_MANAGER, small.cast.a.unit)
    of_beto, of_ana = (Asker(who).get("/held").json()["items"] for who in (small.cast.beto, small.cast.ana))
    assert [(one["mine"], bool(one["arguments"])) for one in of_beto] == [(True, True)]
    assert of_ana == [of_beto[0] | {"mine": False, "arguments": None}]
    assert of_ana[0]["reason"]["sentence"]


def test_a_token_reads_no_more_than_it_was_made_for(small: World) -> None:
    figures = Asker(token=token_of(small.cast.ana, {Permission.SEE_FIGURES}))
    assert figures.get(f"/census?site={small.cast.a.id}&date={date(2018, 10, 29)}").status_code == 200
    assert problem(figures.get(f"/people/{small.xicay.people['Juana']}")) == (404, "core.not_found")
    assert figures.get(f"/sites/{small.cast.a.id}/stays").json()["items"] == []
