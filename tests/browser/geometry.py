"""Where every mark and label of a figure stands, in a form that two machines can agree on.

Marks stand in per cent of their plot's width and in pixels from its top, words in whole pixels
from the corner of the figure. The same font gives the same numbers.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import charts_by_hand
from marks_of_charts import DUMP, Drawing, Mark, drawings
from sample import COMMUNITY, Builder
from visits import Visit

from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views.render import gather_pages, render_pages

FOLDER = Path(__file__).resolve().parent / "golden"
WIDTHS = (1280, 390)
LANGUAGES = ("nl", "en")
ROOM = 1.0
"""Pixels, or per cent of a plot, that may differ."""

FONT = """() => { const pen = document.createElement('canvas').getContext('2d');
  const wide = font => { pen.font = '40px ' + font;
    return pen.measureText('Verschil 4,5 mW').width; };
  const own = wide(getComputedStyle(document.body).fontFamily);
  return own === wide('"DejaVu Sans", monospace') && own !== wide('monospace'); }"""
"""Whether the page is set in DejaVu Sans, the font that the golden files were made with."""

Line = list[Any]


def diagnosis() -> Diagnosis:
    """Return the fixed diagnosis: 24 answers, two waves, little asked."""
    blocks = (("lc-safety:safety",), ("lc-collusion:topic.course",))
    return Builder(answered=24, invited=27, blocks=blocks).build()


def page_text() -> str:
    """Return its pages, and one with every kind of figure."""
    own = diagnosis()
    pages = (*gather_pages(own, COMMUNITY), charts_by_hand.page())
    return render_pages(own, COMMUNITY, pages, explore=False)


def path_of(language: str, width: int) -> Path:
    return FOLDER / f"{language}-{width}.json"


def look(visit: Visit, language: str, width: int) -> dict[str, list[Line]]:
    """Return the boxes of every figure that can be seen."""
    visit.resize(width)
    visit.speak(language)
    return {one.id: figure(one) for one in drawings(visit.page.evaluate(DUMP))}


def figure(drawing: Drawing) -> list[Line]:
    """Return one line a mark or label: what it is, its text, left, top, width, height."""
    root = drawing.root
    found: list[Line] = [["drawing", "", 0, 0, round(root.width), round(root.height)]]

    def walk(mark: Mark, svg: Mark | None) -> None:
        if "kg" in mark.classes:  # the small signs of a key
            return
        inside = mark if mark.tag == "svg" else svg
        if svg is not None:
            wide = 100 / (svg.width or 1)
            if not (mark.tag == "use" and mark.width * wide > 90) and mark.tag != "g":
                left, width = (mark.left - svg.left) * wide, mark.width * wide
                found.append([_name(mark), mark.own, round(left, 1), round(mark.top - svg.top),
                              round(width, 1), round(mark.height)])  # fmt: skip
        elif mark.own or mark.tag == "i":
            left, top = mark.left - root.left, mark.top - root.top
            box = (left, top, mark.width, mark.height)
            found.append([_name(mark), mark.own, *map(round, box)])
        for child in mark.children:
            walk(child, inside)

    walk(root, None)
    return found


def _name(mark: Mark) -> str:
    return ".".join([mark.tag, *sorted(mark.classes)])


def as_json(found: dict[str, list[Line]]) -> str:
    """Return the boxes as JSON, a line a figure."""
    rows = (
        f"{json.dumps(name)}: {json.dumps(lines, ensure_ascii=False, separators=(',', ':'))}"
        for name, lines in found.items()
    )
    return "{\n" + ",\n".join(rows) + "\n}\n"


def moved(found: dict[str, list[Line]], kept: dict[str, list[Line]]) -> list[str]:
    """Return what stands elsewhere, says something else, came or went."""
    wrong = [f"{name}: came or went" for name in found.keys() ^ kept.keys()]
    for name in (one for one in kept if one in found):
        if len(found[name]) != len(kept[name]):
            wrong.append(f"{name}: {len(kept[name])} marks and labels became {len(found[name])}")
            continue
        for now, before in zip(found[name], kept[name], strict=True):
            far = [abs(a - b) > ROOM for a, b in zip(now[2:], before[2:], strict=True)]
            if now[:2] != before[:2] or any(far):
                wrong.append(f"{name}: {before} became {now}")
    return wrong
