"""`ami archive` and `ami verify`: each link, each output and each source changed by one byte is found and named."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from ami_scoring import __version__
from ami_scoring.cli.app import run
from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.domain.inventory import NAME, READ_ME, Inventory
from ami_scoring.reports.inventory import inventory_json, inventory_text
from ami_scoring.sources.files.archives import packed

from .door import CRITERIA, ZONING, Ami, Apply, Ran, Write

ARCHIVE = Path("appel.zip")
REGISTER = Path("decisions.yaml")
PIECES = ("--with", "seance.json", "--with", "seance.xlsx", "--with", "courrier.txt")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Archive, once, a call of three candidatures, with a decision, an output of the day and a letter."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "candidatures").mkdir()
    (folder / "criteria.yaml").write_text(CRITERIA, encoding="utf-8")
    (folder / "zonage.csv").write_text(ZONING, encoding="utf-8")
    (folder / "courrier.txt").write_text("Madame, Monsieur,\n", encoding="utf-8")
    for name, offices in (("A-1", 4), ("A-2", 3), ("A-3", 2)):
        text = (
            f"reference: {name}\ndepose_le: 2022-02-01\nporteur: {{nom: Commune de {name}}}\n"
            "implantation: {communes: [{code_insee: '09001', nom: Essai}]}\n"
            f"locaux: {{etat: existants, bureaux: {offices}}}\n"
        )
        (folder / "candidatures" / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        options = ["--kind", "withdrawal", "--reference", "A-1", "--received-on", "2022-10-19", "--on", "2022-10-20"]
        assert run(["decide", str(REGISTER), "candidatures", *options]) == ExitCode.DONE
        assert run(["score", "candidatures", "-o", "seance.json", "-o", "seance.xlsx"]) == ExitCode.DONE
        assert run(["archive", "candidatures", "-d", str(REGISTER), *PIECES, "-o", str(ARCHIVE)]) == ExitCode.DONE
    return folder


@pytest.fixture(autouse=True)
def _call(made: Path, call: Path) -> None:
    """Begin each test with that call and its archive."""
    shutil.copytree(made, call, dirs_exist_ok=True)


def archived(ami: Ami, target: Path = ARCHIVE) -> Ran:
    return ami("archive", "candidatures", "-d", REGISTER, *PIECES, "-o", target)


def files() -> dict[str, bytes]:
    with zipfile.ZipFile(ARCHIVE) as package:
        return {each: package.read(each) for each in package.namelist()}


def rewritten(changes: dict[str, bytes | None]) -> None:
    """Write the archive anew with other contents; None takes a file away."""
    changed = {name: data for name, data in {**files(), **changes}.items() if data is not None}
    ARCHIVE.write_bytes(packed(changed))


def inventoried(changes: dict[str, bytes], **more: object) -> None:
    """Change files and the inventory with them, as somebody would who knows how."""
    inside = {**files(), **changes}
    told = json.loads(inside[NAME]) | more
    for each in told["files"]:
        each["sha256"], each["size"] = sha256(inside[each["path"]]).hexdigest(), len(inside[each["path"]])
    inventory = Inventory.model_validate(told)
    inside[NAME], inside[READ_ME] = inventory_json(inventory).encode(), inventory_text(inventory).encode()
    ARCHIVE.write_bytes(packed(inside))


def test_nothing_differs_in_an_archive_that_nobody_touched(ami: Ami) -> None:
    ran = ami("verify", ARCHIVE)
    assert (ran.code, ran.err) == (ExitCode.DONE, "")
    assert ran.out == (
        "Rien ne diffère : 13 fichiers ont leur empreinte ; la décision est intacte ; le calcul, refait, redonne les "
        "mêmes octets (4 sorties) ; 3 pièces jointes sont intactes.\n"
    )


def test_the_same_files_give_the_same_bytes_wherever_they_are(
    ami: Ami, call: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    here = ARCHIVE.read_bytes()
    call.rename(tmp_path / "ailleurs")
    monkeypatch.chdir(tmp_path / "ailleurs")
    again = archived(ami, Path("encore.zip"))
    assert Path("encore.zip").read_bytes() == here
    assert again.err.endswith(f"procès-verbal : {sha256(files()[NAME]).hexdigest()}\n")


def test_the_inventory_is_read_by_people_and_by_programs() -> None:
    inside = files()
    told = json.loads(inside[NAME])
    assert {each["path"] for each in told["files"]} == inside.keys() - {NAME, READ_ME}
    text = inside[READ_ME].decode("utf-8")
    assert "Archive de l'appel : Appel d'essai" in text
    assert f"Écrite par ami-scoring {__version__}" in text
    for each in told["files"]:
        assert sha256(inside[each["path"]]).hexdigest() == each["sha256"]
        assert f"  {each['sha256']}  {each['path']}  (" in text


def test_every_file_changed_by_one_byte_is_found_and_named(ami: Ami, tmp_path: Path) -> None:
    for name, data in files().items():
        if name == NAME:
            continue
        kept = ARCHIVE.read_bytes()
        rewritten({name: data + b"\n"})
        ran = ami("verify", ARCHIVE)
        assert ran.code == ExitCode.INPUT_ERRORS, name
        assert f"- « {name} »" in ran.out, name
        ARCHIVE.write_bytes(kept)


def test_a_source_that_is_gone_is_named_and_stops_the_computation(ami: Ami) -> None:
    rewritten({"sources/zonage.csv": None})
    out = ami("verify", ARCHIVE).out
    assert "- « sources/zonage.csv » manque.\n" in out
    assert "- Le calcul ne peut pas être refait" in out


def test_all_the_candidatures_gone_are_told(ami: Ami) -> None:
    rewritten({name: None for name in files() if name.startswith("sources/candidatures/")})
    out = ami("verify", ARCHIVE).out
    assert out.count(" manque.\n") == 3
    assert "autre rang, total ou statut à : A-1, A-2, A-3 et " in out


def test_what_came_since_is_named(ami: Ami) -> None:
    rewritten({"pieces/ajout.txt": b"x"})
    assert ami("verify", ARCHIVE).out == "- « pieces/ajout.txt » n'est pas dans l'inventaire.\n1 différence.\n"


def test_an_entry_changed_in_the_register_is_found_in_the_chain(ami: Ami) -> None:
    data = files()["sources/decisions.yaml"].replace(b"2022-10-19", b"2022-10-18")
    inventoried({"sources/decisions.yaml": data})
    out = ami("verify", ARCHIVE).out
    assert "decision-changed La décision no 1 n'est plus celle qui a été prise" in out


def test_a_decision_taken_off_the_end_is_found(ami: Ami) -> None:
    head = files()["sources/decisions.yaml"].partition(b"  - number: 1")[0]
    inventoried({"sources/decisions.yaml": head.rstrip().removesuffix(b"decisions:") + b"decisions: []\n"})
    out = ami("verify", ARCHIVE).out
    assert "Le registre compte 0 décisions, et l'inventaire en note 1 : la dernière n'est pas la même." in out


def test_a_result_that_the_files_do_not_give_is_named_with_the_candidature(ami: Ami) -> None:
    result = files()["sorties/classement.json"]
    inventoried({"sorties/classement.json": result.replace(b'"total_exact": "45"', b'"total_exact": "46"')})
    out = ami("verify", ARCHIVE).out
    assert "- « sorties/classement.json » n'est pas ce que donnent les fichiers, refaits à l'instant.\n" in out
    assert "- Le calcul refait donne un autre rang, total ou statut à : A-2.\n" in out


def test_a_result_that_is_no_longer_readable_is_told(ami: Ami) -> None:
    inventoried({"sorties/classement.json": b"{"})
    assert "ne peut plus être lu : rien ne le compare" in ami("verify", ARCHIVE).out


def test_a_source_changed_with_its_inventory_changes_the_results(ami: Ami) -> None:
    data = files()["sources/candidatures/A-3.yaml"].replace(b"bureaux: 2", b"bureaux: 4")
    inventoried({"sources/candidatures/A-3.yaml": data})
    out = ami("verify", ARCHIVE).out
    assert "- « sorties/classement.csv » n'est pas ce que donnent les fichiers" in out
    assert "- Le calcul refait donne un autre rang, total ou statut à : A-1, A-2 et A-3.\n" in out


def test_a_piece_made_from_other_files_is_named(ami: Ami, apply: Apply) -> None:
    apply("A-3", more="locaux: {etat: existants, bureaux: 1}\n")
    for suffix in ("json", "xlsx"):
        assert ami("score", "candidatures", "-o", f"autre.{suffix}").code == ExitCode.DONE
        data = Path(f"autre.{suffix}").read_bytes()
        inventoried({f"pieces/seance.{suffix}": data})
        out = ami("verify", ARCHIVE).out
        said = "porte l'empreinte d'un fichier qui n'est pas dans cette archive : cette pièce vient d'autres fichiers."
        assert f"- « pieces/seance.{suffix} » {said}\n" in out


def test_an_archive_of_another_version_says_so_and_compares_results(ami: Ami) -> None:
    result = files()["sorties/classement.json"].replace(__version__.encode(), b"0.0.1")
    inventoried({"sorties/classement.json": result}, version="0.0.1")
    ran = ami("verify", ARCHIVE)
    assert ran.code == ExitCode.DONE, ran.out
    assert ran.out.startswith(f"Archive écrite par ami-scoring 0.0.1 ; celui-ci est la version {__version__}.\n")
    assert "redonne les mêmes rangs, totaux et statuts" in ran.out
    wrong = result.replace(b'"rank": 2', b'"rank": 1')
    inventoried({"sorties/classement.json": wrong}, version="0.0.1")
    assert "- Le calcul refait donne un autre rang, total ou statut à : A-2.\n1 différence.\n" in (
        ami("verify", ARCHIVE).out
    )


def test_another_compression_of_the_same_workbook_is_no_difference(ami: Ami) -> None:
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(files()["sorties/classement.xlsx"])) as package,
        zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as stored,
    ):
        for each in package.infolist():
            stored.writestr(zipfile.ZipInfo(each.filename, each.date_time), package.read(each))
    inventoried({"sorties/classement.xlsx": content.getvalue()})
    assert ami("verify", ARCHIVE).code == ExitCode.DONE
    inventoried({"sorties/classement.xlsx": b"PK\x03\x04 abim\xc3\xa9"})
    assert "- « sorties/classement.xlsx » n'est pas ce que donnent les fichiers" in ami("verify", ARCHIVE).out


def test_the_folder_where_it_is_unfolded_is_verified_too(ami: Ami) -> None:
    for name, data in files().items():
        path = Path("déplié", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    assert ami("verify", "déplié").code == ExitCode.DONE
    added = Path("déplié/sources/candidatures/ajout.yaml")
    added.symlink_to(Path("déplié/sources/criteria.yaml").resolve())
    assert "ajout.yaml" in ami("verify", "déplié").out
    added.unlink()
    added.symlink_to(Path("candidatures").resolve())
    assert "ajout.yaml" in ami("verify", "déplié").out
    added.unlink()
    Path("déplié/sources/criteria.yaml").unlink()
    assert "- « sources/criteria.yaml » manque.\n" in ami("verify", "déplié").out
    Path("déplié", NAME).unlink()
    assert "archive-no-inventory Il n'y a pas d'inventaire ici" in ami("verify", "déplié").err


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "archive-unreadable"),
        (b"PK\x03\x04", "archive-unreadable"),
        (packed({"../ailleurs": b"x"}), "archive-unreadable"),
        (packed({"/racine": b"x"}), "archive-unreadable"),
        (packed({"a\\b": b"x"}), "archive-unreadable"),
        (packed({"x": b"x"}), "archive-no-inventory"),
        (packed({NAME: b"\xff\xfe\x00"}), ""),
        (packed({NAME: b"{"}), ""),
        (packed({NAME: b'{"schema": 2}'}), "choice-unknown"),
    ],
)
def test_what_is_no_archive_is_told(ami: Ami, content: bytes, code: str) -> None:
    ARCHIVE.write_bytes(content)
    ran = ami("verify", ARCHIVE)
    assert ran.code == ExitCode.INPUT_ERRORS
    assert f" erreur {code}" in ran.err


@pytest.mark.parametrize("name", ["../criteria.yaml", "/etc/criteria.yaml", "criteria.yaml", "pieces/criteria.yaml"])
def test_an_inventory_that_leads_out_of_the_archive_is_told(ami: Ami, name: str) -> None:
    run_ = json.loads(files()[NAME])["run"]
    inventoried({}, run={**run_, "criteria": name})
    ran = ami("verify", ARCHIVE)
    assert ran.code == ExitCode.INPUT_ERRORS
    assert f"L'inventaire nomme un fichier hors de l'archive : « {name} »." in ran.err.replace("\u00a0", " ")


def test_an_output_of_no_known_format_is_told(ami: Ami) -> None:
    told = json.loads(files()[NAME])
    (output,) = (each for each in told["files"] if each["path"].endswith(".html"))
    renamed = [{**each, "path": "sorties/page.tar"} if each is output else each for each in told["files"]]
    rewritten({"sorties/page.tar": files()["sorties/classement.html"], "sorties/classement.html": None})
    inventoried({}, files=renamed)
    ran = ami("verify", ARCHIVE)
    assert "le suffixe de « sorties/page.tar » n'est pas un format" in ran.said


def test_an_archive_beyond_the_limits_is_told(ami: Ami, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, said in (("MAX_FILES", "plus de 3 fichiers"), ("MAX_TOTAL", "Mo")):
        with monkeypatch.context() as patched:
            patched.setattr(f"ami_scoring.sources.files.archives.{name}", 3)
            assert said in ami("verify", ARCHIVE).err.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-o", "appel.zip"), "« appel.zip » existe déjà : choisissez un autre nom, ou ajoutez --force."),
        (("-o", "appel.tar"), "une archive a le suffixe .zip"),
        (
            ("-o", "b.zip", "--with", "seance.json", "--with", "./seance.json"),
            "deux pièces s'appellent « seance.json »",
        ),
        (("-o", "rien/b.zip"), "le dossier n'existe pas"),
    ],
)
def test_an_archive_that_cannot_be_written_is_told(ami: Ami, arguments: tuple[str, ...], said: str) -> None:
    ran = ami("archive", "candidatures", *arguments)
    assert ran.code == ExitCode.USAGE
    assert said in " ".join(ran.err.split())
    assert not Path("b.zip").exists()


def test_a_wave_a_mapping_and_opinions_go_with_the_archive(ami: Ami, write: Write) -> None:
    write(
        "avis/a.yaml",
        "reference: A-1\nassesseur: Mme Aubin\n",
    )
    ran = ami("archive", "candidatures", "-a", "avis", "-w", "v1", "-o", "vague.zip")
    assert ran.code == ExitCode.DONE, ran.said
    assert ami("verify", "vague.zip").out.startswith("Rien ne diffère : 10 fichiers ont leur empreinte ; le calcul")


def test_a_folder_is_joined_whole_in_the_order_of_its_names(ami: Ami) -> None:
    for name in ("b.txt", "a.txt", "lettres/z.txt", ".cache", "~$a.docx"):
        path = Path("papiers", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Pièce {name}\n", encoding="utf-8")
    target = Path("papiers", "appel.zip")
    for _ in range(2):
        ran = ami("archive", "candidatures", "-d", REGISTER, "--with", "papiers", "-o", target, "--force")
        assert ran.code == ExitCode.DONE, ran.said
        with zipfile.ZipFile(target) as package:
            pieces = [name for name in package.namelist() if name.startswith("pieces/")]
        assert pieces == ["pieces/papiers/a.txt", "pieces/papiers/b.txt", "pieces/papiers/lettres/z.txt"]
    assert ami("verify", target).code == ExitCode.DONE


def test_a_folder_of_too_many_files_is_not_joined(ami: Ami, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ami_scoring.sources.files.archives.MAX_FILES", 2)
    ran = ami("archive", "candidatures", "--with", "candidatures", "-o", "b.zip")
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "Ce dossier contient plus de 2 fichiers" in ran.err.replace("\u00a0", " ")
    assert not Path("b.zip").exists()
