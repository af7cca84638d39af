"""Indicators that an instrument file states as conditions over released measures."""

from __future__ import annotations

import pytest
from conditions_study import BLOCKS, HERE, cell, diagnosis, own, shipped
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from lcdiag.base.estimate import Band, Estimate, Hidden
from lcdiag.diagnosis.beyond import at_least, probability_beyond
from lcdiag.diagnosis.indicators.conditions import RULE, derive, read
from lcdiag.diagnosis.model import Diagnosis, Unit
from lcdiag.diagnosis.rules import read_indicators, rule_settings
from lcdiag.instrument.catalogue import open_instrument
from lcdiag.instrument.compose import compose

GOAL, RULES, REFLECTION = (f"lc-climate:{x}" for x in ("common-goal", "ground-rules", "reflection"))
HARMONY = {
    "lc-collusion:collaboration": cell(5.8),
    "lc-conflict:task": cell(2.2),
    "lc-conflict:relationship": cell(2.0),
    "lc-climate:interdependence": cell(3.0),
    "lc-climate:differences": cell(2.9),
}


# how sure it is that a mean lies beyond a limit


def test_the_probability_is_that_of_t_around_an_interval_that_was_not_rounded() -> None:
    """Against scipy's t: mean 5.2, s 1.1, ten people, limit 4.5; another way to write it."""
    error = 1.1 / 10**0.5
    half = stats.t.ppf(0.975, 9) * error
    found = probability_beyond(cell(5.2, half), "above", 4.5)
    assert found == pytest.approx(1 - stats.t.cdf(4.5, 9, loc=5.2, scale=error))
    assert probability_beyond(cell(5.2, half), "below", 4.5) == pytest.approx(1 - (found or 0))


@pytest.mark.parametrize(("side", "limit"), [("above", 4.5), ("below", 5.5)])
def test_it_is_975_where_the_interval_touches_the_limit(side: str, limit: float) -> None:
    assert probability_beyond(cell(5.0), side, limit) == pytest.approx(0.975)


def test_an_interval_cut_off_at_the_end_of_the_scale_is_no_surer() -> None:
    whole = Estimate(6.5, 5.7, 7.3, 0.95, (Band(0.95, 5.7, 7.3),), 8, "t")
    clipped = Estimate(6.5, 5.7, 7.0, 0.95, (Band(0.95, 5.7, 7.0),), 8, "t")
    assert probability_beyond(clipped, "above", 5.0) == probability_beyond(whole, "above", 5.0)


def test_rounding_outward_makes_nothing_surer() -> None:
    exact = cell(5.2, 0.61)
    rounded = Estimate(5.2, 4.5, 5.9, 0.95, (Band(0.95, 4.5, 5.9),), 10, "t")
    sure = probability_beyond(rounded, "above", 4.3)
    assert sure is not None
    assert sure < (probability_beyond(exact, "above", 4.3) or 0)


@pytest.mark.parametrize(
    "one",
    [
        Estimate.missing("no-answers"),
        Estimate(value=5.0, n=10, method="t"),
        cell(5.0, n=1),
    ],
)
def test_without_an_interval_nothing_is_sure(one: Estimate) -> None:
    assert probability_beyond(one, "above", 4.0) is None


def test_a_side_that_does_not_exist_is_never_met() -> None:
    assert probability_beyond(cell(5.0), "beside", 4.0) is None


def test_everybody_alike_lies_on_one_side_for_certain() -> None:
    assert probability_beyond(cell(5.0, 0.0), "above", 4.0) == 1.0
    assert probability_beyond(cell(5.0, 0.0), "above", 5.0) == 0.0


def test_several_conditions_are_as_sure_as_the_least_sure_of_them() -> None:
    assert at_least([0.99, 0.98, 0.999], 3) == pytest.approx(0.98)
    assert at_least([0.99, 0.4, 0.999], 3) == pytest.approx(0.4)


def test_where_one_of_several_is_enough_looking_often_is_paid_for() -> None:
    # Bonferroni by hand: four looks, the best p-value .005
    assert at_least([0.995, 0.2, 0.5, 0.9], 1) == pytest.approx(1 - 4 * 0.005)
    # two of three: (3 - 2 + 1) times the second smallest p-value, .01
    assert at_least([0.995, 0.99, 0.5], 2) == pytest.approx(1 - 2 * 0.01)
    assert at_least([0.5, 0.5, 0.5, 0.5], 1) == 0.0


@given(
    value=st.floats(2.0, 6.0),
    half=st.floats(0.05, 1.5),
    shift=st.floats(0.0, 2.0),
    n=st.integers(2, 60),
    side=st.sampled_from(["above", "below"]),
)
def test_a_mean_further_beyond_its_limit_is_never_less_sure(
    value: float, half: float, shift: float, n: int, side: str
) -> None:
    sign = 1 if side == "above" else -1
    near = probability_beyond(cell(value, half, n), side, 4.0)
    far = probability_beyond(cell(value + sign * shift, half, n), side, 4.0)
    assert near is not None
    assert far is not None
    assert far >= near - 1e-9


