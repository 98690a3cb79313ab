"""`ami validate` on policies that one could take for sound, or for wrong: each is a line of data."""

# ruff: noqa: E501 - a case is a line of data

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ami_scoring.cli.exit_codes import ExitCode

from .door import Ami, Write

POLICY = """\
language: 1
call: {title: Appel d'essai, edition: essai, authority: Comité}
total: %(total)s
waves: [{id: v1, closes: 2024-06-30}]
facts:
  - {name: note, type: decimal, label: Note, minimum: 0, maximum: 100}
  - {name: libre, type: decimal, label: Sans borne, minimum: 0}
  - {name: part, type: percentage, label: Part locale, minimum: 0}
  - {name: rang, type: integer, label: Rang, minimum: 1, maximum: 2}
  - {name: vaste, type: integer, label: Vaste, minimum: 1, maximum: 900}
  - {name: demi, type: decimal, label: Demi-points, minimum: 0, maximum: 5, step: 0.5}
  - {name: voeu, type: text, label: Vœu}
  - {name: conjoint, type: text, label: Vœu du conjoint}
  - {name: debut, type: date, label: Début}
  - {name: fin, type: date, label: Fin}
computed:
  - {name: aire, label: Aire, product_of: [complements.libre, 2]}
  - {name: tirage, label: Tirage, rule: {kind: lookup, fact: locaux.adaptes, points: {oui: 1, non: 0}}}
criteria: %(criteria)s
selection: {places: 2, reserve: 1}
"""
NOTE = "{kind: per_unit, fact: complements.note, points: 1, count: exact}"
FREE = "{kind: per_unit, fact: complements.libre, points: 1}"


def leaf(rule: str, more: str = "weight: 100") -> str:
    """Write one criterion."""
    return f"{{id: a, label: A, {more}, rule: {rule}}}"


def group(children: str, more: str = "") -> str:
    """Write one criterion of 100 points made of others."""
    return f"{{id: g, label: G, weight: 100{more}, criteria: [{children}]}}"


def bands(fact: str, *bands: str) -> str:
    return leaf(f"{{kind: bands, fact: complements.{fact}, bands: [{', '.join(bands)}]}}")


def lookup(fact: str, points: str) -> str:
    return leaf(f"{{kind: lookup, fact: complements.{fact}, points: {{{points}}}}}")


def asked(condition: str) -> str:
    return leaf(f"{{kind: checklist, items: [{{label: L, if: {{{condition}}}, points: 100}}]}}")


SOUND = {
    "a lookup of every whole number": lookup("rang", "1: 100, 2: 0"),
    "a lookup of some of many numbers": leaf("{kind: lookup, fact: complements.vaste, points: {1: 100}, otherwise: 0}"),
    "a lookup of every step": lookup("demi", ", ".join(f"{number / 2:g}: {number * 10}" for number in range(11))),
    "a table of every whole number": leaf(
        "{kind: table, rows: complements.rang, columns: locaux.adaptes, points: {1: {oui: 100, non: 0}, 2: {oui: 9, non: 8}}}"
    ),
    "bands that follow one another by a step": bands("demi", "{up_to: 2, points: 0}", "{from: 2.5, points: 100}"),
    "points without limit, where it is said": leaf(FREE, "open_ended: oui"),
    "points without limit on what is worked out": leaf(
        "{kind: per_unit, fact: calculs.aire, points: 1}", "open_ended: oui"
    ),
    "bonuses alone in a group of no weight": group(leaf(NOTE, "weight: 100, bonus: oui")).replace(
        "weight: 100, criteria", "weight: 0, criteria"
    ),
    "a text equal to a word": asked("fact: complements.voeu, is: Toulouse"),
    "a text that is a host name": asked("fact: complements.voeu, is: mairie.fr"),
    "a share up to the whole": bands("part", "{below: 0.4, points: 0}", "{from: 0.4, up_to: 1, points: 100}"),
}


@pytest.mark.parametrize("name", SOUND)
def test_a_policy_that_says_all_it_must_is_accepted(name: str, ami: Ami, write: Write) -> None:
    total = 0 if "open_ended" in SOUND[name] or "weight: 0" in SOUND[name] else 100
    write("criteria.yaml", POLICY % {"criteria": f"[{SOUND[name]}]", "total": total})
    ran = ami("validate", "criteria.yaml")
    assert (ran.code, "erreur" in ran.out.replace("aucune erreur", "")) == (ExitCode.DONE, False), ran.out


