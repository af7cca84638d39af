"""The look as one style sheet and one script, and the policy that lets only these run."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

from lcdiag.base.shelf import shelf

SWITCH = "document.documentElement.className='js'"
"""Runs before anything is painted, so that nothing moves once the script is there."""

_FOLDER = "dashboard"
_EXPLORE = "-explore.js"


@cache
def style() -> str:
    """Return the style sheet of the dashboards: the files of its folder, in their order."""
    return "".join(static(f"{_FOLDER}/{name}") for name in _files(".css"))


@cache
def script(*, explore: bool) -> str:
    """Return the script of the dashboards, with or without the part that opens plotly."""
    parts = [name for name in _files(".js") if explore or not name.endswith(_EXPLORE)]
    body = "\n".join(static(f"{_FOLDER}/{name}") for name in parts)
    return f"(()=>{{\n'use strict';\n{body}\n}})();"


@cache
def static(name: str) -> str:
    """Return a file of ``reports/static`` without comments and indentation."""
    text = (shelf("reports") / "static" / name).read_text(encoding="utf-8")
    if name.endswith(".css"):
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        text = re.sub(r"\s+", " ", text)
        return re.sub(r" ?([{};,>]) ?", r"\1", text).strip()
    lines = (line.strip() for line in text.splitlines())
    kept = "\n".join(line for line in lines if line and not line.startswith("//"))
    return re.sub(r"(?<=[;{,(\[])\n", "", kept)  # no statement can end there


def fingerprint(text: str) -> str:
    """Return the source expression of a text for a content security policy."""
    raw = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(raw).decode('ascii')}'"


def policy(
    scripts: tuple[str, ...],
    styles: tuple[str, ...],
    *,
    style_attributes: bool = False,
    images: bool = False,
) -> str:
    """Return a policy that allows nothing but what is named by its fingerprint.

    Parameters
    ----------
    scripts, styles : tuple of str
        Fingerprints (`fingerprint`) of what may run or be applied.
    style_attributes : bool
        Whether style attributes may be written, as plotly does.
    images : bool
        Whether pictures may be made within the page.
    """
    rules = ["default-src 'none'"]
    if scripts:
        rules.append("script-src " + " ".join(scripts))
    rules.append("style-src " + " ".join(styles))
    if style_attributes:
        rules.append("style-src-attr 'unsafe-inline'")
    if images:
        rules.append("img-src data: blob:")
    rules += ["base-uri 'none'", "form-action 'none'"]
    return "; ".join(rules)


def _files(ending: str) -> list[str]:
    folder = shelf("reports") / "static" / _FOLDER
    return sorted(path.name for path in folder.iterdir() if path.name.endswith(ending))
