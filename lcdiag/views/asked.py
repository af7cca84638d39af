"""What a questionnaire holds that pages can show: themes, single statements, topics, levels."""

from __future__ import annotations

from lcdiag.base.levels import Level
from lcdiag.diagnosis.model import ItemWords, ScaleWords, TopicWords, Words


def themes(words: Words) -> tuple[ScaleWords, ...]:
    """Return the scales that get a score."""
    return tuple(scale for scale in words.scales if not scale.per_item)


def single_items(words: Words) -> tuple[ItemWords, ...]:
    """Return the statements that are read one by one: of no scored scale and no topic."""
    placed = {code for scale in themes(words) for code in scale.items}
    placed |= {code for topic in words.topics for code in (topic.own, topic.others, topic.practice)}
    return tuple(item for item in words.items if item.id not in placed)


def topics(words: Words, kind: str) -> tuple[TopicWords, ...]:
    """Return the topics of a kind that are rated three ways."""
    return tuple(topic for topic in words.topics if topic.kind == kind)


def levels(words: Words) -> tuple[Level, ...]:
    """Return the system levels that a theme or a single statement is about, in their order."""
    found = {scale.level for scale in themes(words)} | {item.level for item in single_items(words)}
    return tuple(level for level in Level if level in found)
