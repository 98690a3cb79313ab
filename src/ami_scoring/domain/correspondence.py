"""`correspondance.yaml`: which column of an export answers which key of a candidature, and how it is written there.

Keywords are English, as in `criteria.yaml`. A committee reads this file and votes it beside the criteria: nothing is
read from an export that a line here does not say.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Final, Literal, Self

from ami_scoring.domain.candidature import Choice
from ami_scoring.domain.conditions import Points
from ami_scoring.domain.modelling.markers import Field, model_validator
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import Flag, Parsed, Text, json_type, shown
from ami_scoring.domain.quantities import Count
from ami_scoring.patterns import late

TEXT_LISTS: Final = frozenset({"diagnostic.partage_avec", "pieces"})
"""The keys of a candidature that hold several texts."""

_LETTERS: Final = late(r"[A-Z]{1,3}", re.ASCII)
_MOST_COLUMNS: Final = 16_384


class Reading(StrEnum):
    """A way to read a cell that no key of a candidature knows."""

    SIREN = "siren"
    """The first nine digits of a SIRET."""
    COMMUNE = "commune"
    """The name of a commune, without the postal code that follows it between brackets."""
    MOMENT = "moment"
    """A day and an hour without offset, which are those of Paris."""


class Numbers(StrEnum):
    """How numbers are written, by the example of one."""

    SPACES = "1 234,56"
    POINTS = "1.234,56"
    COMMAS = "1,234.56"


def parse_position(value: object) -> int:
    """Read the place of a column: its number from 1, or its letters as a spreadsheet shows them (`N` is 14)."""
    text = value.strip().upper() if isinstance(value, str) else str(value)
    number = int(text) if re.fullmatch(r"\d{1,5}", text, re.ASCII) else 0
    if _LETTERS.fullmatch(text):
        for letter in text:
            number = number * 26 + ord(letter) - 64
    if not 1 <= number <= _MOST_COLUMNS:
        raise RefusalError(
            "mapping-position",
            "« {text} » n'est pas la place d'une colonne : son numéro à partir de 1, ou ses lettres (N pour 14).",
            {"text": shown(value)},
        )
    return number


def parse_separator(value: object) -> str:
    """Read what parts the choices of one cell: one to three characters, which may be a line break."""
    if not isinstance(value, str) or not 1 <= len(value) <= 3:
        raise RefusalError(
            "mapping-separator",
            "« {text} » ne peut pas séparer des choix : un à trois caractères sont attendus.",
            {"text": shown(value)},
        )
    return value


Position = Annotated[int, Parsed(parse_position), json_type("string")]
Separator = Annotated[str, Parsed(parse_separator), json_type("string", minLength=1, maxLength=3)]


class Column(Model):
    """One column of the export: by its heading, by its place where headings repeat, or by both to be safe."""

    column: Text | None = Field(None, title="Intitulé de la colonne")
    position: Position | None = Field(None, title="Place de la colonne : numéro à partir de 1, ou lettres")


class MappedAnswer(Column):
    """Where the answer to one key is found, and how it is written there. Exactly one origin is given."""

    key: Text = Field(title="Clé de la candidature")
    joined: list[Text] | None = Field(None, title="Colonnes à joindre, dans l'ordre", min_length=2)
    choices: dict[Text, Text] | None = Field(None, title="Une colonne par choix : le choix, puis son intitulé")
    constant: Text | None = Field(None, title="Même réponse pour tous les dossiers")
    default: Text | None = Field(None, title="Réponse là où la colonne est vide")
    missing: list[Text] = Field([], title="Valeurs qui veulent dire « sans réponse »")
    values: dict[Text, Text] = Field({}, title="Comment lire les valeurs : écrit dans l'export, puis à lire")
    read: Annotated[Reading, Choice(Reading)] | None = Field(None, title="Lecture particulière")
    numbers: Annotated[Numbers, Choice(Numbers)] | None = Field(None, title="Écriture des nombres, par l'exemple")
    times: Points | None = Field(None, title="Nombre par lequel multiplier")
    prefix: Text | None = Field(None, title="Texte à mettre devant")
    separator: Separator | None = Field(None, title="Ce qui sépare plusieurs choix")
    confirmed: Flag = Field(True, title="Ligne confirmée par une personne ; sinon elle n'est pas appliquée")
    why: Text | None = Field(None, title="Pourquoi cette ligne")

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        named = self.column is not None or self.position is not None
        if sum((named, self.joined is not None, self.choices is not None, self.constant is not None)) != 1:
            raise RefusalError(
                "mapping-answer-shape",
                "Une réponse a une seule origine : « column » (avec ou sans « position »), « joined », « choices » "
                "ou « constant ».",
            )
        return self


class RowFilter(Column):
    """Which rows are candidatures: those whose cell is among the words kept, or is not among those left out."""

    keep: list[Text] | None = Field(None, title="Valeurs des lignes gardées", min_length=1)
    leave_out: list[Text] | None = Field(None, title="Valeurs des lignes laissées de côté", min_length=1)
    why: Text | None = Field(None, title="Pourquoi cette ligne")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.keep is None) == (self.leave_out is None):
            raise RefusalError("mapping-row-shape", "Ces lignes ont soit « keep », soit « leave_out ».")
        if self.column is None and self.position is None:
            raise RefusalError("mapping-row-shape", "Il manque la colonne : « column » ou « position ».")
        return self


class Block(Model):
    """A repeated block: a sheet with one row an element, under the list of candidatures that it fills."""

    list_: Text = Field(alias="list", title="Liste de la candidature")
    sheet: Text = Field(title="Feuille")
    dossier: Text = Field("Dossier ID", title="Colonne qui dit de quel dossier est la ligne")
    matches: Text = Field("ID", title="Colonne de la feuille principale qu'elle désigne")
    first_is_main: Flag = Field(False, title="La première ligne est la commune principale")
    answers: list[MappedAnswer] = Field(title="Réponses", min_length=1)
    confirmed: Flag = Field(True, title="Bloc confirmé par une personne ; sinon il n'est pas appliqué")
    why: Text | None = Field(None, title="Pourquoi ce bloc")


class MappedMark(Model):
    """Where the mark on one subject stands in the row of an opinion, and how it is written there."""

    subject: Text = Field(title="Sujet à juger")
    column: Text = Field("Réponse", title="Colonne de la note")
    asked_in: Text | None = Field(None, title="Colonne de la question posée à l'expert")
    asked: list[Text] | None = Field(None, title="Questions qui portent sur ce sujet", min_length=1)
    values: dict[Text, Text] = Field({}, title="Ce que valent les mots : écrit dans l'export, puis la note")
    out_of: Count | None = Field(None, title="Nombre sur lequel la note est écrite (« 14/20 »)")
    reason: Text | None = Field(None, title="Colonne du motif ; sinon ce qui suit la note")

    @model_validator(mode="after")
    def _whole_question(self) -> Self:
        if (self.asked_in is None) != (self.asked is None):
            raise RefusalError(
                "mapping-mark-shape", "« asked_in » (la colonne) et « asked » (les questions) vont ensemble."
            )
        return self


class MappedOpinions(Model):
    """Opinions of experts as assessors' marks: a sheet with one row an opinion."""

    sheet: Text = Field("Avis", title="Feuille")
    dossier: Text = Field("Dossier ID", title="Colonne qui dit de quel dossier est l'avis")
    matches: Text = Field("ID", title="Colonne de la feuille principale qu'elle désigne")
    assessor: Text = Field("Expert", title="Colonne de l'assesseur")
    marks: list[MappedMark] = Field(title="Notes, par sujet", min_length=1)
    confirmed: Flag = Field(True, title="Avis confirmés par une personne ; sinon ils ne sont pas lus")
    why: Text | None = Field(None, title="Pourquoi ces avis")


