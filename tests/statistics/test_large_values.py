from __future__ import annotations

import numpy as np
import pytest

from lcdiag.statistics.arrays import as_column, as_matrix
from lcdiag.statistics.careless import intra_individual_variability, mahalanobis
from lcdiag.statistics.change import reliable_change
from lcdiag.statistics.means import mean_interval
from lcdiag.statistics.roundrobin import social_relations


@pytest.mark.parametrize("huge", [1e71, -1e71, 1e308])
def test_values_too_large_to_square_are_refused_by_name(huge: float) -> None:
    rows = np.full((5, 5), 1.0)
    rows[0, 1] = huge
    for function in (as_matrix, intra_individual_variability, mahalanobis, social_relations):
        with pytest.raises(ValueError, match="too large to square"):
            function(rows)
    for function in (as_column, mean_interval):
        with pytest.raises(ValueError, match="values hold values too large to square"):
            function(rows[0])
    with pytest.raises(ValueError, match="first hold values too large"):
        reliable_change(rows[0], rows[1], reliability=0.8)
    with pytest.raises(ValueError, match="received an infinite value"):
        as_column([1.0, -np.inf])


def test_the_largest_values_are_still_computed() -> None:
    rows = 1e70 * np.random.default_rng(1).uniform(-1, 1, (6, 6))
    assert social_relations(rows).component("relationship").value is not None
    assert mean_interval(rows[0]).low is not None
    assert (intra_individual_variability(rows).reasons == "").all()
