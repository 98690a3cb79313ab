"""The explanation of one candidature: what it says is true, whatever became of it, and what it promises holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ami_scoring import Evaluation, Status, evaluate
from ami_scoring.domain.facts import FactType, Value
from ami_scoring.exact import Fraction as Exact
from ami_scoring.reports.explanation import UnknownReferenceError, explanation, find
from ami_scoring.scoring.sufficient.retrial import Retrial

from .explained import CALLS, NUMBER, ROOT, number, ranked, told


def _changed(evaluation: Evaluation, label: str, words: str) -> tuple[str, list[Value]] | None:
    """Read a way back: the fact that it names, and the values that it says would do."""
    for fact in evaluation.criteria.catalogue.values():
        if fact.label != label:
            continue
        if found := re.match(rf"(au moins|au plus) ({NUMBER})", words):
            exact = number(found[2])
            if fact.type is FactType.PERCENTAGE:
                exact = exact / 100
            whole = fact.type is FactType.INTEGER
            return fact.name, [int(exact) if whole else Exact(exact.numerator, exact.denominator)]
        if fact.type in {FactType.CHOICE, FactType.TEXT}:
            return fact.name, list(words.split(" ou "))
    return None


def test_what_would_have_sufficed_does(evaluation: Evaluation) -> None:
    tried = 0
    for standing in ranked(evaluation):
        status = Retrial(evaluation, standing, admitted=bool(standing.scored.pending)).status
        text = told(evaluation, standing)
        if "il aurait suffi" not in text:
            continue
        told_ways = text.partition("d'une seule de ces conditions :\n")[2].partition("\n\n")[0]
        told_ways = re.sub(r".* par exemple avec .*", "", told_ways)
        for label, words in re.findall(r"« ([^»]*) » : ([^;\n]*?)(?: ; ou |$)", told_ways, re.MULTILINE):
            change = _changed(evaluation, label, words.strip())
            for value in change[1] if change else ():
                assert change is not None
                assert status({change[0]: value}) is Status.SELECTED, (standing.entry.reference, label, words)
                tried += 1
    assert tried or len(ranked(evaluation)) < 10


def test_a_missing_condition_is_named_before_the_gap_and_supposed_met_in_the_ways() -> None:
    text = _sample("AMI-V2-06")
    distance = text.partition("Tant que « Type de porteur » manque, elle ne peut pas être retenue.\n")[2]
    first, _, ways = distance.partition("Cela supposé réglé, pour être retenue, il aurait suffi")
    assert first.startswith("L'écart : il manque 1 point pour rejoindre")
    assert "« Équivalents temps plein des médecins qui ont signé une lettre » : au moins 1,5 ETP" in ways


def test_a_criterion_made_of_others_is_tried_with_all_its_parts() -> None:
    text = _sample("AMI-V1-07")
    assert "C'est aussi le seuil « Locaux adaptés et calendrier de leur disponibilité » qui l'écarte." in text
    assert (
        "· Locaux adaptés et calendrier de leur disponibilité : au moins 6 points sur 24, par exemple avec "
        "« État des locaux » : existants, « Locaux adaptés » : oui et "
        "« Délai entre la clôture de la vague et la disponibilité des locaux » : 3 mois\n"
    ) in text


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("with-parts", "ni d'un seul sous-critère, ni de tous ceux d'un même critère ensemble.\n"),
        ("without", "Aucun des changements examinés, d'un seul critère à la fois, n'aurait suffi.\n"),
    ],
)
def test_when_nothing_suffices_what_was_examined_is_said(folder: str, said: str, tmp_path: Path) -> None:
    parts = "{id: a, label: A, weight: 50, RULE}"
    rule = "rule: {kind: per_unit, fact: locaux.bureaux, points: 5, at_most: 50}"
    below = f"criteria: [{parts.replace('a,', 'b,', 1).replace('RULE', rule)}]"
    criterion = parts.replace("RULE", below if folder == "with-parts" else rule)
    (tmp_path / "criteria.yaml").write_text(
        "language: 1\ncall: {title: Essai, edition: '1', authority: Comité}\ntotal: 50\n"
        f"waves: [{{id: v1, closes: 2024-06-30}}]\ncriteria:\n  - {criterion}\nselection: {{places: 1}}\n"
        "eligibility: [{id: g, label: G, reference: R, require: {fact: locaux.bureaux, at_most: 9}}]\n",
        encoding="utf-8",
    )
    (tmp_path / "candidatures").mkdir()
    for name, rooms in (("A-1", 9), ("A-2", 5)):
        (tmp_path / "candidatures" / f"{name}.yaml").write_text(
            f"reference: {name}\ndepose_le: 2024-03-01\nporteur: {{nom: {name}}}\n"
            f'implantation: {{communes: [{{code_insee: "34001"}}]}}\nlocaux: {{bureaux: {rooms}}}\n',
            encoding="utf-8",
        )
    assert said in explained(tmp_path, "A-2")


@pytest.mark.parametrize(
    ("selection", "reference", "gap", "way"),
    [
        (
            "{places: 2, quotas: [{label: Rural, when: RURAL, at_least: 1}]}",
            "D-1",
            "il manque 50 points pour rejoindre la dernière candidature retenue hors places garanties « Rural » (90).",
            "au moins 19",
        ),
        (
            "{places: 2, quotas: [{label: Rural, when: RURAL, at_least: 1}]}",
            "B-1",
            "il manque 10 points pour rejoindre la dernière candidature retenue hors places garanties « Rural » (90).",
            "au moins 19",
        ),
        (
            "{places: 2, quotas: [{label: Rural, when: RURAL, at_least: 1}]}",
            "E-1",
            "il manque 40 points pour rejoindre la dernière candidature retenue (50).",
            "au moins 11",
        ),
        (
            "{places: 4, quotas: [{label: Rural, when: RURAL, at_most: 1}]}",
            "E-1",
            "il manque 40 points pour rejoindre la dernière candidature retenue pour « Rural » (50).",
            "au moins 11",
        ),
        (
            "{places: 1, quotas: [{label: Rural, when: RURAL, at_least: 1}]}",
            "B-1",
            "Toutes les places sont garanties à des catégories qui ne la concernent pas : « Rural ».",
            None,
        ),
    ],
)
def test_the_last_whose_place_it_could_take_is_not_one_of_another_category(
    selection: str, reference: str, gap: str, way: str | None, tmp_path: Path
) -> None:
    rule = "{kind: per_unit, fact: locaux.bureaux, points: 5, at_most: 100}"
    (tmp_path / "criteria.yaml").write_text(
        "language: 1\ncall: {title: Essai, edition: '1', authority: Comité}\n"
        "waves: [{id: v1, closes: 2024-06-30}]\nfacts: [{name: rural, type: boolean, label: Rural}]\n"
        f"criteria: [{{id: b, label: Bureaux, weight: 100, rule: {rule}}}]\n"
        f"selection: {selection.replace('RURAL', '{fact: complements.rural, is: oui}')}\n",
        encoding="utf-8",
    )
    rooms = {"A-1": (18, "non"), "B-1": (16, "non"), "C-1": (10, "oui"), "D-1": (8, "non"), "E-1": (2, "oui")}
    (tmp_path / "candidatures").mkdir()
    for name, (count, rural) in rooms.items():
        (tmp_path / "candidatures" / f"{name}.yaml").write_text(
            f"reference: {name}\ndepose_le: 2024-03-01\nporteur: {{nom: {name}}}\ncomplements: {{rural: {rural}}}\n"
            f'implantation: {{communes: [{{code_insee: "34001"}}]}}\nlocaux: {{bureaux: {count}}}\n',
            encoding="utf-8",
        )
    text = explained(tmp_path, reference)
    assert gap in text
    assert ("Bureaux : « Nombre de bureaux de consultation » : " in text) is (way is not None)
    assert way is None or f"consultation » : {way}\n" in text


EXAMPLES = ROOT / "examples"


@pytest.mark.parametrize(
    ("name", "reference", "said"),
    [
        (
            "horizon-europe-etape-1",
            "H1-04",
            "Excellence : « Avis sur “excellence” » : médiane des avis d'au moins 4,5 sur 5",
        ),
        ("marche-public", "OFF-01", "Prix : « Prix de l'offre » : au plus 55\u202f000 €"),
        ("marche-public", "OFF-03", "Prix : « Prix de l'offre » : au plus 118\u202f518 €"),
    ],
)
def test_better_marks_and_better_prices_are_among_what_would_have_sufficed(
    name: str, reference: str, said: str
) -> None:
    call = EXAMPLES / name
    evaluation = evaluate([call / "candidatures"], call / "criteria.yaml", assessments=[call / "avis.yaml"])
    (standing,) = (one for one in evaluation.standings if one.entry.reference == reference)
    assert f"· {said}\n" in told(evaluation, standing)


def test_a_candidature_that_is_kept_is_told_by_how_much(evaluation: Evaluation) -> None:
    for standing in ranked(evaluation):
        text = told(evaluation, standing)
        total, last = standing.card.total, evaluation.cut.last_total
        is_above = standing.status is Status.SELECTED and total is not None and last is not None and total > last
        assert "c'est le départage" not in text or (total == last and standing.status is not Status.SELECTED)
        assert ("La dernière candidature retenue a" in text) is is_above
        assert f"statut : {standing.status}" in text


def test_a_total_equal_to_the_last_kept_one_is_said_to_be_separated() -> None:
    other = evaluate([CALLS["other"][0]], CALLS["other"][1])
    (third,) = (standing for standing in other.standings if standing.entry.reference == "TL-03")
    assert "c'est le départage prévu qui l'en sépare" in told(other, third)


def test_every_candidature_has_its_explanation_whatever_became_of_it(evaluation: Evaluation) -> None:
    references = [one.reference for one in evaluation.set_aside if one.reference]
    references += [standing.entry.reference for standing in evaluation.standings]
    for reference in references:
        found = find(evaluation, reference.lower())
        text = explanation(evaluation, found, {}, width=1, colour=False)
        assert text.startswith(reference.split("·")[0])
        assert (found.scored is None) is ("Total" not in text)


def test_an_unknown_reference_is_a_mistake_of_the_user(evaluation: Evaluation) -> None:
    with pytest.raises(UnknownReferenceError, match=r"la référence ou le nom « A-\\x1b »"):
        find(evaluation, "A-\x1b")


def test_a_name_from_a_file_gives_no_order_to_the_terminal(evaluation: Evaluation) -> None:
    standing = evaluation.standings[0]
    entry = standing.entry
    applicant = entry.candidature.applicant.model_copy(update={"name": "SCOP [/] \x1b[31mrouge\u202e"})
    renamed = entry._replace(candidature=entry.candidature.model_copy(update={"applicant": applicant}))
    text = told(evaluation, standing._replace(scored=standing.scored._replace(entry=renamed)))
    assert "SCOP [/] \\x1b[31mrouge\\u202e" in text
    assert "\x1b" not in text


def explained(folder: Path, reference: str) -> str:
    """Explain one candidature of a folder that holds a policy, candidatures, and perhaps opinions."""
    opinions = [path] if (path := folder / "avis.yaml").exists() else []
    evaluation = evaluate([folder / "candidatures"], folder / "criteria.yaml", assessments=opinions)
    text = explanation(evaluation, find(evaluation, reference), {}, width=10_000)
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("folder", "reference", "said"),
    [
        ("samples", "AMI-V1-07", "9 000 € par an ÷ 980 habitants = 9,18 € (exactement 450/49)"),
        ("samples", "AMI-V1-07", "12 octobre 2021 (état des lieux) → 30 novembre 2021 (clôture), 1 + 3/5 = 1,6 mois"),
        ("samples", "AMI-V1-07", "médecin 1 : 0,5 (lettre) ; médecin 2 : 1 (oral) = 0,5 ETP"),
        ("samples", "AMI-V1-07", "17 jours d'un mois de 31 jours en font 17/31."),
        (
            "samples",
            "AMI-V1-06",
            "     Condition : « Type de porteur » : commune ou EPCI\n     Lu : Type de porteur = autre\n",
        ),
        ("examples/meubles-tourisme", "MT-04", "Lu : Points obligatoires obtenus = 190 points"),
        ("samples/autre-appel", "TL-03", "Face à TL-04, même total : TL-04 passe devant, par le tirage au sort ("),
        (
            "examples/investissement-viticole",
            "VITI-02",
            "751 500 € accordés sur 751 500 € demandés ; à son tour, il restait 970 000 €",
        ),
        (
            "examples/equipements-sportifs",
            "SPO-05",
            "· relève de la part réservée « Quartiers prioritaires » : 35 % du budget, soit 70 000 €\n",
        ),
        ("examples/horizon-europe-etape-1", "H1-02", "· 9 000 000 € admis sur 9 000 000 € demandés\n"),
    ],
)
def test_what_the_program_worked_out_or_compared_can_be_redone(folder: str, reference: str, said: str) -> None:
    at = ROOT / folder
    text = explained(at, reference) if folder != "samples" else _sample(reference)
    assert said in text


def _sample(reference: str) -> str:
    evaluation = evaluate([CALLS["ami"][0]], CALLS["ami"][1])
    text = explanation(evaluation, find(evaluation, reference), {}, width=10_000)
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("folder", "reference", "said"),
    [
        ("permutations-premier-degre", "PER-01", "département, au-delà de trois ans\n   80 points\n"),
        ("permutations-premier-degre", "PER-01", "3. Rapprochement de conjoints\n   0 point\n"),
    ],
)
def test_no_bar_is_drawn_where_no_maximum_is_announced(folder: str, reference: str, said: str) -> None:
    text = explained(ROOT / "examples" / folder, reference)
    assert said in text
    assert re.search(r"[█▒░] [−\d\u202f,]+ points?$", text, re.MULTILINE) is None


PARAMETERS = """
language: 1
call: {title: Essai, edition: "1", authority: Comité}
waves: [{id: v1, closes: 2024-06-30}]
facts: [{name: lits, type: integer, label: Lits}, {name: prix, type: money, label: Prix, unit: €}]
parameters:
  - name: seuil
    label: Seuil
    unit: €
    values:
      - {from: 2023-01-01, value: 2, reference: Arrêté de 2023}
      - {from: 2024-01-01, value: 3, reference: Arrêté de 2024}
