"""Small released diagnoses, made by hand from the words of the real instruments."""

from __future__ import annotations

from dataclasses import dataclass, field

from lcdiag.base.estimate import Band, Cell, Estimate, Hidden
from lcdiag.base.levels import Level
from lcdiag.diagnosis.model import (
    Address,
    Diagnosis,
    Measure,
    PartyInvited,
    Provenance,
    Sample,
    Signal,
    Thresholds,
    Unit,
    WaveInfo,
    Words,
)
from lcdiag.diagnosis.words import collect_words
from lcdiag.instrument.compose import compose

COMMUNITY = "Warmte in de wijk"
STUDY = Unit(kind="study")
HERE = Unit(kind="community", community=COMMUNITY)
POOL = "lc-collusion:critical"
BLOCKS = (
    ("lc-collusion:collaboration", "lc-safety"),
    ("lc-trust", "lc-conflict"),
    ("lc-collusion:topics",),
    (
        *("lc-climate:common-goal", "lc-climate:interdependence", "lc-climate:differences"),
        *("lc-climate:reflection", "lc-collusion:avoidance"),
    ),
    ("lc-representative", "lc-context"),
)
PARTIES = (
    PartyInvited(party="Gemeente Oost", sector="overheid", invited=3),
    PartyInvited(party="Hogeschool Noord", sector="onderwijs", invited=2),
    PartyInvited(party="Installatie BV", sector="bedrijven", invited=2),
    PartyInvited(party="Bewoners Zuid", sector="bewoners", invited=2),
    PartyInvited(party="Netbeheer", sector="bedrijven", invited=2),
)


def words(blocks: tuple[tuple[str, ...], ...] = BLOCKS) -> Words:
    return collect_words(compose(blocks, ("nl", "en")), ("nl", "en"))


def estimate(value: float, half: float, n: int, step: float = 0.1) -> Estimate:
    """A cell as disclosure gives it: strips of 50, 90 and 95 %, rounded outward."""

    def out(x: float, sign: int) -> float:
        return round(round(x / step + sign * 0.499) * step, 2)

    shares = ((0.5, 0.35), (0.9, 0.83), (0.95, 1.0))
    bands = tuple(Band(c, out(value - s * half, -1), out(value + s * half, 1)) for c, s in shares)
    return Estimate(
        value=round(round(value / step) * step, 2),
        low=bands[2].low,
        high=bands[2].high,
        confidence=0.95,
        bands=bands,
        n=n,
        method="t",
    )


