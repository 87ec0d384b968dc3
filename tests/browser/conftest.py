"""The small world behind the real server: gunicorn, compressed static files, in production's settings but for TLS."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page

from cobijo.accounts.models import Account
from cobijo.demo.bench.scratch import scratch
from tests.access import world as small
from tests.access.world import World
from tests.browser.page_types import PageType, account_of
from tests.cast import assemble, sign_in

PATIENCE_SECONDS = 40
ZONE = "America/Guatemala"


@dataclass(frozen=True)
class Served:
    """The world, and where the server shows it."""

    world: World
    url: str
    sessions: dict[str, str]

    def address(self, page: PageType) -> str:
        return self.url + page.address(self.world)

    @contextmanager
    def profile(self, chromium: Browser, who: str, **options: Any) -> Iterator[BrowserContext]:
        """A fresh profile in which somebody is signed in; ``anyone`` is nobody."""
        context = chromium.new_context(timezone_id=ZONE, **options)
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        if who in self.sessions:
            context.add_cookies([{"name": "sessionid", "value": self.sessions[who], "url": self.url}])
        yield context
        context.close()


# What a page fetches by itself has come: the nights of a census in place of the link to them, the words of the desk.
_SETTLED = """() => document.readyState === "complete"
  && ![...document.querySelectorAll("[hx-trigger=load]")]
    .some(one => one.querySelector(`a[href="${one.getAttribute("hx-get")}"]`))
  && !document.querySelector("[data-desk]:not([data-ready])")"""


def open_page(tab: Page, address: str) -> None:
    """Open an address, which must be a page, and wait until nothing more comes."""
    answer = tab.goto(address)
    assert answer is not None
    assert answer.status == 200, f"{answer.status} {address}"
    tab.wait_for_function(_SETTLED)


@pytest.fixture(scope="module")
def served(chromium: Browser, django_db_blocker: Any) -> Iterator[Served]:
    """One world and one server for all tests of a file, in a database of its own; what they do to it stays there."""
    if connection.vendor != "sqlite":
        pytest.skip("another process opens the database as a file")
    with django_db_blocker.unblock(), scratch() as folder:
        cast = assemble()
        world = small.build(cast)
        sessions = {name: _session(account_of(cast, name)) for name in _NAMES}
        with _server(folder) as url:
            yield Served(world, url, sessions)


_NAMES = ("ana", "beto", "carla", "diego", "elena", "felix", "gloria", "hugo")


def _session(account: Any) -> str:
    return str(sign_in(Account.objects.get(pk=account)).cookies["sessionid"].value)


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """gunicorn as ``cobijo serve`` starts it, on the test's database; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    own = {
        "COBIJO_DATA": str(folder),
        "COBIJO_NODE_KEY": str(settings.NODE_KEY_FILE),
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
    }
    command = [sys.executable, "-m", "gunicorn", "cobijo.config.wsgi:application", f"--bind=127.0.0.1:{port}"]
    options = ["--worker-class=gthread", "--threads=4", "--log-level=warning", "--no-control-socket"]
    with subprocess.Popen([*command, *options], env=os.environ | own) as running:
        try:
            _wait_for(running, f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()


def _wait_for(running: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert running.poll() is None, "the server ended before it was ready"
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not become ready")
