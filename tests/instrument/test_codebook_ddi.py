"""DDI-Codebook 2.5: the order of elements is that of the published schema."""

from __future__ import annotations

import tomllib
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st
from own_file import WHOLE

from lcdiag.instrument.catalogue import instrument_ids, open_instrument, open_set, set_ids
from lcdiag.instrument.codebook import Codebook
from lcdiag.instrument.codebook_make import codebook, set_codebook
from lcdiag.instrument.compose import compose_set
from lcdiag.instrument.ddi import NAMESPACE, to_ddi
from lcdiag.instrument.read import examine_content

LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# Read in the schema of version 2.5: the children that may come, in the order they must come in,
# for the elements that we write; the schema itself is under a licence of its own.
ORDER = {
    "codeBook": "docDscr stdyDscr fileDscr dataDscr otherMat",
    "docDscr": "citation guide docStatus docSrc controlledVocabUsed notes",
    "stdyDscr": "citation studyAuthorization stdyInfo studyDevelopment method dataAccs "
    "othrStdyMat notes",
    "citation": "titlStmt rspStmt prodStmt distStmt serStmt verStmt biblCit holdings notes",
    "titlStmt": "titl subTitl altTitl parTitl IDNo",
    "prodStmt": "producer copyright prodDate prodPlac software fundAg grantNo",
    "verStmt": "version verResp notes",
    "stdyInfo": "studyBudget subject abstract sumDscr qualityStatement notes exPostEvaluation",
    "subject": "keyword topcClas",
    "sumDscr": "timePrd collDate nation geogCover geogUnit geoBndBox boundPoly anlyUnit "
    "universe dataKind",
    "method": "dataColl notes anlyInfo stdyClas dataProcessing codingInstructions",
    "dataColl": "timeMeth dataCollector collectorTraining frequenc sampProc sampleFrame "
    "targetSampleSize deviat collMode resInstru instrumentDevelopment sources collSitu actMin "
    "ConOps weight cleanOps",
    "dataAccs": "setAvail useStmt notes",
    "useStmt": "confDec specPerm restrctn contact citReq deposReq conditions disclaimer",
    "othrStdyMat": "relMat relStdy relPubl othRefs",
    "fileDscr": "fileTxt locMap notes",
    "fileTxt": "fileName fileCitation fileCont fileStrc dimensns fileType format filePlac "
    "dataChck ProcStat dataMsng software verStmt",
    "dimensns": "caseQnty varQnty logRecL recPrCas recNumTot",
    "dataDscr": "varGrp nCubeGrp var nCube notes",
    "varGrp": "labl txt concept defntn universe notes",
    "var": "location labl imputation security embargo respUnit anlysUnit qstn valrng invalrng "
    "undocCod universe TotlResp sumStat txt stdCatgry catgryGrp catgry codInstr verStmt concept "
    "derivation varFormat geoMap catLevel notes",
    "qstn": "preQTxt qstnLit postQTxt forward backward ivuInstr",
    "valrng": "item range key notes",
    "catgry": "catValu labl txt catStat mrow",
}
ONCE = {"titl", "verStmt", "conditions", "fileCont", "dataMsng", "catValu", "varFormat", "dimensns"}
REQUIRED = {"citation": "titlStmt", "titlStmt": "titl", "stdyDscr": "citation"}


def tree(book: Codebook, language: str = "en") -> Xml.Element:
    return Xml.fromstring(to_ddi(book, language))


def name(element: Xml.Element) -> str:
    assert element.tag.startswith(f"{{{NAMESPACE}}}")
    return element.tag.removeprefix(f"{{{NAMESPACE}}}")


def found(root: Xml.Element, path: str) -> list[Xml.Element]:
    return root.findall("/".join(f"{{{NAMESPACE}}}{step}" for step in path.split("/")))


def whole_set(one: str) -> Codebook:
    return set_codebook(open_set(one), compose_set(open_set(one), ("nl", "en")))


def check_structure(root: Xml.Element) -> None:
    assert name(root) == "codeBook"
    assert root.get("version") == "2.5"
    ids: list[str] = []
    refs: list[str] = []
    for element in root.iter():
        children = [name(child) for child in element]
        allowed = ORDER.get(name(element), "").split()
        assert set(children) <= set(allowed), name(element)
        assert children == sorted(children, key=allowed.index), name(element)
        for once in ONCE & set(children):
            assert children.count(once) == 1, once
        if name(element) in REQUIRED:
            assert REQUIRED[name(element)] in children
        if "ID" in element.attrib:
            ids.append(element.attrib["ID"])
        refs += element.get("var", "").split() + element.get("files", "").split()
    assert len(ids) == len(set(ids))
    assert set(refs) <= set(ids)


