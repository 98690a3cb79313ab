"""A candidature to copy in YAML: every key, its title and how to answer, in comments."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from textwrap import wrap
from typing import Final

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.declared import PREFIX
from ami_scoring.messages import NO_BREAK, printable, typeset
from ami_scoring.reports.form.cells import YES_NO, choices_of
from ami_scoring.reports.form.questions import Block, Question, Section, sections

COLUMN: Final = 32
"""Where comments begin."""
WIDTH: Final = 86
"""Characters of a line of comment: beyond, it goes on below."""
_OF_A_LIST: Final = frozenset({"À choisir dans la liste.", "Oui ou non."})
"""What helps in a spreadsheet only: here the choices themselves are written."""


def form_yaml(criteria: Criteria) -> str:
    """Make a commented candidature, blank. What is left blank is missing; lists are comments until they are filled."""
    call = criteria.call
    lines = [
        f"# Candidature : {_said(call.title)}, édition {_said(call.edition)}",
        "#",
        "# Répondez après les deux-points, en laissant une espace ; gardez les espaces au début des lignes.",
        "# Ce qui suit un « # » est une explication : rien n'en est lu.",
        "# Ce qui reste vide n'est pas renseigné : ce n'est ni zéro, ni non.",
        "# (obligatoire) : sans cette réponse, le dossier n'est pas noté.",
        "# Dans une liste, chaque élément commence par un tiret. Ôtez le « # » qui est devant ses lignes, s'il y est,",
        "# et recopiez-les autant de fois qu'il le faut. S'il n'y a aucun élément, écrivez [] après les deux-points.",
        "",
    ]
    for section in sections(criteria):
        lines.extend(_section(section))
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(section: Section) -> Iterator[str]:
    for above, items in groupby(section.items, key=lambda item: item.key.rpartition(".")[0]):
        indent = "  " if above else ""
        if above:
            yield f"{above}:".ljust(COLUMN) + f"# {_said(section.title)}"
        for item in items:
            if isinstance(item, Question):
                yield from _question(item, indent)
            else:
                yield from _block(item, indent)


def _question(question: Question, indent: str, lead: str = "", mark: str = "") -> Iterator[str]:
    key = _key(
        question.key.removeprefix(PREFIX) if question.key.startswith(PREFIX) else question.key.rpartition(".")[2]
    )
    yield from _commented(f"{mark}{indent}{lead}{key}: {question.blank}", _comment(question))


def _commented(line: str, comment: str) -> Iterator[str]:
    """Write a comment beside a line, and below it what is too long for one."""
    # No line begins with a lone sign; no-break spaces would be of no use to whoever copies a part of it.
    lines = wrap(typeset(comment), WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    first, *rest = (each.replace(NO_BREAK, " ") for each in lines)
    yield f"{line.ljust(COLUMN)}# {first}"
    for more in rest:
        yield f"{' ' * COLUMN}# {more}"


def _comment(question: Question) -> str:
    title = _said(question.title) + (" (obligatoire)" if question.required else "")
    choices = () if question.is_open else choices_of(question)
    listed = ", ".join(_said(choice).lower() if choice in YES_NO else _said(choice) for choice in choices)
    help_ = "" if question.help in _OF_A_LIST else _said(question.help)
    told = ". ".join(filter(None, (listed, help_)))
    return f"{title} : {told}" if told else title


def _block(block: Block, indent: str) -> Iterator[str]:
    name = _key(block.key.removeprefix(PREFIX) if block.key.startswith(PREFIX) else block.key.rpartition(".")[2])
    help_ = _said(block.help).replace("Une ligne par", "Un tiret par")
    yield from _commented(f"{indent}{name}:", f"{_said(block.title)}. {help_}".rstrip())
    mark = "" if block.count is None else "#"
    if block.of_texts:
        yield f"{mark}{indent}  - "
        return
    for place, question in enumerate(block.columns):
        yield from _question(question, indent + "  ", "- " if place == 0 else "  ", mark)


def _key(key: str) -> str:
    return key if key.replace("_", "a").isalnum() else '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _said(text: str) -> str:
    return printable(" ".join(text.split()))