class Export(Model):
    """What the file is: told to people, and where its table stands."""

    origin: Text = Field(title="D'où vient l'export")
    edition: Text | None = Field(None, title="Édition de la plateforme, reconnue à ses intitulés")
    sheet: Text | None = Field(None, title="Feuille qui a une ligne par dossier")
    headings: Count | None = Field(None, title="Ligne des intitulés, quand elle ne se trouve pas seule")


class Correspondence(Model):
    """The whole mapping of an export."""

    language: Literal["1"] = Field(title="Version de la correspondance")
    export: Export = Field(title="Export")
    rows: list[RowFilter] = Field([], title="Lignes gardées")
    answers: list[MappedAnswer] = Field(title="Réponses", min_length=1)
    blocks: list[Block] = Field([], title="Blocs répétés")
    opinions: MappedOpinions | None = Field(None, title="Avis d'experts, lus comme des notes d'assesseurs")
    unanswered: list[Text] = Field([], title="Clés que l'export ne donne pas")
    unused: list[Text] = Field([], title="Colonnes dont rien n'est lu")

    @property
    def applied(self) -> tuple[MappedAnswer, ...]:
        """The answers that are read: what nobody confirmed is left alone."""
        return tuple(answer for answer in self.answers if answer.confirmed)

    @property
    def applied_blocks(self) -> tuple[Block, ...]:
        """The repeated blocks that are read."""
        return tuple(block for block in self.blocks if block.confirmed)
