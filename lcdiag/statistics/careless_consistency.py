"""How consistently each person answers: over halves of scales, like items, and with everybody.

Notes
-----
Formula: correlation, within a person, over the pairs of items that correlate above the
critical value among all people.

Default: ``one`` and .60, as in the program below without its resampling (for people whose
answers on one side do not vary it swaps pairs at random; ``both`` serves them without chance).

Agrees with careless 1.2.2 (``psychsyn``, ``psychant``, ``resample_na=FALSE``).

References
----------
Meade & Craig (2012), Psychological Methods 17(3); Curran (2016), Journal of Experimental Social
Psychology 66.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import Floats, as_matrix
from lcdiag.statistics.moments import centred_moments
from lcdiag.statistics.person_labels import person_labels
from lcdiag.statistics.results import PersonValues, reasons_for

Bools = npt.NDArray[np.bool_]
Factors = Sequence[int] | Sequence[Sequence[int]]

_FLAT = 1e-12  # a variance below this share of the largest value squared is rounding noise


def even_odd(
    items: Any,
    factors: Factors,
    *,
    higher: Literal["careless", "consistent"] = "careless",
    corrected: bool = True,
    cut: bool = True,
) -> PersonValues:
    """Return how well each person's even halves of the scales go with the odd halves.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k)
        With reversed items turned round; NaN = missing.
    factors : sequence of int, or of sequences of int
        Sizes of scales that follow one another and make up all items; or the positions of each
        scale's items, from 0, in the order in which they were asked.
    higher : {"careless", "consistent"}
        Whether the sign is turned, so that higher means less consistent.
    corrected, cut : bool
        Spearman-Brown, 2 r / (1 + r); and below -1 that becomes -1, before the sign is turned.

    Returns
    -------
    PersonValues
        (n,), a correlation over scales; n = scales with an answer in both halves.

    Raises
    ------
    ValueError
        For text, infinite values, sizes that do not add up, or positions that do not exist.

    Notes
    -----
    Formula: r over scales between the mean of the 2nd, 4th, ... items and that of the 1st, 3rd, ...
    items of each scale, over the items answered.

    Default: sign turned, corrected and cut, as in the program below since its version 1.2.0;
    earlier ones kept the sign. It needs scales that differ in mean or in direction.

    Absent when: ``fewer-than-3-scales`` (two points always lie on a line); ``no-spread`` over the
    scales; ``no-finite-correction`` (r = -1, not cut).

    Agrees with careless 1.2.2 (``evenodd``) wherever three scales can be told.

    References
    ----------
    Johnson (2005), Journal of Research in Personality 39; Meade & Craig (2012), Psychological
    Methods 17(3).
    """
    if higher not in ("careless", "consistent"):
        raise ValueError(f"higher is 'careless' or 'consistent'; received {higher!r}")
    matrix = as_matrix(items)
    r, count, reasons = _over_scales(matrix, _scales(factors, matrix.shape[1]), corrected, cut)
    values = np.where(reasons == "", -r if higher == "careless" else r, np.nan)
    how = ("Spearman-Brown" + ", cut at -1" * cut) if corrected else "uncorrected"
    name = f"even-odd over scales, {how}, higher = {higher}"
    return PersonValues(person_labels(items, len(matrix)), values, count, reasons, name)


def _over_scales(
    matrix: Floats, scales: list[npt.NDArray[np.intp]], corrected: bool, cut: bool
) -> tuple[Floats, npt.NDArray[np.int64], npt.NDArray[np.str_]]:
    """Return r of the halves, the scales it rests on, and why it is absent."""
    even = _half_means(matrix, [scale[1::2] for scale in scales])
    odd = _half_means(matrix, [scale[::2] for scale in scales])
    held = ~np.isnan(even) & ~np.isnan(odd)
    r, flat = _row_correlation(even, odd, held)
    count = held.sum(axis=1)
    opposite = 1 + r < _FLAT
    if corrected:
        r = 2 * r / np.where(opposite, _FLAT, 1 + r)
        r = np.maximum(r, -1.0) if cut else r
    endless = opposite & (corrected and not cut)
    rules = [
        ("fewer-than-3-scales", count < 3),
        ("no-spread", flat),
        ("no-finite-correction", endless),
    ]
    return r, count, reasons_for(r.shape, rules)


def _scales(factors: Factors, k: int) -> list[npt.NDArray[np.intp]]:
    """Return the positions of each scale's items."""
    given = list(factors)
    if all(isinstance(one, (int, np.integer)) for one in given):
        sizes = np.array(given, dtype=np.intp)
        if (sizes < 1).any() or sizes.sum() != k:
            raise ValueError(f"sizes of scales are 1 or more and add up to {k} items")
        return np.split(np.arange(k), np.cumsum(sizes)[:-1])
    scales = [np.asarray(one, dtype=np.intp).reshape(-1) for one in given]
    if any(((scale < 0) | (scale >= k)).any() for scale in scales):
        raise ValueError(f"factors are positions from 0 to {k - 1}")
    return scales


