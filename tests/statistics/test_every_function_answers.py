"""Every public function of the room meets every kind of bad answers, with warnings as errors."""

from __future__ import annotations

import inspect
import traceback
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from test_every_function_is_proven import public_functions

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.factor import stated_structure

NOT_ON_ANSWERS = {
    "attenuation_corrected", "combined", "compare_alphas", "composite_correlations",
    "critical_agreement", "empirical_bayes_from_summaries", "estimated", "lambda_6_in_set",
    "null_variance", "score_errors",
    "smallest_detectable_change",
}  # fmt: skip
"""Functions of numbers that a researcher states, which have tests of their own."""

FUNCTIONS = {n: m for n, m in sorted(public_functions().items()) if n not in NOT_ON_ANSWERS}


def kinds() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(4)
    whole = rng.integers(1, 6, (24, 4)).astype(float)
    holes = np.where(rng.random(whole.shape) < 0.3, np.nan, whole)
    return {
        "whole": whole,
        "holes": holes,
        "nothing": np.full((6, 4), np.nan),
        "no rows": np.empty((0, 4)),
        "no columns": np.empty((6, 0)),
        "one row": whole[:1],
        "two rows": whole[:2],
        "one column": whole[:, :1],
        "constant": np.full((24, 4), 3.0),
        "one constant": np.column_stack([whole[:, :3], np.full(24, 3.0)]),
        "same items": np.repeat(whole[:, :1], 4, axis=1),
        "mirrored": np.column_stack([whole[:, 0], 6 - whole[:, 0], whole[:, 0], whole[:, 1]]),
        "tiny": whole * 1e-8,
        "huge": whole * 1e8,
        "integers": whole.astype(np.int8),
        "booleans": whole > 2,
    }


def arguments(function: Any, items: np.ndarray) -> dict[str, Any]:
    n, k = items.shape
    column = items[:, 0] if k else np.full(n, np.nan)
    held: dict[str, Any] = {
        "values": column, "groups": np.arange(n) // 5, "labels": np.arange(n) % 2,
        "bounds": (1, 5), "options": 5, "rng": np.random.default_rng(1),
        "first_ids": np.arange(n), "second_ids": np.arange(n), "ratings": items,
        "seconds": column, "own": items, "other": items[:, ::-1], "others": items[:, ::-1],
        "practice": items, "first": items, "second": items[::-1], "reliability": 0.8,
        "n_factors": 1, "null_variance": 2.0, "rule": "median", "one": 0,
        "reversed_items": (0,) if k else (), "factors": {"group": np.arange(n) // 5},
        "split": k // 2, "statistic": lambda *parts: 0.5, "data": column,
        "resamples": 20, "permutations": 20,
        "x": column, "y": items[:, -1] if k else column,
    }  # fmt: skip
    held["items"] = items
    name = function.__name__
    if name == "even_odd":
        held["factors"] = (k,)
    if name == "mean_difference":
        held["other"] = 1
    if name in ("reliable_change", "wave_difference", "composition_change"):
        held |= {"first": column, "second": column[::-1]}
    if name.startswith("polarisation"):
        held["options"] = (1, 5)
    if name == "response_speed":
        held["items"] = 4
    if name == "kr_20":
        held["items"] = np.where(np.isnan(items), np.nan, items > 2)
    if name in ("social_relations", "bivariate_relations", "stable_relations"):
        square = items[:4] if n >= 4 else items
        held |= {"ratings": square, "first": square, "second": square.T}
    if name in ("stated_structure", "structure_difference"):
        held["factors"] = {"first": range(k // 2), "second": range(k // 2, k)}
    if name == "structure_difference":
        held["loose"] = stated_structure(items, held["factors"])
    optional = {"rng", "resamples", "permutations", "reliability"}
    if name in ("rwg", "rwg_j", "rstar_wg_j"):
        optional |= {"options"}
    if name == "measurement_invariance":
        optional |= {"groups"}
        held["groups"] = np.arange(n) % 2
    return {
        name: held[name]
        for name, one in inspect.signature(function).parameters.items()
        if one.default is one.empty or (name in optional and name in held)
    }


def estimates(result: Any, depth: int = 0) -> list[Estimate]:
    if isinstance(result, Estimate):
        return [result]
    if isinstance(result, dict):
        result = tuple(result.values())
    if isinstance(result, (tuple, list)):
        return [e for one in result for e in estimates(one, depth + 1)]
    if hasattr(result, "__dataclass_fields__") and depth < 4:
        names = result.__dataclass_fields__
        return [e for name in names for e in estimates(getattr(result, name), depth + 1)]
    return []


def ours(error: BaseException) -> bool:
    """Return whether the last frame of the error is in the package, not inside numpy."""
    return "lcdiag" in traceback.extract_tb(error.__traceback__)[-1].filename


@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_gives_a_number_a_reason_or_our_refusal(name: str) -> None:
    function = getattr(import_module(f"lcdiag.statistics.{FUNCTIONS[name]}"), name)
    for kind, items in kinds().items():
        try:
            result = function(**arguments(function, items))
        except (ValueError, KeyError) as error:
            # the plain cases must be answered
            if not ours(error) or kind == "whole":
                raise AssertionError(f"{kind}: {error!r}") from error
            continue
        except Exception as error:
            raise AssertionError(f"{kind}: {error!r}") from error
        for one in estimates(result):
            assert one.absent != "", kind
            if one.low is not None and one.value is not None:
                assert one.low <= one.high, f"{kind}: {one}"
                assert one.low <= one.value <= one.high, f"{kind}: {one}"


# these are given parts of the answers as true or false, or a fit to them, and no answers as such
WITHOUT_ANSWERS = {"kr_20", "structure_difference"}


@pytest.mark.parametrize("name", sorted(set(FUNCTIONS) - WITHOUT_ANSWERS))
def test_it_refuses_infinite_answers_in_words_of_its_own(name: str) -> None:
    function = getattr(import_module(f"lcdiag.statistics.{FUNCTIONS[name]}"), name)
    items = kinds()["whole"]
    items[1, 0] = np.inf
    given = arguments(function, items)
    if name == "response_speed":
        given["seconds"] = np.array([1.0, np.inf])
    with pytest.raises(ValueError, match=r"\w+ \w+") as caught:
        function(**given)
    assert ours(caught.value)
