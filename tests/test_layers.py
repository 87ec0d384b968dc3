"""The shape of the program: who may import whom, who may point at whom, how large a thing may grow."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import Field

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "cobijo"
# From the top; neighbours share a line. The same as .importlinter, which cannot see a foreign key written as a string.
ORDER = [
    "config", "demo", "web api", "reporting", "assistance movements", "sites", "people", "accounts", "core",
    "algorithms",
]  # fmt: skip
LEVEL = {app: level for level, line in enumerate(reversed(ORDER)) for app in line.split()}
DOORS = {"services", "queries", "types", "access"}
# config wires what the apps offer to the outside.
WIRING = DOORS | {"views", "urls", "apps", "rest"}
ASSEMBLY = DOORS | {"rest"}  # api puts together what each app answers
OPEN = {"core", "algorithms"}  # everything public of these is for everybody
# Where the rule about doors gives way, and why.
EXCEPTIONS = {
    "demo/bench/fill.py": "fills a benchmark's world row by row; a million people through verbs would take a day",
    "demo/bench/indexing.py": "the same, for what they are found by",
    "demo/bench/searching.py": "the same, from a file, for nothing but finding them",
}
LONGEST_FUNCTION = 60


def sources() -> Iterator[tuple[Path, ast.Module]]:
    """Every module of the program that is neither test nor migration."""
    for file in sorted(PACKAGE.rglob("*.py")):
        if not {"tests", "migrations"} & set(file.relative_to(PACKAGE).parts):
            yield file.relative_to(PACKAGE), ast.parse(file.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[list[str]]:
    """The dotted parts, below ``cobijo``, of every name a module imports from us."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name.split(".")[1:] for name in names if name.startswith("cobijo."))


def test_imports_go_downward_only() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_app_has_its_level() -> None:
    assert {
        app.name.removeprefix("cobijo.") for app in apps.get_app_configs() if app.name.startswith("cobijo.")
    } <= set(LEVEL)


def test_foreign_keys_point_downward() -> None:
    upward = [
        f"{field.model.__name__}.{field.name} points at {field.related_model.__name__}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, Field) and field.is_relation and isinstance(field.related_model, type)
        if _points_upward(model._meta.app_label, field.related_model._meta.app_label)
    ]
    assert not upward, "\n".join(upward)


def _points_upward(here: str, there: str) -> bool:
    ours = here in LEVEL and there in LEVEL
    return ours and here != there and LEVEL[there] >= LEVEL[here]


def test_apps_meet_at_their_doors() -> None:
    wrong = [
        f"{file}: {'.'.join(parts)}"
        for file, tree in sources()
        if str(file) not in EXCEPTIONS
        for parts in imported(tree)
        if not _is_a_door(file.parts[0], parts)
    ]
    assert not wrong, "only services, queries, types and access of another app may be imported:\n" + "\n".join(wrong)


def _is_a_door(here: str, parts: list[str]) -> bool:
    there, *names = parts
    if there == here or there not in LEVEL:
        return True
    if there in OPEN:
        return not any(name.startswith("_") for name in names)
    if names[1:2] == ["types"]:  # what the verbs of a room of that app take
        return True
    return bool(names) and names[0] in {"config": WIRING, "api": ASSEMBLY}.get(here, DOORS)


def test_the_rule_about_doors_can_fail() -> None:
    assert _is_a_door("sites", ["people", "services", "register"])
    assert _is_a_door("sites", ["core", "verbs"])
    assert _is_a_door("config", ["web", "urls"])
    assert _is_a_door("demo", ["sites", "wayout", "types", "WayOutIn"])
    assert not _is_a_door("demo", ["sites", "wayout", "models", "WayOut"])
    assert not _is_a_door("sites", ["people", "models", "Person"])
    assert not _is_a_door("sites", ["core", "keys", "_ring"])
    assert not _is_a_door("web", ["sites", "urls"])


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{file}:{node.lineno} {node.name}"
        for file, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_no_file_is_a_drawer_for_everything() -> None:
    drawers = {"utils.py", "util.py", "helpers.py", "misc.py", "common.py"}
    assert not [file for file, _ in sources() if file.name in drawers]
