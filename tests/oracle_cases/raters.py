"""Ratings of the same targets by several raters, beside psych, irr and irrCAC."""

from __future__ import annotations

from typing import Any

import numpy as np
from reference_cases import assert_matches

from lcdiag.statistics.intraclass import krippendorff_alpha, rater_icc
from oracle_cases.case import Case, Check

NAN = np.nan
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], float
)
"""The worked example of Shrout & Fleiss (1979)."""

KRIPPENDORFF = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
).T
"""The worked example of Krippendorff (2011): 12 units, 4 coders."""


def with_holes() -> Any:
    found = SHROUT_FLEISS.copy()
    found[1, 2] = found[4, 0] = NAN
    return found


def six_forms(data: Any, **forks: Any) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        found = rater_icc(data, **forks)
        forms = [found.forms[form] for form in value["type"]]
        tests = [found.tests[form] for form in value["type"]]
        assert_matches([form.value for form in forms], value["ICC"], tol)
        assert_matches([form.low for form in forms], value["lower bound"], tol)
        assert_matches([form.high for form in forms], value["upper bound"], tol)
        for part, key in (("f", "F"), ("df1", "df1"), ("df2", "df2"), ("p", "p")):
            assert_matches([getattr(test, part) for test in tests], value[key], tol)

    return check


def one_form(model: str, kind: str, unit: str) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        found = rater_icc(SHROUT_FLEISS, average_interval="own")
        form = found.form(model, kind, unit)
        short = next(key for key, cell in found.forms.items() if cell is form)
        agreement = kind == "agreement" and model == "twoway"
        test = found.tests[f"{short} satterthwaite" if agreement else short]
        got = [form.value, form.low, form.high, test.f, test.df1, test.df2, test.p]
        keys = ("value", "lower", "upper", "F", "df1", "df2", "p")
        assert_matches(got, [value[key] for key in keys], tol)

    return check


def krippendorff(metric: Any) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        assert_matches(krippendorff_alpha(KRIPPENDORFF, metric=metric).value, value, tol)

    return check


def with_error(name: str, value: Any, tol: float) -> None:
    from scipy.special import stdtrit

    found = krippendorff_alpha(KRIPPENDORFF, metric="nominal")
    assert found.value is not None
    assert found.low is not None
    error = (found.value - found.low) / stdtrit(found.n - 1, 0.975)
    assert_matches([found.value, error], [value["coeff"], value["se"]], tol)
    assert value["ci"] == f"({found.low:.3f},{found.high:.0f})"


KINDS = (("oneway", "consistency"), ("twoway", "consistency"), ("twoway", "agreement"))
FORMS = [
    (model, kind, unit)
    for model, kind in (
        ("oneway", "consistency"),
        ("twoway", "consistency"),
        ("twoway", "agreement"),
    )
    for unit in ("single", "average")
]

CASES = {
    "icc2way/shrout_fleiss/psych_ICC": Case(
        "intraclass.rater_icc",
        six_forms(SHROUT_FLEISS),
        forks="components='anova'",
    ),
    "icc2way/shrout_fleiss/psych_ICC_lmer": Case(
        "intraclass.rater_icc",
        six_forms(SHROUT_FLEISS, components="reml"),
        forks="components='reml'",
    ),
    "icc2way/shrout_fleiss_missing/psych_ICC_lmer": Case(
        "intraclass.rater_icc", six_forms(with_holes()), forks="empty cells"
    ),
    **{
        f"icc2way/shrout_fleiss/irr_{model}_{kind}_{unit}": Case(
            "intraclass.rater_icc",
            one_form(model, kind, unit),
            forks=f"average_interval='own', form('{model}', '{kind}', '{unit}')",
        )
        for model, kind, unit in FORMS
    },
    **{
        f"kripp/canonical/{metric}": Case(
            "intraclass.krippendorff_alpha", krippendorff(metric), forks=f"metric='{metric}'"
        )
        for metric in ("nominal", "ordinal", "interval", "ratio")
    },
    "kripp/canonical/irrCAC_krippen.alpha.raw": Case(
        "intraclass.krippendorff_alpha", with_error, forks="interval='linearized'"
    ),
}
