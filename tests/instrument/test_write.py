"""An instrument that is written and read again is the same instrument."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from own_file import WHOLE

from lcdiag.base.shelf import shelf
from lcdiag.instrument.catalogue import instrument_ids, open_instrument
from lcdiag.instrument.model import Instrument
from lcdiag.instrument.read import examine_content, read_instrument
from lcdiag.instrument.tomlfile import load_toml
from lcdiag.instrument.write import instrument_toml


def again(instrument: Instrument, folder: Path) -> Instrument:
    path = folder / "again.toml"
    path.write_text(instrument_toml(instrument), encoding="utf-8")
    return read_instrument(path)


@pytest.mark.parametrize("name", instrument_ids())
def test_every_instrument_of_the_library_comes_back(name: str, tmp_path: Path) -> None:
    instrument = open_instrument(name)
    assert again(instrument, tmp_path) == instrument


def test_the_file_looks_like_ours(tmp_path: Path) -> None:
    """The same lines as people wrote, apart from remarks, blank lines and their order."""

    def bare(text: str) -> list[str]:
        return [line for line in text.splitlines() if line and not line.startswith("#")]

    ours = (shelf("instruments") / "lc-context.toml").read_text(encoding="utf-8")
    written = instrument_toml(open_instrument("lc-context"), "What this is.\nAnd more.")
    assert written.startswith("# What this is.\n# And more.\n\nid = ")
    assert sorted(bare(written)) == sorted(bare(ours))
    assert "\n\n\n" not in written


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_sentence_survives(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("written")
    path = folder / "own.toml"
    path.write_text(WHOLE, encoding="utf-8")
    instrument = read_instrument(path)
    first = instrument.items[0]
    hostile = first.model_copy(update={"text": {"nl": text, "en": f"{text}!"}})
    instrument = instrument.model_copy(update={"items": (hostile, *instrument.items[1:])})
    path.write_text(instrument_toml(instrument), encoding="utf-8", newline="")
    raw = load_toml(path)
    assert raw["items"][0]["text"] == {"nl": text, "en": f"{text}!"}
    found, _ = examine_content(raw, "own.toml")
    assert found is None or found == instrument
