"""What follows from the lines of a scale: a status that a person may accept."""

from __future__ import annotations

from collections.abc import Sequence

from lcdiag.dossier.model import Line, Proposal
from lcdiag.instrument.model import Status

CORE = ("item-rest", "one-dimension", "cfi", "omega")
"""Without these nothing is supported: they must be met, and not merely escape failing."""


def proposals(
    lines: Sequence[Line], languages: Sequence[str], told_apart: Sequence[str]
) -> tuple[Proposal, ...]:
    """Return one proposal a language of the study.

    ``supported-here`` is proposed where the core criteria are met in that language and nothing that
    can be judged is not met; else the status stays what it is. Where a study is asked in one
    language only, the lines of all people are those of that language. Where languages cannot be
    told apart nothing is proposed for any.

    Parameters
    ----------
    lines : sequence of Line
        Of one scale.
    languages : sequence of str
        In which the study asks.
    told_apart : sequence of str
        Those with lines of their own.
    """
    return tuple(_proposal(lines, one, languages, told_apart) for one in languages)


def _proposal(
    lines: Sequence[Line], language: str, languages: Sequence[str], told_apart: Sequence[str]
) -> Proposal:
    alone = len(languages) == 1
    own = [
        line
        for line in lines
        if line.language == ("" if alone else language) or _of_all(line, alone)
    ]
    judged = [line for line in own if line.verdict != "told"]
    core = {
        name: [line for line in own if line.criterion == name]
        for name in CORE
        if alone or language in told_apart
    }
    # three items fit any factor: what a scale of this length cannot show is not asked of it
    asked = {line.criterion for line in lines} | {"item-rest", "omega"}
    short = [name for name in CORE if name in asked and not _holds(core.get(name, []))]
    failing = [line.criterion for line in judged if line.verdict == "not-met"]
    holding_back = tuple(dict.fromkeys([*failing, *short]))
    return Proposal(
        language=language,
        status="" if holding_back else Status.SUPPORTED_HERE.value,
        met=sum(line.verdict == "met" for line in judged),
        not_met=len(failing),
        open=sum(line.verdict == "cannot-be-judged" for line in judged),
        holding_back=holding_back,
    )


def _of_all(line: Line, alone: bool) -> bool:
    """Return whether a line over all languages counts for each of them.

    What is looked at over all people only, such as agreement in communities, does; so does a
    comparison of the languages themselves.
    """
    if alone or line.language:
        return False
    parts = ("agreement", "invariance", "careless", "relations")
    return line.criterion.startswith(("apart", "cfi-stated", "alpha-")) or any(
        line.criterion in _IDS[part] for part in parts
    )


def _holds(lines: Sequence[Line]) -> bool:
    """Return whether a core criterion is met wherever the scale has it."""
    return bool(lines) and all(line.verdict == "met" for line in lines)


def _ids() -> dict[str, set[str]]:
    from lcdiag.dossier.criteria import CRITERIA

    found: dict[str, set[str]] = {}
    for one in CRITERIA:
        found.setdefault(one.part, set()).add(one.id)
    return found


_IDS = _ids()
