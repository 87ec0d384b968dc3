"""``cobijo dedupe`` and ``cobijo link``: a list in, pairs and clusters out, no database."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

HEAD = "id,nombres,primer apellido,segundo apellido,sexo,fecha de nacimiento,documento"
ANA = "1,Ana Lucía,Xicay,Tzoc,F,1990-05-17,2345678901234"
AGAIN = "2,Ana Lucia,Sicay,Tzok,F,1990-05-17,2345678901234"
OTHER = "3,Pedro,Ruano,Mejía,M,1971-02-03,"


def listed(path: Path, *rows: str) -> str:
    path.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return str(path)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_list_gives_pairs_with_evidence_and_clusters(tmp_path: Path) -> None:
    out, clusters, said = tmp_path / "pairs.csv", tmp_path / "clusters.csv", io.StringIO()

    file = listed(tmp_path / "in.csv", ANA, OTHER, AGAIN)
    call_command("dedupe", file, out=str(out), clusters=str(clusters), json=True, stdout=said)

    (pair,) = rows(out)
    assert (pair["id_a"], pair["id_b"]) == ("1", "2")
    assert float(pair["probability"]) > 0.9
    assert "document" in pair["evidence"]
    of = {row["id"]: row["cluster"] for row in rows(clusters)}
    assert of["1"] == of["2"] != of["3"]
    assert json.loads(said.getvalue())["pairs"] == 1


def test_two_lists_give_pairs_across(tmp_path: Path) -> None:
    out = tmp_path / "pairs.csv"
    one, other = listed(tmp_path / "a.csv", ANA, OTHER), listed(tmp_path / "b.csv", AGAIN)

    call_command("link", one, other, out=str(out), stdout=io.StringIO())

    assert [(pair["id_a"], pair["id_b"]) for pair in rows(out)] == [("1", "2")]


def test_a_map_says_what_columns_hold(tmp_path: Path) -> None:
    file, said = tmp_path / "in.csv", tmp_path / "map.toml"
    file.write_text("x,y\nAna Xicay,2345678901234\nAna Sicay,2345678901234\n", encoding="utf-8")
    said.write_text('name = "x"\ndocument = "y"\n', encoding="utf-8")

    call_command("dedupe", str(file), out=str(tmp_path / "pairs.csv"), map=str(said), stdout=io.StringIO())

    assert [(pair["id_a"], pair["id_b"]) for pair in rows(tmp_path / "pairs.csv")] == [("row2", "row3")]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("", "empty"), ("sexo,edad\nF,3\n", "No column holds names")],
)
def test_a_list_that_cannot_be_read_is_refused_with_a_reason(tmp_path: Path, text: str, wrong: str) -> None:
    file = tmp_path / "in.csv"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match=wrong):
        call_command("dedupe", str(file), out=str(tmp_path / "pairs.csv"))


def test_a_list_that_is_not_there_and_a_threshold_that_is_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("dedupe", str(tmp_path / "none.csv"), out=str(tmp_path / "pairs.csv"))
    with pytest.raises(CommandError, match="from 0 to 1"):
        call_command("dedupe", listed(tmp_path / "in.csv", ANA), out=str(tmp_path / "pairs.csv"), threshold=2.0)


def test_weights_are_relearnt_shown_beside_the_shipped_and_used_only_when_named(tmp_path: Path) -> None:
    file, weights, said = listed(tmp_path / "in.csv", ANA, OTHER, AGAIN), tmp_path / "own.json", io.StringIO()

    call_command("relearn", file, out=str(weights), stdout=said)
    call_command("dedupe", file, out=str(tmp_path / "pairs.csv"), weights=str(weights), stdout=io.StringIO())

    assert "shipped and relearnt" in said.getvalue()
    assert json.loads(weights.read_text(encoding="utf-8"))["learnt_on"] >= 1
    assert [(pair["id_a"], pair["id_b"]) for pair in rows(tmp_path / "pairs.csv")] == [("1", "2")]


@pytest.mark.parametrize("held", ["", "[]", '{"version": 0}', "{"])
def test_a_file_that_holds_no_weights_is_refused(tmp_path: Path, held: str) -> None:
    weights = tmp_path / "own.json"
    weights.write_text(held, encoding="utf-8")

    with pytest.raises(CommandError, match="holds no weights"):
        call_command("dedupe", listed(tmp_path / "in.csv", ANA), out=str(tmp_path / "pairs.csv"), weights=str(weights))


def test_spark_that_is_not_installed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cobijo.algorithms.linkage.spark.there", lambda: False)

    with pytest.raises(CommandError, match="Spark is not installed"):
        call_command("dedupe", listed(tmp_path / "in.csv", ANA), out=str(tmp_path / "pairs.csv"), engine="spark")


def test_a_field_without_an_end_is_refused_with_the_row(tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text(f'{HEAD}\n{ANA}\n2,"{"Ana " * 50_000}\n', encoding="utf-8")

    with pytest.raises(CommandError, match="Below row 2 the list is no CSV"):
        call_command("dedupe", str(file), out=str(tmp_path / "pairs.csv"))
