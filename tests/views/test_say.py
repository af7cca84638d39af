"""What the page on wishes, others and practice may say: no more than its cells."""

from __future__ import annotations

from sample import HERE, Builder, one_wave
from test_pages import pages, parts, texts

from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.base.text import Message, Number, resolve
from lcdiag.views.blocks import PerWave


def test_a_gap_that_is_clear_is_not_denied_on_the_same_page() -> None:
    diagnosis = Builder(gaps={("critical", 2): (1.3, 0.5)}).build()
    say = next(parts(pages(diagnosis)["say"], PerWave)).parts[-1]
    said = [resolve(one, "nl") for one in parts(say, Message)]
    assert "Zelf willen we dit meer dan we denken dat de anderen willen" in said
    assert not any("geen duidelijke aanwijzingen" in one for one in said)


def test_the_strip_in_words_is_the_strip_that_is_drawn() -> None:
    diagnosis = Builder(gaps={("critical", 2): (0.25, 0.4)}).build()
    gap = diagnosis.cell("perception_gap", "lc-collusion:critical", HERE, 2)
    assert isinstance(gap, Estimate)
    band = gap.band(0.90)
    assert band is not None
    low, high = (resolve(Number(one, signed=True), "nl") for one in (band.low, band.high))
    assert (band.low, band.high) != (gap.low, gap.high)
    assert any(f"van {low} tot {high}" in one for one in texts(pages(diagnosis)["say"], "nl"))


def test_topics_without_a_number_together_are_not_said_to_be_calm() -> None:
    diagnosis = one_wave()
    hidden = tuple(
        m.model_copy(update={"cell": Hidden()})
        if m.at.subject == "lc-collusion:critical" and m.at.unit == HERE
        else m
        for m in diagnosis.measures
    )
    say = texts(pages(diagnosis.model_copy(update={"measures": hidden}))["say"], "nl")
    assert any("kunnen we hier dus niet zeggen" in one for one in say)
    assert not any("geen duidelijke aanwijzingen" in one for one in say)
