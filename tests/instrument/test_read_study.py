from __future__ import annotations

from pathlib import Path

import pytest

from lcdiag.base.errors import LcdiagError
from lcdiag.base.text import sentence
from lcdiag.instrument.read_study import read_settings
from lcdiag.instrument.study import StudySettings

WHOLE = """
title = "Energie"
languages = ["en", "nl"]
set = "short"
instruments = ["lc-link", "lc-trust:distrust"]
purpose.nl = "Daarom."
contact = "Saskia, 06 12"
kept_months = 6
portfolio_agreed = true
communities = ["Warmte", { name = "Water" }]
parties = [ { name = "A", sector = "x" }, { name = "B" } ]
waves = [ { number = 1, date = 2026-11-14 }, { number = 2, title.nl = "Na een jaar" } ]
[thresholds]
minimum = 6
exact = 12
paired = 8
[small_parties]
report_by = "sector"
minimum = 8
agreed_by = ["A"]
agreed_on = "2026-10-01"
"""


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "study.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def problems(folder: Path, text: str | bytes) -> dict[str, list[str]]:
    """Code to the places where it was found; every sentence must exist in both languages."""
    with pytest.raises(LcdiagError) as caught:
        read_settings(write(folder, text))
    found: dict[str, list[str]] = {}
    for finding in caught.value.findings:
        assert sentence(finding, "nl") != sentence(finding, "en")
        found.setdefault(finding.code, []).append(finding.where)
    return found


def test_every_setting_arrives(tmp_path):
    settings = read_settings(write(tmp_path, WHOLE))
    assert settings.title == "Energie"
    assert settings.languages == ("en", "nl")
    assert [one.name for one in settings.communities] == ["Warmte", "Water"]
    assert [(one.name, one.sector) for one in settings.parties] == [("A", "x"), ("B", "")]
    assert [wave.date for wave in settings.waves] == ["2026-11-14", ""]
    assert settings.thresholds.minimum == 6
    assert settings.small_parties.report_by == "sector"
    assert settings.row_minimum == 8
    assert settings.kept_months == 6
    assert settings.portfolio_agreed is True


def test_settings_survive_their_own_json(tmp_path):
    settings = read_settings(write(tmp_path, WHOLE))
    assert StudySettings.model_validate_json(settings.model_dump_json()) == settings


def test_a_byte_order_mark_and_windows_lines_do_no_harm(tmp_path):
    raw = b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode("utf-8")
    assert read_settings(write(tmp_path, raw)).title == "Energie"


def test_names_that_look_equal_are_equal(tmp_path):
    text = 'title="x"\nset="short"\ncommunities=[" Cafe\\u0301 "]'
    assert read_settings(write(tmp_path, text)).communities[0].name == "Café"


def test_all_problems_come_at_once_each_at_its_place(tmp_path):
    found = problems(
        tmp_path,
        """
titel = "x"
languages = ["nl", "nll"]
set = "shrt"
instruments = ["lc-trst", "./gone.toml"]
kept_months = "veel"
communities = ["Warmte", "warmte"]
parties = [ { name = "A", sector = "Overheid" }, { name = "B", sectr = "y" },
            { sector = "overheid" } ]
waves = [ { number = 1, date = "14-11-2026" }, { number = 1 } ]
[thresholds]
minimum = 3
[small_parties]
report_by = "sectors"
agreed_by = ["AA"]
""",
    )
    assert "study.toml" in found["instrument.unknown-key"]
    assert "study.toml, parties, row 2" in found["instrument.unknown-key"]
    assert "study.toml, parties, row 3" in found["instrument.missing-key"]
    assert found["study.unknown-language"] == ["study.toml, languages"]
    assert found["study.unknown-set"] == ["study.toml, set"]
    assert found["study.unknown-instrument"] == ["study.toml, instruments"]
    assert found["study.no-instrument-file"] == ["study.toml, instruments"]
    assert found["study.named-twice"] == [
        "study.toml, communities, row 2, name",
        "study.toml, waves, row 2, number",
    ]
    assert found["study.sector-two-spellings"] == ["study.toml, parties, row 3, sector"]
    assert found["study.not-a-date"] == ["study.toml, waves, row 1, date"]
    assert found["study.unknown-party"] == ["study.toml, small_parties, agreed_by"]
    assert sum(len(places) for places in found.values()) >= 14


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ('title="x"\nset="shrt"', "short"),
        ('title="x"\ninstruments=["lc-trst"]', "lc-trust"),
        ('titel="x"\nset="short"', "title"),
        ('title="x"\nset="short"\n[small_parties]\nreport_by="sectors"', "sector"),
        (
            'title="x"\nset="short"\nparties=[{name="Gemeente"}]\n'
            '[small_parties]\nagreed_by=["Gemeent"]',
            "Gemeente",
        ),
    ],
)
def test_a_slip_of_the_pen_gets_a_near_miss(tmp_path, text, near):
    with pytest.raises(LcdiagError) as caught:
        read_settings(write(tmp_path, text))
    assert near in {str(finding.facts.get("near", "")) for finding in caught.value.findings}


def test_a_mistake_in_the_syntax_names_its_line(tmp_path):
    found = problems(tmp_path, 'title = "x"\nset = "short\nlanguages = ["nl"]\n')
    assert found == {"instrument.syntax": ["study.toml, line 2"]}


def test_a_party_may_be_without_a_sector(tmp_path):
    text = 'title="x"\nset="short"\nparties=[{name="A"}]'
    assert read_settings(write(tmp_path, text)).parties[0].sector == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('title="x"', "study.nothing-asked"),
        ('title="x"\nset="short"\nlanguages=[]', "study.no-language"),
        ('title="x"\nset="short"\nlanguages=["nl","nl"]', "study.language-twice"),
        ('title="x\\u0007"\nset="short"', "study.control-character"),
        ('title="x"\nset="short"\ncommunities=["a\\nb"]', "study.control-character"),
        ('title="x"\ninstruments=["lc-link","lc-link"]', "study.instrument-twice"),
        ('title="x"\nset="short"\n[thresholds]\nminimum=20', "study.exact-below-minimum"),
        ('title="x"\nset="short"\npurpose.nll="x"', "study.unknown-language"),
        ('title="  "\nset="short"', "instrument.bad-length"),
        ("", "instrument.empty-file"),
        (b"\x00\x01\x02\xff", "instrument.not-text"),
    ],
)
def test_each_mistake_has_its_own_sentence(tmp_path, text, code):
    assert code in problems(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        "communities = 3",
        'parties = "A"',
        "waves = [1, 2]",
        "thresholds = []",
        "purpose = 1",
        "small_parties = [1]",
        "instruments = 5",
        "languages = [1]",
        "set = 4",
        "parties = [[1]]",
    ],
)
def test_a_value_of_the_wrong_kind_is_a_finding_never_an_exception(tmp_path, text):
    assert problems(tmp_path, f'title = "x"\n{text}\n')