def _half_means(matrix: Floats, halves: list[npt.NDArray[np.intp]]) -> Floats:
    """Return each person's mean over each half, (n, scales); NaN without an answer in it."""
    member = np.zeros((matrix.shape[1], len(halves)))
    for column, half in enumerate(halves):
        member[half, column] = 1.0
    held = ~np.isnan(matrix)
    total = np.where(held, matrix, 0.0) @ member
    count = held.astype(np.float64) @ member
    out = np.full(total.shape, np.nan)
    np.divide(total, count, out=out, where=count > 0)
    return out


def _row_correlation(x: Floats, y: Floats, held: Bools) -> tuple[Floats, Bools]:
    """Return r of x and y over the columns held, a row; and where one of them has no spread."""
    count = np.maximum(held.sum(axis=1), 1)[:, None]
    moved = []
    for part in (x, y):
        filled = np.where(held, part, 0.0)
        mean = filled.sum(axis=1, keepdims=True) / count
        moved.append(np.where(held, filled - mean, 0.0))
    a, b = moved
    largest = np.maximum(np.abs(np.where(held, x, 0.0)), np.abs(np.where(held, y, 0.0)))
    scale = largest.max(axis=1, initial=0.0) ** 2 * count[:, 0]
    return _ratio((a * b).sum(axis=1), (a * a).sum(axis=1), (b * b).sum(axis=1), scale)


def _ratio(xy: Floats, xx: Floats, yy: Floats, scale: Floats) -> tuple[Floats, Bools]:
    """Return xy / sqrt(xx yy), 0 where there is no spread to speak of, and where that is."""
    flat = (xx <= _FLAT * scale) | (yy <= _FLAT * scale)
    root = np.sqrt(np.where(flat, 1.0, xx * yy))
    return np.clip(np.where(flat, 0.0, xy / root), -1.0, 1.0), flat


def synonym_pairs(
    items: Any, critical: float = 0.60, *, antonyms: bool = False
) -> npt.NDArray[np.intp]:
    """Return the pairs of items that go together over all people: r strictly above a limit.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k)
        NaN = missing; each pair is correlated over the people who answered both.
    critical : float
        The limit; of antonyms too a positive number, and pairs with r below its negative are taken.
    antonyms : bool
        Pairs that go against one another.

    Returns
    -------
    array of int, shape (pairs, 2)
        Positions from 0, the later item first, in the order of the earlier one.

    Raises
    ------
    ValueError
        For text, infinite values, or a limit that is not between 0 and 1.

    Notes
    -----
    Agrees with careless 1.2.2 (``psychsyn_critval``) in what it takes for a pair.

    References
    ----------
    Meade & Craig (2012), Psychological Methods 17(3).
    """
    if not 0 <= critical < 1:
        raise ValueError(f"critical is between 0 and 1; received {critical!r}")
    r = centred_moments(items).correlation()
    with np.errstate(invalid="ignore"):
        taken = (r < -critical) if antonyms else (r > critical)
    earlier, later = np.nonzero(np.triu(taken, 1))
    return np.column_stack([later, earlier])


