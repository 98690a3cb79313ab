"""Codes of workbooks, forms and CSV tables, where what a person sees is not always what the file holds."""

from __future__ import annotations

from typing import Final

from ami_scoring.codes.entry import Entry

_RENAME = "Un fichier renommé n'a pas changé de format : il s'enregistre sous le bon."

ENTRIES: Final[tuple[Entry, ...]] = (
    Entry("not-a-workbook", "Le fichier n'est pas un classeur Excel (.xlsx).", _RENAME),
    Entry("not-a-table", "Le fichier .csv est en réalité un classeur, un PDF ou un document.", _RENAME),
    Entry(
        "not-a-form",
        "Le classeur n'est ni un formulaire ni un tableau de candidatures.",
        "Il n'est pas lu, et personne ne doit croire qu'il compte : rangez-le hors du dossier. "
        "« ami template » en fait de vierges, à remplir.",
    ),
    Entry("workbook-broken", "Le classeur est tronqué ou abîmé.", "L'envoi ou la copie s'est sans doute interrompu."),
    Entry(
        "workbook-encrypted",
        "Le classeur est protégé par un mot de passe d'ouverture.",
        "Retirez-le avant l'envoi : personne ne peut lire les réponses sans lui.",
    ),
    Entry(
        "workbook-too-large",
        "Le classeur est trop grand, une fois décompressé.",
        "Aucun formulaire n'est si grand : une mise en forme s'étend sans doute jusqu'au bas de la feuille.",
    ),
    Entry("workbook-macros", "Le classeur contient des macros.", "Elles ne sont ni lues ni exécutées."),
    Entry(
        "workbook-links",
        "Le classeur est lié à d'autres fichiers.",
        "Les valeurs lues sont celles qu'il avait gardées, peut-être anciennes.",
    ),
    Entry(
        "workbook-not-all-read",
        "Le classeur contient des commentaires, des images ou des zones de texte, qui ne sont pas lus.",
        "Une réponse donnée dans un commentaire n'est pas une réponse : recopiez-la dans sa cellule.",
    ),
    Entry(
        "sheet-not-read",
        "Une feuille n'est ni un formulaire ni un tableau de candidatures.",
        "Ce qu'elle contient n'est pas lu.",
    ),
    Entry(
        "line-not-read",
        "Une ligne du tableau est un total ou une note, et non une candidature.",
        "Elle n'est pas lue. Si c'est une candidature, donnez-lui sa référence.",
    ),
    Entry(
        "column-repeated",
        "Deux colonnes du tableau portent la même clé.",
        "Elles sont lues toutes deux ; la ligne où elles se contredisent est refusée.",
    ),
    Entry(
        "number-read-by-column",
        "Un nombre comme 1.103 est lu avec des décimales, parce que sa colonne en a d'autres.",
        "Seul, il pourrait aussi vouloir dire mille cent trois. Si rien n'en décide, il est refusé.",
    ),
    Entry(
        "placeholder-answer",
        "La réponse ne fait que remplir la case, comme « - », « N/A », « néant » ou « sans objet ».",
        "Elle est lue comme une absence de réponse, et ne vaut ni zéro ni non. Un choix de l'appel, lui, compte.",
    ),
    Entry(
        "siret-read",
        "Un SIRET est donné pour un SIREN.",
        "Le SIREN en est le début : c'est lui qui est lu.",
    ),
    Entry(
        "csv-mac-roman",
        "Le CSV n'est pas en UTF-8 : il est lu en MacRoman, comme l'écrit Excel sur un ancien Macintosh.",
        "Vérifiez les accents ; enregistrez-le de préférence en UTF-8.",
    ),
    Entry(
        "form-mark-lost",
        "Le formulaire a perdu la marque qui relie ses cellules aux questions.",
        "Sans elle, rien ne dit à quelle question répond une cellule.",
    ),
    Entry(
        "form-version",
        "Le formulaire, la grille ou le tableau est d'une autre version de l'outil.",
        "Ce qu'il a de nouveau serait perdu sans qu'on le sache : recopiez les réponses dans un fichier à jour.",
    ),
    Entry("empty-form", "Le formulaire est vide.", "Aucune réponse n'y est donnée : il n'y a pas de candidature."),
    Entry("empty-table", "Le tableau n'a aucune ligne remplie.", "Il n'y a pas de candidature."),
    Entry(
        "answer-astray",
        "Une cellule est remplie hors des cases de réponse.",
        "Elle n'est pas lue : recopiez-la dans la case prévue.",
    ),
    Entry(
        "hidden-answer",
        "Une réponse est dans une ligne, une colonne ou une feuille masquée.",
        "Elle est lue comme les autres, alors que personne ne la voit.",
    ),
    Entry(
        "merged-answer",
        "Des cases de réponse sont fusionnées.",
        "Une seule réponse est lue, là où plusieurs sont attendues.",
    ),
    Entry(
        "cell-error",
        "Une case contient une erreur du tableur (#N/A, #REF!…).",
        "Ce n'est pas une réponse : tapez la valeur elle-même.",
    ),
    Entry(
        "formula-not-computed",
        "Une réponse est une formule que le tableur n'a pas calculée.",
        "Le fichier ne contient pas de valeur : ouvrez-le dans un tableur et enregistrez-le.",
    ),
    Entry(
        "formula-answer",
        "Une réponse est calculée par une formule.",
        "La valeur lue est celle que le fichier garde ; liée à un autre fichier, elle peut être ancienne.",
    ),
    Entry(
        "count-differs",
        "Un nombre déclaré ne correspond pas au nombre de lignes remplies.",
        "L'un des deux est faux, et la note en dépend.",
    ),
    Entry(
        "cell-without-column",
        "Une ligne a plus de cases que la table n'a de colonnes.",
        "Un séparateur ou un guillemet est sans doute en trop, et tout ce qui suit est décalé.",
        "reference;depose_le\nA-1;2022-09-01;oui",
        "reference;depose_le\nA-1;2022-09-01",
        "csv",
    ),
    Entry(
        "leading-zero-lost",
        "Un tableur a sans doute perdu le zéro qui commence un code.",
        "« 9001 » ne désigne aucune commune ; « 09001 », si.",
        "reference;code_insee\nA-1;9001",
        "reference;code_insee\nA-1;09001",
        "csv",
    ),
    Entry(
        "unknown-column",
        "Une colonne ressemble à une question, mal écrite.",
        "Ses réponses disparaîtraient en silence.",
        "reference;depose_l\nA-1;2022-09-01",
        "reference;depose_le\nA-1;2022-09-01",
        "csv",
    ),
    Entry(
        "column-not-read",
        "Une colonne n'est pas lue.",
        "Son titre n'est pas une question du formulaire : une faute de frappe la ferait disparaître en silence.",
        "reference;depot\nA-1;2022-09-01",
        "reference;depose_le\nA-1;2022-09-01",
        "csv",
    ),
    Entry(
        "csv-quote",
        "Un guillemet ouvert n'est pas refermé où il faut.",
        "Le reste du fichier serait lu comme une seule case.",
        'reference;porteur.nom\nA-1;"Mairie',
        "reference;porteur.nom\nA-1;Mairie",
        "csv",
    ),
    Entry(
        "csv-windows-1252",
        "Le fichier n'est pas en UTF-8 : il est lu en Windows-1252, comme l'écrit Excel.",
        "Vérifiez les accents des noms.",
    ),
)
