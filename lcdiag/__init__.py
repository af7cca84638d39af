"""Survey instruments and diagnostics for the relational dynamics of Learning Communities."""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_PUBLIC = {
    "check": "api",
    "compare": "api",
    "diagnose": "api",
    "open_instrument": "api",
    "open_study": "api",
    "plan": "evidence",
    "read_responses": "api",
    "render": "api",
    "score": "api",
    "simulate": "evidence",
    "to_frame": "api",
    "validate": "evidence",
}
"""Name of a function to the module that has it."""

__all__ = [*_PUBLIC, "__version__"]


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(importlib.import_module(f"lcdiag.{_PUBLIC[name]}"), name)
    raise AttributeError(f"module 'lcdiag' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
