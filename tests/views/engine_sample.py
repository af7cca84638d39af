"""Every kind of figure and block in a few pages, for the tests of the engine."""

from __future__ import annotations

from dataclasses import replace

from lcdiag.base.estimate import Band, Cell, Estimate, Hidden
from lcdiag.base.text import Text, Wording
from lcdiag.views import blocks as b
from lcdiag.views import figures as f

HIDDEN = Hidden("protects-people")


def w(nl: str, en: str) -> Wording:
    return Wording({"nl": nl, "en": en})


def cell(value: float, narrow: float = 0.3, wide: float = 0.7, n: int = 9) -> Estimate:
    low, high = round(value - wide, 2), round(value + wide, 2)
    inner = Band(0.5, round(value - narrow, 2), round(value + narrow, 2))
    return Estimate(value, low, high, 0.9, (inner, Band(0.9, low, high)), n, "t")


def rounded(value: float) -> Estimate:
    """A single item of nine people: everything rounded outward to half a point."""
    return cell(value, 0.5, 1.0)


AXIS = f.Axis(1, 7, w("oneens", "disagree"), w("eens", "agree"), 4)
GAP_AXIS = f.Axis(-3, 3, w("minder", "less"), w("meer", "more"), 0)
POINTS = tuple(
    w(nl, en)
    for nl, en in (
        ("helemaal oneens", "strongly disagree"),
        ("oneens", "disagree"),
        ("een beetje oneens", "slightly disagree"),
        ("niet eens, niet oneens", "neither"),
        ("een beetje eens", "slightly agree"),
        ("eens", "agree"),
        ("helemaal eens", "strongly agree"),
    )
)
ITEMS = (
    ("ve1", "In onze bijeenkomsten kan ik een fout toegeven.", "In our meetings I can admit it."),
    ("ve2", "Ik kan hier een lastig onderwerp op tafel leggen.", "I can raise a hard subject."),
    (
        "ve3",
        "Wie het oneens is met de groep, krijgt ruimte om dat rustig en helemaal uit te leggen.",
        "Whoever disagrees with the group gets room to explain it calmly and in full.",
    ),
    ("ve4", "Het kost mij moeite om hier hulp te vragen.", "I find it hard to ask for help."),
    ("ve5", "Mijn manier van werken wordt hier gezien.", "My way of working is seen here."),
    ("ve6", "Een andere mening wordt rustig besproken.", "Other opinions are discussed calmly."),
)


def figure(name: str, title: Text, chart: f.Chart, themes: tuple[str, ...] = ()) -> b.Figure:
    return b.Figure(
        id=name,
        title=title,
        caption=w(
            "De stip is het gemiddelde. De strook laat zien hoe zeker het gemiddelde is.",
            "The dot is the mean. The strip shows how certain the mean is.",
        ),
        alt=w(f"Figuur {name} in woorden.", f"Figure {name} in words."),
        chart=chart,
        themes=themes,
    )


def strips() -> f.Strips:
    names = (
        ("Vertrouwen tussen partijen", "Trust between parties", cell(5.5), cell(5.0)),
        ("Veiligheid in de groep", "Safety in the group", cell(4.5, 0.6, 1.4), cell(5.0)),
        ("Verschil wordt gebruikt", "Difference is used", cell(3.4), None),
        ("Afhankelijkheid erkennen", "Owning dependence", cell(3.5, 0.2, 0.5), HIDDEN),
        ("Samenwerking als geheel", "Collaboration", cell(6.1, 0.3, 0.6), cell(5.6)),
        ("Begeleiding", "Facilitation", HIDDEN, HIDDEN),
        ("Tijd", "Time", Estimate.missing("no-answers"), None),
    )
    rows = tuple(
        f.StripRow(w(nl, en), now, before, theme=f"lc-x:{place}", link="items")
        for place, (nl, en, now, before) in enumerate(names)
    )
    return f.Strips(rows, AXIS)


