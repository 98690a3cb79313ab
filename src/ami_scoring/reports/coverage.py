"""What the examples of criteria exercise, for people: what they leave out, then examples ready to paste."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from ami_scoring.domain.coverage import Addition, Covered, Untried
from ami_scoring.messages import printable

WIDEST: Final = 110
"""Columns beyond which an example takes several lines."""

_PLAIN: Final = re.compile(r"(?!(?:null|Null|NULL)$)-?\w(?:[\w .'’°€%/+-]*[\w.'’°€%)])?")


def coverage_text(covered: Iterable[Covered]) -> str:
    """Write, for each file, how much is exercised, what is not, and what to add, ready to paste."""
    return "".join(f"{line}\n" for each in covered for line in _lines(each))


def _lines(covered: Covered) -> Iterator[str]:
    count, total = covered.exercised, covered.branches
    yield ""
    if count is None:
        yield f"{printable(covered.path)} : {total} branches, trop pour chercher celles qu'aucun exemple n'exerce."
        return
    yield f"{printable(covered.path)} : branches exercées par un exemple : {count} sur {total}."
    wanted = [each for each in covered.untried if not each.out_of_reach]
    beyond = [each for each in covered.untried if each.out_of_reach]
    if wanted:
        yield from ("Sans exemple :", *map(_untried, wanted))
    if beyond:
        yield "Sans exemple, et aucun n'a été trouvé : peut-être que nulle candidature n'y mène."
        yield from map(_untried, beyond)
    if covered.additions:
        yield "Exemples à ajouter, avec ce que donne le barème ; vérifiez que c'est ce que vous avez voulu :"
    for addition in covered.additions:
        yield from ("", *_pasted(addition))


def _untried(untried: Untried) -> str:
    return f"  {printable(str(untried.where))} {printable(untried.what)}"


def _pasted(addition: Addition) -> Iterator[str]:
    margin = " " * addition.indent
    whom = "candidatures entières" if addition.owner is None else f"« {printable(addition.owner)} »"
    line = addition.where.line
    if addition.follows:
        yield f"{margin}# {whom} : à la suite de ses exemples (ligne {line})"
    elif addition.replaces:
        yield f"{margin}# {whom} : à la place de ses exemples (ligne {line})"
    else:
        yield f"{margin}# {whom} : à ajouter{'' if addition.owner is None else f' (ligne {line})'}"
    if addition.in_braces:
        yield f"{margin}examples: [{', '.join(_flow(example) for example in addition.examples)}]"
        return
    if not addition.follows:
        yield f"{margin}examples:"
        margin += "  "
    for example in addition.examples:
        yield from _item(example, margin)


def _item(example: Mapping[str, Any], margin: str) -> Iterator[str]:
    flow = f"{margin}- {_flow(example)}"
    if len(flow) <= WIDEST:
        yield flow
        return
    mark = "- "
    for key, value in example.items():
        if isinstance(value, dict) and value:
            yield f"{margin}{mark}{_flow(key)}:"
            yield from (f"{margin}    {_flow(name)}: {_flow(each)}" for name, each in value.items())
        else:
            yield f"{margin}{mark}{_flow(key)}: {_flow(value)}"
        mark = "  "


def _flow(value: Any) -> str:
    match value:
        case None:
            return "null"
        case dict():
            return f"{{{', '.join(f'{_flow(key)}: {_flow(each)}' for key, each in value.items())}}}"
        case list():
            return f"[{', '.join(map(_flow, value))}]"
        case _:
            text = str(value)
            return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
