"""The instruments of one questionnaire: each opened once, as this set and study ask it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Finding
from lcdiag.instrument.catalogue import open_instrument
from lcdiag.instrument.model import Instrument, Translated
from lcdiag.instrument.round_robin import Expanded, cannot_expand, expand


@dataclass
class Opened:
    """Instruments by the name under which a block asks for them.

    Attributes
    ----------
    folder : Path or None
        Where files of one's own are looked for.
    parties : sequence of str or None
        Of the study; None where no study is known.
    instructions : mapping
        Instrument id to the instruction that a set gives instead of the instrument's own.
    found : dict
        What was opened; None for what could not be.
    findings : list of Finding
        What was wrong with it.
    """

    folder: Path | None
    parties: Sequence[str] | None
    instructions: Mapping[str, Translated] = field(default_factory=dict)
    found: dict[str, Expanded | None] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def open(self, name: str) -> Expanded | None:
        """Return an instrument with this set's instruction and the columns of its round robin."""
        if name not in self.found:
            try:
                self.found[name] = self._made(open_instrument(name, self.folder))
            except LcdiagError as error:
                self.findings += error.findings
                self.found[name] = None
        return self.found[name]

    def _made(self, instrument: Instrument) -> Expanded:
        if instead := self.instructions.get(instrument.id):
            update = {"instruction": {**instrument.instruction, **instead}}
            instrument = instrument.model_copy(update=update)
        if self.parties is None:
            return Expanded(instrument, instrument)
        if remarks := cannot_expand(instrument, self.parties):
            raise LcdiagError(remarks)
        return expand(instrument, self.parties)

    @property
    def all(self) -> list[Expanded]:
        """Return all that could be opened, in the order of asking."""
        return [one for one in self.found.values() if one]
