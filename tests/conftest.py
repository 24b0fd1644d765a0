from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.tools import required

if TYPE_CHECKING:
    from playwright.sync_api import Browser


# Not for the session: only one playwright may run at a time, and another module may start its own.
@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    from playwright.sync_api import sync_playwright

    chromium = required("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()
