"""How many forms of each wave were filled in in which language."""

from __future__ import annotations

import numpy as np

from lcdiag.diagnosis.quality_model import LanguageCount, Languages
from lcdiag.diagnosis.quality_parts.basis import Basis


def languages(basis: Basis) -> tuple[Languages, ...]:
    """Return the languages of every wave, most used first.

    All of them or none: beside the whole, what is told of the others gives a small one away.
    """
    responses = basis.evidence.responses
    found = []
    for wave in basis.waves():
        here = responses.language[basis.forms & (responses.wave == wave)].astype(str)
        names, counts = np.unique(here, return_counts=True)
        told = basis.may_tell(counts.tolist())
        order = np.lexsort((names, -counts))
        each = [LanguageCount(language=str(names[k]), n=int(counts[k])) for k in order]
        found.append(Languages(wave=wave, forms=len(here), counts=tuple(each) if told else ()))
    return tuple(found)
