"""The one exception for material that cannot be used; it carries all findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lcdiag.base.findings import Fact, Finding, Severity


class LcdiagError(Exception):
    """Material that cannot be used, with everything that was found in it.

    Attributes
    ----------
    findings : tuple of Finding
        All findings, errors first; at least one is an error.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        ordered = sorted(findings, key=lambda finding: list(Severity).index(finding.severity))
        self.findings: tuple[Finding, ...] = tuple(ordered)
        if not self.findings:
            raise ValueError("an LcdiagError needs at least one finding")
        super().__init__(self.findings)

    @classmethod
    def single(
        cls, code: str, where: str = "", facts: Mapping[str, Fact] | None = None
    ) -> LcdiagError:
        """Return an error with one finding."""
        return cls([Finding(code, Severity.ERROR, where, dict(facts or {}))])

    def __str__(self) -> str:
        from lcdiag.base.text import sentence

        return "\n".join(sentence(finding, "en") for finding in self.findings)
