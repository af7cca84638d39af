"""Means as strips: rows of scales, single items and sub-groups, and the words that go with them."""

from __future__ import annotations

from lcdiag.base.estimate import Cell
from lcdiag.base.text import Message, Number, Text, Wording
from lcdiag.diagnosis.model import ItemWords, ScaleWords, Unit
from lcdiag.views.figures import StripRow, Strips
from lcdiag.views.observations import question_of
from lcdiag.views.reading import Reading, axis_of, by_axis, or_hidden, shown, slug


def strips_of(reading: Reading) -> tuple[tuple[ScaleWords, ...], ...]:
    """Return the scales of this wave in groups that share an axis."""
    return by_axis(reading.scales())


def strips_title(group: tuple[ScaleWords, ...], groups: list[tuple[ScaleWords, ...]]) -> Text:
    """Return a neutral title: whom the sentences are about, and the ends where that is not enough.

    Two panels about the same referent differ in their answers (agree, often): the largest keeps
    the plain title, the others name the ends of their axis.
    """
    about = Message(f"views.about-{group[0].referent}")
    alike = [other for other in groups if other[0].referent == group[0].referent]
    if group is max(alike, key=len):
        return about
    axis = axis_of(group[0])
    return Message(
        "views.about-between", {"about": about, "low": axis.low_label, "high": axis.high_label}
    )


def own_question(reading: Reading, group: tuple[ScaleWords, ...]) -> Text:
    """Return the question of the first scale that has one."""
    for scale in group:
        if scale.question:
            return question_of(reading, scale)
    return Message("views.ask-recognise")


def meaning(group: tuple[ScaleWords, ...], otherwise: str) -> Text:
    """Return what a high score means, where one scale stands alone; else a sentence by its id."""
    if len(group) == 1 and group[0].about:
        return Wording(group[0].about)
    return Message(otherwise)


def strips_words(
    reading: Reading, group: tuple[ScaleWords, ...], title: Text
) -> tuple[Strips, Text]:
    """Return the strips of a group of scales with the previous wave, and their text alternative."""
    rows = tuple(
        StripRow(
            label=Wording(scale.label),
            cell=or_hidden(reading.cell("mean", scale.id)),
            previous=reading.before("mean", scale.id),
            theme=scale.id,
            link=f"items-{slug(scale.id)}-w{reading.wave}",
        )
        for scale in group
    )
    return Strips(rows=rows, axis=axis_of(group[0])), strips_alt(title, rows)


def item_strips(
    reading: Reading, items: tuple[ItemWords, ...], title: Text, theme: str
) -> tuple[Strips, Text]:
    """Return the strips of single items of one format, and their text alternative."""
    rows = tuple(
        StripRow(
            label=Wording(item.label),
            cell=or_hidden(reading.cell("mean", item.id)),
            previous=reading.before("mean", item.id),
            theme=theme,
            link=f"items-{slug(theme)}-w{reading.wave}",
        )
        for item in items
    )
    return Strips(rows=rows, axis=axis_of(items[0])), strips_alt(title, rows)


def subgroup_strips(
    reading: Reading, scale: ScaleWords, units: tuple[Unit, ...]
) -> tuple[Strips, Text] | None:
    """Return one scale for the community and its released sub-groups, or None without any.

    What is not released stands in one hatched row together, so that a page is not a wall of
    hatches.
    """
    whole = or_hidden(reading.cell("mean", scale.id))
    cells: list[tuple[Text, Cell, str]] = [
        (_with_n(Message("views.whole-group"), whole), whole, "")
    ]
    hidden = False
    for unit in units:
        cell = reading.cell("mean", scale.id, unit)
        if shown(cell) is not None and cell is not None:
            cells.append((_with_n(unit.name, cell), cell, unit.name))
        else:
            hidden = True
    if len(cells) == 1:
        return None
    if hidden:
        kind = units[0].kind
        cells.append((Message(f"views.other-{kind}"), or_hidden(None), ""))
    rows = tuple(
        StripRow(label=label, cell=cell, theme=scale.id, unit=unit) for label, cell, unit in cells
    )
    return Strips(rows=rows, axis=axis_of(scale)), _alt_in_order(Wording(scale.label), rows)


def _with_n(unit: Text, cell: Cell) -> Text:
    """Return the name of a group with its number of answers, where that is shown."""
    known = shown(cell)
    if known is None or not known.n:
        return unit
    return Message("views.unit-answers", {"unit": unit, "n": known.n})


def _alt_in_order(title: Text, rows: tuple[StripRow, ...]) -> Text:
    """Return what is seen, row by row: parties and sectors have no lowest and no highest."""
    seen = [(row.label, cell.value) for row in rows if (cell := shown(row.cell)) is not None]
    said = [
        Message("views.row-value", {"label": label, "value": Number(value)})
        for label, value in seen
        if value is not None
    ]
    if not said:
        return Message("views.strip-alt-none", {"title": title})
    text = said[0]
    for further in said[1:]:
        text = Message("views.rows-in-order", {"first": text, "second": further})
    hidden = len(rows) - len(seen)
    return Message("views.subgroup-alt", {"title": title, "rows": text, "n": hidden})


def strips_alt(title: Text, rows: tuple[StripRow, ...]) -> Text:
    """Return what is seen: the lowest and the highest mean, and how many rows are not shown."""
    values = [(shown(row.cell), row) for row in rows]
    seen = [(one.value, row) for one, row in values if one is not None and one.value is not None]
    hidden = len(rows) - len(seen)
    if not seen:
        return Message("views.strip-alt-none", {"title": title})
    low = min(seen, key=lambda pair: pair[0])
    high = max(seen, key=lambda pair: pair[0])
    sentence = "views.strip-alt"
    if len(seen) == 1 < len(rows):
        sentence = "views.strip-alt-single"
    elif len(seen) > 1 and low[0] == high[0]:
        sentence = "views.strip-alt-same"
    return Message(
        sentence,
        {
            "title": title,
            "n": len(rows),
            "lowest": low[1].label,
            "low": Number(low[0]),
            "highest": high[1].label,
            "high": Number(high[0]),
            "hidden": hidden,
        },
    )
