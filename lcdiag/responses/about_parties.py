"""Ratings of parties that cannot be: of one's own party, or of one that sits at another table."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from lcdiag.base.findings import Fact, Finding, Severity
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.instrument.round_robin import seated_parties
from lcdiag.instrument.study import Study
from lcdiag.responses.draft import Draft, Mask
from lcdiag.responses.model import MISSING, Labels

Places = npt.NDArray[np.int64]


def without_impossible_ratings(
    draft: Draft, questionnaire: Questionnaire, study: Study | None
) -> tuple[Draft, list[Finding]]:
    """Return the rows without ratings of one's own party, or of parties at other tables.

    Parameters
    ----------
    draft : Draft
        Rows with the names of the study.
    questionnaire : Questionnaire
        What was asked, with the party that each question of a round robin is about.
    study : Study or None
        Whose roster says who sits where; without one only the own party is known.

    Returns
    -------
    draft : Draft
        Such answers are missing; "don't know" about them as well.
    findings : list of Finding
        How many ratings and people that concerns; no party is named.
    """
    columns = [at for at, code in enumerate(questionnaire.codes) if code in questionnaire.about]
    if not columns or not len(draft):
        return draft, []
    names = list(dict.fromkeys(questionnaire.about.values()))
    order = {name: place for place, name in enumerate(names)}
    about = np.array([order[questionnaire.about[questionnaire.codes[at]]] for at in columns])
    given = draft.codes[:, columns]
    own: Mask = (given != MISSING) & (_places(draft.party, order)[:, None] == about)
    elsewhere: Mask = (given != MISSING) & ~own & ~_seated(draft, study, names)[:, about]
    findings = []
    for code, where in (("grid.own-party", own), ("grid.party-elsewhere", elsewhere)):
        rated = where & (given >= 0)
        if rated.any():
            people = int(rated.any(axis=1).sum())
            facts: dict[str, Fact] = {"n": int(rated.sum()), "people": people}
            findings.append(Finding(code, Severity.WARNING, draft.where, facts))
    codes = draft.codes.copy()
    codes[:, columns] = np.where(own | elsewhere, MISSING, given)
    return replace(draft, codes=codes), findings


def _places(labels: Labels, order: dict[str, int]) -> Places:
    """Return the number of each label's party, -1 for others."""
    found, inverse = np.unique(labels.astype(str), return_inverse=True)
    table = np.array([order.get(str(name), -1) for name in found], dtype=np.int64)
    return table[inverse.reshape(-1)]


def _seated(draft: Draft, study: Study | None, names: list[str]) -> Mask:
    """Return which parties (columns) sit at the table of each row."""
    found, inverse = np.unique(draft.community.astype(str), return_inverse=True)
    table: Mask = np.ones((len(found), len(names)), dtype=bool)
    if study is not None and study.roster:
        for row, community in enumerate(found):
            here = seated_parties(study.settings, study.roster, str(community))
            table[row] = np.isin(names, here)
    return table[inverse.reshape(-1)]
