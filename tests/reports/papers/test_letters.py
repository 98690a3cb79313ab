"""Each kind of applicant has its letter, compared whole; what is true of one call is not said of another.

`PYTHONPATH=src:. python tests/reports/papers/test_letters.py` writes the kept texts again.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reports.papers.calls import DAY, MEETING, ami, called, decided, letterhead, villages

from ami_scoring.messages import Message
from ami_scoring.reports.papers import Run, as_text, letters, rules
from ami_scoring.reports.papers.discreet import without_points
from ami_scoring.reports.papers.run import at_place

KEPT = Path(__file__).parent / "textes"
OF_THE_AMI = {
    "retenue": "AMI-V1-01",
    "retenue-provisoire": "AMI-V2-01",
    "reserve": "AMI-V1-03",
    "a-departager": "AMI-V3-02",
    "non-retenue": "AMI-V1-04",
    "a-completer": "AMI-V4-10",
    "a-corriger": "AMI-V2-09",
    "ineligible": "AMI-V1-05",
    "hors-delai": "AMI-HD-02",
    "remplacee": "AMI-V1-09",
}
DECIDED = {"retenue": "EV-07", "reserve": "EV-03", "non-retenue": "EV-09", "sans-avis": "EV-04", "desistee": "EV-02"}


def texts(run: Run) -> dict[str, str]:
    return {paper.reference: as_text(paper, run.letterhead) for paper in letters(run)}


def kinds(run: Run) -> dict[str, str]:
    return {paper.reference: paper.kind.removeprefix("lettre-") for paper in letters(run)}


@pytest.mark.parametrize("kind", OF_THE_AMI)
def test_each_kind_of_applicant_has_its_letter(kind: str) -> None:
    reference = OF_THE_AMI[kind]
    assert kinds(ami())[reference] == kind
    assert texts(ami())[reference] == (KEPT / f"{kind}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", DECIDED)
def test_each_kind_of_decided_applicant_has_its_letter(kind: str) -> None:
    reference = DECIDED[kind]
    assert kinds(villages())[reference] == kind
    assert texts(villages())[reference] == (KEPT / f"decidee-{kind}.txt").read_text(encoding="utf-8")


def test_every_candidature_that_can_be_read_has_one_letter_and_one_alone() -> None:
    written = [paper.reference for paper in letters(ami())]
    read = [one.entry.reference for one in ami().evaluation.standings]
    read += [one.entry.reference for one in ami().evaluation.set_aside if one.entry]
    assert written == read
    assert len({paper.file.casefold() for paper in letters(ami())}) == len(written) == ami().evaluation.read


def test_a_letter_that_announces_a_decision_is_a_draft_until_the_list_is_recorded() -> None:
    drafts = {paper.kind.removeprefix("lettre-") for paper in letters(ami()) if paper.is_draft}
    assert drafts == set(OF_THE_AMI) - {"a-completer", "a-corriger", "remplacee"}
    assert any(paper.is_draft for paper in letters(villages(("voted",))))
    assert not any(paper.is_draft for paper in letters(villages()))


def test_only_a_letter_that_announces_a_decision_says_how_to_contest_it() -> None:
    for paper in letters(ami()):
        text = as_text(paper, letterhead())
        assert ("Voies et délais de recours" in text) == paper.is_draft
        assert ("R.\u00a0311-3-1-1" in text) == paper.is_draft


def test_no_letter_tells_what_another_applicant_lacks() -> None:
    of_another = [
        str(threat.need)
        for one in ami().evaluation.standings
        for threat in one.threats
        if threat.reference not in {None, one.entry.reference}
    ]
    assert of_another
    whole = "\n".join(texts(ami()).values())
    assert [need for need in of_another if need in whole] == []


def test_the_reason_for_a_recusal_stays_in_the_minutes() -> None:
    assert "Parent du gérant" not in "".join(texts(villages()).values())


def test_a_call_that_does_not_give_marks_has_letters_without_points() -> None:
    silent = letterhead().model_copy(update={"marks": False})
    run = ami()._replace(letterhead=silent)
    whole = "".join(as_text(paper, silent) for paper in letters(run))
    assert "points sur 100" not in whole
    assert "Points du dossier" not in whole
    assert "1er rang, sur 30 candidatures classées." in whole.replace("\u00a0", " ").replace("\n", " ")


def test_before_the_list_equals_told_apart_by_a_vote_are_no_longer_contested() -> None:
    assert kinds(villages(("meeting",)))["EV-03"] == "a-departager"
    assert kinds(villages(("voted",)))["EV-03"] == "reserve"
    assert kinds(villages(("meeting",)))["EV-01"] == "retenue"


CALL = """language: 1
call: {title: Essai, edition: "1", authority: Autorité}
total: 10
waves: [{id: v, label: Session, closes: 2024-05-31}]
criteria:
  - id: bureaux
    label: Bureaux
    weight: 10
    rule: {kind: per_unit, fact: locaux.bureaux, points: 1, at_most: 10}
    if_missing: hold
