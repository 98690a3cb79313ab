"""Write docs/glossaire.md from the models: every key of a candidature file and every fact that a rule may read.

`python tools/glossary.py` writes it, `python tools/glossary.py --check` fails when it is out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from ami_scoring.domain.catalogue import CATALOGUE
from ami_scoring.domain.facts import Fact
from ami_scoring.domain.fields import Field, fields
from ami_scoring.domain.standings import Firmness, Status
from ami_scoring.domain.zoning import ZONE_LABELS
from ami_scoring.scoring.words.wording import TYPE_WORDS

TARGET = Path(__file__).parents[1] / "docs" / "glossaire.md"

HEAD = """\
# Glossaire

Page produite par `python tools/glossary.py` à partir des modèles : ne la modifiez pas à la main.

Les fichiers de candidature et les phrases sont en français, le code en anglais ; ce glossaire relie les deux.
"""

FIRMNESS = {
    Firmness.FIRM: "elle a une place, et la garde quoi qu'il arrive de ce qui est ouvert",
    Firmness.PROVISIONAL: "elle a une place, que des dossiers nommés, ou ce qui lui manque, peuvent lui faire perdre",
    Firmness.POSSIBLE: "elle n'a pas de place, et ce qui est ouvert peut lui en donner une",
    Firmness.IMPOSSIBLE: "elle n'a pas de place, et rien de ce qui est ouvert ne lui en donnerait",
}
STATUSES = {
    Status.SELECTED: "obtient une place",
    Status.RESERVE: "attend sur la liste de réserve, ou partage à égalité les dernières places",
    Status.NOT_SELECTED: "classée, mais sans place : total, seuil ou nombre de places",
    Status.TO_DELIBERATE: "au-dessous du total à partir duquel la note décide : le comité délibère",
    Status.TO_COMPLETE: "il manque ce que les critères exigent (une fourchette, sans rang) ou ce dont sa place dépend",
    Status.TO_CORRECT: "une réponse ne peut pas être lue : elle est dite, à sa place ; les autres comptent, sans rang",
    Status.AWAITED: "le jury doit encore un avis : son porteur, lui, ne doit rien",
    Status.INELIGIBLE: "ne remplit pas une condition de recevabilité",
    Status.LATE: "déposée après la dernière clôture",
    Status.REPLACED: "une autre version de la même candidature compte à sa place",
    Status.AWARDED: "son projet a déjà une place, obtenue dans une vague précédente (`--awarded`)",
    Status.OTHER_WAVE: "déposée dans une autre vague que celle qu'on a demandée",
    Status.UNREADABLE: "nul ne sait quelle candidature tient ce fichier : il est listé, avec ce qu'il faut corriger",
}


def page() -> str:
    """Give the whole page."""
    return "\n".join([HEAD, *_keys(), *_facts(), *_zones(), *_statuses()]) + "\n"


def main() -> int:
    """Write the page, or compare it with the one that is committed."""
    text = page()
    if "--check" in sys.argv[1:]:
        if TARGET.read_text(encoding="utf-8") == text:
            return 0
        sys.stderr.write("docs/glossaire.md n'est plus à jour : python tools/glossary.py\n")
        return 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


def _keys() -> Iterator[str]:
    yield "## Les clés d'un fichier de candidature\n"
    yield "Une clé absente veut dire « non renseigné » : jamais zéro, jamais « non ».\n"
    yield "| clé | ce qu'elle dit | obligatoire | nom dans le code |"
    yield "|---|---|---|---|"
    yield from (_key(field) for field in fields().values())
    yield ""


def _key(field: Field) -> str:
    return f"| `{field.key}` | {field.title} | {'oui' if field.required else ''} | `{field.attribute}` |"


def _facts() -> Iterator[str]:
    yield "## Les données qu'une règle peut lire\n"
    yield "Une donnée calculée est tirée d'autres clés ; son libellé dit desquelles.\n"
    yield "| donnée | ce qu'elle dit | type | unité ou valeurs | calculée |"
    yield "|---|---|---|---|---|"
    yield from (_fact(fact) for fact in CATALOGUE.values())
    yield ""


def _fact(fact: Fact) -> str:
    domain = ", ".join(fact.choices) or fact.unit
    return f"| `{fact.name}` | {fact.label} | {TYPE_WORDS[fact.type]} | {domain} | {'oui' if fact.computed else ''} |"


def _zones() -> Iterator[str]:
    yield "## Les zones\n"
    yield "| sigle | zone |"
    yield "|---|---|"
    yield from (f"| {zone} | {label} |" for zone, label in ZONE_LABELS.items())
    yield ""


def _statuses() -> Iterator[str]:
    yield "## Les statuts\n"
    yield "Chaque candidature lue en a un, et un seul.\n"
    yield "| statut | ce qu'il veut dire |"
    yield "|---|---|"
    yield from (f"| {status} | {STATUSES[status]} |" for status in Status)
    yield ""
    yield "À côté du statut d'une candidature classée ou en attente, sa place ([le détail](solidite-des-places.md)) :\n"
    yield "| place | ce qu'elle veut dire |"
    yield "|---|---|"
    yield from (f"| {firmness} | {FIRMNESS[firmness]} |" for firmness in Firmness)


if __name__ == "__main__":
    sys.exit(main())
