"""A demonstration in a folder of its own, built by the real command and asked by it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COBIJO = Path(sys.executable).with_name("cobijo")
ASKING = Path(__file__).with_name("asking.py")


@dataclass(frozen=True, slots=True)
class World:
    """Where it stands. ``run`` runs a command there, ``ask`` puts questions to ``asking``, all in one process."""

    data: Path

    @property
    def database(self) -> Path:
        return self.data / "demo.sqlite3"

    def run(self, *words: str, demo: bool = False) -> subprocess.CompletedProcess[str]:
        return self._run(str(COBIJO), *words, demo=demo)

    def ask(self, *questions: tuple[str, ...]) -> list[dict[str, Any]]:
        done = self._run(sys.executable, str(ASKING), given=json.dumps(questions))
        assert done.returncode == 0, done.stderr
        answers: list[dict[str, Any]] = json.loads(done.stdout)
        return answers

    def census(self, *questions: tuple[str, ...]) -> list[dict[str, Any]]:
        """The figures for each question, which all have an answer."""
        answers = self.ask(*[(*words, "--json") for words in questions])
        assert [one["said"] for one in answers if one["code"]] == []
        return [json.loads(one["said"]) for one in answers]

    def _run(self, *words: str, demo: bool = False, given: str = "") -> subprocess.CompletedProcess[str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("COBIJO_", "DJANGO_"))}
        settings = {"COBIJO_DATA": str(self.data), "DATABASE_URL": f"sqlite:///{self.database}"}
        debug = {"COBIJO_DEBUG": "1", "COBIJO_DEMO": "1"} if demo else {}
        return subprocess.run(
            words, input=given, capture_output=True, text=True, env=clean | settings | debug, check=False
        )


def built(data: Path, *words: str) -> World:
    """Build a world there."""
    world = World(data)
    done = world.run("demo", "build", *words, demo=True)
    assert done.returncode == 0, done.stderr
    return world
