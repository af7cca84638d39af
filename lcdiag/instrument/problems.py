"""Mistakes in a TOML file as findings: every one at once, at its place, with a near miss."""

from __future__ import annotations

import re
import tomllib
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Fact, Finding, Severity, near_miss

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

_ONE = {
    "items": "item",
    "scales": "scale",
    "contrasts": "contrast",
    "indicators": "indicator",
    "formats": "format",
    "open_questions": "open question",
    "pages": "page",
    "blocks": "block",
    "points": "points",
    "modelled_on": "citation",
    "citations": "citation",
}
_KINDS = {
    "missing": "problems.missing-key",
    "extra_forbidden": "problems.unknown-key",
    "literal_error": "problems.not-a-choice",
    "enum": "problems.not-a-choice",
    "string_pattern_mismatch": "problems.pattern",
    "string_too_short": "problems.empty",
    "string_too_long": "problems.too-long",
    "string_type": "problems.not-text",
    "bool_type": "problems.not-true-or-false",
    "bool_parsing": "problems.not-true-or-false",
    "int_type": "problems.not-whole-number",
    "int_parsing": "problems.not-whole-number",
    "int_from_float": "problems.not-whole-number",
    "float_type": "problems.not-number",
    "float_parsing": "problems.not-number",
    "tuple_type": "problems.not-list",
    "list_type": "problems.not-list",
    "dict_type": "problems.not-table",
    "model_type": "problems.not-table",
    "model_attributes_type": "problems.not-table",
    "greater_than": "problems.too-small",
    "greater_than_equal": "problems.too-small",
    "less_than": "problems.too-large",
    "less_than_equal": "problems.too-large",
}


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises
    ------
    LcdiagError
        ``problems.no-file``, ``problems.unreadable``, ``problems.not-utf8`` or
        ``problems.toml-syntax`` with the line and what stands there.
    """
    path = Path(path)
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise LcdiagError.single("problems.no-file", path.name, {"path": str(path)}) from error
    except OSError as error:
        facts = {"reason": error.strerror or ""}
        raise LcdiagError.single("problems.unreadable", path.name, facts) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        place = f"{path.name}, line {line}"
        raise LcdiagError.single("problems.not-utf8", place) from error
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        lines = text.splitlines() or [""]
        found = re.search(r"at line (\d+)", str(error))
        line = min(int(found.group(1)) if found else len(lines), len(lines))
        reason = re.sub(r"\s*\(at .*\)$", "", str(error))
        shown = lines[line - 1].strip()[:80]
        where = f"{path.name}, line {line}"
        facts = {"reason": reason, "text": shown}
        raise LcdiagError.single("problems.toml-syntax", where, facts) from error


def findings_of(
    error: ValidationError, model: type[BaseModel], raw: Mapping[str, Any], name: str
) -> list[Finding]:
    """Translate what pydantic refused into findings, one a place.

    Parameters
    ----------
    error : ValidationError
        From ``model.model_validate(raw)``.
    model : type
        The model that refused, to name the keys that exist.
    raw : mapping
        The content as read, to name a row by its id.
    name : str
        The file as the author knows it.

    Returns
    -------
    list of Finding
        Errors in the order of the file's model, each with ``value`` and, where one looks alike,
        ``near``.
    """
    found: dict[str, Finding] = {}
    for one in error.errors(include_url=False):
        location = one["loc"]
        kind = _KINDS.get(one["type"], "problems.not-accepted")
        facts: dict[str, Fact] = {"value": shown(one["input"]), "reason": one["msg"]}
        if kind in ("problems.missing-key", "problems.unknown-key"):
            key = str(location[-1])
            facts["key"] = key
            if kind == "problems.unknown-key":
                keys = keys_at(model, location[:-1])
                facts["options"] = ", ".join(keys)
                facts["near"] = near_miss(key, keys)
            where = place(name, location[:-1], raw)
            found.setdefault(f"{where} {key}", Finding(kind, Severity.ERROR, where, facts))
            continue
        if kind == "problems.not-a-choice":
            options = re.findall(r"'([^']*)'", str(one.get("ctx", {}).get("expected", "")))
            facts["options"] = ", ".join(options)
            facts["near"] = near_miss(str(one["input"]), options)
        context = one.get("ctx", {})
        for limit in ("ge", "gt", "le", "lt", "max_length"):
            if limit in context:
                facts["limit"] = context[limit]
        where = place(name, location, raw)
        found.setdefault(where, Finding(kind, Severity.ERROR, where, facts))
    return list(found.values())


def place(name: str, location: tuple[int | str, ...], raw: Any) -> str:
    """Return a location as its author sees it: ``"trust.toml, scale integrity, item 3"``."""
    parts = [name]
    here: Any = raw
    steps = list(location)
    at = 0
    while at < len(steps):
        key = steps[at]
        if not isinstance(here, list if isinstance(key, int) else Mapping):
            break  # pydantic adds the tried members of a union; the author has no such place
        following = steps[at + 1] if at + 1 < len(steps) else None
        here = _inside(here, key)
        if isinstance(following, int) and isinstance(here, list):
            row = _inside(here, following)
            parts.extend(_row(str(key), following, row))
            here = row
            at += 2
            continue
        parts.append(str(key))
        at += 1
    return ", ".join(parts)


def keys_at(model: type[BaseModel], location: tuple[int | str, ...]) -> tuple[str, ...]:
    """Return the keys that may stand at a location of the model."""
    here: Any = model
    for key in location:
        fields = getattr(here, "model_fields", {})
        if key in fields:
            here = _content(fields[key].annotation)
    return tuple(getattr(here, "model_fields", {}))


def shown(value: object) -> str:
    """Return a value as a short text for a sentence."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _row(key: str, index: int, row: Any) -> tuple[str, ...]:
    if isinstance(row, Mapping) and isinstance(row.get("id"), str) and row["id"]:
        return (f"{_ONE.get(key, key)} {row['id'][:40]}",)
    if key in _ONE:
        return (f"{_ONE[key]} {index + 1}",)
    return (key, f"row {index + 1}")


def _inside(container: Any, key: int | str) -> Any:
    if isinstance(container, Mapping):
        return container.get(key)
    if isinstance(container, list) and isinstance(key, int) and key < len(container):
        return container[key]
    return None


def _content(annotation: Any) -> Any:
    """Return the model inside a tuple, dict, union or annotation, or the annotation itself."""
    origin = typing.get_origin(annotation)
    if origin is None:
        return annotation
    arguments = [one for one in typing.get_args(annotation) if one is not Ellipsis]
    if origin in (dict, Mapping):
        return _content(arguments[-1])
    if origin in (tuple, list, typing.Union, types.UnionType, typing.Annotated):
        return _content(arguments[0])
    return annotation
