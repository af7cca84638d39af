"""The folder is the list: find one named constant in every module of a package."""

from __future__ import annotations

import importlib
import pkgutil
from importlib.metadata import entry_points
from typing import Any


def gather(package: str, constant: str) -> dict[str, Any]:
    """Return the named constant of each module in a package, and of plug-ins.

    Parameters
    ----------
    package : str
        Dotted name, for instance ``"lcdiag.views.pages"``. Entry points of the same group name
        join from other distributions.
    constant : str
        The name that each module must offer, for instance ``"PAGE"``.

    Returns
    -------
    dict
        Module name to constant, sorted by module name; plug-ins come after.

    Raises
    ------
    AttributeError
        If a module of the package does not offer the constant.
    """
    folder = importlib.import_module(package)
    found: dict[str, Any] = {}
    for info in sorted(pkgutil.iter_modules(folder.__path__), key=lambda module: module.name):
        found[info.name] = getattr(importlib.import_module(f"{package}.{info.name}"), constant)
    for entry in sorted(entry_points(group=package), key=lambda point: point.name):
        found[entry.name] = entry.load()
    return found
