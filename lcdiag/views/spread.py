"""How far answers lie apart: sentences as piles of dots, themes by mean and agreement."""

from __future__ import annotations

from lcdiag.base.text import Message, Text, Wording
from lcdiag.diagnosis.model import ItemWords, ScaleWords
from lcdiag.views.blocks import Figure
from lcdiag.views.figures import Axis, Pile, Piles, Plane, PlanePoint
from lcdiag.views.reading import Reading, axis_of, by_axis, or_hidden, shown, slug
from lcdiag.views.strips import strips_title

MOST = 6
"""So many sentences as piles: what fits a sheet beside the map."""

ENOUGH = 2
"""Fewer themes make no map."""


def pile_figures(reading: Reading) -> tuple[Figure, ...]:
    """Return a figure of dot piles for each referent and kind of answers, where counts are shown.

    The largest stands first. Of each theme the sentence on which the answers lie furthest apart;
    two heaps go first.
    """
    chosen = _chosen(reading)
    kinds: dict[tuple[object, ...], list[tuple[ItemWords, str]]] = {}
    for item, theme in chosen:
        kind = (item.referent, item.low, item.high, str(item.points))
        kinds.setdefault(kind, []).append((item, theme))
    ordered = sorted(kinds.values(), key=len, reverse=True)
    return tuple(_piles(reading, some, number) for number, some in enumerate(ordered, start=1))


def map_figures(reading: Reading) -> tuple[Figure, ...]:
    """Return a map of mean against agreement for the themes that share an axis."""
    groups = [
        group
        for group in by_axis(reading.scales())
        if sum(reading.shown("ad_m_j", scale.id) is not None for scale in group) >= ENOUGH
    ]
    return tuple(_map(reading, group, groups) for group in groups)


def counts_of(reading: Reading, item: ItemWords) -> tuple[int, ...] | None:
    """Return how many chose each point of an item, or None where that is not shown."""
    cells = [reading.shown(f"count.{code}", item.id) for code in range(item.low, item.high + 1)]
    numbers = [one.value for one in cells if one is not None and one.value is not None]
    return tuple(round(value) for value in numbers) if len(numbers) == len(cells) else None


def apart(counts: tuple[int, ...]) -> float:
    """Return how far answers lie apart: their mean distance from their middle, in points."""
    total = sum(counts)
    if not total:
        return 0.0
    middle = sum(place * count for place, count in enumerate(counts)) / total
    return sum(abs(place - middle) * count for place, count in enumerate(counts)) / total


def at_random(points: int) -> float:
    """Return how far answers lie apart when each of so many points is chosen as often."""
    return apart((1,) * points)


def two_heaps(reading: Reading, item: ItemWords) -> bool:
    """Return whether the answers to an item count as two heaps."""
    cell = reading.shown("two_stories", item.id)
    return cell is not None and bool(cell.value)


def _chosen(reading: Reading) -> list[tuple[ItemWords, str]]:
    """Return at most six sentences with the theme of each, in the order of the questionnaire."""
    by_id = {item.id: item for item in reading.diagnosis.words.items}
    best: list[tuple[bool, float, ItemWords, str]] = []
    for scale in reading.scales():
        ranked = []
        for code in scale.items:
            counts = counts_of(reading, by_id[code]) if code in by_id else None
            if counts is not None:
                ranked.append((two_heaps(reading, by_id[code]), apart(counts), code))
        if ranked:
            heaps, far, code = max(ranked, key=lambda one: one[:2])
            best.append((heaps, far, by_id[code], scale.id))
    kept = sorted(best, key=lambda one: one[:2], reverse=True)[:MOST]
    order = {item.id: place for place, item in enumerate(reading.diagnosis.words.items)}
    return sorted(((item, theme) for _, _, item, theme in kept), key=lambda one: order[one[0].id])


def _piles(reading: Reading, some: list[tuple[ItemWords, str]], number: int) -> Figure:
    first = some[0][0]
    heaps = sum(two_heaps(reading, item) for item, _ in some)
    about = {"about": Message(f"views.about-{first.referent}")}
    title = Message("pages.piles-title", about)
    if heaps:
        title = Message("pages.piles-two", {"n": heaps, **about})
    rows = tuple(
        Pile(
            label=Wording(item.text),
            counts=counts_of(reading, item),
            mean=or_hidden(reading.cell("mean", item.id)),
            theme=theme,
        )
        for item, theme in some
    )
    points = tuple(
        Wording({language: words[place] for language, words in first.points.items()})
        for place in range(first.high - first.low + 1)
    )
    return Figure(
        id=f"same-piles-{number}-w{reading.wave}",
        title=title,
        caption=Message("pages.piles-caption" if number == 1 else "pages.piles-caption-short"),
        alt=Message("pages.piles-alt", {"n": len(rows), "heaps": heaps}),
        chart=Piles(rows, points, first.low),
        question=Message("pages.ask-two" if heaps else "pages.ask-piles"),
        themes=tuple(theme for _, theme in some),
    )


def _map(
    reading: Reading, group: tuple[ScaleWords, ...], groups: list[tuple[ScaleWords, ...]]
) -> Figure:
    title = Message("pages.map-title", {"about": strips_title(group, groups)})
    points = tuple(
        PlanePoint(
            label=Wording(scale.label),
            across=or_hidden(reading.cell("mean", scale.id)),
            up=or_hidden(reading.cell("ad_m_j", scale.id)),
            theme=scale.id,
        )
        for scale in group
    )
    return Figure(
        id=f"same-map-{slug(group[0].id)}-w{reading.wave}",
        title=title,
        caption=Message("pages.map-caption"),
        alt=_map_alt(points, title),
        chart=Plane(
            points=points,
            across=axis_of(group[0]),
            up=_apart_axis(group[0]),
            across_name=Message("charts.col-mean"),
            up_name=Message("pages.map-up"),
            subject=Message("charts.col-theme"),
        ),
        question=Message("pages.ask-map"),
        themes=tuple(scale.id for scale in group),
    )


def _apart_axis(scale: ScaleWords) -> Axis:
    """Return the axis of the mean distance: at the top all give the same answer."""
    half = (scale.high - scale.low) / 2
    points = round(scale.high - scale.low) + 1
    return Axis(
        low=half,
        high=0.0,
        low_label=Message("pages.map-apart"),
        high_label=Message("pages.map-together"),
        zero=at_random(points),
    )


def _map_alt(points: tuple[PlanePoint, ...], title: Text) -> Text:
    seen = [point for point in points if shown(point.up) is not None]
    closest = min(seen, key=lambda point: _far(point))
    furthest = max(seen, key=lambda point: _far(point))
    names: dict[str, Text] = {"close": closest.label, "far": furthest.label}
    return Message("pages.map-alt", {"title": title, "n": len(seen), **names})


def _far(point: PlanePoint) -> float:
    cell = shown(point.up)
    return cell.value if cell is not None and cell.value is not None else 0.0
