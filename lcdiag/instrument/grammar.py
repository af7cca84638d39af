"""How a Dutch or English sentence shows a negation, a second thought or a second sentence.

Rules of thumb over words, made to raise few false alarms: what they find deserves a second look,
what they pass over may still be wrong. Other languages are not judged.
"""

from __future__ import annotations

import re

from lcdiag.instrument.wording import words_of

_NEGATIONS = {
    "nl": (
        r"niet|niets|niks|geen|geenszins|geenerlei|nooit|nimmer|niemand|nergens|zonder|noch|"
        r"nauwelijks|amper|evenmin"
    ),
    "en": (
        r"not|cannot|\w+n['’]t|no one|no|none|nobody|nothing|nowhere|never|without|neither|nor|"
        r"hardly|barely|scarcely"
    ),
}
_NEGATION = {
    language: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for language, words in _NEGATIONS.items()
}
_ADDITION = re.compile(r"\b(?:niet alleen|niet slechts|not only|not just)\b", re.IGNORECASE)
"""These add something; they deny nothing."""

_MARKERS = {
    "nl": (
        r"en ook|en tevens|en daarnaast|en tegelijk\w*|en/of|zowel\b.+\bals|niet alleen|evenals|"
        r"alsmede|alsook|enerzijds|aan de ene kant"
    ),
    "en": (
        r"and also|and at the same time|and/or|both\b.+\band|not only|as well as|"
        r"on the one hand"
    ),
}
_MARKER = {
    language: re.compile(rf"(?<![\w/])(?:{words})(?!\w)", re.IGNORECASE)
    for language, words in _MARKERS.items()
}
_BUT = {
    "nl": re.compile(r"(?<=[,;] )maar \w+", re.IGNORECASE),
    "en": re.compile(r"(?<=[,;] )but \w+", re.IGNORECASE),
}
_AND = {
    "nl": re.compile(r"\ben\b", re.IGNORECASE),
    "en": re.compile(r"\band\b", re.IGNORECASE),
}
_TWICE_TO = {
    "nl": re.compile(r"\bte \w+(?:,| en| of)(?: \w+){0,5} te \w+", re.IGNORECASE),
    "en": re.compile(r"\bto \w+(?: \w+){0,5} (?:and|or) to \w+", re.IGNORECASE),
}
_SUBJECTS = {
    "nl": frozenset(["ik", "we", "wij", "ze", "men", "iedereen"]),
    "en": frozenset(["i", "we", "they", "he", "she", "you", "everyone", "everybody", "people"]),
}
_OBJECTS = {
    "nl": frozenset(
        [
            "elkaar",
            "ons",
            "hen",
            "hem",
            "haar",
            "mij",
            "me",
            "dat",
            "dit",
            "het",
            "hun",
            "onze",
            "mijn",
        ]
    ),
    "en": frozenset(
        [
            "each",
            "one",
            "us",
            "them",
            "me",
            "him",
            "her",
            "it",
            "that",
            "this",
            "their",
            "our",
            "my",
            "its",
        ]
    ),
}

