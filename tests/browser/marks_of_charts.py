"""What a drawing says, read back from its marks: one reader for each kind of figure.

A reader knows the marks and the columns of its kind, never its code: it gets boxes in pixels as
the browser laid them out, and turns places back into values with the numbers on the axis. A kind
of figure without a reader fails (`reader_of`), so that none goes unread.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lcdiag.base.text import Message, format_number, resolve

DUMP = """() => {
  const text = node => [...node.childNodes].filter(n => n.nodeType === 3)
    .map(n => n.data).join(' ').trim();
  const cells = row => [...row.children].map(cell => cell.textContent.trim());
  const shared = {};
  for (const g of document.querySelectorAll('svg.defs defs > g'))
    shared[g.id] = [...g.children].map(e => [e.tagName, e.getAttribute('class') || '']);
  const figures = [...document.querySelectorAll('figure.fig')].filter(f => f.checkVisibility());
  return [shared, figures.map(figure => {
    const list = [], root = figure.querySelector('[role=img]');
    const walk = (node, parent) => {
      const box = node.getBoundingClientRect(), place = list.length;
      const svg = node.ownerSVGElement;
      const at = svg && node.x && node.x.baseVal && node.x.baseVal.length
        ? svg.getBoundingClientRect().left + node.x.baseVal[0].value : null;
      list.push([node.tagName.toLowerCase(), node.getAttribute('class') || '',
        box.left, box.top + scrollY, box.width, box.height, text(node), parent,
        node.getAttribute('href') || '', at]);
      for (const child of node.children) walk(child, place);
    };
    walk(root, -1);
    return {id: figure.id, title: figure.querySelector('h3').textContent,
      head: cells(figure.querySelector('thead tr')),
      rows: [...figure.querySelectorAll('tbody tr')].map(cells), nodes: list};
  })];
}"""
"""Every figure that can be seen: its table, and every element of its drawing with its box."""


@dataclass(slots=True)
class Mark:
    """One element of a drawing as it was laid out."""

    tag: str
    classes: frozenset[str]
    left: float
    top: float
    width: float
    height: float
    own: str
    href: str
    at: float | None
    """Where a text is anchored, in pixels from the left of the window."""
    children: list[Mark] = field(default_factory=list)

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def across(self) -> float:
        return self.left + self.width / 2

    @property
    def down(self) -> float:
        return self.top + self.height / 2

    @property
    def text(self) -> str:
        return " ".join(part for part in (self.own, *(c.text for c in self.children)) if part)

    def all(self) -> Iterator[Mark]:
        yield self
        for child in self.children:
            yield from child.all()

    def find(self, *classes: str, tag: str = "") -> list[Mark]:
        """Return the elements inside that carry all these classes, in their order."""
        wanted = set(classes)
        return [
            one
            for child in self.children
            for one in child.all()
            if wanted <= one.classes and tag in ("", one.tag)
        ]

    def uses(self, href: str) -> list[Mark]:
        return [one for one in self.all() if one.tag == "use" and one.href == href]


@dataclass(frozen=True, slots=True)
class Ruler:
    """An axis as it is drawn: pixels to values."""

    start: float
    low: float
    unit: float
    """Value of one pixel."""
    ends: tuple[float, float]

    @classmethod
    def through(cls, points: Sequence[tuple[float, float]]) -> Ruler:
        """Return the axis through these places and values; they must lie on one line."""
        (start, low), (end, high) = points[0], points[-1]
        ruler = cls(start, low, (high - low) / (end - start), (low, high))
        for place, value in points:
            assert abs(ruler.value(place) - value) <= 0.75 * abs(ruler.unit), points
        return ruler

    def value(self, place: float) -> float:
        return self.low + (place - self.start) * self.unit

    def clamped(self, value: float) -> float:
        """Return where a value is drawn: what lies outside the axis stands at its end."""
        return min(max(value, min(self.ends)), max(self.ends))


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands in the drawing for one cell of the table.

    `state` is ``marks`` (with values), ``hatched``, ``words`` (there is no number, and it says
    so), ``bare`` (nothing is drawn), ``instead`` (another cell of the row is drawn in its place)
    or ``table`` (this column is never drawn).
    """

    row: int
    column: int
    state: str
    values: tuple[float, ...] = ()
    ruler: Ruler | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure in the browser: its marks and its table."""

    id: str
    root: Mark
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shared: dict[str, list[list[str]]]


Reader = Callable[[Drawing], list[Seen]]


def drawings(dump: Any) -> list[Drawing]:
    """Return what `DUMP` found."""
    shared, figures = dump
    return [
        Drawing(one["id"], _tree(one["nodes"]), tuple(one["head"]), _rows(one["rows"]), shared)
        for one in figures
    ]


def _rows(rows: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in rows)


def _tree(nodes: list[list[Any]]) -> Mark:
    made: list[Mark] = []
    for tag, classes, left, top, width, height, own, parent, href, at in nodes:
        mark = Mark(tag, frozenset(classes.split()), left, top, width, height, own, href, at)
        made.append(mark)
        if parent >= 0:
            made[parent].children.append(mark)
    return made[0]


def number(text: str) -> float:
    return float(text.replace("\u2212", "-").replace(",", "."))


def numbers(text: str) -> tuple[tuple[float, int], ...]:
    """Return the numbers of a cell, each with its decimals."""
    found = re.findall(r"[+\u2212-]?\d+(?:[.,]\d+)?", text)
    return tuple((number(one), len(re.split("[.,]", f"{one}.")[1])) for one in found)


def ruler_of(axis: Mark) -> Ruler:
    """Return the axis that these numbers under a plot stand for."""
    return Ruler.through([(t.at or 0.0, number(t.own)) for t in axis.find(tag="text")])


def lines_of(drawing: Mark) -> list[list[Mark]]:
    """Return the rows of a grid: each begins with its label."""
    found: list[list[Mark]] = []
    for grid in drawing.find("gr"):
        if "hr" in grid.classes:
            continue
        for child in grid.children:
            if "l" in child.classes:
                found.append([])
            if found and "a" not in child.classes:
                found[-1].append(child)
    return found


def one_of(line: Sequence[Mark], name: str) -> Mark:
    (found,) = [mark for mark in line if name in mark.classes]
    return found


def blank(plot: Mark) -> str:
    """Return how a plot without marks looks."""
    if "h" in plot.classes:
        return "hatched"
    return "words" if "none" in plot.classes else "bare"


def point(plot: Mark, name: str, row: int, column: int, ruler: Ruler | None) -> Seen:
    """Read the dot of this class."""
    found = plot.find(name, tag="circle")
    if not found or ruler is None:
        return Seen(row, column, blank(plot))
    return Seen(row, column, "marks", (ruler.value(found[0].across),), ruler)


def span(plot: Mark, name: str, row: int, column: int, ruler: Ruler | None) -> Seen:
    """Read both ends of the strip of this class."""
    found = plot.find(name, tag="rect")
    if not found or ruler is None:
        return Seen(row, column, blank(plot))
    ends = (ruler.value(found[0].left), ruler.value(found[0].right))
    return Seen(row, column, "marks", ends, ruler)


def table_only(drawing: Drawing, *columns: int) -> list[Seen]:
    return [Seen(row, at, "table") for row in range(len(drawing.rows)) for at in columns]


def read_squares(drawing: Drawing) -> list[Seen]:
    squares = drawing.root.find(tag="i")
    filled = [one for one in squares if "f" in one.classes]
    if drawing.root.find("p", "h"):
        return [Seen(0, 1, "hatched"), Seen(1, 1, "table")]
    unit = Ruler(0, 0, 1, (0, len(squares)))
    known = not drawing.root.find("count")
    invited = Seen(1, 1, "marks", (len(squares),), unit) if known else Seen(1, 1, "words")
    return [Seen(0, 1, "marks", (len(filled),), unit), invited]


def read_responses(drawing: Drawing) -> list[Seen]:
    found: list[Seen] = []
    for row, line in enumerate(drawing.root.find("rr")):
        if line.find("h"):
            found += [Seen(row, 1, "table"), Seen(row, 2, "hatched")]
            continue
        squares = line.find(tag="i")
        filled = [one for one in squares if "f" in one.classes]
        unit = Ruler(0, 0, 1, (0, len(squares)))
        # squares stand for those who answered alone where nobody knows how many were invited
        invited = drawing.rows[row][1]
        known = Seen(row, 1, "marks", (len(squares),), unit)
        found += [known if invited.isdigit() else Seen(row, 1, "words")]
        found += [Seen(row, 2, "marks", (len(filled),), unit)]
    return found


def read_strips(drawing: Drawing) -> list[Seen]:
    ruler = ruler_of(drawing.root.find("a")[0])
    wide = len(drawing.head)
    found: list[Seen] = []
    for row, line in enumerate(lines_of(drawing.root)):
        plot = one_of(line, "p")
        found.append(point(plot, "m", row, 1, ruler))
        said = one_of(line, "v").text
        assert said in ("", drawing.rows[row][1]), "the number beside a row is that of its table"
        if wide == 4:  # numbers that are no means have one strip
            found.append(span(plot, "b9", row, 2, ruler))
            continue
        found += [span(plot, "b5", row, 2, ruler), span(plot, "b9", row, 3, ruler)]
        if wide > 5:
            before = point(plot, "o", row, 5, ruler)
            # the ring of last time may be missing in a row that is shown: the table says why
            found.append(before if before.values else Seen(row, 5, "instead"))
    return found + table_only(drawing, 3 if wide == 4 else 4)


def read_counts(drawing: Drawing) -> list[Seen]:
    axes = drawing.root.find("a")
    points = len(drawing.head) - 4
    found: list[Seen] = []
    for row, line in enumerate(lines_of(drawing.root)):
        plot, cells = one_of(line, "p"), drawing.rows[row]
        bars = [one for one in plot.find("s", tag="rect") if "hx" not in one.classes]
        if bars:
            found += _bars(drawing, row, plot, bars)
            found += [Seen(row, points + at, "table") for at in (2, 3)]
        else:
            ruler = ruler_of(axes[0]) if axes else None
            mean = point(plot, "m", row, points + 2, ruler)
            found += [mean, span(plot, "b9", row, points + 3, ruler)]
            state = "hatched" if mean.state == "hatched" else "instead"
            found += [Seen(row, at, state) for at in range(1, points + 1)]
        said = one_of(line, "v").text
        assert said in ("", cells[points + 1])
    return found + table_only(drawing, points + 1)


def _bars(drawing: Drawing, row: int, plot: Mark, bars: list[Mark]) -> list[Seen]:
    """Read counts from widths: all bars of a row together are its people."""
    points = len(drawing.head) - 4
    people = number(drawing.rows[row][points + 1])
    ruler = Ruler(0, 0, people / sum(bar.width for bar in bars), (0, people))
    told = [int(number(text)) for text in drawing.rows[row][1 : points + 1]]
    places = [at for at, count in enumerate(told) if count]
    tones = [_tone(sign) for sign in drawing.root.find("key")[0].find("kg")]
    assert len(places) == len(bars), "a bar for each count, and none for nothing"
    for at, bar in zip(places, bars, strict=True):
        assert _tone_of(bar) == tones[at], "a bar has the tone that the key gives its answer"
    half = points // 2
    left = sum(told[:half]) + (told[half] / 2 if points % 2 else 0)
    middle = plot.left + plot.width / 2
    assert abs((middle - bars[0].left) * ruler.unit - left) <= 0.5 + ruler.unit
    drawn = {at: bar.width * ruler.unit for at, bar in zip(places, bars, strict=True)}
    return [Seen(row, at + 1, "marks", (drawn.get(at, 0.0),), ruler) for at in range(points)]


def _tone(sign: Mark) -> str:
    return _tone_of(next(one for one in sign.find("s", tag="rect") if "hx" not in one.classes))


def _tone_of(bar: Mark) -> str:
    return min(bar.classes - {"s"})


def read_contrasts(drawing: Drawing) -> list[Seen]:
    own, *gaps = (ruler_of(axis) for axis in drawing.root.find("a"))
    found: list[Seen] = []
    for row, line in enumerate(lines_of(drawing.root)):
        plot = one_of(line, "p")
        left_out = bool(line[0].find(tag="small"))
        three = [point(plot, "m", row, 1, own), point(plot, "o", row, 3, own)]
        diamonds = plot.uses("#dm")
        third = Seen(row, 5, blank(plot))
        if diamonds:
            third = Seen(row, 5, "marks", (own.value(diamonds[0].across),), own)
        for one in (*three, third):
            # a row of which some is hidden names in words which mark is not there
            named = one.state == "bare" and left_out
            found.append(Seen(row, one.column, "instead") if named else one)
        for column, name, ruler in ((7, "p2", gaps[0]), (9, "p3", gaps[1])):
            shown = [mark for mark in line if name in mark.classes]
            place = shown[0] if shown else plot
            found.append(point(place, "i", row, column, ruler if shown else None))
            found.append(span(place, "b9", row, column + 1, ruler if shown else None))
    _margins(drawing, gaps)
    return found + table_only(drawing, 2, 4, 6, 11)


def _margins(drawing: Drawing, gaps: list[Ruler]) -> None:
    """Hold the dashed lines of what is ordinary against the head of their column."""
    for name, head, ruler in (("p2", drawing.head[7], gaps[0]), ("p3", drawing.head[9], gaps[1])):
        told = numbers(head)
        for line in lines_of(drawing.root):
            for plot in (mark for mark in line if name in mark.classes):
                lines = plot.find("mg")
                assert bool(lines) == (bool(told) and "h" not in plot.classes)
                for one in lines:
                    value = ruler.value(one.across)
                    assert abs(value - ruler.clamped(told[0][0])) <= 0.05 + abs(ruler.unit)


def read_pairs(drawing: Drawing) -> list[Seen]:
    both, gap = (ruler_of(axis) for axis in drawing.root.find("a"))
    found: list[Seen] = []
    for row, line in enumerate(lines_of(drawing.root)):
        plot = one_of(line, "p")
        left_out = bool(line[0].find(tag="small"))
        for column, name in ((1, "m"), (3, "o")):
            one = point(plot, name, row, column, both)
            named = one.state == "bare" and left_out
            found.append(Seen(row, column, "instead") if named else one)
        shown = [mark for mark in line if "p2" in mark.classes]
        place = shown[0] if shown else plot
        found.append(point(place, "i", row, 5, gap if shown else None))
        found.append(span(place, "b9", row, 6, gap if shown else None))
    return found + table_only(drawing, 2, 4, 7)


def read_waves(drawing: Drawing) -> list[Seen]:
    waves = (len(drawing.head) - 3) // 3
    found: list[Seen] = []
    for row, panel in enumerate(drawing.root.find("panel")):
        plot = panel.find("wp")[0]
        ruler = Ruler.through([(t.down, number(t.own)) for t in plot.find("y", tag="text")])

        def inside(mark: Mark, wave: int, plot: Mark = plot) -> bool:
            return int((mark.across - plot.left) / plot.width * waves) == wave

        for wave in range(waves):
            column = 1 + 3 * wave
            dots = [one for one in plot.find("mv") if inside(one, wave)]
            strips = [one for one in plot.find("v9") if inside(one, wave)]
            state = "hatched" if any(inside(one, wave) for one in plot.find("hx2")) else "bare"
            mean, strip = Seen(row, column, state), Seen(row, column + 1, state)
            if dots:
                mean = Seen(row, column, "marks", (ruler.value(dots[0].down),), ruler)
            if strips:
                ends = (ruler.value(strips[0].bottom), ruler.value(strips[0].top))
                strip = Seen(row, column + 1, "marks", ends, ruler)
            found += [mean, strip, Seen(row, column + 2, "table")]
        found += _change(panel, row, 1 + 3 * waves)
    return found


def _change(panel: Mark, row: int, column: int) -> list[Seen]:
    changes = panel.find("change")
    if not changes:
        return [Seen(row, column, "bare"), Seen(row, column + 1, "bare")]
    axes = changes[0].find("a")
    ruler = ruler_of(axes[0]) if axes else None
    plot = changes[0].find("p")[0]
    return [point(plot, "i", row, column, ruler), span(plot, "b9", row, column + 1, ruler)]


def read_piles(drawing: Drawing) -> list[Seen]:
    points = len(drawing.head) - 4
    found: list[Seen] = []
    for row, panel in enumerate(drawing.root.find("piles")[0].children):
        if panel.find("p", "h"):
            found += [Seen(row, at, "hatched") for at in range(1, points + 2)]
            found += [Seen(row, points + at, "table") for at in (2, 3)]
            continue
        plot = panel.find("pp")[0]
        texts = plot.find("n", tag="text")
        ruler = Ruler.through([(t.at or 0.0, number(t.own)) for t in texts])
        seen = [0.0] * points
        piles = [u for u in plot.find(tag="use") if u.href != "#tr"]
        people = number(re.findall(r"\d+", panel.find("an")[0].text)[0])
        bars = sum(u.height for u in piles)
        for pile in piles:
            dots = [c for _, c in drawing.shared[pile.href[1:]] if "pd" in c.split()]
            at = min(range(points), key=lambda k: abs((texts[k].at or 0.0) - pile.across))
            assert abs((texts[at].at or 0.0) - pile.across) <= 1, "a pile stands on its point"
            seen[at] = len(dots) if dots else pile.height / bars * people
        unit = Ruler(0, 0, 1, (0, people))
        found += [Seen(row, at + 1, "marks", (count,), unit) for at, count in enumerate(seen)]
        found.append(Seen(row, points + 1, "marks", (sum(seen),), unit))
        (mean,) = plot.uses("#tr") or [None]
        value = Seen(row, points + 2, "bare")
        if mean is not None:
            value = Seen(row, points + 2, "marks", (ruler.value(mean.across),), ruler)
        found += [value, Seen(row, points + 3, "table")]
    return found


def read_plane(drawing: Drawing) -> list[Seen]:
    plot = drawing.root.find("pl")[0]
    numbered = [t for t in plot.find("n", tag="text") if t.own]
    across = Ruler.through([(t.at or 0.0, number(t.own)) for t in numbered])
    lines = [line.top for line in plot.find(tag="line") if line.height < 0.5 < line.width]

    def height(text: Mark) -> float:
        """Return where the line of a number lies: its letters stand within a pixel of it."""
        near = min(lines, key=lambda line: abs(line - text.down), default=text.down)
        return near if abs(near - text.down) < 4 else text.down

    up = Ruler.through([(height(t), number(t.own)) for t in plot.find("y", tag="text")])
    up_strips = len(drawing.head) > 5
    dots = dict(zip((int(t.own) - 1 for t in plot.find("pt")), plot.find("pn"), strict=True))
    bars = plot.find("b", tag="rect")
    found: list[Seen] = []
    for row, item in enumerate(drawing.root.find("pk")[0].find(tag="li")):
        dot = dots.get(row)
        state = "instead" if item.find("hs2") else "bare"
        seen = [Seen(row, column, state) for column in (1, 2, 3, 4)[: 4 if up_strips else 3]]
        if dot is not None:
            seen[0] = Seen(row, 1, "marks", (across.value(dot.across),), across)
            seen[2] = Seen(row, 3, "marks", (up.value(dot.down),), up)
            if bars and "u" not in bars[0].classes and abs(bars[0].down - dot.down) <= 1:
                bar = bars.pop(0)
                ends = tuple(sorted(map(across.value, (bar.left, bar.right))))
                seen[1] = Seen(row, 2, "marks", ends, across)
            if bars and "u" in bars[0].classes and abs(bars[0].across - dot.across) <= 1:
                bar = bars.pop(0)
                ends = tuple(sorted(map(up.value, (bar.bottom, bar.top))))
                seen[3] = Seen(row, 4, "marks", ends, up)
        else:  # a point of which one value is hidden is not drawn; its other value is in the table
            cells = drawing.rows[row][1 : len(seen) + 1]
            known = [bool(numbers(cell)) for cell in cells]
            seen = [
                Seen(row, one.column, "table") if has and not all(known) else one
                for one, has in zip(seen, known, strict=True)
            ]
        found += seen
    assert not bars, "every strip belongs to a point"
    return found + table_only(drawing, len(drawing.head) - 1)


def read_directed(drawing: Drawing) -> list[Seen]:
    said = [value for value, _ in numbers(drawing.root.find("hd", tag="p")[-1].text)]
    cells = [
        cell
        for line in drawing.root.find("dr")
        for cell in line.find("dc")
        if "h" in cell.classes or cell.children
    ]
    found: list[Seen] = []
    for row, cell in enumerate(cells):
        plots = cell.find("p")
        if not plots or plots[0].width == 0:  # on a phone the number alone is left
            seen = [Seen(row, column, "hatched" if "h" in cell.classes else "words")
                    for column in (1, 2)]  # fmt: skip
            if cell.find(tag="b"):
                seen = table_only(drawing, 1, 2)[2 * row : 2 * row + 2]
            found += seen
            continue
        grid = plots[0].find(tag="use")[0]
        ruler = Ruler.through([(grid.left, said[0]), (grid.right, said[1])])
        found.append(point(plots[0], "m", row, 1, ruler))
        found.append(span(plots[0], "b9", row, 2, ruler))
        assert cell.find(tag="b")[0].text == drawing.rows[row][1]
    return found + table_only(drawing, 3)


READERS: dict[str, Reader] = {
    "Squares": read_squares,
    "Responses": read_responses,
    "Strips": read_strips,
    "Counts": read_counts,
    "Contrasts": read_contrasts,
    "Waves": read_waves,
    "Piles": read_piles,
    "Plane": read_plane,
    "Directed": read_directed,
    "Pairs": read_pairs,
}
"""By the name of the class of the cells."""


def reader_of(chart: object) -> Reader:
    """Return how this kind of figure is read back."""
    name = type(chart).__name__
    assert name in READERS, f"no reader for the marks of {name}: add one to {__name__}.READERS"
    return READERS[name]


def differences(drawing: Drawing, chart: object, language: str) -> list[str]:
    """Return where the drawing and the table of a figure do not say the same."""
    seen = reader_of(chart)(drawing)
    wanted = {(r, c) for r, cells in enumerate(drawing.rows) for c in range(1, len(cells))}
    places = [(one.row, one.column) for one in seen]
    wrong = [f"{drawing.id}: {place} is read twice" for place in set(places)
             if places.count(place) > 1]  # fmt: skip
    wrong += [f"{drawing.id}: {place} is not read" for place in wanted ^ set(places)]
    if wrong:
        return wrong
    for one in seen:
        text = drawing.rows[one.row][one.column]
        if (why := _unlike(one, text, language)) is not None:
            name = drawing.rows[one.row][0]
            wrong.append(f"{drawing.id}: {name} / {drawing.head[one.column]}: {why}")
    return wrong


def _unlike(seen: Seen, text: str, language: str) -> str | None:
    if seen.state == "table":
        return None
    if text == resolve(Message("charts.hidden"), language):
        return None if seen.state in ("hatched", "instead") else f"hidden, drawn as {seen}"
    nothing = {resolve(Message(f"charts.{key}"), language)
               for key in ("absent", "not-there", "unknown")}  # fmt: skip
    if text in nothing:
        return None if seen.state in ("words", "bare", "instead") else f"{text}, drawn as {seen}"
    told = numbers(text)
    if seen.state != "marks" or len(told) != len(seen.values) or seen.ruler is None:
        return f"{text}, drawn as {seen}"
    for (value, decimals), drawn in zip(told, seen.values, strict=True):
        room = 0.5 * 10**-decimals + 0.5 * abs(seen.ruler.unit) + 1e-6
        if abs(drawn - seen.ruler.clamped(value)) > room:
            return f"{text}, drawn at {format_number(drawn, language, 3)}"
    return None
