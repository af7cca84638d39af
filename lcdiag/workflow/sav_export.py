"""Checked answers with scores as one SPSS file: labels, and codes for what is missing and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from lcdiag.base.cells import INTERNAL_STAMP
from lcdiag.base.spss import sav_bytes, sav_names
from lcdiag.base.text import Message, in_language, resolve
from lcdiag.responses.model import DONT_KNOW, MISSING
from lcdiag.workflow.r_export import MARK

if TYPE_CHECKING:
    from lcdiag.diagnosis.evidence import Evidence

NOT_APPLICABLE, NOT_SHOWN, SKIPPED = -99.0, -98.0, -97.0
BESIDE = ("person", "community", "meeting_group", "party", "sector", "wave", "language")


def sav_file(evidence: Evidence, language: str) -> Mapping[str, bytes]:
    """Return the file by its name.

    The answers are as asked, not reversed. A question that nobody answered in a wave counts as
    not shown in that wave; every other answer that is not there as skipped.

    Parameters
    ----------
    evidence : Evidence
        Scored answers.
    language : str
        Of the labels.
    """
    from lcdiag.views.data_files import need_writer

    need_writer("sav")
    import pandas as pd

    responses, scores = evidence.responses, evidence.scores
    counts = [f"{address} answered" for address in scores.scales]
    wanted = [*BESIDE, *responses.columns, *scores.scales, *counts]
    names = sav_names(wanted)
    name_of = dict(zip(wanted, names, strict=True))
    columns: dict[str, Any] = {one: getattr(responses, one) for one in BESIDE}
    answers = _coded(evidence)
    columns |= {code: answers[:, place] for place, code in enumerate(responses.columns)}
    for place, address in enumerate(scores.scales):
        columns[address] = scores.values[:, place]
    for place, count in enumerate(counts):
        columns[count] = scores.answered[:, place].astype(np.float64)
    columns["wave"] = responses.wave.astype(np.float64)
    frame = pd.DataFrame({name_of[one]: columns[one] for one in wanted})
    values = {name_of[code]: _value_labels(evidence, code, language) for code in responses.columns}
    title = f"{INTERNAL_STAMP}: {evidence.study.settings.title}"
    content = sav_bytes(
        frame,
        title=title,
        labels=[_label(evidence, one, language) for one in wanted],
        note=[title, f"study {evidence.study.digest}, answers {responses.digest}"],
        values=values,
        missing=dict.fromkeys(values, (NOT_APPLICABLE, NOT_SHOWN, SKIPPED)),
    )
    return {f"{MARK}answers-and-scores.sav": content}


def _coded(evidence: Evidence) -> Any:
    """Return the (n, k) answers with a code for every way of not being there."""
    codes = evidence.responses.codes
    found = codes.astype(np.float64)
    found[codes == DONT_KNOW] = NOT_APPLICABLE
    found[codes == MISSING] = SKIPPED
    for wave in evidence.waves:
        rows = evidence.responses.wave == wave
        unseen = (codes[rows] == MISSING).all(axis=0)
        found[np.ix_(rows, unseen)] = NOT_SHOWN
    return found


def _value_labels(evidence: Evidence, code: str, language: str) -> dict[float, str]:
    form = evidence.study.questionnaire.format_of(code)
    points = form.points.get(language) or next(iter(form.points.values()), ())
    labels = {
        float(value): text for value, text in zip(form.codes, points, strict=False) if text.strip()
    }
    unsure = in_language(form.dont_know, language) or _say("not-applicable", language)
    return labels | {
        NOT_APPLICABLE: unsure,
        NOT_SHOWN: _say("not-shown", language),
        SKIPPED: _say("skipped", language),
    }


def _label(evidence: Evidence, name: str, language: str) -> str:
    if name in BESIDE:
        return _say(f"column-{name}", language)
    if name in evidence.responses.columns:
        return in_language(evidence.study.questionnaire.item(name).text, language)
    address = name.removesuffix(" answered")
    for home, scale in evidence.study.questionnaire.scales:
        if f"{home.id}:{scale.id}" == address:
            label = in_language(scale.label, language) or address
            message = Message("export.answered", {"scale": label})
            return label if name == address else resolve(message, language)
    return name


def _say(name: str, language: str) -> str:
    return resolve(Message(f"export.{name}"), language)
