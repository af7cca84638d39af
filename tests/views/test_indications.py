"""Indications of instrument files on pages: told with their other reading, never a raw id."""

from __future__ import annotations

import re

import pytest
from sample import COMMUNITY, HERE, STUDY, Builder

from lcdiag import render
from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.base.levels import Level
from lcdiag.base.text import resolve
from lcdiag.diagnosis.model import Address, Diagnosis, Measure, Signal
from lcdiag.views.blocks import Facts
from lcdiag.views.choose import choose
from lcdiag.views.indications import MOST, indications
from lcdiag.views.observations import observe, signal_of
from lcdiag.views.pages.words import make
from lcdiag.views.reading import Reading, latest
from lcdiag.views.render import gather_pages

HARMONY = ("lc-collusion:collaboration", "lc-conflict:task", "lc-climate:differences")
ITEMS = ("rp1", "rp3")


def signal(indicator: str, subjects: tuple[str, ...], strength: float = 0.98) -> Signal:
    because = tuple(
        Address(statistic="mean", subject=one, level=Level.GROUP, unit=HERE, wave=2)
        for one in subjects
    )
    return Signal(
        indicator=indicator,
        level=Level.GROUP,
        unit=HERE,
        wave=2,
        strength=strength,
        because=because,
        status="experimental",
    )


def with_signals(*signals: Signal, builder: Builder | None = None) -> Diagnosis:
    found = (builder or calm()).build()
    return found.model_copy(update={"signals": (*found.signals, *signals)})


def calm() -> Builder:
    from sample import words

    builder = Builder()
    for scale in words(builder.blocks).scales:
        for wave in builder.waves:
            builder.means[scale.id, wave] = 4.0
    return builder


def read(diagnosis: Diagnosis) -> Reading:
    found = latest(diagnosis, COMMUNITY)
    assert found is not None
    return found


def test_an_indication_is_told_with_its_other_reading_and_its_question() -> None:
    (only,) = observe(read(with_signals(signal("lc-collusion:harmony", HARMONY))))
    assert only.kind == "indication"
    nl, en = resolve(only.text, "nl"), resolve(only.text, "en")
    assert nl.startswith("Aanwijzing: mensen vinden dat het goed gaat")
    assert "Een andere lezing: Het kan ook echt goed gaan" in nl
    assert "Another reading: It may also really go well" in en
    assert nl.endswith("Experimenteel: als gespreksstarter.")
    assert resolve(only.question, "nl").endswith("?")


def test_one_or_two_reasons_are_named_by_their_labels() -> None:
    (one,) = observe(read(with_signals(signal("lc-climate:condition", ("lc-climate:reflection",)))))
    assert "Het gaat om ‘Tijd en ruimte om te leren’." in resolve(one.text, "nl")
    (two,) = observe(read(with_signals(signal("lc-representative:bridge", ITEMS))))
    assert "It is about ‘Mandate clear’ and ‘Reporting back’." in resolve(two.text, "en")


def test_it_is_not_taken_for_the_signature_of_the_topics() -> None:
    reading = read(with_signals(signal("lc-collusion:harmony", HARMONY)))
    assert signal_of(reading) is None
    both = with_signals(signal("lc-collusion:harmony", HARMONY), builder=Builder(signal_waves=(2,)))
    assert signal_of(read(both)) is not None
    assert [one.kind for one in observe(read(both))][:2] == ["signal", "indication"]


def test_at_most_two_are_told_the_surest_first() -> None:
    found = with_signals(
        signal("lc-collusion:harmony", HARMONY, 0.98),
        signal("lc-conflict:content", ("lc-conflict:task",), 0.999),
        signal("lc-climate:condition", ("lc-climate:reflection",), 0.99),
    )
    assert [one.indicator for one, _ in indications(read(found))] == [
        "lc-conflict:content",
        "lc-climate:condition",
    ]
    assert len(observe(read(found))) == MOST == 2


def test_a_scale_that_an_indication_names_is_not_told_again() -> None:
    builder = calm()
    builder.means["lc-climate:reflection", 2] = 2.0
    alone = observe(read(builder.build()))
    assert [one.subject for one in alone] == ["lc-climate:reflection"]
    named = with_signals(
        signal("lc-climate:condition", ("lc-climate:reflection",)), builder=builder
    )
    assert [one.kind for one in observe(read(named))] == ["indication"]


