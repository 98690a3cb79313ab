#!/bin/sh
# Un appel entier, de la règle à l'archive. À jouer dans une copie de ce dossier : « make appel-complet » le fait.
# Tout est inventé : communes, personnes, montants. Chaque ligne se tape telle quelle.
set -e

# --- Avant la séance ----------------------------------------------------------------------------------------------------
# La règle, le jury et les dossiers se relisent ; chaque assesseur reçoit sa grille.
ami validate criteria.yaml jury.yaml candidatures
ami jury prepare candidatures -o grilles

# Elles reviennent d'Excel, de LibreOffice et d'un CSV. Mme Cazenave s'est récusée pour EV-02. L'avis de M. Barthas sur EV-08 manque :
# les deux autres suffisent. EV-04 n'en a qu'un : il est en « avis attendu », avec son intervalle.
ami jury status candidatures -a avis
ami score candidatures -a avis -o classement-provisoire.txt

# EV-06 n'avait pas dit ses heures d'ouverture. Sa réponse arrive six jours après le délai ; le comité l'accepte.
cp complements/ev-06.yaml candidatures/ev-06.yaml
ami decide decisions.yaml candidatures -a avis --kind complement --on 2024-06-12 --reference EV-06 --asked-on 2024-06-03 --due-on 2024-06-05 --received-on 2024-06-11 --reason "La demande était partie à une ancienne adresse de la mairie"

# --- La séance du 20 juin -----------------------------------------------------------------------------------------------
ami score candidatures -a avis -o classement-seance.xlsx
ami decide decisions.yaml candidatures -a avis --kind reunion --on 2024-06-20 --member "Mme Delrieu" --member "M. Escande" --member "Mme Fabre" --absent "M. Gineste"
ami decide decisions.yaml candidatures -a avis --kind deport --on 2024-06-20 --member "M. Escande" --reference EV-03 --reason "Parent du futur gérant"

# EV-03 et EV-05 ont le même total pour la quatrième place : le comité vote, M. Escande s'étant retiré.
ami decide decisions.yaml candidatures -a avis --kind departage --on 2024-06-20 --by vote --reference EV-05 --reference EV-03 --in-favour 2 --reason "Aucun commerce ambulant ne dessert Saint-Aubrac-le-Vieux"

# Le comité s'écarte du classement, et dit pourquoi : EV-07 passe devant, EV-05 perd sa place.
ami decide decisions.yaml candidatures -a avis --kind ecart --on 2024-06-20 --reference EV-07 --kept oui --reason "Seul village à plus de 20 km de tout commerce" --legal-basis "Règlement de l'appel, article 6 (inventé)" --proposed-by "Mme Fabre" --in-favour 3
ami decide decisions.yaml candidatures -a avis --kind liste --on 2024-06-20 --in-favour 3

# --- Après la séance ----------------------------------------------------------------------------------------------------
# EV-02 renonce : la première de la liste de réserve est appelée.
ami decide decisions.yaml candidatures -a avis --kind desistement --on 2024-07-08 --reference EV-02 --received-on 2024-07-05 --reason "Le local a été vendu"
ami score candidatures -a avis --decisions decisions.yaml -o classement-decide.txt -o classement-decide.json

# Les courriers, le procès-verbal, le rapport, les règles et les fiches suivent ce qui est décidé (en Word et en PDF sans « -f txt »).
ami papers candidatures -a avis --decisions decisions.yaml -o papiers -f txt

# --- Pour toujours ------------------------------------------------------------------------------------------------------
ami archive candidatures -a avis --decisions decisions.yaml --with classement-seance.xlsx -o appel.zip
ami verify appel.zip
