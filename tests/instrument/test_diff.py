"""What an edit changed, and what it does to comparing over waves."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcdiag.base.levels import Level, Referent
from lcdiag.base.text import languages, resolve
from lcdiag.instrument.catalogue import instrument_ids, open_instrument
from lcdiag.instrument.diff import diff_instruments
from lcdiag.instrument.diff_model import Comparison, Effect, InstrumentDiff
from lcdiag.instrument.model import Composition, Direction, Instrument, Translated

SAFETY = open_instrument("lc-safety")
TOPICS = open_instrument("lc-collusion")


def with_item(instrument: Instrument, at: int, **update: Any) -> Instrument:
    items = list(instrument.items)
    items[at] = items[at].model_copy(update=update)
    return instrument.model_copy(update={"items": tuple(items)})


def with_scale(instrument: Instrument, at: int, **update: Any) -> Instrument:
    scales = list(instrument.scales)
    scales[at] = scales[at].model_copy(update=update)
    return instrument.model_copy(update={"scales": tuple(scales)})


def with_format(**update: Any) -> Instrument:
    changed = SAFETY.formats["agree7"].model_copy(update=update)
    return SAFETY.model_copy(update={"formats": {"agree7": changed}})


def other(text: Translated, language: str = "nl") -> Translated:
    return {**text, language: text[language] + " (anders)"}


POINTS = SAFETY.formats["agree7"].points
FIRST = SAFETY.items[0]
SCALE = SAFETY.scales[0]
ENGLISH_ONLY = SAFETY.model_copy(update={"languages": ("en",)})

EDITS: list[tuple[str, Instrument, Effect]] = [
    ("version", SAFETY.model_copy(update={"version": "9.9"}), Effect.NONE),
    ("licence", SAFETY.model_copy(update={"licence": "CC0"}), Effect.NONE),
    ("title", SAFETY.model_copy(update={"title": other(SAFETY.title)}), Effect.NONE),
    (
        "source",
        SAFETY.model_copy(update={"source": SAFETY.source.model_copy(update={"text": {}})}),
        Effect.NONE,
    ),
    (
        "respondent-title",
        SAFETY.model_copy(update={"respondent_title": other(SAFETY.respondent_title)}),
        Effect.CARE,
    ),
    (
        "instruction",
        SAFETY.model_copy(update={"instruction": other(SAFETY.instruction)}),
        Effect.CARE,
    ),
    ("note", SAFETY.model_copy(update={"note": {"nl": "Let op."}}), Effect.CARE),
    ("language-removed", ENGLISH_ONLY, Effect.CARE),
    ("order", SAFETY.model_copy(update={"items": SAFETY.items[::-1]}), Effect.CARE),
    ("item-text", with_item(SAFETY, 0, text=other(FIRST.text)), Effect.CARE),
    ("item-reversed", with_item(SAFETY, 0, reversed=not FIRST.reversed), Effect.BROKEN),
    ("item-referent", with_item(SAFETY, 0, referent=Referent.SOCIETY), Effect.BROKEN),
    ("item-level", with_item(SAFETY, 0, level=Level.CONTEXT), Effect.CARE),
    ("item-label", with_item(SAFETY, 0, label=other(FIRST.label)), Effect.NONE),
    ("item-facet", with_item(SAFETY, 0, facet="another"), Effect.NONE),
    ("item-place", with_item(SAFETY, 0, place="4.9, par. 9"), Effect.NONE),
    ("item-accepted", with_item(SAFETY, 0, accepted={"length": "So."}), Effect.NONE),
    (
        "format-points",
        with_format(points={**POINTS, "nl": ("nee", *POINTS["nl"][1:])}),
        Effect.CARE,
    ),
    ("format-dont-know", with_format(dont_know={"nl": "?", "en": "don't know"}), Effect.CARE),
    ("scale-items", with_scale(SAFETY, 0, items=SCALE.items[:-1]), Effect.BROKEN),
    ("scale-combine", with_scale(SAFETY, 0, combine="sum"), Effect.BROKEN),
    ("scale-min-answered", with_scale(SAFETY, 0, min_answered=0.9), Effect.CARE),
    ("scale-direction", with_scale(SAFETY, 0, direction=Direction.NEITHER), Effect.CARE),
    ("scale-level", with_scale(SAFETY, 0, level=Level.PARTY), Effect.CARE),
    ("scale-composition", with_scale(SAFETY, 0, composition=Composition.ADDITIVE), Effect.NONE),
    ("scale-per-item", with_scale(SAFETY, 0, per_item=True), Effect.NONE),
    ("scale-label", with_scale(SAFETY, 0, label=other(SCALE.label)), Effect.NONE),
    ("scale-about", with_scale(SAFETY, 0, about=other(SCALE.about)), Effect.NONE),
    ("scale-question", with_scale(SAFETY, 0, question=other(SCALE.question)), Effect.NONE),
    (
        "scale-respondent-label",
        with_scale(SAFETY, 0, respondent_label={**SCALE.respondent_label, "nl": "Anders"}),
        Effect.CARE,
    ),
]


@pytest.mark.parametrize(("kind", "edited", "effect"), EDITS, ids=[one[0] for one in EDITS])
def test_each_edit_is_named_once_with_its_effect(
    kind: str, edited: Instrument, effect: Effect
) -> None:
    found = diff_instruments(SAFETY, edited)
    assert {one.kind for one in found.changes} == {kind}
    assert found.worst is effect
    comparisons = {part.id: part.comparison for part in found.parts}
    expected = {
        Effect.NONE: Comparison.COMPARABLE,
        Effect.CARE: Comparison.WITH_CARE,
        Effect.BROKEN: Comparison.NOT_COMPARABLE,
    }[effect]
    assert comparisons["safety"] is expected


@pytest.mark.parametrize("name", instrument_ids())
def test_nothing_changed_is_nothing(name: str) -> None:
    found = diff_instruments(open_instrument(name), open_instrument(name))
    assert not found
    assert found.changes == ()
    assert {part.comparison for part in found.parts} <= {Comparison.COMPARABLE}


@settings(deadline=None, max_examples=80)
@given(st.lists(st.sampled_from(EDITS), min_size=2, max_size=2))
def test_the_way_back_is_the_mirror(pair: list[tuple[str, Instrument, Effect]]) -> None:
    (_, first, _), (_, second, _) = pair
    there, back = diff_instruments(first, second), diff_instruments(second, first)
    turned = {"added": "removed", "removed": "added"}

    def mirrored(kind: str) -> str:
        head, _, tail = kind.rpartition("-")
        return f"{head}-{turned[tail]}" if tail in turned else kind

    assert sorted((one.kind, one.where, one.old, one.new) for one in there.changes) == sorted(
        (mirrored(one.kind), one.where, one.new, one.old) for one in back.changes
    )


def test_an_edit_of_one_item_leaves_the_other_scale_alone() -> None:
    found = diff_instruments(SAFETY, with_item(SAFETY, 0, text=other(FIRST.text)))
    parts = {part.id: part for part in found.parts}
    assert parts["voice"].comparison is Comparison.COMPARABLE
    assert parts["safety"].comparison is Comparison.WITH_CARE
    assert parts["safety"].unchanged == SCALE.items[1:]
    (change,) = found.changes
    assert (change.where, change.language) == (FIRST.id, "nl")
    assert change.new == change.old + " (anders)"


def test_another_code_for_the_same_words_is_a_rename() -> None:
    renamed = with_scale(with_item(SAFETY, 0, id="zz1"), 0, items=("zz1", *SCALE.items[1:]))
    found = diff_instruments(SAFETY, renamed)
    (change,) = found.changes
    assert (change.kind, change.old, change.new) == ("item-renamed", FIRST.id, "zz1")
    assert {part.id: part.comparison for part in found.parts} == {
        "safety": Comparison.WITH_CARE,
        "voice": Comparison.COMPARABLE,
    }


def test_a_new_item_in_a_scale_breaks_it_and_says_what_stays() -> None:
    more = FIRST.model_copy(update={"id": "ve9", "text": {"nl": "Nieuw.", "en": "New."}})
    edited = with_scale(SAFETY, 0, items=(*SCALE.items, "ve9"))
    edited = edited.model_copy(update={"items": (*SAFETY.items, more)})
    found = diff_instruments(SAFETY, edited)
    assert [one.kind for one in found.changes] == ["item-added", "scale-items"]
    (part,) = [part for part in found.parts if part.id == "safety"]
    assert part.comparison is Comparison.NOT_COMPARABLE
    assert part.unchanged == SCALE.items


def test_scales_come_and_go() -> None:
    fewer = SAFETY.model_copy(update={"scales": SAFETY.scales[:1]})
    gone = {part.id: part.comparison for part in diff_instruments(SAFETY, fewer).parts}
    new = {part.id: part.comparison for part in diff_instruments(fewer, SAFETY).parts}
    assert gone == {"safety": Comparison.COMPARABLE, "voice": Comparison.GONE}
    assert new == {"safety": Comparison.COMPARABLE, "voice": Comparison.NEW}


def test_a_topic_is_compared_as_a_whole() -> None:
    topic = TOPICS.contrasts[0]
    place = [item.id for item in TOPICS.items].index(topic.others)
    edited = with_item(TOPICS, place, text=other(TOPICS.items[place].text))
    parts = {part.id: part for part in diff_instruments(TOPICS, edited).parts}
    touched = parts[f"topic.{topic.id}"]
    assert touched.comparison is Comparison.WITH_CARE
    assert touched.unchanged == (topic.own, topic.practice)
    assert parts["topic.course"].comparison is Comparison.COMPARABLE
    swapped = topic.model_copy(update={"own": topic.practice, "practice": topic.own})
    edited = TOPICS.model_copy(update={"contrasts": (swapped, *TOPICS.contrasts[1:])})
    parts = {part.id: part for part in diff_instruments(TOPICS, edited).parts}
    assert parts[f"topic.{topic.id}"].comparison is Comparison.NOT_COMPARABLE


def test_another_number_of_points_breaks_everything() -> None:
    found = diff_instruments(
        SAFETY, with_format(high=5, points={k: v[:5] for k, v in POINTS.items()})
    )
    assert found.changes[0].kind == "format-bounds"
    assert (found.changes[0].old, found.changes[0].new) == ("1-7", "1-5")
    assert {part.comparison for part in found.parts} == {Comparison.NOT_COMPARABLE}


def test_the_status_before_and_after_is_told() -> None:
    found = diff_instruments(SAFETY, ENGLISH_ONLY)
    assert found.status == {"nl": ("experimental", ""), "en": ("experimental", "experimental")}


def test_same_number_for_other_words_is_noticed() -> None:
    edited = with_item(SAFETY, 0, text=other(FIRST.text))
    assert diff_instruments(SAFETY, edited).needs_new_version
    assert not diff_instruments(SAFETY, SAFETY).needs_new_version
    numbered = edited.model_copy(update={"version": "2.0"})
    assert not diff_instruments(SAFETY, numbered).needs_new_version


@pytest.mark.parametrize("language", languages())
def test_every_change_has_a_sentence(language: str) -> None:
    for kind, edited, _ in EDITS:
        for change in diff_instruments(SAFETY, edited).changes:
            said = resolve(change.message, language)
            assert said.endswith("."), kind
            assert "{" not in said


def test_it_travels_as_data() -> None:
    found = diff_instruments(SAFETY, with_item(SAFETY, 0, text=other(FIRST.text)))
    assert InstrumentDiff.model_validate_json(found.model_dump_json()) == found
