"""Making papers from a run and writing them, each whole or not at all."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.cli.saving import reason_of, save_all
from ami_scoring.domain.evaluated import Evaluation, Provenance
from ami_scoring.domain.letterhead import Letterhead
from ami_scoring.domain.standings import Standing
from ami_scoring.evaluation.decisions import require_agreement
from ami_scoring.evaluation.places import FactPlaces
from ami_scoring.findings import AmiScoringError
from ami_scoring.messages import printable
from ami_scoring.reports import papers
from ami_scoring.reports.explanation import Found, Known, Line, distance_lines, fact_lines, find, working_lines
from ami_scoring.reports.papers import Candidate, Paper, Run
from ami_scoring.sources.doors.letterhead import load_letterhead

_INSTALL = "python -m pip install 'ami-scoring[papers]'"
_NEEDS = {"docx": "python-docx", "pdf": "typst"}
Render = Callable[[Paper], bytes]


class MissingLibraryError(AmiScoringError):
    """Raised when a format is asked for whose library is not installed."""


class Wanted(NamedTuple):
    """What was asked for."""

    output: Path
    letterhead: Path
    templates: Path | None
    formats: Sequence[str]
    parts: Sequence[str]
    notices: Sequence[str]
    force: bool = False
    """Whether to replace papers that exist already."""


class Asked(NamedTuple):
    """What a run is made of, in the order that it takes it."""

    paths: Sequence[Path]
    criteria: Path
    wave: str | None
    assessments: Sequence[Path]
    mapping: Path | None
    decisions: Path | None
    awarded: Sequence[Path] = ()


def write_rules(wanted: Wanted, criteria: Path) -> int:
    """Write the published rules, which need no candidature."""
    from ami_scoring.evaluation.policy import read_policy

    letterhead, renders = _prepared(wanted)
    policy = read_policy(criteria)
    paper = papers.rules(policy.criteria, letterhead, policy.origin, policy.zoning_origins)
    _write([paper], wanted, renders, Provenance("", policy.origin, policy.zoning_origins, ()))
    sys.stderr.write(f"Écrit : {printable(str(wanted.output / paper.file))} ({', '.join(wanted.formats)})\n")
    return ExitCode.DONE


def write_papers(wanted: Wanted, asked: Asked) -> int:
    """Evaluate, then write every paper that was asked for."""
    from ami_scoring.cli.running import evaluate_with_progress
    from ami_scoring.cli.telling import tell_unseen

    letterhead, renders = _prepared(wanted)
    evaluation = evaluate_with_progress(*asked, quiet=False)
    require_agreement(evaluation)
    run = run_of(evaluation, letterhead)
    notices = [_notice(run, reference) for reference in wanted.notices]
    made = [*_made(run, wanted.parts), *notices]
    _write(made, wanted, renders, evaluation.provenance)
    _tell(made, wanted, evaluation)
    tell_unseen(evaluation)
    return ExitCode.INPUT_ERRORS if evaluation.has_input_errors else ExitCode.DONE


def run_of(evaluation: Evaluation, letterhead: Letterhead) -> Run:
    """Join a result with what tells it; each story is told once."""
    places, near, known = FactPlaces(evaluation.criteria), dict[int, list[Line]](), Known(evaluation)

    def told(tell: Callable[..., list[Line]]) -> Callable[[Candidate], list[Line]]:
        def of(one: Candidate) -> list[Line]:
            found = Found(one, None) if isinstance(one, Standing) else Found(None, one)
            return tell(evaluation, found, places.of(found.origin, found.values))

        return of

    def distance(one: Standing) -> list[Line]:
        if id(one) not in near:
            near[id(one)] = distance_lines(evaluation, one, known.others)
        return near[id(one)]

    return Run(evaluation, letterhead, told(partial(working_lines, known=known)), told(fact_lines), distance)


def _made(run: Run, parts: Sequence[str]) -> Iterator[Paper]:
    found = run.evaluation
    makers: dict[str, Callable[[], Sequence[Paper]]] = {
        "lettres": lambda: list(papers.letters(run)),
        "proces-verbal": lambda: [papers.minutes(run)],
        "rapport": lambda: [papers.procedure(run)],
        "regles": lambda: [
            papers.rules(found.criteria, run.letterhead, found.provenance.criteria, found.provenance.zonings)
        ],
        "fiches": lambda: [papers.sheets(run)],
    }
    for part in dict.fromkeys(parts):
        yield from makers[part]()


def _notice(run: Run, reference: str) -> Paper:
    found = find(run.evaluation, reference)
    one = found.standing or found.aside
    entry = None if one is None else one.entry
    if one is None or entry is None:
        message = f"« {printable(reference)} » n'a pas pu être lue : elle n'a pas de notice."
        raise AmiScoringError(message)
    return papers.notice(run, one, entry)


def _prepared(wanted: Wanted) -> tuple[Letterhead, dict[str, Render]]:
    """Read the parameters and the templates, and load what each format needs, before anything is computed."""
    letterhead = load_letterhead(wanted.letterhead).letterhead
    renders: dict[str, Render] = {}
    for kind in wanted.formats:
        try:
            renders[kind] = _renderer(kind, letterhead, wanted.templates)
        except ImportError as error:
            message = (
                f"le format {kind} demande {_NEEDS[kind]}, qui n'est pas installé : {_INSTALL}. "
                "« --format txt » écrit les mêmes textes sans rien de plus."
            )
            raise MissingLibraryError(message) from error
    return letterhead, renders


def _renderer(kind: str, letterhead: Letterhead, templates: Path | None) -> Render:
    if kind == "docx":
        from ami_scoring.reports.papers.word import Word

        return Word(letterhead, _read_templates(templates), str(templates or "")).render
    if kind == "pdf":
        from ami_scoring.reports.papers.pdf import Pdf

        return Pdf(letterhead).render
    return lambda paper: papers.as_text(paper, letterhead).encode()


def _read_templates(folder: Path | None) -> dict[str, bytes]:
    if folder is None:
        return {}
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".docx" and path.name[0] not in "~.")
        read = {path.name: _beginning(path) for path in found}
    except OSError as error:
        message = f"les modèles de « {printable(str(folder))} » ne peuvent pas être lus : {reason_of(error)}."
        raise AmiScoringError(message) from error
    if not read:
        message = f"« {printable(str(folder))} » ne contient aucun modèle .docx (lettre.docx, acte.docx…)."
        raise AmiScoringError(message)
    return read


def _beginning(path: Path) -> bytes:
    """Read a template, or as much of it as tells that it is too big."""
    from ami_scoring.reports.papers.word import MOST_BYTES

    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _write(made: Sequence[Paper], wanted: Wanted, renders: dict[str, Render], provenance: Provenance) -> None:
    from ami_scoring.cli.writing import refuse_inputs

    targets = [wanted.output / f"{paper.file}.{kind}" for paper in made for kind in renders]
    refuse_inputs([*targets, wanted.output], provenance)
    _refuse_existing(targets, wanted)
    written = ((f"{paper.file}.{kind}", render(paper)) for paper in made for kind, render in renders.items())
    save_all(wanted.output, written)


def _refuse_existing(targets: Sequence[Path], wanted: Wanted) -> None:
    """Refuse to write over papers: whoever corrected a letter by hand would lose it. Raises `OverwriteError`."""
    existing = [] if wanted.force else [path for path in targets if os.path.lexists(path)]
    if existing:
        from ami_scoring.cli.guarding import OverwriteError

        others = len(existing) - 1
        more = f", et {others} autre{'s'[: others > 1]} papier{'s'[: others > 1]}" if others else ""
        message = (
            f"« {printable(str(existing[0]))} » existe déjà{more} : rien n'est écrit. Choisissez un autre dossier, ou "
            "ajoutez --force (ce que quelqu'un y a changé serait perdu)."
        )
        raise OverwriteError(message)


def _tell(made: Sequence[Paper], wanted: Wanted, evaluation: Evaluation) -> None:
    """Say on stderr what was written, what remains from another time, and who gets no letter."""
    letters = Counter(paper.kind.removeprefix("lettre-") for paper in made if paper.kind.startswith("lettre-"))
    others = [paper.file for paper in made if not paper.kind.startswith("lettre-")]
    if letters:
        kinds = ", ".join(f"{kind} {count}" for kind, count in letters.items())
        count = f"{letters.total()} courrier{'s' if letters.total() > 1 else ''}"
        sys.stderr.write(f"Écrit : {wanted.output / 'lettres'} : {count} ({kinds})\n")
    for file in others:
        sys.stderr.write(f"Écrit : {wanted.output / file} ({', '.join(wanted.formats)})\n")
    drafts = sum(paper.is_draft for paper in made)
    if drafts:
        count = f"{drafts} documents portent" if drafts > 1 else "1 document porte"
        sys.stderr.write(f"{count} « PROJET » : la liste définitive n'est pas enregistrée (--decisions).\n")
    if letters:
        _tell_strangers(made, wanted)
        for one in papers.unread(evaluation):
            sys.stderr.write(f"Sans courrier : {printable(one.origin.path)}, que l'on n'a pas pu lire.\n")


def _tell_strangers(made: Sequence[Paper], wanted: Wanted) -> None:
    """Name the letters that this run did not write: one of another time would go out with the others."""
    written = {f"{paper.file}.{kind}" for paper in made for kind in wanted.formats}
    found = sorted((wanted.output / "lettres").glob("*.*"))
    others = [path.name for path in found if f"lettres/{path.name}" not in written and path.name[0] != "."]
    if others:
        shown = ", ".join(map(printable, others[:5])) + (f" et {len(others) - 5} autres" if len(others) > 5 else "")
        sys.stderr.write(f"Attention : dans « lettres », ces fichiers viennent d'ailleurs ou d'avant : {shown}.\n")
