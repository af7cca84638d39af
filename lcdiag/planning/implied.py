"""What is true in a simulated study: means, gaps, reliability and shares of variance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lcdiag.instrument.model import Scale
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.planning.latent import Latent, expected_codes
from lcdiag.planning.places import Places
from lcdiag.planning.simulate import Drawn, centres, themes
from lcdiag.planning.stated import ORDINARY, Measurement, Meeting, Spread, Truth

Floats = npt.NDArray[np.float64]

TABLE = ("party", "community", "wave", "meeting", "organisation", "group")
"""Parts that belong to where a row sits; the others belong to its person."""
LASTING = ("general", "scale", "method", "party", "community", "organisation", "group")
"""Parts that a person brings to, or meets in, every wave."""


@dataclass(frozen=True)
class TrueScale:
    """What is true of one scale over the whole study, in scored points.

    Attributes
    ----------
    mean, sd : float
        Of the scores of all rows.
    alpha : float or None
        Cronbach's alpha of all rows together; None for a single item or without any variance.
    shares : dict of str to float
        Part (``community``, ``party``, ``person``, ``wave``, ``meeting_group``, ``rest``) to its
        share of the variance; empty where communities, waves or languages differ by plan, because
        such differences are no draws from a population.
    """

    mean: float
    sd: float
    alpha: float | None
    shares: dict[str, float]


def true_scales(
    questionnaire: Questionnaire,
    meetings: Sequence[Meeting],
    drawn: Drawn,
    spread: Spread,
    measurement: Measurement | None = None,
) -> dict[str, TrueScale]:
    """Return what is true of every scored scale, of careful answers without gaps.

    Parameters
    ----------
    questionnaire, meetings, spread, measurement
        As they were given to the simulation.
    drawn : Drawn
        What it drew: the parts of items are fixed, all other parts are averaged over.
    """
    how = measurement or Measurement()
    kinds, weights = _kinds(questionnaire, meetings, drawn, spread, how)
    column = {code: place for place, code in enumerate(questionnaire.codes)}
    found = {}
    for instrument, scale in questionnaire.scales:
        if scale.per_item or questionnaire.over_parties(scale):
            continue
        items = [column[code] for code in scale.items]
        found[f"{instrument.id}:{scale.id}"] = _true_scale(
            scale, [of_items(one, items) for one in kinds], weights, drawn.places
        )
    return found


def true_means(
    questionnaire: Questionnaire,
    meetings: Sequence[Meeting],
    drawn: Drawn,
    spread: Spread,
    measurement: Measurement | None = None,
) -> Floats:
    """Return the true mean of every item in every meeting, in the scored direction.

    It is that of the people who might have sat on these seats: of the same parties, at the same
    tables, with what chance added to those; only persons and single answers are averaged over.

    Returns
    -------
    (meetings, items) array of float
        Parameters as in `true_scales`.
    """
    how = measurement or Measurement()
    latent = _latent(questionnaire, spread, how, np.zeros(len(questionnaire.codes)))
    sd = np.sqrt(
        latent.own + sum(np.diag(part) for name, part in latent.shared.items() if name not in TABLE)
    )
    loading = np.array([how.items.get(code, ORDINARY).loading for code in questionnaire.codes])
    mean = drawn.centre[drawn.places.meeting] + drawn.item_part
    for name, part in drawn.parts.items():
        mean = mean + loading * part[drawn.places.of(name)][:, drawn.theme]
    mean = mean + _shifts(questionnaire, meetings, how)
    rows = expected_codes(mean, sd, latent.cuts, latent.low)
    total = np.zeros((len(meetings), rows.shape[1]))
    np.add.at(total, drawn.places.meeting, rows)
    counts = np.bincount(drawn.places.meeting, minlength=len(meetings))
    means: Floats = total / np.maximum(counts, 1)[:, None]
    return means


def latent_of(
    questionnaire: Questionnaire, truth: Truth, spread: Spread, measurement: Measurement
) -> Latent:
    """Return the normal variables behind all items where this is true, before anything is drawn."""
    meeting = Meeting("", 1, (), truth)
    return _latent(questionnaire, spread, measurement, centres(questionnaire, [meeting])[0])


def _true_scale(
    scale: Scale, kinds: Sequence[Latent], weights: Floats, places: Places
) -> TrueScale:
    """Return what is true of one scale; `kinds` hold its items only."""
    means = np.array([one.expected for one in kinds])
    middle = weights @ means
    apart = (means - middle) * np.sqrt(weights)[:, None]
    covariance = apart.T @ apart
    for weight, one in zip(weights, kinds, strict=True):
        covariance = covariance + weight * one.within_row
    k = len(middle)
    times = k if scale.combine == "sum" else 1
    total = float(covariance.sum())
    alpha = None
    if k > 1 and total > 0:
        alpha = k / (k - 1) * (1 - float(np.trace(covariance)) / total)
    shares = _shares(kinds[0], places) if len(kinds) == 1 and total > 0 else {}
    mean = float(middle.mean()) * times
    return TrueScale(mean, float(np.sqrt(total)) / k * times, alpha, shares)


def _shares(latent: Latent, places: Places) -> dict[str, float]:
    """Return the share of each part of the variance of a scale's scores."""

    def together(*parts: str) -> float:
        return float(latent.between_rows(parts).sum())

    total = float(latent.within_row.sum())
    nested = places.count("organisation") == places.count("party")
    party = "party" if nested else "organisation"
    held = {
        "community": together("community"),
        "meeting_group": together("community", "group") - together("community"),
        "party": (
            together("community", "party", "organisation") - together("community")
            if nested
            else together(party)
        ),
        "wave": together("wave"),
    }
    lasting = together(*LASTING)
    held["person"] = lasting - held["community"] - held["meeting_group"] - held["party"]
    held["rest"] = total - lasting - held["wave"]
    return {name: value / total for name, value in held.items()}


