"""`courriers.yaml`: what letters and minutes say that no file of the call does; nothing of it may be left blank.

Keys are French: a secretary fills this file. Each text is checked for words that only hold a place, such as
`à compléter`, so that no letter goes out with a hole in it.
"""

import re
from typing import Annotated, Final, Literal

from ami_scoring.domain.dates import Day
from ami_scoring.domain.modelling.markers import AfterValidator, Field
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.placeholders import is_placeholder
from ami_scoring.domain.primitives import Flag, Text, without_accents

_HOLDERS: Final = re.compile(
    r"a (?:completer|preciser|renseigner|remplir|definir)|(?:todo|tbd|xx+|\?+|\.{2,}|…)|<[^>]*>|\[[^\]]*\]|_{2,}"
)
"""What people write in the place of what they do not know yet, alone; letters are those of `without_accents`."""


def _filled(text: str) -> str:
    bare = without_accents(text).strip(" .:!")
    if not bare or is_placeholder(text) or _HOLDERS.fullmatch(bare) or "a completer" in bare:
        raise RefusalError(
            "letterhead-blank",
            "« {text} » ne fait que tenir la place : écrivez ce que le courrier doit dire.",
            {"text": text[:60]},
        )
    return text


Filled = Annotated[Text, AfterValidator(_filled)]


class Authority(Model):
    """The body that decides, and signs its letters."""

    name: Filled = Field(alias="nom", title="Nom de l'autorité")
    address: list[Filled] = Field(alias="adresse", title="Adresse postale, ligne par ligne", min_length=1)
    contact: Filled = Field(title="Qui répond aux questions : service, courriel, téléphone")


class Signatory(Model):
    """Who signs."""

    name: Filled = Field(alias="nom", title="Nom du signataire")
    title: Filled = Field(alias="qualite", title="Qualité du signataire")


class Completion(Model):
    """Until when, and where, a candidature may be completed."""

    due_on: Day = Field(alias="avant_le", title="Dernier jour pour compléter un dossier")
    send_to: Filled = Field(alias="envoyer_a", title="Où envoyer ce qui manque")


class Rules(Model):
    """Where the rules of the processing are published, and who communicates them (CRPA L311-3-1, L312-1-3)."""

    published_at: Filled = Field(alias="publiees", title="Adresse où les règles sont publiées")
    asked_of: Filled = Field(alias="demandes_a", title="À qui demander la communication des règles")


class Appeal(Model):
    """One way to contest a decision, with its time limit and the text that founds it."""

    way: Filled = Field(alias="voie", title="Voie de recours")
    before: Filled = Field(alias="devant", title="Devant qui")
    within: Filled = Field(alias="delai", title="Délai")
    reference: Filled = Field(alias="texte", title="Texte qui la fonde")


class Letterhead(Model):
    """The whole file."""

    language: Literal["1"] = Field(title="Version de la forme de ce fichier")
    authority: Authority = Field(alias="autorite", title="Autorité")
    signatory: Signatory = Field(alias="signataire", title="Signataire")
    place: Filled = Field(alias="lieu", title="Lieu de signature")
    date: Day = Field(title="Date des courriers et des actes")
    marks: Flag = Field(alias="notes", title="Les courriers donnent au candidat ses notes")
    completion: Completion = Field(alias="completer", title="Dossiers à compléter")
    rules: Rules = Field(alias="regles", title="Communication des règles")
    appeals: list[Appeal] = Field(alias="recours", title="Voies et délais de recours", min_length=1)
    closing: Filled = Field(
        "Je vous prie d'agréer, Madame, Monsieur, l'expression de ma considération distinguée.",
        alias="formule",
        title="Formule qui ferme les courriers",
    )
