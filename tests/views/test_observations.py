"""What may be said aloud: only what is released, certain enough and large enough."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from sample import COMMUNITY, HERE, POOL, STUDY, Builder, estimate, nothing_shown, with_lag
from sample import with_signal as signalled

from lcdiag.base.estimate import Band, Estimate
from lcdiag.base.text import resolve
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views.choose import choose
from lcdiag.views.observations import (
    MOST,
    clear_topics,
    everyday_margin,
    gap_alone,
    known_of_each_other,
    lag_alone,
    observe,
    question_of,
    signal_of,
    stands_out,
)
from lcdiag.views.reading import Reading, interval, latest


def read(diagnosis: Diagnosis) -> Reading:
    found = latest(diagnosis, COMMUNITY)
    assert found is not None
    return found


def calm(**changes: object) -> Builder:
    """A community in which nothing stands out: every scale in the middle."""
    builder = Builder(**changes)  # type: ignore[arg-type]
    from sample import words

    for wave in builder.waves:
        for scale in words(builder.blocks).scales:
            builder.means.setdefault((scale.id, wave), 4.0)
    return builder


def kinds(diagnosis: Diagnosis) -> list[str]:
    return [one.kind for one in observe(read(diagnosis))]


def test_nothing_stands_out_in_the_middle() -> None:
    assert kinds(calm().build()) == []


def test_a_clear_change_is_said_with_its_size_and_direction() -> None:
    reading = read(calm(changes={"lc-safety:safety": -1.2}).build())
    (only,) = observe(reading)
    assert only.kind == "change"
    assert "1,2 punt lager" in resolve(only.text, "nl")
    assert "1.2 points lower" in resolve(only.text, "en")


def test_a_change_within_its_strip_is_not_said() -> None:
    assert kinds(calm(changes={"lc-safety:safety": 0.45}).build()) == []


def test_a_certain_but_small_change_is_not_said() -> None:
    tiny = Estimate(value=0.3, low=0.2, high=0.4, confidence=0.95, n=500)
    assert stands_out(tiny, 0.0) == 0
    assert stands_out(Estimate(value=0.6, low=0.5, high=0.7, confidence=0.95, n=500), 0.0) == 1


def test_own_voice_below_the_middle_comes_before_other_scales() -> None:
    means = {("lc-safety:voice", 2): 2.8, ("lc-safety:safety", 2): 2.4}
    found = observe(read(calm(means=means).build()))
    assert [one.kind for one in found] == ["voice", "scale"]


def test_a_high_score_on_a_favourable_scale_is_no_news() -> None:
    assert kinds(calm(means={("lc-collusion:collaboration", 2): 6.2}).build()) == []


def test_conflict_about_the_work_has_no_good_or_bad_side() -> None:
    assert kinds(calm(means={("lc-conflict:task", 2): 6.2}).build()) == []


def test_the_signal_comes_first_and_stands_for_its_topics() -> None:
    found = observe(read(signalled()))
    assert found[0].kind == "signal"
    assert "gap" not in [one.kind for one in found]
    assert found[0].figure == "say-critical-w2"


def test_a_signal_over_hidden_cells_is_not_told() -> None:
    diagnosis = signalled()
    hidden = Builder(hidden=True, signal_waves=(2,)).build()
    assert signal_of(read(diagnosis)) is not None
    assert signal_of(read(hidden)) is None


def test_a_gap_no_larger_than_everyday_is_not_said() -> None:
    reading = read(calm(gaps={("critical", 2): (1.0, 0.2)}).build())
    assert everyday_margin(reading) == 0.6
    assert clear_topics(reading) == ()
    assert not gap_alone(reading)
    assert observe(reading) == ()


def test_one_clear_topic_of_six_is_not_said_alone() -> None:
    reading = read(calm(gaps={("lc-collusion:topic.course", 2): (1.9, 0.5)}).build())
    assert clear_topics(reading) == ("lc-collusion:topic.course",)
    assert observe(reading) == ()


def test_a_clear_topic_is_named_where_the_topics_together_are_clear() -> None:
    gaps = {("critical", 2): (1.3, 0.5), ("lc-collusion:topic.course", 2): (1.9, 0.5)}
    (only,) = observe(read(calm(gaps=gaps).build()))
    assert only.kind == "gap"
    assert only.subject == "lc-collusion:topic.course"
    assert "‘Vragen bij de koers’" in resolve(only.text, "nl")


def test_topics_that_are_clear_only_together_are_told_together() -> None:
    reading = read(calm(gaps={("critical", 2): (1.3, 0.5)}).build())
    assert clear_topics(reading) == ()
    (only,) = observe(reading)
    assert (only.kind, only.subject) == ("gap", POOL)


def test_that_wishes_are_known_takes_more_than_no_clear_gap() -> None:
    few = read(with_lag())
    many = read(Builder(answered=24, gaps={("critical", 2): (-0.2, 1.9)}).build())
    assert lag_alone(few)
    assert not known_of_each_other(few)
    assert known_of_each_other(many)
    for reading, said in ((few, "is niet zeker"), (many, "Dat weten we ook van elkaar")):
        assert said in resolve(observe(reading)[0].text, "nl")


def test_a_score_beside_the_middle_is_told_as_recognition_with_its_scale() -> None:
    (only,) = observe(read(calm(means={("lc-collusion:avoidance", 2): 5.6}).build()))
    assert "5,6 op een schaal van 1 tot 7" in resolve(only.text, "nl")
    assert "herkent dit eerder wel dan niet" in resolve(only.text, "nl")
    assert "midden" not in resolve(only.text, "nl")


def test_practice_that_lags_known_wishes_is_told_as_such() -> None:
    reading = read(with_lag())
    assert lag_alone(reading)
    assert signal_of(reading) is None
    assert observe(reading)[0].kind == "lag"


def test_a_gap_that_is_surely_small_leaves_the_lag_alone() -> None:
    reading = read(Builder(answered=24, gaps={("critical", 2): (-0.2, 1.9)}).build())
    gap = reading.shown("perception_gap", POOL)
    assert gap is not None
    assert gap.high is not None
    assert gap.high < everyday_margin(reading)
    assert lag_alone(reading)


def test_lag_is_not_alone_where_the_other_gap_is_unknown_or_present() -> None:
    assert not lag_alone(read(signalled()))
    assert not lag_alone(read(nothing_shown()))


def test_without_a_margin_the_smallest_one_holds() -> None:
    diagnosis = calm().build()
    without = diagnosis.model_copy(
        update={"measures": tuple(m for m in diagnosis.measures if m.at.unit != STUDY)}
    )
    assert everyday_margin(read(without)) == 0.5


def test_nothing_is_said_where_nothing_is_shown() -> None:
    assert observe(read(nothing_shown())) == ()


def test_at_most_three_and_never_about_a_party() -> None:
    means = {(f"lc-safety:{name}", 2): 1.8 for name in ("safety", "voice")}
    means |= {(f"lc-trust:{name}", 2): 1.8 for name in ("between", "within")}
    means |= {("lc-climate:differences", 2): 1.8}
    builder = Builder(answered=24, invited=27, means=means, party="Gemeente Oost")
    found = observe(read(builder.build()))
    assert len(found) == MOST
    for one in found:
        for language in ("nl", "en"):
            assert "Gemeente Oost" not in resolve(one.text, language)


def test_every_observation_has_a_question_and_a_figure() -> None:
    for diagnosis in (signalled(), with_lag(), calm(changes={"lc-trust:between": 1.5}).build()):
        for one in observe(read(diagnosis)):
            assert resolve(one.question, "nl").endswith("?")
            assert one.figure


@settings(max_examples=200, deadline=None)
@given(
    value=st.floats(-6, 6),
    below=st.floats(0, 3),
    above=st.floats(0, 3),
    reference=st.floats(-1, 4),
)
def test_what_stands_out_never_touches_its_reference(
    value: float, below: float, above: float, reference: float
) -> None:
    band = Band(0.95, value - below, value + above)
    cell = Estimate(value=value, low=band.low, high=band.high, confidence=0.95, bands=(band,), n=9)
    side = stands_out(cell, reference)
    if side:
        assert abs(value - reference) >= 0.5
        assert not band.low <= reference <= band.high
        assert side == (1 if value > reference else -1)


def test_an_estimate_without_interval_never_stands_out() -> None:
    assert stands_out(Estimate(value=6.9, n=9), 4.0) == 0
    assert interval(Estimate(value=6.9, n=9)) is None
    assert stands_out(None, 4.0) == 0


def test_the_widest_interval_is_used() -> None:
    assert interval(estimate(4.0, 0.75, 9)) == (3.2, 4.8)


def test_the_guide_has_three_to_five_different_questions() -> None:
    for diagnosis in (
        calm().build(),
        signalled(),
        nothing_shown(),
        calm(changes={"lc-trust:between": 1.5}, means={("lc-safety:voice", 2): 2.0}).build(),
    ):
        prompts = choose(read(diagnosis))
        assert 3 <= len(prompts) <= 5
        assert len({one.subject for one in prompts}) == len(prompts)
        assert prompts[-1].figure == ""


def test_a_question_never_presumes_trouble_that_the_answers_do_not_show() -> None:
    avoidance = next(
        scale for scale in calm().build().words.scales if scale.id == "lc-collusion:avoidance"
    )
    for mean, own in ((2.0, False), (4.0, True), (6.0, True)):
        reading = read(calm(means={("lc-collusion:avoidance", 2): mean}).build())
        asked = resolve(question_of(reading, avoidance), "nl")
        assert (asked == avoidance.question["nl"]) == own
    chosen = choose(read(calm(means={("lc-collusion:avoidance", 2): 2.0}).build()))
    worse = {s.id for s in calm().build().words.scales if s.direction == "higher-worse"}
    assert worse
    assert not worse & {one.subject for one in chosen}


def test_the_pool_is_read_from_this_community_only() -> None:
    reading = read(signalled())
    gap = reading.shown("perception_gap", POOL, HERE)
    assert gap is not None
    assert gap.value == 1.7
