"""`decisions.yaml`: what people decided, apart from what was computed; entries are only ever added, each tied on.

Keywords are English, as in `criteria.yaml`. Every entry carries the SHA-256 of the policy and of the files that it
speaks of, the hash of the entry before, and its own: whoever changes, adds or takes away one in the middle breaks the
chain. What was taken off the end is seen only by those who wrote down the last hash, as every output does.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Final, Literal, Self

from ami_scoring.domain.chain import FIRST, Sha256
from ami_scoring.domain.dates import Day
from ami_scoring.domain.modelling.markers import Discriminator, Field, Tag, model_validator
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import Flag, Parsed, Reference, Text, json_type
from ami_scoring.domain.quantities import Count, parse_amount
from ami_scoring.exact import Fraction


class Kind(StrEnum):
    """What a decision is about."""

    MEETING = "meeting"
    RECUSAL = "recusal"
    LATE_COMPLETION = "late_completion"
    TIE_BROKEN = "tie_broken"
    DEPARTURE = "departure"
    WITHDRAWAL = "withdrawal"
    REDUCED_GRANT = "reduced_grant"
    FINAL_LIST = "final_list"
    CANCELLATION = "cancellation"

    @property
    def label(self) -> str:
        """What people call it, in French."""
        return _LABELS[self]


_LABELS: Final[Mapping[Kind, str]] = {
    Kind.MEETING: "réunion",
    Kind.RECUSAL: "déport",
    Kind.LATE_COMPLETION: "complément tardif accepté",
    Kind.TIE_BROKEN: "ex æquo départagés",
    Kind.DEPARTURE: "écart au classement",
    Kind.WITHDRAWAL: "désistement",
    Kind.REDUCED_GRANT: "aide réduite",
    Kind.FINAL_LIST: "liste définitive",
    Kind.CANCELLATION: "annulation d'une décision",
}


class By(StrEnum):
    """How equals were told apart."""

    VOTE = "vote"
    DRAW = "draw"


Amount = Annotated[Fraction, Parsed(parse_amount), json_type("number")]


class Vote(Model):
    """How many voices; nobody's name."""

    in_favour: Count = Field(title="Voix pour")
    against: Count = Field(0, title="Voix contre")
    abstained: Count = Field(0, title="Abstentions")


class Kept(Model):
    """What every decision says, whatever it is about."""

    number: Count = Field(title="Numéro, à partir de 1")
    date: Day = Field(title="Date de la décision (heure de Paris)")
    reason: Text | None = Field(None, title="Motif")
    legal_basis: Text | None = Field(None, title="Texte qui la fonde")
    proposed_by: Text | None = Field(None, title="Qui l'a proposée")
    vote: Vote | None = Field(None, title="Vote")
    edition: Text = Field(title="Édition des critères dont elle parle")
    policy: Sha256 = Field(title="Empreinte SHA-256 du fichier de critères")
    files: dict[Reference, Sha256] = Field(
        {}, title="Empreinte SHA-256 du fichier de chaque candidature dont elle parle"
    )
    previous: Sha256 = Field(title="Empreinte de la décision d'avant")
    hash: Sha256 = Field(title="Empreinte de cette décision")

    @property
    def speaks_of(self) -> tuple[str, ...]:
        """The references of the candidatures that it is about."""
        return ()

    @model_validator(mode="after")
    def _a_file_for_each(self) -> Self:
        known = {reference.casefold() for reference in self.files}
        absent = [reference for reference in self.speaks_of if reference.casefold() not in known]
        if absent:
            raise RefusalError(
                "decision-file-absent",
                "« files » ne donne pas l'empreinte du fichier de « {reference} ».",
                {"reference": absent[0]},
            )
        return self


class VoteRecusal(Model):
    """A member who takes no part in what concerns some candidatures."""

    member: Text = Field(title="Membre")
    references: list[Reference] = Field(title="Candidatures", min_length=1)


class Meeting(Kept):
    """The committee met: who was there, who took no part in which vote."""

    kind: Literal["meeting"] = Field(title="Genre de décision")
    members: list[Text] = Field(title="Membres présents", min_length=1)
    absent: list[Text] = Field([], title="Membres absents ou excusés")
    recusals: list[VoteRecusal] = Field([], title="Déports au vote")

    @property
    def speaks_of(self) -> tuple[str, ...]:
        """The candidatures that somebody took no part in."""
        return _once(reference for each in self.recusals for reference in each.references)


