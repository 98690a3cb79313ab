"""A candidature as its applicant writes it: French keys outside, English attributes inside.

Whatever an applicant could leave out is optional, and absent means *missing*: never zero, never "no".
The `title` of each field is what French readers see; the glossary is generated from it.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Final, Self

from ami_scoring.domain.dates import Day, Moment
from ami_scoring.domain.identifiers import CodeInsee, CodeQpv, Rpps, Siren, department_of
from ami_scoring.domain.measures import Inhabitants, Rooms, Surface, YearlyAmount, Years, without_unit
from ami_scoring.domain.modelling.markers import BeforeValidator, Field, WithJsonSchema, model_validator
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import (
    Flag,
    Parser,
    Reference,
    Remembered,
    Text,
    parse_text,
    spell_raw,
    without_accents,
)
from ami_scoring.domain.quantities import parse_amount, parse_ratio
from ami_scoring.domain.zoning import Zone
from ami_scoring.exact import Fraction

UNREAD: Final = "?"
"""The INSEE code of a commune whose own is refused: it is that of none."""
NAMELESS: Final = "nom à corriger"
"""The name of an applicant whose own is refused."""


class ApplicantKind(StrEnum):
    """Who applies: a commune, an EPCI, or another body."""

    COMMUNE = "commune"
    EPCI = "epci"
    OTHER = "autre"


class PremisesState(StrEnum):
    """Where the premises stand on the day of the deposit."""

    EXISTING = "existants"
    WORKS = "travaux"
    TO_BUILD = "à construire"
    NONE = "aucun"


class CommitmentKind(StrEnum):
    """What the collectivity commits to give the GIP."""

    CONTRIBUTION = "contribution"
    IN_KIND = "mise à disposition"
    BOTH = "contribution et mise à disposition"


class Evidence(StrEnum):
    """How a doctor's interest is shown, from the strongest to the weakest."""

    LETTER = "lettre"
    ORAL = "oral"
    CONTACT = "contact"


class Choice(Remembered):
    """Accept the values of an enumeration in any case, with or without accents, underscores as spaces."""

    __slots__ = ("kind",)

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__(_choosing(kind))
        self.kind = kind

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        """List the values as they are best written."""
        return {"enum": [str(member) for member in self.kind]}


def _choosing(kind: type[StrEnum]) -> Parser:
    """Read the names that people write."""
    known = {without_accents(member).replace("_", " "): member for member in kind}
    listed = ", ".join(kind)

    def parse(value: object) -> StrEnum:
        if isinstance(value, str):
            member = known.get(value) or known.get(without_accents(value).replace("_", " "))
            if member is not None:
                return member
        raise RefusalError(
            "choice-unknown",
            "« {text} » n'est pas un choix possible ; les choix sont : {choices}.",
            {"text": spell_raw(value)[:60], "choices": listed, "possible": tuple(kind)},
        )

    return parse


def _parse_share(value: object) -> Fraction:
    is_percentage = isinstance(value, str) and value.rstrip().endswith("%")
    share = parse_ratio(value if is_percentage else without_unit(value, "ETP"))
    if not 0 <= share <= 1:
        raise RefusalError(
            "share-above-one",
            "« {text} » n'est pas une part de temps plein : écrivez 1 pour un temps plein, 0.8 ou 80 %.",
            {"text": parse_text(str(value))[:20]},
        )
    return share


def _parse_year(value: object) -> int:
    year = parse_amount(value)
    if year.denominator != 1 or not 1900 <= year <= 2199:
        raise RefusalError("year-form", "Une année à quatre chiffres est attendue ici.")
    return year.numerator


def _list_or_none(value: object) -> object:
    """Say plainly what a list should look like, instead of a library's sentence."""
    if value is None or isinstance(value, list):
        return value
    raise RefusalError("list-expected", "Une liste est attendue ici, une ligne « - … » par élément.")


_IsList = BeforeValidator(_list_or_none)
Share = Annotated[Fraction, Remembered(_parse_share), WithJsonSchema({"type": ["number", "string"]})]
Year = Annotated[int, Remembered(_parse_year), WithJsonSchema({"type": "integer"})]


class Applicant(Model):
    """The body that applies (porteur)."""

    name: Text = Field(alias="nom", title="Nom du porteur")
    kind: Annotated[ApplicantKind, Choice(ApplicantKind)] | None = Field(None, alias="type", title="Type de porteur")
    siren: Siren | None = Field(None, title="SIREN du porteur")


class Commune(Model):
    """One commune of the future centre."""

    code_insee: CodeInsee = Field(title="Code INSEE de la commune")
    name: Text | None = Field(None, alias="nom", title="Nom de la commune")
    main: Flag = Field(False, alias="principale", title="Commune principale")
    population: Inhabitants | None = Field(None, title="Population municipale")

    @property
    def called(self) -> str:
        """Its name or, without one, its code: `commune 09001`."""
        return self.name or f"commune {self.code_insee}"


