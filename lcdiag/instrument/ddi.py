"""The codebook as DDI-Codebook 2.5 (XML), the form in which data archives keep it."""

from __future__ import annotations

import re
from xml.etree import ElementTree as Xml

from lcdiag.base.text import in_language
from lcdiag.instrument.codebook import Codebook, CodebookBackground, CodebookRow, CodebookScale
from lcdiag.instrument.codebook_words import (
    background,
    cited,
    figure,
    licence,
    relation,
    say,
    scored,
    turned,
)
from lcdiag.instrument.model import Translated

NAMESPACE = "ddi:codebook:2_5"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FILE = "F1"


def to_ddi(book: Codebook, language: str = "en") -> bytes:
    """Return the codebook as DDI-Codebook 2.5.

    Parameters
    ----------
    book : Codebook
        Of an instrument, a set or a study.
    language : str
        Of the document: titles that may stand once only, and our explanations. Sentences, labels
        and answers come in all their languages.

    Returns
    -------
    bytes
        UTF-8; the same codebook gives the same bytes. Elements stand in the order of the schema.

    Notes
    -----
    Scales and topics are variable groups (``analysis`` and ``subject``), whom an item is about
    and its facet are concepts, reversed keys are notes. The option without a rating is a missing
    category with its label as value: that is what a cell holds.
    """
    return _Document(book, language).whole()


