"""A small call that is scored already, and registers of decisions about it, chained as they must be."""

from __future__ import annotations

from typing import Any, Final

from tests.scoring.building import ORIGIN, policy, scored

from ami_scoring.domain.chain import FIRST, hash_of
from ami_scoring.domain.criteria import Wave
from ami_scoring.domain.decisions import Register
from ami_scoring.domain.entries import Origin
from ami_scoring.domain.evaluated import Evaluation, Provenance
from ami_scoring.domain.standings import SetAside, Status
from ami_scoring.messages import Message
from ami_scoring.scoring.places import rank, select

POLICY: Final = "1" * 64
FILE: Final = ORIGIN.sha256
OTHER: Final = "2" * 64
TOTALS: Final[dict[str, int | None]] = {"A": 90, "B": 80, "C": 70, "D": 70, "E": 60, "F": 50, "G": None}
"""Three places: C and D are equals for the last one. G waits for information, H is not eligible,
O is of another wave."""


def call(
    selection: str = "{places: 3, reserve: 2}", totals: dict[str, int | None] | None = None, wave: Wave | None = None
) -> Evaluation:
    """Score a call; `totals` are those of its candidatures, None where one waits."""
    criteria = policy(f"selection: {selection}")
    rows = [scored(name, total, low=0, high=99) for name, total in (totals or TOTALS).items()]
    standings, cut = select(rank(rows, criteria.ranking), criteria, wave)
    aside = SetAside(Status.INELIGIBLE, (Message("hors du périmètre"),), ORIGIN, "H")
    unreadable = SetAside(Status.UNREADABLE, (Message("illisible"),), ORIGIN)
    provenance = Provenance("essai", Origin("criteria.yaml", POLICY), (), ())
    elsewhere = SetAside(Status.OTHER_WAVE, (Message("dans une autre vague"),), ORIGIN, "O")
    return Evaluation(criteria, wave, standings, (aside, unreadable, elsewhere), cut, (), provenance)


def entries(*said: dict[str, Any]) -> list[dict[str, Any]]:
    """Complete decisions as `ami decide` does; what is said wins."""
    found: list[dict[str, Any]] = []
    previous = FIRST
    for number, each in enumerate(said, start=1):
        about = [each[key] for key in ("reference",) if key in each]
        about += [name for key in ("references", "order", "selected", "reserve") for name in each.get(key, ())]
        about += [name for recusal in each.get("recusals", ()) for name in recusal["references"]]
        entry = {
            "number": str(number),
            "date": "2022-10-20",
            "edition": "essai",
            "policy": POLICY,
            "files": dict.fromkeys(about, FILE),
            "previous": previous,
            **each,
        }
        entry.setdefault("hash", hash_of(entry))
        previous = entry["hash"]
        found.append(entry)
    return found


def register(*said: dict[str, Any]) -> Register:
    """Make a register of decisions, each as plain data."""
    return Register.model_validate({"language": "1", "call": "Essai", "decisions": entries(*said)})


def withdrawal(reference: str, **more: Any) -> dict[str, Any]:
    """Make the decision of one who leaves."""
    return {"kind": "withdrawal", "reference": reference, "received_on": "2022-10-19", **more}


def departure(reference: str, kept: str, **more: Any) -> dict[str, Any]:
    """Make a decision that is not the ranking's."""
    said = {"reason": "Seule offre", "legal_basis": "Règlement, article 7", "proposed_by": "Mme Aubin"}
    return {"kind": "departure", "reference": reference, "kept": kept, **said, **more}


def parted(*order: str, **more: Any) -> dict[str, Any]:
    """Make the decision that tells equals apart."""
    return {"kind": "tie_broken", "by": "vote", "order": list(order), **more}


def final(*selected: str, reserve: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """Make the final list."""
    return {"kind": "final_list", "selected": list(selected), "reserve": list(reserve), **more}
