"""A plan as pages for a coordinator: who takes part, what is shown, how precisely, what is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lcdiag.base.dates import day
from lcdiag.base.text import Message, Number, Param, Text, Wording, languages
from lcdiag.planning.plan_model import (
    Plan,
    PlannedCommunity,
    PlannedPage,
    PlannedRow,
    PlannedWave,
)
from lcdiag.views.blocks import Block, Callout, Facts, Listing, Page, PerWave, Prose, Terms
from lcdiag.views.plan_power import limits_of, of_hundred, power_page
from lcdiag.views.plan_precision import precision_page, smallest_and_largest
from lcdiag.views.sheet import Sheet, render_sheet


def render_plan(plan: Plan, language: str = "nl") -> str:
    """Return a plan as one offline HTML file.

    Parameters
    ----------
    plan : Plan
        Nothing else is needed.
    language : str
        Shown first; the reader can switch.
    """
    made: tuple[Text, ...] = (day(plan.made, languages()),) if plan.made else ()
    sheet = Sheet(
        heading=Message("plan.heading"),
        lead=Message("plan.lead"),
        kicker=(plan.title, *made),
        pages=plan_pages(plan),
        footer=(
            Message("charts.offline"),
            Message("charts.made-undated", {"version": plan.lcdiag}),
        ),
    )
    return render_sheet(sheet, language)


def plan_pages(plan: Plan) -> tuple[Page, ...]:
    """Return the pages of a plan, in their order."""
    pages = [_brief(plan), _people(plan), _shown(plan), precision_page(plan)]
    if any(one.power for one in plan.communities):
        pages.append(power_page(plan))
    return (*pages, _how(plan))


def waves_of(plan: Plan) -> tuple[int, ...]:
    """Return the waves of a plan, in order."""
    return tuple(sorted({wave.wave for one in plan.communities for wave in one.waves}))


def _last(one: PlannedCommunity) -> PlannedWave:
    return one.waves[-1]


def _brief(plan: Plan) -> Page:
    return Page(
        id="plan-brief",
        title=Message("plan.brief-title"),
        lead=Message("plan.brief-lead"),
        blocks=(Terms(tuple(_in_short(plan))), *_callouts(plan)),
    )


def _in_short(plan: Plan) -> Iterator[tuple[Text, Text]]:
    last = [_last(one) for one in plan.communities]
    ratings = {"minutes": Number(plan.minutes, 0), "ratings": Number(plan.ratings, 0)}
    several = len(plan.sitting_minutes) > 1
    sittings = {"sittings": Number(len(plan.sitting_minutes), 0)}
    text = "plan.time-sittings" if several else "plan.time"
    yield Message("plan.time-label"), Message(text, {**ratings, **sittings})
    people = {
        "invited": Number(sum(one.invited for one in last), 0),
        "answers": Number(sum(one.answers for one in last), 0),
        "communities": Number(len(last), 0),
        "response": Number(100 * plan.response, 0),
    }
    yield Message("plan.people-label"), Message("plan.people", people)
    shown = [one for one in plan.communities if _state(one, "brief") == "shown"]
    of = {"count": Number(len(shown), 0), "all": Number(len(last), 0)}
    yield Message("plan.means-label"), Message("plan.means", of)
    with_rows = [one for one in plan.communities if any(_is_shown(row) for row in _rows(one))]
    below = {"count": Number(len(with_rows), 0), "all": Number(len(last), 0)}
    yield Message("plan.rows-label"), Message(f"plan.rows-{plan.report_by}", below)
    if (found := smallest_and_largest(plan)) is not None:
        small, large = found
        widths = {
            "small": Number(small.width, 1),
            "small_n": Number(small.n, 0),
            "large": Number(large.width, 1),
            "large_n": Number(large.n, 0),
        }
        text = "plan.widths-alike" if small.n == large.n else "plan.widths"
        yield Message("plan.widths-label"), Message(text, widths)
    yield from _seen(plan)


def _seen(plan: Plan) -> Iterator[tuple[Text, Text]]:
    """Yield how often the report would see the pattern of unspoken wishes."""
    known = [one for c in plan.communities for one in c.power[-1:] if one.share is not None]
    if not known:
        return
    worst = min(known, key=lambda one: (one.share or 0.0, one.n))
    best = max(known, key=lambda one: (one.share or 0.0, one.n))
    facts: dict[str, Param] = {
        "least": Number(100 * (worst.share or 0.0), 0),
        "least_between": limits_of(worst),
        "least_n": Number(worst.n, 0),
        "most": Number(100 * (best.share or 0.0), 0),
        "most_between": limits_of(best),
        "most_n": Number(best.n, 0),
    }
    text = "plan.seen-alike" if worst.n == best.n else "plan.seen"
    yield Message("plan.seen-label"), Message(text, facts)


def _state(one: PlannedCommunity, page: str) -> str:
    """Return the state of a page in the last wave."""
    last = one.waves[-1].wave
    return next((p.state for p in one.pages if (p.page, p.wave) == (page, last)), "hidden")


def _rows(one: PlannedCommunity) -> list[PlannedRow]:
    last = one.waves[-1].wave
    return [row for row in one.rows if row.wave == last]


def _is_shown(row: PlannedRow) -> bool:
    return row.state == "shown"


def _callouts(plan: Plan) -> Iterator[Callout]:
    """Yield what can still be changed before anybody is asked."""
    few = [one for one in plan.communities if _last(one).answers < plan.minimum]
    almost = [one for one in plan.communities if plan.exact - 2 <= _last(one).answers < plan.exact]
    none = [one for one in plan.communities if not any(_is_shown(row) for row in _rows(one))]
    label = Message("plan.can-change")
    if few:
        facts: dict[str, Param] = {
            "minimum": Number(plan.minimum, 0),
            "names": _names(few),
            "n": len(few),
        }
        yield Callout(Message("plan.few", facts), question=Message("plan.few-ask"), label=label)
    if almost:
        near: dict[str, Param] = {"exact": Number(plan.exact, 0), "n": len(almost)}
        near["names"] = _names(almost)
        yield Callout(
            Message("plan.almost", near), question=Message("plan.almost-ask"), label=label
        )
    if plan.report_by == "party" and len(none) > len(plan.communities) / 2:
        yield Callout(Message("plan.no-rows"), question=Message("plan.no-rows-ask"), label=label)
    if not (few or almost):
        yield Callout(Message("plan.enough"), kind="calm")


def _names(some: Sequence[PlannedCommunity]) -> str:
    """Return names, at most four of them."""
    names = [one.name for one in some]
    return ", ".join(names[:4]) + (" \u2026" if len(names) > 4 else "")


def _people(plan: Plan) -> Page:
    def blocks(wave: int) -> tuple[Block, ...]:
        rows = tuple(
            (
                one.name,
                Number(at.invited, 0),
                Number(at.answers, 0),
                of_hundred(at.chance_shown),
                of_hundred(at.chance_exact),
            )
            for one in plan.communities
            for at in one.waves
            if at.wave == wave
        )
        head = (
            Message("plan.col-community"),
            Message("plan.col-invited"),
            Message("plan.col-answers"),
            Message("plan.col-at-least", {"least": Number(plan.minimum, 0)}),
            Message("plan.col-at-least", {"least": Number(plan.exact, 0)}),
        )
        return (Facts(caption=Message("plan.people-caption"), head=head, rows=rows),)

    return Page(
        id="plan-people",
        title=Message("plan.people-title"),
        lead=Message("plan.people-lead"),
        blocks=(
            *per_wave(plan, blocks),
            Prose(
                Message("plan.people-note", {"response": Number(100 * plan.response, 0)}), "note"
            ),
        ),
    )


def per_wave(plan: Plan, make: Callable[[int], tuple[Block, ...]]) -> tuple[Block, ...]:
    """Return the blocks of the only wave, or a choice of waves."""
    waves = waves_of(plan)
    if len(waves) == 1:
        return make(waves[0])
    parts = tuple(
        (wave, Message("plan.wave", {"number": Number(wave, 0)}), make(wave)) for wave in waves
    )
    return (PerWave(parts),)


def _shown(plan: Plan) -> Page:
    def blocks(wave: int) -> tuple[Block, ...]:
        return (_page_table(plan, wave), *_row_table(plan, wave))

    return Page(
        id="plan-shown",
        title=Message("plan.shown-title"),
        lead=Message("plan.shown-lead"),
        blocks=(*per_wave(plan, blocks), Terms(tuple(_states()))),
    )


def _states() -> Iterator[tuple[Text, Text]]:
    for state in ("shown", "hidden", "depends", "text", "not-asked", "later"):
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


def _row_table(plan: Plan, wave: int) -> Iterator[Facts]:
    """Yield the rows below communities, one line a community."""
    rows = []
    for one in plan.communities:
        here = [row for row in one.rows if row.wave == wave]
        if here:
            rows.append(
                (one.name, *(_listed(here, state) for state in ("shown", "depends", "hidden")))
            )
    if rows:
        yield Facts(
            caption=Message("plan.rows-caption", {"minimum": Number(plan.rows_minimum, 0)}),
            head=(
                Message("plan.col-community"),
                Message("plan.state-shown"),
                Message("plan.state-depends"),
                Message("plan.state-hidden"),
            ),
            rows=tuple(rows),
        )


def _listed(rows: Sequence[PlannedRow], state: str) -> Text:
    named = [f"{row.name} ({row.answers})" for row in rows if row.state == state]
    return ", ".join(named) or Message("plan.none")


def _how(plan: Plan) -> Page:
    facts = {"response": Number(100 * plan.response, 0), "draws": Number(len(plan.starts), 0)}
    steps = ("draws", "alike", "spread", "rounding", "chance", "promise")
    return Page(
        id="plan-how",
        title=Message("plan.how-title"),
        lead=Message("plan.how-lead"),
        blocks=(Listing(tuple(Message(f"plan.how-{name}", facts) for name in steps)),),
    )
