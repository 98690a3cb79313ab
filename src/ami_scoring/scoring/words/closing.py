"""The sentences that close a report: how many were read and kept, what the committee must settle, which editions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ami_scoring.domain.standings import Status
from ami_scoring.messages import Message, named
from ami_scoring.scoring.words.firm import result_words
from ami_scoring.scoring.words.numbering import numbering_sentence
from ami_scoring.scoring.words.shared import shared_words

if TYPE_CHECKING:
    from ami_scoring.domain.evaluated import Evaluation


def closing_sentences(evaluation: Evaluation) -> tuple[Message, ...]:
    """Close a report: how many read, kept and waiting; which editions; what the weights are."""
    counts = Counter(one.status for every in (evaluation.standings, evaluation.set_aside) for one in every)
    said = ", ".join(f"{counts[status]} {_plural(status, counts[status])}" for status in Status if counts[status])
    sentences = [
        Message("{read} candidatures lues : {said}.", {"read": evaluation.read, "said": said})
        if evaluation.read > 1
        else Message("1 candidature lue : {said}.", {"said": said})
    ]
    if evaluation.standings:
        sentences.append(_firm(evaluation))
    if unread := counts[Status.UNREADABLE]:
        sentences.append(_unread(unread, evaluation.held))
    if evaluation.cut.contested:
        sentences.append(_contested(evaluation))
    sentences.extend(shared_words(evaluation))
    numbering = numbering_sentence(evaluation.criteria)
    if numbering is not None and evaluation.standings:
        sentences.append(numbering)
    call, editions = evaluation.criteria.call, [edition for _, edition in evaluation.provenance.zonings]
    template = "Critères : {title}, édition {edition}." + (" Zonage : {editions}." if editions else "")
    sentences.append(Message(template, {"title": call.title, "edition": call.edition, "editions": editions}))
    if evaluation.criteria.call.notice:
        sentences.append(Message("{notice}", {"notice": evaluation.criteria.call.notice}))
    return tuple(sentences)


def _unread(count: int, held: int) -> Message:
    """Say what files that cannot be read leave open: nobody knows how their candidatures compare."""
    if held > count:
        files = "1 fichier illisible peut" if count == 1 else "{count} fichiers illisibles peuvent"
        said = f"{files} tenir {{held}} candidatures : chaque rang possible descend d'autant de places."
        return Message(said, {"count": count, "held": held})
    if count == 1:
        return Message("1 fichier illisible peut tenir une candidature : chaque rang possible descend d'une place.")
    return Message(
        "{count} candidatures ou fichiers illisibles : chaque rang possible descend d'autant de places.",
        {"count": count},
    )


def _firm(evaluation: Evaluation) -> Message:
    """Say how sure the list is; ties have a sentence of their own."""
    said = [str(part) for part in result_words(evaluation) if "ex æquo" not in part.template]
    return Message("{said}.", {"said": " ; ".join(said)})


def _contested(evaluation: Evaluation) -> Message:
    cut = evaluation.cut
    seats = "le reste du budget est à attribuer"
    if cut.at_stake:
        seats = "1 place reste à attribuer" if cut.at_stake == 1 else f"{cut.at_stake} places restent à attribuer"
    return Message(
        "La limite tombe entre des candidatures à égalité : {seats} entre {references} ; le comité départage.",
        {"seats": seats, "references": named(cut.contested)},
    )


_PLURALS = {
    Status.SELECTED: "retenues",
    Status.RESERVE: "en réserve",
    Status.NOT_SELECTED: "non retenues",
    Status.AWAITED: "en attente d'un avis",
    Status.INELIGIBLE: "inéligibles",
    Status.REPLACED: "remplacées",
    Status.AWARDED: "déjà retenues",
    Status.OTHER_WAVE: "d'une autre vague",
    Status.UNREADABLE: "illisibles",
}


def _plural(status: Status, count: int) -> str:
    if status in {Status.RESERVE, Status.AWAITED, Status.OTHER_WAVE} or count > 1:
        return _PLURALS.get(status, status.value)
    return status.value
