"""Inside and outside views: what those represented and the facilitator see of the group."""

from __future__ import annotations

from lcdiag.diagnosis.evidence import Section
from lcdiag.diagnosis.outside import outside_measures

SECTION = Section("outside", outside_measures)
