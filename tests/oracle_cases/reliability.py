"""Alpha and item statistics beside psych and multilevel."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from reference_cases import assert_matches, entry, items

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.items import inter_item_correlations, item_rest, item_summary
from lcdiag.statistics.moments import moments_of
from lcdiag.statistics.reliability import alpha_if_dropped, cronbach_alpha
from oracle_cases.case import Case, Check, close

SCALES = ("bfi_agree", "bfi_agree_listwise", "attitude", "synth_team")


def counts(name: str, value: Any, tol: float) -> None:
    moments = moments_of(items(name))
    got = [moments.rows, moments.complete, moments.items]
    assert_matches(got, [value["rows"], value["complete"], value["items"]], tol)


def alpha_total(name: str, value: Any, tol: float) -> None:
    data = items(name)
    r = inter_item_correlations(data)
    mean_r = (r.sum() - len(r)) / (len(r) * (len(r) - 1))
    standard = cronbach_alpha(data, standardized=True).value
    close(cronbach_alpha(data), value["raw_alpha"], tol)
    assert_matches(standard, value["std.alpha"], tol)
    assert_matches(mean_r, value["average_r"], tol)
    assert standard is not None
    assert_matches(standard / (1 - standard), value["S/N"], tol)
    assert_matches(duhachek_error(data), value["ase"], tol)
    older = entry(f"rel/{name}/alpha_total").get("value_psych_2_2_9")
    if older:
        second = cronbach_alpha(data, standardized=True, correlation="from-covariance")
        close(second, older["std.alpha"], tol)


def duhachek_error(data: Any) -> float:
    found = cronbach_alpha(data, interval="duhachek", interval_rows="all")
    assert found.low is not None
    assert found.high is not None
    return (found.high - found.low) / 2 / 1.959963984540054


def alpha_raw(name: str, value: Any, tol: float) -> None:
    close(cronbach_alpha(items(name)), value, tol)


def alpha_listwise(name: str, value: Any, tol: float) -> None:
    close(cronbach_alpha(items(name), missing="listwise"), value, tol)


def feldt(estimate: Estimate, k: int, value: Any, tol: float) -> None:
    alpha = estimate.value
    assert alpha is not None
    assert_matches(
        [estimate.low, alpha, estimate.high, alpha / (k - (k - 1) * alpha)],
        [value["lower.ci"], value["alpha"], value["upper.ci"], value["r.bar"]],
        tol,
    )


def feldt_all_rows(name: str, value: Any, tol: float) -> None:
    data = items(name)
    feldt(cronbach_alpha(data, interval_rows="all"), data.shape[1], value, tol)


def feldt_complete(name: str, value: Any, tol: float) -> None:
    data = items(name)
    feldt(cronbach_alpha(data, missing="listwise"), data.shape[1], value, tol)
    # the rows that were dropped must not make it surer
    again = cronbach_alpha(data.dropna())
    assert again.low == pytest.approx(value["lower.ci"], abs=tol)


def duhachek(name: str, value: Any, tol: float) -> None:
    alpha = cronbach_alpha(items(name)).value
    assert alpha is not None
    error = duhachek_error(items(name))
    # psych multiplies with 1.96, ours with the exact quantile
    assert_matches(
        [alpha - 1.96 * error, alpha + 1.96 * error, error],
        [value["lower"], value["upper"], value["ase"]],
        tol,
    )


def dropped(name: str, value: Any, tol: float) -> None:
    data = items(name)
    assert_matches(alpha_if_dropped(data), column(value, "raw_alpha"), tol)
    standard = alpha_if_dropped(data, standardized=True)
    assert_matches(standard, column(value, "std.alpha"), tol)
    assert_matches(standard.mean_correlation, column(value, "average_r"), tol)
    assert_matches(standard.values / (1 - standard.values), column(value, "S/N"), tol)
    errors = [duhachek_error_of(data, item) for item in data.columns]
    assert_matches(errors, column(value, "alpha se"), tol)


def duhachek_error_of(data: Any, item: str) -> float:
    return duhachek_error(data.drop(columns=item))


def item_stats(name: str, value: Any, tol: float) -> None:
    data = items(name)
    low, high = float(np.nanmin(data)), float(np.nanmax(data))
    summary = item_summary(data, bounds=(low, high))
    assert_matches(item_rest(data), column(value, "r.drop"), tol)
    assert_matches(summary.mean, column(value, "mean"), tol)
    assert_matches(summary.sd, column(value, "sd"), tol)
    assert_matches(summary.n, column(value, "n"), tol)


def rest_listwise(name: str, value: Any, tol: float) -> None:
    assert_matches(item_rest(items(name), missing="listwise"), list(value.values()), tol)


def column(value: dict[str, Any], name: str) -> list[float]:
    return [row[value["cols"].index(name)] for row in value["values"]]


RELIABILITY: dict[str, tuple[str, str, Check]] = {
    "n": ("moments.moments_of", "", counts),
    "alpha_total": ("reliability.cronbach_alpha", "standardized, correlation", alpha_total),
    "alpha_raw_check": ("reliability.cronbach_alpha", "missing='pairwise'", alpha_raw),
    "alpha_raw_listwise": ("reliability.cronbach_alpha", "missing='listwise'", alpha_listwise),
    "alpha_ci_feldt_n_rows": (
        "reliability.cronbach_alpha",
        "interval='feldt', interval_rows='all'",
        feldt_all_rows,
    ),
    "alpha_ci_feldt_listwise": (
        "reliability.cronbach_alpha",
        "interval='feldt', missing='listwise'",
        feldt_complete,
    ),
    "alpha_ci_duhachek": ("reliability.cronbach_alpha", "interval='duhachek'", duhachek),
    "alpha_drop": ("reliability.alpha_if_dropped", "", dropped),
    "item_stats": ("items.item_rest", "missing='pairwise'", item_stats),
    "r_drop_listwise": ("items.item_rest", "missing='listwise'", rest_listwise),
}

CASES = {
    f"rel/{data}/{last}": Case(function, check, data, forks)
    for data in SCALES
    for last, (function, forks, check) in RELIABILITY.items()
}
