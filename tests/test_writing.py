"""Domain rows change only through ``core.rows``, inside a verb: read from the source, and seen while verbs run."""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection

from cobijo.accounts.models import Unit
from cobijo.core import erasure, personal, rows
from tests.access import world
from tests.cast import Cast

PACKAGE = Path(rows.__file__).resolve().parent.parent

# Calls that write rows, whatever they are called on. ``update`` is looked at apart: sets and digests have one too.
WRITING = {
    "save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete",
    "raw", "extra", "asave", "acreate", "abulk_create", "abulk_update", "adelete", "aupdate",
}  # fmt: skip
STATEMENT = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|COPY)\b", re.IGNORECASE)

# Who may write otherwise, and why. A file that no longer does must leave the list.
THE_WAY = {"core/rows.py": "the one way domain rows change"}
OF_CORE = {
    "core/background.py": "calls a task lost whose worker was killed; a row of the queue of tasks",
    "core/codes.py": "leases and takes the numbers of codes",
    "core/erasure.py": "forgets a person: deleting is the act itself, and leaves an outcome in the journal",
    "core/chores.py": "for which day a chore was last done",
    "core/expiring.py": "lets a category go from the journal: deleting is the act, and leaves an outcome",
    "core/events.py": "how far a consumer of events has come",
    "core/images.py": "keeps rows as they were, and puts them back",
    "core/imports/accepting.py": "what became of a list's rows, beside the verbs that enter them",
    "core/imports/batches.py": "a list on its way in: a draft, and no domain row",
    "core/imports/checking.py": "what is wrong with the rows of a list",
    "core/imports/services.py": "cuts an erased person off the row they came in, inside core.erasure",
    "core/journal.py": "intents, segments, mentions and outcomes: the journal itself",
    "core/keys.py": "the key ring and the keys of persons",
    "core/nodes.py": "this installation's own row, made with the database",
    "core/rotation.py": "wraps the keys of persons anew",
    "core/seals.py": "seals what is committed, after the verb",
}
OTHERS = {
    "accounts/devices/pins.py": "counts the tries of a PIN, right or wrong, before any verb",
    "accounts/devices/sessions.py": "when a device was last heard of",
    "accounts/notices.py": "what an account is told, and that it has read it; says nothing of the domain",
    "accounts/readings.py": "the log of readings: looking changes nothing",
    "accounts/services/signin.py": "the demonstration's known sign-ins, refused outside debug",
    "demo/bench/fill.py": "fills a benchmark's scratch database; a million people through verbs would take a day",
    "demo/bench/pouring.py": "the same",
    "demo/bench/asking.py": "a session of Django's in that scratch database",
    "demo/building.py": "starts the demonstration's codes apart from each other, before the first verb",
    "people/index.py": "what people are found by: worked out of their records, and again after an undoing",
    "demo/bench/indexing.py": "the same, for the index of names",
    "people/identity/nightly.py": "how far the nightly look has come; what it finds goes by the verb",
    "people/searching/writing.py": "the same, by name; folded beside the verbs",
    "people/photos/pictures.py": "saves a picture into memory, and no row anywhere",
    "people/forgetting.py": "the anonymous row that an erased person leaves, inside core.erasure",
    "movements/forgetting.py": "the same: no image of an erased person may be kept",
    "sites/forgetting.py": "the stays without a person that an erased one leaves, inside core.erasure",
    "sites/gate/forgetting.py": "the meals of nobody that an erased person leaves, inside core.erasure",
    "sites/rollcalls/forgetting.py": "the differences of nobody that an erased person leaves, inside core.erasure",
    "sites/gate/daily.py": "visits of more than seven days ago, let go with their words in the journal",
}
ALLOWED = THE_WAY | OF_CORE | OTHERS

# What belongs to the machinery: written beside the domain's rows, by the modules named above.
INFRASTRUCTURE = {
    "accounts.Notice", "accounts.Reading", "core.CodeBlock", "core.Cursor", "core.Image", "core.Intent", "core.Mention",
    "core.Chore", "core.ImportBatch", "core.ImportMapping", "core.ImportRow",
    "core.Node", "core.Outcome", "core.RingKey", "core.Seal", "core.Segment", "core.SubjectKey", "core.Suppression",
    "people.NameFresh", "people.NamePosting", "people.NameToken", "people.NewOrChanged", "people.SearchEntry",
    "people.SearchKey",
}  # fmt: skip


# --- in the source ---------------------------------------------------------------------------------------------------


def writings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and words of every call in a module that writes rows."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _writes(node.func.attr, node):
            yield node.lineno, f"{ast.unparse(node.func)}(…)"
        elif isinstance(node, ast.Constant | ast.JoinedStr) and STATEMENT.match(_beginning(node)):
            yield node.lineno, _beginning(node)


