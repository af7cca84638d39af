"""Blocks of the conversation guide as HTML: to guess first, to note, to agree, to print large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from lcdiag.base.text import Message, Text
from lcdiag.views.html import Attribute, Speech, joined, tag

if TYPE_CHECKING:
    from lcdiag.views import blocks as b
    from lcdiag.views.paint import Painter


def asked(painter: Painter, block: b.Asked) -> Markup:
    """Return a question: its guess, the closed figure, what to talk about, and room for notes."""
    speech = painter.speech
    parts = [speech.tag("p", block.label, class_="tagline"), speech.tag("p", block.guess)]
    if block.guess_axis is not None:
        parts.append(_guess(block, speech))
    if block.figure is not None:
        shown = painter.blocks((block.figure,))
        summary = speech.tag("summary", Message("talk.reveal"))
        parts.append(tag("details", summary, shown, class_="rv"))
    parts.append(speech.tag("p", block.question, class_="q"))
    parts.append(_note(block.id, Message("talk.notes"), speech))
    if block.link in painter.targets:
        goal = speech.tag("a", Message("charts.see-figure"), href=f"#{block.link}")
        parts.append(tag("p", goal, class_="see"))
    return tag(
        "div", *parts, class_="callout talk asked", id=block.id, data_pick=block.link or None
    )


def variants(painter: Painter, block: b.Variants) -> Markup:
    """Return the forms below each other; the browser keeps one of them open."""
    return joined(
        tag(
            "details",
            painter.speech.tag("summary", name),
            painter.blocks(part),
            class_="variant",
            name_=block.name,
            open=place == block.opened,
        )
        for place, (name, part) in enumerate(block.parts)
    )


def agreements(painter: Painter, block: b.Agreements) -> Markup:
    """Return lines to write on; with the script the same lines are fields."""
    speech = painter.speech
    parts = [_lines(number, label, count, speech) for number, (label, count) in _numbered(block)]
    save = tag(
        "div",
        speech.tag("button", Message("talk.save"), type="button", data_talk="save"),
        speech.tag("p", Message("talk.save-how"), class_="note"),
        class_="js",
    )
    file = speech.label(Message("talk.file-comment"))
    return tag(
        "div",
        *parts,
        save,
        class_="agree",
        data_community=block.community,
        data_wave=block.wave,
        data_file=speech.spoken(Message("talk.file-name"))[1],
        data_head=file["data_l"],
    )


def meeting_tools(painter: Painter, block: b.MeetingTools) -> Markup:
    """Return the buttons that print figures large and wipe the notes, and what they do."""
    speech = painter.speech
    buttons = tag(
        "div",
        speech.tag("button", Message("talk.large"), type="button", data_talk="large"),
        speech.tag("button", Message("talk.wipe"), type="button", data_talk="wipe"),
        class_="mt",
    )
    # the script puts a copy of this button at every figure: written out it would weigh too much
    take = speech.tag("button", Message("charts.take"), type="button", aria_pressed="false")
    bar = tag("div", take, hidden=True, data_talk="bar", **speech.label(Message("charts.tools")))
    said = tag("div", role="status", class_="note", data_talk="said")
    hidden = {
        f"data_{name}": speech.spoken(Message(f"talk.said-{name}"))[1]
        for name in ("wiped", "nowhere", "saved")
    }
    return tag(
        "div",
        speech.tag("p", Message("talk.large-how")),
        buttons,
        speech.tag("p", Message("talk.notes-how"), class_="note"),
        said,
        bar,
        class_="meeting js",
        data_keep=block.keep,
        **hidden,
    )


def _guess(block: b.Asked, speech: Speech) -> Markup:
    axis = block.guess_axis
    assert axis is not None  # the caller has looked
    name = speech.text(Message("talk.guess"))
    middle = (axis.low + axis.high) / 2
    slider = tag(
        "label",
        name,
        Markup('<input type="range" min="{}" max="{}" step="0.5" value="{}">').format(
            f"{axis.low:g}", f"{axis.high:g}", f"{middle:g}"
        ),
    )
    number = tag("output", f"{middle:g}")
    button = speech.tag("button", Message("talk.set-guess"), type="button", data_talk="guess")
    return tag("div", slider, number, button, class_="gs js")


def _lines(number: int, label: Text, count: int, speech: Speech) -> Markup:
    title = f"agree-{number}"
    fields = joined(_fields(number, row, title, speech) for row in range(count))
    return tag(
        "div",
        speech.tag("p", label, id=title),
        Markup("<i></i>") * count,
        tag("div", fields, class_="fields js"),
        class_="lines",
    )


def _fields(number: int, row: int, title: str, speech: Speech) -> Markup:
    """Return one line: what, who (a party or a role), and by when."""
    found = []
    for name, kind in (("text", "text"), ("who", "text"), ("by", "date")):
        own = f"{title}-{row}-{name}"
        attributes: dict[str, Attribute] = {
            "id": own,
            "type": kind,
            "data_note": f"a{number}-{row}-{name}",
            "maxlength": {"text": 500, "who": 200}.get(name),
            "aria_labelledby": f"{title} {own}-l",
            "autocomplete": "off",
        }
        # seen above the first line only; a screen reader says it at each field
        seen = None if row == 0 else "vh"
        label = speech.tag("span", Message(f"talk.field-{name}"), id=f"{own}-l", class_=seen)
        field = Markup("<input{}>").format(_written(attributes))
        found.append(tag("label", label, field, class_=f"f-{name}"))
    return tag("div", *found, class_="fr")


def _written(attributes: dict[str, Attribute]) -> Markup:
    made = tag("i", **attributes)
    return Markup(str(made)[2 : -len("></i>")])


def _note(id_: str, label: Text, speech: Speech) -> Markup:
    area = Markup('<textarea rows="2" data-note="{}" autocomplete="off"></textarea>').format(id_)
    return tag("label", speech.text(label), area, class_="nt js")


def _numbered(block: b.Agreements) -> list[tuple[int, tuple[Text, int]]]:
    return list(enumerate(block.parts, start=1))
