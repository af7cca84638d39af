"""Survey instruments and diagnostics for the relational dynamics of Learning Communities."""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_PUBLIC = (
    "check",
    "compare",
    "diagnose",
    "open_instrument",
    "open_study",
    "read_responses",
    "render",
    "score",
    "simulate",
    "to_frame",
)

__all__ = [*_PUBLIC, "__version__"]


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(importlib.import_module("lcdiag.api"), name)
    raise AttributeError(f"module 'lcdiag' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
