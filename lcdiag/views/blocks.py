"""What a page is made of; frozen descriptions first, rendering last."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lcdiag.base.text import Text
from lcdiag.views.figures import Axis, Chart


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the page's own title."""

    text: Text
    level: Literal[3, 4] = 3
    badge: Text | None = None
    """A quiet label beside it, such as "experimental questions"."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph. `lead` opens a page, `note` is small print, `question` invites to talk."""

    text: Text
    kind: Literal["body", "lead", "note", "question"] = "body"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, numbered or not."""

    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """Words with their meaning."""

    pairs: tuple[tuple[Text, Text], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """A plain table without a figure; the first cell of a row is its heading."""

    caption: Text
    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """Something to talk about (`talk`, sand) or to know (`calm`, blue-green)."""

    text: Text
    question: Text | None = None
    label: Text | None = None
    kind: Literal["talk", "calm"] = "talk"
    link: str = ""
    """Id of the figure it speaks of."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Empty lines to write on, with a label."""

    label: Text
    count: int = 3


@dataclass(frozen=True, slots=True)
class Blank:
    """A table to fill in together: its first column is given, the other cells are empty."""

    caption: Text
    head: tuple[Text, ...]
    rows: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure; its table is made from the same cells by its kind, so it can never lack one.

    Attributes
    ----------
    id : str
        Unique in the file, stable between runs.
    title : Text
        The finding, in words: the figure's accessible name.
    caption : Text
        How to read it.
    alt : Text
        What is seen, for who cannot see it.
    chart : Chart
        The cells.
    question : Text
        What to talk about.
    themes : tuple of str
        Scale addresses it is about, for selecting a theme.
    """

    id: str
    title: Text
    caption: Text
    alt: Text
    chart: Chart
    question: Text | None = None
    themes: tuple[str, ...] = ()
    badge: Text | None = None

    def __post_init__(self) -> None:
        for name in ("title", "caption", "alt"):
            if not getattr(self, name):
                raise ValueError(f"a figure needs {name}; {self.id!r} has none")


@dataclass(frozen=True, slots=True)
class Beside:
    """Main blocks with others at their side; one below the other on a phone."""

    main: tuple[Block, ...]
    aside: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Panels:
    """Blocks in equal columns where there is room."""

    panels: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class PerWave:
    """The same part for several waves: the reader chooses; the latest is shown first.

    Without JavaScript the latest stands open and the earlier ones in closed `details`.
    """

    parts: tuple[tuple[int, Text, tuple[Block, ...]], ...]
    """Wave number, its name, its blocks; earliest first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the conversation: guess first, then look, then talk.

    Attributes
    ----------
    id : str
        Unique in the file.
    label : Text
        Its number.
    guess : Text
        What people expect before they look.
    question : Text
        What to talk about once they have looked.
    figure : Figure or None
        Closed until the reader opens it; None where there is nothing to look at.
    guess_axis : Axis or None
        Where a guess can be set on the figure; None where it is one in words.
    link : str
        Id of the figure that shows more.
    """

    id: str
    label: Text
    guess: Text
    question: Text
    figure: Figure | None = None
    guess_axis: Axis | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Variants:
    """The same part in several forms, of which one is open: it needs no script."""

    name: str
    parts: tuple[tuple[Text, tuple[Block, ...]], ...]
    opened: int = 0


@dataclass(frozen=True, slots=True)
class Agreements:
    """What a group agrees and takes home: lines on paper; with the script, fields and a file.

    Attributes
    ----------
    parts : tuple of (Text, int)
        What is written down, and on how many lines.
    community : str
        Whom the file is about.
    wave : int
        The wave that is talked about.
    """

    parts: tuple[tuple[Text, int], ...]
    community: str
    wave: int


@dataclass(frozen=True, slots=True)
class MeetingTools:
    """What prepares the meeting: figures in large print, and notes that stay here."""

    keep: str
    """Under which name this browser keeps the notes."""


Block = (
    Heading
    | Prose
    | Listing
    | Terms
    | Facts
    | Callout
    | Lines
    | Blank
    | Figure
    | Beside
    | Panels
    | PerWave
    | Asked
    | Variants
    | Agreements
    | MeetingTools
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a dashboard; each starts a sheet in print."""

    id: str
    title: Text
    lead: Text
    blocks: tuple[Block, ...] = field(default_factory=tuple)
    badge: Text | None = None
    short: Text | None = None
    """Its name where there is little room; the title if not given."""
