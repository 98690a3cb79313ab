"""Whether a form or a table was made for the call that is being scored."""

from __future__ import annotations

from collections.abc import Iterator

from ami_scoring.domain.criteria import Call
from ami_scoring.domain.primitives import fold
from ami_scoring.findings import Finding, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.files.document import Document


def check_edition(document: Document, call: Call | None) -> Iterator[Finding]:
    """Warn of a form that was made for another call, or for another edition of its criteria."""
    asked = document.asked
    if asked is None or call is None:
        return
    advice = Message("Vérifiez qu'il pose les mêmes questions ; sinon, redemandez-le sur le formulaire en vigueur.")
    if asked.call is not None and fold(asked.call) != fold(call.title):
        message = Message(
            "Ce formulaire a été fait pour un autre appel, « {theirs} », et non pour « {ours} ».",
            {"theirs": asked.call[:200], "ours": call.title},
        )
    elif asked.edition is not None and fold(asked.edition) != fold(call.edition):
        message = Message(
            "Ce formulaire est d'une autre édition des critères, « {theirs} » ; celle en vigueur est « {ours} ».",
            {"theirs": asked.edition[:200], "ours": call.edition},
        )
    else:
        return
    yield Finding("other-edition", Severity.WARNING, message, document.locate(()), advice)
