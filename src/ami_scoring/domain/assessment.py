"""What one assessor thinks of one candidature: marks between bounds, each with a written reason."""

from pydantic import Field

from ami_scoring.domain.primitives import Flag, Model, Reference, Text
from ami_scoring.domain.quantities import Number


class Opinion(Model):
    """One mark and its reason."""

    mark: Number = Field(alias="note", title="Note")
    reason: Text = Field(alias="motif", title="Motif de la note")


class Assessment(Model):
    """The marks of one assessor for one candidature. With a conflict of interest, they count for nothing."""

    reference: Reference = Field(title="Référence de la candidature")
    assessor: Text = Field(alias="assesseur", title="Assesseur")
    conflict: Flag = Field(False, alias="conflit", title="Conflit d'intérêts")
    opinions: dict[Text, Opinion] = Field({}, alias="avis", title="Notes, par sujet")