def counts(*, small: bool = False) -> f.Counts:
    shares = ((0, 1, 2, 3, 4, 3, 1), (1, 2, 3, 2, 3, 2, 1), (0, 0, 0, 1, 4, 6, 3))
    rows = []
    for place, (code, nl, en) in enumerate(ITEMS):
        mean: Cell = HIDDEN if code == "ve5" else rounded(3.5 + place / 2)
        shown = None if small or code in {"ve5", "ve6"} else shares[place % 3]
        n = None if code == "ve5" else (9 if small else 14)
        rows.append(f.CountRow(w(nl, en), shown, mean, n, turned=code == "ve4"))
    return f.Counts(tuple(rows), POINTS, 1)


def contrasts() -> f.Contrasts:
    rows = (
        ("Belangen op tafel", "Interests on the table", 6.0, 4.7, 4.5, 1.3),
        ("Koers bevragen", "Questioning the course", 5.5, 4.2, 4.0, 1.3),
        ("Iets loslaten", "Letting something go", 5.0, 4.0, 3.5, 1.0),
        ("Niet vereenvoudigen", "Not simplifying", 5.0, 4.5, 4.0, 0.5),
    )
    made = [
        f.ContrastRow(
            w(nl, en),
            rounded(own),
            rounded(others),
            rounded(practice),
            cell(gap, 0.3, 0.8, 8),
            HIDDEN if gap == 0.5 else cell(own - practice, 0.4, 0.9, 8),
        )
        for nl, en, own, others, practice, gap in rows
    ]
    hidden = f.ContrastRow(w("Over ons praten", "Talking about us"), *[HIDDEN] * 5)
    return f.Contrasts((*made, hidden), AXIS, GAP_AXIS, gap_margin=0.5, lag_margin=0.7)


def waves() -> f.Waves:
    safety = (cell(4.2), cell(4.6), cell(5.3))
    panels = (
        ("Veiligheid in de groep", "Safety in the group", safety, cell(0.7, 0.2, 0.5)),
        ("Vertrouwen", "Trust", (cell(5.0), HIDDEN, cell(5.2)), HIDDEN),
        ("Mandaat en achterban", "Mandate", (None, cell(4.0), cell(3.8)), cell(-0.2)),
    )
    made = tuple(f.WavePanel(w(nl, en), cells, change) for nl, en, cells, change in panels)
    return f.Waves(made, tuple(w(f"keer {i}", f"time {i}") for i in (1, 2, 3)), AXIS)


def piles() -> f.Piles:
    counts = ((0, 1, 2, 3, 4, 3, 1), (5, 1, 0, 0, 1, 4, 3), None, (0, 0, 0, 0, 0, 0, 14))
    rows = (
        f.Pile(w(nl, en), shown, HIDDEN if shown is None else cell(4.6, n=14), theme="lc-x:0")
        for (_, nl, en), shown in zip(ITEMS, counts, strict=False)
    )
    return f.Piles(tuple(rows), POINTS, 1)


def plane() -> f.Plane:
    far = Estimate(0.9, n=14, method="ad")
    points = (
        ("Veiligheid in de groep", "Safety in the group", cell(5.1), far),
        ("Vertrouwen", "Trust", cell(5.2), replace(far, value=0.8)),
        ("Begeleiding", "Facilitation", HIDDEN, HIDDEN),
        ("Tijd", "Time", cell(2.0), replace(far, value=3.0)),
    )
    return f.Plane(
        points=tuple(f.PlanePoint(w(nl, en), x, y, f"lc-x:{nl}") for nl, en, x, y in points),
        across=AXIS,
        up=f.Axis(3, 0, w("ver uit elkaar", "far apart"), w("gelijk", "the same"), 12 / 7),
        across_name=w("Gemiddelde", "Mean"),
        up_name=w("Hoe ver uit elkaar", "How far apart"),
        subject=w("Thema", "Theme"),
    )


def path() -> f.Plane:
    points = tuple(
        f.PlanePoint(w(f"keer {at}", f"time {at}"), cell(3 + at / 2), cell(2 + at / 3))
        for at in (1, 2, 3)
    )
    axes = {"across": AXIS, "up": AXIS, "across_name": "x", "up_name": "y", "subject": "z"}
    return f.Plane(points=points, path=True, **axes)