_VERBS = {
    "nl": frozenset(
        [
            "ben",
            "bent",
            "is",
            "zijn",
            "was",
            "waren",
            "heb",
            "hebt",
            "heeft",
            "hebben",
            "had",
            "hadden",
            "kan",
            "kunt",
            "kunnen",
            "kon",
            "konden",
            "wil",
            "willen",
            "wilt",
            "wilde",
            "wilden",
            "moet",
            "moeten",
            "moest",
            "moesten",
            "mag",
            "mogen",
            "mocht",
            "mochten",
            "zal",
            "zullen",
            "zou",
            "zouden",
            "word",
            "wordt",
            "worden",
            "werd",
            "werden",
            "doe",
            "doet",
            "doen",
            "deed",
            "deden",
            "ga",
            "gaat",
            "gaan",
            "ging",
            "gingen",
            "kom",
            "komt",
            "komen",
            "kwam",
            "kwamen",
            "neem",
            "neemt",
            "nemen",
            "nam",
            "namen",
            "geef",
            "geeft",
            "geven",
            "gaf",
            "gaven",
            "krijg",
            "krijgt",
            "krijgen",
            "kreeg",
            "kregen",
            "blijf",
            "blijft",
            "blijven",
            "bleef",
            "bleven",
            "laat",
            "laten",
            "liet",
            "lieten",
            "houd",
            "houdt",
            "houden",
            "hield",
            "hielden",
            "maak",
            "maakt",
            "maken",
            "maakte",
            "maakten",
            "zeg",
            "zegt",
            "zeggen",
            "zei",
            "zeiden",
            "vertel",
            "vertelt",
            "vertellen",
            "luister",
            "luistert",
            "luisteren",
            "luisterde",
            "luisterden",
            "praat",
            "praten",
            "praatte",
            "praatten",
            "spreek",
            "spreekt",
            "spreken",
            "sprak",
            "spraken",
            "bespreek",
            "bespreekt",
            "bespreken",
            "besprak",
            "bespraken",
            "vraagt",
            "vroeg",
            "vroegen",
            "vind",
            "vindt",
            "vinden",
            "vond",
            "vonden",
            "denk",
            "denkt",
            "denken",
            "dacht",
            "dachten",
            "weet",
            "weten",
            "wist",
            "wisten",
            "zie",
            "ziet",
            "zien",
            "zag",
            "zagen",
            "hoor",
            "hoort",
            "horen",
            "hoorde",
            "hoorden",
            "voel",
            "voelt",
            "voelen",
            "voelde",
            "voelden",
            "merk",
            "merkt",
            "merken",
            "merkte",
            "durf",
            "durft",
            "durven",
            "durfde",
            "durfden",
            "leer",
            "leert",
            "leren",
            "leerde",
            "leerden",
            "begrijp",
            "begrijpt",
            "begrijpen",
            "begreep",
            "begrepen",
            "help",
            "helpt",
            "helpen",
            "hielp",
            "hielpen",
            "steunt",
            "steunen",
            "steunde",
            "deelt",
            "deelde",
            "deelden",
            "zoek",
            "zoekt",
            "zoeken",
            "zocht",
            "zochten",
            "kies",
            "kiest",
            "kiezen",
            "koos",
            "kozen",
            "beslis",
            "beslist",
            "beslissen",
            "besliste",
            "onderzoek",
            "onderzoekt",
            "onderzoeken",
            "onderzocht",
            "verken",
            "verkent",
            "verkennen",
            "stelt",
            "stellen",
            "stelde",
            "stelden",
            "staat",
            "staan",
            "stond",
            "stonden",
            "brengt",
            "brengen",
            "bracht",
            "brachten",
            "luisterden",
            "respecteert",
            "respecteren",
            "waardeert",
            "waarderen",
            "accepteert",
            "accepteren",
            "vertrouwt",
            "vertrouwen",
            "lost",
            "losten",
            "oplossen",
            "komt",
            "nakomen",
            "vermijd",
            "vermijdt",
            "vermijden",
            "vermeed",
            "ontwijkt",
            "ontwijken",
            "uiten",
            "uit",
            "werkt",
            "werken",
            "werkte",
            "werkten",
        ]
    )
    # also a noun, an ending or a preposition: too often no verb
    - frozenset(["vertrouwen", "uit", "zijn", "weten", "onderzoek", "was", "maken"]),
    "en": frozenset(
        [
            "am",
            "is",
            "are",
            "was",
            "were",
            "has",
            "have",
            "had",
            "does",
            "do",
            "did",
            "can",
            "could",
            "will",
            "would",
            "should",
            "must",
            "may",
            "might",
            "makes",
            "make",
            "made",
            "takes",
            "take",
            "took",
            "gives",
            "give",
            "gave",
            "keeps",
            "keep",
            "kept",
            "listens",
            "listen",
            "listened",
            "says",
            "say",
            "said",
            "tells",
            "tell",
            "told",
            "asks",
            "ask",
            "asked",
            "knows",
            "know",
            "knew",
            "thinks",
            "think",
            "thought",
            "finds",
            "find",
            "found",
            "gets",
            "get",
            "got",
            "goes",
            "go",
            "went",
            "comes",
            "come",
            "came",
            "brings",
            "bring",
            "brought",
            "discusses",
            "discuss",
            "discussed",
            "explores",
            "explore",
            "explored",
            "decides",
            "decide",
            "decided",
            "learns",
            "learn",
            "learned",
            "learnt",
            "understands",
            "understand",
            "understood",
            "accepts",
            "accept",
            "accepted",
            "solves",
            "solve",
            "solved",
            "chooses",
            "choose",
            "chose",
            "adapts",
            "adapt",
            "adapted",
            "considers",
            "consider",
            "considered",
            "lets",
            "let",
            "speaks",
            "speak",
            "spoke",
            "hears",
            "hear",
            "heard",
            "sees",
            "see",
            "saw",
            "believes",
            "believe",
            "believed",
            "becomes",
            "become",
            "became",
            "forgets",
            "forget",
            "forgot",
            "avoids",
            "avoid",
            "avoided",
            "ignores",
            "ignore",
            "ignored",
            "holds",
            "held",
            "puts",
            "put",
            "feels",
            "felt",
            "looks",
            "looked",
            "uses",
            "used",
            "works",
            "worked",
            "helps",
            "helped",
            "supports",
            "supported",
            "trusts",
            "trusted",
            "respects",
            "respected",
            "shares",
            "shared",
            "talks",
            "talked",
            "dares",
            "dare",
            "dared",
            "admits",
            "admit",
            "admitted",
            "appreciates",
            "appreciate",
            "appreciated",
            "tries",
            "tried",
            "try",
        ]
    )
    - frozenset(["thought", "may", "found", "made", "might"]),
}
"""Forms that are hardly ever anything but a verb."""

