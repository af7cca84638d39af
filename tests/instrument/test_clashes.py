"""Files of one's own beside our instruments: ids, codes, blocks and languages that do not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from lcdiag.base.errors import LcdiagError
from lcdiag.base.shelf import shelf
from lcdiag.cli.main import FINE, REJECTED, call
from lcdiag.instrument.catalogue import open_instrument
from lcdiag.instrument.compose import compose
from lcdiag.survey.open import examine_study

OURS = "lc-safety"


def copy(folder: Path, *edits: tuple[str, str]) -> Path:
    text = (shelf("instruments") / f"{OURS}.toml").read_text(encoding="utf-8")
    for right, wrong in edits:
        assert right in text
        text = text.replace(right, wrong)
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def changed() -> tuple[str, str]:
    """Return an edit of one sentence."""
    words = open_instrument(OURS).items[0].text["nl"]
    return words, f"Beslist: {words}"


def study(folder: Path, instruments: str, more: str = "") -> list[tuple[str, str]]:
    text = f'title = "x"\ninstruments = [{instruments}]\ncommunities = ["Een"]\n{more}'
    (folder / "study.toml").write_text(text, encoding="utf-8")
    return [(one.code, one.where) for one in examine_study(folder)[1]]


def refused(folder: Path, *blocks: str):
    with pytest.raises(LcdiagError) as error:
        compose([[one] for one in blocks], ("nl",), folder=folder)
    return error.value.findings


def test_a_changed_copy_needs_an_id_of_its_own(tmp_path, capsys):
    path = copy(tmp_path, changed())
    assert call(["instruments", "check", str(path), "--language", "nl"]) == FINE
    told = capsys.readouterr()
    assert "eigen id" in told.out + told.err
    assert ("instrument.id-of-ours", "./own.toml") in study(tmp_path, '"./own.toml:safety"')


def test_an_equal_copy_and_a_copy_with_its_own_id_are_fine(tmp_path, capsys):
    copy(tmp_path)
    assert not study(tmp_path, '"./own.toml"')
    path = copy(tmp_path, changed(), (f'id = "{OURS}"', 'id = "own-safety"'))
    assert not study(tmp_path, '"./own.toml"')
    assert call(["instruments", "check", str(path), "--language", "nl"]) == FINE
    assert "eigen id" not in "".join(capsys.readouterr())


def test_one_finding_for_two_blocks_with_one_id(tmp_path):
    copy(tmp_path, changed())
    (finding,) = refused(tmp_path, OURS, "./own.toml")
    assert (finding.code, finding.where) == ("instrument.same-id", "./own.toml")


def test_one_finding_for_two_blocks_with_the_same_codes_names_the_file(tmp_path):
    copy(tmp_path, (f'id = "{OURS}"', 'id = "own-safety"'))
    (finding,) = refused(tmp_path, OURS, "./own.toml")
    assert finding.code == "instrument.codes-clash"
    assert (finding.facts["first"], finding.facts["second"]) == (OURS, "./own.toml")
    assert finding.facts["codes"] == tuple(item.id for item in open_instrument(OURS).items)


def test_one_finding_for_a_block_that_comes_twice(tmp_path):
    (finding,) = refused(tmp_path, f"{OURS}:safety", OURS)
    assert finding.code == "instrument.all-asked-twice"
    assert finding.facts["codes"] == open_instrument(OURS).scale("safety").items


def test_all_wrong_blocks_of_a_study_are_said_at_once(tmp_path):
    copy(tmp_path)
    blocks = '"./own.toml:bestaatniet", "lc-safty:safety", "./weg.toml", "lc-representative:rp55"'
    wanted = [
        ("study.unknown-instrument", "study.toml, instruments"),
        ("study.no-instrument-file", "study.toml, instruments"),
        ("instrument.unknown-part", "./own.toml:bestaatniet"),
        ("instrument.unknown-part", "lc-representative:rp55"),
    ]
    assert study(tmp_path, blocks) == wanted


def test_a_part_is_said_beside_another_fault_and_once(tmp_path):
    found = study(tmp_path, '"lc-safety:niets"', 'languages = ["nl", "xx"]\n')
    assert sorted(code for code, _ in found) == [
        "instrument.unknown-part",
        "study.unknown-language",
    ]
    assert [code for code, _ in study(tmp_path, '"lc-safety:niets"')] == ["instrument.unknown-part"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_language_without_texts_is_one_finding_that_says_translate(tmp_path, capsys, language):
    path = copy(tmp_path, ('languages = ["nl", "en"]', 'languages = ["nl", "en", "de"]'))
    assert call(["instruments", "check", str(path), "--language", language]) == REJECTED
    (line,) = capsys.readouterr().err.splitlines()
    assert "lcdiag instruments translate own.toml --to de" in line


def test_a_text_that_was_forgotten_is_still_said_where_it_is(tmp_path, capsys):
    words = open_instrument(OURS).items[0].text["en"]
    path = copy(tmp_path, (words, ""))
    assert call(["instruments", "check", str(path), "--language", "en"]) == REJECTED
    assert "item ve1" in capsys.readouterr().err
