"""What differs between two diagnoses, as rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

Part = Literal["cell", "signal", "sample", "words", "settings", "findings", "provenance"]
Kind = Literal["only-a", "only-b", "shown-a", "shown-b", "state", "value", "changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same in two diagnoses, A and B.

    Attributes
    ----------
    part : str
        ``cell``, ``signal``, ``sample`` (who answered), ``words``, ``settings``, ``findings`` or
        ``provenance``.
    kind : str
        ``only-a``, ``only-b``: in one of the two. ``shown-a``, ``shown-b``: shown there and not
        shown in the other; then no number is given. ``state``: there is a value in one and a
        reason why not in the other, or another reason. ``value``: other numbers. ``changed``:
        another text or setting.
    community, unit, name, wave, level, statistic, subject
        The address of a cell or signal, as in the tables; `subject` of a signal is its indicator.
    what : str
        The fields of a cell that differ, or the place of a text or setting.
    state_a, state_b : str
        ``shown``, ``hidden`` or the reason why there is no value; "" where there is no such cell.
    value_a, low_a, high_a, confidence_a, n_a, method_a, and the same of b
        The numbers, where neither of the two is hidden. `value` of a signal is its strength.
    text_a, text_b : str
        Of texts and settings.
    """

    part: Part
    kind: Kind
    community: str = ""
    unit: str = ""
    name: str = ""
    wave: int | None = None
    level: str = ""
    statistic: str = ""
    subject: str = ""
    what: str = ""
    state_a: str = ""
    value_a: float | None = None
    low_a: float | None = None
    high_a: float | None = None
    confidence_a: float | None = None
    n_a: int | None = None
    method_a: str = ""
    state_b: str = ""
    value_b: float | None = None
    low_b: float | None = None
    high_b: float | None = None
    confidence_b: float | None = None
    n_b: int | None = None
    method_b: str = ""
    text_a: str = ""
    text_b: str = ""

    def as_row(self) -> dict[str, str | float | None]:
        """Return the fields by name."""
        return asdict(self)


COLUMNS = tuple(one.name for one in fields(Difference))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between two diagnoses, A and B.

    Attributes
    ----------
    differences : tuple of Difference
        Cells first, in the order of the diagnoses; then signals, sample, words, settings,
        findings and provenance.
    cells : int
        How many cells both have.
    internal : bool
        Whether one of the two hides nothing: then this is for the analyst only.
    """

    differences: tuple[Difference, ...]
    cells: int = 0
    internal: bool = False

    @property
    def same(self) -> bool:
        """Return whether nothing differs."""
        return not self.differences

    @property
    def counts(self) -> dict[tuple[Part, Kind], int]:
        """Return how many differences of each part and kind there are."""
        return dict(Counter((one.part, one.kind) for one in self.differences))

    def to_frame(self) -> pd.DataFrame:
        """Return one row a difference, with a column for each field of `Difference`."""
        import pandas as pd

        rows = [one.as_row() for one in self.differences]
        frame = pd.DataFrame(rows, columns=list(COLUMNS))
        numbers = [f"{name}_{side}" for side in "ab" for name in _NUMBERS]
        whole = dict.fromkeys(("wave", "n_a", "n_b"), "Int64")
        return frame.astype(dict.fromkeys(numbers, "float64") | whole)


_NUMBERS = ("value", "low", "high", "confidence")
