"""A candidature to copy in YAML: every key, its title and how to answer, in comments."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.declared import PREFIX
from ami_scoring.messages import printable
from ami_scoring.reports.form.cells import choices_of
from ami_scoring.reports.form.questions import Block, Question, Section, sections

COLUMN: Final = 32
"""Where comments begin."""


def form_yaml(criteria: Criteria) -> str:
    """Make a commented candidature, blank. What is left blank is missing; lists are comments until they are filled."""
    call = criteria.call
    lines = [
        f"# Candidature : {_said(call.title)}, édition {_said(call.edition)}",
        "#",
        "# Répondez après les deux-points. Ce qui reste vide n'est pas renseigné : ce n'est ni zéro, ni non.",
        "# (obligatoire) : sans cette réponse, le dossier n'est pas noté. Pour une liste, ôtez le « # » de ses lignes,",
        "# puis recopiez-les autant de fois qu'il le faut ; « [] » veut dire qu'il n'y en a aucun.",
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
                yield _question(item, indent)
            else:
                yield from _block(item, indent)


def _question(question: Question, indent: str, lead: str = "", mark: str = "") -> str:
    key = _key(
        question.key.removeprefix(PREFIX) if question.key.startswith(PREFIX) else question.key.rpartition(".")[2]
    )
    return f"{mark}{indent}{lead}{key}: {question.blank}".ljust(COLUMN) + f"# {_comment(question)}"


def _comment(question: Question) -> str:
    told = [_said(question.title) + (" (obligatoire)" if question.required else "")]
    choices = choices_of(question)
    if choices and not question.is_open:
        told.append(
            ", ".join(_said(choice).lower() if choice in {"Oui", "Non"} else _said(choice) for choice in choices)
        )
    elif question.help:
        told.append(_said(question.help))
    return " : ".join(told)


def _block(block: Block, indent: str) -> Iterator[str]:
    name = _key(block.key.removeprefix(PREFIX) if block.key.startswith(PREFIX) else block.key.rpartition(".")[2])
    yield f"{indent}{name}:".ljust(COLUMN) + f"# {_said(block.title)}. {_said(block.help)}".rstrip()
    mark = "" if block.count is None else "#"
    if block.of_texts:
        yield f"{mark}{indent}  - "
        return
    for place, question in enumerate(block.columns):
        yield _question(question, indent + "  ", "- " if place == 0 else "  ", mark)


def _key(key: str) -> str:
    return key if key.replace("_", "a").isalnum() else '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _said(text: str) -> str:
    return printable(" ".join(text.split()))
