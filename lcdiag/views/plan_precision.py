"""How precisely a planned study would measure: strips by size, and a table scale by scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lcdiag.base.estimate import Estimate
from lcdiag.base.levels import Level
from lcdiag.base.text import Message, Number, Text, Wording
from lcdiag.planning.plan_model import Plan, PlannedCommunity, PlannedSubject, PlannedWidth
from lcdiag.views.blocks import Block, Facts, Figure, Heading, Page, Prose
from lcdiag.views.figures import Axis, StripRow, Strips


def precision_page(plan: Plan) -> Page:
    """Return the page on precision."""
    return Page(
        id="plan-precision",
        title=Message("plan.precision-title"),
        lead=Message("plan.precision-lead"),
        blocks=tuple(_blocks(plan)),
    )


def has_themes(plan: Plan) -> bool:
    """Return whether the questionnaire has scales: only these have rows below a community."""
    return any(one.label for one in plan.subjects)


def smallest_and_largest(plan: Plan) -> tuple[PlannedWidth, PlannedWidth] | None:
    """Return the usual strip of a mean in the smallest and the largest community that has one."""
    chosen = _chosen(plan)
    if not chosen:
        return None
    return _usual(chosen[0]), _usual(chosen[-1])


def _usual(one: PlannedCommunity) -> PlannedWidth:
    """Return the strip in the middle of all strips of means of a community."""
    widths = sorted(_of_level(one, "mean"), key=lambda width: width.width)
    return widths[(len(widths) - 1) // 2]


def _blocks(plan: Plan) -> Iterator[Block]:
    if plan.sizes:
        yield _by_size(plan)
    chosen = _chosen(plan)
    if chosen:
        yield from _tables(plan, chosen)
    yield from _below(plan)


def _by_size(plan: Plan) -> Figure:
    """Return example strips around the middle of the scale, one a number of answers."""
    low, high = _bounds(plan)
    middle = (low + high) / 2
    rows = tuple(
        StripRow(
            Message(
                "plan.answers-wide", {"answers": Number(one.n, 0), "width": Number(one.width, 1)}
            ),
            Estimate(
                middle,
                max(middle - one.width / 2, low),
                min(middle + one.width / 2, high),
                0.95,
                n=one.n,
            ),
        )
        for one in plan.sizes
    )
    return Figure(
        id="plan-strips",
        title=Message("plan.strips-title"),
        caption=Message("plan.strips-caption"),
        alt=Message("plan.strips-alt", {"n": len(rows)}),
        chart=Strips(
            rows=rows,
            axis=Axis(low, high, Message("plan.axis-low"), Message("plan.axis-high")),
            value=Message("plan.col-example"),
            subject=Message("plan.col-size"),
            numbers=False,
        ),
        question=Message("plan.strips-ask"),
    )


def _bounds(plan: Plan) -> tuple[float, float]:
    """Return the bounds of the first scale: an example needs one axis."""
    for one in plan.subjects:
        if one.label:
            return one.low, one.high
    return 1.0, 7.0


def _chosen(plan: Plan) -> list[PlannedCommunity]:
    """Return the smallest, a middle and the largest community of those with means, once each."""
    able = [one for one in plan.communities if _of_level(one, "mean")]
    able.sort(key=lambda one: _of_level(one, "mean")[0].n)
    places = sorted({0, (len(able) - 1) // 2, len(able) - 1}) if able else []
    return [able[place] for place in places]


def _of_level(one: PlannedCommunity, statistic: str) -> list[PlannedWidth]:
    """Return the widths of a community itself in its last wave."""
    found = [
        width for width in one.widths if width.kind == "community" and width.statistic == statistic
    ]
    last = max((width.wave for width in found), default=0)
    return [width for width in found if width.wave == last]


def _tables(plan: Plan, chosen: Sequence[PlannedCommunity]) -> Iterator[Block]:
    """Yield the widths of levels of the system in turn, then those of changes."""
    yield Heading(Message("plan.precision-heading"))
    yield Prose(Message("plan.precision-caption"))
    for level in Level:
        rows = [
            row
            for subject in plan.subjects
            if subject.level == level
            for row in _rows_of(subject, chosen, ("mean", "perception_gap", "abilene_gap"))
        ]
        name = Message("plan.level", {"level": Message(f"coverage.level-{level}")})
        yield from _facts(name, rows, chosen)
    changes = [row for one in plan.subjects for row in _rows_of(one, chosen, ("change",))]
    if changes:
        yield from _facts(Message("plan.change-caption"), changes, chosen)
        yield Prose(Message("plan.precision-change"), kind="note")


def _facts(
    caption: Text, rows: Sequence[tuple[Text, ...]], chosen: Sequence[PlannedCommunity]
) -> Iterator[Facts]:
    counts = [_of_level(one, "mean")[0].n for one in chosen]
    heads = [Message("plan.answers", {"answers": Number(n, 0), "n": n}) for n in counts]
    if rows:
        yield Facts(caption, (Message("plan.col-number"), *heads), tuple(rows))


def _rows_of(
    subject: PlannedSubject, chosen: Sequence[PlannedCommunity], statistics: Sequence[str]
) -> Iterator[tuple[Text, ...]]:
    for statistic in statistics:
        cells = [_cell(one, statistic, subject.id) for one in chosen]
        if any(cell is not None for cell in cells):
            said = [
                Message("charts.hidden") if cell is None else Number(cell.width, 1)
                for cell in cells
            ]
            yield (_name(statistic, subject), *said)


def _cell(one: PlannedCommunity, statistic: str, subject: str) -> PlannedWidth | None:
    for width in _of_level(one, statistic):
        if width.subject == subject:
            return width
    return None


def _name(statistic: str, subject: PlannedSubject) -> Text:
    if subject.label:
        return Wording(subject.label)
    name = statistic.replace("_", "-")
    return Message(f"plan.number-{name}")


def _middle(values: Sequence[float]) -> float:
    """Return the median; of two in the middle the wider one, which promises less."""
    return sorted(values)[len(values) // 2]


def _below(plan: Plan) -> Iterator[Block]:
    """Yield how wide strips of rows below communities are, by how many answer."""
    found: dict[tuple[str, int], list[float]] = {}
    for one in plan.communities:
        for width in one.widths:
            if width.kind != "community":
                found.setdefault((width.kind, width.n), []).append(width.width)
    if not found:
        text = "plan.no-row-strips" if has_themes(plan) else "plan.no-themes"
        yield Prose(Message(text), kind="note")
        return
    yield Facts(
        caption=Message("plan.below-caption"),
        head=(
            Message("plan.col-row"),
            Message("plan.col-answers"),
            Message("plan.col-width"),
        ),
        rows=tuple(
            (Message(f"plan.kind-{kind}"), Number(n, 0), Number(_middle(widths), 1))
            for (kind, n), widths in sorted(found.items())
        ),
    )