computed:
  - {name: note, label: Note, rule: {kind: per_unit, fact: complements.lits, points: 2, at_most: 10}}
  - {name: ecart, label: Écart, unit: €, difference: {of: complements.prix, minus: parametres.seuil}}
criteria:
  - {id: a, label: A, weight: 50, rule: {kind: per_unit, fact: calculs.note, points: 5, count: exact, at_most: 50}}
  - {id: b, label: B, weight: 50, rule: {kind: per_unit, fact: calculs.ecart, points: 5, count: exact, at_most: 50}}
selection: {places: 1}
"""


def test_the_value_of_a_parameter_is_told_with_its_date_and_its_text_and_a_rule_with_its_working(
    tmp_path: Path,
) -> None:
    (tmp_path / "criteria.yaml").write_text(PARAMETERS, encoding="utf-8")
    (tmp_path / "candidatures").mkdir()
    (tmp_path / "candidatures" / "a.yaml").write_text(
        "reference: A-1\ndepose_le: 2024-03-01\nporteur: {nom: A}\n"
        'implantation: {communes: [{code_insee: "34001"}]}\ncomplements: {lits: 3, prix: 7}\n',
        encoding="utf-8",
    )
    text = explained(tmp_path, "A-1")
    assert "Paramètre : Seuil = 3 € (depuis le 1er janvier 2024, Arrêté de 2024)" in text
    assert "✓ 3 → 6 points (3 × 2 points par unité)" in text
    assert "\n\n\n" not in text


def test_a_candidature_tried_again_unchanged_keeps_its_status(evaluation: Evaluation) -> None:
    for standing in evaluation.standings:
        assert Retrial(evaluation, standing).status({}) is standing.status
