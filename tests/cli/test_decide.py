"""`ami decide`: a register that only grows, that two people can share, and that the score shows beside itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ami_scoring.cli import recording
from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.scoring.places import draw_number

from .door import Ami, Apply, Ran

REGISTER = Path("decisions.yaml")
ON = ("--on", "2022-10-20")
LETTERHEAD = Path(__file__).resolve().parents[2] / "samples" / "appel-complet" / "courriers.yaml"
WITHDRAWS = ("--kind", "desistement", "--reference", "A-1", "--received-on", "2022-10-19", *ON)
MEETS = ("--kind", "reunion", "--member", "Mme Aubin", "--member", "M. Brun", *ON)


@pytest.fixture(autouse=True)
def _call(apply: Apply) -> None:
    """Put three candidatures in the call, for one place and a reserve of one."""
    apply("A-1", more="locaux: {etat: existants, bureaux: 4}\n")
    apply("A-2", more="locaux: {etat: existants, bureaux: 3}\n")
    apply("A-3", more="locaux: {etat: existants, bureaux: 2}\n")


def decided(ami: Ami, *arguments: str) -> Ran:
    ran = ami("decide", REGISTER, "candidatures", *arguments)
    assert ran.code == ExitCode.DONE, ran.said
    return ran


def test_a_decision_is_written_shown_and_its_effect_is_told(ami: Ami) -> None:
    ran = decided(ami, *WITHDRAWS, "--reason", "Local vendu")
    assert ran.out.endswith("décision no 1 : A-1 se désiste, A-2 est appelée de la liste de réserve.\n")
    assert "    reason: Local vendu\n" in REGISTER.read_text(encoding="utf-8")
    assert ran.err == "1 décision enregistrée : decisions.yaml\n"
    assert ami("validate", REGISTER).code == ExitCode.DONE


def test_what_is_written_is_never_touched_again(ami: Ami) -> None:
    decided(ami, *MEETS)
    text = REGISTER.read_bytes() + b"  # une remarque de quelqu'un\n"
    REGISTER.write_bytes(text)
    decided(ami, *WITHDRAWS)
    assert REGISTER.read_bytes().startswith(text)
    assert REGISTER.read_bytes().count(b"- number:") == 2


def test_a_register_with_the_line_ends_of_windows_keeps_them(ami: Ami) -> None:
    decided(ami, *MEETS)
    before = REGISTER.read_bytes().replace(b"\n", b"\r\n")
    REGISTER.write_bytes(before)
    decided(ami, *WITHDRAWS)
    after = REGISTER.read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == after.count(b"\r\n") > before.count(b"\n")
    assert ami("validate", REGISTER).code == ExitCode.DONE


def test_equals_are_told_apart_by_a_draw_that_is_drawn_again(ami: Ami, apply: Apply) -> None:
    apply("A-2", more="locaux: {etat: existants, bureaux: 4}\n")
    order = sorted(["A-1", "A-2"], key=lambda each: draw_number("octobre", each), reverse=True)
    names = [word for each in order for word in ("--reference", each)]
    decided(ami, "--kind", "départage", *names, "--by", "tirage", "--seed", "octobre", *ON)
    assert "    by: draw\n    seed: octobre\n" in REGISTER.read_text(encoding="utf-8")
    wrong = [word for each in reversed(order) for word in ("--reference", each)]
    ran = ami(
        "decide", "autre.yaml", "candidatures", "--kind", "départage", *wrong, "--by", "tirage", "--seed", "octobre"
    )
    assert "decision-draw" in ran.err


def test_the_score_shows_computed_and_decided_side_by_side(ami: Ami) -> None:
    decided(ami, *WITHDRAWS)
    alone = ami("score", "candidatures", "-f", "json").out
    beside = ami("score", "candidatures", "-d", REGISTER, "-f", "json").out
    told = json.loads(beside)
    fates = {each: (one["computed"], one["decided"]) for each, one in told["decided"]["candidatures"].items()}
    assert fates == {
        "A-1": ("retenue", "désistée"),
        "A-2": ("réserve", "retenue"),
        "A-3": ("non retenue", "réserve"),
    }
    assert told["ranking"] == json.loads(alone)["ranking"]
    assert told["decided"]["effects"][0]["entered"] == ["A-2"]
    assert told["provenance"]["decisions"]["path"] == "decisions.yaml"


def test_tables_and_texts_show_what_was_decided(ami: Ami) -> None:
    decided(ami, *WITHDRAWS)
    rows = [line.split("\t") for line in ami("score", "candidatures", "-d", REGISTER, "-f", "tsv").out.splitlines()]
    at = {name: rows[0].index(name) for name in ("référence", "statut", "décidé", "rang_réserve")}
    assert [[row[place] for place in at.values()] for row in rows[1:]] == [
        ["A-1", "retenue", "désistée", ""],
        ["A-2", "réserve", "retenue", ""],
        ["A-3", "non retenue", "réserve", "1"],
    ]
    table = ami("score", "candidatures", "-d", REGISTER, "-f", "table").out
    assert "Décision no 1 : A-1 se désiste, A-2 est appelée de la liste de réserve" in table
    written = ami("score", "candidatures", "-d", REGISTER, "-f", "markdown").out
    assert "- **A-1** : calculée retenue, décidée désistée" in written


def test_a_register_without_decision_changes_nothing(ami: Ami) -> None:
    REGISTER.write_text("language: 1\ncall: Essai\ndecisions: []\n", encoding="utf-8")
    table = ami("score", "candidatures", "-d", REGISTER, "-f", "table").out
    assert "Aucune n'est en vigueur." in table
    assert json.loads(ami("score", "candidatures", "-d", REGISTER, "-f", "json").out)["decided"]["entries"] == 0


def test_a_file_that_changed_since_is_a_finding(ami: Ami, apply: Apply) -> None:
    decided(ami, *WITHDRAWS)
    apply("A-1", more="locaux: {etat: existants, bureaux: 1}\n")
    ran = ami("score", "candidatures", "-d", REGISTER)
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "decision-file-changed La décision no 1 a été prise sur le dossier A-1, qui a changé depuis." in ran.err


def test_the_final_list_is_that_of_the_moment_where_nobody_says(ami: Ami) -> None:
    decided(ami, *WITHDRAWS)
    decided(ami, "--kind", "liste", *ON)
    assert "    selected: [A-2]\n    reserve: [A-3]\n" in REGISTER.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (WITHDRAWS[2:], "dites le genre de décision par --kind"),
        (("--kind", "desistment"), "« desistment » n'est pas un genre de décision"),
        (("--kind", "desistment"), "Vouliez-vous dire « desistement » ?"),
        ((*MEETS, "--kept", "oui"), "une décision « reunion » ne prend pas --kept ; elle prend : --absent, --member."),
        ((*WITHDRAWS, "--reference", "A-2"), "une décision « desistement » ne prend qu'une fois --reference."),
        ((*MEETS, "--reference", "A-2"), "une décision « reunion » ne prend pas --reference"),
        ((*MEETS, "--from", "criteria.yaml"), "--from prend les décisions du classeur"),
    ],
)
def test_a_command_line_that_says_too_little_or_too_much_is_refused(
    ami: Ami, arguments: tuple[str, ...], said: str
) -> None:
    ran = ami("decide", REGISTER, "candidatures", *arguments)
    assert ran.code == ExitCode.USAGE
    assert said in " ".join(ran.err.split())
    assert not REGISTER.exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--kind", "withdrawal", "--reference", "A-1", "--received-on", "hier"), "date-expected"),
        (("--kind", "withdrawal", "--reference", "A-9", "--received-on", "2022-10-19"), "decision-unknown-reference"),
        (("--kind", "ecart", "--reference", "A-2", "--kept", "oui", "--reason", "x"), "missing-key"),
        (("--kind", "departage", "--by", "vote", "--reference", "A-1", "--reference", "A-2"), "decision-not-equals"),
        (("--kind", "liste", "--reference", "A-3"), "decision-list-unexplained"),
        (("--kind", "annulation", "--cancels", "1", "--reason", "x"), "decision-order"),
    ],
)
def test_a_decision_that_cannot_be_is_told_and_nothing_is_written(
    ami: Ami, arguments: tuple[str, ...], code: str
) -> None:
    ran = ami("decide", REGISTER, "candidatures", *arguments, *ON)
    assert ran.code == ExitCode.INPUT_ERRORS
    assert f" erreur {code} " in ran.err
    assert "Rien n'est enregistré." in ran.err
    assert not REGISTER.exists()


def test_a_broken_chain_takes_no_more(ami: Ami) -> None:
    decided(ami, *MEETS)
    REGISTER.write_text(REGISTER.read_text(encoding="utf-8").replace("M. Brun", "M. Blanc"), encoding="utf-8")
    for ran in (ami("decide", REGISTER, "candidatures", *WITHDRAWS), ami("score", "candidatures", "-d", REGISTER)):
        assert ran.code == ExitCode.INPUT_ERRORS
        assert "decision-changed La décision no 1 n'est plus celle qui a été prise" in ran.err


def test_the_second_of_two_people_is_told_and_nothing_is_lost(ami: Ami, monkeypatch: pytest.MonkeyPatch) -> None:
    decided(ami, *MEETS)
    taken = recording._added

    def slow(*arguments: object) -> str:
        """Let somebody else decide between what is read and what is written."""
        monkeypatch.setattr(recording, "_added", taken)
        decided(ami, "--kind", "deport", "--member", "M. Brun", "--reference", "A-2", "--reason", "Parent", *ON)
        return taken(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(recording, "_added", slow)
    ran = ami("decide", REGISTER, "candidatures", *WITHDRAWS)
    assert ran.code == ExitCode.USAGE
    assert "la dernière décision y est maintenant la no 2 (déport)" in ran.err
    assert "Rien n'est enregistré : relisez le registre, puis recommencez." in ran.err
    decided(ami, *WITHDRAWS)
    assert REGISTER.read_text(encoding="utf-8").count("- number:") == 3
    assert ami("validate", REGISTER).code == ExitCode.DONE


def test_whoever_comes_while_another_writes_waits_then_is_told(ami: Ami, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)
    mark = Path(".decisions.yaml.verrou")
    mark.touch()
    ran = ami("decide", REGISTER, "candidatures", *WITHDRAWS)
    assert ran.code == ExitCode.USAGE
    assert "quelqu'un d'autre l'écrit en ce moment" in ran.err
    assert "supprimez « .decisions.yaml.verrou »" in ran.err
    assert len(waits) == 5
    mark.unlink()
    decided(ami, *WITHDRAWS)
    assert not mark.exists()


def test_a_folder_that_is_not_there_is_told(ami: Ami) -> None:
    ran = ami("decide", "ailleurs/decisions.yaml", "candidatures", *WITHDRAWS)
    assert ran.code == ExitCode.USAGE
    assert "le dossier n'existe pas. Créez-le d'abord" in ran.err


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"language: 1\n", b"a: [\n"])
def test_a_register_that_cannot_be_read_is_told(ami: Ami, content: bytes) -> None:
    REGISTER.write_bytes(content)
    assert ami("decide", REGISTER, "candidatures", *WITHDRAWS).code == ExitCode.INPUT_ERRORS
    assert REGISTER.read_bytes() == content


def test_a_folder_of_candidatures_passes_over_the_register(ami: Ami, call: Path) -> None:
    decided(ami, *WITHDRAWS)
    REGISTER.rename("candidatures/registre.yaml")
    ran = ami("validate", "candidatures")
    assert "c'est un registre de décisions, et non une candidature" in ran.said


def test_the_register_is_never_written_over_by_a_result(ami: Ami) -> None:
    decided(ami, *WITHDRAWS)
    Path("decisions.json").write_bytes(REGISTER.read_bytes())
    ran = ami("score", "candidatures", "-d", "decisions.json", "-o", "decisions.json", "--force")
    assert ran.code == ExitCode.USAGE
    assert "vient d'être lu" in ran.err


def test_explain_tells_what_was_decided_under_what_was_computed(ami: Ami) -> None:
    decided(ami, *WITHDRAWS)
    told = ami("explain", "candidatures", "A-1", "-d", REGISTER, "--short").out.replace("\u00a0", " ")
    assert "statut : retenue" in told
    assert "Décidé par le comité : désistée (décision 1)" in told
    assert told.index("statut : retenue") < told.index("Décidé par le comité")
    assert "décision no 1 : A-1 se désiste" in told
    assert "Décidé" not in ami("explain", "candidatures", "A-1", "--short").out


def test_the_page_tells_what_was_decided_where_a_candidature_opens(ami: Ami) -> None:
    decided(ami, *WITHDRAWS)
    ami("score", "candidatures", "-d", REGISTER, "-o", "classement.html")
    assert "Décidé par le comité : désistée (décision 1)" in Path("classement.html").read_text("utf-8").replace(
        "\u00a0", " "
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--kind", "ecart", "--reference", "A-2", "--kept", "oui", "--reason", "x", "--proposed-by", "y"),
            "--legal-basis: erreur missing-key Il manque --legal-basis : cette décision en a besoin.",
        ),
        (("--kind", "desistement", "--reference", "A-1"), "--received-on: erreur missing-key Il manque --received-on"),
        (("--kind", "desistement", "--reference", "A-1", "--received-on", "hier"), "--received-on: erreur date-exp"),
        (
            ("--kind", "desistement", "--reference", "A-9", "--received-on", "2022-10-19"),
            "--reference: erreur decision-unknown-reference Aucun dossier lu ne porte la référence « A-9 ».",
        ),
        ((*WITHDRAWS, "--in-favour", "trois"), "--in-favour: erreur "),
        (("--kind", "reunion"), "--member: erreur missing-key Il manque --member"),
        (
            ("--kind", "desistement", "--reference", "A-1", "--received-on", "2022-10-21"),
            "--received-on: erreur decision-order La décision est datée d'avant ce qu'elle a reçu",
        ),
    ],
)
def test_what_is_wrong_is_told_by_its_option(ami: Ami, arguments: tuple[str, ...], said: str) -> None:
    ran = ami("decide", REGISTER, "candidatures", *arguments, *(() if "--on" in arguments else ON))
    assert ran.code == ExitCode.INPUT_ERRORS
    assert said in ran.err.replace("\u00a0", " ")
    assert "decisions.yaml" not in ran.err
    assert not REGISTER.exists()


def test_every_fault_of_a_command_line_is_told_at_once(ami: Ami) -> None:
    ran = ami("decide", REGISTER, "candidatures", "--kind", "ecart", "--reference", "A-9", "--kept", "peut-être", *ON)
    assert [line.partition(":")[0] for line in ran.err.splitlines() if " erreur " in line] == [
        "--kept",
        "--legal-basis",
        "--proposed-by",
        "--reason",
        "--reference",
    ]


@pytest.mark.parametrize("listed", [(), ("--reference", "A-1", "--reserve", "A-2"), ("--reference", "A-3")])
def test_no_list_is_final_while_equals_contest_the_last_place(ami: Ami, apply: Apply, listed: tuple[str, ...]) -> None:
    apply("A-2", more="locaux: {etat: existants, bureaux: 4}\n")
    ran = ami("decide", REGISTER, "candidatures", "--kind", "liste", *listed, *ON)
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "decision-list-tied La liste définitive (décision no 1) ne peut pas être arrêtée : A-1 et A-2" in ran.err
    assert not REGISTER.exists()
    decided(ami, "--kind", "departage", "--by", "vote", "--reference", "A-2", "--reference", "A-1", *ON)
    decided(ami, "--kind", "liste", *ON)
    assert "    selected: [A-2]\n    reserve: [A-1]\n" in REGISTER.read_text(encoding="utf-8")


@pytest.mark.parametrize("again", [WITHDRAWS, ("--kind", "liste", *ON)])
def test_the_same_is_not_decided_twice(ami: Ami, again: tuple[str, ...]) -> None:
    decided(ami, *again)
    before = REGISTER.read_bytes()
    ran = ami("decide", REGISTER, "candidatures", *again)
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "decision-repeated La décision no 2 revient sur la décision no 1, qui est en vigueur" in ran.err
    assert REGISTER.read_bytes() == before
    decided(ami, "--kind", "annulation", "--cancels", "1", "--reason", "Erreur de saisie", *ON)
    decided(ami, *again)


def test_no_paper_goes_out_on_decisions_that_no_longer_agree(ami: Ami, apply: Apply) -> None:
    decided(ami, "--kind", "liste", *ON)
    apply("A-2", more="locaux: {etat: existants, bureaux: 4}\n")
    Path("courriers.yaml").write_bytes(LETTERHEAD.read_bytes())
    papers = ("papers", "candidatures", "-o", "papiers", "-f", "txt")
    ran = ami(*papers, "-d", REGISTER)
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "decision-list-tied" in ran.err
    assert "decision-file-changed" in ran.err
    assert "Aucun papier n'est écrit" in ran.err
    assert not Path("papiers").exists()
    ran = ami(*papers)
    assert "PROJET" in ran.err
    assert Path("papiers").exists()


@pytest.mark.parametrize("paths", [("candidatures", REGISTER), (REGISTER, "candidatures")])
def test_a_validation_of_the_call_and_its_register_says_where_they_part(
    ami: Ami, apply: Apply, paths: tuple[str | Path, ...]
) -> None:
    decided(ami, "--kind", "liste", *ON)
    assert ami("validate", *paths).code == ExitCode.DONE
    apply("A-2", more="locaux: {etat: existants, bureaux: 4}\n")
    ran = ami("validate", *paths)
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "decision-list-tied" in ran.out
    assert "decision-file-changed" in ran.out


def test_a_text_that_is_not_utf_8_is_refused_with_its_option(ami: Ami) -> None:
    ran = ami("decide", REGISTER, "candidatures", "--kind", "reunion", "--member", "Lef\udce8vre", *ON)
    assert (ran.code, "--member" in ran.err, Path(REGISTER).exists()) == (ExitCode.USAGE, True, False)
