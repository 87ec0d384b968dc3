"""The demonstration against the table it tells: built once by the real command, asked by the real command."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from cobijo.demo import doubles, figures, story
from cobijo.demo.figures import Row
from cobijo.demo.tests.standing import World, built

TABLE = figures.rows()
COUNTED = sorted(figures.replayed(TABLE).items(), key=str)
STORY = story.read()
PLACES = {name for one in STORY.sites for name in (one.name, *one.aliases)} | {group.name for group in STORY.groups}
SEXES = ("female", "male", "other", "unknown")
BANDS = ["0-4", "5-11", "12-17", "18-24", "25-59", "60+", "unknown"]
NIGHT = "2018-10-29"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return built(tmp_path_factory.mktemp("demo"))


def figures_of(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every published figure an answer shows of its scope, of its sites and of the groups within it."""
    for key in ("published", "published_other", "published_for_the_month"):
        yield from found[key]
    for part in (*found.get("sites", ()), *found.get("groups", ())):
        yield from part["published"]


# --- the table -------------------------------------------------------------------------------------------------------


def test_our_census_is_the_published_count_at_each_site_and_exact_day(world: World) -> None:
    asked = [("--site", site, "--date", str(day)) for (site, day), _people in COUNTED]
    for ((site, day), people), found in zip(COUNTED, world.census(*asked), strict=True):
        assert (found["date"], found["persons"]) == (str(day), people), site
        assert list(found["by_sex_age"]) == list(SEXES)
        assert all(list(bands) == BANDS for bands in found["by_sex_age"].values())
        assert sum(sum(bands.values()) for bands in found["by_sex_age"].values()) == people
        assert 0 < found["households"] < people
        assert {one["difference"] for one in found["published"] if one["value"] == people} == {0}
        assert all(one["source"] for one in found["published"])


def words_for(row: Row) -> tuple[str, ...]:
    """How a row of the table is asked for: its site or group, else the response as a whole."""
    return (*(("--site", row.about) if row.about in PLACES else ()), "--date", str(row.day))


def test_every_number_of_the_table_stands_there_with_its_source_and_a_difference_or_the_reason_for_none(
    world: World,
) -> None:
    rows = [row for row in TABLE if row.kind != "site_roster"]
    for row, found in zip(rows, world.census(*map(words_for, rows)), strict=True):
        shown = [one for one in figures_of(found) if one["source"] == row.source]
        told = [*row.numbers.values(), *([] if row.value is None else [row.value])]
        of_group = {one.about for one in STORY.figures if one.group}
        if row.about not in of_group:
            assert set(told) <= {one["value"] for one in shown}, row
        assert all((one["difference"] is None) != (one["not_compared"] is None) for one in shown), row


PARTS = {
    "Unofficial shelters": "some_sites",
    "Three shelters in San Juan Alotenango": "some_sites",
    "Temporary shelters": "some_sites",
    "DTM round 3": "some_sites",
    "Shelters Escuintla and Sacatepéquez": "other_moment",
    "Evacuation from 11 communities": "other_people",
    "Families": "other_people",
}


def test_a_total_of_a_part_is_never_set_against_the_whole(world: World) -> None:
    rows = [row for row in TABLE if row.about in PARTS]
    assert {row.about for row in rows} == set(PARTS)
    for row, found in zip(rows, world.census(*map(words_for, rows)), strict=True):
        mine = [one for one in figures_of(found) if one["about"].startswith(row.about)]
        assert mine
        assert {(one["not_compared"], one["difference"]) for one in mine} == {(PARTS[row.about], None)}


def test_official_shelters_stand_beside_the_official_ones_we_know(world: World) -> None:
    group, whole = world.census(("--site", "Official shelters", "--date", "2018-06-18"), ("--date", "2018-06-18"))
    assert [one["value"] for one in group["published"]] == [3615, 3623]
    assert {one["difference"] + one["value"] for one in group["published"]} == {group["persons"]}
    assert (group["complete"], group["others_may_belong"]) == (False, True)
    assert whole["published"] == []


