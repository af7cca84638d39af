"""Pages as A4 PDF, printed through a Chromium that is on this machine."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from lcdiag.base.errors import LcdiagError

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
"""Commands by which a browser of this family is known, first choice first."""

WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
"""Places below the folders in which Windows keeps programs."""

MAC = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
"""Places below the folders in which macOS keeps programs."""

SECONDS = 120
"""How long printing one page may take, so that a browser that hangs does not hang us."""

_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
    "--export-tagged-pdf",
)
_MOMENT = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")
_NODE = re.compile(rb"\(node(\d{8})\)")


def find_browser(
    environment: Mapping[str, str] | None = None, system: str = sys.platform
) -> Path | None:
    """Return a browser that can print, or None where none is found.

    Parameters
    ----------
    environment : mapping, optional
        ``CHROMIUM`` names the one to use; those of the process if not given.
    system : str
        As ``sys.platform`` says it.
    """
    known = os.environ if environment is None else environment
    asked = known.get("CHROMIUM")
    if asked:
        found = shutil.which(asked, path=known.get("PATH"))
        return Path(found) if found else None
    for name in NAMES:
        found = shutil.which(name, path=known.get("PATH", ""))
        if found:
            return Path(found)
    return next((place for place in _places(known, system) if place.is_file()), None)


def need_browser(kind: str = "html") -> Path:
    """Return the browser that prints, before anything is worked out.

    Parameters
    ----------
    kind : str
        What kind of report is made; only pages can be printed.

    Raises
    ------
    LcdiagError
        ``interaction.pdf-pages-only`` or ``interaction.pdf-no-browser``, which says what to do.
    """
    if kind != "html":
        raise LcdiagError.single("interaction.pdf-pages-only", "", {"value": kind})
    browser = find_browser()
    if browser is None:
        raise LcdiagError.single("interaction.pdf-no-browser")
    return browser


def printed(
    files: Mapping[str, bytes],
    folder: Path,
    made: str,
    *,
    browser: Path | None = None,
    seconds: float = SECONDS,
    done: Callable[[], None] = lambda: None,
) -> dict[str, bytes]:
    """Return a PDF for each page of a report, by its name; the index is no page to print.

    Each is tagged, has an outline and carries the title of its page. The same page printed by the
    same browser gives the same bytes.

    Parameters
    ----------
    files : mapping
        Name to content; only those that end in ``.html`` are printed.
    folder : Path
        Below it, or the nearest folder above it that is there, the browser reads and writes. Some
        browsers cannot reach the folder that a system keeps for temporary files.
    made : str
        ISO date that the files carry.
    browser : Path, optional
        Which one prints; the first that is found if not given.
    seconds : float
        How long one page may take.
    done : callable
        Called after each page, to show progress.

    Raises
    ------
    LcdiagError
        ``interaction.pdf-no-browser`` or ``interaction.pdf-failed``; nothing is written then.
    """
    program = need_browser() if browser is None else browser
    near = next(one for one in (folder.resolve(), *folder.resolve().parents) if one.is_dir())
    found: dict[str, bytes] = {}
    for name, content in files.items():
        if not name.endswith(".html") or name.endswith("index.html"):
            continue
        with tempfile.TemporaryDirectory(prefix="pdf-", dir=near, ignore_cleanup_errors=True) as at:
            raw = _print(program, content, Path(at), seconds)
        if not raw.startswith(b"%PDF-"):
            raise LcdiagError.single(
                "interaction.pdf-failed", name, {"browser": str(program), "seconds": int(seconds)}
            )
        found[f"{name.removesuffix('.html')}.pdf"] = _settled(raw, made)
        done()
    return found


def _settled(raw: bytes, made: str) -> bytes:
    """Return a PDF without what differs from one time to the next; no byte changes its place.

    The browser writes the moment, and numbers the elements by a count that goes on while the page
    is laid out; their order is what matters.
    """
    moment = made.replace("-", "").ljust(14, "0").encode("ascii")
    ranks = {
        node: b"(node%08d)" % place for place, node in enumerate(sorted(set(_NODE.findall(raw))))
    }
    return _NODE.sub(lambda node: ranks[node[1]], _MOMENT.sub(rb"\g<1>" + moment, raw))


def _print(browser: Path, page: bytes, folder: Path, seconds: float) -> bytes:
    """Return what the browser prints; nothing where it fails or takes too long."""
    source, target = folder / "page.html", folder / "page.pdf"
    source.write_bytes(page)
    profile = folder / "profile"
    words = [str(browser), *_FLAGS, f"--user-data-dir={profile}", f"--print-to-pdf={target}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        words.append("--no-sandbox")  # as root it refuses to start with one; the page is our own
    if not _run([*words, source.as_uri()], seconds) or not target.is_file():
        return b""
    return target.read_bytes()


def _run(words: Sequence[str], seconds: float) -> bool:
    """Run a program and return whether it went well; it and what it started end in time."""
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            words, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
    except OSError:
        return False
    try:
        return process.wait(timeout=seconds) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            with contextlib.suppress(OSError):
                if hasattr(os, "killpg"):
                    os.killpg(process.pid, signal.SIGKILL)
                else:
                    process.kill()
            process.wait()


def _places(known: Mapping[str, str], system: str) -> list[Path]:
    if system == "win32":
        roots = [known.get(n) for n in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        return [Path(root) / place for place in WINDOWS for root in roots if root]
    if system == "darwin":
        homes = [Path("/Applications"), Path(known.get("HOME", "/")) / "Applications"]
        return [home / place for place in MAC for home in homes]
    return []