@given(
    sure=st.lists(st.floats(0, 1), min_size=1, max_size=6),
    place=st.integers(0, 5),
    more=st.floats(0, 1),
    needed=st.integers(1, 6),
)
def test_a_surer_condition_never_lowers_the_strength(
    sure: list[float], place: int, more: float, needed: int
) -> None:
    needed, place = min(needed, len(sure)), place % len(sure)
    surer = [*sure[:place], max(sure[place], more), *sure[place + 1 :]]
    assert at_least(surer, needed) >= at_least(sure, needed) - 1e-12
    assert 0.0 <= at_least(sure, needed) <= sorted(sure, reverse=True)[needed - 1] + 1e-12


# signals


def test_all_conditions_give_a_signal_with_every_reason() -> None:
    (signal,) = read(diagnosis(HARMONY), shipped("lc-collusion:harmony"))
    assert signal.indicator == "lc-collusion:harmony"
    assert (signal.unit, signal.wave, signal.status) == (HERE, 1, "experimental")
    assert {at.subject for at in signal.because} == set(HARMONY)
    sure = [
        probability_beyond(one, "above" if subject.endswith("collaboration") else "below", 4.0)
        for subject, one in HARMONY.items()
    ]
    assert signal.strength == min(one for one in sure if one is not None)


@pytest.mark.parametrize("subject", HARMONY)
def test_one_condition_that_is_unsure_is_enough_to_be_silent(subject: str) -> None:
    unsure = HARMONY | {subject: cell(4.0)}
    assert read(diagnosis(unsure), shipped("lc-collusion:harmony")) == ()


@pytest.mark.parametrize("subject", HARMONY)
def test_a_hidden_cell_gives_no_signal(subject: str) -> None:
    assert read(diagnosis(HARMONY | {subject: Hidden()}), shipped("lc-collusion:harmony")) == ()


def test_task_conflict_alone_says_nothing_whatever_its_height() -> None:
    for value in (1.5, 4.0, 6.5):
        cells = {
            "lc-conflict:task": cell(value),
            "lc-conflict:relationship": cell(4.0),
            "lc-safety:safety": cell(4.0),
        }
        for name in ("lc-conflict:content", "lc-conflict:personal"):
            assert read(diagnosis(cells), shipped(name)) == ()


def test_task_conflict_reads_by_relationship_conflict_and_safety() -> None:
    much = {"lc-conflict:task": cell(5.5)}
    calm = much | {"lc-conflict:relationship": cell(2.0), "lc-safety:safety": cell(5.8)}
    tense = much | {"lc-conflict:relationship": cell(5.6), "lc-safety:safety": cell(2.4)}
    for cells, name in ((calm, "content"), (tense, "personal")):
        fired = [
            signal.indicator
            for one in ("lc-conflict:content", "lc-conflict:personal")
            for signal in read(diagnosis(cells), shipped(one))
        ]
        assert fired == [f"lc-conflict:{name}"]


def test_of_conditions_that_may_be_low_only_the_low_ones_are_named() -> None:
    cells = {
        REFLECTION: cell(2.2),
        GOAL: cell(5.5),
        "lc-climate:differences": cell(4.4),
        "lc-safety:safety": cell(5.0),
        RULES: cell(4.1),
        "lc-climate:problem-definition": cell(4.0),
    }
    (signal,) = read(diagnosis(cells), shipped("lc-climate:condition"))
    assert [at.subject for at in signal.because] == [REFLECTION]


def test_a_condition_that_may_be_left_out_is_not_counted_where_it_is_not_asked() -> None:
    blocks = ("lc-climate:reflection", "lc-climate:common-goal", "lc-climate:differences")
    cells = {
        REFLECTION: cell(2.2),
        GOAL: cell(5.5),
        "lc-climate:differences": cell(4.4),
        "lc-safety:safety": cell(5.0),
    }
    asked = diagnosis(cells, blocks=(*blocks, "lc-safety:safety"))
    (signal,) = read(asked, shipped("lc-climate:condition"))
    sure = probability_beyond(cells[REFLECTION], "below", 4.0)
    assert signal.strength == pytest.approx(1 - 4 * (1 - (sure or 0)))


def test_an_indicator_whose_scales_are_not_all_asked_is_silent_and_that_is_stated() -> None:
    part = ("lc-collusion", "lc-conflict:task", "lc-climate:interdependence")
    found = diagnosis(HARMONY, blocks=part)
    assert read(found, shipped("lc-collusion:harmony")) == ()
    assert derive(found, shipped("lc-collusion:harmony")) == ()
    silent = {one.id: one.silent for one in found.words.indicators}
    assert silent["lc-collusion:harmony"]
    assert not silent["lc-collusion:abilene"]
    whole = {one.id: one.silent for one in diagnosis(HARMONY).words.indicators}
    assert not whole["lc-collusion:harmony"]


def test_too_few_answers_give_no_signal() -> None:
    few = {subject: cell(one.value or 0, 0.2, n=5) for subject, one in HARMONY.items()}
    assert read(diagnosis(few), shipped("lc-collusion:harmony")) == ()


