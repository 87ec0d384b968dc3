"""``cobijo names compare "A" "B"``: how probable it is that two names are one person's, and why."""

import gc
import json as js
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.core.management.base import BaseCommand, CommandError

from cobijo.algorithms.names import Comparison, Evidence, How, compare

_SAID: Final = {
    How.SAME: "the same",
    How.SPELLING: "one sound, spelt in two ways",
    How.NICKNAME: "one a short or sweet form of the other",
    How.SLIP: "a slip of the hand or the ear",
    How.INITIAL: "a letter that fits",
    How.JOINED: "written together and apart",
    How.EXTRA: "on one side only",
    How.HUSBAND: "a husband's name",
    How.OTHER: "two names",
    How.LID: "held to what names alone may say",
}


class Command(BaseCommand):
    help = "Compare names: how probable it is that two are one person's, with a line of evidence for each word."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["compare"])
        parser.add_argument("names", nargs="*", metavar="NAME", help="two names")
        parser.add_argument(
            "--file", metavar="PAIRS.tsv", help="many: two columns with a tab between; - reads the input"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object for each pair")

    def handle(self, *, names: list[str], file: str | None, json: bool, **_options: Any) -> None:
        if (file is None) == (not names) or len(names) not in (0, 2):
            raise CommandError("Give two names, or a file of pairs with --file.")
        if file is None:
            self._one(*names, json=json)
        elif wrong := self._many(file, json=json):
            raise CommandError(f"{wrong} lines were not compared; what is wrong with each stands above.")

    def _one(self, a: str, b: str, *, json: bool) -> None:
        found = compare(a, b)
        if json:
            self.stdout.write(js.dumps(_as_json(found) | {"evidence": _lines(found)}, ensure_ascii=False))
            return
        said = "one person" if found.same else "two people"
        self.stdout.write(f"{found.probability:.3f}  {said}, as far as names tell ({found.bits:+.1f} bits)")
        for line in found.evidence:
            self.stdout.write(f"  {line.bits:+6.1f}  {_words(line):32} {_SAID[line.how]}")

    def _many(self, file: str, *, json: bool) -> int:
        """Compare line by line; returns how many lines were not two names."""
        wrong = 0
        gc.disable()  # it would look through the caches of names again and again; nothing here makes cycles
        try:
            with _opened(file) as lines:
                for number, pair in _pairs(lines):
                    if isinstance(pair, str):
                        wrong += 1
                        self._refuse(number, pair, json=json)
                    else:
                        self._write(pair, json=json)
        except BrokenPipeError:
            raise
        except OSError as trouble:
            raise CommandError(f"{file} cannot be read: {trouble.strerror}.") from trouble
        finally:
            gc.enable()
        return wrong

    def _write(self, pair: tuple[str, str], *, json: bool) -> None:
        found = compare(*pair)
        if json:
            self.stdout.write(js.dumps(_as_json(found)))
        else:
            self.stdout.write(f"{found.probability:.3f}\t{'yes' if found.same else 'no'}\t{pair[0]}\t{pair[1]}")

    def _refuse(self, number: int, why: str, *, json: bool) -> None:
        self.stderr.write(f"Line {number}: {why}")
        if json:
            self.stdout.write(js.dumps({"score": None, "same": None, "line": number, "error": why}))


def _as_json(found: Comparison) -> dict[str, Any]:
    return {"score": round(found.probability, 6), "same": found.same, "bits": round(found.bits, 2)}


def _lines(found: Comparison) -> list[dict[str, Any]]:
    return [
        {"a": line.a, "b": line.b, "part": line.part, "how": line.how, "bits": round(line.bits, 2)}
        for line in found.evidence
    ]


def _words(line: Evidence) -> str:
    if not line.a and not line.b:
        return ""
    return line.a if line.a == line.b else f"{line.a or '-'} / {line.b or '-'}"


def _opened(file: str) -> BinaryIO:
    return sys.stdin.buffer if file == "-" else Path(file).open("rb")


def _pairs(lines: BinaryIO) -> Iterator[tuple[int, tuple[str, str] | str]]:
    """Each line with its number: its two names, or what is wrong with it."""
    for number, raw in enumerate(lines, start=1):
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            yield number, "is not UTF-8. Save the file as UTF-8."
            continue
        cells = text.split("\t")
        if len(cells) == 2:
            yield number, (cells[0], cells[1])
        else:
            yield number, f"has {len(cells)} columns where two are needed, with a tab between."
