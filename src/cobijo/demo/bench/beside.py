"""The same made people through Splink, so that our figures have something beside them in the same run.

Splink (the ``splink`` extra) is no part of the program. Twice: with the comparisons of its library, as its own tutorial
puts them together; and with levels and blocks for Spanish names, on sounds that our tables make.
"""

import csv
import importlib
import logging
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cobijo.algorithms.linkage import reading
from cobijo.algorithms.linkage.encoding import base, coarse
from cobijo.algorithms.names import Part, prepare_parts

WAYS: Final = ("library", "spanish")
_LEAST: Final = 0.001
_PAIRS_FOR_U: Final = 2_000_000
_COLUMNS: Final = ("unique_id", "given", "given_1", "given_2", "surname_1", "surname_2", "sound_1", "sound_2",
                   "heard_1", "heard_2", "sex", "born", "year", "place", "phone", "document")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """Pairs of rows, the surest first, and how many were compared."""

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    probability: NDArray[np.float64]
    compared: int


def there() -> bool:
    """Whether Splink is installed."""
    try:
        importlib.import_module("splink")
    except ImportError:
        return False
    return True


def run(people: reading.People, way: str) -> Answer:
    """Splink's pairs for a list. ``way``: one of `WAYS`."""
    splink, duckdb = importlib.import_module("splink"), importlib.import_module("duckdb")
    logging.getLogger("splink").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "people.csv")
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(_COLUMNS)
            writer.writerows(_rows(people))
        connection = duckdb.connect(":memory:")
        connection.execute("CREATE TABLE people AS SELECT * FROM read_csv(?, all_varchar=true)", [str(path)])
        connection.execute("ALTER TABLE people ALTER unique_id TYPE BIGINT")
        table = splink.DuckDBAPI(connection).register("people")
    linker = splink.Linker(table, _settings(splink, way), log_level=logging.ERROR)
    _train(splink, linker, way)
    pairs = linker.inference.compute_blocked_pairs_for_predict()
    compared = int(pairs.as_duckdbpyrelation().count("*").fetchall()[0][0])
    found = linker.inference.predict(threshold_match_probability=_LEAST).as_duckdbpyrelation()
    columns = found.select("unique_id_l, unique_id_r, match_probability").fetchnumpy()
    one, other, probability = (np.asarray(column) for column in columns.values())
    order = np.lexsort((other, one, -probability))
    return Answer(one[order].astype(np.int64), other[order].astype(np.int64), probability[order], compared)


def _rows(people: reading.People) -> Iterator[tuple[object, ...]]:
    for row, (given, first, second, married, _whole) in enumerate(people.names):
        name = prepare_parts(given, first, second, married)
        year, month, day = people.birth[row]
        ours, theirs = [*name.given, "", ""][:2], [*name.surnames, "", ""][:2]
        yield (
            row,
            " ".join(name.given),
            *ours,
            *theirs,
            *(coarse(base(word, Part.GIVEN)) if word else "" for word in ours),
            *(coarse(base(word, Part.SURNAME)) if word else "" for word in theirs),
            ("", "f", "m")[people.sex[row]],
            f"{year:04}-{month:02}-{day:02}" if month else "",
            year or "",
            people.place[row],
            people.phone[row],
            people.document[row],
        )


def _settings(splink: Any, way: str) -> Any:
    comparisons = importlib.import_module("splink.comparison_library")
    names = _library_names(comparisons) if way == "library" else _spanish_names(comparisons)
    born = (
        comparisons.DateOfBirthComparison("born", input_is_string=True, datetime_format="%Y-%m-%d")
        if way == "library"
        else _spanish_birth(comparisons)
    )
    return splink.SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[splink.block_on(*rule) for rule in _BLOCKS[way]],
        comparisons=[
            *names,
            born,
            comparisons.ExactMatch("sex"),
            comparisons.ExactMatch("place").configure(term_frequency_adjustments=True),
            comparisons.LevenshteinAtThresholds("phone", 1),
            comparisons.LevenshteinAtThresholds("document", 1),
        ],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )


