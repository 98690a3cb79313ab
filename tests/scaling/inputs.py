"""Inputs that grow with n, one for each way in which a file, or a part of one, may be long. Each is harmless."""

# ruff: noqa: E501 - a case is a line of data

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Final

from tests.sources.attacks import open_sheet, rows, sheet_of

HEAD: Final = "reference: A-1\ndepose_le: 2022-09-30\nporteur: {nom: Commune}\nimplantation: {communes: [{code_insee: '09901'}]}\n"
SEP: Final = ",\n      "
"""Between the elements of a list: a line of its own for each, as people write them."""
JSON: Final = (
    '{"reference": "A-%d", "depose_le": "2022-09-30", "porteur": {"nom": "Commune"}, '
    '"implantation": {"communes": [{"code_insee": "09901"}]}%s}'
)
CSV: Final = "reference;depose_le;porteur.nom;implantation.communes.1.code_insee"


def _each(template: str, between: str = "\n") -> Callable[[int], str]:
    return lambda n: between.join(template.replace("%d", str(i)) for i in range(n))


def _yaml(more: Callable[[int], str]) -> Callable[[int], bytes]:
    return lambda n: (HEAD + more(n)).encode()


def _json(more: Callable[[int], str]) -> Callable[[int], bytes]:
    return lambda n: (JSON % (1, ", " + more(n))).encode()


def _lines(more: str, reference: str | None = None) -> Callable[[int], bytes]:
    return lambda n: "\n".join(
        (JSON % (i, more)).replace(f"A-{i}", reference or f"A-{i}").replace("%d", str(i)) for i in range(n)
    ).encode()


def _csv(columns: str, row: str) -> Callable[[int], bytes]:
    return lambda n: "\n".join(
        [CSV + columns, *(f"A-{i};2022-09-30;Commune;09901{row}".replace("%d", str(i)) for i in range(n))]
    ).encode()


def _columns(heading: str, cell: str) -> Callable[[int], bytes]:
    return lambda n: (
        CSV
        + "".join(f";{heading}".replace("%d", str(i)) for i in range(n))
        + "\nA-1;2022-09-30;Commune;09901"
        + f";{cell}" * n
    ).encode()


