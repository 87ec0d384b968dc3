"""The README's pictures are written in few colours, and show what was photographed."""

import base64
import re
from typing import Any

import pytest
from playwright.sync_api import Page

from scripts import palette

pytestmark = pytest.mark.browser


def pixels(tab: Page, png: bytes) -> Any:
    return tab.evaluate(palette._PIXELS, base64.b64encode(png).decode())


def photograph(page: Page, body: str) -> bytes:
    page.set_content(f"<body style='margin:0'>{body}")
    return page.screenshot()


def test_a_picture_of_few_colours_stays_as_it_is(page: Page) -> None:
    bars = "".join(f"<div style='height:20px;background:rgb({at * 8},40,90)'></div>" for at in range(30))
    taken = photograph(page, bars)
    assert pixels(page, palette.few_colours(page, taken)) == pixels(page, taken)


def test_a_picture_of_many_colours_gets_the_commonest_and_the_nearest(page: Page) -> None:
    taken = photograph(page, "<div style='height:600px;background:linear-gradient(90deg, #000, #fc3, #06f)'></div>")
    written = palette.few_colours(page, taken)
    [size] = re.findall(rb"(....)PLTE", written, re.DOTALL)
    assert int.from_bytes(size, "big") == 3 * palette.COLOURS
    before, after = (base64.b64decode(pixels(page, one)[2]) for one in (taken, written))
    assert before != after
    assert max(abs(a - b) for a, b in zip(before, after, strict=True)) < 16
