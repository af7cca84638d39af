"""Whose answers look careless: an indication over many people, never a verdict about one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from lcdiag.responses.model import ResponseSet
from lcdiag.statistics.careless import longstring, mahalanobis_tail

TAIL = 0.001
LEAST_QUESTIONS = 10
"""Of fewer questions an equal answer to half of them says nothing."""

Mask = npt.NDArray[np.bool_]


def seems_careless(responses: ResponseSet, once: Mask) -> Mask:
    """Return who seems careless: half of the items in a row the same, or an odd mixture.

    A run of the same answer over half of all ratings (Curran, 2016), or a distance from all others
    that chance gives one of a thousand (Meade & Craig, 2012). Nobody is left out for it.

    Parameters
    ----------
    responses : ResponseSet
        Answers as they were asked.
    once : (n,) array of bool
        The rows among which distances are measured: each person once.
    """
    raw = responses.values.astype(np.float64)
    raw[responses.codes < 0] = np.nan
    found = np.zeros(len(raw), dtype=bool)
    half = raw.shape[1] / 2
    if raw.shape[1] >= LEAST_QUESTIONS:
        found |= np.nan_to_num(np.asarray(longstring(raw))) >= half
    rows = once & (np.isnan(raw).mean(axis=1) < 0.5)
    used = raw[rows][:, ~np.isnan(raw[rows]).all(axis=0)]
    if rows.sum() > 2 * used.shape[1]:
        tails = np.asarray(mahalanobis_tail(used))
        found[np.flatnonzero(rows)[np.nan_to_num(tails, nan=1.0) < TAIL]] = True
    return found