def _writes(name: str, call: ast.Call) -> bool:
    """A query's ``update`` takes names and nothing else, and so tells itself from that of a set, a dict or a digest."""
    if name != "update":
        return name in WRITING
    return bool(call.keywords) and not call.args


def _beginning(node: ast.Constant | ast.JoinedStr) -> str:
    first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else node
    value = first.value if isinstance(first, ast.Constant) else ""
    return value[:40] if isinstance(value, str) and value[:1].isupper() and value[:3].isupper() else ""


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the program that is neither test nor migration."""
    for file in sorted(PACKAGE.rglob("*.py")):
        name = file.relative_to(PACKAGE)
        if not {"tests", "migrations"} & set(name.parts):
            yield name.as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def test_only_the_listed_modules_write_rows() -> None:
    found = [
        f"{file}:{line} {words}" for file, tree in sources() if file not in ALLOWED for line, words in writings(tree)
    ]
    assert not found, "write through core.rows, inside a verb:\n" + "\n".join(found)


def test_the_list_names_nobody_who_does_not() -> None:
    writing = {file for file, tree in sources() if any(writings(tree))}
    assert sorted(ALLOWED.keys() - writing) == []


@pytest.mark.parametrize(
    "written",
    [
        "person.save()",
        "Person.objects.create(sex='female')",
        "Stay.objects.filter(pk=1).update(state='out')",
        "queryset.update(**values)",
        "Need.objects.bulk_create(needs)",
        "household.memberships.all().delete()",
        "cursor.execute('UPDATE people_person SET sex = %s', ['female'])",
        "cursor.execute(f'DELETE FROM {table}')",
    ],
)
def test_a_writing_is_seen(written: str) -> None:
    assert list(writings(ast.parse(written)))


@pytest.mark.parametrize("harmless", ["state.update(part)", "names.update({'a': 1})", "rows.add(person)", "'Update'"])
def test_what_writes_no_row_is_let_be(harmless: str) -> None:
    assert not list(writings(ast.parse(harmless)))


# --- while it runs ---------------------------------------------------------------------------------------------------

_TABLE = re.compile(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
# Whoever forgets a person deletes what is left of them; that leaves an outcome in the journal and is tested there.
_MAY = {rows.__file__, erasure.__file__}


class Watch:
    """Notes every statement of the program that changes a domain table while ``core.rows`` is not at work."""

    def __init__(self) -> None:
        ours = {model._meta.app_label for model in personal.our_models()}
        models = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in ours]
        self.tables = {model._meta.db_table for model in models if model._meta.label not in INFRASTRUCTURE}
        self.written: set[str] = set()
        self.past_rows: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
        found = _TABLE.match(sql)
        if found and found[1] in self.tables:
            self.written.add(found[1])
            if not self._is_as_it_should():
                self.past_rows.append(sql[:120])
        return execute(sql, parameters, many, context)

    def _is_as_it_should(self) -> bool:
        """Whether rows are being written by who may, or by the test itself in front of what it tries."""
        callers = [file for file in _files_on_the_stack() if self._is_ours(file)]
        return bool(_MAY & set(callers)) or self._is_test(callers[0])

    def _is_ours(self, file: str) -> bool:
        return file != __file__ and (self._is_test(file) or PACKAGE in Path(file).parents)

    @staticmethod
    def _is_test(file: str) -> bool:
        return "tests" in Path(file).parts


def _files_on_the_stack() -> Iterator[str]:
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        yield frame.f_code.co_filename
        frame = frame.f_back


def write_from_the_program(do: Callable[[], object]) -> None:
    """Call something as though a module of the program did it."""
    exec(compile("do()", str(PACKAGE / "web" / "views.py"), "exec"), {"do": do})


@pytest.mark.django_db
def test_verbs_write_the_domain_through_rows_only(cast: Cast, settings: Any) -> None:
    settings.API_LIMITS = {"verbs": (10**6, 60), "people": (10**6, 60)}
    cache.clear()
    watch = Watch()
    with connection.execute_wrapper(watch):
        world.build(cast)
    assert watch.past_rows == []
    # The world is small, and yet most of what there is gets written in it.
    assert len(watch.written) > len(watch.tables) / 2


@pytest.mark.django_db
def test_the_watch_sees_what_goes_past_rows(cast: Cast) -> None:
    watch = Watch()
    with connection.execute_wrapper(watch):
        write_from_the_program(lambda: Unit.objects.filter(pk=cast.a.id).update(name="Otro salón"))
        write_from_the_program(lambda: Unit.objects.create(kind=Unit.Kind.AREA, name="Escuintla"))
        write_from_the_program(lambda: cache.set("a-counter", 1))
    assert [sql.split()[0] for sql in watch.past_rows] == ["UPDATE", "INSERT"]
