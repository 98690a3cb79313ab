"""Codes of exports of other tools, and of the mappings by which they are read."""

from __future__ import annotations

from typing import Final

from ami_scoring.codes.entry import Entry

_RIGHT = "answers:\n  - {key: locaux.surface_m2, column: Surface des locaux}"

ENTRIES: Final[tuple[Entry, ...]] = (
    Entry(
        "mapping-answer-shape",
        "Une réponse n'a pas une origine et une seule.",
        "Le programme ne choisit pas entre deux colonnes, ni entre une colonne et une valeur fixe.",
        "answers:\n  - {key: porteur.type, column: Statut, constant: commune}",
        "answers:\n  - {key: porteur.type, constant: commune}",
    ),
    Entry(
        "mapping-row-shape",
        "Un tri des lignes ne dit pas sa colonne, ou dit à la fois ce qu'il garde et ce qu'il laisse.",
        "Des dossiers seraient gardés ou écartés sans que personne l'ait décidé.",
        "rows:\n  - {column: État du dossier}",
        "rows:\n  - {column: État du dossier, keep: [En instruction, Accepté]}",
    ),
    Entry(
        "mapping-position",
        "La place d'une colonne n'est ni un numéro ni des lettres.",
        "La mauvaise colonne serait lue.",
        "answers:\n  - {key: locaux.surface_m2, position: N4}",
        "answers:\n  - {key: locaux.surface_m2, position: N}",
    ),
    Entry(
        "mapping-separator",
        "Le séparateur de plusieurs choix est vide ou trop long.",
        "Les choix d'une case ne seraient pas séparés.",
        'answers:\n  - {key: pieces, column: Pièces, separator: ""}',
        'answers:\n  - {key: pieces, column: Pièces, separator: ","}',
    ),
    Entry(
        "mapping-unknown-key",
        "La correspondance nomme une clé qu'aucune candidature n'a.",
        "La réponse ne servirait à rien, en silence.",
        "answers:\n  - {key: locaux.surface, column: Surface des locaux}",
        _RIGHT,
    ),
    Entry(
        "mapping-unknown-list",
        "Un bloc répété ne remplit aucune liste d'une candidature.",
        "Ses lignes seraient perdues.",
        "blocks:\n  - {list: communes, sheet: (12) Communes}",
        "blocks:\n  - {list: implantation.communes, sheet: (12) Communes}",
    ),
    Entry(
        "mapping-key-twice",
        "Deux lignes répondent à la même clé.",
        "Le programme ne choisit pas entre deux colonnes.",
        f"{_RIGHT}\n  - {{key: locaux.surface_m2, column: Superficie}}",
        _RIGHT,
    ),
    Entry(
        "mapping-required-key",
        "Aucune ligne confirmée ne remplit une clé sans laquelle rien n'est noté.",
        "Toutes les candidatures seraient refusées, une par une, pour la même raison.",
        "answers:\n  - {key: reference, column: ID, confirmed: non}",
        "answers:\n  - {key: reference, column: ID}",
    ),
    Entry(
        "mapping-to-confirm",
        "Une ligne proposée n'est pas encore confirmée : elle n'est pas appliquée.",
        "Rien n'est deviné : une personne relit la ligne, puis ôte « confirmed: non ».",
        "answers:\n  - {key: locaux.surface_m2, column: Superficie, confirmed: non}",
        "answers:\n  - {key: locaux.surface_m2, column: Superficie}",
    ),
    Entry(
        "mapping-mark-shape",
        "La note d'un avis dit la colonne des questions sans les questions, ou l'inverse.",
        "La réponse à une question serait lue comme la note d'une autre.",
        "marks:\n  - {subject: projet, asked_in: Question}",
        "marks:\n  - {subject: projet, asked_in: Question, asked: [Le projet est-il solide ?]}",
    ),
    Entry(
        "mapping-unknown-subject",
        "Les avis d'un export sont lus sur un sujet que les critères ne font pas juger.",
        "La note ne servirait à rien, en silence.",
        "marks:\n  - {subject: project, column: Réponse}",
        "marks:\n  - {subject: projet, column: Réponse}",
    ),
    Entry(
        "mapping-opinions-left-out",
        "Des avis demandés ne sont pas rendus, ou portent sur des dossiers qui ne sont pas lus.",
        "Ces notes manquent : ce qui est laissé de côté se compte.",
    ),
    Entry(
        "mapping-column-absent",
        "La correspondance nomme une colonne que l'export n'a pas.",
        "Toutes les réponses de cette colonne manqueraient : rien n'est lu.",
    ),
    Entry(
        "mapping-column-twice",
        "Plusieurs colonnes de l'export ont cet intitulé.",
        "Les intitulés d'une démarche ne sont pas uniques : « position » dit laquelle lire.",
    ),
    Entry(
        "mapping-column-moved",
        "La colonne à cette place n'a pas l'intitulé attendu.",
        "L'export a changé depuis que la correspondance a été votée.",
    ),
    Entry(
        "mapping-column-untold",
        "L'export a des colonnes dont la correspondance ne dit rien.",
        "Une question a peut-être été ajoutée ou reformulée depuis le vote.",
    ),
    Entry(
        "mapping-sheet-absent",
        "La correspondance nomme une feuille que l'export n'a pas.",
        "Les blocs de cette feuille manqueraient : rien n'est lu.",
    ),
    Entry(
        "mapping-no-headings",
        "Aucun intitulé attendu n'est trouvé dans ce fichier.",
        "Ce n'est pas un tableau, ou ce n'est pas l'export dont parle la correspondance.",
    ),
    Entry(
        "mapping-rows-left-out",
        "Des dossiers sont laissés de côté, comme la correspondance le dit.",
        "Ils sont comptés par état, pour que personne ne les croie perdus.",
    ),
    Entry(
        "mapping-row-without-dossier",
        "Des lignes d'un bloc répété ne disent pas de quel dossier elles sont.",
        "Nul ne peut dire à qui elles appartiennent : elles ne sont pas lues.",
    ),
    Entry(
        "mapping-held-missing",
        "Des réponses sont tenues pour absentes, comme la correspondance le dit.",
        "Certaines éditions écrivent 0 ou « Non » là où personne n'a répondu : absent n'est ni zéro ni non.",
    ),
)