class Place(Model):
    """Where the centre would open (implantation)."""

    communes: Annotated[list[Commune], _IsList] = Field(title="Communes d'implantation", min_length=1)
    district: CodeQpv | None = Field(None, alias="qpv", title="Quartier prioritaire (QPV)")
    declared_zone: Annotated[Zone, Choice(Zone)] | None = Field(None, alias="zone_declaree", title="Zone déclarée")

    @model_validator(mode="after")
    def _one_main_commune(self) -> Self:
        """Refuse communes of which none, or several, is the main one, or two are the same.

        Of the refusal, `within` says where to look, and `beside` where else.
        """
        if len(self.communes) == 1:
            return self
        mains = [place for place, commune in enumerate(self.communes) if commune.main]
        if not mains:
            raise RefusalError(
                "main-commune",
                "Aucune des {count} communes n'est dite principale : répondez oui à « principale » pour une seule, "
                "celle du futur centre.",
                {"count": len(self.communes), "within": ("communes", 0, "principale")},
            )
        if len(mains) > 1:
            raise RefusalError(
                "main-commune",
                "{count} communes sont dites principales : ne laissez oui à « principale » que pour une seule, "
                "celle du futur centre.",
                {
                    "count": len(mains),
                    "within": ("communes", mains[1], "principale"),
                    "beside": [("communes", place, "principale") for place in (mains[0], *mains[2:])],
                },
            )
        seen: dict[str, int] = {}
        for place, commune in enumerate(self.communes):
            first = seen.setdefault(commune.code_insee, place)
            if first != place:
                raise RefusalError(
                    "commune-twice",
                    "La commune {code} est citée deux fois : gardez une seule des deux lignes.",
                    {
                        "code": commune.code_insee,
                        "within": ("communes", place, "code_insee"),
                        "beside": (("communes", first, "code_insee"),),
                    },
                )
        return self

    @property
    def main_commune(self) -> Commune:
        """The commune of the future centre: the one said to be main, or the only one."""
        first = self.communes[0]
        return first if len(self.communes) == 1 else next((each for each in self.communes if each.main), first)


class NeedsDiagnostic(Model):
    """The diagnostic of the offer of care and of needs."""

    surveyed_on: Day | None = Field(None, alias="etat_des_lieux_le", title="Date de l'état des lieux")
    prospective: Flag | None = Field(None, title="Prospective réalisée")
    horizon: Year | None = Field(None, alias="horizon_prospective", title="Horizon de la prospective (année)")
    shared_with: Annotated[list[Text], _IsList] | None = Field(None, alias="partage_avec", title="Partenaires associés")


class Premises(Model):
    """The premises offered to the centre (locaux)."""

    state: Annotated[PremisesState, Choice(PremisesState)] | None = Field(None, alias="etat", title="État des locaux")
    suitable: Flag | None = Field(None, alias="adaptes", title="Locaux adaptés")
    rooms: Rooms | None = Field(None, alias="bureaux", title="Nombre de bureaux de consultation")
    surface: Surface | None = Field(None, alias="surface_m2", title="Surface (m²)")
    accessible: Flag | None = Field(None, alias="accessibles", title="Accessibilité aux personnes handicapées")
    available_on: Day | None = Field(None, alias="disponibles_le", title="Date de disponibilité des locaux")


class FinancialCommitment(Model):
    """What the collectivity commits to pay or give under the GIP's convention."""

    decided_on: Day | None = Field(None, alias="delibere_le", title="Date de la délibération")
    yearly_amount: YearlyAmount | None = Field(None, alias="montant_annuel", title="Montant annuel (€)")
    years: Years | None = Field(None, alias="duree_annees", title="Durée de l'engagement (années)")
    kind: Annotated[CommitmentKind, Choice(CommitmentKind)] | None = Field(
        None, alias="nature", title="Nature de l'engagement"
    )


class InterestedDoctor(Model):
    """A doctor interested in salaried practice. Name and RPPS number are personal data: no output shows them."""

    speciality: Text | None = Field(None, alias="specialite", title="Spécialité")
    share: Share | None = Field(None, alias="temps_plein", title="Part de temps plein (0 à 1)")
    evidence: Annotated[Evidence, Choice(Evidence)] | None = Field(None, alias="preuve", title="Preuve de l'intérêt")
    name: Text | None = Field(None, alias="nom", title="Nom (donnée personnelle)", repr=False)
    rpps: Rpps | None = Field(None, title="Numéro RPPS (donnée personnelle)", repr=False)


class Candidature(Model):
    """One application to the call."""

    reference: Reference = Field(title="Référence du dossier")
    submitted_at: Moment = Field(alias="depose_le", title="Date de dépôt")
    applicant: Applicant = Field(alias="porteur", title="Porteur")
    place: Place = Field(alias="implantation", title="Implantation")
    diagnostic: NeedsDiagnostic | None = Field(None, title="Diagnostic")
    premises: Premises | None = Field(None, alias="locaux", title="Locaux")
    commitment: FinancialCommitment | None = Field(None, alias="engagement_financier", title="Engagement financier")
    doctors: Annotated[list[InterestedDoctor], _IsList] | None = Field(
        None, alias="medecins_interesses", title="Médecins intéressés"
    )
    extra: dict[str, Any] = Field({}, alias="complements", title="Données propres à l'appel")
    documents: Annotated[list[Text], _IsList] | None = Field(None, alias="pieces", title="Pièces fournies")

    @property
    def submitted_on(self) -> date:
        """The day of the deposit, in Paris."""
        return self.submitted_at.date() if isinstance(self.submitted_at, datetime) else self.submitted_at

    @property
    def department(self) -> str:
        """The département of the main commune."""
        return department_of(self.place.main_commune.code_insee)