def test_an_indication_over_a_hidden_cell_is_not_told() -> None:
    found = with_signals(signal("lc-collusion:harmony", HARMONY))
    blind = found.model_copy(
        update={
            "measures": tuple(
                m.model_copy(update={"cell": Hidden()}) if m.at.subject == HARMONY[1] else m
                for m in found.measures
            )
        }
    )
    assert indications(read(blind)) == ()


def test_an_indication_without_another_reading_is_not_told() -> None:
    found = with_signals(signal("lc-collusion:harmony", HARMONY))
    bare = tuple(one.model_copy(update={"other": {}}) for one in found.words.indicators)
    words = found.words.model_copy(update={"indicators": bare})
    assert indications(read(found.model_copy(update={"words": words}))) == ()


@pytest.mark.parametrize(
    ("indicator", "subjects"),
    [("lc-collusion:harmony", HARMONY), ("lc-representative:bridge", ITEMS)],
)
def test_its_link_leads_to_a_figure_that_is_there(
    indicator: str, subjects: tuple[str, ...]
) -> None:
    page = render(with_signals(signal(indicator, subjects)), COMMUNITY, explore=False)
    (only,) = observe(read(with_signals(signal(indicator, subjects))))
    assert only.figure
    assert f'id="{only.figure}"' in page
    assert f'href="#{only.figure}"' in page


def test_the_guide_names_a_statement_by_its_label() -> None:
    first = choose(read(with_signals(signal("lc-representative:bridge", ITEMS))))[0]
    assert "‘Mandaat duidelijk’" in resolve(first.guess, "nl")
    assert "rp1" not in resolve(first.guess, "nl")


def test_no_page_shows_the_name_of_an_indicator_or_what_chance_gives() -> None:
    found = with_signals(
        signal("lc-collusion:harmony", HARMONY), signal("lc-representative:bridge", ITEMS)
    )
    at = found.measures[0].at
    further = tuple(
        Measure(
            at=at.model_copy(
                update={"statistic": name, "subject": "lc-collusion:harmony", "unit": unit}
            ),
            cell=Estimate(value=0.613, low=0.6, high=0.7, confidence=0.95, n=9, method="simulated"),
        )
        for name, unit in (("power", HERE), ("expected_by_chance", STUDY))
    )
    power = further[0].model_copy(update={"at": further[0].at.model_copy(update={"wave": 2})})
    told = render(
        found.model_copy(update={"measures": (power, *found.measures)}), COMMUNITY, explore=False
    )
    seen = "Dan was het bij 9 mensen te zien in ongeveer 61 van de 100 verzonnen groepen"
    assert f"{seen} (tussen 60 en 70)" in told
    plain = render(found, COMMUNITY, explore=False)
    more = found.model_copy(update={"measures": (*further, *found.measures)})
    page = render(more, COMMUNITY, explore=False)
    visible = re.sub(r"<[^>]*>", " ", page)
    assert "harmony" not in visible
    assert "bridge" not in re.sub(r"(?i)bridges? ", "", visible.replace("The bridge", ""))
    assert "expected_by_chance" not in page
    assert page == plain


def test_the_last_page_gives_status_and_source_and_says_what_was_not_asked() -> None:
    found = with_signals(signal("lc-collusion:harmony", HARMONY))
    visible = re.sub(r"<[^>]*>", " ", render(found, COMMUNITY, explore=False))
    assert "Experimenteel: als gespreksstarter. Hoofdstuk 4.3, par. 4." in visible
    assert "zoekt naar 8 aanwijzingen" in visible
    assert "Bij 1 ervan is niet alles gevraagd" in visible
    quiet = make(calm().build(), COMMUNITY)
    assert quiet is not None
    captions = [resolve(block.caption, "nl") for block in quiet.blocks if isinstance(block, Facts)]
    assert captions
    assert not [one for one in captions if "Aanwijzingen" in one]


def test_every_page_can_be_made_with_every_indication() -> None:
    found = with_signals(
        *(signal(one.id, HARMONY) for one in calm().build().words.indicators),
    )
    assert len(gather_pages(found.only(COMMUNITY), COMMUNITY)) > 5
