"""Alpha and item statistics beside psych and multilevel."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from reference_cases import assert_matches, entry, items

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.items import (
    inter_item_correlations,
    item_rest,
    item_summary,
    item_total,
)
from lcdiag.statistics.moments import moments_of
from lcdiag.statistics.reliability import (
    alpha_if_dropped,
    compare_alphas,
    cronbach_alpha,
    greatest_lower_bound,
    guttman_lambdas,
    principal_alpha,
    score_errors,
    split_halves,
    standard_error_of_measurement,
    ten_berge_mu,
    two_halves,
)
from lcdiag.statistics.scores import scale_scores
from oracle_cases.case import Case, Check, close

SCALES = ("bfi_agree", "bfi_agree_listwise", "attitude", "synth_team")


def counts(name: str, value: Any, tol: float) -> None:
    moments = moments_of(items(name))
    got = [moments.rows, moments.complete, moments.items]
    assert_matches(got, [value["rows"], value["complete"], value["items"]], tol)


def alpha_total(name: str, value: Any, tol: float) -> None:
    data = items(name)
    r = inter_item_correlations(data)
    pairs = r[np.tril_indices(len(r), -1)]
    standard = cronbach_alpha(data, standardized=True).value
    close(cronbach_alpha(data), value["raw_alpha"], tol)
    assert standard is not None
    scores = np.asarray(scale_scores(data))
    got = {
        "std.alpha": standard,
        "G6(smc)": guttman_lambdas(data, metric="cor").lambda_6.value,
        "average_r": pairs.mean(),
        "S/N": standard / (1 - standard),
        "ase": duhachek_error(data),
        "mean": scores.mean(),
        "sd": scores.std(ddof=1),
        "median_r": np.median(pairs),
    }
    assert {"raw_alpha", *got} == set(value)
    assert_matches(list(got.values()), [value[key] for key in got], tol)
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
    found = cronbach_alpha(data, interval="feldt", interval_rows="all")
    feldt(found, data.shape[1], value, tol)


def feldt_complete(name: str, value: Any, tol: float) -> None:
    data = items(name)
    found = cronbach_alpha(data, missing="listwise", interval="feldt")
    feldt(found, data.shape[1], value, tol)
    # the rows that were dropped must not make it surer
    again = cronbach_alpha(data.dropna(), interval="feldt")
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
    assert_matches(standard.lambda_6, column(value, "G6(smc)"), tol)
    assert_matches(standard.correlation_variance, column(value, "var.r"), tol)
    assert_matches(standard.median_correlation, column(value, "med.r"), tol)
    errors = [duhachek_error_of(data, item) for item in data.columns]
    assert_matches(errors, column(value, "alpha se"), tol)
    assert len(value["cols"]) == 8


def duhachek_error_of(data: Any, item: str) -> float:
    return duhachek_error(data.drop(columns=item))


def item_stats(name: str, value: Any, tol: float) -> None:
    data = items(name)
    low, high = float(np.nanmin(data)), float(np.nanmax(data))
    summary = item_summary(data, bounds=(low, high))
    assert_matches(item_rest(data), column(value, "r.drop"), tol)
    for kind, key in (("available", "raw.r"), ("standardized", "std.r"), ("corrected", "r.cor")):
        assert_matches(item_total(data, kind=kind), column(value, key), tol)
    assert_matches(summary.mean, column(value, "mean"), tol)
    assert_matches(summary.sd, column(value, "sd"), tol)
    assert_matches(summary.n, column(value, "n"), tol)


def rest_listwise(name: str, value: Any, tol: float) -> None:
    assert_matches(item_rest(items(name), missing="listwise"), list(value.values()), tol)


def column(value: dict[str, Any], name: str) -> list[float]:
    return [row[value["cols"].index(name)] for row in value["values"]]


def error_of_sum(name: str, value: Any, tol: float) -> None:
    data = items(name)
    sums = scale_scores(data, minimum=data.shape[1], how="sum")
    got = [
        float(np.nanstd(np.asarray(sums), ddof=1)),
        cronbach_alpha(data, missing="listwise").value,
        standard_error_of_measurement(data).value,
    ]
    assert_matches(got, [value[key] for key in ("sd", "alpha", "sem")], tol)
    mean = standard_error_of_measurement(data, score="mean").value
    assert_matches(mean, value["sem"] / data.shape[1], tol)


def lambdas(metric: Any) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        found = guttman_lambdas(items(name), metric=metric)
        for number in ("1", "2", "3", "5", "6"):
            close(getattr(found, f"lambda_{number}"), value[f"lambda{number}"], tol)
        assert len(value) == 5

    return check


def psych_guttman(name: str, value: Any, tol: float) -> None:
    found = guttman_lambdas(items(name), metric="cor")
    for number in ("1", "2", "3", "5", "6"):
        close(getattr(found, f"lambda_{number}"), value[f"lambda.{number}"], tol)
    close(found.lambda_5_plus, value["lambda.5p"], tol)
    close(principal_alpha(items(name)), value["alpha.pc"], tol)
    # the heuristics: at least a stepped-up correlation is what it says it is
    assert_matches(2 * value["r.pc"] / (1 + value["r.pc"]), value["beta.pc"], tol)
    heuristics = {"lambda.4", "glb", "beta", "r.pc", "beta.pc"}
    known = {"lambda.1", "lambda.2", "lambda.3", "lambda.5", "lambda.5p", "lambda.6", "alpha.pc"}
    assert set(value) == known | heuristics


def ten_berge(name: str, value: Any, tol: float) -> None:
    found = ten_berge_mu(items(name), metric="cor")
    assert_matches([mu.value for mu in found], [value[f"mu{step}"] for step in range(4)], tol)


def splits(metric: Any) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        data = items(name)
        forks = {"metric": metric, "correlation": "from-covariance"}
        found, bounds = split_halves(data, **forks), guttman_lambdas(data, **forks)
        alpha = bounds.lambda_3.value
        assert alpha is not None
        k = data.shape[1]
        got = {
            "max": found.best.value,
            "min": found.worst.value,
            "mean": found.mean.value,
            "alpha": alpha,
            "lambda2": bounds.lambda_2.value,
            "lambda6": bounds.lambda_6.value,
            "av.r": alpha / (k - (k - 1) * alpha),
            # the newer psych lists each split of an even number of items twice
            "n_splits": found.count * (1 if k % 2 else 2),
        }
        assert set(value) <= set(got)
        assert_matches([got[key] for key in value], list(value.values()), tol)
        assert found.exact

    return check


def odd_even(name: str, value: Any, tol: float) -> None:
    found = two_halves(items(name))
    got = [found.correlation, found.spearman_brown, found.guttman, found.horst]
    keys = ("r", "spearman_brown", "guttman", "horst")
    assert_matches([cell.value for cell in got], [value[key] for key in keys], tol)


def bound(metric: Any) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        pytest.importorskip("clarabel")
        found = greatest_lower_bound(items(name), metric=metric)
        close(found.bound, value["glb"], tol)
        if "solution" in value:
            assert_matches(found.common, value["solution"], tol)
        assert set(value) <= {"glb", "solution"}

    return check


def three_groups(name: str, value: Any, tol: float) -> None:
    found = compare_alphas([0.78, 0.82, 0.89], [41, 151, 190], 10)
    assert_matches([found.statistic, found.df1, found.p], list(value.values()), tol)


def same_people(name: str, value: Any, tol: float) -> None:
    found = compare_alphas([0.82, 0.89], 100, correlations=0.7)
    assert_matches([found.statistic, found.df1, found.p], list(value.values()), tol)


def two_groups(name: str, value: Any, tol: float) -> None:
    found = compare_alphas([0.78, 0.71], [41, 151])
    got = [found.statistic, found.df1, found.df2, found.p]
    assert_matches(got, [value[key] for key in ("stat", "df1", "df2", "p")], tol)


def one_score(name: str, value: Any, tol: float) -> None:
    found = score_errors(60, sd=10, reliability=0.85, mean=50)
    errors = [found.measurement, found.estimation, found.prediction]
    assert_matches(errors, [value[key] for key in ("SE.Meas", "SE.Est", "SE.Pred")], tol)
    observed, true = value["CI.obs"], value["CI.tscore"]
    got = [found.observed.low, found.observed.value, found.observed.high]
    assert_matches(got, [observed[key] for key in ("LCL", "OBS", "UCL")], tol)
    got = [found.true.low, found.true.value, found.true.high]
    assert_matches(got, [true[key] for key in ("LCL", "T.Score", "UCL")], tol)
    assert_matches([observed["SE.Meas"], true["SE.Est"]], errors[:2], tol)


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
    "sem_listwise": (
        "reliability.standard_error_of_measurement",
        "score='sum'",
        error_of_sum,
    ),
    "lambda_cov": ("reliability.guttman_lambdas", "metric='cov'", lambdas("cov")),
    "lambda_cor": ("reliability.guttman_lambdas", "metric='cor'", lambdas("cor")),
    "tenberge": ("reliability.ten_berge_mu", "metric='cor'", ten_berge),
    "split_half_cov": ("reliability.split_halves", "metric='cov'", splits("cov")),
    "split_half_cor": (
        "reliability.split_halves",
        "metric='cor', correlation='from-covariance'",
        splits("cor"),
    ),
    "odd_even_split": ("reliability.two_halves", "", odd_even),
    "glb_algebraic_cov": ("reliability.greatest_lower_bound", "metric='cov'", bound("cov")),
    "glb_algebraic_cor": ("reliability.greatest_lower_bound", "metric='cor'", bound("cor")),
    "r_drop_listwise": ("items.item_rest", "missing='listwise'", rest_listwise),
}

HEURISTIC = "lambda.4, beta, glb, r.pc and beta.pc are heuristics of that program"

CASES = {
    **{
        f"rel/{data}/{last}": Case(function, check, data, forks)
        for data in SCALES
        for last, (function, forks, check) in RELIABILITY.items()
    },
    **{
        f"rel/{data}/guttman": Case(
            "reliability.guttman_lambdas", psych_guttman, data, "metric='cor'", HEURISTIC
        )
        for data in SCALES
    },
    "alpha_compare/independent3": Case(
        "reliability.compare_alphas", three_groups, forks="items=10"
    ),
    "alpha_compare/dependent2": Case(
        "reliability.compare_alphas", same_people, forks="correlations=0.7"
    ),
    "alpha_compare/independent2": Case("reliability.compare_alphas", two_groups),
    "sem/psychometric": Case("reliability.score_errors", one_score),
}
