"""What a verb is: the one way domain data change. How one runs is in ``operations``.

    @verb("sites.check_in", kind=FACT, doors=ALL, offline=True, duty=ALONE, purpose=SHELTER,
          personal={"person_id": SUBJECT})
    def check_in(act: Act, *, stay_id: UUID, person_id: UUID, space_id: UUID | None) -> Stay: ...

The app's ``access`` module holds ``may_check_in(act, **arguments) -> UUID | None``: it raises NOT_FOUND or NOT_ALLOWED,
and gives the unit under whose grant the act is done. A verb without one stops the start.
"""

import dataclasses
import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from importlib import import_module
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, create_model

from cobijo.core.errors import Sentence
from cobijo.core.personal import FREE, PLAIN, SUBJECT, About, Declared, Mark, Purpose, declaration

__all__ = [
    "ALL", "ALONE", "DECISION", "FACT", "FREE", "HERE", "PLAIN", "SECOND", "SUBJECT",
    "About", "Act", "Door", "Duty", "Kind", "Verb", "verb",
]  # fmt: skip

P = ParamSpec("P")
R = TypeVar("R")


class Kind(StrEnum):
    """A fact has happened: late and in conflict it is accepted and flagged. A decision is then refused or held."""

    FACT = "fact"
    DECISION = "decision"


class Door(StrEnum):
    """Where an act came in."""

    DESK = "desk"
    API = "api"
    IMPORT = "import"
    COMMAND = "command"
    DEVICE = "device"
    NODE = "node"


class Duty(StrEnum):
    """Whether one person may do it alone, or the one who made the thing it decides on may not."""

    ALONE = "alone"
    SECOND = "second"


FACT, DECISION = Kind.FACT, Kind.DECISION
ALONE, SECOND = Duty.ALONE, Duty.SECOND
ALL: Final = frozenset(Door)
HERE: Final = frozenset({Door.DESK, Door.API, Door.COMMAND})
"""The doors of what must never come from a device or another node: roles, keys, agreements, disclosures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who does what, when and from where.

    ``number`` is the device's running number; ``amends`` names the held operation this one replaces.
    """

    actor: UUID
    op_id: UUID
    happened_at: datetime
    node: UUID
    door: Door
    device: UUID | None = None
    number: int | None = None
    amends: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A declared verb: its body, its rules, and the schema of its arguments."""

    name: str
    kind: Kind
    doors: frozenset[Door]
    offline: bool
    duty: Duty
    purpose: Purpose
    version: int
    undo: bool
    personal: Mapping[str, Mark | About]
    body: Callable[..., Any]
    may: Callable[..., UUID | None]
    arguments: type[BaseModel]
    decides_on: str | None = None
    says: Sentence = ""
    shapes: Mapping[str, "Shape"] = field(default_factory=dict)

    @property
    def summary(self) -> str:
        """The first line of the body's docstring."""
        return (inspect.getdoc(self.body) or "").split("\n", 1)[0]


registry: dict[str, Verb] = {}


def words_of(name: str) -> str:
    """What an act is called on a page, in the reader's language; its bare name for one this version does not know."""
    return str(registry[name].says) if name in registry and registry[name].says else name


_run: Callable[..., Any] | None = None


def runs_with(run: Callable[..., Any]) -> None:
    """Called once by ``operations``, which imports this module and not the other way round."""
    global _run  # noqa: PLW0603 - the one link between a declared verb and the machinery that runs it
    _run = run


# --- what an argument is ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shape:
    """How an argument divides into an open part and people's parts: by its mark, or by its record's declaration."""

    mark: Mark | About | None = None
    record: Declared | None = None


def _inner(annotation: Any) -> Any:
    """The annotation without ``| None`` and ``Annotated``."""
    if hasattr(annotation, "__metadata__"):
        return _inner(get_args(annotation)[0])
    parts = [part for part in get_args(annotation) if part is not type(None)]
    if len(parts) == 1 and type(None) in get_args(annotation):
        return _inner(parts[0])
    return annotation


def _element(annotation: Any) -> Any:
    """What an argument holds: the annotation itself, or the element of a list."""
    inner = _inner(annotation)
    return _inner(get_args(inner)[0]) if get_origin(inner) in (list, tuple) else inner