@dataclass
class Builder:
    """Collects cells; `means` and `gaps` override what stands there by default."""

    answered: int = 9
    invited: int | None = 11
    waves: tuple[int, ...] = (1, 2)
    means: dict[tuple[str, int], float] = field(default_factory=dict)
    gaps: dict[tuple[str, int], tuple[float, float]] = field(default_factory=dict)
    changes: dict[str, float] = field(default_factory=dict)
    signal_waves: tuple[int, ...] = ()
    party: str = ""
    hidden: bool = False
    power: float | None = None
    parties: tuple[PartyInvited, ...] = PARTIES
    blocks: tuple[tuple[str, ...], ...] = BLOCKS
    measures: list[Measure] = field(default_factory=list)

    @property
    def exact(self) -> bool:
        return self.answered >= 10

    def put(
        self, statistic: str, subject: str, cell: Cell, wave: int, unit: Unit = HERE
    ) -> Address:
        level = Level.GROUP
        at = Address(statistic=statistic, subject=subject, level=level, unit=unit, wave=wave)
        kept = Hidden() if self.hidden and unit.kind != "study" else cell
        self.measures.append(Measure(at=at, cell=kept))
        return at

    def build(self) -> Diagnosis:
        self.measures = []
        text = words(self.blocks)
        signals = []
        for wave in self.waves:
            self._items(text, wave)
            self._scales(text, wave)
            because = self._topics(text, wave)
            if wave in self.signal_waves:
                signals.append(
                    Signal(
                        indicator="lc-collusion:abilene",
                        level=Level.GROUP,
                        unit=HERE,
                        wave=wave,
                        strength=0.4,
                        because=because,
                        status="experimental",
                    )
                )
        self._study(text)
        return Diagnosis(
            title="Energietransitie Noord",
            languages=("nl", "en"),
            communities=(COMMUNITY,),
            waves=tuple(WaveInfo(number=w, date=f"2026-0{w + 2}-14") for w in self.waves),
            thresholds=Thresholds(minimum=5, exact=10, paired=6),
            words=text,
            sample=tuple(self._sample(wave) for wave in self.waves),
            measures=tuple(self.measures),
            signals=tuple(signals),
            provenance=Provenance(
                lcdiag="0.1.0", study="0123456789abcdef", responses="fedcba98", made="2026-05-01"
            ),
        )

    def _sample(self, wave: int) -> Sample:
        return Sample(
            community=COMMUNITY,
            wave=wave,
            invited=self.invited,
            answered=None if self.hidden else self.answered,
            parties=self.parties if wave == max(self.waves) else self.parties[:-1],
        )

    def _items(self, text: Words, wave: int) -> None:
        for place, item in enumerate(text.items):
            value = self.means.get((item.id, wave), 3.0 + (place * 7 % 25) / 10 + wave * 0.1)
            step = 0.1 if self.exact else 0.5
            self.put("mean", item.id, estimate(value, 0.7, self.answered, step), wave)
            for code in range(item.low, item.high + 1):
                cell: Cell = Hidden()
                if self.exact:
                    share = max(0.0, 1.0 - abs(code - value) / 3)
                    weight = [max(0.0, 1.0 - abs(c - value) / 3) for c in range(1, 8)]
                    count = int(self.answered * share / sum(weight))
                    cell = Estimate(value=float(count), n=self.answered, method="count")
                self.put(f"count.{code}", item.id, cell, wave)

    def _scales(self, text: Words, wave: int) -> None:
        for place, scale in enumerate(text.scales):
            if scale.per_item:
                continue
            value = self.means.get((scale.id, wave), 3.6 + (place * 5 % 17) / 10)
            self.put("mean", scale.id, estimate(value, 0.75, self.answered), wave)
            for party in self.parties:
                unit = Unit(kind="party", community=COMMUNITY, name=party.party)
                seen: Cell = Hidden()
                if party.party == self.party:
                    seen = estimate(value + 0.3, 0.9, 8)
                self.put("mean", scale.id, seen, wave, unit)
            if wave != self.waves[0]:
                change = self.changes.get(scale.id, 0.2)
                self.put("change", scale.id, estimate(change, 0.5, self.answered), wave)

    def _topics(self, text: Words, wave: int) -> tuple[Address, ...]:
        for topic in text.topics:
            usual = (0.3, 0.4)
            gap, lag = self.gaps.get((topic.id, wave), self.gaps.get((topic.kind, wave), usual))
            self._three(topic.id, gap, lag, wave, 0.8)
        gap, lag = self.gaps.get(("critical", wave), (0.3, 0.4))
        return self._three(POOL, gap, lag, wave, 0.5)

    def _three(
        self, subject: str, gap: float, lag: float, wave: int, half: float
    ) -> tuple[Address, ...]:
        own, n = 5.6, self.answered
        self.put("others", subject, estimate(own - gap, half, n), wave)
        self.put("practice", subject, estimate(own - lag, half, n), wave)
        return (
            self.put("own", subject, estimate(own, half, n), wave),
            self.put("perception_gap", subject, estimate(gap, half, n), wave),
            self.put("abilene_gap", subject, estimate(lag, half, n), wave),
        )

    def _study(self, text: Words) -> None:
        for wave in self.waves:
            for gap in ("perception", "abilene"):
                cell = Estimate(value=0.6, n=200, method="control-topics")
                self.put(f"margin.{gap}", POOL, cell, wave, STUDY)
            if self.power is not None:
                cell = Estimate(value=self.power, n=self.answered, method="simulated")
                self.put("power", POOL, cell, wave)
        alpha = Estimate(value=0.81, low=0.76, high=0.85, confidence=0.95, n=300, method="feldt")
        if text.scales:
            self.put("cronbach_alpha", text.scales[0].id, alpha, 0, STUDY)


def small() -> Diagnosis:
    """The typical small community: 11 people, 5 parties, 9 answers, two waves."""
    return Builder(means={("lc-safety:voice", 2): 2.8}).build()


def large() -> Diagnosis:
    """24 answers, full counts, one party of 8 shown."""
    parties = (PARTIES[0].model_copy(update={"invited": 8}), *PARTIES[1:])
    return Builder(answered=24, invited=27, party="Gemeente Oost", parties=parties).build()


def nothing_shown() -> Diagnosis:
    """Every cell hidden."""
    return Builder(answered=4, hidden=True).build()


def one_wave() -> Diagnosis:
    """The first wave only; the roster does not say how many were invited."""
    return Builder(waves=(1,), invited=None).build()


def with_signal() -> Diagnosis:
    """People want what they think the others do not want, and do something else."""
    return Builder(
        gaps={("critical", 2): (1.7, 2.0)}, signal_waves=(2,), power=0.88, invited=9
    ).build()


def with_lag() -> Diagnosis:
    """People want more than they do and know it of each other."""
    return Builder(gaps={("critical", 2): (0.2, 1.9)}).build()


SAMPLES = {
    "small": small,
    "large": large,
    "nothing-shown": nothing_shown,
    "one-wave": one_wave,
    "signal": with_signal,
    "lag": with_lag,
}