def test_who_moved_to_the_atu_is_shown_beside_the_atu_and_compared_with_nobody(world: World) -> None:
    (found,) = world.census(("--site", "ATU (all)", "--date", "2018-09-14"))
    moved = {(one["quantity"], one["value"], one["not_compared"]) for one in found["published_other"]}
    assert moved == {("moved", 1273, "not_counted"), ("households_moved", 315, "not_counted")}


def test_households_and_children_are_as_published_where_they_are(world: World) -> None:
    (found,) = world.census(("--site", "Escuela Mario Méndez Montenegro", "--date", "2018-06-20"))
    assert found["households"] == 49
    young = ("0-4", "5-11", "12-17")
    assert sum(found["by_sex_age"][sex][band] for sex in ("female", "male") for band in young) == 79


@pytest.mark.parametrize(
    ("day", "origin", "to", "people", "households"),
    [
        ("2018-07-31", "José Martí", "ATU La Industria", 192, 29),
        ("2018-08-06", "Anexo Mario Méndez", "ATU Alotenango", 98, 24),
    ],
)
def test_a_transfer_moves_exactly_the_people_the_press_told_of(
    world: World, day: str, origin: str, to: str, people: int, households: int
) -> None:
    before = f"2018-{day[5:7]}-{int(day[8:]) - 1:02}"
    left, stayed, none, came = world.census(
        ("--site", origin, "--date", before),
        ("--site", origin, "--date", day),
        ("--site", to, "--date", before),
        ("--site", to, "--date", day),
    )
    assert left["persons"] - stayed["persons"] == people
    assert left["households"] - stayed["households"] == households
    assert none["persons"] is None
    assert (came["persons"], came["households"]) == (people, households)


def test_by_the_tenth_of_august_everybody_the_press_counted_is_at_alotenango(world: World) -> None:
    (found,) = world.census(("--site", "ATU San Juan Alotenango", "--date", "2018-08-10"))
    assert (found["persons"], found["households"]) == (583, 144)


# --- the whole response ----------------------------------------------------------------------------------------------


def test_the_response_is_the_sum_of_what_is_known_and_says_what_is_not(world: World) -> None:
    (found,) = world.census(("--date", NIGHT))
    known = [site for site in found["sites"] if site["persons"] is not None]

    assert (found["site"], found["persons"], found["complete"]) == (None, 3_370, False)
    assert sum(site["persons"] for site in known) == 3_370
    unknown = set(found["made_of"]["unknown_sites"])
    assert {"Albergue Papa Francisco (La Industria)", "Colegio Alpha y Omega"} <= unknown
    assert len(known) + len(unknown) == len(found["sites"])
    assert found["fictitious"] is True


def test_the_printed_words_say_that_other_sites_are_unknown(world: World) -> None:
    (told,) = world.ask(("--date", NIGHT))
    assert "3,370" in told["said"]
    assert "Colegio Alpha y Omega" in told["said"].splitlines()[-1]


def test_an_atu_that_is_not_built_yet_is_no_unknown_site(world: World) -> None:
    (june,) = world.census(("--date", "2018-06-20"))
    assert not any(name.startswith("ATU") for name in june["made_of"]["unknown_sites"])


def test_contradictions_are_shown_as_what_they_are(world: World) -> None:
    escuintla, tenth, bergano = world.census(
        ("--group", "All collective shelters Escuintla", "--date", NIGHT),
        ("--date", "2018-06-10"),
        ("--site", "Bergaño", "--date", "2018-06-10"),
    )
    assert escuintla["persons"] == 1_511
    told = [(one["value"], one["difference"], one["adds_up_to"]) for one in escuintla["published"]]
    assert told == [(1_461, 50, 1_511)], "the bulletin's own six sites are fifty more than its total"
    assert {3_509, 4_471} == {one["value"] for one in tenth["published"]}
    assert {(one["value"], one["difference"]) for one in bergano["published"]} == {(545, 0), (556, -11)}


