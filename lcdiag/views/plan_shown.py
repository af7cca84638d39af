"""What the report of a planned study would show: pages and rows, wave by wave."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lcdiag.base.text import Message, Number, Text, Wording
from lcdiag.planning.plan_model import Plan, PlannedPage, PlannedRow
from lcdiag.views.blocks import Block, Facts, Heading, Page, PerWave, Prose, Terms
from lcdiag.views.plan_precision import has_themes


def waves_of(plan: Plan) -> tuple[int, ...]:
    """Return the waves of a plan, in order."""
    return tuple(sorted({wave.wave for one in plan.communities for wave in one.waves}))


def per_wave(plan: Plan, make: Callable[[int], tuple[Block, ...]]) -> tuple[Block, ...]:
    """Return the blocks of every wave: once where all are alike, else as a choice."""
    waves = waves_of(plan)
    made = [make(wave) for wave in waves]
    if len(waves) == 1:
        return made[0]
    if all(one == made[0] for one in made):
        return (*made[0], Prose(Message("plan.every-wave"), "note"))
    parts = tuple(
        (wave, Message("plan.wave", {"number": Number(wave, 0)}), blocks)
        for wave, blocks in zip(waves, made, strict=True)
    )
    return (PerWave(parts),)


def shown_page(plan: Plan) -> Page:
    """Return the page on what is shown and what is not."""

    def blocks(wave: int) -> tuple[Block, ...]:
        return (_page_table(plan, wave), *_rows(plan, wave))

    return Page(
        id="plan-shown",
        title=Message("plan.shown-title"),
        lead=Message("plan.shown-lead"),
        blocks=(
            *per_wave(plan, blocks),
            Heading(Message("plan.states-heading")),
            Terms(tuple(_states(plan))),
        ),
    )


def _states(plan: Plan) -> Iterator[tuple[Text, Text]]:
    """Yield what the words of the tables mean, of those that stand in them."""
    used = {page.state for one in plan.communities for page in one.pages}
    if has_themes(plan):
        used |= {row.state for one in plan.communities for row in one.rows}
    for state in ("shown", "hidden", "depends", "not-asked", "later"):
        if state in used:
            yield Message(f"plan.state-{state}"), Message(f"plan.state-{state}-means")


def _page_table(plan: Plan, wave: int) -> Facts:
    """Return which pages have something to show; pages of text alike for all are left out."""
    pages = [
        (name, title)
        for name, title in plan.pages
        if any(p.page == name and p.state != "text" for c in plan.communities for p in c.pages)
    ]
    rows = []
    for one in plan.communities:
        found: dict[str, PlannedPage] = {p.page: p for p in one.pages if p.wave == wave}
        if found:
            states = [
                Message(f"plan.state-{found[name].state}") if name in found else ""
                for name, _ in pages
            ]
            rows.append((one.name, *states))
    return Facts(
        caption=Message("plan.pages-caption"),
        head=(Message("plan.col-community"), *(Wording(dict(title)) for _, title in pages)),
        rows=tuple(rows),
    )


def _rows(plan: Plan, wave: int) -> Iterator[Block]:
    """Yield the rows below communities: one entry a community, in words."""
    pairs = []
    for one in plan.communities:
        here = [row for row in one.rows if row.wave == wave]
        if here:
            pairs.append((one.name, _told(here)))
    if pairs and has_themes(plan):
        yield Heading(Message("plan.rows-heading"))
        yield Prose(Message("plan.rows-caption", {"minimum": Number(plan.rows_minimum, 0)}))
        yield Terms(tuple(pairs))


def _told(rows: Sequence[PlannedRow]) -> Text:
    """Return which rows are shown, which depend and which are hidden, each with its answers."""
    said: list[Text] = []
    for state in ("shown", "depends", "hidden"):
        # a space that may not break keeps the number with its name
        named = [f"{row.name}\u00a0({row.answers})" for row in rows if row.state == state]
        if named:
            said.append(Message(f"plan.rows-{state}", {"rows": ", ".join(named)}))
    text = said[0]
    for further in said[1:]:
        text = Message("plan.sentences", {"first": text, "second": further})
    return text
