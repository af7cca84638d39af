"""Every key of a truth file stands in its document, and the example there can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from lcdiag.planning.truth_file import (
    BehaviourStated,
    MeetingStated,
    Planted,
    SplitStated,
    SpreadStated,
    StatedWorld,
    TruthStated,
    read_world,
)

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "simulation.md"
MODELS = (
    *(StatedWorld, SpreadStated, TruthStated, BehaviourStated),
    *(SplitStated, MeetingStated, Planted),
)


@pytest.mark.parametrize("model", MODELS)
def test_every_key_is_explained(model: type[BaseModel]) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    named = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", text))))
    keys = {name for name in model.model_fields if name != "schema_"}
    assert keys <= named


def test_the_example_is_a_truth_file(tmp_path: Path) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    example = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert example is not None
    file = tmp_path / "truth.toml"
    file.write_text(example[1], encoding="utf-8")
    world = read_world(file)
    assert world.response == 0.8
    assert world.planted[0].communities == ("Warmte in de wijk",)
    assert world.items["ve4"].shift == {"en": 0.8}


def test_stated_defaults_are_those_of_the_model() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    spread = SpreadStated()
    parts = ("general", "scale", "party", "item", "answer")
    assert ", ".join(f"{getattr(spread, name):g}" for name in parts) in text
    more = ("community", "meeting", "wave", "organisation", "group", "method")
    assert ", ".join(f"{getattr(spread, name):g}" for name in more) in text
