"""What one wave gave is known to the next, by its JSON result; what does not tell it for sure is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
import yaml
from tests.evaluation.test_waves import FILES, POLICY
from tests.scoring.building import plain, read

from ami_scoring import Evaluation, evaluate
from ami_scoring.domain.standings import Status
from ami_scoring.domain.ties import Holder
from ami_scoring.evaluation.run import UnknownWaveError
from ami_scoring.findings import InvalidFileError
from ami_scoring.reports.json_report import as_json
from ami_scoring.reports.page import page
from ami_scoring.reports.page.fields import inputs_of
from ami_scoring.reports.tables import markdown
from ami_scoring.reports.workbook import workbook
from ami_scoring.scoring.words import closing_sentences

WAVES: Final = "waves: [{id: v1, label: Vague 1, closes: 2024-03-31}, {id: v2, label: Vague 2, closes: 2024-09-30}]\n"
PLACES: Final = f"{WAVES}selection: {{places: 2, reserve: 1}}"
SHARED: Final = f"{WAVES}selection: {{budget: {{amount: 100, ask: complements.aide, when_short: skip}}}}"
MODEST: Final = (
    f"{WAVES}selection: {{places: 2, "
    "quotas: [{label: Modestes, when: {fact: complements.aide, below: 20}, at_most: 1}]}"
)
Call = Callable[..., Evaluation]
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Evaluate four candidatures, of which A-5 is the project of A-1 again, in the second wave."""
    monkeypatch.chdir(tmp_path)
    again = [*FILES, ("A-5", "2024-08-04", 95)]
    written = "---\n".join(
        f"reference: {name}\ndepose_le: {day}\nporteur: {{nom: '{'A-1' if name == 'A-5' else name}'}}\n"
        f"implantation: {{communes: [{{code_insee: '0900{place % 4}'}}]}}\ncomplements: {{note: {note}, aide: 30}}\n"
        for place, (name, day, note) in enumerate(again)
    )
    Path("dossiers.yaml").write_text(written, encoding="utf-8")

    def run(wave: str | None, changes: str = PLACES, **options: Any) -> Evaluation:
        data = {**read(POLICY), **read(changes)}
        Path("criteria.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        return evaluate([Path("dossiers.yaml")], Path("criteria.yaml"), wave=wave, **options)

    return run


def first(evaluation: Evaluation, **changes: Any) -> list[Path]:
    """Keep the result of a wave, with some of its keys changed."""
    Path("v1.json").write_text(json.dumps({**json.loads(as_json(evaluation)), **changes}), encoding="utf-8")
    return [Path("v1.json")]


def statuses(evaluation: Evaluation) -> dict[str | None, str]:
    ranked = {one.entry.reference: one.status.value for one in evaluation.standings}
    return ranked | {one.reference: one.status.value for one in evaluation.set_aside}


def test_a_project_that_has_a_place_gets_no_other_and_its_place_counts(call: Call) -> None:
    second = call("v2", awarded=first(call("v1")))
    assert statuses(second) == {
        "A-2": "retenue",
        "A-3": "réserve",
        "A-4": "non retenue",
        "A-5": "déjà retenue",
        "A-1": "autre vague",
    }
    (already,) = (one for one in second.set_aside if one.status is Status.AWARDED)
    assert str(already.reasons[0]) == "déjà retenue en Vague 1 (A-1)"
    assert second.cut.places == 1
    assert sum(second.count(status) for status in Status) == second.read


def test_what_the_first_wave_retained_is_covered_for_the_second(call: Call) -> None:
    ties = "ranking: {ties: [{uncovered: implantation.code_insee}]}"
    second = call("v2", f"{PLACES}\n{ties}", awarded=first(call("v1", f"{PLACES}\n{ties}")))
    (holder,) = second.criteria.ranking.retained
    assert holder == Holder("A-1", "09000", "Vague 1")


def test_without_the_result_of_the_first_wave_nothing_of_it_counts(call: Call) -> None:
    assert statuses(call("v2"))["A-5"] == "retenue"


def test_a_budget_of_the_whole_call_counts_what_was_granted(call: Call) -> None:
    alone = call("v1", SHARED)
    second = call("v2", SHARED, awarded=first(alone))
    assert second.cut.budget == 70
    assert second.cut.granted == 60
    assert json.loads(as_json(second))["awarded"] == [{"reference": "A-1", "wave": "v1", "granted": "30"}]


def test_what_was_decided_counts_rather_than_what_was_computed(call: Call) -> None:
    decided = {"selected": ["A-1"]}
    assert [one.entry.reference for one in call("v2", awarded=first(call("v1"), decided=decided)).awarded] == ["A-1"]
    assert call("v2", awarded=first(call("v1"), decided={"selected": []})).awarded == ()


def test_one_that_people_kept_counts_for_what_it_asked(call: Call) -> None:
    kept = first(call("v1", SHARED), ranking=[], decided={"selected": ["A-1"]})
    assert call("v2", SHARED, awarded=kept).cut.budget == 70


def test_every_output_says_what_was_given_and_by_which_file_it_is_known(call: Call) -> None:
    second = call("v2", awarded=first(call("v1")))
    (origin,) = second.provenance.awarded
    assert origin.path == "v1.json"
    told = [plain(each) for each in closing_sentences(second)]
    assert "Vague évaluée seule : « Vague 2 », 1 place (ce qui reste de celles de tout l'appel), réserve : 1." in told
    assert any(
        each.startswith("Déjà attribué par les vagues précédentes (Vague 1) : 1 place, d'après") for each in told
    )
    assert json.loads(as_json(second))["provenance"]["awarded"] == [{"path": "v1.json", "sha256": origin.sha256}]
    for text in (markdown(second), page(second, lambda _: ())):
        assert origin.sha256 in text
    book = openpyxl.load_workbook(BytesIO(workbook(second)))
    trace = {plain(cell.value) for row in book["Traçabilité"].iter_rows() for cell in row if cell.value}
    assert {"v1.json", origin.sha256, "Déjà attribué", "A-1 (Vague 1)"} <= trace
    beside = {plain(cell.value) for row in book["Critères"].iter_rows() for cell in row if cell.value}
    assert any(each.startswith("Les vagues précédentes ont déjà attribué des places") for each in beside)
    assert "places" not in [each.name for each in inputs_of(second)]


@pytest.mark.parametrize(
    ("changes", "wave", "code", "said"),
    [
        ({"criteria": 3}, "v2", "awarded-unfit", "n'est pas un résultat JSON"),
        ({"ranking": [3]}, "v2", "awarded-unfit", "n'est pas un résultat JSON"),
        ({"ranking": []}, "v2", "awarded-unfit", "ou il a été modifié"),
        ({"schema": 99}, "v2", "awarded-unfit", "ou il a été modifié"),
        ({"decided": {"selected": "A-1"}}, "v2", "awarded-unfit", "ou il a été modifié"),
        ({"decided": {"selected": [3]}}, "v2", "awarded-unfit", "ou il a été modifié"),
        ({"criteria": {"title": "T", "edition": "E", "authority": "A"}}, "v2", "awarded-other-call", "« T (E) »"),
        ({"wave": None}, "v2", "awarded-wave", "de toutes les vagues ensemble ; avant « Vague 2 », il y a : v1"),
        ({}, "v1", "awarded-wave", "de la vague « v1 » ; « Vague 1 » est la première vague"),
        ({"top": 3}, "v2", "awarded-wave", "s'arrête à un rang"),
        ({"decided": {"selected": ["A-9"]}}, "v2", "awarded-unread", "A-9, retenue dans la vague « v1 », n'est pas"),
        ({"decided": {"selected": ["A-2"]}}, "v2", "awarded-unread", "A-2, retenue dans la vague « v1 », n'est pas"),
    ],
)
def test_a_result_that_does_not_tell_it_for_sure_is_refused(
    call: Call, changes: dict[str, Any], wave: str, code: str, said: str
) -> None:
    kept = first(call("v1"), **changes)
    with pytest.raises(InvalidFileError) as caught:
        call(wave, awarded=kept)
    (found,) = caught.value.findings
    assert (found.code, found.where.path) == (code, "v1.json")
    assert said in plain(found.message)


@pytest.mark.parametrize("content", ["", "{", "- a: 1\n", "[1, 2]", '{"a": 1}'])
def test_a_file_that_is_no_result_is_refused(call: Call, content: str) -> None:
    Path("v1.json").write_text(content, encoding="utf-8")
    with pytest.raises(InvalidFileError):
        call("v2", awarded=[Path("v1.json")])
    with pytest.raises(InvalidFileError):
        call("v2", awarded=[Path("absent.json")])


def test_one_wave_counts_once(call: Call) -> None:
    kept = first(call("v1"))
    with pytest.raises(InvalidFileError, match="déjà donné"):
        call("v2", awarded=[*kept, *kept])


def test_what_one_kept_by_people_asked_must_be_known(call: Call) -> None:
    kept = first(call("v1", SHARED), ranking=[], decided={"selected": ["A-1"]})
    text = Path("dossiers.yaml").read_text(encoding="utf-8")
    Path("dossiers.yaml").write_text(text.replace("note: 80, aide: 30", "note: 80"), encoding="utf-8")
    with pytest.raises(InvalidFileError, match="Rien ne dit ce que A-1 a reçu du budget"):
        call("v2", SHARED, awarded=kept)


def test_less_than_nothing_was_granted_to_nobody(call: Call) -> None:
    result = json.loads(as_json(call("v1", SHARED)))
    (one,) = (each for each in result["ranking"] if each["reference"] == "A-1")
    one["granted_exact"] = "-30"
    with pytest.raises(InvalidFileError, match="ou il a été modifié"):
        call("v2", SHARED, awarded=first(call("v1", SHARED), ranking=result["ranking"]))


def test_one_that_has_a_place_must_say_of_which_category_it_is(call: Call) -> None:
    kept = first(call("v1", MODEST))
    text = Path("dossiers.yaml").read_text(encoding="utf-8")
    Path("dossiers.yaml").write_text(text.replace("note: 80, aide: 30", "note: 80"), encoding="utf-8")
    with pytest.raises(InvalidFileError, match="ne dit pas si elle relève de « Modestes »"):
        call("v2", MODEST, awarded=kept)


def test_one_that_has_a_place_must_say_whose_project_it_is(call: Call) -> None:
    kept = first(call("v1"))
    text = Path("dossiers.yaml").read_text(encoding="utf-8")
    Path("dossiers.yaml").write_text(text.replace("code_insee: '09000'", "code_insee: zz", 1), encoding="utf-8")
    with pytest.raises(InvalidFileError, match="A-1, retenue dans la vague « v1 », ne dit pas de quel projet"):
        call("v2", awarded=kept)


def test_what_is_verified_of_a_new_file_gives_its_project_no_second_place(call: Call) -> None:
    kept = first(call("v1"))
    table = "reference;donnee;valeur;par;le;source\nA-5;complements.note;95;le service;2024-09-01;visite\n"
    Path("verifications.csv").write_text(table, encoding="utf-8")
    second = call("v2", f"{PLACES}\nverified: verifications.csv", awarded=kept)
    assert statuses(second)["A-5"] == "déjà retenue"


def test_what_was_verified_of_one_that_has_a_place_is_what_counts(call: Call) -> None:
    kept = first(call("v1", MODEST))
    assert call("v2", MODEST, awarded=kept).criteria.selection.quotas[0].at_most == 1
    table = "reference;donnee;valeur;par;le;source\nA-1;complements.aide;10;le service;2024-03-31;visite\n"
    Path("verifications.csv").write_text(table, encoding="utf-8")
    second = call("v2", f"{MODEST}\nverified: verifications.csv", awarded=kept)
    assert second.criteria.selection.quotas[0].at_most == 0


def test_a_file_that_changed_since_and_places_still_contested_are_told(call: Call) -> None:
    result = json.loads(as_json(call("v1")))
    cut = {**result["cut"], "contested": ["A-1", "A-9"]}
    kept = first(call("v1"), cut=cut)
    text = Path("dossiers.yaml").read_text(encoding="utf-8")
    Path("dossiers.yaml").write_text(text.replace("note: 50", "note: 51"), encoding="utf-8")
    found = {each.code: plain(each.message) for each in call("v2", awarded=kept).findings}
    said = "Le fichier de A-1 a changé depuis v1.json, et rien ne dit de qui : d'autres y sont aussi."
    assert found["awarded-changed"] == said
    assert "awarded-provisional" not in found
    assert found["awarded-contested"].startswith("Les dernières places de la vague « v1 » y sont à départager")


def test_a_file_of_several_that_changed_is_told_once_and_accuses_none_of_them(call: Call) -> None:
    call(None)
    written = Path("dossiers.yaml").read_text(encoding="utf-8").replace("2024-08-02", "2024-03-02")
    written = written.replace("2024-08-03", "2024-03-03")
    alone, *others = written.split("---\n")
    Path("a1.yaml").write_text(alone, encoding="utf-8")
    Path("autres.yaml").write_text("---\n".join(others), encoding="utf-8")
    files, policy = [Path("a1.yaml"), Path("autres.yaml")], Path("criteria.yaml")
    kept = first(evaluate(files, policy, wave="v1"), decided={"selected": ["A-1", "A-3", "A-4"]})
    for path in files:
        path.write_text(f"# relu\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    found = [each for each in evaluate(files, policy, wave="v2", awarded=kept).findings if "changed" in each.code]
    assert [(each.where.path, plain(each.message)) for each in found] == [
        ("a1.yaml", "Le dossier de A-1 a changé depuis v1.json."),
        (
            "autres.yaml",
            "Le fichier de A-3 et A-4 a changé depuis v1.json, et rien ne dit de qui : d'autres y sont aussi.",
        ),
    ]


def test_it_says_nothing_where_all_waves_are_evaluated_together(call: Call) -> None:
    with pytest.raises(UnknownWaveError):
        call(None, awarded=first(call("v1")))
