"""Renew the pictures and the sample diagnosis in ``reports/samples``.

    python reports/make_samples.py

Needs a Chromium on the path and the extra ``lcdiag[browser]``. The pictures are for people to
look at; no test compares them pixel by pixel.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from lcdiag import diagnose, render
from lcdiag.base.records import write_whole
from lcdiag.workflow.study import sample_study

SAMPLES = Path(__file__).resolve().parent / "samples"
MADE = "2026-11-10"
SMALL, LARGE = 0, 3
"""Places of two communities in the sample study: nine answers, and twenty-eight."""

PICTURES = (
    ("brief-1280", SMALL, 1280, "nl", "brief", "light"),
    ("brief-390", SMALL, 390, "nl", "brief", "light"),
    ("brief-dark-1280", LARGE, 1280, "en", "brief", "dark"),
    ("items-1280", LARGE, 1280, "en", "items", "light"),
    ("same-1280", LARGE, 1280, "nl", "same", "light"),
    ("say-1280", SMALL, 1280, "nl", "say", "light"),
    ("patterns-1280", LARGE, 1280, "en", "patterns", "light"),
    ("guide-1280", SMALL, 1280, "nl", "guide", "light"),
)
"""Name, community, width, language, page and look."""

TALLEST = 1500


def main() -> int:
    """Write the diagnosis of the first community as JSON, and the pictures of its pages."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("no Chromium found on the path", file=sys.stderr)
        return 1
    diagnosis = diagnose(sample_study(), made=MADE)
    first = diagnosis.communities[0]
    write_whole(SAMPLES / "diagnosis.json", diagnosis.only(first).to_json() + "\n")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, place, width, language, page_id, look in PICTURES:
            community = diagnosis.communities[place]
            html = render(diagnosis, community, language=language, explore=False)
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=look)
            page.set_content(html)
            # places are final only once every figure is laid out
            page.wait_for_selector("html.laid", state="attached")
            # a picture of a whole page has no row of links across it
            page.evaluate("document.querySelector('.nav').hidden = true")
            box = page.locator(f"#{page_id}").bounding_box()
            assert box is not None, f"the dashboard has no page {page_id}"
            clip = {"x": 0, "y": box["y"], "width": width, "height": min(box["height"], TALLEST)}
            page.screenshot(path=SAMPLES / f"{name}.png", clip=clip, full_page=True)
            page.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