def test_a_month_is_shown_and_never_replayed(world: World) -> None:
    (found,) = world.census(("--site", "Papa Francisco", "--date", "2018-12-10"))
    assert found["persons"] is None
    shown = [(one["value"], one["date"], one["not_compared"]) for one in found["published_for_the_month"]]
    assert shown == [(1_000, "2018-12", "month_only")]


# --- what is asked for -----------------------------------------------------------------------------------------------


def test_a_site_is_found_by_its_code_its_names_and_a_part_that_fits_one_only(world: World) -> None:
    (whole,) = world.census(("--date", NIGHT))
    codes = {site["site"]: site["code"] for site in whole["sites"]}
    parts = {
        "bergano": "Instituto Nacional Mixto de Educación Básica Simón Bergaño y Villegas",
        "TIPO FEDERACIÓN": "Escuela Tipo Federación (José Martí)",
        "murray": "Escuela Oficial Urbana Mixta Murray D. Lincoln",
        "experim": "Instituto Experimental",
        "salon municipal": "Salón Municipal",
        "Horeb": "Iglesia Evangélica Bautista Horeb",
        "ferrocarrilera": "Salón Comunal La Ferrocarrilera",
        "atu la industria": "ATU La Industria",
    }
    names = [(name, one.name) for one in STORY.sites for name in (one.name, *one.aliases)]
    asked = [*names, *parts.items(), *((code, name) for name, code in codes.items())]
    answers = world.census(*[("--site", text, "--date", NIGHT) for text, _ in asked])
    assert [(text, found["site"]) for (text, _), found in zip(asked, answers, strict=True)] == asked


WRONG = [
    ("--site", "Atlantis"), ("--site", ""), ("--site", "S999"), ("--site", "%"),
    ("--site", "Escuela"), ("--site", "Salón"), ("--site", "La Industria"),
    ("--group", "Atlantis"), ("--group", ""), ("--response", "Eta"),
    ("--date", "2018-02-30"), ("--date", "29/10/2018"), ("--date", "2018-06"), ("--date", "mañana"), ("--date", ""),
]  # fmt: skip


def test_what_fits_nothing_or_several_ends_in_a_sentence_and_code_two(world: World) -> None:
    for words, answer in zip(WRONG, world.ask(*WRONG), strict=True):
        assert answer["code"] == 2, words
        assert answer["said"].endswith((".", "…")), words
    several = world.ask(("--site", "Salón"))[0]["said"]
    assert all(name in several for name in ("Salón Municipal", "Salón Comunal La Ferrocarrilera"))


def test_the_real_command_refuses_without_a_trace(world: World) -> None:
    wrong = world.run("census", "--site", "Atlantis", "--json")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "Traceback" not in wrong.stderr


def test_before_the_response_nothing_is_known_and_after_the_clock_it_is_a_forecast(world: World) -> None:
    before, tonight, later = world.census(
        ("--date", "2018-06-01"), ("--site", "Salón Municipal"), ("--site", "Salón Municipal", "--date", "2020-01-01")
    )
    assert (before["persons"], before["households"], before["complete"]) == (None, None, False)
    assert (before["response_began"], before["forecast"]) == ("2018-06-03", False)
    assert (tonight["date"], tonight["forecast"], tonight["persons"]) == (NIGHT, True, 167)
    assert (later["forecast"], later["persons"]) == (True, 167)
    assert later["expected"] > 0


# --- the life in it --------------------------------------------------------------------------------------------------


def test_salon_municipal_is_alive_on_the_evening_of_the_29th(world: World) -> None:
    (shown,) = world.ask(("overview", "Salón Municipal"))
    assert shown["registered"] == 167
    assert shown["came"] >= 10
    assert shown["left"] >= 10
    assert {key: shown[key] for key in ("away", "overdue", "disputed", "asked")} == {
        "away": 2, "overdue": 1, "disputed": 1, "asked": 1,
    }  # fmt: skip
    assert shown["planned"] > 0


