"""Codes of the decisions of a committee, and of the chain that ties them."""

from __future__ import annotations

from typing import Final

from ami_scoring.codes.entry import Entry

ENTRIES: Final[tuple[Entry, ...]] = (
    Entry(
        "decision-kind",
        "Une décision n'a pas de genre connu.",
        "Nul ne saurait ce qu'elle change, ni pour qui.",
        "decisions:\n  - number: 1\n    kind: desistement",
        "decisions:\n  - number: 1\n    kind: withdrawal",
    ),
    Entry(
        "sha256-form",
        "Une empreinte n'est pas un SHA-256.",
        "Elle ne désigne aucun fichier, et rien ne peut être vérifié.",
        "policy: 3f2a",
        "policy: 3f2a9c0d5e1b7f4a8c6d2e0f9b1a3c5d7e8f0a2b4c6d8e0f1a3b5c7d9e1f2a4b",
    ),
    Entry(
        "decision-file-absent",
        "Une décision ne donne pas l'empreinte du fichier dont elle parle.",
        "Si la candidature changeait ensuite, rien ne le dirait.",
        "reference: AMI-1\nfiles: {}",
        "reference: AMI-1\nfiles:\n  AMI-1: 3f2a9c0d5e1b7f4a8c6d2e0f9b1a3c5d7e8f0a2b4c6d8e0f1a3b5c7d9e1f2a4b",
    ),
    Entry(
        "decision-order",
        "Les dates, montants ou numéros d'une décision se contredisent.",
        "Un complément reçu avant d'être demandé, un courrier reçu après la décision, ou plus accepté que proposé, est "
        "une erreur de saisie.",
        "offered: 30000\naccepted: 45000",
        "offered: 45000\naccepted: 30000",
    ),
    Entry(
        "decision-twice",
        "Une même liste nomme deux fois une candidature.",
        "Elle aurait deux rangs.",
        "selected: [AMI-1, AMI-2, AMI-1]",
        "selected: [AMI-1, AMI-2]",
    ),
    Entry(
        "decision-seed",
        "Un tirage n'a pas de graine, ou un vote en a une.",
        "Un tirage se refait d'après sa graine publiée ; un vote ne se tire pas.",
        "kind: tie_broken\nby: draw",
        'kind: tie_broken\nby: draw\nseed: "tirage du 12 octobre 2022"',
    ),
    Entry(
        "decision-number",
        "Les décisions ne se suivent pas : il en manque une, ou il y en a une de trop.",
        "Le registre ne fait que s'allonger ; une décision que l'on retire laisse un trou.",
        "decisions:\n  - number: 1\n  - number: 3",
        "decisions:\n  - number: 1\n  - number: 2\n  - number: 3",
    ),
    Entry(
        "decision-changed",
        "Le texte d'une décision n'est plus celui qui a été enregistré.",
        "Ce qui a été décidé ne se récrit pas : une nouvelle décision annule l'ancienne, et les deux restent.",
    ),
    Entry(
        "decision-chain",
        "Une décision ne suit pas celle qui est écrite avant elle.",
        "Quelqu'un a remplacé une décision, ou deux registres ont été mêlés.",
    ),
    Entry(
        "decision-backwards",
        "Une décision est datée d'avant la précédente.",
        "Le registre suit l'ordre où les décisions sont prises ; vérifiez la date.",
        "decisions:\n  - {number: 1, date: 2022-10-12}\n  - {number: 2, date: 2022-09-30}",
        "decisions:\n  - {number: 1, date: 2022-09-30}\n  - {number: 2, date: 2022-10-12}",
    ),
    Entry(
        "decision-unknown-reference",
        "Une décision parle d'une candidature qui n'est pas lue.",
        "Elle ne changerait rien pour personne : la référence est mal écrite, ou un dossier manque.",
    ),
    Entry(
        "decision-file-changed",
        "Un dossier a changé depuis la décision qui en parle.",
        "Le comité s'est prononcé sur un autre contenu ; un complément tardif accepté ensuite l'explique.",
    ),
    Entry(
        "decision-policy-changed",
        "Une décision a été prise sur d'autres critères que ceux qui sont lus.",
        "Les totaux que le comité avait sous les yeux ne sont pas ceux-ci.",
    ),
    Entry(
        "decision-not-equals",
        "Un départage ne nomme pas les ex æquo d'un rang, tous et eux seuls.",
        "Départager d'autres qu'eux serait changer le classement : c'est un écart, qui se motive.",
    ),
    Entry(
        "decision-draw",
        "L'ordre d'un tirage n'est pas celui que donne sa graine.",
        "Quiconque refait le tirage trouverait un autre résultat.",
    ),
    Entry(
        "decision-no-departure",
        "Un écart au classement ne change rien : la candidature est déjà dans ce cas.",
        "Un écart sans effet laisse croire que le classement disait autre chose.",
    ),
    Entry(
        "decision-not-ranked",
        "Un écart retient une candidature qui n'est pas classée.",
        "Il lui manque une condition ou une pièce : la décision doit dire pourquoi on passe outre.",
    ),
    Entry(
        "decision-list-unexplained",
        "La liste définitive diffère du calcul sans qu'une décision le dise.",
        "Chaque différence doit avoir son motif, que l'on pourra lire dans des années.",
    ),
    Entry(
        "decision-list-tied",
        "Une liste définitive est arrêtée alors que des ex æquo se disputent encore les dernières places.",
        "L'ordre des références choisirait à la place du comité, et un désistement appellerait l'un d'eux.",
    ),
    Entry(
        "decision-repeated",
        "Une décision répète ou contredit une décision en vigueur sur les mêmes dossiers.",
        "Deux départages, deux désistements ou deux listes laisseraient deux réponses ; annulez d'abord la première.",
    ),
    Entry(
        "decision-reserve-equals",
        "La liste de réserve contient des ex æquo que rien ne départage.",
        "Le premier écrit serait appelé le premier, sans raison que l'on puisse donner à l'autre.",
    ),
    Entry(
        "decision-reserve-order",
        "La liste de réserve n'est pas dans l'ordre du classement et des départages.",
        "Une place rendue irait à une autre que la première.",
    ),
    Entry(
        "decision-sheet",
        "Un classeur n'a pas de feuille « Décisions », ou son tableau a perdu ses intitulés.",
        "Aucune décision ne peut y être lue.",
    ),
    Entry(
        "decision-orphan",
        "Une case est remplie, que la décision choisie ne lit pas.",
        "Ce qui a été saisi serait perdu en silence.",
    ),
    Entry(
        "decision-tie-order",
        "Les ex æquo départagés dans le classeur ne sont pas numérotés de 1 en 1.",
        "Leur ordre n'est pas dit.",
    ),
    Entry(
        "archive-unreadable",
        "Une archive est abîmée, trop grosse, ou contient un nom de fichier refusé.",
        "Rien de ce qu'elle contient ne peut être vérifié.",
    ),
    Entry(
        "archive-no-inventory",
        "Une archive, ou le dossier donné à sa place, n'a pas d'inventaire.",
        "Rien ne dit ce qu'elle contenait quand elle a été écrite.",
    ),
)
