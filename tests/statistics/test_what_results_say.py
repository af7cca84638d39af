"""What every result says besides its numbers: method, n, reasons, columns, refusals, defaults.

The words are in `what_results_say.json`, to be read by people: they are what a report is made of.
`python tests/statistics/test_what_results_say.py` writes them anew after a change that is meant.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import numpy as np
import pytest

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.variance import VarianceShares

WORDS = Path(__file__).with_suffix("").with_name("what_results_say.json")
SCALE = (1, 7)


def answers(kind: str) -> np.ndarray:
    """Forty people, five items; or fewer of either, or nothing to tell them apart by."""
    rng = np.random.default_rng(5)
    trait = rng.normal(size=(40, 1))
    items = np.clip(np.round(4 + trait + rng.normal(size=(40, 5))), 1, 7)
    shapes = {
        "good": items,
        "gaps": np.where(rng.random(items.shape) < 0.1, np.nan, items),
        "two rows": items[:2],
        "one row": items[:1],
        "no rows": items[:0],
        "one item": items[:, :1],
        "two items": items[:, :2],
        "same answers": np.full((40, 5), 3.0),
        "one constant item": np.column_stack([items[:, :4], np.full(40, 2.0)]),
        "an empty item": np.column_stack([items[:, :4], np.full(40, np.nan)]),
        "nothing answered": np.full((40, 5), np.nan),
        "twice the same item": items[:, [0, 1, 2, 3, 3]],
    }
    return shapes[kind]


INSIDE = ("fit", "settings", "groupings", "iterations", "evaluations")
"""Fields of results that are steps on the way to them."""

KINDS = (
    "good",
    "gaps",
    "two rows",
    "one row",
    "no rows",
    "one item",
    "two items",
    "same answers",
    "one constant item",
    "an empty item",
    "nothing answered",
    "twice the same item",
)


def teams(x: np.ndarray) -> np.ndarray:
    """Eight groups, the last rows alone in theirs."""
    found = np.arange(len(x)) // 6
    return np.array([f"team {number}" for number in found])


def call(name: str, *arguments: Any, **named: Any) -> Any:
    module, function = name.split(".")
    return getattr(import_module(f"lcdiag.statistics.{module}"), function)(*arguments, **named)


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


def own_scores(x: np.ndarray) -> np.ndarray:
    return x.mean(axis=1) if x.shape[1] else x.sum(axis=1)


def first_scores(x: np.ndarray) -> np.ndarray:
    return x[:, 0]


# name of the case: the function, its arguments from the answers, and its forks
Arguments = Callable[[np.ndarray], tuple[Any, ...]]
ITEMS: Arguments = lambda x: (x,)  # noqa: E731
GROUPED: Arguments = lambda x: (x, teams(x))  # noqa: E731
SCORES: Arguments = lambda x: (own_scores(x), teams(x))  # noqa: E731
FACTORS: Arguments = lambda x: (  # noqa: E731
    own_scores(x),
    {"team": teams(x), "side": np.arange(len(x)) % 5},
)
IDS = np.arange(60)

CASES: dict[str, tuple[str, Arguments, dict[str, Any]]] = {}


def case(name: str, arguments: Arguments, *forks: Mapping[str, Any]) -> None:
    for named in forks or ({},):
        words = ", ".join(f"{key}={value!r}" for key, value in named.items() if key != "rng")
        CASES[f"{name}({words})"] = (name, arguments, dict(named))


BOOT = {"interval": "bootstrap", "rng": 1, "resamples": 20}
case("moments.moments_of", ITEMS)
case(
    "reliability.cronbach_alpha",
    ITEMS,
    {},
    {"missing": "listwise"},
    {"standardized": True},
    {"standardized": True, "correlation": "from-covariance"},
    {"interval": "duhachek", "interval_rows": "all", "bands": (0.5,)},
    BOOT,
)
case("reliability.alpha_if_dropped", ITEMS, {}, {"missing": "listwise"}, {"standardized": True})
case(
    "reliability.mcdonald_omega",
    ITEMS,
    {},
    {"variance": "observed"},
    {"metric": "correlation", "method": "cfa"},
    {"method": "efa"},
    {"method": "efa", "n_factors": 2, "kind": "hierarchical"},
    {"kind": "categorical"},
    BOOT,
)
case("reliability.guttman_lambdas", ITEMS, {}, {"metric": "cor", "missing": "listwise"})
case("reliability.ten_berge_mu", ITEMS)
case("reliability.split_halves", ITEMS, {}, {"metric": "cor"})
case("reliability.greatest_lower_bound", ITEMS)
case("reliability.standard_error_of_measurement", ITEMS, {}, {"score": "mean"})
case("splits.two_halves", ITEMS)
case("lower_bounds.principal_alpha", ITEMS)
case("lower_bounds.kr_20", lambda x: (x > 3,))
case("reliability.compare_alphas", lambda x: ([0.8, 0.7], len(x), x.shape[1]))
case("items.item_rest", ITEMS, {}, {"missing": "listwise"})
case("association.correlation", lambda x: (x[:, :1].sum(axis=1), x[:, 1:2].sum(axis=1)))
case("items.item_summary", ITEMS, {"bounds": SCALE})
case("items.inter_item_correlations", ITEMS, {}, {"missing": "listwise"})
case(
    "factor.one_factor",
    ITEMS,
    {},
    {"method": "minres"},
    {"method": "wlsmv"},
    {"missing": "fiml"},
    {"loadings": "equal"},
)
case("factor.kmo", ITEMS)
case("factor.bartlett_sphericity", ITEMS, {}, {"n": "rows"})
case("factor.parallel_analysis", lambda x: (x, rng()), {"resamples": 10})
case("factor.schmid_leiman", lambda x: (x, 2), {})
case(
    "factor.stated_structure",
    lambda x: (x, {"first": [0, 1], "second": range(2, x.shape[1])}),
    {},
    {"missing": "fiml", "errors": "robust"},
    {"method": "wlsmv"},
)
case("factor.measurement_invariance", lambda x: (x, np.arange(len(x)) % 2))
case("polychoric.polychoric", ITEMS, {}, {"method": "ml"}, {"correction": 0.0})
case("polychoric.ordinal_alpha", ITEMS)
case("level_reliability.alpha_by_level", GROUPED)
case("level_reliability.omega_by_level", GROUPED)
case("agreement.rwg", lambda x: (first_scores(x), teams(x)), {"options": 7})
case(
    "agreement.rwg_j",
    GROUPED,
    *({"options": 7, "out_of_range": one} for one in ("zero", "raw", "absent")),
    {"options": 5, "null": "heavy_skew", "missing": "listwise"},
)
case("agreement.rstar_wg_j", GROUPED, {"options": 7}, {"options": 7, "missing": "listwise"})
case("agreement.ad_m_j", GROUPED, {}, {"around": "median"}, {"missing": "listwise"})
case("agreement.a_wg", GROUPED, {"bounds": SCALE}, {"bounds": (1, 8)})
case("agreement.agreement_interval", lambda x: (x, 4.0))
case(
    "agreement.critical_agreement",
    lambda x: ("rwg_j",),
    {"people": 6, "items": 3, "options": 5, "rng": 1, "replicates": 50},
)
case("intraclass.one_way", SCORES)
case(
    "intraclass.icc_1",
    SCORES,
    *({"size": one} for one in ("mean", "k0", "harmonic", "reml")),
    {"negative": "zero"},
)
case("intraclass.icc_k", SCORES, {}, {"components": "reml"}, {"negative": "zero"})
case("intraclass.rater_icc", ITEMS, {}, {"components": "reml"}, {"average_interval": "own"})
case(
    "intraclass.krippendorff_alpha",
    ITEMS,
    *({"metric": one} for one in ("nominal", "ordinal", "interval", "ratio")),
    BOOT,
)
case(
    "variance.variance_shares",
    FACTORS,
    {},
    {"method": "ml", "intervals": "none"},
    {"intervals": "approximate"},
)
case("shrinkage.empirical_bayes_means", SCORES, {}, {"method": "ml"}, {"uncertainty": "mean"})
case(
    "means.mean_interval",
    lambda x: (own_scores(x),),
    {},
    {"method": "score", "bounds": SCALE},
    {"population": 50},
)
case("means.mean_interval", lambda x: (own_scores(x),), {"population": 41, "bounds": SCALE})
case("means.group_means", GROUPED, {"bounds": SCALE}, {"population": {"team 0": 9}})
case("change.wave_difference", lambda x: (x[:, 0], x[:, -1]), {"first_ids": 0, "second_ids": 0})
case("change.wave_difference", lambda x: (x[:, 0], x[:, -1]), {"first_ids": 0, "second_ids": 90})
case(
    "composition.composition_change",
    lambda x: (x[:, 0], x[:, -1]),
    {"first_ids": 0, "second_ids": 5},
)
case("reliable_change.reliable_change", lambda x: (x[:, 0], x[:, -1]), {"reliability": 0.8})
case("discrepancy.perception_gap", lambda x: (x, x[:, ::-1]), {}, {"bounds": SCALE})
case("discrepancy.abilene_gap", lambda x: (x, x[:, ::-1]))
case("discrepancy.control_margin", lambda x: (x, x[:, ::-1], teams(x)))
case("discrepancy.hidden_consensus", ITEMS, {"bounds": SCALE})
case("discrepancy.projection", lambda x: (x, x[:, ::-1], teams(x)), {"minimum": 3})
case("discrepancy.projection", lambda x: (x, x[:, ::-1], teams(x)))
case("polarisation.polarisation", lambda x: (first_scores(x), SCALE), {"rng": 1, "resamples": 20})
case("polarisation.polarisation", lambda x: (first_scores(x), SCALE))
case("polarisation.polarisation_by_group", lambda x: (first_scores(x), teams(x), SCALE))
case("careless.longstring", ITEMS, {}, {"na": "skipped"}, {"run": "average"})
case("careless.intra_individual_variability", ITEMS, {}, {"ddof": 0})
case("careless.variability_by_part", lambda x: (x, 2))
case("careless.response_speed", lambda x: (own_scores(x), 5), {}, {"pages": "fastest"})
case("careless_consistency.even_odd", lambda x: (x, [x.shape[1]]), {}, {"corrected": False})
case("careless_consistency.psychometric_synonyms", lambda x: (x, 0.2), {"minimum_pairs": 2})
case("careless_consistency.psychometric_synonyms", lambda x: (x, 0.2), {"antonyms": True})
case("careless_consistency.person_total", ITEMS, {}, {"total": "all"})
case("careless_distance.mahalanobis", ITEMS, {}, {"squared": False}, {"missing": "own"})
case("careless_distance.mahalanobis_tail", ITEMS)
case("scores.scale_scores", ITEMS, {}, {"minimum": 4}, {"how": "sum", "impute": "mean"})
case("roundrobin.social_relations", lambda x: (x[:5],), {}, {"negative": "zero"})
case("roundrobin_pairs.bivariate_relations", lambda x: (x[:5], x[5:10]))
case("roundrobin_pairs.stable_relations", lambda x: (x[:5], x[5:10]))


def result(label: str, kind: str) -> Any:
    name, arguments, forks = CASES[label]
    x = answers(kind)
    named = dict(forks)
    if "rng" in named:
        named["rng"] = rng()
    for ids in ("first_ids", "second_ids"):
        if ids in named:
            named[ids] = np.arange(len(x)) + named[ids]
    return call(name, *arguments(x), **named)


def words(found: Any, path: str = "") -> Iterator[str]:
    """Yield what a result says; numbers are for other tests."""
    if isinstance(found, Estimate):
        limits = "" if found.low is None else f", {found.confidence:g} limits"
        bands = "".join(f", {band.confidence:g} band" for band in found.bands)
        yield f"{path}: {found.absent or 'number'}, n={found.n}, {found.method}{limits}{bands}"
    elif isinstance(found, str | bool | None.__class__):
        yield f"{path}: {found!r}"
    elif isinstance(found, int):
        yield f"{path}: {found}"
    elif isinstance(found, np.ndarray):
        yield from words_of_array(found, path)
    elif isinstance(found, Mapping):
        for key, value in found.items():
            yield from words(value, f"{path}[{key}]")
    elif isinstance(found, tuple | list):
        for place, value in enumerate(found):
            yield from words(value, f"{path}[{place}]")
    elif is_dataclass(found):
        yield f"{path}: {type(found).__name__}"
        for field in fields(found):
            if not field.name.startswith("_") and field.name not in INSIDE:
                yield from words(getattr(found, field.name), f"{path}.{field.name}")
        yield from words_of_methods(found, path)


def words_of_array(found: np.ndarray, path: str) -> Iterator[str]:
    if found.dtype.kind == "f":
        if missing := int(np.isnan(found).sum()):
            yield f"{path}: {missing} of {found.shape} missing"
    elif found.size <= 12:
        yield f"{path}: {' '.join(map(str, found.ravel().tolist()))}"
    else:
        values = found.ravel().tolist()
        times = [f"{values.count(one)} x {one}" for one in sorted(set(values), key=str)]
        yield f"{path}: {found.shape} {', '.join(times[:6])}"


def words_of_methods(found: Any, path: str) -> Iterator[str]:
    if hasattr(found, "groups") and hasattr(found, "estimate"):
        for group in list(found.groups)[:1] + list(found.groups)[-1:]:
            yield from words(found.estimate(group), f"{path}.estimate({group})")
    elif type(found).__name__ == "AlphaIfDropped":
        for item in range(len(found.values)):
            yield from words(found.estimate(item), f"{path}.estimate({item})")
    elif type(found).__name__ == "Polychoric" and len(found.reasons) > 1:
        yield from words(found.estimate(0, 1), f"{path}.estimate(0, 1)")
        yield from words(found.estimate(1, 1), f"{path}.estimate(1, 1)")
    if hasattr(found, "to_frame"):
        frame = found.to_frame()
        columns = ", ".join(f"{name} {dtype}" for name, dtype in frame.dtypes.items())
        yield f"{path}.to_frame(): {len(frame)} rows; {columns}"
    if isinstance(found, VarianceShares):
        yield from words(found.component("residual"), f"{path}.component(residual)")
        for name in found.names:
            yield from words(found.share(name), f"{path}.share({name})")
            yield from words(found.blups(name), f"{path}.blups({name})")
        yield from words(found.criterion, f"{path}.criterion")
        yield from words(found.mean, f"{path}.mean")


def said(label: str, kind: str) -> dict[str, str]:
    """Return what is said, and of what."""
    try:
        lines = list(words(result(label, kind)))
    except (ValueError, KeyError) as refused:
        return {f"{type(refused).__name__}: {refused}": ""}
    of: dict[str, list[str]] = {}
    for line in lines:
        path, _, text = line.partition(": ")
        of.setdefault(text, []).append(path)
    return {text: " ".join(paths).strip() for text, paths in of.items()}


def everything_said(label: str) -> dict[str, dict[str, str]]:
    """Return what is said to each kind of answers, those that hear the same together."""
    found: dict[str, tuple[list[str], dict[str, str]]] = {}
    for kind in KINDS:
        heard = said(label, kind)
        found.setdefault(json.dumps(heard), ([], heard))[0].append(kind)
    return {", ".join(kinds): heard for kinds, heard in found.values()}


def public_functions() -> dict[str, Callable[..., Any]]:
    names = sorted({name for name, _, _ in CASES.values()})
    return {
        name: getattr(import_module(f"lcdiag.statistics.{name.split('.')[0]}"), name.split(".")[1])
        for name in names
    }


def defaults(function: Callable[..., Any]) -> dict[str, str]:
    return {
        parameter.name: repr(parameter.default)
        for parameter in inspect.signature(function).parameters.values()
        if parameter.default is not inspect.Parameter.empty
    }


def refusals(name: str) -> dict[str, str]:
    """What a function says to each fork that does not exist, and to impossible levels."""
    label = next(label for label, (found, _, _) in CASES.items() if found == name)
    _, arguments, forks = CASES[label]
    x = answers("good")
    named = {**forks, **({"rng": rng()} if "rng" in forks else {})}
    for ids in ("first_ids", "second_ids"):
        if ids in named:
            named[ids] = np.arange(len(x)) + named[ids]
    function = public_functions()[name]
    hints = get_type_hints(function)
    wrong: dict[str, Any] = {}
    for parameter in inspect.signature(function).parameters.values():
        # one without a default has its place among the arguments
        if is_choice(hints.get(parameter.name)) and parameter.default is not parameter.empty:
            wrong[f"{parameter.name}='none-such'"] = {parameter.name: "none-such"}
    for key, values in {
        "confidence": (0, 1, -0.5, 2),
        "bands": ((0.5, 1.0),),
        "bounds": ((7, 1), (2, 2)),
        "resamples": (0, 1),
    }.items():
        if key in hints:
            wrong |= {f"{key}={value!r}": {key: value} for value in values}
    found = {}
    for words_of, change in wrong.items():
        try:
            function(*arguments(x), **{**named, **change})
        except (ValueError, TypeError) as refused:
            found[words_of] = f"{type(refused).__name__}: {refused}"
    for what, cell in (("text", "word"), ("inf", np.inf)):
        try:
            given = arguments(np.full((40, 5), cell))
        except TypeError:
            continue  # a score of words cannot be made
        try:
            function(*given, **named)
        except (ValueError, TypeError) as refused:
            found[what] = f"{type(refused).__name__}: {refused}"
    return found


def is_choice(hint: Any) -> bool:
    from typing import Literal

    return get_origin(hint) is Literal or any(is_choice(one) for one in get_args(hint))


def all_words() -> dict[str, Any]:
    return {
        "results": {label: everything_said(label) for label in sorted(CASES)},
        "defaults": {name: defaults(function) for name, function in public_functions().items()},
        "refusals": {name: refusals(name) for name in public_functions()},
    }


@pytest.fixture(scope="module")
def wanted() -> dict[str, Any]:
    return dict(json.loads(WORDS.read_text(encoding="utf-8")))


@pytest.mark.parametrize("label", sorted(CASES))
def test_results_say_how_they_came_about(label: str, wanted: dict[str, Any]) -> None:
    assert everything_said(label) == wanted["results"][label]


@pytest.mark.parametrize("name", sorted({name for name, _, _ in CASES.values()}))
def test_defaults_and_refusals_stay(name: str, wanted: dict[str, Any]) -> None:
    found = defaults(public_functions()[name])
    for key, value in wanted["defaults"][name].items():
        assert found[key] == value, key
    assert refusals(name) == wanted["refusals"][name]


if __name__ == "__main__":
    content = json.dumps(all_words(), indent=1, ensure_ascii=False) + "\n"
    WORDS.write_text(content, encoding="utf-8")
