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
        "answers-exclusive",
        "Deux réponses s'excluent, d'après une table de l'appel.",
        "L'une des deux est fausse, et personne ne sait laquelle : aucune ne compte avant d'être corrigée.",
        "complements: {occupation: locataire, titre: acte de propriété}",
        "complements: {occupation: locataire, titre: bail}",
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
        "date-far-off",
        "Une date est d'avant 1950, ou serait proche du dépôt si son siècle était un autre.",
        "Une année mal tapée change une ancienneté, un délai, une vague. La date reste celle qui est écrite.",
        "depose_le: 1922-09-01",
        "depose_le: 2022-09-01",
    ),
    Entry(
        "deposit-without-hour",
        "Le dépôt est du jour d'une clôture à heure dite, et ne dit pas son heure.",
        "Il est tenu pour à temps, et ne l'est peut-être pas.",
        "depose_le: 2023-05-15   # la vague clôt ce jour-là à midi",
        "depose_le: 2023-05-15T11:40:00+02:00",
    ),
    Entry(
        "value-implausible",
        "Une réponse est hors de ce que l'appel tient pour plausible.",
        "Un zéro de trop ou une unité mal comprise se voit mieux sur un dossier que dans un total. Rien n'est refusé.",
        'communes: [{code_insee: "09901", population: 3200000}]',
        'communes: [{code_insee: "09901", population: 3200}]',
    ),
    Entry(
        "doctor-twice",
        "Le même médecin est sans doute compté deux fois dans un dossier.",
        "Il n'est reconnu qu'à son numéro RPPS ou à son nom, que personne ne montre ; un homonyme est possible.",
    ),
    Entry(
        "reference-names-doctor",
        "Un mot de la référence est du nom d'un médecin du dossier, et ni de celui du porteur ni d'une commune.",
        "Aucune sortie ne montre le nom d'un médecin ; toutes montrent la référence, courriers et page compris.",
        "reference: AMI-FICTIF",
        "reference: AMI-V1-07",
    ),
    Entry(
        "commune-name-differs",
        "Le code INSEE est, dans la table de zonage, celui d'une commune d'un autre nom.",
        "La zone, le département et la population seraient ceux d'une autre commune, et un faux nom serait publié.",
        'communes: [{code_insee: "09901", nom: Malefontane}]   # 09901 est Peyrecandèle',
        'communes: [{code_insee: "09903", nom: Malefontane}]',
    ),
    Entry(
        "commune-not-zoned",
        "Une commune n'est pas dans la table de zonage de la vague.",
        "Sa zone est inconnue : le critère de zonage reste à compléter.",
        'communes: [{code_insee: "31999"}]   # absente de la table',
        'communes: [{code_insee: "09901"}]',
    ),
    Entry(
        "commune-moved",
        "La table de zonage a la commune sous un autre code : celui d'avant ou d'après une fusion.",
        "Chacun peut vérifier par quel code la zone est trouvée.",
    ),
    Entry(
        "commune-partly-zoned",
        "La commune n'a pas de zone propre : seul un de ses quartiers en a une.",
        "Sans le code du quartier, la zone de cette candidature reste inconnue.",
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
