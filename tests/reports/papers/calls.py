"""Calls for the tests of papers: the samples as evaluated, a whole call as decided, small calls for what is rare."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ami_scoring import Evaluation, evaluate
from ami_scoring.cli.papers_writing import run_of
from ami_scoring.domain.letterhead import Letterhead
from ami_scoring.evaluation.deciding import Fields, add
from ami_scoring.reports.papers import Run
from ami_scoring.sources.doors.letterhead import load_letterhead

ROOT = Path(__file__).parents[3]
VILLAGES = ROOT / "samples" / "appel-complet"
DAY = "2024-06-20"
MEETING: Fields = {"kind": "meeting", "date": DAY, "members": ["Mme Delrieu", "M. Escande"], "absent": ["M. Gineste"]}
VOTED: Sequence[Fields] = (
    MEETING,
    {"kind": "recusal", "date": DAY, "member": "M. Escande", "references": ["EV-03"], "reason": "Parent du gérant"},
    {"kind": "tie_broken", "date": DAY, "by": "vote", "order": ["EV-05", "EV-03"], "vote": {"in_favour": "2"}},
    {
        "kind": "departure",
        "date": DAY,
        "reference": "EV-07",
        "kept": "oui",
        "reason": "Seul village à plus de 20 km de tout commerce",
        "legal_basis": "Règlement de l'appel, article 6 (inventé)",
        "proposed_by": "Mme Delrieu",
    },
)
LISTED: Fields = {"kind": "final_list", "date": DAY}
GONE: Fields = {"kind": "withdrawal", "date": "2024-07-08", "reference": "EV-02", "received_on": "2024-07-05"}


@cache
def letterhead() -> Letterhead:
    """Give the parameters of the samples."""
    return load_letterhead(ROOT / "samples" / "courriers.yaml").letterhead


@cache
def ami() -> Run:
    """Give the samples of the call, evaluated, nothing being decided."""
    return run_of(evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml"), letterhead())


@cache
def villages(decisions: tuple[str, ...] = ("voted", "listed", "gone")) -> Run:
    """Give the call of the villages with some decisions, recorded one after the other as `ami decide` does."""
    files = [path for path in sorted((VILLAGES / "candidatures").iterdir()) if path.name != "ev-06.yaml"]
    completed = [*files, VILLAGES / "complements" / "ev-06.yaml"]
    evaluation = evaluate(completed, VILLAGES / "criteria.yaml", assessments=[VILLAGES / "avis"])
    chosen = {"voted": VOTED, "listed": [LISTED], "gone": [GONE], "meeting": [MEETING]}
    return run_of(decided(evaluation, [each for name in decisions for each in chosen[name]]), letterhead())


def decided(evaluation: Evaluation, decisions: Sequence[Fields]) -> Evaluation:
    """Record decisions beside an evaluation."""
    text, found = "", evaluation
    for fields in decisions:
        made = add(text, "decisions.yaml", fields, evaluation)
        text, found = made.text, made.evaluation
    return found


def called(folder: Path, criteria: str, *candidatures: str) -> Run:
    """Evaluate a small call written in a test: its rules, then each candidature."""
    (folder / "criteria.yaml").write_text(criteria, encoding="utf-8")
    (folder / "dossiers").mkdir()
    for number, text in enumerate(candidatures, start=1):
        (folder / "dossiers" / f"{number}.yaml").write_text(text, encoding="utf-8")
    return run_of(evaluate([folder / "dossiers"], folder / "criteria.yaml"), letterhead())
