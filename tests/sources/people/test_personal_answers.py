"""A doctor's name typed anywhere in a form or a table shows nowhere: neither on a stream nor in a file written."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sources.sheets import MINIMAL, ROOT, blank_form, cells_by_key, filled, in_sheet, read, repacked

from ami_scoring.cli.app import run
from ami_scoring.domain.candidature import Candidature
from ami_scoring.sources.doors.documents import build

NAME = "Zébulon Delacroix"
SHOWN = {"porteur.nom", "implantation.communes.1.nom"}
"""What is public whatever is typed there."""
HEADER = "reference;depose_le;porteur.nom;implantation.communes.1.code_insee"
LINE = "A-1;2022-09-01;Commune d'essai;09901"
YAML = """\
reference: AMI-T-01
depose_le: 2022-09-30
porteur: {nom: Commune d'essai}
implantation: {communes: [{code_insee: "09901"}]}
medecins_interesses: []
"""
OUTPUTS = ("r.xlsx", "r.csv", "r.tsv", "r.json", "r.md", "r.txt")


def _first_of_each(keys: list[str]) -> list[str]:
    firsts: dict[str, str] = {}
    for key in keys:
        firsts.setdefault(re.sub(r"\.\d+", "", key), key)
    return list(firsts.values())


KEYS = _first_of_each([key for key in cells_by_key(blank_form()) if key not in SHOWN | {"reference"}])


def everything_written(content: bytes, suffix: str, folder: Path, capsys: Any) -> str:
    """Run what people run on one file, and give all that comes out, in small letters."""
    (folder / "reçus").mkdir(exist_ok=True)
    (folder / "reçus" / f"f{suffix}").write_bytes(content)
    received, rules = str(folder / "reçus"), ("-c", str(ROOT / "criteria.yaml"))
    outputs = [option for name in OUTPUTS for option in ("-o", str(folder / name))]
    capsys.readouterr()
    run(["score", received, *rules, *outputs])
    run(["score", received, *rules, "-f", "json"])
    run(["explain", received, MINIMAL["reference"], *rules])
    for kind in ("text", "json", "github", "gitlab", "sarif", "junit"):
        run(["validate", received, *rules, "--format", kind])
    said = [*capsys.readouterr(), *(_text(folder / name) for name in OUTPUTS if (folder / name).exists())]
    return "\n".join(said).casefold()


def told(content: str) -> str:
    """Give what is said of a table, in small letters."""
    documents, findings = read(content.encode("cp1252"), "f.csv")
    findings += [finding for document in documents for finding in build(Candidature, document)[1]]
    return "\n".join(
        f"{finding.where} {finding.where.excerpt} {finding.message} {finding.suggestion}" for finding in findings
    ).casefold()


def _text(path: Path) -> str:
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8", errors="replace")
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def assert_hidden(name: str, written: str) -> None:
    for part in name.casefold().split():
        assert part not in written


def test_typed_in_every_cell_of_a_form_at_once(tmp_path: Path, capsys: Any) -> None:
    written = everything_written(filled({**MINIMAL, **dict.fromkeys(KEYS, NAME)}), ".xlsx", tmp_path, capsys)
    assert "cellule e" in written
    assert_hidden(NAME, written)


MISPLACED = {
    "locaux.surface_m2": "100 m² (cabinet du Dr {name})",
    "locaux.bureaux": "3, dont celui de {name}",
    "locaux.etat": "chez {name}",
    "locaux.adaptes": "demander à {name}",
    "locaux.disponibles_le": "au départ de {name}",
    "engagement_financier.montant_annuel": "10 000 € versés par an à M. ou Mme le docteur et médecin {name}",
    "engagement_financier.duree_annees": "3 ans avec {name}",
    "engagement_financier.nature": "{name}",
    "porteur.type": "{name}",
    "complements.{name}": "1",
    "depose_le": "selon {name}",
    "implantation.communes": "{name}",
    "reference": "dossier {name}",
}
"""Answers of a text file that may name a doctor whom the file also names in its own place."""


def _misplaced(key: str, name: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "reference": "AMI-T-01",
        "depose_le": "2022-09-30",
        "porteur": {"nom": "Commune d'essai"},
        "implantation": {"communes": [{"code_insee": "09901"}]},
        "medecins_interesses": [{"nom": NAME}],
    }
    block, _, below = key.format(name=name).partition(".")
    said = MISPLACED[key].format(name=name)
    data[block] = {**data.get(block, {}), below: said} if below else said
    return data


@pytest.mark.parametrize("name", [NAME, "zebulon", "Delacroix-Petit"])
@pytest.mark.parametrize("suffix", [".yaml", ".json", ".jsonl"])
def test_typed_elsewhere_in_a_text_file_that_names_the_doctor(
    suffix: str, name: str, tmp_path: Path, capsys: Any
) -> None:
    documents = [json.dumps(_misplaced(key, name), ensure_ascii=place % 2 == 0) for place, key in enumerate(MISPLACED)]
    if suffix == ".jsonl":
        content = "\n".join(documents)
    else:
        content = f"[{', '.join(documents)}]" if suffix == ".json" else "\n---\n".join(documents)
    written = everything_written(content.encode(), suffix, tmp_path, capsys)
    assert "cette réponse n'est pas un nombre" in written
    for part in ("zébulon", "zebulon", r"z\u00e9bulon", "delacroix"):
        assert part not in written


@pytest.mark.parametrize("suffix", [".yaml", ".json", ".jsonl"])
def test_typed_elsewhere_in_a_text_that_cannot_be_parsed(suffix: str, tmp_path: Path, capsys: Any) -> None:
    broken = f'{{"etat": "selon {NAME}", "medecins_interesses": [{{"nom": "{NAME}"}}] "reference": "A"}}'
    written = everything_written(broken.encode(), suffix, tmp_path, capsys)
    assert '"selon ······· ·········"' in written
    assert_hidden(NAME, written)


@pytest.mark.parametrize("answer", ["100 m² (cabinet du Dr {name})", "100: cabinet de {name}"])
def test_the_excerpt_of_a_text_file_keeps_all_but_the_name(answer: str, tmp_path: Path, capsys: Any) -> None:
    doctors = f"medecins_interesses:\n  - nom: {NAME}\n"
    text = YAML.replace("medecins_interesses: []\n", doctors) + f"locaux:\n  surface_m2: {answer.format(name=NAME)}\n"
    written = everything_written(text.encode(), ".yaml", tmp_path, capsys)
    assert answer.format(name="······· ·········").casefold() in written
    assert_hidden(NAME, written)


def test_a_wrong_answer_that_names_nobody_is_still_quoted(tmp_path: Path, capsys: Any) -> None:
    text = YAML.replace("[]", "[{nom: Docteur Commune, specialite: médecine}]") + "locaux: {surface_m2: 2 hectares}\n"
    assert "« 2 hectares » n'est pas un nombre" in everything_written(text.encode(), ".yaml", tmp_path, capsys)


FREE = ("diagnostic.partage_avec.1", "diagnostic.partage_avec.2", "pieces.1", "pieces.3")


@pytest.mark.parametrize("suffix", [".xlsx", ".yaml"])
def test_typed_among_the_free_texts_of_a_candidature_that_is_right(suffix: str, tmp_path: Path, capsys: Any) -> None:
    named = f"lettre du dr {NAME}, plan des locaux"
    content = filled({**MINIMAL, **dict.fromkeys(FREE, named)})
    if suffix == ".yaml":
        texts = f'["{named}", ARS, "plan {NAME}.pdf"]'
        content = f"{YAML}diagnostic: {{partage_avec: {texts}}}\npieces: {texts}\n".encode()
    written = everything_written(content, suffix, tmp_path, capsys)
    assert "que le barème ne nomme pas" in written or "autre" in written
    assert_hidden(NAME, written)


def test_typed_as_the_reference(tmp_path: Path, capsys: Any) -> None:
    written = everything_written(filled({**MINIMAL, "reference": NAME}), ".xlsx", tmp_path, capsys)
    assert "reference-form" in written
    assert_hidden(NAME, written)


def test_typed_where_no_answer_is_read(tmp_path: Path, capsys: Any) -> None:
    def astray(book: Any) -> None:
        book.worksheets[0]["I20"].value = NAME
        book.create_sheet("Suite")["B2"].value = NAME
        book.create_sheet("Cachée")["C3"].value = NAME
        book.worksheets[-1].sheet_state = "hidden"

    assert_hidden(NAME, everything_written(filled(change=astray), ".xlsx", tmp_path, capsys))


def test_stored_as_an_error_or_inside_a_formula(tmp_path: Path, capsys: Any) -> None:
    data = filled({**MINIMAL, "medecins_interesses.1.nom": f'="{NAME}"'})
    formula = f'<f>"{NAME}"</f><v />'.encode()
    as_error = repacked(data, in_sheet(formula, f"<f>1</f><v>{NAME}</v>".encode()))
    for content in (data, as_error):
        assert_hidden(NAME, everything_written(content, ".xlsx", tmp_path, capsys))


def test_typed_in_each_column_of_a_table(tmp_path: Path, capsys: Any) -> None:
    """One line for each column, wrong there only: every sentence that a cell can cause is written."""
    columns = (
        dict(_columns())
        | dict.fromkeys((key for key in KEYS if key not in HEADER.split(";")), "")
        | {"medecins_interesses.12.nom": "", "pieces.9": ""}
    )
    lines = [";".join({**columns, key: NAME}.values()) for key in columns if key not in SHOWN]
    content = "\n".join([";".join(columns), *lines])
    written = everything_written(content.encode("cp1252"), ".csv", tmp_path, capsys)
    assert_hidden(NAME, written)


@pytest.mark.parametrize(
    "heading",
    [NAME, f"medecins_interesses.1.{NAME}", f"porteur.{NAME}", f"complements.{NAME}", "medecins_interesses.1.nm"],
)
@pytest.mark.parametrize("times", [1, 2])
def test_typed_as_a_heading(heading: str, times: int) -> None:
    assert_hidden(NAME, told(f"{HEADER}{times * f';{heading}'}\n{LINE}{times * f';{NAME}'}\n"))


@pytest.mark.parametrize("rest", [f";{NAME}", f";;;{NAME}", f'\nA-2;2022-09-01;"{NAME};x', f"\n{NAME}\n"])
def test_typed_beyond_the_columns_or_in_a_broken_line(rest: str) -> None:
    assert_hidden(NAME, told(f"{HEADER}\n{LINE}{rest}\n"))


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.text("bcdfghjklmnpqrstvwxzéèç-", min_size=6, max_size=9), min_size=1, max_size=3).map(" ".join),
    st.sampled_from([key for key in KEYS if key.startswith("medecins") or key.endswith("nombre")]),
)
def test_any_name_in_any_personal_column(name: str, key: str) -> None:
    assert_hidden(name, told(f"{HEADER};{key}\n{LINE};{name}\n"))


def test_shown_only_when_personal_data_are_asked_for(tmp_path: Path, capsys: Any) -> None:
    data = filled({**MINIMAL, "medecins_interesses.1.nom": NAME})
    assert_hidden(NAME, everything_written(data, ".xlsx", tmp_path, capsys))
    target = tmp_path / "médecins.xlsx"
    rules = ("-c", str(ROOT / "criteria.yaml"))
    run(["score", str(tmp_path / "reçus"), *rules, "-o", str(target), "--with-personal-data"])
    assert NAME in _text(target)
    assert zipfile.is_zipfile(BytesIO(target.read_bytes()))


def _columns() -> list[tuple[str, str]]:
    return list(zip(HEADER.split(";"), LINE.split(";"), strict=True))