CANDIDATURES: Final[Mapping[str, tuple[str, Callable[[int], bytes]]]] = {
    "unknown keys": (".yaml", _yaml(_each("cle%d: 1"))),
    "unknown keys about people": (".yaml", _yaml(_each("contact%d: Camille"))),
    "unknown keys on one line": (".yaml", _yaml(lambda n: "locaux: {" + _each("contact%d: 1", ", ")(n) + "}")),
    "equal keys": (".yaml", _yaml(_each("pieces: [a]"))),
    "comments in values": (".yaml", _yaml(lambda n: "pieces:\n" + _each("  - a #%d")(n))),
    "communes": (
        ".yaml",
        lambda n: (
            HEAD.replace(
                "[{code_insee: '09901'}]",
                "[" + SEP.join(f"{{code_insee: '{i % 95 + 1:02d}{i % 900 + 1:03d}'}}" for i in range(n)) + "]",
            )
        ).encode(),
    ),
    "wrong communes": (
        ".yaml",
        lambda n: HEAD.replace("[{code_insee: '09901'}]", "[" + "{code_insee: x},\n  " * n + "]").encode(),
    ),
    "doctors": (".yaml", _yaml(lambda n: "medecins_interesses:\n" + _each("  - {nom: Docteur n%d, rpps: '%d'}")(n))),
    "documents": (
        ".yaml",
        lambda n: _each(HEAD.replace("A-1", "A-%d"), "---\n")(n).encode(),
    ),
    "empty documents": (".yaml", lambda n: b"---\n{}\n" * n),
    "blank documents": (".yaml", lambda n: b"---\n" * n),
    "mistyped choices": (
        ".yaml",
        _yaml(lambda n: "diagnostic:\n  partage_avec:\n" + _each("  - patiennts%d")(n).replace("  -", "    -")),
    ),
    "unknown keys of json": (".json", _json(_each('"cle%d": 1', SEP))),
    "equal keys of json": (".json", _json(_each('"pieces": []', SEP))),
    "odd numbers": (".json", _json(lambda n: '"pieces": [' + SEP.join(["1e400"] * n) + "]")),
    "an array": (".json", lambda n: ("[" + SEP.join(JSON % (i, "") for i in range(n)) + "]").encode()),
    "an array of empty objects": (".json", lambda n: ("[" + SEP.join(["{}"] * n) + "]").encode()),
    "lines": (".jsonl", _lines("")),
    "empty lines": (".jsonl", lambda n: b"{}\n" * n),
    "broken lines": (".jsonl", lambda n: b"{\n" * n),
    "lines with a wrong answer": (".jsonl", _lines(', "locaux": {"bureaux": "beaucoup%d", "etat": "existannts"}')),
    "lines of one reference": (".jsonl", _lines("", "A-1")),
    "lines of one doctor": (
        ".jsonl",
        _lines(', "medecins_interesses": [{"nom": "Camille Untel", "rpps": "10003456789"}]'),
    ),
    "rows": (".csv", _csv("", "")),
    "rows with a wrong answer": (".csv", _csv(";locaux.bureaux;locaux.etat", ";beaucoup%d;existannts")),
    "rows of other widths": (".csv", _csv("", ";%d;%d")),
    "columns": (".csv", _columns("colonne %d", "x")),
    "columns about communes": (".csv", _columns("implantation.communes.%d.nom", "x")),
    "columns of nearly known keys": (".csv", _columns("implantation.communess.%d.nom", "x")),
    "one column many times": (".csv", _columns("locaux.bureaux", "1")),
    "cells": (".xlsx", lambda n: sheet_of(rows(b'<row><c t="str"><v>x</v></c></row>', n))),
    "columns of a workbook": (
        ".xlsx",
        lambda n: sheet_of(rows(b"<row>" + b'<c t="str"><v>reference</v></c>' * n + b"</row>", 1)),
    ),
    "merged cells": (
        ".xlsx",
        lambda n: sheet_of(b"<worksheet><mergeCells>" + b'<mergeCell ref="A1:B2"/>' * n + b"</mergeCells></worksheet>"),
    ),
    "cells of LibreOffice": (
        ".ods",
        lambda n: open_sheet(
            b"<table:table-row>"
            + b'<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>' * n
            + b"</table:table-row>"
        ),
    ),
}

POLICY: Final = """\
language: 1
call: {title: Essai, edition: e, authority: A}
waves: [{id: v1, closes: 2024-06-30}]
total: 10
selection: {places: 1}
"""
CRITERION: Final = "{id: c, label: C, weight: 10, if_missing: zero, rule: {kind: %s}}"
FACT: Final = "facts: [{name: n, label: N, type: decimal, minimum: 0, maximum: 1000000}]\n"


def _policy(rule: Callable[[int], str], more: Callable[[int], str] = lambda _: FACT) -> Callable[[int], bytes]:
    return lambda n: (POLICY + more(n) + "criteria:\n  - " + CRITERION % rule(n)).encode()


PER_UNIT: Final = "per_unit, fact: complements.n, points: 1, at_most: 10"


def _bands(n: int) -> str:
    bands = SEP.join(f"{{from: {i}, below: {i + 1}, points: {i % 11}}}" for i in range(n))
    return f"bands, fact: complements.n, bands: [{bands}{SEP}{{from: {n}, points: 10}}]"


def _stated_bands(n: int) -> str:
    names = [f"{{fact: parametres.f{i}}}" for i in range(n + 1)]
    inner = "".join(f"{{from: {low}, below: {high}, points: 1}}, " for low, high in pairwise(names))
    ends = f"{{below: {names[0]}, points: 0}}, {inner}{{from: {names[-1]}, points: 2}}"
    return f"bands, fact: complements.n, bands: [{ends}]"


def _knots(n: int) -> str:
    return (
        f"linear, fact: complements.n, knots: [{SEP.join(f'{{at: {i}, points: {min(i, 10)}}}' for i in range(n + 2))}]"
    )


def _choices(n: int) -> str:
    return f"facts: [{{name: n, label: N, type: choice, choices: [{SEP.join(f'choix{i}' for i in range(n))}]}}]\n"