"""
ONE = """reference: {reference}
depose_le: 2024-05-{day}
porteur: {{nom: Commune {reference}, type: commune}}
implantation: {{communes: [{{code_insee: "09901", nom: Essai}}]}}
locaux: {{bureaux: {rooms}, surface_m2: 50}}
engagement_financier: {{montant_annuel: {asked}}}
"""


def one(reference: str, rooms: object, asked: int = 6000, day: int = 10) -> str:
    return ONE.format(reference=reference, rooms=rooms, asked=asked, day=day)


ZONED = """  - id: zone
    label: Zone
    weight: 10
    rule: {kind: lookup, fact: zonage, points: {ZIP: 10}, otherwise: 0}
    if_missing: hold
"""
BUDGET = """selection:
  budget: {amount: 10000, ask: engagement_financier.montant_annuel, partial: oui}
versions: {identified_by: [reference]}
"""


def test_what_is_granted_is_told_with_what_was_asked(tmp_path: Path) -> None:
    run = called(tmp_path, CALL + BUDGET, one("A", 9), one("B", 8, day=11), one("C", 7, day=12))
    said = {name: text.replace("\u202f", " ").replace("\u00a0", " ") for name, text in texts(run).items()}
    assert "Montant accordé : 6 000 €, sur 6 000 € demandés." in said["A"]
    assert "Montant accordé : 4 000 €, sur 6 000 € demandés." in said["B"]
    assert "Montant accordé" not in said["C"]


def test_a_reduced_amount_is_the_one_that_the_applicant_accepted(tmp_path: Path) -> None:
    run = called(tmp_path, CALL + BUDGET, one("A", 9), one("B", 8, day=11))
    reduced = {"kind": "reduced_grant", "date": DAY_AFTER, "reference": "B", "offered": "4000", "accepted": "3500"}
    evaluation = decided(run.evaluation, [reduced, {"kind": "final_list", "date": DAY_AFTER}])
    text = texts(run._replace(evaluation=evaluation))["B"].replace("\u202f", " ").replace("\u00a0", " ")
    assert "Montant réduit, que vous avez accepté : 3 500 €." in text


DAY_AFTER = "2024-06-30"


def test_an_incomplete_candidature_is_not_asked_for_anything_once_the_list_is_recorded(tmp_path: Path) -> None:
    run = called(
        tmp_path,
        CALL + "selection: {places: 1}\nversions: {identified_by: [reference]}\n",
        one("A", 9),
        one("B", '""').replace('bureaux: "", ', ""),
    )
    assert kinds(run)["B"] == "a-completer"
    assert "Nombre de bureaux" in texts(run)["B"]
    settled = run._replace(evaluation=decided(run.evaluation, [{"kind": "final_list", "date": DAY_AFTER}]))
    assert kinds(settled)["B"] == "incomplete"
    text = texts(settled)["B"]
    assert "elle n'était pas complète" in text
    assert "complétez-la" not in text


def test_where_the_total_does_not_decide_the_letter_says_so(tmp_path: Path) -> None:
    run = called(
        tmp_path,
        CALL + "selection: {places: 1, decides_from: 9}\nversions: {identified_by: [reference]}\n",
        one("A", 5),
    )
    assert kinds(run) == {"A": "a-deliberer"}
    assert "le comité délibère" in texts(run)["A"]
    assert "la seule candidature classée" in " ".join(texts(run)["A"].split())


def test_seconds_are_told_where_they_decide(tmp_path: Path) -> None:
    call = CALL.replace("closes: 2024-05-31", "closes: 2024-05-31T12:00:00+02:00") + "selection: {places: 1}\n"
    late = one("A", 5).replace("2024-05-10", "2024-05-31T12:00:30+02:00")
    run = called(tmp_path, call, late)
    assert kinds(run) == {"A": "hors-delai"}
    assert "12 h 00 min 30 s" in texts(run)["A"].replace("\u00a0", " ")


def flat(run: Run, reference: str) -> str:
    """Give a letter on one line, with plain spaces."""
    return " ".join(texts(run)[reference].replace("\u202f", " ").split())


@pytest.mark.parametrize(("reference", "rank"), [("AMI-V4-09", "2e"), ("AMI-V2-03", "3e"), ("AMI-V1-03", "5e")])
def test_the_one_of_the_equals_that_takes_the_last_place_is_not_before_the_reserve(reference: str, rank: str) -> None:
    assert f"inscrite au {rank} rang de la liste de réserve, une fois départagées" in flat(ami(), reference)


def test_a_rank_in_reserve_is_provisional_while_files_are_open() -> None:
    assert "rangs sont provisoires" in flat(ami(), "AMI-V4-09")
    assert "classée du 16e au 28e rang" in flat(ami(), "AMI-V4-09")
    assert "rangs sont provisoires" not in flat(villages(), "EV-03")


def test_once_equals_are_told_apart_the_reserve_is_counted_as_it_is() -> None:
    assert "au 2e rang de la liste de réserve :" in flat(villages(("voted",)), "EV-03")


def test_a_recusal_tells_no_equals_apart() -> None:
    run = villages(("meeting",))
    recused = {"kind": "recusal", "date": DAY, "member": "M. Escande", "references": ["EV-03"], "reason": "Parent"}
    assert kinds(run._replace(evaluation=decided(run.evaluation, [MEETING, recused])))["EV-03"] == "a-departager"


def test_where_equals_contest_a_budget_a_rank_in_reserve_is_the_last_that_it_may_be(tmp_path: Path) -> None:
    call = CALL + BUDGET.replace("partial: oui}", "partial: oui}\n  reserve: 5")
    run = called(tmp_path, call, one("A", 9), one("B", 8), one("C", 8), one("D", 7))
    assert kinds(run) == {"A": "retenue", "B": "a-departager", "C": "a-departager", "D": "reserve"}
    assert "à égalité avec une autre pour le reste du budget" in flat(run, "B")
    assert "au 3e rang au plus de la liste de réserve" in flat(run, "D")


@pytest.mark.parametrize(
    ("reference", "owed"), [("AMI-V2-08", "Locaux adaptés"), ("AMI-V2-08", "Date de disponibilité des locaux")]
)
def test_a_version_replaced_for_being_incomplete_is_told_what_it_lacks(reference: str, owed: str) -> None:
    text = flat(ami(), reference)
    assert "Complète, cette version compterait à la place du dossier AMI-V1-10" in text
    assert "jusqu'au 5 décembre 2022 inclus" in text
    assert owed in text.partition("ne sont pas obligatoires")[0]


def test_a_complete_version_that_another_replaces_is_asked_for_nothing() -> None:
    assert "compterait" not in flat(ami(), "AMI-V1-09")


def test_another_version_of_a_project_is_no_other_file() -> None:
    text = flat(ami(), "AMI-V1-10")
    assert "9 autres dossiers" in text
    assert "dépend aussi d'une autre version que vous avez déposée, AMI-V2-08 : complétée" in text


@pytest.mark.parametrize("reference", ["AMI-V4-02", "AMI-V4-11"])
def test_a_letter_says_that_a_place_is_still_possible_and_what_to_complete_until_when(reference: str) -> None:
    text = flat(ami(), reference)
    assert "À ce jour, votre candidature n'est pas retenue." in text
    assert "Une place reste possible : jusqu'au 5 décembre 2022 inclus, vous pouvez encore compléter" in text
    assert "regret" not in text


def test_a_total_that_answers_may_still_change_is_told_with_its_range() -> None:
    assert "avec 65,5 points sur 100 (de 65,5 à 81,5 possibles)." in flat(ami(), "AMI-V4-02")


def test_a_place_that_another_may_lose_is_told_without_telling_of_the_other(tmp_path: Path) -> None:
    newer = one("A", '""', day=12).replace('bureaux: "", ', "").replace("reference: A", "reference: A-2")
    call = CALL + "selection: {places: 1}\nversions: {identified_by: [porteur]}\n"
    run = called(tmp_path, call, one("A", 9), newer, one("B", 8))
    assert "Une place reste possible : l'examen de dossiers n'est pas achevé." in flat(run, "B")
    assert "Cette place dépend d'une autre version que vous avez déposée, A-2 :" in " ".join(
        as_text(next(letters(run)), letterhead()).split()
    )


def test_where_the_best_counts_another_version_is_told_to_count_only_if_it_is(tmp_path: Path) -> None:
    newer = one("A", '""', day=12).replace('bureaux: "", ', "").replace("reference: A", "reference: A-2")
    call = CALL + "selection: {places: 1}\nversions: {identified_by: [porteur], keep: best}\n"
    run = called(tmp_path, call, one("A", 5), newer)
    said = texts(run)
    other, mine = (" ".join(said[name].split()) for name in ("A-2", "A"))
    assert "Complète, cette version compterait à la place du dossier A si son total était le plus élevé." in other
    assert "complétée, c'est elle qui compterait, à la place de celle-ci, si son total était le plus élevé." in mine
    text = as_text(rules(run.evaluation.criteria, letterhead(), run.evaluation.provenance.criteria, ()), letterhead())
    assert "Celle qui a le total le plus élevé compte." in " ".join(text.split())


def test_what_gives_points_but_no_place_may_be_completed_too() -> None:
    text = flat(ami(), "AMI-V4-03")
    assert "J'ai le regret" in text
    assert "mais ne peuvent plus vous donner une place : - « Preuve de l'intérêt »" in text


def test_what_the_table_of_the_authority_lacks_is_not_asked_of_an_applicant() -> None:
    text = flat(ami(), "AMI-V3-10")
    assert "l'autorité vérifie ce qui suit. Rien ne vous est demandé pour cela. - La commune 11902" in text
    assert "attendu de vous" not in text
    assert "candidature en cours de vérification" in text


def test_what_is_really_owed_is_asked_beside_what_the_authority_checks(tmp_path: Path) -> None:
    zoned = (
        CALL.replace("total: 10", "total: 20").replace("closes: 2024-05-31}", "closes: 2024-05-31, zoning: zones.csv}")
        + ZONED
        + "selection: {places: 1}\n"
    )
    (tmp_path / "zones.csv").write_text(
        "code,nom,type,zone,edition,source\n09902,Ailleurs,commune,ZIP,2024,essai\n", encoding="utf-8"
    )
    run = called(tmp_path, zoned, one("A", '""').replace('bureaux: "", ', ""))
    text = flat(run, "A")
    assert "Voici ce qui est attendu de vous : - « Nombre de bureaux" in text
    assert "Ceci n'est pas attendu de vous : l'autorité le vérifie. - La commune 09901" in text


def test_what_counts_as_zero_where_it_is_missing_is_never_owed() -> None:
    for reference in ("AMI-V4-07", "AMI-V2-09"):
        owed, _, useful = flat(ami(), reference).partition("Ces réponses-ci ne sont pas obligatoires")
        assert "« Surface (m²) »" in useful
        assert "« Surface (m²) »" not in owed


def test_the_way_to_mend_an_answer_is_in_the_letter() -> None:
    assert "« bureau » n'est pas une clé connue ici. Vouliez-vous dire « bureaux » ?" in flat(ami(), "AMI-V4-07")


def test_equals_are_told_how_many_they_are_once_and_what_becomes_of_them() -> None:
    text = flat(ami(), "AMI-V3-02")
    assert "à égalité avec une autre pour la dernière place : le comité les départage." in text
    assert "à départager" not in text
    assert "elle est inscrite sur la liste de réserve" in text
    assert "D'autres dossiers, dont l'examen n'est pas achevé, peuvent encore passer devant elle." in text


def test_a_threshold_is_told_once() -> None:
    said = flat(ami(), "AMI-V1-07").partition("Pour être retenue")[0]
    assert said.count("Locaux adaptés et calendrier de leur disponibilité") == 1


def test_one_condition_is_told_as_one() -> None:
    assert "d'une seule condition : -" in flat(ami(), "AMI-V1-07")
    assert "d'une seule de ces conditions : -" in flat(ami(), "AMI-V4-09")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Les Cabrelles", "aux Cabrelles"),
        ("Le Vernet", "au Vernet"),
        ("La Cazelotte", "à La Cazelotte"),
        ("Lescure", "à Lescure"),
        ("Le", "à Le"),
    ],
)
def test_the_article_of_a_commune_is_joined_as_it_is_said(name: str, said: str) -> None:
    assert at_place(name) == said


def main() -> None:
    for kind, reference in OF_THE_AMI.items():
        (KEPT / f"{kind}.txt").write_text(texts(ami())[reference], encoding="utf-8")
    for kind, reference in DECIDED.items():
        (KEPT / f"decidee-{kind}.txt").write_text(texts(villages())[reference], encoding="utf-8")


if __name__ == "__main__":
    main()


BARRED = """language: 1
call: {title: Essai, authority: Personne, edition: un}
facts:
  - {name: note, type: decimal, minimum: 0, maximum: 10, label: Note}
  - {name: preuve, type: decimal, minimum: 0, maximum: 10, label: Preuve}
