"""What a researcher asks beside a study: what it would show, and whether its questions work.

These functions stand beside those of `lcdiag.api`; ``import lcdiag`` offers both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lcdiag.api import open_study, read_responses

if TYPE_CHECKING:
    from lcdiag.dossier.model import Dossier
    from lcdiag.instrument.study import Study
    from lcdiag.instrument.worded import Acceptance
    from lcdiag.outlook.simulated import SimulatedStudy
    from lcdiag.planning.plan_model import Plan
    from lcdiag.planning.truth_file import StatedWorld
    from lcdiag.responses.model import ResponseSet


def simulate(
    study: Study | str | Path,
    *,
    people: int | None = None,
    start: int = 1,
    truth: StatedWorld | str | Path | None = None,
) -> SimulatedStudy:
    """Return a study with invented answers of which the truth is known.

    Parameters
    ----------
    study : Study, str or Path
        The study or its folder; no answers of it are read.
    people : int, optional
        Invited in every wave in all communities together; else as many as its list says.
    start : int
        Of the random generator: the same start gives the same answers.
    truth : StatedWorld, str or Path, optional
        What is to be true, or the file that says so; docs/simulation.md has every key.

    Returns
    -------
    SimulatedStudy
        With `responses` as from `read_responses`, and `truth()`.

    Raises
    ------
    LcdiagError
        With everything in the truth that the study does not have.
    """
    from lcdiag.instrument.study import Study
    from lcdiag.outlook.simulated import simulate_study
    from lcdiag.planning.truth_file import read_world

    opened = study if isinstance(study, Study) else open_study(study)
    world = read_world(Path(truth)) if isinstance(truth, (str, Path)) else truth
    return simulate_study(opened, people=people, start=start, world=world)


DRAWS = 3
"""How many studies are invented for a plan."""


def plan(
    study: Study | str | Path,
    *,
    people: int | None = None,
    truth: StatedWorld | str | Path | None = None,
    made: str = "",
    done: Callable[[], None] = lambda: None,
) -> Plan:
    """Return what a study can show if it goes as planned, before anybody is asked.

    Parameters
    ----------
    study, people, truth
        As for `simulate`. The truth states response and spread.
    made : str
        ISO date for the plan.
    done : callable
        Called after each invented study; there are `DRAWS`.

    Returns
    -------
    Plan
        With `to_json`; what pages and rows are shown, widths of strips, power, minutes.

    Raises
    ------
    LcdiagError
        As for `simulate`.
    """
    from lcdiag.instrument.study import Study
    from lcdiag.outlook.plan import plan_study
    from lcdiag.planning.truth_file import read_world

    opened = study if isinstance(study, Study) else open_study(study)
    world = read_world(Path(truth)) if isinstance(truth, (str, Path)) else truth
    starts = range(1, DRAWS + 1)
    return plan_study(opened, people=people, world=world, made=made, starts=starts, done=done)


def validate(
    study: Study | str | Path,
    responses: ResponseSet | None = None,
    *,
    made: str = "",
    accepted: Sequence[Acceptance] = (),
    done: Callable[[], None] = lambda: None,
) -> Dossier:
    """Return whether the questions of a study work among its people: a released dossier.

    Parameters
    ----------
    study, responses, made
        As for `diagnose`.
    accepted : sequence of Acceptance
        What was accepted before; it stands in the dossier as it is.
    done : callable
        Called after each scale.

    Raises
    ------
    LcdiagError
        With fewer than ten people, or where no scale is scored.
    """
    from lcdiag.dossier.validate import validate_study
    from lcdiag.instrument.study import Study

    opened = study if isinstance(study, Study) else open_study(study)
    answers = read_responses(opened) if responses is None else responses
    return validate_study(opened, answers, made=made, accepted=tuple(accepted), done=done)