def _lookup(word: str) -> Callable[[int], str]:
    return lambda n: (
        f"lookup, fact: complements.n, points: {{{SEP.join(f'{word}{i}: {i % 10}' for i in range(n))}}}, otherwise: 0"
    )


def _selected(more: str) -> bytes:
    head = POLICY.replace("{places: 1}", f"{{places: 5, {more}}}")
    return (head + FACT + "criteria:\n  - " + CRITERION % PER_UNIT).encode()


POLICIES: Final[Mapping[str, Callable[[int], bytes]]] = {
    "bands": _policy(_bands),
    "knots": _policy(_knots),
    "items": _policy(
        lambda n: (
            "checklist, items: ["
            + SEP.join(f"{{label: L{i}, if: {{fact: complements.n, at_least: {i}}}, points: 0.001}}" for i in range(n))
            + "]"
        )
    ),
    "cases": _policy(
        lambda n: (
            "cases, rows: ["
            + SEP.join(f"{{if: {{fact: complements.n, at_least: {i}}}, points: {i % 10}}}" for i in range(n))
            + "], otherwise: 0"
        )
    ),
    "conditions": _policy(
        lambda n: (
            "checklist, items: [{label: L, points: 10, if: {all: ["
            + SEP.join(f"{{fact: complements.n, at_least: {i}}}" for i in range(n))
            + "]}}]"
        )
    ),
    "choices": _policy(_lookup("choix"), _choices),
    "mistyped choices": _policy(_lookup("chois"), _choices),
    "unknown keys": lambda n: (
        POLICY + FACT + _each("cle%d: 1\n", "")(n) + "criteria:\n  - " + CRITERION % PER_UNIT
    ).encode(),
    "unknown keys of a criterion": _policy(lambda n: PER_UNIT + ", " + SEP.join(f"cle{i}: 1" for i in range(n))),
    "facts": _policy(
        lambda _: PER_UNIT,
        lambda n: (
            "facts:\n"
            + _each("  - {name: f%d, label: F%d, type: decimal, minimum: 0}\n", "")(n)
            + "  - {name: n, label: N, type: decimal, minimum: 0}\n"
        ),
    ),
    "facts of one name": _policy(
        lambda _: PER_UNIT, lambda n: "facts:\n" + "  - {name: n, label: N, type: decimal, minimum: 0}\n" * n
    ),
    "computed": _policy(
        lambda _: PER_UNIT,
        lambda n: FACT + "computed:\n" + _each("  - {name: f%d, label: F%d, sum_of: [complements.n, 1]}\n", "")(n),
    ),
    "unknown facts": _policy(
        lambda _: PER_UNIT,
        lambda n: FACT + "computed:\n" + _each("  - {name: f%d, label: F%d, sum_of: [complements.m%d, 1]}\n", "")(n),
    ),
    "parameters": _policy(
        lambda _: PER_UNIT,
        lambda n: FACT + "parameters:\n" + _each("  - {name: f%d, label: F%d, values: [{value: 1}]}\n", "")(n),
    ),
    "limits that parameters state": _policy(
        _stated_bands,
        lambda n: (
            FACT
            + "parameters:\n"
            + "".join(f"  - {{name: f{i}, label: F{i}, values: [{{value: {i + 1}}}]}}\n" for i in range(n + 1))
        ),
    ),
    "a limit whose parameter has many values": lambda n: (
        _selected("minimum: {fact: parametres.p}")
        + b"\nparameters:\n  - {name: p, label: P, values: [{value: 1}"
        + "".join(f", {{from: {2000 + i // 300}-{1 + i // 25 % 12}-{1 + i % 25}, value: 1}}" for i in range(n)).encode()
        + b"]}\n"
    ),
    "gates": _policy(
        lambda _: PER_UNIT,
        lambda n: (
            FACT
            + "eligibility:\n"
            + _each("  - {id: f%d, label: F%d, require: {fact: complements.n, at_least: 1}}\n", "")(n)
        ),
    ),
    "waves": lambda n: (
        POLICY.replace(
            "waves: [{id: v1, closes: 2024-06-30}]",
            "waves: ["
            + SEP.join(
                f"{{id: v{i}, closes: {2000 + i // 300}-{i % 300 // 25 + 1:02d}-{i % 25 + 1:02d}}}" for i in range(n)
            )
            + "]",
        )
        + FACT
        + "criteria:\n  - "
        + CRITERION % PER_UNIT
    ).encode(),
    "criteria": lambda n: (
        POLICY.replace("total: 10", f"total: {10 * n}")
        + FACT
        + "criteria:\n"
        + "".join(f"  - {CRITERION % PER_UNIT}\n".replace("id: c", f"id: c{i}") for i in range(n))
    ).encode(),
    "wrong criteria": lambda n: (
        POLICY
        + FACT
        + "criteria:\n"
        + "".join(f"  - {CRITERION % 'unite'}\n".replace("id: c", f"id: c{i}") for i in range(n))
    ).encode(),
    "criteria of one name": lambda n: (
        POLICY.replace("total: 10", f"total: {10 * n}") + FACT + "criteria:\n" + f"  - {CRITERION % PER_UNIT}\n" * n
    ).encode(),
    "examples": lambda n: (
        POLICY
        + FACT
        + "criteria:\n  - "
        + (CRITERION % PER_UNIT)[:-1]
        + ", examples: ["
        + SEP.join(f"{{given: {{complements.n: {i}}}, points: {min(i, 10)}}}" for i in range(n))
        + "]}"
    ).encode(),
    "quotas": lambda n: _selected(
        "quotas: ["
        + SEP.join(f"{{label: Q{i}, at_most: 1, when: {{fact: complements.n, at_least: {i}}}}}" for i in range(n))
        + "]"
    ),
    "thresholds": lambda n: _selected("thresholds: [" + SEP.join(["{criterion: c, at_least: 1}"] * n) + "]"),
}

