"""Own view, estimated view of others and practice: who rated a topic whole, and pools of topics."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lcdiag.base.levels import Level
from lcdiag.diagnosis.evidence import Evidence, Floats, Mask
from lcdiag.instrument.model import Contrast, Instrument


@dataclass(frozen=True)
class Ratings:
    """The three ratings of a topic, or of a pool of topics, one value a row.

    Attributes
    ----------
    subject : str
        ``"lc-collusion:topic.interests"`` or ``"lc-collusion:critical"``.
    level : Level
        That of the rating of practice: what the group does.
    own, others, practice : (n,) arrays of float
        All three there, or all three NaN.
    low, high : float
        Bounds of the ratings.
    topics : int
        How many topics the subject holds.
    each : (n, topics, 3) array of float
        Own, others and practice of each topic, for those who count in `own`.
    """

    subject: str
    level: Level
    own: Floats
    others: Floats
    practice: Floats
    low: float
    high: float
    topics: int
    each: Floats


def topic_ratings(evidence: Evidence) -> tuple[Ratings, ...]:
    """Return every topic that is asked, in the order of the questionnaire.

    A person who did not give all three ratings of a topic does not count for it: otherwise own
    view and practice would be those of different people, and their difference with the gap would
    give away single answers.
    """
    return tuple(
        _ratings(evidence, home, contrast)
        for home, contrast in evidence.study.questionnaire.contrasts
        if {contrast.own, contrast.others, contrast.practice} <= set(evidence.responses.columns)
    )


def pools(evidence: Evidence, kind: str) -> tuple[Ratings, ...]:
    """Return one pool of topics of a kind for every instrument that has any.

    A person's value is the mean over the topics that they rated whole, and is there when these
    are at least half of the topics. Topics on another response format than the first are not
    pooled.

    Parameters
    ----------
    evidence : Evidence
        What to read.
    kind : str
        ``"critical"`` or ``"control"``.
    """
    found: dict[str, list[Ratings]] = {}
    pairs = zip(_asked(evidence), topic_ratings(evidence), strict=True)
    for (home, contrast), ratings in pairs:
        if contrast.kind == kind:
            found.setdefault(home.id, []).append(ratings)
    return tuple(_pool(f"{home}:{kind}", topics) for home, topics in found.items())


def rated_whole(evidence: Evidence) -> dict[str, Mask]:
    """Return for every item that is part of a topic which rows gave all three of its ratings."""
    pairs = zip(_asked(evidence), topic_ratings(evidence), strict=True)
    return {
        code: ~np.isnan(ratings.own)
        for (_, contrast), ratings in pairs
        for code in (contrast.own, contrast.others, contrast.practice)
    }


def _asked(evidence: Evidence) -> list[tuple[Instrument, Contrast]]:
    columns = set(evidence.responses.columns)
    return [
        (home, contrast)
        for home, contrast in evidence.study.questionnaire.contrasts
        if {contrast.own, contrast.others, contrast.practice} <= columns
    ]


def _ratings(evidence: Evidence, home: Instrument, contrast: Contrast) -> Ratings:
    """Return one topic, with NaN in all three where one is missing."""
    codes = (contrast.own, contrast.others, contrast.practice)
    three = np.column_stack([evidence.responses.column(code) for code in codes])
    three[np.isnan(three).any(axis=1)] = np.nan
    bounds = home.format_of(contrast.own)
    return Ratings(
        subject=f"{home.id}:topic.{contrast.id}",
        level=home.item(contrast.practice).level,
        own=three[:, 0],
        others=three[:, 1],
        practice=three[:, 2],
        low=float(bounds.low),
        high=float(bounds.high),
        topics=1,
        each=three[:, None, :],
    )


def _pool(subject: str, topics: list[Ratings]) -> Ratings:
    first = topics[0]
    alike = [one for one in topics if (one.low, one.high) == (first.low, first.high)]
    whole = np.column_stack([~np.isnan(one.own) for one in alike])
    count = whole.sum(axis=1)
    enough = 2 * count >= len(alike)

    def pooled(columns: list[Floats]) -> Floats:
        total = np.where(whole, np.column_stack(columns), 0.0).sum(axis=1)
        empty = np.full(len(total), np.nan)
        np.divide(total, count, out=empty, where=enough & (count > 0))
        return empty

    return Ratings(
        subject=subject,
        level=first.level,
        own=pooled([one.own for one in alike]),
        others=pooled([one.others for one in alike]),
        practice=pooled([one.practice for one in alike]),
        low=first.low,
        high=first.high,
        topics=len(alike),
        each=np.where(
            enough[:, None, None], np.concatenate([one.each for one in alike], axis=1), np.nan
        ),
    )
