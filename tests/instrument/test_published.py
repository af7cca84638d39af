"""The records of published scales: structure that can be stood for, and no sentence."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from lcdiag.base.levels import Referent
from lcdiag.base.shelf import shelf
from lcdiag.base.text import catalog, sentence
from lcdiag.instrument.catalogue import instrument_ids, open_instrument, published_ids
from lcdiag.instrument.check import check_instrument, check_together
from lcdiag.instrument.compose import compose
from lcdiag.instrument.model import Direction, Instrument, Item, Reported, Status
from lcdiag.instrument.status import effective_status
from lcdiag.instrument.wording import forbidden_in, words_of
from lcdiag.responses.model import MISSING, ResponseSet
from lcdiag.scoring.score import score_responses

STRUCTURE = {
    "alper-1998-goals": (5, 5),
    "bendersky-2012-status": (4,),
    "carter-1998-reflexivity": (8,),
    "costa-2011-trust": (6, 6, 6, 3),
    "cramm-2011-psat-s": (15,),
    "cummings-1996-trust": (12,),
    "dedreu-2001-dutch": (4, 4, 4, 4, 4),
    "dejong-2010-trust": (5,),
    "edmondson-1999-safety": (7,),
    "haesevoets-2023-legitimacy": (2, 2, 2, 6),
    "jehn-1995-conflict": (4, 4),
    "jehn-2001-conflict": (3, 3, 3),
    "klijn-2010-trust": (5,),
    "knoll-2013-silence": (3, 3, 3, 3),
    "mayer-1999-trust": (6, 5, 6, 4),
    "mcallister-1995-trust": (5, 6),
    "schippers-2007-reflexivity": (8, 4),
    "thomson-2009-collaboration": (2, 4, 3, 5, 3),
    "wagemakers-2010-checklist": (4, 4, 5, 5, 1, 6),
    "zaheer-1998-trust": (5, 5),
}
"""Items of each scale, in the order of the file."""

ITEMS = {
    "alper-1998-goals": 10,
    "haesevoets-2023-legitimacy": 6,
    "cummings-1996-trust": 12,
    "mayer-1999-trust": 21,
    "thomson-2009-collaboration": 17,
    "wagemakers-2010-checklist": 25,
}

REVERSED = {
    "edmondson-1999-safety": {"edm1", "edm3", "edm5"},
    "mcallister-1995-trust": {"mca11"},
    "carter-1998-reflexivity": {"car5", "car8"},
    "costa-2011-trust": {"cos10", "cos11", "cos16", "cos17"},
    "cummings-1996-trust": {"oti4", "oti5", "oti6", "oti10", "oti12"},
    "mayer-1999-trust": {"mad15", "mad18", "mad20"},
    "zaheer-1998-trust": {"zah7", "zah8", "zah9"},
}

WITHOUT_A_SCORE = {
    "cramm-2011-psat-s",
    "schippers-2007-reflexivity",
    "wagemakers-2010-checklist",
}
"""How the statements form scales is not known to us, or there are none to form."""

RECORDS = [open_instrument(name) for name in published_ids()]
EVERY_ITEM = [(one, item) for one in RECORDS for item in one.items]
EVERY_FIGURE = [(one, figure) for one in RECORDS for figure in one.reported]


@pytest.fixture(params=RECORDS, ids=lambda one: one.id)
def record(request: pytest.FixtureRequest) -> Instrument:
    found = request.param
    assert isinstance(found, Instrument)
    return found


def test_every_wanted_scale_has_a_record_of_the_right_make_up() -> None:
    found = {one.id: tuple(len(scale.items) for scale in one.scales) for one in RECORDS}
    assert found == STRUCTURE
    assert {name: len(open_instrument(name).items) for name in ITEMS} == ITEMS


def test_every_item_is_in_a_scale(record: Instrument) -> None:
    used = {code for scale in record.scales for code in scale.items}
    assert used == {item.id for item in record.items}


def test_the_reversed_items_are_the_stated_ones(record: Instrument) -> None:
    found = {item.id for item in record.items if item.reversed}
    assert found == REVERSED.get(record.id, set())


def test_codes_are_neutral_and_unique_over_the_whole_library() -> None:
    assert check_together([open_instrument(name) for name in instrument_ids()]) == ()
    for _, item in EVERY_ITEM:
        assert re.fullmatch(r"[a-z]{3}[0-9]{1,2}", item.id)
        assert not forbidden_in(item.id)


@pytest.mark.parametrize(("home", "item"), EVERY_ITEM, ids=[item.id for _, item in EVERY_ITEM])
def test_an_item_is_a_label_and_a_facet_never_a_sentence(home: Instrument, item: Item) -> None:
    assert item.text == {}
    for words in (*item.label.values(), item.facet):
        assert 1 <= len(words_of(words)) <= 5
        assert not re.search(r"[.!?…]", words)
        assert not re.search(r"\b(I|me|we|us|our|my|ik|wij|ons|onze|mijn)\b", words)
    assert set(item.label) == {"nl", "en"}
    assert home.worded_in == ()


def test_no_file_holds_a_text_of_an_item() -> None:
    for path in sorted((shelf("instruments") / "published").glob("*.toml")):
        lines = path.read_text(encoding="utf-8").splitlines()
        items = [number for number, line in enumerate(lines) if line == "[[items]]"]
        inside = [line for line in lines[items[0] :] if line.startswith(("text.", "instruction"))]
        assert inside == [], path.name


def test_check_finds_nothing_in_the_records(record: Instrument) -> None:
    assert [sentence(finding, "en") for finding in check_instrument(record)] == []


def test_a_record_says_where_it_comes_from_and_where_the_wording_is(record: Instrument) -> None:
    assert record.licence == "CC BY 4.0"
    assert record.source.kind == "published"
    assert "staan hier niet" in record.source.text["nl"]
    assert "are not here" in record.source.text["en"]
    assert record.source.citations
    for citation in (*record.source.citations, *record.validation.citations):
        assert re.search(r"\((19|20)\d\d\)\. .+\.", citation.text)
        assert citation.known in ("read-in-source", "seen-reproduced", "general-knowledge")
        assert not citation.doi or re.fullmatch(r"10\.\d{4,}/[^\s\"<>]+", citation.doi)
    for language, ask in (("nl", "toestemming"), ("en", "permission")):
        assert ask in record.source.wording_from[language]


def test_a_doi_belongs_to_one_publication() -> None:
    texts: dict[str, set[str]] = {}
    for one in RECORDS:
        for citation in (*one.source.citations, *one.validation.citations):
            if citation.doi:
                texts.setdefault(citation.doi, set()).add(citation.text)
    assert len(texts) >= 15
    assert {doi: found for doi, found in texts.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("home", "figure"), EVERY_FIGURE, ids=[f"{o.id}-{n}" for n, (o, _) in enumerate(EVERY_FIGURE)]
)
def test_a_figure_names_a_citation_of_its_record(home: Instrument, figure: Reported) -> None:
    match = re.fullmatch(r"(?P<first>.+?)(?: et al\.| & .+?)? \((?P<year>\d{4})\)", figure.source)
    assert match, figure.source
    cited = [
        citation.text
        for citation in (*home.source.citations, *home.validation.citations)
        if citation.text.startswith(match["first"] + ",") and f"({match['year']})" in citation.text
    ]
    assert cited
    assert (figure.value is None) == (figure.low is not None) == (figure.high is not None)
    assert not figure.scale or home.scale(figure.scale)


def test_every_statistic_and_referent_has_a_name_in_both_languages() -> None:
    for language in ("nl", "en"):
        known = catalog(language, "codebook").sentences
        for statistic in sorted({figure.statistic for _, figure in EVERY_FIGURE}):
            assert f"codebook.statistic-{statistic}" in known
        about = sorted({item.referent.value for _, item in EVERY_ITEM})
        assert {f"codebook.referent-{referent}" for referent in about} <= set(known)
        pages = catalog(language, "views").sentences
        assert {f"views.about-{referent}" for referent in about} <= set(pages)


def test_the_figures_that_the_design_of_lcdiag_rests_on() -> None:
    safety = {
        (one.statistic, one.value) for one in open_instrument("edmondson-1999-safety").reported
    }
    assert safety == {("cronbach-alpha", 0.82), ("teams", 51)}
    short = open_instrument("cramm-2011-psat-s").reported
    assert {(one.statistic, one.value, one.low, one.high) for one in short} == {
        ("cronbach-alpha", None, 0.75, 0.87),
        ("respondents", 218, None, None),
        ("partnerships", 22, None, None),
    }
    factors = {
        one.source: one.value
        for one in open_instrument("thomson-2009-collaboration").reported
        if one.statistic == "factors"
    }
    assert factors == {"Thomson et al. (2009)": 5, "Roberts et al. (2017)": 4}


def test_no_record_claims_a_status_without_its_wording(record: Instrument) -> None:
    assert record.validation.wordings == {}
    assert record.validation.status in (Status.VALIDATED_ELSEWHERE, Status.ADAPTED)
    for language in record.languages:
        assert effective_status(record, language) not in (
            Status.VALIDATED,
            Status.VALIDATED_ELSEWHERE,
            Status.SUPPORTED_HERE,
        )
    if record.validation.status is Status.VALIDATED_ELSEWHERE:
        assert record.validation.citations
        assert set(record.validation.population) == {"nl", "en"}


def test_what_people_read_is_neutral_and_plain(record: Instrument) -> None:
    for title in record.respondent_title.values():
        assert not forbidden_in(title)
        assert not re.search(r"\d|vertrouwen|trust|conflict|zwijg|silence", title, re.IGNORECASE)
    texts = [record.source.text, record.source.wording_from, record.validation.evidence]
    texts += [scale.about for scale in record.scales]
    for text in texts:
        assert set(text) == {"nl", "en"}
        for words in text.values():
            assert not re.search(r"\b(gevalideerd|validated)\b(?! scale)", words)
            for part in re.split(r"(?<=[.?:]) ", words):
                assert len(words_of(part)) <= 20, part


def test_conflict_and_strategies_are_not_called_good_or_bad_without_need() -> None:
    neither = {
        f"{one.id}:{scale.id}"
        for one in RECORDS
        for scale in one.scales
        if scale.direction is Direction.NEITHER
    }
    assert neither >= {
        "jehn-1995-conflict:task",
        "jehn-2001-conflict:task",
        "thomson-2009-collaboration:autonomy",
        "costa-2011-trust:monitoring",
        *(f"dedreu-2001-dutch:{scale.id}" for scale in open_instrument("dedreu-2001-dutch").scales),
    }
    assert "jehn-2001-conflict:relationship" not in neither


def test_whom_a_scale_is_about_is_what_the_source_asked_about() -> None:
    about = {one.id: {item.referent for item in one.items} for one in RECORDS}
    assert about["mcallister-1995-trust"] == {Referent.OTHER_PERSON}
    assert about["zaheer-1998-trust"] == {Referent.OTHER_PERSON, Referent.OTHER_PARTY}
    assert about["cummings-1996-trust"] == {Referent.OTHER_PARTY}
    assert about["edmondson-1999-safety"] == {Referent.GROUP}
    for one in RECORDS:
        for scale in one.scales:
            assert len({one.item(code).referent for code in scale.items}) == 1


def test_what_is_not_known_to_form_a_scale_gets_no_score() -> None:
    without = {one.id for one in RECORDS if all(scale.per_item for scale in one.scales)}
    assert without == WITHOUT_A_SCORE


def test_codes_alone_are_enough_to_score() -> None:
    asked = compose([["edmondson-1999-safety"]], ())
    codes = [[1, 7, 1, 7, 1, 7, 7], [2, 6, 3, 5, 4, 7, 1], [4, 4, 4, 4] + [MISSING] * 3]
    codes += [[7, MISSING, 7, MISSING, MISSING, MISSING, 2]]
    blank = np.array([""] * len(codes), dtype=object)
    answers = ResponseSet(
        person=np.array([f"p{number}" for number in range(len(codes))], dtype=object),
        community=blank,
        meeting_group=blank,
        party=blank,
        sector=blank,
        wave=np.ones(len(codes), dtype=np.int64),
        language=blank,
        columns=asked.codes,
        codes=np.array(codes, dtype=np.int16),
    )
    scores = score_responses(answers, asked)
    # 1, 3 and 5 turned: 8 minus the answer; at least four of the seven answered
    by_hand = [7.0, (6 + 6 + 5 + 5 + 4 + 7 + 1) / 7, 4.0, np.nan]
    np.testing.assert_allclose(scores.scale("edmondson-1999-safety:safety"), by_hand)


def test_the_documentation_lists_every_record() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "instruments.md"
    if not page.is_file():
        pytest.skip("the documentation is not beside the tests")
    text = page.read_text(encoding="utf-8")
    for one in RECORDS:
        sizes = ", ".join(f"{scale.id} {len(scale.items)}" for scale in one.scales)
        assert f"| `{one.id}` | {len(one.items)} | {sizes} |" in text
