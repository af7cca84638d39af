"""A page in the browser, and everything it complained about or asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """rules => axe.run(document, {runOnly: rules}).then(found => found.violations.map(
  v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')))"""


class Visit:
    """A page in the browser, and everything it complained about or asked for."""

    def __init__(self, browser: Any, path: Path, width: int = 1280, **context: Any) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, reduced_motion="reduce", **context
        )
        self.page = self.context.new_page()
        self.trouble: list[str] = []
        self.page.on("console", lambda said: self.trouble.append(said.text))
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("request", self._request)
        self.page.goto(path.as_uri())
        if context.get("java_script_enabled", True):
            self.rest()

    def _request(self, request: Any) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            self.trouble.append(request.url)

    def rest(self) -> None:
        """Wait until the whole page is laid out: nothing may move while it is measured."""
        self.page.wait_for_selector("html.laid", state="attached")

    def speak(self, language: str) -> None:
        """Switch to this language, unless the page speaks it already."""
        if self.page.evaluate("document.documentElement.lang") != language:
            self.page.click(f'[data-lang="{language}"]')
            self.page.wait_for_selector(f'html[lang="{language}"]', state="attached")
            self.rest()

    def resize(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.evaluate(
            "new Promise(d => requestAnimationFrame(() => requestAnimationFrame(d)))"
        )

    def dress(self, rules: str) -> None:
        """Put a style sheet over the page, as a reader's own would be; "" takes it off."""
        self.page.evaluate(
            """rules => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rules);
            document.adoptedStyleSheets = rules ? [sheet] : []; }""",
            rules,
        )

    def show_waves(self, every: bool) -> None:
        """Show the earlier waves as well, or the last one of each part alone."""
        self.page.evaluate(
            """every => { for (const w of document.querySelectorAll('.wave')) {
            const next = w.nextElementSibling, last = !next || !next.matches('.wave');
            w.hidden = !(every || last); w.open = every || last; } }""",
            every,
        )

    def open_tables(self) -> None:
        self.page.evaluate("document.querySelectorAll('.foot details').forEach(d=>d.open=true)")
        self.page.wait_for_timeout(50)

    def explore(self, place: int) -> None:
        self.page.locator(".xp:visible").nth(place).click()
        self.page.wait_for_selector("#xp-w", state="hidden", timeout=30_000)
        assert self.page.locator("#xp-f").is_hidden()
        assert self.page.locator("#xp-p .main-svg").count() > 0

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()
