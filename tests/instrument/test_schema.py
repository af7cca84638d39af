from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import pytest
from own_file import WHOLE, changed

from lcdiag.base.shelf import shelf
from lcdiag.instrument.catalogue import instrument_ids
from lcdiag.instrument.model import Instrument
from lcdiag.instrument.schema import instrument_schema, set_schema, study_schema

SCHEMA = instrument_schema()
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


@pytest.mark.parametrize("name", instrument_ids())
def test_our_files_fit_the_schema(name: str) -> None:
    (path,) = shelf("instruments").rglob(f"{name}.toml")
    assert misfits(tomllib.loads(path.read_text(encoding="utf-8")), SCHEMA, SCHEMA) == []


def test_our_sets_fit_theirs() -> None:
    schema = set_schema()
    for path in sorted((shelf("instruments") / "sets").glob("*.toml")):
        assert misfits(tomllib.loads(path.read_text(encoding="utf-8")), schema, schema) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('version = "1.0"\n', ""),
        ('id = "own"', 'id = "Own file"'),
        ("low = 1", 'low = "one"'),
        ("reversed = true", 'reversed = "yes"'),
        ('direction = "higher-better"', 'direction = "up"'),
        ('kind = "own"', 'kind = "own"\ncolour = "red"'),
        ('direction = "higher-better"', 'direction = "higher-better"\nmin_answered = 3'),
    ],
)
def test_an_editor_sees_the_mistake(right: str, wrong: str) -> None:
    assert misfits(tomllib.loads(WHOLE), SCHEMA, SCHEMA) == []
    assert misfits(tomllib.loads(changed(right, wrong)), SCHEMA, SCHEMA) != []


def test_keys_are_explained_in_the_words_of_the_model() -> None:
    assert SCHEMA["$schema"].startswith("https://json-schema.org/")
    assert set(SCHEMA["properties"]) == set(Instrument.model_fields)
    item = SCHEMA["$defs"]["Item"]["properties"]
    assert item["place"]["description"] == "Where the chapter speaks of it: section and paragraph."
    assert "min_answered" in SCHEMA["$defs"]["Scale"]["properties"]
    assert (
        "Share of the items"
        in (SCHEMA["$defs"]["Scale"]["properties"]["min_answered"]["description"])
    )


def test_schemas_are_plain_json_and_the_same_every_time() -> None:
    for made in (instrument_schema, set_schema, study_schema):
        assert json.dumps(made()) == json.dumps(made())
