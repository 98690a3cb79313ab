"""A comparison of two policies for people: on a terminal, or in Markdown for a merge request."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from textwrap import wrap

from ami_scoring.domain.standings import Status
from ami_scoring.exact import Fraction
from ami_scoring.messages import NO_BREAK, Message, printable, rounded, spell, typeset
from ami_scoring.scoring.changes import Cause, Comparison, Move, Place
from ami_scoring.scoring.words import rank_word

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~@&])")
_OTHERS = "Changent de rang, de total, de statut ou de montant accordé"
_RESERVE = Status.RESERVE
_NARROWEST = 40
_GROUPS: dict[str, Callable[[Move], bool]] = {
    "Entrent": lambda move: move.enters,
    "Sortent": lambda move: move.leaves,
    "Entrent dans la réserve": lambda move: move.before.status is not _RESERVE and move.after.status is _RESERVE,
    "Sortent de la réserve": lambda move: move.before.status is _RESERVE and move.after.status is not _RESERVE,
}
"""What moves are told under, the first that holds: who loses a place for the reserve leaves, and is not told twice."""
_ORDER = (
    "Les changements sont appliqués un par un, dans l'ordre ci-dessus : "
    "un autre ordre répartirait autrement les effets."
)


def diff_text(comparison: Comparison, width: int | None = None) -> str:
    """Write what changed, then who enters, who leaves and who moves, each with the changes that cause it.

    Lines break at words where `width` says how wide the screen is; without, they are left whole.
    """
    lines = [f"De {printable(comparison.old)} à {printable(comparison.new)}", ""]
    if not comparison.steps:
        lines.append("Aucun changement de règle.")
    for step in comparison.steps:
        lines.append(printable(str(step.subject)))
        lines += [f"  {printable(str(said))}" for said in step.details]
    if comparison.compared:
        lines += ["", *_sections(comparison, _text_title, _text_move)]
    return "".join(f"{part}\n" for line in lines for part in _broken(line, width))


def _broken(line: str, width: int | None) -> list[str]:
    if width is None or len(line) <= width:
        return [line]
    indent = " " * (len(line) - len(line.lstrip(" ")))
    return wrap(
        typeset(line),
        max(width, _NARROWEST),
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def diff_markdown(comparison: Comparison) -> str:
    """Write the same in Markdown."""
    lines = [f"## De {_escaped(comparison.old)} à {_escaped(comparison.new)}", ""]
    if not comparison.steps:
        lines.append("Aucun changement de règle.")
    for step in comparison.steps:
        lines.append(f"- **{_escaped(str(step.subject))}**")
        lines += [f"  - {_escaped(str(said))}" for said in step.details]
    if comparison.compared:
        lines += ["", *_sections(comparison, _markdown_title, _markdown_move)]
    return "\n".join(lines) + "\n"


def _sections(
    comparison: Comparison, title: Callable[[str], list[str]], written: Callable[[Move, str], Iterator[str]]
) -> Iterator[str]:
    groups: dict[str, list[Move]] = {name: [] for name in (*_GROUPS, _OTHERS)}
    for move in comparison.moves:
        groups[next((name for name, test in _GROUPS.items() if test(move)), _OTHERS)].append(move)
    for name, moves in groups.items():
        if moves:
            yield from title(f"{name} ({len(moves)})")
            for move in moves:
                yield from written(move, comparison.unit)
            yield ""
    still = comparison.compared - len(comparison.moves)
    yield f"Candidatures comparées : {comparison.compared} ; sans changement : {still}."
    if comparison.moves:
        yield _ORDER


def _text_title(title: str) -> list[str]:
    return [title]


def _markdown_title(title: str) -> list[str]:
    return [f"### {title}", ""]


def _text_move(move: Move, unit: str) -> Iterator[str]:
    yield f"  {printable(move.reference)} {printable(move.name)} : {_change(move.before, move.after, unit)}"
    for cause in move.causes:
        yield f"    {_subjects(cause)} : {_change(cause.before, cause.after, unit)}"


def _markdown_move(move: Move, unit: str) -> Iterator[str]:
    yield f"- **{_escaped(move.reference)}** {_escaped(move.name)} : {_change(move.before, move.after, unit)}"
    for cause in move.causes:
        yield f"  - {_escaped(_subjects(cause))} : {_change(cause.before, cause.after, unit)}"


def _subjects(cause: Cause) -> str:
    return printable(" + ".join(str(subject) for subject in cause.subjects))


def _change(before: Place, after: Place, unit: str) -> str:
    """Tell only what differs between two places: `rang 3 → 7, total 71 → 64, retenue → réserve`."""
    told: list[str] = []
    if before.rank != after.rank:
        told.append(f"rang {_rank(before.rank)} → {_rank(after.rank)}")
    if before.total != after.total:
        told.append(f"total {_total(before.total)} → {_total(after.total)}")
    elif before.possible != after.possible:
        told.append(f"total possible {_possible(before)} → {_possible(after)}")
    if before.status is not after.status:
        told.append(f"{before.status} → {after.status}")
    if before.granted != after.granted:
        amounts = (_amount(place.granted, unit) for place in (before, after))
        told.append(f"montant accordé {' → '.join(amounts)}")
    return ", ".join(told)


def _possible(place: Place) -> str:
    if place.possible is None:
        return _total(place.total)
    return " à ".join(rounded(end, 2) for end in place.possible)


def _rank(rank: int | Fraction | None) -> str:
    return rank_word(rank, "aucun")


def _amount(granted: Fraction | None, unit: str) -> str:
    return "aucun" if granted is None else f"{spell(granted)}{NO_BREAK}{unit}".strip()


def _total(total: Fraction | None) -> str:
    return "aucun" if total is None else rounded(total, 2)


def _escaped(text: str | Message) -> str:
    return _MARKDOWN.sub(r"\\\1", printable(str(text))).replace("\\@", "@\u2060")