class Recusal(Kept):
    """One member takes no part in what concerns some candidatures."""

    kind: Literal["recusal"] = Field(title="Genre de décision")
    member: Text = Field(title="Membre")
    references: list[Reference] = Field(title="Candidatures", min_length=1)
    reason: Text = Field(title="Motif")

    @property
    def speaks_of(self) -> tuple[str, ...]:
        """The candidatures that the member leaves to others."""
        return _once(self.references)


class LateCompletion(Kept):
    """A completion that came after its day, and is accepted."""

    kind: Literal["late_completion"] = Field(title="Genre de décision")
    reference: Reference = Field(title="Candidature")
    asked_on: Day = Field(title="Demandé le")
    due_on: Day = Field(title="À fournir avant le")
    received_on: Day = Field(title="Reçu le")
    reason: Text = Field(title="Motif")

    @property
    def speaks_of(self) -> tuple[str, ...]:
        """The candidature that is completed."""
        return (self.reference,)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.due_on < self.asked_on:
            raise _disordered("due_on", "Ce complément était à fournir avant d'avoir été demandé.")
        if self.received_on <= self.due_on:
            raise _disordered("received_on", "Ce complément est arrivé dans son délai : il n'y a rien à accepter.")
        _refuse_foreseen(self.received_on, self.date)
        return self


class TieBroken(Kept):
    """Equals were told apart, by a vote or by the published draw. The order is that of the decision."""

    kind: Literal["tie_broken"] = Field(title="Genre de décision")
    by: By = Field(title="Par un vote (vote) ou par le tirage publié (draw)")
    order: list[Reference] = Field(title="Candidatures, la première d'abord", min_length=2)
    seed: Text | None = Field(None, title="Graine publiée du tirage")

    @property
    def speaks_of(self) -> tuple[str, ...]:
        """The equals, the first first."""
        return tuple(self.order)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        _refuse_twice(self.order, "order")
        if (self.by is By.DRAW) is (self.seed is None):
            raise RefusalError("decision-seed", "Un tirage a sa graine publiée (« seed ») ; un vote n'en a pas.")
        return self


class Departure(Kept):
    """The committee does otherwise than the ranking says: keeps who had no place, or does not keep who had one."""

    kind: Literal["departure"] = Field(title="Genre de décision")
    reference: Reference = Field(title="Candidature")
    kept: Flag = Field(title="Retenue (oui) ou non retenue (non), à rebours du classement")
    reason: Text = Field(title="Motif")
    legal_basis: Text = Field(title="Texte qui la fonde")
    proposed_by: Text = Field(title="Qui l'a proposée")

    @property
    def speaks_of(self) -> tuple[str, ...]:
        """The candidature that is kept, or not."""
        return (self.reference,)


class Withdrawal(Kept):
    """An applicant gives its place back, or asks for none any more."""

    kind: Literal["withdrawal"] = Field(title="Genre de décision")
    reference: Reference = Field(title="Candidature")
    received_on: Day = Field(title="Reçu le")

    @property
    def speaks_of(self) -> tuple[str, ...]:
        """The candidature that leaves."""
        return (self.reference,)

    @model_validator(mode="after")
    def _received_by_then(self) -> Self:
        _refuse_foreseen(self.received_on, self.date)
        return self


class ReducedGrant(Kept):
    """Less was offered than was asked for, and the applicant answered."""

    kind: Literal["reduced_grant"] = Field(title="Genre de décision")
    reference: Reference = Field(title="Candidature")
    offered: Amount = Field(title="Montant proposé, en euros")
    accepted: Amount = Field(title="Montant accepté, en euros (0 : refusé)")

    @property
    def speaks_of(self) -> tuple[str, ...]:
        """The candidature that is offered less."""
        return (self.reference,)

    @model_validator(mode="after")
    def _no_more_than_offered(self) -> Self:
        if self.accepted > self.offered:
            raise _disordered("accepted", "Le montant accepté dépasse le montant proposé.")
        return self


