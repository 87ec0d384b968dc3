"""How long a list takes: opened, checked and shown; entered, while a registrar registers beside it.

Entering runs in a process of its own, as the ticker does; that this one registers meanwhile costs it time, as it would.
"""

import os
import random
import resource
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

import xlsxwriter
from django.db import connections
from django.urls import reverse

from cobijo.accounts.types import Role
from cobijo.core import clock
from cobijo.core.ids import uuid7
from cobijo.core.imports import accepting, batches, checking
from cobijo.core.imports.models import ImportBatch
from cobijo.demo.bench import world as setting
from cobijo.demo.bench.asking import Browser
from cobijo.demo.bench.families import Families
from cobijo.demo.bench.report import machine
from cobijo.demo.bench.world import ZONE, Said, World

HEADINGS: Final = (
    "No. familia", "Nombres", "Primer apellido", "Segundo apellido", "Sexo", "Fecha de nacimiento", "Parentesco", "DPI",
    "Teléfono", "Procedencia", "Aula",
)  # fmt: skip
_KINSHIP: Final = {"head": "jefa", "spouse": "esposo", "child": "hijo", "relative": "tía"}
SITES: Final = 2
PAUSE: Final = 0.5
"""Seconds between two registrations beside: a desk with a queue takes longer over each."""
MEGABYTE: Final = 1_000
"""Of what the system counts memory in: kilobytes."""


@dataclass(slots=True)
class Times:
    """Seconds of each step, milliseconds of each registration beside, megabytes at most."""

    read: float = 0.0
    check: float = 0.0
    show: float = 0.0
    enter: float = 0.0
    beside: tuple[float, ...] = ()
    memory_checking: float = 0.0
    memory_entering: float = 0.0


def run(rows: int, seed: int, say: Said) -> dict[str, Any]:
    """Measure a list of so many rows on a database that holds two empty sites."""
    world = setting.open_response()
    for _ in range(SITES):
        setting.add_site(world)
    manager = setting.make_account("manager", Role.SITE_MANAGER, world.sites[0])
    registrar = setting.make_account("registrar", Role.REGISTRAR, world.sites[1])
    draw = Families(random.Random(seed))  # noqa: S311 - fictitious people, not secrets
    content = workbook(draw, rows, clock.today(ZoneInfo(ZONE)))
    times = Times()
    batch = _check(world, manager, content, times)
    _enter(world, batch, manager, registrar, draw, times, say)
    return _said(rows, seed, len(content), times, checking.counts(batch))


def workbook(draw: Families, rows: int, today: date) -> bytes:
    """A list of households as a site keeps it, eleven columns."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("Albergados")
    sheet.write_row(0, 0, HEADINGS)
    for at, row in enumerate(_rows(draw, rows, today), 1):
        sheet.write_row(at, 0, row)
    book.close()
    return file.getvalue()


def _rows(draw: Families, rows: int, today: date) -> Iterator[tuple[Any, ...]]:
    written, household = 0, 0
    while written < rows:
        household += 1
        for member in draw.household(uuid7(), uuid7(), today)["members"][: rows - written]:
            born = member["birth"]
            yield (
                household,
                member["given_names"],
                member["first_surname"],
                member["second_surname"],
                "F" if member["sex"] == "female" else "H",
                f"{born['day']:02}/{born['month']:02}/{born['year']}",
                _KINSHIP[member["kinship"]],
                next((one["number"] for one in member["documents"]), ""),
                next((one["number"] for one in member["phones"]), ""),
                member["origin_place"],
                f"Aula {1 + household % setting.ROOMS}",
            )
            written += 1


def _check(world: World, manager: UUID, content: bytes, times: Times) -> ImportBatch:
    """Hand it in, confirm what was guessed, look at the page."""
    browser = Browser(manager)
    began = time.monotonic()
    batch = batches.hand_in(manager, "households", world.sites[0], "albergados.xlsx", content)
    times.read = time.monotonic() - began
    columns = {int(at): name for at, name in batch.columns.items()}
    batches.choose(batch, columns, batch.answers | {"date_order": "dmy"})
    times.check = time.monotonic() - began - times.read
    browser.read(reverse("web:list", args=[batch.pk]))
    times.show = time.monotonic() - began - times.read - times.check
    times.memory_checking = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    return batch


def _enter(
    world: World, batch: ImportBatch, manager: UUID, registrar: UUID, draw: Families, times: Times, say: Said
) -> None:
    accepting.accept(batch, manager)
    entries = checking.counts(batch)["entries"]
    began = time.monotonic()
    other = _in_a_process_of_its_own()
    beside: list[float] = []
    browser = Browser(registrar)
    while os.waitpid(other, os.WNOHANG)[0] == 0:
        beside.append(_register(world, browser, draw))
        say("entering", checking.counts(batch)["entered"], entries)
        time.sleep(PAUSE)
    times.enter = time.monotonic() - began
    times.beside = tuple(beside)
    times.memory_entering = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MEGABYTE


def _in_a_process_of_its_own() -> int:
    """Enter everything elsewhere, as the ticker does; gives the process's number."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    try:
        while accepting.carry_on(0.8):
            time.sleep(0.1)
    finally:
        connections.close_all()
        os._exit(0)


def _register(world: World, browser: Browser, draw: Families) -> float:
    """Register a household of five at the other site over HTTP; gives the milliseconds."""
    arguments = draw.household(world.sites[1], world.rooms[1][0], clock.today(ZoneInfo(ZONE)))
    body = {"op_id": uuid7(), "arguments": arguments}
    send = browser.sending("/api/v1/verbs/sites.receive_household", body)
    began = time.monotonic()
    send()
    return (time.monotonic() - began) * 1_000


def _said(rows: int, seed: int, size: int, times: Times, counts: dict[str, int]) -> dict[str, Any]:
    cuts = statistics.quantiles(times.beside, n=100, method="inclusive") if len(times.beside) > 1 else [0.0] * 99
    return {
        "benchmark": "import",
        "rows": rows,
        "seed": seed,
        "file_bytes": size,
        "read_seconds": round(times.read, 2),
        "check_seconds": round(times.check, 2),
        "show_seconds": round(times.show, 2),
        "checked_and_shown_seconds": round(times.read + times.check + times.show, 2),
        "enter_seconds": round(times.enter, 1),
        "rows_entered": counts["accepted"],
        "households_entered": counts["entered"],
        "beside": {"registrations": len(times.beside), "p50_ms": round(cuts[49], 1), "p95_ms": round(cuts[94], 1)},
        "memory_mb": {"checking": round(times.memory_checking), "entering": round(times.memory_entering)},
        "machine": machine(),
    }


def as_text(found: dict[str, Any]) -> str:
    """The figures for reading."""
    beside, memory = found["beside"], found["memory_mb"]
    return "\n".join(
        [
            f"{found['rows']:,} rows, {found['file_bytes'] / 1e6:.1f} MB",
            f"checked and shown in {found['checked_and_shown_seconds']:.1f} s (opened {found['read_seconds']:.1f}, "
            f"checked {found['check_seconds']:.1f}, shown {found['show_seconds']:.2f})",
            f"{found['rows_entered']:,} rows in {found['households_entered']:,} households entered in "
            f"{found['enter_seconds']:.0f} s",
            f"{beside['registrations']} registrations beside: p50 {beside['p50_ms']:.0f} ms, "
            f"p95 {beside['p95_ms']:.0f} ms",
            f"memory at most {memory['checking']} MB checking, {memory['entering']} MB entering",
        ]
    )
