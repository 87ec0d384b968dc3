"""Hooks: what must happen elsewhere inside the same transaction. A receiver may refuse by raising a DomainError."""

from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Hook(Generic[P]):
    """A named moment of a verb that other apps join in ``ready()``; receivers run in the order they joined."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._receivers: list[Callable[P, None]] = []

    def join(self, receiver: Callable[P, None]) -> Callable[P, None]:
        if receiver not in self._receivers:
            self._receivers.append(receiver)
        return receiver

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        for receiver in self._receivers:
            receiver(*args, **kwargs)
