"""What a service verified after the deposit, beside what the applicant declared: the file of the latter never changes.

A verification is of one answer of a candidature: what is worked out from it follows. Of the inhabitants, each commune
has its own answer.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.dates import Day
from ami_scoring.domain.declared import PREFIX
from ami_scoring.domain.facts import MISSING, Case, Fact, FactType, Known, Value
from ami_scoring.domain.modelling.markers import Field
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.primitives import Reference, Text
from ami_scoring.domain.zoning import NO_ZONING
from ami_scoring.patterns import late

POPULATION: Final = "implantation.population"
"""The fact whose answers are those of the communes, one each."""
_OF_COMMUNE: Final = late(r"implantation\.communes\.([0-9][0-9ab][0-9]{3})\.population")
_NEVER: Final = frozenset({"depose_le", "implantation.qpv"})
"""Answers that say when and where a candidature stands: another one is another candidature."""


class Verification(Model):
    """One line of the file of verifications."""

    reference: Reference = Field(title="Référence de la candidature")
    fact: Text = Field(alias="donnee", title="Donnée vérifiée")
    value: Any = Field(alias="valeur", title="Valeur vérifiée")
    by: Text = Field(alias="par", title="Service qui a vérifié")
    on: Day = Field(alias="le", title="Date de la vérification")
    source: Text | None = Field(None, title="Pièce ou registre consulté")


class Answer(NamedTuple):
    """One answer of a candidature: a fact that its file gives, of one commune where it is told commune by commune."""

    fact: str
    commune: str | None = None

    @property
    def key(self) -> str:
        """How a file of verifications names it."""
        return self.fact if self.commune is None else f"implantation.communes.{self.commune}.population"


class Verified(NamedTuple):
    """An answer as it was declared, and as a service found it to be."""

    answer: Answer
    declared: Known
    value: Known
    given: object
    """The value as it is written in the file of verifications."""
    by: str
    on: date
    source: str | None = None


class Checked(NamedTuple):
    """What was verified of a candidature, and the candidature with those values in place of the declared ones."""

    verified: tuple[Verified, ...]
    candidature: Candidature


def answer_of(name: str, candidature: Candidature | None = None) -> Answer:
    """Tell which answer a name means; the inhabitants of a candidature of one commune are those of that commune."""
    found = _OF_COMMUNE.fullmatch(name.strip().lower())
    if found is not None:
        return Answer(POPULATION, found[1].upper())
    communes = [] if candidature is None else candidature.place.communes
    if name == POPULATION and len(communes) == 1:
        return Answer(POPULATION, communes[0].code_insee)
    return Answer(name)


def is_verifiable(fact: Fact) -> bool:
    """Say whether a fact is an answer that may be verified: given as it is, and no mark of the file itself."""
    is_given = fact.keys == (fact.name,) and not fact.computed and fact.type is not FactType.OPINIONS
    return fact.name == POPULATION or (is_given and fact.name not in _NEVER)


def answers_to(fact: Fact, candidature: Candidature) -> list[Answer]:
    """List the answers of a candidature that a fact is made of: one, or one a commune."""
    if fact.name != POPULATION:
        return [Answer(fact.name)]
    return [Answer(POPULATION, commune.code_insee) for commune in candidature.place.communes]


def answered(candidature: Candidature, answer: Answer, fact: Fact) -> Value:
    """Read one answer of a candidature."""
    if answer.commune is None:
        return fact.read(Case(candidature, date.min, NO_ZONING))
    told = (each.population for each in candidature.place.communes if each.code_insee == answer.commune)
    population = next(told, None)
    return MISSING if population is None else population


def with_answers(candidature: Candidature, answers: Mapping[Answer, object]) -> Candidature:
    """Copy a candidature with some of its answers replaced; None leaves one unknown."""
    made = candidature
    for answer, value in answers.items():
        if answer.commune is not None:
            made = _with_population(made, answer.commune, value)
        elif answer.fact.startswith(PREFIX):
            name = answer.fact.removeprefix(PREFIX)
            others = {key: other for key, other in made.extra.items() if key != name}
            made = made.model_copy(update={"extra": others if value is None else {**others, name: value}})
        else:
            made = _with(made, answer.fact.split("."), sorted(value) if isinstance(value, frozenset) else value)
    return made


def _with_population(candidature: Candidature, code: str, value: object) -> Candidature:
    communes = [
        each.model_copy(update={"population": value}) if each.code_insee == code else each
        for each in candidature.place.communes
    ]
    return candidature.model_copy(update={"place": candidature.place.model_copy(update={"communes": communes})})


def _with(model: Any, keys: list[str], value: object) -> Any:
    """Copy a model with the field of a dotted key replaced; the blocks above it are there, as it was declared."""
    name = next(name for name, field in type(model).model_fields.items() if (field.alias or name) == keys[0])
    below = value if len(keys) == 1 else _with(getattr(model, name), keys[1:], value)
    return model.model_copy(update={name: below})
