"""What an explanation says first: the rank, the status, the total, and the answer in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from ami_scoring.cli.exit_codes import ExitCode

from .door import CRITERIA, Ami, Apply, Write


def spaced(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def rooms(number: int) -> str:
    return f"locaux: {{bureaux: {number}}}\n"


@pytest.fixture
def four(apply: Apply) -> None:
    for reference, number in (("A-1", 4), ("A-2", 3), ("A-3", 3), ("A-4", 1)):
        apply(reference, more=rooms(number))


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("reference", "places", "said"),
    [
        ("A-1", 1, "Rang 1 · statut : retenue, acquise · total 50 sur 50 Elle a une place, que rien de ce qui est"),
        ("A-2", 2, "Rang 2, à égalité avec A-3 · statut : réserve, encore possible · total 45 sur 50 Elle est à"),
        ("A-3", 2, "Elle est à égalité avec A-2 pour la dernière place : le comité les départage."),
        (
            "A-4",
            1,
            "Rang 4 · statut : non retenue · total 35 sur 50 Elle n'a pas de place. Plus aucune place n'est possible.",
        ),
    ],
)
def test_the_rank_the_status_and_the_answer_come_first(
    reference: str, places: int, said: str, ami: Ami, write: Write
) -> None:
    write("criteria.yaml", CRITERIA.replace("places: 1, reserve: 1", f"places: {places}, reserve: 1"))
    ran = spaced(ami("explain", "candidatures", reference).out)
    assert said in ran
    assert ran.index("statut") < ran.index("1. Zonage")


def test_a_place_under_reserve_says_how_many_rivals_it_takes(ami: Ami, apply: Apply, write: Write) -> None:
    write("criteria.yaml", CRITERIA.replace("places: 1", "places: 3"))
    apply("A-1", more=rooms(2))
    for number in (2, 3, 4, 5):
        apply(f"A-{number}", code="09009")
    said = spaced(ami("explain", "candidatures", "A-1").out)
    assert "qu'elle perdrait si 3 au moins des 4 dossiers qui suivent passaient devant elle ou à sa hauteur." in said
    table = spaced(ami("score", "candidatures", "-f", "table").out)
    assert "A-1 : 3 au moins de A-2, A-3, A-4 et A-5" in table


@pytest.mark.parametrize(
    ("rivals", "those", "named"),
    [
        (1, "le dossier qui suit passait", "A-2"),
        (2, "les 2 dossiers qui suivent passaient tous", "A-2 et A-3, ensemble"),
        (3, "2 au moins des 3 dossiers qui suivent passaient", "2 au moins de A-2, A-3 et A-4"),
    ],
)
def test_how_many_rivals_a_place_takes_is_a_least_only_where_there_are_more(
    rivals: int, those: str, named: str, ami: Ami, apply: Apply, write: Write
) -> None:
    write("criteria.yaml", CRITERIA.replace("places: 1", f"places: {min(rivals, 2)}"))
    apply("A-1", more=rooms(2))
    for number in range(2, rivals + 2):
        apply(f"A-{number}", code="09009")
    said = spaced(ami("explain", "candidatures", "A-1").out)
    assert f"qu'elle perdrait si {those} devant elle ou à sa hauteur." in said
    assert f"A-1 : {named} " in spaced(ami("score", "candidatures", "-f", "table").out)
    assert f"dépend de {named} " in spaced(ami("score", "candidatures", "-f", "list").out)


def test_a_place_that_any_of_several_may_take_says_so(ami: Ami, apply: Apply) -> None:
    apply("A-1", more=rooms(2))
    apply("A-2", code="09009")
    apply("A-3", code="09009")
    said = spaced(ami("explain", "candidatures", "A-1").out)
    assert "qu'elle perdrait si l'un des 2 dossiers qui suivent passait devant elle ou à sa hauteur." in said
    assert "dépend de A-2 et A-3 " in spaced(ami("score", "candidatures", "-f", "list").out)


def test_one_that_waits_says_what_for(ami: Ami, apply: Apply) -> None:
    apply("A-1", code="09009")
    said = spaced(ami("explain", "candidatures", "A-1").out)
    assert "Elle n'a pas de place tant qu'elle n'est pas complétée. Une place reste possible." in said


@pytest.mark.usefixtures("four")
def test_a_short_explanation_keeps_the_answer_the_marks_and_the_total(ami: Ami) -> None:
    short, whole = (ami("explain", "candidatures", "A-2", *more).out for more in (["--short"], []))
    assert len(short.splitlines()) < 16 < len(whole.splitlines())
    said = spaced(short)
    assert "1. Zonage : 30 points sur 30" in said
    assert "Total : 30 + 15 = 45 points sur 50" in said
    assert "Barème" not in said


@pytest.mark.parametrize("asked", ["Malaubrel", "malaubrél", "Commune de Malaubrel", "commune de malaubrel"])
def test_a_commune_or_an_applicant_may_be_asked_for_by_name(asked: str, ami: Ami, write: Write) -> None:
    for reference, name in (("A-1", "Malaubrel"), ("A-2", "Peyrecandèle"), ("A-3", "Peyrecandèle")):
        write(
            f"candidatures/{reference}.yaml",
            f"reference: {reference}\ndepose_le: 2022-02-01\nporteur: {{nom: Commune de {name}}}\n"
            f"implantation: {{communes: [{{code_insee: '0900{reference[-1]}', nom: {name}}}]}}\n",
        )
    assert ami("explain", "candidatures", asked).out.startswith("A-1 · Commune de Malaubrel")
    several = ami("explain", "candidatures", "peyrecandele")
    assert several.code == ExitCode.USAGE
    assert "plusieurs candidatures portent le nom « peyrecandele » : donnez la référence, « A-2 » (" in several.err
    near = ami("explain", "candidatures", "Malaubrelle")
    assert "Vouliez-vous dire « Malaubrel » ?" in near.err


def test_a_draw_is_told_in_words_before_its_hash(ami: Ami, apply: Apply, write: Write) -> None:
    write("criteria.yaml", CRITERIA + "ranking: {ties: [{draw: graine}]}\n")
    for reference in ("A-1", "A-2"):
        apply(reference, more=rooms(2))
    told = {one: spaced(ami("explain", "candidatures", one).out) for one in ("A-1", "A-2")}
    first = next(one for one, said in told.items() if "Rang 1 " in said)
    second = "A-2" if first == "A-1" else "A-1"
    assert f"Face à {second}, même total : elle passe devant, par le tirage au sort (" in told[first]
    assert f"Face à {first}, même total : {first} passe devant, par le tirage au sort (" in told[second]
    assert f"SHA-256 de « graine|{first} »" in told[first]


def test_a_version_that_another_replaces_says_first_what_it_lacks(ami: Ami) -> None:
    root = Path(__file__).parents[2]
    ran = ami("explain", root / "samples/candidatures", "AMI-V2-08", "-c", root / "criteria.yaml")
    head = spaced(ran.out.split("Recevabilité")[0])
    assert "Hors classement · statut : remplacée" in head
    assert "il lui manque : « Locaux adaptés », « Nombre de bureaux de consultation »" in head


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (("T10:00:00+01:00", ""), " : l'heure de dépôt ne compte pas ce jour-là, A-2 ne la donne pas."),
        (("", ""), " : l'heure de dépôt ne compte pas ce jour-là, A-1 et A-2 ne la donnent pas."),
        (("T10:00:00+01:00", "T10:00:00+01:00"), "."),
    ],
)
def test_who_keeps_the_hours_of_a_day_from_counting_is_named_where_equals_stay(
    hours: tuple[str, str], said: str, ami: Ami, apply: Apply, write: Write
) -> None:
    write("criteria.yaml", CRITERIA + "ranking: {ties: [{fact: depose_le, prefer: earliest}]}\n")
    for reference, hour in zip(("A-1", "A-2"), hours, strict=True):
        path = apply(reference)
        path.write_text(path.read_text(encoding="utf-8").replace("2022-02-01", f"2022-02-01{hour}"), encoding="utf-8")
    told = spaced(ami("explain", "candidatures", "A-1").out)
    assert f"Face à A-2, même total : rien de prévu ne les départage{said}" in told