def _shape(name: str, annotation: Any, mark: Mark | About | None) -> Shape:
    element = _element(annotation)
    record = declaration(element)
    if record is not None:
        return Shape(record=record)
    if mark is None and element is not UUID:
        raise TypeError(f"the argument {name} says nowhere whether it is personal")
    return Shape(mark=mark or PLAIN)


def undeclared_parts(of: type) -> list[str]:
    """Fields of a record type that its declaration does not name, and names that are no field."""
    found = declaration(of)
    if found is None:
        return [of.__name__]
    hints = get_type_hints(of)
    names = {part.name for part in dataclasses.fields(of)}
    ids = {name for name in names if _inner(hints[name]) is UUID}
    named = found.personal | set(found.plain)
    return sorted((names - ids - named) | (named - names))


def record_types(of: Verb) -> dict[str, type]:
    """The record types among a verb's arguments, by argument."""
    hints = get_type_hints(of.body)
    elements = {name: _element(hints[name]) for name in of.shapes}
    return {name: kind for name, kind in elements.items() if declaration(kind) is not None}


# --- declaring -------------------------------------------------------------------------------------------------------


def verb(  # noqa: PLR0913 - a declaration says much, each part by its name
    name: str,
    *,
    kind: Kind,
    doors: frozenset[Door],
    offline: bool,
    duty: Duty,
    purpose: Purpose,
    personal: Mapping[str, Mark | About],
    version: int = 1,
    undo: bool = False,
    decides_on: str | None = None,
    says: Sentence = "",
) -> Callable[[Callable[Concatenate[Act, P], R]], Callable[Concatenate[Act, P], R]]:
    """Declare a verb. ``undo`` keeps before-images of what it touches; ``decides_on`` names, for duty SECOND, the
    argument whose maker may not be the actor; ``says`` is what the act is called on a page ("Checked in")."""

    def declare(body: Callable[Concatenate[Act, P], R]) -> Callable[Concatenate[Act, P], R]:
        app, _, act_name = name.partition(".")
        access = import_module(f"cobijo.{app}.access")
        hints = get_type_hints(body, include_extras=True)
        takes = {key: value for key, value in inspect.signature(body).parameters.items() if key != "act"}
        declared = Verb(
            name=name,
            kind=kind,
            doors=doors,
            offline=offline,
            duty=duty,
            purpose=purpose,
            version=version,
            undo=undo,
            personal=personal,
            body=body,
            may=getattr(access, f"may_{act_name}"),
            arguments=_schema(name, takes, hints),
            decides_on=decides_on,
            says=says,
            shapes={key: _shape(f"{name}({key})", hints[key], personal.get(key)) for key in takes},
        )
        if unknown := personal.keys() - takes.keys():
            raise TypeError(f"{name} declares {sorted(unknown)}, which are no arguments of it")
        if (duty is SECOND) != (decides_on is not None):
            raise TypeError(f"{name}: duty SECOND and decides_on go together")
        if registry.setdefault(name, declared) is not declared:
            raise TypeError(f"the verb {name} is declared twice")

        @functools.wraps(body)
        def call(act: Act, *args: P.args, **kwargs: P.kwargs) -> R:
            assert _run is not None, "cobijo.core.operations is imported at start"
            result: R = _run(declared, act, kwargs)
            return result

        return cast(Callable[Concatenate[Act, P], R], call)

    return declare


def _schema(name: str, takes: Mapping[str, inspect.Parameter], hints: Mapping[str, Any]) -> type[BaseModel]:
    """The arguments as a pydantic model: strict, nothing extra, aware moments."""
    fields: dict[str, Any] = {}
    for key, parameter in takes.items():
        annotation = AwareDatetime if hints[key] is datetime else hints[key]
        fields[key] = (annotation, ... if parameter.default is parameter.empty else parameter.default)
    title = "".join(part.title() for part in name.replace(".", "_").split("_"))
    # A record that Python code made is looked at like one that came as JSON.
    config = ConfigDict(strict=True, extra="forbid", revalidate_instances="always")
    return create_model(title, __config__=config, **fields)