def test_people_come_and_go_at_every_site_that_has_people(world: World) -> None:
    people = [one.name for one in STORY.sites if (one.rooms != (0, 0) or one.modules != (0, 0)) and not one.closes]
    for name, shown in zip(people, world.ask(*[("overview", name) for name in people]), strict=True):
        assert shown["came"] > 0, name
        assert shown["left"] > 0, name


def test_births_outings_and_late_entries_are_told(world: World) -> None:
    with closing(sqlite3.connect(world.database)) as database:
        acts = dict(database.execute("SELECT verb, count(*) FROM core_intent GROUP BY verb").fetchall())
        late = "SELECT count(*) FROM core_intent WHERE julianday(recorded_at) - julianday(happened_at) > 0.5"
        (noted_next_day,) = database.execute(late).fetchone()
    assert acts["sites.register_birth"] == len(STORY.births)
    assert acts["sites.come_back"] == sum(one.times for one in STORY.outings)
    assert noted_next_day >= 2


def test_the_manager_finds_a_store_committees_cards_and_ways_out(world: World) -> None:
    with closing(sqlite3.connect(world.database)) as database:
        acts = dict(database.execute("SELECT verb, count(*) FROM core_intent GROUP BY verb").fetchall())
        households = "SELECT count(DISTINCT household_id) FROM people_card WHERE linked_at IS NOT NULL"
        (with_card,) = database.execute(households).fetchone()
    assert acts["assistance.receive_goods"] == acts["assistance.give_goods"] == 1
    assert acts["sites.form_committee"] == 3
    assert with_card == acts["people.link_card"] > 20
    assert acts["sites.record_way_out"] == 3


STATES = {"open": "open", "asked": "open", "unsure": "unsure", "different": "different", "one": "same"}


def test_who_was_registered_twice_is_found_by_the_night_and_twins_are_not(world: World) -> None:
    with closing(sqlite3.connect(world.database)) as database:
        found = database.execute(
            "SELECT again.given_names, again.first_surname, pair.state, pair.found_by "
            "FROM people_pair pair JOIN people_person again ON again.id = pair.second_id"
        ).fetchall()
        merges = database.execute("SELECT state FROM people_merge ORDER BY state").fetchall()
    told = doubles.read()
    assert {(*one.again[:2], STATES[one.becomes], "job") for one in told if one.becomes != "apart"} <= set(found)
    alone = {one.again[:2] for one in told if one.becomes == "apart"} | set(map(tuple, doubles.twins()["names"]))
    assert not alone & {(given, surname) for given, surname, *_ in found}
    assert merges == [("asked",), ("done",)]


def test_nobody_is_missing_and_nobody_dies(world: World) -> None:
    with closing(sqlite3.connect(world.database)) as database:
        (deaths,) = database.execute("SELECT count(*) FROM sites_death").fetchone()
        (missing,) = database.execute("SELECT count(*) FROM people_membership WHERE presence = 'missing'").fetchone()
    assert (deaths, missing) == (0, 0)


# --- the machine -----------------------------------------------------------------------------------------------------


def test_the_journal_of_the_story_verifies(world: World) -> None:
    assert world.run("verify-journal").returncode == 0


def test_the_clock_stands_at_six_in_the_evening_and_runs_for_every_process(world: World) -> None:
    assert world.run("demo", "clock").stdout.startswith("2018-10-29 18:")


def test_sign_ins_are_told_only_in_debug(world: World) -> None:
    told = world.run("demo", "signins", demo=True)
    assert all(name in told.stdout for name in ("ana", "beto", "carla", "diego", "elena", "felix", "gloria", "otto"))
    refused = world.run("demo", "signins")
    assert refused.returncode == 1
    assert "COBIJO_DEBUG=1" in refused.stderr
