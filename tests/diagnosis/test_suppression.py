"""The analyst's log names every cell that is not shown, and the rule that hid it."""

from __future__ import annotations

from small_study import make_responses, make_study, random_rows

from lcdiag.base.estimate import Hidden
from lcdiag.base.text import Message, languages, resolve
from lcdiag.diagnosis.diagnose import diagnose, measure_all, scored_evidence
from lcdiag.diagnosis.suppression import RULES, suppression_log
from lcdiag.workflow.suppression import LOG_COLUMNS, suppression_file

HOSTILE = "=HYPERLINK(1)"


def rules_of(rows: list[dict[str, object]], **study: object) -> dict[tuple[str, str, str], str]:
    """Return the rule of each hidden cell by statistic, subject and name of its unit."""
    log = suppression_log(make_study(**study), make_responses(rows))
    return {
        (one.at.statistic, one.at.subject, one.at.unit.name): one.rule
        for one in log
        if one.grid is None
    }


def test_every_hidden_cell_stands_in_the_log_and_no_other() -> None:
    study, responses = make_study(), make_responses(random_rows(people=9))
    released = diagnose(study, responses, made="")
    measured = {one.at for one in measure_all(scored_evidence(study, responses)[0])}
    hidden = {m.at for m in released.measures if isinstance(m.cell, Hidden)} & measured
    absent = {m.at for m in diagnose(study, responses, made="", internal=True) if m.cell.absent}
    log = suppression_log(study, responses)
    assert {one.at for one in log if one.grid is None} == hidden - absent
    assert hidden - absent
    assert {one.rule for one in log} <= set(RULES)
    assert all(one.rule == "rounded" for one in log if one.grid is not None)


def test_rules_by_hand() -> None:
    few = [row for row in random_rows(people=4) if row["wave"] == 1]
    assert set(rules_of(few, report_by="none").values()) >= {"few-answers"}
    top = [row | {"a1": 7, "a2": 7, "a3": 7} for row in random_rows(people=6) if row["wave"] == 1]
    assert rules_of(top, report_by="none")["mean", "a3", ""] == "near-the-end"
    alike = [row | {"a3": 4} for row in random_rows(people=12) if row["wave"] == 1]
    assert rules_of(alike, report_by="none")["count.4", "a3", ""] == "nearly-all-alike"


def test_the_file_is_stamped_and_no_cell_becomes_a_formula() -> None:
    rows = [row | {"community": HOSTILE} for row in random_rows(people=4) if row["wave"] == 1]
    study = make_study(communities=(HOSTILE,))
    for language in languages():
        text = suppression_file(study, make_responses(rows), language).decode("utf-8-sig")
        head, *lines = text.splitlines()
        assert head == ",".join(LOG_COLUMNS)
        assert lines
        assert all(line.startswith("INTERN") for line in lines)
        assert f",{HOSTILE}" not in text
        assert HOSTILE in text


def test_every_rule_has_a_sentence_in_every_language() -> None:
    for language in languages():
        said = [resolve(Message(f"diagnosis.suppressed.{rule}"), language) for rule in RULES]
        assert all(one.endswith(".") and "suppressed" not in one for one in said)
        assert len(set(said)) == len(RULES)