_BLOCKS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "library": (
        ("document",), ("phone", "substr(given, 1, 1)"), ("born", "substr(given, 1, 1)"), ("born", "surname_1"),
        ("given_1", "surname_1", "surname_2"), ("given_1", "surname_1", "year"), ("given", "surname_1"),
        ("surname_1", "surname_2", "year"),
    ),
    "spanish": (
        ("document",), ("phone", "substr(given, 1, 1)"), ("born", "substr(given, 1, 1)"), ("born", "heard_1"),
        ("sound_1", "heard_1", "heard_2"), ("sound_1", "heard_1", "year"), ("sound_1", "sound_2", "heard_1"),
        ("heard_1", "heard_2", "year"), ("sound_2", "heard_1", "year"), ("sound_1", "heard_1", "place"),
        ("sound_1", "born"), ("sound_1", "heard_1", "substr(born, 6)"),
    ),
}  # fmt: skip
_TRAINED_ON: Final = {
    "library": (("given_1", "surname_1"), ("born",), ("document",)),
    "spanish": (("born",), ("sound_1", "heard_1", "heard_2")),
}
_SURE: Final = {
    "library": ("l.document = r.document and l.given_1 = r.given_1", "l.born = r.born and l.given_1 = r.given_1"),
    "spanish": ("l.document = r.document and l.sound_1 = r.sound_1", "l.born = r.born and l.sound_1 = r.sound_1"),
}


def _library_names(comparisons: Any) -> list[Any]:
    return [comparisons.NameComparison(column) for column in ("given", "surname_1", "surname_2")]


def _spanish_names(comparisons: Any) -> list[Any]:
    return [
        comparisons.CustomComparison(output_column_name="given", comparison_levels=[
            _level("given_1_l IS NULL OR given_1_r IS NULL", "blank", null=True),
            _level("given_l = given_r AND given_2_l IS NOT NULL", "all the same", rare="sound_1"),
            _level("sound_1_l = sound_1_r AND sound_2_l = sound_2_r", "all sound alike", rare="sound_1"),
            _level("sound_1_l = sound_1_r AND (sound_2_l IS NULL OR sound_2_r IS NULL)", "one name", rare="sound_1"),
            _level("(sound_1_l = sound_2_r OR sound_2_l = sound_1_r)", "another of several"),
            _level("jaro_winkler_similarity(given_1_l, given_1_r) > 0.9", "a slip"),
            _level("sound_1_l = sound_1_r", "first alike, second not", rare="sound_1"),
            _level("ELSE", "two names"),
        ]),
        comparisons.CustomComparison(output_column_name="surnames", comparison_levels=[
            _level("surname_1_l IS NULL OR surname_1_r IS NULL", "blank", null=True),
            _level("heard_1_l = heard_1_r AND heard_2_l = heard_2_r", "both", rare="heard_1"),
            _level("heard_1_l = heard_2_r AND heard_2_l = heard_1_r", "turned"),
            _level("heard_1_l = heard_1_r AND (heard_2_l IS NULL OR heard_2_r IS NULL)", "the first", rare="heard_1"),
            _level("jaro_winkler_similarity(surname_1_l, surname_1_r) > 0.9 AND "
                   "jaro_winkler_similarity(coalesce(surname_2_l, surname_2_r), coalesce(surname_2_r, surname_2_l))"
                   " > 0.9", "slips"),
            _level("heard_1_l = heard_1_r", "the first, not the second", rare="heard_1"),
            _level("heard_2_l = heard_2_r", "the second, not the first"),
            _level("heard_1_l = heard_2_r OR heard_2_l = heard_1_r", "one, elsewhere"),
            _level("ELSE", "two names"),
        ]),
    ]  # fmt: skip


def _spanish_birth(comparisons: Any) -> Any:
    return comparisons.CustomComparison(output_column_name="birth", comparison_levels=[
        _level("born_l IS NULL OR born_r IS NULL", "blank", null=True),
        _level("born_l = born_r AND substr(born_l, 6) <> '01-01'", "the same day"),
        _level("born_l = born_r", "1 January of a year"),
        _level("substr(born_l, 1, 4) = substr(born_r, 1, 4) AND substr(born_l, 6, 2) = substr(born_r, 9, 2) AND "
               "substr(born_l, 9, 2) = substr(born_r, 6, 2)", "day and month turned"),
        _level("damerau_levenshtein(born_l, born_r) <= 1", "a slip"),
        _level("substr(born_l, 1, 4) = substr(born_r, 1, 4)", "the same year"),
        _level("abs(year_l::int - year_r::int) <= 1", "within one year"),
        _level("abs(year_l::int - year_r::int) <= 8", "within 8 years"),
        _level("ELSE", "beyond"),
    ])  # fmt: skip


def _level(condition: str, label: str, *, null: bool = False, rare: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {"sql_condition": condition, "label_for_charts": label}
    if null:
        found["is_null_level"] = True
    if rare:
        found["tf_adjustment_column"] = rare
    return found


def _train(splink: Any, linker: Any, way: str) -> None:
    training = linker.training
    training.estimate_probability_two_random_records_match(list(_SURE[way]), recall=0.7)
    training.estimate_u_using_random_sampling(max_pairs=_PAIRS_FOR_U, seed=1)
    for rule in _TRAINED_ON[way]:
        training.estimate_parameters_using_expectation_maximisation(splink.block_on(*rule))