WRONG = [
    (bands("demi", "{up_to: 2, points: 0}", "{from: 3, points: 100}"), "band-gap", "Aucune tranche ne contient 2,5."),
    (
        bands("demi", "{up_to: 2, points: 0}", "{above: 2, below: 2.4, points: 9}", "{from: 2.4, points: 100}"),
        "band-empty",
        "Cette tranche ne contient aucune valeur.",
    ),
    (lookup("rang", "1: 100"), "category-unscored", "Aucun point n'est prévu pour : 2"),
    (
        lookup("rang", "1: 100, 2: 0, 3: 5"),
        "category-unknown",
        "« complements.rang » ne vaut jamais « 3 » ; valeurs possibles : 1, 2.",
    ),
    (leaf(FREE), "no-cap", "« open_ended: oui »"),
    (leaf(FREE), "no-cap", "la donnée (« maximum »)"),
    (
        leaf("{kind: per_unit, fact: calculs.tirage, points: 1}", "open_ended: oui"),
        "no-cap",
        "Rien ne plafonne « calculs.tirage »",
    ),
    (group(leaf(NOTE, "open_ended: oui")), "weights-sum", "Rien ne compte dans le poids de « g » (100)"),
    (group(leaf(NOTE, "weight: 100, bonus: oui")), "weights-sum", "Rien ne compte dans le poids de « g » (100)"),
    (
        group(leaf(NOTE), ", out_of: 50"),
        "key-without-effect",
        "« out_of » n'a pas d'effet sur un critère fait de sous-critères.",
    ),
    (group(leaf(NOTE), ", if_missing: zero"), "key-without-effect", "sous chaque sous-critère qu'il concerne"),
    (group(leaf(NOTE), ", down_to: -5"), "key-without-effect", "« down_to »"),
    (
        leaf(NOTE, "weight: 100, capped: oui"),
        "key-without-effect",
        "« capped » n'a pas d'effet sur un critère qui porte une règle.",
    ),
    (
        asked("fact: complements.voeu, is: complements.conjoint"),
        "fact-as-value",
        "écrivez « is: {fact: complements.conjoint} »",
    ),
    (
        asked("fact: complements.voeu, in: [Toulouse, complements.conjoint]"),
        "fact-as-value",
        "écrivez « any: [{fact: complements.voeu, is: {fact: complements.conjoint}}, …] »",
    ),
    (
        asked("fact: complements.voeu, is_not: complements.conjoin"),
        "fact-as-value",
        "« complements.conjoin » nomme une donnée",
    ),
    (asked("fact: complements.debut, is: complements.fin"), "fact-as-value", "« is: {fact: complements.fin} »"),
    (
        asked("fact: complements.note, at_least: complements.libre"),
        "fact-as-value",
        "« complements.libre » nomme une donnée",
    ),
    (asked("fact: complements.debut, before: complements.fin"), "fact-as-value", "« {fact: complements.fin} »"),
    (asked("fact: complements.voeu, is: {fact: complements.conjoin}"), "unknown-fact", "complements.conjoint"),
    (
        asked("fact: complements.voeu, is: {fact: complements.fin}"),
        "type-mismatch",
        "(texte) et « complements.fin » (date)",
    ),
    (asked("fact: complements.debut, at_most: {fact: complements.fin}"), "type-mismatch", "« until »"),
    (asked("fact: complements.note, until: {fact: complements.libre}"), "type-mismatch", "« at_most »"),
    (asked("fact: complements.voeu, above: {fact: complements.conjoint}"), "type-mismatch", "un nombre"),
    (asked("fact: complements.voeu, is: {fat: complements.voeu}"), "unknown-key", "fact"),
    (
        asked("fact: complements.note, at_least: {fact: complements.note}"),
        "fact-against-itself",
        "« complements.note » est comparée à elle-même : nommez ici l'autre donnée.",
    ),
    (asked("fact: complements.voeu, is: [{fact: complements.conjoint}]"), "text-expected", "retirez les crochets"),
    (asked("fact: complements.voeu, not_in: [{fact: complements.conjoint}]"), "text-expected", "écrivez « any: ["),
    (
        leaf("{kind: relative, fact: complements.note, best: lowest, points: 100, within: [complements.rang]}"),
        "text-expected",
        "écrivez-le sans crochets",
    ),
    (
        leaf("{kind: relative, fact: complements.note, best: lowest, points: 100, within: complements.note}"),
        "fact-against-itself",
        "ce que partagent celles d'un groupe",
    ),
]


@pytest.mark.parametrize(("criteria", "code", "said"), WRONG)
def test_a_policy_that_would_pass_for_sound_is_refused(
    criteria: str, code: str, said: str, ami: Ami, write: Write
) -> None:
    write("criteria.yaml", POLICY % {"criteria": f"[{criteria}]", "total": 100})
    ran = ami("validate", "criteria.yaml")
    plain = " ".join(ran.out.replace("\u00a0", " ").split())
    assert (ran.code, code in plain, said in plain) == (ExitCode.INPUT_ERRORS, True, True), ran.out


SELECTIONS = [
    (
        "{places: 5, quotas: [{label: un, when: {fact: complements.rang, is: 1}, at_least: 3}, {label: deux, when: {fact: complements.rang, is: 1}, at_most: 2}]}",
        "limits-crossed",
        "« un » garantit 3 places, « deux » n'en permet que 2 aux mêmes candidatures.",
    ),
    (
        "{places: 5, decides_from: 120}",
        "threshold-above-top",
        "Le total à partir duquel la note décide dépasse le total possible (100).",
    ),
    (
        "{places: 5, minimum: {at_least: 100, strict: oui}}",
        "threshold-above-top",
        "Il faut dépasser ce minimum, et c'est déjà le total possible (100).",
    ),
    (
        "{decides_from: never, reserve: 2}",
        "key-without-effect",
        "Retirez « reserve », ou écrivez un total à la place de « never ».",
    ),
    (
        "{places: all, reserve: 2}",
        "key-without-effect",
        "Retirez « reserve », ou écrivez un nombre à la place de « all ».",
    ),
]


