"""The JSON Schema of a Diagnosis, so that other programs can read one without lcdiag."""

from __future__ import annotations

from typing import Any

from lcdiag.diagnosis import model
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.instrument.schema import model_schema


def diagnosis_schema() -> dict[str, Any]:
    """Return the JSON Schema of the file that `Diagnosis.to_json` writes.

    Returns
    -------
    dict
        Draft 2020-12, made from the models themselves. A cell of a measure is an estimate, whose
        `value` is null exactly where `absent` says why, or a hidden cell, which has a `reason`
        and no number. What has a default may be missing in the file of an older version.
    """
    return model_schema(Diagnosis, model)
