"""Bytes over the wire, as Chromium counts them: 150 KB with an empty cache, 30 KB for each page after that."""

import sys
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Served, open_page
from tests.browser.page_types import PageType, page_types

pytestmark = pytest.mark.browser

FIRST_LOAD, AFTERWARDS = 150_000, 30_000
QUIET_MILLISECONDS = 150


@dataclass
class Wire:
    """What comes over the wire for a tab, headers included, by address; what the cache gives costs nothing."""

    loads: dict[str, list[str]] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, tab: Page) -> "Wire":
        wire, session = cls(), tab.context.new_cdp_session(tab)
        session.on("Network.requestWillBeSent", wire._asked)
        session.on("Network.loadingFinished", wire._came)
        session.send("Network.enable")
        return wire

    def _asked(self, event: dict[str, Any]) -> None:
        self.loads.setdefault(event["requestId"], []).append(event["request"]["url"])

    def _came(self, event: dict[str, Any]) -> None:
        self.bytes[event["requestId"]] = int(event["encodedDataLength"])

    def since_last(self) -> "Wire":
        """What came since this was asked last; forgets it."""
        found = Wire(self.loads.copy(), self.bytes.copy())
        self.loads.clear()
        self.bytes.clear()
        return found

    @property
    def total(self) -> int:
        return sum(self.bytes.values())

    def __str__(self) -> str:
        """The largest first."""
        named = {self.loads.get(key, ["?"])[-1]: count for key, count in self.bytes.items()}
        parts = sorted(named.items(), key=lambda part: -part[1])
        return f"{self.total:,} bytes: " + ", ".join(f"{urlsplit(url).path} {count:,}" for url, count in parts)


@pytest.mark.parametrize("page_type", page_types(), ids=str)
def test_a_page_keeps_to_its_budget(served: Served, chromium: Browser, page_type: PageType) -> None:
    with served.profile(chromium, page_type.who, locale="es-GT", viewport={"width": 360, "height": 740}) as profile:
        tab = profile.new_page()
        wire = Wire.of(tab)
        open_page(tab, served.address(page_type))
        tab.wait_for_timeout(QUIET_MILLISECONDS)
        first = wire.since_last()
        assert first.total <= FIRST_LOAD, f"{page_type} costs {first}"
        open_page(tab, served.address(page_type))
        tab.wait_for_timeout(QUIET_MILLISECONDS)
        again = wire.since_last()
        assert again.total <= AFTERWARDS, f"{page_type} costs again {again}"
    sys.stdout.write(f"{page_type}: {first.total:,} bytes, then {again.total:,}\n")  # seen with pytest -rA
