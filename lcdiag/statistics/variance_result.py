"""What a variance partition gives: components, shares, effects, and their limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats, Grouping
from lcdiag.statistics.intervals import Limits, with_intervals
from lcdiag.statistics.mixed_deviance import inverse_diagonals, solve
from lcdiag.statistics.mixed_fit import Method, MixedFit, effects, fit_components
from lcdiag.statistics.mixed_profile import Profile, delta_errors
from lcdiag.statistics.resample import percentiles
from lcdiag.statistics.results import GroupValues
from lcdiag.statistics.variance_limits import by_derivatives, simulated
from lcdiag.statistics.variance_settings import NotSeparable, Settings

if TYPE_CHECKING:
    from lcdiag.statistics.results import Frame

FEW_LEVELS = 5
_PROFILE_ROWS, _PROFILE_LEVELS = 200_000, 400


@dataclass(frozen=True, eq=False)
class Blups(GroupValues):
    """Effects of the levels of one factor, drawn towards 0; `errors` are conditional sds."""

    errors: Floats = field(default_factory=lambda: np.empty(0))


@dataclass(frozen=True, eq=False)
class VarianceShares:
    """A variance partition; limits are worked out when they are asked for.

    Attributes
    ----------
    names : tuple of str
        The factors as given.
    problems : mapping
        Factors that cannot be estimated.
    groupings : mapping
        Levels and codes of the rows of each estimated factor.
    fit : MixedFit or None
        None where there is no partition.
    settings : Settings
        The forks.
    n : int
        Rows that count.
    absent : str
        Why there is no partition, or "".
    scale : float
        What the fitted values were divided by.
    """

    names: tuple[str, ...]
    problems: Mapping[str, NotSeparable]
    groupings: Mapping[str, Grouping]
    fit: MixedFit | None
    settings: Settings
    n: int
    absent: str
    scale: float = 1.0
    _cache: dict[str, Any] = field(default_factory=dict)

    @property
    def converged(self) -> bool:
        """Return whether the slope of the deviance is 0 to rounding."""
        return self.fit is not None and self.fit.converged

    @property
    def method(self) -> str:
        """Return method and kind of interval."""
        kind = self._kind()
        return self.settings.method + ("" if kind == "none" else f", {kind}")

    @property
    def criterion(self) -> Estimate:
        """Return minus twice the (restricted) log-likelihood, in the units of the values."""
        if self.fit is None or self.absent:
            return Estimate.missing(self.absent, n=self.n, method=self.settings.method)
        free = self.n - (1 if self.settings.method == "reml" else 0)
        value = self.fit.deviance + 2 * free * float(np.log(self.scale))
        return Estimate(value=value, n=self.n, method=self.settings.method)

    @property
    def mean(self) -> Estimate:
        """Return the mean by generalised least squares, each group weighing what it knows."""
        from scipy.special import ndtri

        if self.fit is None or self.absent:
            return Estimate.missing(self.absent, n=self.n, method=self.method)
        fit, kind = self.fit, self._kind()

        def limits(level: float) -> tuple[float, float]:
            if kind == "profile":
                low, high = self._profile("ml").mean(level)
                return low * self.scale, high * self.scale
            half = float(ndtri(0.5 + level / 2)) * fit.mean_error
            return (fit.mean - half) * self.scale, (fit.mean + half) * self.scale

        known = None if kind == "none" else limits
        return self._estimate(fit.mean * self.scale, known, None, self.n, self.method)

    @property
    def mean_error(self) -> Estimate:
        """Return the standard error of the mean."""
        if self.fit is None or self.absent:
            return Estimate.missing(self.absent, n=self.n, method=self.settings.method)
        value = self.fit.mean_error * self.scale
        return Estimate(value=value, n=self.n, method=self.settings.method)

    def component(self, name: str) -> Estimate:
        """Return the variance of a factor, or of the "residual", in squared units of the values.

        Raises
        ------
        KeyError
            If there is no such factor.
        """
        place, missing = self._place(name)
        if missing is not None:
            return missing
        assert self.fit is not None
        value = float(self.fit.components[place])
        square = self.scale**2
        found = self._limits("component", place)
        limits = None if found is None else _times(found, square)
        method, n = self._said(name, place)
        return self._estimate(value * square, limits, (0.0, np.inf), n, method)

    def share(self, name: str) -> Estimate:
        """Return the share of a factor, or of the "residual", between 0 and 1.

        Raises
        ------
        KeyError
            If there is no such factor, or the residual of a share without it.
        """
        if self.settings.of == "factors" and name == "residual":
            raise KeyError("of='factors' leaves the residual out")
        place, missing = self._place(name)
        if missing is not None:
            return missing
        assert self.fit is not None
        parts = self.fit.components
        method, n = self._said(name, place)
        if self.settings.of == "factors":
            total = float(parts[:-1].sum())
            if total <= 0:
                return Estimate.missing("no-variance-between", n=n, method=method)
            method = method.replace(f", {self._kind()}", "")
            return Estimate(value=float(parts[place] / total), n=n, method=f"{method}, of factors")
        value = float(parts[place] / parts.sum())
        return self._estimate(value, self._limits("share", place), (0.0, 1.0), n, method)

    def blups(self, name: str) -> Blups:
        """Return the effects of the levels of a factor, in the units of the values.

        Raises
        ------
        KeyError
            If there is no such factor.
        """
        place, missing = self._place(name)
        if missing is not None or self.fit is None or name == "residual":
            reason = missing.absent if missing is not None else "residual"
            none = np.empty(0)
            return Blups(none, none, np.empty(0, int), np.empty(0, str), f"blups, {reason}", none)
        fit, sums = self.fit, self.fit.sums
        found = solve(sums, fit.theta, want_traces=False)
        one, y = effects(sums, found, fit.theta, place)
        square = float(fit.theta[place]) ** 2
        values = square * (y - (fit.mean - sums.middle) * one) * self.scale
        inner = inverse_diagonals(sums, fit.theta)
        errors = np.full(len(values), np.nan)
        if inner is not None:
            errors = np.sqrt(fit.residual * square * inner[place]) * self.scale
        labels = self.groupings[name].labels
        counts = sums.counts[place].astype(np.int64)
        reasons = np.full(len(values), "", dtype=np.str_)
        return Blups(labels, values, counts, reasons, f"blups, {self.settings.method}", errors)

    def to_frame(self) -> Frame:
        """Return one row a factor and one for the rest: variance and share, with their limits."""
        from lcdiag.statistics.results import frame

        names = [*(name for name in self.groupings if name not in self.problems)]
        names += [name for name in self.problems if name not in names]
        rows: dict[str, list[Any]] = {"factor": []}
        for name in [*names, "residual"]:
            rows["factor"].append(name)
            parts = {"variance": self.component(name)}
            if (self.settings.of, name) != ("factors", "residual"):
                parts["share"] = self.share(name)
            for part in ("variance", "share"):
                cell = parts.get(part)
                for key in ("value", "low", "high"):
                    rows.setdefault(f"{part}_{key}", []).append(
                        None if cell is None else getattr(cell, key)
                    )
            rows.setdefault("absent", []).append(parts["variance"].absent or "")
        return frame(rows)

    def _kind(self) -> str:
        if self.settings.intervals is not None:
            return self.settings.intervals
        if self.fit is None:
            return "profile"
        many = sum(self.fit.sums.levels[1:]) > _PROFILE_LEVELS
        return "approximate" if many or self.n > _PROFILE_ROWS else "profile"

    def _place(self, name: str) -> tuple[int, Estimate | None]:
        """Return the place of a part among the components, or why it has none."""
        known = [*self.names, *self.groupings, "residual"]
        if name not in known:
            raise KeyError(f"parts are {', '.join(dict.fromkeys(known))}; received {name!r}")
        if self.absent:
            return -1, Estimate.missing(self.absent, n=self.n, method=self.method)
        if name in self.problems:
            problem = self.problems[name]
            return -1, Estimate.missing(problem.reason, n=problem.levels, method=self.method)
        assert self.fit is not None
        if name == "residual":
            return len(self.fit.theta), None
        return self.fit.sums.names.index(name), None

    def _said(self, name: str, place: int) -> tuple[str, int]:
        """Return method and n of one part."""
        assert self.fit is not None
        if name == "residual":
            return self.method, self.n
        levels = len(self.groupings[name])
        edge = ", at-boundary" if self.fit.theta[place] == 0 else ""
        few = ", few-levels" if levels < FEW_LEVELS else ""
        return f"{self.method}{edge}{few}", levels

    def _estimate(
        self,
        value: float,
        limits: Limits | None,
        bounds: tuple[float, float] | None,
        n: int,
        method: str,
    ) -> Estimate:
        confidence, bands = self.settings.confidence, self.settings.bands
        found = with_intervals(value, limits, bounds, confidence, bands, n=n, method=method)
        low, high = found.low, found.high
        if low is None or high is None or np.isfinite([low, high]).all():
            return found
        return Estimate(value=value, n=n, method=f"{method}, no limit")

    def _profile(self, method: Method) -> Profile:
        assert self.fit is not None
        key = f"profile-{method}"
        if key not in self._cache:
            same = method == self.fit.method
            fit = self.fit if same else fit_components(self.fit.sums, method)
            self._cache[key] = Profile(fit)
        profile: Profile = self._cache[key]
        return profile

    def _limits(self, what: str, place: int) -> Limits | None:
        """Return limits of a share, or of a variance in the units of the fit."""
        kind = self._kind()
        if kind == "none":
            return None
        if kind == "bootstrap":
            assert self.fit is not None
            if "draws" not in self._cache:
                rng, times = self.settings.rng, self.settings.resamples
                self._cache["draws"] = simulated(self.fit, self.groupings, rng, times)
            draws = self._cache["draws"]
            chosen = draws[:, place]
            return percentiles(chosen / draws.sum(axis=1) if what == "share" else chosen)
        if kind == "profile":
            method = "ml" if self.settings.profile_of == "ml" else self.settings.method
            profile = self._profile(method)
            if what == "share":
                return lambda level: profile.share(place, level)
            return lambda level: _squared(profile.component(place, level))
        assert self.fit is not None
        if "delta" not in self._cache:
            self._cache["delta"] = delta_errors(self.fit)
        return by_derivatives(self.fit, self._cache["delta"], what, place)


def _times(limits: Limits, factor: float) -> Limits:
    def moved(level: float) -> tuple[float, float]:
        low, high = limits(level)
        return low * factor, high * factor

    return moved


def _squared(ends: tuple[float, float]) -> tuple[float, float]:
    return ends[0] ** 2, ends[1] ** 2
