"""A questionnaire, a record of a published scale and a set in which a check finds nothing."""

from __future__ import annotations

OWN = """\
id = "own"
version = "1.0"
languages = ["nl", "en"]
licence = "CC BY 4.0"
title = { nl = "Samen leren", en = "Learning together" }
respondent_title = { nl = "Hoe wij leren", en = "How we learn" }
instruction = { nl = "Denk aan de laatste keer.", en = "Think of the last time." }
note = { nl = "Alles mag leeg blijven.", en = "All may be left empty." }

[source]
kind = "own"
text = { nl = "Zelf geschreven zinnen.", en = "Sentences of our own." }

[[source.modelled_on]]
text = "Jansen, A., & de Vries, B. (2001). Leren in groepen. Leren, 1(2), 3-4."
doi = "10.1234/leren.5"
known = "general-knowledge"

[validation]
status = "experimental"
evidence = { nl = "Nog nergens onderzocht.", en = "Studied nowhere yet." }

[formats.agree5]
low = 1
high = 5
points.nl = ["helemaal oneens", "oneens", "half om half", "eens", "helemaal eens"]
points.en = ["strongly disagree", "disagree", "half and half", "agree", "strongly agree"]
dont_know = { nl = "weet ik niet", en = "I can't say" }

[[items]]
id = "le1"
text = { nl = "We leren van elkaar.", en = "We learn from each other." }
label = { nl = "Leren", en = "Learning" }
format = "agree5"
referent = "group"
level = "group"
facet = "learning"
place = "4.3, par. 4"

[[items]]
id = "le2"
text = { nl = "We herhalen oude fouten.", en = "We repeat old mistakes." }
label = { nl = "Herhalen", en = "Repeating" }
format = "agree5"
referent = "group"
level = "group"
reversed = true
facet = "repeating"
place = "4.3, par. 4"

[[items]]
id = "le3"
text = { nl = "We kijken samen terug.", en = "We look back together." }
label = { nl = "Terugkijken", en = "Looking back" }
format = "agree5"
referent = "group"
level = "group"
facet = "looking back"
place = "4.3, par. 4; 4.5, par. 2"

[[items]]
id = "le4"
text = { nl = "{party} leert van ons.", en = "{party} learns from us." }
label = { nl = "Leert van ons", en = "Learns from us" }
format = "agree5"
referent = "other-party"
level = "party"
reversed = true
facet = "learning from us"
place = "4.2, par. 2"

[[items]]
id = "le5"
text = { nl = "Ik vind leren belangrijk.", en = "I find learning important." }
label = { nl = "Leren: zelf", en = "Learning: own" }
format = "agree5"
referent = "self"
level = "individual"
facet = "learning (own view)"
place = "4.2, par. 3"

[[items]]
id = "le6"
text = { nl = "De anderen vinden leren belangrijk.", en = "The others find learning important." }
label = { nl = "Leren: anderen", en = "Learning: others" }
format = "agree5"
referent = "group"
level = "group"
facet = "learning (others)"
place = "4.2, par. 3"

[[items]]
id = "le7"
text = { nl = "Hier is leren belangrijk.", en = "Learning is important here." }
label = { nl = "Leren: praktijk", en = "Learning: practice" }
format = "agree5"
referent = "group"
level = "group"
facet = "learning (practice)"
place = "4.2, par. 3"

[[scales]]
id = "learning"
items = ["le1", "le2", "le3"]
level = "group"
composition = "referent-shift"
direction = "higher-better"
label = { nl = "Leren", en = "Learning" }
about = { nl = "Hoog: de groep leert.", en = "High: the group learns." }
question = { nl = "Wat leren wij?", en = "What do we learn?" }

[[scales]]
id = "apart"
items = ["le4"]
per_item = true
level = "party"
composition = "direct-consensus"
direction = "neither"
label = { nl = "De partijen", en = "The parties" }
about = { nl = "Per stelling te lezen.", en = "To be read item by item." }

[[contrasts]]
id = "worth"
kind = "critical"
label = { nl = "Leren belangrijk", en = "Learning important" }
own = "le5"
others = "le6"
practice = "le7"

[[indicators]]
id = "signature"
rule = "abilene-signature"
label = { nl = "Aanwijzing: leren", en = "Sign: learning" }
source = "own"

[[open_questions]]
id = "op1"
text = { nl = "Uw eerste letter?", en = "Your first letter?" }
hint = { nl = "Van uw voornaam.", en = "Of your first name." }
"""

RECORD = """\
id = "jansen-2001-learning"
version = "1.0"
languages = ["nl", "en"]
licence = "CC BY 4.0"
title = { nl = "Leren (Jansen)", en = "Learning (Jansen)" }
respondent_title = { nl = "Uw groep", en = "Your group" }

[source]
kind = "published"
text = { nl = "Alleen de opbouw van de schaal.", en = "Only how the scale is made." }
wording_from = { nl = "Vraag het de auteur.", en = "Ask the author." }

[[source.citations]]
text = "Jansen, A., & de Vries, B. (2001). Leren in groepen. Leren, 1(2), 3-4."
doi = "10.1234/leren.5"
known = "general-knowledge"

[validation]
status = "validated-elsewhere"
population = { nl = "schoolklassen", en = "school classes" }

[formats.agree3]
low = 1
high = 3
points.nl = ["oneens", "half om half", "eens"]
points.en = ["disagree", "half and half", "agree"]
dont_know = { nl = "weet ik niet", en = "I can't say" }

[[items]]
id = "ja1"
label = { nl = "Leren", en = "Learning" }
format = "agree3"
referent = "group"
level = "group"
facet = "learning"

[[items]]
id = "ja2"
label = { nl = "Vergeten", en = "Forgetting" }
format = "agree3"
referent = "group"
level = "group"
reversed = true
facet = "forgetting"

[[scales]]
id = "learning"
items = ["ja1", "ja2"]
level = "group"
composition = "referent-shift"
direction = "higher-better"
label = { nl = "Leren", en = "Learning" }
about = { nl = "Hoog: de groep leert.", en = "High: the group learns." }

[[reported]]
statistic = "cronbach-alpha"
value = 0.8
scale = "learning"
sample = { nl = "40 klassen op school", en = "40 classes at school" }
source = "Jansen & de Vries (2001)"
known = "general-knowledge"
"""

SET = """\
id = "own-set"
title = { nl = "Eigen set", en = "Own set" }
about = { nl = "Voor een eerste gesprek.", en = "For a first talk." }
minutes = 4

[instructions.lc-safety]
nl = "Straks begint de eerste keer."
en = "The first time is about to begin."

[[pages]]
blocks = ["lc-safety:safety"]

[[pages]]
blocks = ["lc-trust:between"]
sitting = 2
"""


def planted(whole: str, right: str, wrong: str) -> str:
    """Return the file with one fault, put where the words first stand."""
    assert right in whole, right
    return whole.replace(right, wrong, 1)
