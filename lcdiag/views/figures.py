"""What a figure shows, as data: every kind of figure, without a line of drawing."""

from __future__ import annotations

from dataclasses import dataclass

from lcdiag.base.estimate import Cell
from lcdiag.base.text import Text


@dataclass(frozen=True, slots=True)
class Axis:
    """A full, fixed axis with words at both ends."""

    low: float
    high: float
    low_label: Text
    high_label: Text
    zero: float | None = None
    """Where a reference line stands: the midpoint, or zero for differences."""


@dataclass(frozen=True, slots=True)
class Squares:
    """One small square per invited person, filled = answered."""

    answered: int | None
    invited: int | None


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """How many were invited to one group, and how many answered; None where not known or shown."""

    label: Text
    answered: int | None
    invited: int | None
    unit: str = ""
    """As for `StripRow`."""


@dataclass(frozen=True, slots=True)
class Responses:
    """One small square per invited person, a row a group; always in a fixed order."""

    rows: tuple[ResponseRow, ...]
    subject: Text
    """What the groups are, as the heading of their column."""


@dataclass(frozen=True, slots=True)
class StripRow:
    """A mean with its graded strip; `previous` is drawn as a hollow dot."""

    label: Text
    cell: Cell
    previous: Cell | None = None
    theme: str = ""
    """Subject of the row (a scale address), for selecting a theme."""
    link: str = ""
    """Id of the figure or page that says more; "" for none."""
    unit: str = ""
    """The party, sector, group or community it is about, for selecting one; "" for none."""


@dataclass(frozen=True, slots=True)
class Strips:
    """Interval strips, one row a theme, on one axis: one referent and format only."""

    rows: tuple[StripRow, ...]
    axis: Axis
    decimals: int = 1
    value: Text | None = None
    """What the dots are, where they are no means; they then have one strip of 95 % at most."""
    subject: Text | None = None
    """What the rows are, where they are no themes."""
    numbers: bool = True
    """Whether the value stands beside each row."""
    rests: Text | None = None
    """What n counts, where the numbers do not rest on people."""
    counted: bool = True
    """Whether its table may say on how many answers each number rests."""


@dataclass(frozen=True, slots=True)
class CountRow:
    """The answers to one item: counts per point, or the mean where counts are not shown."""

    label: Text
    """The whole sentence, as it was asked."""
    counts: tuple[int, ...] | None
    """Low to high; None where counts are hidden."""
    mean: Cell
    n: int | None
    turned: bool = False
    """True for a reversed item: it is shown as asked, with a remark."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Diverging bars of counts, the neutral point split over the middle, questionnaire order.

    Rows without counts draw their mean as a strip on the same points.
    """

    rows: tuple[CountRow, ...]
    points: tuple[Text, ...]
    low: int


@dataclass(frozen=True, slots=True)
class ContrastRow:
    """One topic: own view, estimated view of others, practice, and the strip of the gap."""

    label: Text
    own: Cell
    others: Cell
    practice: Cell
    gap: Cell
    """Own minus others."""
    lag: Cell
    """Own minus practice."""
    unit: str = ""
    """As for `StripRow`."""


@dataclass(frozen=True, slots=True)
class Contrasts:
    """Topics on one line each, with the strips of both gaps at the right."""

    rows: tuple[ContrastRow, ...]
    axis: Axis
    gap_axis: Axis
    gap_margin: float | None = None
    """Up to where own minus others is ordinary; None where that is not known."""
    lag_margin: float | None = None
    """Up to where own minus practice is ordinary; None where that is not known."""
    subject: Text | None = None
    """What the rows are, where they are no topics."""


@dataclass(frozen=True, slots=True)
class WavePanel:
    """One theme over the waves."""

    label: Text
    cells: tuple[Cell | None, ...]
    """One a wave; None where the community did not take part."""
    change: Cell | None
    """Latest wave against the one before it."""
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Waves:
    """Small multiples over waves, with strips; one referent and format an axis."""

    panels: tuple[WavePanel, ...]
    waves: tuple[Text, ...]
    axis: Axis


@dataclass(frozen=True, slots=True)
class Pile:
    """The answers to one sentence as dots, one a person."""

    label: Text
    """The whole sentence, as it was asked."""
    counts: tuple[int, ...] | None
    """Low to high; None where counts are hidden."""
    mean: Cell
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Piles:
    """Dot piles, a small panel a sentence, all on the same points."""

    rows: tuple[Pile, ...]
    points: tuple[Text, ...]
    low: int


@dataclass(frozen=True, slots=True)
class PlanePoint:
    """One theme, or one wave of it, at two values."""

    label: Text
    across: Cell
    up: Cell
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Plane:
    """Points in a plane of two full, fixed axes; numbered, with their names beside it."""

    points: tuple[PlanePoint, ...]
    across: Axis
    up: Axis
    across_name: Text
    up_name: Text
    subject: Text
    """What the points are: themes, waves."""
    decimals: int = 1
    path: bool = False
    """Whether the points follow each other, so that a line leads from one to the next."""


@dataclass(frozen=True, slots=True)
class Directed:
    """How each one sees each other one: a row gives, a column receives; one axis for all."""

    names: tuple[Text, ...]
    cells: tuple[tuple[Cell | None, ...], ...]
    """Row by row; None for oneself, and where nothing was asked."""
    axis: Axis


@dataclass(frozen=True, slots=True)
class PairRow:
    """What two say of each other, and the strip of the difference."""

    first: Text
    second: Text
    there: Cell
    """How the first sees the second."""
    back: Cell
    """How the second sees the first."""
    difference: Cell


@dataclass(frozen=True, slots=True)
class Pairs:
    """Dumbbells: a line a pair, with both directions on one axis."""

    rows: tuple[PairRow, ...]
    axis: Axis
    gap_axis: Axis


Chart = Squares | Strips | Counts | Contrasts | Waves | Piles | Plane | Directed | Pairs | Responses
