"""An export of another tool, from its headings to a shortlist, as a service does it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .door import Ami, Write

EXPORT = """\
Dossier,Date de dépôt,Collectivité,Statut,Code INSEE,Nombre de bureaux,Météo
D-1,2022-02-01,Commune de Un,Commune,09001,4,beau
D-2,2022-02-02,CC de Deux,Communauté de communes,09002,2,gris
"""
MAPPING = """\
language: 1
export: {origin: essai}
answers:
  - {key: reference, column: Dossier}
  - {key: depose_le, column: Date de dépôt}
  - {key: porteur.nom, column: Collectivité}
  - {key: implantation.communes.1.code_insee, column: Code INSEE}
  - {key: locaux.bureaux, column: Nombre de bureaux, missing: ["2"]}
unused: [Statut, Météo]
"""


def test_an_export_is_proposed_a_mapping_by_which_it_is_then_scored(ami: Ami, write: Write) -> None:
    write("export.csv", EXPORT)
    proposed = ami("import", "export.csv")
    assert (proposed.code, proposed.out) == (0, "")
    assert "6 réponses proposées, 1 à confirmer" in proposed.err
    text = Path("correspondance.yaml").read_text(encoding="utf-8")
    assert "values: {Communauté de communes: epci}" in text
    assert "confirmed: non   # à confirmer" in text
    assert "  - Météo" in text
    scored = ami("score", "export.csv", "--format", "tsv", "--findings")
    assert scored.code == 0
    assert "mapping-to-confirm" in scored.err
    assert [line.split("\t")[3] for line in scored.out.splitlines()] == ["référence", "D-1", "D-2"]


def test_a_proposal_never_replaces_a_mapping_that_somebody_corrected(ami: Ami, write: Write) -> None:
    write("export.csv", EXPORT)
    write("correspondance.yaml", MAPPING)
    assert "existe déjà" in ami("import", "export.csv").err
    assert Path("correspondance.yaml").read_text(encoding="utf-8") == MAPPING
    assert ami("import", "export.csv", "--force").code == 0


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("export.correspondance.yaml", ()),
        ("correspondance.yaml", ()),
        ("autre.yaml", ("--mapping", "autre.yaml")),
    ],
)
def test_a_mapping_is_found_beside_its_export_or_where_it_is_told(
    name: str, arguments: tuple[str, ...], ami: Ami, write: Write
) -> None:
    write("dossiers/export.csv", EXPORT)
    write(name if arguments else f"dossiers/{name}", MAPPING)
    scored = ami("score", "dossiers", *arguments, "--format", "csv", "--findings")
    assert scored.code == 0
    assert "mapping-held-missing" in scored.err
    assert len(scored.out.splitlines()) == 3


def test_the_criteria_may_name_the_mapping(ami: Ami, write: Write) -> None:
    write("export.csv", EXPORT)
    write("votee.yaml", MAPPING)
    call = Path("criteria.yaml").read_text(encoding="utf-8")
    write("criteria.yaml", f"mapping: votee.yaml\n{call}")
    scored = ami("score", "export.csv", "--format", "json")
    assert scored.code == 0
    assert '"mappings"' in scored.out


def test_a_finding_shows_the_cell_and_the_question_as_the_applicant_read_it(ami: Ami, write: Write) -> None:
    write("export.csv", EXPORT.replace(",4,", ",quatre,"))
    write("correspondance.yaml", MAPPING)
    checked = ami("validate", "export.csv")
    assert checked.code == 1
    assert "export.csv:2:44, question «\u00a0Nombre de bureaux\u00a0»: erreur" in checked.out


def test_a_mapping_that_is_wrong_stops_the_scoring_and_is_told_once(ami: Ami, write: Write) -> None:
    write("export.csv", EXPORT)
    write("correspondance.yaml", MAPPING.replace("column: Dossier", "colonne: Dossier"))
    scored = ami("score", "export.csv")
    assert (scored.code, scored.out) == (1, "")
    assert "correspondance.yaml:4:22: erreur unknown-key" in scored.err
    assert "not-a-form" not in ami("validate", "export.csv", "correspondance.yaml").out


def test_candidatures_are_written_with_the_origin_of_every_value(ami: Ami, write: Write) -> None:
    write("export.csv", EXPORT)
    assert "en propose une" in ami("import", "export.csv", "-o", "candidatures").err
    write("correspondance.yaml", MAPPING)
    written = ami("import", "export.csv", "-o", "candidatures")
    assert (written.code, "2 candidatures écrites" in written.err) == (0, True)
    text = Path("candidatures/D-1.yaml").read_text(encoding="utf-8")
    assert 'bureaux: "4"   # ligne 2, caractère 44 : Nombre de bureaux' in text
    assert "existe déjà" in ami("import", "export.csv", "-o", "candidatures").err
    scored = ami("score", "candidatures", "--format", "csv")
    assert (scored.code, len(scored.out.splitlines())) == (0, 3)


def test_a_file_without_headings_is_refused(ami: Ami, write: Write) -> None:
    write("export.csv", "1;2\n3;4\n")
    refused = ami("import", "export.csv")
    assert (refused.code, "mapping-no-headings" in refused.err) == (1, True)
    assert not Path("correspondance.yaml").exists()


def test_an_official_zoning_becomes_the_table_of_a_wave(ami: Ami, write: Write) -> None:
    write("ars.csv", "Code de la commune,Zonage\n09001,Zone d'intervention prioritaire\n09002,Non-spécifié\n")
    made = ami("zoning", "ars.csv", "-o", "z.csv", "--edition", "2022")
    assert (made.code, "1 communes" in made.err, "zoning-unplaced" in made.err) == (0, True, True)
    assert Path("z.csv").read_text(encoding="utf-8").splitlines()[1] == "09001,commune,ZIP,2022,ars.csv"
    assert "existe déjà" in ami("zoning", "ars.csv", "-o", "z.csv", "--edition", "2022").err
    for unfit in ("e\udce8", "e\x1b[31m"):
        refused = ami("zoning", "ars.csv", "-o", "y.csv", "--edition", unfit)
        assert (refused.code, "--edition" in refused.err, Path("y.csv").exists()) == (2, True, False)


def test_a_zone_that_is_not_known_leaves_no_table(ami: Ami, write: Write) -> None:
    write("ars.csv", "Code de la commune,Zonage\n09001,ZRR\n")
    refused = ami("zoning", "ars.csv", "-o", "z.csv", "--edition", "2022")
    assert (refused.code, "n'est pas écrite" in refused.err, Path("z.csv").exists()) == (1, True, False)


@pytest.mark.parametrize(
    "command",
    [
        ("score", "export.csv"),
        ("explain", "export.csv", "D-1"),
        ("validate", "export.csv"),
        ("diff", "criteria.yaml", "criteria.yaml", "export.csv"),
        ("robustness", "export.csv"),
        ("template", "tableau.csv", "--table", "--from", "export.csv"),
    ],
    ids=lambda command: command[0],
)
def test_every_command_that_reads_candidatures_reads_an_export_by_the_mapping_it_is_told(
    command: tuple[str, ...], ami: Ami, write: Write
) -> None:
    write("export.csv", EXPORT)
    write("autre.yaml", MAPPING)
    without = ami(*command)
    assert without.code != 0
    done = ami(*command, "--mapping", "autre.yaml")
    assert (done.code, "not-a-form" in done.out + done.err) == (0, False)


def test_a_candidature_of_before_a_merger_is_scored_by_an_official_table_of_after_and_told_so(
    ami: Ami, write: Write
) -> None:
    write("export.csv", EXPORT)
    write("correspondance.yaml", MAPPING)
    write("officiel.csv", "Code de la commune;Zonage\n09009;Zone d'intervention prioritaire\n09002;4_QPV_ZAC\n")
    write("mouvements.csv", "ancien,nouveau\n09001,09009\n")
    call = Path("criteria.yaml").read_text(encoding="utf-8")
    edition = 'zoning: officiel.csv, zoning_edition: "2025", zoning_mergers: mouvements.csv'
    write("criteria.yaml", re.sub(r"zoning: [^,}\n]+", edition, call))
    scored = ami("score", "export.csv", "--format", "json")
    assert "La commune 09001 est devenue 09009" in scored.out
    assert "La commune 09002 n'a pas de zone propre" in scored.out
    told = " ".join(ami("explain", "export.csv", "D-1").out.split())
    assert "La commune 09001 est devenue 09009 : c'est sous cet autre code" in told


def test_a_number_of_an_export_that_its_column_decides_is_read_and_told(ami: Ami, write: Write) -> None:
    write(
        "export.csv",
        EXPORT.replace("bureaux,Météo", "bureaux,Météo,Surface")
        .replace("beau", "beau,1.103")
        .replace("gris", "gris,180.5"),
    )
    write("correspondance.yaml", MAPPING.replace("unused:", "  - {key: locaux.surface_m2, column: Surface}\nunused:"))
    checked = ami("validate", "export.csv")
    assert "number-read-by-column" in checked.out
    assert "number-ambiguous" not in checked.out


def test_a_table_of_ours_beside_a_mapping_is_read_by_its_own_headings(ami: Ami, write: Write) -> None:
    write("export.csv", EXPORT.replace("Dossier,", "Référence du dossier,"))
    write("correspondance.yaml", MAPPING.replace("column: Dossier", "column: Référence du dossier"))
    assert ami("template", "tableau.csv", "--table", "--from", "export.csv").code == 0
    assert ami("score", "tableau.csv", "--format", "tsv").code == 0


def test_a_mapping_quotes_nothing_that_may_name_a_doctor(ami: Ami, write: Write) -> None:
    write("export.csv", "Référence;Preuve de l'intérêt du médecin\nA-1;Lettre du Dr Zoé Secretnom\nA-2;lettre signée\n")
    ami("import", "export.csv")
    assert "Secretnom" not in Path("correspondance.yaml").read_text(encoding="utf-8")
