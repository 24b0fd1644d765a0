"""The page of `aml-build watch` in a real browser."""

from playwright.sync_api import Browser, Page, expect

SECONDS = 1000
PATIENCE = 20 * SECONDS


class Seen:
    """The page, and what went wrong on it."""

    def __init__(self, browser: Browser, url: str) -> None:
        # The page's own policy would stop the tests' scripts; one test leaves it in force.
        self.page: Page = browser.new_page(viewport={"width": 1200, "height": 700}, bypass_csp=True)
        self.faults: list[str] = []
        self.page.on("console", lambda m: self.faults.append(f"{m.type}: {m.text}"))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        self.page.goto(url)
        self.page.wait_for_selector(".pv-shown")
        # Gone after a reload: what is checked at the end of most tests.
        self.page.evaluate("window.here = 'from the start'")

    @property
    def reloaded(self) -> bool:
        return self.page.evaluate("window.here") is None

    def wait_for(self, key: str, words: str) -> None:
        """Wait until a card of that name shows the words, within the window."""
        self.page.wait_for_function(
            """([key, words]) => [...document.querySelectorAll('.pv-card')].some((card) => {
                const { top, bottom } = card.getBoundingClientRect();
                return card.dataset.card === key && card.innerText.includes(words)
                    && bottom > 0 && top < innerHeight;
            })""",
            arg=[key, words],
        )
