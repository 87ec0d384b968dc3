"""``cobijo allocate``: households from one list over the sites of another, without a database."""

import csv
import json as js
import os
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from cobijo.algorithms.allocation import Help, Plan, Problem, Unplaced, Why, solve, what_rules_cost
from cobijo.algorithms.allocation.reading import LARGEST, BadFileError, read_households, read_sites
from cobijo.core.spreadsheets import plain

REFUSED: Final = 2
TOLD: Final = 20
_WHY: Final = {
    Why.NO_SITE_OF_USE: "no site is for such a household",
    Why.NO_ACCESSIBLE_PLACE: "{number} accessible places are short",
    Why.LARGER_THAN_ANY_ROOM: "larger than any room left: the largest has {number} places",
    Why.NO_PLACES_LEFT: "no places are left: {number} are short",
}


class Command(BaseCommand):
    help = "Place households over sites, from two CSV files into a third: whole, by the rules, with a proven bound."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--households", type=Path, required=True, metavar="H.csv", help="id, size, …, x, y")
        parser.add_argument("--sites", type=Path, required=True, metavar="S.csv", help="id, capacity, …, x, y")
        parser.add_argument("--out", type=Path, required=True, metavar="PLAN.csv", help="household, site")
        parser.add_argument("--seed", type=int, default=0, metavar="N", help="the same seed, the same plan")
        parser.add_argument("--effort", type=int, default=5, metavar="N", help="rounds of search at most")
        parser.add_argument("--may-move", action="store_true", help="those who have a place may be asked to move")
        parser.add_argument("--rules", action="store_true", help="say too what each wish and rule costs (takes longer)")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *, households: Path, sites: Path, out: Path, json: bool, **options: Any) -> None:
        if options["effort"] < 1 or options["seed"] < 0:
            raise CommandError("Give an effort of 1 or more and a seed of 0 or more.", returncode=REFUSED)
        if out.resolve() in {households.resolve(), sites.resolve()}:
            raise CommandError(f"{out} is one of the lists that are read. Name another file.", returncode=REFUSED)
        problem, notes = self._problem(households, sites, may_move=options["may_move"])
        began, spent = time.monotonic(), time.process_time()
        plan = solve(problem, seed=options["seed"], seconds=options["effort"])
        took = {
            "seconds": round(time.monotonic() - began, 3),
            "cpu_seconds": round(time.process_time() - spent, 3),
        }
        costs = what_rules_cost(problem, plan, seed=options["seed"]) if options["rules"] else {}
        self._write(out, plan)
        if json:
            self.stdout.write(js.dumps(_as_json(problem, plan, notes) | took | _costs(costs), ensure_ascii=False))
        else:
            self._say(problem, plan, notes, costs)

    def _problem(self, households: Path, sites: Path, *, may_move: bool) -> tuple[Problem, list[str]]:
        """The problem of two files; refused, with every fault of both, if one cannot be taken."""
        faults: list[str] = []
        read: list[Any] = []
        for path, reader in ((households, read_households), (sites, read_sites)):
            try:
                read.append(reader(path.name, _content(path)))
            except BadFileError as bad:
                faults += [
                    f"{bad.name}{f', line {fault.line}' if fault.line else ''}: {fault.sentence}"
                    for fault in bad.faults
                ]
                if bad.total > len(bad.faults):
                    faults.append(f"{bad.name}: and {bad.total - len(bad.faults)} more.")
        if faults:
            raise CommandError("\n".join([*faults, "Nothing was written."]), returncode=REFUSED)
        (some, said), (others, said_too) = read
        return Problem(some, others, may_move=may_move), [*said, *said_too]

    def _write(self, out: Path, plan: Plan) -> None:
        """Write beside the file and rename, so that nobody reads half a plan."""
        beside = ""
        try:
            number, beside = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
            with os.fdopen(number, "w", encoding="utf-8", newline="") as file:
                rows = csv.writer(file, lineterminator="\n")
                rows.writerow(("household", "site"))
                rows.writerows((plain(household), plain(site)) for household, site in plan.placements.items())
            Path(beside).chmod(0o600)
            Path(beside).replace(out)
        except OSError as trouble:
            if beside:
                Path(beside).unlink(missing_ok=True)
            sentence = f"{out} cannot be written: {trouble.strerror}."
            raise CommandError(sentence, returncode=REFUSED) from trouble

    def _say(self, problem: Problem, plan: Plan, notes: list[str], costs: Mapping[str, float]) -> None:
        """First who has no place and why, what is strained and who is to move; the proof last."""
        for note in notes:
            self.stderr.write(note)
        self.stdout.write(f"{len(plan.placements):,} of {len(problem.households):,} households have a place.")
        for left in plan.unplaced[:TOLD]:
            self.stdout.write(f"  without: {left.household} ({left.size}): {_sentence(left)}")
        if len(plan.unplaced) > TOLD:
            self.stdout.write(f"  and {len(plan.unplaced) - TOLD:,} more without a place.")
        for strain in plan.strained[:TOLD]:
            self.stdout.write(f"  strained: {strain.rule.value} at {strain.site}, by {strain.number}")
        if plan.moves:
            self.stdout.write(f"  {len(plan.moves):,} households are asked to move.")
        self.stdout.write(
            f"Cost {plan.cost:,.1f}; no plan costs less than {plan.bound:,.1f}: at most {plan.gap:.2%} better."
        )
        for name, cost in costs.items():
            self.stdout.write(f"  without “{name}” at most {cost:,.1f} less")


def _content(path: Path) -> bytes:
    try:
        if str(path) == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as trouble:
        raise CommandError(f"{path} cannot be read: {trouble.strerror}.", returncode=REFUSED) from trouble


def _sentence(left: Unplaced) -> str:
    helps = "; ".join(_help(one) for one in left.helps)
    return _WHY[left.why].format(number=left.number) + (f" ({helps})" if helps else "")


def _help(one: Help) -> str:
    words = [one.what.value.replace("_", " ")]
    if one.numbers:
        words.append("+".join(str(number) for number in one.numbers))
    if one.site:
        words.append(f"at {one.site}")
    return " ".join(words)


def _as_json(problem: Problem, plan: Plan, notes: list[str]) -> dict[str, Any]:
    return {
        "households": len(problem.households),
        "persons": sum(one.size for one in problem.households),
        "sites": len(problem.sites),
        "placed": len(plan.placements),
        "cost": plan.cost,
        "bound": plan.bound,
        "gap": plan.gap,
        "terms": dict(plan.terms),
        "unplaced": [_left(left) for left in plan.unplaced],
        "strained": [asdict(strain) for strain in plan.strained],
        "moves": [asdict(move) for move in plan.moves],
        "homes": {name: list(sites) for name, sites in plan.homes.items()},
        "notes": notes,
    }


def _left(left: Unplaced) -> dict[str, Any]:
    helps = [{name: value for name, value in asdict(one).items() if value not in ("", (), None)} for one in left.helps]
    return asdict(left) | {"says": _sentence(left), "helps": helps}


def _costs(costs: Mapping[str, float]) -> dict[str, Any]:
    return {"rules_cost": dict(costs)} if costs else {}
