"""What linkage found, written as CSV: pairs with their probability and evidence, and each record's cluster."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cobijo.algorithms.linkage.engine import Found

_FORMULAS: Final = ("=", "+", "-", "@", "\t")


def write_pairs(path: Path, ids: Sequence[str], found: Found) -> None:
    """Write id_a, id_b, probability, evidence, the surest first."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("id_a", "id_b", "probability", "evidence"))
        for at, (one, other) in enumerate(zip(found.one.tolist(), found.other.tolist(), strict=True)):
            writer.writerow((_safe(ids[one]), _safe(ids[other]), f"{found.probability[at]:.6f}", found.evidence(at)))


def write_clusters(path: Path, ids: Sequence[str], found: Found) -> None:
    """Write id, cluster for every record; a cluster is called after its first record's place in the list."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("id", "cluster"))
        writer.writerows((_safe(name), f"C{cluster + 1}") for name, cluster in zip(ids, found.cluster, strict=True))


def _safe(text: str) -> str:
    """No cell that a spreadsheet would reckon out."""
    return f"'{text}" if text.startswith(_FORMULAS) else text
