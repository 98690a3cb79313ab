"""Codes of zoning tables, where a wrong zone would be worse than none."""

from __future__ import annotations

from typing import Final

from ami_scoring.codes.entry import Entry

_HEAD = "code,type,zone,edition,source\n"
_RIGHT = f"{_HEAD}09901,commune,ZIP,2022,arrêté"

ENTRIES: Final[tuple[Entry, ...]] = (
    Entry(
        "zoning-layout",
        "Un fichier officiel de zonage n'a les intitulés d'aucune disposition connue.",
        "Des zones lues dans la mauvaise colonne seraient pires que pas de zone.",
    ),
    Entry(
        "zoning-unplaced",
        "Des lignes d'un fichier officiel n'ont pas de zone, ou n'en ont que pour un quartier.",
        "Ces communes manquent à la table : leur candidature le dira.",
    ),
    Entry(
        "zoning-merged",
        "Des codes sont ajoutés à la table d'après les fusions de communes.",
        "Une candidature d'avant la fusion se retrouve dans la table d'après, et l'inverse.",
    ),
    Entry(
        "zoning-unknown-commune",
        "Des codes de la table ne sont pas dans la liste des communes de l'année.",
        "Le code a changé, ou une erreur s'est glissée dans le fichier officiel.",
    ),
    Entry(
        "zoning-edition",
        "L'édition d'un fichier officiel de zonage n'est pas dite, ou n'est pas celle de la table.",
        "Les résultats citent l'édition : une vague notée d'après une autre serait contestable.",
    ),
    Entry(
        "zoning-columns",
        "Des colonnes manquent à la table de zonage.",
        "La première ligne nomme les colonnes : code, type, zone, edition, source.",
        "code,zone\n09901,ZIP",
        _RIGHT,
        "csv",
    ),
    Entry(
        "zoning-syntax",
        "La table de zonage est illisible à partir d'une ligne.",
        "Un guillemet ouvert n'est pas refermé : la suite serait lue comme une seule case.",
        f'{_HEAD}09901,commune,ZIP,2022,"arrêté',
        _RIGHT,
        "csv",
    ),
    Entry(
        "zoning-row",
        "Une ligne n'a pas autant de cases que la première.",
        "Une virgule de trop décale la zone d'une colonne.",
        f"{_HEAD}09901,commune,ZIP,2022",
        _RIGHT,
        "csv",
    ),
    Entry(
        "zoning-code",
        "Un code de commune ou de quartier est mal formé.",
        "Un zéro initial perdu par un tableur fait disparaître la commune.",
        f"{_HEAD}9901,commune,ZIP,2022,arrêté",
        _RIGHT,
        "csv",
    ),
    Entry(
        "zoning-zone",
        "Une zone n'existe pas.",
        "Les zones sont ZIP, ZAC, ZAR, ZV, HV et HZ.",
        f"{_HEAD}09901,commune,ZIPP,2022,arrêté",
        _RIGHT,
        "csv",
    ),
    Entry(
        "zoning-type",
        "Une ligne n'est ni « commune » ni « qpv ».",
        "Le type dit ce que le code désigne.",
        f"{_HEAD}09901,ville,ZIP,2022,arrêté",
        _RIGHT,
        "csv",
    ),
    Entry(
        "zoning-twice",
        "Le même code figure deux fois.",
        "Avec deux zones différentes, le programme ne choisit pas.",
        f"{_HEAD}09901,commune,ZIP,2022,arrêté\n09901,commune,ZAC,2022,arrêté",
        _RIGHT,
        "csv",
    ),
    Entry(
        "zoning-mixed",
        "La table mêle plusieurs éditions ou plusieurs sources.",
        "Une table, une édition : c'est elle que les sorties citent.",
        f"{_HEAD}09901,commune,ZIP,2022,arrêté\n09902,commune,ZIP,2018,arrêté",
        f"{_HEAD}09901,commune,ZIP,2022,arrêté\n09902,commune,ZIP,2022,arrêté",
        "csv",
    ),
    Entry(
        "zoning-empty",
        "La table ne contient aucune commune.",
        "Aucune zone ne serait trouvée.",
        _HEAD.strip(),
        _RIGHT,
        "csv",
    ),
)
