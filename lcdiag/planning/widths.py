"""How wide a strip is to be expected, from the stated spread of answers, before anybody answers.

A strip is 2 t s / sqrt(n) wide. Its expectation takes the t quantile of n - 1, the expected sample
variance of the people in one unit, and what a sample standard deviation falls short of the root of
that (the factor c4 of normal samples). People of one party share a part, so that a sample within a
few parties varies less than the population: the expected sample variance is the variance of one
person minus the mean covariance of two different people of the unit.

References
----------
Holtzman, W. H. (1950). The unbiased estimate of the population variance and standard deviation.
American Journal of Psychology, 63, 615-617.
Derrick, B., Toher, D., & White, P. (2017). How to compare the means of two samples that include
paired observations and independent observations. The Quantitative Methods for Psychology, 13(2),
120-126.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betaln, gammaln, stdtrit, xlog1py, xlogy

from lcdiag.planning.latent import Latent

Floats = npt.NDArray[np.float64]

SAME_TABLE = ("community", "wave", "meeting")
"""Parts that everybody at one table in one wave shares: no strip of that table holds them."""
SAME_PARTY = (*SAME_TABLE, "party", "organisation")
SAME_PERSON = (*("general", "scale", "method", "community"), "party", "organisation", "group")
"""What a person brings to, or meets in, every wave."""


@dataclass(frozen=True)
class Subject:
    """Something that gets a mean: a weighted sum of answers.

    Attributes
    ----------
    latent : Latent
        Of its items.
    weights : (k,) array of float
        A scale of k items has 1/k each; a gap has positive and negative ones.
    """

    latent: Latent
    weights: Floats

    def of_one(self) -> float:
        """Return the variance of one person's value."""
        return float(self.weights @ self.latent.within_row @ self.weights)

    def of_two(self, parts: Collection[str]) -> float:
        """Return the covariance of the values of two rows that share these parts."""
        return float(self.weights @ self.latent.between_rows(parts) @ self.weights)


def expected_width(variance: float, n: int, confidence: float = 0.95) -> float:
    """Return the expected width of a t interval.

    Parameters
    ----------
    variance : float
        Expected sample variance, in points squared.
    n : int
        Answers, at least 2.
    confidence : float
        Between 0 and 1.
    """
    quantile = float(stdtrit(n - 1, 0.5 + confidence / 2))
    return 2 * quantile * falls_short(n) * math.sqrt(variance / n)


def falls_short(n: float) -> float:
    """Return c4: the mean of a normal sample's standard deviation, over the population's."""
    return math.sqrt(2 / (n - 1)) * math.exp(gammaln(n / 2) - gammaln((n - 1) / 2))


def variance_within(subject: Subject, parties: Sequence[int]) -> float:
    """Return the expected sample variance at one table in one wave.

    Parameters
    ----------
    subject : Subject
        What is averaged.
    parties : sequence of int
        Answers per party; one number for a row of one party.
    """
    n = sum(parties)
    pairs = n * (n - 1)
    same = sum(one * (one - 1) for one in parties) / pairs if pairs else 1.0
    shared = same * subject.of_two(SAME_PARTY) + (1 - same) * subject.of_two(SAME_TABLE)
    return max(subject.of_one() - shared, 0.0)


def change_width(
    subject: Subject, parties: Sequence[int], stay: float, confidence: float = 0.95
) -> float:
    """Return the expected width of the strip of a difference between two waves at one table.

    Parameters
    ----------
    subject : Subject
        What is averaged.
    parties : sequence of int
        Answers per party, in either wave alike.
    stay : float
        The chance that who answers now answered in the wave before too. How many do is left to
        chance, and the width is the mean over that.
    confidence : float
        Between 0 and 1.
    """
    n = sum(parties)
    variance = variance_within(subject, parties)
    pairs = n * (n - 1)
    same = sum(one * (one - 1) for one in parties) / pairs if pairs else 1.0
    # the parts that stay with a table or a party cancel; so do those of people who answer twice
    lasting = same * subject.of_two(("community", "party", "organisation"))
    lasting += (1 - same) * subject.of_two(("community",))
    covariance = max(subject.of_two(SAME_PERSON) - lasting, 0.0)
    return sum(
        chance * _width_with(both, n, variance, covariance, confidence)
        for both, chance in enumerate(_binomial(n, stay))
        if chance > 1e-9
    )


def _binomial(n: int, share: float) -> list[float]:
    """Return the chances of 0 to n."""
    k = np.arange(n + 1)
    logs = xlogy(k, share) + xlog1py(n - k, -share) - betaln(n - k + 1, k + 1) - math.log1p(n)
    chances: list[float] = np.exp(logs).tolist()
    return chances


def _width_with(both: int, n: int, variance: float, covariance: float, confidence: float) -> float:
    """Return the expected width where so many of n people answer in both waves.

    The degrees of freedom are those of the test for partly overlapping samples, with Welch's at
    their expectation for two samples of n: the share of one variance in the sum of both follows a
    beta distribution, which makes them 2 k (k + 1) / (k + 2) for k = n - 1.
    """
    welch = 2 * (n - 1) * n / (n + 1)
    freedom = (both - 1) + (welch - both + 1) / (2 * n) * (2 * n - 2 * both)
    linked = both if both > 1 else 0  # a correlation takes two
    error = math.sqrt(max(2 * variance / n - 2 * linked * covariance / n**2, 0.0))
    quantile = float(stdtrit(freedom, 0.5 + confidence / 2))
    return 2 * quantile * falls_short(freedom + 1) * error
