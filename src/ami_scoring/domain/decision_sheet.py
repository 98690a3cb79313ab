"""The words of the sheet « Décisions » of the committee's workbook: who writes it and who reads it back share them."""

from collections.abc import Mapping
from typing import Final

SHEET: Final = "Décisions"
"""The name of the sheet."""

MEETING_ON: Final = "Date de la réunion"
MEMBERS: Final = "Membres présents, séparés par des points-virgules"
ABSENT: Final = "Membres absents, séparés par des points-virgules"
SEED: Final = "Graine du tirage au sort, s'il y en a un"
FINAL: Final = "Arrêter la liste définitive (oui ou non)"
MEETING: Final = (MEETING_ON, MEMBERS, ABSENT, SEED, FINAL)
"""What is said once, above the table: a label, and its answer in the next cell."""

REFERENCE: Final = "Dossier"
CHOICE: Final = "Décision à prendre"
ORDER: Final = "Ordre entre ex æquo"
BY: Final = "Vote ou tirage"
RECUSED: Final = "Se déporte(nt)"
FILE: Final = "Empreinte du dossier"
TYPED: Final[Mapping[str, str]] = {
    "Motif": "reason",
    "Texte qui la fonde": "legal_basis",
    "Proposée par": "proposed_by",
    "Reçu le": "received_on",
    "Demandé le": "asked_on",
    "À fournir avant le": "due_on",
    "Montant proposé": "offered",
    "Montant accepté": "accepted",
}
"""The columns that say more of a decision, and the keys of the register that they fill."""

KEEP: Final = "Écart : retenue"
LEAVE_OUT: Final = "Écart : non retenue"
WITHDRAW: Final = "Désistement"
COMPLETE: Final = "Complément tardif accepté"
REDUCE: Final = "Aide réduite"
PART: Final = "Départage"
CHOICES: Final[Mapping[str, tuple[str, frozenset[str]]]] = {
    KEEP: ("departure", frozenset({"reason", "legal_basis", "proposed_by"})),
    LEAVE_OUT: ("departure", frozenset({"reason", "legal_basis", "proposed_by"})),
    WITHDRAW: ("withdrawal", frozenset({"reason", "received_on"})),
    COMPLETE: ("late_completion", frozenset({"reason", "asked_on", "due_on", "received_on"})),
    REDUCE: ("reduced_grant", frozenset({"reason", "offered", "accepted"})),
    PART: ("tie_broken", frozenset({"reason"})),
}
"""What may be decided of one candidature: its kind in the register, and the columns that it reads."""
VOTE, DRAW = "vote", "tirage"
