"""Write the golden boxes anew: python tests/browser/make_geometry.py [after a wanted change].

Look at the figures first. The files are of Debian's Chromium with fonts-dejavu-core.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "views")]

import geometry  # noqa: E402
from visits import Visit  # noqa: E402


def main() -> int:
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    geometry.FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        path = Path(folder) / "page.html"
        path.write_text(geometry.page_text(), encoding="utf-8")
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with Visit(browser, path) as visit:
            if not visit.page.evaluate(geometry.FONT):
                print("this machine sets pages in another font than DejaVu Sans")
                return 1
            for language in geometry.LANGUAGES:
                for width in geometry.WIDTHS:
                    found = geometry.as_json(geometry.look(visit, language, width))
                    geometry.path_of(language, width).write_text(found, encoding="utf-8")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
