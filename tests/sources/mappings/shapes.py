"""Candidatures in the shapes that other tools export: made here, in exactly their headings and their ways to write."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook

Data = Mapping[str, Any]
DS_2021 = [
    "ID",
    "Email",
    "Établissement SIRET",
    "Entreprise SIREN",
    "Entreprise raison sociale",
    "Archivé",
    "État du dossier",
    "Dernière mise à jour le",
    "Déposé le",
    "Passé en instruction le",
    "Traité le",
    "Motivation de la décision",
    "Instructeurs",
]
DS_2026 = [
    "ID",
    "Email",
    "FranceConnect ?",
    "Entreprise raison sociale",
    "À archiver",
    "État du dossier",
    "Dernière mise à jour le",
    "Dernière mise à jour du dossier le",
    "Déposé le",
    "Passé en instruction le",
    "Traité le",
    "Motivation de la décision",
    "Instructeurs",
]
QUESTIONS: Mapping[str, str] = {
    "porteur.type": "Nature de la collectivité",
    "porteur.siren": "SIREN de la collectivité",
    "implantation.qpv": "Code du quartier prioritaire",
    "implantation.zone_declaree": "Zone déclarée",
    "diagnostic.etat_des_lieux_le": "Date de l'état des lieux",
    "diagnostic.prospective": "Une prospective a-t-elle été réalisée ?",
    "diagnostic.horizon_prospective": "Horizon de la prospective",
    "diagnostic.partage_avec": "Partenaires associés au diagnostic",
    "locaux.etat": "État des locaux",
    "locaux.adaptes": "Les locaux sont-ils adaptés à un centre de santé ?",
    "locaux.bureaux": "Nombre de bureaux de consultation",
    "locaux.surface_m2": "Surface des locaux (m²)",
    "locaux.accessibles": "Les locaux sont-ils accessibles aux personnes handicapées ?",
    "locaux.disponibles_le": "Date de disponibilité des locaux",
    "engagement_financier.delibere_le": "Date de la délibération",
    "engagement_financier.montant_annuel": "Montant annuel de la participation",
    "engagement_financier.duree_annees": "Durée de l'engagement en années",
    "engagement_financier.nature": "Nature de l'engagement",
    "pieces": "Pièces fournies",
}
"""What each question of the procedure asks."""
COMMUNE = {"code_insee": "Code INSEE", "nom": "Commune", "principale": "Commune principale", "population": "Population"}
DOCTOR = {
    "specialite": "Spécialité",
    "temps_plein": "Quotité",
    "preuve": "Preuve de l'intérêt",
    "nom": "Nom du médecin",
    "rpps": "Numéro RPPS",
}
COMMUNES_SHEET, DOCTORS_SHEET = "(12) Communes d'implantation", "(13) Médecins intéressés"
LISTS = ("diagnostic.partage_avec", "pieces")
FLAGS = ("diagnostic.prospective", "locaux.adaptes", "locaux.accessibles")


class Shape(NamedTuple):
    """A file in the shape of an export, and the mapping that reads it."""

    name: str
    data: bytes
    mapping: str


def answer(data: Data, key: str) -> Any:
    """Give what a candidature says under a dotted key; None where it says nothing."""
    here: Any = data
    for part in key.split("."):
        here = here.get(part) if isinstance(here, Mapping) else None
    return here


def spelt(value: Any) -> str:
    """Write an answer as an export does."""
    if isinstance(value, list):
        return ", ".join(value)
    return {"oui": "Oui", "non": "Non"}.get(value, "" if value is None else str(value))


def in_csv_of_2021(candidatures: Sequence[Data], *, separator: str = ",", encoding: str = "utf-8") -> Shape:
    """Make the CSV of the edition of 2021; communes and doctors have columns of their own, whose headings repeat."""
    return _in_csv(candidatures, "2021", DS_2021, separator, encoding)


def in_csv_of_2026(candidatures: Sequence[Data]) -> Shape:
    """Make the CSV of the edition of 2026, as Excel in France saves it again."""
    return _in_csv(candidatures, "2026", DS_2026, ";", "utf-8-sig")


def _in_csv(candidatures: Sequence[Data], edition: str, system: Sequence[str], separator: str, encoding: str) -> Shape:
    communes = max(len(answer(each, "implantation.communes")) for each in candidatures)
    doctors = max(len(answer(each, "medecins_interesses") or ()) for each in candidatures)
    heads = [*system, *QUESTIONS.values(), *[*COMMUNE.values()] * communes, *[*DOCTOR.values()] * doctors]
    out = StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(heads)
    for each in candidatures:
        row = _system(each, system) + [spelt(answer(each, key)) for key in QUESTIONS]
        row += _repeated(answer(each, "implantation.communes"), COMMUNE, communes)
        writer.writerow(row + _repeated(answer(each, "medecins_interesses") or (), DOCTOR, doctors))
    place = len(system) + len(QUESTIONS)
    lines = [*_mapped(), *_placed("implantation.communes", COMMUNE, communes, place)]
    lines += _placed("medecins_interesses", DOCTOR, doctors, place + communes * len(COMMUNE))
    return Shape("export.csv", out.getvalue().encode(encoding), _mapping(edition, None, lines, ()))


def in_workbook_of_2026(candidatures: Sequence[Data]) -> Shape:
    """Make the workbook of the edition of 2026: a sheet of dossiers, and one a repeated block, names cut at 30."""
    book = Workbook()
    main = book.active
    assert main is not None
    main.title = "Dossiers"
    main.append([*DS_2026, *QUESTIONS.values()])
    for each in candidatures:
        main.append([*_system(each, DS_2026), *(spelt(answer(each, key)) or None for key in QUESTIONS)])
    for name, list_, columns in (
        (COMMUNES_SHEET, "implantation.communes", COMMUNE),
        (DOCTORS_SHEET, "medecins_interesses", DOCTOR),
    ):
        sheet = book.create_sheet(name[:30])
        sheet.append(["Dossier ID", "Ligne", *columns.values()])
        for each in candidatures:
            for place, element in enumerate(answer(each, list_) or (), start=1):
                cells = [spelt(element.get(key)) or None for key in columns]
                sheet.append([answer(each, "reference"), place, *cells])
    out = BytesIO()
    book.save(out)
    return Shape("export.xlsx", out.getvalue(), _mapping("2026", "Dossiers", _mapped(), _blocks()))


def in_ods_of_2026(candidatures: Sequence[Data]) -> Shape:
    """Make the OpenDocument workbook of the same edition: the same sheets, all of text."""
    made = in_workbook_of_2026(candidatures)
    book = load_workbook(BytesIO(made.data))
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    sheets = "".join(
        f"<table:table table:name={quoteattr(sheet.title)}>{''.join(map(_open_line, sheet.values))}</table:table>"
        for sheet in book.worksheets
    )
    content = f"<office:document-content {names}><office:body><office:spreadsheet>{sheets}</office:spreadsheet>"
    page = BytesIO()
    with ZipFile(page, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        target.writestr("content.xml", f"{content}</office:body></office:document-content>")
    return Shape("export.ods", page.getvalue(), made.mapping)


def _open_line(values: Iterable[object]) -> str:
    return f"<table:table-row>{''.join(map(_open_cell, values))}</table:table-row>"


def _open_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def in_graphql(candidatures: Sequence[Data]) -> Shape:
    """Make a page of the interface's answer, in the edition of 2026."""
    nodes = [_dossier(each) for each in candidatures]
    text = json.dumps({"data": {"demarche": {"dossiers": {"nodes": nodes}}}}, ensure_ascii=False, indent=1)
    blocks = [line.replace(COMMUNES_SHEET[:30], "Communes d'implantation") for line in _blocks()]
    blocks = [line.replace(DOCTORS_SHEET[:30], "Médecins intéressés") for line in blocks]
    return Shape("export.json", text.encode(), _mapping("2026", "Dossiers", _mapped(), blocks))


