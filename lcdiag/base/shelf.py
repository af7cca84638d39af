"""Where the top-level folders are, installed or in a checkout; the only module that knows."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def shelf(name: str) -> Path:
    """Return the folder ``instruments``, ``reports`` or ``sample_data``.

    Raises
    ------
    FileNotFoundError
        If it is neither inside the installed package nor beside the package in a checkout.
    """
    inside = _PACKAGE / "_shelf" / name
    if inside.is_dir():
        return inside
    beside = _PACKAGE.parent / name
    if beside.is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file():
        return beside
    raise FileNotFoundError(f"lcdiag is not installed whole: the folder {name!r} is missing")


def locale_folder() -> Path:
    """Return the folder with one subfolder of catalogs a language."""
    return _PACKAGE / "locale"