class _Document:
    """One codebook on its way to XML."""

    def __init__(self, book: Codebook, language: str) -> None:
        self.book = book
        self.language = language
        self.before = {one.id: one.instruction for one in book.instruments}
        self.ids = {row.code: f"V_{row.code}" for row in book.rows}

    def whole(self) -> bytes:
        """Return the document."""
        root = Xml.Element("codeBook", {"xmlns": NAMESPACE, "version": "2.5"})
        root.set(_LANG, self.language)
        self._document(root)
        self._study(root)
        self._file(root)
        self._data(root)
        Xml.indent(root, " ")
        text = Xml.tostring(root, encoding="unicode", short_empty_elements=True)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()

    def _document(self, root: Xml.Element) -> None:
        """Describe this document: what it is called and what made it."""
        from importlib.metadata import version

        citation = _add(_add(root, "docDscr"), "citation")
        title = f"{say('heading-codebook', self.language)}: {self._title()}"
        _add(_add(citation, "titlStmt"), "titl", title)
        made = _add(citation, "prodStmt")
        _add(made, "software", "lcdiag", version=version("lcdiag"))

    def _study(self, root: Xml.Element) -> None:
        study = _add(root, "stdyDscr")
        self._citation(study)
        info = _add(study, "stdyInfo")
        subject = _add(info, "subject")
        for scale in self.book.scales:
            self._each(subject, "keyword", scale.label)
        self._each(info, "abstract", self.book.about or self.book.instruments[0].source)
        summary = _add(info, "sumDscr")
        self._said(summary, "universe", "ddi-universe")
        self._said(summary, "dataKind", "ddi-kind")
        collected = _add(_add(study, "method"), "dataColl")
        for one in self.book.instruments:
            self._each(collected, "resInstru", one.title)
        self._access(study)
        self._publications(study)
        for one in self.book.instruments:
            for code, text in one.status.items():
                _add(study, "notes", f"{one.id}: {text}", code, subject="validation status")
            if not one.worded_in:
                for code, text in one.wording_from.items():
                    _add(study, "notes", f"{one.id}: {text}", code, subject="wording")
            for reported in one.reported:
                line = f"{one.id}: {figure(reported, self.language)}"
                _add(study, "notes", line, self.language, subject="reported figure")
            for expected in one.expected:
                line = f"{one.id}: {relation(expected, self.language)}"
                _add(study, "notes", line, self.language, subject="expected relation")

    def _citation(self, study: Xml.Element) -> None:
        citation = _add(study, "citation")
        titles = _add(citation, "titlStmt")
        _add(titles, "titl", self._title(), self.language)
        for code, text in self.book.title.items():
            if text != self._title():
                _add(titles, "parTitl", text, code)
        _add(titles, "IDNo", self.book.id, agency="lcdiag")
        if self.book.version:
            _add(_add(citation, "verStmt"), "version", self.book.version)
        _add(citation, "notes", self.book.digest, subject="digest")

    def _access(self, study: Xml.Element) -> None:
        """State the licences of the questions; the answers are not ours to license."""
        licences = dict.fromkeys(
            f"{one.id}: {licence(one, self.language)}" for one in self.book.instruments
        )
        use = _add(_add(study, "dataAccs"), "useStmt")
        _add(use, "conditions", "; ".join(licences), self.language)

    def _publications(self, study: Xml.Element) -> None:
        found = dict.fromkeys(
            cited(one, self.language)
            for home in self.book.instruments
            for one in (*home.citations, *home.modelled_on)
        )
        if found:
            other = _add(study, "othrStdyMat")
            for text in found:
                _add(other, "relPubl", text)

    def _file(self, root: Xml.Element) -> None:
        content = _add(_add(root, "fileDscr", ID=_FILE), "fileTxt")
        _add(content, "fileCont", say("ddi-file", self.language), self.language)
        size = _add(content, "dimensns")
        _add(size, "varQnty", str(len(self.book.background) + len(self.book.rows)))
        _add(content, "dataMsng", say("ddi-missing", self.language), self.language)

    def _data(self, root: Xml.Element) -> None:
        data = _add(root, "dataDscr")
        for number, scale in enumerate(self.book.scales, start=1):
            self._scale(data, scale, f"S_{number}")
        for number, topic in enumerate(self.book.topics, start=1):
            group = _add(data, "varGrp", ID=f"T_{number}", type="subject", name=topic.address)
            group.set("var", " ".join(self.ids[code] for code in topic.items))
            self._each(group, "labl", topic.label)
            self._said(group, "concept", f"topic-{topic.kind}")
        for one in self.book.background:
            self._background(data, one)
        for row in self.book.rows:
            self._column(data, row)

    def _scale(self, data: Xml.Element, scale: CodebookScale, name: str) -> None:
        group = _add(data, "varGrp", ID=name, type="analysis", name=scale.address)
        group.set("var", " ".join(self.ids[code] for code in scale.items))
        self._each(group, "labl", scale.label)
        self._each(group, "txt", scale.about)
        self._said(group, "concept", f"level-{scale.level.value}")
        for code in self.book.languages:
            how = "; ".join(part for part in (scored(scale, code), turned(scale, code)) if part)
            _add(group, "notes", how, code, subject="score")
        if not scale.per_item:
            for code in self.book.languages:
                text = say(f"direction-{scale.direction.value}", code)
                _add(group, "notes", text, code, subject="direction")

    def _background(self, data: Xml.Element, one: CodebookBackground) -> None:
        """Describe a column that says who answered where."""
        kind = {"intrvl": "discrete", "representationType": "text", "files": _FILE}
        column = _add(data, "var", ID=f"B_{one.code}", name=one.code, **kind)
        _add(column, "labl", " / ".join(one.headings))
        for code in self.book.languages:
            _add(column, "txt", background(one.code, code), code)
        for value in one.values:
            _add(_add(column, "catgry"), "catValu", value)

    def _column(self, data: Xml.Element, row: CodebookRow) -> None:
        rated = row.low is not None and row.high is not None
        kind = {"intrvl": "discrete", "representationType": "code" if rated else "text"}
        if rated:
            kind["nature"] = "ordinal"
        column = _add(data, "var", ID=self.ids[row.code], name=row.code, files=_FILE, **kind)
        self._each(column, "labl", row.label or row.text)
        if row.text:
            question = _add(column, "qstn", responseDomainType="category" if rated else "text")
            self._each(question, "preQTxt", self.before[row.instrument])
            self._each(question, "qstnLit", row.text)
        if row.low is not None and row.high is not None:
            _add(_add(column, "valrng"), "range", UNITS="INT", min=str(row.low), max=str(row.high))
            self._categories(column, row, row.low)
        if row.facet:
            _add(column, "concept", row.facet)
        if row.referent is not None and row.level is not None:
            self._said(column, "concept", f"referent-{row.referent.value}")
            self._said(column, "concept", f"level-{row.level.value}")
        _add(column, "varFormat", type="numeric" if rated else "character")
        if row.reversed:
            self._said(column, "notes", "keyed", subject="reversed")
        if row.place:
            _add(column, "notes", row.place, subject="place")
        if row.about:
            _add(column, "notes", row.about, subject="party")

    def _categories(self, column: Xml.Element, row: CodebookRow, low: int) -> None:
        for place in range(max(map(len, row.points.values()), default=0)):
            category = _add(column, "catgry")
            _add(category, "catValu", str(low + place))
            labels = {code: said[place] for code, said in row.points.items() if place < len(said)}
            self._each(category, "labl", labels)
        if row.dont_know:
            category = _add(column, "catgry", missing="Y", missType="DK")
            _add(category, "catValu", in_language(row.dont_know, self.language))
            self._each(category, "labl", row.dont_know)

    def _title(self) -> str:
        return in_language(self.book.title, self.language)

    def _each(self, parent: Xml.Element, name: str, words: Translated) -> None:
        """Add an element for each language of a text."""
        for code, text in words.items():
            if text.strip():
                _add(parent, name, text, code)

    def _said(self, parent: Xml.Element, name: str, message: str, **attributes: str) -> None:
        """Add one of our own sentences in every language of the codebook."""
        for code in self.book.languages:
            _add(parent, name, say(message, code), code, **attributes)


def _add(
    parent: Xml.Element, name: str, text: str = "", language: str = "", /, **attributes: str
) -> Xml.Element:
    """Add an element; signs that XML cannot hold are left out of its text and attributes."""
    clean = {key: _CONTROL.sub("", value) for key, value in attributes.items()}
    element = Xml.SubElement(parent, name, clean)
    if language:
        element.set(_LANG, language)
    element.text = _CONTROL.sub("", text) or None
    return element
