"""``cobijo census``: the shape of its answer, its scopes, and what it says to bad input."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cobijo.accounts.models import Organisation, Unit
from cobijo.algorithms.text import fold
from cobijo.reporting.tests.world import NIGHT, clock_at, family, group, published, stay
from cobijo.sites.models import Response, SiteAlias
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(cast: Cast) -> Cast:
    """A family of four at A with a published figure, another alias for it, and one person at B."""
    clock_at("2018-10-30 07:00")
    named = [(cast.a, "Salón Municipal"), (cast.a, "Salón de usos múltiples"), (cast.b, "Instituto Experimental")]
    for place, name in named:
        SiteAlias.objects.get_or_create(site=place.site, name=name, folded=fold(name))
    family(cast.a, ("female", None), ("male", None), ("female", NIGHT.replace(year=2015)), ("other", None))
    stay(cast.b)
    published(cast.response, 6, site=cast.a.site, source="CONRED", address="https://example.org/362")
    return cast


def answered(*arguments: str) -> dict[str, Any]:
    written = StringIO()
    call_command("census", *arguments, "--json", stdout=written)
    found: dict[str, Any] = json.loads(written.getvalue())
    return found


def refused(*arguments: str) -> CommandError:
    with pytest.raises(CommandError) as found:
        call_command("census", *arguments, stdout=StringIO())
    return found.value


def test_a_site_is_answered_in_the_promised_shape() -> None:
    found = answered("--site", "Salón Municipal", "--date", "2018-10-29")

    assert (found["site"], found["date"], found["persons"]) == ("Salón Municipal", "2018-10-29", 4)
    assert found["households"] == 1
    assert list(found["by_sex_age"]) == ["female", "male", "other", "unknown"]
    assert found["by_sex_age"]["female"] == {
        "0-4": 1, "5-11": 0, "12-17": 0, "18-24": 0, "25-59": 0, "60+": 0, "unknown": 1,
    }  # fmt: skip
    assert sum(n for row in found["by_sex_age"].values() for n in row.values()) == 4
    first = found["published"][0]
    assert (first["value"], first["source"], first["difference"], first["address"]) == (
        6, "CONRED", -2, "https://example.org/362",
    )  # fmt: skip
    assert (found["forecast"], found["away"], found["seal"]) == (False, 0, None)
    assert found["made_of"]["registered"]["persons"] == 4
    assert found["made_of"]["counted"] is None


@pytest.mark.parametrize("text", ["S014", "s14", "salon municipal", "usos múltiples", "Salón de usos"])
def test_a_site_is_found_by_code_name_other_name_or_part(text: str) -> None:
    assert answered("--site", text, "--date", "2018-10-29")["code"] == "S014"


def test_without_a_site_it_is_the_whole_response() -> None:
    found = answered("--date", "2018-10-29")

    assert (found["site"], found["response"], found["persons"]) == (None, "Volcán de Fuego", 5)
    assert [(row["site"], row["persons"]) for row in found["sites"]] == [
        ("Salón Municipal", 4), ("Instituto Experimental", 1),
    ]  # fmt: skip


def test_a_group_is_found_by_its_name(world: Cast) -> None:
    group(world.response, "ATU (todos)", world.b.site)
    found = answered("--group", "atu", "--date", "2018-10-29")
    assert (found["scope"]["name"], found["persons"]) == ("ATU (todos)", 1)


def test_left_out_the_date_is_tonight() -> None:
    found = answered("--site", "S014")
    assert (found["date"], found["forecast"]) == ("2018-10-30", True)


def test_without_json_it_says_the_same_in_words() -> None:
    written = StringIO()
    call_command("census", "--date", "2018-10-29", stdout=written)
    said = written.getvalue()
    assert "Salón Municipal" in said
    assert "29 de octubre de 2018" in said


@pytest.mark.parametrize(
    "arguments",
    [
        ("--site", "no such place"),
        ("--site", ""),
        ("--site", "o"),
        ("--group", "no such group"),
        ("--response", "no such response"),
        ("--date", "29/10/2018"),
        ("--date", "2018-02-30"),
        ("--date", "0001-01-01"),
    ],
)
def test_bad_input_is_a_sentence_and_code_two(arguments: tuple[str, ...]) -> None:
    error = refused(*arguments)
    assert error.returncode == 2
    assert str(error).endswith(".")
    assert "Traceback" not in str(error)


def test_with_two_responses_one_has_to_be_named(world: Cast) -> None:
    unit = Unit.objects.create(kind=Unit.Kind.RESPONSE, name="Huracán Eta")
    owner = Organisation.objects.create(name="Otra")
    Response.objects.create(unit=unit, country="HN", zone="America/Tegucigalpa", started_on=NIGHT, controller=owner)
    assert refused("--date", "2018-10-29").returncode == 2
    assert answered("--response", "fuego", "--date", "2018-10-29")["persons"] == 5
    assert answered("--response", "eta", "--date", "2018-10-29")["persons"] is None
