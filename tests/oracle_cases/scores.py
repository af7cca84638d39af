"""Scale scores beside psych and plain R."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from reference_cases import assert_matches, items, table

from lcdiag.statistics.composites import (
    attenuation_corrected,
    composite_correlations,
    lambda_6_in_set,
)
from lcdiag.statistics.reliability import cronbach_alpha
from lcdiag.statistics.scores import (
    Impute,
    impute_items,
    reverse_items,
    scale_scores,
)
from oracle_cases.case import Case, Check, close

SCALES = {
    "agree": ("A", (0,)),
    "consc": ("C", (3, 4)),
    "extra": ("E", (0, 1)),
    "neuro": ("N", ()),
    "open": ("O", (1, 4)),
}


COLUMNS = [f"{letter}{i}" for letter, _ in SCALES.values() for i in range(1, 6)]
TURNED = [5 * s + item for s, (_, turned) in enumerate(SCALES.values()) for item in turned]


def scale(letter: str) -> pd.DataFrame:
    return table("bfi.csv")[[f"{letter}{number}" for number in range(1, 6)]]


def imputed(rule: Impute) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        alphas, scores = [], []
        raw = impute_items(table("bfi.csv")[COLUMNS], rule)
        keyed = reverse_items(raw, TURNED, bounds=(1, 6))
        for number, (letter, turned) in enumerate(SCALES.values()):
            found = scale_scores(scale(letter), reversed_items=turned, bounds=(1, 6), impute=rule)
            full = impute_items(reverse_items(scale(letter), turned, bounds=(1, 6)), rule)
            alpha = cronbach_alpha(full).value
            assert alpha is not None
            assert_matches(alpha / (5 - 4 * alpha), value["av.r"][number], tol)
            five = range(5 * number, 5 * number + 5)
            close(lambda_6_in_set(keyed, five), value["G6"][number], tol)
            alphas.append(alpha)
            scores.append(np.asarray(found))
        assert_matches(alphas, value["alpha"], tol)
        assert_matches(np.mean(scores, axis=1), list(value["mean"].values()), tol)
        assert_matches(np.std(scores, axis=1, ddof=1), list(value["sd"].values()), tol)
        assert [len(one) for one in scores] == list(value["n"].values())
        assert_matches(np.array(scores).T[:8], value["first8"]["values"], tol)
        r = composite_correlations(keyed, [range(5 * s, 5 * s + 5) for s in range(5)])
        assert_matches(r, value["cor"]["values"], tol)
        assert_matches(attenuation_corrected(r, alphas), value["corrected"]["values"], tol)
        # the items as they were asked, beside their scale as it is scored
        both = np.column_stack([raw[:, :5], keyed[:, :5]])
        beside = composite_correlations(both, [[0], [1], [2], [3], [4], range(5, 10)])
        assert_matches(beside[:5, 5], list(value["item_cor_A"].values()), tol)

    return check


def prorated(name: str, value: Any, tol: float) -> None:
    data = items("bfi_agree")
    for key, minimum, how in (("min4", 4, "mean"), ("min3", 3, "mean"), ("strict_sum", 5, "sum")):
        found = scale_scores(data, minimum=minimum, how=how)
        known = np.asarray(found)[found.reasons == ""]
        got = [len(known), known.mean(), known.std(ddof=1)]
        assert_matches(got, [value[key][part] for part in ("n", "mean", "sd")], tol)


def percent(name: str, value: Any, tol: float) -> None:
    found = np.asarray(scale_scores(scale("A"), reversed_items=(0,), bounds=(1, 6), how="percent"))
    assert_matches([found.mean(), found.std(ddof=1)], [value["mean"], value["sd"]], tol)


CASES = {
    **{
        f"score/bfi/{rule}": Case("scores.scale_scores", imputed(rule), "", f"impute='{rule}'")
        for rule in ("none", "mean", "median")
    },
    "score/bfi_agree/prorated": Case("scores.scale_scores", prorated, "bfi_agree", "minimum="),
    "score/bfi_agree/pomp": Case("scores.scale_scores", percent, "bfi_agree", "how='percent'"),
}
