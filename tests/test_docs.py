"""Documents say what is so: dependencies, commands, make's targets, links; and name no machine of ours."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parent.parent
DEPENDENCIES = ROOT / "docs" / "develop" / "dependencies.md"
COMMANDS = ROOT / "docs" / "admin" / "commands.md"


def rows(document: Path) -> set[str]:
    """The names in the first column of a document's tables."""
    return set(re.findall(r"^\| `([^`]+)` \|", document.read_text(encoding="utf-8"), re.MULTILINE))


def requirements(name: str) -> set[str]:
    """The bare names a requirements file asks for."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {re.split(r"[\[<>=;, ]", line)[0] for line in lines if line and line[0].isalpha()}


def documents() -> Iterator[Path]:
    yield from ROOT.glob("*.md")
    yield from (ROOT / "docs").rglob("*.md")


def tracked() -> list[Path]:
    """The files that are, or would be, committed."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("this is no checkout")
    return [ROOT / name for name in done.stdout.splitlines() if (ROOT / name).is_file()]


def test_every_dependency_has_its_reason() -> None:
    assert rows(DEPENDENCIES) == requirements("requirements.in") | requirements("requirements-dev.in")


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_what_is_asked_for_is_locked_with_hashes(name: str) -> None:
    locked = (ROOT / f"{name}.txt").read_text(encoding="utf-8")
    pinned = {found.lower() for found in re.findall(r"^([A-Za-z0-9_.-]+)(?:\[.*\])?==", locked, re.MULTILINE)}
    assert {asked.lower() for asked in requirements(f"{name}.in")} <= pinned
    assert locked.count("==") <= locked.count("--hash=sha256:")
    assert "://" not in locked


def test_every_command_of_ours_is_documented() -> None:
    ours = {name.replace("_", "-") for name, app in get_commands().items() if str(app).startswith("cobijo.")}
    assert rows(COMMANDS) == ours


def test_every_command_of_ours_says_what_it_does() -> None:
    ours = {name: str(app) for name, app in get_commands().items() if str(app).startswith("cobijo.")}
    assert not [name for name, app in ours.items() if not load_command_class(app, name).help]


def test_make_lists_its_targets() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^  ([a-z-]+) ", shown, re.MULTILINE)) == set(phony[1].split())


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in documents()
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]
    assert not broken, "\n".join(broken)


def test_no_file_names_a_machine_or_an_index() -> None:
    forbidden = re.compile(
        r"--(?:extra-)?index-url|--find-links [^\s\\]|/(?:simple|packages)/[a-z]|/home/[a-z]+/|/work/"
    )
    named = [
        str(file.relative_to(ROOT))
        for file in tracked()
        if file != Path(__file__) and forbidden.search(file.read_text(encoding="utf-8", errors="replace"))
    ]
    assert not named, "\n".join(named)