def directed() -> f.Directed:
    names = ("Gemeente Oost", "Hogeschool Noord", "Installatie BV")
    rows = (
        (None, cell(4.4), HIDDEN),
        (cell(5.0), None, HIDDEN),
        (HIDDEN, HIDDEN, None),
    )
    return f.Directed(names, rows, AXIS)


def pairs() -> f.Pairs:
    rows = (
        f.PairRow("Gemeente Oost", "Hogeschool Noord", cell(4.4), cell(5.0), cell(-0.6)),
        f.PairRow("Gemeente Oost", "Installatie BV", cell(5.5), HIDDEN, HIDDEN),
        f.PairRow("Hogeschool Noord", "Installatie BV", HIDDEN, HIDDEN, HIDDEN),
    )
    return f.Pairs(rows, AXIS, f.Axis(-6, 6, "", "", 0))


def charts() -> dict[str, f.Chart]:
    return {
        "squares": f.Squares(9, 11),
        "responses": f.Responses(
            tuple(
                f.ResponseRow(w(f"groep {name}", f"group {name}"), answered, invited)
                for name, answered, invited in (("A", 9, 11), ("B", None, 8), ("C", 6, None))
            ),
            w("groep", "group"),
        ),
        "strips": strips(),
        "counts": counts(),
        "counts-small": counts(small=True),
        "contrasts": contrasts(),
        "waves": waves(),
        "piles": piles(),
        "plane": plane(),
        "path": path(),
        "directed": directed(),
        "pairs": pairs(),
    }


def pages() -> tuple[b.Page, ...]:
    talk = b.Callout(
        w("Zelf wilt u de belangen vaker op tafel.", "You want the interests on the table."),
        w("Wat houdt ons tegen om het te zeggen?", "What keeps us from saying it?"),
        w("Om over te praten · 1", "To talk about · 1"),
        link="brief-strips",
    )
    calm = b.Callout(
        w("Er springt niets uit.", "Nothing stands out."),
        w("Past dat bij uw ervaring?", "Does that fit your experience?"),
        kind="calm",
    )
    answered = w("Negen van de elf antwoordden", "Nine of eleven answered")
    who = figure("who", answered, f.Squares(9, 11))
    brief = figure(
        "brief-strips",
        w("Veel goede wil, weinig verschil besproken", "Much good will, little difference"),
        strips(),
        ("lc-safety:safety",),
    )
    parts = tuple(
        (
            wave,
            w(f"meetmoment {wave}", f"wave {wave}"),
            (figure(f"items-{wave}", w(f"Keer {wave}", f"Time {wave}"), counts(small=wave == 2)),),
        )
        for wave in (1, 2, 3)
    )
    topics = figure("topics", w("Wij willen meer dan we denken", "We want more"), contrasts())
    over = figure("over-waves", w("Veiligheid nam toe", "Safety grew"), waves())
    guide = (
        b.Panels(
            (
                (
                    b.Heading(w("Begin", "Start")),
                    b.Listing((w("Wat herkent u?", "What do you see?"),), ordered=True),
                ),
                (b.Lines(w("Afspraken", "Agreements")),),
            )
        ),
        b.Terms(((w("partij", "party"), w("Een organisatie.", "An organisation.")),)),
        b.Facts(
            w("Wie waren uitgenodigd", "Who were invited"),
            (w("Partij", "Party"), w("Mensen", "People")),
            (("Hogeschool", "3"), ("Gemeente", "2")),
        ),
    )
    ask = b.Prose(w("Wat houdt ons tegen?", "What stops us?"), "question")
    said = w("Zeggen we wat we denken?", "Do we say what we think?")
    lead = w("Waar gaan we het over hebben?", "What to talk about?")
    return (
        b.Page("before", w("Voor u begint", "Before"), lead, (b.Beside((who,), (calm,)),)),
        b.Page("brief", w("In het kort", "In brief"), lead, (b.Beside((brief,), (talk, calm)),)),
        b.Page("items", w("Per stelling", "Per statement"), lead, (b.PerWave(parts),)),
        b.Page("say", said, lead, (topics, ask), badge=w("experimenteel", "experimental")),
        b.Page("change", w("Ontwikkeling", "Development"), lead, (over,)),
        b.Page("guide", w("Gespreksleidraad", "Guide"), lead, guide),
    )