class FinalList(Kept):
    """Who gets a place, and the reserve list in its order."""

    kind: Literal["final_list"] = Field(title="Genre de décision")
    selected: list[Reference] = Field(title="Candidatures retenues, dans l'ordre", min_length=1)
    reserve: list[Reference] = Field([], title="Liste de réserve, dans l'ordre d'appel")

    @property
    def speaks_of(self) -> tuple[str, ...]:
        """Those that are kept, then the reserve list."""
        return (*self.selected, *self.reserve)

    @model_validator(mode="after")
    def _once_each(self) -> Self:
        _refuse_twice(self.selected, "selected")
        _refuse_twice([*self.selected, *self.reserve], "reserve", before=len(self.selected))
        return self


class Cancellation(Kept):
    """An earlier decision no longer holds; it stays in the file, as all do."""

    kind: Literal["cancellation"] = Field(title="Genre de décision")
    cancels: Count = Field(title="Numéro de la décision annulée")
    reason: Text = Field(title="Motif")

    @model_validator(mode="after")
    def _an_earlier_one(self) -> Self:
        if not 1 <= self.cancels < self.number:
            raise _disordered("cancels", "Une annulation porte sur une décision déjà prise : un numéro plus petit.")
        return self


def _kind_of(value: Any) -> str | None:
    kind = value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)
    return f"<{kind}>" if kind in set(Kind) else None


AnyDecision = (
    Meeting | Recusal | LateCompletion | TieBroken | Departure | Withdrawal | ReducedGrant | FinalList | Cancellation
)
Decision = Annotated[
    Annotated[Meeting, Tag("<meeting>")]
    | Annotated[Recusal, Tag("<recusal>")]
    | Annotated[LateCompletion, Tag("<late_completion>")]
    | Annotated[TieBroken, Tag("<tie_broken>")]
    | Annotated[Departure, Tag("<departure>")]
    | Annotated[Withdrawal, Tag("<withdrawal>")]
    | Annotated[ReducedGrant, Tag("<reduced_grant>")]
    | Annotated[FinalList, Tag("<final_list>")]
    | Annotated[Cancellation, Tag("<cancellation>")],
    Discriminator(
        _kind_of,
        custom_error_type="decision-kind",
        custom_error_message="Il manque « kind », ou il est inconnu ; les genres de décision sont : "
        + ", ".join(Kind)
        + ".",
    ),
]


class Register(Model):
    """The whole file: the call that it belongs to, and its decisions in the order that they were taken."""

    language: Literal["1"] = Field(title="Version de la forme de ce fichier")
    call: Text = Field(title="Appel")
    decisions: list[Decision] = Field([], title="Décisions, de la plus ancienne à la plus récente")

    @property
    def head(self) -> str:
        """The hash of the last entry: what outputs carry, and what the next entry ties itself to."""
        return self.decisions[-1].hash if self.decisions else FIRST

    @cached_property
    def in_force(self) -> tuple[AnyDecision, ...]:
        """The decisions that hold: neither cancelled, nor cancellations."""
        held: dict[int, AnyDecision] = {each.number: each for each in self.decisions}
        for each in reversed(self.decisions):
            if isinstance(each, Cancellation) and each.number in held:
                held.pop(each.cancels, None)
        return tuple(each for each in held.values() if not isinstance(each, Cancellation))

    @property
    def final_list(self) -> FinalList | None:
        """The last final list that holds."""
        lists = [each for each in self.in_force if isinstance(each, FinalList)]
        return lists[-1] if lists else None


def _once(references: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(references))


def _refuse_twice(references: Sequence[str], key: str, before: int = 0) -> None:
    seen: set[str] = set()
    for at, reference in enumerate(references):
        if reference.casefold() in seen:
            raise RefusalError(
                "decision-twice",
                "« {reference} » est nommée deux fois.",
                {"reference": reference, "within": [key, at - before]},
            )
        seen.add(reference.casefold())


def _refuse_foreseen(received_on: date, decided_on: date) -> None:
    if received_on > decided_on:
        raise _disordered("received_on", "La décision est datée d'avant ce qu'elle a reçu : vérifiez les deux dates.")


def _disordered(key: str, said: Any) -> RefusalError:
    return RefusalError("decision-order", said, {"within": [key]})
