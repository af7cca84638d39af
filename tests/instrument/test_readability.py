from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from good_files import OWN, RECORD
from hypothesis import given
from hypothesis import strategies as st

from lcdiag.instrument.catalogue import open_instrument, open_set
from lcdiag.instrument.compose import compose, compose_set
from lcdiag.instrument.model import Instrument
from lcdiag.instrument.read import examine_content
from lcdiag.instrument.readability import flesch_douma, read_aloud, scale_readability, syllables

COUNTED_BY_HAND = (
    "ik dit we-ten ta-fel groep par-tij par-tij-en bij-een-komst bij-een-kom-sten i-dee "
    "i-dee-ën nieu-we mooi mooi-e één hé ca-fé col-le-ga's zo'n be-ïn-vloe-den co-ör-di-na-tor "
    "sa-men-wer-king ver-trou-wen ge-meen-te vraag-stuk re-la-tie si-tu-a-tie of-fi-ci-eel "
    "cre-a-tief be-ant-woor-den bu-reau ni-veau mi-lieu mu-se-um ge-uit zo-iets zo-als "
    "quo-ta team coach trai-nen yo-ga ro-yaal e-mail on-der-uit-haalt er-om-heen aai-en kraai "
    "groei-en leeuw sneeuw-de re-a-ge-ren in-di-vi-du-eel ach-ter-ban a-gen-da ei-e-ren kou-de"
)


def own(text: str) -> Instrument:
    instrument, findings = examine_content(tomllib.loads(text), "own.toml")
    assert instrument is not None, findings
    return instrument


@pytest.mark.parametrize("parted", COUNTED_BY_HAND.split())
def test_syllables_are_counted_as_a_reader_says_them(parted: str) -> None:
    word = parted.replace("-", "")
    assert syllables(word) == parted.count("-") + 1
    assert syllables(word.upper()) == parted.count("-") + 1


@given(st.text(max_size=40))
def test_whatever_is_written_has_at_least_one_syllable(word: str) -> None:
    assert syllables(word) >= 1


def test_the_figure_is_that_of_the_formula() -> None:
    # 4 words, 6 syllables: we le-ren van el-kaar
    assert flesch_douma(["We leren van elkaar."]) == pytest.approx(206.84 - 0.93 * 4 - 77 * 6 / 4)
    # two sentences: 5 and 3 words, 7 + 3 syllables
    both = ["Wij zijn op tijd begonnen.", "Dat is goed."]
    assert flesch_douma(both) == pytest.approx(206.84 - 0.93 * 4 - 77 * 10 / 8)


def test_long_words_and_long_sentences_read_harder() -> None:
    easy = flesch_douma(["We doen het werk."])
    assert flesch_douma(["Wij verwezenlijken gezamenlijke verantwoordelijkheden."]) < easy
    assert flesch_douma(["We doen het werk en dan gaan we weer naar huis of naar school."]) < easy


@pytest.mark.parametrize("sentences", [[], ["..."], ["", "12"]])
def test_nothing_to_read_has_no_reading_ease(sentences: list[str]) -> None:
    with pytest.raises(ValueError, match="at least one"):
        flesch_douma(sentences)


def test_each_scale_tells_how_it_reads() -> None:
    learning, apart, topics = scale_readability(own(OWN))
    assert (learning.scale, apart.scale, topics.scale) == ("learning", "apart", "topics")
    assert (learning.sentences, topics.sentences) == (3, 3)
    assert learning.lengths["nl"].mean == 4
    assert learning.lengths["en"].longest == 5
    texts = ["We leren van elkaar.", "We herhalen oude fouten.", "We kijken samen terug."]
    assert learning.flesch_douma == flesch_douma(texts)
    # the party's name is a word of the sentence: "partij leert van ons"
    assert apart.lengths["nl"].longest == 4


def test_a_record_without_sentences_has_nothing_to_read() -> None:
    assert scale_readability(own(RECORD)) == ()


def test_english_alone_has_no_figure_for_dutch() -> None:
    home = own(OWN)
    items = tuple(item.model_copy(update={"text": {"en": item.text["en"]}}) for item in home.items)
    for reading in scale_readability(home.model_copy(update={"items": items})):
        assert set(reading.lengths) == {"en"}
        assert reading.flesch_douma is None


def test_reading_aloud_counts_each_text_once(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    made = compose([["./own.toml:learning"]], ("nl", "en"), folder=tmp_path)
    aloud = read_aloud(made, "nl")
    # title 3, instruction 5, note 4, answers 2 + 1 + 3 + 1 + 2, don't know 3, items 4 + 4 + 4
    assert aloud.words == 3 + 5 + 4 + 9 + 3 + 12
    assert aloud.items == 3
    assert aloud.minutes == pytest.approx(36 / 200 + 3 * 4 / 60)


def test_labels_are_read_once_a_table_and_titles_once_a_run() -> None:
    one = read_aloud(compose([["lc-safety:safety"]], ("nl",)), "nl")
    both = read_aloud(compose([["lc-safety:safety", "lc-safety:voice"]], ("nl",)), "nl")
    apart = read_aloud(compose([["lc-safety:safety"], ["lc-safety:voice"]], ("nl",)), "nl")
    assert one.words < both.words < apart.words
    assert both.items == apart.items == one.items + 3


def test_a_round_robin_is_read_once_and_then_party_by_party() -> None:
    parties = ("Waterschap", "Gemeente", "School")
    alone = read_aloud(compose([["lc-party-grid:keeps"]], ("nl",)), "nl")
    asked = read_aloud(compose([["lc-party-grid:keeps"]], ("nl",), parties=parties), "nl")
    assert alone.items == 1
    assert asked.items == 3
    assert asked.words == alone.words + 2


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_standard_set_takes_a_fluent_reader_a_quarter_of_an_hour(language: str) -> None:
    ready = open_set("standard")
    aloud = read_aloud(compose_set(ready, ("nl", "en")), language)
    assert aloud.items >= 70
    assert aloud.minutes <= min(15, ready.minutes)


def test_every_scale_of_ours_reads_plainly() -> None:
    readings = [
        one
        for name in ("lc-safety", "lc-trust")
        for one in scale_readability(open_instrument(name))
    ]
    assert all(one.flesch_douma is not None and one.flesch_douma >= 60 for one in readings)
    assert all(length.longest <= 20 for one in readings for length in one.lengths.values())