def _kinds(
    questionnaire: Questionnaire,
    meetings: Sequence[Meeting],
    drawn: Drawn,
    spread: Spread,
    how: Measurement,
) -> tuple[list[Latent], Floats]:
    """Return the different kinds of rows by plan, and how much of the rows each is."""
    planned = drawn.centre[drawn.places.meeting] + _shifts(questionnaire, meetings, how)
    rows, counts = np.unique(planned, axis=0, return_counts=True)
    kinds = [_latent(questionnaire, spread, how, row + drawn.item_part) for row in rows]
    return kinds, counts / counts.sum()


def _latent(questionnaire: Questionnaire, spread: Spread, how: Measurement, mean: Floats) -> Latent:
    """Return the normal variables behind the items of a row with these means."""
    codes = questionnaire.codes
    loading = np.array([how.items.get(code, ORDINARY).loading for code in codes])
    both = np.outer(loading, loading)
    theme = themes(questionnaire)
    alike = both * (theme[:, None] == theme[None, :])
    shared = {name: getattr(spread, name) ** 2 * alike for name in TABLE}
    shared["general"] = spread.general**2 * both
    shared["scale"] = spread.scale**2 * alike * _split(questionnaire, how)
    turned = np.array([item.reversed for item in questionnaire.items], dtype=float)
    shared["method"] = spread.method**2 * np.outer(turned, turned)
    low = np.array([questionnaire.format_of(code).low for code in codes], dtype=float)
    return Latent(
        mean=mean,
        shared=shared,
        own=np.full(len(codes), spread.answer**2),
        cuts=_cuts(questionnaire, how),
        low=low,
    )


def _split(questionnaire: Questionnaire, how: Measurement) -> Floats:
    """Return how the scale parts of two items correlate: 1 but for scales that are split."""
    codes = questionnaire.codes
    found = np.ones((len(codes), len(codes)))
    for split in how.splits.values():
        second = np.isin(codes, split.items)
        found[np.ix_(second, ~second)] = found[np.ix_(~second, second)] = split.correlation
    return found


def _cuts(questionnaire: Questionnaire, how: Measurement) -> Floats:
    """Return the thresholds of every item, infinite where it has fewer than others."""
    rows = []
    for code in questionnaire.codes:
        bounds = questionnaire.format_of(code)
        given = how.items.get(code, ORDINARY).thresholds
        rows.append(given or tuple(point + 0.5 for point in bounds.codes[:-1]))
    widest = max((len(row) for row in rows), default=0)
    return np.array([[*row, *[np.inf] * (widest - len(row))] for row in rows], dtype=float)


def _shifts(questionnaire: Questionnaire, meetings: Sequence[Meeting], how: Measurement) -> Floats:
    """Return what wording adds in the language of every row, (rows, items)."""
    languages = [seat.language for meeting in meetings for seat in meeting.seats]
    added = {
        language: np.array(
            [how.items.get(code, ORDINARY).shift.get(language, 0.0) for code in questionnaire.codes]
        )
        for language in set(languages)
    }
    return np.array([added[one] for one in languages]).reshape(len(languages), -1)


def of_items(latent: Latent, items: Sequence[int]) -> Latent:
    """Return the variables of some items, in this order."""
    chosen = np.array(items)
    return Latent(
        latent.mean[chosen],
        {name: part[np.ix_(chosen, chosen)] for name, part in latent.shared.items()},
        latent.own[chosen],
        latent.cuts[chosen],
        latent.low[chosen],
    )
