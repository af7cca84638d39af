"""What parties agreed about small numbers: checked, printed, and kept once people answered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from written_studies import study_folder

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Severity
from lcdiag.base.text import sentence
from lcdiag.cli.main import FINE, REJECTED, call
from lcdiag.instrument.layout import AGREEMENT_FILE
from lcdiag.instrument.read_study import read_settings
from lcdiag.survey import agreement_file
from lcdiag.survey.choices import background_choices
from lcdiag.survey.form import form_html
from lcdiag.survey.open import examine_study, open_study
from lcdiag.survey.promises import facts
from lcdiag.workflow.agreement import agreement_around, keep_agreement

ROSTER = (
    ("Warmte", "Gemeente", "overheid", 7),
    ("Warmte", "Net", "bedrijf", 3),
    ("Warmte", "Bouw", "bedrijf", 6),
)
HEAD = 'title = "Proef"\ninstruments = ["lc-safety:safety"]\ncommunities = ["Warmte"]\n'
PARTIES = (
    'parties = [{ name = "Gemeente", sector = "overheid" }, { name = "Net", sector = "bedrijf" },\n'
    '  { name = "Bouw", sector = "bedrijf" }]\n'
)
EVERYBODY = 'agreed_by = ["Gemeente", "Net", "Bouw"]\nagreed_on = "2026-10-01"\n'
THREE = f"[small_parties]\nminimum = 3\n{EVERYBODY}"


def written(folder: Path, extra: str = "", parties: str = PARTIES) -> Path:
    return study_folder(folder, f"{HEAD}{parties}{extra}", ROSTER)


def codes(folder: Path) -> dict[str, Severity]:
    """The findings about the agreement; each sentence stands in both languages."""
    _, found = examine_study(folder)
    for one in found:
        assert sentence(one, "nl") != sentence(one, "en")
    return {one.code: one.severity for one in found if one.code.startswith("agreement.")}


def answered(folder: Path, wave: int = 1) -> Path:
    """Let everybody on the roster answer."""
    from lcdiag.instrument.catalogue import open_instrument

    scale = next(one for one in open_instrument("lc-safety").scales if one.id == "safety")
    lines = [",".join(("code", "gemeenschap", "partij", *scale.items))]
    for number, party in enumerate(name for _, name, _, count in ROSTER for _ in range(count)):
        values = [str((number * 3 + place) % 7 + 1) for place in range(len(scale.items))]
        lines.append(",".join((f"p{number}", "Warmte", party, *values)))
    target = folder / "antwoorden" / f"meetmoment-{wave}"
    target.mkdir(parents=True, exist_ok=True)
    (target / "antwoorden.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def said(folder: Path, language: str = "nl") -> dict[str, str]:
    study = open_study(folder)
    found = facts(study, background_choices(study, "Warmte"), language)
    return {one.name: one.text for one in found}


# -- what may be agreed


def test_three_is_agreed_by_every_party_with_a_date(tmp_path: Path) -> None:
    folder = written(tmp_path, THREE)
    assert codes(folder) == {}
    assert open_study(folder).settings.row_minimum == 3


def test_without_an_agreement_the_minimum_of_the_study_holds(tmp_path: Path) -> None:
    folder = written(tmp_path, "[thresholds]\nminimum = 6\n")
    assert open_study(folder).settings.row_minimum == 6


def test_one_party_that_did_not_consent_is_named(tmp_path: Path) -> None:
    extra = '[small_parties]\nminimum = 4\nagreed_by = ["Gemeente"]\nagreed_on = "2026-10-01"\n'
    study, found = examine_study(written(tmp_path, extra))
    assert study is None
    assert [one.facts["missing"] for one in found] == [("Net", "Bouw")]
    assert found[0].where == "study.toml, small_parties, agreed_by"
    assert "Net, Bouw" in sentence(found[0], "nl")
    assert "5 or higher" in sentence(found[0], "en")


def test_parties_of_the_roster_alone_must_consent_too(tmp_path: Path) -> None:
    extra = '[small_parties]\nminimum = 4\nagreed_by = ["Net", "Buow"]\nagreed_on = "2026-10-01"\n'
    _, found = examine_study(written(tmp_path, extra, parties=""))
    assert {one.code for one in found} == {"study.unknown-party", "agreement.not-everybody"}
    assert next(one for one in found if one.code == "study.unknown-party").facts["near"] == "Bouw"


def test_without_any_party_nobody_can_consent(tmp_path: Path) -> None:
    extra = '[small_parties]\nminimum = 3\nagreed_by = ["Gemeente"]\nagreed_on = "2026-10-01"\n'
    folder = study_folder(tmp_path, f"{HEAD}{extra}")
    assert codes(folder) == {"agreement.parties-unknown": Severity.ERROR}


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ("minimum = 3", {"agreement.nobody-agreed", "agreement.no-date"}),
        ('minimum = 4\nagreed_by = ["Net"]', {"agreement.no-date"}),
        ('minimum = 8\nreport_by = "none"', {"agreement.minimum-without-rows"}),
        ("minimum = 2", {"instrument.limit-ge"}),
        ("minimum = 51", {"instrument.limit-le"}),
        (f"minimum = 3\n{EVERYBODY.replace('2026-10-01', '1 okt')}", {"study.not-a-date"}),
    ],
)
def test_an_agreement_that_does_not_hold_is_refused(
    tmp_path: Path, extra: str, expected: set[str]
) -> None:
    folder = written(tmp_path, f"[small_parties]\n{extra}\n")
    with pytest.raises(LcdiagError) as caught:
        read_settings(folder / "study.toml")
    assert {one.code for one in caught.value.findings} == expected
    places = [f"{one.where} {one.facts.get('key', '')}" for one in caught.value.findings]
    assert all("small_parties" in place for place in places)
    assert all(sentence(one, "nl") != sentence(one, "en") for one in caught.value.findings)


def test_lower_than_a_stricter_study_needs_consent_as_well(tmp_path: Path) -> None:
    extra = "[thresholds]\nminimum = 8\n[small_parties]\nminimum = 6\n"
    with pytest.raises(LcdiagError) as caught:
        read_settings(written(tmp_path, extra) / "study.toml")
    assert "agreement.nobody-agreed" in {one.code for one in caught.value.findings}


def test_higher_needs_no_consent(tmp_path: Path) -> None:
    assert codes(written(tmp_path, "[small_parties]\nminimum = 8\n")) == {}


def test_sectors_that_cannot_be_shown_are_told_beforehand(tmp_path: Path) -> None:
    extra = '[small_parties]\nreport_by = "sector"\n'
    folder = written(tmp_path, extra)
    assert codes(folder) == {"agreement.sector-of-one": Severity.WARNING}
    rows = (("Warmte", "Gemeente", "", 7), ("Warmte", "Net", "", 3))
    homeless = study_folder(tmp_path / "b", f"{HEAD}{extra}", rows)
    assert codes(homeless) == {"agreement.party-without-sector": Severity.WARNING}


# -- what the form says


@pytest.mark.parametrize(
    ("language", "words", "day"),
    [
        ("nl", "Met 3 of 4 antwoorden", "1 oktober 2026"),
        ("en", "With 3 or 4 answers", "1 October 2026"),
    ],
)
def test_the_form_tells_what_was_agreed_by_whom_and_when(
    tmp_path: Path, language: str, words: str, day: str
) -> None:
    folder = written(tmp_path, THREE)
    text = said(folder, language)["party"]
    assert words in text
    assert day in text
    assert text.endswith(": Gemeente, Net, Bouw.")
    assert "5" not in text.split(words)[0]
    assert words in form_html(open_study(folder), language)


def test_the_form_of_a_usual_study_speaks_of_no_agreement(tmp_path: Path) -> None:
    text = said(written(tmp_path))
    assert "ronden we die" not in text["party"]
    assert "afspraak" not in text["minimum"]


def test_a_higher_minimum_stands_on_the_form(tmp_path: Path) -> None:
    text = said(written(tmp_path, "[small_parties]\nminimum = 8\n"))
    assert "vanaf 8 antwoorden" in text["party"]
    assert "ten minste 5 mensen" in text["minimum"]
    assert "eigen afspraak" in text["minimum"]


@pytest.mark.parametrize(
    ("minimum", "named"),
    [("", ("Gemeente", "Bouw")), (THREE, ("Gemeente", "Net", "Bouw")),
     ("[small_parties]\nminimum = 7\n", ("Gemeente",))],
)  # fmt: skip
def test_the_form_names_the_parties_that_may_have_a_row(
    tmp_path: Path, minimum: str, named: tuple[str, ...]
) -> None:
    study = open_study(written(tmp_path, minimum))
    assert tuple(name for name, _ in background_choices(study, "Warmte").parties) == named


# -- kept once people answered


def changed(folder: Path, old: str, new: str) -> None:
    path = folder / "study.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_study_without_answers_promises_nothing_yet(tmp_path: Path) -> None:
    folder = written(tmp_path, THREE)
    (folder / "antwoorden" / "meetmoment-1").mkdir(parents=True)
    assert keep_agreement(open_study(folder)) == ()
    assert call(["form", str(folder), "--quiet", "--language", "nl"]) == FINE
    call(["check", str(folder), "--quiet", "--language", "nl"])
    assert not (folder / AGREEMENT_FILE).exists()
    changed(folder, "minimum = 3", "minimum = 4")
    assert keep_agreement(open_study(folder)) == ()


def test_answers_that_cannot_be_used_fix_nothing(tmp_path: Path) -> None:
    folder = answered(written(tmp_path, THREE))
    file = folder / "antwoorden" / "meetmoment-1" / "antwoorden.csv"
    file.write_text("iets,anders\n1,2\n", encoding="utf-8")
    assert keep_agreement(open_study(folder)) == ()
    assert not (folder / AGREEMENT_FILE).exists()


def test_the_first_answers_fix_the_promise_without_a_clock(tmp_path: Path) -> None:
    folder = answered(written(tmp_path, THREE), wave=1)
    assert keep_agreement(open_study(folder)) == ()
    raw = (folder / AGREEMENT_FILE).read_bytes()
    promise = json.loads(raw)
    assert promise["schema"] == "lcdiag/agreement/1"
    assert promise["since_wave"] == 1
    assert promise["thresholds"] == {"minimum": 5, "exact": 10, "paired": 6}
    assert promise["small_parties"]["minimum"] == 3
    (folder / AGREEMENT_FILE).unlink()
    keep_agreement(open_study(folder))
    assert (folder / AGREEMENT_FILE).read_bytes() == raw


def commands(folder: Path) -> list[list[str]]:
    out = folder.parent / "out"
    return [
        ["check", str(folder)],
        ["form", str(folder), "-o", str(out)],
        ["score", str(folder), "-o", str(out / "scores.csv")],
        ["report", str(folder), "-o", str(out), "--format", "csv"],
    ]


@pytest.mark.parametrize(
    ("language", "reason"),
    [("nl", "zo stond het op hun vragenlijst"), ("en", "it was printed on their form")],
)
def test_every_command_refuses_a_change_with_the_reason_and_works_when_it_is_put_back(
    tmp_path: Path, language: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = answered(written(tmp_path / "s", THREE))
    for command in commands(folder):
        assert call([*command, "--language", language, "--quiet"]) == FINE
    assert (folder / AGREEMENT_FILE).is_file()
    changed(folder, "minimum = 3", "minimum = 4")
    for command in commands(folder):
        capsys.readouterr()
        assert call([*command, "--language", language, "--quiet"]) == REJECTED
        told = capsys.readouterr().err
        assert "study.toml, small_parties, minimum" in told
        assert reason in told
        assert "3" in told
        assert "4" in told
        assert AGREEMENT_FILE in told
    changed(folder, "minimum = 4", "minimum = 3")
    for command in commands(folder)[:3]:
        assert call([*command, "--language", language, "--quiet"]) == FINE


def test_a_refusal_is_one_json_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = answered(written(tmp_path / "s"))
    assert call(["check", str(folder), "--quiet"]) == FINE
    changed(folder, 'communities = ["Warmte"]', 'communities = ["Warmte"]\nthresholds.exact = 12')
    for command in commands(folder):
        capsys.readouterr()
        assert call([*command, "--json"]) == REJECTED
        found = json.loads(capsys.readouterr().out)
        broken = [one for one in found if one["code"] == "agreement.changed"]
        assert [one["where"] for one in broken] == ["study.toml, thresholds, exact"]
        assert broken[0]["facts"]["old"] == "10"


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("", "[thresholds]\nminimum = 6\n", "thresholds, minimum"),
        ("[thresholds]\nminimum = 7\n", "[thresholds]\nminimum = 6\n", "thresholds, minimum"),
        ("", "[thresholds]\npaired = 9\n", "thresholds, paired"),
        ("", '[small_parties]\nreport_by = "none"\n', "small_parties, report_by"),
        ('[small_parties]\nreport_by = "none"\n', "", "small_parties, report_by"),
        ("", "[small_parties]\nminimum = 8\n", "small_parties, minimum"),
        (THREE, "", "small_parties, minimum"),
        (
            f"[small_parties]\n{EVERYBODY}",
            '[small_parties]\nagreed_by = ["Net"]\nagreed_on = "2026-10-01"\n',
            "small_parties, agreed_by",
        ),
        (
            f"[small_parties]\n{EVERYBODY}",
            f"[small_parties]\n{EVERYBODY.replace('2026', '2025')}",
            "small_parties, agreed_on",
        ),
    ],
)
def test_stricter_and_milder_are_refused_alike(
    tmp_path: Path, before: str, after: str, place: str
) -> None:
    folder = answered(written(tmp_path, before))
    assert keep_agreement(open_study(folder)) == ()
    written(tmp_path, after)
    found = keep_agreement(open_study(folder))
    assert f"study.toml, {place}" in {one.where for one in found}
    assert {(one.code, one.severity) for one in found} == {("agreement.changed", Severity.ERROR)}


def test_every_broken_promise_is_told_at_once(tmp_path: Path) -> None:
    folder = answered(written(tmp_path))
    keep_agreement(open_study(folder))
    written(tmp_path, '[thresholds]\nminimum = 7\nexact = 12\n[small_parties]\nreport_by="none"\n')
    found = keep_agreement(open_study(folder))
    assert [one.where for one in found] == [
        "study.toml, thresholds, minimum",
        "study.toml, thresholds, exact",
        "study.toml, small_parties, report_by",
        "study.toml, small_parties, minimum",
    ]


def test_writing_the_same_minimum_out_is_no_change(tmp_path: Path) -> None:
    folder = answered(written(tmp_path))
    keep_agreement(open_study(folder))
    written(tmp_path, "[small_parties]\nminimum = 5\n")
    assert keep_agreement(open_study(folder)) == ()


def test_a_party_that_joins_later_consents_later(tmp_path: Path) -> None:
    folder = answered(written(tmp_path, THREE))
    keep_agreement(open_study(folder))
    joined = PARTIES.replace("[{", '[{ name = "School", sector = "onderwijs" }, {')
    later = THREE.replace('["', '["School", "').replace("2026-10", "2027-03")
    written(tmp_path, later, parties=joined)
    assert keep_agreement(open_study(folder)) == ()
    promise = agreement_file.read_promise(folder)
    assert promise is not None
    assert "School" in promise.small_parties.agreed_by
    written(tmp_path, THREE)
    assert [one.where for one in keep_agreement(open_study(folder))] == [
        "study.toml, small_parties, agreed_by"
    ]


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"schema": "lcdiag/agreement/2"}', "\udcff"])
def test_a_damaged_file_is_an_error_that_says_what_to_do(
    tmp_path: Path, damage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = answered(written(tmp_path))
    (folder / AGREEMENT_FILE).write_bytes(damage.encode("utf-8", "surrogateescape"))
    assert call(["check", str(folder), "--language", "nl", "--quiet"]) == REJECTED
    assert "beschadigd" in capsys.readouterr().err
    assert {one.code for one in keep_agreement(open_study(folder))} == {"agreement.unreadable"}


def test_a_file_that_went_missing_is_written_again(tmp_path: Path) -> None:
    folder = answered(written(tmp_path))
    keep_agreement(open_study(folder))
    (folder / AGREEMENT_FILE).unlink()
    assert agreement_around(folder / "antwoorden" / "meetmoment-1" / "antwoorden.csv") == ()
    assert (folder / AGREEMENT_FILE).is_file()


def test_a_folder_that_cannot_be_written_in_gets_a_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise LcdiagError.single("base.cannot-write", "x", {"reason": "read-only"})

    folder = answered(written(tmp_path / "s"))
    monkeypatch.setattr(agreement_file, "write_whole", refuse)
    assert call(["check", str(folder), "--language", "en"]) == FINE
    assert "was not recorded" in capsys.readouterr().err
    assert [one.severity for one in keep_agreement(open_study(folder))] == [Severity.NOTE]


def test_nothing_is_written_where_nothing_may_be_recorded(tmp_path: Path) -> None:
    folder = answered(written(tmp_path))
    assert keep_agreement(open_study(folder), record=False) == ()
    assert not (folder / AGREEMENT_FILE).exists()


def test_a_file_of_answers_by_itself_has_no_agreement(tmp_path: Path) -> None:
    folder = answered(written(tmp_path / "s"))
    alone = tmp_path / "alone.csv"
    alone.write_bytes((folder / "antwoorden" / "meetmoment-1" / "antwoorden.csv").read_bytes())
    assert agreement_around(alone) == ()
    assert agreement_around(tmp_path / "nowhere") == ()


def test_the_sample_study_brings_its_own_promise() -> None:
    from lcdiag.workflow.study import sample_study

    before = {path.name for path in sample_study().iterdir()}
    study = open_study(sample_study())
    assert agreement_file.read_promise(study.folder) == agreement_file.promise_of(study.settings, 1)
    assert keep_agreement(study) == ()
    assert {path.name for path in sample_study().iterdir()} == before


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_new_study_explains_the_setting(tmp_path: Path, language: str) -> None:
    assert call(["new", str(tmp_path / "s"), "--language", language, "--quiet"]) == FINE
    text = (tmp_path / "s" / "study.toml").read_text(encoding="utf-8")
    assert "\n# minimum = 8 " in text
    settings = text.replace("# minimum = 8 ", "minimum = 8 ")
    (tmp_path / "s" / "study.toml").write_text(settings, encoding="utf-8")
    assert open_study(tmp_path / "s").settings.row_minimum == 8
