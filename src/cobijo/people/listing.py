"""What the commands `dedupe` and `link` share: their options, reading lists, saying how far they are, writing."""

import json
import os
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.core.management.base import CommandError, OutputWrapper

from cobijo.algorithms.linkage import engine, processes, reading, spark, weights
from cobijo.algorithms.linkage.writing import write_clusters, write_pairs

_SAID: Final = 5
"""Warnings that are written out; of the others, how many."""


def add_options(parser: ArgumentParser, *, always_out: bool = True) -> None:
    """The options of `dedupe` and `link`. ``always_out``: there is nothing else to do with pairs than to write them."""
    parser.add_argument("--out", required=always_out, metavar="PAIRS.csv", help="id_a, id_b, probability, evidence")
    parser.add_argument("--clusters", metavar="CLUSTERS.csv", help="id, cluster")
    parser.add_argument(
        "--threshold", type=float, default=engine.CUT, metavar="P", help="the least probability of a pair written"
    )
    parser.add_argument("--weights", metavar="WEIGHTS.json", help="weights that `relearn` wrote, not the shipped ones")
    parser.add_argument(
        "--engine",
        choices=["local", "duckdb", "spark"],
        default="local",
        help="local: the processes of this machine (duckdb is taken for the same); spark: a cluster, by the same code",
    )
    add_reading(parser)


def add_reading(parser: ArgumentParser) -> None:
    """The options of how a list is read and compared."""
    parser.add_argument("--map", metavar="MAP.toml", help='which column holds what: given = "its heading"')
    parser.add_argument("--dates", choices=["ymd", "dmy", "mdy"], default="dmy", help="the order of days as 03/04/2020")
    parser.add_argument(
        "--workers", type=int, default=0, metavar="N", help="processes that compare; as many as processors if not said"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def taken(file: str, map_file: str | None, dates: str) -> reading.People:
    """A list, read. Raises `CommandError` that says what is wrong with it and what to do."""
    try:
        said = reading.mapping(Path(map_file)) if map_file else {}
        return reading.read(Path(file), said, dates=dates)
    except reading.UnreadableError as trouble:
        raise CommandError(f"{file}: {trouble}") from trouble
    except OSError as trouble:
        raise CommandError(f"{file} cannot be read: {trouble.strerror}.") from trouble


def writable(out: str, clusters: str | None, *lists: str) -> None:
    """Raises `CommandError` where what is found could not be written, or would be written over something that is read:
    said before hours of comparing, not after."""
    wanted = [Path(name) for name in (out, clusters) if name]
    for path in wanted:
        if any(_same(path, Path(name)) for name in lists):
            raise CommandError(f"{path} is the list itself. Name another file for what is found.")
        if path.is_dir():
            raise CommandError(f"{path} cannot be written: it is a folder.")
        if not path.parent.is_dir():
            raise CommandError(f"{path} cannot be written: there is no folder {path.parent}.")
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            raise CommandError(f"{path} cannot be written: nobody gave you the right to.")
    if len(wanted) > 1 and wanted[0].resolve() == wanted[1].resolve():
        raise CommandError("Pairs and clusters cannot go into one file.")


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def written(people: reading.People, found: engine.Found, out: str, clusters: str | None) -> None:
    """Write what was found. Raises `CommandError` where a file cannot be written."""
    try:
        write_pairs(Path(out), people.ids, found)
        if clusters:
            write_clusters(Path(clusters), people.ids, found)
    except OSError as trouble:
        raise CommandError(f"{trouble.filename} cannot be written: {trouble.strerror}.") from trouble


def checked(threshold: float) -> float:
    """A probability, 0 to 1. Raises `CommandError`."""
    if not 0.0 <= threshold <= 1.0:
        raise CommandError(f"A threshold is a probability from 0 to 1; {threshold} is none.")
    return threshold


def share(options: Mapping[str, Any]) -> processes.Share:
    """How the comparing is shared. Raises `CommandError` where Spark is asked for and is not there."""
    if int(options["workers"]) < 0:
        raise CommandError("--workers says how many processes compare; leave it out for as many as processors.")
    if options.get("engine") != "spark":
        return processes.several(int(options["workers"]) or processes.usual())
    if not spark.there():
        raise CommandError("Spark is not installed. Install it beside the program: pip install 'cobijo[spark]'.")
    return spark.shared


def learnt(file: str | None) -> weights.Weights | None:
    """Weights from a file that `relearn` wrote; none for the shipped. Raises `CommandError`."""
    if not file:
        return None
    try:
        return weights.loaded(json.loads(Path(file).read_text(encoding="utf-8")))
    except OSError as trouble:
        raise CommandError(f"{file} cannot be read: {trouble.strerror}.") from trouble
    except (ValueError, KeyError, TypeError, AttributeError) as trouble:
        raise CommandError(f"{file} holds no weights of this program. {trouble}") from trouble


def warn(stream: OutputWrapper, found: engine.Found) -> None:
    """Say what was taken only in part: rows, and keys that too many rows have."""
    for warning in found.warnings[:_SAID]:
        stream.write(warning)
    if len(found.warnings) > _SAID:
        stream.write(f"and {len(found.warnings) - _SAID:,} more like it")
    warn_of_capped(stream, found.capped)


def warn_of_capped(stream: OutputWrapper, capped: Mapping[str, tuple[int, int]]) -> None:
    """Say which keys too many rows have."""
    for kind, (values, rows) in capped.items():
        stream.write(
            f"{kind}: {values:,} values stand in too many rows each (at most {rows:,}); "
            "of those rows only such were compared as have something more in common"
        )


def figures(people: reading.People, found: engine.Found) -> dict[str, int]:
    """How much was read, compared and found."""
    return {
        "rows": len(people),
        "compared": found.compared,
        "pairs": len(found.one),
        "clusters": len(set(found.cluster)),
        "capped_keys": sum(values for values, _rows in found.capped.values()),
    }


def progress(stream: OutputWrapper) -> engine.Say:
    """How far it is, on one line of a terminal; nothing elsewhere."""

    def say(what: str, done: int, total: int) -> None:
        if stream.isatty():
            words = f"{what} {done:,} of {total:,}" if total else what
            stream.write(f"\r\033[K{words}", ending="")
            stream.flush()

    return say
