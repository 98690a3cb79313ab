"""Codes of what earlier waves gave, as their results tell it."""

from __future__ import annotations

from typing import Final

from ami_scoring.codes.entry import Entry

ENTRIES: Final[tuple[Entry, ...]] = (
    Entry(
        "awarded-unfit",
        "Un fichier donné par « --awarded » n'est pas un résultat JSON d'« ami score », ou dit mal ce qu'il attribue.",
        "Rien ne dit qui est retenu, ni pour quel montant : la vague qui suit pourrait donner deux fois la même place.",
    ),
    Entry(
        "awarded-other-call",
        "Un résultat donné par « --awarded » est d'un autre appel, ou d'une autre édition.",
        "Ses places ne sont pas celles de cet appel : les compter en ôterait à tort.",
    ),
    Entry(
        "awarded-wave",
        "Un résultat donné par « --awarded » n'est pas celui, entier, d'une vague précédente.",
        "Il serait compté deux fois, ou des retenues y manqueraient : il faut un résultat par vague, chacun fait avec "
        "« --wave » et sans « --top ».",
    ),
    Entry(
        "awarded-unread",
        "Une candidature retenue par une vague précédente n'est pas parmi les dossiers lus, ou n'en dit pas assez.",
        "Son dossier dit de quel projet il s'agit, sa catégorie et ce qu'il demande : sans lui, rien ne se compte.",
    ),
    Entry(
        "awarded-changed",
        "Le fichier d'une candidature retenue par une vague précédente a changé depuis ce résultat.",
        "Sa catégorie ou son porteur ne sont peut-être plus ceux qui ont été retenus. Un fichier de plusieurs dossiers "
        "ne dit pas laquelle a changé : il est signalé une fois, sans en accuser aucune.",
    ),
    Entry(
        "awarded-contested",
        "Une vague précédente laisse des places à départager.",
        "Tant que le comité n'a pas choisi, ces places ne sont comptées à personne : la vague qui suit en aurait trop.",
    ),
    Entry(
        "awarded-provisional",
        "Des places qu'une vague précédente a données étaient provisoires dans ce résultat.",
        "Un dossier à compléter ou à vérifier pouvait les changer. Elles sont comptées comme données : rien n'est "
        "ainsi attribué deux fois, mais une place qui serait rendue manquerait à la vague qui suit.",
    ),
)