def psychometric_synonyms(
    items: Any,
    critical: float = 0.60,
    *,
    antonyms: bool = False,
    orientation: Literal["one", "both"] = "one",
    minimum_pairs: int = 3,
) -> PersonValues:
    """Return how alike each person answers items that people at large answer alike.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k)
        NaN = missing.
    critical, antonyms
        As in `synonym_pairs`.
    orientation : {"one", "both"}
        The later item of each pair against the earlier one; or each pair in both orders, so that
        the order of the items does not matter.
    minimum_pairs : int
        Fewer pairs with both answers give no value.

    Returns
    -------
    PersonValues
        (n,), a correlation over pairs: consistent people are near 1 with synonyms, near -1 with
        antonyms. n = pairs used.

    Raises
    ------
    ValueError
        As in `synonym_pairs`; for a minimum below 2.

    Notes
    -----
    Absent when: ``too-few-pairs``; ``no-spread`` of the answers on a side.

    More in the notes of this module.
    """
    if orientation not in ("one", "both"):
        raise ValueError(f"orientation is 'one' or 'both'; received {orientation!r}")
    if minimum_pairs < 2:
        raise ValueError(f"a correlation needs 2 pairs or more; received {minimum_pairs!r}")
    matrix = as_matrix(items)
    pairs = synonym_pairs(matrix, critical, antonyms=antonyms)
    r, flat, count = _over_pairs(matrix, pairs, orientation == "both")
    rules = [("too-few-pairs", count < minimum_pairs), ("no-spread", flat)]
    reasons = reasons_for(r.shape, rules)
    values = np.where(reasons == "", r, np.nan)
    sort = "antonyms, r < -" if antonyms else "synonyms, r > "
    name = f"psychometric {sort}{critical:g}, {len(pairs)} pairs, orientation {orientation}"
    return PersonValues(person_labels(items, len(matrix)), values, count, reasons, name)


def _over_pairs(
    matrix: Floats, pairs: npt.NDArray[np.intp], both: bool
) -> tuple[Floats, Bools, npt.NDArray[np.int64]]:
    """Return r over linked pairs, where there is no spread, and the pairs used, each (n,).

    Sums over pairs are products with the matrix of links, whatever the number of pairs.
    """
    link = np.zeros((matrix.shape[1], matrix.shape[1]))
    link[pairs[:, 0], pairs[:, 1]] = 1.0
    held = ~np.isnan(matrix)
    filled = np.where(held, matrix, 0.0)
    largest = np.abs(filled).max(axis=1, initial=0.0)
    mean = filled.sum(axis=1) / np.maximum(held.sum(axis=1), 1)
    moved = np.where(held, matrix - mean[:, None], 0.0)
    mask = held.astype(np.float64)
    there, back = mask @ link.T, mask @ link
    count = (back * mask).sum(axis=1)
    x, xx = (moved * there).sum(axis=1), (moved**2 * there).sum(axis=1)
    y, yy = (moved * back).sum(axis=1), (moved**2 * back).sum(axis=1)
    xy = ((moved @ link) * moved).sum(axis=1)
    used = np.maximum(count, 1.0)
    if both:
        x = y = (x + y) / 2
        xx = yy = (xx + yy) / 2
    r, flat = _ratio(xy - x * y / used, xx - x**2 / used, yy - y**2 / used, largest**2 * used)
    return r, flat, np.rint(count).astype(np.int64)


def person_total(items: Any, *, total: Literal["others", "all"] = "others") -> PersonValues:
    """Return how each person's answers go with the mean answers to the items.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k)
        NaN = missing.
    total : {"others", "all"}
        The mean of everybody else on each item; or of everybody, the person too.

    Returns
    -------
    PersonValues
        (n,), a correlation over items; n = items that the person answered and the total has.

    Raises
    ------
    ValueError
        For text, infinite values, or a total that is not offered.

    Notes
    -----
    Formula: r over items between the person's answers and the item means. Negative values say that
    the person goes against what most people find.

    Default: the others, since in small groups one's own answers draw the means along.

    Absent when: ``fewer-than-3-items`` (two points always lie on a line); ``no-spread`` of the
    person's answers or of the means.

    References
    ----------
    Donlon & Fischer (1968), Educational and Psychological Measurement 28; Curran (2016), Journal of
    Experimental Social Psychology 66.
    """
    if total not in ("others", "all"):
        raise ValueError(f"total is 'others' or 'all'; received {total!r}")
    matrix = as_matrix(items)
    held = ~np.isnan(matrix)
    filled = np.where(held, matrix, 0.0)
    own = 1.0 if total == "others" else 0.0
    count = held.sum(axis=0) - own * held
    rest = filled.sum(axis=0) - own * filled
    mean = np.full(matrix.shape, np.nan)
    np.divide(rest, count, out=mean, where=count > 0)
    used = held & (count > 0)
    r, flat = _row_correlation(matrix, mean, used)
    answers = used.sum(axis=1)
    reasons = reasons_for(r.shape, [("fewer-than-3-items", answers < 3), ("no-spread", flat)])
    values = np.where(reasons == "", r, np.nan)
    return PersonValues(
        person_labels(items, len(matrix)), values, answers, reasons, f"person-total, {total}"
    )