_QUALITIES = {
    "nl": frozenset(
        [
            "open",
            "eerlijk",
            "duidelijk",
            "veilig",
            "snel",
            "goed",
            "zorgvuldig",
            "respectvol",
            "helder",
            "vriendelijk",
            "kritisch",
            "betrokken",
            "actief",
            "nuttig",
            "leuk",
            "zinvol",
            "effectief",
            "efficiënt",
            "betrouwbaar",
            "deskundig",
            "rustig",
            "prettig",
            "gezellig",
            "creatief",
            "constructief",
            "direct",
            "concreet",
            "tevreden",
            "enthousiast",
            "onpartijdig",
            "neutraal",
            "gelijkwaardig",
            "transparant",
            "rechtvaardig",
            "redelijk",
            "gemotiveerd",
            "trots",
            "kwaad",
            "boos",
            "bang",
            "onzeker",
            "gespannen",
            "moeilijk",
            "lastig",
            "ingewikkeld",
            "belangrijk",
            "urgent",
        ]
    ),
    "en": frozenset(
        [
            "open",
            "honest",
            "clear",
            "safe",
            "fast",
            "quick",
            "quickly",
            "good",
            "careful",
            "carefully",
            "respectful",
            "friendly",
            "critical",
            "involved",
            "active",
            "useful",
            "fun",
            "meaningful",
            "effective",
            "efficient",
            "reliable",
            "expert",
            "calm",
            "pleasant",
            "creative",
            "constructive",
            "direct",
            "concrete",
            "satisfied",
            "enthusiastic",
            "impartial",
            "neutral",
            "equal",
            "transparent",
            "fair",
            "reasonable",
            "motivated",
            "proud",
            "angry",
            "afraid",
            "insecure",
            "tense",
            "difficult",
            "hard",
            "complicated",
            "important",
            "urgent",
            "openly",
            "honestly",
            "clearly",
            "safely",
            "fairly",
        ]
    ),
}
_DONE = {
    "nl": re.compile(r"ge\w{4,}[dt]"),
    "en": re.compile(r"\w{3,}ed|heard|seen|known|understood"),
}
_BREAK = re.compile(r"[.!?…][\"”’)»]?\s+(?=[\"“‘(«]?\w)")
_SHORT = re.compile(
    r"\b(?:bijv|b\.v|o\.a|m\.a\.w|d\.w\.z|e\.d|enz|etc|nr|dr|mr|vs|e\.g|i\.e|z\.o\.z|par)\.\s",
    re.IGNORECASE,
)


def negations(text: str, language: str) -> tuple[str, ...]:
    """Return the words that deny something, in order; none for a language that is not known."""
    rule = _NEGATION.get(language)
    return tuple(rule.findall(_ADDITION.sub(" ", text))) if rule else ()


def second_thought(text: str, language: str) -> str:
    """Return the words at which a second thought begins, or "" where none was noticed.

    A second thought is a second clause with a verb of its own behind "and" or "but", two
    qualities joined by "and", or a turn of phrase that adds a thing ("as well as"). Nouns joined
    by "and", and verbs joined by "or", are passed over: one sentence can well be about "knowledge
    and ideas" or about someone who "thinks or works differently".
    """
    if language not in _AND:
        return ""
    for rule in (_MARKER[language], _TWICE_TO[language], _BUT[language]):
        if found := rule.search(text):
            return found[0]
    for found in _AND[language].finditer(text):
        before = [word.casefold() for word in words_of(text[: found.start()])]
        after = [word.casefold() for word in words_of(_clause(text[found.end() :]))]
        if before and after and _joins(before, after, language):
            return f"{found[0]} {after[0]}"
    return ""


def _clause(rest: str) -> str:
    """Return the text up to the next comma or stop."""
    return re.split(r"[,;:.!?]", rest, maxsplit=1)[0]


def _joins(before: list[str], after: list[str], language: str) -> bool:
    """Return whether what follows "and" is a second thought."""
    verbs = _VERBS[language]
    if all(_quality(word, language) for word in (before[-1], after[0])):
        return True
    if after[0] in _SUBJECTS[language] and len(after) > 1:
        return bool(verbs & set(after)) or bool(verbs & set(before))
    # "to pause and look": one infinitive with a second one at its heels is one act
    if len(before) > 1 and before[-2] in ("to", "te") and after[0] in verbs:
        return False
    if after[0] in verbs:
        return True
    # Dutch keeps the verb for the end: "dat we luisteren en elkaar serieus nemen"
    if language == "nl" and len(after) > 1 and before[-1] in verbs and after[-1] in verbs:
        return True
    return len(after) > 1 and after[1] in _OBJECTS[language] and _like_verb(after[0], language)


def _quality(word: str, language: str) -> bool:
    """Return whether a word says how something is, or what is done to it: "open", "valued"."""
    return word in _QUALITIES[language] or bool(_DONE[language].fullmatch(word))


def _like_verb(word: str, language: str) -> bool:
    """Return whether a word before an object could be a verb: "and support each other"."""
    if language == "nl":
        return len(word) > 4 and word.endswith(("en", "t"))
    return len(word) > 3 and not word.endswith(("ing", "tion", "ness", "ment", "ity"))


def sentence_count(text: str) -> int:
    """Return how many sentences a text holds; abbreviations do not end one."""
    plain = _SHORT.sub(" ", text.strip() + " ").strip()
    return 1 + len(_BREAK.findall(plain)) if plain else 0
