"""Statistics of columns in any file, as people type them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from reference_cases import OWN, assert_matches, entry

from lcdiag.base.text import catalog
from lcdiag.cli.main import FINE, MISUSED, REJECTED, call

TEAM = str(OWN / "synth_team.csv")
SCALE = ["--items", "q1:q6", "--reversed", "q4", "--range", "1-5"]


def printed(arguments: list[str], capsys: pytest.CaptureFixture[str], code: int = FINE) -> str:
    assert call(arguments) == code
    found = capsys.readouterr()
    assert "Traceback" not in found.err
    return found.out if code == FINE else found.err


def as_json(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(printed([*arguments, "--json"], capsys))
    return found


def value(found: dict[str, Any], statistic: str, of: str = "") -> float:
    cells = [line for line in found["lines"] if (line["statistic"], line["of"]) == (statistic, of)]
    assert len(cells) == 1
    number: float = cells[0]["value"]
    return number


def test_reliability_gives_the_numbers_of_the_reference_program(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (found,) = as_json(["reliability", TEAM, *SCALE], capsys)
    wanted = entry("rel/synth_team/alpha_total")["value"]
    assert_matches(value(found, "alpha"), wanted["raw_alpha"], 1e-8)
    assert_matches(value(found, "alpha-standardized"), wanted["std.alpha"], 1e-8)
    omega = entry("cfa/synth_team/ml_omega")["value"]["omega_model"]
    assert_matches(value(found, "omega"), omega, 1e-5)
    ordinal = entry("cfa/synth_team/ordinal_omega")["value"]["omega_cat_green_yang"]
    assert value(found, "omega-categorical") == pytest.approx(ordinal, abs=0.01)
    rest = entry("rel/synth_team/item_stats")["value"]
    place = rest["cols"].index("r.drop")
    for name, row in zip(rest["rows"], rest["values"], strict=True):
        assert_matches(value(found, "item-rest", name), row[place], 1e-8)
    assert found["rows"] == 285
    assert found["complete"] == 219
    assert found["reversed"] == ["q4"]
    assert found["range"] == [1, 5]
    assert found["notes"] == []


def test_people_who_sit_together_make_intervals_wider_and_levels_appear(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (alone,) = as_json(["reliability", TEAM, *SCALE], capsys)
    (found,) = as_json(["reliability", TEAM, *SCALE, "--group", "team"], capsys)
    assert found["groups"] == {"team": 40}
    wide, narrow = (
        next(line for line in one["lines"] if line["statistic"] == "alpha")
        for one in (found, alone)
    )
    assert wide["value"] == narrow["value"]
    assert wide["high"] - wide["low"] > narrow["high"] - narrow["low"]
    assert value(found, "alpha-within") < value(found, "alpha-between")
    assert value(found, "omega-within") < value(found, "omega-between")


def test_an_item_that_was_not_turned_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(["--language", "en", "reliability", TEAM, "--items", "q1:q6"], capsys)
    assert "These items go against the others: q4." in text
    text = printed(["--language", "en", "reliability", TEAM, "--items", "q1,q4"], capsys)
    assert "Alpha is negative. These items look" in text
    assert "--reversed" in text


def test_agreement_gives_the_numbers_of_the_reference_program(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (found,) = as_json(["agreement", TEAM, *SCALE, "--group", "team"], capsys)
    wanted = entry("agree/synth_team/rwg_j_uniform_avail")["value"]
    for group, number in zip(wanted["grpid"], wanted["rwg.j"], strict=True):
        if number is not None:
            assert_matches(value(found, "rwg-j", str(group)), number, 1e-8)
    names = list(dict.fromkeys(line["of"] for line in found["lines"] if line["part"] == "group"))
    assert names == [str(number) for number in range(1, 41)]
    anova = entry("icc1way/synth_team_mean/icc1")["value"]
    assert_matches(value(found, "icc-1"), anova["icc1_bliese"], 1e-10)
    assert value(found, "a-wg", "9") <= 1
    assert found["notes"] == [catalog("en", "itemcolumns").sentences["itemcolumns.note-agreement"]]


def test_a_null_that_is_not_published_for_so_many_options_is_left_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    wide = ["--items", "q1:q6", "--range", "1-20", "--group", "team"]
    (found,) = as_json(["agreement", TEAM, *wide], capsys)
    statistics = {line["statistic"] for line in found["lines"]}
    assert "rwg-j-slight-skew" not in statistics
    assert "rwg-j" in statistics


def test_variance_gives_the_numbers_of_the_reference_program(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (found,) = as_json(["variance", TEAM, *SCALE, "--group", "team"], capsys)
    wanted = entry("icc1way/synth_team_mean/mixed")["value"]
    assert_matches(value(found, "variance", "team"), wanted["tau00_reml"], 2e-6)
    assert_matches(value(found, "share", "team"), wanted["icc1_reml"], 2e-6)
    assert value(found, "share", "team") + value(found, "share", "residual") == pytest.approx(1)
    crossed = str(OWN / "synth_crossed.csv")
    (found,) = as_json(
        ["variance", crossed, "--items", "y", "--group", "person", "--group", "rater"], capsys
    )
    wanted = entry("crossed/synth_crossed/reml_2_tight")["value"]
    for part in ("person", "rater"):
        assert_matches(value(found, "share", part), wanted[f"share_{part}"], 1e-6)


def test_few_groups_and_no_difference_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.csv"
    rows = [f"{value},t{team},p{value % 3}" for team in range(6) for value in (1, 2, 3, 4, 5, 6)]
    file.write_text("a,team,party\n" + "\n".join(rows) + "\n", encoding="utf-8")
    choice = ["--items", "a", "--group", "team", "--group", "party"]
    text = printed(["--language", "en", "variance", str(file), *choice], capsys)
    assert "team: no difference found." in text or "team, party: no difference found." in text
    assert "party: fewer than five groups." in text
    (found,) = as_json(["variance", TEAM, *SCALE, "--group", "team"], capsys)
    assert len(found["notes"]) == 1


def test_careless_gives_the_numbers_of_the_reference_program(
    capsys: pytest.CaptureFixture[str],
) -> None:
    data = str(OWN / "synth_careless.csv")
    scales = [f"v{5 * s + 1:02d}:v{5 * s + 5:02d}" for s in range(8)]
    arguments = ["careless", data]
    for scale in scales:
        arguments += ["--items", scale]
    (found,) = as_json(arguments, capsys)
    longest = entry("careless/synth/longstring")["value"]["longstr"]
    got = [line["value"] for line in found["lines"] if line["statistic"] == "longstring"]
    assert got == longest
    irv = entry("careless/synth/irv")["value"]
    got = [line["value"] for line in found["lines"] if line["statistic"] == "irv"]
    assert_matches(got, irv, 1e-10)
    even = entry("careless/synth/evenodd")["value"]
    got = [line["value"] for line in found["lines"] if line["statistic"] == "even-odd"]
    assert_matches(got, even, 1e-8)
    assert found["lines"][0]["of"] == "2"


def test_rows_have_the_names_and_the_times_of_their_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(rng.integers(1, 6, (30, 4)), columns=list("abcd"))
    frame["who"] = [f"p{number}" for number in range(30)]
    frame["took"] = np.arange(30) * 4.0
    file = tmp_path / "answers.csv"
    frame.to_csv(file, index=False)
    choice = ["--items", "a:d", "--person", "who", "--seconds", "took"]
    (found,) = as_json(["careless", str(file), *choice], capsys)
    assert value(found, "seconds-per-item", "p3") == 3
    text = printed(["--language", "en", "careless", str(file), *choice], capsys)
    assert "p3" not in text  # nobody is singled out on a screen
    assert "seconds per item" in text


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["reliability", *SCALE, "--group", "team"],
        ["agreement", *SCALE, "--group", "team"],
        ["variance", *SCALE, "--group", "team"],
        ["careless", "--items", "q1:q3", "--items", "q4:q6"],
    ],
)
def test_tables_speak_the_language_and_show_no_id(
    arguments: list[str], language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command, *rest = arguments
    text = printed(["--language", language, command, TEAM, *rest], capsys)
    assert "figures." not in text
    assert "itemcolumns." not in text
    assert ("285 rijen" if language == "nl" else "285 rows") in text
    quiet = printed(["--language", language, command, TEAM, *rest, "--quiet"], capsys)
    assert "285 r" not in quiet
    assert len(quiet.splitlines()) > 3
    assert call(["--language", language, command, "--help"]) == FINE
    told = " ".join(capsys.readouterr().out.split())
    assert "--items" in told
    assert ("Niet delen" if language == "nl" else "Do not share") in told


def test_csv_holds_every_number_of_the_json(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["reliability", TEAM, *SCALE],
        ["agreement", TEAM, *SCALE, "--group", "team"],
    ):
        (found,) = as_json(arguments, capsys)
        rows = list(csv.DictReader(io.StringIO(printed([*arguments, "--csv"], capsys))))
        assert len(rows) == len(found["lines"])
        for row, line in zip(rows, found["lines"], strict=True):
            assert (row["statistic"], row["of"], row["part"]) == (
                line["statistic"],
                line["of"],
                line["part"],
            )
            assert row["value"] == ("" if line["value"] is None else str(line["value"]))
            assert row["absent"] == (line["absent"] or "")
            assert row["n"] == str(line["n"])
            assert row["items"] == "q1 q2 q3 q4 q5 q6"


def test_labels_never_become_formulas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "answers.csv"
    file.write_text("=a,b,team\n1,2,=1+1\n2,3,=1+1\n3,3,x\n4,5,x\n", encoding="utf-8")
    arguments = ["agreement", str(file), "--items", "=a,b", "--range", "1-7", "--group", "team"]
    text = printed([*arguments, "--csv"], capsys)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["of"] for row in rows} == {"", "'=1+1", "x"}
    assert {row["items"] for row in rows} == {"'=a b"}


def test_two_scales_are_worked_out_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    found = as_json(["reliability", TEAM, "--items", "q1:q3", "--items", "q4:q6"], capsys)
    assert [one["items"] for one in found] == [["q1", "q2", "q3"], ["q4", "q5", "q6"]]


def test_few_rows_give_reasons_and_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.csv"
    for content in ("a,b,c,g\n", "a,b,c,g\n1,2,3,x\n", "a,b,c,g\n1,1,1,x\n1,1,1,y\n,,,y\n"):
        file.write_text(content, encoding="utf-8")
        for command, rest in (
            ("reliability", []),
            ("reliability", ["--group", "g"]),
            ("agreement", ["--range", "1-5", "--group", "g"]),
            ("variance", ["--group", "g"]),
            ("careless", []),
        ):
            arguments = [command, str(file), "--items", "a:c", *rest]
            (found,) = as_json(arguments, capsys)
            assert all(line["absent"] for line in found["lines"] if line["value"] is None)
            printed(arguments, capsys)
            printed([*arguments, "--csv"], capsys)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["reliability", TEAM], MISUSED, "--items"),
        (["agreement", TEAM, *SCALE], MISUSED, "--group"),
        (["variance", TEAM, *SCALE], MISUSED, "--group"),
        (["agreement", TEAM, "--items", "q1:q6", "--group", "team"], REJECTED, "--range"),
        (
            ["agreement", TEAM, "--items", "q1", "--range", "0.5-5", "--group", "team"],
            REJECTED,
            "whole",
        ),
        (["reliability", TEAM, "--items", "q1:q7"], REJECTED, "There is no column “q7”"),
        (["reliability", TEAM, "--items", "q1:q6", "--range", "1-3"], REJECTED, "outside 1 to 3"),
        (["reliability", "nowhere.csv", "--items", "a"], REJECTED, "does not exist"),
        (["variance", TEAM, *SCALE, "--group", "party"], REJECTED, "no column “party”"),
    ],
)
def test_what_cannot_be_worked_out_is_said(
    arguments: list[str], code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert words in printed(["--language", "en", *arguments], capsys, code)
