"""What an edit of an instrument changed, and what that does to comparisons over waves."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

from pydantic import Field

from lcdiag.base.text import Message, Param
from lcdiag.instrument.model import Frozen, Translated


class Effect(StrEnum):
    """What a change does to a comparison of scores from before and after it."""

    NONE = "none"
    """Respondents never meet it and no score depends on it."""
    CARE = "care"
    """Respondents met other words: a difference over waves may come from the edit."""
    BROKEN = "broken"
    """Another key or another subject: the scores are not on one scale."""


EFFECTS = tuple(Effect)


class Comparison(StrEnum):
    """What may be done with a scale, topic or item over waves."""

    COMPARABLE = "comparable"
    WITH_CARE = "with-care"
    NOT_COMPARABLE = "not-comparable"
    NEW = "new"
    GONE = "gone"


class Change(Frozen):
    """One thing that is different.

    Attributes
    ----------
    kind : str
        ``"item-text"``, ``"scale-items"`` ...; the catalog ``diff`` has a sentence for each.
    where : str
        Item code, id of a scale or topic, name of a format; "" for the instrument.
    language : str
        Where the change is in one language.
    old, new : str
        As they were and are, ready to read; "" where there is nothing.
    effect : Effect
        What it does to comparisons.
    items, parts : tuple of str
        Item codes, and ids of scales or topics, that it touches.
    everywhere : bool
        Whether it touches all of them.
    """

    kind: str
    where: str = ""
    language: str = ""
    old: str = ""
    new: str = ""
    effect: Effect
    items: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    everywhere: bool = False

    @property
    def message(self) -> Message:
        """Return the sentence on what changed."""
        params: dict[str, Param] = {
            "where": self.where,
            "language": self.language,
            "old": self.old,
            "new": self.new,
        }
        return Message(f"diff.{self.kind}", params)


class PartComparison(Frozen):
    """What may be done with one scale or topic over waves.

    Attributes
    ----------
    id : str
        ``"safety"`` for a scale, ``"topic.course"`` for a topic.
    label : dict
        As it is now, or was where it is gone.
    comparison : Comparison
        The worst of all changes that touch it.
    unchanged : tuple of str
        Items that respondents met in the same words and that are keyed as before: these can
        carry a comparison where the whole cannot.
    items : int
        How many items it has now, or had where it is gone.
    """

    id: str
    label: Translated
    comparison: Comparison
    unchanged: tuple[str, ...]
    items: int


class InstrumentDiff(Frozen):
    """Everything that is different between two versions of an instrument.

    Attributes
    ----------
    old, new : str
        Id and version: ``"lc-safety 1.0"``; "" where an instrument is new or gone.
    changes : tuple of Change
        In the order of the file; empty where nothing changed.
    parts : tuple of PartComparison
        Scales, then topics, of the new version, then those that are gone.
    status : dict
        Language to the status before and after: ``("validated", "adapted")``.
    """

    old: str
    new: str
    changes: tuple[Change, ...] = ()
    parts: tuple[PartComparison, ...] = ()
    status: dict[str, tuple[str, str]] = Field(default_factory=dict)

    @cached_property
    def worst(self) -> Effect:
        """Return the gravest effect of all changes."""
        return max((one.effect for one in self.changes), key=EFFECTS.index, default=Effect.NONE)

    @property
    def needs_new_version(self) -> bool:
        """Return whether answers can differ although the version is still the same."""
        return self.old == self.new and self.worst is not Effect.NONE

    def __bool__(self) -> bool:
        """Return whether anything changed."""
        return bool(self.changes)