SHAPES: tuple[Callable[[Sequence[Data]], Shape], ...] = (
    in_csv_of_2021,
    in_csv_of_2026,
    in_workbook_of_2026,
    in_ods_of_2026,
    in_graphql,
)


def _dossier(each: Data) -> dict[str, Any]:
    champs: list[dict[str, Any]] = [
        {"label": label, "stringValue": spelt(answer(each, key))} for key, label in QUESTIONS.items()
    ]
    for label, list_, columns in (
        ("Communes d'implantation", "implantation.communes", COMMUNE),
        ("Médecins intéressés", "medecins_interesses", DOCTOR),
    ):
        rows = [
            {"champs": [{"label": title, "stringValue": spelt(one.get(key))} for key, title in columns.items()]}
            for one in answer(each, list_) or ()
        ]
        champs.append({"label": label, "stringValue": "", "rows": rows})
    return {
        "number": answer(each, "reference"),
        "state": "en_instruction",
        "archived": False,
        "dateDepot": answer(each, "depose_le"),
        "usager": {"email": "contact@exemple.fr"},
        "demandeur": {"siret": None, "entreprise": {"raisonSociale": answer(each, "porteur.nom")}},
        "champs": champs,
        "annotations": [],
    }


def _system(each: Data, heads: Iterable[str]) -> list[str]:
    known = {
        "ID": answer(each, "reference"),
        "Email": "contact@exemple.fr",
        "Entreprise raison sociale": answer(each, "porteur.nom"),
        "Archivé": "false",
        "À archiver": "false",
        "État du dossier": "En instruction",
        "Déposé le": answer(each, "depose_le"),
    }
    return [known.get(head, "") for head in heads]


