"""What a diagnosis was made from and by, so that it can be made again."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

from lcdiag.diagnosis.model import Diagnosis, Provenance

if TYPE_CHECKING:
    from lcdiag.diagnosis.evidence import Evidence


def provenance(evidence: Evidence, made: str, *, internal: bool) -> Provenance:
    """Return the versions, digests and settings that a diagnosis depends on.

    Parameters
    ----------
    evidence : Evidence
        The study and its answers.
    made : str
        ISO date, stated by the caller.
    internal : bool
        Whether nothing is hidden.

    Returns
    -------
    Provenance
        Equal for equal input on one machine. `start` is None: no number of a diagnosis is drawn
        at random.
    """
    return Provenance(
        lcdiag=version("lcdiag"),
        study=evidence.study.digest,
        responses=evidence.responses.digest,
        made=made,
        internal=internal,
        python=platform.python_version(),
        numpy=version("numpy"),
        scipy=version("scipy"),
        exact=evidence.exact,
    )


def with_origin(diagnosis: Diagnosis, *, agreement: str, command: str) -> Diagnosis:
    """Return the diagnosis with what only its caller knows of where it comes from.

    Parameters
    ----------
    diagnosis : Diagnosis
        As made from the answers.
    agreement : str
        Digest of what the parties were promised, or "".
    command : str
        The command that was given, without names of people and places, or "".
    """
    made = diagnosis.provenance.model_copy(update={"agreement": agreement, "command": command})
    return diagnosis.model_copy(update={"provenance": made})
