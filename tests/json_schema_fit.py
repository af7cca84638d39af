"""Says where a value does not fit a JSON Schema."""

from __future__ import annotations

import re
from typing import Any

TYPES = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def misfits(value: Any, part: dict[str, Any], root: dict[str, Any]) -> list[str]:
    """A small validator: as much of the JSON Schema standard as our schemas use."""
    if "$ref" in part:
        return misfits(value, root["$defs"][part["$ref"].rsplit("/", 1)[1]], root)
    if "anyOf" in part:
        each = [misfits(value, one, root) for one in part["anyOf"]]
        return min(each, key=len)
    found = []
    if "const" in part and value != part["const"]:
        found.append(f"{value!r} is not {part['const']}")
    if "enum" in part and value not in part["enum"]:
        found.append(f"{value!r} is none of {part['enum']}")
    kind = part.get("type")
    if kind == "object":
        if not isinstance(value, dict):
            return [f"{value!r} is no object"]
        return found + _object(value, part, root)
    if kind == "array":
        if not isinstance(value, list):
            return [f"{value!r} is no array"]
        return [one for inside in value for one in misfits(inside, part.get("items", {}), root)]
    if kind and (not isinstance(value, TYPES[kind]) or (kind != "boolean" and value is True)):
        found.append(f"{value!r} is no {kind}")
    elif kind == "string" and not re.search(part.get("pattern", ""), value):
        found.append(f"{value!r} does not match {part['pattern']}")
    elif kind in ("number", "integer") and value > part.get("maximum", value):
        found.append(f"{value!r} is above {part['maximum']}")
    return found


def _object(value: dict[str, Any], part: dict[str, Any], root: dict[str, Any]) -> list[str]:
    found = [f"{key} is missing" for key in part.get("required", []) if key not in value]
    for key, inside in value.items():
        patterns = part.get("patternProperties", {})
        fitting = [one for pattern, one in patterns.items() if re.search(pattern, key)]
        if key in part.get("properties", {}):
            found += misfits(inside, part["properties"][key], root)
        elif fitting:
            found += misfits(inside, fitting[0], root)
        elif part.get("additionalProperties") is False:
            found.append(f"{key} is unknown")
        elif isinstance(part.get("additionalProperties"), dict):
            found += misfits(inside, part["additionalProperties"], root)
    return found
