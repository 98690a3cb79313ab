"""Codes of the jury: its roster, its assignments, the grids that come back, and opinions taken together."""

from __future__ import annotations

from typing import Final

from ami_scoring.codes.entry import Entry

ENTRIES: Final[tuple[Entry, ...]] = (
    Entry(
        "assessor-id",
        "Le nom court d'un assesseur ne peut pas nommer un fichier.",
        "La grille de chacun porte son nom court : il n'a que des minuscules sans accent, des chiffres et des tirets.",
        "- {id: Zoé M., name: Zoé Martin}",
        "- {id: zoe-m, name: Zoé Martin}",
    ),
    Entry(
        "assessor-name-twice",
        "Un nom désigne deux assesseurs du jury.",
        "Un avis signé de ce nom pourrait être de l'un ou de l'autre.",
        "- {id: zoe, name: Zoé Martin}\n- {id: zm, name: Martin Zoé}",
        "- {id: zoe, name: Zoé Martin, spellings: [Martin Zoé]}",
    ),
    Entry(
        "assessor-unknown",
        "Un avis, ou une attribution, nomme quelqu'un qui n'est pas du jury.",
        "Un avis ne compte que s'il vient du jury, tel que son fichier le nomme.",
        "assesseur: Z. Martin   # le jury ne connaît que Zoé Martin",
        "# dans jury.yaml\n- {id: zoe, name: Zoé Martin, spellings: [Z. Martin]}",
    ),
    Entry(
        "assignment-twice",
        "Un dossier, ou un assesseur sur un sujet, est cité deux fois dans les attributions.",
        "Une personne compterait pour deux, ou une attribution en cacherait une autre.",
        "AMI-1: {projet: [zoe, zoe]}",
        "AMI-1: {projet: [zoe, adam]}",
    ),
    Entry(
        "department-form",
        "Ce n'est pas le code d'un département.",
        "L'intérêt déclaré n'écarterait l'assesseur d'aucun dossier.",
        "{department: Ariège, reason: élue}",
        '{department: "09", reason: élue}',
    ),
    Entry(
        "interest-shape",
        "Un intérêt déclaré n'a aucun lien, ou en a plusieurs.",
        "Chaque intérêt se lit seul : un lien, et son motif.",
        '{commune: "09001", siren: "200000008", reason: élue}',
        '- {commune: "09001", reason: élue}\n- {siren: "200000008", reason: élue}',
    ),
    Entry(
        "subject-not-judged",
        "Un avis, ou une attribution, porte sur un sujet que cet assesseur ne juge pas.",
        "Le jury dit qui juge quoi : un avis de trop ne doit pas entrer dans la note.",
    ),
    Entry(
        "too-few-assessors",
        "Plus d'avis sont requis sur un sujet qu'il n'y a de personnes pour le juger.",
        "La note attendrait toujours.",
        "required: 3\nassessors: [{id: zoe, name: Zoé}, {id: adam, name: Adam}]",
        "required: 2\nassessors: [{id: zoe, name: Zoé}, {id: adam, name: Adam}]",
    ),
    Entry(
        "assignment-seed",
        "Les attributions viennent d'une autre graine que celle que le jury a publiée.",
        "Qui refait le tirage de la graine publiée trouverait d'autres lecteurs.",
    ),
    Entry(
        "assignment-short",
        "Un dossier a moins de lecteurs que d'avis requis sur un sujet.",
        "Sa note attendrait toujours : les autres assesseurs ont un intérêt déclaré, ou une main a retiré quelqu'un.",
    ),
    Entry(
        "assignment-interest",
        "Un dossier est attribué à quelqu'un qui a déclaré un intérêt.",
        "Son avis serait écarté : le dossier manquerait d'un lecteur.",
    ),
    Entry(
        "interest-declared",
        "Un assesseur donne un avis sur un dossier où il a déclaré un intérêt.",
        "Son avis est écarté et compté comme une récusation.",
    ),
    Entry(
        "recusal-unclear",
        "Un motif de récusation est donné, sans que la récusation soit dite.",
        "Nul ne sait s'il faut compter les notes de cette personne.",
        "reference: A-1\nassesseur: Zoé Martin\nmotif_conflit: Ma sœur y travaille",
        "reference: A-1\nassesseur: Zoé Martin\nconflit: oui\nmotif_conflit: Ma sœur y travaille",
    ),
    Entry(
        "recusal-without-reason",
        "Une récusation n'a pas de motif.",
        "Elle est comptée ; mais le procès-verbal devra en dire la raison.",
        "reference: A-1\nassesseur: Zoé Martin\nconflit: oui",
        "reference: A-1\nassesseur: Zoé Martin\nconflit: oui\nmotif_conflit: Ma sœur y travaille",
    ),
    Entry(
        "opinion-not-assigned",
        "Un avis n'était pas attribué à cet assesseur.",
        "Il compte, mais il s'ajoute à ceux qui étaient prévus : vérifiez que ce n'est pas une erreur de dossier.",
    ),
    Entry(
        "opinions-apart",
        "Les avis sur un dossier s'écartent plus que les critères ne l'admettent sans discussion.",
        "La note compte, mais le jury devait en parler d'abord (« discuss_above »).",
    ),
    Entry(
        "grid-line-lost",
        "Une ligne d'une grille a des réponses, mais plus la clé masquée qui dit de quoi elles parlent.",
        "Nul ne peut savoir quel dossier, ou quel sujet, est jugé là.",
    ),
    Entry(
        "grid-other-scales",
        "Une grille a été faite avant que l'échelle des notes ou ses niveaux ne changent.",
        "Une note donnée sur une échelle ne vaut rien sur une autre.",
    ),
)
