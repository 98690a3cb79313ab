"""Codes of candidatures: what contradicts itself, the calendar, the zoning or the other files."""

from __future__ import annotations

from typing import Final

from ami_scoring.codes.entry import Entry

ENTRIES: Final[tuple[Entry, ...]] = (
    Entry(
        "main-commune",
        "Aucune commune, ou plus d'une, n'est dite principale.",
        "La zone et le département se lisent sur la commune principale : il en faut une seule.",
        'communes:\n  - {code_insee: "09901"}\n  - {code_insee: "09902"}',
        'communes:\n  - {code_insee: "09901", principale: oui}\n  - {code_insee: "09902"}',
    ),
    Entry(
        "commune-twice",
        "La même commune est citée deux fois.",
        "Sa population compterait double.",
        'communes:\n  - {code_insee: "09901", principale: oui}\n  - {code_insee: "09901"}',
        'communes:\n  - {code_insee: "09901"}',
    ),
    Entry(
        "unseen-characters",
        "Un texte contient des caractères que personne ne voit : une commande, un changement de sens de lecture.",
        "Ils sont laissés de côté ; ce que l'on croit lire dans le fichier n'est pas ce qui y est écrit.",
        'reference: "A\\u202E1"',
        "reference: A-1",
    ),
    Entry(
        "date-after-deposit",
        "Un état des lieux ou une délibération est daté d'après le dépôt.",
        "Ce qui est passé ne peut pas suivre le dépôt : une année ou un mois est sans doute faux.",
        "depose_le: 2022-09-01\ndiagnostic: {etat_des_lieux_le: 2023-06-01}",
        "depose_le: 2022-09-01\ndiagnostic: {etat_des_lieux_le: 2022-06-01}",
    ),
    Entry(
        "commune-not-zoned",
        "Une commune n'est pas dans la table de zonage de la vague.",
        "Sa zone est inconnue : le critère de zonage reste à compléter.",
        'communes: [{code_insee: "31999"}]   # absente de la table',
        'communes: [{code_insee: "09901"}]',
    ),
    Entry(
        "qpv-not-zoned",
        "Le quartier prioritaire n'est pas dans la table de zonage.",
        "C'est alors la zone de la commune qui s'applique.",
        "qpv: QP000000   # absent de la table",
        "qpv: QP031001",
    ),
    Entry(
        "zone-differs",
        "La zone déclarée n'est pas celle de la table.",
        "La table l'emporte : le candidat s'est fié à une autre édition, ou la table est à corriger.",
        'implantation:\n  communes: [{code_insee: "09903"}]   # ZAC dans la table\n  zone_declaree: ZIP',
        'implantation:\n  communes: [{code_insee: "09903"}]\n  zone_declaree: ZAC',
    ),
    Entry(
        "shared-reference",
        "Plusieurs candidatures du même lot portent la même référence.",
        "Personne ne saurait de laquelle une décision parle : toutes sont mises de côté.",
        "reference: A-1\n# et dans un autre fichier :\n# reference: A-1",
        "reference: A-1\n# et dans un autre fichier :\n# reference: A-2",
    ),
    Entry(
        "word-not-recognised",
        "Un élément d'une liste ressemble à un mot du barème, sans l'être.",
        "Il ne compte pas. Majuscules, accents et « .pdf » à la fin ne changent rien ; un mot de plus, si.",
        "# le barème connaît « ARS » et « CPTS »\npartage_avec: [ARS Occitanie, ARS et CPTS]",
        "partage_avec: [ARS, CPTS]",
    ),
    Entry(
        "other-edition",
        "Le formulaire a été fait pour une autre édition de l'appel.",
        "Ses questions ne sont peut-être plus celles de la règle en vigueur.",
    ),
)
