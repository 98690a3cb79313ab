"""Each candidature as the page lists it, and its whole explanation in numbered lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

from ami_scoring.domain.candidature import ApplicantKind, Candidature
from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.facts import Missing
from ami_scoring.domain.scores import ScoreCard
from ami_scoring.domain.standings import Firmness, SetAside, Standing, Status
from ami_scoring.exact import Fraction, plain
from ami_scoring.reports.page.figures import Figures
from ami_scoring.reports.page.frozen import frozen
from ami_scoring.reports.page.publishing import Publish
from ami_scoring.reports.page.texts import Interned, bounded, name, sentence
from ami_scoring.scoring.marks import facts_used, wave_of
from ami_scoring.scoring.words import standing_reasons

ZONE: Final = "zonage"
STATUSES: Final = list(Status)
FIRMNESS: Final = list(Firmness)


class Told(Protocol):
    """A line of an explanation."""

    @property
    def text(self) -> str:
        """What it says; nothing where it only parts others."""

    @property
    def indent(self) -> int:
        """How far in it stands."""

    @property
    def bold(self) -> bool:
        """Whether it heads what follows."""

    @property
    def dim(self) -> bool:
        """Whether it is said in passing."""


Teller = Callable[[Standing | SetAside], Sequence[Told]]
"""Tells the whole story of one candidature."""


class Rows:
    """All candidatures, as lists of short keys that the script knows (see `types.js`)."""

    def __init__(self, evaluation: Evaluation, tell: Teller, publish: Publish | None) -> None:
        """Project what the page may hold, and nothing else."""
        self._criteria, self._publish, self._tell = evaluation.criteria, publish, tell
        self.texts = Interned()
        self.has_zone = publish is None and ZONE in facts_used(evaluation.criteria)
        self.figures = Figures(evaluation) if publish is None and not frozen(evaluation.criteria) else None
        figures = self.figures.rows if self.figures else [{}] * len(evaluation.standings)
        pairs = zip(evaluation.standings, figures, strict=True)
        self.ranked = [self._ranked(standing, more) for standing, more in pairs]
        self.aside = [] if publish else [self._aside(one) for one in evaluation.set_aside if one.reference]

    def _ranked(self, standing: Standing, figures: dict[str, Any]) -> dict[str, Any]:
        entry, publish = standing.entry, self._publish
        row = {
            **self._who(entry.reference, entry.candidature, standing.scored.wave),
            "s": STATUSES.index(standing.status),
            "k": standing.rank,
            "e": int(standing.tied),
            **figures,
        }
        if standing.firmness is not Firmness.IMPOSSIBLE:
            row["i"] = FIRMNESS.index(standing.firmness)
        if standing.granted is not None and (publish is None or publish.has_totals):
            row["g"] = plain(standing.granted)
        if publish is None or publish.has_totals:
            row["T"] = _open(standing.card.total, standing.card.low, standing.card.high)
        if publish is None or publish.has_marks:
            row["o"] = _roots(standing.card, self._criteria)
        if publish is None:
            row["b"], row["h"] = standing.rank_best, standing.rank_worst
            row["x"] = self._lines(standing)
            row["y"] = [self.texts.number(sentence(each)) for each in standing_reasons(standing, self._criteria)]
            zone = standing.card.values.get(ZONE)
            row["z"] = "" if zone is None or isinstance(zone, Missing) else name(str(zone))
        return row

    def _aside(self, one: SetAside) -> dict[str, Any]:
        candidature = one.entry.candidature if one.entry else None
        wave = one.wave or (wave_of(candidature.submitted_at, self._criteria) if candidature else None)
        return {
            **self._who(one.reference or "", candidature, wave),
            "s": STATUSES.index(one.status),
            "x": self._lines(one),
        }

    def _who(self, reference: str, candidature: Candidature | None, wave: Wave | None) -> dict[str, Any]:
        shown = {"r": name(reference), "w": self._criteria.waves.index(wave) if wave else -1}
        if candidature is None:
            return {**shown, "n": "", "c": "", "d": ""}
        applicant, place = candidature.applicant, candidature.place
        # A body that is neither a commune nor an EPCI may be called by the name of a person.
        is_public_body = applicant.kind in {ApplicantKind.COMMUNE, ApplicantKind.EPCI}
        called = name(applicant.name) if self._publish is None or is_public_body else ""
        return {**shown, "n": called, "c": name(place.main_commune.called), "d": candidature.department}

    def _lines(self, one: Standing | SetAside) -> list[int]:
        """Give a number of text and a number of form for each line; a line without text parts those around it."""
        told: list[int] = []
        for line in self._tell(one):
            told += self.texts.number(bounded(line.text)), line.indent * 4 + (1 if line.bold else 2 if line.dim else 0)
        return told


def _roots(card: ScoreCard, criteria: Criteria) -> list[Any]:
    marks = (card.marks[root.id] for root in criteria.criteria)
    return [_open(mark.points, mark.low, mark.high) for mark in marks]


def _open(points: Fraction | None, low: Fraction, high: Fraction) -> str | list[str | None]:
    if points is not None and low == high:
        return plain(points)
    return [None if points is None else plain(points), plain(low), plain(high)]
