"""What the report of a planned study would notice, and how often it would miss it."""

from __future__ import annotations

from lcdiag.base.estimate import Estimate
from lcdiag.base.text import Message, Number, Text
from lcdiag.planning.plan_model import Plan, PlannedPower
from lcdiag.views.blocks import Facts, Figure, Page, Prose
from lcdiag.views.figures import Axis, StripRow, Strips


def of_hundred(share: float) -> Text:
    """Return a chance as a number of a hundred cases."""
    return Message("plan.of-hundred", {"count": Number(100 * share, 0)})


def power_page(plan: Plan) -> Page:
    """Return the page on what the report would notice."""
    rows = [
        (one.name, Number(at.n, 0), _share(at), limits_of(at))
        for one in plan.communities
        for at in one.power[-1:]
    ]
    gap = Number(plan.planted or 0.0, 1)
    return Page(
        id="plan-power",
        title=Message("plan.power-title"),
        lead=Message("plan.power-lead"),
        blocks=(
            Prose(Message("plan.power-text", {"gap": gap})),
            _power_figure(plan),
            Facts(
                caption=Message("plan.power-caption"),
                head=(
                    Message("plan.col-community"),
                    Message("plan.col-answers"),
                    Message("plan.col-seen"),
                    Message("plan.col-between"),
                ),
                rows=tuple(rows),
            ),
            Prose(Message("plan.power-note"), kind="note"),
        ),
    )


def _share(at: PlannedPower) -> Text:
    if at.share is not None:
        return of_hundred(at.share)
    return Message("plan.too-few" if at.absent == "too-few-answers" else "plan.not-simulated")


def limits_of(at: PlannedPower) -> Message:
    """Return between which numbers of a hundred groups the power probably lies."""
    if at.low is None or at.high is None:
        return Message("charts.not-there")
    limits = {"low": Number(100 * at.low, 0), "high": Number(100 * at.high, 0)}
    return Message("charts.range", limits)


def _power_figure(plan: Plan) -> Figure:
    """Return how often the pattern is seen, by how many people answer."""
    known = [one for one in plan.sizes if one.power is not None and one.power.share is not None]
    rows = tuple(
        StripRow(
            Message("plan.answers", {"answers": Number(one.n, 0), "n": one.n}),
            _seen_cell(one.power),
        )
        for one in known
        if one.power is not None
    )
    return Figure(
        id="plan-power-by-size",
        title=Message("plan.power-figure"),
        caption=Message("plan.power-figure-caption"),
        alt=Message("plan.power-figure-alt", {"n": len(rows)}),
        chart=Strips(
            rows=rows,
            axis=Axis(0, 100, Message("plan.never"), Message("plan.always")),
            decimals=0,
            value=Message("plan.col-seen"),
            subject=Message("plan.col-size"),
        ),
    )


def _seen_cell(power: PlannedPower) -> Estimate:
    assert power.share is not None
    low, high = (100 * (end if end is not None else power.share) for end in (power.low, power.high))
    return Estimate(100 * power.share, low, high, 0.95, n=power.n)
