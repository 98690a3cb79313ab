"""How far the jury is, for its secretary: what is owed and by whom, gaps, severity. It names assessors: not for all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Final

from ami_scoring.domain.criteria import Criteria
from ami_scoring.exact import Fraction, plain
from ami_scoring.messages import half_up, spell, typeset
from ami_scoring.scoring.jury import Progress, Spread, Voice

SCHEMA: Final = 1
MOST_TOLD: Final = 10
"""Gaps, and references owed by one assessor, told one by one on the screen; the JSON has them all."""


def status_text(criteria: Criteria, progress: Progress, *, assigned: bool, width: int) -> str:
    """Write it for the screen."""
    lines = [
        f"Jury de l'appel « {criteria.call.title} »",
        f"{progress.heard} avis rendu{'s'[: progress.heard > 1]} sur {progress.required} requis.",
        "",
        *_table(progress.voices, width),
        "",
        *_owed(progress, width, assigned=assigned),
        *_gaps(progress.spreads),
        *wrap(
            "Sévérité : écart moyen à la moyenne des autres sur les mêmes dossiers, en part de l'échelle. Rien n'en "
            "est tiré : deux assesseurs n'ont pas lu les mêmes dossiers.",
            min(width, 110),
        ),
    ]
    return typeset("\n".join(lines)) + "\n"


def _table(voices: Sequence[Voice], width: int) -> Iterator[str]:
    longest = max(len(voice.assessor.name) for voice in voices)
    wide = min(max(longest, len("Assesseur")), 40, max(width - 65, 15))
    yield f"{'Assesseur':<{wide}}  Rendus  Dus  Récusations  Sévérité"
    for voice in voices:
        name = voice.assessor.name if len(voice.assessor.name) <= wide else voice.assessor.name[: wide - 1] + "…"
        yield f"{name:<{wide}}  {voice.given:>6}  {voice.owing:>3}  {len(voice.recused):>11}  {_severity(voice)}"


def _severity(voice: Voice) -> str:
    if voice.severity is None:
        return "—"
    share = int(half_up(abs(voice.severity) * 100, 0))
    where = "comme les autres" if not share else f"{share} % {'au-dessous' if voice.severity < 0 else 'au-dessus'}"
    return f"{where} ({voice.compared} avis comparés)"


def _owed(progress: Progress, width: int, *, assigned: bool) -> Iterator[str]:
    if not assigned:
        yield "Aucune attribution : nul ne sait qui doit quoi. « ami jury prepare » les tire au sort."
        yield ""
    owing = [voice for voice in progress.voices if voice.owed]
    for voice in owing:
        named = [each.reference for each in voice.owed[:MOST_TOLD]]
        more = len(voice.owed) - MOST_TOLD
        rest = f" et {more} autres" if more > 0 else ""
        said = f"{voice.assessor.name} doit {voice.owing} avis : {', '.join(named)}{rest}."
        yield from wrap(said, min(width, 110), subsequent_indent="  ", break_on_hyphens=False)
    unfilled = _beyond_owed(progress) if assigned else []
    for lack, awaited in unfilled[:MOST_TOLD]:
        reference, subject, given, required = lack
        told = f"{given} avis sur {required}" + (f", {awaited} encore dû" if awaited else "")
        yield f"{reference}, « {subject} » : {told} ; il manque quelqu'un, à réattribuer."
    if len(unfilled) > MOST_TOLD:
        yield f"… et {len(unfilled) - MOST_TOLD} autres à réattribuer."
    if owing or unfilled:
        yield ""


def _beyond_owed(progress: Progress) -> list[tuple[tuple[str, str, int, int], int]]:
    """Find what will lack still once all that is owed has come, with how many are owed."""
    owed: dict[tuple[str, str], int] = {}
    for voice in progress.voices:
        for each in voice.owed:
            for subject in each.subjects:
                owed[each.reference, subject] = owed.get((each.reference, subject), 0) + 1
    found = [(lack, owed.get(lack[:2], 0)) for lack in progress.lacking]
    return [(lack, awaited) for lack, awaited in found if lack[2] + awaited < lack[3]]


def _gaps(spreads: Sequence[Spread]) -> Iterator[str]:
    shown = [spread for spread in spreads if spread.to_discuss] or [spread for spread in spreads if spread.gap][:3]
    for spread in shown[:MOST_TOLD]:
        marks = " ; ".join(map(spell, spread.marks))
        said = "à discuter" if spread.to_discuss else "écart"
        yield f"{spread.reference}, « {spread.subject} » : {said}, {spell(spread.gap)} entre les avis ({marks})."
    if len(shown) > MOST_TOLD:
        yield f"… et {len(shown) - MOST_TOLD} autres écarts à discuter."
    if shown:
        yield ""


def status_json(criteria: Criteria, progress: Progress, *, assigned: bool) -> str:
    """Write it whole, for programs. Numbers that are not whole are exact fractions, as texts."""
    made = {
        "schema": SCHEMA,
        "call": criteria.call.title,
        "edition": criteria.call.edition,
        "required": progress.required,
        "given": progress.heard,
        "assigned": assigned,
        "assessors": [_voice(voice) for voice in progress.voices],
        "spreads": [
            {
                "reference": each.reference,
                "subject": each.subject,
                "marks": [_number(mark) for mark in each.marks],
                "gap": _number(each.gap),
                "to_discuss": each.to_discuss,
            }
            for each in progress.spreads
        ],
        "lacking": [
            dict(zip(("reference", "subject", "given", "required"), lack, strict=True)) for lack in progress.lacking
        ],
        "to_reassign": [{"reference": lack[0], "subject": lack[1]} for lack, _ in _beyond_owed(progress)],
    }
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _voice(voice: Voice) -> dict[str, object]:
    return {
        "id": voice.assessor.id,
        "name": voice.assessor.name,
        "given": voice.given,
        "owed": [{"reference": each.reference, "subjects": list(each.subjects)} for each in voice.owed],
        "recused": list(voice.recused),
        "compared": voice.compared,
        "severity": None if voice.severity is None else _number(voice.severity),
    }


def _number(number: Fraction) -> int | str:
    return number.numerator if number.denominator == 1 else plain(number)
