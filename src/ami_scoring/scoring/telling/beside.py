"""What decides beside criteria and selection: what is to be verified, which version counts, what waves have apart."""

from __future__ import annotations

from typing import Final

from ami_scoring.domain.criteria import Criteria
from ami_scoring.scoring.telling.policies import Words
from ami_scoring.scoring.words import inner, own_of_wave

TO_VERIFY: Final = "Données à vérifier avant qu'une place soit acquise"
BEST_VERSION: Final = "Version qui compte, de plusieurs d'une même candidature"
OF_WAVES: Final = "Ce qui est propre à une vague, évaluée seule"


def beside_selection(criteria: Criteria) -> dict[str, str]:
    """Tell it by title; nothing of what a policy leaves as it is by default."""
    verified = [f"« {inner(criteria.catalogue[name].label)} »" for name in criteria.verify]
    kept = Words.of(criteria, criteria).told(criteria.versions.keep) if criteria.versions.keeps_best else ""
    own = [f"« {wave.name} » : {said}" for wave in criteria.waves if (said := own_of_wave(wave, criteria))]
    told = {TO_VERIFY: ", ".join(verified), BEST_VERSION: kept, OF_WAVES: " ; ".join(own)}
    return {title: said for title, said in told.items() if said}