@pytest.mark.parametrize(("selection", "code", "said"), SELECTIONS)
def test_a_selection_that_contradicts_itself_is_refused(
    selection: str, code: str, said: str, ami: Ami, write: Write
) -> None:
    policy = POLICY % {"criteria": f"[{leaf(NOTE)}]", "total": 100}
    write("criteria.yaml", policy.replace("{places: 2, reserve: 1}", selection))
    ran = ami("validate", "criteria.yaml")
    plain = " ".join(ran.out.replace("\u00a0", " ").split())
    assert (ran.code, code in plain, said in plain) == (ExitCode.INPUT_ERRORS, True, True), ran.out


@pytest.mark.parametrize(
    ("selection", "instead"),
    [
        ("{decides_from: never}", "un total à la place de « never »"),
        (
            "{budget: {amount: 9, ask: complements.note, when_short: nearest}}",
            "« stop » ou « skip » à la place de « nearest »",
        ),
    ],
)
def test_places_of_a_wave_that_act_on_nothing_say_what_to_do(
    selection: str, instead: str, ami: Ami, write: Write
) -> None:
    policy = POLICY % {"criteria": f"[{leaf(NOTE)}]", "total": 100}
    policy = policy.replace("closes: 2024-06-30", "closes: 2024-06-30, places: 2")
    write("criteria.yaml", policy.replace("{places: 2, reserve: 1}", selection))
    plain = " ".join(ami("validate", "criteria.yaml").out.replace("\u00a0", " ").split())
    assert f"Retirez « places » de cette vague, ou écrivez {instead}." in plain


def test_a_date_written_where_a_number_is_read_says_what_to_write(ami: Ami, write: Write) -> None:
    policy = POLICY % {"criteria": f"[{leaf(NOTE)}]", "total": 100}
    days = "  - {name: delai, label: Délai, difference: {of: 2024-01-01, minus: complements.note}}\ncriteria:"
    write("criteria.yaml", policy.replace("criteria:", days, 1))
    plain = " ".join(ami("validate", "criteria.yaml").out.replace("\u00a0", " ").split())
    assert "« 2024-01-01 » est une date écrite : il faut ici le nom d'une donnée." in plain
    assert "« before: 2024-01-01 »" in plain


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("40", "« 40 » : écrivez un pourcentage avec son signe (40 %), ou une part de 0 à 1."),
        ("-0.2", "(de 0 % à 100 %). Ce nombre se lit −20 % : une part s'écrit avec son signe %, ou de 0 à 1."),
        ("110 %", "(de 0 % à 100 %)"),
    ],
)
def test_a_share_without_maximum_stops_at_the_whole(typed: str, said: str, ami: Ami, write: Write) -> None:
    write("criteria.yaml", POLICY % {"criteria": f"[{SOUND['a share up to the whole']}]", "total": 100})
    write(
        "candidatures/a.yaml",
        "reference: A-1\ndepose_le: 2024-06-01\nporteur: {nom: Commune d'Essai}\n"
        f"implantation: {{communes: [{{code_insee: '09001', nom: Essai}}]}}\ncomplements: {{part: {typed}}}\n",
    )
    ran = ami("validate", "candidatures")
    plain = " ".join(ran.out.replace("\u00a0", " ").replace("\u202f", " ").split())
    assert (ran.code, said in plain) == (ExitCode.INPUT_ERRORS, True), ran.out


def test_points_without_limit_are_added_whatever_their_number(ami: Ami, write: Write) -> None:
    write("criteria.yaml", POLICY % {"criteria": f"[{SOUND['points without limit, where it is said']}]", "total": 0})
    for reference, number in (
        ("A-1", "complements: {libre: 123456789}"),
        ("A-2", "complements: {libre: 2}"),
        ("A-3", ""),
    ):
        write(
            f"candidatures/{reference}.yaml",
            f"reference: {reference}\ndepose_le: 2024-06-01\nporteur: {{nom: Commune de {reference}}}\n"
            f"implantation: {{communes: [{{code_insee: '09001', nom: Essai}}]}}\n{number}\n",
        )
    ran = ami("score", "candidatures", "-o", "r.xlsx", "-o", "r.json")
    found = json.loads(Path("r.json").read_text(encoding="utf-8"))
    totals = {one["reference"]: (one["total"], one["total_high"]) for one in found["ranking"]}
    assert (ran.code, totals) == (
        ExitCode.DONE,
        {"A-1": (123456789, 123456789), "A-2": (2, 2), "A-3": (None, 10**15)},
    )
