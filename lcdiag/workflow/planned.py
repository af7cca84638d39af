"""A plan in the shape that is asked for: text, page or data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lcdiag.base.errors import LcdiagError

if TYPE_CHECKING:
    from lcdiag.planning.plan_model import Plan

FORMATS = ("text", "html", "json")
_ENDINGS = {".html": "html", ".htm": "html", ".json": "json", ".txt": "text"}


def plan_format(asked: str | None, file: Path | None) -> str:
    """Return the shape of a plan: what was asked, else what the file's name says, else text.

    Raises
    ------
    LcdiagError
        ``planning.plan-ending`` where a file has another ending and no shape was asked.
    """
    if asked is not None:
        return asked
    if file is None:
        return "text"
    found = _ENDINGS.get(file.suffix.casefold())
    if found is None:
        raise LcdiagError.single("planning.plan-ending", str(file), {"value": file.suffix})
    return found


def plan_content(plan: Plan, kind: str, language: str) -> str:
    """Return a plan as text, HTML or JSON."""
    from lcdiag.views.plain import sheet_text
    from lcdiag.views.plan_pages import plan_sheet, render_plan

    if kind == "json":
        return plan.to_json()
    if kind == "html":
        return render_plan(plan, language)
    return sheet_text(plan_sheet(plan), language)
