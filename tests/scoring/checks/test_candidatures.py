"""What one candidature says that cannot be, or that differs from the tables."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.scoring.building import candidature, policy

from ami_scoring.domain.zoning import Zone, ZoningTable
from ami_scoring.findings import Problem, Severity
from ami_scoring.scoring.checks.candidatures import candidature_check

TABLE = ZoningTable(
    "essai 2022",
    "invention",
    {"09001": Zone.ZAC, "09002": Zone.ZIP},
    {"QP000001": Zone.ZIP, "QP000002": Zone.ZAR},
    {"09001": "Saint-Essai-le-Haut", "09002": "Essaillac"},
)
FACTS = "facts: [{name: lots, type: integer, label: Lots, maximum: 9}, {name: avis, type: boolean, label: Avis}]"


def found(changes: str, call: str = FACTS) -> list[Problem]:
    return list(candidature_check(policy(call), {"v1": TABLE, "v2": TABLE})(candidature(changes)))


def place(**more: str) -> str:
    keys = ", ".join(f"{key}: {value}" for key, value in more.items())
    return f"implantation: {{communes: [{{code_insee: '09001'}}]{', ' if keys else ''}{keys}}}"


@pytest.mark.parametrize(
    "changes",
    [
        "",
        "complements: {lots: '9', avis: oui}",
        place(zone_declaree="ZAC"),
        place(qpv="QP000001", zone_declaree="ZIP"),
        place(qpv="QP000001", zone_declaree="ZAC"),
        "diagnostic: {etat_des_lieux_le: 2022-09-01}",
        "engagement_financier: {montant_annuel: 5}",
        "{depose_le: 2023-01-01, implantation: {communes: [{code_insee: '99999'}]}}",
    ],
)
def test_a_candidature_that_holds_together_has_no_problem(changes: str) -> None:
    assert found(changes) == []


@pytest.mark.parametrize(
    ("changes", "code", "path", "severity"),
    [
        ("complements: {lot: '9'}", "unknown-key", ("complements", "lot"), Severity.ERROR),
        ("complements: {lots: dix}", "number-expected", ("complements", "lots"), Severity.ERROR),
        ("complements: {lots: '10'}", "fact-out-of-bounds", ("complements", "lots"), Severity.ERROR),
        ("complements: {avis: peut-être}", "flag-expected", ("complements", "avis"), Severity.ERROR),
        (
            "diagnostic: {etat_des_lieux_le: 2022-09-02}",
            "date-after-deposit",
            ("diagnostic", "etat_des_lieux_le"),
            Severity.WARNING,
        ),
        (
            "engagement_financier: {delibere_le: 2023-09-01}",
            "date-after-deposit",
            ("engagement_financier", "delibere_le"),
            Severity.WARNING,
        ),
        (
            "implantation: {communes: [{code_insee: '09001', principale: oui}, {code_insee: '99999'}]}",
            "commune-not-zoned",
            ("implantation", "communes", 1, "code_insee"),
            Severity.WARNING,
        ),
        (place(qpv="QP999999"), "qpv-not-zoned", ("implantation", "qpv"), Severity.WARNING),
        (place(zone_declaree="ZIP"), "zone-differs", ("implantation", "zone_declaree"), Severity.WARNING),
    ],
)
def test_each_mistake_is_named_at_its_exact_place(
    changes: str, code: str, path: tuple[str | int, ...], severity: Severity
) -> None:
    (problem,) = found(changes)
    assert (problem.code, problem.path, problem.severity) == (code, path, severity)
    assert str(problem.message)


def test_a_key_that_the_call_does_not_declare_comes_with_those_it_does() -> None:
    (problem,) = found("complements: {lot: '9'}")
    assert problem.on_key
    assert str(problem.suggestion) == "Données déclarées : lots, avis."
    (alone,) = found("complements: {lot: '9'}", call="")
    assert alone.suggestion is None


def test_a_fact_left_empty_is_missing_not_wrong() -> None:
    empty = candidature().model_copy(update={"extra": {"lots": None}})
    assert list(candidature_check(policy(FACTS), {"v1": TABLE, "v2": TABLE})(empty)) == []


@pytest.mark.parametrize(("district", "zone"), [("QP000001", "ZIP"), ("QP000002", "ZAC")])
def test_the_zone_in_force_is_told_beside_the_one_declared(district: str, zone: str) -> None:
    (problem,) = found(place(qpv=district, zone_declaree="HZ"))
    expected = f"La zone déclarée (HZ) n'est pas celle de la table ({zone}, essai 2022) : la table l'emporte."
    assert str(problem.message) == expected


def test_a_wave_without_a_table_checks_no_zone() -> None:
    waves = "waves: [{id: v1, closes: 2022-12-31}]"
    changes = candidature(place(zone_declaree="ZIP"))
    assert list(candidature_check(policy(waves), {})(changes)) == []


def test_several_problems_are_told_at_once() -> None:
    changes = f"{{diagnostic: {{etat_des_lieux_le: 2023-01-01}}, complements: {{x: '1'}}, {place(qpv='QP999999')}}}"
    assert [problem.code for problem in found(changes)] == ["unknown-key", "date-after-deposit", "qpv-not-zoned"]


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("Saint-Essai-le-Haut", None),
        ("ST ESSAI LE HAUT", None),
        ("Saint-Essai", None),
        ("Saint-Esai-le-Haut", None),
        ("Essaillac", "Cette commune y porte le code 09002."),
        ("Toulouse", "Vérifiez le code INSEE et le nom."),
    ],
)
def test_a_code_is_told_that_is_of_a_commune_of_another_name(name: str, mend: str | None) -> None:
    told = found(f"implantation: {{communes: [{{code_insee: '09001', nom: {name}}}]}}")
    assert [(each.code, each.path, str(each.suggestion)) for each in told] == (
        [] if mend is None else [("commune-name-differs", ("implantation", "communes", 0, "code_insee"), mend)]
    )
    said = "Le code 09001 est celui de « Saint-Essai-le-Haut » dans la table de zonage (essai 2022), "
    assert all(str(each.message) == f"{said}pas celui du nom donné ici." for each in told)


@pytest.mark.parametrize(
    ("table", "code", "said"),
    [
        (replace(TABLE, moved={"09001": "devenue 12218"}), "commune-moved", "devenue 12218"),
        (replace(TABLE, communes={"09002": Zone.ZIP}, partly={"09001": "3_QPV_ZIP"}), "commune-partly-zoned", "3_QPV"),
    ],
)
def test_a_commune_says_by_which_code_or_by_which_part_it_has_a_zone(table: ZoningTable, code: str, said: str) -> None:
    problems = list(candidature_check(policy(FACTS), {"v1": table, "v2": table})(candidature("")))
    assert [(problem.code, said in str(problem.message)) for problem in problems] == [(code, True)]