ZONING: Final[Mapping[str, Callable[[int], bytes]]] = {
    "communes": lambda n: (
        "code,type,zone,edition,source\n"
        + "".join(f"{i % 90 + 1:02d}{i % 999 + 1:03d},commune,ZIP,e,s\n" for i in range(n))
    ).encode(),
    "the same commune": lambda n: ("code,type,zone,edition,source\n" + "09901,commune,ZIP,e,s\n" * n).encode(),
    "mistyped zones": lambda n: ("code,type,zone,edition,source\n" + "09901,commune,ZIPP,e,s\n" * n).encode(),
    "columns": lambda n: (
        "code,type,zone,edition,source" + ",x" * n + "\n09901,commune,ZIP,e,s" + ",x" * n + "\n"
    ).encode(),
}

OPINIONS: Final[Mapping[str, Callable[[int], bytes]]] = {
    "assessors": lambda n: "---\n".join(
        f"reference: A-1\nassesseur: J{i}\navis: {{projet: {{note: 3, motif: m}}}}\n" for i in range(n)
    ).encode(),
    "one assessor": lambda n: ("reference: A-1\nassesseur: J\navis: {projet: {note: 3, motif: m}}\n---\n" * n).encode(),
    "unknown references": lambda n: "---\n".join(
        f"reference: B-{i}\nassesseur: J\navis: {{projet: {{note: 9, motif: m}}}}\n" for i in range(n)
    ).encode(),
    "unknown subjects": lambda n: (
        "reference: A-1\nassesseur: J\navis:\n" + "".join(f"  sujet{i}: {{note: 3, motif: m}}\n" for i in range(n))
    ).encode(),
}

_VERIFIED: Final = "reference;donnee;valeur;par;le\n"
VERIFICATIONS: Final[Mapping[str, Callable[[int], bytes]]] = {
    "candidatures": lambda n: (
        _VERIFIED + "".join(f"A-{i};locaux.surface_m2;80;s;2022-03-03\n" for i in range(n))
    ).encode(),
    "unknown references": lambda n: (
        _VERIFIED + "".join(f"B-{i};locaux.surface_m2;80;s;2022-03-03\n" for i in range(n))
    ).encode(),
    "unknown facts": lambda n: (_VERIFIED + "".join(f"A-{i};fait{i};80;s;2022-03-03\n" for i in range(n))).encode(),
    "one answer": lambda n: (
        _VERIFIED + "".join(f"A-1;locaux.surface_m2;{i};s;2022-03-03\n" for i in range(n))
    ).encode(),
}
