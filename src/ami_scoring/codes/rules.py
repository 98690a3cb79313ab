"""Codes of rules and conditions: what would give, or withhold, points in silence."""

from __future__ import annotations

from typing import Final

from ami_scoring.codes.entry import Entry

ENTRIES: Final[tuple[Entry, ...]] = (
    Entry(
        "rule-kind",
        "Le genre de la règle manque ou est inconnu.",
        "Le langage est fermé : un genre mal écrit ne donne pas zéro, il est refusé.",
        "rule: {kind: tranches, fact: locaux.delai_mois, bands: […]}",
        "rule: {kind: bands, fact: locaux.delai_mois, bands: […]}",
    ),
    Entry(
        "unknown-fact",
        "Aucune donnée ne porte ce nom.",
        "Une règle qui lit une donnée absente ne noterait personne.",
        "rule: {kind: per_unit, fact: locaux.bureau, points: 1, at_most: 4}",
        "rule: {kind: per_unit, fact: locaux.bureaux, points: 1, at_most: 4}",
    ),
    Entry(
        "type-mismatch",
        "La règle ou le test ne convient pas au type de la donnée.",
        "Comparer un choix à un nombre serait toujours faux, sans que rien ne le dise.",
        "require: {fact: porteur.type, at_least: 3}",
        "require: {fact: porteur.type, in: [commune, epci]}",
    ),
    Entry(
        "category-unknown",
        "La donnée n'a jamais cette valeur.",
        "La ligne ne servirait à personne : c'est une faute de frappe, ou une valeur oubliée ailleurs.",
        "points: {ZIPP: 30, ZAC: 18}",
        "points: {ZIP: 30, ZAC: 18}",
    ),
    Entry(
        "category-unscored",
        "Une valeur possible n'a pas de points.",
        "Une candidature qui a cette valeur n'aurait pas de note.",
        "fact: porteur.type\npoints: {commune: 5, epci: 10}",
        "fact: porteur.type\npoints: {commune: 5, epci: 10}\notherwise: 0",
    ),
    Entry(
        "category-twice",
        "Deux lignes, deux colonnes ou deux choix désignent la même valeur, à la casse ou aux espaces près.",
        "Le programme ne choisit pas laquelle compte.",
        "points: {ZIP: 30, zip: 20}",
        "points: {ZIP: 30}",
    ),
    Entry(
        "otherwise-missing",
        "Toutes les valeurs ne sont pas prévues, et « otherwise » manque.",
        "Une valeur imprévue ne donnerait ni points, ni raison.",
        "rule: {kind: lookup, fact: implantation.departement, points: {'09': 10}}",
        "rule: {kind: lookup, fact: implantation.departement, points: {'09': 10}, otherwise: 0}",
    ),
    Entry(
        "table-one-fact",
        "Une table à deux entrées lit deux fois la même donnée.",
        "Toutes les cases hors de la diagonale seraient impossibles.",
    ),
    Entry(
        "band-gap",
        "Une valeur possible n'est dans aucune tranche.",
        "Une candidature qui a cette valeur n'aurait pas de points, en silence.",
        "bands:\n  - {below: 6, points: 15}\n  - {from: 7, points: 0}",
        "bands:\n  - {below: 6, points: 15}\n  - {from: 6, points: 0}",
    ),
    Entry(
        "band-overlap",
        "Une valeur est dans deux tranches.",
        "Les points dépendraient de l'ordre des lignes.",
        "bands:\n  - {up_to: 6, points: 15}\n  - {from: 6, points: 0}",
        "bands:\n  - {up_to: 6, points: 15}\n  - {above: 6, points: 0}",
    ),
    Entry(
        "band-order",
        "Les tranches ne sont pas dans l'ordre croissant.",
        "Dans l'ordre, un trou se voit à l'œil nu.",
        "bands:\n  - {from: 6, points: 0}\n  - {from: 1, below: 5, points: 15}",
        "bands:\n  - {below: 6, points: 15}\n  - {from: 6, points: 0}",
    ),
    Entry(
        "band-empty",
        "Une tranche ne contient aucune valeur.",
        "Ses bornes sont inversées, ou aucune valeur entière ne tombe entre elles.",
        "bands:\n  - {below: 6, points: 15}\n  - {from: 6, below: 6, points: 9}\n  - {from: 6, points: 0}",
        "bands:\n  - {below: 6, points: 15}\n  - {from: 6, points: 0}",
    ),
    Entry(
        "band-two-lower",
        "Une tranche a deux bornes inférieures.",
        "« from » comprend la borne, « above » l'exclut : il faut choisir.",
        "{from: 6, above: 6, points: 9}",
        "{from: 6, points: 9}",
    ),
    Entry(
        "band-two-upper",
        "Une tranche a deux bornes supérieures.",
        "« up_to » comprend la borne, « below » l'exclut : il faut choisir.",
        "{up_to: 12, below: 12, points: 9}",
        "{below: 12, points: 9}",
    ),
    Entry(
        "knots-order",
        "Les points de passage ne sont pas dans l'ordre croissant.",
        "La droite ne saurait pas dans quel sens aller.",
        "knots: [{at: 5, points: 4}, {at: 3, points: 3}]",
        "knots: [{at: 3, points: 3}, {at: 5, points: 4}]",
    ),
    Entry(
        "slice-size",
        "La taille d'une tranche (« every ») n'est pas positive.",
        "On ne compte pas par tranches de rien.",
        "every: 0",
        "every: 0.5",
    ),
    Entry(
        "no-cap",
        "Une règle par unité donne des points sans limite.",
        "Un seul très grand nombre écraserait tous les autres critères.",
        "rule: {kind: per_unit, fact: locaux.bureaux, points: 2}",
        "rule: {kind: per_unit, fact: locaux.bureaux, points: 2, at_most: 8}",
    ),
    Entry(
        "no-floor",
        "Une règle par unité retire des points sans limite.",
        "« linear » ou « bands » disent où la perte s'arrête.",
        "rule: {kind: per_unit, fact: locaux.bureaux, points: -2}",
        "rule: {kind: linear, fact: locaux.bureaux, knots: [{at: 0, points: 0}, {at: 4, points: -8}]}",
    ),
    Entry(
        "unknown-item",
        "Un groupe d'éléments qui s'excluent nomme un élément absent.",
        "L'exclusion ne s'appliquerait pas : les points s'ajouteraient.",
        "items: [{id: deux, …}, {id: quatre, …}]\nexclusive: [[deux, quattre]]",
        "items: [{id: deux, …}, {id: quatre, …}]\nexclusive: [[deux, quatre]]",
    ),
    Entry(
        "row-shape",
        "Une ligne d'une table de décision donne soit des points, soit une règle.",
        "Avec les deux, ou aucun, rien ne dit ce qu'elle vaut.",
        "rows: [{if: {fact: locaux.etat, is: aucun}}]",
        "rows: [{if: {fact: locaux.etat, is: aucun}, points: 0}]",
    ),
    Entry(
        "judgement-step",
        "Le pas d'une note de jury ne mène pas de la plus basse à la plus haute.",
        "La meilleure note ne pourrait jamais être donnée.",
        "rule: {kind: judgement, on: qualité, highest: 10, step: 3}",
        "rule: {kind: judgement, on: qualité, highest: 10, step: 2}",
    ),
    Entry(
        "judgement-shape",
        "Un jugement n'a ni note la plus haute ni niveaux décrits, ou a les deux.",
        "Rien ne dirait sur quelle échelle les avis se donnent.",
        "rule: {kind: judgement, on: projet, highest: 5, tiers: {Fort: {points: 5, text: …}}}",
        "rule: {kind: judgement, on: projet, highest: 5}",
    ),
    Entry(
        "tier-name",
        "Un niveau décrit a un nombre pour nom.",
        "Le nom se confondrait avec une note.",
        'tiers: {"3": {points: 5, text: Calendrier tenu}, "1": {points: 0, text: Aucun calendrier}}',
        "tiers: {Fort: {points: 5, text: Calendrier tenu}, Faible: {points: 0, text: Aucun calendrier}}",
    ),
    Entry(
        "opinions-required",
        "Le nombre d'avis requis n'est pas possible : aucun, ou moins que ce qu'exigent les critères.",
        "Une note se donnerait sans personne, ou le jury défairait ce que les critères ont fixé.",
        "required: 0",
        "required: 2",
    ),
    Entry(
        "discussion-idle",
        "L'écart au-delà duquel les avis se discutent ne peut jamais être dépassé, ou est négatif.",
        "La discussion promise n'aurait jamais lieu.",
        "rule: {kind: judgement, on: projet, highest: 5, discuss_above: 5}",
        "rule: {kind: judgement, on: projet, highest: 5, discuss_above: 2}",
    ),
    Entry(
        "scale-upside-down",
        "L'échelle d'un prix donne le plus de points au plus cher.",
        "Une échelle à l'envers se lit comme une échelle : elle retient l'offre la plus chère.",
        "{kind: linear, fact: complements.prix, knots: [{at: 100, points: 0}, {at: 500, points: 40}]}",
        "{kind: linear, fact: complements.prix, knots: [{at: 100, points: 40}, {at: 500, points: 0}]}",
    ),
    Entry(
        "pool-relative",
        "Une règle note chaque candidature par rapport aux autres.",
        "Le retrait d'une candidature peut changer l'ordre des autres : c'est un choix, qu'il faut faire sciemment.",
    ),
    Entry(
        "threshold-unreached",
        "Les règles ne permettent à personne d'atteindre un minimum ou un seuil.",
        "Chaque critère pris seul le permettrait ; mais de critères qui s'excluent selon une même réponse (un pour les "
        "communes, un pour les EPCI), nul n'a les points des deux.",
    ),
    Entry(
        "cell-impossible",
        "Des cases « impossible » ne laissent rien de possible, ou ne refusent aucune réponse de l'appel.",
        "Deux réponses dont la case est impossible sont refusées : il faut qu'une autre réponse reste possible, et que "
        "l'une des deux données soit déclarée par l'appel.",
        "points:\n  locataire: {bail: impossible, acte: impossible}",
        "points:\n  locataire: {bail: 5, acte: impossible}",
    ),
    Entry(
        "relative-shape",
        "Une comparaison donne des points à proportion, et par rang ; ou ni l'un ni l'autre.",
        "« points » sont ceux de la meilleure valeur, dont les autres ont une part ; « by_rank » ceux de chaque rang.",
        "{kind: relative, fact: complements.cout, best: lowest, points: 50, by_rank: [50, 40]}",
        "{kind: relative, fact: complements.cout, best: lowest, by_rank: [50, 40]}",
    ),
    Entry(
        "ranks-order",
        "Un rang a moins de points que le suivant.",
        "La meilleure valeur doit valoir au moins autant que les autres ; au-delà du dernier rang écrit, zéro.",
        "by_rank: [40, 50, 25]",
        "by_rank: [50, 40, 25]",
    ),
    Entry(
        "condition-operator",
        "Une condition porte un seul test à côté de « fact ».",
        "Deux tests sur une ligne ne disent pas s'ils s'ajoutent ou s'excluent : « all » et « any » le disent.",
        "{fact: locaux.bureaux, at_least: 2, below: 5}",
        "all:\n  - {fact: locaux.bureaux, at_least: 2}\n  - {fact: locaux.bureaux, below: 5}",
    ),
    Entry(
        "fact-as-value",
        "Le nom d'une donnée est écrit là où il faut une valeur.",
        "Écrit ainsi, le nom serait pris pour un mot, que personne n'écrit. Pour comparer deux données, la seconde se "
        "nomme à son tour par « fact ».",
        "{fact: complements.voeu, is: complements.conjoint}",
        "{fact: complements.voeu, is: {fact: complements.conjoint}}",
    ),
    Entry(
        "fact-against-itself",
        "Une donnée est comparée à elle-même.",
        "La condition serait toujours vraie, ou jamais ; celles qui ont la même valeur seraient chacune la meilleure.",
        "{fact: complements.voeu, is: {fact: complements.voeu}}",
        "{fact: complements.voeu, is: {fact: complements.conjoint}}",
    ),
    Entry(
        "condition-operand",
        "Un test n'a pas de valeur à laquelle comparer.",
        "Comparée à rien, la donnée ne convient jamais.",
        "{fact: locaux.etat, is: }",
        "{fact: locaux.etat, is: travaux}",
    ),
    Entry(
        "row-unreachable",
        "Aucune candidature n'atteint cette ligne, cette tranche ou ce point de passage.",
        "Une ligne est impossible, ou une autre plus haut la devance ; une tranche est hors des bornes de la donnée : "
        "ces points ne seront jamais donnés.",
        "rows:\n  - {if: {fact: locaux.bureaux, at_least: 2}, points: 5}\n"
        "  - {if: {fact: locaux.bureaux, at_least: 4}, points: 10}",
        "rows:\n  - {if: {fact: locaux.bureaux, at_least: 4}, points: 10}\n"
        "  - {if: {fact: locaux.bureaux, at_least: 2}, points: 5}",
    ),
    Entry(
        "item-idle",
        "Un élément d'un groupe « exclusive » ne compte jamais.",
        "Dès qu'il est rempli, un autre du groupe, qui vaut autant ou plus, l'est aussi et compte à sa place : "
        "ses points ne seront jamais donnés.",
        "items:\n  - {id: deux, label: Deux bureaux, if: {fact: locaux.bureaux, at_least: 2}, points: 5}\n"
        "  - {id: quatre, label: Quatre bureaux, if: {fact: locaux.bureaux, at_least: 1}, points: 10}\n"
        "exclusive: [[deux, quatre]]",
        "items:\n  - {id: deux, label: Deux bureaux, if: {fact: locaux.bureaux, at_least: 2}, points: 5}\n"
        "  - {id: quatre, label: Quatre bureaux, if: {fact: locaux.bureaux, at_least: 4}, points: 10}\n"
        "exclusive: [[deux, quatre]]",
    ),
    Entry(
        "condition-settled",
        "Toute candidature remplit cette condition, ou aucune ne la remplit.",
        "Les bornes et les choix de la donnée en décident d'avance : la condition ne distingue personne.",
        "require: {all: [{fact: porteur.type, is: commune}, {fact: porteur.type, is: epci}]}",
        "require: {any: [{fact: porteur.type, is: commune}, {fact: porteur.type, is: epci}]}",
    ),
    Entry(
        "percentage-scale",
        "Une part est comparée à un pourcentage : 50 y vaut 5 000 %.",
        "Une part de la moitié s'écrit 0.5 : sous une borne de 50, la règle traite toutes les candidatures de même.",
        "if: {fact: complements.taux_bio, at_least: 50}",
        "if: {fact: complements.taux_bio, at_least: 0.5}",
    ),
    Entry(
        "too-many-parts",
        "Une liste d'une règle ou d'une condition compte plus de 300 éléments, ou une règle plus de 5 000 tranches.",
        "Personne ne relit un barème si long, et « ami validate » essaie chaque valeur contre chacun : groupez-les.",
    ),
    Entry(
        "computed-chain",
        "Une donnée calculée en lit une autre, qui en lit une autre… plus de 30 fois de suite.",
        "Nul ne pourrait refaire ce calcul à la main, et il prendrait sans fin.",
    ),
    Entry(
        "number-too-large",
        "Une donnée calculée pourrait compter plus de 1 000 chiffres, d'après les bornes des données qu'elle lit.",
        "Les nombres sont exacts : un produit de centaines de données remplirait la mémoire. La limite est "
        "prouvée sur les bornes déclarées, avant toute candidature ; sans bornes, quinze chiffres de chaque côté.",
        "computed: [{name: p, label: P, product_of: [complements.a, complements.a, complements.a]}]   # … trente fois",
        "computed: [{name: p, label: P, product_of: [complements.a, complements.a]}]",
    ),
    Entry(
        "otherwise-idle",
        "« otherwise » ne sert à rien : tout est déjà prévu.",
        "Le retirer fera signaler une valeur qui s'ajouterait un jour, au lieu de la noter en silence.",
        "{kind: lookup, fact: locaux.adaptes, points: {oui: 10, non: 0}, otherwise: 5}",
        "{kind: lookup, fact: locaux.adaptes, points: {oui: 10, non: 0}}",
    ),
)
