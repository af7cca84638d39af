"""What a dossier reads: one row a person, the items of one scale turned, and where people sit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from lcdiag.dossier.model import Line
from lcdiag.instrument.model import Instrument, Scale
from lcdiag.instrument.study import Study
from lcdiag.responses.model import DONT_KNOW, MISSING, ResponseSet
from lcdiag.scoring.model import ScaleScores

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Evidence:
    """Scored answers of a study, every wave.

    Attributes
    ----------
    study, responses, scores
        Row i of `responses` is row i of `scores`.
    once : (n,) array of bool
        The rows that count (`who_counts`): each person once, by the first wave in which they
        answered.
    """

    study: Study
    responses: ResponseSet
    scores: ScaleScores
    once: Mask

    @cached_property
    def scales(self) -> tuple[Measured, ...]:
        """Return the scored scales in the order of the questionnaire.

        A score over the other parties is left out: who sits at which table decides which of its
        items somebody can answer.
        """
        asked = self.study.questionnaire
        return tuple(
            Measured(self, home, scale)
            for home, scale in asked.scales
            if not scale.per_item
            and f"{home.id}:{scale.id}" in self.scores.scales
            and not asked.over_parties(scale)
        )

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Return the languages of the rows that count, with most people first."""
        names, counts = np.unique(self.responses.language[self.once], return_counts=True)
        order = np.lexsort((names, -counts))
        return tuple(str(names[place]) for place in order if names[place])

    @cached_property
    def told_apart(self) -> tuple[str, ...]:
        """Return the languages of which something may be told by itself.

        All of them, or none: beside the whole, what is told of one language gives the other away,
        so that a language of fewer than ten people hides all languages.
        """
        known = [int((self.responses.language[self.once] == one).sum()) for one in self.languages]
        unknown = int((self.responses.language[self.once] == "").sum())
        if len(known) < 2 or min(known) < 10 or 0 < unknown < 10:
            return ()
        return self.languages


@dataclass(frozen=True)
class Measured:
    """One scale: its items turned round, as (n, k) with NaN for what is not there.

    Attributes
    ----------
    evidence : Evidence
        Where it comes from.
    home, scale
        The instrument and the scale.
    """

    evidence: Evidence
    home: Instrument
    scale: Scale

    @property
    def address(self) -> str:
        """Return ``"lc-safety:safety"``."""
        return f"{self.home.id}:{self.scale.id}"

    @cached_property
    def columns(self) -> list[int]:
        """Return the columns of its items."""
        return [self.evidence.responses.columns.index(code) for code in self.scale.items]

    @cached_property
    def all_items(self) -> Floats:
        """Return the items of every row of every wave."""
        return np.asarray(self.evidence.scores.keyed[:, self.columns], dtype=np.float64)

    @cached_property
    def turned(self) -> Mask:
        """Return which of its items are reversed."""
        return np.array([self.home.item(code).reversed for code in self.scale.items])

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """Return the lowest and highest possible score."""
        form = self.home.format_of(self.scale.items[0])
        times = len(self.scale.items) if self.scale.combine == "sum" else 1
        return float(form.low * times), float(form.high * times)

    @property
    def points(self) -> int:
        """Return how many points its answers have."""
        form = self.home.format_of(self.scale.items[0])
        return form.high - form.low + 1

    def people(self, language: str = "") -> People:
        """Return the people who count, of all languages or of one."""
        keep = self.evidence.once
        if language:
            keep = keep & (self.evidence.responses.language == language)
        answered = ~np.isnan(self.all_items).all(axis=1)
        return People(self, keep & answered, keep, language)


@dataclass(frozen=True)
class People:
    """The people of one language, or all, who answered any item of a scale.

    Attributes
    ----------
    of : Measured
        The scale.
    rows : (n,) array of bool
        Who answered any of its items.
    asked : (n,) array of bool
        Who was asked.
    language : str
        "" for all.
    """

    of: Measured
    rows: Mask
    asked: Mask
    language: str

    @property
    def n(self) -> int:
        """Return how many they are."""
        return int(self.rows.sum())

    @cached_property
    def items(self) -> Floats:
        """Return their answers, (n, k), turned."""
        return self.of.all_items[self.rows]

    @cached_property
    def scores(self) -> Floats:
        """Return their scores, NaN where too few items were answered."""
        scores: Floats = self.of.evidence.scores.scale(self.of.address)[self.rows]
        return scores

    @cached_property
    def communities(self) -> npt.NDArray[np.object_]:
        """Return where they sit."""
        found: npt.NDArray[np.object_] = self.of.evidence.responses.community[self.rows]
        return found

    @property
    def tables(self) -> int:
        """Return in how many communities they sit."""
        return len(set(self.communities.tolist()))

    @cached_property
    def clusters(self) -> npt.NDArray[np.object_] | None:
        """Return the communities where there are enough to reckon with, else None.

        From two to four clusters no honest error follows; the people are then taken one by one,
        and the method says so.
        """
        return self.communities if self.tables >= 5 else None

    def share(self, code: int) -> Floats:
        """Return 1 for each rating asked that was left open (or "don't know"), else 0."""
        codes = self.of.evidence.responses.codes[self.asked][:, self.of.columns]
        found: Floats = (codes == code).mean(axis=1)
        return found

    @property
    def missing(self) -> Floats:
        """Return the share of items that everybody asked left open."""
        return self.share(MISSING)

    @property
    def dont_know(self) -> Floats:
        """Return the share of items that everybody asked could not rate."""
        return self.share(DONT_KNOW)


@dataclass(frozen=True)
class Part:
    """One part of a dossier: the function that reads a scale and gives its lines.

    Attributes
    ----------
    whole : callable
        From a scale to its lines over all languages; None where there are none.
    each : callable
        From the people of one language, or all, to their lines.
    """

    whole: Callable[[Measured], Iterable[Line]] | None = None
    each: Callable[[People], Iterable[Line]] | None = None


def who_counts(responses: ResponseSet, minimum: int) -> Mask:
    """Return which rows count: each person once, in communities with enough people.

    A community of fewer people is hidden in every report. Beside the communities that are shown, a
    number over all people would tell what the hidden ones said.
    """
    keep = once_each(responses)
    names, counts = np.unique(responses.community[keep].astype(str), return_counts=True)
    return keep & np.isin(responses.community.astype(str), names[counts >= minimum])


def once_each(responses: ResponseSet) -> Mask:
    """Return each person once, by the first wave in which they answered.

    Rows without a code may be anybody: of these only the wave with most of them counts.
    """
    order = np.argsort(responses.wave, kind="stable")
    _, first = np.unique(responses.person[order].astype(str), return_index=True)
    keep = np.zeros(len(responses), dtype=bool)
    keep[order[first]] = True
    unknown = responses.person == ""
    keep[unknown] = False
    if unknown.any():
        waves, counts = np.unique(responses.wave[unknown], return_counts=True)
        keep |= unknown & (responses.wave == waves[int(np.argmax(counts))])
    return keep
