"""A plan as pages for a coordinator: who takes part, what is shown, how precisely, what is seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from lcdiag.base.dates import day
from lcdiag.base.text import Message, Number, Param, Text, languages
from lcdiag.planning.plan_model import Plan, PlannedCommunity, PlannedRow, PlannedWave
from lcdiag.views.blocks import Block, Callout, Facts, Listing, Page, Prose, Terms
from lcdiag.views.plan_power import limits_of, of_hundred, power_page
from lcdiag.views.plan_precision import has_themes, precision_page, smallest_and_largest
from lcdiag.views.plan_shown import per_wave, shown_page
from lcdiag.views.sheet import Sheet, render_sheet

MOST_TOLD = 3
"""Things that can still be changed."""


def render_plan(plan: Plan, language: str = "nl") -> str:
    """Return a plan as one offline HTML file.

    Parameters
    ----------
    plan : Plan
        Nothing else is needed.
    language : str
        Shown first; the reader can switch.
    """
    return render_sheet(plan_sheet(plan), language)


def plan_sheet(plan: Plan) -> Sheet:
    """Return the pages of a plan with what stands around them."""
    made: tuple[Text, ...] = (day(plan.made, languages()),) if plan.made else ()
    return Sheet(
        heading=Message("plan.heading"),
        lead=Message("plan.lead"),
        kicker=(plan.title, *made),
        pages=plan_pages(plan),
        footer=(
            Message("charts.offline"),
            Message("charts.made-undated", {"version": plan.lcdiag}),
        ),
    )


def plan_pages(plan: Plan) -> tuple[Page, ...]:
    """Return the pages of a plan, in their order."""
    pages = [_brief(plan), _people(plan), shown_page(plan), precision_page(plan)]
    if any(one.power for one in plan.communities):
        pages.append(power_page(plan))
    return (*pages, _how(plan))


def _last(one: PlannedCommunity) -> PlannedWave:
    return one.waves[-1]


def _brief(plan: Plan) -> Page:
    return Page(
        id="plan-brief",
        title=Message("plan.brief-title"),
        lead=Message("plan.brief-lead"),
        blocks=(Terms(tuple(_in_short(plan))), *islice(_callouts(plan), MOST_TOLD)),
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
    text = "plan.people-all" if plan.response == 1 else "plan.people"
    yield Message("plan.people-label"), Message(text, people)
    shown = [one for one in plan.communities if _state(one, "brief") == "shown"]
    of = {"count": Number(len(shown), 0), "all": Number(len(last), 0)}
    yield Message("plan.means-label"), Message("plan.means", of)
    with_rows = [one for one in plan.communities if any(_is_shown(row) for row in _rows(one))]
    below = {"count": Number(len(with_rows), 0), "all": Number(len(last), 0)}
    text = f"plan.rows-{plan.report_by}" if has_themes(plan) else "plan.no-themes"
    yield Message("plan.rows-label"), Message(text, below)
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
    asked = [one for c in plan.communities for one in c.power[-1:]]
    known = [one for one in asked if one.share is not None]
    if not known:
        if asked and all(one.n < plan.paired for one in asked):
            least = {"paired": Number(plan.paired, 0)}
            yield Message("plan.seen-label"), Message("plan.seen-never", least)
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
    said: Message = Message(text, facts)
    if len(known) < len(asked):
        never = Message("plan.seen-never", {"paired": Number(plan.paired, 0)})
        said = Message("plan.sentences", {"first": said, "second": never})
    yield Message("plan.seen-label"), said


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
    label = Message("plan.can-change")
    few, some, almost = (
        [one for one in plan.communities if low <= _last(one).answers < high]
        for low, high in (
            (0, plan.minimum),
            (plan.minimum, plan.exact - 2),
            (max(plan.minimum, plan.exact - 2), plan.exact),
        )
    )
    if few:
        facts = _about(few, minimum=plan.minimum)
        yield Callout(Message("plan.few", facts), question=Message("plan.few-ask"), label=label)
    if plan.response == 1:
        yield Callout(Message("plan.everybody"), label=label)
    if almost:
        facts = _about(almost, exact=plan.exact)
        ask = Message("plan.almost-ask")
        yield Callout(Message("plan.almost", facts), question=ask, label=label)
    none = [one for one in plan.communities if not any(_is_shown(row) for row in _rows(one))]
    if plan.report_by == "party" and has_themes(plan) and 2 * len(none) > len(plan.communities):
        yield Callout(Message("plan.no-rows"), question=Message("plan.no-rows-ask"), label=label)
    if some:
        yield Callout(Message("plan.some", _about(some, exact=plan.exact)), kind="calm")
    if not (few or almost or some):
        yield Callout(Message("plan.enough"), kind="calm")


def _about(some: Sequence[PlannedCommunity], **numbers: int) -> dict[str, Param]:
    """Return what a sentence on these communities needs."""
    return {
        **{name: Number(value, 0) for name, value in numbers.items()},
        "names": _names(some),
        "n": len(some),
    }


def _names(some: Sequence[PlannedCommunity]) -> Message | str:
    """Return names, at most four of them."""
    names = [one.name for one in some]
    if len(names) > 4:
        return ", ".join(names[:4]) + " \u2026"
    if len(names) == 1:
        return names[0]
    return Message("plan.and", {"first": ", ".join(names[:-1]), "last": names[-1]})


def _people(plan: Plan) -> Page:
    certain = plan.response == 1

    def blocks(wave: int) -> tuple[Block, ...]:
        rows = []
        for one in plan.communities:
            for at in one.waves:
                if at.wave == wave:
                    row: tuple[Text, ...] = (
                        one.name,
                        Number(at.invited, 0),
                        Number(at.answers, 0),
                    )
                    chances = (of_hundred(at.chance_shown), of_hundred(at.chance_exact))
                    rows.append(row if certain else (*row, *chances))
        names = ("community", "invited", "answers")
        head = [Message(f"plan.col-{name}") for name in names]
        if not certain:
            head += [
                Message("plan.col-at-least", {"least": Number(least, 0)})
                for least in (plan.minimum, plan.exact)
            ]
        return (Facts(caption=Message("plan.people-caption"), head=tuple(head), rows=tuple(rows)),)

    response = {"response": Number(100 * plan.response, 0)}
    note = Message("plan.everybody") if certain else Message("plan.people-note", response)
    return Page(
        id="plan-people",
        title=Message("plan.people-title"),
        lead=Message("plan.people-lead"),
        blocks=(*per_wave(plan, blocks), Prose(note, "note")),
    )


def _how(plan: Plan) -> Page:
    facts = {"response": Number(100 * plan.response, 0), "draws": Number(len(plan.starts), 0)}
    alike = "everybody" if plan.response == 1 else "alike"
    steps = ("draws", alike, "spread", "rounding", "chance", "promise")
    return Page(
        id="plan-how",
        title=Message("plan.how-title"),
        lead=Message("plan.how-lead"),
        blocks=(Listing(tuple(Message(f"plan.how-{name}", facts) for name in steps)),),
    )
