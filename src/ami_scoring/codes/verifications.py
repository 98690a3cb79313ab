"""Codes of what a service verifies after the deposit, and of what a policy requires to be verified."""

from __future__ import annotations

from typing import Final

from ami_scoring.codes.entry import Entry

ENTRIES: Final[tuple[Entry, ...]] = (
    Entry(
        "fact-not-verifiable",
        "Une vérification porte sur une donnée qui n'est pas une réponse du porteur, ou que rien ne lit.",
        "Ce qui se calcule suit les réponses dont il vient : ce sont elles que l'on vérifie. Le nom du porteur dit "
        "de qui est le dossier : aucune règle ne le lit.",
        "donnee: engagement_financier.montant_par_habitant",
        "donnee: engagement_financier.montant_annuel",
    ),
    Entry(
        "verifications-contradict",
        "Une même réponse a été vérifiée deux fois, et les deux valeurs ne sont pas les mêmes.",
        "Rien ne dit laquelle compte : la dernière date n'est pas toujours la bonne valeur.",
        "AMI-1;locaux.surface_m2;85;…\nAMI-1;locaux.surface_m2;90;…",
        "AMI-1;locaux.surface_m2;85;…",
    ),
    Entry(
        "verified-commune",
        "La commune dont la population est vérifiée n'est pas dite, ou n'est pas de la candidature.",
        "Chaque commune a sa population : c'est elle que l'on vérifie, non leur somme.",
        "donnee: implantation.population   # deux communes",
        "donnee: implantation.communes.09122.population",
    ),
    Entry(
        "verified-date",
        "Une vérification est datée d'avant le dépôt de la candidature, ou d'un jour à venir.",
        "Ce qui est déclaré n'est vérifié qu'ensuite : l'année est sans doute mal tapée. La valeur compte quand même. "
        "Les jours à venir ne sont dits que par « ami validate ».",
        "AMI-1;locaux.surface_m2;85;le service instructeur;03/03/2002",
        "AMI-1;locaux.surface_m2;85;le service instructeur;03/03/2022",
    ),
    Entry(
        "verified-empty",
        "Une vérification n'a pas de valeur.",
        "Une case vide ne dit pas si rien n'a été trouvé, ou si la ligne attend encore.",
        "AMI-1;locaux.surface_m2;;le service instructeur;03/03/2022",
        "AMI-1;locaux.surface_m2;85;le service instructeur;03/03/2022",
    ),
    Entry(
        "verified-person",
        "Le service ou la source d'une vérification porte un numéro RPPS, de téléphone, ou un courriel.",
        "Ces deux textes sont montrés dans les résultats, les courriers et le JSON, qui ne nomment personne.",
        "AMI-1;locaux.surface_m2;85;direction@exemple.fr;03/03/2022",
        "AMI-1;locaux.surface_m2;85;la direction de la santé;03/03/2022",
    ),
    Entry(
        "verified-undeclared",
        "Une réponse a été vérifiée, que le porteur n'a pas donnée, ou qui ne se lit pas.",
        "On vérifie ce qui est déclaré : compléter un dossier appartient à son porteur, et la valeur ne compte pas.",
        "# le dossier ne dit rien de ses locaux\nAMI-1;locaux.surface_m2;85;…",
        "# le dossier, complété par le porteur\nlocaux: {surface_m2: 90}",
    ),
    Entry(
        "verify-compared",
        "Une vérification est exigée dans un appel qui compare les candidatures entre elles.",
        "Tant qu'elle n'est pas faite, elle pourrait changer les points de toutes : rien ne le borne encore.",
        "verify: [complements.cout]   # avec une règle « relative »",
        "# sans « verify » : les valeurs vérifiées comptent quand même",
    ),
    Entry(
        "verify-idle",
        "Une vérification est exigée d'une donnée que rien ne lit.",
        "La place attendrait une vérification qui ne peut rien changer.",
        "verify: [locaux.adaptes]   # aucune règle ne la lit",
        "verify: [locaux.surface_m2]",
    ),
)
