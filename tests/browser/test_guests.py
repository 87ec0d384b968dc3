"""The tally at the door of a night shelter: by thumb, by keyboard, and what is not saved is said."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Served, open_page

pytestmark = pytest.mark.browser


def door(served: Served, tab: Page) -> Page:
    """The tally of the night shelter that Beto keeps."""
    open_page(tab, f"{served.url}/sites/{served.world.ids['night_shelter']}/guests/")
    return tab


def count_and_save(tab: Page) -> None:
    """Two men by thumb and one by keyboard; a woman too many is taken back."""
    men, women = (tab.locator(f"#id_{sex}_1") for sex in ("male", "female"))
    unsaved = tab.locator("[data-unsaved]")
    before, all_before = int(men.input_value()), int(tab.locator("[data-total]").inner_text())
    expect(unsaved).to_be_empty()
    for _ in range(2):
        men.locator("xpath=following-sibling::button").click()
    men.press("+")
    expect(men).to_have_value(str(before + 3))
    women.locator("xpath=preceding-sibling::button").click()
    expect(women).to_have_value("0")
    expect(tab.locator("[data-total]")).to_have_text(str(all_before + 3))
    expect(unsaved).to_contain_text("+3")
    with tab.expect_navigation():
        tab.locator("form[data-tally-form] button[type=submit]").click()
    expect(tab.locator("#id_male_1")).to_have_value(str(before + 3))
    expect(tab.locator("[data-unsaved]")).to_be_empty()


def test_guests_are_counted_with_one_thumb_on_a_phone(served: Served, chromium: Browser) -> None:
    with served.profile(chromium, "beto", viewport={"width": 360, "height": 740}, has_touch=True) as context:
        tab = door(served, context.new_page())
        for button in tab.locator("[data-more]").all():
            box = button.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 44
        count_and_save(tab)


def test_without_scripts_the_numbers_are_typed(served: Served, chromium: Browser) -> None:
    with served.profile(chromium, "beto", java_script_enabled=False) as context:
        tab = context.new_page()
        tab.goto(f"{served.url}/sites/{served.world.ids['night_shelter']}/guests/")
        expect(tab.locator("[data-more]").first).to_be_hidden()
        tab.locator("#id_female_2").fill("4")
        tab.locator("form[data-tally-form] button[type=submit]").click()
        expect(tab.locator("#id_female_2")).to_have_value("4")
