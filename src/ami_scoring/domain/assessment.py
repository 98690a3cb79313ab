"""What one assessor thinks of one candidature: marks between bounds, each with a written reason."""

from typing import Annotated

from ami_scoring.domain.modelling.markers import Field, WithJsonSchema
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import Flag, Parsed, Reference, Text, parse_text
from ami_scoring.domain.quantities import parse_number
from ami_scoring.exact import Fraction


def parse_mark(value: object) -> Fraction | str:
    """Read a mark: a number, or the name of a level, which holds no figure. Only the rule says which are admitted."""
    try:
        return parse_number(value)
    except RefusalError:
        if not isinstance(value, str) or not value.strip() or any(letter.isdigit() for letter in value):
            raise
        return parse_text(value)


Mark = Annotated[Fraction | str, Parsed(parse_mark), WithJsonSchema({"type": ["number", "string"]})]


class Opinion(Model):
    """One mark and its reason."""

    mark: Mark = Field(alias="note", title="Note")
    reason: Text = Field(alias="motif", title="Motif de la note")


class Assessment(Model):
    """The marks of one assessor for one candidature. With a conflict of interest, they count for nothing.

    A conflict needs no mark: whoever stands aside is counted on every subject that they would have judged.
    """

    reference: Reference = Field(title="Référence de la candidature")
    assessor: Text = Field(alias="assesseur", title="Assesseur")
    conflict: Flag = Field(False, alias="conflit", title="Conflit d'intérêts")
    conflict_reason: Text | None = Field(None, alias="motif_conflit", title="Motif du conflit d'intérêts")
    opinions: dict[Text, Opinion] = Field({}, alias="avis", title="Notes, par sujet")
