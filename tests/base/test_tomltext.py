"""What is written as TOML is read back as it was."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcdiag.base.tomltext import WIDTH, toml_key, toml_line, toml_text, toml_value

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)
VALUE = st.recursive(
    TEXT | st.integers(-(2**60), 2**60) | st.booleans() | st.floats(allow_nan=False),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(TEXT, inside, max_size=3),
    max_leaves=12,
)


@settings(deadline=None)
@given(TEXT, VALUE)
def test_any_key_and_value_comes_back(key, value):
    text = "\n".join(toml_line(toml_key(key), value)) + "\n"
    assert tomllib.loads(text) == {key: value}


@settings(deadline=None)
@given(TEXT)
def test_a_text_stays_on_its_line(text):
    assert "\n" not in toml_text(text)
    assert tomllib.loads(f"x = {toml_text(text)}") == {"x": text}


def test_a_long_list_gets_a_line_a_value():
    labels = ["a label of some length"] * 8
    assert len(toml_line("points.nl", labels)) == 10
    assert len(toml_line("items", ["a1", "a2"])) == 1
    assert max(len(line) for line in toml_line("points.nl", labels)) < WIDTH


def test_there_is_no_null():
    with pytest.raises(TypeError, match="NoneType"):
        toml_value(None)