@pytest.mark.parametrize("one", instrument_ids())
def test_every_instrument_follows_the_schema(one: str) -> None:
    book = codebook(open_instrument(one))
    root = tree(book)
    check_structure(root)
    assert [v.get("name") for v in found(root, "dataDscr/var")] == [row.code for row in book.rows]
    assert [g.get("name") for g in found(root, "dataDscr/varGrp")] == [
        *(scale.address for scale in book.scales),
        *(topic.address for topic in book.topics),
    ]


@pytest.mark.parametrize("one", set_ids())
def test_every_set_follows_the_schema(one: str) -> None:
    check_structure(tree(whole_set(one), "nl"))


def test_a_variable_carries_question_labels_answers_and_key_in_both_languages() -> None:
    home = open_instrument("lc-safety")
    first = found(tree(codebook(home)), "dataDscr/var")[0]
    literal = {one.get(LANG): one.text for one in found(first, "qstn/qstnLit")}
    assert literal == home.items[0].text
    assert {one.get(LANG): one.text for one in found(first, "labl")} == home.items[0].label
    values = [one.text for one in found(first, "catgry/catValu")]
    assert values[:7] == ["1", "2", "3", "4", "5", "6", "7"]
    missing = [one for one in found(first, "catgry") if one.get("missing") == "Y"]
    assert len(missing) == 1
    assert missing[0].get("missType") == "DK"
    assert found(missing[0], "catValu")[0].text == "don't know / not applicable"
    bounds = found(first, "valrng/range")[0]
    assert (bounds.get("min"), bounds.get("max")) == ("1", "7")
    notes = {one.get("subject"): one.text for one in found(first, "notes") if not one.get(LANG)}
    assert notes["place"] == home.items[0].place
    assert "reversed" in {one.get("subject") for one in found(first, "notes")}
    assert "mistakes held against you" in {one.text for one in found(first, "concept")}


def test_a_straight_item_has_no_note_on_a_reversed_key() -> None:
    variables = found(tree(codebook(open_instrument("lc-safety"))), "dataDscr/var")
    second = {one.get("subject") for one in found(variables[1], "notes")}
    assert "reversed" not in second


def test_a_scale_says_how_its_score_is_made() -> None:
    group = found(tree(codebook(open_instrument("lc-safety"))), "dataDscr/varGrp")[0]
    assert group.get("type") == "analysis"
    assert group.get("var", "").split()[:2] == ["V_ve1", "V_ve2"]
    score = [one.text for one in found(group, "notes") if one.get("subject") == "score"]
    assert (
        "mean of the items, from at least 4 of 7 answers; ve1, ve3, ve5 scored in reverse"
        in str(score[1])
    )


def test_a_record_without_sentences_has_no_question_but_says_where_they_are() -> None:
    root = tree(codebook(open_instrument("edmondson-1999-safety")))
    assert found(root, "dataDscr/var/qstn") == []
    assert all(found(one, "labl") for one in found(root, "dataDscr/var"))
    subjects = {one.get("subject") for one in found(root, "stdyDscr/notes")}
    assert {"wording", "reported figure", "validation status"} <= subjects
    assert "10.2307/2666999" in str(found(root, "stdyDscr/othrStdyMat/relPubl")[0].text)


def test_the_same_codebook_gives_the_same_document() -> None:
    book = codebook(open_instrument("lc-trust"))
    assert to_ddi(book, "nl") == to_ddi(book, "nl")
    assert to_ddi(book, "nl").startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<codeBook ')


@given(st.text(min_size=1, max_size=60))
def test_hostile_texts_stay_texts(text: str) -> None:
    instrument, _ = examine_content(tomllib.loads(WHOLE), "own.toml")
    assert instrument is not None
    book = codebook(instrument)
    row = book.rows[0].model_copy(
        update={"text": {"nl": text, "en": "</var><!-- ]]>"}, "facet": text, "about": text}
    )
    root = tree(book.model_copy(update={"rows": (row, *book.rows[1:])}))
    check_structure(root)
    literal = found(root, "dataDscr/var/qstn/qstnLit")
    assert "</var><!-- ]]>" in {one.text for one in literal}
