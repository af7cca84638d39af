"""Every reason why a number about levels does not exist has its sentence in both languages."""

from __future__ import annotations

import numpy as np
import pytest
from test_where_answers_differ import crossed, read

from lcdiag.base.estimate import Estimate
from lcdiag.base.text import catalog, languages, resolve
from lcdiag.diagnosis.absence import PARTS, REASONS, SAME, part_name, why_absent
from lcdiag.diagnosis.model import Diagnosis

STATISTICS = ("variance_share.", "rwg_j.", "mean_shrunken", "two_stories", "icc_")


@pytest.mark.parametrize("language", languages())
def test_every_reason_and_every_part_has_words_of_its_own(language: str) -> None:
    other = resolve(why_absent("something-else"), language)
    sentences = [resolve(why_absent(reason), language) for reason in REASONS]
    assert len({*sentences, other}) == len(REASONS) + 1
    assert all(sentence.endswith(".") for sentence in sentences)
    names = {resolve(part_name(part), language) for part in PARTS}
    assert len(names) == len(PARTS)
    known = set(catalog(language, "levels").sentences)
    assert {f"levels.absent.{reason}" for reason in REASONS} <= known
    assert {f"levels.part.{part}" for part in PARTS} <= known


def test_what_coincides_is_named_in_words() -> None:
    assert resolve(part_name("party+person"), "en") == "parties and people together"
    assert resolve(part_name("party+person"), "nl") == "partijen en personen samen"
    assert "parties and people together" in resolve(why_absent(f"{SAME}party-person"), "en")
    assert "personen" in resolve(why_absent(f"{SAME}person"), "nl")


def reasons(found: Diagnosis) -> set[str]:
    return {
        m.cell.absent
        for m in found
        if m.at.statistic.startswith(STATISTICS) and isinstance(m.cell, Estimate) and m.cell.absent
    }


def test_the_reasons_that_studies_give_are_all_known() -> None:
    one_rep = [{**row, "party": str(row["person"])} for row in crossed(6, 4, 1, 3)]
    equal = [dict.fromkeys(row, 4) | {k: row[k] for k in ("person", "community", "party", "wave")}
             for row in crossed(6, 5, 1, 2)]  # fmt: skip
    seen: set[str] = set()
    for rows in (one_rep, equal, crossed(1, 2, 1, 1), crossed(2, 2, 2, 1), crossed(6, 1, 1, 1)):
        seen |= reasons(read(rows))
    assert {"fewer-than-5-levels", "cannot-be-divided", "fewer-than-2-groups"} <= seen
    unknown = {one for one in seen if one not in REASONS and not one.startswith(SAME)}
    assert not unknown
    assert np.all([resolve(why_absent(one), "nl") for one in seen])
