"""The table of rules: from how many people each kind of cell is shown, and how it is rounded."""

from __future__ import annotations

from collections.abc import Sequence

from lcdiag.diagnosis import rounding
from lcdiag.diagnosis.disclosure_draft import MEANS, Board, Draft, Place
from lcdiag.diagnosis.disclosure_study import community_sizes, study_grid
from lcdiag.diagnosis.evidence import Evidence, RawMeasure
from lcdiag.instrument.study import Thresholds


def first_drafts(evidence: Evidence, raw: Sequence[RawMeasure]) -> list[Draft]:
    """Return one draft a measure by the rules that need no other cell."""
    limits = evidence.study.settings.thresholds
    agreed = limits.model_copy(update={"minimum": evidence.study.settings.row_minimum})
    topics = evidence.study.questionnaire.contrasts
    rated_thrice = {code for _, one in topics for code in (one.own, one.others, one.practice)}
    summed = {
        f"{home.id}:{scale.id}"
        for home, scale in evidence.study.questionnaire.scales
        if scale.combine == "sum"
    }
    over_parties = {
        f"{home.id}:{scale.id}"
        for home, scale in evidence.study.questionnaire.scales
        if evidence.study.questionnaire.over_parties(scale)
    }
    sizes: dict[int, list[int]] = {}
    drafts = []
    for one in raw:
        below = one.at.unit.kind in ("party", "sector", "meeting_group")
        own = agreed if below else limits
        needed = own.minimum
        if one.kind == "paired" or one.at.subject in rated_thrice:
            needed = max(needed, limits.paired)
        if one.kind == "directed":
            needed = max(needed, limits.minimum)
        if one.at.unit.kind == "study":
            if one.at.wave not in sizes:
                sizes[one.at.wave] = community_sizes(evidence, one.at.wave)
            drafts.append(_drafted(one, study_grid(one, sizes[one.at.wave], limits)))
            continue
        draft = _drafted(one, first_grid(one, own, needed))
        of_sector = one.kind == "directed" and one.ratings > 1
        draft.averaged = of_sector or one.at.subject in over_parties
        draft.step = 1.0 if one.at.subject in summed else 1.0 / max(one.ratings, 1)
        draft.small = draft.is_mean and one.n < limits.exact
        draft.few = draft.is_mean and one.n < limits.minimum
        draft.summed = draft.small and below
        if draft.small and draft.shown:
            draft.grid = draft.small_grid
        draft.drop_at_the_end()
        drafts.append(draft)
    return drafts


def _drafted(one: RawMeasure, found: float | str) -> Draft:
    return Draft(one, None, why=found) if isinstance(found, str) else Draft(one, found)


def first_grid(one: RawMeasure, limits: Thresholds, needed: int) -> float | str:
    """Return the grid a measure starts with, or the rule that hides it from the start."""
    if one.kind == "shared":
        return rounding.EXACT
    if one.n < needed:
        return "few-answers"
    if one.people < limits.minimum:
        return "few-people"
    if one.at.statistic == "power" or one.cell.method == "stated":
        return rounding.SHARE
    if one.kind in (*MEANS, "change"):
        return rounding.EXACT
    if one.n < limits.exact:
        return "few-answers"
    return rounding.COUNT if one.kind == "count" else rounding.SHARE


def blur(draft: Draft) -> None:
    """Treat a row as a small cell: what is left beside it is one.

    Exact to one decimal it would give the mean of five people by subtraction, finer than these
    five would be shown themselves.
    """
    if draft.grid is None or draft.small:
        return
    draft.small = True
    draft.grid = max(draft.grid, draft.small_grid)
    draft.drop_at_the_end()


def follow_means(board: Board) -> None:
    """Hide counts and agreement where the mean beside them is hidden or small.

    So too where everybody, or everybody but one, gave the same answer.
    """
    beside: dict[tuple[str, Place], list[Draft]] = {}
    for draft in board.drafts:
        if draft.raw.kind in ("count", "agreement") and draft.place[0] != "study":
            beside.setdefault((draft.raw.at.subject, draft.place), []).append(draft)
    for (subject, place), group in beside.items():
        mean = board.find("mean", subject, place) or board.find("own", subject, place)
        hide = place[0] != "community" if mean is None else not mean.shown or mean.small
        alike = all_but_one_alike(group)
        if hide or alike:
            for draft in group:
                if draft.raw.at.statistic != "power":
                    draft.hide("nearly-all-alike" if alike else "mean-hidden-or-rounded")


def all_but_one_alike(counts: Sequence[Draft]) -> bool:
    """Return whether one category holds everyone, or everyone but one.

    In the second case the one person who answered otherwise would learn the answer of all others.
    """
    held = [
        draft.raw.cell.value or 0.0
        for draft in counts
        if draft.raw.kind == "count" and draft.raw.at.statistic != "count.dk"
    ]
    return bool(held) and max(held) >= sum(held) - 1
