"""Mean squares of a table of targets by raters, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from lcdiag.statistics.arrays import Floats

Components = Literal["anova", "reml"]


@dataclass(frozen=True, slots=True)
class FTest:
    """A test that targets do not differ: F, its degrees of freedom and p."""

    f: float
    df1: float
    df2: float
    p: float


@dataclass(frozen=True, slots=True)
class MeanSquares:
    """Mean squares between targets, within them, between raters, and of the rest."""

    between: float
    within: float
    raters: float
    rest: float
    n: int
    k: int

    def values(self) -> dict[str, float]:
        """Return the six coefficients; NaN where the total variance comes out negative."""
        b, w, j, e, n, k = self.between, self.within, self.raters, self.rest, self.n, self.k
        # a mean of raters who differ less than by chance can have a negative total variance
        total = b + (j - e) / n
        return {
            "ICC1": (b - w) / (b + (k - 1) * w),
            "ICC2": (b - e) / (b + (k - 1) * e + k * (j - e) / n),
            "ICC3": (b - e) / (b + (k - 1) * e),
            "ICC1k": (b - w) / b,
            "ICC2k": (b - e) / total if total > 0 else float("nan"),
            "ICC3k": (b - e) / b,
        }

    def freedom(self, value: float) -> float:
        """Return Satterthwaite's degrees of freedom of the error of agreement at a value."""
        n, k = self.n, self.k
        a = k * value / (n * (1 - value))
        b = 1 + k * value * (n - 1) / (n * (1 - value))
        top = (a * self.raters + b * self.rest) ** 2
        below = (a * self.raters) ** 2 / (k - 1) + (b * self.rest) ** 2 / ((n - 1) * (k - 1))
        return float(top / below)

    def tests(self, values: dict[str, float]) -> dict[str, FTest]:
        """Return the F test of each form."""
        n, k = self.n, self.k
        one = _f_test(self.between / self.within, n - 1, n * (k - 1))
        two = _f_test(self.between / self.rest, n - 1, (n - 1) * (k - 1))
        found = {name: one if name.startswith("ICC1") else two for name in values}
        for name in ("ICC2", "ICC2k"):
            if values[name] < 1:
                freedom = self.freedom(values[name])
                found[f"{name} satterthwaite"] = _f_test(two.f, n - 1, freedom)
        return found


def _f_test(f: float, df1: float, df2: float) -> FTest:
    from scipy.special import fdtrc

    return FTest(float(f), df1, df2, float(fdtrc(df1, df2, f)))


def mean_squares(matrix: Floats, components: Components) -> MeanSquares | str:
    """Return the mean squares of a table of ratings, or why there are none, (n, k)."""
    n, k = matrix.shape
    if n < 2:
        return "fewer-than-2-groups"
    if k < 2:
        return "fewer-than-2-raters"
    held = ~np.isnan(matrix)
    if not (held.any(axis=0).all() and held.any(axis=1).all()):
        return "empty-group"
    spread = float(np.nanmax(matrix) - np.nanmin(matrix))
    if spread == 0:
        return "no-variation"
    found = _of_anova(matrix) if components == "anova" else _of_reml(matrix, held)
    if isinstance(found, str):
        return found
    tiny = 1e-20 * spread**2
    # without any rest the coefficients are 1 and F is infinite: nothing is left to estimate
    return "no-variation-within" if found.rest <= tiny or found.between <= tiny else found


def _of_anova(matrix: Floats) -> MeanSquares:
    n, k = matrix.shape
    middle = matrix.mean()
    row, column = matrix.mean(axis=1) - middle, matrix.mean(axis=0) - middle
    rest = matrix - middle - row[:, None] - column[None, :]
    within = matrix - middle - row[:, None]
    return MeanSquares(
        k * float(row @ row) / (n - 1),
        float((within**2).sum()) / (n * (k - 1)),
        n * float(column @ column) / (k - 1),
        float((rest**2).sum()) / ((n - 1) * (k - 1)),
        n,
        k,
    )


def _of_reml(matrix: Floats, held: Any) -> MeanSquares | str:
    """Return the mean squares that REML components would give in a full table."""
    from lcdiag.statistics.variance import variance_shares

    n, k = matrix.shape
    target, rater = np.nonzero(held)
    found = variance_shares(matrix[held], {"target": target, "rater": rater}, intervals="none")
    parts = [found.component(name) for name in ("target", "rater", "residual")]
    if missing := next((part.absent for part in parts if part.absent), None):
        return missing
    targets, raters, rest = (part.value or 0.0 for part in parts)
    return MeanSquares(k * targets + rest, raters + rest, n * raters + rest, rest, n, k)
