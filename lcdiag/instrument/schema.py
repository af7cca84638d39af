"""The JSON Schema of an instrument file, so that editors complete it and explain each key."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from types import ModuleType
from typing import Any

from pydantic import BaseModel

from lcdiag.instrument import model, study
from lcdiag.instrument.model import Instrument, ReadySet
from lcdiag.instrument.study import StudySettings

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def instrument_schema() -> dict[str, Any]:
    """Return the JSON Schema of an instrument file.

    Returns
    -------
    dict
        Draft 2020-12, made from the models themselves; every key carries the sentence that
        explains it in the source. Editors read it through a first line such as
        ``#:schema ./instrument.schema.json``.
    """
    return model_schema(Instrument, model, study)


def set_schema() -> dict[str, Any]:
    """Return the JSON Schema of a ready-made set."""
    return model_schema(ReadySet, model, study)


def study_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``study.toml``."""
    return model_schema(StudySettings, model, study)


def model_schema(root: type[BaseModel], *explained_in: ModuleType) -> dict[str, Any]:
    """Return the JSON Schema of a model; its keys are explained where these modules do so."""
    made = root.model_json_schema(mode="validation")
    explained: dict[str, dict[str, str]] = {}
    for module in explained_in:
        explained |= _explanations(module)
    for name, part in [(root.__name__, made), *made.get("$defs", {}).items()]:
        _close(part)
        for key, words in explained.get(name, {}).items():
            if key in part.get("properties", {}):
                part["properties"][key]["description"] = words
    return {"$schema": DIALECT, **made}


def _close(part: dict[str, Any]) -> None:
    """Drop the titles pydantic makes up from key names; they say nothing new."""
    for inside in part.get("properties", {}).values():
        inside.pop("title", None)


@cache
def _explanations(module: ModuleType) -> dict[str, dict[str, str]]:
    """Return class, field, sentence: the texts that stand under the fields in the source.

    Read from the source only here, since a schema is asked for seldom and the models are
    loaded always. Where the source is not shipped the schema goes without.
    """
    try:
        tree = ast.parse(inspect.getsource(module))
    except (OSError, TypeError):
        return {}
    found: dict[str, dict[str, str]] = {}
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            pairs = zip(node.body, node.body[1:], strict=False)
            found[node.name] = {
                field.target.id: " ".join(words.value.value.replace("``", "`").split())
                for field, words in pairs
                if isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and isinstance(words, ast.Expr)
                and isinstance(words.value, ast.Constant)
                and isinstance(words.value.value, str)
            }
    return found
