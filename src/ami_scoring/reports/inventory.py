"""The inventory of an archive, for programs and for people: the same bytes for the same files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from ami_scoring.domain.inventory import NAME, PIECES, SOURCES, Inventory, Role
from ami_scoring.messages import printable, spell_number

_TITLES: Final = {
    Role.CRITERIA: "Critères",
    Role.ZONING: "Zonage",
    Role.CANDIDATURE: "Candidatures",
    Role.ASSESSMENT: "Avis des assesseurs",
    Role.MAPPING: "Correspondances d'exports",
    Role.VERIFICATIONS: "Vérifications faites après le dépôt",
    Role.AWARDED: "Résultats des vagues précédentes",
    Role.DECISIONS: "Décisions du comité",
    Role.OUTPUT: "Résultats calculés",
    Role.PIECE: "Pièces jointes telles quelles",
}


def inventory_json(inventory: Inventory) -> str:
    """Write the inventory as JSON, one line a file."""
    told = inventory.model_dump(by_alias=True, exclude_none=True)
    files = ",\n".join(f"  {json.dumps(each, ensure_ascii=False)}" for each in told.pop("files"))
    lines = [f' "{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in told.items()]
    return "{\n" + ",\n".join([*lines, f' "files": [\n{files}\n ]']) + "\n}\n"


def inventory_text(inventory: Inventory) -> str:
    """Write the inventory in French: what this is, what is in it, and how anyone can verify it."""
    return "\n".join(_lines(inventory)) + "\n"


def _lines(inventory: Inventory) -> Iterator[str]:
    yield f"Archive de l'appel : {printable(inventory.call)}"
    yield f"Critères, édition : {printable(inventory.edition)}"
    yield f"Écrite par ami-scoring {inventory.version}"
    if inventory.head is not None:
        count = f"{inventory.entries} décisions" if inventory.entries > 1 else f"{inventory.entries} décision"
        yield f"{count} du comité ; la dernière a pour empreinte {inventory.head}"
    yield ""
    yield f"« {SOURCES}/ » est ce qui a été lu, « sorties/ » ce qui en a été calculé, « {PIECES}/ » ce qui a été joint."
    yield "Les dossiers y sont entiers, données personnelles comprises : gardez cette archive comme eux."
    yield ""
    yield "Pour vérifier : « ami verify » sur l'archive, ou sur le dossier où elle est dépliée, refait tout le calcul,"
    yield "compare chaque empreinte et dit en français ce qui diffère, ou que rien ne diffère."
    yield f"À la main : chaque ligne ci-dessous est l'empreinte SHA-256 d'un fichier (sha256sum), comme dans {NAME}."
    yield f"L'empreinte de {NAME}, notée ailleurs (procès-verbal), prouve que personne n'a refait l'archive entière."
    for role in Role:
        files = inventory.of_role(role)
        if files:
            yield ""
            yield f"{_TITLES[role]} ({len(files)})"
            yield from (
                f"  {each.sha256}  {printable(each.path)}  ({spell_number(each.size)} octets)" for each in files
            )
