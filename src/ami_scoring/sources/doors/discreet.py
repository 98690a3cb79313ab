"""A finding on an answer that may name somebody, said without the words of the answer."""

from collections.abc import Mapping
from itertools import takewhile
from typing import Any, Final

from ami_scoring.findings import Finding
from ami_scoring.messages import Message
from ami_scoring.sources.files.document import Document
from ami_scoring.sources.people.names import Names
from ami_scoring.sources.people.personal import UNKNOWN_KEY, words_of

_EXPECTED_OF_A_DOCTOR: Final = {
    "block-expected": "Un bloc de lignes « clé: valeur » est attendu ici.",
    "choice-unknown": "Cette valeur n'est pas un choix possible ; les choix sont : {choices}.",
    "number-ambiguous": "Ce nombre peut se lire de deux façons : écrivez 1 pour un temps plein, 0.8 ou 80 %.",
    "number-expected": "Un nombre est attendu ici.",
    "share-above-one": "Une part de temps plein est attendue ici : écrivez 1 pour un temps plein, 0.8 ou 80 %.",
    "text-expected": "Un texte est attendu ici ; écrivez-le entre guillemets.",
}
"""What is said of a doctor's answer, in place of sentences that would quote it."""
_SPACES: Final = "\u00a0 "


def impersonal(finding: Finding, error: Mapping[str, Any]) -> Finding:
    """Say what is expected of a doctor without quoting what is written: it may be a name."""
    if finding.code == "unknown-key":
        return finding._replace(message=UNKNOWN_KEY)
    context = error.get("ctx") or {}
    if finding.code in _EXPECTED_OF_A_DOCTOR:
        said = Message(_EXPECTED_OF_A_DOCTOR[finding.code], {"choices": context.get("choices", "")})
        return finding._replace(message=said)
    if "found" in finding.message.params or any(isinstance(value, str) for value in context.values()):
        return finding._replace(message=Message("Cette valeur n'est pas admise ici."))
    return finding


def discreet(finding: Finding, raw: object, document: Document, names: Names) -> Finding:
    """Say the same of an answer without its words, where they may be a name typed in the wrong place.

    Any word of a cell may be one; of a text, those that also name a doctor.
    """
    if not isinstance(raw, str) or not (names.are_in(raw) if document.asked is None else words_of(raw)):
        return finding
    said = str(finding.message)
    quoted = said.removeprefix("«").lstrip(_SPACES)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(quoted, raw.strip(), strict=False))
    rest = quoted[len(list(same)) :].removeprefix("…").lstrip(_SPACES)
    if said.startswith("«") and rest.startswith("»"):
        return finding._replace(message=Message("{said}", {"said": _about_the_answer(rest[1:])}))
    if "«" in said or any(word in said for word in words_of(raw)):
        return finding._replace(message=Message("Cette réponse n'est pas admise ici."))
    return finding


def _about_the_answer(rest: str) -> str:
    """Say of an answer what was said of the words that it quotes, which it did not need to be a sentence."""
    said = rest.lstrip(_SPACES)
    if said.startswith(":"):
        said = said[1:].lstrip(_SPACES)
        return said[:1].upper() + said[1:]
    return f"Cette réponse{rest}"
