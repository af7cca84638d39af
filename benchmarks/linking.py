"""How often self-made codes are linked rightly, wrongly or not at all, where people mistype them.

    python benchmarks/linking.py [STUDIES]

Simulates communities of 25 people over two waves. Every person has three answers: two letters of a
mother's first name and of a street, drawn by how often Dutch names begin so (roughly: the weights
below), and a day. In the second wave a share left and as many joined; each part is given otherwise
with the stated rate: half are slips of one sign, half a wholly other answer; case, accents and
leading zeros vary freely. Prints the shares with their Clopper-Pearson intervals.
"""

from __future__ import annotations

import sys

import numpy as np

from lcdiag.diagnosis.calibrated import exact_interval
from lcdiag.responses.linking import match_codes

LETTERS = "abcdefghijklmnopqrstuvwxyz"
FIRST = np.array(
    [9, 4, 6, 4, 5, 3, 5, 6, 4, 8, 5, 5, 12, 4, 1, 4, 0.2, 5, 6, 5, 0.5, 2, 5, 0.1, 2, 1]
)
SECOND = np.array(
    [16, 0, 1, 1, 14, 0, 0, 3, 12, 1, 0, 5, 1, 5, 10, 1, 0, 6, 1, 2, 6, 1, 0, 0, 2, 0]
)
PEOPLE = 25


def pair(rng: np.random.Generator) -> str:
    one = rng.choice(26, p=FIRST / FIRST.sum())
    other = rng.choice(26, p=SECOND / SECOND.sum())
    return LETTERS[one] + LETTERS[other]


def answers(rng: np.random.Generator) -> list[str]:
    return [pair(rng), pair(rng), f"{rng.integers(1, 32):02d}"]


def again(code: list[str], rate: float, rng: np.random.Generator) -> list[str]:
    """Return the same code as its owner types it the next time."""
    fresh = answers(rng)
    typed = []
    for part, other in zip(code, fresh, strict=True):
        if rng.random() < rate:
            slip = part[::-1] if rng.random() < 0.5 else part[0] + other[1]
            part = slip if rng.random() < 0.5 else other
        typed.append(part.lstrip("0") if part.isdigit() and rng.random() < 0.3 else part)
    return typed


def once(rate: float, gone: int, rng: np.random.Generator) -> np.ndarray:
    """Return right, wrong and missed links of one community; only who stayed can be missed."""
    first = [answers(rng) for _ in range(PEOPLE)]
    second = [again(code, rate, rng) for code in first[gone:]]
    second += [answers(rng) for _ in range(gone)]
    owner = [*range(PEOPLE), *range(gone, PEOPLE), *range(PEOPLE, PEOPLE + gone)]
    codes = ["-".join(code) for code in (*first, *second)]
    wave = [1] * PEOPLE + [2] * PEOPLE
    for number in (1, 2):  # admission takes codes that occur twice in a wave away
        here = [codes[row] for row in range(2 * PEOPLE) if wave[row] == number]
        for row in range(2 * PEOPLE):
            if wave[row] == number and here.count(codes[row]) > 1:
                codes[row] = f"shared-{row}"
    found = match_codes(codes, ["one"] * len(codes), wave)
    home = {found.person[row]: owner[row] for row in range(PEOPLE)}
    linked = [(home.get(found.person[row]), owner[row]) for row in range(PEOPLE, 2 * PEOPLE)]
    right = sum(one == other for one, other in linked)
    wrong = sum(one is not None and one != other for one, other in linked)
    return np.array([right, wrong, PEOPLE - gone - right])


def main(studies: int) -> None:
    rng = np.random.default_rng(20261114)
    print(f"{studies} communities of {PEOPLE} people a row; 95 % intervals")
    for rate in (0.0, 0.05, 0.10, 0.20):
        for gone in (0, 5, 12):
            right, wrong, missed = sum(once(rate, gone, rng) for _ in range(studies)).tolist()
            stayed, made = right + missed, max(right + wrong, 1)
            shares = [(right, stayed), (missed, stayed), (wrong, made)]
            texts = [
                f"{hits / n:.1%} ({lo:.1%} to {hi:.1%})"
                for hits, n in shares
                for lo, hi in [exact_interval(int(hits), int(n))]
            ]
            print(
                f"other answer {rate:.0%} a part, {gone} of {PEOPLE} new: right {texts[0]}, "
                f"missed {texts[1]}, wrong of all links {texts[2]}"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
