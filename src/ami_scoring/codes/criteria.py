"""Codes of `criteria.yaml` as a whole: waves, weights, examples, ranking, selection."""

from __future__ import annotations

from typing import Final

from ami_scoring.codes.entry import Entry

ENTRIES: Final[tuple[Entry, ...]] = (
    Entry(
        "name-twice",
        "Le même nom désigne deux choses.",
        "Un départage, un seuil ou une règle ne saurait laquelle est visée.",
        "waves: [{id: v1, closes: 2022-02-28}, {id: v1, closes: 2022-09-30}]",
        "waves: [{id: v1, closes: 2022-02-28}, {id: v2, closes: 2022-09-30}]",
    ),
    Entry(
        "waves-order",
        "Une vague ne clôt pas après la précédente.",
        "Un dépôt va dans la première vague qui le prend : dans le désordre, une vague ne recevrait rien.",
        "waves: [{id: v1, closes: 2022-09-30}, {id: v2, closes: 2022-02-28}]",
        "waves: [{id: v1, closes: 2022-02-28}, {id: v2, closes: 2022-09-30}]",
    ),
    Entry(
        "zoning-missing",
        "Des règles lisent la zone, et une vague ne nomme pas sa table de zonage.",
        "Aucune candidature de cette vague n'aurait de zone.",
        "waves: [{id: v1, closes: 2022-09-30}]",
        "waves: [{id: v1, closes: 2022-09-30, zoning: zonage.csv}]",
    ),
    Entry(
        "zoning-unusable",
        "La table de zonage nommée par une vague est inutilisable.",
        "Ce qu'elle a de faux est dit à sa propre place ; sans elle, rien n'est noté.",
        "zoning: absente.csv",
        "zoning: zonage.csv",
    ),
    Entry(
        "choices-missing",
        "Une donnée de type « choice » ne dit pas ses choix.",
        "Sans eux, toute réponse serait admise.",
        "facts: [{name: statut, type: choice, label: Statut}]",
        "facts: [{name: statut, type: choice, label: Statut, choices: [association, commune]}]",
    ),
    Entry(
        "limits-crossed",
        "Le minimum dépasse le maximum, ou le plancher le plafond.",
        "Aucune valeur ne conviendrait.",
        "facts: [{name: postes, type: integer, label: Postes, minimum: 10, maximum: 1}]",
        "facts: [{name: postes, type: integer, label: Postes, minimum: 1, maximum: 10}]",
    ),
    Entry(
        "parameter-date",
        "À partir de la deuxième, une valeur d'un paramètre dit depuis quand elle vaut.",
        "Sans date, le programme ne saurait pas laquelle est en vigueur.",
        "values: [{value: 6}, {value: 12}]",
        "values: [{value: 6}, {from: 2022-04-01, value: 12}]",
    ),
    Entry(
        "parameter-order",
        "Les valeurs d'un paramètre ne vont pas de la plus ancienne à la plus récente.",
        "La valeur en vigueur doit se lire sans calcul.",
        "values: [{value: 6}, {from: 2022-09-01, value: 9}, {from: 2022-04-01, value: 12}]",
        "values: [{value: 6}, {from: 2022-04-01, value: 12}, {from: 2022-09-01, value: 9}]",
    ),
    Entry(
        "parameter-late",
        "Une valeur d'un paramètre commence après la clôture de la dernière vague.",
        "Aucune candidature n'en dépend : sa date est fausse, ou une vague manque.",
        "waves: [{id: v1, closes: 2022-09-30}]\nparameters:\n"
        "  - {name: plafond, label: Plafond, values: [{value: 6}, {from: 2023-01-01, value: 9}]}",
        "waves: [{id: v1, closes: 2022-09-30}]\nparameters:\n"
        "  - {name: plafond, label: Plafond, values: [{value: 6}, {from: 2022-01-01, value: 9}]}",
    ),
    Entry(
        "fact-unused",
        "Rien ne lit cette donnée calculée ou ce paramètre.",
        "Le lecteur croit qu'ils comptent : une règle les a oubliés, ou ils sont de trop.",
        "parameters: [{name: plafond, label: Plafond, values: [{value: 6}]}]\n"
        "computed: [{name: aide, label: Aide, lowest_of: [complements.cout, 6]}]",
        "parameters: [{name: plafond, label: Plafond, values: [{value: 6}]}]\n"
        "computed: [{name: aide, label: Aide, lowest_of: [complements.cout, parametres.plafond]}]",
    ),
    Entry(
        "value-empty",
        "Une clé est écrite sans valeur.",
        "« minimum: » sans nombre ne demande rien : c'est un oubli, qui se lit comme une règle.",
        "selection: {places: 14, minimum: }",
        "selection: {places: 14, minimum: 50}",
    ),
    Entry(
        "division-by-zero",
        "Une donnée calculée divise par zéro.",
        "Elle manquerait à toutes les candidatures.",
        "{name: part, label: Part, ratio: {of: locaux.bureaux, to: 0}}",
        "{name: part, label: Part, ratio: {of: locaux.bureaux, to: 4}}",
    ),
    Entry(
        "computed-operation",
        "Une donnée calculée ne porte pas une opération, et une seule.",
        "Le calcul doit se lire sans hésitation.",
        "{name: part, label: Part, sum_of: [locaux.bureaux, 1], product_of: [locaux.bureaux, 2]}",
        "{name: part, label: Part, sum_of: [locaux.bureaux, 1]}",
    ),
    Entry(
        "selection-shape",
        "La sélection ne dit ni des places (un nombre, ou « all »), ni un budget.",
        "Sans l'un ou l'autre, tout le monde, ou personne, serait retenu.",
        "selection: {minimum: 50}",
        "selection: {places: 14, minimum: 50}",
    ),
    Entry(
        "criterion-shape",
        "Un critère porte soit une règle, soit des sous-critères.",
        "Avec les deux, ou aucun, rien ne dit d'où viennent ses points.",
        "criteria:\n  - {id: zonage, label: Zonage, weight: 100}",
        "criteria:\n  - id: zonage\n    label: Zonage\n    weight: 100\n"
        "    rule: {kind: lookup, fact: zonage, points: {ZIP: 100}, otherwise: 0}",
    ),
    Entry(
        "key-without-effect",
        "Une clé n'agit sur rien à cet endroit.",
        "« out_of », « if_missing » et « down_to » vont avec une règle, « capped » avec des sous-critères, une réserve "
        "ou des places garanties avec un nombre de places, un quota ou un budget sans totaux entiers, « ranks » "
        "avec des rangs qui se partagent ; ailleurs, on croirait qu'elles comptent.",
        "{id: locaux, label: Locaux, weight: 24, if_missing: zero, criteria: […]}",
        "{id: locaux, label: Locaux, weight: 24, criteria: [{id: bureaux, if_missing: zero, …}]}",
    ),
    Entry(
        "weight-shape",
        "Un critère a un poids, sauf s'il est sans maximum.",
        "« weight » borne les points du critère, « open_ended: oui » dit qu'ils n'ont pas de borne.",
        "{id: innovation, label: Innovation, open_ended: oui, weight: 10}",
        "{id: innovation, label: Innovation, open_ended: oui}",
    ),
    Entry(
        "weight-negative",
        "Un poids est négatif.",
        "Un critère retire des points par sa règle, jamais par son poids.",
        "weight: -10",
        "weight: 10",
    ),
    Entry(
        "weights-sum",
        "La somme des poids n'est pas celle qui est annoncée.",
        "Avec 95 points au lieu de 100, tous les seuils changent de sens.",
        "total: 100\ncriteria: [{id: a, weight: 60, …}, {id: b, weight: 35, …}]",
        "total: 100\ncriteria: [{id: a, weight: 60, …}, {id: b, weight: 40, …}]",
    ),
    Entry(
        "out-of-zero",
        "La note maximale d'une règle n'est pas positive.",
        "Les points se calculent par weight × note ÷ out_of.",
        "out_of: 0",
        "out_of: 10",
    ),
    Entry(
        "mark-above-top",
        "La règle peut donner plus que le maximum du critère.",
        "Le critère pèserait plus que son poids.",
        "weight: 20\nrule: {kind: lookup, fact: zonage, points: {ZIP: 30}, otherwise: 0}",
        "weight: 30\nrule: {kind: lookup, fact: zonage, points: {ZIP: 30}, otherwise: 0}",
    ),
    Entry(
        "mark-below-floor",
        "La règle peut donner des points négatifs que le critère ne déclare pas.",
        "Un malus se décide : « down_to » dit jusqu'où il va.",
        "weight: 10\nrule: {kind: lookup, fact: zonage, points: {ZIP: 10, HZ: -5}, otherwise: 0}",
        "weight: 10\ndown_to: -5\nrule: {kind: lookup, fact: zonage, points: {ZIP: 10, HZ: -5}, otherwise: 0}",
    ),
    Entry(
        "never-acts",
        "La règle donne toujours les mêmes points.",
        "Le critère ne départage personne : son poids n'agit jamais.",
        "rule: {kind: lookup, fact: zonage, points: {ZIP: 30}, otherwise: 30}",
        "rule: {kind: lookup, fact: zonage, points: {ZIP: 30}, otherwise: 0}",
    ),
    Entry(
        "weight-unreachable",
        "Aucune candidature n'obtient tout le poids du critère.",
        "Le critère pèse moins qu'annoncé, et le total n'est plus accessible. Si la règle note sur une autre échelle "
        "que le poids, « out_of » le dit.",
        "weight: 50\nrule: {kind: lookup, fact: zonage, points: {ZIP: 40}, otherwise: 0}",
        "weight: 50\nout_of: 40\nrule: {kind: lookup, fact: zonage, points: {ZIP: 40}, otherwise: 0}",
    ),
    Entry(
        "example-fails",
        "Un exemple n'obtient pas les points qu'il attend.",
        "La règle ne dit pas ce que ses auteurs ont voulu, ou l'exemple est faux.",
        "rule: {kind: lookup, fact: zonage, points: {ZIP: 30}, otherwise: 0}\n"
        "examples: [{given: {zonage: ZIP}, points: 20}]",
        "rule: {kind: lookup, fact: zonage, points: {ZIP: 30}, otherwise: 0}\n"
        "examples: [{given: {zonage: ZIP}, points: 30}]",
    ),
    Entry(
        "example-shape",
        "Un exemple de candidature entière attend à la fois un total et un refus, ou aucun des deux.",
        "Une candidature refusée n'a pas de total.",
        "examples: [{given: {porteur.type: autre}, total: 0, refused: [porteur]}]",
        "examples: [{given: {porteur.type: autre}, refused: [porteur]}]",
    ),
    Entry(
        "example-idle",
        "Un exemple donne ce que la règle ne lit pas, ou n'est pas sous une règle.",
        "Il ne vérifie rien de ce qu'il semble vérifier.",
        "rule: {kind: lookup, fact: zonage, points: {ZIP: 30}, otherwise: 0}\n"
        "examples: [{given: {zonage: ZIP, locaux.bureaux: 3}, points: 30}]",
        "rule: {kind: lookup, fact: zonage, points: {ZIP: 30}, otherwise: 0}\n"
        "examples: [{given: {zonage: ZIP}, points: 30}]",
    ),
    Entry(
        "example-undecided",
        "Un exemple ne donne pas de quoi décider.",
        "Selon ce qui manque, la règle donnerait d'autres points.",
        "examples: [{given: {locaux.etat: travaux}, points: 4}]   # et locaux.adaptes ?",
        "examples: [{given: {locaux.etat: travaux, locaux.adaptes: non}, points: 4}]",
    ),
    Entry(
        "unknown-criterion",
        "Aucun critère ne porte ce nom.",
        "Un seuil ou un départage sur un critère absent ne s'appliquerait à personne.",
        "ranking: {ties: [zonnage]}",
        "ranking: {ties: [zonage]}",
    ),
    Entry(
        "enough-limited",
        "Si le budget suffit, toutes les candidatures recevables sont retenues ; une autre règle en écarterait.",
        "Des places, un quota, une part réservée, des totaux entiers ou une délibération limiteraient encore.",
        "places: 3\nbudget: {amount: 1000, ask: complements.aide, when_enough: all}",
        "budget: {amount: 1000, ask: complements.aide, when_enough: all}",
    ),
    Entry(
        "unknown-envelope",
        "Aucune part réservée du budget ne porte ce libellé.",
        "Ce que les parts réservées laissent n'irait pas à celle que l'on croit.",
        "spill_order: [Montagnes]\nenvelopes: [{label: Montagne, spill: oui, …}]",
        "spill_order: [Montagne]\nenvelopes: [{label: Montagne, spill: oui, …}]",
    ),
    Entry(
        "envelope-idle",
        "Une part réservée du budget ne paiera personne.",
        "Une autre, écrite avant, concerne les mêmes candidatures, ou bien elle ne contient rien.",
        "envelopes: [{label: Lot, when: {fact: implantation.departement, is: '46'}, share: 0}]",
        "envelopes: [{label: Lot, when: {fact: implantation.departement, is: '46'}, share: 10 %}]",
    ),
    Entry(
        "order-limited",
        "Une part réservée a un ordre à elle, et des places ou des quotas limitent tout l'appel.",
        "Pour la dernière place, rien ne dirait qui passe d'abord : le premier de cette part, ou celui du classement.",
        "places: 3\nbudget: {amount: 1000, ask: complements.aide, envelopes: [{label: Relève, order: […], …}]}",
        "budget: {amount: 1000, ask: complements.aide, envelopes: [{label: Relève, order: […], …}]}",
    ),
    Entry(
        "draw-not-last",
        "Un tirage au sort n'est pas le dernier départage.",
        "Il tranche tout : ceux qui le suivent ne servent jamais.",
        "ties: [{draw: graine publiée}, zonage]",
        "ties: [zonage, {draw: graine publiée}]",
    ),
    Entry(
        "uncovered-misplaced",
        "« uncovered » n'est pas à sa place : après les autres départages du classement, avant le seul tirage.",
        "Il dépend de qui est retenu, et ne donne pas de rang : ce qui le suivrait n'en donnerait plus.",
        "ranking: {ties: [{uncovered: implantation.departement}, zonage]}",
        "ranking: {ties: [zonage, {uncovered: implantation.departement}]}",
    ),
    Entry(
        "tie-idle",
        "Un départage en répète un autre.",
        "Des candidatures à égalité jusque-là le sont encore après lui : il ne départage personne.",
        "ties: [zonage, bureaux, zonage]",
        "ties: [zonage, bureaux]",
    ),
    Entry(
        "identifier-unfit",
        "Ce qui identifie une candidature n'est pas une réponse de son dossier.",
        "Une donnée calculée dépend de la vague ou du zonage ; « reference », unique, ne va avec rien d'autre.",
        "versions: {identified_by: [porteur, zonage]}",
        "versions: {identified_by: [porteur, implantation.code_insee]}",
    ),
    Entry(
        "best-compared",
        "La meilleure version d'une candidature compte, et une règle compare les candidatures entre elles.",
        "Le total de chacune dépend alors de celles qui comptent, et celles qui comptent, des totaux : rien ne dit par "
        "où commencer.",
        "versions: {keep: best}\ncriteria: [{id: prix, rule: {kind: relative, …}}]",
        "versions: {keep: last}",
    ),
    Entry(
        "plausible-shape",
        "Des valeurs plausibles n'ont aucune borne.",
        "Rien ne serait jamais signalé.",
        "plausible: [{fact: implantation.population}]",
        "plausible: [{fact: implantation.population, from: 100, to: 60000}]",
    ),
    Entry(
        "threshold-above-top",
        "Un seuil dépasse ce qui peut être obtenu.",
        "Personne n'aurait de place.",
        "total: 100\nselection: {places: 14, minimum: 120}",
        "total: 100\nselection: {places: 14, minimum: 50}",
    ),
    Entry(
        "weight-narrow",
        "Un critère donne presque les mêmes points à tous.",
        "Son poids semble compter, et ne départage presque personne.",
        "weight: 40\nrule: {kind: lookup, fact: locaux.adaptes, points: {oui: 40, non: 39}}",
        "weight: 40\nrule: {kind: lookup, fact: locaux.adaptes, points: {oui: 40, non: 0}}",
    ),
    Entry(
        "minimum-shape",
        "Le total minimal n'est ni un nombre, ni un nombre et « strict ».",
        "« at_least » dit le nombre, « strict: oui » que ce nombre lui-même ne suffit pas ; le reste n'agirait pas.",
        "minimum: {strict: oui}",
        "minimum: {at_least: 50, strict: oui}",
    ),
    Entry(
        "threshold-shape",
        "Un seuil se dit par « at_least » ou par « share », pas les deux.",
        "Deux seuils sur une ligne peuvent se contredire.",
        "thresholds: [{criterion: locaux, at_least: 6, share: 0.25}]",
        "thresholds: [{criterion: locaux, share: 0.25}]",
    ),
    Entry(
        "envelope-shape",
        "Une part réservée se dit par « amount » ou par « share », pas les deux.",
        "Un montant et une part du budget peuvent se contredire.",
        "envelopes: [{label: Lot, when: {fact: implantation.departement, is: '46'}, amount: 2000, share: 60 %}]",
        "envelopes: [{label: Lot, when: {fact: implantation.departement, is: '46'}, share: 60 %}]",
    ),
    Entry(
        "decimals-range",
        "Trop de décimales sont demandées.",
        "Six suffisent à tout montrer ; les calculs, eux, sont exacts.",
        "decimals: 12",
        "decimals: 2",
    ),
    Entry(
        "reference-missing",
        "Un critère, ou une condition de recevabilité, ne dit pas quel texte le fonde.",
        "Un candidat écarté peut le demander.",
        "{id: zonage, label: Zonage, weight: 30, …}",
        "{id: zonage, label: Zonage, weight: 30, reference: règlement de l'appel, article 2, …}",
    ),
    Entry(
        "example-missing",
        "Un critère n'a aucun exemple chiffré.",
        "Un exemple montre au comité ce que la règle donne, et empêche qu'une correction la change sans le vouloir.",
        "rule: {kind: lookup, fact: zonage, points: {ZIP: 30}, otherwise: 0}",
        "rule: {kind: lookup, fact: zonage, points: {ZIP: 30}, otherwise: 0}\n"
        "examples: [{given: {zonage: ZIP}, points: 30}]",
    ),
    Entry(
        "threshold-idle",
        "Un minimum n'écarte personne, ou en répète un autre.",
        "Tout le monde l'atteint, ou un autre seuil en décide déjà : il est trop bas, ou inutile.",
        "selection: {places: 14, minimum: 0}",
        "selection: {places: 14, minimum: 50}",
    ),
    Entry(
        "quota-unreachable",
        "Plus de places sont garanties qu'il n'y en a.",
        "Les garanties ne pourraient pas être tenues.",
        "places: 2\nquotas: [{label: Ruralité, when: {fact: implantation.nombre_communes, at_least: 2}, at_least: 3}]",
        "places: 4\nquotas: [{label: Ruralité, when: {fact: implantation.nombre_communes, at_least: 2}, at_least: 3}]",
    ),
    Entry(
        "places-zero",
        "L'appel, ou une vague, n'a aucune place.",
        "Personne ne serait retenu, quel que soit son total : c'est le plus souvent un nombre resté à écrire.",
        "selection: {places: 0}",
        "selection: {places: 14}",
    ),
    Entry(
        "budget-overdrawn",
        "Le budget est négatif, ou ses parts réservées, ou les budgets des vagues, le dépassent.",
        "Le budget ne pourrait pas être partagé.",
        "amount: 1000\nenvelopes: [{label: Lot, when: {fact: implantation.departement, is: '46'}, amount: 2000}]",
        "amount: 3000\nenvelopes: [{label: Lot, when: {fact: implantation.departement, is: '46'}, amount: 2000}]",
    ),
    Entry(
        "wave-budget-alone",
        "Une vague a un budget, et la sélection n'en a pas.",
        "Le budget d'une vague prend la place de celui de la sélection, qui dit ce que demande chacune : seul, il ne "
        "partage rien.",
        "waves: [{id: v2, closes: 2024-09-30, budget: 500000}]\nselection: {places: 3}",
        "waves: [{id: v2, closes: 2024-09-30, budget: 500000}]\n"
        "selection: {budget: {amount: 1200000, ask: complements.subvention}}",
    ),
)
