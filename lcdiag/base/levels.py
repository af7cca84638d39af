"""The four system levels, and whom an item is about."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """One of the four system levels that meet in a Learning Community."""

    INDIVIDUAL = "individual"
    """The representative as a person, with a history of their own."""
    GROUP = "group"
    """The temporary group that meets, here and now."""
    PARTY = "party"
    """The organisation behind the seat, and the relation between organisations."""
    CONTEXT = "context"
    """The wider society around the collaboration."""


class Referent(StrEnum):
    """Whom the sentence of an item is about. Different referents never share an axis."""

    SELF = "self"
    GROUP = "group"
    PARTY = "party"
    PARTIES = "parties"
    OTHER_PARTY = "other-party"
    """Each of the other parties at the table: asked once a party, own party left out."""
    OTHER_PERSON = "other-person"
    """One other person whom the respondent has in mind, such as a contact at another party."""
    SOCIETY = "society"
