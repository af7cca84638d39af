"""Denken we hetzelfde of verschillend: how far answers lie apart, or a sheet to find out."""

from __future__ import annotations

from lcdiag.base.text import Message, Number, Text, Wording
from lcdiag.diagnosis.model import Diagnosis, ScaleWords, Words
from lcdiag.views.asked import themes
from lcdiag.views.blocks import Beside, Blank, Block, Callout, Page, Panels, Prose
from lcdiag.views.page import WHOLE, Coverage, PageMaker, not_shown
from lcdiag.views.reading import Reading, latest, per_wave
from lcdiag.views.spread import map_figures, pile_figures

TITLE = Message("pages.same-title")
SHORT = Message("pages.same-short")
MOST = 4
"""So many themes on the sheet to fill in."""


def make(diagnosis: Diagnosis, community: str) -> Page | None:
    """Return the page on agreement, for each wave; None where no theme is asked."""
    if latest(diagnosis, community) is None or not themes(diagnosis.words):
        return None
    return Page(
        id="same",
        title=TITLE,
        lead=Message("pages.same-lead"),
        short=SHORT,
        blocks=per_wave(diagnosis, community, _wave),
    )


def _wave(reading: Reading) -> tuple[Block, ...]:
    piles, maps = pile_figures(reading), map_figures(reading)
    if not piles and not maps:
        return _sheet(reading)
    calm = Callout(Message("pages.same-how"), kind="calm")
    beside: tuple[Block, ...] = (Panels(tuple((one,) for one in maps)),) if maps else ()
    further: tuple[Block, ...] = (
        (Panels(tuple((one,) for one in piles[1:])),) if len(piles) > 1 else ()
    )
    return (calm, *piles[:1], *further, *beside)


def _sheet(reading: Reading) -> tuple[Block, ...]:
    """Return why no spread is shown, and a sheet on which the group sets its own dots."""
    exact = reading.diagnosis.thresholds.exact
    scales = _to_fill(reading)
    ends: dict[str, Text] = {}
    head: list[Text] = [Message("charts.col-theme")]
    if scales:
        first = scales[0]
        head += [Number(code, 0) for code in range(round(first.low), round(first.high) + 1)]
        words = {language: points for language, points in first.points.items() if points}
        ends = {
            "low": Wording({language: points[0] for language, points in words.items()}),
            "high": Wording({language: points[-1] for language, points in words.items()}),
        }
    blank: tuple[Block, ...] = ()
    if scales:
        rows = tuple(Wording(scale.label) for scale in scales)
        blank = (Blank(Message("pages.same-sheet", ends), tuple(head), rows),)
    return (
        Beside(
            main=(Prose(Message("pages.same-small", {"exact": exact})), *blank),
            aside=(
                Callout(Message("pages.same-do"), question=Message("pages.ask-same")),
                Callout(Message("pages.same-strip"), kind="calm"),
            ),
        ),
    )


def _to_fill(reading: Reading) -> tuple[ScaleWords, ...]:
    """Return the themes to set dots for: the widest strips, in questionnaire order, one format.

    Themes whose high end is unfavourable are left out: no trouble is brought to the table that
    the answers do not show.
    """
    found = [scale for scale in reading.scales() if scale.direction != "higher-worse"]
    if not found:
        return ()
    first = found[0]
    alike = [s for s in found if (s.low, s.high, s.points) == (first.low, first.high, first.points)]
    kept = sorted(alike, key=lambda scale: -_width(reading, scale))[:MOST]
    return tuple(scale for scale in alike if scale in kept)


def _width(reading: Reading, scale: ScaleWords) -> float:
    mean = reading.shown("mean", scale.id)
    if mean is None or mean.low is None or mean.high is None:
        return 0.0
    return mean.high - mean.low


def covers(words: Words) -> Coverage:
    """Return the page whole where themes are asked."""
    return WHOLE if themes(words) else not_shown("no-scored-themes")


PAGE = PageMaker(order=50, title=TITLE, make=make, covers=covers, short=SHORT)
