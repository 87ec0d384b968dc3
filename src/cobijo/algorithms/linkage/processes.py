"""Work shared among processes that see the same memory, where the system can split one; else by this one alone."""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from typing import Any, Final, TypeVar

_MOST: Final = 4
Given = TypeVar("Given")
Made = TypeVar("Made")
Each = Callable[[Iterable[Given]], Iterable[Made]]
Share = Callable[[Callable[[Any], Any], int], AbstractContextManager[Each[Any, Any]]]
"""How work is shared: given the work, and of how many rows it is, a ``map`` of it in the order of what it is given."""
FOR_SEVERAL: Final = 200_000
"""Rows from which several processes are worth their start."""
_held: list[Callable[[Any], Any]] = []


def usual() -> int:
    """As many processes as this one may use processors, four at most."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(_MOST, allowed)


@contextmanager
def uncollected() -> Iterator[None]:
    """While millions of small objects are made, none in a circle: nobody looks for circles among them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def alone(work: Callable[[Given], Made], _rows: int) -> AbstractContextManager[Each[Given, Made]]:
    """Work done by this process."""
    return nullcontext(lambda given: map(work, given))


def several(workers: int) -> Share:
    """Long work shared among so many processes that see what this one holds and end with it; else this one's alone."""
    if workers < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return alone
    return partial(_several, workers)


def _several(workers: int, work: Callable[[Given], Made], rows: int) -> AbstractContextManager[Each[Given, Made]]:
    return _forked(workers, work) if rows > FOR_SEVERAL else alone(work, rows)


@contextmanager
def _forked(workers: int, work: Callable[[Given], Made]) -> Iterator[Each[Given, Made]]:
    _held.append(work)
    try:
        with multiprocessing.get_context("fork").Pool(workers) as pool:
            yield lambda given: pool.imap(_worked, given)
    finally:
        _held.pop()


def _worked(given: Any) -> Any:
    return _held[-1](given)
