"""What does not fit the model, said in the words of the file: its tables, keys and ids."""

from __future__ import annotations

import json
import typing
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from lcdiag.base.findings import Fact, Finding, Severity, near_miss

_KINDS = {
    "items": "item",
    "scales": "scale",
    "contrasts": "topic",
    "indicators": "indicator",
    "conditions": "condition",
    "open_questions": "open question",
    "expected": "expected relation",
    "formats": "format",
    "pages": "page",
    "modelled_on": "citation",
    "citations": "citation",
    "communities": "communities, row",
    "parties": "parties, row",
    "waves": "waves, row",
    "agreed": "agreed, row",
}
_EXPECTED = {
    "string_type": "text",
    "bool_type": "true-or-false",
    "int_type": "whole-number",
    "int_from_float": "whole-number",
    "float_type": "number",
    "finite_number": "number",
    "tuple_type": "list",
    "list_type": "list",
    "dict_type": "table",
    "model_type": "table",
    "model_attributes_type": "table",
}
_LIMITS = {
    "greater_than": "gt",
    "greater_than_equal": "ge",
    "less_than": "lt",
    "less_than_equal": "le",
}


def validate(model: type[BaseModel], raw: Mapping[str, Any]) -> BaseModel:
    """Return the model made from plain data; strict, but lists and words come as in a file."""
    return model.model_validate_json(json.dumps(raw, default=str), strict=True)


def shape_findings(
    model: type[BaseModel], raw: Mapping[str, Any], error: ValidationError, where: str
) -> tuple[Finding, ...]:
    """Return one finding for each thing that does not fit.

    Parameters
    ----------
    model : type
        The model of the whole file.
    raw : mapping
        The content of the file.
    error : ValidationError
        What pydantic said of it.
    where : str
        How the reader knows the file.

    Returns
    -------
    tuple of Finding
        In the order of the file's model; two remarks on one place and key come once.
    """
    found: dict[tuple[str, str, str], Finding] = {}
    for detail in error.errors(include_url=False):
        finding = _finding(model, raw, detail, where)
        key = str(finding.facts.get("key", ""))
        found.setdefault((finding.where, key, finding.code), finding)
    return tuple(found.values())


def _finding(
    model: type[BaseModel], raw: Mapping[str, Any], detail: ErrorDetails, where: str
) -> Finding:
    kind, loc = detail["type"], detail["loc"]
    place, key = _place(raw, loc, where)
    value = _shown(detail.get("input"))
    facts: dict[str, Fact] = {"key": key}
    if kind == "extra_forbidden":
        home = _model_at(model, loc[:-1])
        options = _keys(home) if home else ()
        code, facts["options"] = "unknown-key", options
        near = near_miss(str(loc[-1]), options)
    elif kind == "missing":
        return Finding("instrument.missing-key", Severity.ERROR, place, facts)
    elif kind in ("enum", "literal_error"):
        options = _options(detail)
        code, facts["value"], facts["options"] = "not-an-option", value, options
        near = near_miss(value, options)
    elif kind in ("string_pattern_mismatch", "string_too_long", "string_too_short"):
        code, facts["value"], near = "bad-id", value, ""
        if kind != "string_pattern_mismatch" and key != "id":
            code = "bad-length"
    elif kind in _LIMITS:
        code, near = f"limit-{_LIMITS[kind]}", ""
        facts |= {"value": value, "limit": f"{detail['ctx'][_LIMITS[kind]]:g}"}
    elif kind in _EXPECTED:
        code, near = f"expected-{_EXPECTED[kind]}", ""
        facts["value"] = f'"{value}"' if isinstance(detail.get("input"), str) else value
    else:
        code, near = "does-not-fit", ""
        facts |= {"value": value, "reason": detail["msg"]}
    if near:
        facts["near"] = near
    return Finding(f"instrument.{code}", Severity.ERROR, place, facts)


def _place(raw: Any, loc: Sequence[int | str], where: str) -> tuple[str, str]:
    """Return the place in the author's words and the key, for instance "text.nl"."""
    parts: list[str] = [where]
    keys: list[str] = []
    here: Any = raw
    kind = ""
    for step in loc:
        inside = here[step] if _has(here, step) else None
        if kind and (isinstance(step, int) or kind == "format"):
            named = inside.get("id") if isinstance(inside, Mapping) else None
            label = named if isinstance(named, str) and named else step
            parts.append(f"{kind} {label + 1 if isinstance(label, int) else label}")
            kind, keys = "", []
        elif isinstance(step, int):
            keys.append(str(step + 1))
        else:
            keys.append(step if step != "[key]" else "")
            kind = _KINDS.get(step, "")
        here = inside
    return ", ".join(part for part in parts if part), ".".join(key for key in keys if key)


def _has(here: Any, step: int | str) -> bool:
    if isinstance(here, Mapping):
        return step in here
    return isinstance(here, list) and isinstance(step, int) and step < len(here)


def _model_at(model: type[BaseModel], loc: Sequence[int | str]) -> type[BaseModel] | None:
    """Return the model that stands at a location, or None where it is a plain table."""
    here: type[BaseModel] | None = model
    for step in loc:
        if isinstance(step, int) or here is None or step not in here.model_fields:
            continue
        here = _inner(here.model_fields[step].annotation)
    return here


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in typing.get_args(annotation):
        if inside := _inner(part):
            return inside
    return None


def _keys(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _options(detail: ErrorDetails) -> tuple[str, ...]:
    said = str(detail.get("ctx", {}).get("expected", ""))
    return tuple(part.strip().strip("'") for part in said.replace(" or ", ", ").split(","))


def _shown(value: Any) -> str:
    """Return a value short enough for a sentence."""
    if isinstance(value, Enum):
        value = value.value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "..."
