"""Factorability, several factors and the omegas they give, beside psych."""

from __future__ import annotations

from typing import Any

import numpy as np
from reference_cases import assert_matches, items
from scipy.special import ndtri

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.factor import (
    bartlett_sphericity,
    eigenvalues,
    kmo,
    parallel_analysis,
    schmid_leiman,
)
from lcdiag.statistics.omega import mcdonald_omega
from lcdiag.statistics.reliability import cronbach_alpha
from oracle_cases.case import Case, Check, close

SCALES = ("bfi_agree", "bfi_agree_listwise", "attitude", "synth_team")


def adequacy(name: str, value: Any, tol: float) -> None:
    found = kmo(items(name), missing="pairwise")
    close(found.overall, value["MSA"], tol)
    assert_matches(found.items, list(value["MSAi"].values()), tol)


def sphericity(name: str, value: Any, tol: float) -> None:
    found = bartlett_sphericity(items(name), n="rows")
    close(found.chi_square, value["chisq"], tol)
    close(found.p, value["p"], tol)
    assert found.df == value["df"]


def roots(name: str, value: Any, tol: float) -> None:
    assert_matches(eigenvalues(items(name)), value, tol)


def parallel(name: str, value: Any, tol: float) -> None:
    found = parallel_analysis(items(name), np.random.default_rng(1))
    assert_matches(found.components, value["pc_values"], 1e-8)
    assert_matches(found.factors, value["fa_values"], 1e-3)
    assert_matches(found.components_by_chance.mean(axis=0), value["pc_sim"], tol)
    close(found.n_components, value["ncomp"], 0)


def omegas(m: int, fm: Any) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        data = items(name)
        # G6: the share that no multiple correlation leaves (lambda 6 of standardised items)
        r = data.corr().to_numpy()
        assert_matches(1 - (1 / np.diagonal(np.linalg.inv(r))).sum() / r.sum(), value["G6"], tol)
        close(cronbach_alpha(data, standardized=True), value["alpha"], tol)
        close(factor_omega(data, "total", m, fm), value["omega_total"], tol)
        found = schmid_leiman(data, m, method=fm)
        wanted = np.array(value["schmid"]["values"])
        general, *group = wanted[:, : m + 1].T
        h2, u2, p2, com = wanted[:, m + 1 :].T
        assert_matches(found.communality, h2, tol)
        assert_matches(found.own, u2, tol)
        if "ultra-heywood" in found.method:
            return
        close(factor_omega(data, "hierarchical", m, fm), value["omega_h"], tol)
        close(factor_omega(data, "limit", m, fm), value["omega_lim"], tol)
        close(found.explained, value["ECV"]["g"], tol)
        assert_matches(found.general, general, tol)
        for column in found.group.T:  # their order has no meaning
            group.sort(key=lambda other: float(np.abs(other - column).max()))
            assert_matches(column, group.pop(0), tol)
        assert_matches(found.general_share, p2, tol)
        assert_matches(found.complexity, com, tol)

    return check


def factor_omega(data: Any, kind: Any, m: int, fm: Any) -> Estimate:
    return mcdonald_omega(
        data,
        kind=kind,
        method="efa",
        n_factors=m,
        fm=fm,
        variance="observed",
        common="own",
        metric="correlation",
        missing="pairwise",
    )


def noise(at: Any) -> Any:
    return ndtri(np.clip((np.sin(at * 12.9898) * 43758.5453) % 1, 1e-9, 1 - 1e-9))


def people(s: int) -> Any:
    """The data sets that exploratory.R makes."""
    at, k = np.arange(1, 121 + 20 * s), 6 + s % 4
    columns = []
    for item in range(1, k + 1):
        group = 3 * s + item % 3
        y = (0.5 + 0.05 * s) * noise(1000 * s + at) + 0.7 * noise(20000 + 1000 * group + at)
        y = y + (0.6 + 0.05 * item) * noise(90000 + 1000 * (10 * s + item) + at)
        columns.append(-y if item == 2 and s % 2 == 0 else y)
    return np.column_stack(columns)


def same_data(s: int) -> Check:
    return lambda _, value, tol: assert_matches(people(s)[0], value, tol)


def explored(s: int, m: int, fm: Any) -> Check:
    def check(_: str, value: Any, tol: float) -> None:
        data = people(s)
        for kind, name in (
            ("hierarchical", "omega_h"),
            ("limit", "omega_lim"),
            ("total", "omega_total"),
        ):
            close(factor_omega(data, kind, m, fm), value[name], tol)
        found = schmid_leiman(data, m, method=fm)
        close(found.explained, value["ECV"], tol)
        assert_matches(np.abs(found.general), np.abs(value["g"]), tol)
        assert_matches(found.communality, value["h2"], tol)

    return check


def layers(s: int) -> Check:
    def check(_: str, value: Any, tol: float) -> None:
        found = schmid_leiman(people(s), 3, method="uls")
        assert_matches(np.abs(found.general), np.abs(value["g"]), tol)
        assert_matches(found.communality, value["h2"], tol)

    return check


OMEGA_FORKS = (
    "method='efa', n_factors={}, fm='{}', variance='observed', common='own', "
    "metric='correlation', missing='pairwise'"
)
BEYOND = (
    "the first layer and the total: a group factor loads beyond 1 on the general one, where the "
    "search of psych's minres ends beside the optimum, at a point that depends on its start; its "
    "least squares (uls) are matched in explored/*/layers_uls"
)
BEYOND_IN = (("bfi_agree", 3), ("bfi_agree_listwise", 3), ("attitude", 3))

CASES = {
    **{
        f"explored/set_{s}/omega_nf{m}_{fm}": Case(
            "reliability.mcdonald_omega", explored(s, m, fm), "", OMEGA_FORKS.format(m, fm)
        )
        for s in range(1, 11)
        for m in (2, 3)
        for fm in ("minres", "ml")
    },
    **{
        f"explored/set_{s}/layers_uls": Case("factor.schmid_leiman", layers(s), "", "method='uls'")
        for s in range(1, 11)
    },
    **{
        f"explored/set_{s}/first_row": Case("factor.schmid_leiman", same_data(s), "")
        for s in range(1, 11)
    },
    **{f"rel/{name}/kmo": Case("factor.kmo", adequacy, name) for name in SCALES},
    **{
        f"rel/{name}/bartlett": Case("factor.bartlett_sphericity", sphericity, name, "n='rows'")
        for name in ("bfi_agree", "bfi_agree_listwise", "attitude", "synth_team")
    },
    **{f"rel/{name}/eigen": Case("factor.eigenvalues", roots, name) for name in SCALES},
    **{
        f"rel/{name}/parallel": Case(
            "factor.parallel_analysis", parallel, name, part="the values of the data"
        )
        for name in SCALES
    },
    **{
        f"rel/{name}/omega_nf{m}_{fm}": Case(
            "reliability.mcdonald_omega",
            omegas(m, fm),
            name,
            OMEGA_FORKS.format(m, fm),
            BEYOND if fm == "minres" and (name, m) in BEYOND_IN else "",
        )
        for name, m, fm in (
            ("bfi_agree", 2, "minres"),
            ("bfi_agree", 3, "minres"),
            ("bfi_agree", 2, "ml"),
            ("bfi_agree_listwise", 2, "minres"),
            ("bfi_agree_listwise", 3, "minres"),
            ("bfi_agree_listwise", 2, "ml"),
            ("attitude", 3, "minres"),
            ("attitude", 3, "ml"),
            ("synth_team", 3, "minres"),
            ("synth_team", 3, "ml"),
        )
    },
}
