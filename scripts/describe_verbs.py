"""Writes docs/develop/verbs.md: every verb of the registry, with what it does and who may, as the code declares it.

A test compares the page with the registry; after a change of verbs run this again and commit the page with it.
"""

import os
import sys
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, Final

import django
from django.db.models import Q, QuerySet

from cobijo.accounts.types import Permission
from cobijo.core.verbs import ALL, HERE, Door, Verb, registry

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "develop" / "verbs.md"
HEAD: Final = """\
# The verbs

Every change of people, sites and figures is one of these. `scripts/describe_verbs.py` writes this page from the code;
do not change it by hand. Arguments, refusals and examples stand in `/api/v1/openapi.json` ([the API](api.md)); what a
verb is, in [the architecture](architecture.md).

- **Kind.** A *fact* has happened: late and in conflict it is accepted and flagged. A *decision* is then refused online,
  and held for review if it arrives late.
- **Doors.** *All*: desk, API, import, command line, device, node. *Here*: desk, API and command line; such a verb never
  comes from a device or another node. Anything else is named.
- **Offline.** Whether it may be done without a connection and sent later.
- **Duty.** *Alone*, or *second*: whoever made the thing is not the one who decides on it.
- **Who may.** Whoever holds one of these permissions where the record is ([roles and permissions](../admin/roles.md)).
  A record the actor does not see is one that does not exist, whatever the permission. The operator at the machine may
  do all of it but what is kept with the name of who did it.
  `tests/access/verbs.txt` says what each of the cast gets.
"""
APPS: Final = {
    "core": "Ground",
    "accounts": "Accounts",
    "people": "People",
    "sites": "Sites and stays",
    "movements": "Arrivals and departures",
    "assistance": "The store",
    "reporting": "Figures",
}
COLUMNS: Final = ("verb", "what it does", "kind", "doors", "offline", "duty", "who may")
GIVING: Final = "the right to give the role"
OF_A_LIST: Final = "whoever the kind of list says: for people of a site, `manage_site` there"
OWN: Final = "whoever is signed in, for their own account"
OPERATOR: Final = "the command line alone"


# --- reading functions -----------------------------------------------------------------------------------------------


def _names(code: CodeType) -> Iterator[str]:
    """Every name a function uses, those of inner functions and comprehensions included."""
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)


def _used(function: Any) -> Iterator[Any]:
    """What a function's names stand for: in its module, and in the modules it names."""
    names = set(_names(function.__code__))
    scopes = [function.__globals__]
    scopes += [vars(one) for one in map(function.__globals__.get, names) if isinstance(one, ModuleType)]
    return (scope[name] for scope in scopes for name in names if name in scope)


def _reached(function: Any, follows: Callable[[Any], bool], seen: set[Any] | None = None) -> Iterator[Any]:
    """A function and those it calls, as far as ``follows`` says."""
    seen = set() if seen is None else seen
    seen.add(function)
    yield function
    for helper in list(_used(function)):
        if hasattr(helper, "__code__") and helper not in seen and follows(helper):
            yield from _reached(helper, follows, seen)


# --- who may ---------------------------------------------------------------------------------------------------------


def _decides(helper: Any) -> bool:
    """Whether a function of an ``access`` module, or of ``authority`` beneath them, says yes or no.

    A condition on rows does not.
    """
    gives = helper.__annotations__.get("return")
    answer = getattr(gives, "__origin__", None) or gives
    return helper.__module__.endswith((".access", ".authority")) and answer not in (Q, QuerySet)


def permissions_of(may: Callable[..., Any]) -> set[Permission]:
    """The permissions that the function deciding on a verb asks for, itself or through helpers."""
    asked: set[Permission] = set()
    for function in _reached(may, _decides):
        names = set(_names(function.__code__))
        if "Permission" in names:
            asked |= {Permission[name] for name in names & set(Permission.__members__)}
        asked |= {one for value in _used(function) if isinstance(value, tuple) for one in value if one in Permission}
    return asked


def inner_verbs(verb: Verb) -> list[str]:
    """The verbs that a verb calls: their access is asked too."""
    bodies: dict[Any, str] = {one.body: name for name, one in registry.items()}
    services = verb.body.__module__.partition(".services")[0] + ".services"
    found = {
        bodies.get(getattr(used, "__wrapped__", None))
        for function in _reached(verb.body, lambda helper: helper.__module__.startswith(services))
        for used in _used(function)
        if callable(used)
    }
    return sorted(name for name in found if name and name != verb.name)


def who_may(verb: Verb) -> str:
    """Who may call a verb: permissions, the verbs it calls, what its access function says of itself."""
    asked = permissions_of(verb.may)
    said = [f"`{one}`" for one in Permission if one in asked]
    if any(function.__name__ == "require_giving" for function in _reached(verb.may, _decides)):
        said.append(GIVING)
    if verb.may.__module__ == "cobijo.core.imports.access":
        said.append(OF_A_LIST)
    if not said:
        said.append(OPERATOR if verb.doors == {Door.COMMAND} else OWN)
    note = (verb.may.__doc__ or "").split("\n", 1)[0]
    calls = ", ".join(f"`{name}`" for name in inner_verbs(verb))
    return " or ".join(said) + (f"; what it calls asks too: {calls}" if calls else "") + (f". {note}" if note else "")


# --- the page --------------------------------------------------------------------------------------------------------


def _doors(verb: Verb) -> str:
    known = {ALL: "all", HERE: "here"}
    return known.get(verb.doors) or ", ".join(sorted(verb.doors))


def row_of(verb: Verb) -> tuple[str, ...]:
    """The cells of a verb in the order of COLUMNS."""
    offline = "yes" if verb.offline else "no"
    return f"`{verb.name}`", verb.summary, verb.kind, _doors(verb), offline, verb.duty, who_may(verb)


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('``', '`').replace('|', '&#124;') for cell in cells)} |"


def _app(verb: Verb) -> str:
    return verb.name.partition(".")[0]


def page() -> str:
    """The whole page as it should be."""
    order = list(APPS)
    verbs = sorted(registry.values(), key=lambda verb: (order.index(_app(verb)), verb.name))
    parts = [HEAD]
    for app, found in groupby(verbs, key=_app):
        lines = [_line(COLUMNS), f"|{'---|' * len(COLUMNS)}", *(_line(row_of(verb)) for verb in found)]
        parts.append(f"## {APPS[app]}\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def main() -> int:
    """Write the page and say whether anything changed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cobijo.config.settings")
    django.setup()
    wanted = page()
    same = PAGE.exists() and PAGE.read_text(encoding="utf-8") == wanted
    if not same:
        PAGE.write_text(wanted, encoding="utf-8")
    print(f"{PAGE.name} {'is as the code says' if same else 'was written anew'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
