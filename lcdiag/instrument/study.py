"""A study: which questions, which communities and parties, which waves, which promises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from lcdiag.instrument.model import Frozen, Translated
from lcdiag.instrument.questionnaire import Questionnaire


class Community(Frozen):
    """One Learning Community: a group that meets."""

    name: str = Field(min_length=1, max_length=200)


class Party(Frozen):
    """An independent organisation, and the sector it belongs to."""

    name: str = Field(min_length=1, max_length=200)
    sector: str = ""


class Wave(Frozen):
    """A moment of measuring."""

    number: int = Field(ge=1, le=99)
    title: Translated = Field(default_factory=dict)
    date: str = ""
    """ISO date (``2026-11-14``) or empty."""


class Thresholds(Frozen):
    """From how many people anything is shown; fixed before the first answer."""

    minimum: int = Field(default=5, ge=5, le=50)
    """Smallest number of answers, and of people, that a shown row rests on."""
    exact: int = Field(default=10, ge=10, le=100)
    """From here on one decimal and full counts; below it rounded cells."""
    paired: int = Field(default=6, ge=6, le=50)
    """Smallest number of answers for own / others / practice."""


class SmallPartyAgreement(Frozen):
    """What parties agreed about small parties before the start; printed on the form."""

    report_by: Literal["party", "sector", "group", "none"] = "party"
    """Rows per party and sector, per sector only, per meeting group only, or none below the
    community. Never parties and meeting groups: their tables cross, and tell together more than
    each by itself."""
    minimum: int | None = Field(default=None, ge=3, le=50)
    """Smallest number of answers, and of people, of a party or sector row, where the parties
    agreed on another than that of `Thresholds`. Lower needs the consent of every party, and such
    a row is always rounded more."""
    agreed_by: tuple[str, ...] = ()
    """Names of the parties that consented."""
    agreed_on: str = ""
    """ISO date of the agreement, or empty."""


class StudySettings(Frozen):
    """The content of ``study.toml``."""

    title: str = Field(min_length=1, max_length=200)
    languages: tuple[str, ...] = ("nl", "en")
    set: str = ""
    """A ready-made set; leave empty to compose from `instruments`."""
    instruments: tuple[str, ...] = ()
    """Blocks as in a set (``"lc-safety:safety"``) or files (``"./own.toml"``)."""
    purpose: Translated = Field(default_factory=dict)
    contact: str = ""
    kept_months: int = Field(default=24, ge=1, le=240)
    portfolio_agreed: bool = False
    thresholds: Thresholds = Field(default_factory=Thresholds)
    small_parties: SmallPartyAgreement = Field(default_factory=SmallPartyAgreement)
    communities: tuple[Community, ...] = ()
    parties: tuple[Party, ...] = ()
    waves: tuple[Wave, ...] = (Wave(number=1),)

    @property
    def row_minimum(self) -> int:
        """Return the smallest number of answers, and of people, of a party or sector row."""
        agreed = self.small_parties.minimum
        return self.thresholds.minimum if agreed is None else agreed


class ActionPoint(Frozen):
    """One thing a community agreed to do, at the talk about a wave."""

    community: str = Field(min_length=1, max_length=200)
    wave: int = Field(ge=1, le=99)
    """The wave that was talked about."""
    text: str = Field(min_length=1, max_length=500)
    who: str = Field(default="", max_length=200)
    """A party or a role; no names of persons."""
    by: str = ""
    """ISO date, or empty."""
    done: bool | None = None
    """None where nobody has said yet."""


class ActionPoints(Frozen):
    """The content of ``afspraken.toml``."""

    agreed: tuple[ActionPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterRow:
    """How many people of a party were invited to a community, or a group in it, in a wave."""

    community: str
    party: str
    sector: str
    wave: int
    invited: int
    meeting_group: str = ""


@dataclass(frozen=True)
class Study:
    """A study as read from its folder.

    Attributes
    ----------
    folder : Path
        Where ``study.toml`` stands.
    settings : StudySettings
        Its content.
    questionnaire : Questionnaire
        What is asked.
    roster : tuple of RosterRow
        From ``deelnemers.xlsx``; empty where the invited numbers are unknown.
    digest : str
        Digest of ``study.toml`` and the instruments.
    action_points : tuple of ActionPoint
        What groups agreed to do, from ``afspraken.toml``.
    """

    folder: Path
    settings: StudySettings
    questionnaire: Questionnaire
    roster: tuple[RosterRow, ...] = ()
    digest: str = ""
    action_points: tuple[ActionPoint, ...] = ()

    @property
    def sectors(self) -> Mapping[str, str]:
        """Return the sector of every party, "" where none was given."""
        return {one.name: one.sector for one in self.settings.parties}

    def sector_of(self, party: str) -> str:
        """Return the sector of a party, or "" where none was given."""
        return self.sectors.get(party, "")

    def invited(self, community: str, wave: int, party: str | None = None) -> int | None:
        """Return how many people were invited, or None where the roster does not say."""
        rows = [
            row.invited
            for row in self.roster
            if row.community == community
            and row.wave == wave
            and (party is None or row.party == party)
        ]
        return sum(rows) if rows else None
