"""Codes of files that cannot be read, or whose text does not mean what its author thinks."""

from __future__ import annotations

from typing import Final

from ami_scoring.codes.entry import Entry

ENTRIES: Final[tuple[Entry, ...]] = (
    Entry(
        "unreadable-file",
        "Le fichier ne peut pas être lu.",
        "Il n'existe pas, le droit de lecture manque, ou ce n'est pas un fichier ordinaire : rien n'en est deviné.",
        "waves: [{id: v1, closes: 2022-09-30, zoning: zonnage.csv}]   # le fichier s'appelle zonage.csv",
        "waves: [{id: v1, closes: 2022-09-30, zoning: zonage.csv}]",
    ),
    Entry(
        "unreadable-folder",
        "Un dossier ne peut pas être parcouru.",
        "Les candidatures qu'il contient manqueraient au classement sans que personne le sache.",
    ),
    Entry(
        "files-passed-over",
        "Des fichiers d'un dossier ne sont pas lus, à cause de leur suffixe.",
        "Un dossier envoyé en .docx ou en .pdf n'est pas une candidature lisible : mieux vaut le dire que l'oublier.",
    ),
    Entry(
        "too-large",
        "Le fichier, ou le nombre de valeurs qu'il contient, dépasse la limite.",
        "Aucune candidature n'est si grande : c'est une erreur d'envoi, ou un fichier fait pour bloquer le programme.",
    ),
    Entry(
        "too-many-records",
        "Les fichiers donnés tiennent plus de candidatures qu'il n'en est lu : 500 000.",
        "Un classement qui en ignorerait ne vaudrait rien : rien n'est classé.",
    ),
    Entry(
        "empty-file",
        "Le fichier ne contient aucune donnée.",
        "Un enregistrement ou un envoi s'est sans doute interrompu.",
        "# rien que des commentaires",
        "reference: AMI-01\ndepose_le: 2022-09-01",
    ),
    Entry(
        "empty-document",
        "Un document, entre deux lignes « --- », est vide.",
        "Il est ignoré : une candidature a peut-être été effacée par mégarde.",
        "reference: A-1\n---\n---\nreference: A-2",
        "reference: A-1\n---\nreference: A-2",
    ),
    Entry(
        "several-documents",
        "Le fichier de critères contient plusieurs documents.",
        "Un appel a une seule règle : le programme ne choisit pas entre deux.",
        "language: 1\n---\nlanguage: 1",
        "language: 1",
    ),
    Entry(
        "rest-not-read",
        "Une erreur de syntaxe arrête la lecture : la suite du fichier n'est pas lue.",
        "Les documents qui suivent ne seraient ni notés ni signalés un par un.",
        "reference: A-1\n---\nreference: [A-2\n---\nreference: A-3",
        "reference: A-1\n---\nreference: A-2\n---\nreference: A-3",
    ),
    Entry(
        "too-deep",
        "Les groupes s'imbriquent au-delà de 40 niveaux.",
        "Personne n'écrit cela à la main : le fichier est abîmé, ou fait pour nuire.",
        "criteria: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
        "criteria: []",
    ),
    Entry(
        "too-many-errors",
        "Le texte, ou un de ses documents, contient tant d'erreurs qu'il est refusé en entier.",
        "C'est sans doute un autre format de fichier.",
    ),
    Entry(
        "not-text",
        "Le fichier est un classeur, un PDF ou un document, sous un nom de fichier texte.",
        "Un fichier renommé n'a pas changé de format : un classeur se renomme en .xlsx, ou s'y enregistre.",
    ),
    Entry(
        "not-utf8",
        "Le fichier n'est pas en UTF-8.",
        "Les accents seraient faux, et avec eux les noms et les choix (« département », « à construire »).",
    ),
    Entry(
        "nul-character",
        "Le fichier contient un caractère nul.",
        "Ce n'est pas du texte, ou il est abîmé.",
    ),
    Entry(
        "control-character",
        "Un caractère de contrôle, invisible, est dans le texte.",
        "Deux valeurs qui semblent égales ne le seraient pas.",
    ),
    Entry(
        "invisible-separator",
        "Un caractère invisible coupe une ligne en deux pour YAML, sans que l'éditeur le montre.",
        "Ce qui suit serait lu comme une autre ligne.",
    ),
    Entry(
        "no-break-space",
        "Une espace insécable est collée à une clé ou à une valeur.",
        "YAML n'y voit pas une espace : la clé devient une autre clé.",
        "weight:\u00a030",
        "weight: 30",
    ),
    Entry(
        "tab-indentation",
        "Une tabulation sert de retrait.",
        "YAML ne l'admet pas : sa largeur dépend de l'éditeur, et avec elle ce qui dépend de quoi.",
        "call:\n\ttitle: Appel",
        "call:\n  title: Appel",
    ),
    Entry(
        "yaml-syntax",
        "La syntaxe de YAML est incorrecte.",
        "Le fichier ne peut pas être lu : retrait, crochet, guillemet ou deux-points.",
        "points: {ZIP: 30, ZAC: 18",
        "points: {ZIP: 30, ZAC: 18}",
    ),
    Entry(
        "colon-in-value",
        "Une valeur contient deux-points suivis d'une espace.",
        "YAML y voit une seconde clé : il faut des guillemets.",
        "label: Critère : énergie",
        "label: 'Critère : énergie'",
    ),
    Entry(
        "comment-in-value",
        "Un « # » coupe une valeur : la suite devient un commentaire.",
        "« Critère #1 » serait lu « Critère ».",
        "label: Critère #1",
        'label: "Critère #1"',
    ),
    Entry(
        "anchor-refused",
        "Les ancres et les renvois de YAML (« & », « * ») ne sont pas admis.",
        "Un fichier que vote un comité se lit de haut en bas ; un renvoi oblige à chercher ailleurs ce qu'il dit.",
        "points: &p {ZIP: 30}\nautre: *p",
        "points: {ZIP: 30}\nautre: {ZIP: 30}",
    ),
    Entry(
        "tag-refused",
        "Les étiquettes de type de YAML (« ! ») ne sont pas admises.",
        "C'est le modèle qui dit le type de chaque valeur, pas le fichier.",
        "weight: !!str 30",
        "weight: 30",
    ),
    Entry(
        "merge-refused",
        "La fusion « << » de YAML n'est pas admise.",
        "Ce qui compte serait écrit ailleurs que là où on le lit.",
        "criterion:\n  <<: {weight: 30}\n  id: zonage",
        "criterion:\n  id: zonage\n  weight: 30",
    ),
    Entry(
        "key-refused",
        "Une clé n'est pas un texte.",
        "Une clé vide, une liste ou un groupe ne désigne rien.",
        "? [a, b]\n: 1",
        '"a, b": 1',
    ),
    Entry(
        "duplicate-key",
        "La même clé est donnée deux fois dans un groupe.",
        "YAML et JSON garderaient la dernière sans le dire : deux poids, et un seul compte.",
        "weight: 30\nlabel: Zonage\nweight: 20",
        "weight: 30\nlabel: Zonage",
    ),
    Entry(
        "json-syntax",
        "La syntaxe de JSON est incorrecte.",
        "Le fichier ne peut pas être lu : virgule, guillemet, commentaire.",
        '{"reference": "A-1",}',
        '{"reference": "A-1"}',
        "json",
    ),
    Entry(
        "half-character",
        "Un texte contient la moitié d'un caractère.",
        "Il ne peut être ni comparé ni enregistré.",
        r'{"reference": "A-1", "porteur": {"nom": "\ud83d"}}',
        '{"reference": "A-1", "porteur": {"nom": "Mairie"}}',
        "json",
    ),
    Entry(
        "not-a-number",
        "« NaN » ou « Infinity » n'est pas un nombre.",
        "Un seul suffirait à rendre le classement dépendant de l'ordre des fichiers.",
        '{"surface_m2": NaN}',
        '{"surface_m2": null}',
        "json",
    ),
    Entry(
        "number-too-long",
        "Un nombre a trop de chiffres pour être une mesure ou un montant.",
        "C'est une faute de frappe, ou un fichier fait pour bloquer le programme.",
        '{"montant_annuel": 1e101}',
        '{"montant_annuel": 1000}',
        "json",
    ),
)