waves: [{id: v1, label: Vague 1, closes: 2022-09-30}]
criteria:
  - {id: a, label: Premier, weight: 50, out_of: 10, rule: {kind: linear, fact: complements.note, knots: [&A]}}
  - {id: b, label: Second, weight: 50, out_of: 10, rule: {kind: linear, fact: complements.preuve, knots: [&A]}}
selection:
  places: 1
  %s
""".replace("&A", "{at: 0, points: 0}, {at: 10, points: 10}")
JUDGED = """reference: A-{n}
depose_le: 2022-09-01
porteur: {{nom: Commune}}
implantation: {{communes: [{{code_insee: "0990{n}"}}]}}
complements: {{note: {note}, preuve: {proof}}}
"""


@pytest.mark.parametrize(
    ("bar", "said"),
    [
        ("minimum: 60", "Total inférieur au minimum de 60."),
        ("minimum: {at_least: 60, strict: oui}", "Total insuffisant : il faut plus que le minimum de 60."),
        ("minimum_mark: 10", "Somme des notes inférieure à 10."),
        ("thresholds: [{criterion: b, at_least: 20}]", "« Second » : pas assez de points, il en faut au moins 20."),
        ("thresholds: [{criterion: b, at_least: 5, on: mark}]", "« Second » : note trop basse, il en faut au moins 5."),
    ],
)
def test_where_applicants_are_not_told_their_points_no_reason_tells_them(tmp_path: Path, bar: str, said: str) -> None:
    low = JUDGED.format(n=2, note="4.25", proof="3.5")
    run = called(tmp_path, BARRED % bar, JUDGED.format(n=1, note=9, proof=9), low)
    quiet = run._replace(letterhead=run.letterhead.model_copy(update={"marks": False}))
    told, hidden = texts(run)["A-2"], texts(quiet)["A-2"]
    numbers = ("38,75", "21,25", "17,5", "7,75", "3,5")
    assert said in hidden.replace("\u00a0", " ")
    assert any(number in told for number in numbers)
    assert not any(number in hidden for number in numbers)


def test_equals_parted_by_a_mark_are_not_told_it_either() -> None:
    parted = {"reference": "A", "how": "placée devant par « Locaux » (8, contre 6)"}
    said = without_points(Message("même total que {reference}, {how}", parted))
    assert str(said) == "même total que A, placée devant par « Locaux »"
    unforeseen = without_points(Message("il lui manque {points} points", {"points": 3}))
    assert "3" not in str(unforeseen)


def test_a_letter_counts_the_open_files_that_move_a_mark_by_comparison_and_names_none(tmp_path: Path) -> None:
    rule = "rule: {kind: relative, fact: locaux.bureaux, best: highest, by_rank: [10, 6, 3]}"
    call = CALL.replace("rule: {kind: per_unit, fact: locaux.bureaux, points: 1, at_most: 10}", rule)
    waits = one("DDD", '""').replace('bureaux: "", ', "")
    rows = one("AAA", 9), one("BBB", 8), waits
    run = called(tmp_path, call + "selection: {places: 1}\nversions: {identified_by: [reference]}\n", *rows)
    assert kinds(run)["AAA"] == "retenue-provisoire"
    text = flat(run, "AAA")
    assert "un autre dossier, dont l'examen n'est pas achevé, peut encore la prendre" in text
    assert "DDD" not in text
    assert "groupe comparé" not in text
