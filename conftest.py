"""What every test of every app starts from: no network, no surprise between two runs."""

import ipaddress
import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone, translation
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.cast"]

# `make test` gives the same examples every time; a developer's own runs look further.
_COMMON: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("same", derandomize=True, database=None, **_COMMON)
settings.register_profile("search", **_COMMON)
settings.load_profile("same" if os.environ.get("CI") else "search")


def pytest_configure() -> None:
    """A program that a test starts takes its own settings, not the tests'."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


@pytest.fixture(autouse=True)
def _nobodys_language() -> Iterator[None]:
    """A request in one test does not decide the language or the zone of the next."""
    yield
    translation.deactivate()
    timezone.deactivate()


class NetworkBlockedError(RuntimeError):
    """A test asked for another machine. No OSError, so that nothing swallows it as a failed connection."""


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Tests reach this machine only: loopback and socket files."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex", "sendto"):
        patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    patch.setattr(socket, "getaddrinfo", _guarded_lookup(socket.getaddrinfo))
    yield
    patch.undo()


def _guarded(method: Any) -> Any:
    def call(self: socket.socket, *args: Any) -> Any:
        address = args[-1]
        if self.family != socket.AF_UNIX and not _is_here(address[0]):
            raise NetworkBlockedError(f"a test tried to reach {address[0]}; use a part that stands on this machine")
        return method(self, *args)

    return call


def _guarded_lookup(lookup: Any) -> Any:
    def call(host: Any, *args: Any, **options: Any) -> Any:
        if not _is_here(host):
            raise NetworkBlockedError(f"a test tried to look up {host}; use a part that stands on this machine")
        return lookup(host, *args, **options)

    return call


def _is_here(host: Any) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
