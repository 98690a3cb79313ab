"""What the values of a column say of the key that it may answer: read by the same strict door as any answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Final, NamedTuple, get_args

from pydantic import TypeAdapter, ValidationError

from ami_scoring.domain.candidature import ApplicantKind, Candidature, CommitmentKind, Evidence, PremisesState
from ami_scoring.domain.correspondence import MappedAnswer
from ami_scoring.domain.declared import parse_fact
from ami_scoring.domain.facts import Fact, FactType
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import without_accents
from ami_scoring.domain.zoning import Zone
from ami_scoring.sources.mappings.lexicon import SAID
from ami_scoring.sources.mappings.likeness import words
from ami_scoring.sources.mappings.values import values_of

SAMPLE: Final = 60
"""Values that are tried."""
YES_OR_NO: Final = frozenset(
    {
        "implantation.communes.principale",
        "diagnostic.prospective",
        "locaux.adaptes",
        "locaux.accessibles",
    }
)
NUMBERS: Final = frozenset(
    {
        "implantation.communes.population",
        "diagnostic.horizon_prospective",
        "locaux.bureaux",
        "locaux.surface_m2",
        "engagement_financier.montant_annuel",
        "engagement_financier.duree_annees",
        "medecins_interesses.temps_plein",
    }
)
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "porteur.type": tuple(ApplicantKind),
    "implantation.zone_declaree": tuple(Zone),
    "locaux.etat": tuple(PremisesState),
    "engagement_financier.nature": tuple(CommitmentKind),
    "medecins_interesses.preuve": tuple(Evidence),
}
FREE: Final = frozenset(
    {"porteur.nom", "implantation.communes.nom", "medecins_interesses.specialite", "medecins_interesses.nom"}
)
"""Keys that take any text: their values prove nothing."""
_MOST_WORDS: Final = 12


class Tried(NamedTuple):
    """How many values were tried, and how many are read."""

    read: int
    tried: int

    @property
    def share(self) -> float:
        """The share of the values that are read; 1 where there is none to try."""
        return self.read / self.tried if self.tried else 1.0


def try_values(key: str, answer: MappedAnswer, texts: Sequence[str], facts: Mapping[str, Fact]) -> Tried:
    """Read some values of a column as a line of a mapping says, and count those that the key admits."""
    sample = list(dict.fromkeys(text.strip() for text in texts if text.strip()))[:SAMPLE]
    kept = [text for text in sample if text not in answer.missing]
    return Tried(sum(_admits(key, answer, text, facts) for text in kept), len(kept))


def _admits(key: str, answer: MappedAnswer, text: str, facts: Mapping[str, Fact]) -> bool:
    values = values_of(text, answer)
    try:
        for value in values:
            if key in facts:
                parse_fact(facts[key], value)
            else:
                _adapter(key).validate_python([value] if key in {"pieces", "diagnostic.partage_avec"} else value)
    except (ValidationError, RefusalError):
        return False
    return True


@cache
def _adapter(key: str) -> TypeAdapter[Any]:
    model: Any = Candidature
    *above, last = key.split(".")
    for part in above:
        model = next(_models_in(_field(model, part).annotation))
    info = _field(model, last)
    annotation: Any = info.annotation
    for each in info.metadata:
        annotation = Annotated[annotation, each]
    return TypeAdapter(annotation)


def _field(model: type[Model], key: str) -> Any:
    return next(info for name, info in model.model_fields.items() if (info.alias or name) == key)


def _models_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def is_number(key: str, facts: Mapping[str, Fact]) -> bool:
    """Say whether a key takes a number."""
    return facts[key].type.is_number if key in facts else key in NUMBERS


def is_yes_or_no(key: str, facts: Mapping[str, Fact]) -> bool:
    """Say whether a key takes a yes or a no."""
    return facts[key].type is FactType.BOOLEAN if key in facts else key in YES_OR_NO


def choices_of(key: str, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """List the words that a key admits, where it admits only some."""
    return tuple(map(str, facts[key].choices)) if key in facts else CHOICES.get(key, ())


def _shared(text: str, wording: str) -> int:
    """Count the words of a wording, where the text holds them all."""
    known = words(wording)
    return len(known) if known <= words(text) else 0


def words_for(texts: Sequence[str], choices: Sequence[str], *, of_people: bool = False) -> dict[str, str]:
    """Guess which choice each word of a column means, where the words are few and one choice alone shares theirs.

    Of people, a text that says more than its choice is not quoted: it may name somebody.
    """
    known = {word for choice in choices for each in (choice, *SAID.get(choice, ())) for word in words(each)}
    if of_people:
        texts = [text for text in texts if words(text) <= known]
    written = Counter(text.strip() for text in texts if text.strip())
    if not choices or len(written) > _MOST_WORDS:
        return {}
    meant: dict[str, str] = {}
    for word in written:
        near = {choice: max(_shared(word, each) for each in (choice, *SAID.get(choice, ()))) for choice in choices}
        best = [choice for choice in choices if near[choice] and near[choice] == max(near.values())]
        if len(best) == 1 and without_accents(best[0]) != without_accents(word):
            meant[word] = best[0]
    return meant
