"""Odd but legitimate studies, from the folder to the pages and tables, judged as a reader would."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from html import unescape
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from end_to_end.made_studies import SETTINGS
from end_to_end.real_studies import instrument_text
from openpyxl import Workbook

from lcdiag import open_study
from lcdiag.cli.main import call
from lcdiag.planning.simulate import Meeting, Seat, Spread, Truth, simulate_responses
from lcdiag.responses.model import DONT_KNOW, MISSING

PARTIES = (("Gemeente", "overheid"), ("School", "onderwijs"))
WORDS = {MISSING: "", DONT_KNOW: "dk"}
NEVER = (
    r"\b(NaN|nan|None|inf)\b",
    r"\{\w*\}",
    r"\b(views|charts|diagnosis|tables|responses|study)\.[a-z]+-",
    r"(?<![\d,.])0 (van de|of the) 0\b",
)


def seats(count: int, party: str, community: str = "Noord") -> tuple[Seat, ...]:
    return tuple(Seat(f"{community[:2]}{party[:2]}{number}", party) for number in range(count))


def meeting(wave: int = 1, community: str = "Noord", truth: Truth | None = None) -> Meeting:
    people = (*seats(12, "Gemeente", community), *seats(11, "School", community))
    return Meeting(community, wave, people, truth or Truth())


def odd_study(
    folder: Path,
    questions: str,
    meetings: Sequence[Meeting],
    *,
    communities: Sequence[str] = ("Noord",),
    parties: Sequence[tuple[str, str]] = PARTIES,
    files: dict[str, str] | None = None,
    same: int | None = None,
    shuffled: bool = False,
) -> Path:
    """Write a study with these settings and simulated answers; return its folder."""
    folder.mkdir(parents=True)
    for name, text in (files or {}).items():
        (folder / name).write_text(text, encoding="utf-8")
    text = SETTINGS.format(
        title="Proef",
        communities="".join(f"[[communities]]\nname = '{one}'\n" for one in communities),
        parties="".join(f"[[parties]]\nname = '{a}'\nsector = '{b}'\n" for a, b in parties),
    )
    text = text.replace('languages = ["nl", "en"]\nset = "short"', questions)
    waves = sorted({one.wave for one in meetings})
    text = text.replace(
        "[[waves]]\nnumber = 1\n", "".join(f"[[waves]]\nnumber = {wave}\n" for wave in waves)
    )
    (folder / "study.toml").write_text(text, encoding="utf-8")
    questionnaire = open_study(folder).questionnaire
    drawn = simulate_responses(
        questionnaire,
        meetings,
        rng=np.random.default_rng(1),
        spread=Spread(missing=0.03, dont_know=0.0),
    )
    for wave in waves:
        rows = np.flatnonzero(drawn.wave == wave)
        rows = np.random.default_rng(2).permutation(rows) if shuffled else rows
        place = folder / "antwoorden" / f"meetmoment-{wave}"
        place.mkdir(parents=True)
        with (place / "antwoorden.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["code", "gemeenschap", "partij", *drawn.columns])
            for row in rows.tolist():
                codes = drawn.codes[row].tolist() if same is None else [same] * len(drawn.columns)
                who = (drawn.person[row], drawn.community[row], drawn.party[row])
                writer.writerow([*who, *(WORDS.get(code, code) for code in codes)])
    return folder


def report(folder: Path, kind: str = "html", language: str = "nl") -> dict[str, bytes]:
    """Run the report and return its files; it must end well."""
    output = folder / f"uit-{kind}-{language}"
    arguments = ["report", str(folder), "-o", str(output), "--format", kind, "--no-explore"]
    assert call([*arguments, "--language", language]) == 0
    return {path.name: path.read_bytes() for path in sorted(output.iterdir())}


def sentences(page: bytes) -> list[str]:
    """Return the visible texts of a page, and check that none of them is absurd."""
    html = re.sub(r"(?s)<(script|style)\b.*?</\1>", "", page.decode("utf-8"))
    assert not re.search(r"<(h[1-6]|p|li|summary|figcaption)\b[^>]*>\s*</\1>", html)
    assert not re.search(r'="[^"]*\bNaN\b', html)
    texts = [unescape(part).strip() for part in re.split(r"<[^>]+>", html)]
    texts = [text for text in texts if text]
    for pattern in NEVER:
        assert not [text for text in texts if re.search(pattern, text)]
    return texts


def pages(folder: Path) -> dict[str, list[str]]:
    """Return the visible texts of the page of the community, by language."""
    return {one: sentences(report(folder, language=one)["noord.html"]) for one in ("nl", "en")}


def has(texts: Sequence[str], part: str) -> bool:
    return any(part in text for text in texts)


@pytest.fixture(autouse=True)
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")


def test_a_pulse_shows_its_statements_in_brief(tmp_path: Path) -> None:
    folder = odd_study(tmp_path / "s", 'set = "pulse"', [meeting()])
    for language, hidden in (("nl", "We tonen hier geen gemiddelden"), ("en", "We show no means")):
        page = report(folder, language=language)["noord.html"].decode("utf-8")
        brief = page[page.index('id="brief"') : page.index('id="levels"')]
        assert hidden not in page
        assert "<svg" in brief
        assert 'id="brief-lc-pulse-pulse-group-w1' in brief
        # statements are not searched, so nothing is said of what stands out
        assert "Er springt niets uit" not in brief
        assert "Nothing stands out" not in brief


def test_a_report_on_one_topic_does_not_say_that_too_few_answered(tmp_path: Path) -> None:
    wanted = Truth(topics={"course": (6.0, 3.0, 2.5)})
    folder = odd_study(
        tmp_path / "s", 'instruments = ["lc-collusion:topic.course"]', [meeting(truth=wanted)]
    )
    texts = pages(folder)
    assert not has(texts["nl"], "Met zo weinig antwoorden")
    assert not has(texts["en"], "With so few answers")
    assert has(texts["nl"], "geen thema’s met een gemiddelde")


def test_everyday_topics_alone_are_shown(tmp_path: Path) -> None:
    questions = 'instruments = ["lc-collusion:topic.agenda", "lc-collusion:topic.punctuality"]'
    texts = pages(odd_study(tmp_path / "s", questions, [meeting()]))
    assert has(texts["nl"], "Alledaagse onderwerpen")
    assert not has(texts["nl"], "De antwoorden hierover tonen we niet")


def test_formats_stay_apart_in_a_study_in_one_language(tmp_path: Path) -> None:
    questions = 'languages = ["nl"]\nset = "short"'
    texts = sentences(report(odd_study(tmp_path / "s", questions, [meeting()]))["noord.html"])
    # conflict is asked as "how often": it may not stand on an axis from disagree to agree
    assert "Hoe we de groep aan tafel ervaren: van ‘nooit’ tot ‘voortdurend’" in texts


def test_no_party_is_not_said_to_be_too_small(tmp_path: Path) -> None:
    everybody = Meeting("Noord", 1, seats(20, ""), Truth())
    questions = 'instruments = ["lc-safety"]'
    texts = pages(odd_study(tmp_path / "s", questions, [everybody], parties=()))
    assert has(texts["nl"], "In dit verslag staan geen cijfers per partij of sector.")
    assert has(texts["en"], "This report has no numbers by party or sector.")


def test_sixty_times_the_same_answer_has_no_highest_and_lowest(tmp_path: Path) -> None:
    folder = odd_study(
        tmp_path / "s", 'languages = ["nl", "en"]\nset = "short"', [meeting()], same=7
    )
    texts = pages(folder)
    assert has(texts["nl"], "Elk gemiddelde dat we tonen is 7,0")
    assert not has(texts["nl"], "Het laagste gemiddelde is 7,0")


@pytest.mark.parametrize(
    ("low", "high", "combine", "size"), [(0, 10, "mean", 3), (1, 5, "sum", 4), (1, 5, "mean", 2)]
)
def test_own_scales_give_the_numbers_of_a_plain_computation(
    tmp_path: Path, low: int, high: int, combine: str, size: int
) -> None:
    codes = [f"aa{number}" for number in range(1, size + 1)]
    turned = frozenset(codes[-1:])
    text = instrument_text("own", {"first": codes}, low, high, turned)
    text = text.replace("[[scales]]", f'[[scales]]\ncombine = "{combine}"')
    folder = odd_study(
        tmp_path / "s",
        'languages = ["en"]\ninstruments = ["./own.toml"]',
        [meeting(1, truth=Truth(elsewhere=3.2)), meeting(2, truth=Truth(elsewhere=3.8))],
        files={"own.toml": text},
    )
    sentences(report(folder, language="en")["noord.html"])
    name = next(iter(report(folder, "csv", "en")))
    table = pd.read_csv(folder / "uit-csv-en" / name, encoding="utf-8-sig")
    table = table[(table["subject"] == "own:first") & (table["state"] == "shown")]
    released = table.set_index(["statistic", "unit", "name", "wave"])
    want: dict[tuple[int, str], float] = {}
    for wave in (1, 2):
        answers = pd.read_csv(folder / "antwoorden" / f"meetmoment-{wave}" / "antwoorden.csv")
        for code in turned:
            answers[code] = low + high - answers[code]
        enough = answers[codes].notna().sum(axis=1) >= size / 2
        scores = answers[codes].mean(axis=1)[enough] * (size if combine == "sum" else 1)
        groups = {"": scores} | dict(list(scores.groupby(answers["partij"])))
        for party, some in groups.items():
            want[wave, party] = some.mean()
            unit = ("party", party) if party else ("community", np.nan)
            cell = released.loc[("mean", *unit, wave)]
            assert cell["n"] == len(some)
            assert cell["value"] == pytest.approx(some.mean(), abs=0.0501)
    change = released.loc[("change", "community", np.nan, 2)]["value"]
    # the difference of two released means: each is rounded
    assert change == pytest.approx(want[2, ""] - want[1, ""], abs=0.1001)


def test_the_order_of_rows_changes_no_byte_and_of_communities_no_number(tmp_path: Path) -> None:
    met = [meeting(wave, one) for one in ("Noord", "Zuid") for wave in (1, 2)]
    questions = 'instruments = ["lc-safety", "lc-collusion:topics"]'
    straight, shuffled, turned = (
        odd_study(tmp_path / name, questions, met, communities=order, shuffled=mixed)
        for name, order, mixed in (
            ("a", ("Noord", "Zuid"), False),
            ("b", ("Noord", "Zuid"), True),
            ("c", ("Zuid", "Noord"), False),
        )
    )
    for kind in ("html", "csv", "json", "xlsx"):
        first = report(straight, kind)
        assert report(straight, kind) == first  # a second time, with a record of the first
        assert report(shuffled, kind) == first
    for name, table in report(straight, "csv").items():
        assert sorted(report(turned, "csv")[name].splitlines()) == sorted(table.splitlines())


def test_names_from_anywhere_stay_text(tmp_path: Path) -> None:
    odd = 'Ñandú <script>alert(1)</script> & "q" 😀'
    long = "L" + "ang" * 66
    parties = (("Café <b>vet</b>", "sec<i>tor"), ("=1+1", "@s"))
    met = [
        Meeting(one, 1, tuple(s for p, _ in parties for s in seats(12, p, one)), Truth())
        for one in (odd, long)
    ]
    folder = odd_study(
        tmp_path / "s", 'instruments = ["lc-safety"]', met, communities=(odd, long), parties=parties
    )
    files = report(folder)
    assert len(files) == 3
    assert all(len(name) < 80 and name.isascii() for name in files)
    for page in files.values():
        sentences(page)
        assert b"<script>alert(1)" not in page
        assert b"<b>vet" not in page
        assert b"<i>tor" not in page
    for table in report(folder, "csv").values():
        assert b",=1+1" not in table
        assert b",@s" not in table


def test_a_community_that_skips_a_wave_is_compared_with_the_one_before(tmp_path: Path) -> None:
    met = [meeting(1), meeting(3), *(meeting(wave, "Zuid") for wave in (1, 2, 3))]
    folder = odd_study(
        tmp_path / "s", 'instruments = ["lc-safety"]', met, communities=("Noord", "Zuid")
    )
    texts = sentences(report(folder)["noord.html"])
    assert "Meetmoment 3" in texts
    assert "Meetmoment 2" not in texts
    report(folder, "csv")
    table = pd.read_csv(folder / "uit-csv-nl" / "noord.csv", encoding="utf-8-sig")
    own = table[(table["subject"] == "lc-safety:safety") & (table["unit"] == "community")]
    means = own[own["statistic"] == "mean"].set_index("wave")["value"]
    change = own[own["statistic"] == "change"].set_index("wave")["value"]
    assert list(change.index) == [3]
    assert change[3] == pytest.approx(means[3] - means[1])


def write_roster(folder: Path, *rows: tuple[str, str, str, int]) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (("gemeenschap", "partij", "sector", "uitgenodigd meetmoment 1"), *rows):
        book.active.append(row)
    book.save(folder / "deelnemers.xlsx")


def test_a_roster_with_too_few_people_does_not_mean_that_everybody_answered(
    tmp_path: Path,
) -> None:
    folder = odd_study(tmp_path / "s", 'instruments = ["lc-safety"]', [meeting()])
    write_roster(folder, ("Noord", "Gemeente", "overheid", 10))
    texts = pages(folder)
    assert not has(texts["nl"], "Iedereen antwoordde")
    assert has(texts["nl"], "23 deelnemers vulden de lijst in; aantal uitgenodigd onbekend")


def test_a_community_that_was_invited_and_did_not_answer_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = 'instruments = ["lc-safety"]'
    folder = odd_study(tmp_path / "s", questions, [meeting()], communities=("Noord", "Zuid"))
    write_roster(
        folder,
        ("Noord", "Gemeente", "overheid", 14),
        ("Noord", "School", "onderwijs", 12),
        ("Zuid", "School", "onderwijs", 9),
    )
    assert list(report(folder)) == ["noord.html"]
    capsys.readouterr()
    assert call(["check", str(folder), "--language", "nl"]) == 0
    said = capsys.readouterr().err
    assert (
        "In Zuid zijn bij meetmoment 1 samen 9 mensen uitgenodigd, maar er zijn geen antwoorden"
        in said
    )


def test_a_remark_is_not_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = odd_study(tmp_path / "s", 'instruments = ["lc-safety"]', [meeting()])
    file = folder / "antwoorden" / "meetmoment-1" / "antwoorden.csv"
    pd.read_csv(file).drop(columns="code").to_csv(file, index=False)
    capsys.readouterr()
    assert call(["check", str(folder), "--language", "nl"]) == 0
    said = capsys.readouterr()
    assert "23 rijen hebben geen eigen code" in said.err
    assert said.out == "Geen fouten. Een rapport kan worden gemaakt.\n"
