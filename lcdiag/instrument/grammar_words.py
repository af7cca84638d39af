"""Words that give away a second thought in a Dutch or English sentence."""

from __future__ import annotations

from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SUBJECTS: Mapping[str, frozenset[str]] = {
    "nl": _words("iedereen ik men we wij ze"),
    "en": _words("everybody everyone he i people she they we you"),
}
"""With these behind "and" a clause of its own begins."""

OBJECTS: Mapping[str, frozenset[str]] = {
    "nl": _words("dat dit elkaar haar hem hen het hun me mij mijn ons onze"),
    "en": _words("each her him it its me my one our that their them this us"),
}
"""A word between "and" and one of these is a verb: "and support each other"."""

VERBS: Mapping[str, frozenset[str]] = {
    "nl": _words(
        """
        accepteert accepteren begreep begrepen begrijp begrijpen begrijpt ben bent beslis
        beslissen beslist besliste besprak bespraken bespreek bespreekt bespreken bleef bleven
        blijf blijft blijven bracht brachten brengen brengt dacht dachten deden deed deelde
        deelden deelt denk denken denkt doe doen doet durf durfde durfden durft durven ga gaan
        gaat gaf gaven geef geeft geven ging gingen had hadden heb hebben hebt heeft help helpen
        helpt hield hielden hielp hielpen hoor hoorde hoorden hoort horen houd houden houdt is kan
        kies kiest kiezen kom komen komt kon konden koos kozen kreeg kregen krijg krijgen krijgt
        kunnen kunt kwam kwamen laat laten leer leerde leerden leert leren liet lieten lost losten
        luister luisterde luisterden luisteren luistert maak maakt maakte maakten mag merk merken
        merkt merkte mocht mochten moest moesten moet moeten mogen nakomen nam namen neem neemt
        nemen onderzocht onderzoeken onderzoekt ontwijken ontwijkt oplossen praat praatte praatten
        praten respecteert respecteren sprak spraken spreek spreekt spreken staan staat stelde
        stelden stellen stelt steunde steunen steunt stond stonden uiten verken verkennen verkent
        vermeed vermijd vermijden vermijdt vertel vertellen vertelt vertrouwt vind vinden vindt
        voel voelde voelden voelen voelt vond vonden vraagt vroeg vroegen waardeert waarderen
        waren weet werd werden werken werkt werkte werkten wil wilde wilden willen wilt wist
        wisten word worden wordt zag zagen zal zeg zeggen zegt zei zeiden zie zien ziet zocht
        zochten zoek zoeken zoekt zou zouden zullen
        """
    ),
    "en": _words(
        """
        accept accepted accepts adapt adapted adapts admit admits admitted am appreciate
        appreciated appreciates are ask asked asks avoid avoided avoids became become becomes
        believe believed believes bring brings brought came can choose chooses chose come comes
        consider considered considers could dare dared dares decide decided decides did discuss
        discussed discusses do does explore explored explores feels felt find finds forget forgets
        forgot gave get gets give gives go goes got had has have hear heard hears held helped
        helps holds ignore ignored ignores is keep keeps kept knew know knows learn learned learns
        learnt let lets listen listened listens looked looks make makes must put puts respected
        respects said saw say says see sees shared shares should solve solved solves speak speaks
        spoke supported supports take takes talked talks tell tells think thinks told took tried
        tries trusted trusts try understand understands understood used uses was went were will
        worked works would
        """
    ),
}
"""Forms that are hardly ever anything but a verb; those that are often a noun are left out."""

QUALITIES: Mapping[str, frozenset[str]] = {
    "nl": _words(
        """
        actief bang belangrijk betrokken betrouwbaar boos concreet constructief creatief deskundig
        direct duidelijk eerlijk effectief efficiënt enthousiast gelijkwaardig gemotiveerd
        gespannen gezellig goed helder ingewikkeld kritisch kwaad lastig leuk moeilijk neutraal
        nuttig onpartijdig onzeker open prettig rechtvaardig redelijk respectvol rustig snel
        tevreden transparant trots urgent veilig vriendelijk zinvol zorgvuldig
        """
    ),
    "en": _words(
        """
        active afraid angry calm careful carefully clear clearly complicated concrete constructive
        creative critical difficult direct effective efficient enthusiastic equal expert fair
        fairly fast friendly fun good hard honest honestly impartial important insecure involved
        meaningful motivated neutral open openly pleasant proud quick quickly reasonable reliable
        respectful safe safely satisfied tense transparent urgent useful
        """
    ),
}
"""How somebody or something may be found to be: two of them are two questions."""
