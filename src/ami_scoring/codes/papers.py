"""Codes of `courriers.yaml` and of the Word templates of an authority."""

from __future__ import annotations

from typing import Final

from ami_scoring.codes.entry import Entry

ENTRIES: Final[tuple[Entry, ...]] = (
    Entry(
        "letterhead-blank",
        "Un texte de courriers.yaml ne fait que tenir la place d'un autre.",
        "Une lettre partirait avec un blanc à la place d'un nom, d'une adresse ou d'un délai.",
        "signataire: {nom: à compléter, qualite: Présidence}",
        "signataire: {nom: Claude Exemple, qualite: Présidence}",
    ),
    Entry(
        "template-name",
        "Le nom d'un modèle Word ne désigne aucun papier.",
        "Il serait laissé de côté sans un mot, et les courriers partiraient sur un autre.",
        "lettre-retenu.docx",
        "lettre-retenue.docx",
        "text",
    ),
    Entry(
        "template-field",
        "Un modèle Word a un champ que le programme ne connaît pas.",
        "Le courrier partirait avec le nom du champ, ou avec un vide.",
        "Objet : {{ objets }}",
        "Objet : {{ objet }}",
        "text",
    ),
    Entry(
        "template-brace",
        "Une accolade d'un modèle Word n'ouvre ni ne ferme un champ complet.",
        "Le champ ne serait pas rempli. Rien d'autre qu'un nom de champ ne s'écrit entre accolades : ni calcul, ni "
        "instruction.",
        "Objet : {{ objet }",
        "Objet : {{ objet }}",
        "text",
    ),
    Entry(
        "template-body",
        "Le champ « corps » d'un modèle Word manque, est là deux fois, ou n'est pas seul dans un paragraphe du texte.",
        "Le texte du courrier n'aurait pas sa place.",
        "Texte : {{ corps }}",
        "{{ corps }}",
        "text",
    ),
    Entry(
        "template-broken",
        "Un modèle n'est pas un document Word (.docx) que l'on puisse lire, ou il est démesuré.",
        "Aucun courrier ne pourrait être écrit dessus. Ouvrez-le dans Word ou LibreOffice, enregistrez-le en .docx.",
    ),
)