def test_single_items_are_read_by_their_code() -> None:
    cells = {"rp1": cell(2.0), "rp3": cell(2.0), "rp5": cell(4.5)}
    (signal,) = read(diagnosis(cells), shipped("lc-representative:bridge"))
    assert [at.subject for at in signal.because] == ["rp1", "rp3"]
    one = {"rp1": cell(2.0), "rp3": cell(4.2), "rp5": cell(4.5)}
    assert read(diagnosis(one), shipped("lc-representative:bridge")) == ()


def test_a_pool_of_topics_can_be_a_subject() -> None:
    from lcdiag.instrument.model import Condition, Indicator

    stated = Condition(statistic="abilene_gap", subject="critical", side="above", limit=0.5)
    indicator = Indicator(id="lag", rule="conditions", label={}, conditions=(stated,), source="own")
    found = diagnosis({"lc-collusion:critical": cell(1.6)}, statistic="abilene_gap")
    (signal,) = read(found, rule_settings("lc-collusion", indicator))
    assert signal.because[0].statistic == "abilene_gap"


@given(shift=st.floats(0, 1.0))
def test_a_mean_further_below_its_limit_never_lowers_a_signal(shift: float) -> None:
    settings = own([("common-goal", "below", 4.0), ("ground-rules", "below", 4.0)])
    (near,) = read(diagnosis({GOAL: cell(3.0), RULES: cell(3.2)}), settings)
    (far,) = read(diagnosis({GOAL: cell(3.0), RULES: cell(3.2 - shift)}), settings)
    assert far.strength >= near.strength - 1e-12


def test_hostile_settings_cannot_make_it_fail() -> None:
    """The check refuses these; a rule made in Python must still not fall over."""
    cells = {GOAL: cell(2.0), RULES: cell(2.0)}
    stated = [("common-goal", "below", 4.0), ("ground-rules", "sideways", 4.0)]
    assert read(diagnosis(cells), own(stated)) == ()
    assert read(diagnosis(cells), own([("nothing-here", "below", 4.0)])) == ()
    assert read(diagnosis(cells), own([("common-goal", "below", 4.0)], 3)) == ()
    assert read(diagnosis(cells), own([])) == ()
    (signal,) = read(diagnosis(cells), own([("common-goal", "below", 1e308)], minimum_answers=-9))
    assert signal.strength <= 1


# what a signal may tell


def whole(found: Diagnosis) -> Diagnosis:
    return read_indicators(found, compose([list(BLOCKS)], ("nl", "en")))


def test_a_signal_reveals_nothing_that_its_cells_do_not() -> None:
    """Whoever holds only the cells it names works out the same signal."""
    found = whole(diagnosis(HARMONY | {"lc-safety:safety": cell(5.1), GOAL: Hidden()}))
    (signal,) = [one for one in found.signals if one.indicator == "lc-collusion:harmony"]
    named = {(at.statistic, at.subject) for at in signal.because}
    only = diagnosis({subject: HARMONY[subject] for _, subject in named})
    assert read(only, shipped("lc-collusion:harmony")) == (signal,)
    for at in signal.because:
        assert isinstance(found.cell(at.statistic, at.subject, at.unit, at.wave), Estimate)


def test_another_name_of_a_community_changes_nothing_but_the_name() -> None:
    first = whole(diagnosis(HARMONY, communities=("North", "South")))
    other = whole(diagnosis(HARMONY, communities=("Aa", "Zz")))
    names = {"North": "Aa", "South": "Zz"}

    def renamed(unit: Unit) -> Unit:
        return unit.model_copy(update={"community": names[unit.community]})

    assert len(first.signals) == 2
    assert other.signals == tuple(
        one.model_copy(
            update={
                "unit": renamed(one.unit),
                "because": tuple(
                    at.model_copy(update={"unit": renamed(at.unit)}) for at in one.because
                ),
            }
        )
        for one in first.signals
    )


def test_every_subject_of_the_library_is_there() -> None:
    """With everything asked no indicator is silent, and each limit lies within its scale."""
    found = compose(
        [["lc-climate", "lc-safety", "lc-conflict", "lc-collusion", "lc-representative"]],
        ("nl", "en"),
    )
    assert RULE.name == "conditions"
    from lcdiag.diagnosis.words import collect_words

    listed = collect_words(found, ("nl", "en")).indicators
    assert len(listed) == 8
    assert not [one.id for one in listed if one.silent]


@pytest.mark.parametrize(
    "home", ["lc-collusion", "lc-climate", "lc-conflict", "lc-patterns", "lc-representative"]
)
def test_every_indicator_is_an_indication_with_another_reading_and_its_place(home: str) -> None:
    for one in open_instrument(home).indicators:
        assert one.label["nl"].startswith("Aanwijzing: ")
        assert one.label["en"].startswith("Indication: ")
        assert one.status == "experimental"
        assert one.place
        if one.rule == "conditions":
            assert set(one.other) == set(one.question) == {"nl", "en"}
            assert all(text.endswith("?") for text in one.question.values())
