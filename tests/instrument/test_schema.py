from __future__ import annotations

import json
import tomllib

import pytest
from json_schema_fit import misfits
from own_file import WHOLE, changed

from lcdiag.base.shelf import shelf
from lcdiag.instrument.catalogue import instrument_ids
from lcdiag.instrument.model import Instrument
from lcdiag.instrument.schema import instrument_schema, set_schema, study_schema

SCHEMA = instrument_schema()


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