def _repeated(elements: Sequence[Data], columns: Mapping[str, str], most: int) -> list[str]:
    padded = [*elements, *[{}] * (most - len(elements))]
    return [spelt(element.get(key)) for element in padded for key in columns]


def _mapped() -> list[str]:
    lines = [
        "{key: reference, column: ID}",
        "{key: depose_le, column: Déposé le, read: moment}",
        "{key: porteur.nom, column: Entreprise raison sociale}",
    ]
    for key, label in QUESTIONS.items():
        more = ', separator: ","' if key in LISTS else ""
        lines.append(f"{{key: {key}, column: {json.dumps(label, ensure_ascii=False)}{more}}}")
    return lines


def _placed(list_: str, columns: Mapping[str, str], most: int, first: int) -> list[str]:
    return [
        f"{{key: {list_}.{place + 1}.{key}, column: {json.dumps(title, ensure_ascii=False)}, "
        f"position: {first + place * len(columns) + at + 1}}}"
        for place in range(most)
        for at, (key, title) in enumerate(columns.items())
    ]


def _blocks() -> list[str]:
    lines = []
    for name, list_, columns in (
        (COMMUNES_SHEET, "implantation.communes", COMMUNE),
        (DOCTORS_SHEET, "medecins_interesses", DOCTOR),
    ):
        lines += [f"- list: {list_}", f"  sheet: {json.dumps(name[:30], ensure_ascii=False)}", "  answers:"]
        lines += [
            f"    - {{key: {key}, column: {json.dumps(title, ensure_ascii=False)}}}" for key, title in columns.items()
        ]
    return lines


def _mapping(edition: str, sheet: str | None, answers: Iterable[str], blocks: Iterable[str]) -> str:
    where = "" if sheet is None else f", sheet: {sheet}"
    text = f'language: 1\nexport: {{origin: Démarches simplifiées, edition: "{edition}"{where}}}\nrows:\n'
    text += "  - {column: État du dossier, keep: [En instruction, Accepté]}\nanswers:\n"
    text += "".join(f"  - {line}\n" for line in answers)
    told = "".join(f"  {line}\n" for line in blocks)
    unused = json.dumps([*DS_2021, *DS_2026], ensure_ascii=False)
    return text + (f"blocks:\n{told}" if told else "") + f"unused: {unused}\n"
