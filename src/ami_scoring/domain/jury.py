"""`jury.yaml`: who assesses what, how many opinions are required, which interests are declared; and who reads what.

Keywords are English, as in `criteria.yaml`. The roster is voted with the policy; its seed is published before the
candidatures are known, so that anyone can draw the assignments again.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Final, Literal, Self

from ami_scoring.domain.identifiers import CodeInsee, Siren
from ami_scoring.domain.modelling.markers import Field, model_validator
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.names import bare_person
from ami_scoring.domain.primitives import Parsed, Reference, Text, fold, json_type, shown
from ami_scoring.domain.quantities import Count

ASSIGNMENTS: Final = "attributions.yaml"
"""The file of assignments, beside the roster where it names no other."""
_ID: Final = r"[a-z0-9][a-z0-9-]{0,31}"
_DEPARTMENT: Final = r"\d\d|2[ab]|9[78]\d"


def parse_assessor_id(value: object) -> str:
    """Read the short name of an assessor, which names files: small letters, digits and hyphens, 32 at most."""
    if not isinstance(value, str) or not re.fullmatch(_ID, value.strip(), re.ASCII):
        raise RefusalError(
            "assessor-id",
            "« {text} » n'est pas un nom court : 32 minuscules sans accent, chiffres ou tirets au plus.",
            {"text": shown(value)},
        )
    return value.strip()


def parse_department(value: object) -> str:
    """Read the code of a département: `09`, `2A`, `974`."""
    text = value.strip() if isinstance(value, str) else ""
    if not re.fullmatch(_DEPARTMENT, text, re.ASCII | re.IGNORECASE):
        raise RefusalError(
            "department-form",
            "« {text} » n'est pas le code d'un département : 09, 31, 2A, 974…",
            {"text": shown(value)},
        )
    return text.upper()


AssessorId = Annotated[str, Parsed(parse_assessor_id), json_type("string", pattern=f"^{_ID}$")]
Department = Annotated[str, Parsed(parse_department), json_type("string", pattern=r"^([0-9]{2}|2[ABab]|9[78][0-9])$")]


class Interest(Model):
    """What ties an assessor to some candidatures, and why: exactly one tie."""

    commune: CodeInsee | None = Field(None, title="Code INSEE d'une commune")
    epci: Siren | None = Field(None, title="SIREN d'un EPCI")
    communes: list[CodeInsee] = Field([], title="Codes INSEE des communes de cet EPCI")
    department: Department | None = Field(None, title="Code d'un département")
    siren: Siren | None = Field(None, title="SIREN d'un porteur")
    reference: Reference | None = Field(None, title="Référence d'un dossier")
    reason: Text = Field(title="Motif")

    @model_validator(mode="after")
    def _one_tie(self) -> Self:
        ties = (self.commune, self.epci, self.department, self.siren, self.reference)
        if sum(tie is not None for tie in ties) != 1 or (self.communes and self.epci is None):
            raise RefusalError(
                "interest-shape",
                "Un intérêt a un seul lien : « commune », « epci » (avec ou sans ses « communes »), « department », "
                "« siren » ou « reference ».",
            )
        return self


class Assessor(Model):
    """One member of the jury: how they are called, what they judge, and the interests that they declare."""

    id: AssessorId = Field(title="Nom court, pour les fichiers")
    name: Text = Field(title="Nom")
    spellings: list[Text] = Field([], title="Autres écritures de ce nom")
    subjects: list[Text] | None = Field(None, title="Sujets jugés (tous, si rien n'est dit)", min_length=1)
    interests: list[Interest] = Field([], title="Intérêts déclarés")

    def assesses(self, subject: str) -> bool:
        """Say whether the assessor judges a subject."""
        return self.subjects is None or subject in self.subjects

    @property
    def spelled(self) -> Iterator[str]:
        """Every way to name the assessor."""
        yield from (self.id, self.name, *self.spellings)


class Jury(Model):
    """The roster of a call."""

    language: Literal["1"] = Field(title="Version du langage")
    seed: Text = Field(title="Graine du tirage, publiée avant le dépôt des dossiers")
    required: Count | None = Field(None, title="Avis par dossier (ce qu'exigent les critères, si rien n'est dit)")
    required_on: dict[Text, Count] = Field({}, title="Avis par dossier sur un sujet, quand ils diffèrent")
    assignments: Text | None = Field(None, title="Fichier des attributions, relatif à celui-ci")
    assessors: list[Assessor] = Field(title="Assesseurs", min_length=1)

    @cached_property
    def by_id(self) -> Mapping[str, Assessor]:
        """The assessors by their short names."""
        return {assessor.id: assessor for assessor in self.assessors}

    @cached_property
    def _by_spelling(self) -> Mapping[object, str]:
        known: dict[object, str] = {}
        for assessor in self.assessors:
            for key in (key for name in assessor.spelled for key in spelling_keys(name)):
                known.setdefault(key, assessor.id)
        return known

    def recognised(self, name: str) -> Assessor | None:
        """Find an assessor by any way of writing their name: case, accents, titles and order do not count."""
        found = next((self._by_spelling[key] for key in spelling_keys(name) if key in self._by_spelling), None)
        return None if found is None else self.by_id[found]

    def required_for(self, subject: str, policy: int) -> int:
        """Count the opinions required on a subject: those of the roster, and never fewer than the policy's."""
        return max(policy, self.required_on.get(subject, self.required or 0))


def spelling_keys(name: str) -> tuple[object, ...]:
    """Reduce a name to what two of its spellings share; letters alone of another script are compared as they are."""
    bare = bare_person(name)
    return (fold(name), bare) if bare else (fold(name),)


class Assignments(Model):
    """Who reads which candidature, on which subjects: written by the draw, and edited by hand."""

    language: Literal["1"] = Field(title="Version du langage")
    seed: Text = Field(title="Graine du tirage")
    assignments: dict[Reference, dict[Text, list[AssessorId]]] = Field(
        title="Par dossier, puis par sujet, les assesseurs"
    )

    @cached_property
    def by_reference(self) -> Mapping[str, Mapping[str, list[str]]]:
        """The assignments under folded references."""
        return {reference.casefold(): given for reference, given in self.assignments.items()}
