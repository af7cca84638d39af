from __future__ import annotations

from pathlib import Path

import pytest
from own_file import WHOLE

from lcdiag.base.errors import LcdiagError
from lcdiag.instrument.catalogue import (
    instrument_ids,
    open_instrument,
    open_set,
    own_ids,
    published_ids,
    set_ids,
)


def test_the_folder_is_the_list() -> None:
    assert list(own_ids()) == sorted(own_ids())
    assert list(published_ids()) == sorted(published_ids())
    assert instrument_ids() == own_ids() + published_ids()
    assert all(open_instrument(name).id == name for name in instrument_ids())
    assert all(open_set(name).id == name for name in set_ids())
    assert {"short", "pulse"} <= set(set_ids())


def test_an_unknown_name_gets_a_near_miss() -> None:
    with pytest.raises(LcdiagError) as caught:
        open_instrument("lc-trsut")
    assert caught.value.findings[0].facts["near"] == "lc-trust"
    with pytest.raises(LcdiagError) as caught:
        open_set("shrot")
    assert caught.value.findings[0].facts["near"] == "short"


def test_a_file_is_opened_by_path_or_by_name_in_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(WHOLE, encoding="utf-8")
    assert open_instrument(path).id == "own"
    assert open_instrument(str(path)) == open_instrument("./own.toml", tmp_path)
